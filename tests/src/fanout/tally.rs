//! Who has got which event, and after how long.

use std::{cell::RefCell, time::Duration};

use tokio::{sync::Notify, time::Instant};

use super::{count, to_f64};

/// The count of one pace; shared by all subscribers of one thread.
#[derive(Debug, Default)]
pub(super) struct Tally {
    count: RefCell<Count>,
    progress: Notify,
}

#[derive(Debug, Default)]
struct Count {
    /// The number of the first event.
    first: usize,
    subscribers: usize,
    /// For each event: when it was due.
    due: Vec<Instant>,
    /// Everybody has the events before this one.
    complete: usize,
    /// For each event: how many have it.
    have: Vec<usize>,
    took: Vec<Duration>,
    repeated: u64,
    /// All bytes received, repetitions too.
    bytes: u64,
}

/// What was counted.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) deliveries: u64,
    pub(super) repeated: u64,
    pub(super) bytes: u64,
    /// How long each delivery took, the shortest first.
    took: Vec<Duration>,
}

impl Tally {
    pub(super) fn begin(&self, first: usize, n_events: usize, subscribers: usize) {
        *self.count.borrow_mut() = Count {
            first,
            subscribers,
            complete: first,
            have: vec![0; n_events],
            took: Vec::with_capacity(n_events.saturating_mul(subscribers)),
            ..Count::default()
        };
    }

    /// Event `number` is on its way; events come in order.
    pub(super) fn sent(&self, number: usize, due: Instant) {
        let mut count = self.count.borrow_mut();
        debug_assert_eq!(number, count.first.saturating_add(count.due.len()));
        count.due.push(due);
    }

    /// Somebody has received event `number` in a frame of `bytes`; their last one was `last`.
    pub(super) fn received(&self, (number, bytes): (usize, usize), last: &mut Option<usize>) {
        let now = Instant::now();
        let mut count = self.count.borrow_mut();
        count.bytes = count.bytes.saturating_add(super::count(bytes));
        if last.is_some_and(|last| number <= last) {
            count.repeated = count.repeated.saturating_add(1);
            return;
        }
        // A hole is never made good: the event before it is then missing for ever, and the run fails.
        *last = Some(number);
        if count.note(number, now).is_some() && count.advance() {
            self.progress.notify_one();
        }
    }

    /// Waits until everybody has all events before `end`.
    pub(super) async fn all_have(&self, end: usize) {
        while self.count.borrow().complete < end {
            self.progress.notified().await;
        }
    }

    pub(super) fn seen(&self) -> Seen {
        let count = &mut *self.count.borrow_mut();
        let mut took = std::mem::take(&mut count.took);
        took.sort_unstable();
        Seen {
            deliveries: super::count(took.len()),
            repeated: count.repeated,
            bytes: count.bytes,
            took,
        }
    }
}

impl Count {
    fn note(&mut self, number: usize, now: Instant) -> Option<()> {
        let index = number.checked_sub(self.first)?;
        let due = self.due.get(index)?;
        let have = self.have.get_mut(index)?;
        *have = have.saturating_add(1);
        self.took.push(now.saturating_duration_since(*due));
        Some(())
    }

    /// Whether everybody has one more event now.
    fn advance(&mut self) -> bool {
        let before = self.complete;
        while let Some(index) = self.complete.checked_sub(self.first)
            && self.have.get(index) == Some(&self.subscribers)
        {
            self.complete = self.complete.saturating_add(1);
        }
        before < self.complete
    }
}

impl Seen {
    /// So many of 100 took at most so long, in milliseconds.
    pub(super) fn quantile_ms(&self, percent: u64) -> f64 {
        let rank = count(self.took.len()).saturating_mul(percent) / 100;
        let rank = usize::try_from(rank).unwrap_or_default();
        let took = self.took.get(rank).or(self.took.last());
        took.map_or(0.0, |took| {
            to_f64(u64::try_from(took.as_micros()).unwrap_or(u64::MAX)) / 1_000.0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_complete_when_everybody_has_it_and_all_before_it() {
        let (tally, now) = (Tally::default(), Instant::now());
        tally.begin(5, 2, 2);
        tally.sent(5, now);
        tally.sent(6, now);
        let (mut one, mut other) = (None, None);
        tally.received((5, 9), &mut one);
        tally.received((6, 9), &mut one);
        tally.received((5, 9), &mut other);
        assert_eq!(tally.count.borrow().complete, 6);
        tally.received((5, 9), &mut other);
        assert_eq!(
            tally.count.borrow().complete,
            6,
            "a repetition counts for nothing"
        );
        tally.received((6, 9), &mut other);
        assert_eq!(tally.count.borrow().complete, 7);
        let seen = tally.seen();
        assert_eq!((seen.deliveries, seen.repeated, seen.bytes), (4, 1, 45));
    }
}
