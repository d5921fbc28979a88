//! The care of the copy in the background: it is read through once, and the oldest events go, a few
//! at a time, so that the window never waits.

use std::{sync::Arc, time::Duration};

use elms_protocol::{Seq, host::Topic};
use tokio::sync::mpsc;

use super::{Owner, news::News, words::put_aside};
use crate::{clock::Now, desk::Desk, session::Input, shared::Shared};

/// How often it is looked whether anything is to go.
const EVERY_MS: i64 = 600_000;
/// The pause between two steps, in which others write.
const PAUSE: Duration = Duration::from_millis(20);

/// What has become of the copy.
pub(crate) enum Care {
    /// Older events came; whether more are to come.
    Filled(bool),
    /// Old events were let go of.
    Gone,
    /// The copy was found damaged, put aside, and is filled again from the server; why.
    Damaged(String),
}

/// One round.
struct Round {
    shared: Arc<Shared>,
    desk: Arc<Desk>,
    sitting: u64,
    bring: mpsc::Sender<News>,
    /// Whether somebody came upon damage of the copy.
    is_damaged: bool,
    /// Whether the copy is read through, too: the first time.
    looks_through: bool,
}

impl Owner {
    /// Begins a round when one is due. Only a live line tells the time well enough to judge what is
    /// old, and brings back what is put aside; and a history that is being filled is not looked
    /// through.
    pub(super) fn let_go(&mut self, now: Now) {
        let Some(seat) = &self.seat else { return };
        let is_busy = self.session.serves_original() || self.filling.is_some();
        if !self.session.is_live() || is_busy {
            return;
        }
        let is_damaged = seat.desk.came_upon_damage();
        if now.mono < self.let_go_at && !is_damaged {
            return;
        }
        self.let_go_at = now.mono.plus(EVERY_MS);
        let round = Round {
            shared: Arc::clone(&self.shared),
            desk: Arc::clone(&seat.desk),
            sitting: self.sitting,
            bring: self.bring.clone(),
            is_damaged,
            looks_through: self.looked_through != Some(self.sitting),
        };
        self.looked_through = Some(self.sitting);
        self.tasks.passing("retention", round.run());
    }

    /// The copy is another one now.
    pub(super) async fn cared(&mut self, care: Care) {
        match care {
            Care::Filled(more) => self.filled(more),
            Care::Gone => self.board.change([Topic::Events]),
            Care::Damaged(why) => self.damaged(why).await,
        }
        self.board.touch();
    }

    async fn damaged(&mut self, why: String) {
        let Some(desk) = self.desk() else { return };
        self.warn("rebuilt", Some(put_aside(&why)));
        self.board.change_all();
        let cursor = desk.known().await.cursor;
        self.feed(Input::Unwritten {
            cursor,
            reason: why,
        })
        .await;
    }
}

impl Round {
    async fn run(self) {
        if self.looks_through || self.is_damaged {
            let now = self.shared.now();
            let at = self.shared.clock(|clock| clock.server_or_wall(now));
            if let Some(why) = self.desk.look_through(self.is_damaged, at).await {
                drop(
                    self.bring
                        .send(News::Cared(self.sitting, Care::Damaged(why)))
                        .await,
                );
                return;
            }
        }
        match self.steps().await {
            Ok(0) => {}
            Ok(n_events) => {
                tracing::info!(n_events, "old events were let go of");
                drop(self.bring.send(News::Cared(self.sitting, Care::Gone)).await);
            }
            Err(reason) => tracing::warn!(%reason, "old events could not be let go of"),
        }
    }

    async fn steps(&self) -> Result<usize, String> {
        let pinned = self.desk.pinned().await?;
        let (mut from, mut n_events) = (Seq::ZERO, 0_usize);
        loop {
            let now = self.shared.now();
            let at = self.shared.clock(|clock| clock.server_or_wall(now));
            let step = self.desk.forget_events((at, from), pinned.clone()).await;
            let step = step.map_err(|error| error.to_string())?;
            n_events = n_events.saturating_add(step.n_events);
            let Some(next) = step.next.filter(|_| self.is_here()) else {
                return Ok(n_events);
            };
            from = next;
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Whether the person still works here.
    fn is_here(&self) -> bool {
        let open = self.shared.desk();
        open.is_some_and(|desk| Arc::ptr_eq(&desk, &self.desk))
    }
}
