//! Carries out what the session asks for.

use std::{sync::Arc, time::Duration};

use elms_protocol::{
    CommandId, Timestamp,
    frame::{Connect, Cursor, Resume},
    host::Topic,
};
use serde_json::json;

use super::{
    Owner,
    line::Line,
    news::{Answer, Copied, CopyTrouble, News},
    original,
};
use crate::{
    auth::{Secret, renew},
    desk::Desk,
    http::Http,
    session::{Effect, Input},
};

/// Pings whose answer is still waited for.
const PINGS: usize = 4;
/// How late an answer may come.
const LATEST: Duration = Duration::from_mins(1);
/// How long a command without a readable answer rests.
const UNREADABLE_MS: i64 = 5_000;

impl Owner {
    /// Carries out an effect; what comes of it at once is the session's next input.
    pub(super) async fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Renew => self.renew(),
            Effect::Copy(_) => self.copy(),
            Effect::Open { resume } => self.open_line(resume),
            Effect::Close => self.line = None,
            Effect::Present => self.present(),
            Effect::Ping => self.ping(),
            Effect::CatchingUp { was_away } => self.catching_up(was_away),
            Effect::Confirm(cursor) => return self.write(Some(cursor)).await,
            Effect::CaughtUp { .. } => return self.caught_up().await,
            Effect::OutageBegan => self.outage_began().await,
            Effect::OutageOver { replayed } => self.outage_over(replayed).await,
            Effect::LookForWork => return self.look_for_work().await,
            Effect::Send(id) => self.send(id).await,
            Effect::Rest(ids) => self.rest(ids).await,
            Effect::OfferAgain => self.offer_again().await,
            Effect::AskSignIn => self.forget_tokens(),
        }
        None
    }

    fn renew(&mut self) {
        let Some(seat) = &self.seat else { return };
        let Some(tokens) = seat.tokens.clone() else {
            return;
        };
        let (http, server) = (self.shared.http.clone(), seat.desk.server.clone());
        let (place, bring, sitting) = (seat.place.clone(), self.bring.clone(), self.sitting);
        self.tasks.finishing("renewal", async move {
            let result = renew(&http, &server, &place, &tokens).await;
            drop(bring.send(News::Renewed(sitting, result)).await);
        });
    }

    fn copy(&mut self) {
        let Some(seat) = &self.seat else { return };
        let Some(tokens) = seat.tokens.clone() else {
            return;
        };
        let (http, desk) = (self.shared.http.clone(), Arc::clone(&seat.desk));
        let (bring, sitting) = (self.bring.clone(), self.sitting);
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        self.tasks.passing("first copy", async move {
            let result = first_copy(&http, &tokens.access, &desk, at).await;
            drop(bring.send(News::Copied(sitting, result)).await);
        });
    }

    fn open_line(&mut self, resume: Option<Cursor>) {
        let Some(seat) = &self.seat else { return };
        let connect = Connect {
            token: seat
                .tokens
                .as_ref()
                .map(|tokens| tokens.access.expose().to_owned()),
            profile: None,
            resume: resume.map(Resume::Cursor),
            station: Some(self.shared.station().code),
        };
        self.pings.clear();
        self.watch = super::proving::Watch::default();
        self.line = Some(Line::open(&self.tasks, &seat.desk.server, connect));
    }

    /// Gives the fresh token to the open line, so that it need not be opened anew.
    fn present(&self) {
        let token = self.seat.as_ref().and_then(|seat| seat.tokens.as_ref());
        if let (Some(line), Some(tokens)) = (&self.line, token) {
            line.say("authenticate", json!({ "token": tokens.access.expose() }));
        }
    }

    fn ping(&mut self) {
        let now = self.now();
        self.pings.push_back((now.wall.0, now.mono));
        if PINGS < self.pings.len() {
            self.pings.pop_front();
        }
        if let Some(line) = &self.line {
            line.say("ping", json!({ "t0": now.wall.0 }));
        }
    }

    fn catching_up(&mut self, was_away: bool) {
        self.is_late = was_away;
        if was_away {
            self.notices.begin_catch_up();
        }
        if self.session.serves_original() {
            let missed = self.as_of.map(|_before| original::MISSED.to_owned());
            self.warn("missed", missed);
            self.introduce();
        }
    }

    /// The original wants to be told who we are, and believes it.
    fn introduce(&self) {
        let Some(seat) = &self.seat else { return };
        let account = seat.desk.card().account;
        let token = seat
            .tokens
            .as_ref()
            .map(|tokens| tokens.access.expose().to_owned());
        let me = json!({
            "userId": account.user,
            "institutionId": account.institution,
            "role": account.roles.first(),
            "token": token,
        });
        if let Some(line) = &self.line {
            line.say("authenticate", me);
        }
    }

    async fn caught_up(&mut self) -> Option<Input> {
        let next = self.write(None).await;
        self.is_late = false;
        if let Some(notice) = self.notices.end_catch_up() {
            self.notify(notice);
        }
        self.complete_until_now();
        self.write_card().await;
        if let (Some(desk), Some(at)) = (self.desk(), self.as_of) {
            desk.forget_old(at).await;
        }
        self.fill_history();
        self.carry_files().await;
        let again = self.ask_again().await;
        next.or(again)
    }

    async fn look_for_work(&mut self) -> Option<Input> {
        let desk = self.desk()?;
        Some(Input::Work(desk.sendable().await))
    }

    async fn send(&mut self, id: CommandId) {
        let (Some(desk), Some(line)) = (self.desk(), &self.line) else {
            return;
        };
        let Some(request) = desk.begin_sending(id).await else {
            return;
        };
        let Some(answer) = line.ask("command", request) else {
            return;
        };
        let (bring, sitting) = (self.bring.clone(), self.sitting);
        self.tasks.passing("command", async move {
            // The session gives it up earlier; an answer that comes late is taken all the same.
            let answer = answer
                .within(LATEST)
                .await
                .map_or(Answer::None, read_answer);
            drop(bring.send(News::Answered(sitting, id, answer)).await);
        });
        self.board.change([Topic::Outbox]);
    }

    async fn rest(&mut self, ids: Vec<CommandId>) {
        let Some(desk) = self.desk() else { return };
        desk.rest(ids).await;
        self.board.change([Topic::Outbox]);
    }

    async fn offer_again(&mut self) {
        let Some(desk) = self.desk() else { return };
        let n = desk.offer_again().await;
        let sentence = format!(
            "The server was restored from a backup or set up anew. This station has taken a new \
             copy; {n} of its own entries are offered to the server again."
        );
        self.warn("diverged", Some(sentence));
        self.board.change([Topic::Outbox]);
    }

    /// A token that the server has refused is of no use in the key store either.
    fn forget_tokens(&mut self) {
        self.board.touch();
        let Some(seat) = &mut self.seat else { return };
        seat.tokens = None;
        let place = seat.place.clone();
        self.tasks.finishing("forgetting", async move {
            if let Err(error) = place.clear().await {
                tracing::warn!(%error, "the key store did not forget the sign-in");
            }
        });
    }

    /// The open profile.
    pub(super) fn desk(&self) -> Option<Arc<Desk>> {
        self.seat.as_ref().map(|seat| Arc::clone(&seat.desk))
    }
}

async fn first_copy(
    http: &Http,
    access: &Secret,
    desk: &Desk,
    at: Timestamp,
) -> Result<Copied, CopyTrouble> {
    let copy = http
        .snapshot(&desk.server, access)
        .await
        .map_err(CopyTrouble::Server)?;
    let (cursor, actor) = (copy.cursor, copy.actor.clone());
    desk.replace(copy, at).await.map_err(CopyTrouble::Disk)?;
    Ok(Copied { cursor, actor })
}

/// An outcome, or `{later: ms}`; anything else is asked again later.
fn read_answer(answer: Vec<serde_json::Value>) -> Answer {
    let answer = answer.into_iter().next().unwrap_or_default();
    if let Some(ms) = answer.get("later").and_then(serde_json::Value::as_i64) {
        return Answer::Later(ms);
    }
    match serde_json::from_value(answer) {
        Ok(outcome) => Answer::Outcome(Box::new(outcome)),
        Err(error) => {
            tracing::warn!(%error, "the answer to a command is not readable");
            Answer::Later(UNREADABLE_MS)
        }
    }
}
