//! What becomes of answered commands: a server that has lost them is offered them again, and after a
//! month nobody asks for them any more.

use elms_protocol::{Epoch, Seq, Timestamp};
use rusqlite::params;

use super::Outbox;
use crate::error::OutboxError;

/// How long an answered command is kept, in milliseconds: 30 days.
pub(super) const KEPT_MS: i64 = 30 * 86_400_000;

impl Outbox {
    /// The server's log is another life of itself and reaches up to `after`: what it had applied
    /// beyond that waits again, under the same ids. How many.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn reoffer(&mut self, after: Seq, epoch: Epoch) -> Result<usize, OutboxError> {
        let sql = "UPDATE command SET state = 'waiting', first_seq = NULL, seq = NULL, \
                   epoch = NULL, settled = NULL \
                   WHERE state = 'done' AND seq > ?1 AND epoch IS NOT ?2";
        let n = self
            .conn
            .execute(sql, params![after.0, epoch.to_string()])?;
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
}
