//! What of an event is in its leaf: a head that stays readable, and a commitment to the body.
//!
//! The body is hidden behind a salt, so that it can be erased for good while its leaf, and with it
//! every proof about the log, stays as it was.

use sha2::{Digest as _, Sha256};

use super::{Digest, tree::leaf_of};
use crate::{Event, Seq, Timestamp, hex};

/// Bytes of a salt.
pub const SALT: usize = 16;

/// The head of an event, as its leaf has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// Its position.
    pub seq: Seq,
    /// When the server received it.
    pub at: Timestamp,
    /// The name of the event.
    pub event: &'a str,
    /// SHA-256 of salt and body.
    pub commitment: Digest,
}

impl<'a> Leaf<'a> {
    /// The head of an event with this commitment.
    pub fn of(event: &'a Event, commitment: Digest) -> Self {
        Self {
            seq: event.seq,
            at: event.timestamp,
            event: &event.event,
            commitment,
        }
    }

    /// The hash of the leaf.
    pub fn digest(&self) -> Digest {
        let Self {
            seq,
            at,
            event,
            commitment,
        } = self;
        leaf_of(format!("elms event 1\n{seq}\n{at}\n{event}\n{commitment}\n").as_bytes())
    }
}

/// The commitment to a body: without the salt nobody can try out what it may have been.
pub fn commitment(salt: &[u8; SALT], body: &str) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(body.as_bytes());
    Digest(hasher.finalize().into())
}

/// A salt as 32 hexadecimal digits.
pub fn salt_to_hex(salt: &[u8; SALT]) -> String {
    hex::encode(salt)
}

/// A salt of its 32 hexadecimal digits.
pub fn salt_from_hex(text: &str) -> Option<[u8; SALT]> {
    hex::decode(text)?.try_into().ok()
}
