//! What the log folds to: one record for each thing in the exam hall.
//!
//! A record is only ever written by [`crate::evolve`], on the server and on every station alike.
//! The reference records (institution, venue, person, candidate) come with the import.

use serde::{Deserialize, Serialize};

use crate::{
    AttendanceStatus, BatchId, BatchStatus, CustodyState, DepartmentId, FacultyId, IncidentOutcome,
    IncidentRef, IncidentStatus, IncidentType, InstitutionId, InvigilatorRole, NotificationId,
    Phase, Role, Seq, Severity, SittingId, StudentId, Times, Timestamp, TimetableId,
    TimetableStatus, TransferRef, UserId, VenueId,
};

/// Which kind of record. With the id it is the key of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// [`Institution`]
    Institution,
    /// [`Venue`]
    Venue,
    /// [`Person`]
    Person,
    /// [`Candidate`]
    Candidate,
    /// [`Timetable`]
    Timetable,
    /// [`Sitting`]
    Sitting,
    /// [`Incident`]
    Incident,
    /// [`Batch`]
    Batch,
    /// [`Transfer`]
    Transfer,
    /// [`Notification`]
    Notification,
    /// [`Station`]
    Station,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Institution,
        Self::Venue,
        Self::Person,
        Self::Candidate,
        Self::Timetable,
        Self::Sitting,
        Self::Incident,
        Self::Batch,
        Self::Transfer,
        Self::Notification,
        Self::Station,
    ];

    /// The text used as a database key and as a topic.
    pub fn text(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Venue => "venue",
            Self::Person => "person",
            Self::Candidate => "candidate",
            Self::Timetable => "timetable",
            Self::Sitting => "sitting",
            Self::Incident => "incident",
            Self::Batch => "batch",
            Self::Transfer => "transfer",
            Self::Notification => "notification",
            Self::Station => "station",
        }
    }

    /// The kind of a text.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.text() == text)
    }
}

/// The key of a record within its institution.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Key {
    /// Which kind.
    pub kind: Kind,
    /// Its id as text.
    pub id: String,
}

impl Key {
    /// The key of `id` among the records of `kind`.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids are copied, texts are lent"
    )]
    pub fn new(kind: Kind, id: impl ToString) -> Self {
        Self {
            kind,
            id: id.to_string(),
        }
    }
}

/// Any record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", content = "record", rename_all = "snake_case")]
pub enum Record {
    /// The institution itself.
    Institution(Institution),
    /// A building or hall.
    Venue(Venue),
    /// Somebody with an account.
    Person(Person),
    /// Somebody registered for a sitting.
    Candidate(Candidate),
    /// A timetable.
    Timetable(Timetable),
    /// One paper in one place at one time.
    Sitting(Box<Sitting>),
    /// An incident.
    Incident(Box<Incident>),
    /// A bundle of scripts.
    Batch(Box<Batch>),
    /// A handover of a batch.
    Transfer(Transfer),
    /// A notification.
    Notification(Notification),
    /// A console.
    Station(Station),
}

impl Record {
    /// The key of this record.
    pub fn key(&self) -> Key {
        match self {
            Self::Institution(record) => Key::new(Kind::Institution, record.id),
            Self::Venue(record) => Key::new(Kind::Venue, record.id),
            Self::Person(record) => Key::new(Kind::Person, record.id),
            Self::Candidate(record) => Key::new(Kind::Candidate, &record.id),
            Self::Timetable(record) => Key::new(Kind::Timetable, record.id),
            Self::Sitting(record) => Key::new(Kind::Sitting, record.id),
            Self::Incident(record) => Key::new(Kind::Incident, record.reference),
            Self::Batch(record) => Key::new(Kind::Batch, record.id),
            Self::Transfer(record) => Key::new(Kind::Transfer, record.reference),
            Self::Notification(record) => Key::new(Kind::Notification, record.id),
            Self::Station(record) => Key::new(Kind::Station, &record.code),
        }
    }
}

/// A person as others see them: enough to show who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Named {
    /// Their account.
    pub id: UserId,
    /// Title and name as shown.
    pub name: String,
}

/// An institution and what it has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Institution {
    /// Its id.
    pub id: InstitutionId,
    /// Its name.
    pub name: String,
    /// Its short code.
    pub code: String,
    /// IANA zone in which its times are shown.
    pub timezone: String,
    /// Its rules.
    pub policy: Policy,
}

/// Rules that an institution sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// Minutes after the start when a candidate is refused.
    pub late_cutoff_min: i64,
    /// A station clock further off than this is warned about, in milliseconds.
    pub clock_skew_warn_ms: i64,
    /// Minutes in which somebody must acknowledge an incident, by severity: low, medium, high,
    /// critical.
    pub ack_within_min: [i64; 4],
    /// Whether a seal needs a witness who is not the sealer.
    pub seal_needs_two_people: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            late_cutoff_min: 30,
            clock_skew_warn_ms: 5_000,
            ack_within_min: [60, 15, 5, 2],
            seal_needs_two_people: true,
        }
    }
}

/// A building or hall with its rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Venue {
    /// Its id.
    pub id: VenueId,
    /// Short code, as on the door.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub location: String,
    /// Seats.
    pub capacity: i64,
}

/// Somebody with an account, without anything secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Their account.
    pub id: UserId,
    /// Title and name as shown.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Limits an officer to one faculty.
    pub faculty_id: Option<FacultyId>,
    /// Limits a head to one department.
    pub department_id: Option<DepartmentId>,
}

/// Somebody registered for a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// `sitting/student`, one registration.
    pub id: String,
    /// The student.
    pub student_id: StudentId,
    /// The sitting.
    pub sitting_id: SittingId,
    /// Index number.
    pub index_number: String,
    /// Name as shown.
    pub name: String,
    /// Seat, like `C9`.
    pub seat: String,
    /// Extra time in percent.
    pub extra_time_pct: i64,
    /// Whether and how they came.
    pub attendance: AttendanceStatus,
    /// Minutes after the start, when late.
    pub minutes_late: Option<i64>,
}

/// A timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Timetable {
    /// Its id.
    pub id: TimetableId,
    /// Its title.
    pub title: String,
    /// First day, `2026-12-07`.
    pub start_date: String,
    /// Last day.
    pub end_date: String,
    /// Where it stands.
    pub status: TimetableStatus,
    /// Counts up with every change after publication.
    pub revision: i64,
}

/// Somebody who invigilates a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Invigilator {
    /// Their account.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// What they do there.
    pub role: InvigilatorRole,
    /// When they checked in.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub checked_in_at: Option<Timestamp>,
}

/// A count at an instant: one step of a curve on the hall lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Counted {
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// How many by then.
    pub n: i64,
}

/// One paper in one place at one time (`ExamTimetableEntry` of the original).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Sitting {
    /// Its id, `examEntryId` on the wire.
    pub id: SittingId,
    /// The timetable it belongs to.
    pub timetable_id: TimetableId,
    /// Course code, like `CSE201`.
    pub course_code: String,
    /// Course name.
    pub course_name: String,
    /// Faculty of the course.
    pub faculty_id: FacultyId,
    /// Department of the course.
    pub department_id: DepartmentId,
    /// Where.
    pub venue_id: VenueId,
    /// Which rooms, as shown.
    pub room: String,
    /// Planned start.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub starts_at: Timestamp,
    /// Planned end.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub ends_at: Timestamp,
    /// Where it stands.
    pub phase: Phase,
    /// Real start.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub started_at: Option<Timestamp>,
    /// When writing stopped.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub stopped_at: Option<Timestamp>,
    /// Start of the pause that goes on.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub paused_at: Option<Timestamp>,
    /// Seconds of finished pauses.
    pub paused_sec: i64,
    /// Seconds given back to everybody.
    pub added_sec: i64,
    /// Registered.
    pub expected: i64,
    /// Present.
    pub present: i64,
    /// Check-ins over time.
    pub check_ins: Vec<Counted>,
    /// Seats whose candidates are out of the hall.
    pub out: Vec<String>,
    /// Who invigilates.
    pub invigilators: Vec<Invigilator>,
    /// Its batch.
    pub batch_id: Option<BatchId>,
    /// The last event about it.
    pub seq: Seq,
}

impl Sitting {
    /// Whether `user` invigilates it.
    pub fn has(&self, user: UserId) -> bool {
        self.invigilators
            .iter()
            .any(|person| person.user_id == user)
    }

    /// Whether `user` is its chief invigilator.
    pub fn is_chief(&self, user: UserId) -> bool {
        self.invigilators.iter().any(|person| {
            person.user_id == user && person.role == InvigilatorRole::ChiefInvigilator
        })
    }

    /// When writing ends for candidates without access arrangements.
    pub fn effective_end(&self) -> Timestamp {
        self.ends_at.plus_ms(self.added_sec.saturating_mul(1_000))
    }
}

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

/// Who holds a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Holder {
    /// Still in its hall.
    Hall {
        /// The venue's name.
        name: String,
    },
    /// A person.
    Person(Named),
    /// A place, like `loc:strong-room`.
    Place {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

impl Holder {
    /// As shown.
    pub fn name(&self) -> &str {
        match self {
            Self::Hall { name } | Self::Place { name, .. } => name,
            Self::Person(person) => &person.name,
        }
    }

    /// Whether `user` holds it.
    pub fn is(&self, user: UserId) -> bool {
        matches!(self, Self::Person(person) if person.id == user)
    }
}

/// One step of a batch on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Step {
    /// What it became.
    pub status: BatchStatus,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<Named>,
    /// Who holds it since.
    pub holder: String,
}

/// A bundle of scripts of one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// The printed code, `BATCH-CSE201-2026-01`.
    #[serde(rename = "batchQRCode")]
    pub code: String,
    /// Course code.
    pub course_code: String,
    /// Course name.
    pub course_name: String,
    /// Where it stands.
    pub status: BatchStatus,
    /// Registered for the sitting.
    pub total_registered: i64,
    /// Scripts handed in.
    pub scripts_submitted: i64,
    /// Scripts collected.
    pub scripts_collected: i64,
    /// Scripts graded.
    pub scripts_graded: i64,
    /// The counts declared so far, each with who counted.
    pub counts: Vec<DeclaredCount>,
    /// Collected minus present, when sealed.
    pub discrepancy: i64,
    /// The case that explains a difference.
    pub incident: Option<IncidentRef>,
    /// The number on the seal.
    pub seal_number: Option<String>,
    /// Numbers of seals that were opened.
    pub broken_seals: Vec<String>,
    /// Who sealed.
    pub sealed_by: Option<Named>,
    /// Who witnessed the seal.
    pub seal_witness: Option<Named>,
    /// When it was sealed.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub sealed_at: Option<Timestamp>,
    /// Who answers for it now.
    pub holder: Holder,
    /// Who will grade it.
    pub lecturer: Option<Named>,
    /// Its way so far.
    pub steps: Vec<Step>,
    /// Scripts over time.
    pub collected: Vec<Counted>,
    /// The last event about it.
    pub seq: Seq,
}

/// A count that somebody declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeclaredCount {
    /// Who counted.
    pub by: Named,
    /// How many.
    pub count: i64,
}

/// A handover of a batch from one holder to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// The name the offering station gave it.
    #[serde(rename = "ref")]
    pub reference: TransferRef,
    /// The batch.
    pub batch_id: BatchId,
    /// Who gives.
    pub from: Named,
    /// Who is to receive.
    pub to: Holder,
    /// Where it stands.
    pub state: CustodyState,
    /// Scripts on the label.
    pub count: i64,
    /// Seal on the label.
    pub seal: Option<String>,
    /// Seal as the receiver read it.
    pub seal_seen: Option<String>,
    /// When it was offered.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub offered_at: Timestamp,
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

/// A console in a hall or an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Station {
    /// Its code, like `GH-A`.
    pub code: String,
    /// What it is, in words.
    pub label: String,
    /// Where it stands.
    pub venue_id: Option<VenueId>,
    /// Whether the server hears it.
    pub online: bool,
    /// Since when.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub since: Option<Timestamp>,
    /// Its clock minus the server's, in milliseconds.
    pub clock_offset_ms: i64,
    /// Silences: from, to (none while it lasts).
    pub outages: Vec<Silence>,
}

/// A stretch of time in which the server did not hear a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Silence {
    /// Last heard.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: Timestamp,
    /// Heard again.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub to: Option<Timestamp>,
}
