//! What is open here, sealed a second time for the institution: when the key of this station is gone,
//! whoever keeps the recovery key can open `recovery.jsonl` beside the outbox.
//!
//! The outbox is what counts. That a line could not be written is logged, and made good when the outbox
//! is opened the next time.

mod files;

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_protocol::{
    CommandId, hex,
    recovery::{INFO, RecoveryGrant, SealedItem, SealedLine},
};
use hpke::{
    Deserializable as _, OpModeS, Serializable as _, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256,
};
use rusqlite::{Connection, OptionalExtension as _};

use super::{Item, Outbox, rows};
use crate::error::OutboxError;

/// Where the grant of the last sign-in lies.
pub(super) const GRANT: &str = "
CREATE TABLE recovery (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key TEXT NOT NULL,
    voucher TEXT NOT NULL,
    station TEXT
) STRICT;
";

/// Lines of what is settled that may lie about before the file is written anew.
const SPARE: usize = 64;

/// Why a command was not sealed.
#[derive(Debug, thiserror::Error)]
enum Unsealed {
    #[error(transparent)]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    #[error("the recovery key is none")]
    Key,
}

impl Outbox {
    /// From now on, what is open here is sealed to this key too; to none, when the institution has
    /// none.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written; then the one before holds.
    pub(crate) fn seal_for(
        &mut self,
        grant: Option<&RecoveryGrant>,
        station: Option<&str>,
    ) -> Result<(), OutboxError> {
        match grant {
            None => self.conn.execute("DELETE FROM recovery", [])?,
            Some(RecoveryGrant { key, voucher }) => self.conn.execute(
                "INSERT OR REPLACE INTO recovery VALUES (1, ?1, ?2, ?3)",
                rusqlite::params![key, voucher, station],
            )?,
        };
        self.seal_again();
        Ok(())
    }

    /// Seals what was just kept.
    pub(super) fn seal_new(&self, id: CommandId) {
        let sealed = || {
            let Some(sealing) = Sealing::of(&self.conn)? else {
                return Ok(());
            };
            let Some(item) = rows::find(&self.conn, id)? else {
                return Ok(());
            };
            let mut file = File::options()
                .create(true)
                .append(true)
                .open(&self.sealed)?;
            file.write_all(sealing.line(&item)?.as_bytes())?;
            Ok(file.sync_data()?)
        };
        report(sealed());
    }

    /// Brings the file in line with what is open, when it has fallen behind.
    pub(super) fn seal_again(&self) {
        report(self.reconcile(0));
        self.seal_files();
    }

    /// The same, when much of the file is of no use any more.
    pub(super) fn tidy_sealed(&self) {
        report(self.reconcile(SPARE));
    }

    fn reconcile(&self, spare: usize) -> Result<(), Unsealed> {
        let Some(sealing) = Sealing::of(&self.conn)? else {
            return Ok(remove(&self.sealed)?);
        };
        let open = rows::open(&self.conn)?;
        let ids: BTreeSet<CommandId> = open.iter().map(|item| item.request.command_id).collect();
        let lines = read(&self.sealed);
        let is_good = |line: &SealedLine| ids.contains(&line.command_id) && line.key == sealing.key;
        let (good, useless): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_good);
        let held: BTreeSet<CommandId> = good.iter().map(|line| line.command_id).collect();
        let missing = open
            .iter()
            .filter(|item| !held.contains(&item.request.command_id));
        let fresh = missing.map(|item| sealing.line(item));
        let fresh = fresh.collect::<Result<Vec<_>, _>>()?;
        if fresh.is_empty() && useless.len() <= spare {
            return Ok(());
        }
        if good.is_empty() && fresh.is_empty() {
            return Ok(remove(&self.sealed)?);
        }
        let good = good
            .iter()
            .filter_map(|line| serde_json::to_string(line).ok());
        let text: String = good.map(|line| line + "\n").chain(fresh).collect();
        Ok(write(&self.sealed, &text)?)
    }
}

/// To whom, and in whose name.
struct Sealing {
    key: String,
    voucher: String,
    station: Option<String>,
}

impl Sealing {
    fn of(conn: &Connection) -> Result<Option<Self>, OutboxError> {
        let sql = "SELECT key, voucher, station FROM recovery";
        let found = conn.query_row(sql, [], |row| {
            Ok(Self {
                key: row.get(0)?,
                voucher: row.get(1)?,
                station: row.get(2)?,
            })
        });
        Ok(found.optional()?)
    }

    fn line(&self, item: &Item) -> Result<String, Unsealed> {
        let inside = SealedItem {
            author: item.author,
            station: self.station.clone(),
            voucher: self.voucher.clone(),
            request: item.request.clone(),
        };
        let inside = serde_json::to_vec(&inside).map_err(io::Error::from)?;
        Ok(self.seal(item.request.command_id, INFO, &inside)? + "\n")
    }

    fn seal(&self, id: CommandId, info: &[u8], inside: &[u8]) -> Result<String, Unsealed> {
        let key = hex::decode(&self.key).ok_or(Unsealed::Key)?;
        let key = <X25519HkdfSha256 as hpke::Kem>::PublicKey::from_bytes(&key);
        let key = key.map_err(|_bytes| Unsealed::Key)?;
        let sealed = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            info,
            inside,
            id.to_string().as_bytes(),
        );
        let (enc, body) = sealed.map_err(|_hpke| Unsealed::Key)?;
        let line = SealedLine {
            command_id: id,
            key: self.key.clone(),
            enc: STANDARD.encode(enc.to_bytes()),
            body: STANDARD.encode(body),
        };
        Ok(serde_json::to_string(&line).map_err(io::Error::from)?)
    }
}

/// Where the lines of the outbox at `path` lie.
pub(super) fn beside(path: &Path) -> PathBuf {
    path.with_file_name("recovery.jsonl")
}

/// The lines that are whole.
fn read(path: &Path) -> Vec<SealedLine> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(serde_json::from_str);
    lines.filter_map(Result::ok).collect()
}

/// Writes beside and renames, so that a power cut leaves the old file or the new one.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn report(sealed: Result<(), Unsealed>) {
    if let Err(error) = sealed {
        tracing::error!(%error, "what waits here is not sealed for the institution");
    }
}
