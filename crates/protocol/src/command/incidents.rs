//! What is asked about incidents.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::inputs;
use crate::{
    BatchId, CaseName, IncidentOutcome, IncidentRef, IncidentType, Involved, Precision, Severity,
    SignMethod, SittingId, StudentId, UserId, VenueId,
};

inputs! {
    /// Report an incident.
    ReportIncident {
        #[serde(rename = "ref")]
        reference: IncidentRef,
        #[serde(rename = "type")]
        incident_type: IncidentType,
        severity: Severity,
        #[serde(default)] title: Option<String>,
        description: String,
        #[serde(default)] sitting_id: Option<SittingId>,
        #[serde(default)] venue_id: Option<VenueId>,
        #[serde(default)] seat: Option<String>,
        #[serde(default)] candidates: Vec<StudentId>,
        #[serde(default)] batch_id: Option<BatchId>,
        #[serde(default)] local_number: Option<String>,
        #[serde(default)] confidential: bool,
        #[serde(default)] subtype: Option<String>,
        #[serde(default)] action_taken: Option<String>,
        #[serde(default)]
        #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Involved>>"))]
        parts: Vec<Involved>,
        #[serde(default)] from_log: Option<Uuid>,
        #[serde(default)]
        #[cfg_attr(feature = "ts", ts(optional, as = "Option<Precision>"))]
        precision: Option<Precision>,
    }
    /// Correct what was written about an incident; what stood there before stays in its history.
    AmendIncident {
        incident: IncidentRef,
        #[serde(default)] title: Option<String>,
        #[serde(default)] description: Option<String>,
        #[serde(default)] action_taken: Option<String>,
        #[serde(default)] seat: Option<String>,
        #[serde(default, rename = "type")] incident_type: Option<IncidentType>,
        #[serde(default)] subtype: Option<String>,
        #[serde(default)] parts: Option<Vec<Involved>>,
        #[serde(default)] note: Option<String>,
    }
    /// Add what a witness states: signed with their own PIN, or with ink before the person who
    /// writes it down.
    SignStatement {
        incident: CaseName,
        statement: String,
        method: SignMethod,
        #[serde(default)] witness: Option<UserId>,
        #[serde(default)] name: Option<String>,
    }
    /// Hide an incident from all but officers and its author, or show it again.
    SetConfidential {
        incident: IncidentRef,
        confidential: bool,
        #[serde(default)] note: Option<String>,
    }
    /// Send an incident to the malpractice committee.
    ReferIncident {
        incident: IncidentRef,
        #[serde(default)] file_number: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// Say that an incident is the same as another.
    MergeIncident {
        incident: IncidentRef,
        merged_into: IncidentRef,
        #[serde(default)] note: Option<String>,
    }
    /// Say that a merged incident is one of its own after all.
    UnmergeIncident {
        incident: IncidentRef,
        reason: String,
    }
    /// Strike an incident through: it was entered in error.
    VoidIncident {
        incident: IncidentRef,
        reason: String,
    }
    /// Take notice of an incident; stops its clock.
    AcknowledgeIncident {
        incident: IncidentRef,
        #[serde(default)] note: Option<String>,
    }
    /// Take an acknowledgement back; the clock of the incident starts again.
    UnacknowledgeIncident {
        incident: IncidentRef,
        #[serde(default)] note: Option<String>,
    }
    /// Give an incident to somebody; it becomes under investigation.
    AssignIncident {
        incident: IncidentRef,
        assignee: UserId,
        #[serde(default)] note: Option<String>,
    }
    /// Add words, files or a witness to an incident.
    NoteIncident {
        incident: CaseName,
        text: String,
        #[serde(default)] evidence: Vec<String>,
        #[serde(default)] witness: Option<UserId>,
    }
    /// Change how bad an incident is.
    SetSeverity {
        incident: IncidentRef,
        severity: Severity,
        #[serde(default)] note: Option<String>,
    }
    /// Call the next level. With `expectedLevel` only from that level, and from the clock only
    /// while nobody has acknowledged in time.
    EscalateIncident {
        incident: IncidentRef,
        #[serde(default)] note: Option<String>,
        #[serde(default)] expected_level: Option<i64>,
    }
    /// Say how an incident ended.
    ResolveIncident {
        incident: IncidentRef,
        outcome: IncidentOutcome,
        resolution: String,
        #[serde(default)] merged_into: Option<IncidentRef>,
    }
    /// Close a resolved incident after review.
    CloseIncident {
        incident: IncidentRef,
        #[serde(default)] note: Option<String>,
    }
    /// Open a resolved or closed incident again.
    ReopenIncident {
        incident: IncidentRef,
        reason: String,
    }
}
