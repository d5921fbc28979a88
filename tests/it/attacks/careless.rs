//! A server with all the holes: what the scripts of `attacks` have to see. It is written for that
//! and serves nothing else.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use anyhow::Result;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

/// What it knows.
#[derive(Clone, Default)]
struct Careless {
    cases: Arc<Mutex<Vec<Value>>>,
    /// Whether a broken frame ends it, and whether one has.
    is_mortal: bool,
    is_over: Arc<AtomicBool>,
}

/// Starts it; it ends with the test. `is_mortal`: a broken frame ends it.
pub(super) async fn start(is_mortal: bool) -> Result<String> {
    let sockets = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", sockets.local_addr()?);
    let careless = Careless {
        is_mortal,
        ..Careless::default()
    };
    let door = Door {
        listener: sockets,
        careless: careless.clone(),
    };
    tokio::spawn(async move { axum::serve(door, routes(careless)).await });
    Ok(url)
}

fn routes(careless: Careless) -> Router {
    let done = || any(|| async { good(&json!({ "done": true })) });
    Router::new()
        .route(
            "/",
            get(|| async { "Log in with admin@x, password: admin" }),
        )
        .route("/health", get(health))
        .route("/api/auth/login", post(login))
        .route("/api/auth/register", done())
        .route("/api/auth/refresh", post(refresh))
        .route("/api/auth/logout", done())
        .route("/api/auth/profile", get(profile))
        .route("/api/proxy", get(fetch))
        .route("/api/database/status", done())
        .route("/api/public/exam/check-in", done())
        .route("/api/qr/student/{id}", done())
        .route("/api/incidents", get(cases).post(report))
        .route("/api/incidents/stats/overview", get(figures))
        .route("/api/incidents/{id}", any(change))
        .route("/api/incidents/{id}/{step}", any(change))
        .route("/api/export/incidents", get(export))
        .route("/api/batch-scripts", get(lists))
        .route("/api/timetables", get(lists))
        .route("/api/script-submissions/submit", done())
        .with_state(careless)
}

fn good(data: &Value) -> Response {
    axum::Json(json!({ "success": true, "data": data })).into_response()
}

async fn health(State(careless): State<Careless>) -> Response {
    if careless.is_over.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], "ok").into_response()
}

async fn login(body: String) -> Response {
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    if !body.get("email").is_some_and(Value::is_string) {
        let said = "PrismaClientValidationError in /app/src/services/authService.ts";
        return (StatusCode::INTERNAL_SERVER_ERROR, said).into_response();
    }
    if body.get("password") == Some(&json!("wrong")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    good(&json!({ "token": "access", "refreshToken": "refresh" }))
}

async fn refresh(body: String) -> Response {
    let known = body.contains("\"refresh\"");
    let refused = StatusCode::UNAUTHORIZED.into_response();
    if known { good(&json!({})) } else { refused }
}

/// Whatever was ever given out, and whatever says it is signed.
async fn profile(headers: HeaderMap) -> Response {
    let said = headers.get(header::AUTHORIZATION);
    let said = said.and_then(|said| said.to_str().ok()).unwrap_or_default();
    let token = said.trim_start_matches("Bearer ");
    let is_known = ["access", "refresh"].contains(&token) || token.split('.').count() == 3;
    let refused = StatusCode::UNAUTHORIZED.into_response();
    if is_known {
        good(&json!({ "id": 1 }))
    } else {
        refused
    }
}

async fn fetch(Query(asked): Query<std::collections::BTreeMap<String, String>>) -> Response {
    let url = asked.get("url").cloned().unwrap_or_default();
    let address = url
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    drop(TcpStream::connect(address).await);
    good(&json!({}))
}

impl Careless {
    fn with<T>(&self, deed: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        deed(&mut self.cases.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn cases(State(careless): State<Careless>) -> Response {
    good(&careless.with(|cases| json!(cases)))
}

async fn report(State(careless): State<Careless>, body: String) -> Response {
    let mut case: Value = serde_json::from_str(&body).unwrap_or_default();
    if !case.is_object() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    careless.with(|cases| {
        if let Some(fields) = case.as_object_mut() {
            fields.insert("id".to_owned(), json!(cases.len()));
        }
        cases.push(case.clone());
    });
    good(&case)
}

async fn figures(State(careless): State<Careless>) -> Response {
    good(&json!({ "total": careless.with(|cases| cases.len()) }))
}

/// Written over by whoever asks; deleted as well.
async fn change(
    State(careless): State<Careless>,
    method: axum::http::Method,
    Path(path): Path<std::collections::BTreeMap<String, String>>,
    body: String,
) -> Response {
    let id = path.get("id").and_then(|id| id.parse::<usize>().ok());
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let case = careless.with(|cases| {
        let case = cases.get_mut(id?).filter(|case| !case.is_null())?;
        if method == "DELETE" {
            *case = Value::Null;
        } else if let Some(title) = body.get("title") {
            *case = json!({ "id": id, "title": title });
        }
        Some(case.clone())
    });
    case.map_or(StatusCode::NOT_FOUND.into_response(), |case| good(&case))
}

async fn export(State(careless): State<Careless>) -> String {
    let mut file = String::new();
    for case in careless.with(|cases| cases.clone()) {
        let title = case.get("title").and_then(Value::as_str);
        file = file + "1," + title.unwrap_or_default() + "\n";
    }
    file
}

async fn lists() -> Response {
    good(&json!([{ "batchQRCode": "BATCH-7", "title": "May" }]))
}

/// Takes sockets for itself and leaves the rest to HTTP.
struct Door {
    listener: TcpListener,
    careless: Careless,
}

impl axum::serve::Listener for Door {
    type Io = TcpStream;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, peer)) = self.listener.accept().await else {
                continue;
            };
            let mut start = [0; 15];
            drop(stream.peek(&mut start).await);
            if !start.starts_with(b"GET /socket.io/") {
                return (stream, peer);
            }
            tokio::spawn(socket(stream, self.careless.clone()));
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

fn believed(said: &str) -> Option<Value> {
    let (name, body): (String, Value) = serde_json::from_str(said).ok()?;
    let rooms = body.get("rooms").filter(|rooms| rooms.is_array());
    match name.as_str() {
        "authenticate" if body.is_object() => Some(json!(["authenticated", { "success": true }])),
        "subscribe" => Some(json!(["subscribed", { "rooms": rooms? }])),
        _ => None,
    }
}

/// Believes everything; what it cannot read ends it.
async fn socket(stream: TcpStream, careless: Careless) -> Result<()> {
    let mut socket = tokio_tungstenite::accept_async(stream).await?;
    while let Some(message) = socket.next().await {
        let text = message?.into_text()?;
        let Some(said) = text.strip_prefix("42") else {
            continue;
        };
        let Some(answer) = believed(said) else {
            careless.is_over.store(careless.is_mortal, Ordering::SeqCst);
            continue;
        };
        socket.send(Message::text(format!("42{answer}"))).await?;
    }
    Ok(())
}
