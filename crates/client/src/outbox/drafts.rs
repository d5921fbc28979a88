//! What a person is still typing: it survives a crash, and is nobody else's business.

use serde_json::Value;

use super::{LONGEST_KIB, Outbox, rows};
use crate::error::OutboxError;

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

    /// Forgets what was in a form: it was sent, or given up.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn clear_draft(&mut self, kind: &str) -> Result<(), OutboxError> {
        self.conn
            .execute("DELETE FROM draft WHERE kind = ?1", [kind])?;
        Ok(())
    }
}
