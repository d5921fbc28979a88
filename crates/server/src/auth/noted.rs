//! What the log is told of sign-ins: accounts by number, reasons in a word.

use elms_protocol::UserId;

use super::{Auth, AuthError, PasswordError};

impl AuthError {
    /// Why, in a word for the log: nothing that somebody typed is in it.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::LoginFailed => "address or password",
            Self::CodeNeeded => "no code",
            Self::SetUpCodeNeeded => "no set-up code",
            Self::CodeWrong => "code",
            Self::FactorWanted(_) => "no second factor yet",
            Self::FactorOn => "a second factor already",
            Self::FactorOff => "no second factor",
            Self::FactorStays => "needed by the role",
            Self::StationKey => "key of the station",
            Self::StationWaits(_) | Self::StationWanted => "station not paired",
            Self::StationSuspended(_) => "station suspended",
            Self::TooManyTries(_) => "too many tries",
            Self::Expired => "expired",
            Self::Invalid => "not valid",
            Self::Password(PasswordError::Length) => "length",
            Self::Password(PasswordError::Guessed) => "easily guessed",
            Self::Accounts(_) | Self::Keys(_) | Self::Password(_) => "a fault here",
            Self::Stopping => "stopping",
        }
    }
}

impl Auth {
    /// The number of the account with this address, if there is one.
    pub(crate) async fn number_of(&self, email: &str) -> Option<UserId> {
        let email = email.trim().to_lowercase();
        let found = self.aside(move |inner| Ok(inner.accounts.by_email(&email)?));
        Some(found.await.ok()??.0.id)
    }
}
