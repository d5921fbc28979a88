//! What is one's own: the password, and where one is signed in.

use elms_protocol::UserId;

use super::{Auth, AuthError, Claims, hash_password, may_be_chosen, verify_password};
use crate::{
    accounts::{SignIn, Which},
    clock::Clock,
};

impl Auth {
    /// The living sign-ins of who signed in.
    ///
    /// # Errors
    ///
    /// [`AuthError::Accounts`] when they cannot be read.
    pub async fn sign_ins(&self, user: UserId) -> Result<Vec<SignIn>, AuthError> {
        self.aside(move |inner| Ok(inner.accounts.sign_ins(user, Clock::real_now())?))
            .await
    }

    /// Ends sign-ins of who signed in, with their open connections; how many there were.
    ///
    /// # Errors
    ///
    /// [`AuthError::Accounts`] when it could not be written down.
    pub async fn end_sign_ins(&self, user: UserId, which: Which) -> Result<usize, AuthError> {
        self.aside(move |inner| {
            let now = Clock::real_now();
            let n_ended = inner.accounts.end_sign_ins(user, which, now)?;
            inner.ended.add(inner.accounts.ended_since(now)?);
            Ok(n_ended)
        })
        .await
    }

    /// Counts one more request of who signed in.
    ///
    /// # Errors
    ///
    /// [`AuthError::TooManyTries`].
    pub(crate) fn one_more_request(&self, user: i64) -> Result<(), AuthError> {
        let account = user.to_string();
        self.inner
            .requests
            .one_more(&account, "", Clock::real_now())
    }

    /// Changes the password of who signed in, and ends their other sessions. `place` is what the
    /// institution is called.
    ///
    /// # Errors
    ///
    /// [`AuthError::Password`] when the new one may not be chosen, [`AuthError::LoginFailed`] when
    /// `current` is not the password.
    pub async fn change_password(
        &self,
        claims: &Claims,
        current: String,
        new: String,
        place: Vec<String>,
    ) -> Result<(), AuthError> {
        let now = Clock::real_now();
        self.inner
            .tries
            .one_more(&claims.email.to_lowercase(), "", now)?;
        let (email, user, keep) = (claims.email.clone(), UserId(claims.id), claims.sid);
        let name = claims.name.clone();
        self.computed(move |inner| {
            let place = place.iter().map(String::as_str);
            let about: Vec<&str> = [&*name, &*email].into_iter().chain(place).collect();
            may_be_chosen(&new, &about)?;
            if !verify_password(&current, &inner.accounts.password_hash(user)?) {
                return Err(AuthError::LoginFailed);
            }
            inner
                .accounts
                .set_password(&email, &hash_password(&new)?, Some(keep), now)?;
            inner.ended.add(inner.accounts.ended_since(now)?);
            Ok(())
        })
        .await
    }
}
