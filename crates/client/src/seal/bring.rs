//! Seals a file that was written in the clear: copy, verify, then replace.
//!
//! The name always leads to a whole file: the old one until the very rename, the new one after it.
//! What is left of a copy that a power cut has stopped is made anew.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::FileKey;
use crate::error::DiskError;

/// What every file in the clear begins with.
const CLEAR: &[u8] = b"SQLite format 3\0";

/// A step is done; a test cuts the power here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The old file is folded into one, without a log beside it.
    Folded,
    /// The sealed copy is written.
    Copied,
    /// The sealed copy is on the disk and says what the old file says.
    Verified,
    /// The sealed copy has the name.
    Renamed,
    /// The old content was overwritten.
    Wiped,
}

/// Whether the file at `path` is there and in the clear.
pub(crate) fn is_clear(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *CLEAR
}

/// Seals the file at `path` when it is in the clear; whether it was.
///
/// # Errors
///
/// [`DiskError`]; the file is then as it was, and the next start tries again.
pub(crate) fn seal(path: &Path, key: &FileKey) -> Result<bool, DiskError> {
    seal_by_steps(path, key, &mut |_step| {})
}

/// As [`seal`], and tells of each step.
pub(crate) fn seal_by_steps(
    path: &Path,
    key: &FileKey,
    done: &mut dyn FnMut(Step),
) -> Result<bool, DiskError> {
    let copy = beside(path, "-sealing");
    for left in [
        copy.clone(),
        beside(&copy, "-journal"),
        beside(&copy, "-wal"),
    ] {
        remove(&left).map_err(io)?;
    }
    if !is_clear(path) {
        return Ok(false);
    }
    fold(path)?;
    done(Step::Folded);
    write_copy(path, &copy, key)?;
    done(Step::Copied);
    verify(path, &copy, key)?;
    File::open(&copy)
        .and_then(|file| file.sync_all())
        .map_err(io)?;
    done(Step::Verified);
    let old = File::options().write(true).open(path).map_err(io)?;
    fs::rename(&copy, path).map_err(io)?;
    remember(path);
    done(Step::Renamed);
    wipe(old);
    remove(&beside(path, "-shm")).map_err(io)?;
    done(Step::Wiped);
    Ok(true)
}

/// Puts the log of the database into the database, so that one file holds everything.
fn fold(path: &Path) -> Result<(), DiskError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(std::time::Duration::from_millis(500))?;
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")?;
    // Out of the mode with a log: there is none beside the file afterwards.
    let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode == "delete" {
        Ok(())
    } else {
        Err(DiskError::Locked)
    }
}

fn write_copy(path: &Path, copy: &Path, key: &FileKey) -> Result<(), DiskError> {
    let conn = Connection::open(path)?;
    let name = copy.to_str().ok_or(DiskError::Damaged)?;
    let attach = format!("ATTACH ?1 AS sealed KEY \"{}\"", *key.quoted());
    conn.execute(&attach, [name])?;
    conn.execute_batch(
        "PRAGMA sealed.auto_vacuum = INCREMENTAL; PRAGMA sealed.synchronous = FULL;",
    )?;
    conn.query_row("SELECT sqlcipher_export('sealed')", [], |_row| Ok(()))?;
    for name in ["application_id", "user_version"] {
        let value: i32 = conn.pragma_query_value(None, name, |row| row.get(0))?;
        conn.execute_batch(&format!("PRAGMA sealed.{name} = {value}"))?;
    }
    Ok(conn.execute_batch("DETACH sealed")?)
}

/// Row by row the same, in both directions: nothing less is worth giving up the old file for.
fn verify(path: &Path, copy: &Path, key: &FileKey) -> Result<(), DiskError> {
    let (old, new) = (Connection::open(path)?, Connection::open(copy)?);
    key.unlock(&new)?;
    let sound: String = new.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound == "ok" && said(&old)? == said(&new)? {
        Ok(())
    } else {
        Err(DiskError::Damaged)
    }
}

/// A fingerprint of all that a file says: versions, tables, rows.
fn said(conn: &Connection) -> Result<[u8; 32], DiskError> {
    let mut hash = Sha256::new();
    for name in ["application_id", "user_version"] {
        let value: i32 = conn.pragma_query_value(None, name, |row| row.get(0))?;
        hash.update(value.to_le_bytes());
    }
    let mut tables = conn.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') \
         AND name NOT IN ('sqlite_schema', 'sqlite_stat1', 'sqlite_stat4') ORDER BY name",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    for name in names.collect::<Result<Vec<_>, _>>()? {
        hash.update(name.as_bytes());
        table(conn, &name, &mut hash)?;
    }
    Ok(hash.finalize().into())
}

fn table(conn: &Connection, name: &str, hash: &mut Sha256) -> Result<(), DiskError> {
    // The order of the keys is the order of the file: the same in both.
    let mut rows = conn.prepare(&format!("SELECT * FROM \"{name}\""))?;
    let n_columns = rows.column_count();
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..n_columns {
            let value: rusqlite::types::Value = row.get(column)?;
            hash.update(format!("{value:?}|").as_bytes());
        }
    }
    Ok(())
}

/// Overwrites what has no name any more. A disk that writes elsewhere keeps it all the same: this is
/// only the best that a program can do.
fn wipe(mut old: File) {
    let length = old.metadata().map_or(0, |found| found.len());
    let mut left = length;
    let zeros = [0; 8_192];
    while 0 < left {
        let n = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
        if old.write_all(zeros.get(..n).unwrap_or_default()).is_err() {
            return;
        }
        left = left.saturating_sub(u64::try_from(n).unwrap_or(left));
    }
    drop(old.sync_all());
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The new name must be on the disk before the old content goes.
fn remember(path: &Path) {
    if cfg!(unix)
        && let Some(directory) = path.parent()
        && let Ok(directory) = File::open(directory)
    {
        drop(directory.sync_all());
    }
}

fn io(error: std::io::Error) -> DiskError {
    DiskError::Unmovable(error)
}

#[cfg(test)]
mod tests;
