//! What the server has answered, to be held against its log.

use elms_protocol::{Seq, proof::Receipt};

use super::Outbox;
use crate::error::OutboxError;

impl Outbox {
    /// Where the commands that are done are in the server's log, and the hashes of their leaves
    /// there; the oldest first.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn receipts(&self) -> Result<Vec<Receipt>, OutboxError> {
        let mut select = self.conn.prepare_cached(
            "SELECT id, first_seq, leaves FROM command \
             WHERE state = 'done' AND leaves IS NOT NULL AND leaves <> '[]' ORDER BY n",
        )?;
        let mut rows = select.query([])?;
        let mut receipts = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, leaves): (String, String) = (row.get(0)?, row.get(2)?);
            receipts.push(Receipt {
                command_id: serde_json::from_value(id.into())?,
                first_seq: Seq(row.get(1)?),
                leaves: serde_json::from_str(&leaves)?,
            });
        }
        Ok(receipts)
    }
}
