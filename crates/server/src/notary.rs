//! The key that the ends of the logs are signed with: `keys/log.key`, a file of its own that only
//! its owner may read.

use std::{fs, io, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_protocol::{
    KeyChange,
    proof::{Checkpoint, Key, Pen, SALT, Signed, key_change},
};
use rand::RngCore as _;

use crate::keys;

/// The name of the key's file.
const KEY: &str = "log.key";
/// The name of the file of a key that is about to follow.
const NEXT: &str = "log.key.next";

/// Signs checkpoints, and makes salts.
#[derive(Debug)]
pub(crate) struct Notary {
    pen: Pen,
}

impl Notary {
    /// Reads the key in `dir`, making it at the first start. When logs are signed already a
    /// missing key is an error: signing with another one would look like tampering.
    pub(crate) fn open(dir: &Path, is_signed: bool) -> io::Result<Self> {
        let path = dir.join(KEY);
        if !path.exists() && !is_signed {
            keys::make(dir, &path)?;
        }
        Self::read(&path)
    }

    fn read(path: &Path) -> io::Result<Self> {
        let secret = match fs::read(path) {
            Ok(secret) => secret,
            Err(error) => {
                return Err(io::Error::new(
                    error.kind(),
                    format!("{}: {error}", path.display()),
                ));
            }
        };
        let secret = <[u8; 32]>::try_from(secret);
        let wrong =
            |_: Vec<u8>| io::Error::other(format!("{} is not 32 bytes long", path.display()));
        Ok(Self {
            pen: Pen::new(&secret.map_err(wrong)?),
        })
    }

    /// The notary that follows this one. Its key lies beside the old one until a log was signed
    /// with it: see [`Notary::settle`].
    pub(crate) fn follower(dir: &Path) -> io::Result<Self> {
        let secret = keys::make(dir, &dir.join(NEXT))?;
        let secret = <[u8; 32]>::try_from(secret);
        Ok(Self {
            pen: Pen::new(&secret.map_err(|_wrong| io::Error::other("a key of another length"))?),
        })
    }

    /// When there is a follower in `dir`, puts it in place if it has signed already; a change that
    /// never came about is forgotten.
    pub(crate) fn settle(
        self,
        dir: &Path,
        has_signed: impl FnOnce(&Key) -> bool,
    ) -> io::Result<Self> {
        let next = dir.join(NEXT);
        if !next.exists() {
            return Ok(self);
        }
        let follower = Self::read(&next)?;
        if !has_signed(&follower.key()) {
            fs::remove_file(next)?;
            return Ok(self);
        }
        fs::rename(next, dir.join(KEY))?;
        fs::File::open(dir)?.sync_all()?;
        Ok(follower)
    }

    /// What both sign when `next` follows this one in the log of this name.
    pub(crate) fn hand_over(&self, next: &Self, origin: &str) -> KeyChange {
        let message = key_change(origin, &self.key(), &next.key());
        let sign = |notary: &Self| STANDARD.encode(notary.pen.sign(message.as_bytes()));
        KeyChange {
            old: self.key().to_string(),
            new: next.key().to_string(),
            by_old: sign(self),
            by_new: sign(next),
        }
    }

    /// What its signatures are checked with.
    pub(crate) fn key(&self) -> Key {
        self.pen.key()
    }

    /// Signs where a log ends.
    pub(crate) fn sign(&self, checkpoint: Checkpoint) -> Signed {
        self.pen.sign_checkpoint(checkpoint)
    }

    /// Sixteen bytes that nobody can guess.
    pub(crate) fn salt() -> [u8; SALT] {
        let mut salt = [0; SALT];
        rand::rng().fill_bytes(&mut salt);
        salt
    }
}
