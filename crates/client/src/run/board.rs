//! What the user interface is told, and how often: at most every 100 ms, critical things at once.

use std::collections::{BTreeSet, VecDeque};

use elms_protocol::{
    Event,
    host::{Batched, Status, Topic, Typing},
};
use tokio::sync::broadcast;

use crate::{clock::Mono, notices};

/// How often the user interface is told.
const EVERY_MS: i64 = 100;
/// Events that are handed over in one go; the rest is asked for.
const MOST_EVENTS: usize = 200;
/// How many messages may wait for a slow listener before it misses some.
const WAITING: usize = 64;

/// Gathers what has changed until it is told.
#[derive(Debug)]
pub(crate) struct Board {
    listeners: broadcast::Sender<Batched>,
    changed: BTreeSet<Topic>,
    events: VecDeque<Event>,
    typing: Vec<Typing>,
    /// When it was last told.
    told: Option<Mono>,
    is_dirty: bool,
    is_urgent: bool,
}

impl Board {
    /// A board with nothing on it, and where it is read.
    pub(crate) fn new() -> (Self, broadcast::Sender<Batched>) {
        let listeners = broadcast::Sender::new(WAITING);
        let board = Self {
            listeners: listeners.clone(),
            changed: BTreeSet::new(),
            events: VecDeque::new(),
            typing: Vec::new(),
            told: None,
            is_dirty: false,
            is_urgent: false,
        };
        (board, listeners)
    }

    /// The frame of the window may be stale.
    pub(crate) fn touch(&mut self) {
        self.is_dirty = true;
    }

    /// These parts of the screen may be stale.
    pub(crate) fn change(&mut self, topics: impl IntoIterator<Item = Topic>) {
        self.changed.extend(topics);
        self.is_dirty = true;
    }

    /// Everything may be stale: another person, another copy.
    pub(crate) fn change_all(&mut self) {
        self.events.clear();
        self.typing.clear();
        self.change([
            Topic::Incidents,
            Topic::Batches,
            Topic::Sittings,
            Topic::Stations,
            Topic::Notifications,
            Topic::Events,
            Topic::Outbox,
        ]);
    }

    /// A new event.
    pub(crate) fn add(&mut self, event: Event) {
        self.is_urgent |= notices::is_critical(&event);
        self.events.push_back(event);
        if MOST_EVENTS < self.events.len() {
            self.events.pop_front();
        }
        self.change([Topic::Events]);
    }

    /// Somebody writes to a case.
    pub(crate) fn types(&mut self, typing: Typing) {
        let same =
            |other: &Typing| (other.incident, other.user_id) == (typing.incident, typing.user_id);
        self.typing.retain(|other| !same(other));
        self.typing.push(typing);
        self.is_dirty = true;
    }

    /// When there is something to tell.
    pub(crate) fn due(&self) -> Option<Mono> {
        let soon = self.told.map_or(Mono(0), |told| told.plus(EVERY_MS));
        let due = if self.is_urgent { Mono(0) } else { soon };
        self.is_dirty.then_some(due)
    }

    /// Tells it; behind a drawn curtain the frame only.
    pub(crate) fn tell(&mut self, status: Status, now: Mono, is_locked: bool) {
        if is_locked {
            self.changed.clear();
            self.events.clear();
            self.typing.clear();
        }
        let batched = Batched {
            status,
            changed: std::mem::take(&mut self.changed).into_iter().collect(),
            events: std::mem::take(&mut self.events).into(),
            typing: std::mem::take(&mut self.typing),
        };
        self.told = Some(now);
        (self.is_dirty, self.is_urgent) = (false, false);
        // An error only says that nobody listens.
        drop(self.listeners.send(batched));
    }
}

#[cfg(test)]
mod tests {
    use elms_protocol::{IncidentRef, UserId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn who_types_on_and_on_is_told_once_a_case() {
        let (mut board, _listeners) = Board::new();
        for (case, user) in [(1, 8), (1, 8), (2, 8), (1, 9)] {
            board.types(Typing {
                incident: IncidentRef(Uuid::from_u128(case)),
                user_id: UserId(user),
                user_name: "Kwame Asante".to_owned(),
                station_code: None,
            });
        }
        let told: Vec<_> = board.typing.iter().map(|typing| typing.user_id.0).collect();
        assert_eq!(told, [8, 8, 9]);
    }
}
