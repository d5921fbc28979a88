//! The server's clock: the one place that reads the machine's.
//!
//! On a demo server it shows the demo day instead, which runs faster than the real one until its
//! last event. Whether a token has expired is always told by the real clock.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use elms_protocol::Timestamp;

/// A handle to the clock; all clones are one clock.
#[derive(Debug, Clone)]
pub struct Clock {
    demo: Option<Arc<Mutex<Demo>>>,
    /// The latest instant it has shown: the machine's clock may be set back, the log's is not.
    shown: Arc<AtomicI64>,
}

/// A clock that was at `at` when the machine's was at `since`, and runs `rate` times as fast.
#[derive(Debug)]
struct Demo {
    at: Timestamp,
    since: Instant,
    rate: f64,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self {
            demo: None,
            shown: Arc::default(),
        }
    }

    /// A clock that starts at `at` and runs `rate` times as fast as the machine's.
    pub fn demo(at: Timestamp, rate: f64) -> Self {
        let demo = Demo {
            at,
            since: Instant::now(),
            rate,
        };
        Self {
            demo: Some(Arc::new(Mutex::new(demo))),
            shown: Arc::default(),
        }
    }

    /// Now, for records. Never earlier than it was before.
    pub fn now(&self) -> Timestamp {
        let now = match &self.demo {
            None => Self::real_now(),
            Some(demo) => demo.lock().unwrap_or_else(PoisonError::into_inner).now(),
        };
        self.never_back(now)
    }

    fn never_back(&self, now: Timestamp) -> Timestamp {
        Timestamp(self.shown.fetch_max(now.0, Ordering::Relaxed)).max(now)
    }

    /// Now, for tokens: never the demo day's.
    pub fn real_now() -> Timestamp {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that reads it"
        )]
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// How fast it runs: 1 except while a demo day is played.
    pub fn rate(&self) -> f64 {
        match &self.demo {
            None => 1.0,
            Some(demo) => demo.lock().unwrap_or_else(PoisonError::into_inner).rate,
        }
    }

    /// Takes a demo clock forward to `at`, never back. The machine's clock stays as it is.
    pub fn jump(&self, at: Timestamp) {
        self.change(|demo| demo.at = demo.at.max(at));
    }

    /// Lets a demo clock run `rate` times as fast from now on.
    pub fn run_at(&self, rate: f64) {
        self.change(|demo| demo.rate = rate);
    }

    fn change(&self, change: impl FnOnce(&mut Demo)) {
        if let Some(demo) = &self.demo {
            let mut demo = demo.lock().unwrap_or_else(PoisonError::into_inner);
            demo.at = demo.now();
            demo.since = Instant::now();
            change(&mut demo);
        }
    }
}

impl Demo {
    fn now(&self) -> Timestamp {
        let passed_ms = self.since.elapsed().as_secs_f64() * 1_000.0 * self.rate;
        self.at.plus_ms(whole(passed_ms))
    }
}

/// The whole milliseconds of a span; spans of this program are far below the limits of `i64`.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "saturates"
)]
fn whole(ms: f64) -> i64 {
    ms as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_clock_jumps_forward_and_never_back() {
        let clock = Clock::demo(Timestamp(1_000), 1.0);
        clock.jump(Timestamp(500_000));
        let then = clock.now();
        clock.jump(Timestamp(2_000));
        assert!(Timestamp(500_000) <= then && then <= clock.now());
    }

    #[test]
    fn a_machine_whose_clock_is_set_back_does_not_set_the_log_back() {
        let clock = Clock::system();
        assert_eq!(clock.never_back(Timestamp(5_000)), Timestamp(5_000));
        assert_eq!(clock.never_back(Timestamp(4_000)), Timestamp(5_000));
        assert_eq!(clock.never_back(Timestamp(6_000)), Timestamp(6_000));
    }

    #[test]
    fn a_demo_clock_stands_still_until_it_is_let_run() {
        let clock = Clock::demo(Timestamp(1_000), 0.0);
        assert_eq!((clock.now(), clock.rate()), (Timestamp(1_000), 0.0));
        clock.run_at(1e9);
        while clock.now() == Timestamp(1_000) {
            std::thread::yield_now();
        }
        clock.run_at(0.0);
        assert_eq!(clock.now(), clock.now());
    }
}
