//! The second factor: a code of an authenticator app besides the password, or a recovery code on the
//! day the telephone is gone.
//!
//! The secret of an account is made of a salt in the accounts file with a key that lies elsewhere, so
//! that a copy of the file gives none away. A code is good once. Recovery codes are told together with
//! the secret, and are worth something as soon as the first code has come.

use std::path::Path;

use data_encoding::BASE32_NOPAD;
use elms_protocol::{Action, Reach, Role, Timestamp, UserId, reach};
use rand::RngCore as _;
use serde::Serialize;

use super::{Auth, AuthError, Claims, Inner, tokens, totp, verify_password};
use crate::{
    accounts::{Account, Accounts, AccountsError, Factor},
    clock::Clock,
};

/// Where the key lies.
const FILE: &str = "factor.key";
/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 10;
/// So many wrong codes in a row cost no pause but that of wrong passwords.
const FREE: u32 = 4;
/// The first pause; each further wrong code doubles it.
const FIRST_REST_MS: i64 = 60_000;
/// The longest pause: 72 guesses in a day, of a million.
const LONGEST_REST_MS: i64 = 3_600_000;

/// What somebody shows to be let in.
pub struct Proof {
    /// The password.
    pub password: String,
    /// A code of the second factor.
    pub code: Option<String>,
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

impl From<String> for Proof {
    fn from(password: String) -> Self {
        let code = None;
        Self { password, code }
    }
}

/// What somebody needs to set a second factor up; told once.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetUp {
    /// The secret, to be typed into an app.
    pub secret: String,
    /// The same for a picture that an app reads.
    pub uri: String,
    /// What opens the account in place of a code, each once.
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for SetUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetUp(…)")
    }
}

/// How somebody's second factor stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Since when it is asked for; none when there is none.
    pub since: Option<Timestamp>,
    /// Whether nobody of this role signs in without one.
    pub wanted: bool,
    /// Recovery codes that are left.
    pub codes_left: u32,
}

/// Makes secrets of salts.
pub(super) struct FactorKey(Vec<u8>);

impl std::fmt::Debug for FactorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FactorKey(…)")
    }
}

impl FactorKey {
    /// Reads the key in `dir`, making it at the first start; `is_needed` when codes are made with it
    /// already.
    pub(super) fn open(dir: &Path, is_needed: bool) -> Result<Self, AuthError> {
        if is_needed && !dir.join(FILE).exists() {
            tracing::error!("keys/factor.key is gone: no code of a second factor is right");
        }
        let key = crate::keys::kept(dir, FILE).map_err(AuthError::Keys)?;
        Ok(Self(key))
    }

    fn secret(&self, user: UserId, salt: &[u8]) -> [u8; totp::SECRET] {
        totp::mac(&self.0, &[b"second factor", &user.0.to_be_bytes(), salt])
    }
}

/// Whether somebody of this role sees more than where they are assigned.
fn is_of_office(role: Role) -> bool {
    match reach(Some(role), Action::SignIn) {
        Reach::System
        | Reach::Institution
        | Reach::InstitutionOrFaculty
        | Reach::Faculty
        | Reach::Department => true,
        Reach::Assigned | Reach::Own | Reach::No => false,
    }
}

/// How long no code is looked at after so many wrong ones in a row, in milliseconds.
fn rest_ms(wrong: u32) -> i64 {
    let Some(doubled) = wrong.checked_sub(FREE).and_then(|over| over.checked_sub(1)) else {
        return 0;
    };
    let rest = FIRST_REST_MS.checked_shl(doubled.min(10));
    rest.map_or(LONGEST_REST_MS, |rest| rest.min(LONGEST_REST_MS))
}

impl Inner {
    /// Asks whoever knows the password for what else they need, or has them set it up.
    pub(super) fn second(&self, account: &Account, code: Option<&str>) -> Result<(), AuthError> {
        let now = Clock::real_now();
        match (self.accounts.factor(account.id)?, code) {
            (Some(factor), Some(code)) if factor.confirmed_at.is_some() => {
                self.check(account.id, &factor, (code, now))
            }
            (Some(factor), None) if factor.confirmed_at.is_some() => Err(AuthError::CodeNeeded),
            _ if !self.wants_factor(account) => Ok(()),
            (Some(begun), Some(code)) if totp::read(code).is_some() => {
                self.confirm(account.id, &begun, (code, now))
            }
            (_, code) => {
                self.may_set_up(account, code, now)?;
                let set_up = self.begin(account.id, &account.email)?;
                Err(AuthError::FactorWanted(Box::new(set_up)))
            }
        }
    }

    /// Whoever was told a first password has been told by the operator, who gives a code to all others:
    /// knowing a password is what a second factor shall not depend on. Demo accounts are everybody's.
    fn may_set_up(
        &self,
        account: &Account,
        code: Option<&str>,
        now: Timestamp,
    ) -> Result<(), AuthError> {
        if account.first_password || account.demo {
            return Ok(());
        }
        let code = code.ok_or(AuthError::SetUpCodeNeeded)?;
        if self.accounts.is_set_up_code(account.id, code, now)? {
            Ok(())
        } else {
            Err(AuthError::CodeWrong)
        }
    }

    /// Whether a sign-in of this account that is renewed has all that it needs.
    pub(super) fn has_enough(&self, account: &Account) -> Result<bool, AuthError> {
        Ok(!self.wants_factor(account) || self.confirmed(account.id)?.is_some())
    }

    /// What the operator has done is in the log of the server, too.
    pub(super) fn note_resets(&self) -> Result<(), AuthError> {
        for user in self.accounts.take_resets()? {
            tracing::warn!(user.id = user.0, "the operator took a second factor away");
        }
        Ok(())
    }

    fn wants_factor(&self, account: &Account) -> bool {
        self.office_factor && is_of_office(account.role)
    }

    fn confirmed(&self, user: UserId) -> Result<Option<Factor>, AuthError> {
        let found = self.accounts.factor(user)?;
        Ok(found.filter(|factor| factor.confirmed_at.is_some()))
    }

    fn begin(&self, user: UserId, email: &str) -> Result<SetUp, AuthError> {
        let mut salt = [0_u8; 16];
        rand::rng().fill_bytes(&mut salt);
        let recovery_codes = recovery_codes();
        if !self.accounts.begin_factor(user, &salt, &recovery_codes)? {
            return Err(AuthError::FactorOn);
        }
        let secret = BASE32_NOPAD.encode(&self.factor_key.secret(user, &salt));
        let uri = totp::uri(&secret, email);
        tracing::info!(user.id = user.0, "a second factor is being set up");
        Ok(SetUp {
            secret,
            uri,
            recovery_codes,
        })
    }

    /// The first code says that the app has the secret. Recovery codes say nothing of the kind.
    fn confirm(
        &self,
        user: UserId,
        begun: &Factor,
        (code, now): (&str, Timestamp),
    ) -> Result<(), AuthError> {
        let code = totp::read(code).ok_or(AuthError::CodeWrong)?;
        self.of_app(user, begun, (code, now))?;
        self.accounts.end_set_up_code(user)?;
        tracing::info!(user.id = user.0, "a second factor was set up");
        Ok(())
    }

    /// Uses a code up, of the app or of those for recovery.
    fn check(
        &self,
        user: UserId,
        factor: &Factor,
        (code, now): (&str, Timestamp),
    ) -> Result<(), AuthError> {
        if let Some(code) = totp::read(code) {
            return self.of_app(user, factor, (code, now));
        }
        if !self.accounts.use_recovery_code(user, code)? {
            return Err(AuthError::CodeWrong);
        }
        let left = self.accounts.n_recovery_codes(user)?;
        tracing::warn!(user.id = user.0, left, "a recovery code was used");
        Ok(())
    }

    fn of_app(
        &self,
        user: UserId,
        factor: &Factor,
        (code, now): (u32, Timestamp),
    ) -> Result<(), AuthError> {
        let wait_ms = factor.rests_until.0.saturating_sub(now.0);
        if 0 < wait_ms {
            let seconds = u64::try_from(wait_ms.div_euclid(1_000)).unwrap_or_default();
            return Err(AuthError::TooManyTries(seconds.saturating_add(1)));
        }
        let secret = self.factor_key.secret(user, &factor.salt);
        let step = totp::step_of(&secret, code, (now, factor.last_step));
        match step {
            Some(step) if self.accounts.use_step(user, step, now)? => Ok(()),
            _ => {
                let rest = rest_ms(factor.wrong.saturating_add(1));
                self.accounts.wrong_code(user, now.plus_ms(rest))?;
                Err(AuthError::CodeWrong)
            }
        }
    }

    /// Both factors of who signed in, asked for again.
    fn both(&self, user: UserId, proof: &Proof) -> Result<(), AuthError> {
        self.knows(user, &proof.password)?;
        let factor = self.confirmed(user)?.ok_or(AuthError::FactorOff)?;
        let code = proof.code.as_deref().ok_or(AuthError::CodeNeeded)?;
        self.check(user, &factor, (code, Clock::real_now()))
    }

    fn knows(&self, user: UserId, password: &str) -> Result<(), AuthError> {
        if verify_password(password, &self.accounts.password_hash(user)?) {
            Ok(())
        } else {
            Err(AuthError::LoginFailed)
        }
    }
}

/// How long a code for setting a second factor up is good, in days: until the letter has come and a
/// holiday is over.
const SET_UP_DAYS: i64 = 14;

/// Makes the code with which somebody may set a second factor up where the role needs one.
///
/// # Errors
///
/// [`AccountsError::NoAccount`].
pub fn new_set_up_code(
    accounts: &Accounts,
    email: &str,
    now: Timestamp,
) -> Result<String, AccountsError> {
    let code = tokens::recovery_code();
    let good_until = now.plus_ms(SET_UP_DAYS.saturating_mul(86_400_000));
    accounts.put_set_up_code(email, &code, good_until)?;
    Ok(code)
}

fn recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| tokens::recovery_code())
        .collect()
}

impl Auth {
    /// How the second factor of who signed in stands.
    ///
    /// # Errors
    ///
    /// [`AuthError::Accounts`] when it cannot be read.
    pub async fn second_factor(&self, claims: &Claims) -> Result<Standing, AuthError> {
        let user = UserId(claims.id);
        self.aside(move |inner| {
            let account = inner.accounts.by_id(user)?.ok_or(AuthError::Invalid)?;
            let since = inner
                .confirmed(user)?
                .and_then(|factor| factor.confirmed_at);
            let codes_left = match since {
                Some(_) => inner.accounts.n_recovery_codes(user)?,
                None => 0,
            };
            Ok(Standing {
                since,
                wanted: inner.wants_factor(&account),
                codes_left,
            })
        })
        .await
    }

    /// Begins a second factor for who signed in and knows their password.
    ///
    /// # Errors
    ///
    /// [`AuthError::LoginFailed`], or [`AuthError::FactorOn`] when there is one.
    pub async fn set_up_factor(
        &self,
        claims: &Claims,
        password: String,
    ) -> Result<SetUp, AuthError> {
        let (user, email) = (UserId(claims.id), claims.email.clone());
        self.one_more_try(claims)?;
        self.computed(move |inner| {
            inner.knows(user, &password)?;
            inner.begin(user, &email)
        })
        .await
    }

    /// Takes the first code: from now on there is a second factor.
    ///
    /// # Errors
    ///
    /// [`AuthError::CodeWrong`]; [`AuthError::FactorOff`] when none was begun.
    pub async fn confirm_factor(&self, claims: &Claims, code: String) -> Result<(), AuthError> {
        let user = UserId(claims.id);
        self.one_more_try(claims)?;
        self.computed(move |inner| {
            let begun = inner.accounts.factor(user)?.ok_or(AuthError::FactorOff)?;
            if begun.confirmed_at.is_some() {
                return Err(AuthError::FactorOn);
            }
            inner.confirm(user, &begun, (&code, Clock::real_now()))
        })
        .await
    }

    /// Takes the second factor away from who signed in and shows both.
    ///
    /// # Errors
    ///
    /// [`AuthError::LoginFailed`], [`AuthError::CodeWrong`], or [`AuthError::FactorStays`] where the
    /// role needs one.
    pub async fn end_factor(&self, claims: &Claims, proof: Proof) -> Result<(), AuthError> {
        let user = UserId(claims.id);
        self.one_more_try(claims)?;
        self.computed(move |inner| {
            let account = inner.accounts.by_id(user)?.ok_or(AuthError::Invalid)?;
            if inner.wants_factor(&account) {
                return Err(AuthError::FactorStays);
            }
            inner.both(user, &proof)?;
            Ok(inner.accounts.end_factor(user)?)
        })
        .await
    }

    /// Other recovery codes for who signed in and shows both factors.
    ///
    /// # Errors
    ///
    /// [`AuthError::LoginFailed`] or [`AuthError::CodeWrong`].
    pub async fn new_recovery_codes(
        &self,
        claims: &Claims,
        proof: Proof,
    ) -> Result<Vec<String>, AuthError> {
        let user = UserId(claims.id);
        self.one_more_try(claims)?;
        self.computed(move |inner| {
            inner.both(user, &proof)?;
            let codes = recovery_codes();
            inner.accounts.put_recovery_codes(user, &codes)?;
            Ok(codes)
        })
        .await
    }

    /// A try of who signed in counts like one at the door.
    fn one_more_try(&self, claims: &Claims) -> Result<(), AuthError> {
        let email = claims.email.to_lowercase();
        self.inner.tries.one_more(&email, "", Clock::real_now())
    }
}

#[cfg(test)]
mod tests;
