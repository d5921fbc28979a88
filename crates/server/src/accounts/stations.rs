//! The stations that somebody has signed in at, or tried to, by their keys: who runs the server says
//! which of them may be signed in at.

use elms_protocol::{
    Timestamp, UserId,
    proof::Key,
    station::{fingerprint, typed_fingerprint},
};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Accounts, AccountsError};
use crate::limits::{MOST_WAITING_STATIONS, WAITING_STATION_MS};

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS station (
    -- Ed25519, in base64.
    key TEXT PRIMARY KEY,
    -- What it calls itself.
    code TEXT,
    state TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    -- Who signed in there last, or tried to.
    user INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// How a station stands with this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StationState {
    /// Nobody has said anything about it.
    Waiting,
    /// It may be signed in at.
    Paired,
    /// It may not, whatever else is set.
    Suspended,
}

impl StationState {
    /// Its word.
    pub fn text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Paired => "paired",
            Self::Suspended => "suspended",
        }
    }

    /// A word that this version does not know opens nothing.
    fn from_text(text: &str) -> Self {
        match text {
            "waiting" => Self::Waiting,
            "paired" => Self::Paired,
            _ => Self::Suspended,
        }
    }
}

/// A station that the server has heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStation {
    /// By what people tell its key from others.
    pub fingerprint: String,
    /// What it calls itself.
    pub code: Option<String>,
    /// How it stands.
    pub state: StationState,
    /// When somebody signed in there last, or tried to.
    pub seen_at: Timestamp,
    /// Who that was.
    pub user: UserId,
}

impl Accounts {
    /// Somebody with the right password is at a station; how it stands.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn station_came(
        &self,
        (key, code): (&str, Option<&str>),
        user: UserId,
        now: Timestamp,
    ) -> Result<StationState, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let state: String = tx.query_row(
            "INSERT INTO station (key, code, state, seen_at, user) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key) DO UPDATE SET code = excluded.code, seen_at = excluded.seen_at,
                user = excluded.user
             RETURNING state",
            params![key, code, StationState::Waiting.text(), now.0, user.0],
            |row| row.get(0),
        )?;
        forget_waiting(&tx, now)?;
        tx.commit()?;
        Ok(StationState::from_text(&state))
    }

    /// How the station with this key stands.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn station_state(&self, key: &str) -> Result<StationState, AccountsError> {
        let conn = self.conn();
        let sql = "SELECT state FROM station WHERE key = ?1";
        let state: Option<String> = conn.query_row(sql, [key], |row| row.get(0)).optional()?;
        Ok(state.map_or(StationState::Waiting, |state| {
            StationState::from_text(&state)
        }))
    }

    /// Every station, the last seen first.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn stations(&self) -> Result<Vec<KnownStation>, AccountsError> {
        let stations = all(&self.conn())?;
        Ok(stations.into_iter().map(|(_, station)| station).collect())
    }

    /// Says how the station with this fingerprint stands from now on. When it is suspended, the
    /// sign-ins there end.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoStation`] when none has this fingerprint.
    pub fn set_station(
        &self,
        typed: &str,
        state: StationState,
        now: Timestamp,
    ) -> Result<KnownStation, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let typed = typed_fingerprint(typed);
        let found = all(&tx)?
            .into_iter()
            .find(|(_, station)| typed_fingerprint(&station.fingerprint) == typed);
        let (key, station) = found.ok_or(AccountsError::NoStation)?;
        let sql = "UPDATE station SET state = ?2 WHERE key = ?1";
        tx.execute(sql, params![key, state.text()])?;
        if state == StationState::Suspended {
            tx.execute(
                "UPDATE session SET revoked_at = ?2 WHERE revoked_at IS NULL AND station_key = ?1",
                params![key, now.0],
            )?;
        }
        tx.commit()?;
        Ok(KnownStation { state, ..station })
    }
}

/// Stations that nobody has said anything about do not fill the file.
fn forget_waiting(conn: &Connection, now: Timestamp) -> Result<(), AccountsError> {
    let waiting = StationState::Waiting.text();
    conn.execute(
        "DELETE FROM station WHERE state = ?1 AND (seen_at < ?2 OR key IN
            (SELECT key FROM station WHERE state = ?1 ORDER BY seen_at DESC LIMIT -1 OFFSET ?3))",
        params![
            waiting,
            now.0.saturating_sub(WAITING_STATION_MS),
            MOST_WAITING_STATIONS
        ],
    )?;
    Ok(())
}

/// The stations with their keys, the last seen first.
fn all(conn: &Connection) -> Result<Vec<(String, KnownStation)>, AccountsError> {
    let sql = "SELECT key, code, state, seen_at, user FROM station ORDER BY seen_at DESC, key";
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| {
        let (key, state): (String, String) = (row.get(0)?, row.get(2)?);
        let station = KnownStation {
            fingerprint: key
                .parse::<Key>()
                .map_or_else(|_| String::new(), |key| fingerprint(&key)),
            code: row.get(1)?,
            state: StationState::from_text(&state),
            seen_at: Timestamp(row.get(3)?),
            user: UserId(row.get(4)?),
        };
        Ok((key, station))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use elms_protocol::proof::Pen;

    use super::*;

    fn key(n: u8) -> String {
        Pen::new(&[n; 32]).key().to_string()
    }

    fn accounts() -> (tempfile::TempDir, Accounts) {
        let dir = tempfile::tempdir().unwrap();
        let accounts = Accounts::open(dir.path()).unwrap();
        (dir, accounts)
    }

    /// Somebody is at the station with this key.
    fn come(accounts: &Accounts, key: &str, at: i64) -> StationState {
        let came = accounts.station_came((key, Some("GH-A")), UserId(3), Timestamp(at));
        came.unwrap()
    }

    #[test]
    fn a_station_waits_until_somebody_says_how_it_stands() {
        let (_dir, accounts) = accounts();
        assert_eq!(come(&accounts, &key(1), 1), StationState::Waiting);
        let known = accounts.stations().unwrap();
        for state in [StationState::Paired, StationState::Suspended] {
            let typed = known[0].fingerprint.to_uppercase().replace(' ', "-");
            let set = accounts.set_station(&typed, state, Timestamp(2)).unwrap();
            assert_eq!((set.state, set.code.as_deref()), (state, Some("GH-A")));
            assert_eq!(come(&accounts, &key(1), 3), state);
            assert_eq!(accounts.station_state(&key(1)).unwrap(), state);
        }
        assert_eq!(come(&accounts, &key(2), 4), StationState::Waiting);
        for typed in ["", "7c1f 90aa", "no"] {
            let none = accounts.set_station(typed, StationState::Paired, Timestamp(5));
            assert!(matches!(none, Err(AccountsError::NoStation)), "{typed}");
        }
    }

    #[test]
    fn stations_that_wait_are_forgotten_and_those_that_were_paired_are_not() {
        let (_dir, accounts) = accounts();
        come(&accounts, &key(1), 0);
        let paired = accounts.stations().unwrap().remove(0).fingerprint;
        let now = Timestamp(0);
        accounts
            .set_station(&paired, StationState::Paired, now)
            .unwrap();
        // Names of keys do as well as keys here.
        for n in 0..=MOST_WAITING_STATIONS {
            come(&accounts, &format!("key {n}"), n);
        }
        let most = usize::try_from(MOST_WAITING_STATIONS).unwrap();
        assert_eq!(accounts.stations().unwrap().len(), most + 1);
        come(&accounts, "key late", WAITING_STATION_MS + 1_000);
        let left = accounts.stations().unwrap();
        assert_eq!(left.len(), 2);
        assert_eq!(left[1].fingerprint, paired);
    }
}
