//! Engine.IO: how text frames travel, by WebSocket or by long polling.
//!
//! The WebSocket is what consoles use. Long polling exists only so that the official client
//! connects with its default options, which begin with it.

mod frame;
mod line;
mod pipe;
mod polling;
mod websocket;

pub(crate) use crate::limits::{LARGEST_MESSAGE, LARGEST_UNKNOWN, PATIENCE};
use std::time::Duration;

use axum::{
    Router,
    extract::{Query, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::get,
};
use elms_protocol::wire;
use serde::Deserialize;
use tokio_tungstenite::WebSocketStream;

use crate::App;
pub(crate) use frame::Frame;
pub(crate) use line::{Line, News};
use pipe::Pipe;
pub(crate) use polling::Pollers;

/// The server pings so often.
pub(crate) const PING_INTERVAL: Duration = Duration::from_secs(25);
/// A client that was not heard for the interval and this long is gone.
pub(crate) const PING_TIMEOUT: Duration = Duration::from_secs(20);

/// A WebSocket of ours.
type Socket = WebSocketStream<Pipe>;

/// The parameters of a connection's URL.
#[derive(Debug, Deserialize)]
struct Params {
    #[serde(rename = "EIO")]
    eio: Option<String>,
    transport: Option<String>,
    sid: Option<String>,
}

/// The socket's routes.
pub(crate) fn router() -> Router<App> {
    let methods = get(connect).post(polling::post);
    Router::new()
        .route("/socket.io/", methods.clone())
        .route("/socket.io", methods)
}

async fn connect(
    State(app): State<App>,
    Query(params): Query<Params>,
    request: Request,
) -> Response {
    if params.eio.as_deref() != Some("4") {
        return refuse(StatusCode::BAD_REQUEST, 5, "Unsupported protocol version");
    }
    if app.stop.is_cancelled() {
        return refuse(StatusCode::SERVICE_UNAVAILABLE, 3, "Restarting");
    }
    match (params.transport.as_deref(), params.sid) {
        (Some("websocket"), sid) => websocket::accept(app, request, sid.as_deref()),
        (Some("polling"), Some(sid)) => polling::next(&app, &sid).await,
        (Some("polling"), None) => polling::begin(&app),
        _ => refuse(StatusCode::BAD_REQUEST, 0, "Transport unknown"),
    }
}

/// A refusal as Engine.IO words it.
fn refuse(status: StatusCode, code: u8, message: &str) -> Response {
    let body = serde_json::json!({ "code": code, "message": message });
    (status, axum::Json(body)).into_response()
}

/// The first packet of a connection.
fn open(sid: &str, upgrades: Vec<String>, max_payload: usize) -> Frame {
    let open = wire::Open {
        sid: sid.to_owned(),
        upgrades,
        ping_interval: millis(PING_INTERVAL),
        ping_timeout: millis(PING_TIMEOUT),
        max_payload,
    };
    wire::EnginePacket::Open(open).to_string().into()
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
