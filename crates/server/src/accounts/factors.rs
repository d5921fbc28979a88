//! Second factors: who has one, which of its codes was used last, and the codes for the day on which
//! the telephone is gone.
//!
//! No secret lies here: it is made of the salt with a key that lies elsewhere, and of recovery codes
//! there are hashes. A copy of this file opens nothing.

use elms_protocol::{Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::{Accounts, AccountsError};

/// Its tables.
pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS factor (
    user INTEGER PRIMARY KEY REFERENCES user (id),
    -- The secret is made of it, with a key that lies elsewhere.
    salt BLOB NOT NULL,
    -- When a code of it came for the first time; until then nobody is asked for one.
    confirmed_at INTEGER,
    -- The last step of which a code was used: each is good once.
    last_step INTEGER NOT NULL DEFAULT 0,
    -- Wrong codes since the last right one, and until when none is looked at.
    wrong INTEGER NOT NULL DEFAULT 0,
    rests_until INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS recovery_code (
    -- SHA-256: a code has 120 random bits.
    hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES user (id)
) STRICT, WITHOUT ROWID;
-- What lets somebody set a second factor up where the role needs one: whoever knows the password alone
-- may be somebody else. SHA-256, as a code has 120 random bits.
CREATE TABLE IF NOT EXISTS set_up_code (
    user INTEGER PRIMARY KEY REFERENCES user (id),
    hash BLOB NOT NULL,
    good_until INTEGER NOT NULL
) STRICT;
-- Second factors that the operator took away, until the server has written it into its log.
CREATE TABLE IF NOT EXISTS factor_reset (user INTEGER NOT NULL REFERENCES user (id)) STRICT;
";

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// What its secret is made of.
    pub salt: Vec<u8>,
    /// When a code of it came for the first time.
    pub confirmed_at: Option<Timestamp>,
    /// The last step of which a code was used.
    pub last_step: i64,
    /// Wrong codes since the last right one.
    pub wrong: u32,
    /// Until when no code is looked at.
    pub rests_until: Timestamp,
}

impl Accounts {
    /// The second factor of an account, confirmed or not.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn factor(&self, user: UserId) -> Result<Option<Factor>, AccountsError> {
        let sql = "SELECT salt, confirmed_at, last_step, wrong, rests_until FROM factor
                   WHERE user = ?1";
        let conn = self.conn();
        let found = conn.query_row(sql, [user.0], |row| {
            Ok(Factor {
                salt: row.get(0)?,
                confirmed_at: row.get::<_, Option<i64>>(1)?.map(Timestamp),
                last_step: row.get(2)?,
                wrong: row.get(3)?,
                rests_until: Timestamp(row.get(4)?),
            })
        });
        Ok(found.optional()?)
    }

    /// Whether anybody has one.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn has_factors(&self) -> Result<bool, AccountsError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM factor WHERE confirmed_at IS NOT NULL)";
        Ok(self.conn().query_row(sql, [], |row| row.get(0))?)
    }

    /// Begins a second factor, in place of one that was never confirmed; whether that was possible.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn begin_factor(
        &self,
        user: UserId,
        salt: &[u8],
        codes: &[String],
    ) -> Result<bool, AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let begun = tx.execute(
            "INSERT INTO factor (user, salt) VALUES (?1, ?2)
             ON CONFLICT (user) DO UPDATE SET salt = excluded.salt, last_step = 0, wrong = 0,
                rests_until = 0 WHERE confirmed_at IS NULL",
            params![user.0, salt],
        )?;
        if begun == 0 {
            return Ok(false);
        }
        put_codes(&tx, user, codes)?;
        tx.commit()?;
        Ok(true)
    }

    /// Uses the code of a step up, which confirms the factor the first time; whether it was still good.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn use_step(&self, user: UserId, step: i64, now: Timestamp) -> Result<bool, AccountsError> {
        let n_changed = self.conn().execute(
            "UPDATE factor SET last_step = ?2, wrong = 0, rests_until = 0,
                confirmed_at = coalesce(confirmed_at, ?3)
             WHERE user = ?1 AND last_step < ?2",
            params![user.0, step, now.0],
        )?;
        Ok(n_changed == 1)
    }

    /// Counts a wrong code, and says until when no other is looked at.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn wrong_code(&self, user: UserId, rests_until: Timestamp) -> Result<(), AccountsError> {
        self.conn().execute(
            "UPDATE factor SET wrong = wrong + 1, rests_until = ?2 WHERE user = ?1",
            params![user.0, rests_until.0],
        )?;
        Ok(())
    }

    /// Uses a recovery code up; whether it was one.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn use_recovery_code(&self, user: UserId, code: &str) -> Result<bool, AccountsError> {
        let n_changed = self.conn().execute(
            "DELETE FROM recovery_code WHERE hash = ?1 AND user = ?2",
            params![hash(code), user.0],
        )?;
        Ok(n_changed == 1)
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn n_recovery_codes(&self, user: UserId) -> Result<u32, AccountsError> {
        let sql = "SELECT count(*) FROM recovery_code WHERE user = ?1";
        Ok(self.conn().query_row(sql, [user.0], |row| row.get(0))?)
    }

    /// Gives other recovery codes in place of those that were left.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn put_recovery_codes(&self, user: UserId, codes: &[String]) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        put_codes(&tx, user, codes)?;
        Ok(tx.commit()?)
    }

    /// Keeps the code with which an account may set a second factor up, in place of the one before.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn put_set_up_code(
        &self,
        email: &str,
        code: &str,
        good_until: Timestamp,
    ) -> Result<(), AccountsError> {
        let found = self.by_email(email)?;
        let user = found.ok_or(AccountsError::NoAccount)?.0.id;
        let sql = "INSERT OR REPLACE INTO set_up_code VALUES (?1, ?2, ?3)";
        let row = params![user.0, hash(code), good_until.0];
        self.conn().execute(sql, row)?;
        Ok(())
    }

    /// Whether this is the code with which an account may set a second factor up. It is good until the
    /// factor is there, as somebody may begin more than once.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn is_set_up_code(
        &self,
        user: UserId,
        code: &str,
        now: Timestamp,
    ) -> Result<bool, AccountsError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM set_up_code
                   WHERE user = ?1 AND hash = ?2 AND ?3 < good_until)";
        let row = params![user.0, hash(code), now.0];
        Ok(self.conn().query_row(sql, row, |row| row.get(0))?)
    }

    /// Uses the code up with which a second factor was set up.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_set_up_code(&self, user: UserId) -> Result<(), AccountsError> {
        let sql = "DELETE FROM set_up_code WHERE user = ?1";
        self.conn().execute(sql, [user.0])?;
        Ok(())
    }

    /// Takes the second factor of an account away.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn end_factor(&self, user: UserId) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        end(&tx, user)?;
        Ok(tx.commit()?)
    }

    /// Takes the second factor of an account away for the operator, ends its sign-ins, and leaves
    /// word for the server's log; whether there was one.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`].
    pub fn reset_factor(&self, email: &str, now: Timestamp) -> Result<bool, AccountsError> {
        let found = self.by_email(email)?;
        let user = found.ok_or(AccountsError::NoAccount)?.0.id;
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let had = end(&tx, user)?;
        tx.execute("INSERT INTO factor_reset (user) VALUES (?1)", [user.0])?;
        tx.execute(
            "UPDATE session SET revoked_at = ?2 WHERE revoked_at IS NULL AND user = ?1",
            params![user.0, now.0],
        )?;
        tx.commit()?;
        Ok(had)
    }

    /// Whose second factors the operator took away since this was asked last.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn take_resets(&self) -> Result<Vec<UserId>, AccountsError> {
        let conn = self.conn();
        // Nothing is written as long as there are none.
        let none: bool = conn.query_row(
            "SELECT NOT EXISTS (SELECT 1 FROM factor_reset)",
            [],
            |row| row.get(0),
        )?;
        if none {
            return Ok(Vec::new());
        }
        let mut taken = conn.prepare("DELETE FROM factor_reset RETURNING user")?;
        let users = taken.query_map([], |row| Ok(UserId(row.get(0)?)))?;
        Ok(users.collect::<Result<_, _>>()?)
    }
}

fn end(conn: &Connection, user: UserId) -> Result<bool, AccountsError> {
    conn.execute("DELETE FROM recovery_code WHERE user = ?1", [user.0])?;
    let ended = conn.execute("DELETE FROM factor WHERE user = ?1", [user.0])?;
    Ok(ended == 1)
}

fn put_codes(conn: &Connection, user: UserId, codes: &[String]) -> Result<(), AccountsError> {
    conn.execute("DELETE FROM recovery_code WHERE user = ?1", [user.0])?;
    let mut put = conn.prepare("INSERT INTO recovery_code (hash, user) VALUES (?1, ?2)")?;
    for code in codes {
        put.execute(params![hash(code), user.0])?;
    }
    Ok(())
}

/// Letters and digits make a code, however they are set.
fn hash(code: &str) -> Vec<u8> {
    let signs = code.chars().filter(char::is_ascii_alphanumeric);
    let signs: String = signs.map(|sign| sign.to_ascii_lowercase()).collect();
    Sha256::digest(signs.as_bytes()).to_vec()
}
