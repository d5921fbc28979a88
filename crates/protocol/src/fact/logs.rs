//! What a log says about itself.

use serde::{Deserialize, Serialize};

use super::payloads;
use crate::{Key, Seq, proof::Digest};

/// What a log notes about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LogChange {
    /// A backup was restored: a new life of the log begins.
    Life,
    /// Another key signs from now on.
    Key,
    /// Bodies of events were erased.
    Erasure,
    /// A case or a sitting is under a legal hold: nothing of it may be erased.
    Hold,
    /// A legal hold has ended.
    Release,
}

payloads! {
    /// The end of a life of a log.
    LogEnd {
        origin: String,
        size: u64,
        root: Digest,
    }
    /// A key that follows another, with both signatures over the change, in Base64.
    KeyChange {
        old: String,
        new: String,
        by_old: String,
        by_new: String,
    }
    /// Something about the log itself: a backup was restored, the signing key was changed, bodies
    /// were erased, or may not be.
    LogNoted {
        change: LogChange,
        text: String,
        by: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<LogEnd>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keys: Option<KeyChange>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        erased: Vec<Seq>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        records: Vec<Key>,
    }
}

impl LogNoted {
    /// A note of a change by somebody, with nothing besides.
    pub fn of(change: LogChange, by: &str, text: &str) -> Self {
        Self {
            change,
            text: text.to_owned(),
            by: by.to_owned(),
            origin: None,
            before: None,
            keys: None,
            erased: Vec::new(),
            records: Vec::new(),
        }
    }
}
