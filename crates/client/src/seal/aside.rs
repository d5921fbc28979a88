//! What no key opens any more is kept, under the check of its key: whoever has the key again gets
//! it back.
//!
//! ```text
//! <profile>/aside/<check of the key>/outbox.db, key.json
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::FileKey;
use crate::{error::OutboxError, outbox::Outbox};

/// The log of the database goes first: a log without its file is waited for, a file without its log
/// would be taken for whole.
const FILES: [&str; 5] = [
    "recovery.jsonl",
    "recovery",
    "outbox.db-wal",
    "outbox.db-shm",
    "outbox.db",
];

/// Moves the outbox that was sealed with the key of `check` out of the way; where it lies now, when
/// there was one. The copy of the server's record under that key is of no use and goes.
///
/// # Errors
///
/// When the disk refuses.
pub(crate) fn put(dir: &Path, check: &str) -> io::Result<Option<PathBuf>> {
    for name in ["cache.db", "cache.db-wal", "cache.db-shm"] {
        drop(fs::remove_file(dir.join(name)));
    }
    drop(fs::remove_dir_all(dir.join("quarantine")));
    if !dir.join("outbox.db").exists() {
        return Ok(None);
    }
    let place = free(&dir.join("aside"), check);
    fs::create_dir_all(&place)?;
    if dir.join("key.json").exists() {
        fs::copy(dir.join("key.json"), place.join("key.json"))?;
    }
    for name in FILES.iter().filter(|name| dir.join(name).exists()) {
        fs::rename(dir.join(name), place.join(name))?;
    }
    Ok(Some(place.join("outbox.db")))
}

/// A directory that holds nothing yet: the same key may be lost twice.
fn free(root: &Path, check: &str) -> PathBuf {
    let names = (1..).map(|n| match n {
        1 => check.to_owned(),
        n => format!("{check}-{n}"),
    });
    let mut places = names.map(|name| root.join(name));
    let free = places.find(|place| !place.join("outbox.db").exists());
    free.unwrap_or_else(|| root.join(check))
}

/// Takes what was put aside under `key` back into `outbox`; how many commands came back. A command
/// that is here already is not taken twice.
///
/// # Errors
///
/// [`OutboxError`]; what was put aside is still there.
pub(crate) fn take_back(
    dir: &Path,
    key: &FileKey,
    outbox: &mut Outbox,
) -> Result<usize, OutboxError> {
    let check = key.check();
    let Ok(entries) = fs::read_dir(dir.join("aside")) else {
        return Ok(0);
    };
    let mut n_back = 0_usize;
    for place in entries.flatten().map(|entry| entry.path()) {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        if !name.starts_with(&check) || !place.join("outbox.db").exists() {
            continue;
        }
        let old = Outbox::open(&place.join("outbox.db"), key)?;
        n_back = n_back.saturating_add(outbox.take_in(&old)?);
        drop(old);
        drop(fs::remove_dir_all(&place));
    }
    Ok(n_back)
}
