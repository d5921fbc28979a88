//! Stories of three stations and a server, with a network that cuts, falls silent, delays, doubles,
//! reorders and loses, and with both sides killed and the server set back to a backup. All chance comes
//! from one seed and no time passes, so that a story can be told again; after each, everything that
//! was called kept must be in the log once, and every copy be the log.
//!
//! Real are the session, the outbox and the cache of each station, the door, the rules and the log of
//! the server, and their files. Played are the sockets between them and the tasks that drive them:
//! those are tested with real processes in `client_killed`, `server_killed`, `outage` and
//! `offline_story`.

mod chance;
mod hall;
mod network;
mod office;
mod oracle;

use std::{io::Write as _, path::Path, time::Instant};

use anyhow::{Result, ensure};
use elms_protocol::Timestamp;
use tempfile::TempDir;

use self::{
    chance::Chance,
    network::{Chore, World},
    office::Office,
};
use crate::client_killed::number_of;

/// Stories in an ordinary run; `ELMS_SEEDS` says otherwise, `ELMS_SEED` which is the first. With
/// `ELMS_STORY` one that ends badly is told.
const SEEDS: usize = 24;
/// How long people write and things go wrong, in milliseconds.
const STORY_MS: i64 = 150_000;
/// How long everything may take after that.
const HEALED_MS: i64 = 600_000;

#[test]
fn whatever_goes_wrong_what_was_called_kept_is_in_the_log_once_and_every_copy_is_the_log()
-> Result<()> {
    let (first, seeds) = (number_of("ELMS_SEED", 0)?, number_of("ELMS_SEEDS", SEEDS)?);
    let template = Office::template()?;
    let began = Instant::now();
    let (mut told, mut faults, mut failed) = (0, 0, Vec::new());
    for seed in first..first + seeds {
        match tell(seed, template.path()) {
            Ok(story) => {
                told += story.told;
                faults += story.faults;
            }
            Err(error) => failed.push(format!("ELMS_SEED={seed} ELMS_SEEDS=1: {error:#}")),
        }
    }
    writeln!(
        std::io::stderr().lock(),
        "{seeds} seeds, {told} entries, {faults} faults, {} failed, in {:?}",
        failed.len(),
        began.elapsed()
    )?;
    ensure!(
        failed.is_empty(),
        "{} of {seeds}: {failed:#?}",
        failed.len()
    );
    Ok(())
}

#[test]
fn a_seed_tells_the_same_story_every_time() -> Result<()> {
    let template = Office::template()?;
    let [one, other] = [tell(7, template.path())?, tell(7, template.path())?];
    ensure!(one.lines == other.lines, "seed 7 tells two stories");
    Ok(())
}

/// What became of a seed.
struct Story {
    told: usize,
    faults: usize,
    lines: Vec<String>,
}

fn tell(seed: usize, template: &Path) -> Result<Story> {
    let dir = scratch()?;
    let mut world = World::new(Chance::of(seed)?, template, dir.path())?;
    plan(&mut world, seed);
    let told = until_quiet(&mut world);
    if told.is_err() && std::env::var_os("ELMS_STORY").is_some() {
        std::io::stderr().write_all(world.lines.join("\n").as_bytes())?;
    }
    told?;
    Ok(Story {
        told: world.halls.iter().map(|hall| hall.told.len()).sum(),
        faults: world.faults,
        lines: world.lines,
    })
}

fn until_quiet(world: &mut World) -> Result<()> {
    world.run(STORY_MS)?;
    world.heal();
    let until = world.now() + HEALED_MS;
    while world.now() < until && !world.is_quiet()? {
        world.run(world.now() + 1_000)?;
    }
    ensure!(world.is_quiet()?, "no quiet: {}", world.standing());
    oracle::ask(world)
}

/// What people do and what goes wrong, at moments of chance.
fn plan(world: &mut World, seed: usize) {
    for hall in 0..world.halls.len() {
        for _ in 0..10 {
            world.chore(STORY_MS, Chore::Write(hall));
        }
        for _ in 0..3 {
            world.chore(STORY_MS, Chore::Cut(hall));
        }
        world.chore(STORY_MS, Chore::Kill(hall));
    }
    world.chore(STORY_MS, Chore::Restart);
    world.chore(STORY_MS, Chore::Restart);
    if seed.is_multiple_of(3) {
        world.chore(STORY_MS / 2, Chore::BackUp);
        world.chore(STORY_MS, Chore::Restore);
    }
}

/// The clock of everybody at a moment of a story.
fn time(now: i64) -> Timestamp {
    elms_server::demo::DAY_BEGINS.plus_ms(now)
}

/// A folder that is gone afterwards: in memory where there is such a place, as no power is cut here.
fn scratch() -> Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        Ok(tempfile::tempdir_in(memory)?)
    } else {
        Ok(tempfile::tempdir()?)
    }
}
