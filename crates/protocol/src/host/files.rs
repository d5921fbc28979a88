//! Files of evidence: how far each has come, and the arguments of their calls.

use serde::{Deserialize, Serialize};

use super::views;
use crate::{Evidence, EvidenceId, IncidentRef};

/// How far a file of evidence has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It waits on the station where it was attached.
    Waiting,
    /// Parts of it are at the server.
    Sending,
    /// The server has it, byte for byte.
    Kept,
    /// The server does not take it.
    Refused,
}

views! {
    /// A file of evidence as shown.
    FileView {
        /// The file.
        #[serde(flatten)]
        file: Evidence,
        /// How far it has come.
        state: FileState,
        /// Bytes that the server has, as far as this station knows.
        sent: i64,
        /// Whether it lies on this station.
        here: bool,
        /// What stands in its way, in one sentence.
        reason: Option<String>,
    }
    /// The copy of a picture that is shown: small, and without what the camera wrote into it.
    ShownFile {
        /// Its media type.
        mime: String,
        /// Its bytes.
        base64: String,
    }
    /// Arguments of `evidence_attach`.
    AttachFile {
        /// The incident.
        incident: IncidentRef,
        /// What the file is called where it comes from.
        name: String,
        /// Its bytes.
        base64: String,
        /// What it shows.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        note: Option<String>,
    }
    /// Arguments of `draft_file_add`: a file for what is still being written.
    AddDraftFile {
        /// The form that it was chosen in.
        kind: String,
        /// What the file is called where it comes from.
        name: String,
        /// Its bytes.
        base64: String,
    }
    /// A file that was chosen in a form and is kept with its draft.
    DraftFile {
        /// It is called this as evidence, too.
        id: EvidenceId,
        /// What it is called where it came from.
        name: String,
        /// Its bytes.
        size: i64,
    }
    /// Arguments of `draft_file_drop`.
    OfDraftFile {
        /// The file.
        id: EvidenceId,
    }
    /// Arguments of `evidence_shown` and `evidence_open`.
    OfFile {
        /// The incident.
        incident: IncidentRef,
        /// The file.
        evidence: EvidenceId,
    }
}
