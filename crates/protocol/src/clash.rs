//! What of a timetable cannot be at the same time, or does not fit into a hall.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Kind, Phase, Record, Severity, Sitting, SittingId, StudentId, TimetableId, View};

/// What clashes; the original's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClashKind {
    /// Somebody is to write two papers at once.
    StudentOverlap,
    /// Somebody invigilates two papers at once.
    InvigilatorOverlap,
    /// Two papers are in one room at once.
    VenueOverlap,
    /// More candidates than seats.
    CapacityExceeded,
}

/// A clash, under the original's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// What clashes.
    #[serde(rename = "type")]
    pub kind: ClashKind,
    /// How bad it is.
    pub severity: Severity,
    /// The sittings that clash.
    #[serde(rename = "entryIds")]
    pub sittings: Vec<SittingId>,
    /// In one sentence.
    #[serde(rename = "description")]
    pub text: String,
}

impl Clash {
    /// Whether a timetable is not published with it.
    pub fn is_grave(&self) -> bool {
        matches!(self.severity, Severity::High | Severity::Critical)
    }
}

/// The sittings of a timetable, in their order.
pub fn sittings_of(view: &dyn View, timetable: TimetableId) -> Vec<Sitting> {
    let all = view.list(Kind::Sitting).into_iter();
    let mut sittings: Vec<Sitting> = all
        .filter_map(|record| {
            let Record::Sitting(sitting) = record else {
                return None;
            };
            Some(*sitting).filter(|found| found.timetable_id == timetable)
        })
        .collect();
    sittings.sort_by_key(|sitting| (sitting.starts_at, sitting.id));
    sittings
}

/// Every clash between `sittings`, the first of each pair first. One that is called off clashes
/// with nothing.
pub fn clashes(view: &dyn View, sittings: &[Sitting]) -> Vec<Clash> {
    let students = students(view);
    let takes_place =
        |sitting: &&Sitting| !matches!(sitting.phase, Phase::Cancelled | Phase::Postponed);
    let sittings: Vec<&Sitting> = sittings.iter().filter(takes_place).collect();
    let mut found = Vec::new();
    for (at, one) in sittings.iter().enumerate() {
        for two in sittings.iter().skip(at.saturating_add(1)) {
            if one.starts_at < two.ends_at && two.starts_at < one.ends_at {
                found.extend(of_pair(one, two, &students));
            }
        }
        found.extend(too_many(view, one, &sittings));
    }
    found
}

type Students = BTreeMap<SittingId, BTreeSet<StudentId>>;

/// Who writes in which sitting.
fn students(view: &dyn View) -> Students {
    let mut students = Students::new();
    for record in view.list(Kind::Candidate) {
        if let Record::Candidate(found) = record {
            let all = students.entry(found.sitting_id).or_default();
            all.insert(found.student_id);
        }
    }
    students
}

fn of_pair(one: &Sitting, two: &Sitting, students: &Students) -> Vec<Clash> {
    let courses = format!("{} and {}", one.course_code, two.course_code);
    let clash = |kind, severity, text| Clash {
        kind,
        severity,
        sittings: vec![one.id, two.id],
        text,
    };
    let none = BTreeSet::new();
    let of = |sitting: &Sitting| students.get(&sitting.id).unwrap_or(&none);
    let n_both = of(one).intersection(of(two)).count();
    let mut found = Vec::new();
    if 0 < n_both {
        let text = format!("{n_both} students are to write {courses} at the same time.");
        found.push(clash(ClashKind::StudentOverlap, Severity::High, text));
    }
    let staff = one.invigilators.iter();
    let staff: Vec<&str> = staff
        .filter(|person| two.has(person.user_id))
        .map(|person| person.name.as_str())
        .collect();
    if !staff.is_empty() {
        let text = format!(
            "{} invigilates {courses} at the same time.",
            staff.join(", ")
        );
        found.push(clash(ClashKind::InvigilatorOverlap, Severity::High, text));
    }
    if one.venue_id == two.venue_id && one.room == two.room && !one.room.is_empty() {
        let text = format!("{courses} are in {} at the same time.", one.room);
        found.push(clash(ClashKind::VenueOverlap, Severity::Medium, text));
    }
    found
}

/// More candidates in a venue, when this sitting begins, than it has seats.
fn too_many(view: &dyn View, one: &Sitting, sittings: &[&Sitting]) -> Option<Clash> {
    let venue = view.venue(one.venue_id)?;
    let there = sittings.iter().filter(|other| {
        other.venue_id == one.venue_id
            && other.starts_at <= one.starts_at
            && one.starts_at < other.ends_at
    });
    let expected: i64 = there.map(|other| other.expected).sum();
    (venue.capacity < expected).then(|| Clash {
        kind: ClashKind::CapacityExceeded,
        severity: Severity::High,
        sittings: vec![one.id],
        text: format!(
            "{expected} candidates for {} seats in {}.",
            venue.capacity, venue.name
        ),
    })
}
