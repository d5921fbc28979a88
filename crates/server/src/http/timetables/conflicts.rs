//! What cannot be at the same time, or does not fit into a hall.

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{Kind, Record, Sitting, SittingId, StudentId, View as _};
use serde_json::{Value, json};

use crate::http::Looking;

/// Every conflict between sittings, the first of each pair first.
pub(super) fn conflicts(looking: &Looking, sittings: &[Sitting]) -> Vec<Value> {
    let students = students(looking);
    let mut found = Vec::new();
    for (at, one) in sittings.iter().enumerate() {
        for two in sittings.iter().skip(at.saturating_add(1)) {
            if one.starts_at < two.ends_at && two.starts_at < one.ends_at {
                found.extend(of_pair(one, two, &students));
            }
        }
        found.extend(too_many(looking, one, sittings));
    }
    found
}

/// Who writes in which sitting.
fn students(looking: &Looking) -> BTreeMap<SittingId, BTreeSet<StudentId>> {
    let mut students: BTreeMap<SittingId, BTreeSet<StudentId>> = BTreeMap::new();
    for record in looking.records.list(Kind::Candidate) {
        if let Record::Candidate(found) = record {
            let all = students.entry(found.sitting_id).or_default();
            all.insert(found.student_id);
        }
    }
    students
}

fn of_pair(
    one: &Sitting,
    two: &Sitting,
    students: &BTreeMap<SittingId, BTreeSet<StudentId>>,
) -> Vec<Value> {
    let none = BTreeSet::new();
    let of = |sitting: &Sitting| students.get(&sitting.id).unwrap_or(&none);
    let both: Vec<&StudentId> = of(one).intersection(of(two)).collect();
    let staff = one.invigilators.iter();
    let staff: Vec<&str> = staff
        .filter(|person| two.has(person.user_id))
        .map(|person| person.name.as_str())
        .collect();
    let entries = json!([one.id, two.id]);
    let courses = format!("{} and {}", one.course_code, two.course_code);
    let mut found = Vec::new();
    if !both.is_empty() {
        let text = format!(
            "{} students are to write {courses} at the same time.",
            both.len()
        );
        found.push(conflict("STUDENT_OVERLAP", "HIGH", &entries, &text));
    }
    if !staff.is_empty() {
        let text = format!(
            "{} invigilates {courses} at the same time.",
            staff.join(", ")
        );
        found.push(conflict("INVIGILATOR_OVERLAP", "HIGH", &entries, &text));
    }
    if one.venue_id == two.venue_id && one.room == two.room && !one.room.is_empty() {
        let text = format!("{courses} are in {} at the same time.", one.room);
        found.push(conflict("VENUE_OVERLAP", "MEDIUM", &entries, &text));
    }
    found
}

/// More candidates in a venue, when this sitting begins, than it has seats.
fn too_many(looking: &Looking, one: &Sitting, sittings: &[Sitting]) -> Option<Value> {
    let venue = looking.records.venue(one.venue_id)?;
    let there = sittings.iter().filter(|other| {
        other.venue_id == one.venue_id
            && other.starts_at <= one.starts_at
            && one.starts_at < other.ends_at
    });
    let expected: i64 = there.map(|other| other.expected).sum();
    let text = format!(
        "{expected} candidates for {} seats in {}.",
        venue.capacity, venue.name
    );
    let entries = json!([one.id]);
    (venue.capacity < expected).then(|| conflict("CAPACITY_EXCEEDED", "HIGH", &entries, &text))
}

fn conflict(kind: &str, severity: &str, entries: &Value, text: &str) -> Value {
    json!({ "type": kind, "severity": severity, "entryIds": entries, "description": text })
}
