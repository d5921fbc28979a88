//! What a station asks for, and what it gets back.

use serde::{Deserialize, Serialize};

use crate::{CommandId, Rejection, Seq, Times, proof::Digest};

mod batches;
mod custody;
mod evidence;
mod halls;
mod incidents;
mod office;

pub use batches::*;
pub use custody::*;
pub use evidence::*;
pub use halls::*;
pub use incidents::*;
pub use office::*;

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

/// The inputs of commands: what each of them names, in the words of the exam hall.
macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
            #[cfg_attr(feature = "ts", ts(optional_fields))]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            #[expect(missing_docs, reason = "the fields are the words of the exam hall")]
            pub struct $name { $($(#[$attr])* pub $field: $ty),* }

            impl From<$name> for crate::Command {
                fn from(input: $name) -> Self {
                    Self::$name(input)
                }
            }
        )+
    };
}
use inputs;

macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// A request to change something.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(tag = "command", content = "input", rename_all = "camelCase")]
        pub enum Command {
            $(
                #[doc = concat!("[`", stringify!($name), "`]")]
                $name($name)
            ),+
        }

        impl Command {
            /// The name of the command on the wire.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name)),+ }
            }
        }
    };
}

commands! {
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
}

impl Command {
    /// Whether it only notes that somebody has looked, and changes nothing of an exam day.
    pub fn notes_a_look(&self) -> bool {
        matches!(
            self,
            Self::NoteExport(_) | Self::OpenEvidence(_) | Self::ReadNotification(_)
        )
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
        /// The leaves of its events in the tree of the log: the reporter's receipt.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Digest>>", optional))]
        leaves: Vec<Digest>,
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
