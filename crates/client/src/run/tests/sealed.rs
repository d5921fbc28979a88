//! What lies on the disk of a station says nothing to whoever takes the disk out.

use std::path::PathBuf;

use super::*;
use crate::VaultError;

/// Words that are looked for on the disk.
const CANARY: &str = "Zebrafinch";

/// A key store that is not there.
#[derive(Debug)]
struct NoVault;

impl Vault for NoVault {
    fn get(&self, _: &str) -> Result<Option<String>, VaultError> {
        Err(VaultError("No key store.".to_owned()))
    }
    fn set(&self, _: &str, _: &str) -> Result<(), VaultError> {
        Err(VaultError("No key store.".to_owned()))
    }
    fn delete(&self, _: &str) -> Result<(), VaultError> {
        Err(VaultError("No key store.".to_owned()))
    }
}

/// The files beneath `dir` in which the canary stands, by any of its spellings.
fn sung_in(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().flatten();
    let found = entries.flat_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return sung_in(&path);
        }
        let bytes = std::fs::read(&path).unwrap();
        let lower = bytes.to_ascii_lowercase();
        let word = CANARY.to_ascii_lowercase();
        let sings = lower.windows(word.len()).any(|w| w == word.as_bytes());
        Vec::from_iter(sings.then_some(path))
    });
    found.collect()
}

fn canary() -> Value {
    json!({"command": {"command": "reportIncident", "input": {
        "ref": uuid::Uuid::now_v7(), "type": "MEDICAL_EMERGENCY", "severity": "HIGH",
        "description": "Zebrafinch has collapsed."}}})
}

/// Writes the canary wherever a person or the server can.
async fn sing(console: &Console) {
    console.call("submit", canary()).await.unwrap();
    let form = json!({"kind": "report", "form": {"description": CANARY}});
    console.call("draft_save", form).await.unwrap();
}

fn guarded(url: &str, guard: &Value) -> Value {
    json!({"server": url, "email": "esi@tug", "password": "right", "keep": true, "guard": guard})
}

async fn settled(console: &Console) {
    let done = |status: &Status| status.outbox.waiting == 0 && status.outbox.sending == 0;
    shows(console, "an empty outbox", done).await;
}

#[tokio::test]
async fn nothing_that_was_typed_or_came_is_readable_on_the_disk() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    sing(&console).await;
    settled(&console).await;
    shows(&console, "the echo", |status| status.last_seq.0 == 1).await;
    // A damaged copy is put aside, and is still nobody's business.
    let nobody: Vec<PathBuf> = Vec::new();
    assert_eq!(sung_in(bench.dir.path()), nobody, "while it works");
    console.call("submit", canary()).await.unwrap();
    console.shutdown().await;
    let copy = std::fs::read_dir(bench.dir.path().join("profiles")).unwrap();
    let server = copy.flatten().next().unwrap().path();
    let profile = std::fs::read_dir(server).unwrap().flatten().next().unwrap();
    let copy = profile.path().join("cache.db");
    drop(std::fs::remove_file(copy.with_file_name("cache.db-wal")));
    std::fs::write(&copy, b"coffee".repeat(2_000)).unwrap();
    let console = bench.open();
    live(&console).await;
    settled(&console).await;
    assert!(profile.path().join("quarantine").is_dir());
    assert_eq!(sung_in(bench.dir.path()), nobody, "with a copy put aside");
    console.shutdown().await;
}

#[tokio::test]
async fn without_a_key_store_one_session_leaves_nothing_behind() {
    let bench = Bench::new().await;
    let url = bench.partner.url.clone();
    let console = open(bench.dir.path(), Arc::new(NoVault));
    let error = sign_in(&console, &url, true).await.unwrap_err();
    assert_eq!(error.code, "no_keystore");
    let files = || {
        // The count of the computer's numbers is nobody's, and stays.
        let found = walk(&bench.dir.path().join("profiles"));
        found
            .into_iter()
            .filter(|path| path.extension().is_some_and(|end| end == "db"))
            .count()
    };
    assert_eq!(files(), 0, "nothing is kept without a choice");
    let asked = guarded(&url, &json!("session"));
    console.call("sign_in", asked).await.unwrap();
    let status = live(&console).await;
    assert!(!status.keystore.ok);
    sing(&console).await;
    settled(&console).await;
    assert!(sung_in(bench.dir.path()).is_empty());
    console.shutdown().await;
    assert_eq!(files(), 0, "the session is over");
    let console = open(bench.dir.path(), Arc::new(NoVault));
    assert_eq!(
        console.status().await.unwrap().link.state,
        LinkState::SignedOut
    );
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().flatten();
    let found = entries.flat_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            walk(&path)
        } else {
            vec![path]
        }
    });
    found.collect()
}

#[tokio::test]
async fn without_a_key_store_a_passphrase_opens_what_was_kept() {
    let bench = Bench::new().await;
    let url = bench.partner.url.clone();
    let words = json!({"passphrase": "seven chairs in the hall"});
    let console = open(bench.dir.path(), Arc::new(NoVault));
    console
        .call("sign_in", guarded(&url, &words))
        .await
        .unwrap();
    live(&console).await;
    sing(&console).await;
    settled(&console).await;
    console.shutdown().await;
    assert!(sung_in(bench.dir.path()).is_empty());

    let console = open(bench.dir.path(), Arc::new(NoVault));
    let locked = shows(&console, "a locked station", |status| {
        !status.warnings.is_empty()
    })
    .await;
    assert!(
        locked.warnings[0].contains("locked"),
        "{:?}",
        locked.warnings
    );
    let error = console.call("work_offline", json!({})).await.unwrap_err();
    assert_eq!(error.code, "passphrase_wanted");
    let wrong = json!({"passphrase": "seven chairs in the yard"});
    let error = console.call("work_offline", wrong).await.unwrap_err();
    assert_eq!(error.code, "wrong_passphrase");
    let status = console.call("work_offline", words).await.unwrap();
    assert_eq!(status["lastSeq"], 1);
    let draft = console
        .call("draft_load", json!({"kind": "report"}))
        .await
        .unwrap();
    assert_eq!(draft["description"], CANARY);
}
