//! What a station asks for, and what it gets back.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AttendanceStatus, BatchId, BatchStatus, CommandId, IncidentOutcome, IncidentRef, IncidentType,
    NotificationId, Phase, Rejection, Seq, Severity, SittingId, StudentId, Times, TimetableId,
    TimetableStatus, TransferRef, UserId, VenueId,
};

/// A command on its way: what is asked, its own id, and the station's times.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CommandRequest {
    /// Made by the station; sending it again has no further effect.
    pub command_id: CommandId,
    /// Happened, recorded, clock offset.
    #[serde(flatten)]
    pub times: Times,
    /// What is asked.
    #[serde(flatten)]
    pub command: Command,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        /// A request to change something.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(tag = "command", content = "input", rename_all = "camelCase")]
        pub enum Command {
            $($(#[$doc])* $name($name)),+
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
            #[cfg_attr(feature = "ts", ts(optional_fields))]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[expect(missing_docs, reason = "the fields are the words of the exam hall")]
            pub struct $name { $($(#[$attr])* pub $field: $ty),* }

            impl From<$name> for Command {
                fn from(input: $name) -> Self {
                    Self::$name(input)
                }
            }
        )+

        impl Command {
            /// The name of the command on the wire.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name)),+ }
            }
        }
    };
}

commands! {
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
    }
    /// Take notice of an incident; stops its clock.
    AcknowledgeIncident {
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
        incident: IncidentRef,
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
    /// Call the next level.
    EscalateIncident {
        incident: IncidentRef,
        #[serde(default)] note: Option<String>,
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
    /// Start to collect the scripts of a batch.
    OpenCollection { batch_id: BatchId }
    /// Say how many scripts are in so far.
    CountScripts {
        batch_id: BatchId,
        collected: i64,
    }
    /// Declare one person's count of a batch.
    DeclareCount {
        batch_id: BatchId,
        count: i64,
    }
    /// Seal a batch before a witness.
    SealBatch {
        batch_id: BatchId,
        count: i64,
        seal_number: String,
        #[serde(default)] witness: Option<UserId>,
        #[serde(default)] incident: Option<IncidentRef>,
    }
    /// Open a sealed batch before a witness; burns the seal number.
    UnsealBatch {
        batch_id: BatchId,
        witness: UserId,
        reason: String,
    }
    /// Offer a batch to a person or a place.
    OfferBatch {
        transfer: TransferRef,
        batch_id: BatchId,
        #[serde(default)] to_user: Option<UserId>,
        #[serde(default)] to_location: Option<String>,
        #[serde(default)] to_location_name: Option<String>,
    }
    /// Accept an offered batch after checking count and seal.
    AcceptBatch {
        transfer: TransferRef,
        #[serde(default)] note: Option<String>,
    }
    /// Refuse an offered batch.
    RefuseBatch {
        transfer: TransferRef,
        note: String,
    }
    /// Say that count or seal of an offered batch differ.
    DisputeBatch {
        transfer: TransferRef,
        note: String,
        #[serde(default)] seal_seen: Option<String>,
    }
    /// Take an offer back.
    CancelOffer {
        transfer: TransferRef,
        #[serde(default)] note: Option<String>,
    }
    /// Hand a sealed batch to its lecturer, who signs for it.
    ReceiveBatch {
        batch_id: BatchId,
        lecturer: UserId,
        count: i64,
    }
    /// Say where a batch stands: grading, returned, archived, in a store.
    SetBatchStatus {
        batch_id: BatchId,
        to: BatchStatus,
        #[serde(default)] location: Option<String>,
        #[serde(default)] location_name: Option<String>,
    }
    /// A script was handed in, verified or collected.
    MoveScript {
        batch_id: BatchId,
        student: StudentId,
        step: ScriptStep,
        #[serde(default)] withheld: bool,
        #[serde(default)] from_batch: Option<BatchId>,
    }
    /// A script was graded.
    GradeScript {
        batch_id: BatchId,
        student: StudentId,
        grade: String,
    }
    /// Publish a timetable; makes its batches.
    PublishTimetable { timetable_id: TimetableId }
    /// Change a timetable: its status, or where a sitting is.
    UpdateTimetable {
        timetable_id: TimetableId,
        changes: Vec<String>,
        text: String,
        #[serde(default)] status: Option<TimetableStatus>,
        #[serde(default)] sitting_id: Option<SittingId>,
        #[serde(default)] venue_id: Option<VenueId>,
        #[serde(default)] room: Option<String>,
    }
    /// Take a sitting to another phase.
    SetPhase {
        sitting_id: SittingId,
        to: Phase,
        #[serde(default)] reason: Option<String>,
    }
    /// Give time back, to all or to some.
    ExtendTime {
        sitting_id: SittingId,
        added_sec: i64,
        reason: String,
        #[serde(default)] students: Vec<StudentId>,
        #[serde(default)] incident: Option<IncidentRef>,
    }
    /// Write a routine line.
    LogHall {
        sitting_id: SittingId,
        action: String,
        text: String,
        #[serde(default)] seat: Option<String>,
        #[serde(default)] student: Option<StudentId>,
        #[serde(default)] count: Option<i64>,
    }
    /// Say how many candidates are in so far.
    CountPresent {
        sitting_id: SittingId,
        checked_in: i64,
    }
    /// Admit or refuse a candidate.
    CheckInCandidate {
        sitting_id: SittingId,
        student: StudentId,
        attendance: AttendanceStatus,
        #[serde(default)] minutes_late: Option<i64>,
    }
    /// An invigilator has come.
    CheckInInvigilator {
        sitting_id: SittingId,
        invigilator: UserId,
    }
    /// Put an invigilator on a sitting, in place of another or as its chief.
    ReassignInvigilator {
        sitting_id: SittingId,
        invigilator: UserId,
        #[serde(default)] instead_of: Option<UserId>,
        #[serde(default)] chief: bool,
    }
    /// Tell people something.
    Notify {
        users: Vec<UserId>,
        title: String,
        message: String,
        priority: String,
        #[serde(default)] incident: Option<IncidentRef>,
    }
    /// Say that one has read a notification.
    ReadNotification { notification_id: NotificationId }
    /// Have a text read aloud in halls.
    IssueAnnouncement {
        announcement: Uuid,
        sittings: Vec<SittingId>,
        text: String,
        requires_ack: bool,
    }
    /// Say that it was read aloud.
    ConfirmAnnouncement {
        announcement: Uuid,
        sitting_id: SittingId,
        text: String,
    }
    /// Note that a station came, went or was noticed. Only the system does this.
    NoteStation {
        station: String,
        news: StationEvent,
        text: String,
        #[serde(default)] clock_offset_ms: i64,
        #[serde(default)]
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        last_seen: Option<crate::Timestamp>,
        #[serde(default)] delivered: Option<i64>,
        #[serde(default)] unsent: Option<i64>,
    }
    /// Sum up the day.
    ReconcileDay {
        registered: i64,
        present: i64,
        scripts: i64,
        missing: i64,
    }
    /// Note that a report was taken out.
    NoteExport {
        format: Vec<String>,
        text: String,
    }
}

/// What happened to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScriptStep {
    /// Handed in by the candidate.
    Submitted,
    /// Checked against the register.
    Verified,
    /// In its batch.
    Collected,
}

/// What is noted about a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StationEvent {
    /// It is heard.
    Online,
    /// It is no longer heard.
    Offline,
    /// Its clock is off.
    ClockSkew,
    /// Somebody else works there now.
    UserSwitched,
    /// It was signed out.
    SignedOut,
}

/// What became of a command. The server keeps it, and answers a repeat with the same outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(
    tag = "outcome",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Outcome {
    /// It was accepted; its events are in the log from `first_seq` to `seq`.
    Applied {
        /// The command.
        command_id: CommandId,
        /// Its first event.
        first_seq: Seq,
        /// Its last event.
        seq: Seq,
    },
    /// It was refused for good: repeating it will not help.
    Rejected {
        /// The command.
        command_id: CommandId,
        /// Why.
        rejection: Rejection,
    },
}

impl Outcome {
    /// The command that this answers.
    pub fn command_id(&self) -> CommandId {
        match self {
            Self::Applied { command_id, .. } | Self::Rejected { command_id, .. } => *command_id,
        }
    }
}
