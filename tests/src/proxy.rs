//! A wire between a station and its server that behaves like the hall's Wi-Fi.
//!
//! It forwards HTTP as it is and takes part in the hand-shake of sockets, so that it can lose an answer or
//! repeat a frame. Everything it does is decided by [`Faults`], which a test changes while the
//! wire is in use.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async, client_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request, Response},
    },
};

/// How the wire is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Everything passes.
    Whole,
    /// Connections are closed and refused.
    Cut,
    /// Connections stay open, nothing passes: a half-open link.
    Silent,
}

/// What goes wrong on a whole wire.
#[derive(Debug, Default)]
pub struct Faults {
    /// So many acknowledgements from the server are lost, each together with its connection.
    pub lose_acks: AtomicI64,
    /// Every n-th frame from the server is sent twice; 0 is never.
    pub repeat_every: AtomicU64,
    /// Frames from the server are held back so long, in milliseconds.
    pub delay_ms: AtomicU64,
    /// A request is cut off in its middle after every so many bytes of requests; 0 is never.
    pub cut_every: AtomicU64,
    /// Bytes of requests that passed, those of sockets not counted.
    pub n_bytes: AtomicU64,
    /// Requests that were cut off.
    pub n_cut: AtomicU64,
    /// Frames that passed, both ways.
    pub n_frames: AtomicU64,
    /// Connections that were made.
    pub n_connections: AtomicU64,
}

/// A running wire.
#[derive(Debug)]
pub struct Proxy {
    /// Where the station connects to.
    pub url: String,
    /// What goes wrong.
    pub faults: Arc<Faults>,
    wire: watch::Sender<Wire>,
}

impl Proxy {
    /// Lays a wire to `upstream`, a URL like `http://127.0.0.1:4000`.
    ///
    /// # Errors
    ///
    /// When the address is not one, or no port is free.
    pub async fn start(upstream: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (wire, _) = watch::channel(Wire::Whole);
        let proxy = Self {
            url,
            faults: Arc::new(Faults::default()),
            wire,
        };
        let accept = accept_all(
            listener,
            address(upstream)?,
            Arc::clone(&proxy.faults),
            proxy.wire.subscribe(),
        );
        tokio::spawn(accept);
        Ok(proxy)
    }

    /// Changes how the wire is, for connections that exist too.
    pub fn set(&self, wire: Wire) {
        self.wire.send_replace(wire);
    }
}

fn address(url: &str) -> Result<SocketAddr> {
    let rest = url.strip_prefix("http://").context("not an http URL")?;
    Ok(rest.trim_end_matches('/').parse()?)
}

async fn accept_all(
    listener: TcpListener,
    to: SocketAddr,
    faults: Arc<Faults>,
    wire: watch::Receiver<Wire>,
) {
    while let Ok((station, _)) = listener.accept().await {
        if *wire.borrow() == Wire::Cut {
            continue;
        }
        faults.n_connections.fetch_add(1, Ordering::Relaxed);
        let carrying = carry(station, to, Arc::clone(&faults), wire.clone());
        let mut cut = wire.clone();
        tokio::spawn(async move {
            tokio::select! {
                // A station that hangs up is no fault of the wire.
                ended = carrying => drop(ended),
                changed = cut.wait_for(|wire| *wire == Wire::Cut) => drop(changed),
            }
        });
    }
}

async fn carry(
    station: TcpStream,
    to: SocketAddr,
    faults: Arc<Faults>,
    wire: watch::Receiver<Wire>,
) -> Result<()> {
    let mut head = [0_u8; 2_048];
    let n = station.peek(&mut head).await?;
    let text = String::from_utf8_lossy(head.get(..n).unwrap_or_default()).to_lowercase();
    let server = TcpStream::connect(to).await?;
    station.set_nodelay(true)?;
    server.set_nodelay(true)?;
    if !text.contains("upgrade: websocket") {
        return requests(station, server, &faults).await;
    }
    let mut path = String::new();
    #[expect(clippy::result_large_err, reason = "the library asks for this type")]
    let keep_path = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        path = request.uri().to_string();
        Ok(response)
    };
    let station = accept_hdr_async(station, keep_path).await?;
    let (server, _) = client_async(format!("ws://{to}{path}"), server).await?;
    frames(station, server, faults, wire).await
}

/// Carries requests and their answers, until one is cut off.
async fn requests(station: TcpStream, server: TcpStream, faults: &Faults) -> Result<()> {
    let (mut from_station, mut to_station) = station.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async {
        let mut bytes = [0_u8; 4_096];
        loop {
            let n = from_station.read(&mut bytes).await?;
            let (passing, n_bytes) = (bytes.get(..n).unwrap_or_default(), u64::try_from(n)?);
            let before = faults.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
            let every = faults.cut_every.load(Ordering::Relaxed);
            if every != 0 && before / every != before.saturating_add(n_bytes) / every {
                faults.n_cut.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            if n == 0 {
                return Ok(to_server.shutdown().await?);
            }
            to_server.write_all(passing).await?;
        }
    };
    let down = async {
        copy(&mut from_server, &mut to_station).await?;
        anyhow::Ok(())
    };
    tokio::select! { ended = up => ended, ended = down => ended }
}

type Socket = WebSocketStream<TcpStream>;

async fn frames(
    station: Socket,
    server: Socket,
    faults: Arc<Faults>,
    wire: watch::Receiver<Wire>,
) -> Result<()> {
    let (mut to_station, mut from_station) = station.split();
    let (mut to_server, mut from_server) = server.split();
    let up = async {
        let mut wire = wire.clone();
        while let Some(message) = from_station.next().await {
            passable(&mut wire).await;
            faults.n_frames.fetch_add(1, Ordering::Relaxed);
            to_server.send(message?).await?;
        }
        anyhow::Ok(())
    };
    let down = async {
        let mut wire = wire.clone();
        while let Some(message) = from_server.next().await {
            let message = message?;
            passable(&mut wire).await;
            if loses(&message, &faults) {
                return Ok(());
            }
            let delay = faults.delay_ms.load(Ordering::Relaxed);
            if delay != 0 {
                // No delay is none: a sleep of nothing lasts a millisecond, for every frame.
                tokio::time::sleep(Duration::from_millis(delay)).await;
            }
            if repeats(&message, &faults) {
                to_station.send(message.clone()).await?;
            }
            to_station.send(message).await?;
        }
        anyhow::Ok(())
    };
    tokio::select! { ended = up => ended, ended = down => ended }
}

/// Waits while the wire is silent.
async fn passable(wire: &mut watch::Receiver<Wire>) {
    drop(wire.wait_for(|wire| *wire != Wire::Silent).await);
}

/// Whether this frame is an acknowledgement that gets lost.
fn loses(message: &Message, faults: &Faults) -> bool {
    let ack = matches!(message, Message::Text(text) if text.starts_with("43"));
    ack && 0 < faults.lose_acks.load(Ordering::Relaxed)
        && 0 < faults.lose_acks.fetch_sub(1, Ordering::Relaxed)
}

/// Whether this frame is sent twice. Only events: a hand-shake twice is no Socket.IO at all.
fn repeats(message: &Message, faults: &Faults) -> bool {
    let every = faults.repeat_every.load(Ordering::Relaxed);
    let event = matches!(message, Message::Text(text) if text.starts_with("42[\""));
    let n = faults.n_frames.fetch_add(1, Ordering::Relaxed);
    event && every != 0 && n.is_multiple_of(every)
}
