//! The directories of this station: one for each person on each server.
//!
//! ```text
//! <data>/last.json                                          who worked here last
//! <data>/profiles/<server>/<institution>-<user>/profile.json    who that is
//!                                              /lock            held while it is open
//!                                              /key.json        how the key of the files is kept
//!                                              /cache.db, outbox.db
//!                                              /aside/          what lies under a key that is gone
//! ```

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use elms_protocol::{Actor, Timestamp, host::StationKeyView};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    clock::Remembered,
    error::{CacheError, OutboxError},
    http::{Account, ServerUrl},
    seal::keep::{self, KeyTrouble, Opened, Wish},
    vault::Vault,
};

/// Which kind of server a person works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerKind {
    /// One of ours.
    #[default]
    Ours,
    /// One of ours that plays or holds demo data.
    Demo,
    /// The original: no resume, no commands.
    Original,
}

/// What is written down about a profile. Holds no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The server's address.
    pub server: String,
    /// Who works here.
    pub account: Account,
    /// The person as the server's rules see them, from the last first copy.
    pub actor: Actor,
    /// How this station stands with the server, as it was last said.
    #[serde(default)]
    pub station: Option<StationKeyView>,
    /// Whether they want to stay signed in.
    pub keep: bool,
    /// Which kind of server it is.
    #[serde(default)]
    pub kind: ServerKind,
    /// The server's clock when last heard.
    #[serde(default)]
    pub clock: Option<Remembered>,
    /// Everything visible up to this instant is held.
    #[serde(default)]
    pub as_of: Option<Timestamp>,
    /// What waited here when the profile was closed.
    #[serde(default)]
    pub unsent: i64,
}

impl Card {
    /// The name of the key store's entry for an account's refresh token.
    pub fn secret_name(server: &ServerUrl, account: &Account) -> String {
        format!("refresh/{}", place_of(server, account).display())
    }

    /// Who looks at the screens, and why they can enter nothing there, if so.
    pub(crate) fn sight(&self) -> (Actor, Option<&'static str>) {
        let closed = self.kind == ServerKind::Original;
        (self.actor.clone(), closed.then_some(crate::run::NO_ENTRIES))
    }

    /// The name of the key store's entry for the key of an account's files.
    pub(crate) fn key_name(server: &ServerUrl, account: &Account) -> String {
        format!("key/{}", place_of(server, account).display())
    }
}

/// Why a profile could not be opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Another console has it.
    #[error("Another console on this computer is using this person's data. Close it first.")]
    Taken,
    /// The copy of the server's record.
    #[error(transparent)]
    Copy(#[from] CacheError),
    /// What was kept here and not answered yet.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The disk refused.
    #[error("The data directory cannot be used: {0}.")]
    Disk(#[from] io::Error),
}

/// Holds a profile for this process; given up when dropped or when the process dies.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// All profiles of this station.
#[derive(Debug, Clone)]
pub struct Profiles {
    root: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Last {
    profile: PathBuf,
}

impl Profiles {
    /// The profiles under `data_dir`, which is made if it is missing.
    ///
    /// # Errors
    ///
    /// [`ProfileError::Disk`] when it cannot be made.
    pub fn open(data_dir: &Path) -> Result<Self, ProfileError> {
        fs::create_dir_all(data_dir.join("profiles"))?;
        Ok(Self {
            root: data_dir.to_owned(),
        })
    }

    /// The directory of an account.
    pub fn dir(&self, server: &ServerUrl, account: &Account) -> PathBuf {
        self.root.join("profiles").join(place_of(server, account))
    }

    /// The key of an account's files; see [`keep::open`]. Blocks.
    ///
    /// # Errors
    ///
    /// [`KeyTrouble`]; nothing has changed then.
    pub(crate) fn key(
        &self,
        server: &ServerUrl,
        account: &Account,
        vault: &dyn Vault,
        how: (&Wish, bool),
    ) -> Result<Opened, KeyTrouble> {
        let dir = self.dir(server, account);
        fs::create_dir_all(&dir)?;
        keep::open(&dir, vault, &Card::key_name(server, account), how)
    }

    /// The count of the numbers that this computer gives out, for all accounts.
    pub fn numbers(&self) -> PathBuf {
        self.root.join("numbers.db")
    }

    /// Takes the directory of an account for this process.
    ///
    /// # Errors
    ///
    /// [`ProfileError::Taken`] while another console has it.
    pub fn take(&self, server: &ServerUrl, account: &Account) -> Result<Lock, ProfileError> {
        let dir = self.dir(server, account);
        fs::create_dir_all(&dir)?;
        let file = File::options()
            .create(true)
            .append(true)
            .open(dir.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(ProfileError::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Writes a card, and that its person worked here last.
    ///
    /// # Errors
    ///
    /// [`ProfileError::Disk`]; the earlier card is then still whole.
    pub fn write(&self, server: &ServerUrl, card: &Card) -> Result<(), ProfileError> {
        let place = place_of(server, &card.account);
        let dir = self.root.join("profiles").join(&place);
        fs::create_dir_all(&dir)?;
        write_whole(&dir.join("profile.json"), card)?;
        write_whole(&self.root.join("last.json"), &Last { profile: place })?;
        Ok(())
    }

    /// Who worked here last.
    pub fn last(&self) -> Option<Card> {
        let last: Last = read(&self.root.join("last.json"))?;
        read(
            &self
                .root
                .join("profiles")
                .join(last.profile)
                .join("profile.json"),
        )
    }

    /// The card of an account, if it was here before.
    pub fn card(&self, server: &ServerUrl, account: &Account) -> Option<Card> {
        read(&self.dir(server, account).join("profile.json"))
    }

    /// Everybody who has worked at this station: the place of their profile, and their card.
    pub(crate) fn everybody(&self) -> Vec<(String, Card)> {
        let inside = |dir: &Path| fs::read_dir(dir).into_iter().flatten().flatten();
        let root = self.root.join("profiles");
        let servers = inside(&root).map(|server| server.path());
        let dirs = servers.flat_map(|server| inside(&server).map(|entry| entry.path()));
        let known = dirs.filter_map(|dir| {
            let place = dir.strip_prefix(&root).ok()?.to_str()?.to_owned();
            Some((place, read(&dir.join("profile.json"))?))
        });
        let mut known: Vec<(String, Card)> = known.collect();
        known.sort_by(|(_, a), (_, b)| a.account.name.cmp(&b.account.name));
        known
    }

    /// The card of whoever has this address or staff number on this server, if they were here before.
    pub fn of_person(&self, server: &ServerUrl, who: &str) -> Option<Card> {
        let dir = self.root.join("profiles").join(server.short_hash());
        let entries = fs::read_dir(dir).ok()?.flatten();
        let mut cards = entries.filter_map(|entry| read(&entry.path().join("profile.json")));
        cards.find(|card: &Card| card.account.is_called(who.trim()))
    }
}

fn place_of(server: &ServerUrl, account: &Account) -> PathBuf {
    let person = format!("{}-{}", account.institution, account.user);
    Path::new(&server.short_hash()).join(person)
}

/// A file that cannot be read is as good as none: whoever it was about signs in again.
fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let bytes = fs::read(path).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Writes beside and renames, so that a power cut leaves the old file or the new one.
fn write_whole(path: &Path, value: &impl Serialize) -> Result<(), io::Error> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(&serde_json::to_vec_pretty(value)?)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use elms_protocol::{InstitutionId, Role, UserId};

    use super::*;

    fn esi() -> (ServerUrl, Card) {
        let server = ServerUrl::parse("https://exams.tug").unwrap();
        let account = Account {
            user: UserId(3),
            name: "Esi Boateng".to_owned(),
            email: "esi@tug".to_owned(),
            staff_number: Some("TUG-014".to_owned()),
            roles: vec![Role::ExamsOfficer],
            institution: InstitutionId(1),
            faculty: None,
            department: None,
            must_change_password: false,
        };
        let actor = account.actor("EO-1");
        let card = Card {
            server: server.text().to_owned(),
            account,
            actor,
            station: None,
            keep: true,
            kind: ServerKind::Ours,
            clock: None,
            as_of: None,
            unsent: 0,
        };
        (server, card)
    }

    #[test]
    fn who_worked_here_last_is_known_after_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let (server, card) = esi();
        Profiles::open(dir.path())
            .unwrap()
            .write(&server, &card)
            .unwrap();
        let again = Profiles::open(dir.path()).unwrap();
        assert_eq!(again.last().unwrap().account, card.account);
        for who in [" ESI@tug ", "tug-014"] {
            assert!(again.of_person(&server, who).is_some(), "{who}");
        }
        assert!(again.of_person(&server, "kofi@tug").is_none());
    }

    #[test]
    fn two_consoles_do_not_share_one_persons_data() {
        let dir = tempfile::tempdir().unwrap();
        let profiles = Profiles::open(dir.path()).unwrap();
        let (server, card) = esi();
        let first = profiles.take(&server, &card.account).unwrap();
        let second = profiles.take(&server, &card.account).unwrap_err();
        assert!(matches!(second, ProfileError::Taken), "{second}");
        drop(first);
        profiles.take(&server, &card.account).unwrap();
    }

    #[test]
    fn a_spoilt_card_is_no_card() {
        let dir = tempfile::tempdir().unwrap();
        let profiles = Profiles::open(dir.path()).unwrap();
        let (server, card) = esi();
        profiles.write(&server, &card).unwrap();
        let path = profiles.dir(&server, &card.account).join("profile.json");
        fs::write(path, "{\"server\":").unwrap();
        assert!(profiles.last().is_none());
    }
}
