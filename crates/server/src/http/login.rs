//! Sign-in and what belongs to it.

use crate::limits::LONGEST_STATION;
use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::{delete, get, post},
};
use elms_protocol::{
    InstitutionId, Kind, Person, Record, Role, UserId, View as _, station::StationProof,
};
use serde::Deserialize;
use serde_json::{Value, json};

use uuid::Uuid;

use super::{Peer, Reply, Said, Signed, looking::records, person::person, stations};
use crate::{
    App,
    accounts::{Account, Which},
    auth::{At, AuthError, Proof, SignedIn, permissions},
    demo,
    store::Import,
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/auth/station-challenge", post(station_challenge))
        .route("/auth/login", post(login))
        .route("/auth/refresh", post(refresh))
        .route("/auth/logout", post(logout))
        .route("/auth/profile", get(profile))
        .route("/auth/my-permissions", get(my_permissions))
        .route("/auth/change-password", post(change_password))
        .route("/auth/sessions", get(sessions))
        .route("/auth/sessions/end-others", post(end_others))
        .route("/auth/sessions/{id}", delete(end_one))
        .route("/demo/accounts", get(demo_accounts))
}

/// Old clients may name an institution too: the account tells which it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    email: String,
    password: String,
    /// Of the second factor, where there is one.
    code: Option<String>,
    station_code: Option<String>,
    /// What the station shows of its key, where it has one.
    station: Option<StationProof>,
}

impl Login {
    /// What the station calls itself, cut to what is ever shown.
    fn station_code(&self) -> Option<String> {
        let code = self.station_code.as_deref()?.trim();
        let code: String = code.chars().take(LONGEST_STATION).collect();
        (!code.is_empty()).then_some(code)
    }
}

/// What a station signs before somebody signs in there.
async fn station_challenge(State(app): State<App>, Said(Nothing {}): Said<Nothing>) -> Reply {
    Reply::data(json!({ "challenge": app.auth.challenge() }))
}

async fn login(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    Said(login): Said<Login>,
) -> Result<Reply, Reply> {
    let from = peer.ip().to_string();
    let station_code = login.station_code();
    let Login {
        email,
        password,
        code,
        station,
        ..
    } = login;
    let code = code.filter(|code| !code.trim().is_empty());
    let proof = Proof { password, code };
    let at = At {
        from: &from,
        station: station_code,
        shown: station,
    };
    let tried = app.auth.sign_in(&email, proof, at).await;
    noted(&app, &email, &from, &tried).await;
    let signed_in = tried?;
    introduce(&app, &signed_in.account).await?;
    Ok(granted(&app, "Login successful", &signed_in))
}

/// The log says who was let in and who was not, from where: the account by its number, and none where
/// nobody has the address.
async fn noted(app: &App, email: &str, from: &str, tried: &Result<SignedIn, AuthError>) {
    match tried {
        Ok(signed_in) => {
            tracing::info!(user.id = signed_in.account.id.0, from, "signed in");
        }
        // The first half of a sign-in.
        Err(AuthError::CodeNeeded | AuthError::SetUpCodeNeeded | AuthError::FactorWanted(_)) => {
            let user = app.auth.number_of(email).await;
            tracing::info!(
                user.id = user.map(|user| user.0),
                from,
                "the password is right, the code is asked for"
            );
        }
        Err(error) => {
            let user = app.auth.number_of(email).await;
            let why = error.code();
            tracing::warn!(
                user.id = user.map(|user| user.0),
                from,
                why,
                "a sign-in was refused"
            );
        }
    }
}

/// Puts an account into the records of its institution: others must be able to name the person.
async fn introduce(app: &App, account: &Account) -> Result<(), Reply> {
    let Some(institution) = account.institution else {
        return Ok(());
    };
    let person = Person {
        id: account.id,
        name: account.name.clone(),
        role: account.role,
        faculty_id: account.faculty,
        department_id: account.department,
    };
    let records = records(app, institution)?;
    let mut news = Vec::new();
    if records.list(Kind::Institution).is_empty() {
        news.push(Record::Institution(unnamed(institution)));
    }
    if records.person(account.id).as_ref() != Some(&person) {
        news.push(Record::Person(person));
    }
    if news.is_empty() {
        return Ok(());
    }
    Ok(app
        .door
        .import(Import {
            institution,
            records: news,
        })
        .await?)
}

/// An institution of which nobody has said more than its number.
fn unnamed(id: InstitutionId) -> elms_protocol::Institution {
    elms_protocol::Institution {
        id,
        name: format!("Institution {id}"),
        code: id.to_string(),
        timezone: "UTC".to_owned(),
        policy: elms_protocol::Policy::default(),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refresh {
    refresh_token: String,
    /// The signature of the station's key, where the sign-in belongs to one.
    proof: Option<String>,
}

async fn refresh(State(app): State<App>, Said(refresh): Said<Refresh>) -> Result<Reply, Reply> {
    let signed_in = app
        .auth
        .refresh(refresh.refresh_token, refresh.proof)
        .await?;
    Ok(granted(&app, "Token refreshed successfully", &signed_in))
}

/// The answer of a sign-in, in the original's shape.
fn granted(app: &App, message: &str, signed_in: &SignedIn) -> Reply {
    let account = &signed_in.account;
    let data = json!({
        "token": signed_in.token,
        "refreshToken": signed_in.refresh_token,
        "expiresIn": signed_in.expires_in,
        "user": person(account),
        "primaryRole": account.role,
        "roles": [account.role],
        "permissions": permissions(account.role),
        "recovery": app.auth.recovery().map(|key| key.grant(account.id)),
        "station": signed_in.station.as_ref().map(stations::here),
    });
    Reply::done(StatusCode::OK, message, data)
}

#[derive(Deserialize)]
struct Nothing {}

async fn logout(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(Nothing {}): Said<Nothing>,
) -> Result<Reply, Reply> {
    app.auth.sign_out(claims.sid).await?;
    Ok(Reply::done(
        StatusCode::OK,
        "Logout successful",
        Value::Null,
    ))
}

/// Where the person is signed in, this place among them.
async fn sessions(State(app): State<App>, Signed(claims): Signed) -> Result<Reply, Reply> {
    let sign_ins = app.auth.sign_ins(UserId(claims.id)).await?;
    let rows = sign_ins.iter().map(|found| {
        json!({
            "id": found.session,
            "station": found.station,
            "begunAt": found.begun_at,
            "usedAt": found.used_at,
            "current": found.session == claims.sid,
        })
    });
    Ok(Reply::data(rows.collect::<Value>()))
}

/// Ends one of the own sign-ins. Somebody else's is not there.
async fn end_one(
    State(app): State<App>,
    Signed(claims): Signed,
    Path(name): Path<String>,
) -> Result<Reply, Reply> {
    let missing = || Reply::not_found("sign-in");
    let session = Uuid::parse_str(&name).map_err(|_no_name| missing())?;
    let which = Which::One(session);
    let n_ended = app.auth.end_sign_ins(UserId(claims.id), which).await?;
    if n_ended == 0 {
        return Err(missing());
    }
    Ok(Reply::done(
        StatusCode::OK,
        "The sign-in has ended",
        Value::Null,
    ))
}

async fn end_others(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(Nothing {}): Said<Nothing>,
) -> Result<Reply, Reply> {
    let which = Which::AllBut(claims.sid);
    let n_ended = app.auth.end_sign_ins(UserId(claims.id), which).await?;
    let ended = json!({ "count": n_ended });
    Ok(Reply::done(
        StatusCode::OK,
        "The other sign-ins have ended",
        ended,
    ))
}

async fn profile(State(app): State<App>, Signed(claims): Signed) -> Result<Reply, Reply> {
    let account = app.auth.account(UserId(claims.id)).await?;
    let mut data = person(&account);
    if let Some(data) = data.as_object_mut() {
        data.insert("permissions".to_owned(), permissions(account.role));
    }
    Ok(Reply::data(data))
}

async fn my_permissions(Signed(claims): Signed) -> Reply {
    let role: Role = claims.primary_role;
    Reply::data(json!({
        "role": role,
        "permissions": permissions(role),
        "scope": {
            "institutionId": claims.institution_id,
            "facultyId": claims.faculty_id,
            "departmentId": claims.department_id,
        },
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangePassword {
    current_password: String,
    new_password: String,
}

async fn change_password(
    State(app): State<App>,
    Signed(claims): Signed,
    Said(change): Said<ChangePassword>,
) -> Result<Reply, Reply> {
    let place = called(&app, claims.institution_id.map(InstitutionId))?;
    app.auth
        .change_password(&claims, change.current_password, change.new_password, place)
        .await
        .inspect_err(|error| {
            let why = error.code();
            tracing::warn!(user.id = claims.id, why, "a password was not changed");
        })?;
    tracing::info!(user.id = claims.id, "a password was changed");
    let message = "Password changed successfully; other sign-ins have ended";
    Ok(Reply::done(StatusCode::OK, message, Value::Null))
}

/// What an institution is called: no good password.
fn called(app: &App, institution: Option<InstitutionId>) -> Result<Vec<String>, Reply> {
    let Some(institution) = institution else {
        return Ok(Vec::new());
    };
    let found = records(app, institution)?.institution();
    Ok(found.map_or_else(Vec::new, |found| vec![found.name, found.code]))
}

/// The demo accounts with their password, for the sign-in page of a console on this machine.
async fn demo_accounts(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Reply, Reply> {
    // What another server hands on does not come from this machine.
    let handed_on = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let password = app.config.demo_password.as_deref();
    let here = app.config.demo && peer.ip().is_loopback() && !handed_on;
    let Some(password) = password.filter(|_| here) else {
        return Err(super::reply::unknown_path().await);
    };
    let accounts = demo::accounts().map_err(|error| {
        tracing::error!(%error, "the demo accounts cannot be read");
        Reply::unavailable()
    })?;
    let shown = accounts
        .iter()
        .filter(|account| account.institution.is_some());
    let list: Vec<Value> = shown
        .map(|account| {
            json!({
                "email": account.email,
                "name": account.name,
                "role": account.role,
                "place": account.place,
                "password": password,
            })
        })
        .collect();
    Ok(Reply::data(list))
}
