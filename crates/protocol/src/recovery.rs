//! What was not sent is also sealed for the institution: whoever keeps its recovery key can open it when
//! the key of a station is gone.
//!
//! A line for each command, as JSON. Sealed is by RFC 9180 in its base mode: DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20-Poly1305, with [`INFO`] and the id of the command as associated data.

use serde::{Deserialize, Serialize};

use crate::{CommandId, CommandRequest, UserId};

/// What the sealing is for; another purpose gives other keys.
pub const INFO: &[u8] = b"elms recovery 1";

/// What a server gives at sign-in, when its institution has a recovery key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryGrant {
    /// The public key, in hexadecimal digits.
    pub key: String,
    /// Proves to the server later that it was this person: it is sealed along and shown to nobody.
    pub voucher: String,
}

impl std::fmt::Debug for RecoveryGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecoveryGrant").finish_non_exhaustive()
    }
}

/// A sealed command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedLine {
    /// Which command; its author sends it under the same id.
    pub command_id: CommandId,
    /// The public key that it is sealed to, in hexadecimal digits.
    pub key: String,
    /// The encapsulated key, in base64.
    pub enc: String,
    /// The sealed [`SealedItem`], in base64.
    pub body: String,
}

/// What is inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SealedItem {
    /// Who wrote it.
    pub author: UserId,
    /// At which station.
    pub station: Option<String>,
    /// That it was them.
    pub voucher: String,
    /// What they asked for.
    pub request: CommandRequest,
}
