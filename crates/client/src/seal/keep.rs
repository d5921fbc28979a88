//! Where the key of a profile lies, and what is done when it is not there.
//!
//! `key.json` beside the files says how the key is kept and by which check it is known; the key
//! itself is in the key store, under words that a person remembers, or in memory only. Nothing is
//! ever written in the clear instead.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    FileKey, NoChance, aside,
    gate::Gates,
    wrap::{Cost, WrapError, Wrapped},
};
use crate::{
    auth::Secret,
    vault::{Vault, VaultError},
};

/// How the key is kept, when a person has said so.
#[derive(Debug, Clone)]
pub(crate) enum Wish {
    /// In the key store, or wherever it is kept already.
    Usual,
    /// In memory: what is kept here can be read until the console is closed.
    Session,
    /// Under words that the person remembers.
    Words(Secret),
}

/// How the key of a profile is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kept {
    /// In the key store.
    Store,
    /// In memory only.
    Session,
    /// Under words.
    Words(Wrapped),
}

/// What `key.json` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    /// Tells the key from others.
    pub(crate) check: String,
    pub(crate) kept: Kept,
    /// What else opens it to whoever stands at the station.
    #[serde(default)]
    pub(crate) gates: Gates,
}

/// The key of a profile.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) key: FileKey,
    /// Whether it is gone when the console is closed.
    pub(crate) for_session: bool,
    /// Where the outbox under a key that is gone was put.
    pub(crate) aside: Option<PathBuf>,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyTrouble {
    /// The key store did not do its part.
    #[error("{0} The key to what this station keeps of you cannot be kept there.")]
    Store(VaultError),
    /// It is kept under words, and none were given.
    #[error("What this station keeps of you is locked. Type your passphrase.")]
    WordsWanted,
    /// Other words.
    #[error("This is not the passphrase.")]
    WrongWords,
    /// It was kept for one session, which is over, or the key store has forgotten it.
    #[error(
        "The key to what this station keeps of you is gone. Sign in: what was not sent is put \
         aside and not deleted."
    )]
    Gone,
    /// Neither PIN nor password.
    #[error("This is neither your PIN nor your password. {left} more tries.")]
    WrongSecret {
        /// Tries that are left.
        left: u32,
    },
    /// Too many wrong ones.
    #[error("Too many wrong tries. Sign in with your password; the server must be reached.")]
    NoTries,
    /// The server was not reached for too long.
    #[error("The server was not reached for three days. Sign in with your password there.")]
    TooOld,
    /// Not digits, too few or too many.
    #[error("A PIN has six to twelve digits.")]
    NotAPin,
    /// PIN or password are asked for.
    #[error("Type your PIN or your password.")]
    SecretWanted,
    /// Too short to be of any use.
    #[error("A passphrase has at least {SHORTEST} characters.")]
    TooShort,
    /// No random bytes.
    #[error(transparent)]
    Chance(#[from] NoChance),
    /// The wrapping.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// The disk.
    #[error("The data directory cannot be used: {0}.")]
    Disk(#[from] io::Error),
}

/// The fewest characters of a passphrase.
const SHORTEST: usize = 12;

/// Finds the key of the profile in `dir`, whose entry in the key store is `name`. Makes one where
/// there is none, or where `may_begin` and the one that was is gone: what lies under that is put
/// aside. Blocks.
///
/// # Errors
///
/// [`KeyTrouble`]; everything on the disk is then as it was.
pub(crate) fn open(
    dir: &Path,
    vault: &dyn Vault,
    name: &str,
    (wish, may_begin): (&Wish, bool),
) -> Result<Opened, KeyTrouble> {
    let file = read(dir);
    match (file.as_ref().map(|file| &file.kept), wish) {
        (Some(Kept::Words(_)), Wish::Usual) => Err(KeyTrouble::WordsWanted),
        (Some(Kept::Words(wrapped)), Wish::Words(words)) => {
            let key = wrapped.open(words, &[])?.ok_or(KeyTrouble::WrongWords)?;
            Ok(Opened::lasting(key))
        }
        (_, Wish::Usual) => stored(dir, vault, name, (file.as_ref(), may_begin)),
        (_, Wish::Session) => begin(
            dir,
            (file.as_ref(), may_begin),
            FileKey::mint()?,
            Kept::Session,
        ),
        (_, Wish::Words(words)) if words.expose().chars().count() < SHORTEST => {
            Err(KeyTrouble::TooShort)
        }
        (_, Wish::Words(words)) => {
            let key = FileKey::mint()?;
            let kept = Kept::Words(Wrapped::new(&key, words, (&[], Cost::Lonely))?);
            begin(dir, (file.as_ref(), may_begin), key, kept)
        }
    }
}

/// The key from the key store, or a new one in it.
fn stored(
    dir: &Path,
    vault: &dyn Vault,
    name: &str,
    (file, may_begin): (Option<&KeyFile>, bool),
) -> Result<Opened, KeyTrouble> {
    let found = vault.get(name).map_err(KeyTrouble::Store)?;
    let found = found.as_deref().and_then(FileKey::from_text);
    let known = |key: &FileKey| file.is_none_or(|file| file.check == key.check());
    match found {
        Some(key) if known(&key) => {
            if file.is_none() {
                write(dir, &fresh(&key, Kept::Store))?;
            }
            Ok(Opened::lasting(key))
        }
        // Another key than the files': these are put aside, and come back with their own.
        Some(key) => begin(dir, (file, may_begin), key, Kept::Store),
        None if is_gone(dir, file) && !may_begin => Err(KeyTrouble::Gone),
        None => {
            let key = FileKey::mint()?;
            vault
                .set(name, key.text().expose())
                .map_err(KeyTrouble::Store)?;
            let forgetful = || VaultError("The key store forgot what it was given.".to_owned());
            let read = vault.get(name).map_err(KeyTrouble::Store)?;
            if read.as_deref() != Some(key.text().expose()) {
                return Err(KeyTrouble::Store(forgetful()));
            }
            begin(dir, (file, may_begin), key, Kept::Store)
        }
    }
}

/// Begins with `key`; what lies under an earlier one is put aside.
fn begin(
    dir: &Path,
    (earlier, may_begin): (Option<&KeyFile>, bool),
    key: FileKey,
    kept: Kept,
) -> Result<Opened, KeyTrouble> {
    if is_gone(dir, earlier) && !may_begin {
        return Err(KeyTrouble::Gone);
    }
    let aside = match earlier {
        Some(earlier) => aside::put(dir, &earlier.check)?,
        // In the clear, it is sealed; else it is of a key that nobody knows.
        None if is_sealed(&dir.join("outbox.db")) => aside::put(dir, "unknown")?,
        None => None,
    };
    let for_session = matches!(kept, Kept::Session);
    write(dir, &fresh(&key, kept))?;
    Ok(Opened {
        key,
        for_session,
        aside,
    })
}

/// Whether there was a key, of which nobody knows any more.
fn is_gone(dir: &Path, earlier: Option<&KeyFile>) -> bool {
    earlier.is_some() || is_sealed(&dir.join("outbox.db"))
}

fn is_sealed(path: &Path) -> bool {
    let has_content = fs::metadata(path).is_ok_and(|found| 0 < found.len());
    has_content && !super::bring::is_clear(path)
}

impl Opened {
    /// A key that stays when the console is closed.
    pub(crate) fn lasting(key: FileKey) -> Self {
        Self {
            key,
            for_session: false,
            aside: None,
        }
    }
}

/// What is written down about the key; nothing when it cannot be read: the key store then knows.
pub(crate) fn read(dir: &Path) -> Option<KeyFile> {
    let bytes = fs::read(dir.join("key.json")).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn fresh(key: &FileKey, kept: Kept) -> KeyFile {
    KeyFile {
        check: key.check(),
        kept,
        gates: Gates::default(),
    }
}

/// Writes beside and renames, so that a power cut leaves the old file or the new one.
pub(super) fn write(dir: &Path, file: &KeyFile) -> io::Result<()> {
    let (beside, path) = (dir.join("key.new"), dir.join("key.json"));
    let mut new = File::create(&beside)?;
    new.write_all(&serde_json::to_vec_pretty(file)?)?;
    new.sync_all()?;
    fs::rename(&beside, &path)
}

#[cfg(test)]
mod tests;
