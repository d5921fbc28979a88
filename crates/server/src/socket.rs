//! One connection: hand-shake, rooms, commands and the pump.
//!
//! Each connection has one task with a cursor into its institution's log. Live delivery and
//! catching up are the same code: read after the cursor, leave out what this person may not see,
//! write, move on. TCP is the only queue; a slow reader falls behind in the log and loses nothing.

mod commands;
mod end;
mod member;
mod packets;
mod proving;
mod pump;
mod requests;
#[cfg(test)]
mod tests;
mod typing;

use crate::limits::{BURST, PER_SECOND};
use std::{
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use elms_protocol::frame::Connect;
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use serde_json::{Value, json};
use tokio::{
    sync::broadcast,
    time::{Instant, Sleep, sleep_until},
};

use crate::{
    App,
    engine::{Frame, Line, News, PATIENCE, PING_INTERVAL, PING_TIMEOUT},
    typing::Typed,
};
use commands::Answering;
use end::{Closing, End};
use member::Member;

/// A connection with its state.
struct Session {
    app: App,
    line: Line,
    sid: String,
    /// What came with CONNECT; nothing else may come before it.
    hello: Option<Connect>,
    began: Instant,
    heard: Instant,
    pinged: Instant,
    /// Messages that may still come at once, and when that was counted.
    allowance: (f64, Instant),
    member: Option<Box<Member>>,
    answering: FuturesUnordered<Answering>,
    /// Whether the log was read since the rest was looked at.
    has_pumped: bool,
    /// What happens once, or seldom: it costs nothing while it does not.
    seldom: FuturesUnordered<Seldom>,
    /// Set anew only when something is due before it, as setting it costs more than being woken
    /// too early now and then.
    alarm: Pin<Box<Sleep>>,
}

/// Something that seldom happens.
type Seldom = Pin<Box<dyn Future<Output = Wake> + Send>>;

/// Serves one connection until it ends.
pub(crate) async fn serve(app: App, line: Line, sid: String) {
    let now = Instant::now();
    let mut session = Box::new(Session {
        app,
        line,
        sid,
        hello: None,
        began: now,
        heard: now,
        pinged: now,
        allowance: (BURST, now),
        member: None,
        answering: FuturesUnordered::new(),
        has_pumped: false,
        seldom: FuturesUnordered::new(),
        alarm: Box::pin(sleep_until(now + PATIENCE)),
    });
    let stop = session.app.stop.clone().cancelled_owned();
    session.seldom.push(Box::pin(async {
        stop.await;
        Wake::Stop
    }));
    let end = session.run().await;
    if let Some(member) = session.member.take() {
        member.leave(&session.app);
    }
    if let End::Close(closing) = end {
        tracing::info!(reason = closing.text(), "closed a connection");
        session.say("closing", &json!({ "reason": closing.text() }));
        if closing.is_for_good() {
            session.line.say(&"41".into());
        }
    }
    session.line.close().await;
}

/// What woke a session.
enum Wake {
    Line(News),
    Grown,
    Answered(Frame),
    Due,
    /// Sign-ins have ended somewhere.
    Ended,
    /// Somebody types.
    Typed(Arc<Typed>, broadcast::Receiver<Arc<Typed>>),
    Stop,
}

impl Session {
    async fn run(&mut self) -> End {
        loop {
            let done = match self.next().await {
                Wake::Line(news) => self.news(news).await,
                Wake::Grown => self.pump().await,
                Wake::Answered(frame) => {
                    self.line.say(&frame);
                    Ok(())
                }
                Wake::Due => self.look_round(),
                Wake::Ended => {
                    // Listen first, then look: nothing is missed in between.
                    self.hear_of_ended();
                    self.look_round()
                }
                Wake::Typed(typed, others) => {
                    self.hear_typing(others);
                    self.typed(&typed);
                    Ok(())
                }
                Wake::Stop => Err(End::Close(Closing::Restart)),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn next(&mut self) -> Wake {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// A grown log comes first, as the rest need not be looked at before it was said; but not
    /// twice in a row: a log that grows all the time must not make us deaf.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Wake> {
        let has_pumped = std::mem::take(&mut self.has_pumped);
        if !has_pumped && self.poll_grown(cx).is_ready() {
            return Poll::Ready(Wake::Grown);
        }
        if let Poll::Ready(Some(wake)) = self.seldom.poll_next_unpin(cx) {
            return Poll::Ready(wake);
        }
        if let Poll::Ready(news) = self.line.poll(cx) {
            return Poll::Ready(Wake::Line(news));
        }
        if !self.answering.is_empty()
            && let Poll::Ready(Some(frame)) = self.answering.poll_next_unpin(cx)
        {
            return Poll::Ready(Wake::Answered(frame));
        }
        if has_pumped && self.poll_grown(cx).is_ready() {
            return Poll::Ready(Wake::Grown);
        }
        self.poll_alarm(cx)
    }

    /// While something waits to be taken, nothing is read from the log: TCP is the queue.
    fn poll_grown(&mut self, cx: &Context<'_>) -> Poll<()> {
        let is_idle = self.line.is_idle();
        let Some(member) = self.member.as_deref_mut().filter(|_| is_idle) else {
            return Poll::Pending;
        };
        let grown = member.head.poll_changed(cx);
        self.has_pumped = grown.is_ready();
        grown.map(drop)
    }

    fn poll_alarm(&mut self, cx: &mut Context<'_>) -> Poll<Wake> {
        let due = self.due();
        if self.alarm.is_elapsed() || due < self.alarm.deadline() {
            self.alarm.as_mut().reset(due);
        }
        self.alarm.as_mut().poll(cx).map(|()| Wake::Due)
    }

    /// From now on ended sign-ins wake this session once.
    fn hear_of_ended(&mut self) {
        let mut ended = self.app.auth.watch_ended();
        self.seldom.push(Box::pin(async move {
            if ended.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
            Wake::Ended
        }));
    }

    async fn news(&mut self, news: News) -> Result<(), End> {
        match news {
            News::Heard(frame) => self.frame(&frame).await,
            News::Written => Ok(()),
            News::TooLarge => Err(End::Close(Closing::TooLarge)),
            News::Gone => Err(End::Gone),
        }
    }

    /// When the connection must be looked at even if nothing happens.
    fn due(&self) -> Instant {
        let ping = self.pinged + PING_INTERVAL;
        let silent = self.heard + PING_INTERVAL + PING_TIMEOUT;
        let other = match &self.member {
            None => self.began + PATIENCE,
            Some(member) => member.due(),
        };
        let stall = self.line.stalls_at().unwrap_or(ping);
        ping.min(silent).min(other).min(stall)
    }

    fn look_round(&mut self) -> Result<(), End> {
        let now = Instant::now();
        match &self.member {
            None if self.began + PATIENCE <= now => {
                return Err(End::Close(Closing::Unauthenticated));
            }
            Some(member) => member.check(&self.app, now)?,
            None => {}
        }
        if self.line.has_stalled(now) {
            return Err(End::Close(Closing::Slow));
        }
        if self.heard + PING_INTERVAL + PING_TIMEOUT <= now {
            return Err(End::Gone);
        }
        if self.pinged + PING_INTERVAL <= now {
            self.pinged = now;
            self.line.say(&"2".into());
        }
        if let Some(sync) = self
            .member
            .as_deref_mut()
            .and_then(|member| member.sync_due(now))
        {
            self.line.say(&sync);
        }
        Ok(())
    }

    /// Says one event of ours.
    fn say(&mut self, name: &str, body: &Value) {
        self.line.say(&packets::event(name, body));
    }

    /// Counts one more message, or ends a flood.
    fn allow(&mut self, now: Instant) -> Result<(), End> {
        let (left, counted) = self.allowance;
        let earned = (now - counted).as_secs_f64() * PER_SECOND;
        let left = (left + earned).min(BURST) - 1.0;
        self.allowance = (left, now);
        if left < 0.0 {
            return Err(End::Close(Closing::Flood));
        }
        Ok(())
    }
}
