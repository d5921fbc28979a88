//! Reading a log beside what others have kept of it: checkpoints of stations, receipts of
//! reporters, the words of the key on paper.

mod lives;
mod reading;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{Digest, Frontier, Key, Signed};
use crate::{CommandId, Seq, Timestamp};
use lives::Lives;
pub(super) use lives::change_of_key;

/// One event of a log, as it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its position.
    pub seq: Seq,
    /// When the server received it.
    pub at: Timestamp,
    /// The name of the event.
    pub event: String,
    /// The hash of its leaf, as stored.
    pub leaf: Digest,
    /// The salt, in hexadecimal digits; none when the body was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The body, byte for byte; none when it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The commitment to the body, where it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Digest>,
}

/// What a reporter keeps of a command: where its events are, and the hashes of their leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The command.
    pub command_id: CommandId,
    /// Its first event.
    pub first_seq: Seq,
    /// The leaves of its events, in their order.
    pub leaves: Vec<Digest>,
}

/// A checkpoint that somebody else has kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// By whom, in words.
    pub by: String,
    /// What they kept.
    pub note: Signed,
}

/// Which rule a tampered log breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Positions follow each other without holes.
    Order,
    /// The body is what the leaf commits to, and says the same as its head.
    Content,
    /// The tree has the roots that the log's own checkpoints name.
    Root,
    /// Every checkpoint is signed with the log's key.
    Signature,
    /// The log reaches as far as it once did.
    Cut,
    /// The log begins as it did when others saw it.
    Rewritten,
    /// The log has what a reporter was told that it has.
    Receipt,
    /// A new key is signed by the old one.
    Key,
    /// A new life of the log says where the old one ended.
    Life,
    /// What was erased is named by an entry that says so.
    Erasure,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Order => "order",
            Self::Content => "content",
            Self::Root => "root",
            Self::Signature => "signature",
            Self::Cut => "cut",
            Self::Rewritten => "rewritten",
            Self::Receipt => "receipt",
            Self::Key => "key",
            Self::Life => "life",
            Self::Erasure => "erasure",
        };
        f.write_str(name)
    }
}

/// The log was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {rule}: {text}")]
pub struct Fault {
    /// The first event that is not what it was, as narrowly as that can be said.
    pub seq: Seq,
    /// The rule.
    pub rule: Rule,
    /// What was found, in one sentence.
    pub text: String,
}

/// What came of an audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was changed.
    Sound {
        /// Events.
        size: u64,
        /// The root of their tree.
        root: Digest,
        /// The words of the first key.
        key: String,
        /// Events whose words were erased, as the log itself says.
        erased: Vec<Seq>,
    },
    /// Something was.
    Tampered(Fault),
    /// It cannot be told; why, in sentences.
    Unclear(Vec<String>),
}

/// A reading of one log, event by event.
#[derive(Debug)]
pub struct Audit {
    tree: Frontier,
    lives: Lives,
    pin: Option<String>,
    held: BTreeMap<u64, Vec<Held>>,
    receipts: BTreeMap<Seq, (Digest, CommandId)>,
    /// Sizes at which the log's own and others' checkpoints last agreed.
    agreed: u64,
    agreed_with_others: u64,
    erased: BTreeMap<Seq, bool>,
    doubts: Vec<String>,
    last: Option<Signed>,
}

impl Audit {
    /// Begins to read the log whose first life has this origin and whose first key is this.
    pub fn new(origin: &str, key: Key) -> Self {
        Self {
            tree: Frontier::default(),
            lives: Lives::new(origin, key),
            pin: None,
            held: BTreeMap::new(),
            receipts: BTreeMap::new(),
            agreed: 0,
            agreed_with_others: 0,
            erased: BTreeMap::new(),
            doubts: Vec::new(),
            last: None,
        }
    }

    /// The log must be signed with the key of these words.
    pub fn pin(&mut self, words: &str) {
        self.pin = Some(words.trim().to_lowercase());
    }

    /// Puts what somebody kept beside it.
    pub fn hold(&mut self, held: Held) {
        let size = held.note.checkpoint.size;
        self.held.entry(size).or_default().push(held);
    }

    /// Puts a receipt beside it.
    pub fn expect(&mut self, receipt: &Receipt) {
        for (leaf, seq) in receipt.leaves.iter().zip(receipt.first_seq.0..) {
            self.receipts.insert(Seq(seq), (*leaf, receipt.command_id));
        }
    }

    /// The events read so far, and their root.
    pub fn state(&self) -> (u64, Digest) {
        (self.tree.size(), self.tree.root())
    }
}

fn fault(seq: u64, rule: Rule, text: impl Into<String>) -> Fault {
    Fault {
        seq: Seq(i64::try_from(seq).unwrap_or(i64::MAX)),
        rule,
        text: text.into(),
    }
}
