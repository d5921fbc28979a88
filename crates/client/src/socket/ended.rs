//! What can go wrong on the line, sorted by what the caller can do about it.

use std::{io, time::Duration};

use serde_json::Value;
use tokio_tungstenite::tungstenite::{
    self, Error,
    error::{CapacityError, ProtocolError},
    protocol::{CloseFrame, frame::coding::CloseCode},
};

use crate::pinned;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DialError {
    /// No computer answers at the address, or the line broke on the way. Try again later.
    #[error("the server cannot be reached")]
    Unreachable(#[source] io::Error),
    /// The other side cannot prove that it is the server. Trying again does not help.
    #[error("the line to the server is not secure")]
    Tls(#[source] Box<Error>),
    /// Another server answers than the one whose key the address names. Trying again does not
    /// help.
    #[error("another server answers")]
    OtherServer,
    /// The address is one of another computer, and not encrypted.
    #[error("the address is not encrypted")]
    InTheClear,
    /// It took too long. Try again later.
    #[error("the server does not answer in time")]
    Late,
    /// The server, or what stands before it, asks us to come back.
    #[error("the server takes no connections now (status {status})")]
    Busy {
        /// The HTTP status.
        status: u16,
        /// Not before, when it said so.
        retry_after: Option<Duration>,
    },
    /// Something else answers: the sign-in page of a network, another program, a redirection.
    #[error("what answers at this address is not an ELMS server")]
    NotElms {
        /// The HTTP status, when it was HTTP at all.
        status: Option<u16>,
    },
    /// The server does not let us in.
    #[error("the server does not let this station in: {message}")]
    Refused {
        /// Why, in words, as the server wrote it.
        message: String,
        /// `data.code`: why, for programs.
        code: Option<String>,
        /// Everything else that the server said about it.
        data: Option<Value>,
    },
    /// The `auth` object is larger than the server takes.
    #[error("the hand-shake cannot be said")]
    Say(#[from] SayError),
    /// The connection ended before the server let us in.
    #[error("the connection ended at once: {0}")]
    Ended(#[from] Ended),
}

impl DialError {
    /// What a failed upgrade means.
    pub(super) fn of_upgrade(error: Error) -> Self {
        if pinned::is_other_server(&error) {
            return Self::OtherServer;
        }
        match error {
            Error::Http(response) => of_status(&response),
            Error::Io(error) if is_about_tls(&error) => Self::Tls(Box::new(Error::Io(error))),
            Error::Io(error) => Self::Unreachable(error),
            Error::Protocol(ProtocolError::HandshakeIncomplete) => Self::Ended(Ended::LinkLost),
            Error::Tls(_) => Self::Tls(Box::new(error)),
            Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Capacity(_)
            | Error::Protocol(_)
            | Error::WriteBufferFull(_)
            | Error::Utf8(_)
            | Error::AttackAttempt
            | Error::Url(_)
            | Error::HttpFormat(_) => Self::NotElms { status: None },
        }
    }
}

/// A certificate that does not hold, or no root certificates on this computer to hold it to.
fn is_about_tls(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::NotFound
    )
}

fn of_status(response: &tungstenite::http::Response<Option<Vec<u8>>>) -> DialError {
    let status = response.status().as_u16();
    if status != 429 && status < 500 {
        return DialError::NotElms {
            status: Some(status),
        };
    }
    let wait = response
        .headers()
        .get("retry-after")
        .and_then(|wait| wait.to_str().ok());
    let seconds = wait.and_then(|wait| wait.trim().parse().ok());
    DialError::Busy {
        status,
        retry_after: seconds.map(Duration::from_secs),
    }
}

/// Why a connection is over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Ended {
    /// The line broke, or the partner vanished without a word.
    #[error("the line broke")]
    LinkLost,
    /// The server closed the connection properly.
    #[error("the server closed the connection")]
    ServerClosed {
        /// The code of the WebSocket's close, when there was one.
        code: Option<u16>,
        /// The reason that came with it; often empty.
        reason: String,
    },
    /// The server put us out of the namespace: it wants this one client gone.
    #[error("the server ended the session")]
    Disconnected,
    /// Nothing was heard for too long: the line is half-open or the server stands still.
    #[error("nothing was heard from the server")]
    Silent,
    /// One side sent more at once than the other takes.
    #[error("a message was too large")]
    TooLarge,
    /// The partner said something that is not of the protocol.
    #[error("the partner does not keep to the protocol")]
    Protocol,
    /// We hung up.
    #[error("hung up")]
    HungUp,
}

impl Ended {
    /// What an error of the WebSocket means.
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::Capacity(CapacityError::MessageTooLong { .. }) => Self::TooLarge,
            Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)
            | Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Io(_)
            | Error::Tls(_)
            | Error::WriteBufferFull(_) => Self::LinkLost,
            Error::Capacity(_)
            | Error::Protocol(_)
            | Error::Utf8(_)
            | Error::AttackAttempt
            | Error::Url(_)
            | Error::Http(_)
            | Error::HttpFormat(_) => Self::Protocol,
        }
    }

    /// What the partner's close means.
    pub(super) fn of_close(frame: Option<CloseFrame>) -> Self {
        let code = frame.as_ref().map(|frame| frame.code);
        if code == Some(CloseCode::Size) {
            return Self::TooLarge;
        }
        let reason = frame
            .map(|frame| frame.reason.to_string())
            .unwrap_or_default();
        Self::ServerClosed {
            code: code.map(u16::from),
            reason,
        }
    }
}

/// Why something was not sent. Nothing of it has left.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SayError {
    /// The server would close the connection over it.
    #[error("{bytes} bytes, but the server takes {max_bytes}")]
    TooLarge {
        /// Its size as a frame.
        bytes: usize,
        /// What the server takes.
        max_bytes: usize,
    },
    /// Servers drop a connection that uses one of the libraries' own names.
    #[error("the event name is reserved")]
    ReservedName,
    /// Too much waits to be sent, or too many questions are unanswered.
    #[error("too much is waiting to be sent")]
    Busy,
    /// The connection is over.
    #[error("the connection is over: {0}")]
    Ended(Ended),
}

/// Why a question has no answer. Except for [`AskError::Say`], it may have arrived.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// It was not sent.
    #[error("not asked: {0}")]
    Say(#[from] SayError),
    /// No answer came in time. The connection may be well.
    #[error("no answer in time")]
    Late,
    /// The connection ended first.
    #[error("the connection ended before the answer: {0}")]
    Ended(Ended),
}
