//! From an address to a server that has let us in.

use std::sync::Arc;

use elms_protocol::{
    host::TlsView,
    wire::{EnginePacket, Open, SocketFrame, SocketPacket},
};
use futures_util::{SinkExt as _, StreamExt as _};
use rustls::ProtocolVersion;
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config,
    tungstenite::{Error, Message, protocol::WebSocketConfig},
};

use super::{
    Dial, DialError, Ended, LARGEST_RECEIVED,
    keeper::{CLOSING, message_text, socket_text},
    pulse::{Ear, Pulse},
    speaker::fits,
};
use crate::{certificate, pinned};

/// A WebSocket over which the server has let us in.
pub(super) struct Opened<S> {
    pub(super) web: WebSocketStream<S>,
    pub(super) open: Open,
    pub(super) pulse: Pulse,
    /// How it is encrypted, if it is.
    pub(super) tls: Option<TlsView>,
}

/// The stream of a real connection.
pub(super) type Line = MaybeTlsStream<Ear<TcpStream>>;

/// TCP, TLS, the upgrade and both hand-shakes.
pub(super) async fn connected(dial: &Dial) -> Result<Opened<Line>, DialError> {
    if dial.server.is_open_to_listeners() {
        return Err(DialError::InTheClear);
    }
    let connector = connector(dial)?;
    let tcp = TcpStream::connect(dial.server.host_port()).await;
    let tcp = tcp.map_err(DialError::Unreachable)?;
    // Small frames must leave at once.
    tcp.set_nodelay(true).map_err(DialError::Unreachable)?;
    let pulse = Pulse::new();
    let ear = Ear::new(tcp, pulse.clone());
    let address = dial.server.socket_address();
    let upgraded = client_async_tls_with_config(address, ear, Some(limits()), connector).await;
    let (web, _response) = upgraded.map_err(DialError::of_upgrade)?;
    let tls = encryption(web.get_ref());
    let admitted = admitted(web, &dial.auth, pulse).await;
    admitted.map(|opened| Opened { tls, ..opened })
}

/// What the hand-shake of TLS came to.
fn encryption(line: &Line) -> Option<TlsView> {
    let MaybeTlsStream::Rustls(tls) = line else {
        return None;
    };
    let (_, connection) = tls.get_ref();
    // Others are not spoken here.
    let known = [
        (ProtocolVersion::TLSv1_3, "TLS 1.3"),
        (ProtocolVersion::TLSv1_2, "TLS 1.2"),
    ];
    let spoken = connection.protocol_version()?;
    let (_, version) = known.into_iter().find(|(version, _)| *version == spoken)?;
    let certificate = connection.peer_certificates().and_then(<[_]>::first);
    Some(TlsView {
        version: version.to_owned(),
        until: certificate.and_then(|certificate| certificate::holds_until(certificate)),
    })
}

/// How the server is known; the system's roots when the address names no key.
fn connector(dial: &Dial) -> Result<Option<Connector>, DialError> {
    let Some(pin) = dial.server.pin() else {
        return Ok(None);
    };
    let tls = pinned::config(pin).map_err(|error| {
        let error = Error::Io(std::io::Error::other(error));
        DialError::Tls(Box::new(error))
    })?;
    Ok(Some(Connector::Rustls(Arc::new(tls))))
}

pub(super) fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(LARGEST_RECEIVED))
        .max_frame_size(Some(LARGEST_RECEIVED))
}

/// The hand-shakes of Engine.IO and Socket.IO.
pub(super) async fn admitted<S>(
    mut web: WebSocketStream<S>,
    auth: &Value,
    pulse: Pulse,
) -> Result<Opened<S>, DialError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let open = opened(&mut web).await?;
    let data = Some(auth.clone());
    let wish = socket_text(&SocketFrame::main(SocketPacket::Connect { data }));
    fits(&wish, open.max_payload)?;
    send(&mut web, wish).await?;
    let admission = admission(&mut web).await;
    if matches!(admission, Err(DialError::Refused { .. })) {
        // Servers keep the connection of someone they refused for a while; the refused closes.
        drop(tokio::time::timeout(CLOSING, web.close(None)).await);
    }
    admission.map(|()| Opened {
        web,
        open,
        pulse,
        tls: None,
    })
}

/// Whoever does not begin with the hand-shake of Engine.IO is not what we look for.
async fn opened<S>(web: &mut WebSocketStream<S>) -> Result<Open, DialError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let text = next_text(web).await?;
    match EnginePacket::parse(&text, LARGEST_RECEIVED) {
        Ok(EnginePacket::Open(open)) => Ok(open),
        Ok(_) | Err(_) => Err(DialError::NotElms { status: None }),
    }
}

/// Reads until the server lets us in or does not. It may ping before it answers.
async fn admission<S>(web: &mut WebSocketStream<S>) -> Result<(), DialError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let text = next_text(web).await?;
        let packet = EnginePacket::parse(&text, LARGEST_RECEIVED);
        match packet.map_err(|_wire| Ended::Protocol)? {
            EnginePacket::Ping(payload) => {
                send(web, EnginePacket::Pong(payload).to_string()).await?;
            }
            EnginePacket::Message(inner) => {
                if is_admission(inner)? {
                    return Ok(());
                }
            }
            EnginePacket::Close => return Err(Ended::of_close(None).into()),
            EnginePacket::Open(_)
            | EnginePacket::Pong(_)
            | EnginePacket::Upgrade
            | EnginePacket::Noop => {}
        }
    }
}

fn is_admission(inner: &str) -> Result<bool, DialError> {
    let frame = SocketFrame::parse(inner, LARGEST_RECEIVED).map_err(|_wire| Ended::Protocol)?;
    match frame.packet {
        SocketPacket::Connect { .. } => Ok(true),
        SocketPacket::ConnectError { message, data } => Err(refused(message, data)),
        SocketPacket::Disconnect => Err(Ended::Disconnected.into()),
        SocketPacket::Event { .. } | SocketPacket::Ack { .. } => Ok(false),
    }
}

fn refused(message: String, data: Option<Value>) -> DialError {
    let code = data.as_ref().and_then(|data| data.get("code"));
    let code = code.and_then(Value::as_str).map(ToOwned::to_owned);
    DialError::Refused {
        message,
        code,
        data,
    }
}

async fn next_text<S>(web: &mut WebSocketStream<S>) -> Result<String, DialError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let message = web.next().await.ok_or(Ended::LinkLost)?;
        let message = message.map_err(|error| Ended::of(&error))?;
        if let Some(text) = message_text(message)? {
            return Ok(text.as_str().to_owned());
        }
    }
}

async fn send<S>(web: &mut WebSocketStream<S>, text: String) -> Result<(), DialError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let sent = web.send(Message::text(text)).await;
    sent.map_err(|error| Ended::of(&error).into())
}
