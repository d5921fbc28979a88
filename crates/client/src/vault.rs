//! Where secrets are kept: the operating system's key store behind a small trait.
//!
//! Nothing else in this crate keeps a token on disk. Without a key store a sign-in lasts as long as
//! the console is open.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// The key store did not do what it was asked for; the text says why, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct VaultError(pub String);

/// Keeps secrets by name. Calls may block for some seconds; the client makes them on threads that
/// may.
pub trait Vault: Send + Sync + std::fmt::Debug {
    /// The secret under `name`, if there is one.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the key store cannot be asked.
    fn get(&self, name: &str) -> Result<Option<String>, VaultError>;

    /// Keeps `secret` under `name`, in place of an earlier one.
    ///
    /// # Errors
    ///
    /// [`VaultError`]; then nothing was kept as far as is known.
    fn set(&self, name: &str, secret: &str) -> Result<(), VaultError>;

    /// Forgets what is under `name`; nothing being there is fine.
    ///
    /// # Errors
    ///
    /// [`VaultError`]; then it may still be kept.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}

/// A vault that lasts as long as the process; for tests and for machines without a key store.
#[derive(Default)]
pub struct MemoryVault {
    secrets: Mutex<BTreeMap<String, String>>,
}

impl std::fmt::Debug for MemoryVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryVault").finish_non_exhaustive()
    }
}

impl MemoryVault {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> T {
        act(&mut self.secrets.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
impl MemoryVault {
    /// Every secret whose name begins so, in the order of the names.
    pub(crate) fn kept(&self, begin: &str) -> Vec<String> {
        self.with(|secrets| {
            let mine = secrets.iter().filter(|(name, _)| name.starts_with(begin));
            mine.map(|(_, secret)| secret.clone()).collect()
        })
    }
}

impl Vault for MemoryVault {
    fn get(&self, name: &str) -> Result<Option<String>, VaultError> {
        Ok(self.with(|secrets| secrets.get(name).cloned()))
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        self.with(|secrets| secrets.insert(name.to_owned(), secret.to_owned()));
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.with(|secrets| secrets.remove(name));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_again_until_it_is_deleted() {
        let vault = MemoryVault::default();
        vault.set("refresh", "one").unwrap();
        vault.set("refresh", "two").unwrap();
        assert_eq!(vault.get("refresh").unwrap().as_deref(), Some("two"));
        vault.delete("refresh").unwrap();
        vault.delete("refresh").unwrap();
        assert_eq!(vault.get("refresh").unwrap(), None);
    }

    #[test]
    fn a_vault_never_shows_its_secrets_in_a_log() {
        let vault = MemoryVault::default();
        vault.set("refresh", "sesame").unwrap();
        assert!(!format!("{vault:?}").contains("sesame"));
    }
}
