//! Payloads about incidents.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::payloads;
use crate::{
    Amended, BatchId, IncidentOutcome, IncidentRef, IncidentStatus, IncidentType, InstitutionId,
    Involved, Precision, Referral, Severity, SittingId, Statement, StudentId, Timestamp, UserId,
    VenueId,
};

payloads! {
    /// An incident was reported.
    IncidentReported {
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
        client_ref: IncidentRef,
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        local_number: Option<String>,
        #[serde(rename = "type")]
        incident_type: IncidentType,
        type_label: String,
        severity: Severity,
        status: IncidentStatus,
        title: String,
        description: String,
        reported_by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        reported_by_id: Option<UserId>,
        reported_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        reported_at: Timestamp,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        ack_due_at: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        batch_id: Option<BatchId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exam_id: Option<SittingId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exam_entry_id: Option<SittingId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        venue_id: Option<VenueId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        seat: Option<String>,
        candidates: Vec<StudentId>,
        confidential: bool,
        institution_id: InstitutionId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subtype: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        action_taken: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<Involved>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_log: Option<Uuid>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precision: Option<Precision>,
    }
    /// What an `incident:updated` changed; only what is there changed.
    #[derive(Default)]
    IncidentChange {
        #[serde(skip_serializing_if = "Option::is_none")]
        acknowledged: Option<bool>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        ack_due_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        assignee_id: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        assignee_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        severity: Option<Severity>,
        #[serde(skip_serializing_if = "Option::is_none")]
        escalation_level: Option<i64>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        witness_id: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        witness_name: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        amended: Vec<Amended>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parts: Option<Vec<Involved>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        statement: Option<Statement>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confidential: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        referred: Option<Referral>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        merged_from: Option<IncidentRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unmerged_from: Option<IncidentRef>,
    }
    /// An incident changed.
    IncidentUpdated {
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        batch_script_id: Option<BatchId>,
        client_ref: IncidentRef,
        status: IncidentStatus,
        #[serde(skip_serializing_if = "Option::is_none")]
        updated_by: Option<UserId>,
        updated_by_name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        notes: Option<String>,
        updates: IncidentChange,
        confidential: bool,
    }
    /// An incident was resolved.
    IncidentResolved {
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        batch_script_id: Option<BatchId>,
        client_ref: IncidentRef,
        status: IncidentStatus,
        outcome: IncidentOutcome,
        resolution: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        resolved_by: Option<UserId>,
        resolved_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        resolved_at: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        merged_into: Option<IncidentRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voided: Option<String>,
        confidential: bool,
    }
}
