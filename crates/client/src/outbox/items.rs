//! Commands: to be kept, kept, to be sent, and as they stand.

use elms_protocol::{CommandId, CommandRequest, Key, Rejection, Seq, UserId, host::OutboxState};

/// A command to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The command.
    pub request: &'a CommandRequest,
    /// Who asks.
    pub author: UserId,
    /// The record whose order it keeps; see [`subject_of`].
    pub about: &'a Key,
    /// The code of this station, for the numbers it gives out.
    pub station: &'a str,
}

/// A command that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the order of this station, from 1 without gaps.
    pub station_seq: i64,
    /// The number that a report was given, like `GH-A/017`.
    pub local_number: Option<String>,
}

/// A command that may be sent now.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// Its id, the same at every attempt.
    pub id: CommandId,
    /// The record whose order it keeps, as text.
    pub about: String,
    /// What to send.
    pub request: CommandRequest,
}

/// A command in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its place in the order of this station.
    pub station_seq: i64,
    /// Who asks.
    pub author: UserId,
    /// The record whose order it keeps, as text.
    pub about: String,
    /// What is asked.
    pub request: CommandRequest,
    /// Where it stands.
    pub state: OutboxState,
    /// Times it was sent.
    pub tries: u32,
    /// Why it was refused.
    pub rejection: Option<Rejection>,
    /// Its first event, once it is done.
    pub first_seq: Option<Seq>,
    /// The record that it waits for: the server does not know it yet.
    pub waits_for: Option<Key>,
}
