//! Tokens and keys in the operating system's key store, and nowhere else.
//!
//! A locked key store asks its question in a window that may never be seen, and blocks for ever.
//! So each request runs on a thread of its own and is given up after five seconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use elms_client::vault::{Vault, VaultError};
use elms_protocol::host::Works;
use keyring::{Entry, Error as StoreError};

/// How long the key store may take for one request.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many requests may hang before further ones are refused at once.
const HANGING: usize = 4;

/// Why the key store did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// It waits for a password, or does not answer at all.
    #[error("the key store did not answer within {} s; perhaps it is locked", PATIENCE.as_secs())]
    Silent,
    /// There is none, or it refused.
    #[error("the key store of this computer cannot be used")]
    Store(#[from] StoreError),
    /// What was read back is not what was written.
    #[error("the key store forgot what it was given")]
    Forgetful,
}

/// The key store, for one station's entries.
#[derive(Debug, Clone)]
pub(crate) struct KeyStore {
    station: String,
    hanging: Arc<AtomicUsize>,
}

impl KeyStore {
    /// The entries of `station`; a name that no other station on this computer has.
    pub(crate) fn new(station: &str) -> Self {
        Self {
            station: station.to_owned(),
            hanging: Arc::default(),
        }
    }

    /// Whether secrets can be kept here: writes one, reads it back and deletes it.
    ///
    /// Nothing less proves it: a store may be there and locked, or there and empty-handed.
    ///
    /// # Errors
    /// [`KeyError`] that says what is wrong.
    fn prove(&self) -> Result<(), KeyError> {
        let (name, secret) = ("proof", "kept");
        self.write(name, secret)?;
        let read = self.read(name)?;
        self.forget(name)?;
        if read.as_deref() == Some(secret) {
            Ok(())
        } else {
            Err(KeyError::Forgetful)
        }
    }

    /// The secret kept under `name`, if there is one.
    ///
    /// # Errors
    /// [`KeyError`]; a secret that is not there is none.
    fn read(&self, name: &str) -> Result<Option<String>, KeyError> {
        self.ask(name, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(StoreError::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    /// Keeps `secret` under `name`, in place of an earlier one.
    ///
    /// # Errors
    /// [`KeyError`]; then nothing was kept as far as is known.
    fn write(&self, name: &str, secret: &str) -> Result<(), KeyError> {
        let secret = secret.to_owned();
        self.ask(name, move |entry| entry.set_password(&secret))
    }

    /// Forgets what is kept under `name`; nothing being there is fine.
    ///
    /// # Errors
    /// [`KeyError`]; then it may still be kept.
    fn forget(&self, name: &str) -> Result<(), KeyError> {
        self.ask(name, |entry| match entry.delete_credential() {
            Ok(()) | Err(StoreError::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }

    /// Whether secrets can be kept, for the status. Blocks; for a thread that may.
    pub(crate) fn works(&self) -> Works {
        let reason = self.prove().err().map(|error| sentence(&error));
        Works {
            ok: reason.is_none(),
            reason,
        }
    }

    /// Asks on a thread of its own, and gives up on it when it hangs.
    fn ask<T: Send + 'static>(
        &self,
        name: &str,
        question: impl FnOnce(Entry) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, KeyError> {
        let (service, name) = (self.station.clone(), name.to_owned());
        patiently(&self.hanging, PATIENCE, move || {
            Entry::new(&service, &name).and_then(question)
        })
    }
}

impl Vault for KeyStore {
    fn get(&self, name: &str) -> Result<Option<String>, VaultError> {
        self.read(name)
            .map_err(|error| VaultError(sentence(&error)))
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        self.write(name, secret)
            .map_err(|error| VaultError(sentence(&error)))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.forget(name)
            .map_err(|error| VaultError(sentence(&error)))
    }
}

/// The error as a sentence to be read on the screen.
fn sentence(error: &KeyError) -> String {
    // In words only: the store's errors may carry the secret itself when they are printed whole.
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::warn!(%error, cause, "secrets are not kept");
    format!("Nobody stays signed in: {error}.")
}

/// What `work` gives within `patience`; `hanging` counts what was given up and still runs.
fn patiently<T: Send + 'static>(
    hanging: &Arc<AtomicUsize>,
    patience: Duration,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, KeyError> {
    if hanging.load(Ordering::Relaxed) >= HANGING {
        return Err(KeyError::Silent);
    }
    let running = Arc::clone(hanging);
    running.fetch_add(1, Ordering::Relaxed);
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        let answer = work();
        running.fetch_sub(1, Ordering::Relaxed);
        // Nobody listens any more when it came too late.
        drop(tell.send(answer));
    });
    match heard.recv_timeout(patience) {
        Ok(answer) => answer.map_err(KeyError::Store),
        Err(_late) => Err(KeyError::Silent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_key_store_is_given_up_and_not_asked_for_ever() {
        let hanging = Arc::default();
        let (release, held) = channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        for _ in 0..HANGING {
            let held = Arc::clone(&held);
            let work = move || Ok(held.lock().map(|held| held.recv()).is_ok());
            let error = patiently(&hanging, Duration::from_millis(1), work).unwrap_err();
            assert!(matches!(error, KeyError::Silent), "{error}");
        }
        // The next one is refused without a thread: it would have answered.
        let refused = patiently(&hanging, Duration::from_mins(1), || Ok(7));
        drop(release);
        assert!(matches!(refused, Err(KeyError::Silent)));
    }

    #[test]
    fn an_answer_in_time_is_handed_on() {
        assert_eq!(
            patiently(&Arc::default(), Duration::from_mins(1), || Ok(7)).ok(),
            Some(7)
        );
    }
}
