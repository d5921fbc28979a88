//! Who writes to a case just now. It is passed on to whoever sees the case, and is kept nowhere: not
//! in the log, not on a disk, and not for whoever comes later.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use elms_protocol::{IncidentRef, InstitutionId, Record, Room, UserId};
use serde_json::Value;
use tokio::{sync::broadcast, time::Instant};

use crate::limits::TYPING_EVERY;

/// What a slow connection may be behind before it misses some: nobody is told late that somebody
/// was typing.
const WAITING: usize = 16;

/// Somebody writes to a case.
#[derive(Debug)]
pub(crate) struct Typed {
    /// Who; they are not told themselves.
    pub(crate) user: UserId,
    /// The case, to ask who sees it.
    pub(crate) case: Record,
    /// Where it is told, for clients that follow rooms.
    pub(crate) rooms: Vec<Room>,
    /// What is said of it, with no word of what is written.
    pub(crate) body: Value,
}

/// Passes on who types, within each institution.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typing(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    told: BTreeMap<InstitutionId, broadcast::Sender<Arc<Typed>>>,
    last: HashMap<(UserId, IncidentRef), Instant>,
}

impl Typing {
    /// Hears of everybody in this institution who types from now on.
    pub(crate) fn listen(&self, institution: InstitutionId) -> broadcast::Receiver<Arc<Typed>> {
        self.change(|state| state.told(institution).subscribe())
    }

    /// Whether this person may be told of in this case now: at most once in a while, whatever their
    /// client says.
    pub(crate) fn may(&self, user: UserId, case: IncidentRef, now: Instant) -> bool {
        self.change(|state| {
            let is_recent = |at: &Instant| now < *at + TYPING_EVERY;
            state.last.retain(|_, at| is_recent(at));
            if state.last.contains_key(&(user, case)) {
                return false;
            }
            state.last.insert((user, case), now);
            true
        })
    }

    /// Tells whoever listens in this institution.
    pub(crate) fn tell(&self, institution: InstitutionId, typed: Typed) {
        // An error only says that nobody listens.
        self.change(|state| drop(state.told(institution).send(Arc::new(typed))));
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn told(&mut self, institution: InstitutionId) -> &broadcast::Sender<Arc<Typed>> {
        self.told
            .entry(institution)
            .or_insert_with(|| broadcast::Sender::new(WAITING))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_person_is_told_of_once_in_three_seconds_for_each_case() {
        let typing = Typing::default();
        let case = |n| IncidentRef(Uuid::from_u128(n));
        let began = Instant::now();
        let at = |ms| began + Duration::from_millis(ms);
        assert!(typing.may(UserId(3), case(1), at(0)));
        assert!(!typing.may(UserId(3), case(1), at(2_999)));
        assert!(typing.may(UserId(3), case(2), at(1)));
        assert!(typing.may(UserId(8), case(1), at(1)));
        assert!(typing.may(UserId(3), case(1), at(3_000)));
        assert!(!typing.may(UserId(3), case(1), at(3_001)));
    }
}
