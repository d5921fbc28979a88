//! The server of a story: the real door and the real log; only the line is played.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::{
    Actor, CommandRequest, Event, InstitutionId, Kind, Outcome, Record, Role, Seq, Timestamp,
    frame::{Cursor, Resumed, ResyncReason, Snapshot, Sync},
    proof::{Audit, Verdict},
};
use elms_server::{
    clock::Clock,
    demo,
    door::Door,
    ledger::Ledger,
    store::{Import, Logged, Store},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::scratch;

pub(super) const INSTITUTION: InstitutionId = InstitutionId(1);

/// What a station hears.
#[derive(Debug, Clone)]
pub(super) enum Down {
    Admitted,
    Resync(ResyncReason),
    Event(Box<Event>),
    Resumed(Resumed),
    Pong(Seq, Option<Sync>),
    Answer(Box<Outcome>),
    Copied(Box<Snapshot>),
    NoCopy,
    Lost,
}

/// A connection, as the server sees it.
#[derive(Debug)]
struct Member {
    hall: usize,
    at: Cursor,
    sent: i64,
}

pub(super) struct Office {
    dir: PathBuf,
    runtime: Runtime,
    up: Option<(Door, Store)>,
    clock: Clock,
    lines: BTreeMap<u64, Member>,
    backup: Option<TempDir>,
}

impl Office {
    /// A server that has started on a copy of `template`.
    pub(super) fn start(template: &Path, dir: &Path) -> Result<Self> {
        copy(template, dir)?;
        let mut office = Self {
            dir: dir.to_owned(),
            runtime: tokio::runtime::Builder::new_current_thread().build()?,
            up: None,
            clock: Clock::demo(demo::DAY_BEGINS, 0.0),
            lines: BTreeMap::new(),
            backup: None,
        };
        office.open()?;
        Ok(office)
    }

    /// A data directory with a small institution, to be copied for each story.
    pub(super) fn template() -> Result<TempDir> {
        let (dir, nothing) = (scratch()?, scratch()?);
        let mut office = Self::start(nothing.path(), &dir.path().join("data"))?;
        let (door, _) = office.up.clone().context("it is open")?;
        let import = Import {
            institution: INSTITUTION,
            records: small_hall()?,
        };
        office.runtime.block_on(door.import(import))?;
        drop(door);
        office.close();
        office.open()?;
        office.close();
        Ok(dir)
    }

    fn open(&mut self) -> Result<()> {
        // The one who wrote before may still be closing its file.
        for _ in 0..10_000_000 {
            let opened = self
                .runtime
                .block_on(async { Door::open(&self.dir, self.clock.clone()) });
            match opened {
                Err(elms_server::store::StoreError::Taken) => std::thread::yield_now(),
                opened => {
                    self.up = Some(opened?);
                    return Ok(());
                }
            }
        }
        anyhow::bail!("the data directory stays taken")
    }

    fn store(&self) -> Result<&Store> {
        Ok(&self.up.as_ref().context("the server is down")?.1)
    }

    pub(super) fn is_up(&self) -> bool {
        self.up.is_some()
    }

    /// The power goes; who was connected.
    pub(super) fn close(&mut self) -> Vec<(usize, u64)> {
        self.up = None;
        self.let_go();
        let lines = std::mem::take(&mut self.lines);
        lines
            .into_iter()
            .map(|(line, member)| (member.hall, line))
            .collect()
    }

    /// Waits until who wrote and all who read have closed their files: the last of them takes the log of
    /// the database away, and until then files come and go in the folder.
    fn let_go(&self) {
        let lock = std::fs::File::open(self.dir.join("log.lock"));
        let is_taken = || lock.as_ref().is_ok_and(|lock| lock.try_lock().is_err());
        let is_read = || self.dir.join("log.db-wal").exists();
        for _ in 0..10_000_000 {
            if !is_taken() && !is_read() {
                return;
            }
            std::thread::yield_now();
        }
    }

    pub(super) fn come_back(&mut self) -> Result<()> {
        self.open()
    }

    /// Copies the data directory while nobody writes.
    pub(super) fn back_up(&mut self) -> Result<()> {
        let backup = scratch()?;
        copy(&self.dir, backup.path())?;
        self.backup = Some(backup);
        Ok(())
    }

    /// Comes back from the backup, when there is one; whether it has.
    pub(super) fn restore(&mut self) -> Result<bool> {
        let Some(backup) = self.backup.take() else {
            return Ok(false);
        };
        remove(&self.dir)?;
        copy(backup.path(), &self.dir)?;
        self.open()?;
        let (door, _) = self.up.clone().context("it is open")?;
        self.runtime
            .block_on(door.restored(INSTITUTION, "the operator"))?;
        Ok(true)
    }

    pub(super) fn forget(&mut self, line: u64) {
        self.lines.remove(&line);
    }

    pub(super) fn has(&self, line: u64) -> bool {
        self.lines.contains_key(&line)
    }

    /// A command through the one door.
    pub(super) fn apply(
        &self,
        actor: &Actor,
        request: CommandRequest,
        now: Timestamp,
    ) -> Result<Outcome> {
        self.clock.jump(now);
        let (door, _) = self.up.clone().context("the server is down")?;
        Ok(self.runtime.block_on(door.apply(actor.clone(), request))?)
    }

    /// Lets a station in where it stands, as `socket/member.rs` does.
    pub(super) fn admit(
        &mut self,
        hall: usize,
        line: u64,
        wanted: Option<Cursor>,
    ) -> Result<Vec<Down>> {
        let store = self.store()?;
        let now = store.cursor(INSTITUTION)?;
        let wanted = wanted.unwrap_or(now);
        let known =
            wanted.seq <= now.seq && store.cursor_at(INSTITUTION, wanted.seq)? == Some(wanted);
        if !known {
            return Ok(vec![Down::Admitted, Down::Resync(ResyncReason::Diverged)]);
        }
        let member = Member {
            hall,
            at: wanted,
            sent: 0,
        };
        self.lines.insert(line, member);
        let mut said = vec![Down::Admitted];
        let replay = self.news(line)?;
        let count = i64::try_from(replay.len())?;
        said.extend(replay);
        said.push(Down::Resumed(Resumed {
            from: wanted.seq,
            to: now.seq,
            count,
            high_water: now.seq,
            cursor: now,
        }));
        Ok(said)
    }

    /// What one connection was not told yet, as `socket/pump.rs` does.
    fn news(&mut self, line: u64) -> Result<Vec<Down>> {
        let (_, store) = self.up.clone().context("the server is down")?;
        let Some(member) = self.lines.get_mut(&line) else {
            return Ok(Vec::new());
        };
        let events = store.events(INSTITUTION, member.at.seq, usize::MAX)?;
        for logged in &events {
            let (epoch, seq, tag) = (member.at.epoch, logged.event.seq, logged.tag);
            member.at = Cursor { epoch, seq, tag };
            member.sent += 1;
        }
        let said = |logged: &Arc<Logged>| Down::Event(Box::new(logged.event.clone()));
        Ok(events.iter().map(said).collect())
    }

    /// What everybody who is connected was not told yet.
    pub(super) fn pump(&mut self) -> Result<Vec<(usize, u64, Down)>> {
        let lines: Vec<(u64, usize)> = self
            .lines
            .iter()
            .map(|(line, member)| (*line, member.hall))
            .collect();
        let mut said = Vec::new();
        for (line, hall) in lines {
            said.extend(self.news(line)?.into_iter().map(|down| (hall, line, down)));
        }
        Ok(said)
    }

    pub(super) fn pong(&self, line: u64) -> Result<Down> {
        let high_water = self.store()?.cursor(INSTITUTION)?.seq;
        let sync = self.lines.get(&line).map(|member| Sync {
            cursor: member.at,
            count: member.sent,
        });
        Ok(Down::Pong(high_water, sync))
    }

    pub(super) fn snapshot(&self, actor: Actor) -> Result<Snapshot> {
        let (records, cursor) = self.store()?.state(INSTITUTION)?;
        Ok(Snapshot {
            cursor,
            records: records.iter().cloned().collect(),
            actor,
        })
    }

    pub(super) fn log(&self) -> Result<Vec<Arc<Logged>>> {
        Ok(self.store()?.events(INSTITUTION, Seq::ZERO, usize::MAX)?)
    }

    pub(super) fn head(&self) -> Result<Cursor> {
        Ok(self.store()?.cursor(INSTITUTION)?)
    }

    /// The log verifies.
    pub(super) fn audit(&self) -> Result<()> {
        let ledger = Ledger::open(&self.dir)?;
        for head in ledger.heads()? {
            let mut audit = Audit::new(&head.origin, head.key);
            let fault = ledger.audit(head.institution, &mut audit)?;
            let verdict = fault.map_or_else(|| audit.end(), Verdict::Tampered);
            ensure!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
        }
        Ok(())
    }
}

/// Who works at the stations: officers of the demo institution, who see all of it.
pub(super) fn officers() -> Result<Vec<Actor>> {
    let accounts = demo::accounts()?.into_iter();
    let officers = accounts.filter(|account| {
        account.institution == Some(INSTITUTION) && account.role == Role::ExamsOfficer
    });
    Ok(officers
        .map(|account| Actor {
            user: Some(account.user),
            name: account.name,
            roles: vec![account.role],
            ..Actor::system(INSTITUTION)
        })
        .collect())
}

/// The demo institution without most of its candidates: a story needs few.
fn small_hall() -> Result<Vec<Record>> {
    let institutions = demo::institutions()?.into_iter();
    let mut found = institutions.filter(|(institution, _)| *institution == INSTITUTION);
    let (_, mut records) = found.next().context("no demo institution")?;
    let mut candidates = 0;
    records.retain(|record| {
        candidates += usize::from(record.key().kind == Kind::Candidate);
        record.key().kind != Kind::Candidate || candidates <= 5
    });
    Ok(records)
}

/// Removes a folder, also while the last of its readers still closes a file there: what is gone between
/// being listed and being removed is gone.
fn remove(dir: &Path) -> Result<()> {
    loop {
        match std::fs::remove_dir_all(dir) {
            Err(error) if error.kind() == ErrorKind::NotFound && dir.exists() => {}
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => return Ok(()),
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (entry, is_folder) = entry.and_then(|entry| {
            let is_folder = entry.file_type()?.is_dir();
            Ok((entry, is_folder))
        })?;
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        if is_folder {
            copy(&here, &there)?;
        } else {
            std::fs::copy(here, there)?;
        }
    }
    Ok(())
}
