//! The recovery key of an institution: stations seal what they have not sent to its public half, the
//! exams office keeps the private half on paper or on a stick, never here.
//!
//! A voucher goes along with what is sealed: whoever can read a public key can seal, but only who has
//! signed in knows the voucher of that person.

use std::{fs, io, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_protocol::{
    Actor, InstitutionId, Outcome, UserId, hex,
    recovery::{INFO, RecoveryGrant, SealedItem, SealedLine},
};
use hpke::{
    Deserializable as _, Kem as _, OpModeR, Serializable as _, aead::ChaCha20Poly1305,
    kdf::HkdfSha256, kem::X25519HkdfSha256,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{App, door::ApplyError};

mod files;

pub use files::{BroughtFile, OpenedFile, bring_files, open_files};

/// What the server keeps: the public half, and what vouchers are made with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Recovery {
    /// The public key, in hexadecimal digits.
    key: String,
    /// 32 random bytes, in hexadecimal digits.
    vouching: String,
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recovery").finish_non_exhaustive()
    }
}

/// A recovery key could not be made, read or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecoveryError {
    /// There is one already; what is sealed to it would be lost.
    #[error("there is a recovery key already, in {0}; what stations have sealed needs it")]
    There(String),
    /// The disk.
    #[error("the recovery key cannot be read or written: {0}")]
    Disk(#[from] io::Error),
    /// Not a key.
    #[error("this is not a recovery key")]
    NotAKey,
    /// A line is not one of ours, or sealed to another key.
    #[error("line {0} cannot be opened with this key")]
    Line(usize),
    /// A file is not one of ours, or sealed to another key.
    #[error("the sealed file {0} cannot be opened with this key")]
    File(String),
}

impl Recovery {
    /// Makes a pair in the data directory `dir`; the private half, to be kept elsewhere.
    ///
    /// # Errors
    ///
    /// [`RecoveryError`]; an earlier key is never replaced.
    pub fn init(dir: &Path) -> Result<String, RecoveryError> {
        let path = dir.join("keys").join("recovery.json");
        if path.exists() {
            return Err(RecoveryError::There(path.display().to_string()));
        }
        let (private, public) = X25519HkdfSha256::gen_keypair();
        let recovery = Self {
            key: hex::encode(&public.to_bytes()),
            vouching: hex::encode(&rand::random::<[u8; 32]>()),
        };
        fs::create_dir_all(dir.join("keys"))?;
        let text = serde_json::to_vec_pretty(&recovery).map_err(io::Error::from)?;
        write_for_owner(&path, &text)?;
        Ok(hex::encode(&private.to_bytes()))
    }

    /// The key of the data directory `dir`, if there is one.
    ///
    /// # Errors
    ///
    /// [`RecoveryError`] when it is there and cannot be read.
    pub fn load(dir: &Path) -> Result<Option<Self>, RecoveryError> {
        match fs::read(dir.join("keys").join("recovery.json")) {
            Ok(text) => Ok(Some(
                serde_json::from_slice(&text).map_err(io::Error::from)?,
            )),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What somebody gets at sign-in.
    pub fn grant(&self, user: UserId) -> RecoveryGrant {
        RecoveryGrant {
            key: self.key.clone(),
            voucher: self.voucher(user),
        }
    }

    fn voucher(&self, user: UserId) -> String {
        // A secret of fixed length before the name: nothing can be made longer.
        let digest = Sha256::new()
            .chain_update(b"elms voucher\0")
            .chain_update(self.vouching.as_bytes())
            .chain_update(user.0.to_le_bytes());
        hex::encode(&digest.finalize())
    }

    /// Whether it was they who sealed it.
    pub fn vouches(&self, author: UserId, voucher: &str) -> bool {
        // Both are hashes: how long the comparison takes tells nothing of use.
        Sha256::digest(self.voucher(author)) == Sha256::digest(voucher)
    }
}

/// Opens the lines of a station's file with the private key.
///
/// # Errors
///
/// [`RecoveryError`] that names the first line which it does not fit.
pub fn open(text: &str, private: &str) -> Result<Vec<SealedItem>, RecoveryError> {
    let private = half_of(private)?;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| open_line(line, &private).ok_or(RecoveryError::Line(n.saturating_add(1))))
        .collect()
}

type Private = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;

fn half_of(text: &str) -> Result<Private, RecoveryError> {
    let bytes = hex::decode(text.trim()).ok_or(RecoveryError::NotAKey)?;
    Private::from_bytes(&bytes).map_err(|_bytes| RecoveryError::NotAKey)
}

fn open_line(line: &str, private: &Private) -> Option<SealedItem> {
    serde_json::from_slice(&unsealed(line, private, INFO)?).ok()
}

/// What is inside of a line that was sealed for this purpose.
fn unsealed(line: &str, private: &Private, info: &[u8]) -> Option<Vec<u8>> {
    let line: SealedLine = serde_json::from_str(line).ok()?;
    let enc = STANDARD.decode(&line.enc).ok()?;
    let enc = <X25519HkdfSha256 as hpke::Kem>::EncappedKey::from_bytes(&enc).ok()?;
    let body = STANDARD.decode(&line.body).ok()?;
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        private,
        &enc,
        info,
        &body,
        line.command_id.to_string().as_bytes(),
    );
    opened.ok()
}

/// What became of an item that was brought back.
#[derive(Debug)]
pub enum Brought {
    /// The door has judged it, now or before.
    Judged(Outcome),
    /// Nobody vouches for its author, or they have no account here.
    NotTheirs,
}

/// Carries `items` through the door, each in the name of who wrote it and under its own id: what had
/// arrived before has no second effect.
///
/// # Errors
///
/// [`ApplyError`] when the log cannot be written; bringing all back again is harmless.
pub async fn bring_back(
    app: &App,
    items: Vec<SealedItem>,
) -> Result<Vec<(SealedItem, Brought)>, ApplyError> {
    let mut told = Vec::new();
    for item in items {
        let own = app.auth.recovery();
        let vouched = own.is_some_and(|own| own.vouches(item.author, &item.voucher));
        let author = author(app, item.author, item.station.as_deref()).await;
        let brought = match author {
            Some(author) if vouched => {
                Brought::Judged(app.door.apply(author, item.request.clone()).await?)
            }
            _ => Brought::NotTheirs,
        };
        told.push((item, brought));
    }
    Ok(told)
}

async fn author(app: &App, author: UserId, station: Option<&str>) -> Option<Actor> {
    let account = app.auth.account(author).await.ok()?;
    let institution: InstitutionId = account.institution?;
    Some(Actor {
        user: Some(account.id),
        name: account.name,
        institution,
        roles: vec![account.role],
        faculty: account.faculty,
        department: account.department,
        station: station.map(ToOwned::to_owned),
    })
}

/// Writes a file that only its owner may read.
///
/// # Errors
///
/// When the disk refuses, or the file is there.
pub fn write_for_owner(path: &Path, text: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_key_is_made_once_and_its_private_half_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Recovery::load(dir.path()).unwrap().is_none());
        let private = Recovery::init(dir.path()).unwrap();
        assert!(matches!(
            Recovery::init(dir.path()),
            Err(RecoveryError::There(_))
        ));
        let kept = fs::read_to_string(dir.path().join("keys/recovery.json")).unwrap();
        assert!(!kept.contains(&private));
        let recovery = Recovery::load(dir.path()).unwrap().unwrap();
        assert_ne!(
            recovery.grant(UserId(3)).voucher,
            recovery.grant(UserId(4)).voucher
        );
    }

    #[test]
    fn what_is_no_key_or_no_line_is_said() {
        assert!(matches!(open("", "coffee"), Err(RecoveryError::NotAKey)));
        let key = "07".repeat(32);
        assert!(open("\n", &key).unwrap().is_empty());
        assert!(matches!(open("\n{}\n", &key), Err(RecoveryError::Line(2))));
    }
}
