//! The TypeScript twin of this crate, as one text. The user interface keeps it in
//! `ui/src/generated/protocol.ts`; `tests/it/generated.rs` fails when the two differ.

mod tables;

use ts_rs::{Config, TS};

#[cfg_attr(
    not(test),
    expect(
        clippy::wildcard_imports,
        reason = "the whole vocabulary is declared here"
    )
)]
use crate::*;

/// The first line of the generated file.
const FIRST_LINE: &str = "// Generated from crates/protocol; do not edit. To write it anew: \
                          ELMS_WRITE_GENERATED=1 cargo test -p elms-tests generated";

/// What ts-rs refers to and does not declare, and the payload of each event by its name.
const BASICS: &str = "\
export type Timestamp = string;
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };
/** The name of an event that this version knows. */
export type EventName = Fact[\"event\"];
/** The payload of an event by its name. */
export type PayloadOf<E extends EventName> = Extract<Fact, { event: E }>[\"payload\"];
";

macro_rules! declare {
    ($cfg:expr, $($name:ty),+ $(,)?) => {
        vec![$(<$name as TS>::decl($cfg)),+]
    };
}

/// The whole generated file.
///
/// # Errors
///
/// Only when a name cannot be JSON, which none of ours can fail to be.
pub fn typescript() -> Result<String, serde_json::Error> {
    let cfg = Config::new().with_large_int("number");
    let mut text = format!("{FIRST_LINE}\n\n{BASICS}");
    let kinds = [ids_and_lists, events, commands, records, frames_and_views];
    for declaration in kinds.iter().flat_map(|kind| kind(&cfg)) {
        text.push_str("export ");
        text.push_str(&declaration);
        text.push('\n');
    }
    tables::tables(&mut text)?;
    Ok(text)
}

/// Ids and closed lists.
fn ids_and_lists(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        InstitutionId,
        UserId,
        StudentId,
        FacultyId,
        DepartmentId,
        VenueId,
        SittingId,
        BatchId,
        TimetableId,
        NotificationId,
        IncidentRef,
        EvidenceId,
        FileKind,
        CaseName,
        TransferRef,
        CommandId,
        Epoch,
        Seq,
        Role,
        IncidentType,
        Severity,
        IncidentStatus,
        BatchStatus,
        ScriptStatus,
        ScriptException,
        TimetableStatus,
        ApprovalStatus,
        EntryStatus,
        Phase,
        AttendanceStatus,
        CustodyState,
        InvigilatorRole,
        IncidentOutcome,
        Part,
        SignMethod,
        Action,
    ]
}

/// Events and their payloads.
fn events(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        Times,
        Author,
        Event,
        ScriptMoved,
        ScriptGraded,
        ScriptMarked,
        BatchSealed,
        BatchAssigned,
        BatchCreated,
        BatchStatusChanged,
        BatchStats,
        BatchStatsUpdated,
        PrintRun,
        BatchPrinted,
        TimetablePublished,
        TimetableUpdated,
        TimetableConfirmed,
        TimetableBatchesCreated,
        IncidentReported,
        IncidentChange,
        IncidentUpdated,
        IncidentResolved,
        EvidenceAttached,
        EvidenceHandled,
        NotificationNew,
        NotificationRead,
        Announcement,
        PhaseChanged,
        TimeExtended,
        HallLog,
        InvigilatorMoved,
        DayReconciled,
        RecordsImported,
        ReportExported,
        proof::Digest,
        LogChange,
        LogEnd,
        KeyChange,
        LogNoted,
        StudentCheckedIn,
        CheckinCounts,
        CheckinStats,
        CustodyMoved,
        StationNews,
        StationEnrolled,
        Fact,
    ]
}

/// Commands and their answers.
fn commands(cfg: &Config) -> Vec<String> {
    let parts = [incident_commands(cfg), hall_commands(cfg), answers(cfg)];
    parts.concat()
}

/// What is asked about cases.
fn incident_commands(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        ReportIncident,
        AcknowledgeIncident,
        UnacknowledgeIncident,
        AssignIncident,
        NoteIncident,
        SetSeverity,
        EscalateIncident,
        ResolveIncident,
        CloseIncident,
        ReopenIncident,
        AmendIncident,
        SignStatement,
        SetConfidential,
        ReferIncident,
        MergeIncident,
        UnmergeIncident,
        VoidIncident,
        AttachEvidence,
        ReceiveEvidence,
        OpenEvidence,
    ]
}

/// What is asked about scripts, sittings and people.
fn hall_commands(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        OpenCollection,
        CountScripts,
        DeclareCount,
        NotePrinted,
        SealBatch,
        UnsealBatch,
        OfferBatch,
        AcceptBatch,
        RefuseBatch,
        DisputeBatch,
        CancelOffer,
        ExpireOffer,
        ReceiveBatch,
        SetBatchStatus,
        MoveScript,
        GradeScript,
        AssignBatch,
        SetScriptException,
        PublishTimetable,
        UpdateTimetable,
        ConfirmTimetable,
        SetPhase,
        ExtendTime,
        LogHall,
        CountPresent,
        DeclareRegister,
        CheckInCandidate,
        SendOn,
        CheckInInvigilator,
        CheckOutInvigilator,
        ReassignInvigilator,
        Notify,
        ReadNotification,
        IssueAnnouncement,
        ConfirmAnnouncement,
        NoteStation,
        NoteEnrolment,
        ReconcileDay,
        NoteImport,
        NoteExport,
        NoteLog,
    ]
}

/// What carries a command, and what comes of it.
fn answers(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        CommandRequest,
        Command,
        ScriptStep,
        StationEvent,
        StationStanding,
        Outcome,
        RejectionCode,
        Standing,
        Rejection,
        Actor,
    ]
}

/// Records.
fn records(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        Kind,
        Key,
        Record,
        Named,
        Trace,
        Institution,
        Policy,
        Venue,
        Person,
        Candidate,
        Timetable,
        Approval,
        Invigilator,
        Counted,
        Papers,
        Sitting,
        Incident,
        Evidence,
        Involved,
        Precision,
        Statement,
        Voided,
        Referral,
        Amended,
        Holder,
        Step,
        Batch,
        DeclaredCount,
        Printed,
        Transfer,
        Notification,
        Station,
        Enrolment,
        Silence,
        Script,
        Pause,
    ]
}

/// Frames of the socket and what the console shows.
#[expect(clippy::too_many_lines, reason = "a list of names")]
fn frames_and_views(cfg: &Config) -> Vec<String> {
    declare![
        cfg,
        frame::Cursor,
        frame::ChainTag,
        frame::ResyncReason,
        host::Link,
        host::TlsView,
        host::ServerView,
        host::UserView,
        host::InstitutionView,
        host::StationKind,
        host::StationsTaken,
        host::StationHall,
        host::StationView,
        host::StationKeyView,
        host::StationRow,
        host::SetStation,
        host::DescribeStation,
        host::DiskView,
        host::ClockView,
        host::OutboxCounts,
        host::Works,
        host::RecordCheck,
        host::CaseCheck,
        host::Status,
        host::Batched,
        host::Typing,
        host::Offered,
        Proposal,
        Reckoning,
        host::IncidentView,
        host::TimelineEntry,
        host::FileState,
        host::FileView,
        host::ShownFile,
        host::AttachFile,
        host::AddDraftFile,
        host::DraftFile,
        host::OfDraftFile,
        host::OfFile,
        host::IncidentDetail,
        host::SittingView,
        host::Monitor,
        Arrival,
        host::MonitorAt,
        host::SavedPaper,
        host::Away,
        host::Stray,
        host::Finish,
        host::NextPhase,
        host::HallView,
        host::Clash,
        host::TimetableView,
        host::MovedSitting,
        Stop,
        StopState,
        WayStop,
        host::BatchView,
        host::BatchDetail,
        host::ReportKind,
        host::ReportHall,
        host::ReportOptions,
        host::Submitted,
        host::OutboxItem,
        host::ReviewQuery,
        host::Bar,
        host::LateRows,
        host::ReviewResult,
        host::ReviewRow,
        host::Outage,
        host::EventDetail,
        host::NotificationView,
        host::Lookup,
        host::ServerCheck,
        host::DemoAccount,
        host::HostError,
        host::SecondFactorSetUp,
        host::SecondFactorView,
        host::SetUpSecondFactor,
        host::ConfirmSecondFactor,
        host::BothFactors,
        host::SignIn,
        host::Guard,
        host::WorkOffline,
        host::ChangePassword,
        host::EndSignIns,
        host::SignInView,
        host::SignOut,
        host::Unlock,
        host::SetPin,
        host::PersonHere,
        host::OpensWith,
        host::Submit,
        host::LinkState,
        host::SyncMark,
        host::OutboxState,
        host::Topic,
    ]
}
