//! The file: tables, and the statements of the one writer.

use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
};

use elms_protocol::{
    CommandId, Epoch, Event, InstitutionId, Outcome, Record, Seq, UserId,
    frame::{ChainTag, Cursor},
};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::{Logged, Records, StoreError};

/// Version of the tables; an older program refuses a newer file.
const VERSION: i64 = 1;
/// The oldest SQLite without the fault that damages files when the log is reset.
const OLDEST_SQLITE: i32 = 3_051_003;

const SCHEMA: &str = "
CREATE TABLE institution (
    institution INTEGER PRIMARY KEY,
    -- Names this life of the log; a restored backup gets a new one.
    epoch BLOB NOT NULL,
    -- The last position given out; equal to the number of events.
    head INTEGER NOT NULL,
    -- The chained hash at `head`.
    hash BLOB NOT NULL,
    n_incidents INTEGER NOT NULL DEFAULT 0,
    n_notifications INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE event (
    institution INTEGER NOT NULL,
    -- 1, 2, 3, … within the institution.
    seq INTEGER NOT NULL,
    -- The event, byte for byte as it is sent.
    body TEXT NOT NULL,
    -- SHA-256 of the hash before and the body.
    hash BLOB NOT NULL,
    PRIMARY KEY (institution, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    institution INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (institution, kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
    institution INTEGER NOT NULL,
    -- 0 is the system. An id belongs to its author: another's is another command.
    author INTEGER NOT NULL,
    command BLOB NOT NULL,
    -- SHA-256 of the command, to notice an id that is used twice.
    body_hash BLOB NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (institution, author, command)
) STRICT, WITHOUT ROWID;
";

/// The writer's own connection. There is one in the process, and a lock file sees to it that there
/// is one on the machine.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) conn: Connection,
    /// Given up when this is dropped or the process dies.
    _lock: File,
}

/// An answer given before, and the hash of what was asked then.
pub(crate) struct Answered {
    pub(crate) body_hash: Vec<u8>,
    pub(crate) outcome: Outcome,
}

impl Disk {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(StoreError::OldSqlite(rusqlite::version()));
        }
        std::fs::create_dir_all(dir)?;
        let lock = lock(dir)?;
        let mut conn = Connection::open(dir.join("log.db"))?;
        // An acknowledged incident must survive a power cut: FULL, not NORMAL.
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864;",
        )?;
        migrate(&mut conn)?;
        // The names of new files must survive a power cut too.
        File::open(dir)?.sync_all()?;
        Ok(Self { conn, _lock: lock })
    }

    pub(crate) fn institutions(&self) -> Result<Vec<InstitutionId>, StoreError> {
        let mut query = self
            .conn
            .prepare("SELECT institution FROM institution ORDER BY 1")?;
        let rows = query.query_map([], |row| row.get(0).map(InstitutionId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn found(&self, institution: InstitutionId) -> Result<(), StoreError> {
        let epoch = uuid::Uuid::new_v4();
        self.conn.execute(
            "INSERT OR IGNORE INTO institution (institution, epoch, head, hash)
             VALUES (?1, ?2, 0, ?3)",
            params![institution.0, epoch.as_bytes(), [0_u8; 32]],
        )?;
        Ok(())
    }

    pub(crate) fn cursor(&self, institution: InstitutionId) -> Result<Cursor, StoreError> {
        let (epoch, seq, hash) = self.head(institution)?;
        Ok(Cursor {
            epoch,
            seq,
            tag: tag(&hash, seq),
        })
    }

    pub(crate) fn head(
        &self,
        institution: InstitutionId,
    ) -> Result<(Epoch, Seq, [u8; 32]), StoreError> {
        let row = self.conn.query_row(
            "SELECT epoch, head, hash FROM institution WHERE institution = ?1",
            [institution.0],
            |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?, row.get(2)?)),
        );
        let (epoch, head, hash) = row?;
        Ok((Epoch(uuid::Uuid::from_bytes(epoch)), Seq(head), hash))
    }

    pub(crate) fn records(&self, institution: InstitutionId) -> Result<Records, StoreError> {
        let mut records = Records::default();
        let mut query = self
            .conn
            .prepare("SELECT body FROM record WHERE institution = ?1")?;
        let rows = query.query_map([institution.0], |row| row.get::<_, String>(0))?;
        for body in rows {
            records.put(serde_json::from_str(&body?)?);
        }
        records.counters = self.conn.query_row(
            "SELECT n_incidents, n_notifications FROM institution WHERE institution = ?1",
            [institution.0],
            |row| Ok([row.get(0)?, row.get(1)?]),
        )?;
        Ok(records)
    }

    pub(crate) fn answered(
        &self,
        institution: InstitutionId,
        author: Option<UserId>,
        command: CommandId,
    ) -> Result<Option<Answered>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT body_hash, outcome FROM answer
             WHERE institution = ?1 AND author = ?2 AND command = ?3",
        )?;
        let key = params![institution.0, author_key(author), command.0.as_bytes()];
        let row = query.query_row(key, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
        let Some((body_hash, outcome)) = row.optional()? else {
            return Ok(None);
        };
        let outcome = serde_json::from_str(&outcome)?;
        Ok(Some(Answered { body_hash, outcome }))
    }

    pub(crate) fn remember(
        &self,
        institution: InstitutionId,
        author: Option<UserId>,
        body_hash: &[u8],
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO answer (institution, author, command, body_hash, outcome)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        insert.execute(params![
            institution.0,
            author_key(author),
            outcome.command_id().0.as_bytes(),
            body_hash,
            serde_json::to_string(outcome)?
        ])?;
        Ok(())
    }

    pub(crate) fn append(
        &self,
        event: &Event,
        body: &str,
        hash: &[u8; 32],
    ) -> Result<(), StoreError> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO event (institution, seq, body, hash) VALUES (?1, ?2, ?3, ?4)",
        )?;
        insert.execute(params![event.institution_id.0, event.seq.0, body, hash])?;
        Ok(())
    }

    pub(crate) fn put(
        &self,
        institution: InstitutionId,
        record: &Record,
    ) -> Result<(), StoreError> {
        let key = record.key();
        let mut upsert = self.conn.prepare_cached(
            "INSERT INTO record (institution, kind, id, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET body = excluded.body",
        )?;
        let body = serde_json::to_string(record)?;
        upsert.execute(params![institution.0, key.kind.text(), key.id, body])?;
        Ok(())
    }

    pub(crate) fn advance(
        &self,
        institution: InstitutionId,
        head: Seq,
        hash: &[u8; 32],
        counters: [i64; 2],
    ) -> Result<(), StoreError> {
        let [incidents, notifications] = counters;
        let mut update = self.conn.prepare_cached(
            "UPDATE institution SET head = ?2, hash = ?3, n_incidents = ?4, n_notifications = ?5
             WHERE institution = ?1",
        )?;
        update.execute(params![
            institution.0,
            head.0,
            hash,
            incidents,
            notifications
        ])?;
        Ok(())
    }
}

pub(crate) fn open_reader(dir: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(dir.join("log.db"))?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;")?;
    Ok(conn)
}

pub(crate) fn events(
    conn: &Connection,
    institution: InstitutionId,
    after: Seq,
    limit: usize,
) -> Result<Vec<Arc<Logged>>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT body, hash FROM event WHERE institution = ?1 AND ?2 < seq ORDER BY seq LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = query.query_map(params![institution.0, after.0, limit], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 32]>(1)?))
    })?;
    let logged = rows.map(|row| {
        let (body, hash) = row?;
        let event: Event = serde_json::from_str(&body)?;
        let tag = tag(&hash, event.seq);
        Ok(Arc::new(Logged::new(event, tag, &body)))
    });
    logged.collect()
}

pub(crate) fn tag_at(
    conn: &Connection,
    institution: InstitutionId,
    seq: Seq,
) -> Result<Option<ChainTag>, StoreError> {
    if seq == Seq::ZERO {
        return Ok(Some(ChainTag::default()));
    }
    let hash: Option<[u8; 32]> = conn
        .query_row(
            "SELECT hash FROM event WHERE institution = ?1 AND seq = ?2",
            params![institution.0, seq.0],
            |row| row.get(0),
        )
        .optional()?;
    Ok(hash.map(|hash| tag(&hash, seq)))
}

/// The next link of the chain: SHA-256 of the hash before and the body.
pub(crate) fn chained(before: &[u8; 32], body: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// The first eight bytes of a chained hash; zero at the beginning of the log.
pub(crate) fn tag(hash: &[u8; 32], seq: Seq) -> ChainTag {
    if seq == Seq::ZERO {
        return ChainTag::default();
    }
    let first = hash.first_chunk::<8>().copied().unwrap_or_default();
    ChainTag(u64::from_be_bytes(first))
}

fn author_key(author: Option<UserId>) -> i64 {
    author.map_or(0, |user| user.0)
}

fn lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join("log.lock");
    let file = File::options().create(true).append(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Taken),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match version {
        0 => {
            let tx = conn.transaction()?;
            tx.execute_batch(SCHEMA)?;
            tx.pragma_update(None, "user_version", VERSION)?;
            tx.commit()?;
            Ok(())
        }
        VERSION => Ok(()),
        newer => Err(StoreError::Newer(newer)),
    }
}
