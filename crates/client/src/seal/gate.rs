//! Who may look at what a station keeps of a person, without asking the server: their last password,
//! or a PIN. Five tries, and three days since the server was last reached.
//!
//! A gate is the key of the files under the person's words, with the key itself mixed in: without the
//! key store nobody can try words at it.

use std::{io, path::Path};

use elms_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    FileKey,
    keep::{self, Kept, KeyFile, KeyTrouble},
    wrap::{Cost, Wrapped},
};
use crate::auth::Secret;

/// Wrong words before only the server is believed.
const TRIES: u32 = 5;
/// How long words are believed without the server: 72 hours, in milliseconds.
const BELIEVED_MS: i64 = 72 * 3_600_000;
/// The fewest and the most digits of a PIN.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// What stands between somebody at the station and a person's files.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Gates {
    /// Under the password of the last sign-in.
    pub(crate) password: Option<Wrapped>,
    /// Under the PIN.
    pub(crate) pin: Option<Wrapped>,
    /// Wrong words in a row.
    tries: u32,
    /// When the server was last reached.
    seen: Timestamp,
    /// The latest that the clock of this computer has ever shown: turning it back gains nothing.
    latest: Timestamp,
}

impl Gates {
    /// Whether there is any.
    pub(crate) fn is_any(&self) -> bool {
        self.password.is_some() || self.pin.is_some()
    }

    /// How many more wrong words are taken.
    pub(crate) fn left(&self) -> u32 {
        TRIES.saturating_sub(self.tries)
    }
}

/// Which words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// The password, as the server has just accepted it.
    Password,
    /// The PIN.
    Pin,
}

/// Sets words for the profile in `dir`, or takes them away. Tries begin anew. Blocks.
///
/// # Errors
///
/// [`KeyTrouble`]; the earlier ones then still hold.
pub(crate) fn set(
    dir: &Path,
    key: &FileKey,
    (which, words): (Words, Option<&Secret>),
    now: Timestamp,
) -> Result<(), KeyTrouble> {
    let is_pin = |words: &Secret| {
        PIN_DIGITS.contains(&words.expose().len())
            && words.expose().bytes().all(|c| c.is_ascii_digit())
    };
    if which == Words::Pin && words.is_some_and(|words| !is_pin(words)) {
        return Err(KeyTrouble::NotAPin);
    }
    let wrapped = words.map(|words| Wrapped::new(key, words, (key.bytes(), Cost::Peppered)));
    let wrapped = wrapped.transpose()?;
    change(dir, |gates| {
        match which {
            Words::Password => {
                gates.password = wrapped;
                gates.seen = now;
            }
            Words::Pin => gates.pin = wrapped,
        }
        gates.tries = 0;
        gates.latest = gates.latest.max(now);
    })?;
    Ok(())
}

/// The server has just been reached.
///
/// # Errors
///
/// When the disk refuses.
pub(crate) fn note_seen(dir: &Path, now: Timestamp) -> io::Result<()> {
    change(dir, |gates| {
        gates.seen = gates.seen.max(now);
        gates.latest = gates.latest.max(now);
    })
}

/// Lets somebody through with `words`. A try counts before it is judged, so that a console that is
/// killed meanwhile has counted it. Blocks.
///
/// # Errors
///
/// [`KeyTrouble`] that says what is left.
pub(crate) fn pass(
    dir: &Path,
    key: &FileKey,
    words: &Secret,
    now: Timestamp,
) -> Result<(), KeyTrouble> {
    let file = keep::read(dir).ok_or(KeyTrouble::Gone)?;
    let gates = &file.gates;
    let now = now.max(gates.latest);
    change(dir, |gates| gates.latest = now)?;
    if gates.left() == 0 {
        return Err(KeyTrouble::NoTries);
    }
    if BELIEVED_MS < now.0.saturating_sub(gates.seen.0) {
        return Err(KeyTrouble::TooOld);
    }
    change(dir, |gates| gates.tries = gates.tries.saturating_add(1))?;
    if !opens(&file, key, words)? {
        let left = gates.left().saturating_sub(1);
        return Err(KeyTrouble::WrongSecret { left });
    }
    Ok(change(dir, |gates| gates.tries = 0)?)
}

fn opens(file: &KeyFile, key: &FileKey, words: &Secret) -> Result<bool, KeyTrouble> {
    for wrapped in [&file.gates.pin, &file.gates.password]
        .into_iter()
        .flatten()
    {
        if wrapped.open(words, key.bytes())?.as_ref() == Some(key) {
            return Ok(true);
        }
    }
    match &file.kept {
        Kept::Words(wrapped) => Ok(wrapped.open(words, &[])?.as_ref() == Some(key)),
        Kept::Store | Kept::Session => Ok(false),
    }
}

fn change(dir: &Path, change: impl FnOnce(&mut Gates)) -> io::Result<()> {
    let Some(mut file) = keep::read(dir) else {
        return Ok(());
    };
    change(&mut file.gates);
    keep::write(dir, &file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{seal::keep::Wish, vault::MemoryVault};

    const MORNING: Timestamp = Timestamp(1_765_094_400_000);
    const HOUR_MS: i64 = 3_600_000;

    fn somebody() -> (tempfile::TempDir, FileKey) {
        let dir = tempfile::tempdir().unwrap();
        let vault = MemoryVault::default();
        let opened = keep::open(dir.path(), &vault, "key/1", (&Wish::Usual, true)).unwrap();
        let password = Secret::new("right");
        let words = (Words::Password, Some(&password));
        set(dir.path(), &opened.key, words, MORNING).unwrap();
        (dir, opened.key)
    }

    fn tried(dir: &Path, key: &FileKey, words: &str, hours: i64) -> Result<(), KeyTrouble> {
        pass(
            dir,
            key,
            &Secret::new(words),
            MORNING.plus_ms(hours * HOUR_MS),
        )
    }

    #[test]
    fn password_and_pin_open_and_nothing_else_does() {
        let (dir, key) = somebody();
        let dir = dir.path();
        for bad in ["12345", "123 456", "1234567890123", "secret"] {
            let refused = set(dir, &key, (Words::Pin, Some(&Secret::new(bad))), MORNING);
            assert!(matches!(refused, Err(KeyTrouble::NotAPin)), "{bad}");
        }
        let pin = Secret::new("290183");
        set(dir, &key, (Words::Pin, Some(&pin)), MORNING).unwrap();
        tried(dir, &key, "290183", 1).unwrap();
        tried(dir, &key, "right", 1).unwrap();
        let wrong = tried(dir, &key, "290184", 1).unwrap_err();
        assert!(
            matches!(wrong, KeyTrouble::WrongSecret { left: 4 }),
            "{wrong}"
        );
        set(dir, &key, (Words::Pin, None), MORNING).unwrap();
        assert!(tried(dir, &key, "290183", 1).is_err());
    }

    #[test]
    fn after_five_wrong_tries_only_the_server_is_believed() {
        let (dir, key) = somebody();
        for left in (0..5).rev() {
            let wrong = tried(dir.path(), &key, "guess", 1).unwrap_err();
            assert_eq!(
                wrong.to_string(),
                KeyTrouble::WrongSecret { left }.to_string()
            );
        }
        let closed = tried(dir.path(), &key, "right", 1).unwrap_err();
        assert!(matches!(closed, KeyTrouble::NoTries), "{closed}");
        // The next sign-in opens it again.
        let password = Secret::new("right");
        set(
            dir.path(),
            &key,
            (Words::Password, Some(&password)),
            MORNING,
        )
        .unwrap();
        tried(dir.path(), &key, "right", 1).unwrap();
    }

    #[test]
    fn after_three_days_without_the_server_and_with_any_clock_the_words_are_not_enough() {
        let (dir, key) = somebody();
        tried(dir.path(), &key, "right", 71).unwrap();
        let old = tried(dir.path(), &key, "right", 73).unwrap_err();
        assert!(matches!(old, KeyTrouble::TooOld), "{old}");
        note_seen(dir.path(), MORNING.plus_ms(80 * HOUR_MS)).unwrap();
        tried(dir.path(), &key, "right", 150).unwrap();
        // Turned back by a week: what the clock has shown before is not forgotten.
        assert!(tried(dir.path(), &key, "right", 153).is_err());
        assert!(tried(dir.path(), &key, "right", -100).is_err());
    }
}
