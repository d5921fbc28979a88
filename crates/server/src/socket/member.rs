//! Somebody who has authenticated: what they may see, where they stand in the log.

use crate::limits::LONGEST_STATION;
use std::{collections::BTreeSet, sync::Arc, time::Duration};

use elms_protocol::{
    Action, Actor, Profile, Room, Seq, Sight, Timestamp,
    frame::{CheckpointSaid, Connect, Cursor, Resume, ResyncReason},
    may_everywhere,
};
use tokio::time::Instant;
use uuid::Uuid;

use super::{Closing, End};
use crate::{
    App,
    auth::Identity,
    clock::Clock,
    store::{Ear, Store, StoreError},
};

/// Who sits at the other end, with their place in the log.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) actor: Actor,
    session: Uuid,
    /// When the token ends.
    expires: Instant,
    pub(super) sight: Sight,
    /// Whether what it may see depends on nothing that the log changes.
    pub(super) sees_all: bool,
    /// The rooms it follows; they filter inside the sight.
    pub(super) rooms: BTreeSet<Room>,
    pub(super) profile: Profile,
    /// Whether it asked for the whole of what it may see, from a cursor; then rooms do not filter.
    pub(super) whole: bool,
    /// The last event that was looked at.
    pub(super) at: Cursor,
    /// The replay that is under way.
    pub(super) replay: Option<Replay>,
    /// Events sent on this connection.
    pub(super) n_sent: i64,
    /// Events looked at but not sent since the client was last told where it stands, and since
    /// when there are any.
    pub(super) unseen: (i64, Instant),
    /// The end of the log; wakes the pump.
    pub(super) head: Ear,
    /// The signed end that the client was last told.
    pub(super) told: Option<Arc<CheckpointSaid>>,
}

/// A replay: from where, to where, and how many events had been sent before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replay {
    pub(super) from: Seq,
    pub(super) to: Seq,
    pub(super) n_before: i64,
}

impl Member {
    /// Fixes what the person may see, before anything is sent.
    pub(super) fn new(app: &App, identity: Identity, hello: &Connect) -> Result<Self, StoreError> {
        let mut actor = identity.actor;
        let station = hello.station.clone();
        actor.station = station.filter(|code| !code.is_empty() && code.len() <= LONGEST_STATION);
        let head = app.store.listen(actor.institution)?;
        let (records, at) = app.store.state(actor.institution)?;
        let rooms = [
            Room::Institution(actor.institution.0),
            Room::User(identity.user.0),
        ];
        Ok(Self {
            session: identity.session,
            expires: until(identity.expires),
            sight: Sight::of(&actor, &records),
            sees_all: may_everywhere(&actor, Action::SeeBoard),
            rooms: BTreeSet::from(rooms),
            profile: hello
                .profile
                .as_deref()
                .map(Profile::from_text)
                .unwrap_or_default(),
            whole: false,
            at,
            replay: None,
            n_sent: 0,
            unseen: (0, Instant::now()),
            head,
            told: None,
            actor,
        })
    }

    /// The same person with a new token. False when it is somebody else's, or the person is not
    /// what they were.
    pub(super) fn renew(&mut self, identity: &Identity) -> bool {
        let station = self.actor.station.clone();
        let same = Actor {
            station,
            ..identity.actor.clone()
        };
        self.session = identity.session;
        self.expires = until(identity.expires);
        same == self.actor
    }

    /// Whether the sign-in is still good.
    pub(super) fn check(&self, app: &App, now: Instant) -> Result<(), End> {
        if self.expires <= now {
            return Err(End::Close(Closing::Expired));
        }
        if app.auth.has_ended(self.session) {
            return Err(End::Close(Closing::Revoked));
        }
        Ok(())
    }

    /// When it must be looked at even if nothing happens.
    pub(super) fn due(&self) -> Instant {
        let sync = self.sync_due_at().unwrap_or(self.expires);
        self.expires.min(sync)
    }

    /// Goes back to where the client stands, or says why not.
    pub(super) async fn resume(
        &mut self,
        store: &Store,
        wanted: Resume,
    ) -> Result<Option<ResyncReason>, StoreError> {
        let institution = self.actor.institution;
        let now = store.cursor(institution)?;
        let (Resume::Cursor(Cursor { seq, .. }) | Resume::After { after: seq }) = wanted;
        if now.seq < seq || seq < Seq::ZERO {
            return Ok(Some(ResyncReason::Diverged));
        }
        let store = store.clone();
        let ours = tokio::task::spawn_blocking(move || store.cursor_at(institution, seq));
        let ours = ours.await.unwrap_or(Err(StoreError::Stopping))?;
        let is_ours = |ours: &Cursor| match wanted {
            Resume::Cursor(wanted) => *ours == wanted,
            Resume::After { .. } => true,
        };
        let Some(at) = ours.filter(is_ours) else {
            return Ok(Some(ResyncReason::Diverged));
        };
        self.whole = true;
        self.at = at;
        self.replay = Some(Replay {
            from: seq,
            to: now.seq,
            n_before: self.n_sent,
        });
        // The pump must run even when the log does not grow.
        self.head.look_again();
        Ok(None)
    }

    /// Its station, if it has one, is no longer heard here.
    pub(super) fn leave(&self, app: &App) {
        if let Some(station) = &self.actor.station {
            app.presence.left(app, self.actor.institution, station);
        }
    }
}

/// The instant of this process at which the real clock will show `at`.
fn until(at: Timestamp) -> Instant {
    let left_ms = at.since_ms(Clock::real_now());
    Instant::now() + Duration::from_millis(u64::try_from(left_ms).unwrap_or_default())
}
