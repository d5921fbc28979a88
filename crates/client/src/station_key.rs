//! The station's own key pair, one for each server: a sign-in belongs to it, and a copy of the tokens
//! opens nothing without it.
//!
//! The private half lies in the key store. Where there is none it lives as long as the console, as
//! the tokens do then.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use elms_protocol::{
    hex,
    proof::{Key, Pen},
    station::{StationProof, renewal_proof},
};
use zeroize::Zeroizing;

use crate::{
    auth::Secret,
    http::ServerUrl,
    seal::{NoChance, chance},
    vault::{Vault, VaultError},
};

/// The private key of this station for one server.
#[derive(Clone)]
pub struct StationKey(Arc<Pen>);

impl fmt::Debug for StationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl StationKey {
    /// What is signed with it is checked with this.
    pub fn public(&self) -> Key {
        self.0.key()
    }

    /// That somebody signs in here.
    pub fn sign_in(&self, challenge: &str, email: &str) -> StationProof {
        StationProof::of(&self.0, challenge, email)
    }

    /// That a refresh token is shown by this station.
    pub fn renewal(&self, refresh: &Secret) -> String {
        renewal_proof(&self.0, refresh.expose())
    }

    fn from_text(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(hex::decode(text.trim())?);
        let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
        Some(Self(Arc::new(Pen::new(&secret))))
    }
}

/// A key, and why it does not lie in the key store, when it does not.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) key: StationKey,
    pub(crate) unkept: Option<VaultError>,
}

/// The keys of this station.
#[derive(Debug)]
pub(crate) struct StationKeys {
    vault: Arc<dyn Vault>,
    known: Mutex<HashMap<String, StationKey>>,
}

impl StationKeys {
    pub(crate) fn new(vault: Arc<dyn Vault>) -> Self {
        Self {
            vault,
            known: Mutex::default(),
        }
    }

    /// The key for a server, if there is one. Blocks.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the key store cannot be asked.
    pub(crate) fn find(&self, server: &ServerUrl) -> Result<Option<StationKey>, VaultError> {
        let name = name_of(server);
        if let Some(key) = self.known(&name) {
            return Ok(Some(key));
        }
        let kept = self.vault.get(&name)?;
        let key = kept.as_deref().and_then(StationKey::from_text);
        Ok(key.inspect(|key| self.remember(name, key)))
    }

    /// The key for a server, made when there is none. Blocks.
    ///
    /// # Errors
    ///
    /// [`NoChance`] when the computer gives no random bytes.
    pub(crate) fn find_or_make(&self, server: &ServerUrl) -> Result<Held, NoChance> {
        let found = self.find(server);
        if let Ok(Some(key)) = found {
            let unkept = None;
            return Ok(Held { key, unkept });
        }
        let secret = Zeroizing::new(chance::<32>()?);
        let (key, name) = (StationKey(Arc::new(Pen::new(&secret))), name_of(server));
        let text = Zeroizing::new(hex::encode(&*secret));
        let unkept = found.and_then(|_none| self.keep(&name, &text)).err();
        self.remember(name, &key);
        Ok(Held { key, unkept })
    }

    fn keep(&self, name: &str, text: &str) -> Result<(), VaultError> {
        self.vault.set(name, text)?;
        if self.vault.get(name)?.as_deref() == Some(text) {
            return Ok(());
        }
        let forgot = "The key store forgot what it was given.";
        Err(VaultError(forgot.to_owned()))
    }

    fn known(&self, name: &str) -> Option<StationKey> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(name).cloned()
    }

    fn remember(&self, name: String, key: &StationKey) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(name, key.clone());
    }
}

fn name_of(server: &ServerUrl) -> String {
    format!("station/{}", server.short_hash())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::MemoryVault;

    fn server(text: &str) -> ServerUrl {
        ServerUrl::parse(text).unwrap()
    }

    /// A key store that is locked.
    #[derive(Debug)]
    struct Locked;

    impl Vault for Locked {
        fn get(&self, _: &str) -> Result<Option<String>, VaultError> {
            Err(VaultError("It is locked.".to_owned()))
        }
        fn set(&self, _: &str, _: &str) -> Result<(), VaultError> {
            Err(VaultError("It is locked.".to_owned()))
        }
        fn delete(&self, _: &str) -> Result<(), VaultError> {
            Err(VaultError("It is locked.".to_owned()))
        }
    }

    #[test]
    fn a_station_has_one_key_for_each_server_and_has_it_again_after_a_restart() {
        let vault: Arc<dyn Vault> = Arc::new(MemoryVault::default());
        let keys = StationKeys::new(Arc::clone(&vault));
        let (hall, other) = (server("https://exams.tug"), server("https://exams.other"));
        assert!(keys.find(&hall).unwrap().is_none());
        let made = keys.find_or_make(&hall).unwrap();
        assert_eq!(made.unkept, None);
        let again = StationKeys::new(Arc::clone(&vault));
        let found = again.find_or_make(&hall).unwrap().key;
        assert_eq!(found.public(), made.key.public());
        let elsewhere = again.find_or_make(&other).unwrap().key;
        assert_ne!(elsewhere.public(), made.key.public());
    }

    #[test]
    fn without_a_key_store_the_key_lasts_as_long_as_the_console_and_that_is_said() {
        let keys = StationKeys::new(Arc::new(Locked));
        let hall = server("https://exams.tug");
        let made = keys.find_or_make(&hall).unwrap();
        assert_eq!(made.unkept.unwrap().0, "It is locked.");
        let found = keys.find(&hall).unwrap().unwrap();
        assert_eq!(found.public(), made.key.public());
    }

    #[test]
    fn a_key_never_shows_itself_in_a_log() {
        let keys = StationKeys::new(Arc::new(MemoryVault::default()));
        let held = keys.find_or_make(&server("https://exams.tug")).unwrap();
        let text = keys.vault.get(&name_of(&server("https://exams.tug")));
        let shown = format!("{held:?} {keys:?}");
        assert!(!shown.contains(&text.unwrap().unwrap()), "{shown}");
    }
}
