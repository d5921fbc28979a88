//! What lies on a station's disk is sealed: with which key, where the key lies, and how files from
//! before are brought under it.
//!
//! * [`FileKey`] seals the files of one profile
//! * [`keep`] finds the key of a profile, or makes it, and knows when it is gone
//! * [`gate`] lets a person through without the server
//! * [`wrap`] puts a key under words that a person remembers
//! * [`bring`] seals a file that was written in the clear
//! * [`aside`] keeps what no key opens any more

pub(crate) mod aside;
pub(crate) mod bring;
pub(crate) mod gate;
pub(crate) mod keep;
pub(crate) mod wrap;

use std::fmt;

use elms_protocol::hex;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::auth::Secret;

/// The key of one profile's files: 32 bytes that no log line ever shows.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The computer gave no random bytes: nothing can be sealed.
#[derive(Debug, thiserror::Error)]
#[error("This computer cannot make a key: {0}.")]
pub struct NoChance(String);

/// Random bytes of the operating system. Never from outside: a key that a test could repeat is
/// none.
pub(crate) fn chance<const N: usize>() -> Result<[u8; N], NoChance> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| NoChance(error.to_string()))?;
    Ok(bytes)
}

impl FileKey {
    /// A key that nobody has had before.
    ///
    /// # Errors
    ///
    /// [`NoChance`] when the operating system gives no random bytes.
    pub fn mint() -> Result<Self, NoChance> {
        Ok(Self(Zeroizing::new(chance()?)))
    }

    /// The key that [`Self::text`] was made of; none when it is not one.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = hex::decode(text.trim())?;
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// The key as the key store keeps it: 64 digits.
    pub fn text(&self) -> Secret {
        Secret::new(hex::encode(&*self.0))
    }

    /// Tells this key from others, and nothing else about it.
    pub(crate) fn check(&self) -> String {
        let digest = Sha256::new()
            .chain_update(b"elms file key\0")
            .chain_update(*self.0);
        hex::encode(digest.finalize().get(..8).unwrap_or_default())
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn of(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Gives the key to a connection that has not read anything yet.
    pub(crate) fn unlock(&self, conn: &Connection) -> rusqlite::Result<()> {
        // A raw key: nothing is derived from it, so that opening costs no time.
        let pragma = Zeroizing::new(format!(
            "PRAGMA cipher_log_level = NONE; PRAGMA key = \"{}\";",
            *self.quoted()
        ));
        conn.execute_batch(&pragma)
    }

    /// The key as an SQL literal between quotes.
    pub(crate) fn quoted(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("x'{}'", hex::encode(&*self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_again_in_the_text_that_the_key_store_keeps() {
        let key = FileKey::mint().unwrap();
        let text = key.text();
        assert_eq!(text.expose().len(), 64);
        let again = FileKey::from_text(text.expose()).unwrap();
        assert_eq!(again, key);
        assert_eq!(again.check(), key.check());
        assert_ne!(FileKey::mint().unwrap().check(), key.check());
        for bad in ["", "coffee", &"g".repeat(64), &"a".repeat(63)] {
            assert!(FileKey::from_text(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_key_never_shows_itself_in_a_log() {
        let key = FileKey::mint().unwrap();
        let shown = format!("{key:?} {:?}", key.text());
        assert!(!shown.contains(key.text().expose()), "{shown}");
    }

    #[test]
    fn the_database_inside_has_the_repair_of_its_write_ahead_log() {
        // Before 3.51.3 a reset of the log could damage the file.
        assert!(3_051_003 <= rusqlite::version_number());
        let conn = Connection::open_in_memory().unwrap();
        let cipher: String = conn
            .query_row("PRAGMA cipher_version", [], |row| row.get(0))
            .unwrap();
        assert!(cipher.starts_with("4."), "{cipher}");
    }
}
