//! A station of a story: the real session, outbox and cache, driven as `client/src/run` does it.

mod writing;

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use elms_client::{
    FileKey,
    cache::{Cache, Seen},
    clock::Mono,
    error::CacheError,
    outbox::{Elsewhere, Numbers, Outbox},
    session::{At, Begin, CopyNews, Effect, Input, Job, Session, TokenNews},
};
use elms_protocol::{
    Actor, CommandId, CommandRequest, Event, IncidentRef, Outcome, Seq, Timestamp, UserId,
    frame::{Cursor, ResyncReason},
    host::OutboxState,
};

use super::{chance::Chance, office::Down};

/// How long an event may wait for company.
const WAIT_MS: i64 = 25;
/// How long a sign-in lasts; renewing it is no part of a story.
const SIGN_IN_MS: i64 = 86_400_000;

/// What a station asks.
#[derive(Debug, Clone)]
pub(super) enum Up {
    Open(Option<Cursor>),
    Ping,
    Command(Box<CommandRequest>),
    Copy,
    Close,
}

/// What a person was told to be kept.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// In no other command.
    pub(super) words: String,
    /// The case, when it is a report.
    pub(super) case: Option<IncidentRef>,
}

pub(super) struct Hall {
    dir: PathBuf,
    pub(super) me: Actor,
    key: FileKey,
    at_work: Option<AtWork>,
    pub(super) told: Vec<Told>,
    /// The line that is open or being opened.
    pub(super) line: Option<u64>,
    /// The copy that is waited for.
    pub(super) copy: Option<u64>,
}

struct AtWork {
    outbox: Outbox,
    cache: Cache,
    session: Session,
    gathered: Vec<Event>,
    gathered_due: Option<i64>,
}

/// The moment, and what leaves the station in it.
pub(super) struct Turn<'a> {
    pub(super) now: i64,
    pub(super) chance: &'a mut Chance,
    pub(super) out: Vec<Up>,
}

impl Turn<'_> {
    fn at(&mut self) -> At {
        At {
            now: Mono(self.now),
            dice: self.chance.any(),
        }
    }

    fn time(&self) -> Timestamp {
        super::time(self.now)
    }
}

impl Hall {
    pub(super) fn new(dir: &Path, me: Actor) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            me,
            key: FileKey::mint()?,
            at_work: None,
            told: Vec::new(),
            line: None,
            copy: None,
        })
    }

    fn user(&self) -> UserId {
        self.me.user.unwrap_or(UserId(0))
    }

    fn work(&self) -> Result<&AtWork> {
        self.at_work.as_ref().context("the console is closed")
    }

    fn work_mut(&mut self) -> Result<&mut AtWork> {
        self.at_work.as_mut().context("the console is closed")
    }

    /// The console is gone, wherever it was in its work.
    pub(super) fn kill(&mut self) {
        self.at_work = None;
        (self.line, self.copy) = (None, None);
    }

    /// The console is opened, on what it finds on the disk.
    pub(super) fn come(&mut self, turn: &mut Turn<'_>) -> Result<()> {
        let numbers = Numbers::open(&self.dir.join("numbers.db"))?;
        let outbox = Outbox::open(&self.dir.join("outbox.db"), &self.key)?.sharing(numbers);
        let cache = Cache::open(&self.dir.join("cache.db"), &self.key)?;
        let cursor = cache.cursor();
        self.at_work = Some(AtWork {
            outbox,
            cache,
            session: Session::default(),
            gathered: Vec::new(),
            gathered_due: None,
        });
        let begin = Begin {
            renew_at: Some(Mono(turn.now + SIGN_IN_MS)),
            has_tokens: true,
            cursor,
            original: false,
        };
        self.feed(Input::Begin(begin), turn)
    }

    pub(super) fn is_open(&self) -> bool {
        self.at_work.is_some()
    }

    /// When something is to be done here.
    pub(super) fn due(&self) -> Option<i64> {
        let work = self.at_work.as_ref()?;
        let session = work.session.due().map(|due| due.0);
        session.into_iter().chain(work.gathered_due).min()
    }

    pub(super) fn time(&mut self, turn: &mut Turn<'_>) -> Result<()> {
        let work = self.work()?;
        let is_due = work.session.due().is_some_and(|due| due.0 <= turn.now);
        if work.gathered_due.is_some_and(|due| due <= turn.now)
            && let Some(input) = self.write(None, turn)?
        {
            self.feed(input, turn)?;
        }
        if is_due {
            self.feed(Input::Time, turn)?;
        }
        Ok(())
    }

    pub(super) fn hear(&mut self, down: Down, turn: &mut Turn<'_>) -> Result<()> {
        match down {
            Down::Admitted => self.feed(Input::Admitted, turn),
            Down::Resync(reason) => self.feed(Input::Resync(reason), turn),
            Down::Event(event) => self.event(*event, turn),
            Down::Resumed(resumed) => self.feed(Input::Resumed(resumed), turn),
            Down::Pong(high_water, sync) => self.feed(Input::Pong { high_water, sync }, turn),
            Down::Answer(outcome) => self.settle(&outcome, turn),
            Down::Copied(copy) => {
                let at = turn.time();
                self.work_mut()?.cache.install(&copy, at)?;
                self.feed(Input::Copy(CopyNews::Came(copy.cursor)), turn)
            }
            Down::NoCopy => {
                let reason = "no answer".to_owned();
                self.feed(
                    Input::Copy(CopyNews::Failed {
                        reason,
                        floor_ms: 0,
                    }),
                    turn,
                )
            }
            Down::Lost => {
                self.line = None;
                let reason = "gone".to_owned();
                self.feed(
                    Input::Lost {
                        reason,
                        floor_ms: 0,
                    },
                    turn,
                )
            }
        }
    }

    fn event(&mut self, event: Event, turn: &mut Turn<'_>) -> Result<()> {
        self.feed(Input::Event(event.seq), turn)?;
        let now = turn.now;
        let work = self.work_mut()?;
        work.gathered.push(event);
        work.gathered_due.get_or_insert(now + WAIT_MS);
        Ok(())
    }

    fn settle(&mut self, outcome: &Outcome, turn: &mut Turn<'_>) -> Result<()> {
        let (at, fresh) = (turn.time(), CommandId(turn.chance.uuid()));
        let work = self.work_mut()?;
        let records = work.cache.records();
        let waits = match Elsewhere::of(outcome) {
            Some(elsewhere) => work.outbox.wait_for(&elsewhere, fresh, &*records, at)?,
            None => false,
        };
        if waits {
            work.outbox.let_go(&*records)?;
        } else {
            let epoch = work.cache.cursor().map(|cursor| cursor.epoch);
            work.outbox.settle(outcome, epoch, at)?;
        }
        self.feed(Input::Settled(outcome.command_id()), turn)
    }

    /// Feeds the session, and does what it says.
    pub(super) fn feed(&mut self, input: Input, turn: &mut Turn<'_>) -> Result<()> {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let at = turn.at();
            for effect in self.work_mut()?.session.handle(input, at) {
                inputs.extend(self.carry_out(effect, turn)?);
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, effect: Effect, turn: &mut Turn<'_>) -> Result<Option<Input>> {
        match effect {
            Effect::Renew => {
                let renew_at = Mono(turn.now + SIGN_IN_MS);
                return Ok(Some(Input::Tokens(TokenNews::Came { renew_at })));
            }
            Effect::Copy(_) => turn.out.push(Up::Copy),
            Effect::Open { resume } => turn.out.push(Up::Open(resume)),
            Effect::Close => turn.out.push(Up::Close),
            Effect::Ping => turn.out.push(Up::Ping),
            Effect::Confirm(cursor) => return self.write(Some(cursor), turn),
            Effect::CaughtUp { .. } => return self.caught_up(turn),
            Effect::LookForWork => return self.work_to_do().map(Some),
            Effect::Send(id) => self.send(id, turn)?,
            Effect::Rest(ids) => self.work_mut()?.outbox.rest(&ids)?,
            Effect::OfferAgain => {
                let work = self.work_mut()?;
                if let Some(cursor) = work.cache.cursor() {
                    work.outbox.reoffer(cursor.epoch)?;
                }
            }
            Effect::AskSignIn => anyhow::bail!("nobody signs in here"),
            Effect::Present
            | Effect::CatchingUp { .. }
            | Effect::OutageBegan
            | Effect::OutageOver { .. } => {}
        }
        Ok(None)
    }

    fn write(&mut self, cursor: Option<Cursor>, turn: &mut Turn<'_>) -> Result<Option<Input>> {
        let seen = Seen {
            at: turn.time(),
            live: true,
        };
        let work = self.work_mut()?;
        work.gathered_due = None;
        let events = std::mem::take(&mut work.gathered);
        if events.is_empty() && cursor.is_none() {
            return Ok(None);
        }
        match work.cache.apply(&events, cursor, seen) {
            Err(CacheError::OtherLog) => return Ok(Some(Input::Resync(ResyncReason::Diverged))),
            applied => drop(applied?),
        }
        let came = work.outbox.let_go(&*work.cache.records())?;
        Ok((0 < came).then_some(Input::Queued))
    }

    fn caught_up(&mut self, turn: &mut Turn<'_>) -> Result<Option<Input>> {
        let next = self.write(None, turn)?;
        let went = self.work_mut()?.outbox.let_all_go()?;
        Ok(next.or_else(|| (0 < went).then_some(Input::Queued)))
    }

    fn work_to_do(&self) -> Result<Input> {
        let ready = self.work()?.outbox.ready(self.user(), 16)?.into_iter();
        let jobs = ready.map(|queued| Job {
            id: queued.id,
            about: queued.about,
        });
        Ok(Input::Work(jobs.collect()))
    }

    fn send(&mut self, id: CommandId, turn: &mut Turn<'_>) -> Result<()> {
        let outbox = &mut self.work_mut()?.outbox;
        let request = outbox.request(id)?.context("it is not in the outbox")?;
        outbox.sending(id)?;
        turn.out.push(Up::Command(Box::new(request)));
        Ok(())
    }

    /// Whether all is said and heard.
    pub(super) fn is_quiet(&self, head: Cursor) -> Result<bool> {
        let work = self.work()?;
        let counts = work.outbox.counts()?;
        Ok(work.session.is_live()
            && work.cache.cursor() == Some(head)
            && work.gathered.is_empty()
            && counts.waiting + counts.sending == 0)
    }

    /// How it stands, in one line for the person who has to find out why.
    pub(super) fn standing(&self) -> String {
        let Some(work) = &self.at_work else {
            return "closed".to_owned();
        };
        let cursor = work.cache.cursor().map(|cursor| cursor.seq);
        let counts = work.outbox.counts();
        format!(
            "{:?} at {cursor:?}, {counts:?}",
            work.session.state(Mono(i64::MAX))
        )
    }

    /// What was refused, for a person to decide.
    pub(super) fn refused(&self) -> Result<Vec<String>> {
        let items = self.work()?.outbox.items()?.into_iter();
        let refused = items.filter(|item| item.state == OutboxState::Attention);
        Ok(refused
            .map(|item| format!("{:?} {:?}", item.request.command, item.rejection))
            .collect())
    }

    /// The copy, for the oracle.
    pub(super) fn cache(&self) -> Result<&Cache> {
        Ok(&self.work()?.cache)
    }

    /// The event that the copy has under this number.
    pub(super) fn holds(&self, seq: Seq) -> Result<Option<Event>> {
        let held = self.cache()?.reader()?.event(seq)?;
        Ok(held.map(|detail| detail.event))
    }
}
