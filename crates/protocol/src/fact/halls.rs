//! Payloads about sittings and who is in them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::payloads;
use crate::{AttendanceStatus, IncidentRef, Phase, SittingId, StudentId, Timestamp, UserId};

payloads! {
    /// A sitting entered another phase.
    PhaseChanged {
        exam_entry_id: SittingId,
        course_code: String,
        old_phase: Phase,
        new_phase: Phase,
        changed_by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        paused_sec: Option<i64>,
    }
    /// Time was given back.
    TimeExtended {
        exam_entry_id: SittingId,
        course_code: String,
        added_sec: i64,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        new_end: Timestamp,
        student_ids: Vec<StudentId>,
        reason: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_ref: Option<IncidentRef>,
    }
    /// A routine line of the hall log.
    HallLog {
        exam_entry_id: SittingId,
        action: String,
        text: String,
        by: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        seat: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        student_id: Option<StudentId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        count: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry_ref: Option<Uuid>,
    }
    /// An invigilator came or was exchanged.
    InvigilatorMoved {
        exam_entry_id: SittingId,
        course_code: String,
        invigilator_id: UserId,
        invigilator_name: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        instead_of: Option<UserId>,
        chief: bool,
    }
    /// A candidate was admitted or refused.
    StudentCheckedIn {
        exam_entry_id: SittingId,
        student_id: StudentId,
        index_number: String,
        student_name: String,
        seat: String,
        attendance: AttendanceStatus,
        #[serde(skip_serializing_if = "Option::is_none")]
        minutes_late: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        board_form: Option<bool>,
    }
    /// Figures of an admission.
    CheckinCounts {
        expected: i64,
        checked_in: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absent: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        register_complete: Option<bool>,
    }
    /// The figures of an admission changed.
    CheckinStats {
        exam_entry_id: SittingId,
        course_code: String,
        stats: CheckinCounts,
    }
}
