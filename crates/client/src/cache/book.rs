//! What this station keeps of the server's log: its last proved end, and evidence of what
//! contradicted it. Evidence is only ever added.

use std::{fs, io::Write as _};

use elms_protocol::{
    Timestamp,
    frame::CheckpointSaid,
    host::RecordCheck,
    proof::{Book, Checked, Heard, Trouble},
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Cache, Reader};
use crate::error::CacheError;

/// The tables.
pub(super) const BOOK: &str = "
-- One row at most: the last end of the server's log that was proved here.
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    note TEXT NOT NULL,
    key TEXT NOT NULL,
    size INTEGER NOT NULL,
    words TEXT NOT NULL,
    -- Where a restored backup has ended that has lost something.
    restored INTEGER,
    checked INTEGER NOT NULL
) STRICT;
-- What contradicted it.
CREATE TABLE trouble (
    n INTEGER PRIMARY KEY,
    seen INTEGER NOT NULL,
    text TEXT NOT NULL,
    kept TEXT,
    said TEXT NOT NULL,
    UNIQUE (text, said)
) STRICT;
";

fn book(conn: &Connection) -> Result<Book, CacheError> {
    let sql = "SELECT note, key FROM book";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let kept = conn.query_row(sql, [], read).optional()?;
    Ok(kept
        .and_then(|(note, key)| Book::from_texts(&note, &key))
        .unwrap_or_default())
}

impl Cache {
    /// Takes note of where the server says that its log ends; the size to ask proofs from, when
    /// that is news. A contradiction is kept as evidence.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the file cannot be read or written.
    pub fn hear_end(
        &mut self,
        said: &CheckpointSaid,
        at: Timestamp,
    ) -> Result<Result<Option<u64>, Trouble>, CacheError> {
        match book(&self.conn)?.hear(said) {
            Ok(Heard::Known) => Ok(Ok(None)),
            Ok(Heard::News(from)) => Ok(Ok(Some(from))),
            Err(trouble) => self.keep_trouble(trouble, at).map(Err),
        }
    }

    /// Takes in a proof, and keeps the end that it is for. A contradiction is kept as evidence.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the file cannot be read or written.
    pub fn take_proof(
        &mut self,
        proof: &elms_protocol::frame::Proof,
        at: Timestamp,
    ) -> Result<Result<Checked, Trouble>, CacheError> {
        let mut book = book(&self.conn)?;
        let checked = match book.take(proof) {
            Ok(checked) => checked,
            Err(trouble) => return self.keep_trouble(trouble, at).map(Err),
        };
        if let Some((note, key)) = book.texts() {
            let sql = "INSERT INTO book VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE \
                       SET note = ?1, key = ?2, size = ?3, words = ?4, checked = ?6, \
                       restored = coalesce(?5, restored)";
            let size = i64::try_from(checked.size).unwrap_or(i64::MAX);
            let restored = checked.restored.and_then(|end| i64::try_from(end).ok());
            self.conn
                .execute(sql, params![note, key, size, checked.key, restored, at.0])?;
        }
        Ok(Ok(checked))
    }

    fn keep_trouble(&mut self, trouble: Trouble, at: Timestamp) -> Result<Trouble, CacheError> {
        let Trouble { text, kept, said } = &trouble;
        let sql = "INSERT OR IGNORE INTO trouble (seen, text, kept, said) VALUES (?1, ?2, ?3, ?4)";
        let n = self.conn.execute(sql, params![at.0, text, kept, said])?;
        if 0 < n {
            // The copy may be deleted; this file is for whoever has to judge.
            if let Err(error) = self.write_evidence(&trouble, at) {
                tracing::error!(%error, "evidence could not be written beside the copy");
            }
        }
        Ok(trouble)
    }

    fn write_evidence(&self, trouble: &Trouble, at: Timestamp) -> std::io::Result<()> {
        let dir = self.path.with_file_name("evidence");
        fs::create_dir_all(&dir)?;
        let name = format!("{}.txt", at.0);
        let mut file = fs::File::options()
            .write(true)
            .create_new(true)
            .open(dir.join(name))?;
        let kept = trouble.kept.as_deref().unwrap_or("nothing");
        write!(
            file,
            "{at}\n{}\n\nkept before:\n{kept}\n\nsaid then:\n{}\n",
            trouble.text, trouble.said
        )?;
        file.sync_all()
    }
}

impl Reader {
    /// How far the server's log was proved here, and whether anything has contradicted it.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub fn record_check(&self) -> Result<RecordCheck, CacheError> {
        let sql = "SELECT text FROM trouble ORDER BY n DESC LIMIT 1";
        let trouble = self.conn.query_row(sql, [], |row| row.get(0)).optional()?;
        let sql = "SELECT size, checked, words, restored FROM book";
        let kept = self.conn.query_row(sql, [], |row| {
            Ok(RecordCheck {
                size: row.get(0)?,
                checked_at: Some(Timestamp(row.get(1)?)),
                key: Some(row.get(2)?),
                restored: row.get(3)?,
                ..RecordCheck::default()
            })
        });
        let check = kept.optional()?.unwrap_or_default();
        Ok(RecordCheck { trouble, ..check })
    }

    /// The note of the last proved end, as `elms-server verify --checkpoint` reads it.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub fn kept_note(&self) -> Result<Option<String>, CacheError> {
        let note = self
            .conn
            .query_row("SELECT note FROM book", [], |row| row.get(0));
        Ok(note.optional()?)
    }
}
