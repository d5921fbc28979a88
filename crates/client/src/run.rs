//! The owner task: carries out what [`Session`] decides. It holds every handle and decides nothing.
//!
//! ```text
//! asks ──┐                              ┌──▶ socket
//! news ──┼─▶ Owner ─▶ Session ─ effects ┼──▶ cache, outbox
//! socket ┤                              ├──▶ helpers (HTTP, key store) ─▶ news
//! time ──┘                              └──▶ board ─▶ user interface
//! ```

mod asks;
mod board;
mod chosen;
mod coming;
mod effects;
mod files;
mod frames;
mod gathered;
mod history;
mod line;
mod lock;
mod news;
mod original;
mod proving;
mod retention;
mod status;
mod words;
mod writing;

use std::{collections::VecDeque, net::IpAddr, ops::ControlFlow, sync::Arc};

use elms_protocol::{Seq, Timestamp};
use tokio::{
    sync::{broadcast, mpsc},
    time::sleep_until,
};

pub(crate) use asks::{Ask, Reply};
use board::Board;
pub(crate) use coming::station_key;
use gathered::Gathered;
use line::{Heard, Line};
pub(crate) use lock::{people_here, remember_password};
use news::News;
pub(crate) use original::NO_ENTRIES;
pub(crate) use words::{NO_KIND, REVIEW_DESK, sentence, trouble_error};

use crate::{
    auth::{Place, Tokens},
    clock::{Mono, Now, StepWatch},
    desk::Desk,
    notices::{Notice, Notices},
    profile::Lock,
    session::{At, Input, Session},
    shared::Shared,
    tasks::{Dead, Tasks},
};

/// How often the clocks and the way to the server are looked at.
const LOOK_MS: i64 = 2_000;
/// How often the server is asked again about what waits for a record of another station.
const AGAIN_MS: i64 = 60_000;
/// How many asks and news may wait.
const WAITING: usize = 64;
/// How many notices may wait for the desktop.
const NOTICES: usize = 32;

/// Something for the owner to deal with.
enum Happened {
    Stop,
    Asked(Ask),
    News(News),
    Heard(Heard),
    Died(Dead),
    Time,
}

/// Who works at this console now.
struct Seat {
    desk: Arc<Desk>,
    /// Keeps other consoles out of the profile.
    lock: Lock,
    place: Place,
    tokens: Option<Tokens>,
}

/// Owns the session and all that belongs to it.
pub(crate) struct Owner {
    shared: Arc<Shared>,
    tasks: Tasks,
    asks: mpsc::Receiver<Ask>,
    news: mpsc::Receiver<News>,
    /// For helpers to bring their news.
    bring: mpsc::Sender<News>,
    deaths: mpsc::UnboundedReceiver<Dead>,
    board: Board,
    desktop: mpsc::Sender<Notice>,
    session: Session,
    seat: Option<Seat>,
    /// Counts sign-ins: news of an earlier one are not listened to.
    sitting: u64,
    /// The sitting for which older events are being fetched.
    filling: Option<u64>,
    line: Option<Line>,
    /// Files of evidence on their way.
    carrier: files::Carrier,
    gathered: Gathered,
    notices: Notices,
    /// The last event that was considered for a notice.
    notified: Seq,
    /// Whether what comes now was missed during an outage.
    is_late: bool,
    as_of: Option<Timestamp>,
    steps: StepWatch,
    look_at: Mono,
    again_at: Mono,
    /// When it is looked next whether old events are to go.
    let_go_at: Mono,
    /// The sitting in which the copy was read through.
    looked_through: Option<u64>,
    way: Option<IpAddr>,
    watch: proving::Watch,
    /// Pings under way: the wall clock that they carry, and when they left.
    pings: VecDeque<(i64, Mono)>,
    /// Sentences that the person should read.
    warnings: Vec<(&'static str, String)>,
}

/// The ends of the owner that the handle holds.
pub(crate) struct Ends {
    pub(crate) asks: mpsc::Sender<Ask>,
    pub(crate) board: broadcast::Sender<elms_protocol::host::Batched>,
    pub(crate) notices: mpsc::Receiver<Notice>,
}

impl Owner {
    /// An owner with nobody signed in.
    pub(crate) fn new(
        shared: Arc<Shared>,
        tasks: Tasks,
        deaths: mpsc::UnboundedReceiver<Dead>,
    ) -> (Self, Ends) {
        let (ask, asks) = mpsc::channel(WAITING);
        let (bring, news) = mpsc::channel(WAITING);
        let (desktop, notices) = mpsc::channel(NOTICES);
        let (board, listeners) = Board::new();
        let tongue = shared.tongue();
        let owner = Self {
            shared,
            tasks,
            asks,
            news,
            bring,
            deaths,
            board,
            desktop,
            session: Session::default(),
            seat: None,
            sitting: 0,
            filling: None,
            line: None,
            carrier: files::Carrier::default(),
            gathered: Gathered::default(),
            notices: Notices::speaking(tongue),
            notified: Seq::ZERO,
            is_late: false,
            as_of: None,
            steps: StepWatch::default(),
            look_at: Mono::default(),
            again_at: Mono::default(),
            let_go_at: Mono::default(),
            looked_through: None,
            way: None,
            watch: proving::Watch::default(),
            pings: VecDeque::new(),
            warnings: Vec::new(),
        };
        (
            owner,
            Ends {
                asks: ask,
                board: listeners,
                notices,
            },
        )
    }

    /// Works until the stop, beginning with whoever wanted to stay signed in, or with why they are
    /// locked out.
    pub(crate) async fn run(mut self, kept: Option<(Arc<Desk>, Lock)>, locked: Option<String>) {
        self.warn("locked", locked);
        if let Some((desk, lock)) = kept {
            self.take_up(desk, lock).await;
            self.lock_at_start();
        }
        loop {
            let happened = self.next().await;
            if self.take(happened).await.is_break() {
                return;
            }
            self.shared.set_live(self.session.is_live());
        }
    }

    async fn next(&mut self) -> Happened {
        let due = self.shared.instant(self.due());
        let line = &mut self.line;
        let heard = async {
            match line {
                Some(line) => line.next().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.tasks.stop().cancelled() => Happened::Stop,
            Some(dead) = self.deaths.recv() => Happened::Died(dead),
            // Without a handle nobody can ever stop it: that is a stop.
            ask = self.asks.recv() => ask.map_or(Happened::Stop, Happened::Asked),
            Some(news) = self.news.recv() => Happened::News(news),
            () = sleep_until(due) => Happened::Time,
            heard = heard => Happened::Heard(heard),
        }
    }

    fn due(&self) -> Mono {
        let dues = [
            self.session.due(),
            self.gathered.due(),
            self.notices.due(),
            self.board.due(),
        ];
        dues.into_iter()
            .flatten()
            .chain([self.look_at])
            .min()
            .unwrap_or_default()
    }

    async fn take(&mut self, happened: Happened) -> ControlFlow<()> {
        match happened {
            Happened::Stop => {
                self.tasks.stop().cancel();
                self.leave().await;
                return ControlFlow::Break(());
            }
            Happened::Asked(ask) => self.asked(ask).await,
            Happened::News(news) => self.learn(news).await,
            Happened::Heard(heard) => self.hear(heard).await,
            Happened::Died(dead) => self.mourn(&dead),
            Happened::Time => self.time().await,
        }
        ControlFlow::Continue(())
    }

    fn now(&self) -> Now {
        self.shared.now()
    }

    /// Gives the session an input, and carries out what it asks for.
    async fn feed(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            if !matches!(input, Input::Heard | Input::Event(_)) {
                self.board.touch();
            }
            let at = At {
                now: self.now().mono,
                dice: (self.shared.outside.dice)(),
            };
            for effect in self.session.handle(input, at) {
                inputs.extend(self.carry_out(effect).await);
            }
        }
    }

    async fn time(&mut self) {
        let now = self.now();
        if self.session.due().is_some_and(|due| due <= now.mono) {
            // A large message over a slow line is not silence.
            if self
                .line
                .as_ref()
                .is_some_and(|line| line.was_heard_within(LOOK_MS))
            {
                self.feed(Input::Heard).await;
            }
            self.feed(Input::Time).await;
        }
        if self.gathered.due().is_some_and(|due| due <= now.mono) {
            let next = self.write(None).await;
            if let Some(input) = next {
                self.feed(input).await;
            }
        }
        if let Some(notice) = self.notices.fold(now.mono) {
            self.notify(notice);
        }
        if self.look_at <= now.mono {
            self.look_at = now.mono.plus(LOOK_MS);
            self.look(now).await;
        }
        if self.board.due().is_some_and(|due| due <= now.mono) {
            let status = self.status().await;
            let is_locked = self.shared.is_locked();
            self.board.tell(status, now.mono, is_locked);
        }
    }

    /// Looks whether the computer slept, a clock was set, or the network came back.
    async fn look(&mut self, now: Now) {
        let stepped = self.steps.look(now);
        if let Some(ms) = stepped {
            tracing::warn!(ms, "the wall clock has moved, or the computer has slept");
            self.shared.set_clock(|clock| clock.stepped(ms));
            self.pings.clear();
        }
        if stepped.is_some() || self.way_has_changed().await {
            self.feed(Input::Nudge).await;
        }
        self.attach_chosen().await;
        self.carry_files().await;
        self.let_go(now);
        if self.again_at <= now.mono && self.session.is_live() {
            self.again_at = now.mono.plus(AGAIN_MS);
            if let Some(input) = self.ask_again().await {
                self.feed(input).await;
            }
        }
    }

    /// Whether the operating system now knows another way to the server, or one at all.
    async fn way_has_changed(&mut self) -> bool {
        let Some(seat) = &self.seat else {
            return false;
        };
        let way = line::way_to(&seat.desk.server).await;
        let before = std::mem::replace(&mut self.way, way);
        way.is_some() && way != before
    }

    fn mourn(&mut self, dead: &Dead) {
        let sentence = format!(
            "A part of the console has stopped working ({}). Close the console and open it again.",
            dead.name
        );
        self.warn("dead", Some(sentence));
    }

    /// Puts a sentence under the eyes of the person, in place of the last one about the same.
    fn warn(&mut self, about: &'static str, sentence: Option<String>) {
        self.warnings.retain(|(known, _)| *known != about);
        self.warnings
            .extend(sentence.map(|sentence| (about, sentence)));
        self.board.touch();
    }

    /// Hands a notice to the desktop; when it takes none, the list in the window still has it.
    fn notify(&mut self, notice: Notice) {
        if let Err(error) = self.desktop.try_send(notice) {
            tracing::warn!(%error, "a notice was not taken");
        }
    }
}

#[cfg(test)]
mod tests;
