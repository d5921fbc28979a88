//! What the handle, the owner task and its helpers look at together. Locks are held for a look or
//! a swap, never across an await or a disk access.

use std::{
    hash::{BuildHasher as _, Hasher as _},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use elms_protocol::{Command, CommandId, CommandRequest, Timestamp};
use tokio::time::Instant;
use uuid::{Builder, Uuid};

use crate::{
    cache::Seen,
    clock::{Mono, Now, ServerClock, wall_now, whole_ms},
    config::{Config, DesktopWorks, Here, Station},
    desk::Desk,
    http::Http,
    profile::{Profiles, ServerKind},
    reaches::Reaches,
    station_key::StationKeys,
    tongue::Tongue,
    vault::Vault,
};

/// The world outside of the rules: the wall clock and chance.
#[derive(Clone)]
pub struct Outside {
    /// The wall clock.
    pub wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A throw of the dice: any number.
    pub dice: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Default for Outside {
    /// The real ones.
    fn default() -> Self {
        Self {
            wall: Arc::new(wall_now),
            dice: Arc::new(throw),
        }
    }
}

/// Good enough for waits: the standard library seeds every hasher with chance.
fn throw() -> u64 {
    std::hash::RandomState::new().build_hasher().finish()
}

impl std::fmt::Debug for Outside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}

/// What is looked at together.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) outside: Outside,
    pub(crate) profiles: Profiles,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) station_keys: Arc<StationKeys>,
    pub(crate) here: Here,
    pub(crate) http: Http,
    opened: Instant,
    desk: RwLock<Option<Arc<Desk>>>,
    clock: RwLock<ServerClock>,
    works: RwLock<DesktopWorks>,
    is_live: AtomicBool,
    is_locked: AtomicBool,
    tongue: RwLock<Tongue>,
    reaches: RwLock<Reaches>,
}

impl Shared {
    pub(crate) fn new(
        config: Config,
        outside: Outside,
        profiles: Profiles,
        vault: Arc<dyn Vault>,
        (here, http): (Here, Http),
    ) -> Self {
        Self {
            tongue: RwLock::new(Tongue::kept(&config.data_dir)),
            reaches: RwLock::new(Reaches::kept(&config.data_dir)),
            config,
            outside,
            profiles,
            station_keys: Arc::new(StationKeys::new(Arc::clone(&vault))),
            vault,
            here,
            http,
            opened: Instant::now(),
            desk: RwLock::default(),
            clock: RwLock::default(),
            works: RwLock::default(),
            is_live: AtomicBool::new(false),
            is_locked: AtomicBool::new(false),
        }
    }

    /// Both clocks, now.
    pub(crate) fn now(&self) -> Now {
        let mono = Mono(whole_ms(self.opened.elapsed()));
        Now {
            mono,
            wall: (self.outside.wall)(),
        }
    }

    /// An id for a command that is made now.
    pub(crate) fn new_command_id(&self) -> CommandId {
        let dice = &self.outside.dice;
        new_id((self.outside.wall)(), [dice(), dice()])
    }

    /// A command that is asked now; it happened now, or at `occurred`.
    pub(crate) fn request(&self, command: Command, occurred: Option<Timestamp>) -> CommandRequest {
        let now = self.now();
        let times = self.clock(|clock| clock.times(now, occurred));
        CommandRequest {
            command_id: self.new_command_id(),
            times,
            command,
        }
    }

    /// What is written to the outbox or the copy now is seen now.
    pub(crate) fn seen(&self) -> Seen {
        let now = self.now();
        Seen {
            at: self.clock(|clock| clock.server_or_wall(now)),
            live: self.is_live(),
        }
    }

    /// When `mono` will be.
    pub(crate) fn instant(&self, mono: Mono) -> Instant {
        let ms = u64::try_from(mono.0).unwrap_or(0);
        let after = self
            .opened
            .checked_add(std::time::Duration::from_millis(ms));
        after.unwrap_or(self.opened)
    }

    /// The open profile.
    pub(crate) fn desk(&self) -> Option<Arc<Desk>> {
        self.desk
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A profile is open from now on. What it remembers of the server's clock holds before anything
    /// can be written down in it: the first report after a start has the right time, too.
    pub(crate) fn open_desk(&self, desk: Arc<Desk>) {
        let (card, now) = (desk.card(), self.now());
        self.set_clock(|clock| {
            clock.set_demo(card.kind == ServerKind::Demo);
            if let Some(known) = card.clock {
                clock.recall(known, now);
            }
        });
        self.set_desk(Some(desk));
    }

    /// Puts another profile in its place, or none.
    pub(crate) fn set_desk(&self, desk: Option<Arc<Desk>>) {
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = desk;
    }

    /// A look at the server's clock.
    pub(crate) fn clock<T>(&self, look: impl FnOnce(&ServerClock) -> T) -> T {
        look(&self.clock.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A change of the server's clock.
    pub(crate) fn set_clock<T>(&self, change: impl FnOnce(&mut ServerClock) -> T) -> T {
        change(&mut self.clock.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Which parts of the desktop work.
    pub(crate) fn works(&self) -> DesktopWorks {
        self.works
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The shell has found out something about the desktop.
    pub(crate) fn set_works(&self, change: impl FnOnce(&mut DesktopWorks)) {
        change(&mut self.works.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Which station this is.
    pub(crate) fn station(&self) -> Station {
        self.here.station()
    }

    /// The station was described anew. Whoever works here goes on under the code that they came in
    /// with: their numbers and what the server knows of the line begin with it.
    pub(crate) fn set_station(&self, described: Station) {
        let code = match self.desk() {
            Some(_) => self.here.code(),
            None => described.code.clone(),
        };
        self.here.describe(Station { code, ..described });
    }

    /// Whether the curtain is drawn: nothing is shown, whoever asks.
    pub(crate) fn is_locked(&self) -> bool {
        self.is_locked.load(Ordering::Acquire)
    }

    pub(crate) fn set_locked(&self, is_locked: bool) {
        self.is_locked.store(is_locked, Ordering::Release);
    }

    /// What reaches the person on the desktop.
    pub(crate) fn reaches(&self) -> Reaches {
        self.reaches
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_reaches(&self, reaches: Reaches) {
        if let Err(error) = reaches.keep(&self.config.data_dir) {
            tracing::warn!(%error, "what reaches the person was not kept for the next start");
        }
        *self.reaches.write().unwrap_or_else(PoisonError::into_inner) = reaches;
    }

    /// The language of what is said outside of the window.
    pub(crate) fn tongue(&self) -> Tongue {
        *self.tongue.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_tongue(&self, tongue: Tongue) {
        *self.tongue.write().unwrap_or_else(PoisonError::into_inner) = tongue;
        if let Err(error) = tongue.keep(&self.config.data_dir) {
            tracing::warn!(%error, "the language was not kept for the next start");
        }
    }

    /// Whether events come as they happen, so that the copy is as good as the server's.
    pub(crate) fn is_live(&self) -> bool {
        self.is_live.load(Ordering::Relaxed)
    }

    pub(crate) fn set_live(&self, is_live: bool) {
        self.is_live.store(is_live, Ordering::Relaxed);
    }
}

/// An id that sorts by the time it was made (`UUIDv7`).
fn new_id(wall: Timestamp, throws: [u64; 2]) -> CommandId {
    let mut chance = [0; 10];
    let bytes = throws.into_iter().flat_map(u64::to_le_bytes);
    for (place, byte) in chance.iter_mut().zip(bytes) {
        *place = byte;
    }
    let ms = u64::try_from(wall.0).unwrap_or(0);
    let id: Uuid = Builder::from_unix_timestamp_millis(ms, &chance).into_uuid();
    CommandId(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ_by_chance() {
        let earlier = new_id(Timestamp(1_000), [u64::MAX, u64::MAX]);
        let later = new_id(Timestamp(1_001), [0, 0]);
        assert!(earlier < later);
        assert_ne!(new_id(Timestamp(1), [1, 2]), new_id(Timestamp(1), [1, 3]));
        assert_eq!(later.0.get_version_num(), 7);
    }
}
