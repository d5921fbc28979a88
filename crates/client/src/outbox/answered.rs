//! What becomes of answered commands: a server that has lost them is offered them again, what it has
//! erased is forgotten, and after a month nobody asks for them any more.

use elms_protocol::{Epoch, Kind, LogNoted, Timestamp};

use super::Outbox;
use crate::error::OutboxError;

/// How long an answered command is kept, in milliseconds: 30 days.
pub(super) const KEPT_MS: i64 = 30 * 86_400_000;

impl Outbox {
    /// The server's log is another life of itself: everything that an earlier one had applied waits
    /// again, under the same ids. How many.
    ///
    /// How far the new life has come says nothing about what it has of the old one: others may have
    /// written since. What it still knows it answers as before.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn reoffer(&mut self, epoch: Epoch) -> Result<usize, OutboxError> {
        let sql = "UPDATE command SET state = 'waiting', first_seq = NULL, seq = NULL, \
                   epoch = NULL, settled = NULL \
                   WHERE state = 'done' AND epoch IS NOT ?1";
        let n = self.conn.execute(sql, [epoch.to_string()])?;
        self.seal_again();
        Ok(n)
    }

    /// Forgets what was answered or taken back more than 30 days ago. How many.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn forget_old(&mut self, now: Timestamp) -> Result<usize, OutboxError> {
        let sql = "DELETE FROM command WHERE state IN ('done', 'withdrawn') AND settled < ?1";
        Ok(self.conn.execute(sql, [now.plus_ms(-KEPT_MS).0])?)
    }

    /// Forgets what was asked here and is erased now: the answered commands of those events, and
    /// every command and file that belongs to a case which is gone. How many commands.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn forget_erased(&mut self, noted: &LogNoted) -> Result<usize, OutboxError> {
        self.conn.execute_batch("PRAGMA secure_delete = ON")?;
        let tx = super::begin(&mut self.conn)?;
        let mut n = 0;
        for seq in &noted.erased {
            let sql = "DELETE FROM command WHERE state = 'done' AND ?1 BETWEEN first_seq AND seq";
            n += tx.execute(sql, [seq.0])?;
        }
        for key in noted
            .records
            .iter()
            .filter(|key| key.kind == Kind::Incident)
        {
            let about = format!("{}/{}", key.kind.text(), key.id);
            n += tx.execute("DELETE FROM command WHERE about = ?1", [about])?;
            tx.execute("DELETE FROM file WHERE incident = ?1", [&key.id])?;
        }
        tx.commit()?;
        self.conn.execute_batch("PRAGMA secure_delete = OFF")?;
        self.seal_again();
        Ok(n)
    }
}
