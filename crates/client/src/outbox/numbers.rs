//! The numbers that a station gives out at once, like `GH-A/017`: one count for everybody who works
//! on this computer, in a file of its own, so that no two bags have the same.
//!
//! Several consoles may be open on one computer, each with an outbox of its own: the file is locked
//! for as long as it takes to count.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::Outbox;
use crate::{
    db::{self, Layout, Worth},
    error::OutboxError,
};

const LAYOUT: Layout = Layout {
    application_id: 0x454c_4d4e,
    steps: &["
CREATE TABLE given (
    station TEXT PRIMARY KEY,
    -- The highest number that was given out.
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"],
    worth: Worth::Shared,
};

/// The count of this computer.
#[derive(Debug)]
pub struct Numbers {
    conn: Connection,
    /// The last one given out, until it is known whether it is on the disk.
    open: Option<(String, i64)>,
}

impl Numbers {
    /// Opens the count at `path`, making it where it is missing.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, OutboxError> {
        let conn = db::open_bare(path, LAYOUT)?;
        Ok(Self { conn, open: None })
    }

    /// The next number of a station, above `known`. It is on the disk when this returns, so that
    /// nobody else gets it, whatever happens next.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; none was given out then.
    pub(super) fn next(&mut self, station: &str, known: i64) -> Result<i64, OutboxError> {
        let tx = self.begin()?;
        let n = given(&tx, station)?.max(known).saturating_add(1);
        let sql = "INSERT OR REPLACE INTO given VALUES (?1, ?2)";
        tx.execute(sql, params![station, n])?;
        tx.commit()?;
        self.open = Some((station.to_owned(), n));
        Ok(n)
    }

    /// The report with the last number is kept, or it is not: then the number is free again, unless
    /// somebody has the next one by now.
    pub(super) fn settle(&mut self, kept: bool) {
        let Some((station, n)) = self.open.take().filter(|_| !kept) else {
            return;
        };
        let sql = "UPDATE given SET n = n - 1 WHERE station = ?1 AND n = ?2";
        if let Err(error) = self.conn.execute(sql, params![station, n]) {
            tracing::warn!(%error, station, n, "a number was given out for nothing");
        }
    }

    fn begin(&mut self) -> Result<Transaction<'_>, OutboxError> {
        let behaviour = TransactionBehavior::Immediate;
        Ok(self.conn.transaction_with_behavior(behaviour)?)
    }
}

fn given(conn: &Connection, station: &str) -> Result<i64, OutboxError> {
    let sql = "SELECT n FROM given WHERE station = ?1";
    let n = conn
        .query_row(sql, [station], |row| row.get(0))
        .optional()?;
    Ok(n.unwrap_or(0))
}

/// Does something that may take a number; the number is given back when it fails.
pub(super) fn counted<T>(
    numbers: &mut Option<Numbers>,
    keep: impl FnOnce(&mut Option<Numbers>) -> Result<T, OutboxError>,
) -> Result<T, OutboxError> {
    let kept = keep(numbers);
    if let Some(numbers) = numbers {
        numbers.settle(kept.is_ok());
    }
    kept
}

/// The next number of a station, like `GH-A/017`; the outbox remembers it too, should the count of
/// the computer be lost.
pub(super) fn next_number(
    conn: &Connection,
    station: &str,
    numbers: &mut Option<Numbers>,
) -> Result<String, OutboxError> {
    let sql = "SELECT n FROM counter WHERE station = ?1";
    let known = conn
        .query_row(sql, [station], |row| row.get(0))
        .optional()?;
    let known: i64 = known.unwrap_or(0);
    let n = match numbers {
        Some(numbers) => numbers.next(station, known)?,
        None => known.saturating_add(1),
    };
    remember(conn, station, n)?;
    Ok(format!("{station}/{n:03}"))
}

fn remember(conn: &Connection, station: &str, n: i64) -> Result<(), OutboxError> {
    let sql = "INSERT INTO counter VALUES (?1, ?2) \
               ON CONFLICT (station) DO UPDATE SET n = max(n, excluded.n)";
    conn.execute(sql, params![station, n])?;
    Ok(())
}

impl Outbox {
    /// Numbers of a station up to `n` are known to be given out, from whatever computer.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub(crate) fn is_known(&self, station: &str, n: i64) -> Result<(), OutboxError> {
        remember(&self.conn, station, n)
    }
}
