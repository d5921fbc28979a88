//! The log as evidence: read without a server, taken out as a bundle, and audited.
//!
//! A bundle is a text of JSON lines: who, every event with its salt, every signed end where it
//! stands, and how many there were. An audit needs no database and no network.

mod bundle;

use std::path::Path;

use elms_protocol::{
    Epoch, InstitutionId, Seq,
    proof::{Audit, Entry, Fault, Key, Signed, origin},
};
use rusqlite::{Connection, OpenFlags};

use crate::store::{StoreError, read_checkpoints, read_entries};

pub use bundle::{Bundle, BundleError, take_out};

/// Events that are read at a time.
const PAGE: i64 = 1_000;

/// The logs of a data directory, to read. A server may run beside.
#[derive(Debug)]
pub struct Ledger {
    conn: Connection,
}

/// Where an audit of a log begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Whose log.
    pub institution: InstitutionId,
    /// Its first life.
    pub origin: String,
    /// The key that signed it first.
    pub key: Key,
}

/// What stands in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// An event.
    Event(Entry),
    /// Where the log ended at a commit, signed.
    Checkpoint(Signed),
}

impl Ledger {
    /// Opens the logs in `dir`; nothing in it is changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when there is none, or one of another version.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(dir.join("log.db"), flags)?;
        conn.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF;")?;
        crate::store::check_version(&conn)?;
        Ok(Self { conn })
    }

    /// Every log.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn heads(&self) -> Result<Vec<Head>, StoreError> {
        let sql = "SELECT institution, first_epoch, first_key FROM institution ORDER BY 1";
        let mut query = self.conn.prepare(sql)?;
        let mut rows = query.query([])?;
        let mut heads = Vec::new();
        while let Some(row) = rows.next()? {
            let institution = InstitutionId(row.get(0)?);
            let epoch = Epoch(uuid::Uuid::from_bytes(row.get(1)?));
            let key: String = row.get(2)?;
            heads.push(Head {
                institution,
                origin: origin(institution, epoch),
                key: key
                    .parse()
                    .map_err(|_no_key| StoreError::Torn(institution, Seq::ZERO))?,
            });
        }
        Ok(heads)
    }

    /// Shows everything in a log, in its order, until `see` has seen enough and says so with an
    /// error.
    ///
    /// # Errors
    ///
    /// Those of `see`, and [`StoreError`] when the file cannot be read.
    pub fn walk<E: From<StoreError>>(
        &self,
        institution: InstitutionId,
        mut see: impl FnMut(Item) -> Result<(), E>,
    ) -> Result<(), E> {
        let last = self.last(institution)?;
        let mut from = Seq(1);
        while from <= last {
            let to = Seq(from.0.saturating_add(PAGE.saturating_sub(1)));
            let notes = read_checkpoints(&self.conn, institution, (from, to))?;
            let entries = read_entries(&self.conn, institution, (from, to))?;
            merged(entries, notes).into_iter().try_for_each(&mut see)?;
            from = to.next();
        }
        Ok(())
    }

    fn last(&self, institution: InstitutionId) -> Result<Seq, StoreError> {
        let sql = "SELECT max(coalesce((SELECT max(seq) FROM event WHERE institution = ?1), 0),
                   coalesce((SELECT max(size) FROM checkpoint WHERE institution = ?1), 0))";
        let last = self.conn.query_row(sql, [institution.0], |row| row.get(0));
        Ok(Seq(last?))
    }

    /// Reads a log through an audit.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn audit(
        &self,
        institution: InstitutionId,
        audit: &mut Audit,
    ) -> Result<Option<Fault>, StoreError> {
        let walked = self.walk(institution, |item| {
            audit_item(audit, &item).map_err(Stop::Fault)
        });
        match walked {
            Ok(()) => Ok(None),
            Err(Stop::Fault(fault)) => Ok(Some(fault)),
            Err(Stop::Store(error)) => Err(error),
        }
    }
}

/// Events and signed ends in their order: an end after the last event that it counts.
fn merged(entries: Vec<Entry>, notes: Vec<Signed>) -> Vec<Item> {
    let place = |item: &Item| match item {
        Item::Event(entry) => (u64::try_from(entry.seq.0).unwrap_or_default(), false),
        Item::Checkpoint(note) => (note.checkpoint.size, true),
    };
    let events = entries.into_iter().map(Item::Event);
    let mut items: Vec<Item> = events
        .chain(notes.into_iter().map(Item::Checkpoint))
        .collect();
    items.sort_by_key(place);
    items
}

/// The words of the key in a data directory.
///
/// # Errors
///
/// [`StoreError`] when there is none.
pub fn pinned(dir: &Path) -> Result<String, StoreError> {
    let notary = crate::notary::Notary::open(&dir.join("keys"), true)?;
    Ok(notary.key().words())
}

/// Why a walk ended early.
enum Stop {
    Fault(Fault),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn audit_item(audit: &mut Audit, item: &Item) -> Result<(), Fault> {
    match item {
        Item::Event(entry) => audit.entry(entry),
        Item::Checkpoint(note) => audit.checkpoint(note),
    }
}
