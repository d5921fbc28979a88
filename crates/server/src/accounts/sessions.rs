//! Sign-ins: each is a family of refresh tokens, of which only the last is worth anything.
//!
//! Only hashes are kept. A token that was exchanged before ends its family: either its owner or a
//! thief shows a copy, and nobody can tell which. The one exception is the token just before the
//! last, until the last one is used and for a quarter of an hour at most: the answer with its
//! successor may have been lost, and a station whose power comes and goes loses several in a row.
//! A copy that is used meanwhile is found out all the same, when the owner uses what it replaced.
//!
//! A sign-in may belong to the key of a station. Its tokens then come with a signature of that key, or
//! they are stolen: 256 random bits are not guessed, and a station never shows one without its proof.

use std::collections::HashSet;

use elms_protocol::{Timestamp, UserId, station::renews};
use rusqlite::{OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Account, Accounts, AccountsError, COLUMNS, account};

/// How long a refresh token may be used again after it was first exchanged: a console uses the
/// successor within the life of an access token, which is as long.
const GRACE_MS: i64 = 15 * 60_000;
/// A sign-in that was not used for so long is over: 30 days.
const IDLE_MS: i64 = 30 * 86_400_000;
/// A sign-in is over so long after it was begun, however often it was used: 90 days, longer than any
/// exam period.
const LONGEST_MS: i64 = 90 * 86_400_000;

/// What a refresh token was worth.
#[derive(Debug)]
pub enum Refreshed {
    /// It is the current one, or the one before within its grace: the session goes on.
    Good {
        /// The session.
        session: Uuid,
        /// Whose it is.
        account: Box<Account>,
        /// The key of its station, when it belongs to one.
        station_key: Option<String>,
    },
    /// It was used before: somebody has a copy. The session was ended.
    Reused {
        /// The session that was ended.
        session: Uuid,
    },
    /// It belongs to the key of a station and came without its proof: it was stolen. The session was
    /// ended.
    Elsewhere {
        /// The session that was ended.
        session: Uuid,
    },
    /// Nobody knows it, or its session has ended.
    Unknown,
}

/// A living sign-in, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The session.
    pub session: Uuid,
    /// The station that signed in, as it said.
    pub station: Option<String>,
    /// When.
    pub begun_at: Timestamp,
    /// When its tokens were last renewed.
    pub used_at: Timestamp,
}

/// Which sign-ins of somebody end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(Uuid),
    /// All but this one.
    AllBut(Uuid),
}

/// A session as it is looked up by a token.
struct Family {
    session: Uuid,
    user: i64,
    refresh: Vec<u8>,
    previous: Option<Vec<u8>>,
    rotated_at: Option<i64>,
    created_at: i64,
    used_at: i64,
    /// The key of its station, when it has one.
    station_key: Option<String>,
}

impl Family {
    /// Whether whoever shows `token` with `proof` is at the station of this sign-in. A key that cannot
    /// be read is nobody's.
    fn is_at_its_station(&self, (token, proof): (&str, Option<&str>)) -> bool {
        let Some(key) = &self.station_key else {
            return true;
        };
        key.parse()
            .is_ok_and(|key| proof.is_some_and(|proof| renews(&key, token, proof)))
    }
}

impl Accounts {
    /// Starts a session at a station: what it calls itself, and its key, when it has shown one.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn start_session(
        &self,
        user: UserId,
        (refresh_token, (station, key)): (&str, (Option<&str>, Option<&str>)),
        now: Timestamp,
    ) -> Result<Uuid, AccountsError> {
        let session = Uuid::now_v7();
        let refresh = hash(refresh_token);
        self.conn().execute(
            "INSERT INTO session (id, user, refresh, created_at, used_at, station, station_key)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
            params![session.as_bytes(), user.0, refresh, now.0, station, key],
        )?;
        Ok(session)
    }

    /// Ends the sign-ins of somebody that belong to the same key as this one: whoever signs in again at
    /// a station has no other sign-in there. Which they were.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_earlier(
        &self,
        (user, key): (UserId, &str),
        session: Uuid,
        now: Timestamp,
    ) -> Result<Vec<Uuid>, AccountsError> {
        let conn = self.conn();
        let mut end = conn.prepare_cached(
            "UPDATE session SET revoked_at = ?4 WHERE revoked_at IS NULL
                AND user = ?1 AND station_key = ?2 AND id <> ?3 RETURNING id",
        )?;
        let row = params![user.0, key, session.as_bytes(), now.0];
        let ended = end.query_map(row, |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ended.collect::<Result<_, _>>()?)
    }

    /// The key of the station that a sign-in belongs to, when it belongs to one.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn key_of(&self, session: Uuid) -> Result<Option<String>, AccountsError> {
        let sql = "SELECT station_key FROM session WHERE id = ?1";
        let conn = self.conn();
        let key = conn.query_row(sql, [session.as_bytes()], |row| row.get(0));
        Ok(key.optional()?.flatten())
    }

    /// The living sign-ins of somebody, the last used one first.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn sign_ins(&self, user: UserId, now: Timestamp) -> Result<Vec<SignIn>, AccountsError> {
        let conn = self.conn();
        let mut query = conn.prepare_cached(
            "SELECT id, station, created_at, used_at FROM session
             WHERE user = ?1 AND revoked_at IS NULL AND ?2 <= used_at AND ?3 <= created_at
             ORDER BY used_at DESC, id",
        )?;
        let used_since = now.0.saturating_sub(IDLE_MS);
        let begun_since = now.0.saturating_sub(LONGEST_MS);
        let rows = query.query_map([user.0, used_since, begun_since], |row| {
            Ok(SignIn {
                session: Uuid::from_bytes(row.get(0)?),
                station: row.get(1)?,
                begun_at: Timestamp(row.get(2)?),
                used_at: Timestamp(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ends one sign-in of somebody, or all but one; how many have ended.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_sign_ins(
        &self,
        user: UserId,
        which: Which,
        now: Timestamp,
    ) -> Result<usize, AccountsError> {
        let (session, but) = match which {
            Which::One(session) => (session, false),
            Which::AllBut(session) => (session, true),
        };
        let n_ended = self.conn().execute(
            "UPDATE session SET revoked_at = ?3
             WHERE user = ?1 AND revoked_at IS NULL AND (id = ?2) <> ?4",
            params![user.0, session.as_bytes(), now.0, but],
        )?;
        Ok(n_ended)
    }

    /// Exchanges a refresh token, shown with the proof of its station's key, for `next`. One that was
    /// used before, or lacks the proof that it needs, ends its session.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`]; nothing was exchanged then.
    pub fn rotate(
        &self,
        shown: (&str, Option<&str>),
        next: &str,
        now: Timestamp,
    ) -> Result<Refreshed, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let refreshed = rotate(&tx, shown, &hash(next), now)?;
        tx.commit()?;
        Ok(refreshed)
    }

    /// Ends a session.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_session(&self, session: Uuid, now: Timestamp) -> Result<(), AccountsError> {
        self.conn().execute(
            "UPDATE session SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
            params![session.as_bytes(), now.0],
        )?;
        Ok(())
    }

    /// Ends what demo accounts have left: the data is no longer served as a demo.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_demo_sessions(&self, now: Timestamp) -> Result<(), AccountsError> {
        self.conn().execute(
            "UPDATE session SET revoked_at = ?1 WHERE revoked_at IS NULL
             AND user IN (SELECT id FROM user WHERE demo = 1)",
            [now.0],
        )?;
        Ok(())
    }

    /// Sessions that were ended after `since`, also by another process.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn ended_since(&self, since: Timestamp) -> Result<HashSet<Uuid>, AccountsError> {
        let conn = self.conn();
        let mut query = conn.prepare_cached("SELECT id FROM session WHERE ?1 <= revoked_at")?;
        let rows = query.query_map([since.0], |row| row.get(0).map(Uuid::from_bytes))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn rotate(
    tx: &Transaction<'_>,
    shown: (&str, Option<&str>),
    next: &[u8],
    now: Timestamp,
) -> Result<Refreshed, AccountsError> {
    let token = &*hash(shown.0);
    let Some(family) = family_of(tx, token)? else {
        return Ok(Refreshed::Unknown);
    };
    let session = family.session;
    if !family.is_at_its_station(shown) {
        end(tx, session, now)?;
        return Ok(Refreshed::Elsewhere { session });
    }
    let current = family.refresh == token;
    let lost = family.previous.as_deref() == Some(token)
        && family
            .rotated_at
            .is_some_and(|at| now.0.saturating_sub(at) < GRACE_MS);
    if !current && !lost {
        end(tx, session, now)?;
        return Ok(Refreshed::Reused { session });
    }
    let unused = IDLE_MS < now.0.saturating_sub(family.used_at);
    if unused || LONGEST_MS < now.0.saturating_sub(family.created_at) {
        return Ok(Refreshed::Unknown);
    }
    // Asking again does not make the grace longer.
    let rotated_at = if current {
        Some(now.0)
    } else {
        family.rotated_at
    };
    tx.execute(
        "UPDATE session SET refresh = ?2, previous = ?3, rotated_at = ?4, used_at = ?5
         WHERE id = ?1",
        params![session.as_bytes(), next, token, rotated_at, now.0],
    )?;
    tx.execute(
        "INSERT OR IGNORE INTO spent (refresh, session) VALUES (?1, ?2)",
        params![family.refresh, session.as_bytes()],
    )?;
    let sql = format!("SELECT {COLUMNS} FROM user WHERE id = ?1 AND active = 1");
    let found = tx.query_row(&sql, [family.user], account).optional()?;
    Ok(found.map_or(Refreshed::Unknown, |account| Refreshed::Good {
        session,
        account: Box::new(account),
        station_key: family.station_key,
    }))
}

fn end(tx: &Transaction<'_>, session: Uuid, now: Timestamp) -> Result<(), AccountsError> {
    tx.execute(
        "UPDATE session SET revoked_at = ?2 WHERE id = ?1",
        params![session.as_bytes(), now.0],
    )?;
    Ok(())
}

/// The living session that a token belongs or belonged to.
fn family_of(tx: &Transaction<'_>, token: &[u8]) -> Result<Option<Family>, AccountsError> {
    let found = tx.query_row(
        "SELECT id, user, refresh, previous, rotated_at, created_at, used_at, station_key
         FROM session
         WHERE revoked_at IS NULL AND id = coalesce(
            (SELECT id FROM session WHERE refresh = ?1),
            (SELECT session FROM spent WHERE refresh = ?1))",
        [token],
        |row| {
            Ok(Family {
                session: Uuid::from_bytes(row.get(0)?),
                user: row.get(1)?,
                refresh: row.get(2)?,
                previous: row.get(3)?,
                rotated_at: row.get(4)?,
                created_at: row.get(5)?,
                used_at: row.get(6)?,
                station_key: row.get(7)?,
            })
        },
    );
    Ok(found.optional()?)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
