//! What the handle asks of the owner: who works here, and what wants to be sent.

use std::sync::Arc;

use elms_protocol::{
    IncidentRef, Seq,
    host::{self, HostError, Status, Topic},
    proof::Entry,
};
use tokio::sync::oneshot;

use super::{
    Owner, Seat,
    coming::{Admission, Granted, NotAdmitted, admission, card, open_desk, place},
    news::News,
    words::{key_error, nothing_here, put_aside, refusal, sentence, unsent_error},
};
use crate::{
    auth::{Secret, Tokens},
    clock::ServerClock,
    desk::Desk,
    http::ServerUrl,
    notices::Notices,
    profile::{Lock, ServerKind},
    session::{Begin, Input},
    tongue::Tongue,
    vault::VaultError,
};

/// Where an answer goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, HostError>>;

/// What the handle asks.
pub(crate) enum Ask {
    /// Sign in.
    SignIn(host::SignIn, Reply<Status>),
    /// Sign out.
    SignOut(host::SignOut, Reply<Status>),
    /// Show nothing until somebody has said who they are.
    Lock(Reply<Status>),
    /// Somebody says who they are.
    Unlock(host::Unlock, Reply<Status>),
    /// Set a PIN.
    SetPin(host::SetPin, Reply<Status>),
    /// Open what was kept here last, without the server.
    WorkOffline(host::WorkOffline, Reply<Status>),
    /// The frame of the window.
    Status(oneshot::Sender<Status>),
    /// What opens a request of the person to their server.
    Pass(Reply<(ServerUrl, Secret)>),
    /// The password is another one now.
    PasswordChanged,
    /// Prove that these events are in the server's log.
    Prove(Vec<Seq>, Reply<Vec<Entry>>),
    /// Somebody here writes to a case.
    Typing(IncidentRef),
    /// Try to reach the server now.
    TryNow,
    /// The outbox has something to send, or less of it.
    OutboxChanged,
    /// These parts of the screen may be stale.
    Changed(Vec<Topic>),
    /// What is said outside of the window is in this language from now on.
    Speak(Tongue),
    /// A message on the desktop, to see whether they arrive.
    Trial,
}

impl Owner {
    pub(super) async fn asked(&mut self, ask: Ask) {
        match ask {
            Ask::SignIn(asked, reply) => self.sign_in(asked, reply),
            Ask::SignOut(asked, reply) => {
                let done = self.sign_out(asked).await;
                let status = self.status().await;
                drop(reply.send(done.map(|()| status)));
            }
            Ask::WorkOffline(asked, reply) => self.work_offline(asked, reply),
            Ask::Unlock(asked, reply) => self.unlock(asked, reply),
            Ask::Lock(reply) => {
                let locked = self.lock();
                let status = self.status().await;
                drop(reply.send(locked.map(|()| status)));
            }
            Ask::SetPin(asked, reply) => {
                let set = self.set_pin(asked).await;
                let status = self.status().await;
                drop(reply.send(set.map(|()| status)));
            }
            Ask::Status(reply) => {
                let status = self.status().await;
                drop(reply.send(status));
            }
            Ask::Pass(reply) => drop(reply.send(self.pass())),
            Ask::PasswordChanged => {
                self.change_card(|card| card.account.must_change_password = false)
                    .await;
                self.board.touch();
            }
            Ask::Prove(seqs, reply) => self.prove(seqs, reply).await,
            Ask::Typing(case) => self.says_typing(case),
            Ask::TryNow => self.feed(Input::Nudge).await,
            Ask::OutboxChanged => {
                self.attach_chosen().await;
                self.board.change([Topic::Outbox]);
                self.feed(Input::Queued).await;
            }
            Ask::Changed(topics) => self.board.change(topics),
            Ask::Speak(tongue) => {
                self.notices.speak(tongue);
                // Menu bar and tray follow what is told: also while nothing else happens.
                self.board.touch();
            }
            Ask::Trial => self.notify(self.notices.trial()),
        }
    }

    /// Said while there is a line, and by nobody later: it is no command.
    fn says_typing(&self, case: IncidentRef) {
        // The original knows nothing of it.
        let hears = self.session.is_live() && !self.session.serves_original();
        if let Some(line) = self.line.as_ref().filter(|_| hears) {
            line.say("typing", serde_json::json!({ "incident": case }));
        }
    }

    fn pass(&self) -> Result<(ServerUrl, Secret), HostError> {
        let seat = self.seat.as_ref().ok_or_else(nothing_here)?;
        let tokens = seat.tokens.as_ref().filter(|_| self.session.is_live());
        let tokens = tokens.ok_or_else(|| {
            let message = "This needs the server, and there is no line to it now.";
            sentence("unreachable", message)
        })?;
        Ok((seat.desk.server.clone(), tokens.access.clone()))
    }

    /// Asks the server on the side: a slow one must not stop the console.
    fn sign_in(&mut self, asked: host::SignIn, reply: Reply<Status>) {
        let server = match ServerUrl::parse(&asked.server) {
            Ok(server) => server,
            Err(error) => {
                drop(reply.send(Err(sentence("bad_address", error))));
                return;
            }
        };
        let (shared, bring) = (Arc::clone(&self.shared), self.bring.clone());
        self.tasks.passing("sign-in", async move {
            let result = admission(&shared, &server, &asked).await;
            let granted = Granted {
                server,
                email: asked.email,
                result,
                reply,
            };
            // The owner is gone only when the console is.
            drop(bring.send(News::Granted(Box::new(granted))).await);
        });
    }

    pub(super) async fn granted(&mut self, granted: Granted) {
        let Granted {
            server,
            email,
            result,
            reply,
        } = granted;
        let answer = match result {
            Ok(admission) => self.admit(server, admission).await,
            Err(NotAdmitted::Key(trouble)) => Err(key_error(&trouble)),
            Err(NotAdmitted::Server(trouble)) => {
                let known = self.shared.profiles.of_person(&server, &email).is_some();
                Err(refusal(trouble, known))
            }
        };
        let status = self.status().await;
        drop(reply.send(answer.map(|()| status)));
    }

    async fn admit(&mut self, server: ServerUrl, admission: Admission) -> Result<(), HostError> {
        let earlier = self.shared.profiles.card(&server, &admission.grant.account);
        let card = card(&server, &admission, earlier, &self.shared.station().code);
        let Admission {
            grant,
            clock,
            place,
            unkept,
            key,
            ..
        } = admission;
        let (desk, lock) = match self.seat.take() {
            Some(seat) if seat.desk.is_of(&server, &grant.account) => {
                seat.desk.set_card(card);
                (seat.desk, seat.lock)
            }
            other => {
                self.seat = other;
                self.leave().await;
                let key = key.ok_or_else(nothing_here)?;
                open_desk(&self.shared, (server, card), key).await?
            }
        };
        desk.seal_for(grant.recovery.clone()).await;
        let tokens = Tokens::of(&grant, self.now().mono);
        self.kept(unkept.as_ref());
        if let Some(exchange) = clock {
            self.shared.set_clock(|clock| clock.measure(exchange));
        }
        self.sit_down(
            Seat {
                desk,
                lock,
                place,
                tokens: Some(tokens),
            },
            true,
        )
        .await;
        Ok(())
    }

    /// Tells whether the key store took the tokens.
    pub(super) fn kept(&mut self, unkept: Option<&VaultError>) {
        let sentence = unkept.map(|why| format!("{why} It lasts until the console is closed."));
        self.warn("keystore", sentence);
    }

    /// Somebody works here now.
    pub(super) async fn sit_down(&mut self, seat: Seat, has_tokens: bool) {
        self.sitting = self.sitting.wrapping_add(1);
        let card = seat.desk.card();
        let known = seat.desk.known().await;
        self.notified = known.notified;
        self.as_of = card.as_of;
        let begin = Begin {
            renew_at: seat.tokens.as_ref().map(|tokens| tokens.renew_at),
            has_tokens,
            cursor: known.cursor,
            original: card.kind == ServerKind::Original,
        };
        let rebuilt = seat.desk.damage().map(|damaged| put_aside(&damaged.reason));
        let told = seat.desk.told.clone();
        self.shared.open_desk(Arc::clone(&seat.desk));
        self.seat = Some(seat);
        self.shared.set_locked(false);
        self.warn("rebuilt", rebuilt);
        self.warn("aside", told);
        self.board.change_all();
        self.feed(Input::Begin(begin)).await;
    }

    /// Goes on with what a profile kept, with the refresh token if there is one.
    pub(super) async fn take_up(&mut self, desk: Arc<Desk>, lock: Lock) {
        let place = place(&self.shared.vault, &desk);
        let kept = if place.keep {
            place.read().await
        } else {
            Ok(None)
        };
        let kept = match kept {
            Ok(Some(refresh)) => self.with_key(&desk.server, refresh).await.map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        let tokens = kept.unwrap_or_else(|error| {
            let sentence = format!("{error} Sign in again to send.");
            self.warn("keystore", Some(sentence));
            None
        });
        let has_tokens = tokens.is_some();
        self.sit_down(
            Seat {
                desk,
                lock,
                place,
                tokens,
            },
            has_tokens,
        )
        .await;
    }

    /// A refresh token with the key that it may belong to. It is not shown without that key while the
    /// key store does not answer: the server would take it for stolen.
    async fn with_key(&self, server: &ServerUrl, refresh: Secret) -> Result<Tokens, VaultError> {
        let (keys, server) = (Arc::clone(&self.shared.station_keys), server.clone());
        let found = tokio::task::spawn_blocking(move || keys.find(&server)).await;
        let fallen = |_| VaultError("The key store has failed.".to_owned());
        let key = found.map_err(fallen)??;
        Ok(Tokens::only_refresh(refresh, key, self.now().mono))
    }

    async fn sign_out(&mut self, asked: host::SignOut) -> Result<(), HostError> {
        let Some(seat) = &self.seat else {
            return Ok(());
        };
        let unsent = seat.desk.unsent().await;
        if 0 < unsent && !asked.keep_unsent {
            return Err(unsent_error(unsent));
        }
        let (http, server) = (self.shared.http.clone(), seat.desk.server.clone());
        let (place, tokens) = (seat.place.clone(), seat.tokens.clone());
        seat.desk.change_card(|card| card.keep = false);
        self.leave().await;
        if let Err(error) = place.clear().await {
            tracing::warn!(%error, "the key store did not forget the sign-in");
        }
        self.tasks.finishing("sign-out", async move {
            let Some(tokens) = tokens else { return };
            if let Err(error) = http.logout(&server, &tokens.access, &tokens.refresh).await {
                tracing::warn!(%error, "the server was not told of the sign-out");
            }
        });
        Ok(())
    }

    /// Nobody works here any more: writes what is still in memory and closes the profile.
    pub(super) async fn leave(&mut self) {
        self.write(None).await;
        self.write_card().await;
        self.drop_files();
        self.feed(Input::End).await;
        self.sitting = self.sitting.wrapping_add(1);
        self.line = None;
        if let Some(seat) = self.seat.take()
            && seat.desk.for_session
        {
            seat.desk.end_session().await;
        }
        self.shared.set_desk(None);
        self.shared
            .set_clock(|clock| *clock = ServerClock::default());
        self.pings.clear();
        self.notices = Notices::speaking(self.shared.tongue());
        (self.notified, self.is_late, self.as_of) = (Seq::ZERO, false, None);
        self.warnings.clear();
        self.shared.set_locked(false);
        self.board.change_all();
    }
}
