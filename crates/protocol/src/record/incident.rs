//! Cases, and what people are told.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    BatchId, EvidenceId, FileKind, IncidentOutcome, IncidentRef, IncidentStatus, IncidentType,
    Named, NotificationId, Part, Seq, Severity, SignMethod, SittingId, StudentId, Times, Timestamp,
    UserId, VenueId,
};

/// An incident: a case with an owner and a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// The name the reporting station gave it.
    #[serde(rename = "ref")]
    pub reference: IncidentRef,
    /// The server's number; none before it arrived.
    pub id: Option<i64>,
    /// The official number, `INC-26-0147`; none before it arrived.
    pub number: Option<String>,
    /// The number the station gave at once, `GH-A/017`.
    pub local_number: Option<String>,
    /// Which sitting.
    pub sitting_id: Option<SittingId>,
    /// Which venue.
    pub venue_id: Option<VenueId>,
    /// Which seat.
    pub seat: Option<String>,
    /// What kind.
    #[serde(rename = "type")]
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: Severity,
    /// Where it stands.
    pub status: IncidentStatus,
    /// One line.
    pub title: String,
    /// What was written.
    pub description: String,
    /// Who reported it; none when the system did.
    pub reported_by: Option<Named>,
    /// The station it was written on.
    pub station: Option<String>,
    /// Who works on it.
    pub assignee: Option<Named>,
    /// When somebody took notice.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub acknowledged_at: Option<Timestamp>,
    /// Who took notice.
    pub acknowledged_by: Option<Named>,
    /// When somebody must have taken notice.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub ack_due_at: Option<Timestamp>,
    /// 0 to 3.
    pub escalation_level: i64,
    /// Candidates it is about.
    pub candidates: Vec<StudentId>,
    /// Names of files and photos.
    pub evidence: Vec<String>,
    /// People who signed a statement.
    pub witnesses: Vec<Named>,
    /// The batch it is about.
    pub batch_id: Option<BatchId>,
    /// Only officers and its author see it.
    pub confidential: bool,
    /// How it ended.
    pub outcome: Option<IncidentOutcome>,
    /// How it ended, in words.
    pub resolution: Option<String>,
    /// Who resolved it.
    pub resolved_by: Option<Named>,
    /// When it was resolved.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub resolved_at: Option<Timestamp>,
    /// The case this one was merged into.
    pub merged_into: Option<IncidentRef>,
    /// The cases that were merged into this one.
    #[serde(default)]
    pub merged_from: Vec<IncidentRef>,
    /// The finer kind, like `phone`.
    #[serde(default)]
    pub subtype: Option<String>,
    /// What was done in the hall.
    #[serde(default)]
    pub action_taken: Option<String>,
    /// How each candidate is involved.
    #[serde(default)]
    pub parts: Vec<Involved>,
    /// What witnesses state.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// When it went to the malpractice committee.
    #[serde(default)]
    pub referred: Option<Referral>,
    /// It was entered in error: shown struck through.
    #[serde(default)]
    pub voided: Option<Voided>,
    /// The line of the hall log that it was made from.
    #[serde(default)]
    pub from_log: Option<Uuid>,
    /// How exactly it is known when it happened; absent where it is known to the minute.
    #[serde(default)]
    pub precision: Option<Precision>,
    /// Its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(as = "Option<Vec<Evidence>>", optional))]
    pub files: Vec<Evidence>,
    /// Happened, recorded and the clock offset.
    pub times: Times,
    /// When the server received it.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub received_at: Timestamp,
    /// Events about it so far.
    pub n_events: i64,
    /// The last event about it.
    pub seq: Seq,
}

impl Incident {
    /// Whether it is resolved or closed.
    pub fn is_over(&self) -> bool {
        matches!(
            self.status,
            IncidentStatus::Resolved | IncidentStatus::Closed
        )
    }

    /// When the next level is to be called; none while somebody has noticed it, or after the last.
    pub fn calls_at(&self) -> Option<Timestamp> {
        let calls = self.acknowledged_at.is_none() && !self.is_over() && self.escalation_level < 3;
        self.ack_due_at.filter(|_| calls)
    }
}

/// When it happened is not known to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Precision {
    /// About that time.
    About,
    /// Some time between then and `until`.
    Range {
        /// The latest it can have been, corrected.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        until: Timestamp,
    },
}

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The name the station gave it.
    pub id: EvidenceId,
    /// SHA-256 of the file when it was attached, in hexadecimal.
    pub sha256: String,
    /// What it is, by its content.
    pub kind: FileKind,
    /// Its size in bytes.
    pub size: i64,
    /// What it was called where it came from.
    pub name: String,
    /// What it shows.
    pub note: Option<String>,
    /// Who attached it.
    pub by: Option<Named>,
    /// The station it was attached at.
    pub station: Option<String>,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub captured_at: Timestamp,
    /// When the server had all of it; none while it is on its way.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub received_at: Option<Timestamp>,
}

/// A candidate's part in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Involved {
    /// Who.
    pub student_id: StudentId,
    /// How.
    pub part: Part,
}

/// What a witness states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Their account, if they have one.
    pub user_id: Option<UserId>,
    /// Their name.
    pub name: String,
    /// Their words.
    pub statement: String,
    /// How it was signed.
    pub method: SignMethod,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub signed_at: Timestamp,
}

/// Who struck an incident through, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Voided {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Named>,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
}

/// When an incident went to the malpractice committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Referral {
    /// Who sent it.
    pub by: String,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// The number of its file.
    pub file_number: Option<String>,
}

/// One correction: what stood there, and what stands there now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Amended {
    /// `title`, `description`, `actionTaken`, `seat`, `type`, `subtype` or `parts`.
    pub field: String,
    /// Before; empty when there was nothing.
    pub before: String,
    /// Now; empty when there is nothing.
    pub after: String,
}

/// A notification to one or more people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// To whom.
    pub user_ids: Vec<UserId>,
    /// What it is about, like `incident`.
    #[serde(rename = "type")]
    pub notification_type: String,
    /// One line.
    pub title: String,
    /// More words.
    pub message: String,
    /// `info`, `warning`, `high` or `critical`.
    pub priority: String,
    /// The case it is about.
    pub incident: Option<IncidentRef>,
    /// When it was made.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub created_at: Timestamp,
    /// Who has read it.
    pub read_by: Vec<UserId>,
}
