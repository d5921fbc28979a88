//! Whoever's key is gone loses nothing, and nothing is ever kept in the clear.

use elms_protocol::UserId;

use super::*;
use crate::{
    fixture::{Hall, MORNING, report, request},
    outbox::{Entry, Outbox, subject_of},
    vault::MemoryVault,
};

const NAME: &str = "key/hall/1-3";

/// A computer without a key store.
#[derive(Debug)]
struct NoVault;

impl Vault for NoVault {
    fn get(&self, _name: &str) -> Result<Option<String>, VaultError> {
        Err(VaultError("There is no key store.".to_owned()))
    }
    fn set(&self, _name: &str, _secret: &str) -> Result<(), VaultError> {
        Err(VaultError("There is no key store.".to_owned()))
    }
    fn delete(&self, _name: &str) -> Result<(), VaultError> {
        Err(VaultError("There is no key store.".to_owned()))
    }
}

fn report_into(dir: &Path, key: &FileKey, n: u128) {
    let mut outbox = Outbox::open(&dir.join("outbox.db"), key).unwrap();
    let request = request(n, report(n, "Phone"), MORNING);
    let about = subject_of(&request.command, &Hall::new());
    outbox
        .keep(Entry {
            request: &request,
            author: UserId(3),
            about: &about,
            station: "GH-A",
        })
        .unwrap();
}

#[test]
fn the_key_is_made_once_and_found_again_in_the_key_store() {
    let (dir, vault) = (tempfile::tempdir().unwrap(), MemoryVault::default());
    let first = open(dir.path(), &vault, NAME, (&Wish::Usual, true)).unwrap();
    assert!(!first.for_session);
    let again = open(dir.path(), &vault, NAME, (&Wish::Usual, false)).unwrap();
    assert_eq!(again.key, first.key);
    let written = fs::read_to_string(dir.path().join("key.json")).unwrap();
    assert!(!written.contains(first.key.text().expose()), "{written}");
}

#[test]
fn without_a_key_store_nothing_is_kept_until_the_person_has_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let refused = open(dir.path(), &NoVault, NAME, (&Wish::Usual, true)).unwrap_err();
    assert!(matches!(refused, KeyTrouble::Store(_)), "{refused}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);

    let short = Wish::Words(Secret::new("seven"));
    let refused = open(dir.path(), &NoVault, NAME, (&short, true)).unwrap_err();
    assert!(matches!(refused, KeyTrouble::TooShort), "{refused}");
    let words = Wish::Words(Secret::new("seven chairs in the hall"));
    let first = open(dir.path(), &NoVault, NAME, (&words, true)).unwrap();
    let locked = open(dir.path(), &NoVault, NAME, (&Wish::Usual, true)).unwrap_err();
    assert!(matches!(locked, KeyTrouble::WordsWanted), "{locked}");
    let other = Wish::Words(Secret::new("eight chairs in the hall"));
    let wrong = open(dir.path(), &NoVault, NAME, (&other, true)).unwrap_err();
    assert!(matches!(wrong, KeyTrouble::WrongWords), "{wrong}");
    let again = open(dir.path(), &NoVault, NAME, (&words, false)).unwrap();
    assert_eq!(again.key, first.key);
}

#[test]
fn a_key_for_one_session_is_gone_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path(), &NoVault, NAME, (&Wish::Session, true)).unwrap();
    assert!(first.for_session);
    report_into(dir.path(), &first.key, 1);
    let vault = MemoryVault::default();
    let gone = open(dir.path(), &vault, NAME, (&Wish::Usual, false)).unwrap_err();
    assert!(matches!(gone, KeyTrouble::Gone), "{gone}");
    let second = open(dir.path(), &vault, NAME, (&Wish::Usual, true)).unwrap();
    assert_ne!(second.key, first.key);
    let aside = second.aside.unwrap();
    assert_eq!(
        Outbox::open(&aside, &first.key)
            .unwrap()
            .items()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_lies_under_a_key_that_is_gone_is_put_aside_and_comes_back_with_it() {
    let (dir, vault) = (tempfile::tempdir().unwrap(), MemoryVault::default());
    let dir = dir.path();
    let first = open(dir, &vault, NAME, (&Wish::Usual, true)).unwrap();
    report_into(dir, &first.key, 1);
    report_into(dir, &first.key, 2);
    fs::write(dir.join("cache.db"), "a copy that nobody can read").unwrap();

    // Another key store, as after a change of the desktop.
    let other = MemoryVault::default();
    let gone = open(dir, &other, NAME, (&Wish::Usual, false)).unwrap_err();
    assert!(matches!(gone, KeyTrouble::Gone), "{gone}");
    assert!(
        dir.join("outbox.db").exists(),
        "nothing moves without a sign-in"
    );
    let second = open(dir, &other, NAME, (&Wish::Usual, true)).unwrap();
    assert!(second.aside.is_some());
    assert!(!dir.join("cache.db").exists());
    report_into(dir, &second.key, 3);

    // And the first one again: each time what was kept comes along.
    let third = open(dir, &vault, NAME, (&Wish::Usual, true)).unwrap();
    assert_eq!(third.key, first.key);
    let mut outbox = Outbox::open(&dir.join("outbox.db"), &third.key).unwrap();
    assert_eq!(aside::take_back(dir, &third.key, &mut outbox).unwrap(), 2);
    assert_eq!(aside::take_back(dir, &third.key, &mut outbox).unwrap(), 0);
    assert_eq!(outbox.ready(UserId(3), 9).unwrap().len(), 2);
    drop(outbox);
    let last = open(dir, &other, NAME, (&Wish::Usual, true)).unwrap();
    let mut outbox = Outbox::open(&dir.join("outbox.db"), &last.key).unwrap();
    assert_eq!(aside::take_back(dir, &last.key, &mut outbox).unwrap(), 1);
}

#[test]
fn an_outbox_of_a_key_that_nobody_knows_is_never_overwritten() {
    let (dir, vault) = (tempfile::tempdir().unwrap(), MemoryVault::default());
    report_into(dir.path(), &FileKey::mint().unwrap(), 1);
    let gone = open(dir.path(), &vault, NAME, (&Wish::Usual, false)).unwrap_err();
    assert!(matches!(gone, KeyTrouble::Gone), "{gone}");
    let opened = open(dir.path(), &vault, NAME, (&Wish::Usual, true)).unwrap();
    assert!(opened.aside.unwrap().exists());
}
