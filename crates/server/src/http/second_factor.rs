//! The second factor of who signed in: how it stands, setting it up, and taking it away.

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Reply, Said, Signed};
use crate::{
    App,
    auth::{AuthError, Claims, Proof},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/auth/second-factor", get(standing))
        .route("/auth/second-factor/set-up", post(set_up))
        .route("/auth/second-factor/confirm", post(confirm))
        .route("/auth/second-factor/turn-off", post(turn_off))
        .route("/auth/second-factor/recovery-codes", post(recovery_codes))
}

#[derive(Deserialize)]
struct Password {
    password: String,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Both {
    password: String,
    code: String,
}

impl From<Both> for Proof {
    fn from(Both { password, code }: Both) -> Self {
        let code = Some(code);
        Self { password, code }
    }
}

async fn standing(State(app): State<App>, Signed(claims): Signed) -> Result<Reply, Reply> {
    Ok(Reply::data(app.auth.second_factor(&claims).await?))
}

async fn set_up(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(Password { password }): Said<Password>,
) -> Result<Reply, Reply> {
    let begun = app.auth.set_up_factor(&claims, password).await;
    Ok(Reply::data(noted(&claims, begun)?))
}

async fn confirm(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(Code { code }): Said<Code>,
) -> Result<Reply, Reply> {
    noted(&claims, app.auth.confirm_factor(&claims, code).await)?;
    let message = "A code is asked for at every sign-in from now on";
    Ok(Reply::done(StatusCode::OK, message, Value::Null))
}

async fn turn_off(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(both): Said<Both>,
) -> Result<Reply, Reply> {
    noted(&claims, app.auth.end_factor(&claims, both.into()).await)?;
    tracing::warn!(user.id = claims.id, "a second factor was turned off");
    let message = "The password alone opens this account from now on";
    Ok(Reply::done(StatusCode::OK, message, Value::Null))
}

async fn recovery_codes(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(both): Said<Both>,
) -> Result<Reply, Reply> {
    let made = app.auth.new_recovery_codes(&claims, both.into()).await;
    let codes = noted(&claims, made)?;
    tracing::info!(user.id = claims.id, "new recovery codes were made");
    Ok(Reply::data(json!({ "recoveryCodes": codes })))
}

/// The log says who tried in vain, and why.
fn noted<T>(claims: &Claims, tried: Result<T, AuthError>) -> Result<T, AuthError> {
    tried.inspect_err(|error| {
        let why = error.code();
        tracing::warn!(user.id = claims.id, why, "a second factor was not changed");
    })
}
