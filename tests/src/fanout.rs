//! How much work it is for a server to tell many subscribers one thing: ours beside the official
//! Node server with the guide's logic, under the same generator and in the same run.
//!
//! The generator is one thread that reads raw text frames and never parses a delivery: it finds
//! the number of the event in the text, notes the time, and sees that everybody got each event
//! once and in order. The cost is the processor time that the server's process has used, as the
//! kernel counts it.

mod cost;
mod crowd;
mod peer;
mod report;
mod tally;
mod tls;

use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::{task::LocalSet, time::Instant};

use cost::Cost;
pub use cost::raise_file_limit;
use crowd::Crowd;
pub use peer::Which;
use peer::{Peer, command};
pub use report::table;

/// How long one event may take to reach everybody.
const PATIENCE: Duration = Duration::from_secs(30);
/// Events sent before anything is counted, so that both servers are warm.
const WARM_UP: usize = 64;

/// What is measured.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Connections that are signed in and hear the institution.
    pub subscribers: usize,
    /// Events of each pace.
    pub events: usize,
    /// Sittings that the events are about in turn, whose rooms everybody follows besides. The
    /// Node server tells each room by itself, so that whoever is in two gets an event twice.
    pub rooms: usize,
    /// Events a second of the steady pace.
    pub steady: u32,
    /// Whether both servers encrypt.
    pub encrypted: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            subscribers: 1_000,
            events: 240,
            rooms: 0,
            steady: 20,
            encrypted: false,
        }
    }
}

/// How events follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The next one when everybody has the one before: the hardest case, as nothing can be put
    /// together.
    OneByOne,
    /// So many at once, the next ones when everybody has them.
    Bursts(usize),
    /// So many a second, whatever the server makes of it.
    Steady(u32),
}

/// What one pace has shown.
#[derive(Debug, Clone)]
pub struct Figures {
    /// How events followed one another.
    pub pace: Pace,
    /// Events that arrived, each counted once for each subscriber.
    pub deliveries: u64,
    /// Events that arrived once more at somebody who had them.
    pub repeated: u64,
    /// Bytes of all frames that arrived.
    pub bytes: u64,
    /// Processor time of the server's process, in seconds.
    pub cpu_s: f64,
    /// Time from the first event sent to the last one received, in seconds.
    pub wall_s: f64,
    /// Half of the deliveries took at most so long, in milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took at most so long, in milliseconds.
    pub p99_ms: f64,
}

impl Figures {
    /// Deliveries for each second of the server's processor time.
    pub fn per_cpu_second(&self) -> f64 {
        to_f64(self.deliveries) / self.cpu_s
    }
}

/// What one server has shown.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Which server.
    pub which: Which,
    /// Memory of the process before anybody came, in KiB.
    pub base_kib: u64,
    /// Memory that each idle connection has added, in KiB.
    pub kib_per_connection: f64,
    /// Processor time for each connection from its first byte until it is signed in, hand-shake
    /// and token, in milliseconds.
    pub entry_cpu_ms: f64,
    /// One for each pace.
    pub paces: Vec<Figures>,
}

/// Starts a server, brings the subscribers in, and measures each pace.
///
/// # Errors
///
/// When the server does not start or an event does not reach everybody.
pub async fn measure(which: Which, plan: &Plan) -> Result<Measured> {
    let hall = LocalSet::new();
    hall.run_until(Box::pin(measure_here(which, plan))).await
}

async fn measure_here(which: Which, plan: &Plan) -> Result<Measured> {
    let peer = Peer::start(which, plan.encrypted).await?;
    let before = Cost::of(peer.pid()?)?;
    let crowd = Crowd::enter(&peer, plan).await?;
    let entered = Cost::of(peer.pid()?)?;
    let added_kib = entered.resident_kib.saturating_sub(before.resident_kib);
    let mut course = Course {
        peer: &peer,
        crowd: &crowd,
        plan,
        next: 0,
    };
    course.go(Pace::OneByOne, WARM_UP.min(plan.events)).await?;
    let mut paces = Vec::new();
    for pace in [Pace::OneByOne, Pace::Bursts(8), Pace::Steady(plan.steady)] {
        paces.push(course.go(pace, plan.events).await?);
    }
    peer.stop().await?;
    Ok(Measured {
        which,
        base_kib: before.resident_kib,
        kib_per_connection: to_f64(added_kib) / to_f64(count(plan.subscribers)),
        entry_cpu_ms: 1e3 * (entered.cpu_s - before.cpu_s) / to_f64(count(plan.subscribers)),
        paces,
    })
}

/// One server under one crowd; events are numbered through.
struct Course<'a> {
    peer: &'a Peer,
    crowd: &'a Crowd,
    plan: &'a Plan,
    next: usize,
}

impl Course<'_> {
    async fn go(&mut self, pace: Pace, n_events: usize) -> Result<Figures> {
        let first = self.next;
        self.next = first.saturating_add(n_events);
        self.crowd
            .tally
            .begin(first, n_events, self.plan.subscribers);
        let before = Cost::of(self.peer.pid()?)?;
        let began = Instant::now();
        match pace {
            Pace::OneByOne => self.bursts(first, 1).await?,
            Pace::Bursts(size) => self.bursts(first, size).await?,
            Pace::Steady(per_second) => self.steadily(first, per_second).await?,
        }
        let wall_s = began.elapsed().as_secs_f64();
        let after = Cost::of(self.peer.pid()?)?;
        let seen = self.crowd.tally.seen();
        Ok(Figures {
            pace,
            deliveries: seen.deliveries,
            repeated: seen.repeated,
            bytes: seen.bytes,
            cpu_s: after.cpu_s - before.cpu_s,
            wall_s,
            p50_ms: seen.quantile_ms(50),
            p99_ms: seen.quantile_ms(99),
        })
    }

    async fn bursts(&self, first: usize, size: usize) -> Result<()> {
        for begin in (first..self.next).step_by(size) {
            let end = begin.saturating_add(size).min(self.next);
            for number in begin..end {
                self.publish(number, Instant::now())?;
            }
            self.all_have(end).await?;
        }
        Ok(())
    }

    /// The time counts from when the event was due, so that a generator that comes late is not
    /// to the server's advantage.
    async fn steadily(&self, first: usize, per_second: u32) -> Result<()> {
        let mut due = Instant::now();
        for number in first..self.next {
            tokio::time::sleep_until(due).await;
            self.publish(number, due)?;
            due += Duration::from_secs(1) / per_second;
        }
        self.all_have(self.next).await
    }

    fn publish(&self, number: usize, due: Instant) -> Result<()> {
        self.crowd.tally.sent(number, due);
        self.crowd.say(command(number, self.plan.rooms))
    }

    async fn all_have(&self, end: usize) -> Result<()> {
        let all = tokio::time::timeout(PATIENCE, self.crowd.tally.all_have(end));
        all.await.with_context(|| {
            format!(
                "event {end} did not reach everybody: {:?}",
                self.crowd.tally
            )
        })
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Whole numbers of this size are exact as a fraction.
fn to_f64(n: u64) -> f64 {
    let high = u32::try_from(n >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(n & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}
