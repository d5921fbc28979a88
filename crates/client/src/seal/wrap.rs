//! A key under words that a person remembers: argon2id, then XChaCha20-Poly1305.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce, aead::Aead as _};
use elms_protocol::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{FileKey, chance};
use crate::auth::Secret;

/// What one guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// A stolen file can be guessed at for years.
    Lonely,
    /// Nobody can guess without the pepper.
    Peppered,
}

impl Cost {
    /// Memory in KiB, and passes over it.
    fn figures(self) -> (u32, u32) {
        match self {
            Self::Lonely => (65_536, 3),
            Self::Peppered => (19_456, 2),
        }
    }
}

/// A key could not be put under words, or not be taken out again for another reason than the words.
#[derive(Debug, thiserror::Error)]
#[error("The key of this station's files cannot be wrapped: {0}.")]
pub(crate) struct WrapError(String);

/// A key under words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wrapped {
    salt: String,
    memory_kib: u32,
    passes: u32,
    nonce: String,
    sealed: String,
}

impl Wrapped {
    /// Puts `key` under `words`, and under `pepper` besides when the words are short.
    ///
    /// # Errors
    ///
    /// [`WrapError`] when there is neither chance nor memory.
    pub(crate) fn new(
        key: &FileKey,
        words: &Secret,
        (pepper, cost): (&[u8], Cost),
    ) -> Result<Self, WrapError> {
        let (memory_kib, passes) = cost.figures();
        let (salt, nonce) = (chance::<16>().map_err(told)?, chance::<24>().map_err(told)?);
        let mut wrapped = Self {
            salt: hex::encode(&salt),
            memory_kib,
            passes,
            nonce: hex::encode(&nonce),
            sealed: String::new(),
        };
        let cipher = wrapped.cipher(words, pepper)?;
        let sealed = cipher.encrypt(&XNonce::from(nonce), key.bytes().as_slice());
        wrapped.sealed = hex::encode(&sealed.map_err(told)?);
        Ok(wrapped)
    }

    /// Takes the key out; none when these are not the words.
    ///
    /// # Errors
    ///
    /// [`WrapError`] when there is no memory, or the file is not one of ours.
    pub(crate) fn open(&self, words: &Secret, pepper: &[u8]) -> Result<Option<FileKey>, WrapError> {
        let parts = hex::decode(&self.nonce).zip(hex::decode(&self.sealed));
        let (nonce, sealed) = parts.ok_or_else(|| told("it is damaged"))?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_long| told("it is damaged"))?;
        let cipher = self.cipher(words, pepper)?;
        let Ok(opened) = cipher.decrypt(&XNonce::from(nonce), sealed.as_slice()) else {
            return Ok(None);
        };
        let opened = Zeroizing::new(opened);
        Ok(opened.as_slice().try_into().ok().map(FileKey::of))
    }

    fn cipher(&self, words: &Secret, pepper: &[u8]) -> Result<XChaCha20Poly1305, WrapError> {
        let salt = hex::decode(&self.salt).ok_or_else(|| told("it is damaged"))?;
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(told)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut stretched = Zeroizing::new([0; 32]);
        argon2
            .hash_password_into(words.expose().as_bytes(), &salt, &mut *stretched)
            .map_err(told)?;
        let mixed = Sha256::new()
            .chain_update(b"elms wrap\0")
            .chain_update(*stretched)
            .chain_update(pepper);
        let mixed = Zeroizing::new(<[u8; 32]>::from(mixed.finalize()));
        Ok(XChaCha20Poly1305::new((&*mixed).into()))
    }
}

fn told(error: impl std::fmt::Display) -> WrapError {
    WrapError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_and_the_pepper_together_open_it() {
        let key = FileKey::mint().unwrap();
        let words = Secret::new("seven chairs in the hall");
        let wrapped = Wrapped::new(&key, &words, (b"pepper", Cost::Lonely)).unwrap();
        let text = serde_json::to_string(&wrapped).unwrap();
        assert!(!text.contains(key.text().expose()), "{text}");
        let again: Wrapped = serde_json::from_str(&text).unwrap();
        assert_eq!(again.open(&words, b"pepper").unwrap(), Some(key));
        assert_eq!(again.open(&words, b"salt").unwrap(), None);
        let other = Secret::new("seven chairs in the Hall");
        assert_eq!(again.open(&other, b"pepper").unwrap(), None);
    }
}
