//! Files of evidence that the server does not have yet. They lie in pieces beside the command that
//! attaches them, in the same sealed file and written in the same breath; once the server has all of
//! a file, it goes.

use std::collections::BTreeSet;

use elms_protocol::{
    Command, CommandId, EvidenceId, IncidentRef, Key, Kind, UserId, host::OutboxState,
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{Entry, Item, Kept, Outbox, drafts, order::Names};
use crate::error::OutboxError;

/// Since version 5.
pub(super) const TABLES: &str = "
CREATE TABLE file (
    id TEXT PRIMARY KEY,
    -- The command that attaches it: sent first.
    command TEXT NOT NULL,
    author INTEGER NOT NULL,
    incident TEXT NOT NULL,
    size INTEGER NOT NULL,
    -- Bytes that the server has, as far as this station knows.
    sent INTEGER NOT NULL DEFAULT 0,
    -- What stands in its way, and whether that is for good.
    trouble TEXT,
    refused INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE piece (
    file TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (file, n)
) STRICT;
";

/// Bytes of a piece: one is read in a moment, and sent in one go.
pub(crate) const PIECE: usize = 128 * 1_024;

/// A file that lies here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its name.
    pub id: EvidenceId,
    /// The case that it belongs to.
    pub incident: IncidentRef,
    /// Its size in bytes.
    pub size: i64,
    /// Bytes that the server has, as far as this station knows.
    pub sent: i64,
    /// What stands in its way.
    pub trouble: Option<String>,
    /// Whether that is for good.
    pub refused: bool,
}

const FILE: &str = "SELECT id, incident, size, sent, trouble, refused FROM file";
/// The command that attaches it was applied, and may have been forgotten since.
const ATTACHED: &str = "NOT EXISTS (SELECT 1 FROM command WHERE id = file.command \
                        AND state <> 'done')";

impl Outbox {
    /// Bytes of the outbox on disk, and of them those of files of evidence.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn bytes(&self) -> Result<(i64, i64), OutboxError> {
        let sql = "SELECT (SELECT page_count FROM pragma_page_count) *
                   (SELECT page_size FROM pragma_page_size),
                   (SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM piece)";
        let bytes = self
            .conn
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(bytes?)
    }

    /// Keeps a command that attaches a file, and the file with it. Once this returns, neither can be
    /// lost.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then.
    pub fn keep_file(&mut self, entry: Entry<'_>, bytes: &[u8]) -> Result<Kept, OutboxError> {
        let Command::AttachEvidence(attached) = &entry.request.command else {
            return self.keep(entry);
        };
        let kept = self.keep_with(entry, |tx| {
            let sql = "INSERT INTO file (id, command, author, incident, size) \
                       VALUES (?1, ?2, ?3, ?4, ?5)";
            let (id, command) = (attached.evidence.to_string(), entry.request.command_id);
            let incident = attached.incident.to_string();
            let size = attached.size;
            tx.execute(
                sql,
                params![id, command.to_string(), entry.author.0, incident, size],
            )?;
            put(tx, &id, bytes)?;
            drafts::attached(tx, &id)
        })?;
        self.seal_files();
        Ok(kept)
    }

    /// The files of a case that lie here.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when they cannot be read.
    pub fn files_of(&self, incident: IncidentRef) -> Result<Vec<Waiting>, OutboxError> {
        let sql = format!("{FILE} WHERE incident = ?1 ORDER BY rowid");
        let mut select = self.conn.prepare_cached(&sql)?;
        let files = select.query_map([incident.to_string()], waiting)?;
        Ok(files.collect::<Result<_, _>>()?)
    }

    /// The cases that something here is still to be sent for.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn cases(&self) -> Result<BTreeSet<Key>, OutboxError> {
        let mut select = self.conn.prepare("SELECT DISTINCT incident FROM file")?;
        let files = select.query_map([], |row| row.get::<_, String>(0))?;
        let files = files.map(|id| id.map(|id| Key::new(Kind::Incident, id)));
        let mut cases: BTreeSet<Key> = files.collect::<Result<_, _>>()?;
        let is_done =
            |item: &Item| matches!(item.state, OutboxState::Done | OutboxState::Withdrawn);
        let open = self.items()?.into_iter().filter(|item| !is_done(item));
        cases.extend(open.filter_map(|item| Names::of(&item.request.command).incident()));
        Ok(cases)
    }

    /// The next file of `author` whose bytes may be sent: its command was applied. Whatever has met
    /// trouble comes after the others.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn next_file(&self, author: UserId) -> Result<Option<Waiting>, OutboxError> {
        let sql = format!(
            "{FILE} WHERE author = ?1 AND refused = 0 AND {ATTACHED} \
             ORDER BY trouble IS NOT NULL, rowid LIMIT 1"
        );
        let mut select = self.conn.prepare_cached(&sql)?;
        Ok(select.query_row([author.0], waiting).optional()?)
    }

    /// Files whose command was applied and that the server does not have yet.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when they cannot be counted.
    pub fn files_left(&self) -> Result<i64, OutboxError> {
        let sql = format!("SELECT count(*) FROM file WHERE {ATTACHED}");
        Ok(self.conn.query_row(&sql, [], |row| row.get(0))?)
    }

    /// What comes next of a file from byte `offset` on, at most one piece; empty at its end.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn part(&self, id: EvidenceId, offset: i64) -> Result<Vec<u8>, OutboxError> {
        let piece = i64::try_from(PIECE).unwrap_or(i64::MAX);
        let sql = "SELECT substr(bytes, ?3) FROM piece WHERE file = ?1 AND n = ?2";
        let mut select = self.conn.prepare_cached(sql)?;
        // The first byte of a text or blob has the number 1.
        let from = offset.rem_euclid(piece).saturating_add(1);
        let asked = params![id.to_string(), offset.div_euclid(piece), from];
        let part = select.query_row(asked, |row| row.get(0)).optional()?;
        Ok(part.unwrap_or_default())
    }

    /// A whole file that lies here; none when it does not.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn file(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, OutboxError> {
        let bytes = pieces(&self.conn, &id.to_string())?;
        Ok((!bytes.is_empty()).then(|| bytes.concat()))
    }

    /// So many bytes of a file are at the server by now.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn file_sent(&mut self, id: EvidenceId, sent: i64) -> Result<(), OutboxError> {
        let sql = "UPDATE file SET sent = ?2, trouble = NULL WHERE id = ?1";
        self.conn.execute(sql, params![id.to_string(), sent])?;
        Ok(())
    }

    /// The server has all of a file: it need not lie here any more.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written; the server is asked again then.
    pub fn file_arrived(&mut self, id: EvidenceId) -> Result<(), OutboxError> {
        self.conn
            .execute("DELETE FROM file WHERE id = ?1", [id.to_string()])?;
        // The room that a film took is given back.
        self.conn.execute_batch("PRAGMA incremental_vacuum")?;
        self.seal_files();
        Ok(())
    }

    /// Something stands in the way of a file; it stays here.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn file_stuck(
        &mut self,
        id: EvidenceId,
        why: &str,
        for_good: bool,
    ) -> Result<(), OutboxError> {
        let sql = "UPDATE file SET trouble = ?2, refused = ?3 WHERE id = ?1";
        self.conn
            .execute(sql, params![id.to_string(), why, for_good])?;
        Ok(())
    }
}

fn put(conn: &Connection, id: &str, bytes: &[u8]) -> Result<(), OutboxError> {
    let sql = "INSERT INTO piece (file, n, bytes) VALUES (?1, ?2, ?3)";
    let mut insert = conn.prepare(sql)?;
    for (n, piece) in (0_i64..).zip(bytes.chunks(PIECE)) {
        insert.execute(params![id, n, piece])?;
    }
    Ok(())
}

fn pieces(conn: &Connection, id: &str) -> Result<Vec<Vec<u8>>, OutboxError> {
    let mut select = conn.prepare("SELECT bytes FROM piece WHERE file = ?1 ORDER BY n")?;
    let bytes = select.query_map([id], |row| row.get(0))?;
    Ok(bytes.collect::<Result<_, _>>()?)
}

/// The id in a column. We wrote it: what is no id names no file.
pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let text: String = row.get(column)?;
    Ok(Uuid::parse_str(&text).unwrap_or_default())
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        id: EvidenceId(id(row, 0)?),
        incident: IncidentRef(id(row, 1)?),
        size: row.get(2)?,
        sent: row.get(3)?,
        trouble: row.get(4)?,
        refused: row.get(5)?,
    })
}

/// These commands were taken back, and their files with them.
pub(super) fn forget(conn: &Connection, gone: &[CommandId]) -> Result<(), OutboxError> {
    for id in gone {
        conn.execute("DELETE FROM file WHERE command = ?1", [id.to_string()])?;
    }
    Ok(())
}

/// A command is sent under another id from now on; its file goes with it.
pub(super) fn follow(conn: &Connection, old: CommandId, new: CommandId) -> Result<(), OutboxError> {
    let sql = "UPDATE file SET command = ?2 WHERE command = ?1";
    conn.execute(sql, [old.to_string(), new.to_string()])?;
    Ok(())
}

/// Takes over the files of another outbox of the same person.
pub(super) fn take_over(conn: &Connection, other: &Connection) -> Result<(), OutboxError> {
    let sql = "SELECT id, command, author, incident, size, sent, trouble, refused FROM file";
    let mut select = other.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let sql = "INSERT INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
                   ON CONFLICT (id) DO NOTHING";
        let value = |column| row.get::<_, rusqlite::types::Value>(column);
        let taken = conn.execute(
            sql,
            params![
                id,
                value(1)?,
                value(2)?,
                value(3)?,
                value(4)?,
                value(5)?,
                value(6)?,
                value(7)?
            ],
        )?;
        if 0 < taken {
            put(conn, &id, &pieces(other, &id)?.concat())?;
        }
    }
    Ok(())
}
