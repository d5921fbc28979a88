//! What a person is still typing, and the files that they chose for it: it survives a crash, and is
//! nobody else's business.

use elms_protocol::{Command, EvidenceId, IncidentRef, host::DraftFile};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value;

use super::{Entry, Kept, LONGEST_KIB, Outbox, begin, files::id, rows};
use crate::error::OutboxError;

/// Since version 6.
pub(super) const FILES: &str = "
CREATE TABLE draft_file (
    id TEXT PRIMARY KEY,
    -- The form that it was chosen in.
    kind TEXT NOT NULL,
    -- The case that was reported with this form since; the file is to be attached to it.
    incident TEXT,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
";

/// A form by its name: what is in it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft<'a>(pub &'a str);

/// A file whose case was reported, and that no command attaches yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What it is called as evidence.
    pub id: EvidenceId,
    /// The case.
    pub incident: IncidentRef,
    /// What it is called where it came from.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Outbox {
    /// Keeps what is in a form, in place of what was kept before.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; what was kept before is still there.
    pub fn save_draft(&mut self, kind: &str, form: &Value) -> Result<(), OutboxError> {
        let json = serde_json::to_string(form)?;
        if LONGEST_KIB.saturating_mul(1_024) < json.len() {
            return Err(OutboxError::TooLarge(LONGEST_KIB));
        }
        let sql = "INSERT OR REPLACE INTO draft (kind, json) VALUES (?1, ?2)";
        self.conn.execute(sql, [kind, &json])?;
        Ok(())
    }

    /// What was in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn load_draft(&self, kind: &str) -> Result<Option<Value>, OutboxError> {
        let json = rows::draft(&self.conn, kind)?;
        Ok(json.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// Forgets what was in a form, and the files chosen in it: it was given up.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written; nothing is forgotten then.
    pub fn clear_draft(&mut self, kind: &str) -> Result<(), OutboxError> {
        let tx = begin(&mut self.conn)?;
        tx.execute("DELETE FROM draft WHERE kind = ?1", [kind])?;
        let sql = "DELETE FROM draft_file WHERE kind = ?1 AND incident IS NULL";
        let n_files = tx.execute(sql, [kind])?;
        tx.commit()?;
        self.shrink(n_files)
    }

    /// Keeps a report that was written in a form, in the same breath in which its draft is forgotten:
    /// after a power cut it is there once. The files that were chosen in the form wait for
    /// [`Self::chosen`].
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then, and the draft is still there.
    pub fn keep_draft(&mut self, entry: Entry<'_>, form: Draft<'_>) -> Result<Kept, OutboxError> {
        self.keep_with(entry, |tx| send(tx, &entry.request.command, form))
    }

    /// Keeps a file that was chosen in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then.
    pub fn add_draft_file(
        &mut self,
        form: Draft<'_>,
        (id, name): (EvidenceId, &str),
        bytes: &[u8],
    ) -> Result<(), OutboxError> {
        let sql = "INSERT INTO draft_file (id, kind, name, bytes) VALUES (?1, ?2, ?3, ?4)";
        self.conn
            .execute(sql, params![id.to_string(), form.0, name, bytes])?;
        Ok(())
    }

    /// The files that were chosen in a form, the first one first.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when they cannot be read.
    pub fn draft_files(&self, form: Draft<'_>) -> Result<Vec<DraftFile>, OutboxError> {
        let sql = "SELECT id, name, length(bytes) FROM draft_file \
                   WHERE kind = ?1 AND incident IS NULL ORDER BY rowid";
        let mut select = self.conn.prepare(sql)?;
        let files = select.query_map([form.0], |row| {
            Ok(DraftFile {
                id: EvidenceId(id(row, 0)?),
                name: row.get(1)?,
                size: row.get(2)?,
            })
        })?;
        Ok(files.collect::<Result<_, _>>()?)
    }

    /// Leaves a file out of what is being written.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn drop_draft_file(&mut self, id: EvidenceId) -> Result<(), OutboxError> {
        let sql = "DELETE FROM draft_file WHERE id = ?1 AND incident IS NULL";
        let n_files = self.conn.execute(sql, [id.to_string()])?;
        self.shrink(n_files)
    }

    /// The next file whose case was reported: [`Self::keep_file`] attaches it under this id, and it
    /// is no longer chosen then.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn chosen(&self) -> Result<Option<Chosen>, OutboxError> {
        let sql = "SELECT id, incident, name, bytes FROM draft_file \
                   WHERE incident IS NOT NULL ORDER BY rowid LIMIT 1";
        let mut select = self.conn.prepare_cached(sql)?;
        let chosen = select.query_row([], |row| {
            Ok(Chosen {
                id: EvidenceId(id(row, 0)?),
                incident: IncidentRef(id(row, 1)?),
                name: row.get(2)?,
                bytes: row.get(3)?,
            })
        });
        Ok(chosen.optional()?)
    }

    /// A file could not be attached: it lies in its form again, for the person to see.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn unchoose(&mut self, id: EvidenceId) -> Result<(), OutboxError> {
        let sql = "UPDATE draft_file SET incident = NULL WHERE id = ?1";
        self.conn.execute(sql, [id.to_string()])?;
        Ok(())
    }

    /// The room that files took is given back.
    fn shrink(&self, n_files: usize) -> Result<(), OutboxError> {
        if 0 < n_files {
            self.conn.execute_batch("PRAGMA incremental_vacuum")?;
        }
        Ok(())
    }
}

/// The draft is sent: it goes, and its files belong to the case.
fn send(conn: &Connection, command: &Command, form: Draft<'_>) -> Result<(), OutboxError> {
    conn.execute("DELETE FROM draft WHERE kind = ?1", [form.0])?;
    if let Command::ReportIncident(report) = command {
        let sql = "UPDATE draft_file SET incident = ?2 WHERE kind = ?1 AND incident IS NULL";
        conn.execute(sql, params![form.0, report.reference.to_string()])?;
    }
    Ok(())
}

/// A file was attached: it lies beside its command now.
pub(super) fn attached(conn: &Connection, id: &str) -> Result<(), OutboxError> {
    conn.execute("DELETE FROM draft_file WHERE id = ?1", [id])?;
    Ok(())
}

/// Takes over the files of forms in another outbox of the same person.
pub(super) fn take_over(conn: &Connection, other: &Connection) -> Result<(), OutboxError> {
    let mut select = other.prepare("SELECT id, kind, incident, name, bytes FROM draft_file")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let value = |column| row.get::<_, rusqlite::types::Value>(column);
        let sql = "INSERT INTO draft_file VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING";
        conn.execute(
            sql,
            params![value(0)?, value(1)?, value(2)?, value(3)?, value(4)?],
        )?;
    }
    Ok(())
}
