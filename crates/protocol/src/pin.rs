//! How a station knows its server without anybody who vouches for it: by the key of its
//! certificate, which the address names behind a `#`.
//!
//! The key is named, not the certificate: a certificate that is made anew with the same key stays
//! the one that stations were set up with.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// What stands before the digits.
const HASH: &str = "sha256-";

/// The SHA-256 of a public key as certificates write it (`SubjectPublicKeyInfo`, DER).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pin([u8; 32]);

/// The text names no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key is named as {HASH} and 43 letters, digits, - and _")]
pub struct PinError;

impl Pin {
    /// The pin of a public key.
    pub fn of(public_key: &[u8]) -> Self {
        Self(Sha256::digest(public_key).into())
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HASH}{}", URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Pin {
    type Err = PinError;

    fn from_str(text: &str) -> Result<Self, PinError> {
        let digits = text.strip_prefix(HASH).ok_or(PinError)?;
        let bytes = URL_SAFE_NO_PAD.decode(digits).ok().ok_or(PinError)?;
        bytes.try_into().map(Self).map_err(|_length| PinError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_named_by_its_hash_and_found_again() {
        let pin = Pin::of(b"the key of the exams office");
        let text = pin.to_string();
        assert_eq!(text, "sha256-6zQqfmyQh7xXyzDTD_p5BZyTmBBgwq0Aw458zrChJ2k");
        assert_eq!(text.parse(), Ok(pin));
        assert_ne!(Pin::of(b"another key"), pin);
    }

    #[test]
    fn a_name_that_lacks_a_letter_names_no_key() {
        let whole = Pin::of(b"a key").to_string();
        let cut = whole.get(..whole.len() - 1).unwrap();
        for text in ["", "sha256-", cut, &format!("{whole}A"), "sha1-abc"] {
            assert_eq!(text.parse::<Pin>(), Err(PinError), "{text}");
        }
        let other_hash = whole.replace("sha256", "sha512");
        assert_eq!(other_hash.parse::<Pin>(), Err(PinError));
    }
}
