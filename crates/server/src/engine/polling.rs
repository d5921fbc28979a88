//! Long polling: a GET waits for frames, a POST brings some.

use crate::limits::MOST_POLLED;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use axum::{
    extract::{Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use elms_protocol::wire;
use tokio::sync::{Notify, mpsc};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::{sync::PollSender, task::TaskTracker};

use super::{
    Frame, LARGEST_UNKNOWN, Line, PATIENCE, PING_INTERVAL, PING_TIMEOUT, Params, Socket, open,
    refuse,
};
use crate::{App, socket};

/// Frames of one connection that wait for its session.
const WAITING: usize = 8;

/// The end of a polled connection that its session holds.
#[derive(Debug)]
pub(super) struct Polled {
    heard: mpsc::Receiver<Utf8Bytes>,
    said: PollSender<Vec<Frame>>,
    over: mpsc::Receiver<Over>,
    n_taken: u64,
}

/// The client goes over to a WebSocket; these frames were not fetched yet.
#[derive(Debug)]
pub(super) struct Over {
    pub(super) socket: Box<Socket>,
    pub(super) rest: Vec<Frame>,
}

impl Polled {
    /// How many polls were answered.
    pub(super) fn n_taken(&self) -> u64 {
        self.n_taken
    }

    pub(super) fn poll_heard(&mut self, cx: &mut Context<'_>) -> Poll<Option<Utf8Bytes>> {
        self.heard.poll_recv(cx)
    }

    pub(super) fn poll_over(&mut self, cx: &mut Context<'_>) -> Poll<Over> {
        match ready!(self.over.poll_recv(cx)) {
            Some(over) => Poll::Ready(over),
            None => Poll::Pending,
        }
    }

    /// Lays all frames ready for the next poll, once the last ones were fetched.
    pub(super) fn poll_say(
        &mut self,
        cx: &mut Context<'_>,
        out: &mut VecDeque<Frame>,
    ) -> Poll<Result<(), Gone>> {
        let reserved = ready!(self.said.poll_reserve(cx));
        let sent = reserved.and_then(|()| self.said.send_item(out.drain(..).collect()));
        self.n_taken = self.n_taken.wrapping_add(1);
        Poll::Ready(sent.map_err(|_session_is_over| Gone))
    }
}

/// The other end of a polled connection is no more.
#[derive(Debug)]
pub(super) struct Gone;

/// The end that the HTTP requests hold.
#[derive(Debug)]
pub(super) struct Poller {
    hear: mpsc::Sender<Utf8Bytes>,
    to_fetch: tokio::sync::Mutex<mpsc::Receiver<Vec<Frame>>>,
    over: mpsc::Sender<Over>,
    released: Notify,
}

/// The two ends of a new polled connection.
fn ends() -> (Polled, Poller) {
    let (hear, heard) = mpsc::channel(WAITING);
    let (say, to_fetch) = mpsc::channel(1);
    let (over, overs) = mpsc::channel(1);
    let session = Polled {
        heard,
        said: PollSender::new(say),
        over: overs,
        n_taken: 0,
    };
    let requests = Poller {
        hear,
        to_fetch: tokio::sync::Mutex::new(to_fetch),
        over,
        released: Notify::new(),
    };
    (session, requests)
}

/// All connections of this server: the polled ones by name, and the tasks of all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pollers {
    by_sid: Arc<Mutex<HashMap<String, Arc<Poller>>>>,
    tasks: TaskTracker,
}

impl Pollers {
    /// Runs a connection's task; [`Self::all_ended`] waits for it.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Waits until every connection has ended. They end when the server stops.
    pub(crate) async fn all_ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// How many connections are open.
    pub(crate) fn n_open(&self) -> usize {
        self.tasks.len()
    }

    pub(super) fn find(&self, sid: &str) -> Option<Arc<Poller>> {
        let by_sid = self.by_sid.lock().unwrap_or_else(PoisonError::into_inner);
        by_sid.get(sid).map(Arc::clone)
    }

    fn add(&self, sid: &str, poller: Poller) -> Result<(), Gone> {
        let mut by_sid = self.by_sid.lock().unwrap_or_else(PoisonError::into_inner);
        if MOST_POLLED <= by_sid.len() {
            return Err(Gone);
        }
        by_sid.insert(sid.to_owned(), Arc::new(poller));
        Ok(())
    }

    pub(super) fn remove(&self, sid: &str) {
        let mut by_sid = self.by_sid.lock().unwrap_or_else(PoisonError::into_inner);
        by_sid.remove(sid);
    }
}

impl Poller {
    /// Lets the poll that waits end with nothing, so that the client may change over.
    pub(super) fn release(&self) {
        self.released.notify_one();
    }

    /// Gives the session a WebSocket instead, with what was not fetched.
    pub(super) async fn take_over(&self, socket: Socket) {
        let mut to_fetch = self.to_fetch.lock().await;
        let mut rest = Vec::new();
        while let Ok(frames) = to_fetch.try_recv() {
            rest.extend(frames);
        }
        let socket = Box::new(socket);
        // A session that is over does not want it.
        drop(self.over.send(Over { socket, rest }).await);
    }

    /// What there is to send; waits for it, but less long than the client does.
    async fn fetch(&self) -> Result<Vec<Frame>, Gone> {
        // Two polls at a time are a fault of the client.
        let mut to_fetch = self.to_fetch.try_lock().map_err(|_taken| Gone)?;
        tokio::select! {
            biased;
            frames = to_fetch.recv() => frames.ok_or(Gone),
            () = self.released.notified() => Ok(vec![wire::EnginePacket::Noop.to_string().into()]),
            () = tokio::time::sleep(PING_INTERVAL + PING_TIMEOUT) => Err(Gone),
        }
    }
}

/// A new connection: the session begins, its first frame is the answer.
pub(super) fn begin(app: &App) -> Response {
    let sid = uuid::Uuid::new_v4().simple().to_string();
    let (session, requests) = ends();
    if app.pollers.add(&sid, requests).is_err() {
        let message = "Too many polled connections";
        return refuse(StatusCode::SERVICE_UNAVAILABLE, 3, message);
    }
    let first = open(&sid, vec!["websocket".to_owned()], LARGEST_UNKNOWN);
    app.pollers.spawn(run(app.clone(), session, sid));
    text(&[first])
}

async fn run(app: App, polled: Polled, sid: String) {
    socket::serve(app.clone(), Line::polled(polled), sid.clone()).await;
    // What was said last must still be fetched.
    tokio::select! {
        () = app.stop.cancelled() => {}
        () = tokio::time::sleep(PATIENCE) => {}
    }
    app.pollers.remove(&sid);
}

/// A poll: waits for frames.
pub(super) async fn next(app: &App, sid: &str) -> Response {
    let Some(poller) = app.pollers.find(sid) else {
        return refuse(StatusCode::BAD_REQUEST, 1, "Session ID unknown");
    };
    let Ok(frames) = poller.fetch().await else {
        app.pollers.remove(sid);
        return refuse(StatusCode::BAD_REQUEST, 1, "Session ID unknown");
    };
    text(&frames)
}

/// Frames from the client.
pub(super) async fn post(
    State(app): State<App>,
    Query(params): Query<Params>,
    request: Request,
) -> Response {
    let poller = params.sid.as_deref().and_then(|sid| app.pollers.find(sid));
    let Some(poller) = poller else {
        return refuse(StatusCode::BAD_REQUEST, 1, "Session ID unknown");
    };
    let Ok(body) = axum::body::to_bytes(request.into_body(), LARGEST_UNKNOWN).await else {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, 3, "Too large");
    };
    let Some(frames) = frames(&body) else {
        return refuse(StatusCode::BAD_REQUEST, 3, "Bad request");
    };
    for frame in frames {
        if poller.hear.send(frame).await.is_err() {
            return refuse(StatusCode::BAD_REQUEST, 1, "Session ID unknown");
        }
    }
    "ok".into_response()
}

fn frames(body: &[u8]) -> Option<Vec<Utf8Bytes>> {
    let body = std::str::from_utf8(body).ok()?;
    let packets = wire::split(body, LARGEST_UNKNOWN).ok()?;
    let frames = packets.iter().map(|packet| packet.to_string().into());
    Some(frames.collect())
}

fn text(frames: &[Frame]) -> Response {
    let frames: Vec<&str> = frames.iter().map(Frame::text).collect();
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=UTF-8")];
    (kind, wire::join(&frames)).into_response()
}
