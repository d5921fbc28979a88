//! What can happen, with the payload of each event.
//!
//! Payloads carry the union of the field names that the guide and the original's two halves use,
//! so that each of their clients finds its own. Names of people are texts, their ids stand beside
//! them with `Id` at the end.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    AttendanceStatus, BatchId, BatchStatus, CustodyState, IncidentOutcome, IncidentRef,
    IncidentStatus, IncidentType, InstitutionId, NotificationId, Phase, Severity, SittingId,
    StudentId, Timestamp, TimetableId, TransferRef, UserId, VenueId,
};

macro_rules! payloads {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
            #[cfg_attr(feature = "ts", ts(optional_fields))]
            #[serde(rename_all = "camelCase")]
            #[expect(missing_docs, reason = "the fields are the wire names of COMPATIBILITY")]
            pub struct $name { $($(#[$attr])* pub $field: $ty),* }
        )+
    };
}

/// Everything that can happen, by its name on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "event", content = "payload")]
#[expect(
    missing_docs,
    reason = "each variant is the event that its rename names"
)]
pub enum Fact {
    #[serde(rename = "script:submitted")]
    ScriptSubmitted(ScriptMoved),
    #[serde(rename = "script:verified")]
    ScriptVerified(ScriptMoved),
    #[serde(rename = "script:collected")]
    ScriptCollected(ScriptMoved),
    #[serde(rename = "script:graded")]
    ScriptGraded(ScriptGraded),
    #[serde(rename = "batch:sealed")]
    BatchSealed(BatchSealed),
    #[serde(rename = "batch:assigned")]
    BatchAssigned(BatchAssigned),
    #[serde(rename = "batch:created")]
    BatchCreated(BatchCreated),
    #[serde(rename = "batch:status_changed")]
    BatchStatusChanged(BatchStatusChanged),
    #[serde(rename = "batch:stats_updated")]
    BatchStatsUpdated(BatchStatsUpdated),
    #[serde(rename = "timetable:published")]
    TimetablePublished(TimetablePublished),
    #[serde(rename = "timetable:updated")]
    TimetableUpdated(TimetableUpdated),
    #[serde(rename = "timetable:batches:created")]
    TimetableBatchesCreated(TimetableBatchesCreated),
    #[serde(rename = "incident:reported")]
    IncidentReported(Box<IncidentReported>),
    #[serde(rename = "incident:updated")]
    IncidentUpdated(Box<IncidentUpdated>),
    #[serde(rename = "incident:resolved")]
    IncidentResolved(IncidentResolved),
    #[serde(rename = "notification:new")]
    NotificationNew(NotificationNew),
    #[serde(rename = "notification:read")]
    NotificationRead(NotificationRead),
    #[serde(rename = "announcement:issued")]
    AnnouncementIssued(Announcement),
    #[serde(rename = "announcement:acknowledged")]
    AnnouncementAcknowledged(Announcement),
    #[serde(rename = "session_started")]
    SessionStarted(PhaseChanged),
    #[serde(rename = "session_ended")]
    SessionEnded(PhaseChanged),
    #[serde(rename = "session_status_changed")]
    SessionStatusChanged(PhaseChanged),
    #[serde(rename = "time_extended")]
    TimeExtended(TimeExtended),
    #[serde(rename = "hall_log")]
    HallLog(HallLog),
    #[serde(rename = "invigilator_checked_in")]
    InvigilatorCheckedIn(InvigilatorMoved),
    #[serde(rename = "invigilator_reassigned")]
    InvigilatorReassigned(InvigilatorMoved),
    #[serde(rename = "day_reconciled")]
    DayReconciled(DayReconciled),
    #[serde(rename = "report_exported")]
    ReportExported(ReportExported),
    #[serde(rename = "student:checked-in")]
    StudentCheckedIn(StudentCheckedIn),
    #[serde(rename = "checkin:stats:updated")]
    CheckinStatsUpdated(CheckinStats),
    #[serde(rename = "custody:offered")]
    CustodyOffered(CustodyMoved),
    #[serde(rename = "custody:accepted")]
    CustodyAccepted(CustodyMoved),
    #[serde(rename = "custody:refused")]
    CustodyRefused(CustodyMoved),
    #[serde(rename = "custody:disputed")]
    CustodyDisputed(CustodyMoved),
    #[serde(rename = "custody:cancelled")]
    CustodyCancelled(CustodyMoved),
    #[serde(rename = "station:online")]
    StationOnline(StationNews),
    #[serde(rename = "station:offline")]
    StationOffline(StationNews),
    #[serde(rename = "station:clock_skew")]
    StationClockSkew(StationNews),
    #[serde(rename = "station:user_switched")]
    StationUserSwitched(StationNews),
    #[serde(rename = "station:signed_out")]
    StationSignedOut(StationNews),
}

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
        course_code: String,
        course_name: String,
        institution_id: InstitutionId,
        withheld: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        from_batch_id: Option<BatchId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        submitted_by: Option<String>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        submitted_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_by: Option<String>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        verified_at: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        collected_by: Option<String>,
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
        graded_by: String,
        graded_by_id: UserId,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        graded_at: Timestamp,
    }
    /// A batch was sealed.
    BatchSealed {
        batch_id: BatchId,
        #[serde(rename = "batchQRCode")]
        batch_qr_code: String,
        total_scripts: i64,
        submitted_scripts: i64,
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
    /// A timetable was published.
    TimetablePublished {
        timetable_id: TimetableId,
        title: String,
        published_by: String,
        published_by_name: String,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        published_at: Timestamp,
        total_exams: i64,
        total_entries: i64,
        batches_created: i64,
        revision: i64,
    }
    /// A timetable changed.
    TimetableUpdated {
        timetable_id: TimetableId,
        changes: Vec<String>,
        text: String,
        updated_by: String,
        revision: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<crate::TimetableStatus>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exam_entry_id: Option<SittingId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        venue_id: Option<VenueId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<String>,
    }
    /// Batches were made from a timetable.
    TimetableBatchesCreated {
        timetable_id: TimetableId,
        total_created: i64,
        batches_created: i64,
        batch_ids: Vec<BatchId>,
    }
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
    }
    /// What an `incident:updated` changed; only what is there changed.
    #[derive(Default)]
    IncidentChange {
        #[serde(skip_serializing_if = "Option::is_none")]
        acknowledged: Option<bool>,
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
    }
    /// An incident changed.
    IncidentUpdated {
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_id: Option<i64>,
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
        confidential: bool,
    }
    /// A notification for one or more people. `userId` is the first of them, as in the guide.
    NotificationNew {
        id: NotificationId,
        notification_id: NotificationId,
        #[serde(rename = "type")]
        notification_type: String,
        title: String,
        message: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        user_id: Option<UserId>,
        user_ids: Vec<UserId>,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        created_at: Timestamp,
        is_read: bool,
        priority: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident_ref: Option<IncidentRef>,
        data: Value,
    }
    /// Somebody read a notification.
    NotificationRead {
        id: NotificationId,
        notification_id: NotificationId,
        user_id: UserId,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        read_at: Timestamp,
    }
    /// An announcement to halls, or a hall's word that it was read aloud.
    Announcement {
        announcement_id: Uuid,
        exam_entry_ids: Vec<SittingId>,
        text: String,
        requires_ack: bool,
        by: String,
    }
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
    /// The day's sum.
    DayReconciled {
        registered: i64,
        present: i64,
        scripts: i64,
        missing: i64,
    }
    /// Somebody took a report out.
    ReportExported {
        format: Vec<String>,
        by: String,
        text: String,
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
    }
    /// Figures of an admission.
    CheckinCounts {
        expected: i64,
        checked_in: i64,
    }
    /// The figures of an admission changed.
    CheckinStats {
        exam_entry_id: SittingId,
        course_code: String,
        stats: CheckinCounts,
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
    }
    /// A station came, went or was noticed.
    StationNews {
        station: String,
        text: String,
        clock_offset_ms: i64,
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        #[serde(skip_serializing_if = "Option::is_none")]
        last_seen: Option<Timestamp>,
        #[serde(skip_serializing_if = "Option::is_none")]
        delivered: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unsent: Option<i64>,
    }
}
