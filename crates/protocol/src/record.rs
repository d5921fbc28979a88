//! What the log folds to: one record for each thing in the exam hall.
//!
//! A record is only ever written by [`crate::evolve`], on the server and on every station alike.
//! The reference records (institution, venue, person, candidate) come with the import.

use serde::{Deserialize, Serialize};

mod batch;
mod incident;
mod people;
mod script;
mod sitting;

pub use batch::*;
pub use incident::*;
pub use people::*;
pub use script::*;
pub use sitting::*;

use crate::{Event, Timestamp, UserId};

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
    /// [`Script`]
    Script,
    /// [`Enrolment`]
    Enrolment,
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
        Self::Script,
        Self::Enrolment,
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
            Self::Script => "script",
            Self::Enrolment => "enrolment",
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
    /// The script of one candidate.
    Script(Script),
    /// How the key of a station stands.
    Enrolment(Enrolment),
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
            Self::Script(record) => Key::new(Kind::Script, &record.id),
            Self::Enrolment(record) => Key::new(Kind::Enrolment, &record.fingerprint),
        }
    }
}

/// Who wrote something down, when it happened and at which station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Trace {
    /// Their name; none is the system.
    pub by: Option<String>,
    /// When it happened, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub at: Timestamp,
    /// The station's code.
    pub station: Option<String>,
}

impl Trace {
    /// Who wrote down what an event says.
    pub fn of(event: &Event) -> Self {
        Self {
            by: event.actor.name.clone(),
            at: event.happened_at(),
            station: event.actor.station_code.clone(),
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
