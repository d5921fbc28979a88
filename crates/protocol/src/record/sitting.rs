//! Timetables and sittings.

use serde::{Deserialize, Serialize};

use crate::{
    ApprovalStatus, BatchId, Candidate, DepartmentId, EntryStatus, FacultyId, InvigilatorRole,
    Named, Phase, Seq, SittingId, Timestamp, TimetableId, TimetableStatus, Trace, UserId, VenueId,
};

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
    /// Who asked for approval, and what was said.
    #[serde(default)]
    pub approval: Approval,
    /// People who were asked to confirm a revision and have not.
    #[serde(default)]
    pub unconfirmed: Vec<UserId>,
}

impl Timetable {
    /// Where one of its entries stands.
    pub fn entry_status(&self, sitting: &Sitting) -> EntryStatus {
        let asked = |person: &Invigilator| self.unconfirmed.contains(&person.user_id);
        match sitting.phase {
            Phase::Cancelled => EntryStatus::Cancelled,
            Phase::Postponed => EntryStatus::Rescheduled,
            Phase::Closed => EntryStatus::Completed,
            Phase::Writing | Phase::Paused | Phase::Collecting | Phase::Reconciling => {
                EntryStatus::InProgress
            }
            Phase::Setup | Phase::Admitting => match self.status {
                TimetableStatus::Draft | TimetableStatus::PendingApproval => EntryStatus::Draft,
                TimetableStatus::Approved => EntryStatus::Scheduled,
                TimetableStatus::Published
                | TimetableStatus::InProgress
                | TimetableStatus::Completed
                | TimetableStatus::Archived => {
                    if sitting.invigilators.iter().any(asked) {
                        EntryStatus::Rescheduled
                    } else {
                        EntryStatus::Confirmed
                    }
                }
            },
        }
    }
}

/// The approval of a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// Where it stands.
    pub status: ApprovalStatus,
    /// Who asked for it.
    pub submitted_by: Option<Named>,
    /// Who approved it.
    pub approved_by: Option<Named>,
    /// Why it was rejected.
    pub rejection_reason: Option<String>,
}

impl Default for Approval {
    fn default() -> Self {
        Self {
            status: ApprovalStatus::NotSubmitted,
            submitted_by: None,
            approved_by: None,
            rejection_reason: None,
        }
    }
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
    /// When they left.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    #[serde(default)]
    pub checked_out_at: Option<Timestamp>,
}

/// Question papers that somebody in the hall signed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Papers {
    /// How many, if they were counted.
    pub count: Option<i64>,
    /// Who signed, when and where.
    pub signed: Trace,
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

/// A stretch in which nobody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Pause {
    /// Its start, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: Timestamp,
    /// Its end, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub to: Timestamp,
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
    /// Who took it to that phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub changed: Option<Trace>,
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
    /// Finished pauses.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// Whether the register was declared complete.
    #[serde(default)]
    pub register_complete: bool,
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
    /// The question papers that the hall signed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub papers: Option<Papers>,
    /// Its batch.
    pub batch_id: Option<BatchId>,
    /// The last event about it.
    pub seq: Seq,
}

impl Sitting {
    /// A sitting that has not begun, of a course of this faculty and department, from one hour to
    /// the other. What is written there and by whom is for the caller to say.
    pub fn planned(
        id: SittingId,
        timetable_id: TimetableId,
        (faculty_id, department_id): (FacultyId, DepartmentId),
        venue_id: VenueId,
        (starts_at, ends_at): (Timestamp, Timestamp),
    ) -> Self {
        Self {
            id,
            timetable_id,
            course_code: String::new(),
            course_name: String::new(),
            faculty_id,
            department_id,
            venue_id,
            room: String::new(),
            starts_at,
            ends_at,
            phase: Phase::Setup,
            changed: None,
            started_at: None,
            stopped_at: None,
            paused_at: None,
            paused_sec: 0,
            pauses: Vec::new(),
            register_complete: false,
            added_sec: 0,
            expected: 0,
            present: 0,
            check_ins: Vec::new(),
            out: Vec::new(),
            invigilators: Vec::new(),
            papers: None,
            batch_id: None,
            seq: Seq::ZERO,
        }
    }

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

    /// When writing ends for this candidate: the planned time with their access arrangement, and
    /// what was given back to all and to them. A pause stops everybody's clock alike, so no
    /// percentage is laid on what it took.
    pub fn finish_of(&self, candidate: &Candidate) -> Timestamp {
        let planned_ms = self.ends_at.since_ms(self.starts_at);
        let percent = candidate.extra_time_pct.saturating_add(100);
        let own_ms = planned_ms.saturating_mul(percent) / 100;
        let added_sec = self.added_sec.saturating_add(candidate.added_sec);
        let given_ms = added_sec.saturating_mul(1_000);
        self.starts_at.plus_ms(own_ms.saturating_add(given_ms))
    }

    /// When writing ends for candidates without access arrangements.
    pub fn effective_end(&self) -> Timestamp {
        self.ends_at.plus_ms(self.added_sec.saturating_mul(1_000))
    }
}
