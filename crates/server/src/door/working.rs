//! An institution while a group is at work: what it will be after the commit.

use std::sync::Arc;

use elms_protocol::{
    Actor, CommandRequest, Counter, Epoch, Fact, InstitutionId, Outcome, Record, Seq, Stamp,
    Timestamp, evolve, frame::Cursor,
};
use uuid::Uuid;

use crate::store::{Disk, Logged, Records, Store, StoreError, chained, events_on_disk, tag};

/// The working copy.
pub(super) struct Working {
    institution: InstitutionId,
    records: Records,
    epoch: Epoch,
    head: Seq,
    hash: [u8; 32],
    events: Vec<Arc<Logged>>,
}

/// Where a working copy stood.
pub(super) struct Mark {
    records: Records,
    head: Seq,
    hash: [u8; 32],
    n_events: usize,
}

impl Working {
    /// The institution as it is on disk; a new one is founded.
    pub(super) fn load(
        disk: &Disk,
        store: &Store,
        institution: InstitutionId,
    ) -> Result<Self, StoreError> {
        disk.found(institution)?;
        let (epoch, head, hash) = disk.head(institution)?;
        let mut working = Self {
            institution,
            records: Records::default(),
            epoch,
            head,
            hash,
            events: Vec::new(),
        };
        match store.state(institution) {
            Ok((records, shown)) if shown.seq == head => working.records = records,
            Ok((_, shown)) => working.catch_up(disk, shown.seq)?,
            Err(_) => working.catch_up(disk, Seq::ZERO)?,
        }
        Ok(working)
    }

    /// What is shown is not what is on disk (a commit that reported a failure was kept after
    /// all): the disk is right, and what was not shown yet will be.
    fn catch_up(&mut self, disk: &Disk, shown: Seq) -> Result<(), StoreError> {
        self.records = disk.records(self.institution)?;
        self.events = events_on_disk(&disk.conn, self.institution, shown, usize::MAX)?;
        Ok(())
    }

    pub(super) fn records(&self) -> &Records {
        &self.records
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            records: self.records.clone(),
            head: self.head,
            hash: self.hash,
            n_events: self.events.len(),
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.records = mark.records;
        self.head = mark.head;
        self.hash = mark.hash;
        self.events.truncate(mark.n_events);
    }

    /// Puts a record in place of the one with its key.
    pub(super) fn put(&mut self, disk: &Disk, record: Record) -> Result<(), StoreError> {
        disk.put(self.institution, &record)?;
        self.records.put(record);
        Ok(())
    }

    /// Makes the facts events, folds them, and writes both.
    pub(super) fn log(
        &mut self,
        disk: &Disk,
        (actor, request): (&Actor, &CommandRequest),
        facts: &[Fact],
        now: Timestamp,
    ) -> Result<Outcome, StoreError> {
        let first_seq = self.head.next();
        for fact in facts {
            let stamp = Stamp {
                seq: self.head.next(),
                event_id: Uuid::now_v7(),
                now,
            };
            let event = stamp.event(actor, request, fact, &self.records)?;
            let body = serde_json::to_string(&event)?;
            self.hash = chained(&self.hash, &body);
            self.head = event.seq;
            disk.append(&event, &body, &self.hash)?;
            self.count(fact);
            for record in evolve(&self.records, &event) {
                self.put(disk, record)?;
            }
            let logged = Logged::new(event, tag(&self.hash, self.head), &body);
            self.events.push(Arc::new(logged));
        }
        Ok(Outcome::Applied {
            command_id: request.command_id,
            first_seq,
            seq: self.head,
        })
    }

    /// Notes the number that a fact has used.
    fn count(&mut self, fact: &Fact) {
        if let Fact::IncidentReported(reported) = fact
            && let Some(number) = reported.incident_id
        {
            self.records.used(Counter::Incident, number);
        }
        if let Fact::NotificationNew(notification) = fact {
            let number = notification.id.0;
            self.records.used(Counter::Notification, number);
        }
    }

    /// Writes where the log stands now.
    pub(super) fn advance(&self, disk: &Disk) -> Result<(), StoreError> {
        let counters = self.records.counters;
        disk.advance(self.institution, self.head, &self.hash, counters)
    }

    /// Shows what was committed.
    pub(super) fn show(self, store: &Store) {
        let cursor = Cursor {
            epoch: self.epoch,
            seq: self.head,
            tag: tag(&self.hash, self.head),
        };
        store.publish(self.institution, self.records, cursor, self.events);
    }
}
