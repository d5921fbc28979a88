//! When this station had no link, and what that cost.

use std::sync::Arc;

use elms_protocol::{IncidentRef, Timestamp, host::Outage};
use rusqlite::params;

use super::{Cache, Reader, change};
use crate::error::CacheError;

/// How an outage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutageEnd {
    /// When the copy was complete again.
    pub at: Timestamp,
    /// Events that came afterwards.
    pub replayed: i64,
    /// Events that are missing; 0 when completeness is proved.
    pub missing: i64,
    /// Commands kept here meanwhile.
    pub kept: i64,
}

impl Cache {
    /// The link is lost since `at`. While an outage lasts, another does not begin.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be written.
    pub fn outage_began(&mut self, at: Timestamp, reason: &str) -> Result<(), CacheError> {
        let sql = "INSERT INTO outage (began, reason) SELECT ?1, ?2 \
                   WHERE NOT EXISTS (SELECT 1 FROM outage WHERE ended IS NULL)";
        self.conn.execute(sql, params![at.0, reason])?;
        Ok(())
    }

    /// The link is back and the copy complete. Without an outage that lasts nothing happens.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be written.
    pub fn outage_over(&mut self, end: OutageEnd) -> Result<(), CacheError> {
        let sql = "UPDATE outage SET ended = max(?1, began), replayed = ?2, missing = ?3, \
                   kept = ?4 WHERE ended IS NULL";
        self.conn
            .execute(sql, params![end.at.0, end.replayed, end.missing, end.kept])?;
        Ok(())
    }

    /// Somebody here has looked at the case: it no longer counts as arrived late.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be written.
    pub fn look(&mut self, incident: IncidentRef) -> Result<(), CacheError> {
        if !self.records().arrived_late(incident) {
            return Ok(());
        }
        self.conn.execute(
            "DELETE FROM late_case WHERE id = ?1",
            [incident.to_string()],
        )?;
        Arc::make_mut(&mut change(&self.shared.records)).looked(incident);
        Ok(())
    }
}

impl Reader {
    /// All outages, the newest first.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when they cannot be read.
    pub fn outages(&self) -> Result<Vec<Outage>, CacheError> {
        let sql = "SELECT began, ended, replayed, missing, kept FROM outage ORDER BY id DESC";
        let mut select = self.conn.prepare_cached(sql)?;
        let outages = select.query_map([], |row| {
            Ok(Outage {
                from: Timestamp(row.get(0)?),
                to: row.get::<_, Option<i64>>(1)?.map(Timestamp),
                replayed: row.get(2)?,
                missing: row.get(3)?,
                kept: row.get(4)?,
            })
        })?;
        Ok(outages.collect::<Result<_, _>>()?)
    }
}
