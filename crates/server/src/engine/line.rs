//! One connection as its session sees it: frames come, frames go, and what is not taken yet waits.
//!
//! Reading and writing are one poll, so that nothing is lost when something else happens first,
//! and a reader that is slow does not keep us from hearing it.

use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{Stream as _, StreamExt as _};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::{
    Frame, Socket,
    polling::{Over, Polled},
};

/// A reader that takes nothing for so long is closed; it resumes from its cursor.
const NO_PROGRESS: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 30 });
/// How long a good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(1);
/// While so many frames wait to be taken, nothing more is read.
const WAITING: usize = 1_024;

/// What a line brings.
#[derive(Debug)]
pub(crate) enum News {
    /// A text frame.
    Heard(Utf8Bytes),
    /// Everything said so far was taken.
    Written,
    /// More at once than allowed.
    TooLarge,
    /// The other side is gone.
    Gone,
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Line {
    way: Way,
    is_trusted: bool,
    /// How much was taken when last looked at, and since when it is so much.
    taken: (u64, Instant),
}

#[derive(Debug)]
enum Way {
    /// A WebSocket of its own, with its queue beneath it.
    Web(Box<Socket>),
    /// Long polling, as long as the client likes it, and what waits for the next poll.
    Polled(Box<Polled>, VecDeque<Frame>),
}

impl Line {
    pub(super) fn web(socket: Box<Socket>) -> Self {
        Self::new(Way::Web(socket))
    }

    pub(super) fn polled(polled: Polled) -> Self {
        Self::new(Way::Polled(Box::new(polled), VecDeque::new()))
    }

    fn new(way: Way) -> Self {
        Self {
            way,
            is_trusted: false,
            taken: (0, Instant::now()),
        }
    }

    /// Puts a frame at the end of what is to be sent. [`Self::next`] sends it.
    pub(crate) fn say(&mut self, frame: &Frame) {
        if self.is_idle() {
            self.taken = (self.n_taken(), Instant::now());
        }
        match &mut self.way {
            Way::Web(socket) => socket.get_mut().push(frame.bytes().clone()),
            Way::Polled(_, out) => out.push_back(frame.clone()),
        }
    }

    /// Sends what the other side takes at once, so that nothing need wait for [`Self::next`]. A
    /// failure is found there.
    pub(crate) fn send_now(&mut self) {
        if let Way::Web(socket) = &mut self.way
            && let Err(error) = socket.get_mut().write()
        {
            tracing::debug!(%error, "a connection ended while it was written to");
        }
    }

    /// Whether everything said so far was taken.
    pub(crate) fn is_idle(&self) -> bool {
        self.n_waiting() == 0
    }

    fn n_waiting(&self) -> usize {
        match &self.way {
            Way::Web(socket) => socket.get_ref().n_waiting(),
            Way::Polled(_, out) => out.len(),
        }
    }

    /// Lifts the limit for strangers.
    pub(crate) fn trust(&mut self) {
        self.is_trusted = true;
        if let Way::Web(socket) = &mut self.way {
            socket.get_mut().trust();
        }
    }

    /// When it must be looked at whether the reader still takes anything.
    pub(crate) fn stalls_at(&self) -> Option<Instant> {
        let (_, since) = self.taken;
        (!self.is_idle()).then_some(since + NO_PROGRESS)
    }

    /// Whether the reader has taken nothing for too long.
    pub(crate) fn has_stalled(&mut self, now: Instant) -> bool {
        let n_taken = self.n_taken();
        if self.is_idle() || n_taken != self.taken.0 {
            self.taken = (n_taken, now);
        }
        self.taken.1 + NO_PROGRESS <= now
    }

    fn n_taken(&self) -> u64 {
        match &self.way {
            Way::Web(socket) => socket.get_ref().n_written(),
            Way::Polled(polled, _) => polled.n_taken(),
        }
    }

    /// Sends what is to be sent and waits for news. Cancel safe.
    pub(crate) async fn next(&mut self) -> News {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// The same as a poll.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<News> {
        match &mut self.way {
            Way::Web(socket) => poll_web(socket, cx),
            Way::Polled(polled, out) => match ready!(poll_polled(polled, out, cx)) {
                Come::News(news) => Poll::Ready(news),
                Come::Over(over) => self.go_over(over, cx),
            },
        }
    }

    /// Goes on with a WebSocket, beginning with what was not fetched.
    fn go_over(&mut self, over: Over, cx: &mut Context<'_>) -> Poll<News> {
        let Over { mut socket, rest } = over;
        let later = match &mut self.way {
            Way::Polled(_, out) => std::mem::take(out),
            Way::Web(_) => VecDeque::new(),
        };
        for frame in rest.iter().chain(&later) {
            socket.get_mut().push(frame.bytes().clone());
        }
        self.way = Way::Web(socket);
        if self.is_trusted {
            self.trust();
        }
        self.poll(cx)
    }

    /// Says what is left to say, and closes.
    pub(crate) async fn close(mut self) {
        drop(timeout(GOOD_BYE, self.drain()).await);
        match &mut self.way {
            Way::Web(socket) => drop(timeout(GOOD_BYE, hang_up(socket)).await),
            Way::Polled(..) => {
                // By a poll of its own: the official client heeds a close before what came with it.
                self.say(&"1".into());
                drop(timeout(GOOD_BYE, self.drain()).await);
            }
        }
    }

    async fn drain(&mut self) {
        while !self.is_idle() {
            if let News::Gone | News::TooLarge = self.next().await {
                return;
            }
        }
    }
}

/// What long polling brings.
enum Come {
    News(News),
    Over(Over),
}

fn poll_web(socket: &mut Socket, cx: &mut Context<'_>) -> Poll<News> {
    let had_waited = 0 < socket.get_ref().n_waiting();
    let Ok(is_written) = drain(socket, cx) else {
        return Poll::Ready(News::Gone);
    };
    if WAITING <= socket.get_ref().n_waiting() {
        return Poll::Pending;
    }
    // What is heard comes before the news that all was written: a log that grows all the time
    // must not make us deaf.
    let news = read(Pin::new(socket), cx);
    if news.is_pending() && had_waited && is_written {
        return Poll::Ready(News::Written);
    }
    news
}

/// Whether all was written.
fn drain(socket: &mut Socket, cx: &mut Context<'_>) -> std::io::Result<bool> {
    match socket.get_mut().poll_drain(cx) {
        Poll::Ready(drained) => drained.map(|()| true),
        Poll::Pending => Ok(false),
    }
}

fn poll_polled(polled: &mut Polled, out: &mut VecDeque<Frame>, cx: &mut Context<'_>) -> Poll<Come> {
    let heard = if out.len() < WAITING {
        polled.poll_heard(cx)
    } else {
        Poll::Pending
    };
    if let Poll::Ready(Some(text)) = heard {
        return Poll::Ready(Come::News(News::Heard(text)));
    }
    // The requests' end is given up once the client has gone over: look for that first.
    if let Poll::Ready(over) = polled.poll_over(cx) {
        return Poll::Ready(Come::Over(over));
    }
    if heard.is_ready() {
        return Poll::Ready(Come::News(News::Gone));
    }
    if out.is_empty() {
        return Poll::Pending;
    }
    let said = ready!(polled.poll_say(cx, out));
    Poll::Ready(Come::News(match said {
        Ok(()) => News::Written,
        Err(_gone) => News::Gone,
    }))
}

/// Closes and waits for the other side to do the same: what it has said meanwhile must be read, or
/// the machine tears the connection down and our last words with it.
async fn hang_up(socket: &mut Socket) {
    if socket.close(None).await.is_ok() {
        while let Some(Ok(_)) = socket.next().await {}
    }
}

fn read(mut socket: Pin<&mut Socket>, cx: &mut Context<'_>) -> Poll<News> {
    loop {
        let news = match ready!(socket.as_mut().poll_next(cx)) {
            Some(Ok(Message::Text(text))) => News::Heard(text),
            // Answered by the library, whose answer waits in the queue until the next read.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Err(Error::Capacity(_))) => News::TooLarge,
            Some(Ok(Message::Binary(_) | Message::Close(_) | Message::Frame(_)) | Err(_))
            | None => News::Gone,
        };
        return Poll::Ready(news);
    }
}
