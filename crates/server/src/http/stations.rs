//! The stations that an institution knows, and which of them may be signed in at.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use elms_protocol::{Action, Rejection, RejectionCode, StationStanding, may_everywhere};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Reply, Said, Signed};
use crate::{
    App,
    accounts::KnownStation,
    auth::{Claims, Identity},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/stations", get(list))
        .route("/stations/{fingerprint}", post(set))
}

/// A station as whoever is signed in there sees it.
pub(super) fn here(station: &KnownStation) -> Value {
    let said = station.said.as_ref();
    json!({
        "fingerprint": station.fingerprint,
        "standing": station.standing,
        "by": said.and_then(|said| said.by.as_ref()).map(|by| &by.name),
        "since": said.map(|said| said.at),
    })
}

/// A station as the office sees it.
fn row(station: &KnownStation) -> Value {
    let said = station.said.as_ref();
    json!({
        "fingerprint": station.fingerprint,
        "code": station.code,
        "standing": station.standing,
        "seenAt": station.seen_at,
        "seenBy": station.seen_by,
        "saidAt": said.map(|said| said.at),
        "saidBy": said.and_then(|said| said.by.as_ref()),
    })
}

/// Who asks, when they may say which stations are let in.
fn officer(claims: Claims) -> Result<Identity, Reply> {
    let asks = claims.identity().ok_or_else(Reply::no_institution)?;
    if may_everywhere(&asks.actor, Action::EnrolStation) {
        return Ok(asks);
    }
    let message = "Your role does not allow this here.";
    Err(Rejection::new(RejectionCode::Forbidden, message).into())
}

async fn list(State(app): State<App>, Signed(claims): Signed) -> Result<Reply, Reply> {
    let institution = officer(claims)?.actor.institution;
    let stations = app.auth.stations(institution).await?;
    Ok(Reply::data(stations.iter().map(row).collect::<Value>()))
}

/// What may be said: that it waits is nothing that anybody says.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Paired,
    Suspended,
}

#[derive(Deserialize)]
struct Set {
    standing: Word,
}

async fn set(
    State(app): State<App>,
    Signed(claims): Signed,
    Path(fingerprint): Path<String>,
    Said(Set { standing }): Said<Set>,
) -> Result<Reply, Reply> {
    let asks = officer(claims)?;
    let standing = match standing {
        Word::Paired => StationStanding::Paired,
        Word::Suspended => StationStanding::Suspended,
    };
    let who = (asks.actor.institution, asks.user, asks.session);
    let station = app.auth.set_station(who, fingerprint, standing).await?;
    let (user, standing) = (asks.user.0, standing.text());
    tracing::info!(
        user.id = user,
        station = station.fingerprint,
        standing,
        "a station stands so"
    );
    let message = match station.standing {
        StationStanding::Suspended => "Nobody signs in at this station any more",
        StationStanding::Paired | StationStanding::Waiting => "People may sign in at this station",
    };
    Ok(Reply::done(StatusCode::OK, message, row(&station)))
}
