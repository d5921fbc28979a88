//! Who may sign in, and which sign-ins are alive. Kept in a file of its own, so that the log can be
//! shown, copied and verified without a secret in it.

mod cards;
mod factors;
mod import;
mod sessions;
mod stations;
#[cfg(test)]
mod tests;
mod untold;

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use elms_protocol::{DepartmentId, FacultyId, InstitutionId, Role, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

pub use cards::staff_number;
pub use factors::Factor;
pub use import::Brought;
pub use sessions::{Refreshed, SignIn, Which};
pub use stations::{Changed, Comer, KnownStation, Said, Sayer};
pub use untold::Untold;

/// Ids below this one belong to the demo's people, so that an account of the place is never
/// taken for one of theirs.
const FIRST_ID: i64 = 100_000;
/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 320;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS user (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    institution INTEGER,
    faculty INTEGER,
    department INTEGER,
    -- argon2id, as a PHC string.
    password TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    -- Signs in on a demo server only.
    demo INTEGER NOT NULL DEFAULT 0,
    -- Still the password that came with an import.
    first_password INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS session (
    id BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES user (id),
    -- SHA-256 of the refresh token.
    refresh BLOB NOT NULL UNIQUE,
    -- The one before it, while it may still be used once more.
    previous BLOB,
    rotated_at INTEGER,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    revoked_at INTEGER,
    -- The station that signed in, as it says.
    station TEXT,
    -- Its key, when it has shown one: Ed25519, in base64. Without it no token of this sign-in renews.
    station_key TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_user ON session (user);
CREATE INDEX IF NOT EXISTS session_revoked ON session (revoked_at) WHERE revoked_at IS NOT NULL;
-- SHA-256 of refresh tokens that were exchanged: whoever shows one again has a copy.
CREATE TABLE IF NOT EXISTS spent (
    refresh BLOB PRIMARY KEY,
    session BLOB NOT NULL REFERENCES session (id)
) STRICT, WITHOUT ROWID;
";

/// The accounts could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountsError {
    /// The database refused.
    #[error("the accounts database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// There is no such account.
    #[error("there is no account with this address")]
    NoAccount,
    /// No station has this fingerprint.
    #[error("no station with this fingerprint has been signed in at, or tried to be")]
    NoStation,
    /// Somebody has this address, or this staff number, already.
    #[error("there is an account with this address or staff number already")]
    Taken,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "three facts, independent of one another"
)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// Address to sign in with.
    pub email: String,
    /// What the staff card says, which may be typed instead of the address.
    pub staff_number: Option<String>,
    /// Title and name.
    pub name: String,
    /// What the person is.
    pub role: Role,
    /// Where the person works; none for those who run the machine.
    pub institution: Option<InstitutionId>,
    /// Their faculty.
    pub faculty: Option<FacultyId>,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// Whether it may be used.
    pub active: bool,
    /// Whether it belongs to the demo institution.
    pub demo: bool,
    /// Whether the password is still the one that came with an import.
    pub first_password: bool,
}

/// The address in `text` as it is kept; none when it is no address.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, place) = text.split_once('@')?;
    let fits = !name.is_empty()
        && !place.is_empty()
        && text.len() <= LONGEST_ADDRESS
        && !text.contains(char::is_whitespace);
    fits.then(|| text.to_lowercase())
}

/// The accounts file.
#[derive(Debug)]
pub struct Accounts {
    conn: Mutex<Connection>,
}

impl Accounts {
    /// Opens `accounts.db` in `dir`, making it where it is missing.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`] when it cannot be made, or is no database.
    pub fn open(dir: &Path) -> Result<Self, AccountsError> {
        let mut conn = Connection::open(dir.join("accounts.db"))?;
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
             PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
        )?;
        conn.execute_batch(SCHEMA)?;
        conn.execute_batch(factors::SCHEMA)?;
        conn.execute_batch(stations::SCHEMA)?;
        conn.execute_batch(untold::SCHEMA)?;
        import::add_columns(&conn)?;
        conn.execute_batch(cards::INDEX)?;
        stations::part(&mut conn)?;
        Ok(Self {
            conn: Mutex::new(conn),
        })
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account with this address, and its password hash.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn by_email(&self, email: &str) -> Result<Option<(Account, String)>, AccountsError> {
        let sql = format!("SELECT {COLUMNS}, password FROM user WHERE email = ?1");
        let conn = self.conn();
        let found = conn.query_row(&sql, [email.trim()], |row| {
            Ok((account(row)?, row.get("password")?))
        });
        Ok(found.optional()?)
    }

    /// The account with this id.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn by_id(&self, id: UserId) -> Result<Option<Account>, AccountsError> {
        let sql = format!("SELECT {COLUMNS} FROM user WHERE id = ?1");
        let conn = self.conn();
        Ok(conn.query_row(&sql, [id.0], account).optional()?)
    }

    /// All accounts, by address.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn list(&self) -> Result<Vec<Account>, AccountsError> {
        let sql = format!("SELECT {COLUMNS} FROM user ORDER BY email");
        let conn = self.conn();
        let mut query = conn.prepare(&sql)?;
        let rows = query.query_map([], account)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds an account, and gives it the next free id.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Taken`] when the address belongs to somebody.
    pub fn add(&self, account: &Account, password_hash: &str) -> Result<UserId, AccountsError> {
        add(&self.conn(), account, password_hash)
    }

    /// Puts the accounts of the demo in place, all or none. Whether one is active stays as it was.
    ///
    /// # Errors
    ///
    /// [`AccountsError`] when the file cannot be written.
    pub fn put_demo(&self, accounts: &[Account], password_hash: &str) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        for account in accounts {
            put(&tx, account, password_hash)?;
        }
        Ok(tx.commit()?)
    }

    /// The password hash of an account.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn password_hash(&self, user: UserId) -> Result<String, AccountsError> {
        let conn = self.conn();
        let found = conn.query_row("SELECT password FROM user WHERE id = ?1", [user.0], |row| {
            row.get(0)
        });
        found.optional()?.ok_or(AccountsError::NoAccount)
    }

    /// Changes a password and ends the account's sessions, all but `keep`.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn set_password(
        &self,
        email: &str,
        password_hash: &str,
        keep: Option<Uuid>,
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let sql = "UPDATE user SET password = ?2, first_password = 0 WHERE email = ?1";
        self.change_and_end(
            sql,
            params![email.trim(), password_hash],
            (email, keep),
            now,
        )
    }

    /// Disables an account and ends its sessions.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn disable(&self, email: &str, now: Timestamp) -> Result<(), AccountsError> {
        let sql = "UPDATE user SET active = 0 WHERE email = ?1";
        self.change_and_end(sql, params![email.trim()], (email, None), now)
    }

    /// Lets a disabled account sign in again.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn enable(&self, email: &str) -> Result<(), AccountsError> {
        let sql = "UPDATE user SET active = 1 WHERE email = ?1";
        written(self.conn().execute(sql, [email.trim()]))
    }

    fn change_and_end(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        (email, keep): (&str, Option<Uuid>),
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        if tx.execute(sql, params)? == 0 {
            return Err(AccountsError::NoAccount);
        }
        tx.execute(
            "UPDATE session SET revoked_at = ?2 WHERE revoked_at IS NULL AND id IS NOT ?3
             AND user = (SELECT id FROM user WHERE email = ?1)",
            params![email.trim(), now.0, keep.map(Uuid::into_bytes)],
        )?;
        Ok(tx.commit()?)
    }
}

fn add(conn: &Connection, account: &Account, password_hash: &str) -> Result<UserId, AccountsError> {
    let next = "SELECT max(coalesce(max(id), 0) + 1, ?1) FROM user";
    let id = UserId(conn.query_row(next, [FIRST_ID], |row| row.get(0))?);
    let account = Account {
        id,
        ..account.clone()
    };
    put(conn, &account, password_hash)?;
    Ok(id)
}

fn put(conn: &Connection, account: &Account, password_hash: &str) -> Result<(), AccountsError> {
    written(conn.execute(
        "INSERT INTO user
            (id, email, name, role, institution, faculty, department, active, demo,
             first_password, password, staff_number)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name,
            role = excluded.role, institution = excluded.institution,
            faculty = excluded.faculty, department = excluded.department,
            demo = excluded.demo, first_password = excluded.first_password,
            password = excluded.password, staff_number = excluded.staff_number",
        params![
            account.id.0,
            account.email.trim(),
            account.name,
            account.role.text(),
            account.institution.map(|id| id.0),
            account.faculty.map(|id| id.0),
            account.department.map(|id| id.0),
            account.active,
            account.demo,
            account.first_password,
            password_hash,
            account.staff_number
        ],
    ))
}

/// What became of writing an account.
fn written(done: rusqlite::Result<usize>) -> Result<(), AccountsError> {
    let taken = Some(rusqlite::ErrorCode::ConstraintViolation);
    match done {
        Ok(0) => Err(AccountsError::NoAccount),
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == taken => Err(AccountsError::Taken),
        Err(error) => Err(error.into()),
    }
}

const COLUMNS: &str = "id, email, name, role, institution, faculty, department, active, demo, \
                       first_password, staff_number";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let role: String = row.get(3)?;
    Ok(Account {
        id: UserId(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        // A role that this version does not know may do nothing at all.
        role: Role::from_text(&role).unwrap_or(Role::Student),
        institution: row.get::<_, Option<i64>>(4)?.map(InstitutionId),
        faculty: row.get::<_, Option<i64>>(5)?.map(FacultyId),
        department: row.get::<_, Option<i64>>(6)?.map(DepartmentId),
        active: row.get(7)?,
        demo: row.get(8)?,
        first_password: row.get(9)?,
        staff_number: row.get(10)?,
    })
}
