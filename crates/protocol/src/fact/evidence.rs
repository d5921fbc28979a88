//! Payloads about files of evidence.

use serde::{Deserialize, Serialize};

use super::payloads;
use crate::{BatchId, EvidenceId, FileKind, IncidentRef, Timestamp, UserId};

payloads! {
    /// A file was attached to an incident.
    EvidenceAttached {
        evidence_id: EvidenceId,
        client_ref: IncidentRef,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        batch_script_id: Option<BatchId>,
        sha256: String,
        size: i64,
        kind: FileKind,
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        attached_by: Option<UserId>,
        attached_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        captured_at: Timestamp,
        confidential: bool,
    }
    /// The server has a file that was attached, or somebody looks at it.
    EvidenceHandled {
        evidence_id: EvidenceId,
        client_ref: IncidentRef,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
        sha256: String,
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        handled_by: Option<UserId>,
        handled_by_name: String,
        confidential: bool,
    }
}
