//! The link to the server, as a machine without I/O: feed it an [`Input`], carry out the
//! [`Effect`]s it returns, in order, and come back at [`Session::due`].
//!
//! ```text
//!            ┌────────── lost, silent, closing ◀──────────────┐
//!            ▼                                                │
//! Out ─▶ Renewing ─▶ Copying ─▶ Opening ─▶ Catching ─▶ Live ──┘
//!   ▲       │ refused             │ turned away: renew once
//!   └── Refused ◀─────────────────┘
//! ```
//!
//! It never awaits, reads no clock and rolls no dice: all three come in with each input.

mod inputs;
mod listening;
mod opening;
mod sending;
mod waits;

use elms_protocol::{Seq, frame::Cursor, host::LinkState};

pub use inputs::{At, Begin, CopyNews, Effect, Input, Job, Refusal, TokenNews, Why};

use self::{sending::Flights, waits::Waits};
use crate::clock::Mono;

/// A link that is lost for less than this is not called offline yet.
pub const BLIP_MS: i64 = 5_000;
/// How often the server is asked for its clock and count.
const PING_MS: i64 = 5_000;
/// A server that was not heard for so long is gone, whatever the operating system believes.
const SILENCE_MS: i64 = 12_000;
/// How long opening the socket and proving who we are may take.
const OPENING_MS: i64 = 15_000;
/// First copies are taken at most this often.
const COPY_EVERY_MS: i64 = 60_000;
/// And this often where the person may see something else than before.
const SCOPE_EVERY_MS: i64 = 2_000;
/// How long to wait after a renewal that failed while the link is up.
const RENEW_AGAIN_MS: i64 = 10_000;

/// Where the link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nobody is signed in.
    Out,
    /// Waits; the next attempt is due then.
    Down { retry_at: Mono },
    /// Waits for fresh tokens before it opens.
    Renewing,
    /// Waits for the first copy before it opens.
    Copying,
    /// The socket is being opened.
    Opening { since: Mono },
    /// Reading what was missed.
    Catching,
    /// Events come as they happen.
    Live,
    /// The server does not accept the sign-in any more.
    Refused,
}

/// What is known about the tokens; the session never sees one.
#[derive(Debug, Clone, Copy, Default)]
struct Passes {
    /// What the one for the socket is worth.
    worth: Worth,
    /// When they should be renewed.
    renew_at: Option<Mono>,
    /// Whether a renewal is under way; there is never a second one.
    renewing: bool,
}

/// What a token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Worth {
    /// There is none, or the server did not take it.
    #[default]
    Nothing,
    /// It was good when the link was last live, or it is from a sign-in.
    Good,
    /// It was renewed since the link was last live: renewing it again would be hammering.
    Fresh,
}

/// Which language the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speech {
    /// Ours.
    Ours,
    /// The original's: no resume, no commands.
    Original,
}

/// What was heard on the connection that is open now.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Different events received on it.
    counted: i64,
    /// The last of them.
    last: Seq,
    /// When anything was last heard.
    heard: Mono,
    /// When to ask next.
    ping_at: Mono,
    /// The end of the server's log as last heard.
    high_water: Seq,
}

impl Line {
    /// Nothing was heard yet on a line that continues after `last`.
    fn new(last: Seq, now: Mono) -> Self {
        let ping_at = now.plus(PING_MS);
        Self {
            counted: 0,
            last,
            heard: now,
            ping_at,
            high_water: last,
        }
    }
}

/// The session of a station.
#[derive(Debug)]
pub struct Session {
    stage: Stage,
    waits: Waits,
    attempt: u32,
    /// Since when the copy is not complete and live.
    down_since: Option<Mono>,
    /// When the server last let us in.
    up_since: Option<Mono>,
    /// Whether this stretch without a link is long enough to be called an outage.
    is_outage: bool,
    /// Whether this run was live before.
    was_live: bool,
    reason: Option<String>,
    passes: Passes,
    cursor: Option<Cursor>,
    speech: Speech,
    line: Line,
    copied_at: Option<Mono>,
    why_copy: Why,
    flights: Flights,
    nudged_at: Option<Mono>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            stage: Stage::Out,
            waits: Waits::default(),
            attempt: 0,
            down_since: None,
            up_since: None,
            is_outage: false,
            was_live: false,
            reason: None,
            passes: Passes::default(),
            cursor: None,
            speech: Speech::Ours,
            line: Line::new(Seq::ZERO, Mono::default()),
            copied_at: None,
            why_copy: Why::First,
            flights: Flights::default(),
            nudged_at: None,
        }
    }
}

impl Session {
    /// Takes in what happened, and says what to do about it.
    pub fn handle(&mut self, input: Input, at: At) -> Vec<Effect> {
        match input {
            Input::Begin(begin) => self.begin(begin, at),
            Input::End => self.end(),
            Input::Time => self.time(at),
            Input::Nudge => self.nudge(at),
            Input::Tokens(news) => self.tokens(news, at),
            Input::Copy(news) => self.copy(news, at),
            Input::Admitted => self.admitted(at),
            Input::TurnedAway(refusal) => self.turned_away(refusal, at),
            Input::Lost { reason, floor_ms } => self.lost(reason, floor_ms, at),
            Input::Closing { reason, floor_ms } => self.closing(&reason, floor_ms, at),
            Input::IsOriginal => self.is_original(at),
            Input::Heard => self.heard(at),
            Input::Event(seq) => self.event(seq, at),
            Input::Resumed(resumed) => self.resumed(resumed, at),
            Input::Sync(sync) => self.sync(sync, at),
            Input::Pong { high_water, sync } => self.pong(high_water, sync, at),
            Input::Resync(reason) => self.resync(reason, at),
            Input::Unwritten { cursor, reason } => self.unwritten(cursor, reason, at),
            Input::Queued => self.look(at),
            Input::Work(jobs) => self.work(jobs, at),
            Input::Settled(id) => self.settled(id, at),
            Input::Postponed { id, ms } => self.postponed(id, ms, at),
        }
    }

    /// How the link stands, in the words of the screen.
    pub fn state(&self, now: Mono) -> LinkState {
        match self.stage {
            Stage::Out => LinkState::SignedOut,
            Stage::Refused => LinkState::AuthRequired,
            Stage::Live => LinkState::Live,
            Stage::Catching | Stage::Copying => LinkState::CatchingUp,
            Stage::Down { .. } | Stage::Renewing | Stage::Opening { .. } => {
                if self.is_blip(now) {
                    LinkState::Reconnecting
                } else {
                    LinkState::Offline
                }
            }
        }
    }

    fn is_blip(&self, now: Mono) -> bool {
        self.down_since
            .is_none_or(|since| now.since(since) < BLIP_MS)
    }

    /// Since when the link stands as it does: up since, or down since.
    pub fn since(&self) -> Option<Mono> {
        match self.stage {
            Stage::Live => self.up_since,
            Stage::Out
            | Stage::Down { .. }
            | Stage::Renewing
            | Stage::Copying
            | Stage::Opening { .. }
            | Stage::Catching
            | Stage::Refused => self.down_since,
        }
    }

    /// Milliseconds until the next attempt, while one is due.
    pub fn retry_in_ms(&self, now: Mono) -> Option<u64> {
        match self.stage {
            Stage::Down { retry_at } => u64::try_from(retry_at.since(now).max(0)).ok(),
            Stage::Out
            | Stage::Renewing
            | Stage::Copying
            | Stage::Opening { .. }
            | Stage::Catching
            | Stage::Live
            | Stage::Refused => None,
        }
    }

    /// Attempts since the link was last up.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Why it is down, in one sentence.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref().filter(|_| self.stage != Stage::Live)
    }

    /// Events still to come, as far as that is known.
    pub fn behind(&self) -> Option<i64> {
        let known = self.line.high_water.0.saturating_sub(self.line.last.0);
        (self.stage == Stage::Catching && 0 < known).then_some(known)
    }

    /// Whether events come as they happen.
    pub fn is_live(&self) -> bool {
        self.stage == Stage::Live
    }

    /// Whether the server is of the original kind: no resume, no commands.
    pub fn serves_original(&self) -> bool {
        self.speech == Speech::Original
    }

    /// When something is due; [`Input::Time`] is wanted then.
    pub fn due(&self) -> Option<Mono> {
        let stage = match self.stage {
            Stage::Down { retry_at } => Some(retry_at),
            Stage::Opening { since } => Some(since.plus(OPENING_MS)),
            Stage::Catching | Stage::Live => {
                let silent = self.line.heard.plus(SILENCE_MS);
                Some(silent.min(self.line.ping_at))
            }
            Stage::Out | Stage::Renewing | Stage::Copying | Stage::Refused => None,
        };
        let renewal = self
            .passes
            .renew_at
            .filter(|_| self.is_open() && !self.passes.renewing);
        let sending = self.flights.due().filter(|_| self.is_live());
        [stage, renewal, sending, self.outage_due()]
            .into_iter()
            .flatten()
            .min()
    }

    fn outage_due(&self) -> Option<Mono> {
        let since = self
            .down_since
            .filter(|_| !self.is_outage && self.stage != Stage::Out)?;
        Some(since.plus(BLIP_MS))
    }

    fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Catching | Stage::Live)
    }

    fn time(&mut self, at: At) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.outage_due().is_some_and(|due| due <= at.now) {
            self.is_outage = true;
            effects.push(Effect::OutageBegan);
        }
        effects.extend(match self.stage {
            Stage::Down { retry_at } if retry_at <= at.now => self.go(at),
            Stage::Opening { since } if since.plus(OPENING_MS) <= at.now => {
                self.drop_line("The server did not answer in time.", at)
            }
            Stage::Catching | Stage::Live => self.open_time(at),
            Stage::Down { .. }
            | Stage::Opening { .. }
            | Stage::Out
            | Stage::Renewing
            | Stage::Copying
            | Stage::Refused => Vec::new(),
        });
        effects
    }

    fn open_time(&mut self, at: At) -> Vec<Effect> {
        if self.line.heard.plus(SILENCE_MS) <= at.now {
            return self.drop_line("The server has not been heard for 12 s.", at);
        }
        let mut effects = Vec::new();
        if self.line.ping_at <= at.now {
            effects.push(self.ping(at));
        }
        if self.passes.renew_at.is_some_and(|due| due <= at.now) {
            effects.extend(self.renew());
        }
        effects.extend(self.sending_time(at));
        effects
    }
}

#[cfg(test)]
mod tests;
