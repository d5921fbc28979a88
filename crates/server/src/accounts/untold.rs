//! What the logs are still to be told of stations. It is written in one breath with what it tells.

use elms_protocol::{CommandId, InstitutionId, Named, StationStanding, Timestamp, UserId};
use rusqlite::{Transaction, params};
use uuid::Uuid;

use super::{Accounts, AccountsError, KnownStation, stations::named};

pub(super) const SCHEMA: &str = "
-- What the log is still to be told, in the order in which it happened.
CREATE TABLE IF NOT EXISTS enrolment_change (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The command that tells it: the door takes each once.
    command BLOB NOT NULL UNIQUE,
    institution INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    code TEXT,
    standing TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Who said it, or who tried to sign in there.
    user INTEGER
) STRICT;
";

/// A change that the log is still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The command that tells it.
    pub command: CommandId,
    /// Whose log.
    pub institution: InstitutionId,
    /// By what people tell the key from others.
    pub fingerprint: String,
    /// What the station called itself.
    pub code: Option<String>,
    /// How it stands since.
    pub standing: StationStanding,
    /// Since when.
    pub at: Timestamp,
    /// Who said so, or who tried to sign in there.
    pub by: Option<Named>,
}

impl Accounts {
    /// What the log is still to be told, the oldest first.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn untold(&self) -> Result<Vec<Untold>, AccountsError> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(
            "SELECT command, change.institution, fingerprint, code, standing, at, change.user, name
             FROM enrolment_change change LEFT JOIN user ON user.id = change.user ORDER BY n",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Untold {
                command: CommandId(Uuid::from_bytes(row.get(0)?)),
                institution: InstitutionId(row.get(1)?),
                fingerprint: row.get(2)?,
                code: row.get(3)?,
                standing: StationStanding::from_text(&row.get::<_, String>(4)?),
                at: Timestamp(row.get(5)?),
                by: named(row, 6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The log has been told.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`]; it is told once more then, and takes it once all the same.
    pub fn told(&self, command: CommandId) -> Result<(), AccountsError> {
        let sql = "DELETE FROM enrolment_change WHERE command = ?1";
        self.conn().execute(sql, [command.0.as_bytes()])?;
        Ok(())
    }
}

/// The log of the institution is to be told how the station stands. Where there is none, nobody is.
pub(super) fn tell(
    tx: &Transaction<'_>,
    stands: &KnownStation,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<(), AccountsError> {
    let Some(institution) = stands.institution else {
        return Ok(());
    };
    tx.execute(
        "INSERT INTO enrolment_change (command, institution, fingerprint, code, standing, at, user)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            Uuid::now_v7().as_bytes(),
            institution.0,
            stands.fingerprint,
            stands.code,
            stands.standing.text(),
            now.0,
            user.map(|user| user.0)
        ],
    )?;
    Ok(())
}
