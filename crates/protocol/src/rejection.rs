//! Why a command was refused. A refusal is an answer, not an error.

use serde::{Deserialize, Serialize};

use crate::{Key, Timestamp, Trace};

/// The reason of a refusal; the user interface has words for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RejectionCode {
    /// The role or assignment does not allow it.
    Forbidden,
    /// There is no such record, or not for this person.
    NotFound,
    /// The record's state does not allow it; `allowed` lists what does.
    IllegalTransition,
    /// Something in the input is missing, too long or contradictory.
    Invalid,
    /// Two different people must do these two things.
    SeparationOfDuty,
    /// Counts differ and no case explains it.
    Discrepancy,
    /// The seal number is already on another batch.
    SealTaken,
    /// The record with this name exists already.
    AlreadyExists,
    /// The id was used before for another command.
    KeyReused,
}

impl RejectionCode {
    /// Every reason.
    pub const ALL: &[Self] = &[
        Self::Forbidden,
        Self::NotFound,
        Self::IllegalTransition,
        Self::Invalid,
        Self::SeparationOfDuty,
        Self::Discrepancy,
        Self::SealTaken,
        Self::AlreadyExists,
        Self::KeyReused,
    ];
}

/// What stands in the record instead of what was asked: the other side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Standing {
    /// What it says, in a few words: `71 scripts counted`.
    pub what: String,
    /// Who wrote it down; none is the system.
    pub by: Option<String>,
    /// When it happened, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub at: Option<Timestamp>,
    /// At which station.
    pub station: Option<String>,
}

impl Standing {
    /// What stands there, and who wrote it down as far as that is known.
    pub fn of(what: impl Into<String>, trace: Option<&Trace>) -> Self {
        Self {
            what: what.into(),
            by: trace.and_then(|trace| trace.by.clone()),
            at: trace.map(|trace| trace.at),
            station: trace.and_then(|trace| trace.station.clone()),
        }
    }
}

/// A refusal with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[error("{message}")]
pub struct Rejection {
    /// The reason.
    pub code: RejectionCode,
    /// The reason in one sentence.
    pub message: String,
    /// What would be allowed instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// The record that is not known, as the command names it, where a station may have made it
    /// that has not been heard since: it can still come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub missing: Option<Key>,
    /// What stands in the record instead, where somebody else was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Standing>"))]
    pub standing: Option<Box<Standing>>,
}

impl Rejection {
    /// A refusal with a sentence.
    pub fn new(code: RejectionCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            allowed: Vec::new(),
            missing: None,
            standing: None,
        }
    }

    /// The same refusal, naming what would be allowed.
    #[must_use]
    pub fn with_allowed(mut self, allowed: Vec<String>) -> Self {
        self.allowed = allowed;
        self
    }

    /// The same refusal, naming what stands in the record.
    #[must_use]
    pub fn against(mut self, standing: Standing) -> Self {
        self.standing = Some(Box::new(standing));
        self
    }

    /// There is no such `what` for this person.
    pub fn not_found(what: &str) -> Self {
        Self::new(RejectionCode::NotFound, format!("There is no such {what}."))
    }

    /// Something is wrong with the input.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(RejectionCode::Invalid, message)
    }

    /// `what` cannot become `to` from `from`.
    pub fn illegal(what: &str, from: &str, to: &str, allowed: Vec<String>) -> Self {
        Self {
            code: RejectionCode::IllegalTransition,
            message: format!("This {what} is {from}, so it cannot become {to}."),
            allowed,
            missing: None,
            standing: None,
        }
    }

    /// There is no such `what` yet, or not for this person: it may lie in another station.
    pub fn unknown(what: &str, missing: Key) -> Self {
        Self {
            missing: Some(missing),
            ..Self::not_found(what)
        }
    }
}
