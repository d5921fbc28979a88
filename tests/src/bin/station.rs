//! A station without a window: the real client, asked over standard input, so that a test can end
//! it as a power cut does.
//!
//! One line in, one line out: `{"name": …, "args": …}` is answered by `{"ok": …}` or
//! `{"error": {code, message}}`. Secrets are kept in a file in the data directory: a test has no
//! desktop. Never shipped.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result};
use elms_client::{Config, Console, DesktopWorks, Outside, Vault, VaultError, config::Station};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// Secrets in a file: good enough for a test, and it survives a killed process.
#[derive(Debug)]
struct FileVault {
    path: PathBuf,
    lock: Mutex<()>,
}

impl FileVault {
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<(), VaultError> {
        let _held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = self.read();
        change(&mut secrets);
        let text =
            serde_json::to_string(&secrets).map_err(|error| VaultError(error.to_string()))?;
        let fresh = self.path.with_extension("fresh");
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, &self.path))
            .map_err(|error| VaultError(error.to_string()))
    }

    fn read(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

impl Vault for FileVault {
    fn get(&self, name: &str) -> Result<Option<String>, VaultError> {
        Ok(self.read().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &str) -> Result<(), VaultError> {
        self.change(|secrets| drop(secrets.insert(name.to_owned(), secret.to_owned())))
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.change(|secrets| drop(secrets.remove(name)))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let data_dir = PathBuf::from(args.next().context("usage: station DIR CODE [MS AHEAD]")?);
    let station_code = args.next().context("usage: station DIR CODE [MS AHEAD]")?;
    let ahead_ms: i64 = args.next().as_deref().unwrap_or("0").parse()?;
    let vault = Arc::new(FileVault {
        path: data_dir.join("vault.json"),
        lock: Mutex::new(()),
    });
    fs::create_dir_all(&data_dir)?;
    let config = Config {
        papers_dir: data_dir.join("papers"),
        data_dir,
        station: Station::named(&station_code, &format!("Station {station_code}")),
    };
    let world = Outside::default();
    let right = Arc::clone(&world.wall);
    let world = Outside {
        wall: Arc::new(move || right().plus_ms(ahead_ms)),
        ..world
    };
    let console = Console::open_in(world, config, vault, DesktopWorks::default())?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let asked: Value = serde_json::from_str(&line)?;
        let name = asked
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let args = asked.get("args").cloned().unwrap_or_default();
        let answer = match console.call(name, args).await {
            Ok(answer) => json!({ "ok": answer }),
            Err(error) => json!({ "error": error }),
        };
        let mut stdout = std::io::stdout();
        writeln!(stdout, "{answer}")?;
        stdout.flush()?;
    }
    console.shutdown().await;
    Ok(())
}
