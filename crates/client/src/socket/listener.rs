//! The end of a connection that listens.

use std::{sync::Arc, time::Duration};

use elms_protocol::host::TlsView;
use serde_json::Value;
use tokio::sync::mpsc;

use super::{Ended, inflight::Inflight, pulse::Pulse};

/// Something that the server said.
#[derive(Clone, PartialEq)]
pub struct Incoming {
    /// Its name: a channel, or one of the protocol's own.
    pub name: String,
    /// What follows the name, often one object.
    pub args: Vec<Value>,
    /// Set when the server wants an answer; see [`Speaker::answer`](super::Speaker::answer).
    pub ack: Option<u64>,
}

/// Shows the name and never the contents: they are about people.
impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming")
            .field("name", &self.name)
            .field("args", &self.args.len())
            .field("ack", &self.ack)
            .finish()
    }
}

/// Hears what the server says, in its order. Dropping it hangs up.
#[derive(Debug)]
pub struct Listener {
    heard: mpsc::Receiver<Incoming>,
    inflight: Arc<Inflight>,
    pulse: Pulse,
    tls: Option<TlsView>,
}

impl Listener {
    pub(super) fn new(
        heard: mpsc::Receiver<Incoming>,
        inflight: Arc<Inflight>,
        pulse: Pulse,
        tls: Option<TlsView>,
    ) -> Self {
        Self {
            heard,
            inflight,
            pulse,
            tls,
        }
    }

    /// The next thing that the server says. Losing the race in a `select!` loses nothing.
    ///
    /// # Errors
    /// [`Ended`] once the connection is over and everything heard before was taken.
    pub async fn next(&mut self) -> Result<Incoming, Ended> {
        let heard = self.heard.recv().await;
        heard.ok_or_else(|| self.inflight.ended())
    }

    /// How what is heard is encrypted; none when it is not.
    pub fn tls(&self) -> Option<&TlsView> {
        self.tls.as_ref()
    }

    /// How long nothing was heard from the server, not even one byte.
    pub fn silent_for(&self) -> Duration {
        self.pulse.last().elapsed()
    }
}
