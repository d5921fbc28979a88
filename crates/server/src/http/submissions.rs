//! Single scripts, under the original's name `script-submissions`.
//!
//! A student's code only says who it is: what a person may do with it comes from their right. The
//! original's codes (base64 of JSON), plain index numbers and student numbers are all read.

mod student;

use crate::limits::MOST_SCRIPTS;
use std::collections::BTreeSet;

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use elms_protocol::{
    BatchId, Event, Kind, MoveScript, Record, RejectionCode, ScriptMoved, ScriptStep, SittingId,
    StudentId, View as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Key, Looking, Number, Reply, Said, carry_out, logged::logged};
use crate::App;
use student::{Found, found, in_sitting, is_active, registrations};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/script-submissions/submit", post(submit))
        .route("/script-submissions/bulk-submit", post(submit_many))
        .route("/script-submissions/scan-student", post(scan))
        .route("/script-submissions/{id}/verify", post(verify))
        .route("/script-submissions/batch/{id}/history", get(history))
        .route(
            "/script-submissions/student/{student}/exam/{exam}",
            get(of_student),
        )
}

/// One script that is handed in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Submission {
    #[serde(rename = "studentQRCode")]
    code: String,
    exam_entry_id: Option<i64>,
}

#[derive(Deserialize)]
struct Submissions {
    submissions: Vec<Submission>,
}

/// A script that was handed in, verified or collected, with its step.
fn moved(event: &Event) -> Option<(ScriptStep, ScriptMoved)> {
    let step = match event.event.as_str() {
        "script:submitted" => ScriptStep::Submitted,
        "script:verified" => ScriptStep::Verified,
        "script:collected" => ScriptStep::Collected,
        _ => return None,
    };
    let moved = serde_json::from_value(event.payload.clone());
    Some((step, moved.ok()?))
}

/// The students of a batch whose scripts are in.
pub(super) fn handed_in(looking: &Looking, batch: BatchId) -> BTreeSet<StudentId> {
    let students = looking.all(Kind::Script, |record| {
        let Record::Script(script) = record else {
            return None;
        };
        let is_in = script.batch_id == batch && script.collected_at.is_some();
        is_in.then_some(script.student_id)
    });
    students.into_iter().collect()
}

async fn submit(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(submission): Said<Submission>,
) -> Result<Reply, Reply> {
    let data = hand_in(&app, &looking, key, &submission).await?;
    Ok(Reply::done(
        StatusCode::OK,
        "Script submitted successfully",
        data,
    ))
}

/// Hands one script in. One that is in already stays so.
async fn hand_in(
    app: &App,
    looking: &Looking,
    key: Key,
    submission: &Submission,
) -> Result<Value, Reply> {
    let Found {
        candidate,
        sitting,
        batch,
    } = found(looking, submission)?;
    let mut students = handed_in(looking, batch.id);
    if !students.contains(&candidate.student_id) {
        let command = MoveScript {
            batch_id: batch.id,
            student: candidate.student_id,
            step: ScriptStep::Submitted,
            withheld: false,
            from_batch: None,
        };
        // Somebody else may have scanned it a moment ago.
        match carry_out(app, &looking.actor, key, command).await? {
            Err(refused) if refused.code != RejectionCode::AlreadyExists => {
                return Err(refused.into());
            }
            Ok(()) | Err(_) => students.insert(candidate.student_id),
        };
    }
    let n_in = i64::try_from(students.len()).unwrap_or(i64::MAX);
    Ok(json!({
        "registrationId": candidate.id,
        "studentId": candidate.student_id,
        "studentName": candidate.name,
        "courseCode": sitting.course_code,
        "courseName": sitting.course_name,
        "batchScriptId": batch.id,
        "submittedAt": app.clock.now(),
        "batchStats": {
            "totalRegistered": batch.total_registered,
            "totalSubmitted": n_in,
            "remaining": batch.total_registered.saturating_sub(n_in).max(0),
        },
    }))
}

/// Several scripts; each is answered for itself.
async fn submit_many(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(asked): Said<Submissions>,
) -> Result<Reply, Reply> {
    if MOST_SCRIPTS < asked.submissions.len() {
        return Err(Reply::bad("At most 500 scripts in one request."));
    }
    let mut results = Vec::with_capacity(asked.submissions.len());
    let mut looking = looking;
    for submission in &asked.submissions {
        let key = key.part(&submission.code);
        let done = hand_in(&app, &looking, key, submission).await;
        looking = looking.again(&app)?;
        let (success, message) = match &done {
            Ok(_) => (true, "Script submitted successfully".to_owned()),
            Err(refused) => (false, refused.message()),
        };
        results.push(json!({
            "success": success, "message": message, "studentQRCode": submission.code,
        }));
    }
    let n_done = results
        .iter()
        .filter(|result| result["success"] == true)
        .count();
    Ok(Reply::body(
        StatusCode::OK,
        json!({
            "success": true,
            "totalSubmissions": results.len(),
            "successCount": n_done,
            "failureCount": results.len().saturating_sub(n_done),
            "results": results,
        }),
    ))
}

async fn scan(looking: Looking, Said(asked): Said<Submission>) -> Result<Reply, Reply> {
    let registrations = registrations(&looking, &asked.code);
    let first = registrations.first().cloned();
    let student = first.ok_or_else(|| Reply::not_found("student"))?;
    let exams: Vec<Value> = registrations
        .into_iter()
        .filter_map(|candidate| in_sitting(&looking, candidate))
        .filter(|found| is_active(&found.sitting))
        .map(|found| {
            json!({
                "examEntryId": found.sitting.id,
                "registrationId": found.candidate.id,
                "courseCode": found.sitting.course_code,
                "courseName": found.sitting.course_name,
                "batchScriptId": found.batch.id,
                "seatNumber": found.candidate.seat,
                "attendance": found.candidate.attendance,
            })
        })
        .collect();
    let can_submit = !exams.is_empty();
    let message = if can_submit {
        "The student writes now."
    } else {
        "No exam of this student runs now."
    };
    Ok(Reply::body(
        StatusCode::OK,
        json!({
            "success": true,
            "studentInfo": {
                "studentId": student.student_id,
                "indexNumber": student.index_number,
                "name": student.name,
            },
            "activeExams": exams,
            "canSubmit": can_submit,
            "message": message,
        }),
    ))
}

/// A script has the number of its student; which of their scripts the batch or the exam tells.
#[derive(Deserialize)]
struct Verify {
    #[serde(alias = "batchId", rename = "batchScriptId")]
    batch: Option<i64>,
    #[serde(rename = "examEntryId")]
    exam: Option<i64>,
}

async fn verify(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(asked): Said<Verify>,
) -> Result<Reply, Reply> {
    let submission = Submission {
        code: id.to_string(),
        exam_entry_id: asked.exam.or_else(|| {
            let batch = looking.records.batch(BatchId(asked.batch?))?;
            Some(batch.sitting_id.0)
        }),
    };
    let found = found(&looking, &submission)?;
    let command = MoveScript {
        batch_id: found.batch.id,
        student: found.candidate.student_id,
        step: ScriptStep::Verified,
        withheld: false,
        from_batch: None,
    };
    carry_out(&app, &looking.actor, key, command).await??;
    let data = json!({ "scriptId": id, "batchScriptId": found.batch.id, "verified": true });
    Ok(Reply::done(StatusCode::OK, "Script verified", data))
}

async fn history(
    State(app): State<App>,
    looking: Looking,
    Number(id): Number,
) -> Result<Reply, Reply> {
    let batch = looking.records.batch(BatchId(id)).map(Record::Batch);
    if batch.and_then(|batch| looking.seen(batch)).is_none() {
        return Err(Reply::not_found("batch"));
    }
    let rows = logged(&app, &looking, move |event| {
        let (step, moved) = moved(event)?;
        (moved.batch_id == BatchId(id)).then(|| step_row(event, step, &moved))
    });
    let rows = rows.await?;
    let body = json!({ "success": true, "count": rows.len(), "data": rows });
    Ok(Reply::body(StatusCode::OK, body))
}

fn step_row(event: &Event, step: ScriptStep, moved: &ScriptMoved) -> Value {
    json!({
        "seq": event.seq,
        "step": step,
        "scriptId": moved.script_id,
        "batchId": moved.batch_id,
        "studentId": moved.student_id,
        "indexNumber": moved.index_number,
        "studentName": moved.student_name,
        "by": event.actor.name,
        "timestamp": event.happened_at(),
        "receivedAt": event.timestamp,
    })
}

/// What became of one student's script in one exam.
async fn of_student(
    State(app): State<App>,
    looking: Looking,
    Path((student, exam)): Path<(String, String)>,
) -> Result<Reply, Reply> {
    let missing = || Reply::not_found("registration for this exam");
    let student = student
        .parse()
        .map(StudentId)
        .map_err(|_no_number| missing())?;
    let exam = exam
        .parse()
        .map(SittingId)
        .map_err(|_no_number| missing())?;
    let candidate = looking
        .records
        .candidate(exam, student)
        .map(Record::Candidate);
    let Some(Record::Candidate(candidate)) = candidate.and_then(|record| looking.seen(record))
    else {
        return Err(missing());
    };
    let found = in_sitting(&looking, candidate).ok_or_else(missing)?;
    let batch = found.batch.id;
    let steps = logged(&app, &looking, move |event| {
        let (step, moved) = moved(event)?;
        let is_it = moved.batch_id == batch && moved.student_id == student;
        is_it.then(|| step_row(event, step, &moved))
    });
    let steps = steps.await?;
    Ok(Reply::data(json!({
        "registrationId": found.candidate.id,
        "studentId": student,
        "indexNumber": found.candidate.index_number,
        "studentName": found.candidate.name,
        "examEntryId": exam,
        "batchScriptId": batch,
        "attendance": found.candidate.attendance,
        "isSubmitted": !steps.is_empty(),
        "steps": steps,
    })))
}
