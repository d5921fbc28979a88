//! The records as they were at a moment of a day: the log folded up to there, by the same rules.
//!
//! What was brought in from files is in no event and stands as it is now: halls, people, candidates,
//! papers and their planned times. What a day does to it is taken back, and the events are laid on
//! again in their order.

use elms_protocol::{
    AttendanceStatus, Batch, Candidate, Event, Holder, Key, Kind, Record, Seq, Sitting, Station,
    Timestamp,
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{
    Reader, Records,
    names::{channel_name, name_number},
};
use crate::error::CacheError;

/// Halls, registers and batches are followed this far back; cases from their beginning.
const REACH_MS: i64 = 36 * 3_600_000;

/// The records at a moment.
#[derive(Debug)]
pub struct Past {
    /// The records.
    pub records: Records,
    /// The last event that the server had by then.
    pub seq: Seq,
    /// How many events were folded.
    pub n_events: usize,
    /// The first event that this station holds; what lies before it is not known here.
    pub held_from: Seq,
}

impl Reader {
    /// The records as the server had them at `at`, as far as this station holds the log.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the log cannot be read.
    pub fn past(&self, at: Timestamp) -> Result<Past, CacheError> {
        let mut records = beginning(&self.records());
        let seq = self.last_by(at)?;
        let since = self.last_by(at.plus_ms(-REACH_MS))?;
        let cases = name_number(&self.conn, &channel_name("incident"))?;
        let mut select = self.conn.prepare_cached(
            "SELECT json FROM event JOIN mark USING (seq) \
             WHERE seq <= ?2 AND (?1 < seq OR channel = ?3) ORDER BY seq",
        )?;
        let mut rows = select.query(params![since.0, seq.0, cases])?;
        let mut n_events = 0;
        while let Some(row) = rows.next()? {
            let event: Event = serde_json::from_str(&row.get::<_, String>(0)?)?;
            records.fold(&event);
            n_events += 1;
        }
        records.upto = seq;
        self.put_let_go(&mut records)?;
        let first = "SELECT min(seq) FROM event WHERE ?1 < seq";
        let held_from: Option<i64> = self
            .conn
            .query_row(first, [self.floor().0], |row| row.get(0))?;
        Ok(Past {
            records,
            seq,
            n_events,
            held_from: held_from.map_or(seq, Seq),
        })
    }

    /// A case that was over before this station's memory begins stands as it is now: nothing has
    /// happened to it since.
    fn put_let_go(&self, records: &mut Records) -> Result<(), CacheError> {
        if self.floor() == Seq::ZERO {
            return Ok(());
        }
        let sql = "SELECT 1 FROM about WHERE kind = ?1 AND id = ?2";
        let mut select = self.conn.prepare_cached(sql)?;
        for (key, record) in self.records().of(Kind::Incident) {
            let is_known = records.get(key).is_some();
            if !is_known && !select.exists([key.kind.text(), &key.id])? {
                records.put(key.clone(), record.clone().into());
            }
        }
        Ok(())
    }

    /// The last event that the server had received at `at`; the log is in the order of receipt.
    fn last_by(&self, at: Timestamp) -> Result<Seq, CacheError> {
        last_by(&self.conn, self.last(), at)
    }
}

/// The last event up to `last` that the server had received at `at`.
pub(super) fn last_by(conn: &Connection, last: Seq, at: Timestamp) -> Result<Seq, CacheError> {
    let (mut low, mut high) = (0, last.0);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        match receipt_by(conn, middle)? {
            Some((seq, received)) if at < received => high = seq - 1,
            Some(_) | None => low = middle,
        }
    }
    Ok(Seq(low))
}

/// The event at `seq` or the next one before it, and when the server received it.
fn receipt_by(conn: &Connection, seq: i64) -> Result<Option<(i64, Timestamp)>, CacheError> {
    let sql = "SELECT seq, json FROM event WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1";
    let found: Option<(i64, String)> = conn
        .prepare_cached(sql)?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((seq, json)) = found else {
        return Ok(None);
    };
    let event: Event = serde_json::from_str(&json)?;
    Ok(Some((seq, event.timestamp)))
}

/// The records before anything has happened to them.
fn beginning(now: &Records) -> Records {
    let mut records = Records::default();
    for (key, record) in now.all() {
        if let Some(before) = before(record, now) {
            records.put(key.clone(), before.into());
        }
    }
    records
}

/// A record as it was brought in; none for what only events make.
fn before(record: &Record, all: &Records) -> Option<Record> {
    match record {
        Record::Sitting(sitting) => Some(Record::Sitting(planned(sitting))),
        Record::Batch(batch) => Some(Record::Batch(pending(batch, hall_of(batch, all)))),
        Record::Candidate(candidate) => Some(Record::Candidate(expected(candidate))),
        Record::Station(station) => Some(Record::Station(unheard(station))),
        Record::Incident(_)
        | Record::Transfer(_)
        | Record::Notification(_)
        | Record::Script(_)
        | Record::Enrolment(_) => None,
        kept @ (Record::Institution(_)
        | Record::Venue(_)
        | Record::Person(_)
        | Record::Timetable(_)) => Some(kept.clone()),
    }
}

fn planned(now: &Sitting) -> Box<Sitting> {
    let mut invigilators = now.invigilators.clone();
    for invigilator in &mut invigilators {
        invigilator.checked_in_at = None;
    }
    Box::new(Sitting {
        course_code: now.course_code.clone(),
        course_name: now.course_name.clone(),
        room: now.room.clone(),
        expected: now.expected,
        batch_id: now.batch_id,
        invigilators,
        ..Sitting::planned(
            now.id,
            now.timetable_id,
            (now.faculty_id, now.department_id),
            now.venue_id,
            (now.starts_at, now.ends_at),
        )
    })
}

fn pending(now: &Batch, hall: String) -> Box<Batch> {
    Box::new(Batch {
        course_code: now.course_code.clone(),
        course_name: now.course_name.clone(),
        total_registered: now.total_registered,
        lecturer: now.lecturer.clone(),
        ..Batch::pending(now.id, now.sitting_id, now.code.clone(), hall)
    })
}

/// The name of the hall in which a batch begins.
fn hall_of(batch: &Batch, all: &Records) -> String {
    if let Holder::Hall { name } = &batch.holder {
        return name.clone();
    }
    let sitting = all.get(&Key::new(Kind::Sitting, batch.sitting_id));
    let Some(Record::Sitting(sitting)) = sitting else {
        return String::new();
    };
    match all.get(&Key::new(Kind::Venue, sitting.venue_id)) {
        Some(Record::Venue(venue)) => venue.name.clone(),
        Some(_) | None => sitting.room.clone(),
    }
}

fn expected(now: &Candidate) -> Candidate {
    Candidate {
        seat: now.moved_from.clone().unwrap_or_else(|| now.seat.clone()),
        attendance: AttendanceStatus::Expected,
        minutes_late: None,
        moved_from: None,
        left_at: None,
        added_sec: 0,
        ..now.clone()
    }
}

fn unheard(now: &Station) -> Station {
    Station {
        online: false,
        since: None,
        clock_offset_ms: 0,
        outages: Vec::new(),
        ..now.clone()
    }
}
