//! Payloads about scripts, batches and handovers.

use serde::{Deserialize, Serialize};

use super::payloads;
use crate::{
    BatchId, BatchStatus, CustodyState, IncidentRef, InstitutionId, ScriptException, SittingId,
    StudentId, Timestamp, TransferRef, UserId,
};

payloads! {
    /// A script was handed in, verified or collected.
    ScriptMoved {
        submission_id: i64,
        script_id: i64,
        batch_script_id: BatchId,
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        student_id: StudentId,
        index_number: String,
        student_name: String,
        #[serde(default)]
        script_number: String,
        course_code: String,
        course_name: String,
        institution_id: InstitutionId,
        withheld: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        from_batch_id: Option<BatchId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        submitted_by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        submitted_by_id: Option<UserId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        submitted_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        verified_by_id: Option<UserId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        collected_by: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collected_by_id: Option<UserId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        collected_at: Option<Timestamp>,
    }
    /// A script was graded. `grade`, `marks` and `score` say the same.
    ScriptGraded {
        submission_id: i64,
        script_id: i64,
        batch_script_id: BatchId,
        batch_id: BatchId,
        student_id: StudentId,
        grade: String,
        marks: String,
        score: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_score: Option<String>,
        graded_by: String,
        graded_by_id: UserId,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        graded_at: Timestamp,
    }
    /// Something is out of the ordinary about a script, or no longer.
    ScriptMarked {
        script_id: i64,
        batch_script_id: BatchId,
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        student_id: StudentId,
        index_number: String,
        student_name: String,
        course_code: String,
        exception: ScriptException,
        before: ScriptException,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_ref: Option<IncidentRef>,
        marked_by: String,
        marked_by_id: UserId,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        marked_at: Timestamp,
    }
    /// A batch was sealed.
    BatchSealed {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        total_scripts: i64,
        submitted_scripts: i64,
        #[serde(default)]
        verified_scripts: i64,
        sealed_by: String,
        sealed_by_id: UserId,
        sealed_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        sealed_at: Timestamp,
        seal_number: String,
        declared_count: i64,
        present: i64,
        discrepancy: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        witness_id: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        witness_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_ref: Option<IncidentRef>,
        old_status: BatchStatus,
        new_status: BatchStatus,
    }
    /// A lecturer was named for a batch, or took it.
    BatchAssigned {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        assigned_lecturer_id: UserId,
        lecturer_name: String,
        assigned_to: String,
        assigned_by: String,
        assigned_by_id: UserId,
        count: i64,
        old_status: BatchStatus,
        new_status: BatchStatus,
    }
    /// A batch was made from the timetable.
    BatchCreated {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        course_code: String,
        course_name: String,
        total_scripts: i64,
        total_registered: i64,
        exam_entry_id: SittingId,
        created_by: String,
    }
    /// A batch became something else.
    BatchStatusChanged {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        old_status: BatchStatus,
        new_status: BatchStatus,
        changed_by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        location: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        location_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        holder_id: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        broken_seal: Option<String>,
    }
    /// Figures of a batch.
    BatchStats {
        total_registered: i64,
        scripts_submitted: i64,
        scripts_collected: i64,
        scripts_graded: i64,
    }
    /// The figures of a batch changed.
    BatchStatsUpdated {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        stats: BatchStats,
        #[serde(skip_serializing_if = "Option::is_none")]
        declared_count: Option<i64>,
    }
    /// What was printed for a batch.
    PrintRun {
        copies: i64,
        spare: i64,
        place: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        printed_at: Timestamp,
    }
    /// The papers of a batch were printed, or what was said of it before is corrected.
    BatchPrinted {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        copies: i64,
        spare: i64,
        place: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        printed_at: Timestamp,
        noted_by: String,
        noted_by_id: UserId,
        #[serde(skip_serializing_if = "Option::is_none")]
        before: Option<PrintRun>,
    }
    /// A handover moved on.
    CustodyMoved {
        transfer_ref: TransferRef,
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        state: CustodyState,
        from_user_id: UserId,
        from_name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        to_user_id: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to_location: Option<String>,
        to_name: String,
        count: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        seal: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        seal_seen: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        by: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        expires_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        count_received: Option<i64>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        confirmed_by: Vec<UserId>,
    }
}
