//! Who and what is known before the day: institution, venues, people, candidates, stations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AttendanceStatus, DepartmentId, FacultyId, IncidentType, InstitutionId, Named, Role, SittingId,
    StudentId, Timestamp, Trace, UserId, VenueId,
};

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
    /// Minutes after the start from which the board decides about a candidate.
    pub very_late_min: i64,
    /// A station clock further off than this is warned about, in milliseconds.
    pub clock_skew_warn_ms: i64,
    /// Minutes in which somebody must acknowledge an incident, by severity: low, medium, high,
    /// critical.
    pub ack_within_min: [i64; 4],
    /// Minutes after which an offer that nobody accepted lapses.
    pub offer_expires_min: i64,
    /// Minutes after the end of a paper by which its scripts are under seal.
    pub seal_within_min: i64,
    /// Minutes after the seal by which somebody has taken a batch along.
    pub fetch_within_min: i64,
    /// Days after which a lecturer has brought the scripts back.
    pub mark_within_days: i64,
    /// The finer kinds that this institution uses, by kind; kinds that are not here use the
    /// usual ones.
    pub subtypes: BTreeMap<IncidentType, Vec<String>>,
    /// Whether a seal needs a witness who is not the sealer.
    pub seal_needs_two_people: bool,
    /// Days that a station remembers an event.
    pub station_keep_days: i64,
    /// The most MiB that a station remembers.
    pub station_keep_mib: i64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            late_cutoff_min: 30,
            very_late_min: 60,
            clock_skew_warn_ms: 5_000,
            ack_within_min: [60, 15, 5, 2],
            offer_expires_min: 30,
            seal_within_min: 60,
            fetch_within_min: 240,
            mark_within_days: 14,
            subtypes: BTreeMap::new(),
            seal_needs_two_people: true,
            station_keep_days: 180,
            station_keep_mib: 1_024,
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
    /// The telephone at its desk; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub phone: Option<String>,
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
    /// The seat before the candidate was moved.
    #[serde(default)]
    pub moved_from: Option<String>,
    /// When they left before the end, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    #[serde(default)]
    pub left_at: Option<Timestamp>,
    /// Seconds given back to this candidate alone.
    #[serde(default)]
    pub added_sec: i64,
    /// Who wrote down how they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub came: Option<Trace>,
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

/// How the key of a station stands with an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StationStanding {
    /// Nobody has said anything about it.
    Waiting,
    /// People may sign in there.
    Paired,
    /// They may not, whatever else is set.
    Suspended,
}

impl StationStanding {
    /// Every one.
    pub const ALL: &[Self] = &[Self::Waiting, Self::Paired, Self::Suspended];

    /// Its word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Paired => "paired",
            Self::Suspended => "suspended",
        }
    }

    /// A word that this version does not know opens nothing.
    pub fn from_text(text: &str) -> Self {
        let mut all = Self::ALL.iter().copied();
        all.find(|standing| standing.text() == text)
            .unwrap_or(Self::Suspended)
    }
}

/// The key of a station and how it stands. It is no part of [`Station`]: two stations may call
/// themselves the same, and one may change its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Enrolment {
    /// By what people tell the key from others.
    pub fingerprint: String,
    /// What the station called itself.
    pub code: Option<String>,
    /// How it stands.
    pub standing: StationStanding,
    /// Who said so, or who tried to sign in there while it waits; none is whoever runs the server.
    pub by: Option<Named>,
    /// Since when.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub since: Timestamp,
}
