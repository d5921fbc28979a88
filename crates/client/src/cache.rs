//! What the station knows, on disk: the events it has seen, what they fold to, its place in the
//! log, the words to search, and when it had no link.
//!
//! The file may be deleted at any moment and is filled again from the server. There is one writer,
//! [`Cache`], and as many [`Reader`]s as wanted, each with a connection of its own; a reader never
//! waits for the writer. **All of it blocks**: call it from a plain thread or from
//! `spawn_blocking`. Both are `Send` but not `Sync`.
//!
//! Everything that a batch of events changes (events, words, marks, records, cursor) is one
//! transaction: after a crash at any point the cursor and the records agree.

mod book;
mod events;
mod files;
mod forgetting;
mod names;
mod outages;
mod past;
mod records;
mod retention;
mod review;
mod schema;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use elms_protocol::{
    Event, Seq, Timestamp,
    frame::{Cursor, Snapshot},
    host::Topic,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use events::Held;
pub use files::Holds;
pub use outages::OutageEnd;
pub use past::Past;
pub(crate) use records::Laid;
pub use records::{Records, hash_of};
pub use retention::{LetGo, Retention};

use self::files::{bytes, quarantine};
use crate::{
    db,
    error::{CacheError, DiskError},
    seal::FileKey,
};

/// Where the copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// Everything visible up to here is held.
    cursor: Option<Cursor>,
    /// The position that the first copy includes.
    base: Seq,
    /// The highest position held.
    last: Seq,
    /// The last event that a person was told of.
    notified: Seq,
    /// Of what the first copy includes, the events after this position are held.
    filled: Seq,
    /// What is at or before this position was let go of, up to few exceptions.
    floor: Seq,
    /// When the server received what was let go of last.
    floor_at: Option<Timestamp>,
}

/// What writer and readers look at together.
#[derive(Debug, Default)]
struct Shared {
    records: RwLock<Arc<Records>>,
    place: RwLock<Place>,
    marks: RwLock<Option<review::Marks>>,
    results: Mutex<review::Results>,
}

fn look<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn change<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

/// When and how events came to this station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Whether they came as they happened; not so while catching up after an outage.
    pub live: bool,
}

/// What a batch of events has changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Applied {
    /// The events that were not held before, in the order of the log.
    pub new: Vec<Event>,
    /// The parts of the screen that are stale now.
    pub topics: BTreeSet<Topic>,
}

/// A file that could not be used and was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Where it lies now.
    pub path: PathBuf,
    /// What was wrong, in one sentence.
    pub reason: String,
}

/// The local copy of the log, for its one writer.
#[derive(Debug)]
pub struct Cache {
    conn: Connection,
    path: PathBuf,
    key: FileKey,
    shared: Arc<Shared>,
    /// The records at the base, while it is being moved.
    base: Option<Records>,
}

/// The local copy of the log, for reading beside the writer.
#[derive(Debug)]
pub struct Reader {
    conn: Connection,
    path: PathBuf,
    shared: Arc<Shared>,
}

impl Cache {
    /// Opens the copy at `path`, sealed with `key`, making it where it is missing.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; with [`CacheError::is_damage`] the file must be replaced.
    pub fn open(path: &Path, key: &FileKey) -> Result<Self, CacheError> {
        let conn = db::open(path, key, schema::LAYOUT)?;
        let (place, records) = schema::load(&conn)?;
        let shared = Shared {
            records: RwLock::new(Arc::new(records)),
            place: RwLock::new(place),
            ..Shared::default()
        };
        Ok(Self {
            conn,
            path: path.to_owned(),
            key: key.clone(),
            shared: Arc::new(shared),
            base: None,
        })
    }

    /// Opens the copy at `path`. A file that is damaged or of a newer console is moved to the
    /// directory `quarantine/<time>` beside it, and an empty one is made.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the file is in use, or not even an empty one can be made.
    pub fn open_or_rebuild(
        path: &Path,
        key: &FileKey,
        now: Timestamp,
    ) -> Result<(Self, Option<Quarantined>), CacheError> {
        match Self::open(path, key) {
            Ok(cache) => Ok((cache, None)),
            Err(error) if error.is_damage() => {
                let (cache, aside) = Self::replace(path, key, now)?;
                let reason = error.to_string();
                Ok((cache, Some(Quarantined { reason, ..aside })))
            }
            Err(error) => Err(error),
        }
    }

    /// Puts the file aside whatever it looks like, and makes an empty one: for damage that shows
    /// only while working. Let go of the cache and its readers first.
    ///
    /// # Errors
    ///
    /// As [`Self::open_or_rebuild`].
    pub fn replace(
        path: &Path,
        key: &FileKey,
        now: Timestamp,
    ) -> Result<(Self, Quarantined), CacheError> {
        let moved = quarantine(path, now).map_err(DiskError::Unmovable)?;
        let reason = DiskError::Damaged.to_string();
        Ok((
            Self::open(path, key)?,
            Quarantined {
                path: moved,
                reason,
            },
        ))
    }

    /// A reader with a connection of its own.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the file cannot be opened once more.
    pub fn reader(&self) -> Result<Reader, CacheError> {
        let conn = db::open_to_read(&self.path, &self.key)?;
        review::prepare(&conn)?;
        let (path, shared) = (self.path.clone(), Arc::clone(&self.shared));
        Ok(Reader { conn, path, shared })
    }

    /// Everything visible up to here is held; resume from it.
    pub fn cursor(&self) -> Option<Cursor> {
        look(&self.shared.place).cursor
    }

    /// The highest position held; what is after [`Self::cursor`] may have holes.
    pub fn last(&self) -> Seq {
        look(&self.shared.place).last
    }

    /// The last event that the person was told of.
    pub fn notified(&self) -> Seq {
        look(&self.shared.place).notified
    }

    /// The person was told of everything up to `seq`.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be written.
    pub fn set_notified(&mut self, seq: Seq) -> Result<(), CacheError> {
        self.conn
            .execute("UPDATE place SET notified = ?1", [seq.0])?;
        change(&self.shared.place).notified = seq;
        Ok(())
    }

    /// The records, as the last batch has left them.
    pub fn records(&self) -> Arc<Records> {
        Arc::clone(&look(&self.shared.records))
    }

    /// A fingerprint of all records, to compare two computers.
    pub fn state_hash(&self) -> [u8; 32] {
        self.records().hash()
    }

    /// Bytes on disk.
    pub fn bytes(&self) -> i64 {
        bytes(&self.path)
    }

    /// Takes a first copy in place of the records held. Events of the same log stay, those of
    /// another one go; outages stay in any case.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; nothing has changed then.
    pub fn install(&mut self, copy: &Snapshot, seen_at: Timestamp) -> Result<(), CacheError> {
        let before = *look(&self.shared.place);
        let tx = begin(&mut self.conn)?;
        let (place, records) = schema::install(&tx, before, copy, seen_at)?;
        tx.commit()?;
        self.base = None;
        *change(&self.shared.marks) = None;
        *change(&self.shared.place) = place;
        *change(&self.shared.records) = Arc::new(records);
        Ok(())
    }

    /// Takes in a batch of events and, when `confirmed`, that everything visible up to there is
    /// held. Events held already are ignored, so that a resume may repeat what it likes.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; nothing has changed then, and the same batch may come again.
    pub fn apply(
        &mut self,
        events: &[Event],
        confirmed: Option<Cursor>,
        seen: Seen,
    ) -> Result<Applied, CacheError> {
        let before = *look(&self.shared.place);
        let cursor = moved(before.cursor, confirmed)?;
        let records = self.records();
        let tx = begin(&mut self.conn)?;
        let batch = events::write(&tx, &records, before, events, seen)?;
        let place = Place {
            cursor,
            last: batch.last,
            ..before
        };
        schema::write_place(&tx, place)?;
        tx.commit()?;
        drop(records);
        Ok(self.publish(place, batch))
    }

    /// Takes in older events: with them everything visible after `after` is held. The records
    /// include them already, and nobody is told of them.
    ///
    /// # Errors
    ///
    /// [`CacheError`]; nothing has changed then.
    pub fn fill(&mut self, events: &[Event], after: Seq, at: Timestamp) -> Result<(), CacheError> {
        let before = *look(&self.shared.place);
        let records = self.records();
        let tx = begin(&mut self.conn)?;
        // What is history was not missed: it is not marked as late.
        let seen = Seen { at, live: true };
        let batch = events::write(&tx, &records, before, events, seen)?;
        let filled = before.filled.min(after);
        let place = Place { filled, ..before };
        schema::write_history(&tx, place)?;
        tx.commit()?;
        drop(records);
        self.publish(place, batch);
        Ok(())
    }

    fn publish(&self, place: Place, batch: events::Batch) -> Applied {
        if batch.has_forgotten {
            *change(&self.shared.marks) = None;
        } else {
            review::add(&mut change(&self.shared.marks), &batch);
        }
        *change(&self.shared.place) = place;
        let applied = Applied {
            topics: batch.topics(),
            new: batch.new,
        };
        let mut held = change(&self.shared.records);
        let records = Arc::make_mut(&mut held);
        records.set_late(batch.late_cases);
        match batch.folded {
            events::Folded::Changes(changes) => {
                for (key, record) in changes {
                    records.put(key, record);
                }
            }
            events::Folded::Anew(anew) => records.take_over(anew),
        }
        records.remove(&batch.gone);
        let confirmed = place.cursor.map_or(Seq::ZERO, |cursor| cursor.seq);
        records.upto = place.last.max(confirmed);
        applied
    }
}

impl Reader {
    /// The records, as the last batch has left them.
    pub fn records(&self) -> Arc<Records> {
        Arc::clone(&look(&self.shared.records))
    }

    /// Everything visible up to here is held.
    pub fn cursor(&self) -> Option<Cursor> {
        look(&self.shared.place).cursor
    }

    /// The highest position held.
    pub fn last(&self) -> Seq {
        look(&self.shared.place).last
    }

    /// The last event that the person was told of.
    pub fn notified(&self) -> Seq {
        look(&self.shared.place).notified
    }

    /// Bytes on disk.
    pub fn bytes(&self) -> i64 {
        bytes(&self.path)
    }
}

/// Where the cursor stands after a confirmation: never further back.
fn moved(known: Option<Cursor>, confirmed: Option<Cursor>) -> Result<Option<Cursor>, CacheError> {
    match (known, confirmed) {
        (Some(known), Some(confirmed)) if known.epoch != confirmed.epoch => {
            Err(CacheError::OtherLog)
        }
        (Some(known), Some(confirmed)) if confirmed.seq < known.seq => Ok(Some(known)),
        (known, confirmed) => Ok(confirmed.or(known)),
    }
}

/// A transaction that holds the pen from its beginning.
fn begin(conn: &mut Connection) -> Result<Transaction<'_>, CacheError> {
    Ok(conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
}
