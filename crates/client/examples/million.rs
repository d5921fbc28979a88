//! Fills a copy with a million events (or as many as the first argument says) and measures what a
//! person waits for. `cargo run --release --package elms-client --example million`
//!
//! Each figure is what a clock on the wall shows and, in brackets, what was computed: on a machine
//! that others use too, the second is the one that can be compared.

use std::{
    collections::BTreeSet,
    error::Error,
    io::{self, Write as _},
    time::{Duration, Instant},
};

use elms_client::FileKey;
use elms_client::cache::{Cache, Reader, Retention, Seen};
use elms_protocol::{
    Epoch, Event, Seq, SittingId, Timestamp,
    frame::{ChainTag, Cursor},
    host::ReviewQuery,
};
use serde_json::json;

/// 2026-12-07T08:00:00Z, in milliseconds.
const MORNING: i64 = 1_796_630_400_000;
/// Events of one commit, as the console gathers them.
const BATCH: i64 = 256;
/// How often each question is asked.
const ROUNDS: usize = 21;
const NAMES: [&str; 8] = [
    "Kwame", "Abena", "Kofi", "Ama", "Yaw", "Esi", "Akosua", "Kojo",
];

/// One of the nine in ten events that are about scripts, or an incident.
fn event(seq: i64) -> Result<Event, serde_json::Error> {
    let at = Timestamp(MORNING + seq * 40);
    let name = NAMES
        .get(usize::try_from(seq % 8).unwrap_or(0))
        .unwrap_or(&"Kwame");
    let hall = seq % 40;
    let (channel, event, payload) = if seq % 60 == 0 {
        let id = uuid::Uuid::from_u128(u128::from(seq.unsigned_abs()));
        let text = format!("{name} was seen with a phone under the desk, booklet {seq}");
        (
            "incident",
            "incident:noted",
            json!({ "clientRef": id, "examEntryId": hall, "text": text }),
        )
    } else {
        let payload = json!({
            "scriptId": seq, "batchId": hall, "batchQRCode": format!("BATCH-CSE{hall}-2026-01"),
            "indexNumber": format!("BT/ENG/24/{:04}", seq % 9_000), "examEntryId": hall,
            "studentName": format!("{name} Mensah"), "courseCode": format!("CSE{hall}"),
        });
        ("script_submission", "script:counted", payload)
    };
    serde_json::from_value(json!({
        "channel": channel, "event": event, "payload": payload, "timestamp": at, "seq": seq,
        "eventId": uuid::Uuid::from_u128(9), "schema": 1, "institutionId": 1,
        "rooms": ["institution:1"], "actor": { "userId": 3, "name": "Kofi Addo", "stationCode": format!("H{hall}") },
        "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0, "causeRef": null,
    }))
}

fn fill(cache: &mut Cache, n_events: i64) -> Result<Duration, Box<dyn Error>> {
    let mut took = Duration::ZERO;
    for first in (1..=n_events).step_by(usize::try_from(BATCH)?) {
        let last = (first + BATCH - 1).min(n_events);
        let events = (first..=last)
            .map(event)
            .collect::<Result<Vec<Event>, _>>()?;
        let seen = Seen {
            at: Timestamp(MORNING + last * 40),
            live: true,
        };
        let began = Instant::now();
        cache.apply(&events, None, seen)?;
        took += began.elapsed();
    }
    Ok(took)
}

fn query(text: &str, sittings: &[SittingId]) -> Result<ReviewQuery, serde_json::Error> {
    serde_json::from_value(json!({
        "text": text, "channels": [], "severities": [], "stations": [], "sittings": sittings,
        "from": null, "to": null, "lateOnly": false,
    }))
}

/// What something took: on the wall, and of it computed.
#[derive(Debug, Default)]
struct Times {
    wall: Vec<Duration>,
    computed: Vec<Duration>,
}

impl Times {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (began, before) = (Instant::now(), computed());
        let done = work();
        self.wall.push(began.elapsed());
        self.computed.push(computed().saturating_sub(before));
        done
    }

    /// The middle one.
    fn median(&mut self) -> String {
        self.at(50)
    }

    /// So many in a hundred were not longer.
    fn at(&mut self, part: usize) -> String {
        let ms = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            let time = times.get(times.len().saturating_sub(1) * part / 100);
            time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        format!(
            "{:.2} ms ({:.2})",
            ms(&mut self.wall),
            ms(&mut self.computed)
        )
    }

    fn sum(&self) -> String {
        let seconds = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
        format!(
            "{:.1} s ({:.1})",
            seconds(&self.wall),
            seconds(&self.computed)
        )
    }
}

/// How long this thread has had a processor. Nothing where the system does not say.
#[cfg(not(unix))]
fn computed() -> Duration {
    Duration::ZERO
}

/// How long this thread has had a processor.
#[cfg(unix)]
fn computed() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let seconds = Duration::from_secs(time.tv_sec.try_into().unwrap_or_default());
    seconds + Duration::from_nanos(time.tv_nsec.try_into().unwrap_or_default())
}

fn questions(reader: &mut Reader, out: &mut impl io::Write) -> Result<(), Box<dyn Error>> {
    let hall = [SittingId(8)];
    let asked = [
        ("everything, with its chart", query("", &[])?),
        ("one hall of forty, with its chart", query("", &hall)?),
        ("a rare word", query("booklet 600", &[])?),
        ("a common word in one hall", query("kwame ", &hall)?),
        ("a common word, one in eight", query("kwame ", &[])?),
    ];
    for (what, query) in asked {
        let mut total = None;
        let mut times = Times::default();
        for _ in 0..ROUNDS {
            let result = times.take(|| reader.review(&query));
            total = result.ok().map(|result| result.total);
        }
        let found = total.map_or("stopped as too broad".to_owned(), |total| {
            format!("{total} found")
        });
        writeln!(out, "{what}: {}, {found}", times.median())?;
    }
    let result = reader.review(&query("", &[])?)?;
    let middle = usize::try_from(result.total / 2)?;
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        times.take(|| reader.rows(result.handle, middle, middle + 200))?;
    }
    writeln!(out, "a page of 200 rows in the middle: {}", times.median())?;
    Ok(())
}

/// Lets go of the oldest tenth, as a station does in the background, and says how long a step keeps
/// others from writing.
fn forget(
    cache: &mut Cache,
    n_events: i64,
    out: &mut impl io::Write,
) -> Result<(), Box<dyn Error>> {
    let cursor = Cursor {
        epoch: Epoch(uuid::Uuid::from_u128(1)),
        seq: Seq(n_events),
        tag: ChainTag(0),
    };
    let seen = Seen {
        at: Timestamp(MORNING),
        live: true,
    };
    cache.apply(&[], Some(cursor), seen)?;
    cache.set_notified(Seq(n_events))?;
    let rule = Retention {
        days: 1,
        mib: 1 << 20,
    };
    let now = Timestamp(MORNING + n_events / 10 * 40 + 86_400_000);
    let before = cache.bytes();
    let (mut from, mut gone, mut times) = (Seq::ZERO, 0, Times::default());
    loop {
        let step = times.take(|| cache.let_go(rule, (now, from), &BTreeSet::new()))?;
        gone += step.n_events;
        match step.next {
            Some(next) => from = next,
            None => break,
        }
    }
    writeln!(
        out,
        "{gone} events let go of in {} steps, {} in all: {} median, {} p99, {} the longest; {} MiB \
         before, {} MiB after",
        times.wall.len(),
        times.sum(),
        times.median(),
        times.at(99),
        times.at(100),
        before >> 20,
        cache.bytes() >> 20
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let n_events = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |text| text.parse())?;
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("cache.db");
    let mut out = io::stdout().lock();
    let key = FileKey::mint()?;
    let mut cache = Cache::open(&path, &key)?;
    let took = fill(&mut cache, n_events)?;
    let per_event = took.as_secs_f64() * 1e6 / f64::from(i32::try_from(n_events)?);
    writeln!(
        out,
        "{n_events} events written, {per_event:.1} us each, {} MiB",
        cache.bytes() >> 20
    )?;
    drop(cache);
    let began = Instant::now();
    let mut cache = Cache::open(&path, &key)?;
    writeln!(
        out,
        "opened in {:.1} ms",
        began.elapsed().as_secs_f64() * 1_000.0
    )?;
    let mut reader = cache.reader()?;
    let began = Instant::now();
    reader.review(&query("", &[])?)?;
    writeln!(
        out,
        "the first review after that: {:.0} ms",
        began.elapsed().as_secs_f64() * 1_000.0
    )?;
    questions(&mut reader, &mut out)?;
    forget(&mut cache, n_events, &mut out)
}
