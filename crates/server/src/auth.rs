//! Sign-in, access tokens and their end.
//!
//! Identity comes from a verified token only. A token is short-lived, and its session is looked up
//! in the set of ended sessions on every use, so that signing out and disabling really end it.
//! Whether a token has expired is told by the machine's clock, never by the demo day's.

mod crowd;
mod ended;
mod error;
mod factor;
mod guessed;
mod noted;
mod office;
mod own;
mod passwords;
mod signed_in;
mod station;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tokens;
pub mod totp;
mod tries;

use crate::limits::{WAITING_FROM_ONE, WAITING_SIGN_INS};
use std::{path::Path, sync::Arc, time::Duration};

use elms_protocol::{Actor, Timestamp, UserId};
use tokio::sync::{Notify, Semaphore, watch};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    accounts::{Account, Accounts, Refreshed},
    clock::Clock,
    config::{Config, StationsWord},
    recovery::Recovery,
};
use crowd::Crowd;
use ended::Ended;
pub use error::AuthError;
use factor::FactorKey;
pub use factor::{Proof, SetUp, Standing, new_set_up_code};
pub use passwords::{
    PasswordError, SHORTEST, hash_password, long_enough, may_be_chosen, verify_password,
};
pub use signed_in::SignedIn;
pub use station::At;
use station::{Challenges, Place};
use tokens::Keys;
pub(crate) use tokens::permissions;
pub use tokens::{Claims, first_password};
use tries::Tries;

/// How often the file is asked for sessions that another process ended.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How far back is looked each time: a change may have waited for the file that long.
const LOOK_BACK_MS: i64 = 10_000;
/// The longest life of an access token: an older session that ended concerns nobody.
const LONGEST_LIFE_MS: i64 = 86_400_000;
/// What a sign-in is told that finds the others waiting, in seconds.
const BUSY_S: u64 = 5;

/// Who a token stands for.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The person.
    pub user: UserId,
    /// The person as the rules see them.
    pub actor: Actor,
    /// Their sign-in.
    pub session: Uuid,
    /// When the token ends, by the real clock.
    pub expires: Timestamp,
}

/// A handle; all clones share their knowledge of ended sessions.
#[derive(Debug, Clone)]
pub struct Auth {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    accounts: Accounts,
    keys: Keys,
    factor_key: FactorKey,
    challenges: Challenges,
    /// Whether people of the office need a second factor.
    office_factor: bool,
    /// At which stations people sign in.
    stations: StationsWord,
    recovery: Option<Recovery>,
    access_seconds: i64,
    demo: bool,
    ended: Ended,
    /// Wakes who tells the log how stations stand.
    enrolled: Notify,
    tries: Tries,
    /// Requests of each account.
    requests: Tries,
    /// The hash that stands in for an unknown address, so that it takes as long to refuse.
    nobody: String,
    computing: Semaphore,
    waiting: Semaphore,
    /// How many of those that wait come from which network address.
    crowd: Crowd,
}

impl Auth {
    /// Opens accounts and keys in the data directory.
    ///
    /// # Errors
    ///
    /// [`AuthError`] when the accounts or the key cannot be used.
    pub fn open(dir: &Path, config: &Config) -> Result<Self, AuthError> {
        let accounts = Accounts::open(dir)?;
        let now = Clock::real_now();
        if !config.demo {
            accounts.end_demo_sessions(now)?;
        }
        let ended = accounts.ended_since(now.plus_ms(-LONGEST_LIFE_MS))?;
        let factor_key = FactorKey::open(&dir.join("keys"), accounts.has_factors()?)?;
        let inner = Inner {
            accounts,
            keys: Keys::open(&dir.join("keys"))?,
            factor_key,
            challenges: Challenges::new(rand::random()),
            office_factor: config.office_second_factor,
            stations: config.stations,
            recovery: Recovery::load(dir).map_err(|error| AuthError::Keys(error.to_string()))?,
            access_seconds: config.access_seconds,
            demo: config.demo,
            ended: Ended::new(ended),
            enrolled: Notify::new(),
            tries: Tries::new(config.sign_in_tries),
            requests: Tries::new(config.requests),
            nobody: hash_password(&tokens::random())?,
            computing: Semaphore::new(1),
            waiting: Semaphore::new(WAITING_SIGN_INS),
            crowd: Crowd::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }

    /// Signs in with address or staff number, password and, where there is a second factor, a code.
    /// The sign-in belongs to the key that the station shows, when it shows one.
    ///
    /// # Errors
    ///
    /// [`AuthError::StationKey`] when it has not proved that key, whatever else was right;
    /// [`AuthError::LoginFailed`] after the same time whatever was wrong, or
    /// [`AuthError::TooManyTries`] before the password is looked at. Whoever knows the password is told
    /// what else is needed.
    pub async fn sign_in(
        &self,
        who: &str,
        proof: impl Into<Proof>,
        at: impl Into<At<'_>>,
    ) -> Result<SignedIn, AuthError> {
        let (proof, at) = (proof.into(), at.into());
        let now = Clock::real_now();
        let email = self.address_of(who).await?;
        self.inner.tries.one_more(&email, at.from, now)?;
        let place = self.inner.crowd.enter(at.from, WAITING_FROM_ONE);
        let _place = place.ok_or(AuthError::TooManyTries(BUSY_S))?;
        let place = self.inner.challenges.judge(at, who, now)?;
        self.computed(move |inner| {
            let found = inner.accounts.by_email(&email)?;
            let known = found.filter(|(account, _)| inner.may_sign_in(account));
            let hash = known
                .as_ref()
                .map_or(inner.nobody.as_str(), |(_, hash)| hash);
            let right = verify_password(&proof.password, hash);
            match known {
                Some((account, _)) if right => {
                    inner.second(&account, proof.code.as_deref())?;
                    inner.may_be_at(&account, &place)?;
                    inner.start(account, &place)
                }
                _ => Err(AuthError::LoginFailed),
            }
        })
        .await
    }

    /// Exchanges a refresh token, with the proof of the station's key where the sign-in belongs to
    /// one. A token that was used before, or comes without that proof, ends its whole session.
    ///
    /// # Errors
    ///
    /// [`AuthError::Invalid`]: only the password helps.
    pub async fn refresh(
        &self,
        refresh_token: String,
        proof: Option<String>,
    ) -> Result<SignedIn, AuthError> {
        self.aside(move |inner| {
            let now = Clock::real_now();
            let next = tokens::random();
            let shown = (&*refresh_token, proof.as_deref());
            match inner.accounts.rotate(shown, &next, now)? {
                Refreshed::Good {
                    session,
                    account,
                    station_key,
                } if inner.may_sign_in(&account)
                    && inner.has_enough(&account)?
                    && inner.may_stay_at(&account, station_key.as_deref())? =>
                {
                    inner.signed_in(*account, session, (next, station_key.as_deref()))
                }
                Refreshed::Reused { session } => {
                    tracing::warn!(%session, "a refresh token was used twice: its sign-in ends");
                    inner.ended.add([session]);
                    Err(AuthError::Invalid)
                }
                Refreshed::Elsewhere { session } => {
                    tracing::warn!(
                        %session,
                        "a refresh token came without the key of its station: its sign-in ends"
                    );
                    inner.ended.add([session]);
                    Err(AuthError::Invalid)
                }
                Refreshed::Good { .. } | Refreshed::Unknown => Err(AuthError::Invalid),
            }
        })
        .await
    }

    /// Ends a session: its tokens are worth nothing from now on.
    ///
    /// # Errors
    ///
    /// [`AuthError::Accounts`] when it could not be written down.
    pub async fn sign_out(&self, session: Uuid) -> Result<(), AuthError> {
        self.aside(move |inner| {
            inner.accounts.end_session(session, Clock::real_now())?;
            inner.ended.add([session]);
            Ok(())
        })
        .await
    }

    /// The account of who signed in, as it is now.
    ///
    /// # Errors
    ///
    /// [`AuthError::Invalid`] when there is none any more.
    pub async fn account(&self, user: UserId) -> Result<Account, AuthError> {
        let found = self
            .aside(move |inner| Ok(inner.accounts.by_id(user)?))
            .await?;
        found.ok_or(AuthError::Invalid)
    }

    /// Whether the accounts can be read.
    pub async fn works(&self) -> bool {
        self.aside(|inner| Ok(inner.accounts.by_id(UserId(0))?))
            .await
            .is_ok()
    }

    /// The claims of `token`, if it is good.
    ///
    /// # Errors
    ///
    /// [`AuthError::Expired`] or [`AuthError::Invalid`].
    pub fn claims(&self, token: &str) -> Result<Claims, AuthError> {
        let claims = self.inner.keys.verify(token, Clock::real_now())?;
        if self.has_ended(claims.sid) {
            return Err(AuthError::Invalid);
        }
        Ok(claims)
    }

    /// Who `token` stands for. Somebody of no institution has no log to see: not here.
    ///
    /// # Errors
    ///
    /// [`AuthError::Expired`] or [`AuthError::Invalid`].
    pub fn verify(&self, token: &str) -> Result<Identity, AuthError> {
        let claims = self.claims(token)?;
        claims.identity().ok_or(AuthError::Invalid)
    }

    /// Whether a session has ended.
    pub fn has_ended(&self, session: Uuid) -> bool {
        self.inner.ended.has(session)
    }

    /// Changes whenever sessions end; sockets then look whether theirs has.
    pub fn watch_ended(&self) -> watch::Receiver<usize> {
        self.inner.ended.watch()
    }

    /// Computes a password hash aside, one at a time: nobody's sign-in stops the hall's messages.
    async fn computed<T: Send + 'static>(
        &self,
        compute: impl FnOnce(&Inner) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let busy = |_| AuthError::TooManyTries(BUSY_S);
        let _waiting = self.inner.waiting.try_acquire().map_err(busy)?;
        let computing = self.inner.computing.acquire().await;
        let _computing = computing.map_err(|_closed| AuthError::Stopping)?;
        self.aside(compute).await
    }

    /// Does what blocks on a thread for that.
    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, AuthError> + Send + 'static,
    ) -> Result<T, AuthError> {
        let inner = Arc::clone(&self.inner);
        let done = tokio::task::spawn_blocking(move || work(&inner)).await;
        done.map_err(|_ended| AuthError::Stopping)?
    }

    /// Looks for sessions that another process ended (`elms-server user disable`), until stopped.
    pub async fn look_for_ended(self, stop: CancellationToken) {
        let mut since = Clock::real_now();
        while stop
            .run_until_cancelled(tokio::time::sleep(LOOK_EVERY))
            .await
            .is_some()
        {
            let asked_at = Clock::real_now();
            let from = since.plus_ms(-LOOK_BACK_MS);
            match self
                .aside(move |inner| {
                    inner.note_resets()?;
                    Ok(inner.accounts.ended_since(from)?)
                })
                .await
            {
                Ok(ended) => {
                    self.inner.ended.add(ended);
                    since = asked_at;
                }
                Err(error) => tracing::error!(%error, "ended sessions could not be read"),
            }
        }
    }
}

impl Inner {
    /// A demo account opens a demo server only.
    fn may_sign_in(&self, account: &Account) -> bool {
        account.active && (self.demo || !account.demo)
    }

    fn start(&self, account: Account, place: &Place) -> Result<SignedIn, AuthError> {
        let refresh_token = tokens::random();
        let now = Clock::real_now();
        if let Some((_, challenge)) = &place.key {
            self.challenges.use_up(challenge, now)?;
        }
        let key = place.key.as_ref().map(|(key, _)| key.to_string());
        let at = (place.station.as_deref(), key.as_deref());
        let session = self
            .accounts
            .start_session(account.id, (&refresh_token, at), now)?;
        if let Some(key) = &key {
            let whose = (account.id, key.as_str());
            let before = self.accounts.end_earlier(whose, session, now)?;
            self.ended.add(before);
        }
        self.signed_in(account, session, (refresh_token, key.as_deref()))
    }

    fn signed_in(
        &self,
        account: Account,
        session: Uuid,
        (refresh_token, key): (String, Option<&str>),
    ) -> Result<SignedIn, AuthError> {
        let expires_in = self.access_seconds;
        let token = self
            .keys
            .sign(&account, session, Clock::real_now(), expires_in)?;
        let station = key.map(|key| self.accounts.station(account.institution, key));
        let station = station.transpose()?.flatten();
        Ok(SignedIn {
            token,
            refresh_token,
            expires_in,
            account,
            station,
        })
    }
}
