//! Staff cards: a reader types the number of the card, and it stands for the address. It opens
//! nothing: the password is asked for all the same.

use rusqlite::params;

use super::{Accounts, AccountsError, written};

/// One number belongs to one person of an institution; two institutions may use the same numbers.
pub(super) const INDEX: &str = "
CREATE UNIQUE INDEX IF NOT EXISTS user_staff_number ON user (institution, staff_number)
    WHERE staff_number IS NOT NULL;
";
/// The longest number, in characters.
const LONGEST: usize = 32;

/// The staff number in `text` as it is kept; none when no card has such a one. An address is never
/// taken for a number, as it has an @.
pub fn staff_number(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || "-/._".contains(c);
    let is_one = (1..=LONGEST).contains(&text.len()) && text.chars().all(fits);
    is_one.then(|| text.to_owned())
}

impl Accounts {
    /// The address of whoever has this staff number. None when two institutions have such a card:
    /// their people sign in with the address.
    ///
    /// # Errors
    ///
    /// [`AccountsError::Database`].
    pub fn address_of_card(&self, number: &str) -> Result<Option<String>, AccountsError> {
        let conn = self.conn();
        let sql = "SELECT email FROM user WHERE staff_number = ?1 LIMIT 2";
        let mut query = conn.prepare_cached(sql)?;
        let found = query.query_map([number.trim()], |row| row.get(0))?;
        let mut found: Vec<String> = found.collect::<Result<_, _>>()?;
        Ok(found.pop().filter(|_| found.is_empty()))
    }

    /// Says what number the card of an account has, or that it has none.
    ///
    /// # Errors
    ///
    /// [`AccountsError::NoAccount`]; [`AccountsError::Taken`] when a colleague has this number.
    pub fn set_staff_number(&self, email: &str, number: Option<&str>) -> Result<(), AccountsError> {
        let sql = "UPDATE user SET staff_number = ?2 WHERE email = ?1";
        written(self.conn().execute(sql, params![email.trim(), number]))
    }
}
