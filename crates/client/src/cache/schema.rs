//! The tables of the copy, and how it is read at the start and filled by a first copy.

use std::sync::Arc;

use elms_protocol::{
    Actor, Event, IncidentRef, Key, Kind, Record, Seq, Sight, Timestamp, about,
    frame::{Cursor, Snapshot},
};
use rusqlite::{Connection, params};

use super::{Place, Records, book::BOOK};
use crate::{
    db::{Layout, Worth},
    error::CacheError,
};

/// Released steps never change; later ones are added behind them.
pub(super) const LAYOUT: Layout = Layout {
    application_id: 0x454c_4d43,
    steps: &[TABLES, HISTORY, WORDS, BOOK, FLOOR],
    worth: Worth::Copy,
};

const TABLES: &str = "
-- One row: where the copy stands.
CREATE TABLE place (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Everything visible up to here is held; JSON, its parts belong together.
    cursor TEXT,
    -- The position that the first copy includes.
    base INTEGER NOT NULL,
    -- The highest position held.
    last INTEGER NOT NULL,
    -- The last event that a person was told of.
    notified INTEGER NOT NULL,
    -- When the first copy came, in milliseconds.
    copied INTEGER
) STRICT;
INSERT INTO place VALUES (1, NULL, 0, 0, 0, NULL);
-- What the log folds to.
CREATE TABLE record (
    kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
-- The same, as the first copy brought it: from here the log can be folded anew.
CREATE TABLE base (
    kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
-- The events as they came, those of unknown kinds too.
CREATE TABLE event (seq INTEGER PRIMARY KEY, seen INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
-- What a review filters by; narrow, because it is read as a whole.
CREATE TABLE mark (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    station INTEGER NOT NULL,
    sitting INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    late INTEGER NOT NULL
) STRICT;
-- Texts that marks name by number: channels, stations, sittings.
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
-- The history of each record.
CREATE TABLE about (
    kind TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, id, seq)
) STRICT, WITHOUT ROWID;
-- Cases that were reported during an outage and not looked at since.
CREATE TABLE late_case (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
-- When this station had no link.
CREATE TABLE outage (
    id INTEGER PRIMARY KEY,
    began INTEGER NOT NULL,
    reason TEXT NOT NULL,
    ended INTEGER,
    replayed INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE VIRTUAL TABLE word USING fts5 (
    text, tags, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
";

/// How far back the events reach; a copy from before this step has none of what it began with.
const HISTORY: &str = "
CREATE TABLE history (
    -- Of what the first copy includes, the events after this position are held.
    filled INTEGER NOT NULL
) STRICT;
INSERT INTO history SELECT base FROM place;
";

/// A common word is found several times faster in an index with one column. The words of the events
/// held cannot be made anew here, so the copy is emptied, and filled again from the server.
const WORDS: &str = "
DROP TABLE word;
CREATE VIRTUAL TABLE word USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
DELETE FROM event;
DELETE FROM mark;
DELETE FROM about;
DELETE FROM late_case;
DELETE FROM record;
DELETE FROM base;
UPDATE place SET cursor = NULL, base = 0, last = 0, notified = 0, copied = NULL;
UPDATE history SET filled = 0;
";

/// From where on the station remembers.
const FLOOR: &str = "
-- What is at or before this position was let go of, up to few exceptions.
ALTER TABLE history ADD COLUMN floor INTEGER NOT NULL DEFAULT 0;
-- When the server received what was let go of last.
ALTER TABLE history ADD COLUMN floor_at INTEGER;
";

/// Everything of another log goes; outages are this station's own.
const FORGET: &str = "
DELETE FROM event;
DELETE FROM mark;
DELETE FROM about;
DELETE FROM late_case;
INSERT INTO word (word) VALUES ('delete-all');
";

/// Where the copy stands and what it holds.
pub(super) fn load(conn: &Connection) -> Result<(Place, Records), CacheError> {
    let (place, copied) = place(conn)?;
    let mut records = read(conn, "SELECT kind, id, json FROM record")?;
    let mut late = conn.prepare("SELECT json_quote(id) FROM late_case")?;
    for id in late.query_map([], |row| row.get::<_, String>(0))? {
        let id: IncidentRef = serde_json::from_str(&id?)?;
        records.set_late([id]);
    }
    records.upto = place
        .last
        .max(place.cursor.map_or(Seq::ZERO, |cursor| cursor.seq));
    records.copied_at = copied;
    Ok((place, records))
}

fn place(conn: &Connection) -> Result<(Place, Option<Timestamp>), CacheError> {
    let sql = "SELECT cursor, base, last, notified, copied, filled, floor, floor_at \
               FROM place, history";
    let (cursor, place, copied) = conn.query_row(sql, [], |row| {
        let cursor: Option<String> = row.get(0)?;
        let place = Place {
            cursor: None,
            base: Seq(row.get(1)?),
            last: Seq(row.get(2)?),
            notified: Seq(row.get(3)?),
            filled: Seq(row.get(5)?),
            floor: Seq(row.get(6)?),
            floor_at: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        };
        Ok((cursor, place, row.get::<_, Option<i64>>(4)?))
    })?;
    let cursor: Option<Cursor> = cursor.as_deref().map(serde_json::from_str).transpose()?;
    Ok((Place { cursor, ..place }, copied.map(Timestamp)))
}

pub(super) fn write_place(conn: &Connection, place: Place) -> Result<(), CacheError> {
    let cursor = place
        .cursor
        .map(|cursor| serde_json::to_string(&cursor))
        .transpose()?;
    let sql = "UPDATE place SET cursor = ?1, base = ?2, last = ?3, notified = ?4";
    let mut update = conn.prepare_cached(sql)?;
    update.execute(params![
        cursor,
        place.base.0,
        place.last.0,
        place.notified.0
    ])?;
    Ok(())
}

/// How far back the events reach.
pub(super) fn write_history(conn: &Connection, place: Place) -> Result<(), CacheError> {
    let sql = "UPDATE history SET filled = ?1, floor = ?2, floor_at = ?3";
    let floor_at = place.floor_at.map(|at| at.0);
    conn.prepare_cached(sql)?
        .execute(params![place.filled.0, place.floor.0, floor_at])?;
    Ok(())
}

/// The records from which the log can be folded anew.
pub(super) fn base(conn: &Connection) -> Result<Records, CacheError> {
    read(conn, "SELECT kind, id, json FROM base")
}

/// The records that a query yields as `(kind, id, json)`. A kind that this version does not know
/// makes the copy unreadable, and it is filled again.
fn read(conn: &Connection, sql: &str) -> Result<Records, CacheError> {
    let mut records = Records::default();
    let mut select = conn.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
        let record: Record = serde_json::from_str(row.get_ref(2)?.as_str().map_err(from_sql)?)?;
        if let Some(kind) = Kind::from_text(&kind) {
            records.put(Key { kind, id }, Arc::new(record));
        }
    }
    Ok(records)
}

pub(super) fn from_sql(error: rusqlite::types::FromSqlError) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

/// Puts a record into `record` or `base`.
pub(super) fn put(
    conn: &Connection,
    table: &str,
    key: &Key,
    record: &Record,
) -> Result<(), CacheError> {
    let sql = format!("INSERT OR REPLACE INTO {table} (kind, id, json) VALUES (?1, ?2, ?3)");
    let json = serde_json::to_string(record)?;
    conn.prepare_cached(&sql)?
        .execute(params![key.kind.text(), key.id, json])?;
    Ok(())
}

/// Takes a first copy in place of what is held.
pub(super) fn install(
    conn: &Connection,
    before: Place,
    copy: &Snapshot,
    seen_at: Timestamp,
) -> Result<(Place, Records), CacheError> {
    let same_log = before
        .cursor
        .is_some_and(|cursor| cursor.epoch == copy.cursor.epoch);
    conn.execute("DELETE FROM base", [])?;
    for record in &copy.records {
        put(conn, "base", &record.key(), record)?;
    }
    let base = copy.cursor.seq;
    let mut place = Place {
        cursor: Some(copy.cursor),
        base,
        last: base,
        notified: base,
        // What a wider sight has made visible comes with the rest.
        filled: base,
        floor: Seq::ZERO,
        floor_at: None,
    };
    let mut records = self::base(conn)?;
    if same_log {
        let sight = Sight::of(&copy.actor, &records);
        let gone = |event: &Event| is_gone(event, &copy.actor, &records);
        hide(conn, |event| gone(event) || !sight.sees(event))?;
        place.last = before.last.max(base);
        place.notified = before.notified.max(base);
        (place.floor, place.floor_at) = (before.floor, before.floor_at);
        fold_after(conn, base, &mut records)?;
    } else {
        conn.execute_batch(FORGET)?;
    }
    replace_records(conn, &records)?;
    write_place(conn, place)?;
    write_history(conn, place)?;
    conn.execute("UPDATE place SET copied = ?1", [seen_at.0])?;
    load(conn)
}

/// The records as base and log give them, from the beginning: when an event came out of order.
pub(super) fn fold_anew(conn: &Connection, base: Seq) -> Result<Records, CacheError> {
    let mut records = self::base(conn)?;
    fold_after(conn, base, &mut records)?;
    replace_records(conn, &records)?;
    Ok(records)
}

fn fold_after(conn: &Connection, base: Seq, records: &mut Records) -> Result<(), CacheError> {
    let mut select = conn.prepare("SELECT json FROM event WHERE seq > ?1 ORDER BY seq")?;
    let mut rows = select.query([base.0])?;
    while let Some(row) = rows.next()? {
        let event: Event = serde_json::from_str(row.get_ref(0)?.as_str().map_err(from_sql)?)?;
        records.fold(&event);
    }
    Ok(())
}

fn replace_records(conn: &Connection, records: &Records) -> Result<(), CacheError> {
    conn.execute("DELETE FROM record", [])?;
    records
        .all()
        .try_for_each(|(key, record)| put(conn, "record", key, record))
}

/// Whether an event is of a case of others that the new copy does not have: it has become
/// confidential.
fn is_gone(event: &Event, actor: &Actor, records: &Records) -> bool {
    let known = |key: Key| key.kind != Kind::Incident || records.get(&key).is_some();
    event.channel == "incident"
        && event.actor.user_id != actor.user
        && !about(event).into_iter().all(known)
}

/// Takes out what the person may no longer see: a role or an assignment has changed.
fn hide(conn: &Connection, is_hidden: impl Fn(&Event) -> bool) -> Result<(), CacheError> {
    let mut select = conn.prepare("SELECT seq, json FROM event")?;
    let mut rows = select.query([])?;
    let mut hidden = Vec::new();
    while let Some(row) = rows.next()? {
        let event: Event = serde_json::from_str(row.get_ref(1)?.as_str().map_err(from_sql)?)?;
        if is_hidden(&event) {
            hidden.push(row.get::<_, i64>(0)?);
        }
    }
    for seq in hidden {
        for sql in [
            "DELETE FROM late_case WHERE id IN (SELECT id FROM about WHERE seq = ?1)",
            "DELETE FROM event WHERE seq = ?1",
            "DELETE FROM mark WHERE seq = ?1",
            "DELETE FROM about WHERE seq = ?1",
            "DELETE FROM word WHERE rowid = ?1",
        ] {
            conn.prepare_cached(sql)?.execute([seq])?;
        }
    }
    Ok(())
}
