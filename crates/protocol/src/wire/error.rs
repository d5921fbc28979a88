//! Why a text is not a packet.

/// A text is not a packet that we take. None of them carries the text itself.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// The text is longer than the caller allows; it was not parsed.
    #[error("{bytes} bytes, but at most {max_bytes} are taken")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit that the caller gave.
        max_bytes: usize,
    },
    /// There is nothing, not even the digit that tells the kind.
    #[error("an empty packet")]
    Empty,
    /// The first character names no kind of packet.
    #[error("no kind of packet begins with {0:?}")]
    UnknownKind(char),
    /// Attachments are not part of what we speak.
    #[error("binary packets are not taken")]
    Binary,
    /// What follows the kind is not JSON, or nested deeper than 128 levels.
    #[error("not JSON")]
    Json(#[from] serde_json::Error),
    /// The JSON is not what this kind of packet carries.
    #[error("a packet of kind {kind} carries {wanted}")]
    Shape {
        /// The kind, in words.
        kind: &'static str,
        /// What it must carry, in words.
        wanted: &'static str,
    },
    /// The event has a name that only the libraries themselves may use; see
    /// [`RESERVED`](super::RESERVED).
    #[error("the event name is reserved")]
    ReservedName,
    /// The number of the acknowledgement is missing or does not fit into 64 bits.
    #[error("no number of an acknowledgement")]
    AckId,
}
