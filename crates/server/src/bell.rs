//! Wakes a thousand tasks when a number has grown, as cheaply as that can be done.
//!
//! A task leaves its waker once and keeps it there for as long as it listens; waiting and being
//! woken take no lock, and a look is one read of memory. What is made for single wake-ups enters
//! and leaves a list each time instead, which for a whole institution costs as much as writing.

use std::{
    future::poll_fn,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll, Waker},
};

/// What an ear that must look again says it has heard; no log ends there.
const NOTHING: i64 = i64::MIN;

/// Tells its listeners that a number is another one now.
#[derive(Debug)]
pub(crate) struct Bell {
    number: AtomicI64,
    listeners: Mutex<Listeners>,
}

#[derive(Debug, Default)]
struct Listeners {
    /// A place for each ear; empty while nobody waits there.
    places: Vec<Option<Waker>>,
    /// Places whose ears are gone.
    free: Vec<usize>,
}

/// Hears a bell.
#[derive(Debug)]
pub struct Ear {
    bell: Arc<Bell>,
    place: usize,
    /// The waker that lies at our place.
    waker: Option<Waker>,
    heard: i64,
}

impl Bell {
    /// A bell that stands at `number`.
    pub(crate) fn new(number: i64) -> Self {
        Self {
            number: AtomicI64::new(number),
            listeners: Mutex::default(),
        }
    }

    /// Moves to `number` and wakes everybody.
    pub(crate) fn ring(&self, number: i64) {
        self.number.store(number, Ordering::Release);
        self.change(|listeners| {
            for waker in listeners.places.iter().flatten() {
                waker.wake_by_ref();
            }
        });
    }

    /// An ear that has heard where the bell stands now.
    pub(crate) fn listen(self: &Arc<Self>) -> Ear {
        let heard = self.number.load(Ordering::Acquire);
        let place = self.change(|listeners| {
            listeners.free.pop().unwrap_or_else(|| {
                listeners.places.push(None);
                listeners.places.len().saturating_sub(1)
            })
        });
        Ear {
            bell: Arc::clone(self),
            place,
            waker: None,
            heard,
        }
    }

    fn put(&self, place: usize, waker: Option<Waker>) {
        // What lay there is dropped when the lock is no longer held.
        let _before = self.change(|listeners| {
            let place = listeners.places.get_mut(place);
            place.and_then(|place| std::mem::replace(place, waker))
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut Listeners) -> T) -> T {
        let mut listeners = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        change(&mut listeners)
    }
}

impl Ear {
    /// Where the bell stands.
    pub fn now(&self) -> i64 {
        self.bell.number.load(Ordering::Acquire)
    }

    /// Waits until the bell stands elsewhere than this ear has heard. Cancel safe.
    pub async fn changed(&mut self) -> i64 {
        poll_fn(|cx| self.poll_changed(cx)).await
    }

    /// Waits until `is_enough` of where the bell stands.
    pub async fn wait_for(&mut self, mut is_enough: impl FnMut(i64) -> bool) {
        while !is_enough(self.now()) {
            self.changed().await;
        }
    }

    /// The next [`Self::poll_changed`] is ready at once.
    pub(crate) fn look_again(&mut self) {
        self.heard = NOTHING;
    }

    pub(crate) fn poll_changed(&mut self, cx: &Context<'_>) -> Poll<i64> {
        if let Some(number) = self.news() {
            return Poll::Ready(number);
        }
        let waker = cx.waker();
        if self
            .waker
            .as_ref()
            .is_some_and(|left| left.will_wake(waker))
        {
            return Poll::Pending;
        }
        self.bell.put(self.place, Some(waker.clone()));
        self.waker = Some(waker.clone());
        // It may have rung before our waker lay there.
        self.news().map_or(Poll::Pending, Poll::Ready)
    }

    fn news(&mut self) -> Option<i64> {
        let number = self.now();
        let heard = std::mem::replace(&mut self.heard, number);
        (heard != number).then_some(number)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.bell.put(self.place, None);
        let place = self.place;
        self.bell.change(|listeners| listeners.free.push(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: i64 = 2_000;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_listener_hears_the_last_number_however_fast_it_rings() {
        let bell = Arc::new(Bell::new(0));
        let listeners: Vec<_> = (0..50)
            .map(|_| tokio::spawn(hears_the_end(bell.listen())))
            .collect();
        for number in 1..=END {
            bell.ring(number);
            tokio::task::yield_now().await;
        }
        for listener in listeners {
            let heard = tokio::time::timeout(std::time::Duration::from_secs(20), listener);
            heard.await.expect("a ring was lost").unwrap();
        }
    }

    async fn hears_the_end(mut ear: Ear) {
        ear.wait_for(|number| number == END).await;
    }

    #[tokio::test]
    async fn a_place_is_given_to_the_next_ear_and_its_waker_goes_with_the_ear() {
        let bell = Arc::new(Bell::new(7));
        let mut ear = bell.listen();
        assert!(futures_util::poll!(std::pin::pin!(ear.changed())).is_pending());
        drop(ear);
        assert!(bell.change(|listeners| listeners.places.iter().all(Option::is_none)));
        let mut ear = bell.listen();
        assert_eq!(bell.change(|listeners| listeners.places.len()), 1);
        ear.look_again();
        assert_eq!(ear.changed().await, 7);
    }
}
