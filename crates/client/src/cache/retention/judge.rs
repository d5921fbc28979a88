//! Which events somebody still needs.

use std::collections::BTreeSet;

use elms_protocol::{Event, Key, Kind, Record, Seq, about};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::{cache::Records, error::CacheError};

/// Whether an event may go.
pub(super) struct Judge<'a> {
    pub(super) conn: &'a Connection,
    pub(super) records: &'a Records,
    /// What somebody here still works with.
    pub(super) pinned: &'a BTreeSet<Key>,
    /// A case goes only when all that happened to it is up to here.
    pub(super) upto: Seq,
}

impl Judge<'_> {
    pub(super) fn stays(&self, event: &Event) -> Result<bool, CacheError> {
        let unread = event.payload.get("notificationId").and_then(Value::as_i64);
        if unread.is_some_and(|id| self.pinned.contains(&Key::new(Kind::Notification, id))) {
            return Ok(true);
        }
        for key in cases(event) {
            if self.needs(&key)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a case is still needed, or the one that it was merged into.
    fn needs(&self, case: &Key) -> Result<bool, CacheError> {
        let mut case = case.clone();
        // Cases are merged into one another only so often.
        for _ in 0..8 {
            let Some(Record::Incident(incident)) = self.records.get(&case) else {
                return Ok(self.pinned.contains(&case) || self.upto < self.last_of(&case)?);
            };
            let is_open = !incident.is_over() && incident.voided.is_none();
            let is_late = self.records.arrived_late(incident.reference);
            let is_one = incident.merged_into.is_none();
            if is_late || is_open && is_one || self.pinned.contains(&case) {
                return Ok(true);
            }
            if self.upto < self.last_of(&case)? {
                return Ok(true);
            }
            let Some(whole) = incident.merged_into else {
                return Ok(false);
            };
            case = Key::new(Kind::Incident, whole);
        }
        Ok(true)
    }

    /// The last event held of a case.
    fn last_of(&self, case: &Key) -> Result<Seq, CacheError> {
        let sql = "SELECT max(seq) FROM about WHERE kind = ?1 AND id = ?2";
        let mut select = self.conn.prepare_cached(sql)?;
        let last: Option<i64> =
            select.query_row(params![case.kind.text(), case.id], |row| row.get(0))?;
        Ok(last.map_or(Seq::ZERO, Seq))
    }
}

/// The cases that an event is about.
pub(super) fn cases(event: &Event) -> impl Iterator<Item = Key> {
    about(event)
        .into_iter()
        .filter(|key| key.kind == Kind::Incident)
}
