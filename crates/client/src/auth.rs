//! Tokens: kept in memory, written to the key store, renewed before they expire.
//!
//! A refresh token is used up by using it. The new one is written to the key store before the old
//! one is given up; a crash in between costs nothing, because the server takes the old one until
//! its successor is used, for a quarter of an hour.

use std::{fmt, sync::Arc};

use crate::{
    clock::Mono,
    http::{Account, Grant, Http, ServerUrl, Trouble},
    station_key::StationKey,
    vault::{Vault, VaultError},
};

/// A token is renewed when so many percent of its life are over.
const RENEW_AT_PERCENT: i64 = 80;

/// A text that no log line ever shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the wire and the key store only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The tokens of who is signed in.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Opens the socket and every request.
    pub access: Secret,
    /// Gets the next ones.
    pub refresh: Secret,
    /// When they should be renewed.
    pub renew_at: Mono,
    /// The key of this station, when the sign-in belongs to it.
    pub key: Option<StationKey>,
}

impl Tokens {
    /// What a restart finds in the key store: it must be renewed before anything else.
    pub fn only_refresh(refresh: Secret, key: Option<StationKey>, now: Mono) -> Self {
        Self {
            access: Secret::new(""),
            refresh,
            renew_at: now,
            key,
        }
    }

    /// The tokens of a grant that came at `now`.
    pub fn of(grant: &Grant, now: Mono) -> Self {
        let life_ms = grant.life_s.saturating_mul(1_000);
        Self {
            access: grant.access.clone(),
            refresh: grant.refresh.clone(),
            renew_at: now.plus(life_ms.saturating_mul(RENEW_AT_PERCENT) / 100),
            key: grant.key.clone(),
        }
    }
}

/// Where a profile's refresh token lies, and whether it may lie there at all.
#[derive(Debug, Clone)]
pub struct Place {
    /// The key store.
    pub vault: Arc<dyn Vault>,
    /// The name of the entry.
    pub name: String,
    /// Whether the person wants to stay signed in after the console is closed.
    pub keep: bool,
}

impl Place {
    /// Writes a refresh token, or takes it away where it may not be kept.
    ///
    /// # Errors
    ///
    /// [`VaultError`]; the sign-in then lasts as long as the console is open.
    pub async fn write(&self, refresh: &Secret) -> Result<(), VaultError> {
        let (keep, refresh) = (self.keep, refresh.clone());
        self.ask(move |vault, name| {
            if keep {
                vault.set(name, refresh.expose())
            } else {
                vault.delete(name)
            }
        })
        .await
    }

    /// Reads the refresh token.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when the key store cannot be asked.
    pub async fn read(&self) -> Result<Option<Secret>, VaultError> {
        let found = self.ask(|vault, name| vault.get(name)).await?;
        Ok(found.map(Secret::new))
    }

    /// Forgets the refresh token.
    ///
    /// # Errors
    ///
    /// [`VaultError`]; then it may still lie there.
    pub async fn clear(&self) -> Result<(), VaultError> {
        self.ask(|vault, name| vault.delete(name)).await
    }

    /// Key stores block, so they are asked on a thread that may.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Vault, &str) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (vault, name) = (Arc::clone(&self.vault), self.name.clone());
        let asked = tokio::task::spawn_blocking(move || question(&*vault, &name));
        let fallen = |_| VaultError("the key store has failed".to_owned());
        asked.await.map_err(fallen)?
    }
}

/// A renewal: what the server gave, and whether the key store took it.
#[derive(Debug)]
pub struct Renewal {
    /// The new tokens.
    pub grant: Grant,
    /// Why the key store did not take them.
    pub unkept: Option<VaultError>,
}

impl Renewal {
    /// Who it is for.
    pub fn account(&self) -> &Account {
        &self.grant.account
    }
}

/// Gets fresh tokens for the `old` ones. When this returns, the new refresh token is in the key store; only
/// then may the caller let go of the old one.
///
/// # Errors
///
/// [`Trouble`]; the old token may still be good unless it is [`Trouble::Refused`].
pub async fn renew(
    http: &Http,
    server: &ServerUrl,
    place: &Place,
    old: &Tokens,
) -> Result<Renewal, Trouble> {
    let grant = http.refresh(server, old).await?;
    let unkept = place.write(&grant.refresh).await.err();
    Ok(Renewal { grant, unkept })
}
