//! What waits in the outbox, laid over the records: how the exam hall looks once everything kept
//! here has reached the server.
//!
//! The records of the server are never written ahead of it. Whoever looks at them sees the waiting
//! commands applied by the same rules that the server will use, each record with a mark of how far
//! its last change has come.

use std::collections::BTreeMap;

use elms_protocol::{
    Actor, Batch, Candidate, CommandRequest, Counter, Event, Incident, Key, Kind, Notification,
    Person, Record, Sitting, Stamp, Station, Timestamp, Timetable, Transfer, Venue, View, about,
    decide,
    host::{OutboxState, SyncMark},
};

use crate::{
    cache::{Laid, Records},
    outbox::{Item, key},
};

/// A command of the outbox and what it would change.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) request: CommandRequest,
    pub(crate) mark: SyncMark,
    /// The record whose order it keeps.
    subject: Option<Key>,
    /// What it would become; empty when the rules refuse it here, or the server did.
    pub(crate) events: Vec<Event>,
}

impl Pending {
    /// Whether it belongs to the history of a record.
    pub(crate) fn is_about(&self, key: &Key) -> bool {
        let by_event = |event: &Event| about(event).contains(key);
        self.subject.as_ref() == Some(key) || self.events.iter().any(by_event)
    }
}

/// The records with the outbox laid over them.
#[derive(Debug)]
pub struct Overlay<'a> {
    records: &'a Records,
    laid: Laid<'a>,
    marks: BTreeMap<Key, SyncMark>,
    pending: Vec<Pending>,
}

impl<'a> Overlay<'a> {
    /// Lays the commands of `actor` among `items` over the records, in their order.
    pub fn new(records: &'a Records, items: &[Item], actor: &Actor) -> Self {
        let laid = Laid::new(records);
        let mut overlay = Self {
            records,
            laid,
            marks: BTreeMap::new(),
            pending: Vec::new(),
        };
        let mine = items.iter().filter(|item| Some(item.author) == actor.user);
        for item in mine {
            if let Some(mark) = mark_of(item, records) {
                overlay.lay(item, mark, actor);
            }
        }
        overlay
    }

    fn lay(&mut self, item: &Item, mark: SyncMark, actor: &Actor) {
        let subject = key(&item.about);
        let is_report = matches!(
            item.request.command,
            elms_protocol::Command::ReportIncident(_)
        );
        // A refused change has not happened. A refused report has: it must not vanish.
        let shows = item.state != OutboxState::Attention || is_report;
        let events = if shows {
            self.become_events(&item.request, actor)
        } else {
            Vec::new()
        };
        let mut touched: Vec<Key> = subject.iter().cloned().collect();
        for event in &events {
            touched.extend(self.laid.fold(event));
        }
        for key in touched {
            let known = self.marks.entry(key).or_insert(mark);
            *known = worse(*known, mark);
        }
        self.pending.push(Pending {
            request: item.request.clone(),
            mark,
            subject,
            events,
        });
    }

    /// What the command would become if it reached the server as things stand here.
    fn become_events(&self, request: &CommandRequest, actor: &Actor) -> Vec<Event> {
        let now = written_at(request);
        let facts = decide(actor, request, &self.laid, now).unwrap_or_default();
        let seq = self.records.upto().next();
        let stamp = Stamp {
            seq,
            event_id: request.command_id.0,
            now,
        };
        let events = facts
            .iter()
            .map(|fact| stamp.event(actor, request, fact, &self.laid));
        events.filter_map(Result::ok).collect()
    }

    /// How far the last change of a record has come.
    pub fn mark(&self, key: &Key) -> SyncMark {
        self.marks.get(key).copied().unwrap_or(SyncMark::Server)
    }

    /// The records beneath.
    pub fn records(&self) -> &Records {
        self.records
    }

    pub(crate) fn pending(&self) -> &[Pending] {
        &self.pending
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Record> {
        self.laid.get(key)
    }
}

macro_rules! kinds {
    ($($list:ident: $kind:ident => $type:ty),+ $(,)?) => {
        impl Overlay<'_> {
            $(pub(crate) fn $list(&self) -> impl Iterator<Item = &$type> {
                self.laid.of(Kind::$kind).filter_map(|record| match record {
                    Record::$kind(record) => Some::<&$type>(record),
                    _ => None,
                })
            })+
        }
    };
}

kinds! {
    incidents: Incident => Incident,
    batches: Batch => Batch,
    sittings: Sitting => Sitting,
    candidates: Candidate => Candidate,
    people: Person => Person,
    timetables: Timetable => Timetable,
    venues: Venue => Venue,
    stations: Station => Station,
    transfers: Transfer => Transfer,
    notifications: Notification => Notification,
}

impl View for Overlay<'_> {
    fn record(&self, key: &Key) -> Option<Record> {
        self.laid.record(key)
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        self.laid.list(kind)
    }

    fn next_number(&self, _: Counter) -> Option<i64> {
        None
    }
}

/// How far a command has come; none when the records beneath have it already, or it was taken
/// back. An applied command stays until its events are here, so that nothing blinks in between.
fn mark_of(item: &Item, records: &Records) -> Option<SyncMark> {
    match item.state {
        OutboxState::Waiting => Some(SyncMark::Kept),
        OutboxState::Sending => Some(SyncMark::Sending),
        OutboxState::Attention => Some(SyncMark::Attention),
        OutboxState::Done => {
            let is_to_come = item.first_seq.is_some_and(|seq| records.upto() < seq);
            is_to_come.then_some(SyncMark::Server)
        }
        OutboxState::Withdrawn => None,
    }
}

fn worse(one: SyncMark, other: SyncMark) -> SyncMark {
    let rank = |mark| match mark {
        SyncMark::Server => 0,
        SyncMark::Sending => 1,
        SyncMark::Kept => 2,
        SyncMark::Attention => 3,
    };
    if rank(one) < rank(other) { other } else { one }
}

/// When a command was written, by the server's clock.
pub(crate) fn written_at(request: &CommandRequest) -> Timestamp {
    request
        .times
        .recorded_at
        .plus_ms(request.times.clock_offset_ms.saturating_neg())
}
