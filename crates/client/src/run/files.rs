//! Files of evidence on their way to the server: one after another, in parts, from where the server
//! says that each has come to. A cut line or a killed server costs at most one part.

use std::sync::Arc;

use elms_protocol::host::{OfFile, Topic};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{Owner, news::News};
use crate::{
    auth::Secret,
    clock::Mono,
    desk::Desk,
    http::{FileStanding, Http, Trouble},
    outbox::Waiting,
};

/// The first wait after a trouble, in milliseconds; it doubles with each further one.
const FIRST_MS: i64 = 1_000;
/// The longest wait.
const LONGEST_MS: i64 = 60_000;
/// Parts between two notes of how far a file has come.
const NOTED: usize = 4;
/// How often the server may say that a file has come to another byte, and that what came was
/// another file, before a person should look.
const PATIENCE: usize = 3;

/// Who carries files now, and when the next attempt is due.
#[derive(Debug, Default)]
pub(super) struct Carrier {
    /// Ends the work that is under way.
    working: Option<CancellationToken>,
    next_at: Mono,
    n_troubles: u32,
}

/// The carrying of what waits, by one sign-in.
struct Carrying {
    http: Http,
    desk: Arc<Desk>,
    access: Secret,
    sitting: u64,
    bring: mpsc::Sender<News>,
}

impl Owner {
    /// Begins to send the files that may be sent, unless that is under way or was tried just now.
    pub(super) async fn carry_files(&mut self) {
        let ready = self.session.is_live() && !self.session.serves_original();
        if !ready || self.carrier.working.is_some() || self.now().mono < self.carrier.next_at {
            return;
        }
        let Some(seat) = &self.seat else { return };
        let Some(tokens) = &seat.tokens else { return };
        if seat.desk.next_file().await.is_none() {
            return;
        }
        let carrying = Carrying {
            http: self.shared.http.clone(),
            desk: Arc::clone(&seat.desk),
            access: tokens.access.clone(),
            sitting: self.sitting,
            bring: self.bring.clone(),
        };
        let stop = self.tasks.stop().child_token();
        self.carrier.working = Some(stop.clone());
        self.tasks.passing("files", async move {
            // Stopped in between, it goes on from there the next time.
            stop.run_until_cancelled(carrying.run()).await;
        });
    }

    /// A file has come further; `done` tells whether the work has ended, and how.
    pub(super) fn carried(&mut self, done: Option<bool>) {
        self.board.change([Topic::Incidents]);
        let carrier = &mut self.carrier;
        let Some(went_well) = done else {
            // Whatever comes now, the way is not closed.
            carrier.n_troubles = 0;
            return;
        };
        carrier.working = None;
        if went_well {
            carrier.n_troubles = 0;
            return;
        }
        let wait = FIRST_MS.saturating_mul(1 << carrier.n_troubles.min(6));
        carrier.n_troubles = carrier.n_troubles.saturating_add(1);
        carrier.next_at = self.shared.now().mono.plus(wait.min(LONGEST_MS));
    }

    /// Whoever leaves takes nothing with them: what is not sent is sent when they are back.
    pub(super) fn drop_files(&mut self) {
        let carrier = std::mem::take(&mut self.carrier);
        if let Some(working) = carrier.working {
            working.cancel();
        }
    }
}

impl Carrying {
    async fn run(self) {
        let went_well = self.all().await;
        let news = News::Carried(self.sitting, Some(went_well));
        drop(self.bring.send(news).await);
    }

    async fn all(&self) -> bool {
        while let Some(file) = self.desk.next_file().await {
            if let Err(trouble) = self.one(&file).await {
                self.stuck(&file, &trouble).await;
                return false;
            }
            let id = file.id;
            self.desk
                .note_file(move |outbox| outbox.file_arrived(id))
                .await;
            let news = News::Carried(self.sitting, None);
            drop(self.bring.send(news).await);
        }
        true
    }

    async fn one(&self, file: &Waiting) -> Result<(), Trouble> {
        let of = OfFile {
            incident: file.incident,
            evidence: file.id,
        };
        let pass = (&self.desk.server, &self.access);
        let (mut n_parts, mut n_surprises) = (0_usize, 0);
        let mut standing = self.http.file_standing(pass, &of).await?;
        while !standing.complete {
            standing = match self.part(&of, standing).await {
                Err(trouble) if is_surprise(&trouble) && n_surprises < PATIENCE => {
                    n_surprises = n_surprises.saturating_add(1);
                    self.http.file_standing(pass, &of).await?
                }
                sent => sent?,
            };
            n_parts = n_parts.saturating_add(1);
            if n_parts.is_multiple_of(NOTED) {
                self.note(file, standing).await;
            }
        }
        Ok(())
    }

    async fn part(&self, of: &OfFile, at: FileStanding) -> Result<FileStanding, Trouble> {
        let part = self.desk.part(of.evidence, at.offset).await;
        let part = part.map_err(|error| Trouble::Unreachable(error.to_string()))?;
        if part.is_empty() {
            let why = "this station does not hold what is missing".to_owned();
            return Err(Trouble::Unreachable(why));
        }
        let pass = (&self.desk.server, &self.access);
        self.http.send_part(pass, of, (at.offset, part)).await
    }

    async fn note(&self, file: &Waiting, at: FileStanding) {
        let id = file.id;
        self.desk
            .note_file(move |outbox| outbox.file_sent(id, at.offset))
            .await;
        let news = News::Carried(self.sitting, None);
        drop(self.bring.send(news).await);
    }

    async fn stuck(&self, file: &Waiting, trouble: &Trouble) {
        tracing::warn!(%trouble, "a file of evidence was not sent");
        let (id, why, for_good) = (file.id, trouble.to_string(), is_final(trouble));
        let note = move |outbox: &mut crate::outbox::Outbox| outbox.file_stuck(id, &why, for_good);
        self.desk.note_file(note).await;
    }
}

/// The server is at another byte than we thought, or has begun anew.
fn is_surprise(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Refused { code, .. } if code == "OTHER_OFFSET" || code == "OTHER_FILE")
}

/// No further attempt will help.
fn is_final(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::Refused {
            status: 403 | 422,
            ..
        }
    )
}
