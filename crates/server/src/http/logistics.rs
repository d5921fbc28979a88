//! Halls on the day, under the original's name `exam-logistics`; its incidents are the one kind of
//! incident that there is.

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    routing::{get, post, put},
};
use elms_protocol::{
    CheckInInvigilator, CheckOutInvigilator, Command, Fact, Kind, Phase, ReassignInvigilator,
    Record, Sitting, SittingId, UserId, View as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Key, Looking, Number, Reply, Said, carry_out, incidents, logged::logged, registrations,
    registrations::sitting,
};
use crate::App;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/exam-logistics/assign-invigilator", post(assign))
        .route("/exam-logistics/reassign-invigilator", put(assign))
        .route("/exam-logistics/invigilator-presence", put(presence))
        .route(
            "/exam-logistics/check-in-student",
            post(registrations::attendance),
        )
        .route("/exam-logistics/report-incident", post(incidents::report))
        .route("/exam-logistics/session-logs/{id}", get(session_logs))
        .route(
            "/exam-logistics/incidents/{id}",
            get(incidents::of(incidents::Filter::of_sitting)),
        )
        .route("/exam-logistics/my-assigned-venues", get(my_venues))
        .route("/exam-logistics/institution-dashboard", get(dashboard))
        .route("/exam-logistics/exams-officer-dashboard", get(dashboard))
        .route("/exam-logistics/invigilator-dashboard", get(my_dashboard))
}

/// Who is put on which sitting, in whose place, as what.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assign {
    exam_entry_id: i64,
    invigilator_id: i64,
    #[serde(alias = "fromInvigilatorId")]
    instead_of: Option<i64>,
    role: Option<String>,
}

async fn assign(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(asked): Said<Assign>,
) -> Result<Reply, Reply> {
    let sitting = sitting(&looking, asked.exam_entry_id)?;
    let command = ReassignInvigilator {
        sitting_id: sitting.id,
        invigilator: UserId(asked.invigilator_id),
        instead_of: asked.instead_of.map(UserId),
        chief: asked.role.as_deref() == Some("CHIEF_INVIGILATOR"),
    };
    change(&app, looking, key, (sitting.id, command.into())).await
}

/// `assignmentId` is `sitting/person`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Presence {
    assignment_id: String,
    action: String,
}

async fn presence(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(asked): Said<Presence>,
) -> Result<Reply, Reply> {
    let parts = asked.assignment_id.split_once('/');
    let parts = parts.and_then(|(exam, user)| Some((exam.parse().ok()?, user.parse().ok()?)));
    let (exam, user) = parts.ok_or_else(|| Reply::bad("An assignment is `exam/person`."))?;
    let sitting_id = sitting(&looking, exam)?.id;
    let invigilator = UserId(user);
    let command: Command = match asked.action.as_str() {
        "check_in" => CheckInInvigilator {
            sitting_id,
            invigilator,
        }
        .into(),
        "check_out" => CheckOutInvigilator {
            sitting_id,
            invigilator,
        }
        .into(),
        _ => return Err(Reply::bad("The action is `check_in` or `check_out`.")),
    };
    change(&app, looking, key, (sitting_id, command)).await
}

/// Carries out a command about a sitting, and shows who is on it now.
async fn change(
    app: &App,
    looking: Looking,
    key: Key,
    (id, command): (SittingId, Command),
) -> Result<Reply, Reply> {
    carry_out(app, &looking.actor, key, command).await??;
    let sitting = sitting(&looking.again(app)?, id.0)?;
    let message = "Invigilators updated successfully";
    Ok(Reply::done(StatusCode::OK, message, on_duty(&sitting)))
}

fn on_duty(sitting: &Sitting) -> Value {
    let people = sitting.invigilators.iter().map(|person| {
        json!({
            "assignmentId": format!("{}/{}", sitting.id, person.user_id),
            "invigilatorId": person.user_id,
            "name": person.name,
            "role": person.role,
            "checkedInAt": person.checked_in_at,
            "checkedOutAt": person.checked_out_at,
        })
    });
    people.collect()
}

/// The routine lines of a sitting, in the order of the log.
async fn session_logs(
    State(app): State<App>,
    looking: Looking,
    Number(id): Number,
) -> Result<Reply, Reply> {
    let sitting = sitting(&looking, id)?.id;
    let lines = logged(&app, &looking, move |event| {
        let Some(Fact::HallLog(line)) = event.fact() else {
            return None;
        };
        (line.exam_entry_id == sitting).then(|| {
            json!({
                "seq": event.seq,
                "action": line.action,
                "text": line.text,
                "seat": line.seat,
                "studentId": line.student_id,
                "performedBy": line.by,
                "timestamp": event.happened_at(),
                "receivedAt": event.timestamp,
                "station": event.actor.station_code,
            })
        })
    });
    let lines = lines.await?;
    let body = json!({ "success": true, "count": lines.len(), "data": lines });
    Ok(Reply::body(StatusCode::OK, body))
}

/// The sittings that the person sees, in their order.
fn sittings(looking: &Looking) -> Vec<Sitting> {
    let mut sittings = looking.all(Kind::Sitting, |record| {
        let Record::Sitting(found) = record else {
            return None;
        };
        Some(*found)
    });
    sittings.sort_by_key(|found| (found.starts_at, found.id));
    sittings
}

/// The sittings that the person invigilates.
fn mine(looking: &Looking) -> Vec<Sitting> {
    let mut mine = sittings(looking);
    mine.retain(|found| looking.actor.user.is_some_and(|user| found.has(user)));
    mine
}

fn row(looking: &Looking, sitting: &Sitting) -> Value {
    let venue = looking.records.venue(sitting.venue_id);
    json!({
        "examEntryId": sitting.id,
        "courseCode": sitting.course_code,
        "courseName": sitting.course_name,
        "venueId": sitting.venue_id,
        "venueName": venue.map(|venue| venue.name),
        "room": sitting.room,
        "startTime": sitting.starts_at,
        "endTime": sitting.effective_end(),
        "phase": sitting.phase,
        "expected": sitting.expected,
        "present": sitting.present,
        "invigilators": on_duty(sitting),
    })
}

async fn my_venues(looking: Looking) -> Reply {
    let rows: Vec<Value> = mine(&looking)
        .iter()
        .map(|found| row(&looking, found))
        .collect();
    Reply::body(
        StatusCode::OK,
        json!({ "success": true, "count": rows.len(), "data": rows }),
    )
}

async fn dashboard(looking: Looking) -> Reply {
    board(&looking, &sittings(&looking))
}

async fn my_dashboard(looking: Looking) -> Reply {
    board(&looking, &mine(&looking))
}

/// The figures of some sittings, and a row for each.
fn board(looking: &Looking, sittings: &[Sitting]) -> Reply {
    let in_phase = |phases: &[Phase]| {
        let there = |found: &&Sitting| phases.contains(&found.phase);
        sittings.iter().filter(there).count()
    };
    let running = [
        Phase::Writing,
        Phase::Paused,
        Phase::Collecting,
        Phase::Reconciling,
    ];
    let incidents = looking.all(Kind::Incident, |record| {
        let Record::Incident(found) = record else {
            return None;
        };
        let about = |id| sittings.iter().any(|sitting| sitting.id == id);
        let is_open = found.resolved_at.is_none();
        (is_open && found.sitting_id.is_some_and(about)).then_some(())
    });
    let sum = |figure: fn(&Sitting) -> i64| sittings.iter().map(figure).sum::<i64>();
    Reply::data(json!({
        "totalSessions": sittings.len(),
        "notStarted": in_phase(&[Phase::Setup, Phase::Admitting]),
        "inProgress": in_phase(&running),
        "completed": in_phase(&[Phase::Closed]),
        "expected": sum(|found| found.expected),
        "present": sum(|found| found.present),
        "openIncidents": incidents.len(),
        "sessions": sittings.iter().map(|found| row(looking, found)).collect::<Vec<_>>(),
    }))
}
