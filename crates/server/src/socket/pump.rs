//! From the log to the connection.

use std::{sync::Arc, time::Duration};

use elms_protocol::{
    Room, Seq, Sight,
    frame::{Cursor, Resumed, Resync, ResyncReason, Sync},
};
use tokio::time::Instant;

use super::{
    Closing, End, Session,
    member::{Member, Replay},
    packets::event,
};
use crate::engine::{Frame, Line};
use crate::store::{Logged, Store, StoreError};

/// Events that are read at a time.
const PAGE: usize = 500;
/// After so many events that a member may not see it is told where it stands.
const UNSEEN: i64 = 256;
/// And after so long.
const UNSEEN_FOR: Duration = Duration::from_secs(5);

impl Session {
    /// Says one page of what the log has after the cursor. A full page wakes the pump again once
    /// it was taken, so that frames from the client are read in between.
    pub(super) async fn pump(&mut self) -> Result<(), End> {
        let Some(member) = self.member.as_deref_mut() else {
            return Ok(());
        };
        let failed = |error: StoreError| {
            tracing::error!(%error, "the log could not be read");
            End::Close(Closing::Failed)
        };
        let events = page(&self.app.store, member).await.map_err(failed)?;
        let is_full = events.len() == PAGE;
        if is_full {
            member.head.look_again();
        }
        if member.must_copy(&self.app.store, &events).map_err(failed)? {
            let reason = ResyncReason::Scope;
            self.line.say(&event("resync", &Resync { reason }));
        }
        member.take(&events, &mut self.line);
        if !is_full {
            self.line.send_now();
        }
        Ok(())
    }
}

async fn page(store: &Store, member: &Member) -> Result<Vec<Arc<Logged>>, StoreError> {
    let (institution, at) = (member.actor.institution, member.at.seq);
    if let Some(events) = store.recent(institution, at, PAGE)? {
        return Ok(events);
    }
    let store = store.clone();
    let read = tokio::task::spawn_blocking(move || store.events(institution, at, PAGE));
    read.await.unwrap_or(Err(StoreError::Stopping))
}

/// Whether an event may change what somebody sees who does not see everything.
fn moves_sight(logged: &Logged) -> bool {
    let name = logged.event.event.as_str();
    let names = [
        "batch:created",
        "batch:assigned",
        "batch:status_changed",
        "invigilator_reassigned",
        "timetable:updated",
    ];
    names.contains(&name) || name.starts_with("custody:") || hides_or_shows(logged)
}

/// Whether a case became confidential, or is so no longer.
fn hides_or_shows(logged: &Logged) -> bool {
    let changed = logged.event.payload.get("updates");
    changed.is_some_and(|updates| updates.get("confidential").is_some())
}

/// Whether records were brought in that are in no event: a copy from before lacks them.
fn brings_records(logged: &Logged) -> bool {
    logged.event.event == "records_imported"
}

/// Whether whoever sees this event for the first time has all there is to see of its record: a
/// new batch has no past.
fn brings_its_own(logged: &Logged) -> bool {
    !moves_sight(logged) || logged.event.event == "batch:created"
}

impl Member {
    /// Whether these events leave the member with less than a first copy would have; looks anew
    /// at what the person may see where they may have changed that.
    fn must_copy(&mut self, store: &Store, events: &[Arc<Logged>]) -> Result<bool, StoreError> {
        let imported = events.iter().any(|logged| brings_records(logged));
        let moved = !self.sees_all && events.iter().any(|logged| self.is_moved_by(logged));
        if self.sees_all || !(imported || moved) {
            return Ok(imported);
        }
        let is_other = self.look_again(store)?;
        Ok(imported || (is_other && !events.iter().all(|logged| brings_its_own(logged))))
    }

    /// Whether an event may change what this person sees: it is of such a kind, and concerns the
    /// person or something the person sees.
    fn is_moved_by(&self, logged: &Logged) -> bool {
        let concerns =
            |room: &Room| !matches!(room, Room::Institution(_)) && self.sight.may_join(*room);
        let rooms = &logged.event.rooms;
        hides_or_shows(logged) || (moves_sight(logged) && rooms.iter().any(concerns))
    }

    /// Looks anew at what this person may see; true when that is something else now.
    fn look_again(&mut self, store: &Store) -> Result<bool, StoreError> {
        let records = store.view(self.actor.institution)?;
        let sight = Sight::of(&self.actor, &records);
        let is_other = sight != self.sight;
        self.sight = sight;
        Ok(is_other)
    }

    /// Says the events that this member may see, and where it stands; moves its cursor past all
    /// of them.
    fn take(&mut self, events: &[Arc<Logged>], line: &mut Line) {
        for logged in events {
            self.at = Cursor {
                epoch: self.at.epoch,
                seq: logged.event.seq,
                tag: logged.tag,
            };
            if self.wants(logged) {
                self.n_sent = self.n_sent.saturating_add(1);
                match logged.frame(self.profile) {
                    Some(frame) => line.say(frame),
                    None => line.say(&logged.spelled(self.profile)),
                }
            } else {
                self.pass_over();
            }
        }
        if let Some(standing) = self.standing() {
            line.say(&standing);
        }
    }

    fn wants(&self, logged: &Logged) -> bool {
        let rooms = &logged.event.rooms;
        let followed = || rooms.iter().any(|room| self.rooms.contains(room));
        self.sight.sees(&logged.event) && (self.whole || followed())
    }

    fn pass_over(&mut self) {
        let (n, since) = self.unseen;
        let since = if n == 0 { Instant::now() } else { since };
        self.unseen = (n.saturating_add(1), since);
    }

    /// What tells the client where it stands, when that is due: `resumed` once the replay is
    /// complete, `sync` after a run of events that it may not see.
    fn standing(&mut self) -> Option<Frame> {
        if let Some(replay) = self.replay {
            return (replay.to <= self.at.seq).then(|| self.resumed(replay));
        }
        if self.unseen.0 < UNSEEN {
            return None;
        }
        self.say_sync()
    }

    fn resumed(&mut self, replay: Replay) -> Frame {
        self.replay = None;
        self.unseen.0 = 0;
        let resumed = Resumed {
            from: replay.from,
            to: self.at.seq,
            count: self.n_sent.saturating_sub(replay.n_before),
            high_water: self.at.seq.max(Seq(self.head.now())),
            cursor: self.at,
        };
        event("resumed", &resumed)
    }

    fn say_sync(&mut self) -> Option<Frame> {
        self.unseen.0 = 0;
        self.sync().map(|sync| event("sync", &sync))
    }

    /// Where this member stands. None for clients that did not ask for everything they may see:
    /// to them it would promise too much.
    pub(super) fn sync(&self) -> Option<Sync> {
        let complete = self.whole && self.replay.is_none();
        complete.then_some(Sync {
            cursor: self.at,
            count: self.n_sent,
        })
    }

    pub(super) fn sync_due_at(&self) -> Option<Instant> {
        let (n_unseen, since) = self.unseen;
        (self.whole && self.replay.is_none() && 0 < n_unseen).then_some(since + UNSEEN_FOR)
    }

    /// The `sync` after a while of events that this member may not see.
    pub(super) fn sync_due(&mut self, now: Instant) -> Option<Frame> {
        let due = self.sync_due_at()?;
        if now < due {
            return None;
        }
        self.say_sync()
    }
}
