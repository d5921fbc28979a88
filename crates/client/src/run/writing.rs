//! What goes to the disk: events with their cursor, outcomes, outages, the card.

use elms_protocol::{
    Actor, Event, Outcome, UserId,
    frame::{Cursor, ResyncReason},
    host::{StationKeyView, Topic},
};

use super::Owner;
use crate::{
    cache::Seen,
    desk::{Desk, Unapplied},
    notices,
    profile::{Card, ServerKind},
    session::Input,
};

impl Owner {
    /// Writes what was gathered, in one commit with the cursor; without one the events are there
    /// but not yet known to be complete.
    pub(super) async fn write(&mut self, cursor: Option<Cursor>) -> Option<Input> {
        let events = self.gathered.take();
        let desk = self.desk()?;
        if events.is_empty() && cursor.is_none() {
            return None;
        }
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let seen = Seen {
            at,
            live: !self.is_late,
        };
        match desk.apply(events, cursor, seen).await {
            Ok(applied) => {
                self.warn_if_known("cache");
                self.board.change(applied.topics);
                self.tell_of(applied.new).await;
                if cursor.is_some() || self.session.is_live() {
                    self.complete_until_now();
                }
                let came = desk.let_go().await;
                came.then(|| self.goes_on())
            }
            Err(Unapplied::OtherLog) => Some(Input::Resync(ResyncReason::Diverged)),
            Err(Unapplied::Disk(reason)) => {
                self.warn("cache", Some(reason.clone()));
                let cursor = desk.known().await.cursor;
                Some(Input::Unwritten { cursor, reason })
            }
        }
    }

    /// What waited for another station goes on.
    fn goes_on(&mut self) -> Input {
        self.board.change([Topic::Outbox]);
        Input::Queued
    }

    /// Asks the server again about what waits for a record: not everything that it holds comes
    /// here.
    pub(super) async fn ask_again(&mut self) -> Option<Input> {
        let went = self.desk()?.let_all_go().await;
        went.then(|| self.goes_on())
    }

    fn warn_if_known(&mut self, about: &'static str) {
        if self.warnings.iter().any(|(known, _)| *known == about) {
            self.warn(about, None);
        }
    }

    /// Everything visible up to now is held.
    pub(super) fn complete_until_now(&mut self) {
        let now = self.now();
        self.as_of = Some(self.shared.clock(|clock| clock.server_or_wall(now)));
        self.board.touch();
    }

    /// Puts new events on the board and calls the person where they must look.
    async fn tell_of(&mut self, fresh: Vec<Event>) {
        let Some(seat) = &self.seat else { return };
        let (desk, me) = (seat.desk.clone(), seat.desk.card().account.user);
        let notified = self.notified;
        for event in fresh {
            self.call_for(&event, me, &desk).await;
            self.board.add(event);
        }
        if notified < self.notified {
            desk.set_notified(self.notified).await;
        }
    }

    async fn call_for(&mut self, event: &Event, me: UserId, desk: &Desk) {
        if event.seq <= self.notified {
            return;
        }
        self.notified = event.seq;
        let now = self.now().mono;
        let place = match notices::scene(event) {
            Some(scene) => desk.place_of(scene).await,
            None => None,
        };
        if let Some(notice) = self.notices.take(event, Some(me), now, place) {
            self.notify(notice);
        }
    }

    /// Takes in what became of a command.
    pub(super) async fn settle(&mut self, outcome: Outcome) {
        let Some(desk) = self.desk() else { return };
        let id = outcome.command_id();
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let fresh = self.shared.new_command_id();
        if let Err(reason) = desk.settle(outcome, fresh, at).await {
            // It keeps its id, so that asking again gives the same answer.
            tracing::error!(%reason, "an outcome was not written");
            self.feed(Input::Postponed { id, ms: 5_000 }).await;
            return;
        }
        self.board.change([
            Topic::Outbox,
            Topic::Incidents,
            Topic::Batches,
            Topic::Sittings,
        ]);
        self.carry_files().await;
        self.feed(Input::Settled(id)).await;
    }

    /// The first copy is in the cache.
    pub(super) async fn copy_is_in(&mut self, actor: Actor) {
        self.change_card(|card| {
            card.actor = Actor {
                station: card.actor.station.take(),
                ..actor
            };
            if card.kind == ServerKind::Original {
                card.kind = ServerKind::Ours;
            }
        })
        .await;
        if let Some(desk) = self.desk() {
            self.notified = self.notified.max(desk.known().await.last);
        }
        self.complete_until_now();
        self.board.change_all();
    }

    pub(super) async fn outage_began(&mut self) {
        let Some(desk) = self.desk() else { return };
        let now = self.now();
        let since = self.session.since().unwrap_or(now.mono);
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let reason = self.session.reason().unwrap_or_default().to_owned();
        desk.outage_began(at.plus_ms(since.since(now.mono)), reason)
            .await;
    }

    pub(super) async fn outage_over(&mut self, replayed: i64) {
        let Some(desk) = self.desk() else { return };
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        desk.outage_over(at, replayed).await;
        self.board.change([Topic::Events]);
    }

    /// Writes the card with what is known by now.
    pub(super) async fn write_card(&mut self) {
        let now = self.now();
        let (clock, as_of) = (
            self.shared.clock(|clock| clock.to_remember(now)),
            self.as_of,
        );
        let Some(desk) = self.desk() else { return };
        if self.session.is_live() {
            desk.note_seen(now.wall).await;
        }
        let unsent = desk.unsent().await;
        self.change_card(|card| {
            card.unsent = unsent;
            card.clock = clock.or(card.clock);
            card.as_of = as_of.or(card.as_of);
        })
        .await;
    }

    /// The server has said how this station stands with it.
    pub(super) async fn stands(&mut self, station: Option<StationKeyView>) {
        let known = self.desk().and_then(|desk| desk.card().station);
        if station.is_some() && station != known {
            self.change_card(|card| card.station = station).await;
        }
    }

    pub(super) async fn change_card(&mut self, change: impl FnOnce(&mut Card)) {
        let Some(desk) = self.desk() else { return };
        desk.change_card(change);
        let (profiles, server, card) = (
            self.shared.profiles.clone(),
            desk.server.clone(),
            desk.card(),
        );
        let written = tokio::task::spawn_blocking(move || profiles.write(&server, &card)).await;
        match written {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the profile's card was not written"),
            Err(error) => tracing::error!(%error, "the profile's card was not written"),
        }
    }
}
