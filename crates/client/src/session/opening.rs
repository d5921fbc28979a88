//! The way up: tokens, first copy, socket; and the ways down again.

use elms_protocol::frame::ResyncReason;

use super::{
    At, Begin, COPY_EVERY_MS, CopyNews, Effect, Line, PING_MS, Passes, RENEW_AGAIN_MS, Refusal,
    SCOPE_EVERY_MS, Session, Speech, Stage, TokenNews, Waits, Why, Worth,
};

/// Nudges come in swarms; one in this time is enough.
const NUDGE_EVERY_MS: i64 = 2_000;
/// A connection that lived so long was a good one.
const GOOD_MS: i64 = 30_000;

impl Session {
    pub(super) fn begin(&mut self, begin: Begin, at: At) -> Vec<Effect> {
        let mut effects = self.end();
        self.passes.worth = if begin.renew_at.is_some() {
            Worth::Good
        } else {
            Worth::Nothing
        };
        self.passes.renew_at = begin.renew_at;
        self.cursor = begin.cursor;
        self.speech = if begin.original {
            Speech::Original
        } else {
            Speech::Ours
        };
        self.down_since = Some(at.now);
        if begin.has_tokens {
            effects.extend(self.go(at));
        } else {
            self.stage = Stage::Refused;
        }
        effects
    }

    pub(super) fn end(&mut self) -> Vec<Effect> {
        let was_up = self.line_exists();
        let rest = self.flights.drop_all();
        *self = Self::default();
        close_with(was_up, rest)
    }

    fn line_exists(&self) -> bool {
        matches!(
            self.stage,
            Stage::Opening { .. } | Stage::Catching | Stage::Live
        )
    }

    /// Takes the next step on the way up.
    pub(super) fn go(&mut self, at: At) -> Vec<Effect> {
        let outlived = self.passes.renew_at.is_none_or(|due| due <= at.now);
        if self.passes.worth == Worth::Nothing || outlived {
            self.stage = Stage::Renewing;
            return self.renew();
        }
        if self.cursor.is_none() && !self.serves_original() {
            self.stage = Stage::Copying;
            return vec![Effect::Copy(self.why_copy)];
        }
        self.stage = Stage::Opening { since: at.now };
        self.attempt = self.attempt.saturating_add(1);
        let resume = self.cursor.filter(|_| !self.serves_original());
        vec![Effect::Open { resume }]
    }

    /// Renews the tokens, unless that is under way already.
    pub(super) fn renew(&mut self) -> Vec<Effect> {
        if self.passes.renewing {
            return Vec::new();
        }
        self.passes.renewing = true;
        vec![Effect::Renew]
    }

    pub(super) fn tokens(&mut self, news: TokenNews, at: At) -> Vec<Effect> {
        self.passes.renewing = false;
        if self.stage == Stage::Out {
            return Vec::new();
        }
        match news {
            TokenNews::Came { renew_at } => self.tokens_came(renew_at, at),
            TokenNews::Refused(reason) => self.refuse(reason),
            TokenNews::Failed { reason, floor_ms } => {
                // An old token may still be good for a while: try again, but not at once.
                self.passes.renew_at = Some(at.now.plus(RENEW_AGAIN_MS.max(floor_ms)));
                if self.stage == Stage::Renewing {
                    self.passes.worth = Worth::Nothing;
                    self.wait(reason, floor_ms, at);
                }
                Vec::new()
            }
        }
    }

    fn tokens_came(&mut self, renew_at: crate::clock::Mono, at: At) -> Vec<Effect> {
        self.passes = Passes {
            worth: Worth::Fresh,
            renew_at: Some(renew_at),
            renewing: false,
        };
        if self.is_open() {
            return vec![Effect::Present];
        }
        if self.stage == Stage::Renewing {
            self.go(at)
        } else {
            Vec::new()
        }
    }

    /// Nothing but a password helps; the work goes on locally.
    fn refuse(&mut self, reason: String) -> Vec<Effect> {
        let was_up = self.line_exists();
        let rest = self.flights.drop_all();
        self.stage = Stage::Refused;
        self.reason = Some(reason);
        self.passes = Passes::default();
        let mut effects = close_with(was_up, rest);
        effects.push(Effect::AskSignIn);
        effects
    }

    pub(super) fn copy(&mut self, news: CopyNews, at: At) -> Vec<Effect> {
        if self.stage != Stage::Copying {
            return Vec::new();
        }
        match news {
            CopyNews::Came(cursor) => self.copy_came(cursor, at),
            CopyNews::TurnedAway => self.turned_away(Refusal::Invalid, at),
            CopyNews::Unknown => {
                self.speech = Speech::Original;
                self.go(at)
            }
            CopyNews::Failed { reason, floor_ms } => {
                self.wait(reason, floor_ms, at);
                Vec::new()
            }
        }
    }

    fn copy_came(&mut self, cursor: elms_protocol::frame::Cursor, at: At) -> Vec<Effect> {
        self.cursor = Some(cursor);
        self.copied_at = Some(at.now);
        let lost_content = self.why_copy == Why::Resync(ResyncReason::Diverged);
        self.why_copy = Why::First;
        let mut effects = Vec::new();
        if lost_content {
            effects.push(Effect::OfferAgain);
        }
        effects.extend(self.go(at));
        effects
    }

    pub(super) fn admitted(&mut self, at: At) -> Vec<Effect> {
        if !matches!(self.stage, Stage::Opening { .. }) {
            return Vec::new();
        }
        let last = self.cursor.map_or(self.line.last, |cursor| cursor.seq);
        self.stage = Stage::Catching;
        self.up_since = Some(at.now);
        self.line = Line::new(last, at.now);
        let just_copied = self
            .copied_at
            .is_some_and(|copied| at.now.since(copied) < PING_MS);
        let was_away = self.is_outage || (!self.was_live && !just_copied);
        vec![Effect::CatchingUp { was_away }, Effect::Ping]
    }

    pub(super) fn turned_away(&mut self, refusal: Refusal, at: At) -> Vec<Effect> {
        match refusal {
            Refusal::Expired | Refusal::Invalid if self.passes.worth == Worth::Fresh => {
                self.refuse("The server does not accept this sign-in any more.".to_owned())
            }
            Refusal::Expired | Refusal::Invalid => {
                let mut effects = self.hang_up();
                self.passes.worth = Worth::Nothing;
                self.stage = Stage::Renewing;
                effects.extend(self.renew());
                effects
            }
            Refusal::Later { floor_ms } => {
                self.lost("The server asks for patience.".to_owned(), floor_ms, at)
            }
            Refusal::Other(reason) => self.lost(reason, 0, at),
        }
    }

    pub(super) fn closing(&mut self, reason: &str, floor_ms: i64, at: At) -> Vec<Effect> {
        match reason {
            "expired" | "token_expired" | "TOKEN_EXPIRED" => self.turned_away(Refusal::Expired, at),
            "revoked" | "unauthenticated" | "signed_out" | "disabled" | "INVALID_TOKEN" => {
                self.turned_away(Refusal::Invalid, at)
            }
            other => self.lost(in_words(other), floor_ms, at),
        }
    }

    /// The connection is gone, or was not made: waits for the next attempt.
    pub(super) fn lost(&mut self, reason: String, floor_ms: i64, at: At) -> Vec<Effect> {
        if !self.line_exists() {
            return Vec::new();
        }
        let effects = self.hang_up();
        self.wait(reason, floor_ms, at);
        effects
    }

    /// Gives the connection up from this side.
    pub(super) fn drop_line(&mut self, reason: &str, at: At) -> Vec<Effect> {
        self.lost(reason.to_owned(), 0, at)
    }

    /// Closes the connection; what was sent on it waits again.
    pub(super) fn hang_up(&mut self) -> Vec<Effect> {
        let was_up = self.line_exists();
        let rest = self.flights.drop_all();
        close_with(was_up, rest)
    }

    fn wait(&mut self, reason: String, floor_ms: i64, at: At) {
        let lived = self.up_since.take().map_or(0, |up| at.now.since(up));
        if GOOD_MS <= lived {
            self.waits = Waits::default();
        }
        if self.is_open() {
            self.attempt = 0;
        }
        self.down_since.get_or_insert(at.now);
        let ms = self.waits.next_ms(at.dice, floor_ms);
        self.stage = Stage::Down {
            retry_at: at.now.plus(ms),
        };
        self.reason = Some(reason);
    }

    /// The first attempt after it need not wait; the server's own floor stays.
    pub(super) fn nudge(&mut self, at: At) -> Vec<Effect> {
        if self
            .nudged_at
            .is_some_and(|last| at.now.since(last) < NUDGE_EVERY_MS)
        {
            return Vec::new();
        }
        self.nudged_at = Some(at.now);
        match self.stage {
            Stage::Down { .. } => {
                self.waits = Waits::default();
                self.go(at)
            }
            // A quick question finds out whether the line survived.
            Stage::Catching | Stage::Live => vec![self.ping(at)],
            Stage::Out
            | Stage::Renewing
            | Stage::Copying
            | Stage::Opening { .. }
            | Stage::Refused => Vec::new(),
        }
    }

    pub(super) fn resync(&mut self, reason: ResyncReason, at: At) -> Vec<Effect> {
        let mut effects = self.hang_up();
        self.cursor = None;
        self.why_copy = Why::Resync(reason);
        self.down_since.get_or_insert(at.now);
        // Somebody who is offered one batch after the other sees more each time; only a server that
        // goes on finding the copy wrong is left alone for longer.
        let every_ms = match reason {
            ResyncReason::Scope => SCOPE_EVERY_MS,
            ResyncReason::Diverged | ResyncReason::Trimmed => COPY_EVERY_MS,
        };
        let next = self.copied_at.map(|last| last.plus(every_ms));
        match next.filter(|next| at.now < *next) {
            Some(next) => {
                let reason = "The server has asked again so soon for a new copy.";
                self.wait(reason.to_owned(), next.since(at.now), at);
            }
            None => effects.extend(self.go(at)),
        }
        effects
    }

    /// Stands for [`Input::IsOriginal`]: there is nothing to catch up with.
    pub(super) fn is_original(&mut self, at: At) -> Vec<Effect> {
        self.speech = Speech::Original;
        if self.stage == Stage::Catching {
            self.now_live(0, at)
        } else {
            Vec::new()
        }
    }
}

fn close_with(was_up: bool, rest: Vec<elms_protocol::CommandId>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if was_up {
        effects.push(Effect::Close);
    }
    if !rest.is_empty() {
        effects.push(Effect::Rest(rest));
    }
    effects
}

fn in_words(reason: &str) -> String {
    match reason {
        "stopping" | "draining" | "restart" | "shutdown" => "The server is being restarted.",
        "slow" | "slow_reader" | "stalled" => "This station read too slowly and starts again.",
        _ => return format!("The server has closed the connection: {reason}."),
    }
    .to_owned()
}
