//! Accounts that come with an import.

use elms_protocol::Timestamp;
use rusqlite::{Connection, params};

use super::{Account, Accounts, AccountsError, add, written};

/// An account that comes with an import.
#[derive(Debug)]
pub enum Brought {
    /// It is made, with the hash of its first password.
    New(Account, String),
    /// Its name, role and limits change; with a hash also its password, which is a first one.
    Changed(Account, Option<String>),
}

impl Accounts {
    /// Makes and changes accounts, all or none. Who may do something else now, or has another
    /// password, is signed out.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Taken`] when an address of a new one belongs to somebody.
    pub fn bring_in(&self, all: &[Brought], now: Timestamp) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        for brought in all {
            match brought {
                Brought::New(account, hash) => drop(add(&tx, account, hash)?),
                Brought::Changed(account, None) => change(&tx, account, now)?,
                Brought::Changed(account, Some(hash)) => {
                    change(&tx, account, now)?;
                    set_first_password(&tx, account, (hash, now))?;
                }
            }
        }
        Ok(tx.commit()?)
    }
}

fn set_first_password(
    conn: &Connection,
    account: &Account,
    (hash, now): (&str, Timestamp),
) -> Result<(), AccountsError> {
    conn.execute(
        "UPDATE user SET password = ?2, first_password = 1 WHERE id = ?1",
        params![account.id.0, hash],
    )?;
    conn.execute(
        "UPDATE session SET revoked_at = ?2 WHERE revoked_at IS NULL AND user = ?1",
        params![account.id.0, now.0],
    )?;
    Ok(())
}

fn change(conn: &Connection, account: &Account, now: Timestamp) -> Result<(), AccountsError> {
    let may = params![
        account.id.0,
        account.role.text(),
        account.faculty.map(|id| id.0),
        account.department.map(|id| id.0),
        now.0
    ];
    conn.execute(
        "UPDATE session SET revoked_at = ?5 WHERE revoked_at IS NULL AND user = ?1 AND EXISTS
            (SELECT 1 FROM user WHERE id = ?1 AND
             (role IS NOT ?2 OR faculty IS NOT ?3 OR department IS NOT ?4))",
        may,
    )?;
    let changed = conn.execute(
        "UPDATE user SET role = ?2, faculty = ?3, department = ?4, name = ?5,
            staff_number = ?6 WHERE id = ?1",
        params![
            account.id.0,
            account.role.text(),
            account.faculty.map(|id| id.0),
            account.department.map(|id| id.0),
            account.name,
            account.staff_number
        ],
    );
    written(changed)
}

/// Files from before there were imports, or lists of sign-ins, keys of stations or staff
/// cards, lack a column.
pub(super) fn add_columns(conn: &Connection) -> Result<(), AccountsError> {
    let columns = [
        ("user", "first_password", "INTEGER NOT NULL DEFAULT 0"),
        ("user", "staff_number", "TEXT COLLATE NOCASE"),
        ("session", "station", "TEXT"),
        ("session", "station_key", "TEXT"),
    ];
    for (table, column, kind) in columns {
        let has = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2";
        let n_columns: i64 = conn.query_row(has, [table, column], |row| row.get(0))?;
        if n_columns == 0 {
            let add = format!("ALTER TABLE {table} ADD COLUMN {column} {kind}");
            conn.execute_batch(&add)?;
        }
    }
    Ok(())
}
