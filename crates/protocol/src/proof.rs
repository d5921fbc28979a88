//! The provable record: what lets somebody who trusts neither the server nor its operator see that
//! nothing in a log was changed.
//!
//! Every event is a leaf of its institution's Merkle tree (RFC 6962). The root of the tree is
//! signed at every commit as a C2SP checkpoint; stations keep checkpoints, reporters keep receipts,
//! and an [`Audit`] reads a log beside them. Nothing here does I/O.
//! A release ([`update`]) is signed with the same pens.

mod audit;
mod book;
mod leaf;
mod note;
mod tree;
pub mod update;
mod words;

pub use audit::{Audit, Entry, Fault, Held, Receipt, Rule, Verdict};
pub use book::{Book, Checked, Heard, Trouble};
pub use leaf::{Leaf, SALT, commitment, salt_from_hex, salt_to_hex};
pub use note::{Checkpoint, Key, NoteError, Pen, Signed, key_change, origin};
pub use tree::{
    Digest, Frontier, ParseDigestError, TILE, TILE_LEVEL, consistency, extends, includes,
    inclusion, leaf_of,
};
pub use words::words_of;
