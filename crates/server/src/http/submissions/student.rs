//! Whose code it is, and which of their exams runs.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_protocol::{Batch, Candidate, Kind, Phase, Record, Sitting, SittingId, View as _};
use serde_json::Value;

use super::Submission;
use crate::http::{Looking, Reply};

/// Who stands before the desk: a candidate with their sitting and its batch.
pub(super) struct Found {
    pub(super) candidate: Candidate,
    pub(super) sitting: Sitting,
    pub(super) batch: Batch,
}

/// The index number or student number of a code.
fn named(code: &str) -> (Option<String>, Option<i64>) {
    let code = code.trim();
    let json = STANDARD.decode(code).ok();
    let json = json.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(fields) = json.filter(Value::is_object) else {
        return (Some(code.to_owned()), code.parse().ok());
    };
    let index = fields.get("indexNumber").and_then(Value::as_str);
    let student = fields.get("studentId").or_else(|| fields.get("id"));
    let student = student.and_then(Value::as_i64);
    (index.map(ToOwned::to_owned), student)
}

/// The registrations of the student of a code that the person may see.
pub(super) fn registrations(looking: &Looking, code: &str) -> Vec<Candidate> {
    let (index, student) = named(code);
    let is_named = |found: &Candidate| {
        student.is_some_and(|id| found.student_id.0 == id)
            || index
                .as_deref()
                .is_some_and(|index| found.index_number.eq_ignore_ascii_case(index))
    };
    looking.all(Kind::Candidate, |record| {
        let Record::Candidate(found) = record else {
            return None;
        };
        is_named(&found).then_some(found)
    })
}

pub(super) fn in_sitting(looking: &Looking, candidate: Candidate) -> Option<Found> {
    let sitting = looking.records.sitting(candidate.sitting_id)?;
    let batch = looking.records.batch(sitting.batch_id?)?;
    Some(Found {
        candidate,
        sitting: *sitting,
        batch: *batch,
    })
}

/// The one sitting whose scripts are handed in now, or the named one.
pub(super) fn found(looking: &Looking, submission: &Submission) -> Result<Found, Reply> {
    let mut all: Vec<Found> = registrations(looking, &submission.code)
        .into_iter()
        .filter_map(|candidate| in_sitting(looking, candidate))
        .collect();
    if all.is_empty() {
        return Err(Reply::not_found("student"));
    }
    match submission.exam_entry_id {
        Some(id) => all.retain(|found| found.sitting.id == SittingId(id)),
        None => all.retain(|found| is_active(&found.sitting)),
    }
    let mut all = all.into_iter();
    match (all.next(), all.next()) {
        (Some(found), None) => Ok(found),
        (None, _) => Err(Reply::not_found("registration for this exam")),
        (Some(_), Some(_)) => Err(Reply::bad("Several exams run: say which, examEntryId.")),
    }
}

pub(super) fn is_active(sitting: &Sitting) -> bool {
    matches!(
        sitting.phase,
        Phase::Writing | Phase::Paused | Phase::Collecting | Phase::Reconciling
    )
}
