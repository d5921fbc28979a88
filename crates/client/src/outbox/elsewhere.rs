//! What refers to a record that still lies in another station: it is not refused for good, it
//! waits until that record comes.

use elms_protocol::{CommandId, CommandRequest, Key, Outcome, RejectionCode, Timestamp, View};
use rusqlite::params;

use super::{Outbox, begin, files, known_as, order, rows};
use crate::error::OutboxError;

/// A command that has come back because the server does not know what it refers to.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// The command.
    id: CommandId,
    /// The record that is missing, as the command names it.
    missing: Key,
}

impl Elsewhere {
    /// Whether that is why it was refused.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        let Outcome::Rejected {
            command_id,
            rejection,
        } = outcome
        else {
            return None;
        };
        let missing = rejection.missing.clone();
        let missing = missing.filter(|_| rejection.code == RejectionCode::NotFound)?;
        let id = *command_id;
        Some(Self { id, missing })
    }
}

impl Outbox {
    /// Lets a command wait for the record that it refers to. The server has answered its id for
    /// good, so that it is sent as `fresh` later. Whether it waits: not when `view` held the record
    /// before it was sent the last time, since then nothing is to come.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; the command then waits for the same answer again.
    pub fn wait_for(
        &mut self,
        elsewhere: &Elsewhere,
        fresh: CommandId,
        view: &dyn View,
        now: Timestamp,
    ) -> Result<bool, OutboxError> {
        let tx = begin(&mut self.conn)?;
        let known = known_as(&elsewhere.missing, view).is_some();
        let waited = rows::waited(&tx, elsewhere.id)?;
        let Some(item) = rows::find(&tx, elsewhere.id)? else {
            return Ok(false);
        };
        if waited.is_none_or(|waited| known && 0 < waited) {
            return Ok(false);
        }
        let request = CommandRequest {
            command_id: fresh,
            ..item.request
        };
        let sql = "UPDATE command SET id = ?2, request = ?3, state = 'waiting', tries = 0, \
                   waits_for = ?4, waited = waited + 1, settled = ?5 WHERE id = ?1";
        tx.execute(
            sql,
            params![
                elsewhere.id.to_string(),
                fresh.to_string(),
                serde_json::to_string(&request)?,
                order::text(&elsewhere.missing),
                now.0
            ],
        )?;
        files::follow(&tx, elsewhere.id, fresh)?;
        tx.commit()?;
        self.seal_new(fresh);
        Ok(true)
    }

    /// How many commands wait for a record of another station.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn elsewhere(&self) -> Result<usize, OutboxError> {
        rows::elsewhere(&self.conn).map(|waiting| waiting.len())
    }

    /// Lets go what waits for a record that `view` has by now; how many.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read or written.
    pub fn let_go(&mut self, view: &dyn View) -> Result<usize, OutboxError> {
        let waiting = rows::elsewhere(&self.conn)?;
        let tx = begin(&mut self.conn)?;
        let mut n = 0;
        for item in waiting {
            let Some(missing) = &item.waits_for else {
                continue;
            };
            let Some(found) = known_as(missing, view) else {
                continue;
            };
            // From here on it keeps the order of the record that its number means.
            let sql = "UPDATE command SET waits_for = NULL, \
                       about = CASE about WHEN ?2 THEN ?3 ELSE about END WHERE n = ?1";
            let (was, is) = (order::text(missing), order::text(&found));
            n += tx.execute(sql, params![item.station_seq, was, is])?;
        }
        tx.commit()?;
        Ok(n)
    }

    /// Lets go everything that waits so, to ask the server again: it may hold what this person
    /// never sees, like a confidential case that they sign a statement for. How many.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn let_all_go(&mut self) -> Result<usize, OutboxError> {
        let sql = "UPDATE command SET waits_for = NULL \
                   WHERE waits_for IS NOT NULL AND state = 'waiting'";
        Ok(self.conn.execute(sql, [])?)
    }
}
