//! The messages beside the events: hand-shake, resume, completeness, clock.
//!
//! Event names on the socket: `authenticate`/`authenticated`, `subscribe`/`subscribed`,
//! `unsubscribe`/`unsubscribed`, `ping`/`pong` as in the guide; `resumed`, `sync`, `resync`,
//! `command`, `closing` are ours.

use serde::{Deserialize, Serialize};

use crate::{
    Epoch, Record, Seq, Timestamp,
    proof::{Digest, Entry},
};

/// The `auth` object of the CONNECT packet.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Connect {
    /// The access token.
    pub token: Option<String>,
    /// Which spelling the client expects: `seed`, `backend` or `frontend`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Asks for everything after a cursor; without it only what happens from now on is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
    /// The station's code, for the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
}

impl std::fmt::Debug for Connect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connect")
            .field("token", &self.token.as_ref().map(|_| "…"))
            .field("profile", &self.profile)
            .field("resume", &self.resume)
            .field("station", &self.station)
            .finish()
    }
}

/// A place in a log. The parts belong together and are written together or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Cursor {
    /// The life of the log.
    pub epoch: Epoch,
    /// The last position that is held.
    pub seq: Seq,
    /// The first eight bytes of the leaf of the event at `seq`, in hexadecimal; tells a
    /// restored backup with other content from the log that the cursor was taken from. Zero for
    /// the beginning of the log.
    pub tag: ChainTag,
}

/// Eight bytes of a leaf of the log's tree, as 16 hexadecimal digits on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(type = "string"))]
pub struct ChainTag(pub u64);

impl Serialize for ChainTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:016x}", self.0))
    }
}

impl<'de> Deserialize<'de> for ChainTag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parsed = u64::from_str_radix(&text, 16);
        parsed.map(Self).map_err(serde::de::Error::custom)
    }
}

/// What a client wants to continue from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Resume {
    /// A cursor that the server gave.
    Cursor(Cursor),
    /// A bare position, for simple clients.
    After {
        /// Everything after this one is wanted.
        after: Seq,
    },
}

/// `resumed`: everything missed has been sent, in order; live events follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resumed {
    /// After this position the replay began.
    pub from: Seq,
    /// Up to this position the replay is complete.
    pub to: Seq,
    /// Events sent in between.
    pub count: i64,
    /// The end of the log then.
    pub high_water: Seq,
    /// Where the client now stands.
    pub cursor: Cursor,
}

/// `sync`: everything that this client may see up to the cursor has been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sync {
    /// Complete up to here.
    pub cursor: Cursor,
    /// Events sent on this connection so far, replay included.
    pub count: i64,
}

/// Why a client must start again from a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ResyncReason {
    /// What the person may see has changed.
    Scope,
    /// The log no longer reaches back that far.
    Trimmed,
    /// The log is another one: restored from a backup or made anew.
    Diverged,
}

/// `resync`: the cursor is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resync {
    /// Why.
    pub reason: ResyncReason,
}

/// `pong` to a `ping` that carried `t0`: the four instants of a clock measurement and the end of
/// the log.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pong {
    /// As in the guide.
    pub timestamp: Timestamp,
    /// The client's clock when it asked, in milliseconds, as it sent it.
    pub t0: i64,
    /// The server's clock at receipt, in milliseconds.
    pub t1: i64,
    /// The server's clock at sending, in milliseconds.
    pub t2: i64,
    /// How fast the server's clock runs: 1 except while a demo day is played faster.
    pub rate: f64,
    /// The end of the log.
    pub high_water: Seq,
    /// Everything visible up to here has been sent; `count` as in [`Sync`].
    pub sync: Option<Sync>,
}

/// `checkpoint`: where the log ended at the last commit, signed. Said to stations whenever it is
/// news to them; they keep it, so that no history can be written anew behind their backs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointSaid {
    /// A C2SP signed note with a checkpoint.
    pub note: String,
    /// The key that has signed it.
    pub key: String,
}

/// `prove`: asks for proofs against the newest checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prove {
    /// That the log begins as it did when it had so many events.
    pub from: u64,
    /// That these events are in it.
    pub seqs: Vec<Seq>,
}

/// The answer to `prove`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The newest checkpoint.
    pub note: String,
    /// The key that has signed it.
    pub key: String,
    /// From the asked size to this checkpoint.
    pub path: Vec<Digest>,
    /// Everything that the log says about itself.
    pub noted: Vec<ProvedEntry>,
    /// The events that were asked for, as far as the person may see them.
    pub entries: Vec<ProvedEntry>,
}

/// An event, and the proof that the log of a checkpoint has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedEntry {
    /// The event.
    pub entry: Entry,
    /// From its leaf to the root.
    pub path: Vec<Digest>,
}

/// The answer of `GET /api/sync/snapshot`: the records as they are, and where the log stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// The position that the records include.
    pub cursor: Cursor,
    /// What the person may see.
    pub records: Vec<Record>,
    /// The actor that the token names, so that the station can decide like the server.
    pub actor: crate::Actor,
}
