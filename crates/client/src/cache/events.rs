//! Writing a batch of events, and reading the history of a record back.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use elms_protocol::{
    Event, IncidentRef, Key, Kind, Record, Seq, Severity, SittingId, Timestamp, about, describe,
    host::{EventDetail, Topic},
};
use rusqlite::{Connection, Row, Transaction, params};
use serde_json::Value;

use super::{
    Laid, Place, Reader, Records, Seen,
    forgetting::{blank, forget},
    names::{channel_name, name, severity_number, sitting_name, station_name, words},
    review::Mark,
    schema::{fold_anew, from_sql, put},
};
use crate::error::CacheError;

/// An event that comes so much after its receipt, while catching up, was seen late.
const LATE_MS: i64 = 10_000;

/// An event as this station holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The event as it came.
    pub event: Event,
    /// When it came.
    pub seen_at: Timestamp,
    /// Whether late because of an outage here.
    pub late: bool,
}

/// The records after a batch.
#[derive(Debug)]
pub(super) enum Folded {
    /// Only these have changed.
    Changes(BTreeMap<Key, Arc<Record>>),
    /// The log was folded from its beginning.
    Anew(Records),
}

/// What a batch did.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) new: Vec<Event>,
    pub(super) marks: Vec<Mark>,
    pub(super) folded: Folded,
    pub(super) late_cases: Vec<IncidentRef>,
    pub(super) last: Seq,
    /// An event came after one that follows it.
    pub(super) disordered: bool,
    /// Records that were erased.
    pub(super) gone: Vec<Key>,
    /// Words that were held are held no more.
    pub(super) has_forgotten: bool,
}

impl Batch {
    pub(super) fn topics(&self) -> BTreeSet<Topic> {
        let mut topics: BTreeSet<Topic> = match &self.folded {
            Folded::Changes(changes) => changes.keys().map(|key| Topic::of(key.kind)).collect(),
            Folded::Anew(_) => Kind::ALL.iter().copied().map(Topic::of).collect(),
        };
        topics.extend(self.gone.iter().map(|key| Topic::of(key.kind)));
        topics.extend((!self.new.is_empty() || self.has_forgotten).then_some(Topic::Events));
        topics
    }
}

/// Writes what is new of a batch.
pub(super) fn write(
    tx: &Transaction<'_>,
    records: &Records,
    place: Place,
    events: &[Event],
    seen: Seen,
) -> Result<Batch, CacheError> {
    let mut laid = Laid::new(records);
    let (mut new, mut marks, mut late_cases) = (Vec::new(), Vec::new(), Vec::new());
    let (mut last, mut disordered) = (place.last, false);
    let mut has_forgotten = false;
    for event in events {
        // What was let go of does not come back.
        if event.seq <= place.floor {
            continue;
        }
        if !insert(tx, event, seen)? {
            if event.is_erased() {
                // Its words were erased while this station was away.
                blank(tx, event)?;
                has_forgotten = true;
            }
            continue;
        }
        disordered |= event.seq < last;
        if last < event.seq {
            laid.fold(event);
            last = event.seq;
        }
        let late = is_late(event, seen);
        marks.push(index(tx, &laid, event, late)?);
        late_cases.extend(late_case(tx, event, late)?);
        new.push(event.clone());
    }
    let gone = forget_all(tx, &new)?;
    has_forgotten |= !gone.is_empty();
    // What the first copy includes is history; only after it does the order matter.
    let refold = disordered && new.iter().any(|event| place.base < event.seq);
    let folded = if refold {
        Folded::Anew(fold_anew(tx, place.base)?)
    } else {
        let mut changes = laid.into_changes();
        changes.retain(|key, _| !gone.contains(key));
        changes
            .iter()
            .try_for_each(|(key, record)| put(tx, "record", key, record))?;
        Folded::Changes(changes)
    };
    new.sort_by_key(|event| event.seq);
    Ok(Batch {
        new,
        marks,
        folded,
        late_cases,
        last,
        disordered,
        gone,
        has_forgotten,
    })
}

/// Does what the erasures among new events say; the records that are gone.
fn forget_all(conn: &Connection, new: &[Event]) -> Result<Vec<Key>, CacheError> {
    let mut gone = Vec::new();
    for noted in new.iter().filter_map(Event::erases) {
        forget(conn, &noted)?;
        gone.extend(noted.records);
    }
    Ok(gone)
}

fn is_late(event: &Event, seen: Seen) -> bool {
    !seen.live && LATE_MS < seen.at.since_ms(event.timestamp)
}

/// Keeps the event itself; whether it is new.
fn insert(conn: &Connection, event: &Event, seen: Seen) -> Result<bool, CacheError> {
    let sql = "INSERT OR IGNORE INTO event (seq, seen, json) VALUES (?1, ?2, ?3)";
    let json = serde_json::to_string(event)?;
    Ok(0 < conn
        .prepare_cached(sql)?
        .execute(params![event.seq.0, seen.at.0, json])?)
}

/// A case that was reported while this station had no link.
fn late_case(
    conn: &Connection,
    event: &Event,
    late: bool,
) -> Result<Option<IncidentRef>, CacheError> {
    if !late || event.event != "incident:reported" {
        return Ok(None);
    }
    let named = event.payload.get("clientRef").cloned().unwrap_or_default();
    let Ok(id) = serde_json::from_value::<IncidentRef>(named) else {
        return Ok(None);
    };
    let sql = "INSERT OR IGNORE INTO late_case (id) VALUES (?1)";
    conn.prepare_cached(sql)?.execute([id.to_string()])?;
    Ok(Some(id))
}

/// Makes the event findable: by record, by filter, by word.
fn index(
    conn: &Connection,
    laid: &Laid<'_>,
    event: &Event,
    late: bool,
) -> Result<Mark, CacheError> {
    let keys = about(event);
    for key in &keys {
        let sql = "INSERT OR IGNORE INTO about (kind, id, seq) VALUES (?1, ?2, ?3)";
        conn.prepare_cached(sql)?
            .execute(params![key.kind.text(), key.id, event.seq.0])?;
    }
    let bearing = Bearing::of(event, &keys, laid);
    let mark = Mark {
        seq: event.seq.0,
        at: event.happened_at().0,
        channel: name(conn, &channel_name(&event.channel))?,
        station: bearing
            .station
            .map_or(Ok(0), |code| name(conn, &station_name(&code)))?,
        sitting: bearing
            .sitting
            .map_or(Ok(0), |id| name(conn, &sitting_name(id)))?,
        severity: severity_number(bearing.severity),
        late,
    };
    let sql = "INSERT INTO mark (seq, at, channel, station, sitting, severity, late) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    conn.prepare_cached(sql)?.execute(params![
        mark.seq,
        mark.at,
        mark.channel,
        mark.station,
        mark.sitting,
        mark.severity,
        mark.late
    ])?;
    let sql = "INSERT INTO word (rowid, text) VALUES (?1, ?2)";
    conn.prepare_cached(sql)?
        .execute(params![event.seq.0, words(event)])?;
    Ok(mark)
}

/// Where an event happened and how bad it is.
struct Bearing {
    station: Option<String>,
    sitting: Option<SittingId>,
    severity: Option<Severity>,
}

impl Bearing {
    fn of(event: &Event, keys: &[Key], laid: &Laid<'_>) -> Self {
        let text = |name: &str| event.payload.get(name).and_then(Value::as_str);
        let records: Vec<&Record> = keys.iter().filter_map(|key| laid.get(key)).collect();
        let sitting = event
            .payload
            .get("examEntryId")
            .and_then(Value::as_i64)
            .map(SittingId);
        let is_case = event.channel == "incident";
        let severity = text("severity").and_then(Severity::from_text);
        Self {
            station: event
                .actor
                .station_code
                .clone()
                .or(text("station").map(str::to_owned)),
            sitting: sitting.or_else(|| records.iter().copied().find_map(sitting_of)),
            severity: severity
                .or_else(|| records.iter().copied().find_map(severity_of))
                .filter(|_| is_case),
        }
    }
}

fn sitting_of(record: &Record) -> Option<SittingId> {
    if let Record::Batch(batch) = record {
        return Some(batch.sitting_id);
    }
    let Record::Incident(incident) = record else {
        return None;
    };
    incident.sitting_id
}

fn severity_of(record: &Record) -> Option<Severity> {
    let Record::Incident(incident) = record else {
        return None;
    };
    Some(incident.severity)
}

/// What every reading of events selects, in the order of [`held`].
pub(super) const HELD: &str =
    "SELECT event.json, event.seen, mark.late FROM event JOIN mark USING (seq)";

pub(super) fn held(row: &Row<'_>) -> Result<Held, CacheError> {
    let event = serde_json::from_str(row.get_ref(0)?.as_str().map_err(from_sql)?)?;
    Ok(Held {
        event,
        seen_at: Timestamp(row.get(1)?),
        late: row.get(2)?,
    })
}

impl Reader {
    /// The history of a record, in the order of the log.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub fn history(&self, key: &Key) -> Result<Vec<Held>, CacheError> {
        let sql = format!(
            "{HELD} WHERE seq IN (SELECT seq FROM about WHERE kind = ?1 AND id = ?2) ORDER BY seq"
        );
        let mut select = self.conn.prepare_cached(&sql)?;
        let mut rows = select.query(params![key.kind.text(), key.id])?;
        let mut history = Vec::new();
        while let Some(row) = rows.next()? {
            history.push(held(row)?);
        }
        Ok(history)
    }

    /// One event with all about it; none when it is not held.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub fn event(&self, seq: Seq) -> Result<Option<EventDetail>, CacheError> {
        let mut select = self
            .conn
            .prepare_cached(&format!("{HELD} WHERE seq = ?1"))?;
        let mut rows = select.query([seq.0])?;
        let found = rows.next()?.map(held).transpose()?;
        Ok(found.map(
            |Held {
                 event,
                 seen_at,
                 late,
             }| EventDetail {
                text: describe(&event),
                event,
                seen_at,
                late,
            },
        ))
    }
}
