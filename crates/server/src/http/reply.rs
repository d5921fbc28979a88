//! The one shape of answers: `{success, message?, data?}` and `{success: false, message, code}`.
//!
//! Some routes of the original answer `{error}` instead of `{message}`: ours answer both.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use elms_protocol::{Rejection, RejectionCode, StationStanding};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    accounts::AccountsError,
    auth::{AuthError, PasswordError},
    door::ApplyError,
    store::StoreError,
};

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    status: StatusCode,
    body: Value,
    retry_after: Option<u64>,
}

impl Reply {
    /// `{success: true, data}`
    pub(crate) fn data(data: impl Serialize) -> Self {
        Self::body(
            StatusCode::OK,
            json!({ "success": true, "data": value(data) }),
        )
    }

    /// `{success: true, message, data}`
    pub(crate) fn done(status: StatusCode, message: &str, data: impl Serialize) -> Self {
        let body = json!({ "success": true, "message": message, "data": value(data) });
        Self::body(status, body)
    }

    /// Any body.
    pub(crate) fn body(status: StatusCode, body: Value) -> Self {
        Self {
            status,
            body,
            retry_after: None,
        }
    }

    /// `{success: false, message, code}`
    pub(crate) fn error(status: StatusCode, code: &str, message: &str) -> Self {
        let body = json!({ "success": false, "message": message, "error": message, "code": code });
        Self::body(status, body)
    }

    /// There is none, or not for this person: nobody can tell which.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::from(Rejection::not_found(what))
    }

    /// Something is wrong with what was sent.
    pub(crate) fn bad(message: &str) -> Self {
        let refused = Self::error(StatusCode::BAD_REQUEST, "INVALID", message);
        refused.with("errors", json!([message]))
    }

    /// A body that could not be read, by the status that says why.
    pub(super) fn unread(status: StatusCode, message: &str) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::error(status, "TOO_LARGE", "A request has at most 256 KiB.");
        }
        Self::bad(message)
    }

    /// A body that does not come.
    pub(super) fn too_slow() -> Self {
        let message = "The request did not come in time.";
        Self::error(StatusCode::REQUEST_TIMEOUT, "TOO_SLOW", message)
    }

    /// Nobody said who asks.
    pub(super) fn no_token() -> Self {
        Self::error(StatusCode::UNAUTHORIZED, "MISSING_TOKEN", "Sign in first.")
    }

    /// Whoever asks belongs to no institution.
    pub(super) fn no_institution() -> Self {
        let message = "This account belongs to no institution, so it sees no records.";
        Self::error(StatusCode::FORBIDDEN, "SCOPE_MISMATCH", message)
    }

    /// A web page that is not on the list.
    pub(super) fn foreign_page() -> Self {
        let message = "This server does not answer to pages of this origin.";
        Self::error(StatusCode::FORBIDDEN, "ORIGIN_NOT_ALLOWED", message)
    }

    /// A handler has a fault; the process goes on.
    pub(super) fn fault() -> Self {
        let message = "The server made a mistake. It was written down.";
        Self::error(StatusCode::INTERNAL_SERVER_ERROR, "FAULT", message)
    }

    /// Cannot be done now.
    pub(crate) fn unavailable() -> Self {
        let message = "The server cannot do this now. Try again.";
        let reply = Self::error(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
        Self {
            retry_after: Some(2),
            ..reply
        }
    }

    fn busy(seconds: u64, message: &str) -> Self {
        let refused = Self::error(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_TRIES", message);
        Self {
            retry_after: Some(seconds),
            ..refused
        }
    }

    /// Its sentence.
    pub(crate) fn message(&self) -> String {
        let message = self.body.get("message").and_then(Value::as_str);
        message.unwrap_or_default().to_owned()
    }

    /// The same with one more key.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        if let Some(body) = self.body.as_object_mut() {
            body.insert(name.to_owned(), value);
        }
        self
    }
}

fn value(data: impl Serialize) -> Value {
    serde_json::to_value(data).unwrap_or_default()
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<AuthError> for Reply {
    fn from(error: AuthError) -> Self {
        let message = error.to_string();
        let unauthorized = |code| Self::error(StatusCode::UNAUTHORIZED, code, &message);
        let forbidden = |code| Self::error(StatusCode::FORBIDDEN, code, &message);
        match error {
            AuthError::LoginFailed => unauthorized("LOGIN_FAILED"),
            AuthError::CodeNeeded => unauthorized("CODE_NEEDED"),
            // Whoever does not know of it shows the field for a code all the same.
            AuthError::SetUpCodeNeeded => {
                unauthorized("CODE_NEEDED").with("setUpCode", true.into())
            }
            AuthError::CodeWrong => unauthorized("CODE_WRONG"),
            AuthError::StationKey => forbidden("STATION_KEY"),
            AuthError::StationWanted => forbidden("STATION_NOT_PAIRED"),
            AuthError::StationWaits(key) => {
                let here = json!({ "fingerprint": key, "standing": StationStanding::Waiting });
                forbidden("STATION_NOT_PAIRED").with("station", here)
            }
            AuthError::StationSuspended(key) => {
                let here = json!({ "fingerprint": key, "standing": StationStanding::Suspended });
                forbidden("STATION_SUSPENDED").with("station", here)
            }
            AuthError::StationHere => Self::error(StatusCode::CONFLICT, "STATION_HERE", &message),
            AuthError::Accounts(AccountsError::NoStation) => Self::not_found("station"),
            AuthError::FactorWanted(set_up) => {
                unauthorized("SECOND_FACTOR_NEEDED").with("setUp", value(set_up))
            }
            AuthError::FactorOn | AuthError::FactorOff | AuthError::FactorStays => {
                Self::error(StatusCode::CONFLICT, "SECOND_FACTOR", &message)
            }
            AuthError::TooManyTries(seconds) => Self::busy(seconds, &message),
            AuthError::Expired => unauthorized("TOKEN_EXPIRED"),
            AuthError::Invalid => unauthorized("INVALID_TOKEN"),
            AuthError::Stopping => Self::unavailable(),
            AuthError::Password(PasswordError::Length | PasswordError::Guessed) => {
                Self::bad(&message)
            }
            AuthError::Accounts(_) | AuthError::Keys(_) | AuthError::Password(_) => {
                tracing::error!(error = message, "accounts failed");
                Self::unavailable()
            }
        }
    }
}

impl From<StoreError> for Reply {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the log could not be read");
        Self::unavailable()
    }
}

impl From<ApplyError> for Reply {
    fn from(error: ApplyError) -> Self {
        tracing::error!(%error, "a command could not be carried out");
        Self::unavailable()
    }
}

impl From<Rejection> for Reply {
    fn from(rejection: Rejection) -> Self {
        let (status, code) = match rejection.code {
            RejectionCode::Forbidden => (StatusCode::FORBIDDEN, "INSUFFICIENT_PERMISSIONS"),
            RejectionCode::NotFound => (StatusCode::NOT_FOUND, "NOT_FOUND"),
            RejectionCode::IllegalTransition => (StatusCode::CONFLICT, "ILLEGAL_TRANSITION"),
            RejectionCode::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "INVALID"),
            RejectionCode::SeparationOfDuty => (StatusCode::CONFLICT, "SEPARATION_OF_DUTY"),
            RejectionCode::Discrepancy => (StatusCode::CONFLICT, "DISCREPANCY"),
            RejectionCode::SealTaken => (StatusCode::CONFLICT, "SEAL_TAKEN"),
            RejectionCode::AlreadyExists => (StatusCode::CONFLICT, "ALREADY_EXISTS"),
            RejectionCode::KeyReused => (StatusCode::CONFLICT, "KEY_REUSED"),
        };
        let reply = Self::error(status, code, &rejection.message);
        if rejection.code == RejectionCode::IllegalTransition {
            return reply.with("allowed", json!(rejection.allowed));
        }
        reply
    }
}

pub(super) async fn unknown_path() -> Reply {
    Reply::error(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is nothing at this address.",
    )
}

pub(super) async fn unknown_method() -> Reply {
    let message = "This cannot be done here. Records are amended, not deleted.";
    Reply::error(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        message,
    )
}
