//! The records as the log has made them, in memory: small, read all the time, never a query.
//!
//! Readers hold an [`Arc`] of one state of the log; the writer makes the next one beside it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use elms_protocol::{Counter, Event, IncidentRef, Key, Kind, Record, Seq, Timestamp, View, evolve};
use sha2::{Digest as _, Sha256};

/// The records of an institution, as far as this person sees them.
#[derive(Debug, Clone, Default)]
pub struct Records {
    held: BTreeMap<Key, Arc<Record>>,
    late_cases: BTreeSet<IncidentRef>,
    pub(super) upto: Seq,
    pub(super) copied_at: Option<Timestamp>,
}

impl Records {
    /// The record with this key.
    pub fn get(&self, key: &Key) -> Option<&Record> {
        self.held.get(key).map(AsRef::as_ref)
    }

    /// Every record of a kind, in the order of their ids as texts.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = (&Key, &Record)> {
        let from = self.held.range(Key::new(kind, "")..);
        from.take_while(move |(key, _)| key.kind == kind)
            .map(|(key, record)| (key, record.as_ref()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Whether there are none: no first copy has come yet.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Every event up to here is folded in.
    pub fn upto(&self) -> Seq {
        self.upto
    }

    /// When the last first copy came.
    pub fn copied_at(&self) -> Option<Timestamp> {
        self.copied_at
    }

    /// Whether the case was reported while this station had no link and nobody here has looked at
    /// it since.
    pub fn arrived_late(&self, incident: IncidentRef) -> bool {
        self.late_cases.contains(&incident)
    }

    /// A fingerprint of all records; see [`hash_of`].
    pub fn hash(&self) -> [u8; 32] {
        hash_of(self.held.values().map(AsRef::as_ref))
    }

    pub(super) fn put(&mut self, key: Key, record: Arc<Record>) {
        self.held.insert(key, record);
    }

    pub(super) fn fold(&mut self, event: &Event) {
        for record in evolve(self, event) {
            self.put(record.key(), Arc::new(record));
        }
        if let Some(noted) = event.erases() {
            self.remove(&noted.records);
        }
    }

    /// These were erased.
    pub(super) fn remove(&mut self, keys: &[Key]) {
        for key in keys {
            self.held.remove(key);
            self.late_cases
                .retain(|case| *key != Key::new(Kind::Incident, *case));
        }
    }

    /// Takes the records of `anew`, and nothing else of it.
    pub(super) fn take_over(&mut self, anew: Self) {
        self.held = anew.held;
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Key, &Record)> {
        self.held.iter().map(|(key, record)| (key, record.as_ref()))
    }

    pub(super) fn set_late(&mut self, cases: impl IntoIterator<Item = IncidentRef>) {
        self.late_cases.extend(cases);
    }

    pub(super) fn looked(&mut self, incident: IncidentRef) {
        self.late_cases.remove(&incident);
    }
}

impl View for Records {
    fn record(&self, key: &Key) -> Option<Record> {
        self.get(key).cloned()
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        self.of(kind).map(|(_, record)| record.clone()).collect()
    }

    /// A station gives out no numbers.
    fn next_number(&self, _: Counter) -> Option<i64> {
        None
    }
}

/// SHA-256 over all records in the order of their keys: equal on two computers exactly when they
/// hold the same.
#[expect(
    single_use_lifetimes,
    reason = "an argument of this form needs a name for it"
)]
pub fn hash_of<'a>(records: impl IntoIterator<Item = &'a Record>) -> [u8; 32] {
    let sorted: BTreeMap<Key, &Record> = records
        .into_iter()
        .map(|record| (record.key(), record))
        .collect();
    let mut hash = Sha256::new();
    for (key, record) in sorted {
        // A record that is no JSON would be a fault of the vocabulary; it hashes as empty.
        let json = serde_json::to_vec(record).unwrap_or_default();
        for part in [key.kind.text().as_bytes(), key.id.as_bytes(), &json] {
            hash.update(part);
            hash.update([0]);
        }
    }
    hash.finalize().into()
}

/// Records with changes laid over them that are not (yet) part of them.
#[derive(Debug)]
pub(crate) struct Laid<'a> {
    under: &'a Records,
    over: BTreeMap<Key, Arc<Record>>,
}

impl<'a> Laid<'a> {
    pub(crate) fn new(under: &'a Records) -> Self {
        Self {
            under,
            over: BTreeMap::new(),
        }
    }

    pub(crate) fn get(&self, key: &Key) -> Option<&Record> {
        let over = self.over.get(key).map(AsRef::as_ref);
        over.or_else(|| self.under.get(key))
    }

    /// Every record of a kind with the changes, the new ones last.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        let known = self.under.of(kind);
        let known = known.map(|(key, record)| self.over.get(key).map_or(record, AsRef::as_ref));
        let over = self
            .over
            .range(Key::new(kind, "")..)
            .take_while(move |(key, _)| key.kind == kind);
        let new = over.filter(|(key, _)| self.under.get(key).is_none());
        known.chain(new.map(|(_, record)| record.as_ref()))
    }

    /// Folds an event in; the keys of what it changed.
    pub(crate) fn fold(&mut self, event: &Event) -> Vec<Key> {
        let changed = evolve(self, event).into_iter().map(|record| {
            let key = record.key();
            self.over.insert(key.clone(), Arc::new(record));
            key
        });
        changed.collect()
    }

    pub(crate) fn into_changes(self) -> BTreeMap<Key, Arc<Record>> {
        self.over
    }
}

impl View for Laid<'_> {
    fn record(&self, key: &Key) -> Option<Record> {
        self.get(key).cloned()
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        self.of(kind).cloned().collect()
    }

    fn next_number(&self, _: Counter) -> Option<i64> {
        None
    }
}
