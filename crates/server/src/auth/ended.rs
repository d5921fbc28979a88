//! The sessions that have ended while their access tokens may still be about.

use std::{
    collections::HashSet,
    sync::{PoisonError, RwLock},
};

use tokio::sync::watch;
use uuid::Uuid;

/// A set that only grows, and tells when it does.
#[derive(Debug)]
pub(super) struct Ended {
    sessions: RwLock<HashSet<Uuid>>,
    count: watch::Sender<usize>,
}

impl Ended {
    pub(super) fn new(sessions: HashSet<Uuid>) -> Self {
        let count = watch::Sender::new(sessions.len());
        Self {
            sessions: RwLock::new(sessions),
            count,
        }
    }

    pub(super) fn has(&self, session: Uuid) -> bool {
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        sessions.contains(&session)
    }

    pub(super) fn watch(&self) -> watch::Receiver<usize> {
        self.count.subscribe()
    }

    pub(super) fn add(&self, more: impl IntoIterator<Item = Uuid>) {
        let count = {
            let mut sessions = self
                .sessions
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            sessions.extend(more);
            sessions.len()
        };
        self.count
            .send_if_modified(|known| std::mem::replace(known, count) != count);
    }
}
