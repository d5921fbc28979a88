//! An institution while a group is at work: what it will be after the commit.

use std::sync::Arc;

use elms_protocol::{
    Actor, CommandRequest, Counter, Epoch, Event, Fact, InstitutionId, Key, LogChange, LogNoted,
    Outcome, Record, Seq, Stamp, Timestamp, evolve,
    frame::Cursor,
    proof::{Digest, Frontier, Leaf, Signed, commitment},
};
use uuid::Uuid;

use crate::notary::Notary;
use crate::store::{Disk, Logged, Records, Store, StoreError, events_on_disk, tag};

/// The working copy.
pub(super) struct Working {
    institution: InstitutionId,
    records: Records,
    at: Cursor,
    tree: Frontier,
    events: Vec<Arc<Logged>>,
    /// Events that are signed already.
    known: u64,
    /// The signed end after the commit, when the log has grown.
    signed: Option<Signed>,
}

/// Where a working copy stood.
pub(super) struct Mark {
    records: Records,
    at: Cursor,
    tree: Frontier,
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
        let (at, tree) = disk.head(institution)?;
        let mut working = Self {
            institution,
            records: Records::default(),
            at,
            known: tree.size(),
            tree,
            events: Vec::new(),
            signed: None,
        };
        match store.state(institution) {
            Ok((records, shown)) if shown.seq == at.seq => working.records = records,
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

    pub(super) fn institution(&self) -> InstitutionId {
        self.institution
    }

    /// Where the log ends, how many events it has, and their root.
    pub(super) fn end(&self) -> (Cursor, u64, Digest) {
        (self.at, self.tree.size(), self.tree.root())
    }

    /// From here on the log has another life.
    pub(super) fn begin_life(&mut self, epoch: Epoch) {
        self.at.epoch = epoch;
    }

    pub(super) fn records(&self) -> &Records {
        &self.records
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            records: self.records.clone(),
            at: self.at,
            tree: self.tree.clone(),
            n_events: self.events.len(),
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.records = mark.records;
        self.at = mark.at;
        self.tree = mark.tree;
        self.events.truncate(mark.n_events);
    }

    /// Puts a record in place of the one with its key.
    pub(super) fn put(&mut self, disk: &Disk, record: Record) -> Result<(), StoreError> {
        disk.put(self.institution, &record)?;
        self.records.put(record);
        Ok(())
    }

    /// Takes a record out.
    pub(super) fn remove(&mut self, disk: &Disk, key: &Key) -> Result<(), StoreError> {
        disk.remove(self.institution, key)?;
        self.records.remove(key);
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
        let first_seq = self.at.seq.next();
        let mut leaves = Vec::with_capacity(facts.len());
        for fact in facts {
            let stamp = Stamp {
                seq: self.at.seq.next(),
                event_id: Uuid::now_v7(),
                now,
            };
            let event = stamp.event(actor, request, fact, &self.records)?;
            let body = serde_json::to_string(&event)?;
            let leaf = self.grow(disk, &event, &body)?;
            leaves.push(leaf);
            self.count(fact);
            for record in evolve(&self.records, &event) {
                self.put(disk, record)?;
            }
            if let Fact::LogNoted(noted) = fact {
                disk.note(self.institution, event.seq)?;
                self.forget(disk, noted)?;
            }
            let logged = Logged::new(event, self.at.tag, &body);
            self.events.push(Arc::new(logged));
        }
        Ok(Outcome::Applied {
            command_id: request.command_id,
            first_seq,
            seq: self.at.seq,
            leaves,
        })
    }

    /// Does what an erasure says. Nobody is connected then: the newest events in memory would have
    /// the words still.
    fn forget(&mut self, disk: &Disk, noted: &LogNoted) -> Result<(), StoreError> {
        if noted.change != LogChange::Erasure {
            return Ok(());
        }
        for seq in &noted.erased {
            let event = disk.event(self.institution, *seq)?;
            if let Some(event) = event.filter(|event| !event.is_erased()) {
                disk.blank(&event)?;
            }
        }
        for key in &noted.records {
            self.remove(disk, key)?;
        }
        Ok(())
    }

    /// Makes an event the next leaf of the tree, and writes both.
    fn grow(&mut self, disk: &Disk, event: &Event, body: &str) -> Result<Digest, StoreError> {
        let salt = Notary::salt();
        let leaf = Leaf::of(event, commitment(&salt, body)).digest();
        disk.append(event, body, &salt, leaf)?;
        if let Some(tile) = self.tree.push(leaf) {
            disk.put_tile(self.institution, tile)?;
        }
        self.at.seq = event.seq;
        self.at.tag = tag(&leaf.0, event.seq);
        Ok(leaf)
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

    /// Writes where the log stands now, and signs it when it has grown.
    pub(super) fn advance(&mut self, disk: &Disk) -> Result<(), StoreError> {
        let counters = self.records.counters;
        disk.advance(self.institution, self.at.seq, &self.tree, counters)?;
        if self.known < self.tree.size() {
            self.signed = Some(disk.sign(self.institution, self.at.epoch, &self.tree)?);
        }
        Ok(())
    }

    /// Shows what was committed.
    pub(super) fn show(self, store: &Store) {
        store.publish(self.institution, self.records, self.at, self.events);
        if let Some(signed) = self.signed {
            store.put_up(self.institution, &signed);
        }
    }
}
