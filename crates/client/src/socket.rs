//! The open connection to a server: Engine.IO 4 and Socket.IO 5 over one WebSocket.
//!
//! ```text
//! Speaker ── bounded queue ──▶ Keeper ── WebSocket ──▶ server
//! Listener ◀─ bounded queue ── (one task)
//! ```
//!
//! One task, the keeper, owns the WebSocket. It answers pings, matches acknowledgements, notices
//! silence, and ends with one [`Ended`], which everybody who holds an end of it gets to see. It
//! knows nothing of ELMS and never connects again by itself: that is for the session.
//!
//! While the listener's queue is full the WebSocket is not read, so TCP makes the server wait;
//! writing goes on meanwhile. The token travels in the CONNECT packet, never in an address.

mod dial;
mod ended;
mod inflight;
mod keeper;
mod listener;
mod pulse;
mod speaker;

use std::{fmt, time::Duration};

use serde_json::Value;

pub use ended::{AskError, DialError, Ended, SayError};
pub use listener::{Incoming, Listener};
pub use speaker::{Answer, Speaker};

use crate::{http::ServerUrl, tasks::Tasks};

/// The largest message that is taken from a server, in bytes.
pub const LARGEST_RECEIVED: usize = 4 << 20;
/// How long a server of ours may be silent: it answers the session's ping every five seconds.
pub const OWN_SILENCE: Duration = Duration::from_secs(12);
/// How long TCP, TLS, the upgrade and both hand-shakes may take together.
const OPENING: Duration = Duration::from_secs(10);

/// Whom to connect to, and as whom.
#[derive(Clone)]
pub struct Dial {
    /// The server.
    pub server: ServerUrl,
    /// The `auth` object of the CONNECT packet. It holds the token, so it is never shown.
    pub auth: Value,
    /// How long the server may be silent before the link counts as dead, when that is shorter
    /// than the server's own interval and timeout together. `None` for servers that need not say
    /// anything in between: then a half-open link is found only after those, 45 s for npm's.
    pub silence: Option<Duration>,
    /// How long everything may take until the server has let us in.
    pub limit: Duration,
}

impl Dial {
    /// To a server of ours: silent for 12 s at most, ten seconds to open.
    pub fn new(server: ServerUrl, auth: Value) -> Self {
        Self {
            server,
            auth,
            silence: Some(OWN_SILENCE),
            limit: OPENING,
        }
    }

    /// To any server: it may be silent as long as it says itself.
    #[must_use]
    pub fn with_silence_of_the_server(mut self) -> Self {
        self.silence = None;
        self
    }
}

impl fmt::Debug for Dial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dial")
            .field("server", &self.server.text())
            .field("silence", &self.silence)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// Connects, and waits until the server has let us in. The connection lives until the
/// [`Listener`] is dropped or something ends it; its task is one of `tasks`.
///
/// # Errors
/// [`DialError`] when there is no connection within `dial.limit`, what answers is no server of
/// this kind, or it does not let us in.
pub async fn open(dial: &Dial, tasks: &Tasks) -> Result<(Speaker, Listener), DialError> {
    let opened = tokio::time::timeout(dial.limit, dial::connected(dial)).await;
    let opened = opened.map_err(|_late| DialError::Late)??;
    let (keeper, speaker, listener) = keeper::Keeper::new(opened, dial.silence);
    tasks.finishing("socket", keeper.run());
    Ok((speaker, listener))
}

#[cfg(test)]
mod tests;
