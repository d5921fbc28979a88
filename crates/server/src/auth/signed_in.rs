//! What a sign-in gives.

use crate::accounts::{Account, KnownStation};

/// Tokens and the account they were made for.
pub struct SignedIn {
    /// Access token.
    pub token: String,
    /// Refresh token.
    pub refresh_token: String,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    /// The account.
    pub account: Account,
    /// How the station stands that the sign-in belongs to, when it belongs to one.
    pub station: Option<KnownStation>,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn")
            .field("account", &self.account.id)
            .finish_non_exhaustive()
    }
}
