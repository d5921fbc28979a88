//! The outbox: what was asked here and is not answered yet.

use elms_protocol::{
    Command, CommandId, CommandRequest, Event, Kind, Outcome, Record, Rejection, RejectionCode,
    Timestamp, UserId, View, decide,
    host::{InstitutionView, Submitted},
};

use super::{Desk, Figures};
use crate::{
    cache::{Records, Seen},
    error::OutboxError,
    outbox::{Draft, Elsewhere, Entry, Kept, Outbox, subject_of},
    overlay::Overlay,
    session::Job,
};

/// Commands that are offered to be sent at a time.
const OFFERED: usize = 16;

/// What the copy is worth for a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It is what the server has: what is refused here is refused there.
    Live,
    /// It may be old: only what no change can make right is refused.
    Old,
}

/// What is kept in the same breath as a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum With {
    /// Nothing.
    Nothing,
    /// The file that it attaches.
    File(Vec<u8>),
    /// That the form in which it was written is empty again.
    Draft(String),
}

impl Desk {
    /// Keeps a command, unless it is certain that the server will refuse it. When this returns, it
    /// is on the disk, as is what comes with it.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then.
    pub(crate) async fn keep(
        &self,
        request: CommandRequest,
        seen: Seen,
        with: With,
    ) -> Result<Submitted, OutboxError> {
        let (card, records) = (self.card(), self.records().await);
        let trust = if seen.live { Trust::Live } else { Trust::Old };
        self.posting(move |outbox| {
            let command_id = request.command_id;
            let items = outbox.items()?;
            let overlay = Overlay::new(&records, &items, &card.actor);
            let decided = decide(&card.actor, &request, &overlay, seen.at);
            if let Err(rejection) = decided
                && is_certain(&rejection, trust)
            {
                let rejection = Some(rejection);
                return Ok(Submitted {
                    command_id,
                    local_number: None,
                    rejection,
                });
            }
            let author = card.account.user;
            let asked = (&request, &with);
            let kept = put_in(outbox, asked, author, &overlay, station_of(&card))?;
            Ok(Submitted {
                command_id,
                local_number: kept.local_number,
                rejection: None,
            })
        })
        .await
    }

    /// The records, as the last batch has left them; none, when they cannot be read.
    async fn records(&self) -> std::sync::Arc<Records> {
        self.reading(|reader| Ok(reader.records()))
            .await
            .unwrap_or_default()
    }

    /// Takes a command back.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it may have reached the server.
    pub(crate) async fn withdraw(&self, id: CommandId, at: Timestamp) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.withdraw(id, at).map(drop))
            .await
    }

    /// Sends a refused command again, under the id of `request` and perhaps changed.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] unless it was refused.
    pub(crate) async fn resend(
        &self,
        old: CommandId,
        request: CommandRequest,
    ) -> Result<Submitted, OutboxError> {
        let (card, records) = (self.card(), self.records().await);
        self.posting(move |outbox| {
            let about = subject_of(&request.command, &*records);
            let (author, station) = (card.account.user, station_of(&card));
            let entry = Entry {
                request: &request,
                author,
                about: &about,
                station,
            };
            let kept = outbox.resend(old, entry)?;
            let (command_id, local_number) = (request.command_id, kept.local_number);
            Ok(Submitted {
                command_id,
                local_number,
                rejection: None,
            })
        })
        .await
    }

    /// What was asked under this id.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read or is not there.
    pub(crate) async fn request(&self, id: CommandId) -> Result<CommandRequest, OutboxError> {
        let found = self.posting(move |outbox| outbox.request(id)).await?;
        found.ok_or(OutboxError::Unknown)
    }

    /// What may be sent now.
    pub(crate) async fn sendable(&self) -> Vec<Job> {
        let author = self.card().account.user;
        let ready = self
            .posting(move |outbox| outbox.ready(author, OFFERED))
            .await;
        let ready = ready.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read");
            Vec::new()
        });
        ready
            .into_iter()
            .map(|queued| Job {
                id: queued.id,
                about: queued.about,
            })
            .collect()
    }

    /// Notes that a command is being sent; what to send. When this returns, the note is on the
    /// disk.
    pub(crate) async fn begin_sending(&self, id: CommandId) -> Option<serde_json::Value> {
        let begun = self.posting(move |outbox| {
            let request = outbox.request(id)?.ok_or(OutboxError::Unknown)?;
            outbox.sending(id)?;
            Ok::<_, OutboxError>(serde_json::to_value(request)?)
        });
        let begun = begun.await;
        begun
            .inspect_err(|error| tracing::error!(%error, "a command was not sent"))
            .ok()
    }

    /// These were sent and have no answer: they wait again.
    pub(crate) async fn rest(&self, ids: Vec<CommandId>) {
        let rested = self.posting(move |outbox| outbox.rest(&ids)).await;
        if let Err(error) = rested {
            tracing::error!(%error, "unanswered commands were not put back");
        }
    }

    /// Takes in what became of a command. One that refers to what still lies in another station
    /// waits for that, to be sent again as `fresh`.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; the command then waits for the same answer again.
    pub(crate) async fn settle(
        &self,
        outcome: Outcome,
        fresh: CommandId,
        at: Timestamp,
    ) -> Result<(), OutboxError> {
        let epoch = self.known().await.cursor.map(|cursor| cursor.epoch);
        let Some(elsewhere) = Elsewhere::of(&outcome) else {
            return self
                .posting(move |outbox| outbox.settle(&outcome, epoch, at).map(drop))
                .await;
        };
        let records = self.records().await;
        self.posting(move |outbox| {
            if outbox.wait_for(&elsewhere, fresh, &*records, at)? {
                // It may have come between the server's look and its answer.
                return outbox.let_go(&*records).map(drop);
            }
            outbox.settle(&outcome, epoch, at).map(drop)
        })
        .await
    }

    /// Lets go what waits for a record that has come; whether there was any.
    pub(crate) async fn let_go(&self) -> bool {
        // Asked after every batch, and nearly always nothing waits: the records are read only then.
        if !any(self.posting(|outbox| outbox.elsewhere()).await) {
            return false;
        }
        let records = self.records().await;
        any(self.posting(move |outbox| outbox.let_go(&*records)).await)
    }

    /// Lets go everything that waits for a record, to ask the server again; whether there was any.
    pub(crate) async fn let_all_go(&self) -> bool {
        any(self.posting(Outbox::let_all_go).await)
    }

    /// Offers to a server that lost its memory what it had applied before; how many.
    pub(crate) async fn offer_again(&self) -> usize {
        let Some(cursor) = self.known().await.cursor else {
            return 0;
        };
        let offered = self
            .posting(move |outbox| outbox.reoffer(cursor.epoch))
            .await;
        offered.unwrap_or_else(|error| {
            tracing::error!(%error, "nothing was offered again");
            0
        })
    }

    /// Forgets what was answered long ago.
    pub(crate) async fn forget_old(&self, at: Timestamp) {
        let forgotten = self.posting(move |outbox| outbox.forget_old(at)).await;
        if let Err(error) = forgotten {
            tracing::error!(%error, "old commands were not forgotten");
        }
    }

    /// Forgets what was asked here and is erased by one of these events.
    pub(super) async fn forget_erased(&self, events: &[Event]) {
        for noted in events.iter().filter_map(Event::erases) {
            let forgotten = self
                .posting(move |outbox| outbox.forget_erased(&noted))
                .await;
            if let Err(error) = forgotten {
                tracing::error!(%error, "what was erased lies in the outbox still");
            }
        }
    }

    /// What the frame of the window shows.
    pub(crate) async fn figures(&self) -> Figures {
        let me = self.card().account.user;
        let none = Figures::none();
        let copied = self.reading(move |reader| {
            let records = reader.records();
            let institution = records.institution().map(|found| InstitutionView {
                id: found.id,
                name: found.name,
                timezone: found.timezone,
            });
            Ok((
                institution,
                reader.last(),
                reader.bytes(),
                unread(&records, me),
                reader.to_come(),
                reader.reaches_back()?,
                reader.begins(),
            ))
        });
        let (institution, last, cache_bytes, unread, older, reaches_back, begins) = copied
            .await
            .unwrap_or((None, none.last, 0, 0, 0, None, None));
        let counts = self.posting(|outbox| outbox.counts()).await;
        let outbox = counts.unwrap_or(none.outbox);
        Figures {
            institution,
            last,
            outbox,
            cache_bytes,
            unread,
            older,
            reaches_back,
            begins,
            record: self.record_check().await,
        }
    }
}

fn any(let_go: Result<usize, OutboxError>) -> bool {
    let n = let_go.unwrap_or_else(|error| {
        tracing::error!(%error, "what waits for another station was not looked at");
        0
    });
    0 < n
}

fn put_in(
    outbox: &mut Outbox,
    (request, with): (&CommandRequest, &With),
    author: UserId,
    view: &dyn View,
    station: &str,
) -> Result<Kept, OutboxError> {
    let about = subject_of(&request.command, view);
    if matches!(request.command, Command::ReportIncident(_)) {
        outbox.is_known(station, given_by(station, view))?;
    }
    let entry = Entry {
        request,
        author,
        about: &about,
        station,
    };
    match with {
        With::Nothing => outbox.keep(entry),
        With::File(bytes) => outbox.keep_file(entry, bytes),
        With::Draft(form) => outbox.keep_draft(entry, Draft(form)),
    }
}

/// The highest number of a station that the records hold: a computer that was set up anew goes on
/// after it.
fn given_by(station: &str, view: &dyn View) -> i64 {
    let numbers = view.list(Kind::Incident).into_iter().filter_map(|record| {
        let Record::Incident(incident) = record else {
            return None;
        };
        let (code, n) = incident.local_number.as_deref()?.rsplit_once('/')?;
        n.parse().ok().filter(|_| code == station)
    });
    numbers.max().unwrap_or(0)
}

fn station_of(card: &crate::profile::Card) -> &str {
    card.actor.station.as_deref().unwrap_or_default()
}

fn unread(records: &Records, me: UserId) -> i64 {
    let unread = records.of(Kind::Notification).filter(|(_, record)| {
        let Record::Notification(known) = record else {
            return false;
        };
        known.user_ids.contains(&me) && !known.read_by.contains(&me)
    });
    i64::try_from(unread.count()).unwrap_or(i64::MAX)
}

/// Whether the server will refuse it too, whatever has happened there meanwhile.
fn is_certain(rejection: &Rejection, trust: Trust) -> bool {
    match rejection.code {
        RejectionCode::Invalid | RejectionCode::Forbidden => true,
        // A filtered copy may lack what the server has; but where it says where the candidate sits
        // instead, they are not here.
        RejectionCode::NotFound => !rejection.allowed.is_empty(),
        RejectionCode::IllegalTransition
        | RejectionCode::SeparationOfDuty
        | RejectionCode::Discrepancy
        | RejectionCode::SealTaken
        | RejectionCode::AlreadyExists
        | RejectionCode::KeyReused => trust == Trust::Live,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_copy_refuses_only_what_no_change_can_make_right() {
        let says = |code, trust| is_certain(&Rejection::new(code, ""), trust);
        assert!(says(RejectionCode::Invalid, Trust::Old));
        assert!(says(RejectionCode::Forbidden, Trust::Old));
        assert!(!says(RejectionCode::IllegalTransition, Trust::Old));
        assert!(says(RejectionCode::IllegalTransition, Trust::Live));
        assert!(!says(RejectionCode::NotFound, Trust::Live));
        let elsewhere = Rejection::new(RejectionCode::NotFound, "");
        let elsewhere = elsewhere.with_allowed(vec!["Business Annex".to_owned()]);
        assert!(is_certain(&elsewhere, Trust::Old));
    }
}
