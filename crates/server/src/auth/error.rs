//! Why somebody is not let in, as they read it.

use super::{PasswordError, SetUp};
use crate::accounts::AccountsError;

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// Address or password is wrong, or the account may not be used. One text for all of them.
    #[error("The address or the password is not right.")]
    LoginFailed,
    /// The password was right; a code of the second factor is needed, too.
    #[error("Type the code that your authenticator app shows.")]
    CodeNeeded,
    /// The password was right; where the role needs a second factor, setting it up needs a code too.
    #[error("Type the set-up code that the operator of the server gave you.")]
    SetUpCodeNeeded,
    /// The code is not one, or was used.
    #[error("This code is not right, or it was used before.")]
    CodeWrong,
    /// The password was right, and nobody of this role signs in without a second factor.
    #[error("Your role needs a second factor here. Set it up to sign in.")]
    FactorWanted(Box<SetUp>),
    /// There is a second factor already.
    #[error("There is a second factor already. Turn it off first.")]
    FactorOn,
    /// There is no second factor.
    #[error("There is no second factor. Set it up first.")]
    FactorOff,
    /// The role needs it.
    #[error("Your role needs a second factor here: it cannot be turned off.")]
    FactorStays,
    /// The station has not proved its key: another signature, or a challenge that is old or was used.
    #[error("This station could not prove its key. Try again.")]
    StationKey,
    /// Nobody has let in the station of this fingerprint.
    #[error(
        "This station waits to be let in. Ask the exam office, or who runs the server, for {0}."
    )]
    StationWaits(String),
    /// It was suspended.
    #[error("This station was suspended. Ask the exam office, or who runs the server, about {0}.")]
    StationSuspended(String),
    /// Whoever suspends a station sits there.
    #[error("You sit at this station. Suspend it from another one.")]
    StationHere,
    /// It has shown no key, and only paired stations are signed in at.
    #[error("People sign in to this server at paired stations only.")]
    StationWanted,
    /// Too many tries.
    #[error("Too many tries. Wait {0} s and try again.")]
    TooManyTries(u64),
    /// The token has expired: refresh it.
    #[error("The sign-in has expired.")]
    Expired,
    /// The token is not ours, or its session has ended.
    #[error("The sign-in is not valid.")]
    Invalid,
    /// The accounts file failed.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    /// A hash could not be made.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The signing key could not be made, read or used.
    #[error("the signing key cannot be used: {0}")]
    Keys(String),
    /// The server stops.
    #[error("the server is stopping")]
    Stopping,
}
