//! What is done to a log itself, as the log tells it: a new life, another key, an erasure.

use std::path::Path;

use elms_protocol::{
    Actor, CommandId, CommandRequest, Epoch, KeyChange, LogChange, LogEnd, LogNoted, NoteLog,
    Outcome, Times, Timestamp, proof::origin,
};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{
    ApplyError, Job,
    erasing::{Erasure, Hold},
    group::{Group, command},
    working::Working,
};
use crate::{
    notary::Notary,
    store::{Disk, Store, StoreError},
};

/// What is to be done.
#[derive(Debug, Clone)]
pub(crate) enum Keeping {
    /// The log was restored from a backup.
    Life,
    /// Another key signs from now on; for each institution its own.
    Key(KeyChange),
    /// Words are erased.
    Erase(Erasure),
    /// A legal hold begins or ends.
    Hold(Hold),
}

/// Does it, and notes it in the log.
pub(super) fn keep(
    disk: &Disk,
    working: &mut Working,
    (what, by): (&Keeping, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let noted = match what {
        Keeping::Life => begin_life(disk, working, by)?,
        Keeping::Key(keys) => LogNoted {
            keys: Some(keys.clone()),
            ..LogNoted::of(LogChange::Key, by, "Another key signs the log")
        },
        Keeping::Erase(erasure) => erasure.noted(disk, working, by)?,
        Keeping::Hold(hold) => hold.noted(disk, working, by)?,
    };
    note(disk, working, noted, now)
}

/// Changes the key that signs the logs in `dir`, which no server may be using. Every log has an
/// entry of it that both keys have signed. The words of the new key.
///
/// # Errors
///
/// [`ApplyError`]; then the old key still signs.
pub fn change_key(dir: &Path, now: Timestamp, by: &str) -> Result<String, ApplyError> {
    let failed = |error: StoreError| ApplyError::Storage(error.to_string());
    let (store, mut disk) = Store::open(dir).map_err(failed)?;
    let keys = dir.join("keys");
    let next = Notary::follower(&keys).map_err(|error| failed(error.into()))?;
    let mut jobs = Vec::new();
    let mut answers = Vec::new();
    for institution in store.institutions() {
        let epoch = store.cursor(institution).map_err(failed)?.epoch;
        let change = disk.notary.hand_over(&next, &origin(institution, epoch));
        let (answer, answered) = oneshot::channel();
        let what = Keeping::Key(change);
        jobs.push(Job::Keep(institution, what, by.to_owned(), answer));
        answers.push(answered);
    }
    // The commit that has the entries is the first that the new key signs.
    disk.notary = next;
    Group::new(&disk, &store, now).carry_out(jobs.into_iter());
    for mut answered in answers {
        answered
            .try_recv()
            .map_err(|_gone| ApplyError::Stopping)??;
    }
    drop((store, disk));
    let (_, disk) = Store::open(dir).map_err(failed)?;
    Ok(disk.notary.key().words())
}

fn begin_life(disk: &Disk, working: &mut Working, by: &str) -> Result<LogNoted, StoreError> {
    let institution = working.institution();
    let (cursor, size, root) = working.end();
    let before = LogEnd {
        origin: origin(institution, cursor.epoch),
        size,
        root,
    };
    let epoch = Epoch(Uuid::new_v4());
    disk.begin_life(institution, epoch)?;
    working.begin_life(epoch);
    let text = format!("The log was restored from a backup that ends with event {size}");
    Ok(LogNoted {
        origin: Some(origin(institution, epoch)),
        before: Some(before),
        ..LogNoted::of(LogChange::Life, by, &text)
    })
}

fn note(
    disk: &Disk,
    working: &mut Working,
    noted: LogNoted,
    now: Timestamp,
) -> Result<(), StoreError> {
    let request = CommandRequest {
        command_id: CommandId(Uuid::now_v7()),
        times: Times::at(now),
        command: NoteLog { noted }.into(),
    };
    let system = Actor::system(working.institution());
    match command(disk, working, (&system, &request), now)? {
        Outcome::Applied { .. } => Ok(()),
        Outcome::Rejected { .. } => Err(StoreError::Fault),
    }
}
