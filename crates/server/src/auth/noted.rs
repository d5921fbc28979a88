//! What the log is told of sign-ins: accounts by number, reasons in a word.

use elms_protocol::UserId;

use super::{Auth, AuthError, PasswordError};
use crate::accounts::staff_number;

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
            Self::StationHere => "the own station",
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
    /// The number of the account with this address or staff number, if there is one.
    pub(crate) async fn number_of(&self, who: &str) -> Option<UserId> {
        let email = self.address_of(who).await.ok()?;
        let found = self.aside(move |inner| Ok(inner.accounts.by_email(&email)?));
        Some(found.await.ok()??.0.id)
    }

    /// The address that somebody has typed, or that of the staff card that they have shown: tries are
    /// counted by it, so that a card gives nobody more of them. What is neither stays as it is.
    pub(super) async fn address_of(&self, who: &str) -> Result<String, AuthError> {
        let who = who.trim().to_lowercase();
        let Some(number) = staff_number(&who) else {
            return Ok(who);
        };
        let found = self.aside(move |inner| Ok(inner.accounts.address_of_card(&number)?));
        Ok(found.await?.map_or(who, |email| email.to_lowercase()))
    }
}
