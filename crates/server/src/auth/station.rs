//! Where somebody signs in: the network address, the station's name, and the key that it shows.
//!
//! A challenge is a time, chance, and a code over both, so that it costs no memory before somebody
//! has signed in with it: whoever only asks for challenges fills nothing.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use elms_protocol::{
    CommandId, InstitutionId, StationStanding, Timestamp, UserId,
    proof::Key,
    station::{StationProof, fingerprint, typed_fingerprint},
};
use ring::hmac;
use uuid::Uuid;

use super::{Auth, AuthError, Inner};
use crate::{
    accounts::{Account, AccountsError, Comer, KnownStation, Sayer, Untold},
    clock::Clock,
    config::StationsWord,
};

/// How long a challenge may be answered, in milliseconds.
pub(super) const CHALLENGE_MS: i64 = 120_000;
/// Bytes of time and chance before the code.
const HEAD: usize = 24;

/// Where somebody signs in.
#[derive(Debug)]
pub struct At<'a> {
    /// The caller's network address.
    pub from: &'a str,
    /// What the station calls itself.
    pub station: Option<String>,
    /// What it shows of its key.
    pub shown: Option<StationProof>,
}

impl<'a> From<(&'a str, Option<String>)> for At<'a> {
    /// At a station without a key.
    fn from((from, station): (&'a str, Option<String>)) -> Self {
        Self {
            from,
            station,
            shown: None,
        }
    }
}

/// A station that may take a sign-in.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// What it calls itself.
    pub(super) station: Option<String>,
    /// Its key, with the challenge that it has signed.
    pub(super) key: Option<(Key, String)>,
}

impl Auth {
    /// What a station signs with its key to sign somebody in: good once, for two minutes.
    pub fn challenge(&self) -> String {
        let made = &self.inner.challenges;
        made.make(Clock::real_now(), rand::random())
    }

    /// The stations that an institution knows, the last seen first.
    ///
    /// # Errors
    ///
    /// [`AuthError::Accounts`] when they cannot be read.
    pub async fn stations(
        &self,
        institution: InstitutionId,
    ) -> Result<Vec<KnownStation>, AuthError> {
        self.aside(move |inner| Ok(inner.accounts.stations(Some(institution))?))
            .await
    }

    /// Somebody of the office says how a station stands with their institution from now on; how it
    /// does. Whoever is signed in at one that is suspended is out at once.
    ///
    /// # Errors
    ///
    /// [`AuthError::StationHere`] when they would suspend the one that they sit at;
    /// [`AuthError::Accounts`] when none has this fingerprint there.
    pub async fn set_station(
        &self,
        (institution, user, session): (InstitutionId, UserId, Uuid),
        fingerprint: String,
        standing: StationStanding,
    ) -> Result<KnownStation, AuthError> {
        let changed = self.aside(move |inner| {
            if standing == StationStanding::Suspended && inner.is_at(session, &fingerprint)? {
                return Err(AuthError::StationHere);
            }
            let (sayer, now) = (Sayer::Office(institution, user), Clock::real_now());
            let changed = inner
                .accounts
                .set_station(&fingerprint, standing, sayer, now)?;
            inner.ended.add(changed.ended.iter().copied());
            Ok(changed)
        });
        let mut stations = changed.await?.stations;
        self.inner.enrolled.notify_one();
        stations.pop().ok_or(AccountsError::NoStation.into())
    }

    /// What the logs are still to be told of stations, the oldest first.
    pub(crate) async fn untold(&self) -> Result<Vec<Untold>, AuthError> {
        self.aside(|inner| Ok(inner.accounts.untold()?)).await
    }

    /// A log has been told.
    pub(crate) async fn told(&self, command: CommandId) -> Result<(), AuthError> {
        self.aside(move |inner| Ok(inner.accounts.told(command)?))
            .await
    }

    /// Resolves when a station stands otherwise than before by something that this process did.
    pub(crate) async fn enrolled(&self) {
        self.inner.enrolled.notified().await;
    }
}

impl Inner {
    fn is_paired_only(&self) -> bool {
        self.stations == StationsWord::Paired
    }

    /// Whether a sign-in belongs to the station of this fingerprint.
    fn is_at(&self, session: Uuid, typed: &str) -> Result<bool, AuthError> {
        let key = self.accounts.key_of(session)?;
        let key = key.and_then(|key| key.parse::<Key>().ok());
        let own = key.map(|key| typed_fingerprint(&fingerprint(&key)));
        Ok(own.is_some_and(|own| own == typed_fingerprint(typed)))
    }

    /// Whether somebody who is who they say may sign in at this place; the office hears of one that
    /// waits, and who runs the server sees it in any case.
    pub(super) fn may_be_at(&self, account: &Account, place: &Place) -> Result<(), AuthError> {
        let Some((key, _)) = &place.key else {
            let wanted = self.is_paired_only().then_some(AuthError::StationWanted);
            return wanted.map_or(Ok(()), Err);
        };
        let comer = Comer {
            institution: account.institution,
            key: &key.to_string(),
            code: place.station.as_deref(),
            user: account.id,
        };
        let asks = self.is_paired_only();
        match self.accounts.station_came(comer, asks, Clock::real_now())? {
            StationStanding::Suspended => Err(AuthError::StationSuspended(fingerprint(key))),
            StationStanding::Waiting if asks => {
                self.enrolled.notify_one();
                Err(AuthError::StationWaits(fingerprint(key)))
            }
            StationStanding::Waiting | StationStanding::Paired => Ok(()),
        }
    }

    /// Whether a sign-in at the station with this key is renewed.
    pub(super) fn may_stay_at(
        &self,
        account: &Account,
        key: Option<&str>,
    ) -> Result<bool, AuthError> {
        let Some(key) = key else {
            return Ok(!self.is_paired_only());
        };
        let known = self.accounts.station(account.institution, key)?;
        let standing = known.map_or(StationStanding::Waiting, |known| known.standing);
        Ok(match standing {
            StationStanding::Paired => true,
            StationStanding::Waiting => !self.is_paired_only(),
            StationStanding::Suspended => false,
        })
    }
}

/// Makes challenges, and knows which were used.
#[derive(Debug)]
pub(super) struct Challenges {
    /// Made at each start: what was given out before is worth nothing.
    key: hmac::Key,
    /// Those that somebody has signed in with, and when they are too old anyway.
    used: Mutex<HashMap<String, i64>>,
}

impl Challenges {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
            used: Mutex::default(),
        }
    }

    pub(super) fn make(&self, now: Timestamp, chance: [u8; 16]) -> String {
        let head = [&now.0.to_be_bytes()[..], &chance[..]].concat();
        let tag = hmac::sign(&self.key, &head);
        URL_SAFE_NO_PAD.encode([&head, tag.as_ref()].concat())
    }

    /// The station of `at`, when it has signed a challenge of ours that is not too old, for who is
    /// signing in: the address or staff number as it was typed.
    pub(super) fn judge(&self, at: At<'_>, who: &str, now: Timestamp) -> Result<Place, AuthError> {
        let At { station, shown, .. } = at;
        let Some(shown) = shown else {
            return Ok(Place { station, key: None });
        };
        let age_ms = self.made_at(&shown.challenge).map(|at| now.0 - at);
        let is_fresh = age_ms.is_some_and(|age| (0..CHALLENGE_MS).contains(&age));
        let key = shown.judge(who).filter(|_| is_fresh);
        let key = key.ok_or(AuthError::StationKey)?;
        Ok(Place {
            station,
            key: Some((key, shown.challenge)),
        })
    }

    /// Nobody else signs in with this one.
    pub(super) fn use_up(&self, challenge: &str, now: Timestamp) -> Result<(), AuthError> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, old_at| now.0 < *old_at);
        let old_at = now.0.saturating_add(CHALLENGE_MS);
        match used.insert(challenge.to_owned(), old_at) {
            None => Ok(()),
            Some(_) => Err(AuthError::StationKey),
        }
    }

    fn made_at(&self, challenge: &str) -> Option<i64> {
        let bytes = URL_SAFE_NO_PAD.decode(challenge).ok()?;
        let (head, tag) = bytes.split_at_checked(HEAD)?;
        hmac::verify(&self.key, head, tag).ok()?;
        Some(i64::from_be_bytes(*head.first_chunk()?))
    }
}
