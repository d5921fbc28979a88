//! A release, as a station or server takes it: a list of files that a key has signed which no
//! server holds.
//!
//! ```text
//! elms update 1
//! counter 42
//! version 0.2.0
//! expires 2027-01-31T00:00:00.000Z
//! <SHA-256 in hexadecimal> <bytes> <name>
//! …
//!
//! <Ed25519 signature of all lines above and the empty one, in Base64>
//! ```
//!
//! The counter only grows: an older release is refused however well it is signed, and a list that
//! has expired is no news of today.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Digest, Key, Pen};
use crate::Timestamp;

/// The longest list that is read, in bytes.
const LONGEST: usize = 64 * 1_024;
/// The first line.
const KIND: &str = "elms update 1";

/// Why a release is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// It is not a list of a release, or not all of it.
    #[error("the list is not whole")]
    Malformed,
    /// Another key has signed it, or it was changed afterwards.
    #[error("the list is not signed with the release key")]
    Unsigned,
    /// A release that was seen here is newer.
    #[error("release {0} is older than release {1}, which was seen here")]
    Older(u64, u64),
    /// It was signed for a time that is over: somebody may be keeping newer ones back.
    #[error("the list has expired on {0}")]
    Expired(Timestamp),
    /// A file is not in the list.
    #[error("{0} is not in the list")]
    Unlisted(String),
    /// A file is not the one that was signed.
    #[error("{0} is not the file that was released")]
    Changed(String),
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// SHA-256 of it.
    pub digest: Digest,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its name, without a path.
    pub name: String,
}

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Counts releases; never goes back.
    pub counter: u64,
    /// The version, for people.
    pub version: String,
    /// Not good after this.
    pub expires: Timestamp,
    /// Its files.
    pub files: Vec<Released>,
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            counter,
            version,
            expires,
            files,
        } = self;
        writeln!(
            f,
            "{KIND}\ncounter {counter}\nversion {version}\nexpires {expires}"
        )?;
        for Released {
            digest,
            bytes,
            name,
        } in files
        {
            writeln!(f, "{digest} {bytes} {name}")?;
        }
        writeln!(f)
    }
}

impl Manifest {
    /// The list with its signature.
    pub fn signed(&self, pen: &Pen) -> String {
        let text = self.to_string();
        let signature = STANDARD.encode(pen.sign(text.as_bytes()));
        format!("{text}{signature}\n")
    }

    /// Reads a list that `key` has signed.
    ///
    /// # Errors
    ///
    /// [`UpdateError::Malformed`], [`UpdateError::Unsigned`].
    pub fn read(signed: &str, key: &Key) -> Result<Self, UpdateError> {
        let whole = signed
            .strip_suffix('\n')
            .filter(|_| signed.len() <= LONGEST);
        let (text, signature) = whole
            .and_then(|whole| whole.rsplit_once('\n'))
            .ok_or(UpdateError::Malformed)?;
        let text = format!("{text}\n");
        let signature = STANDARD.decode(signature).ok();
        let signature = signature.and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        let signature = signature.ok_or(UpdateError::Malformed)?;
        if !key.has_signed(text.as_bytes(), &signature) {
            return Err(UpdateError::Unsigned);
        }
        text.parse()
    }

    /// Whether it may be taken now, where `seen` is the highest counter that was taken before.
    ///
    /// # Errors
    ///
    /// [`UpdateError::Older`], [`UpdateError::Expired`].
    pub fn may_follow(&self, seen: u64, now: Timestamp) -> Result<(), UpdateError> {
        if self.counter < seen {
            return Err(UpdateError::Older(self.counter, seen));
        }
        if self.expires <= now {
            return Err(UpdateError::Expired(self.expires));
        }
        Ok(())
    }

    /// Whether a file is the one that was released under this name.
    ///
    /// # Errors
    ///
    /// [`UpdateError::Unlisted`], [`UpdateError::Changed`].
    pub fn check(&self, name: &str, bytes: u64, digest: Digest) -> Result<(), UpdateError> {
        let listed = self.files.iter().find(|file| file.name == name);
        let listed = listed.ok_or_else(|| UpdateError::Unlisted(name.to_owned()))?;
        if listed.bytes == bytes && listed.digest == digest {
            return Ok(());
        }
        Err(UpdateError::Changed(name.to_owned()))
    }
}

impl FromStr for Manifest {
    type Err = UpdateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let body = text.strip_suffix("\n\n").ok_or(UpdateError::Malformed)?;
        let mut lines = body.split('\n');
        let mut said = |key: &str| {
            let line = lines.next().ok_or(UpdateError::Malformed)?;
            let said = line
                .strip_prefix(key)
                .and_then(|rest| rest.strip_prefix(' '));
            said.ok_or(UpdateError::Malformed)
        };
        let bad = |_| UpdateError::Malformed;
        if said("elms update")? != "1" {
            return Err(UpdateError::Malformed);
        }
        let counter = said("counter")?
            .parse()
            .map_err(|_not_a_number| UpdateError::Malformed)?;
        let version = said("version")?.to_owned();
        let expires = said("expires")?.parse().map_err(bad)?;
        let files = lines.map(file).collect::<Option<Vec<_>>>();
        Ok(Self {
            counter,
            version,
            expires,
            files: files.ok_or(UpdateError::Malformed)?,
        })
    }
}

fn file(line: &str) -> Option<Released> {
    let (digest, rest) = line.split_once(' ')?;
    let (bytes, name) = rest.split_once(' ')?;
    // A name that leaves its folder is none.
    let is_plain = !name.is_empty() && !name.contains(['/', '\\', ':']) && name != "..";
    is_plain.then_some(())?;
    Some(Released {
        digest: digest.parse().ok()?,
        bytes: bytes.parse().ok()?,
        name: name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Timestamp = Timestamp(1_796_630_000_000);

    fn release(counter: u64) -> Manifest {
        Manifest {
            counter,
            version: "0.2.0".to_owned(),
            expires: TODAY.plus_ms(86_400_000),
            files: vec![Released {
                digest: Digest([7; 32]),
                bytes: 17_000_000,
                name: "elms-console_0.2.0_amd64.deb".to_owned(),
            }],
        }
    }

    fn pen() -> Pen {
        Pen::new(&[3; 32])
    }

    #[test]
    fn a_release_of_today_is_taken() {
        let signed = release(5).signed(&pen());
        let read = Manifest::read(&signed, &pen().key()).unwrap();
        assert_eq!(read, release(5));
        assert_eq!(read.may_follow(4, TODAY), Ok(()));
        // The same release again is no step back.
        assert_eq!(read.may_follow(5, TODAY), Ok(()));
        let name = "elms-console_0.2.0_amd64.deb";
        assert_eq!(read.check(name, 17_000_000, Digest([7; 32])), Ok(()));
    }

    #[test]
    fn five_ways_to_slip_in_another_release_are_refused() {
        let signed = release(5).signed(&pen());
        let read = Manifest::read(&signed, &pen().key()).unwrap();
        // An old one, well signed.
        assert_eq!(read.may_follow(6, TODAY), Err(UpdateError::Older(5, 6)));
        // One of last year, shown again so that nobody hears of newer ones.
        let later = read.expires;
        assert_eq!(read.may_follow(5, later), Err(UpdateError::Expired(later)));
        // Another key.
        let forged = release(9).signed(&Pen::new(&[4; 32]));
        assert_eq!(
            Manifest::read(&forged, &pen().key()),
            Err(UpdateError::Unsigned)
        );
        // A list that was changed, or is cut off.
        for (at, _) in signed.char_indices() {
            let cut = signed.get(..at).unwrap();
            assert!(Manifest::read(cut, &pen().key()).is_err(), "{at}");
            let mut bent = signed.clone();
            bent.replace_range(
                at..=at,
                if bent.get(at..=at) == Some("0") {
                    "1"
                } else {
                    "0"
                },
            );
            assert!(Manifest::read(&bent, &pen().key()).is_err(), "{at}");
        }
        // A file that is cut off, another, or one that nobody has listed.
        let name = "elms-console_0.2.0_amd64.deb";
        let changed = Err(UpdateError::Changed(name.to_owned()));
        assert_eq!(read.check(name, 16_999_999, Digest([7; 32])), changed);
        assert_eq!(read.check(name, 17_000_000, Digest([8; 32])), changed);
        let unlisted = Err(UpdateError::Unlisted("other".to_owned()));
        assert_eq!(read.check("other", 1, Digest([7; 32])), unlisted);
    }

    #[test]
    fn a_name_does_not_leave_its_folder() {
        for name in ["../x", "a/b", "C:x", "..", "", "a\\b"] {
            assert_eq!(
                file(&format!("{} 5 {name}", Digest([1; 32]))),
                None,
                "{name}"
            );
        }
    }
}
