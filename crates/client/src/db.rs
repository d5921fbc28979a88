//! Opening a database file the way both of ours are opened: right tables, right version, settings
//! that were measured.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::{error::DiskError, seal::FileKey};

/// How long a connection waits for another of the same process.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits for a file that nobody else should hold.
const SHORT_PATIENCE: Duration = Duration::from_millis(500);

/// What all connections are set to.
const SETTINGS: &str = "
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -8192;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 0;
";

/// What all connections that write are set to besides.
const WRITING: &str = "
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA foreign_keys = ON;
";

/// WAL with NORMAL never corrupts, but a power cut may take the last commits: right for a copy.
const COPY: &str = "
PRAGMA journal_mode = WAL;
PRAGMA journal_size_limit = 16777216;
PRAGMA synchronous = NORMAL;
";

/// What a person was told to be kept survives a power cut, and belongs to one process.
const PRECIOUS: &str = "
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA journal_size_limit = 16777216;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
BEGIN EXCLUSIVE;
COMMIT;
";

/// What several programs count in together survives a power cut, too.
const SHARED: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
";

/// How much a file is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    /// It can be had again from the server.
    Copy,
    /// It exists nowhere else, and several programs write it, each for a moment.
    Shared,
    /// It exists nowhere else.
    Precious,
}

/// What a file holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Tells our files from those of others.
    pub(crate) application_id: i32,
    /// Makes version 1, then one step for each later version.
    pub(crate) steps: &'static [&'static str],
    /// How much it is worth.
    pub(crate) worth: Worth,
}

impl Layout {
    fn version(&self) -> i32 {
        i32::try_from(self.steps.len()).unwrap_or(i32::MAX)
    }
}

/// Opens the file at `path` for writing, making it where it is missing. It is sealed with `key`.
///
/// # Errors
///
/// [`DiskError`]; the file is unchanged then.
pub(crate) fn open(path: &Path, key: &FileKey, layout: Layout) -> Result<Connection, DiskError> {
    open_with(path, Some(key), layout)
}

/// Opens a file that everybody on this computer shares, and that holds nothing about anybody.
///
/// # Errors
///
/// As [`open`].
pub(crate) fn open_bare(path: &Path, layout: Layout) -> Result<Connection, DiskError> {
    open_with(path, None, layout)
}

fn open_with(path: &Path, key: Option<&FileKey>, layout: Layout) -> Result<Connection, DiskError> {
    let is_new = !path.exists();
    let mut conn = Connection::open(path)?;
    if let Some(key) = key {
        key.unlock(&conn)?;
    }
    let known = layout.version();
    let found = version(&conn, layout.application_id)?;
    if known < found {
        return Err(DiskError::TooNew { found, known });
    }
    prepare(&conn, layout.worth)?;
    bring_up(&mut conn, layout, found)?;
    if is_new {
        remember_name(path)?;
    }
    Ok(conn)
}

/// Opens the file at `path` for reading beside its writer.
///
/// # Errors
///
/// [`DiskError`] when the file is not there or not readable.
pub(crate) fn open_to_read(path: &Path, key: &FileKey) -> Result<Connection, DiskError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    key.unlock(&conn)?;
    conn.busy_timeout(PATIENCE)?;
    conn.execute_batch(SETTINGS)?;
    Ok(conn)
}

/// The version of a file; 0 for an empty one. A file of another program counts as damaged.
fn version(conn: &Connection, application_id: i32) -> Result<i32, DiskError> {
    conn.busy_timeout(SHORT_PATIENCE)?;
    let number = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (owner, version) = (number("application_id")?, number("user_version")?);
    let n_tables: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (owner, n_tables) {
        (0, 0) => Ok(0),
        (owner, _) if owner == application_id => Ok(version),
        _ => Err(DiskError::Damaged),
    }
}

fn prepare(conn: &Connection, worth: Worth) -> Result<(), DiskError> {
    conn.execute_batch(SETTINGS)?;
    conn.execute_batch(WRITING)?;
    match worth {
        Worth::Copy => {
            conn.busy_timeout(PATIENCE)?;
            conn.execute_batch(COPY)?;
        }
        Worth::Shared => {
            conn.busy_timeout(PATIENCE)?;
            conn.execute_batch(SHARED)?;
        }
        Worth::Precious => conn.execute_batch(PRECIOUS)?,
    }
    Ok(())
}

/// Makes what is missing between the version found and ours, in one transaction.
fn bring_up(conn: &mut Connection, layout: Layout, found: i32) -> Result<(), DiskError> {
    let missing = layout
        .steps
        .get(usize::try_from(found).unwrap_or(0)..)
        .unwrap_or_default();
    if missing.is_empty() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let by_now: i32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if by_now != found {
        // Another program that shares the file was quicker.
        return Ok(());
    }
    for step in missing {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "application_id", layout.application_id)?;
    tx.pragma_update(None, "user_version", layout.version())?;
    Ok(tx.commit()?)
}

/// A new file is only there after a power cut when its directory is on the disk too.
fn remember_name(path: &Path) -> Result<(), DiskError> {
    if cfg!(unix)
        && let Some(directory) = path.parent()
        && let Ok(directory) = std::fs::File::open(directory)
        && directory.sync_all().is_err()
    {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC);
        return Err(DiskError::Other(rusqlite::Error::SqliteFailure(code, None)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::key;

    const LAYOUT: Layout = Layout {
        application_id: 7,
        steps: &["CREATE TABLE seat (id INTEGER PRIMARY KEY) STRICT;"],
        worth: Worth::Copy,
    };

    #[test]
    fn a_file_is_made_once_and_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let conn = open(&path, &key(), LAYOUT).unwrap();
        conn.execute("INSERT INTO seat VALUES (9)", []).unwrap();
        drop(conn);
        let conn = open(&path, &key(), LAYOUT).unwrap();
        let seat: i64 = conn
            .query_row("SELECT id FROM seat", [], |row| row.get(0))
            .unwrap();
        assert_eq!(seat, 9);
    }

    #[test]
    fn a_later_version_adds_its_steps_to_an_older_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        drop(open(&path, &key(), LAYOUT).unwrap());
        let steps = &[
            "CREATE TABLE nothing (id)",
            "ALTER TABLE seat ADD COLUMN row TEXT;",
        ];
        let conn = open(&path, &key(), Layout { steps, ..LAYOUT }).unwrap();
        conn.execute("INSERT INTO seat (id, row) VALUES (9, 'C')", [])
            .unwrap();
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let conn = open(&path, &key(), LAYOUT).unwrap();
        conn.pragma_update(None, "user_version", 9).unwrap();
        drop(conn);
        let before = std::fs::read(&path).unwrap();
        let error = open(&path, &key(), LAYOUT).unwrap_err();
        assert!(matches!(error, DiskError::TooNew { found: 9, known: 1 }));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_text_file_and_the_database_of_another_program_are_not_ours() {
        let dir = tempfile::tempdir().unwrap();
        let text = dir.path().join("text.db");
        std::fs::write(&text, "seat,name\n".repeat(500)).unwrap();
        assert!(matches!(
            open(&text, &key(), LAYOUT),
            Err(DiskError::Damaged)
        ));
        let other = dir.path().join("other.db");
        drop(
            open(
                &other,
                &key(),
                Layout {
                    application_id: 8,
                    ..LAYOUT
                },
            )
            .unwrap(),
        );
        assert!(matches!(
            open(&other, &key(), LAYOUT),
            Err(DiskError::Damaged)
        ));
    }

    #[test]
    fn a_precious_file_belongs_to_one_program() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let precious = Layout {
            worth: Worth::Precious,
            ..LAYOUT
        };
        let held = open(&path, &key(), precious).unwrap();
        assert!(matches!(
            open(&path, &key(), precious),
            Err(DiskError::Locked)
        ));
        drop(held);
        open(&path, &key(), precious).unwrap();
    }
}
