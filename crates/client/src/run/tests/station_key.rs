//! The key of the station: what was signed in here is worth nothing without it.

use super::*;
use crate::{VaultError, vault::MemoryVault};

/// A key store that does not give the station's key away for now.
#[derive(Debug)]
struct Hesitant(Arc<MemoryVault>);

impl Vault for Hesitant {
    fn get(&self, name: &str) -> Result<Option<String>, VaultError> {
        if name.starts_with("station/") {
            return Err(VaultError("The key store is locked.".to_owned()));
        }
        self.0.get(name)
    }
    fn set(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        self.0.set(name, secret)
    }
    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.0.delete(name)
    }
}

#[tokio::test]
async fn a_sign_in_belongs_to_the_key_of_the_station_through_restarts() {
    let bench = Bench::new().await;
    bench.live(true).await.shutdown().await;
    let key = bench.vault.kept("station/");
    assert_eq!(key.len(), 1);
    for n in 1..=3 {
        let console = bench.open();
        live(&console).await;
        console.shutdown().await;
        assert_eq!(bench.partner.world().refreshed.len(), n);
    }
    let world = bench.partner.world();
    assert_eq!((world.stolen, world.keys.len()), (0, 1));
    assert_eq!(bench.vault.kept("station/"), key);
}

#[tokio::test]
async fn a_token_is_not_shown_while_the_key_store_does_not_give_the_key() {
    let bench = Bench::new().await;
    bench.live(true).await.shutdown().await;
    let console = open(
        bench.dir.path(),
        Arc::new(Hesitant(Arc::clone(&bench.vault))),
    );
    let status = shows(&console, "why nothing is sent", |status| {
        !status.warnings.is_empty() || !status.keystore.ok
    })
    .await;
    let told = format!("{:?} {:?}", status.warnings, status.keystore);
    assert!(told.contains("Sign in again to send."), "{told}");
    console.shutdown().await;
    assert!(bench.partner.world().refreshed.is_empty());
    // The sign-in is whole: the next start finds both.
    live(&bench.open()).await;
    assert_eq!(bench.partner.world().stolen, 0);
}

#[tokio::test]
async fn a_server_that_knows_no_keys_is_signed_in_to_as_before() {
    let bench = Bench::new().await;
    bench.partner.world().keyless = true;
    bench.live(true).await.shutdown().await;
    live(&bench.open()).await;
    let world = bench.partner.world();
    assert_eq!((world.refreshed.len(), world.keys.len()), (1, 0));
}
