//! Who is registered for a sitting and who came, under the original's name `exam-registrations`.

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use elms_protocol::{
    AttendanceStatus, Candidate, CheckInCandidate, Kind, Record, Sitting, SittingId, StudentId,
    View as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Key, Looking, Number, Reply, Said, carry_out, submissions::handed_in};
use crate::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/exam-registrations/entry/{id}", get(of_sitting))
        .route("/exam-registrations/missing-scripts/{id}", get(missing))
        .route("/exam-registrations/statistics/{id}", get(statistics))
        .route("/exam-registrations/attendance", post(attendance))
}

/// The sitting, if this person may see it.
pub(super) fn sitting(looking: &Looking, id: i64) -> Result<Sitting, Reply> {
    let found = looking.records.sitting(SittingId(id)).map(Record::Sitting);
    match found.and_then(|record| looking.seen(record)) {
        Some(Record::Sitting(sitting)) => Ok(*sitting),
        _ => Err(Reply::not_found("exam")),
    }
}

/// The register of a sitting, by index number.
fn register(looking: &Looking, sitting: &Sitting) -> Vec<Candidate> {
    let mut register = looking.all(Kind::Candidate, |record| {
        let Record::Candidate(found) = record else {
            return None;
        };
        (found.sitting_id == sitting.id).then_some(found)
    });
    register.sort_by(|one, two| one.index_number.cmp(&two.index_number));
    register
}

fn came(attendance: AttendanceStatus) -> bool {
    match attendance {
        AttendanceStatus::Present
        | AttendanceStatus::Late
        | AttendanceStatus::VeryLate
        | AttendanceStatus::Withdrawn
        | AttendanceStatus::Finished => true,
        AttendanceStatus::Expected | AttendanceStatus::Refused | AttendanceStatus::Absent => false,
    }
}

/// A registration with the original's names beside ours.
fn shown(candidate: &Candidate) -> Value {
    let mut shown = json!(candidate);
    let (first, last) = candidate
        .name
        .split_once(' ')
        .unwrap_or((&candidate.name, ""));
    let more = [
        ("registrationId", json!(candidate.id)),
        ("examEntryId", json!(candidate.sitting_id)),
        ("firstName", json!(first)),
        ("lastName", json!(last)),
        ("seatNumber", json!(candidate.seat)),
        ("isPresent", json!(came(candidate.attendance))),
    ];
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    shown
}

async fn of_sitting(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let register = register(&looking, &sitting(&looking, id)?);
    let rows: Vec<Value> = register.iter().map(shown).collect();
    let body = json!({ "success": true, "count": rows.len(), "data": rows });
    Ok(Reply::body(StatusCode::OK, body))
}

/// Who was present and whose script was not scanned. Where scripts are only counted, that is
/// everybody.
async fn missing(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let sitting = sitting(&looking, id)?;
    let batch = sitting.batch_id;
    let scripts = batch.map(|batch| handed_in(&looking, batch));
    let scripts = scripts.unwrap_or_default();
    let mut register = register(&looking, &sitting);
    register.retain(|found| came(found.attendance) && !scripts.contains(&found.student_id));
    let rows: Vec<Value> = register.iter().map(shown).collect();
    let body = json!({ "success": true, "count": rows.len(), "data": rows });
    Ok(Reply::body(StatusCode::OK, body))
}

async fn statistics(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let sitting = sitting(&looking, id)?;
    let batch = sitting.batch_id;
    let scripts = batch.map_or(0, |batch| handed_in(&looking, batch).len());
    let register = register(&looking, &sitting);
    let of = |status| {
        register
            .iter()
            .filter(|found| found.attendance == status)
            .count()
    };
    let present = register
        .iter()
        .filter(|found| came(found.attendance))
        .count();
    Ok(Reply::data(json!({
        "examEntryId": sitting.id,
        "totalRegistered": register.len(),
        "present": present,
        "counted": sitting.present,
        "late": of(AttendanceStatus::Late),
        "veryLate": of(AttendanceStatus::VeryLate),
        "refused": of(AttendanceStatus::Refused),
        "absent": of(AttendanceStatus::Absent),
        "expected": of(AttendanceStatus::Expected),
        "scriptsSubmitted": scripts,
    })))
}

/// `registrationId` is `sitting/student`; old clients say whether somebody is present, ours how.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Arrival {
    registration_id: Option<String>,
    exam_entry_id: Option<i64>,
    student_id: Option<i64>,
    is_present: Option<bool>,
    attendance: Option<AttendanceStatus>,
    minutes_late: Option<i64>,
    reason: Option<String>,
}

/// Notes how somebody came; the rules say whether it is in time.
pub(super) async fn attendance(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(asked): Said<Arrival>,
) -> Result<Reply, Reply> {
    let (exam, student) = asked.whom()?;
    let sitting = sitting(&looking, exam)?;
    let stated = asked.is_present.map(|yes| {
        if yes {
            AttendanceStatus::Present
        } else {
            AttendanceStatus::Absent
        }
    });
    let command = CheckInCandidate {
        sitting_id: sitting.id,
        student: StudentId(student),
        // Who says only that somebody came leaves it to the clock how.
        attendance: asked.attendance.or(stated),
        minutes_late: asked.minutes_late,
        reason: asked.reason.clone(),
    };
    carry_out(&app, &looking.actor, key, command).await??;
    let looking = looking.again(&app)?;
    let candidate = looking.records.candidate(sitting.id, StudentId(student));
    let candidate = candidate.ok_or_else(|| Reply::not_found("registration"))?;
    Ok(Reply::done(
        StatusCode::OK,
        "Attendance marked successfully",
        shown(&candidate),
    ))
}

impl Arrival {
    fn whom(&self) -> Result<(i64, i64), Reply> {
        let parts = self.registration_id.as_deref().and_then(|id| {
            let (exam, student) = id.split_once('/')?;
            Some((exam.parse().ok()?, student.parse().ok()?))
        });
        let named = self.exam_entry_id.zip(self.student_id);
        parts
            .or(named)
            .ok_or_else(|| Reply::bad("Say whom: registrationId, or examEntryId and studentId."))
    }
}
