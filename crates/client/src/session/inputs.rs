//! What can happen to a session, and what it can ask for.

use elms_protocol::{
    CommandId, Seq,
    frame::{Cursor, Resumed, ResyncReason, Sync},
};

use crate::clock::Mono;

/// When an input came, and a throw of the dice.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The monotonic clock.
    pub now: Mono,
    /// Any number; spreads the stations of one hall.
    pub dice: u64,
}

/// Somebody works here now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begin {
    /// When the access token wants to be renewed; none when there is only a refresh token.
    pub renew_at: Option<Mono>,
    /// Whether there is any token: without one the work is local.
    pub has_tokens: bool,
    /// The place in the log that the cache has confirmed.
    pub cursor: Option<Cursor>,
    /// Whether the server is known to be of the original kind.
    pub original: bool,
}

/// What became of a renewal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenNews {
    /// Fresh ones are there.
    Came {
        /// When they want to be renewed.
        renew_at: Mono,
    },
    /// The server does not accept the sign-in any more.
    Refused(String),
    /// It could not be asked.
    Failed {
        /// Why, in one sentence.
        reason: String,
        /// Not before.
        floor_ms: i64,
    },
}

/// What became of a first copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyNews {
    /// It is in the cache.
    Came(Cursor),
    /// The token was not accepted for it.
    TurnedAway,
    /// The server gives none: it is of the original kind.
    Unknown,
    /// It could not be had.
    Failed {
        /// Why, in one sentence.
        reason: String,
        /// Not before.
        floor_ms: i64,
    },
}

/// Why a server does not let us in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The token is too old; a fresh one will do.
    Expired,
    /// The token is not good.
    Invalid,
    /// Not now.
    Later {
        /// Not before.
        floor_ms: i64,
    },
    /// Something else, in words.
    Other(String),
}

/// Why a copy is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is none yet.
    First,
    /// The old one is of no use.
    Resync(ResyncReason),
}

/// A command that may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The command.
    pub id: CommandId,
    /// The record it is about: one command for each at a time.
    pub about: String,
}

/// What happened to the session.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Somebody works here now.
    Begin(Begin),
    /// Nobody does any more.
    End,
    /// Something is due.
    Time,
    /// *Try now*, or the network is back, or the computer woke up.
    Nudge,
    /// A renewal ended.
    Tokens(TokenNews),
    /// A copy ended.
    Copy(CopyNews),
    /// The server let us in.
    Admitted,
    /// The server did not let us in.
    TurnedAway(Refusal),
    /// The connection is gone, or could not be made.
    Lost {
        /// Why, in one sentence.
        reason: String,
        /// Not before; 0 when the server said nothing.
        floor_ms: i64,
    },
    /// The server says that it will close the connection.
    Closing {
        /// The server's word for why.
        reason: String,
        /// Not before; 0 when the server said nothing.
        floor_ms: i64,
    },
    /// The server is of the original kind.
    IsOriginal,
    /// Anything was heard at all.
    Heard,
    /// An event came.
    Event(Seq),
    /// Everything missed was sent.
    Resumed(Resumed),
    /// Everything visible up to there was sent.
    Sync(Sync),
    /// The answer to a ping.
    Pong {
        /// The end of the log.
        high_water: Seq,
        /// Everything visible up to there was sent.
        sync: Option<Sync>,
    },
    /// The cursor is of no use.
    Resync(ResyncReason),
    /// The disk did not take what came: it must come again.
    Unwritten {
        /// The place in the log that the cache has confirmed.
        cursor: Option<Cursor>,
        /// Why, in one sentence.
        reason: String,
    },
    /// A command was put into the outbox.
    Queued,
    /// What may be sent; the answer to [`Effect::LookForWork`].
    Work(Vec<Job>),
    /// A command has its outcome.
    Settled(CommandId),
    /// A command has no outcome yet; the same again after so long.
    Postponed {
        /// The command.
        id: CommandId,
        /// Milliseconds.
        ms: i64,
    },
}

/// What the driver must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Renew the tokens, and tell with [`Input::Tokens`].
    Renew,
    /// Take a copy, put it into the cache, and tell with [`Input::Copy`].
    Copy(Why),
    /// Open the socket.
    Open {
        /// Ask for everything after it.
        resume: Option<Cursor>,
    },
    /// Close the socket, and hear no more of it.
    Close,
    /// Give the fresh token to the open socket.
    Present,
    /// Ask the server for its clock and count.
    Ping,
    /// What comes now is what was missed.
    CatchingUp {
        /// Whether it was missed long enough to be worth a summary.
        was_away: bool,
    },
    /// Write what was gathered to the cache, and that it is complete up to there.
    Confirm(Cursor),
    /// Write what was gathered; all of it is there.
    CaughtUp {
        /// Events that were missed.
        replayed: i64,
    },
    /// The link is gone for longer than a blip.
    OutageBegan,
    /// It is back and complete.
    OutageOver {
        /// Events that came afterwards.
        replayed: i64,
    },
    /// Look into the outbox, and tell with [`Input::Work`].
    LookForWork,
    /// Send this command, and tell with [`Input::Settled`] or [`Input::Postponed`].
    Send(CommandId),
    /// These were sent and have no answer: they wait again.
    Rest(Vec<CommandId>),
    /// Offer to the server again what it may have lost.
    OfferAgain,
    /// Ask the person to sign in.
    AskSignIn,
}
