//! How a connection ends.

/// Why the server ends a connection; sent as `closing {reason}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// The server restarts.
    Restart,
    /// Nobody authenticated.
    Unauthenticated,
    /// The sign-in was ended.
    Revoked,
    /// The token has expired.
    Expired,
    /// Somebody else's token came on this connection.
    OtherPerson,
    /// Too many messages.
    Flood,
    /// A frame that is no Socket.IO.
    Malformed,
    /// A message larger than allowed.
    TooLarge,
    /// The reader takes nothing.
    Slow,
    /// The log could not be read.
    Failed,
}

impl Closing {
    /// The reason on the wire.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Unauthenticated => "unauthenticated",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::OtherPerson => "other_person",
            Self::Flood => "flood",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Slow => "slow",
            Self::Failed => "failed",
        }
    }

    /// Whether the official client must not come back by itself: it would do the same again.
    pub(super) fn is_for_good(self) -> bool {
        match self {
            Self::Restart | Self::Slow | Self::Failed => false,
            Self::Unauthenticated
            | Self::Revoked
            | Self::Expired
            | Self::OtherPerson
            | Self::Flood
            | Self::Malformed
            | Self::TooLarge => true,
        }
    }
}

/// How a connection ends.
#[derive(Debug)]
pub(super) enum End {
    /// The other side is gone, or said good-bye.
    Gone,
    /// The server ends it, with a reason.
    Close(Closing),
    /// The hand-shake was refused; the answer was said.
    Refused,
}
