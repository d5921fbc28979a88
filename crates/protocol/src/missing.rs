//! Where a missing script may be: the likely places first, each with its reason in words.

use serde::{Deserialize, Serialize};

use crate::{
    AttendanceStatus, Batch, BatchId, Candidate, Holder, Kind, Record, ScriptException, Sitting,
    SittingId, StudentId, View,
};

/// Papers that start this close to one another share a hall, as far as bundles are concerned.
const SAME_TIME_MS: i64 = 60 * 60_000;

/// One place to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// How likely, from 0 to 100; only the order means something.
    pub score: i64,
    /// The bundle to look in, if it is one.
    pub batch_id: Option<BatchId>,
    /// The reason in one sentence.
    pub reason: String,
}

/// Where the script of `student` in `sitting` may be, the likeliest place first.
///
/// Empty when there is no such registration or nothing speaks for any place.
pub fn where_is(view: &dyn View, sitting: SittingId, student: StudentId) -> Vec<Proposal> {
    let (Some(sitting), Some(candidate)) =
        (view.sitting(sitting), view.candidate(sitting, student))
    else {
        return Vec::new();
    };
    let own = sitting.batch_id.and_then(|id| view.batch(id));
    let mut proposals = Vec::new();
    proposals.extend(never_came(&candidate));
    proposals.extend(in_its_own(view, &candidate, own.as_deref()));
    for batch in view.batches() {
        if own.as_ref().is_none_or(|own| own.id != batch.id) {
            proposals.extend(in_another(view, &sitting, own.as_deref(), &batch));
        }
    }
    proposals.extend(from_the_hall(&candidate));
    proposals.sort_by_key(|one| (std::cmp::Reverse(one.score), one.batch_id));
    proposals
}

fn propose(score: i64, batch_id: Option<BatchId>, reason: String) -> Proposal {
    Proposal {
        score,
        batch_id,
        reason,
    }
}

fn never_came(candidate: &Candidate) -> Option<Proposal> {
    let away = [AttendanceStatus::Absent, AttendanceStatus::Refused];
    if !away.contains(&candidate.attendance) {
        return None;
    }
    let number = &candidate.index_number;
    let how = candidate.attendance.text().to_lowercase();
    Some(propose(
        100,
        None,
        format!("{number} is {how} in the register: there is no script."),
    ))
}

/// It was handed in by name and is in no other bundle.
fn in_its_own(view: &dyn View, candidate: &Candidate, own: Option<&Batch>) -> Option<Proposal> {
    let script = view.script(candidate.sitting_id, candidate.student_id)?;
    let own = own.filter(|own| own.id == script.batch_id)?;
    let by = script
        .collected_by
        .map(|named| format!(" by {}", named.name));
    script.collected_at?;
    let reason = format!(
        "It was collected{} into {}: count that bundle again.",
        by.unwrap_or_default(),
        own.code
    );
    Some(propose(70, Some(own.id), reason))
}

/// Another bundle: one with a script too many beside this hall, or one on the same shelf.
fn in_another(
    view: &dyn View,
    sitting: &Sitting,
    own: Option<&Batch>,
    batch: &Batch,
) -> Option<Proposal> {
    let other = view.sitting(batch.sitting_id)?;
    let apart_ms = other.starts_at.since_ms(sitting.starts_at).abs();
    let same_venue = other.venue_id == sitting.venue_id;
    let same_time = apart_ms <= SAME_TIME_MS;
    let extra = surplus(view, &other, batch);
    let (code, course) = (&batch.code, &other.course_code);
    let beside = format!("{course} wrote beside it and {code} has {extra} too many.");
    if 0 < extra && same_venue && same_time {
        let same_room = other.room == sitting.room;
        let exactly = extra == 1;
        let score = 84 + 8 * i64::from(same_room) + 4 * i64::from(exactly);
        return Some(propose(score, Some(batch.id), beside));
    }
    if 0 < extra && (same_venue || same_time) {
        let what = if same_venue {
            "in the same hall"
        } else {
            "at the same time"
        };
        let reason = format!("{course} was written {what} and {code} has {extra} too many.");
        return Some(propose(55, Some(batch.id), reason));
    }
    if own.is_some_and(|own| on_one_shelf(own, batch)) {
        let place = batch.holder.name();
        let (score, many) = if 0 < extra {
            (45, format!(" and has {extra} too many"))
        } else {
            (10, String::new())
        };
        let reason = format!("{code} lies in {place} too{many}.");
        return Some(propose(score, Some(batch.id), reason));
    }
    None
}

/// Scripts beyond those who were present, or marked as extra by hand.
fn surplus(view: &dyn View, sitting: &Sitting, batch: &Batch) -> i64 {
    let counted = batch.scripts_collected.saturating_sub(sitting.present);
    let marked = view.list(Kind::Script).into_iter().filter(|record| {
        let Record::Script(script) = record else {
            return false;
        };
        script.batch_id == batch.id && script.exception == ScriptException::Extra
    });
    let marked = i64::try_from(marked.count()).unwrap_or(i64::MAX);
    counted.max(marked).max(0)
}

fn on_one_shelf(one: &Batch, other: &Batch) -> bool {
    match (&one.holder, &other.holder) {
        (Holder::Place { id, .. }, Holder::Place { id: there, .. }) => id == there,
        (Holder::Person(holder), Holder::Person(there)) => holder.id == there.id,
        (Holder::Hall { .. } | Holder::Person(_) | Holder::Place { .. }, _) => false,
    }
}

/// What the hall log says of the candidate.
fn from_the_hall(candidate: &Candidate) -> Vec<Proposal> {
    let left = candidate.left_at.is_some()
        || matches!(
            candidate.attendance,
            AttendanceStatus::Withdrawn | AttendanceStatus::Finished
        );
    let (number, seat) = (&candidate.index_number, &candidate.seat);
    let left = left.then(|| {
        let reason = format!("{number} left early: look among the scripts taken at the desk.");
        propose(65, None, reason)
    });
    let moved = candidate.moved_from.as_ref().map(|before| {
        let reason = format!("{number} was moved from {before} to {seat}: look at both seats.");
        propose(60, None, reason)
    });
    left.into_iter().chain(moved).collect()
}

#[cfg(test)]
mod tests;
