//! The stations that somebody has signed in at, or tried to, by their keys: the exam office of an
//! institution, or who runs the server, says which of them may be signed in at.
//!
//! How a station stands is said for each institution by itself: an office says nothing about the
//! people of another. What is said is written here first, for the sign-in to ask, and in the same
//! breath among the changes that the log is still to be told: [`crate::enrolling`] takes them there.

use elms_protocol::{
    InstitutionId, Named, StationStanding, Timestamp, UserId,
    proof::Key,
    station::{fingerprint, typed_fingerprint},
};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use uuid::Uuid;

use super::{Accounts, AccountsError, untold::tell};
use crate::limits::{MOST_WAITING_STATIONS, WAITING_STATION_MS};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS enrolment (
    -- 0: of none, for those who run the machine.
    institution INTEGER NOT NULL,
    -- Ed25519, in base64.
    key TEXT NOT NULL,
    -- What it calls itself.
    code TEXT,
    standing TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    -- Who signed in there last, or tried to.
    user INTEGER NOT NULL,
    -- Whether the office was told that it waits.
    asked INTEGER NOT NULL DEFAULT 0,
    -- When somebody said how it stands, and which account; no account is who runs the server.
    said_at INTEGER,
    said_by INTEGER,
    PRIMARY KEY (institution, key)
) STRICT, WITHOUT ROWID;
";

/// Stations stood alike with all institutions once: each keeps what was said.
const PART: &str = "
INSERT OR IGNORE INTO enrolment (institution, key, code, standing, seen_at, user)
    SELECT coalesce(user.institution, 0), station.key, code, state, seen_at, station.user
    FROM station LEFT JOIN user ON user.id = station.user;
INSERT OR IGNORE INTO enrolment (institution, key, code, standing, seen_at, user)
    SELECT coalesce(user.institution, 0), key, code, state, max(session.used_at), session.user
    FROM station JOIN session ON session.station_key = key JOIN user ON user.id = session.user
    GROUP BY 1, 2;
DROP TABLE station;
";

/// Somebody at a station.
#[derive(Debug, Clone, Copy)]
pub struct Comer<'a> {
    /// Where they work.
    pub institution: Option<InstitutionId>,
    /// The key of the station.
    pub key: &'a str,
    /// What it calls itself.
    pub code: Option<&'a str>,
    /// Who it is.
    pub user: UserId,
}

/// Who says how a station stands, and with which institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sayer {
    /// Somebody of the office, with their own.
    Office(InstitutionId, UserId),
    /// Who runs the server, with one, or with all that know it.
    Operator(Option<InstitutionId>),
}

/// How a station stands since somebody has said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Who; nobody named is who runs the server.
    pub by: Option<Named>,
}

/// A station that the server has heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStation {
    /// The institution of those who came.
    pub institution: Option<InstitutionId>,
    /// By what people tell its key from others.
    pub fingerprint: String,
    /// What it calls itself.
    pub code: Option<String>,
    /// How it stands.
    pub standing: StationStanding,
    /// When somebody signed in there last, or tried to.
    pub seen_at: Timestamp,
    /// Who that was.
    pub seen_by: Named,
    /// Who has said how it stands; none while nobody has.
    pub said: Option<Said>,
    key: String,
}

/// What came of saying how a station stands.
#[derive(Debug, Default)]
pub struct Changed {
    /// The station, with each institution.
    pub stations: Vec<KnownStation>,
    /// The sign-ins that ended by it.
    pub ended: Vec<Uuid>,
}

impl Accounts {
    /// Somebody with the right password is at a station; how it stands. Where it `asks` to be let in,
    /// the log is told the first time.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn station_came(
        &self,
        comer: Comer<'_>,
        asks: bool,
        now: Timestamp,
    ) -> Result<StationStanding, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let institution = number(comer.institution);
        let (standing, asked): (String, bool) = tx.query_row(
            "INSERT INTO enrolment (institution, key, code, standing, seen_at, user)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (institution, key) DO UPDATE SET code = excluded.code,
                seen_at = excluded.seen_at, user = excluded.user
             RETURNING standing, asked",
            params![
                institution,
                comer.key,
                comer.code,
                StationStanding::Waiting.text(),
                now.0,
                comer.user.0
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let standing = StationStanding::from_text(&standing);
        if asks && !asked && standing == StationStanding::Waiting {
            let sql = "UPDATE enrolment SET asked = 1 WHERE institution = ?1 AND key = ?2";
            tx.execute(sql, params![institution, comer.key])?;
            let waits = found(&tx, (institution, comer.key))?;
            if let Some(waits) = waits {
                tell(&tx, &waits, Some(comer.user), now)?;
            }
        }
        forget_waiting(&tx, institution, now)?;
        tx.commit()?;
        Ok(standing)
    }

    /// What is known of the station with this key by an institution.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn station(
        &self,
        institution: Option<InstitutionId>,
        key: &str,
    ) -> Result<Option<KnownStation>, AccountsError> {
        found(&self.conn(), (number(institution), key))
    }

    /// Every station, or those that one institution knows; the last seen first.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn stations(
        &self,
        institution: Option<InstitutionId>,
    ) -> Result<Vec<KnownStation>, AccountsError> {
        all(&self.conn(), institution)
    }

    /// Says how the station with this fingerprint stands from now on. When it is suspended, the
    /// sign-ins there end. What it was already changes nothing.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoStation`] when none has this fingerprint there.
    pub fn set_station(
        &self,
        typed: &str,
        standing: StationStanding,
        sayer: Sayer,
        now: Timestamp,
    ) -> Result<Changed, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let typed = typed_fingerprint(typed);
        let (institution, by) = match sayer {
            Sayer::Office(institution, user) => (Some(institution), Some(user)),
            Sayer::Operator(institution) => (institution, None),
        };
        let mut changed = Changed::default();
        for known in all(&tx, institution)? {
            if typed_fingerprint(&known.fingerprint) == typed {
                changed.ended.extend(set(&tx, (&known, standing), by, now)?);
                let whose = (number(known.institution), &*known.key);
                changed.stations.extend(found(&tx, whose)?);
            }
        }
        if changed.stations.is_empty() {
            return Err(AccountsError::NoStation);
        }
        tx.commit()?;
        Ok(changed)
    }
}

/// Takes in what was kept before each institution had its own.
pub(super) fn part(conn: &mut Connection) -> Result<(), AccountsError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let has = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'station'";
    let is_old: bool = tx.query_row(has, [], |row| row.get(0))?;
    if is_old {
        tx.execute_batch(PART)?;
    }
    Ok(tx.commit()?)
}

fn number(institution: Option<InstitutionId>) -> i64 {
    institution.map_or(0, |id| id.0)
}

fn set(
    tx: &Transaction<'_>,
    (known, standing): (&KnownStation, StationStanding),
    by: Option<UserId>,
    now: Timestamp,
) -> Result<Vec<Uuid>, AccountsError> {
    if known.standing == standing {
        return Ok(Vec::new());
    }
    let institution = number(known.institution);
    tx.execute(
        "UPDATE enrolment SET standing = ?3, said_at = ?4, said_by = ?5
         WHERE institution = ?1 AND key = ?2",
        params![
            institution,
            known.key,
            standing.text(),
            now.0,
            by.map(|user| user.0)
        ],
    )?;
    let stands = KnownStation {
        standing,
        ..known.clone()
    };
    tell(tx, &stands, by, now)?;
    if standing != StationStanding::Suspended {
        return Ok(Vec::new());
    }
    let mut end = tx.prepare_cached(
        "UPDATE session SET revoked_at = ?3 WHERE revoked_at IS NULL AND station_key = ?2
            AND user IN (SELECT id FROM user WHERE coalesce(institution, 0) = ?1) RETURNING id",
    )?;
    let of_it = params![institution, known.key, now.0];
    let ended = end.query_map(of_it, |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}

/// Stations that nobody has said anything about do not fill the file, and those of one institution
/// do not take the place of another's.
fn forget_waiting(
    conn: &Connection,
    institution: i64,
    now: Timestamp,
) -> Result<(), AccountsError> {
    conn.execute(
        "DELETE FROM enrolment WHERE institution = ?4 AND standing = ?1 AND (seen_at < ?2 OR key IN
            (SELECT key FROM enrolment WHERE institution = ?4 AND standing = ?1
             ORDER BY seen_at DESC LIMIT -1 OFFSET ?3))",
        params![
            StationStanding::Waiting.text(),
            now.0.saturating_sub(WAITING_STATION_MS),
            MOST_WAITING_STATIONS,
            institution
        ],
    )?;
    Ok(())
}

const STATIONS: &str = "SELECT enrolment.institution, key, code, standing, seen_at, enrolment.user,
        coalesce(comer.name, ''), said_at, said_by, sayer.name
    FROM enrolment LEFT JOIN user comer ON comer.id = enrolment.user
        LEFT JOIN user sayer ON sayer.id = said_by";

fn all(
    conn: &Connection,
    institution: Option<InstitutionId>,
) -> Result<Vec<KnownStation>, AccountsError> {
    let sql = format!(
        "{STATIONS} WHERE ?1 IS NULL OR enrolment.institution = ?1
         ORDER BY seen_at DESC, key, enrolment.institution"
    );
    let mut query = conn.prepare_cached(&sql)?;
    let rows = query.query_map([institution.map(|id| id.0)], known)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn found(
    conn: &Connection,
    (institution, key): (i64, &str),
) -> Result<Option<KnownStation>, AccountsError> {
    let sql = format!("{STATIONS} WHERE enrolment.institution = ?1 AND key = ?2");
    let mut query = conn.prepare_cached(&sql)?;
    Ok(query
        .query_row(params![institution, key], known)
        .optional()?)
}

fn known(row: &Row<'_>) -> rusqlite::Result<KnownStation> {
    let (institution, key): (i64, String) = (row.get(0)?, row.get(1)?);
    let by = named(row, 8)?;
    let said_at: Option<i64> = row.get(7)?;
    Ok(KnownStation {
        institution: (institution != 0).then_some(InstitutionId(institution)),
        fingerprint: key
            .parse::<Key>()
            .map_or_else(|_| String::new(), |key| fingerprint(&key)),
        code: row.get(2)?,
        standing: StationStanding::from_text(&row.get::<_, String>(3)?),
        seen_at: Timestamp(row.get(4)?),
        seen_by: Named {
            id: UserId(row.get(5)?),
            name: row.get(6)?,
        },
        said: said_at.map(|at| Said {
            at: Timestamp(at),
            by,
        }),
        key,
    })
}

/// The account with its name in two columns, if one is named.
pub(super) fn named(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Named>> {
    let (id, name): (Option<i64>, Option<String>) = (row.get(from)?, row.get(from + 1)?);
    Ok(id.map(|id| Named {
        id: UserId(id),
        name: name.unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests;
