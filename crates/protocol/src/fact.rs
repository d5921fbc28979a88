//! What can happen, with the payload of each event.
//!
//! Payloads carry the union of the field names that the guide and the original's two halves use,
//! so that each of their clients finds its own. Names of people are texts, their ids stand beside
//! them with `Id` at the end.

use serde::{Deserialize, Serialize};

mod evidence;
mod halls;
mod incidents;
mod logs;
mod office;
mod scripts;

pub use evidence::*;
pub use halls::*;
pub use incidents::*;
pub use logs::*;
pub use office::*;
pub use scripts::*;

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
use payloads;

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
    #[serde(rename = "script:marked")]
    ScriptMarked(ScriptMarked),
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
    #[serde(rename = "batch:printed")]
    BatchPrinted(BatchPrinted),
    #[serde(rename = "timetable:published")]
    TimetablePublished(TimetablePublished),
    #[serde(rename = "timetable:updated")]
    TimetableUpdated(TimetableUpdated),
    #[serde(rename = "timetable:confirmed")]
    TimetableConfirmed(TimetableConfirmed),
    #[serde(rename = "timetable:batches:created")]
    TimetableBatchesCreated(TimetableBatchesCreated),
    #[serde(rename = "incident:reported")]
    IncidentReported(Box<IncidentReported>),
    #[serde(rename = "incident:updated")]
    IncidentUpdated(Box<IncidentUpdated>),
    #[serde(rename = "incident:resolved")]
    IncidentResolved(IncidentResolved),
    #[serde(rename = "evidence:attached")]
    EvidenceAttached(Box<EvidenceAttached>),
    #[serde(rename = "evidence:received")]
    EvidenceReceived(EvidenceHandled),
    #[serde(rename = "evidence:opened")]
    EvidenceOpened(EvidenceHandled),
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
    #[serde(rename = "invigilator_checked_out")]
    InvigilatorCheckedOut(InvigilatorMoved),
    #[serde(rename = "invigilator_reassigned")]
    InvigilatorReassigned(InvigilatorMoved),
    #[serde(rename = "day_reconciled")]
    DayReconciled(DayReconciled),
    #[serde(rename = "records_imported")]
    RecordsImported(RecordsImported),
    #[serde(rename = "report_exported")]
    ReportExported(ReportExported),
    #[serde(rename = "log_noted")]
    LogNoted(LogNoted),
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
    #[serde(rename = "custody:expired")]
    CustodyExpired(CustodyMoved),
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
    #[serde(rename = "station:waiting")]
    StationWaiting(StationEnrolled),
    #[serde(rename = "station:paired")]
    StationPaired(StationEnrolled),
    #[serde(rename = "station:suspended")]
    StationSuspended(StationEnrolled),
}
