//! First copies, commands and the log over HTTP: the same as over the socket, for clients that do
//! not hold one.

use crate::limits::{MOST_COMMANDS, MOST_EVENTS};
use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use elms_protocol::{CommandRequest, Outcome, Seq, frame::Snapshot};
use serde::Deserialize;
use serde_json::json;

use super::{Asked, Looking, Reply, Said};
use crate::{App, snapshot::snapshot};

/// Events in one answer when the client names no number.
const USUAL_EVENTS: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sync/snapshot", get(first_copy))
        .route("/sync/events", get(events))
        .route("/sync/ops", post(commands))
        .route("/commands", post(command))
}

async fn first_copy(State(app): State<App>, looking: Looking) -> Result<Json<Snapshot>, Reply> {
    Ok(Json(snapshot(&app.store, looking.actor)?))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: i64,
    limit: Option<usize>,
}

/// The events after a position that the person may see; `upto` is where to ask next.
async fn events(
    State(app): State<App>,
    looking: Looking,
    Asked(asked): Asked<After>,
) -> Result<Reply, Reply> {
    let institution = looking.actor.institution;
    let limit = asked.limit.unwrap_or(USUAL_EVENTS).clamp(1, MOST_EVENTS);
    let (store, after) = (app.store.clone(), Seq(asked.after.max(0)));
    let read = tokio::task::spawn_blocking(move || store.events(institution, after, limit));
    let read = read.await.map_err(|_stopping| Reply::unavailable())??;
    let upto = read.last().map_or(after, |logged| logged.event.seq);
    let all = read.iter().map(|logged| &logged.event);
    let visible: Vec<_> = all.filter(|event| looking.sight.sees(event)).collect();
    let cursor = app.store.cursor(institution)?;
    let complete = cursor.seq <= upto;
    Ok(Reply::data(json!({
        "events": visible, "upto": upto, "complete": complete, "epoch": cursor.epoch,
    })))
}

/// One command; a refusal has the status of its kind, and the outcome beside it.
async fn command(
    State(app): State<App>,
    looking: Looking,
    Said(request): Said<CommandRequest>,
) -> Result<Reply, Reply> {
    let outcome = app.door.apply(looking.actor, request).await?;
    let data = json!(outcome);
    match outcome {
        Outcome::Applied { .. } => Ok(Reply::body(
            StatusCode::OK,
            json!({ "success": true, "data": data }),
        )),
        Outcome::Rejected { rejection, .. } => Err(Reply::from(rejection).with("data", data)),
    }
}

/// Several commands in their order; each gets its own outcome. If one is unreadable none is tried.
/// One that cannot be carried out now
/// ends the row, so that what depends on it is not tried: what has no outcome is sent again.
async fn commands(
    State(app): State<App>,
    looking: Looking,
    Said(requests): Said<Vec<CommandRequest>>,
) -> Result<Reply, Reply> {
    if MOST_COMMANDS < requests.len() {
        return Err(Reply::bad("At most 200 commands in one request."));
    }
    let mut outcomes = Vec::with_capacity(requests.len());
    for request in requests {
        match app.door.apply(looking.actor.clone(), request).await {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) if outcomes.is_empty() => return Err(error.into()),
            Err(_) => break,
        }
    }
    Ok(Reply::data(outcomes))
}
