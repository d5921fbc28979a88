//! The own sign-ins: where one is signed in, and their end.

use elms_protocol::UserId;

use super::{Auth, AuthError};
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
}
