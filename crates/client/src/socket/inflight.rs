//! What the ends of a connection share: the unanswered questions and how it ended.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use serde_json::Value;
use tokio::sync::oneshot;

use super::{Ended, SayError};

/// How many questions may be unanswered.
const MOST: usize = 1_024;

#[derive(Debug, Default)]
struct Asked {
    last: u64,
    waiting: HashMap<u64, oneshot::Sender<Vec<Value>>>,
}

/// The unanswered questions of one connection, and why it is over once it is.
#[derive(Debug, Default)]
pub(super) struct Inflight {
    asked: Mutex<Asked>,
    ended: OnceLock<Ended>,
}

impl Inflight {
    /// Takes a number for a question.
    pub(super) fn ask(&self) -> Result<(u64, oneshot::Receiver<Vec<Value>>), SayError> {
        let (answer, answered) = oneshot::channel();
        let mut asked = self.asked();
        if let Some(ended) = self.ended.get() {
            return Err(SayError::Ended(ended.clone()));
        }
        if asked.waiting.len() >= MOST {
            return Err(SayError::Busy);
        }
        let id = asked.last;
        asked.last = id.wrapping_add(1);
        asked.waiting.insert(id, answer);
        Ok((id, answered))
    }

    /// Hands an answer to whoever waits for it; false when nobody does, or no longer.
    pub(super) fn answer(&self, id: u64, args: Vec<Value>) -> bool {
        let waiting = self.asked().waiting.remove(&id);
        waiting.is_some_and(|answer| answer.send(args).is_ok())
    }

    /// The question is answered or given up.
    pub(super) fn forget(&self, id: u64) {
        self.asked().waiting.remove(&id);
    }

    /// The connection is over; nobody gets an answer any more. The first reason stays.
    pub(super) fn end(&self, ended: Ended) {
        let mut asked = self.asked();
        // The first reason is the true one.
        drop(self.ended.set(ended));
        asked.waiting.clear();
    }

    /// Why the connection is over; that the line broke as long as nobody has said otherwise.
    pub(super) fn ended(&self) -> Ended {
        self.ended.get().cloned().unwrap_or(Ended::LinkLost)
    }

    /// How many questions are unanswered.
    pub(super) fn len(&self) -> usize {
        self.asked().waiting.len()
    }

    /// No lock is held while anything can panic, so a poisoned one is still whole.
    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_beyond_the_limit_are_refused_and_forgotten_ones_make_room() {
        let inflight = Inflight::default();
        let asked: Vec<_> = (0..MOST).map(|_| inflight.ask().expect("room")).collect();
        assert_eq!(inflight.ask().expect_err("no room"), SayError::Busy);
        inflight.forget(asked.first().expect("one").0);
        assert!(inflight.ask().is_ok());
    }

    #[test]
    fn the_first_reason_for_the_end_is_the_one_that_counts() {
        let inflight = Inflight::default();
        inflight.end(Ended::Silent);
        inflight.end(Ended::HungUp);
        assert_eq!(inflight.ended(), Ended::Silent);
        let refused = inflight.ask().expect_err("over");
        assert_eq!(refused, SayError::Ended(Ended::Silent));
    }
}
