//! WebSocket hand-shakes: a new connection, or one that began with long polling.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use elms_protocol::wire::{EnginePacket, PROBE};
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::{OnUpgrade, Parts};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::derive_accept_key,
        protocol::{Role, WebSocketConfig},
    },
};

use super::{
    LARGEST_MESSAGE, LARGEST_UNKNOWN, Line, PATIENCE, Pipe, Socket, open, polling::Poller, refuse,
};
use crate::{App, socket, tls::Stream};

/// Answers a hand-shake; with `sid` it is the change of a polled connection.
pub(super) fn accept(app: App, mut request: Request, sid: Option<&str>) -> Response {
    let Some(key) = websocket_key(request.headers()) else {
        return refuse(StatusCode::BAD_REQUEST, 3, "Not a WebSocket hand-shake");
    };
    let upgrade = hyper::upgrade::on(&mut request);
    let pollers = app.pollers.clone();
    match sid {
        None => pollers.spawn(fresh(app, upgrade)),
        Some(sid) => match pollers.find(sid) {
            Some(poller) => pollers.spawn(changed(app, upgrade, poller, sid.to_owned())),
            None => return refuse(StatusCode::BAD_REQUEST, 1, "Session ID unknown"),
        },
    }
    let response = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(
            header::SEC_WEBSOCKET_ACCEPT,
            derive_accept_key(key.as_bytes()),
        )
        .body(Body::empty());
    response.unwrap_or_else(|_| refuse(StatusCode::INTERNAL_SERVER_ERROR, 3, "No hand-shake"))
}

fn websocket_key(headers: &HeaderMap) -> Option<String> {
    let upgrade = headers.get(header::UPGRADE)?.to_str().ok()?;
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return None;
    }
    let key = headers.get(header::SEC_WEBSOCKET_KEY)?;
    Some(key.to_str().ok()?.to_owned())
}

/// The socket after the hand-shake; none when the client went away in the middle of it.
async fn upgraded(upgrade: OnUpgrade) -> Option<Socket> {
    let upgraded = timeout(PATIENCE, upgrade).await.ok()?.ok()?;
    // Limits hold before anything is parsed; buffers are small because there are many, and what
    // the library writes is little: our frames go past it.
    let config = WebSocketConfig::default()
        .max_message_size(Some(LARGEST_MESSAGE))
        .max_frame_size(Some(LARGEST_MESSAGE))
        .read_buffer_size(4 * 1_024)
        .write_buffer_size(0);
    let may_read = u64::try_from(LARGEST_UNKNOWN).unwrap_or(u64::MAX);
    let parts = upgraded.downcast::<TokioIo<Stream>>();
    let Parts { io, read_buf, .. } = parts
        .map_err(|_other| tracing::error!("a connection of another kind"))
        .ok()?;
    let io = Pipe::new(io.into_inner(), read_buf, may_read);
    Some(WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await)
}

async fn fresh(app: App, upgrade: OnUpgrade) {
    let Some(socket) = upgraded(upgrade).await else {
        return;
    };
    let sid = uuid::Uuid::new_v4().simple().to_string();
    let mut line = Line::web(Box::new(socket));
    line.say(&open(&sid, Vec::new(), LARGEST_MESSAGE));
    socket::serve(app, line, sid).await;
}

async fn changed(app: App, upgrade: OnUpgrade, poller: Arc<Poller>, sid: String) {
    let probed = async {
        let mut socket = upgraded(upgrade).await?;
        probe(&mut socket, &poller).await.then_some(socket)
    };
    if let Ok(Some(socket)) = timeout(PATIENCE, probed).await {
        poller.take_over(socket).await;
        app.pollers.remove(&sid);
    }
}

/// Probe, answer, release the waiting poll; true when the client goes over.
async fn probe(socket: &mut Socket, poller: &Poller) -> bool {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        match EnginePacket::parse(&text, LARGEST_UNKNOWN) {
            Ok(EnginePacket::Ping(PROBE)) => {
                let answer = EnginePacket::Pong(PROBE).to_string();
                if socket.send(Message::Text(answer.into())).await.is_err() {
                    return false;
                }
                poller.release();
            }
            Ok(EnginePacket::Upgrade) => return true,
            _ => return false,
        }
    }
    false
}
