//! The end of a connection that speaks.

use std::{sync::Arc, time::Duration};

use elms_protocol::wire::{RESERVED, SocketFrame, SocketPacket};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::{AskError, SayError, inflight::Inflight, keeper::socket_text};

/// How many frames may wait to be sent.
pub(super) const WAITING: usize = 1_024;

/// Says things to the server. Clones speak on the same connection, in the order of their calls.
#[derive(Debug, Clone)]
pub struct Speaker {
    say: mpsc::Sender<String>,
    inflight: Arc<Inflight>,
    max_payload: usize,
}

impl Speaker {
    pub(super) fn new(
        say: mpsc::Sender<String>,
        inflight: Arc<Inflight>,
        max_payload: usize,
    ) -> Self {
        Self {
            say,
            inflight,
            max_payload,
        }
    }

    /// The largest frame that the server takes, in bytes. Whoever stores things to be sent later
    /// checks against it when they are stored.
    pub fn max_payload(&self) -> usize {
        self.max_payload
    }

    /// How many questions are unanswered.
    pub fn unanswered(&self) -> usize {
        self.inflight.len()
    }

    /// Says something that needs no answer. It does not wait: `Ok` means that it is queued.
    ///
    /// # Errors
    /// [`SayError`]; then nothing of it was sent.
    pub fn emit(&self, name: &str, args: Vec<Value>) -> Result<(), SayError> {
        self.event(name, args, None)
    }

    /// Asks something; the answer is awaited elsewhere. Dropping it gives the question up.
    ///
    /// # Errors
    /// [`SayError`]; then nothing of it was sent.
    pub fn ask(&self, name: &str, args: Vec<Value>) -> Result<Answer, SayError> {
        let (id, answered) = self.inflight.ask()?;
        let inflight = Arc::clone(&self.inflight);
        let answer = Answer {
            id,
            answered,
            inflight,
        };
        self.event(name, args, Some(id))?;
        Ok(answer)
    }

    /// Asks something and waits for the answer, at most `limit`.
    ///
    /// # Errors
    /// [`AskError`]; only with [`AskError::Say`] is it sure that the server knows nothing of it.
    pub async fn call(
        &self,
        name: &str,
        args: Vec<Value>,
        limit: Duration,
    ) -> Result<Vec<Value>, AskError> {
        self.ask(name, args)?.within(limit).await
    }

    /// Answers an [`Incoming`](super::Incoming) that asked to be answered with `ack`.
    ///
    /// # Errors
    /// [`SayError`]; then nothing of it was sent.
    pub fn answer(&self, ack: u64, args: Vec<Value>) -> Result<(), SayError> {
        self.send(SocketPacket::Ack { id: ack, args })
    }

    fn event(&self, name: &str, args: Vec<Value>, ack: Option<u64>) -> Result<(), SayError> {
        if RESERVED.contains(&name) {
            return Err(SayError::ReservedName);
        }
        let name = name.to_owned();
        self.send(SocketPacket::Event { name, args, ack })
    }

    fn send(&self, packet: SocketPacket) -> Result<(), SayError> {
        let text = socket_text(&SocketFrame::main(packet));
        fits(&text, self.max_payload)?;
        self.say.try_send(text).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => SayError::Busy,
            mpsc::error::TrySendError::Closed(_) => SayError::Ended(self.inflight.ended()),
        })
    }
}

/// An answer that is under way.
#[derive(Debug)]
pub struct Answer {
    id: u64,
    answered: oneshot::Receiver<Vec<Value>>,
    inflight: Arc<Inflight>,
}

impl Answer {
    /// Waits for it, at most `limit`.
    ///
    /// # Errors
    /// [`AskError::Late`] or [`AskError::Ended`]; the server may have heard the question.
    pub async fn within(mut self, limit: Duration) -> Result<Vec<Value>, AskError> {
        let answered = tokio::time::timeout(limit, &mut self.answered).await;
        let answered = answered.map_err(|_late| AskError::Late)?;
        answered.map_err(|_gone| AskError::Ended(self.inflight.ended()))
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.inflight.forget(self.id);
    }
}

/// Checks a frame against what the server takes.
pub(super) fn fits(text: &str, max_bytes: usize) -> Result<(), SayError> {
    let bytes = text.len();
    if bytes > max_bytes {
        return Err(SayError::TooLarge { bytes, max_bytes });
    }
    Ok(())
}
