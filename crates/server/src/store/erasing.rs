//! Taking words out of the file: the leaf stays, and with it every proof.

use std::path::Path;

use elms_protocol::{
    Event, Fact, InstitutionId, Key, Seq,
    erasure::{self, Holds},
    proof::{SALT, commitment},
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Disk, StoreError, proofs::noted};

impl Disk {
    /// What is held back from erasures.
    pub(crate) fn holds(&self, institution: InstitutionId) -> Result<Holds, StoreError> {
        holds(&self.conn, institution)
    }

    /// One event, if the log has it.
    pub(crate) fn event(
        &self,
        institution: InstitutionId,
        seq: Seq,
    ) -> Result<Option<Event>, StoreError> {
        event(&self.conn, institution, seq)
    }

    /// Every event that `wanted` picks out.
    pub(crate) fn events_where(
        &self,
        institution: InstitutionId,
        wanted: impl Fn(&Event) -> bool,
    ) -> Result<Vec<Event>, StoreError> {
        let sql = "SELECT body FROM event WHERE institution = ?1 ORDER BY seq";
        let mut query = self.conn.prepare(sql)?;
        let mut rows = query.query([institution.0])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let event: Event = serde_json::from_str(&row.get::<_, String>(0)?)?;
            if wanted(&event) {
                found.push(event);
            }
        }
        Ok(found)
    }

    /// Blanks an event. Without its salt nobody can try out what its words were; the hash of the
    /// command that caused it goes too, because that has none.
    pub(crate) fn blank(&self, event: &Event) -> Result<(), StoreError> {
        let place = [event.institution_id.0, event.seq.0];
        let sql = "SELECT body, salt FROM event WHERE institution = ?1 AND seq = ?2";
        let (body, salt): (String, [u8; SALT]) = self
            .conn
            .query_row(sql, place, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let left = serde_json::to_string(&erasure::blanked(event))?;
        self.conn.execute(
            "UPDATE event SET body = ?3, salt = NULL, commitment = ?4
             WHERE institution = ?1 AND seq = ?2",
            params![place[0], place[1], left, commitment(&salt, &body).0],
        )?;
        if let Some(command) = event.cause_ref {
            let sql = "UPDATE answer SET body_hash = x'' WHERE institution = ?1 AND command = ?2";
            self.conn
                .execute(sql, params![place[0], command.0.as_bytes()])?;
        }
        Ok(())
    }

    /// Takes a record out.
    pub(crate) fn remove(&self, institution: InstitutionId, key: &Key) -> Result<(), StoreError> {
        let sql = "DELETE FROM record WHERE institution = ?1 AND kind = ?2 AND id = ?3";
        let key = params![institution.0, key.kind.text(), key.id];
        self.conn.execute(sql, key)?;
        Ok(())
    }
}

/// What the log of an institution holds back from erasures.
pub(super) fn holds(conn: &Connection, institution: InstitutionId) -> Result<Holds, StoreError> {
    let mut holds = Holds::default();
    for seq in noted(conn, institution)? {
        let event = event(conn, institution, seq)?;
        if let Some(Fact::LogNoted(noted)) = event.and_then(|event| event.fact()) {
            holds.take(&noted);
        }
    }
    Ok(holds)
}

fn event(
    conn: &Connection,
    institution: InstitutionId,
    seq: Seq,
) -> Result<Option<Event>, StoreError> {
    let sql = "SELECT body FROM event WHERE institution = ?1 AND seq = ?2";
    let mut query = conn.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let body = query.query_row([institution.0, seq.0], read).optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Writes the file in `dir` anew: what was erased, or replaced long ago, is in no page of it then.
///
/// # Errors
///
/// [`StoreError`] when there is no room for a second copy, or somebody uses the file.
pub fn write_anew(dir: &Path) -> Result<(), StoreError> {
    let conn = Connection::open(dir.join("log.db"))?;
    conn.execute_batch("PRAGMA busy_timeout = 5000; VACUUM;")?;
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    Ok(conn.query_row(sql, [], |_| Ok(()))?)
}
