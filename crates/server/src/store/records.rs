//! The records of one institution as a persistent map: a copy costs nothing.

use std::sync::Arc;

use elms_protocol::{Counter, Key, Kind, Record, View};
use imbl::OrdMap;

/// The records of an institution at one instant.
#[derive(Debug, Clone, Default)]
pub struct Records {
    map: OrdMap<Key, Arc<Record>>,
    /// The last numbers given out: incidents, notifications.
    pub(crate) counters: [i64; 2],
}

impl Records {
    /// Puts a record in place of the one with its key.
    pub fn put(&mut self, record: Record) {
        self.map.insert(record.key(), Arc::new(record));
    }

    /// Every record, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.map.values().map(Arc::as_ref)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        let first = Key {
            kind,
            id: String::new(),
        };
        let rest = self.map.range(first..);
        rest.take_while(move |(key, _)| key.kind == kind)
            .map(|(_, record)| record)
    }

    /// Notes the number that an accepted fact has used.
    pub(crate) fn used(&mut self, counter: Counter, number: i64) {
        let slot = match counter {
            Counter::Incident => self.counters.first_mut(),
            Counter::Notification => self.counters.last_mut(),
        };
        if let Some(slot) = slot {
            *slot = (*slot).max(number);
        }
    }
}

impl View for Records {
    fn record(&self, key: &Key) -> Option<Record> {
        self.map.get(key).map(|record| Record::clone(record))
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        self.of_kind(kind)
            .map(|record| Record::clone(record))
            .collect()
    }

    fn next_number(&self, counter: Counter) -> Option<i64> {
        let [incidents, notifications] = self.counters;
        let last = match counter {
            Counter::Incident => incidents,
            Counter::Notification => notifications,
        };
        Some(last.saturating_add(1))
    }
}
