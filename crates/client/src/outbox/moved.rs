//! Commands that were kept in another file of the same person: under a key that was gone for a
//! while.

use rusqlite::params;

use super::{Outbox, begin, drafts, files, rows};
use crate::error::OutboxError;

impl Outbox {
    /// Takes over what is open in `other`, in its order and behind what is here; how many commands
    /// came. One that is here already is not taken twice, whatever became of it. Drafts come where
    /// there is none.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was taken then.
    pub(crate) fn take_in(&mut self, other: &Self) -> Result<usize, OutboxError> {
        let open = rows::open(&other.conn)?;
        let tx = begin(&mut self.conn)?;
        let mut n_taken = 0_usize;
        for item in open {
            let rejection = item.rejection.as_ref().map(serde_json::to_string);
            let state = match rejection {
                Some(_) => "attention",
                None => "waiting",
            };
            let n = tx.execute(
                "INSERT INTO command (id, rank, author, about, request, state, tries, rejection, \
                 recorded) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
                params![
                    item.request.command_id.to_string(),
                    item.author.0,
                    item.about,
                    serde_json::to_string(&item.request)?,
                    state,
                    item.tries,
                    rejection.transpose()?,
                    rows::recorded(&item.request).0,
                ],
            )?;
            n_taken = n_taken.saturating_add(n);
        }
        tx.execute("UPDATE command SET rank = n WHERE rank = 0", [])?;
        files::take_over(&tx, &other.conn)?;
        drafts::take_over(&tx, &other.conn)?;
        for (kind, json) in rows::drafts(&other.conn)? {
            let sql = "INSERT INTO draft VALUES (?1, ?2) ON CONFLICT (kind) DO NOTHING";
            tx.execute(sql, [kind, json])?;
        }
        // A number that was given out once is never given out again.
        for (station, n) in rows::counters(&other.conn)? {
            let sql = "INSERT INTO counter VALUES (?1, ?2) \
                       ON CONFLICT (station) DO UPDATE SET n = max(n, excluded.n)";
            tx.execute(sql, params![station, n])?;
        }
        tx.commit()?;
        self.seal_again();
        Ok(n_taken)
    }
}
