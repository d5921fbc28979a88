//! Looking back without a network: filter, search, count and page through the events held.
//!
//! A narrow mark of every event (16 bytes) is held in memory once a review was asked for, column by
//! column, so that filtering and charting a million events is a walk over the columns asked about;
//! only words go to the full-text index, and what everything together looks like is counted as it
//! comes. A result is a list of positions in the log under a handle: any page of it is there at
//! once, and does not move while new events come.

mod chart;
mod hits;
mod late;
mod marks;
mod places;
mod words;

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use elms_protocol::{
    IncidentRef, Kind, Seq, about, describe,
    host::{ReviewQuery, ReviewResult, ReviewRow},
};
use rusqlite::Connection;

use super::{
    Reader, change,
    events::{Batch, HELD, Held, held},
    look,
    names::{channel_name, name_number, severity_number, sitting_name, station_name},
};
use crate::error::CacheError;
pub(super) use hits::prepare;
use marks::Chosen;
pub(super) use marks::Marks;
use places::Places;

/// How long a search may take.
const DEADLINE: Duration = Duration::from_millis(250);
/// Steps of the database between two looks at the clock.
const STEPS: i32 = 2_000;
/// Results that are held; the oldest is let go.
const RESULTS: usize = 4;
/// Rows of one page.
const PAGE: usize = 200;
/// What a review filters by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) seq: i64,
    /// When it happened, corrected.
    pub(super) at: i64,
    pub(super) channel: u16,
    pub(super) station: u16,
    pub(super) sitting: u16,
    /// 0 for none, then 1 for the least.
    pub(super) severity: u8,
    pub(super) late: bool,
}

/// A result that can be paged through.
#[derive(Debug, Clone)]
pub(super) struct Found {
    handle: i64,
    places: Arc<Places>,
}

/// Keeps the marks in step with a batch that was written.
pub(super) fn add(marks: &mut Option<Marks>, batch: &Batch) {
    if batch.disordered {
        *marks = None;
    }
    let Some(marks) = marks else {
        return;
    };
    // A reader that has just read them all may have seen this batch already.
    let last = marks.places.last().unwrap_or(i64::MIN);
    let new = batch.marks.iter().filter(|mark| last < mark.seq);
    new.for_each(|mark| marks.push(mark));
}

/// Takes out the marks of events that were let go of.
pub(super) fn take(marks: &mut Option<Marks>, seqs: &[i64]) {
    if let Some(marks) = marks {
        marks.take(seqs);
    }
}

fn load(conn: &Connection) -> Result<Marks, CacheError> {
    let n: i64 = conn.query_row("SELECT count(*) FROM mark", [], |row| row.get(0))?;
    let mut marks = Marks::with_room(usize::try_from(n).unwrap_or_default());
    let sql = "SELECT seq, at, channel, station, sitting, severity, late FROM mark ORDER BY seq";
    let mut select = conn.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        marks.push(&Mark {
            seq: row.get(0)?,
            at: row.get(1)?,
            channel: row.get(2)?,
            station: row.get(3)?,
            sitting: row.get(4)?,
            severity: row.get(5)?,
            late: row.get(6)?,
        });
    }
    Ok(marks)
}

/// A question with its names as numbers. An empty list lets everything through.
#[derive(Debug)]
struct Filter {
    channels: Option<Vec<u16>>,
    stations: Option<Vec<u16>>,
    sittings: Option<Vec<u16>>,
    severities: Option<Vec<u8>>,
    from: i64,
    to: i64,
    late_only: bool,
}

impl Filter {
    fn of(conn: &Connection, query: &ReviewQuery) -> Result<Self, CacheError> {
        let channels = query.channels.iter().map(|name| channel_name(name));
        let stations = query.stations.iter().map(|code| station_name(code));
        let sittings = query.sittings.iter().map(|id| sitting_name(*id));
        let severities = query
            .severities
            .iter()
            .map(|severity| severity_number(Some(*severity)));
        Ok(Self {
            channels: numbers(conn, channels)?,
            stations: numbers(conn, stations)?,
            sittings: numbers(conn, sittings)?,
            severities: (!query.severities.is_empty()).then(|| severities.collect()),
            from: query.from.unwrap_or(i64::MIN),
            to: query.to.unwrap_or(i64::MAX),
            late_only: query.late_only,
        })
    }
}

/// The numbers of names, those that never occurred left out; none when no name was given.
fn numbers(
    conn: &Connection,
    names: impl ExactSizeIterator<Item = String>,
) -> Result<Option<Vec<u16>>, CacheError> {
    if names.len() == 0 {
        return Ok(None);
    }
    let known = names.filter_map(|name| name_number(conn, &name).transpose());
    known.collect::<Result<_, _>>().map(Some)
}

impl Reader {
    /// Counts and charts what matches; [`Self::rows`] then gives the rows, the oldest first.
    ///
    /// # Errors
    ///
    /// [`CacheError::TooBroad`] when the words occur too often to answer in time.
    pub fn review(&mut self, query: &ReviewQuery) -> Result<ReviewResult, CacheError> {
        let began = Instant::now();
        self.load_marks()?;
        let filter = Filter::of(&self.conn, query)?;
        let hits = match words::expression(&query.text) {
            Some(expression) => Some(self.search(&expression)?),
            None => None,
        };
        let shared = Arc::clone(&self.shared);
        let guard = look(&shared.marks);
        let none = Marks::default();
        let marks = guard.as_ref().unwrap_or(&none);
        let chosen = hits.map_or(Chosen::All, |hits| {
            Chosen::These(marks.places.indexes(&hits))
        });
        let chosen = marks.narrow(chosen, &filter);
        let (bar_ms, histogram) = chart::chart(marks, &chosen, query);
        let late = late::stretches(marks, &chosen);
        let found = match chosen {
            Chosen::All => marks.places.clone(),
            Chosen::These(chosen) => marks.places.of(&chosen),
        };
        Ok(ReviewResult {
            total: found.len().into(),
            handle: self.keep(found),
            held: marks.places.len().into(),
            histogram,
            bar_ms,
            late,
            ms: i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX),
        })
    }

    /// The rows `from..to` of a result, at most 200 of them.
    ///
    /// # Errors
    ///
    /// [`CacheError::NoSuchResult`] when four others were asked for since.
    pub fn rows(&self, handle: i64, from: usize, to: usize) -> Result<Vec<ReviewRow>, CacheError> {
        let places = self.found(handle)?;
        let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let to = to.min(from.saturating_add(PAGE));
        let page = (index(from)..index(to)).map_while(|index| places.seq(index));
        let mut select = self
            .conn
            .prepare_cached(&format!("{HELD} WHERE seq = ?1"))?;
        let mut rows = Vec::new();
        for seq in page {
            let mut found = select.query([seq])?;
            if let Some(row) = found.next()? {
                rows.push(row_of(self, held(row)?)?);
            }
        }
        Ok(rows)
    }

    /// The row of a result at which the event `seq` stands; none when it is not among them.
    ///
    /// # Errors
    ///
    /// [`CacheError::NoSuchResult`] when four others were asked for since.
    pub fn place(&self, handle: i64, seq: Seq) -> Result<Option<u32>, CacheError> {
        let places = self.found(handle)?;
        Ok(places.indexes(&[seq.0]).first().copied())
    }

    fn found(&self, handle: i64) -> Result<Arc<Places>, CacheError> {
        let results = self
            .shared
            .results
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let found = results.iter().find(|found| found.handle == handle);
        Ok(Arc::clone(&found.ok_or(CacheError::NoSuchResult)?.places))
    }

    /// Reads the marks once; the writer keeps them in step from then on.
    fn load_marks(&self) -> Result<(), CacheError> {
        if look(&self.shared.marks).is_some() {
            return Ok(());
        }
        // The lock is held while reading, so that no batch slips in between.
        let mut marks = change(&self.shared.marks);
        if marks.is_none() {
            *marks = Some(load(&self.conn)?);
        }
        Ok(())
    }

    /// The positions of the events that have the words, in the order of the log.
    fn search(&mut self, expression: &str) -> Result<Vec<i64>, CacheError> {
        let until = Instant::now().checked_add(DEADLINE);
        let is_late = move || until.is_some_and(|until| until < Instant::now());
        self.conn.progress_handler(STEPS, Some(is_late))?;
        let found = hits::search(&self.conn, expression);
        self.conn.progress_handler(0, None::<fn() -> bool>)?;
        found
    }

    fn keep(&self, found: Places) -> i64 {
        let places = Arc::new(found);
        let mut results = self
            .shared
            .results
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let handle = results
            .back()
            .map_or(1, |last| last.handle.saturating_add(1));
        results.push_back(Found { handle, places });
        if RESULTS < results.len() {
            results.pop_front();
        }
        handle
    }
}

fn row_of(reader: &Reader, held: Held) -> Result<ReviewRow, CacheError> {
    let Held {
        event,
        seen_at,
        late,
    } = held;
    let case = about(&event)
        .into_iter()
        .find(|key| key.kind == Kind::Incident);
    let incident: Option<IncidentRef> =
        case.and_then(|key| serde_json::from_value(key.id.into()).ok());
    let station = event
        .payload
        .get("station")
        .and_then(serde_json::Value::as_str);
    let station = event
        .actor
        .station_code
        .clone()
        .or_else(|| station.map(str::to_owned));
    Ok(ReviewRow {
        seq: event.seq,
        happened_at: event.happened_at(),
        received_at: event.timestamp,
        seen_at,
        text: describe(&event),
        station,
        severity: reader.severity(event.seq)?,
        channel: event.channel,
        event: event.event,
        by: event.actor.name,
        incident,
        late,
    })
}

impl Reader {
    fn severity(&self, seq: Seq) -> Result<Option<elms_protocol::Severity>, CacheError> {
        let mut select = self
            .conn
            .prepare_cached("SELECT severity FROM mark WHERE seq = ?1")?;
        let number: u8 = select.query_row([seq.0], |row| row.get(0))?;
        let mut all = elms_protocol::Severity::ALL.iter().copied();
        Ok(all.find(|severity| severity_number(Some(*severity)) == number))
    }
}

/// The results held.
pub(super) type Results = VecDeque<Found>;
