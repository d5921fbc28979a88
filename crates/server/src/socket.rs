//! One connection: hand-shake, rooms, commands and the pump.
//!
//! Each connection has one task with a cursor into its institution's log. Live delivery and
//! catching up are the same code: read after the cursor, leave out what this person may not see,
//! write, move on. TCP is the only queue; a slow reader falls behind in the log and loses nothing.

mod commands;
mod end;
mod member;
mod packets;
mod pump;
mod requests;
#[cfg(test)]
mod tests;

use elms_protocol::frame::Connect;
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::{
    App,
    engine::{Line, News, PATIENCE, PING_INTERVAL, PING_TIMEOUT},
};
use commands::Answering;
use end::{Closing, End};
use member::Member;

/// Messages in a row, then [`PER_SECOND`].
const BURST: f64 = 400.0;
/// Messages a second.
const PER_SECOND: f64 = 200.0;

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
}

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
    });
    let end = session.run().await;
    if let Some(member) = session.member.take() {
        member.leave(&session.app);
    }
    if let End::Close(closing) = end {
        tracing::info!(reason = closing.text(), "closed a connection");
        session.say("closing", &json!({ "reason": closing.text() }));
        if closing.is_for_good() {
            session.line.say("41".into());
        }
    }
    session.line.close().await;
}

/// What woke a session.
enum Wake {
    Line(News),
    Grown,
    Answered(Utf8Bytes),
    Due,
    Stop,
}

impl Session {
    async fn run(&mut self) -> End {
        loop {
            let done = match self.next().await {
                Wake::Line(news) => self.news(news).await,
                Wake::Grown => self.pump().await,
                Wake::Answered(frame) => {
                    self.line.say(frame);
                    Ok(())
                }
                Wake::Due => self.look_round(),
                Wake::Stop => Err(End::Close(Closing::Restart)),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn next(&mut self) -> Wake {
        let due = self.due();
        // While something waits to be taken, nothing is read from the log: TCP is the queue.
        let may_pump = self.line.is_idle();
        let (grown, ended) = member::wakes(self.member.as_deref_mut());
        tokio::select! {
            biased;
            () = self.app.stop.cancelled() => Wake::Stop,
            () = grown, if may_pump => Wake::Grown,
            news = self.line.next() => Wake::Line(news),
            Some(frame) = self.answering.next() => Wake::Answered(frame),
            () = ended => Wake::Due,
            () = sleep_until(due) => Wake::Due,
        }
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
            self.line.say("2".into());
        }
        if let Some(sync) = self
            .member
            .as_deref_mut()
            .and_then(|member| member.sync_due(now))
        {
            self.line.say(sync);
        }
        Ok(())
    }

    /// Says one event of ours.
    fn say(&mut self, name: &str, body: &Value) {
        self.line.say(packets::event(name, body));
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
