//! The older events: a new station has the records at once, and what led to them in the
//! background, the newest first.

use std::sync::Arc;

use elms_protocol::host::Topic;
use tokio::sync::mpsc;

use super::{Owner, news::News, retention::Care};
use crate::{auth::Secret, desk::Desk, shared::Shared};

/// The filling of one history.
struct Filling {
    shared: Arc<Shared>,
    desk: Arc<Desk>,
    access: Secret,
    sitting: u64,
    bring: mpsc::Sender<News>,
}

impl Owner {
    /// Begins to fetch what is missing, unless that is under way. It ends with the first trouble,
    /// and begins again when the link is live the next time.
    pub(super) fn fill_history(&mut self) {
        let Some(seat) = &self.seat else { return };
        let Some(tokens) = &seat.tokens else { return };
        if self.session.serves_original() || self.filling == Some(self.sitting) {
            return;
        }
        let filling = Filling {
            shared: Arc::clone(&self.shared),
            desk: Arc::clone(&seat.desk),
            access: tokens.access.clone(),
            sitting: self.sitting,
            bring: self.bring.clone(),
        };
        self.filling = Some(self.sitting);
        self.tasks.passing("history", filling.run());
    }

    /// A stretch of older events is in, or none is to come for now.
    pub(super) fn filled(&mut self, more: bool) {
        if !more {
            self.filling = None;
        }
        self.board.change([Topic::Events]);
    }
}

impl Filling {
    async fn run(self) {
        let mut more = true;
        while more {
            more = self.stretch().await.unwrap_or_else(|reason| {
                tracing::warn!(%reason, "older events could not be had");
                false
            });
            let news = News::Cared(self.sitting, Care::Filled(more));
            more &= self.bring.send(news).await.is_ok();
        }
    }

    /// Fetches the newest stretch that is missing; whether there was one. After a restored backup
    /// the link starts anew, and the old log's stretches are of no use.
    async fn stretch(&self) -> Result<bool, String> {
        let Some((after, upto, epoch)) = self.desk.gap().await else {
            return Ok(false);
        };
        let now = self.shared.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let full = self.desk.is_full(at).await;
        if full.map_err(|error| error.to_string())? {
            return Ok(false);
        }
        let (http, server) = (&self.shared.http, &self.desk.server);
        let fetched = http.events(server, &self.access, (after, upto)).await;
        let stretch = fetched.map_err(|trouble| trouble.to_string())?;
        if stretch.epoch != epoch {
            return Ok(false);
        }
        let now = self.shared.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let filled = self.desk.fill(stretch.events, after, at).await;
        filled.map_err(|error| error.to_string()).map(|()| true)
    }
}
