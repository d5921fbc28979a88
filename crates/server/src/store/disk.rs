//! The file: tables, and the statements of the one writer.

use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
};

use elms_protocol::{
    CommandId, Epoch, Event, InstitutionId, Outcome, Record, Seq, UserId,
    frame::{ChainTag, Cursor},
    proof::{Digest, Frontier, SALT, Signed},
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Logged, Records, StoreError, layout, proofs};
use crate::notary::Notary;

/// The oldest SQLite without the fault that damages files when the log is reset.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The writer's own connection. There is one in the process, and a lock file sees to it that there
/// is one on the machine.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) conn: Connection,
    /// Signs where the logs end.
    pub(crate) notary: Notary,
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
        let notary = Notary::open(&dir.join("keys"), layout::is_signed(&conn)?)?;
        layout::migrate(&mut conn, &notary)?;
        let notary = notary.settle(&dir.join("keys"), |key| layout::was_signed_by(&conn, key))?;
        // The names of new files must survive a power cut too.
        File::open(dir)?.sync_all()?;
        Ok(Self {
            conn,
            notary,
            _lock: lock,
        })
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
            "INSERT OR IGNORE INTO institution
             (institution, epoch, head, frontier, first_epoch, first_key)
             VALUES (?1, ?2, 0, x'', ?2, ?3)",
            params![
                institution.0,
                epoch.as_bytes(),
                self.notary.key().to_string()
            ],
        )?;
        Ok(())
    }

    pub(crate) fn cursor(&self, institution: InstitutionId) -> Result<Cursor, StoreError> {
        Ok(self.head(institution)?.0)
    }

    /// Where the log ends, and the right edge of its tree.
    pub(crate) fn head(
        &self,
        institution: InstitutionId,
    ) -> Result<(Cursor, Frontier), StoreError> {
        let row = self.conn.query_row(
            "SELECT epoch, head, frontier FROM institution WHERE institution = ?1",
            [institution.0],
            |row| {
                Ok((
                    row.get::<_, [u8; 16]>(0)?,
                    row.get(1)?,
                    row.get::<_, Vec<u8>>(2)?,
                ))
            },
        );
        let (epoch, head, frontier) = row?;
        let (epoch, seq) = (Epoch(uuid::Uuid::from_bytes(epoch)), Seq(head));
        let tag = tag_at(&self.conn, institution, seq)?;
        let tag = tag.ok_or(StoreError::Torn(institution, seq))?;
        let frontier = Frontier::from_bytes(size(seq), &frontier);
        let frontier = frontier.ok_or(StoreError::Torn(institution, seq))?;
        Ok((Cursor { epoch, seq, tag }, frontier))
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
        salt: &[u8; SALT],
        leaf: Digest,
    ) -> Result<(), StoreError> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO event (institution, seq, body, leaf, salt) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let institution = event.institution_id.0;
        insert.execute(params![institution, event.seq.0, body, leaf.0, salt])?;
        Ok(())
    }

    /// Keeps the root of a part of the tree.
    pub(crate) fn put_tile(
        &self,
        institution: InstitutionId,
        tile: (u64, Digest),
    ) -> Result<(), StoreError> {
        proofs::put_tile(&self.conn, institution, tile)
    }

    /// Remembers where the log speaks of itself.
    pub(crate) fn note(&self, institution: InstitutionId, seq: Seq) -> Result<(), StoreError> {
        proofs::put_noted(&self.conn, institution, seq)
    }

    /// Writes that the log has another life.
    pub(crate) fn begin_life(
        &self,
        institution: InstitutionId,
        epoch: Epoch,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE institution SET epoch = ?2 WHERE institution = ?1";
        self.conn
            .execute(sql, params![institution.0, epoch.0.as_bytes()])?;
        Ok(())
    }

    /// Signs the end of a log.
    pub(crate) fn sign(
        &self,
        institution: InstitutionId,
        epoch: Epoch,
        tree: &Frontier,
    ) -> Result<Signed, StoreError> {
        let note = proofs::signed_end(&self.notary, institution, epoch, tree);
        proofs::put_checkpoint(&self.conn, institution, epoch, &note)?;
        Ok(note)
    }

    /// The signed end of a log.
    pub(crate) fn signed(&self, institution: InstitutionId) -> Result<Option<Signed>, StoreError> {
        proofs::last_checkpoint(&self.conn, institution)
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
        frontier: &Frontier,
        counters: [i64; 2],
    ) -> Result<(), StoreError> {
        let [incidents, notifications] = counters;
        let mut update = self.conn.prepare_cached(
            "UPDATE institution SET head = ?2, frontier = ?3, n_incidents = ?4, n_notifications = ?5
             WHERE institution = ?1",
        )?;
        update.execute(params![
            institution.0,
            head.0,
            frontier.to_bytes(),
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
        "SELECT body, coalesce(old_tag, leaf) FROM event
         WHERE institution = ?1 AND ?2 < seq ORDER BY seq LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = query.query_map(params![institution.0, after.0, limit], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
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
    let hash: Option<Vec<u8>> = conn
        .query_row(
            "SELECT coalesce(old_tag, leaf) FROM event WHERE institution = ?1 AND seq = ?2",
            params![institution.0, seq.0],
            |row| row.get(0),
        )
        .optional()?;
    Ok(hash.map(|hash| tag(&hash, seq)))
}

/// A position as a number of events.
pub(crate) fn size(seq: Seq) -> u64 {
    u64::try_from(seq.0).unwrap_or_default()
}

/// The first eight bytes of a leaf; zero at the beginning of the log.
pub(crate) fn tag(hash: &[u8], seq: Seq) -> ChainTag {
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
