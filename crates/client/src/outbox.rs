//! Commands that wait for their answer. They survive a crash, a power cut and a week offline.
//!
//! ```text
//! waiting ─▶ sending ─▶ done ─────────▶ forgotten after 30 days
//!    │  ◀──────┘ │ no answer             └▶ waiting, when the server lost it
//!    │  ◀────────┤ what it refers to lies in another station: waits for that, under a new id
//!    │           └▶ attention ─▶ withdrawn (and perhaps sent again under a new id)
//!    └─▶ withdrawn, only while it was never sent
//! ```
//!
//! When [`Outbox::keep`] returns, the command is on the disk: only then may a form say *kept*. The
//! file is never deleted by this program, and a file of a newer console is not touched. There is
//! one holder; **all of it blocks**: call it from a plain thread or from `spawn_blocking`.

mod answered;
mod drafts;
mod elsewhere;
mod files;
mod items;
mod moved;
mod numbers;
mod order;
mod receipts;
mod rows;
mod sealed;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use elms_protocol::{
    CommandId, CommandRequest, Epoch, Outcome, Timestamp, UserId,
    host::{OutboxCounts, OutboxState},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

pub use drafts::{Chosen, Draft};
pub use elsewhere::Elsewhere;
pub use files::Waiting;
pub use items::{Entry, Item, Kept, Queued};
pub use numbers::Numbers;
pub use order::subject_of;
pub(crate) use order::{Names, key, known_as};

use crate::{
    db::{self, Layout, Worth},
    error::OutboxError,
    seal::FileKey,
};

/// The longest command, in KiB: what the server takes.
const LONGEST_KIB: usize = 256;

const LAYOUT: Layout = Layout {
    application_id: 0x454c_4d4f,
    // Released steps never change; later ones are added behind them.
    steps: &[
        rows::TABLES,
        rows::WAITING_FOR,
        rows::RECEIPTS,
        sealed::GRANT,
        files::TABLES,
        drafts::FILES,
    ],
    worth: Worth::Precious,
};

/// The outbox of one person at a station.
#[derive(Debug)]
pub struct Outbox {
    conn: Connection,
    /// Where what is open is sealed for the institution.
    sealed: PathBuf,
    /// The count that is shared with others on this computer.
    numbers: Option<Numbers>,
}

impl Outbox {
    /// Opens the outbox at `path`, sealed with `key`, making it where it is missing. What was being
    /// sent when the console stopped waits again.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]: in use by another program, of a newer console, damaged. The file is
    /// unchanged then.
    pub fn open(path: &Path, key: &FileKey) -> Result<Self, OutboxError> {
        let mut outbox = Self {
            conn: db::open(path, key, LAYOUT)?,
            sealed: sealed::beside(path),
            numbers: None,
        };
        outbox.back_to_waiting()?;
        outbox.seal_again();
        Ok(outbox)
    }

    /// The same outbox, that takes its numbers from a count which all on this computer share.
    #[must_use]
    pub fn sharing(self, numbers: Numbers) -> Self {
        let numbers = Some(numbers);
        Self { numbers, ..self }
    }

    /// Keeps a command. Once this returns, it cannot be lost. A report gets the next number of the
    /// station, in the same breath. Keeping the same command again changes nothing.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then, and the form must keep what was typed.
    pub fn keep(&mut self, entry: Entry<'_>) -> Result<Kept, OutboxError> {
        self.keep_with(entry, |_| Ok(()))
    }

    /// Keeps a command, and in the same transaction what `more` writes.
    fn keep_with(
        &mut self,
        entry: Entry<'_>,
        more: impl FnOnce(&Transaction<'_>) -> Result<(), OutboxError>,
    ) -> Result<Kept, OutboxError> {
        let tx = begin(&mut self.conn)?;
        if let Some(kept) = rows::known(&tx, entry.request)? {
            return Ok(kept);
        }
        let kept = numbers::counted(&mut self.numbers, |numbers| {
            let kept = rows::insert(&tx, entry, None, numbers)?;
            more(&tx)?;
            tx.commit()?;
            Ok(kept)
        })?;
        self.seal_new(entry.request.command_id);
        Ok(kept)
    }

    /// The commands of `author` that may be sent now, the oldest first: the head of each record
    /// whose predecessors have all been answered. A refused one blocks its own record until a
    /// person has decided; what refers to a case that was not reported yet waits for the report.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn ready(&self, author: UserId, limit: usize) -> Result<Vec<Queued>, OutboxError> {
        let open = rows::open(&self.conn)?;
        let mine = open.into_iter().filter(|item| item.author == author);
        let mut ready = order::ready(mine);
        ready.truncate(limit);
        Ok(ready)
    }

    /// The next command of `author` to be sent.
    ///
    /// # Errors
    ///
    /// As [`Self::ready`].
    pub fn next(&self, author: UserId) -> Result<Option<Queued>, OutboxError> {
        Ok(self.ready(author, 1)?.pop())
    }

    /// What is to be sent under this id.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn request(&self, id: CommandId) -> Result<Option<CommandRequest>, OutboxError> {
        Ok(rows::find(&self.conn, id)?.map(|item| item.request))
    }

    /// Notes that the command is about to be sent. It must return before the first byte leaves, so
    /// that what may have been sent never looks as if it was not.
    ///
    /// # Errors
    ///
    /// [`OutboxError::Unknown`] when it does not wait (any more).
    pub fn sending(&mut self, id: CommandId) -> Result<(), OutboxError> {
        let sql = "UPDATE command SET state = 'sending', tries = tries + 1 \
                   WHERE id = ?1 AND state = 'waiting'";
        let n = self.conn.execute(sql, [id.to_string()])?;
        if n == 0 {
            Err(OutboxError::Unknown)
        } else {
            Ok(())
        }
    }

    /// Takes in what became of a command; whether anything here has changed. Done ones stay for 30
    /// days, refused ones until a person has decided.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; the command then waits for the same answer again.
    pub fn settle(
        &mut self,
        outcome: &Outcome,
        epoch: Option<Epoch>,
        now: Timestamp,
    ) -> Result<bool, OutboxError> {
        let n = match outcome {
            Outcome::Applied {
                command_id,
                first_seq,
                seq,
                leaves,
            } => self.conn.execute(
                "UPDATE command SET state = 'done', first_seq = ?2, seq = ?3, epoch = ?4, \
                 settled = ?5, leaves = ?6 WHERE id = ?1 AND state IN ('waiting', 'sending')",
                params![
                    command_id.to_string(),
                    first_seq.0,
                    seq.0,
                    epoch.map(|epoch| epoch.to_string()),
                    now.0,
                    serde_json::to_string(leaves)?
                ],
            )?,
            Outcome::Rejected {
                command_id,
                rejection,
            } => self.conn.execute(
                "UPDATE command SET state = 'attention', rejection = ?2, settled = ?3 \
                 WHERE id = ?1 AND state IN ('waiting', 'sending')",
                params![
                    command_id.to_string(),
                    serde_json::to_string(rejection)?,
                    now.0
                ],
            )?,
        };
        self.tidy_sealed();
        Ok(0 < n)
    }

    /// These were sent and have no answer: they wait again, under the same ids.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn rest(&mut self, ids: &[CommandId]) -> Result<(), OutboxError> {
        let tx = begin(&mut self.conn)?;
        for id in ids {
            let sql = "UPDATE command SET state = 'waiting' WHERE id = ?1 AND state = 'sending'";
            tx.execute(sql, [id.to_string()])?;
        }
        Ok(tx.commit()?)
    }

    /// Everything that was sent and has no answer waits again: the link was lost.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub fn back_to_waiting(&mut self) -> Result<(), OutboxError> {
        let sql = "UPDATE command SET state = 'waiting' WHERE state = 'sending'";
        self.conn.execute(sql, [])?;
        Ok(())
    }

    /// Takes a command back; with a report everything that waits for it. The ids of all that was
    /// taken back.
    ///
    /// # Errors
    ///
    /// [`OutboxError::NotNow`] when it may have reached the server.
    pub fn withdraw(
        &mut self,
        id: CommandId,
        now: Timestamp,
    ) -> Result<Vec<CommandId>, OutboxError> {
        let tx = begin(&mut self.conn)?;
        let item = rows::find(&tx, id)?.ok_or(OutboxError::Unknown)?;
        may_go(&item)?;
        let mut gone = vec![id];
        let made: Vec<String> = order::makes(&item.request.command)
            .map(|key| order::text(&key))
            .collect();
        let waits = |other: &Item| made.contains(&other.about) && may_go(other).is_ok();
        let later = rows::open(&tx)?.into_iter().filter(waits);
        let later = later.map(|other| other.request.command_id);
        gone.extend(later.filter(|other| *other != id));
        for id in &gone {
            rows::set_withdrawn(&tx, *id, now)?;
        }
        files::forget(&tx, &gone)?;
        tx.commit()?;
        self.seal_files();
        Ok(gone)
    }

    /// Sends something else in place of a refused command, in its place of the order.
    ///
    /// # Errors
    ///
    /// [`OutboxError::NotNow`] unless it was refused.
    pub fn resend(&mut self, old: CommandId, entry: Entry<'_>) -> Result<Kept, OutboxError> {
        let tx = begin(&mut self.conn)?;
        let item = rows::find(&tx, old)?.ok_or(OutboxError::Unknown)?;
        if item.state != OutboxState::Attention {
            let message = "Only what the server refused can be sent again.";
            return Err(OutboxError::NotNow(message));
        }
        if rows::find(&tx, entry.request.command_id)?.is_some() {
            return Err(OutboxError::IdReused);
        }
        let now = rows::recorded(entry.request);
        rows::set_withdrawn(&tx, old, now)?;
        files::follow(&tx, old, entry.request.command_id)?;
        let kept = numbers::counted(&mut self.numbers, |numbers| {
            let kept = rows::insert(&tx, entry, Some(&item), numbers)?;
            tx.commit()?;
            Ok(kept)
        })?;
        self.seal_new(entry.request.command_id);
        Ok(kept)
    }

    /// Everything that is open, and the 200 newest of what is not, in the order of this station.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn items(&self) -> Result<Vec<Item>, OutboxError> {
        rows::all(&self.conn)
    }

    /// How many wait, are being sent, and need a decision.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn counts(&self) -> Result<OutboxCounts, OutboxError> {
        let sql = "SELECT count(*) FILTER (WHERE state = 'waiting'), \
                   count(*) FILTER (WHERE state = 'sending'), \
                   count(*) FILTER (WHERE state = 'attention') \
                   FROM command WHERE state IN ('waiting', 'sending', 'attention')";
        let counts = self.conn.query_row(sql, [], |row| {
            Ok(OutboxCounts {
                waiting: row.get(0)?,
                sending: row.get(1)?,
                attention: row.get(2)?,
            })
        })?;
        Ok(counts)
    }

    /// Commands that were written since `at`, by the server's clock.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub fn kept_since(&self, at: Timestamp) -> Result<i64, OutboxError> {
        let sql = "SELECT count(*) FROM command WHERE recorded >= ?1";
        Ok(self.conn.query_row(sql, [at.0], |row| row.get(0))?)
    }
}

/// Refuses what may have reached the server: it must hear the answer first.
fn may_go(item: &Item) -> Result<(), OutboxError> {
    match item.state {
        OutboxState::Attention => Ok(()),
        OutboxState::Waiting if item.tries == 0 => Ok(()),
        OutboxState::Waiting | OutboxState::Sending => Err(OutboxError::NotNow(
            "It may have reached the server already, so it waits for the answer.",
        )),
        OutboxState::Done | OutboxState::Withdrawn => {
            Err(OutboxError::NotNow("It does not wait here any more."))
        }
    }
}

fn begin(conn: &mut Connection) -> Result<Transaction<'_>, OutboxError> {
    Ok(conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
}
