//! Accounts that come with an import.

use elms_protocol::Timestamp;
use rusqlite::{Connection, params};

use super::{Account, Accounts, AccountsError, add};

impl Accounts {
    /// Adds `new` accounts with their password hashes and changes the name, role and limits of
    /// `changed` ones, all or none. Who may do something else now is signed out.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Taken`] when an address of a new one belongs to somebody.
    pub fn bring_in(
        &self,
        new: &[(Account, String)],
        changed: &[Account],
        now: Timestamp,
    ) -> Result<(), AccountsError> {
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        for (account, password_hash) in new {
            add(&tx, account, password_hash)?;
        }
        for account in changed {
            change(&tx, account, now)?;
        }
        Ok(tx.commit()?)
    }
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
        "UPDATE user SET role = ?2, faculty = ?3, department = ?4, name = ?5 WHERE id = ?1",
        params![
            account.id.0,
            account.role.text(),
            account.faculty.map(|id| id.0),
            account.department.map(|id| id.0),
            account.name
        ],
    )?;
    match changed {
        0 => Err(AccountsError::NoAccount),
        _ => Ok(()),
    }
}

/// Files from before there were imports, or lists of sign-ins, lack a column.
pub(super) fn add_columns(conn: &Connection) -> Result<(), AccountsError> {
    let columns = [
        ("user", "first_password", "INTEGER NOT NULL DEFAULT 0"),
        ("session", "station", "TEXT"),
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
