//! Who waits for a sign-in, by network address: whoever floods from one leaves room for the others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many wait from each address.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd {
    waiting: Arc<Mutex<HashMap<String, usize>>>,
}

/// A place in the crowd; given up when dropped.
#[derive(Debug)]
pub(super) struct Place {
    crowd: Crowd,
    from: String,
}

impl Crowd {
    /// One more from this address, unless `most` wait from there already.
    pub(super) fn enter(&self, from: &str, most: usize) -> Option<Place> {
        let mut waiting = self.waiting();
        let n_waiting = waiting.entry(from.to_owned()).or_insert(0);
        if most <= *n_waiting {
            return None;
        }
        *n_waiting = n_waiting.saturating_add(1);
        drop(waiting);
        Some(Place {
            crowd: self.clone(),
            from: from.to_owned(),
        })
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.crowd.waiting();
        let left = waiting.get(&self.from).map_or(0, |n| n.saturating_sub(1));
        if left == 0 {
            waiting.remove(&self.from);
        } else {
            waiting.insert(self.from.clone(), left);
        }
    }
}
