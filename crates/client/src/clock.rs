//! Time: this computer's two clocks, the server's clock, and how far they are apart.
//!
//! The wall clock is read in one function of this file and nowhere else in the crate. The server's
//! clock is laid over the monotonic one, so that somebody who sets the wall clock during an exam
//! changes no recorded time. A demo server plays a day of its own, perhaps faster than life: there
//! the station takes the server's clock as its own.

use std::{
    collections::VecDeque,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use elms_protocol::{Times, Timestamp, host::ClockView};
use serde::{Deserialize, Serialize};

/// How many measurements are kept.
const KEPT: usize = 8;
/// The clocks of two computers drift apart by one millisecond in so many: 50 ppm.
const DRIFT_DIVISOR: i64 = 20_000;
/// A wall clock that moved by so much more than the monotonic one was set, or the computer slept.
const STEP_MS: i64 = 10_000;
/// Measurements that contradict each other by so much show that a clock was set.
const CONTRADICTION_MS: i64 = 1_000;
/// Millionths, the unit in which a rate is counted.
const MILLION: i64 = 1_000_000;

/// Milliseconds of the monotonic clock since some fixed instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mono(pub i64);

impl Mono {
    /// This instant, `ms` milliseconds later.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Both clocks of this computer at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The clock that nobody can set.
    pub mono: Mono,
    /// The clock on the wall.
    pub wall: Timestamp,
}

/// The wall clock. The only place of the crate that reads it.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the wall clock"
)]
pub fn wall_now() -> Timestamp {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(passed.map_or(0, whole_ms))
}

/// A duration in whole milliseconds.
pub(crate) fn whole_ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// One exchange with the server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// When the question left.
    pub sent: Mono,
    /// When the answer came.
    pub heard: Mono,
    /// The server's clock at receipt of the question, in milliseconds.
    pub t1: i64,
    /// The server's clock when it answered, in milliseconds.
    pub t2: i64,
    /// How fast the server's clock runs.
    pub rate: f64,
}

/// What one exchange says.
#[derive(Debug, Clone, Copy)]
struct Reading {
    at: Mono,
    server: i64,
    /// Half of it is the greatest possible error.
    round_trip: i64,
}

/// What a station remembers of the server's clock while it is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The server's clock then.
    pub server: Timestamp,
    /// The wall clock then.
    pub wall: Timestamp,
    /// How fast the server's clock ran, in millionths.
    pub rate_ppm: i64,
    /// How uncertain it was, in milliseconds.
    pub uncertainty_ms: i64,
}

/// The server's clock, as far as this station knows it.
#[derive(Debug, Clone)]
pub struct ServerClock {
    readings: VecDeque<Reading>,
    rate_ppm: i64,
    demo: bool,
    /// Whether any reading is from this run of the console.
    measured: bool,
    round_trip: Option<i64>,
}

impl Default for ServerClock {
    fn default() -> Self {
        Self {
            readings: VecDeque::new(),
            rate_ppm: MILLION,
            demo: false,
            measured: false,
            round_trip: None,
        }
    }
}

impl ServerClock {
    /// Whether the server plays a day of its own, so that its clock counts here too.
    pub fn set_demo(&mut self, demo: bool) {
        self.demo = demo;
    }

    /// Whether the server's clock is taken as the station's own.
    fn follows_server(&self) -> bool {
        self.demo || self.rate_ppm != MILLION
    }

    /// Takes in one exchange. One that contradicts what was known shows that a clock was set, and
    /// makes the earlier ones worthless.
    pub fn measure(&mut self, exchange: Exchange) {
        let rate_ppm = ppm(exchange.rate);
        let Some(reading) = reading(exchange, rate_ppm) else {
            return;
        };
        if rate_ppm != self.rate_ppm || !self.measured || self.contradicts(reading) {
            self.readings.clear();
        }
        self.rate_ppm = rate_ppm;
        self.measured = true;
        self.round_trip = Some(reading.round_trip);
        self.readings.push_back(reading);
        if KEPT < self.readings.len() {
            self.readings.pop_front();
        }
    }

    fn contradicts(&self, new: Reading) -> bool {
        let (Some(expected), Some(uncertain)) = (self.server_at(new.at), self.uncertainty(new.at))
        else {
            return false;
        };
        let apart = expected.0.saturating_sub(new.server).saturating_abs();
        let new_uncertain = self.in_server_time(new.round_trip / 2);
        uncertain
            .saturating_add(new_uncertain)
            .saturating_add(CONTRADICTION_MS)
            < apart
    }

    /// The wall clock ran so far ahead of the monotonic one: the computer slept, and the monotonic
    /// clock stood still. Backwards, it was set, which says nothing of the server's. What was measured
    /// is believed until the next exchange, for there may be no line yet; and no longer.
    pub fn stepped(&mut self, ms: i64) {
        let slept = self.in_server_time(ms.max(0));
        for reading in &mut self.readings {
            reading.server = reading.server.saturating_add(slept);
        }
        self.measured = false;
    }

    /// The reading with the smallest round trip; among equals the newest.
    fn best(&self) -> Option<Reading> {
        self.readings
            .iter()
            .rev()
            .min_by_key(|reading| reading.round_trip)
            .copied()
    }

    fn in_server_time(&self, ms: i64) -> i64 {
        scale(ms, self.rate_ppm)
    }

    /// The server's clock at `mono`; none before the first exchange.
    pub fn server_at(&self, mono: Mono) -> Option<Timestamp> {
        let best = self.best()?;
        let passed = self.in_server_time(mono.since(best.at));
        Some(Timestamp(best.server.saturating_add(passed)))
    }

    /// How wrong [`Self::server_at`] may be, in milliseconds: half the round trip, and the drift
    /// since.
    pub fn uncertainty(&self, mono: Mono) -> Option<i64> {
        let best = self.best()?;
        let age = mono.since(best.at).saturating_abs();
        let here = (best.round_trip / 2).saturating_add(age / DRIFT_DIVISOR);
        Some(self.in_server_time(here))
    }

    /// The clock that this station writes its times with.
    pub fn station_at(&self, now: Now) -> Timestamp {
        let followed = self
            .follows_server()
            .then(|| self.server_at(now.mono))
            .flatten();
        followed.unwrap_or(now.wall)
    }

    /// Station clock minus server clock, in milliseconds; 0 before the first exchange.
    pub fn offset(&self, now: Now) -> i64 {
        let server = self.server_at(now.mono);
        server.map_or(0, |server| self.station_at(now).since_ms(server))
    }

    /// The server's clock, or the best guess at it.
    pub fn server_or_wall(&self, now: Now) -> Timestamp {
        self.server_at(now.mono).unwrap_or(now.wall)
    }

    /// The times of something written down now that happened at `occurred` (by the server's clock;
    /// now, when none is given).
    pub fn times(&self, now: Now, occurred: Option<Timestamp>) -> Times {
        let recorded_at = self.station_at(now);
        let clock_offset_ms = self.offset(now);
        let occurred = occurred.map(|server| server.plus_ms(clock_offset_ms));
        Times {
            occurred_at: occurred.map_or(recorded_at, |at| at.min(recorded_at)),
            recorded_at,
            clock_offset_ms,
        }
    }

    /// The last round trip, in milliseconds.
    pub fn round_trip(&self) -> Option<i64> {
        self.round_trip
    }

    /// For the screen.
    pub fn view(&self, now: Now) -> ClockView {
        ClockView {
            server_now: self.server_or_wall(now).0,
            rate: Duration::from_micros(self.rate_ppm.unsigned_abs()).as_secs_f64(),
            offset_ms: self.offset(now),
            uncertainty_ms: self.uncertainty(now.mono).unwrap_or(0),
            measured: self.measured,
        }
    }

    /// What to write down before the console is closed.
    pub fn to_remember(&self, now: Now) -> Option<Remembered> {
        Some(Remembered {
            server: self.server_at(now.mono)?,
            wall: now.wall,
            rate_ppm: self.rate_ppm,
            uncertainty_ms: self.uncertainty(now.mono)?,
        })
    }

    /// Goes on from what was remembered; the first exchange takes its place.
    pub fn recall(&mut self, known: Remembered, now: Now) {
        if self.measured {
            return;
        }
        let passed = now.wall.since_ms(known.wall).max(0);
        self.rate_ppm = known.rate_ppm;
        let server = known.server.0.saturating_add(self.in_server_time(passed));
        let doubt = known.uncertainty_ms.saturating_add(passed / DRIFT_DIVISOR);
        self.readings.clear();
        self.readings.push_back(Reading {
            at: now.mono,
            server,
            round_trip: doubt.saturating_mul(2),
        });
    }
}

/// A rate in millionths; one that is no rate counts as 1.
fn ppm(rate: f64) -> i64 {
    let read = Duration::try_from_secs_f64(rate).ok();
    let ppm = read.and_then(|read| i64::try_from(read.as_micros()).ok());
    ppm.filter(|ppm| (1..=1_000 * MILLION * 100).contains(ppm))
        .unwrap_or(MILLION)
}

fn scale(ms: i64, rate_ppm: i64) -> i64 {
    let scaled = i128::from(ms) * i128::from(rate_ppm) / i128::from(MILLION);
    i64::try_from(scaled).unwrap_or(i64::MAX)
}

/// The middle of an exchange; none when the answer came before the question.
fn reading(exchange: Exchange, rate_ppm: i64) -> Option<Reading> {
    let passed = exchange.heard.since(exchange.sent);
    let worked = exchange.t2.saturating_sub(exchange.t1);
    // The server's own time runs at its own rate.
    let worked = scale(worked, MILLION.saturating_mul(MILLION) / rate_ppm);
    if passed < 0 || worked < 0 {
        return None;
    }
    Some(Reading {
        at: exchange.sent.plus(passed / 2),
        server: exchange.t1.midpoint(exchange.t2),
        round_trip: passed.saturating_sub(worked).max(0),
    })
}

/// Notices that the wall clock was set, or that the computer slept.
#[derive(Debug, Default)]
pub struct StepWatch {
    last: Option<Now>,
}

impl StepWatch {
    /// By how many milliseconds the wall clock ran away from the monotonic one since the last
    /// look; none when the difference is an ordinary one.
    pub fn look(&mut self, now: Now) -> Option<i64> {
        let last = self.last.replace(now)?;
        let step = now
            .wall
            .since_ms(last.wall)
            .saturating_sub(now.mono.since(last.mono));
        (STEP_MS < step.saturating_abs()).then_some(step)
    }
}

#[cfg(test)]
mod tests;
