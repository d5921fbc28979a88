//! What was not sent is also sealed for the institution: whoever keeps its recovery key can open it when
//! the key of a station is gone.
//!
//! A line for each command, as JSON; a file of evidence is one such line by itself, in a file of its own in
//! the folder `recovery` beside them. Sealed is by RFC 9180 in its base mode: DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20-Poly1305, with [`INFO`] and the id of the command as associated data.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{CommandId, CommandRequest, EvidenceId, IncidentRef, UserId};

/// What the sealing is for; another purpose gives other keys.
pub const INFO: &[u8] = b"elms recovery 1";

/// What the sealing of a file is for. Inside is a [`SealedFile`] as JSON, a line feed, and the bytes.
pub const FILE_INFO: &[u8] = b"elms recovery file 1";

/// Where the files lie whose commands have their lines in `lines`.
pub fn folder_of(lines: &Path) -> PathBuf {
    lines.with_file_name("recovery")
}

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

/// What stands before the bytes of a sealed file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedFile {
    /// Who attached it.
    pub author: UserId,
    /// At which station.
    pub station: Option<String>,
    /// That it was them.
    pub voucher: String,
    /// The case.
    pub incident: IncidentRef,
    /// Its name in the log, which has its fingerprint too.
    pub evidence: EvidenceId,
}

impl SealedFile {
    /// This and the bytes after it.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub fn before(&self, bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
        let mut inside = serde_json::to_vec(self)?;
        inside.push(b'\n');
        inside.extend_from_slice(bytes);
        Ok(inside)
    }

    /// Takes apart what [`Self::before`] has put together; none for anything else.
    pub fn parted(inside: &[u8]) -> Option<(Self, &[u8])> {
        let mut parts = inside.splitn(2, |byte| *byte == b'\n');
        let (head, bytes) = (parts.next()?, parts.next()?);
        Some((serde_json::from_slice(head).ok()?, bytes))
    }
}
