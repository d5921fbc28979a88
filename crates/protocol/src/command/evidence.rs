//! What is asked about files of evidence.

use serde::{Deserialize, Serialize};

use super::inputs;
use crate::{EvidenceId, FileKind, IncidentRef};

inputs! {
    /// Attach a file to an incident: its fingerprint is in the log at once, the file itself follows.
    AttachEvidence {
        incident: IncidentRef,
        evidence: EvidenceId,
        sha256: String,
        size: i64,
        kind: FileKind,
        name: String,
        #[serde(default)] note: Option<String>,
    }
    /// Say that the server has a file, byte for byte as it was attached. Only the server does.
    ReceiveEvidence {
        incident: IncidentRef,
        evidence: EvidenceId,
    }
    /// Say that somebody looks at an original.
    OpenEvidence {
        incident: IncidentRef,
        evidence: EvidenceId,
    }
}
