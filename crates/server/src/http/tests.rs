//! REST as clients see it: the whole router over a real store, without a network.

mod access;
mod batches;
mod edges;
mod entries;
mod evidence;
mod export;
mod import;
mod incidents;
mod limits;
mod office;
mod openapi;
mod originals;
mod rights;
mod second_factor;
mod sign_in;
mod stations;
mod timetables;

use std::path::PathBuf;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, StatusCode, header},
};
use elms_protocol::UserId;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{clock::Clock, config::Settings, serving::open};

const PASSWORD: &str = "hall-test-password";
/// The chief exams officer of the demo institution.
const OFFICER: i64 = 3;
/// The chief invigilator of sitting 1.
const CHIEF: i64 = 8;
/// An invigilator of sitting 1.
const INVIGILATOR: i64 = 9;
/// A lecturer who has nothing to do with sitting 1.
const LECTURER: i64 = 25;
/// The officer of the other institution.
const STRANGER: i64 = 900;
/// Who runs the machine.
const OPERATOR: i64 = 1;

/// A demo server in a directory of its own.
struct Hall {
    app: App,
    router: Router,
    dir: TempDir,
}

/// An answer as a client sees it.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Hall {
    async fn new() -> Self {
        Self::with(true).await
    }

    async fn with(demo: bool) -> Self {
        Self::set_up(Settings::default(), demo).await
    }

    async fn set_up(settings: Settings, demo: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let settings = Settings {
            data: Some(PathBuf::from(dir.path())),
            demo_password: Some(PASSWORD.to_owned()),
            ..settings
        };
        let config = settings.complete(demo).unwrap();
        let app = open(config, Clock::system(), CancellationToken::new())
            .await
            .unwrap();
        let router = router(app.clone());
        Self { app, router, dir }
    }

    fn token(&self, user: i64) -> String {
        self.app.auth.vouch(UserId(user)).token
    }

    async fn send(&self, mut request: Request) -> Answer {
        let peer = Peer(SocketAddr::from(([127, 0, 0, 1], 50_000)));
        if request.extensions().get::<Peer>().is_none() {
            request.extensions_mut().insert(peer);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 16 << 20).await.unwrap();
        let body = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap()
        };
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// Asks as `user`; 0 is nobody.
    async fn ask(&self, user: i64, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.request(user, method, path, &body)).await
    }

    fn request(&self, user: i64, method: Method, path: &str, body: &Value) -> Request {
        let mut request = Request::builder().method(method).uri(path);
        if user != 0 {
            request = request.header(
                header::AUTHORIZATION,
                format!("Bearer {}", self.token(user)),
            );
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            Body::from(body.to_string())
        };
        request
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .unwrap()
    }

    async fn get(&self, user: i64, path: &str) -> Answer {
        self.ask(user, Method::GET, path, Value::Null).await
    }

    async fn post(&self, user: i64, path: &str, body: Value) -> Answer {
        self.ask(user, Method::POST, path, body).await
    }

    /// An incident of sitting 1, reported by its chief.
    async fn incident(&self, severity: &str) -> Value {
        let report = json!({
            "type": "MISSING_SCRIPT", "severity": severity, "title": "Script of C9",
            "description": "Not in the pile.", "examId": 1, "seat": "c9",
        });
        let answer = self.post(CHIEF, "/api/incidents", report).await;
        answer.expect(StatusCode::CREATED)["data"].clone()
    }
}

impl Answer {
    /// The body, when the status is the expected one.
    #[track_caller]
    fn expect(self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        assert_eq!(
            self.body["success"],
            json!(status.is_success()),
            "{}",
            self.body
        );
        self.body
    }

    /// A refusal with this status and code, and a sentence.
    #[track_caller]
    fn refused(self, status: u16, code: &str) -> Value {
        let status = StatusCode::from_u16(status).unwrap();
        let body = self.expect(status);
        assert_eq!(body["code"], json!(code), "{body}");
        assert_eq!(body["message"], body["error"]);
        body
    }
}
