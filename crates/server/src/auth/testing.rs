//! Tokens for tests, good and bad, without a password.

use elms_protocol::UserId;

use super::{Auth, SignedIn};
use crate::clock::Clock;

impl Auth {
    /// Tokens of `user` that open nothing, each with the code of its refusal: one that has run out,
    /// one of a sign-in that was ended, a refresh token, and a token of another kind.
    pub(crate) fn bad_tokens(&self, user: UserId) -> Vec<(String, &'static str)> {
        let good = self.vouch(user);
        let now = Clock::real_now();
        let keys = &self.inner.keys;
        let session = self.claims(&good.token).unwrap().sid;
        let late = keys.sign(&good.account, session, now.plus_ms(-7_200_000), 60);
        let other = keys.sign_as("password_reset", &good.token);
        let ended = self.vouch(user);
        self.inner
            .ended
            .add([self.claims(&ended.token).unwrap().sid]);
        vec![
            (late.unwrap(), "TOKEN_EXPIRED"),
            (ended.token, "INVALID_TOKEN"),
            (good.refresh_token, "INVALID_TOKEN"),
            (other, "INVALID_TOKEN"),
            ("null".to_owned(), "INVALID_TOKEN"),
        ]
    }

    /// Signs an account in without its password.
    pub(crate) fn vouch(&self, user: UserId) -> SignedIn {
        let account = self.inner.accounts.by_id(user).unwrap().unwrap();
        self.inner.start(account, &super::Place::default()).unwrap()
    }
}
