//! The signed end of a log: a C2SP `tlog-checkpoint` in a C2SP `signed-note`.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::{Digest, words_of};
use crate::{Epoch, InstitutionId};

/// Before each signature line, as C2SP has it.
const DASH: &str = "\u{2014} ";
/// The longest note that is read, in bytes; ours have 300.
const LONGEST: usize = 16 * 1_024;

/// The name of one life of an institution's log.
pub fn origin(institution: InstitutionId, epoch: Epoch) -> String {
    format!("elms/{institution}/{epoch}")
}

/// The text is not what it should be, or nobody who matters has signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// It is not a signed checkpoint.
    #[error("it is not a signed checkpoint")]
    Malformed,
    /// The key is not 32 bytes of Ed25519.
    #[error("it is not a key")]
    Key,
    /// This key has not signed it.
    #[error("it is not signed with this key")]
    Unsigned,
}

/// The size and root of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log, and which life of it.
    pub origin: String,
    /// Events.
    pub size: u64,
    /// The root of their tree.
    pub root: Digest,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = STANDARD.encode(self.root.0);
        write!(f, "{}\n{}\n{root}\n", self.origin, self.size)
    }
}

impl std::str::FromStr for Checkpoint {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut lines = text.split_terminator('\n');
        let mut next = || lines.next().filter(|line| !line.is_empty());
        let (origin, size, root) = (next(), next(), next());
        let (Some(origin), Some(size), Some(root)) = (origin, size, root) else {
            return Err(NoteError::Malformed);
        };
        let read: u64 = size.parse().map_err(|_not_a_number| NoteError::Malformed)?;
        let root = Digest(bytes(root).ok_or(NoteError::Malformed)?);
        // `+7` and `007` are read too, and would be two texts of one checkpoint.
        if read.to_string() != size {
            return Err(NoteError::Malformed);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: read,
            root,
        })
    }
}

pub(super) fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// A checkpoint with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What is signed.
    pub checkpoint: Checkpoint,
    text: String,
    signatures: Vec<([u8; 4], [u8; 64])>,
}

impl Signed {
    /// A checkpoint with one signature, as it is stored: four bytes of the key's id and the
    /// signature.
    pub fn from_parts(checkpoint: Checkpoint, signature: &[u8]) -> Option<Self> {
        let (id, rest) = signature.split_first_chunk::<4>()?;
        Some(Self {
            text: checkpoint.to_string(),
            checkpoint,
            signatures: vec![(*id, rest.try_into().ok()?)],
        })
    }

    /// Whether `key` has signed it.
    ///
    /// # Errors
    ///
    /// [`NoteError::Unsigned`].
    pub fn verify(&self, key: &Key) -> Result<(), NoteError> {
        let id = key.id(&self.checkpoint.origin);
        let is_good = |(of, signature): &([u8; 4], [u8; 64])| {
            *of == id && key.has_signed(self.text.as_bytes(), signature)
        };
        let signed = self.signatures.iter().any(is_good);
        signed.then_some(()).ok_or(NoteError::Unsigned)
    }

    /// The first signature, as it is stored.
    pub fn signature(&self) -> Vec<u8> {
        let first = self.signatures.first();
        first.map_or_else(Vec::new, |(id, signature)| {
            [id.as_slice(), signature].concat()
        })
    }
}

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for (id, signature) in &self.signatures {
            let line = STANDARD.encode([id.as_slice(), signature].concat());
            writeln!(f, "{DASH}{} {line}", self.checkpoint.origin)?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Signed {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, Self::Err> {
        let split = note.len() <= LONGEST;
        let (text, lines) = note
            .rsplit_once("\n\n")
            .filter(|_| split)
            .ok_or(NoteError::Malformed)?;
        let text = format!("{text}\n");
        let checkpoint: Checkpoint = text.parse()?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            let line = line.strip_prefix(DASH).ok_or(NoteError::Malformed)?;
            let (name, signature) = line.rsplit_once(' ').ok_or(NoteError::Malformed)?;
            // Signatures of others (witnesses) may be of any length; they are not ours to judge.
            if let Some(signature) = bytes::<68>(signature).filter(|_| name == checkpoint.origin) {
                let (id, rest) = signature
                    .split_first_chunk::<4>()
                    .ok_or(NoteError::Malformed)?;
                let rest = rest
                    .try_into()
                    .map_err(|_wrong_length| NoteError::Malformed)?;
                signatures.push((*id, rest));
            }
        }
        Ok(Self {
            checkpoint,
            text,
            signatures,
        })
    }
}

/// A key that logs are checked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(VerifyingKey);

impl Key {
    /// The words by which people compare keys.
    pub fn words(&self) -> String {
        words_of(&Sha256::digest(self.0.as_bytes()).into())
    }

    /// Whether this key has signed some bytes.
    pub fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).is_ok()
    }

    /// The id of this key in notes of a name: the first bytes of SHA-256 over name and key.
    fn id(&self, name: &str) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(name.as_bytes());
        hasher.update(b"\n\x01");
        hasher.update(self.0.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
        [a, b, c, d]
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0.as_bytes()))
    }
}

impl std::str::FromStr for Key {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = bytes::<32>(text).ok_or(NoteError::Key)?;
        let key = VerifyingKey::from_bytes(&bytes);
        key.map(Self).map_err(|_not_on_the_curve| NoteError::Key)
    }
}

/// The secret half of a key. It cannot be printed.
pub struct Pen(SigningKey);

impl fmt::Debug for Pen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pen(…)")
    }
}

impl Pen {
    /// The pen of 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// What its signatures are checked with.
    pub fn key(&self) -> Key {
        Key(self.0.verifying_key())
    }

    /// Signs some bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// Signs a checkpoint.
    pub fn sign_checkpoint(&self, checkpoint: Checkpoint) -> Signed {
        let text = checkpoint.to_string();
        let signature = self.sign(text.as_bytes());
        let id = self.key().id(&checkpoint.origin);
        Signed {
            checkpoint,
            text,
            signatures: vec![(id, signature)],
        }
    }
}

/// What the old and the new key sign when one follows the other in a log.
pub fn key_change(origin: &str, old: &Key, new: &Key) -> String {
    format!("elms key change 1\n{origin}\n{old}\n{new}\n")
}

#[cfg(test)]
mod tests;
