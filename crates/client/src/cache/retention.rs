//! Letting go of the oldest events, so that the disk of a station never fills up with them.
//!
//! What they have led to stays: the records. The *floor* moves up, and the *base*, from which the
//! log can be folded anew, with it, so that everything after the floor is still known to be
//! complete. A case goes as a whole or not at all, and never while somebody may need it. It is done
//! in steps, one transaction each: between any two the copy is whole. With a million events a step
//! takes some 10 ms of computing; once in about 100,000 events that go, the index of words merges
//! its parts, and four steps take up to a second each. Only the copy waits for them, never the outbox.

mod judge;

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{Event, Key, Policy, Record, Seq, Timestamp, about};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params, types::Value};

use self::judge::{Judge, cases};
use super::{
    Cache, Laid, Place, Reader, Records, begin, change, look, past::last_by, review, schema,
    schema::from_sql,
};
use crate::error::CacheError;

/// Events of one step.
const STEP: i64 = 250;
/// What the server has received within this time stays in any case.
const DAY_MS: i64 = 86_400_000;
/// Pages that are given back to the disk in one step.
const PAGES: i64 = 256;
/// One page in so many may be empty: what comes next takes its place.
const SPARE: i64 = 8;

/// For how long, and with how much disk, an institution wants its stations to remember.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Days since the server received an event.
    pub days: i64,
    /// The most MiB of the copy.
    pub mib: i64,
}

impl Retention {
    /// What a policy says.
    pub fn of(policy: &Policy) -> Self {
        Self {
            days: policy.station_keep_days,
            mib: policy.station_keep_mib,
        }
    }

    fn bytes(self) -> i64 {
        self.mib.saturating_mul(1 << 20)
    }

    fn since(self, now: Timestamp) -> Timestamp {
        now.plus_ms(self.days.saturating_mul(-DAY_MS))
    }
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetGo {
    /// Events that are no longer here.
    pub n_events: usize,
    /// Where the next step begins; none after the last.
    pub next: Option<Seq>,
}

impl Cache {
    /// Lets go of the next few of the oldest events after `from` that `rule` no longer wants at
    /// `now`; a first step begins at [`Seq::ZERO`]. Never of what the server received within a day,
    /// of what is not known to be complete, or was not looked through for notices; and never of an
    /// open case, or of what `pinned` names.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; nothing has changed then.
    pub fn let_go(
        &mut self,
        rule: Retention,
        (now, from): (Timestamp, Seq),
        pinned: &BTreeSet<Key>,
    ) -> Result<LetGo, CacheError> {
        let place = *look(&self.shared.place);
        let target = target(&self.conn, place, rule, now)?.max(place.floor);
        let rows = oldest(&self.conn, from, target)?;
        let Some(last) = rows.last().map(|event| event.seq) else {
            return self.end(place, target);
        };
        let n_events = self.step(place, &rows, place.floor.max(last), pinned)?;
        let next = Some(last);
        Ok(LetGo { n_events, next })
    }

    fn step(
        &mut self,
        place: Place,
        rows: &[Event],
        upto: Seq,
        pinned: &BTreeSet<Key>,
    ) -> Result<usize, CacheError> {
        if place.base < upto && self.base.is_none() {
            self.base = Some(schema::base(&self.conn)?);
        }
        let records = self.records();
        let tx = begin(&mut self.conn)?;
        let judge = Judge {
            conn: &tx,
            records: &records,
            pinned,
            upto,
        };
        let going = going(&judge, rows)?;
        for event in going.values() {
            remove(&tx, event)?;
        }
        let after = moved(place, rows, upto);
        let changes = match &self.base {
            Some(base) => move_base(&tx, base, place, rows)?,
            None => BTreeMap::new(),
        };
        schema::write_place(&tx, after)?;
        schema::write_history(&tx, after)?;
        tx.commit()?;
        for (key, record) in changes {
            self.base.get_or_insert_default().put(key, record);
        }
        let seqs: Vec<i64> = going.into_keys().collect();
        review::take(&mut change(&self.shared.marks), &seqs);
        *change(&self.shared.place) = after;
        Ok(seqs.len())
    }

    /// After the last step: what is empty goes back to the disk, a little at a time.
    fn end(&mut self, place: Place, target: Seq) -> Result<LetGo, CacheError> {
        self.base = None;
        if place.floor < target {
            // What is not visible here has no event.
            let after = moved(place, &[], target);
            schema::write_place(&self.conn, after)?;
            schema::write_history(&self.conn, after)?;
            *change(&self.shared.place) = after;
        }
        let (pages, free) = (
            number(&self.conn, "page_count")?,
            number(&self.conn, "freelist_count")?,
        );
        if free < pages / SPARE {
            return Ok(LetGo {
                n_events: 0,
                next: None,
            });
        }
        let sql = format!("PRAGMA incremental_vacuum({PAGES})");
        self.conn.execute_batch(&sql)?;
        Ok(LetGo {
            n_events: 0,
            next: Some(target),
        })
    }

    /// What is older than the oldest event held is not fetched any more: `rule` would not let it
    /// stay. Whether that is so now.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read or written.
    pub fn is_full(&mut self, rule: Retention, now: Timestamp) -> Result<bool, CacheError> {
        let place = *look(&self.shared.place);
        if place.filled <= place.floor {
            return Ok(true);
        }
        let oldest = receipt_after(&self.conn, place.filled)?;
        let is_old = oldest.is_some_and(|at| at <= rule.since(now));
        if !is_old && used(&self.conn)? < rule.bytes() {
            return Ok(false);
        }
        let after = Place {
            floor: place.filled,
            floor_at: oldest,
            ..place
        };
        schema::write_history(&self.conn, after)?;
        *change(&self.shared.place) = after;
        Ok(true)
    }
}

impl Reader {
    /// Of what the first copy includes, the events after this position are held; 0 when all are.
    pub fn filled(&self) -> Seq {
        look(&self.shared.place).filled
    }

    /// Reads the whole file through; whether every page of it is as it was written. Takes seconds
    /// for a large one, and holds up nobody.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot even be read.
    pub fn is_sound(&self) -> Result<bool, CacheError> {
        let sql = "PRAGMA quick_check(1)";
        let said: String = self.conn.query_row(sql, [], |row| row.get(0))?;
        Ok(said == "ok")
    }

    /// Positions of the log whose events are still to come.
    pub fn to_come(&self) -> i64 {
        let place = *look(&self.shared.place);
        let is_due = place.floor < place.filled;
        place.filled.0.saturating_mul(i64::from(is_due))
    }

    /// When the oldest event happened behind those that are still to come; none when none are.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the copy cannot be read.
    pub fn reaches_back(&self) -> Result<Option<Timestamp>, CacheError> {
        let place = *look(&self.shared.place);
        if place.filled <= place.floor {
            return Ok(None);
        }
        let sql = "SELECT at FROM mark WHERE ?1 < seq ORDER BY seq LIMIT 1";
        let mut select = self.conn.prepare_cached(sql)?;
        let at = select.query_row([place.filled.0], |row| row.get(0));
        Ok(at.optional()?.map(Timestamp))
    }

    /// What is at or before this position was let go of, up to few exceptions.
    pub fn floor(&self) -> Seq {
        look(&self.shared.place).floor
    }

    /// Until when the server had received what this station no longer remembers; none when it
    /// remembers everything.
    pub fn begins(&self) -> Option<Timestamp> {
        look(&self.shared.place).floor_at
    }
}

/// Up to where events may go.
fn target(
    conn: &Connection,
    place: Place,
    rule: Retention,
    now: Timestamp,
) -> Result<Seq, CacheError> {
    let complete = place.cursor.map_or(Seq::ZERO, |cursor| cursor.seq);
    let by = |at| last_by(conn, place.last, at);
    let may = complete.min(place.notified).min(by(now.plus_ms(-DAY_MS))?);
    let wanted = if rule.bytes() < used(conn)? {
        may
    } else {
        by(rule.since(now))?
    };
    Ok(may.min(wanted))
}

/// Where the copy stands after the events up to `upto` were looked at.
fn moved(place: Place, rows: &[Event], upto: Seq) -> Place {
    let last = rows.last().map(|event| event.timestamp);
    Place {
        floor: upto,
        floor_at: last.max(place.floor_at),
        base: place.base.max(upto),
        ..place
    }
}

fn oldest(conn: &Connection, from: Seq, upto: Seq) -> Result<Vec<Event>, CacheError> {
    let sql = "SELECT json FROM event WHERE ?1 < seq AND seq <= ?2 ORDER BY seq LIMIT ?3";
    let mut select = conn.prepare_cached(sql)?;
    let mut rows = select.query(params![from.0, upto.0, STEP])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(serde_json::from_str(
            row.get_ref(0)?.as_str().map_err(from_sql)?,
        )?);
    }
    Ok(events)
}

/// Of the events in `rows` those that go, and with the last of a case all others of it.
fn going(judge: &Judge<'_>, rows: &[Event]) -> Result<BTreeMap<i64, Event>, CacheError> {
    let mut going = BTreeMap::new();
    let mut whole = BTreeSet::new();
    for event in rows {
        if !judge.stays(event)? {
            whole.extend(cases(event));
            going.insert(event.seq.0, event.clone());
        }
    }
    let sql = "SELECT json FROM event JOIN about USING (seq) WHERE kind = ?1 AND id = ?2";
    let mut select = judge.conn.prepare_cached(sql)?;
    for case in whole {
        let mut rows = select.query(params![case.kind.text(), case.id])?;
        while let Some(row) = rows.next()? {
            let event: Event = serde_json::from_str(row.get_ref(0)?.as_str().map_err(from_sql)?)?;
            if !going.contains_key(&event.seq.0) && !judge.stays(&event)? {
                going.insert(event.seq.0, event);
            }
        }
    }
    Ok(going)
}

fn remove(tx: &Transaction<'_>, event: &Event) -> Result<(), CacheError> {
    for sql in [
        "DELETE FROM event WHERE seq = ?1",
        "DELETE FROM mark WHERE seq = ?1",
        "DELETE FROM word WHERE rowid = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([event.seq.0])?;
    }
    let sql = "DELETE FROM about WHERE kind = ?1 AND id = ?2 AND seq = ?3";
    let mut delete = tx.prepare_cached(sql)?;
    for key in about(event) {
        delete.execute(params![key.kind.text(), key.id, event.seq.0])?;
    }
    Ok(())
}

/// Folds what is after the base into it; what has changed.
fn move_base(
    tx: &Transaction<'_>,
    base: &Records,
    place: Place,
    rows: &[Event],
) -> Result<BTreeMap<Key, std::sync::Arc<Record>>, CacheError> {
    let mut laid = Laid::new(base);
    for event in rows.iter().filter(|event| place.base < event.seq) {
        laid.fold(event);
    }
    let changes = laid.into_changes();
    changes
        .iter()
        .try_for_each(|(key, record)| schema::put(tx, "base", key, record))?;
    Ok(changes)
}

/// When the server received the first event after a position.
fn receipt_after(conn: &Connection, seq: Seq) -> Result<Option<Timestamp>, CacheError> {
    let sql = "SELECT json FROM event WHERE ?1 < seq ORDER BY seq LIMIT 1";
    let json: Option<String> = conn.query_row(sql, [seq.0], |row| row.get(0)).optional()?;
    let event: Option<Event> = json.as_deref().map(serde_json::from_str).transpose()?;
    Ok(event.map(|event| event.timestamp))
}

/// Bytes of the file that hold something.
fn used(conn: &Connection) -> Result<i64, CacheError> {
    let pages = number(conn, "page_count")?.saturating_sub(number(conn, "freelist_count")?);
    Ok(pages.saturating_mul(number(conn, "page_size")?))
}

/// A number that the database knows of itself; `SQLCipher` gives some of them as text.
fn number(conn: &Connection, name: &str) -> Result<i64, CacheError> {
    let value = conn.pragma_query_value(None, name, |row| row.get::<_, Value>(0))?;
    Ok(match value {
        Value::Integer(number) => number,
        Value::Text(digits) => digits.parse().unwrap_or_default(),
        Value::Null | Value::Real(_) | Value::Blob(_) => 0,
    })
}
