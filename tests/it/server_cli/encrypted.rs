//! Encrypted connections as an operator sets them up.

use anyhow::{Context as _, Result, ensure};
use elms_protocol::pin::Pin;
use serde_json::Value;

use super::{elms_server, listening, refusal, said, text};

#[tokio::test]
async fn a_server_for_other_computers_that_encrypts_nothing_does_not_start() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let mut command = elms_server(&["serve", "--data", data, "--listen", listen])?;
        let sentence = refusal(&mut command).await?;
        ensure!(sentence.contains("must be encrypted"), "{sentence}");
        ensure!(sentence.lines().count() == 1, "{sentence}");
    }
    let missing = dir.path().join("nowhere.pem");
    let mut command = elms_server(&["serve", "--data", data, "--listen", "0.0.0.0:0"])?;
    command
        .env("ELMS_CERTIFICATE", &missing)
        .env("ELMS_CERTIFICATE_KEY", &missing);
    let sentence = refusal(&mut command).await?;
    ensure!(
        sentence.contains("nowhere.pem cannot be read"),
        "{sentence}"
    );
    Ok(())
}

#[tokio::test]
async fn a_server_says_its_address_with_the_key_that_it_keeps() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    let (content, pin, _) = said(&mut elms_server(&["pin", "--data", data])?).await?;
    let known: Pin = pin.trim().parse()?;
    ensure!(content, "{pin}");
    for _start in 0..2 {
        let serve = [
            "serve",
            "--data",
            data,
            "--listen",
            "0.0.0.0:0",
            "--tls",
            "own",
        ];
        let mut child = elms_server(&serve)?.spawn()?;
        let url = listening(&mut child).await?;
        let (address, key) = url.split_once('#').context("no key in it")?;
        ensure!(key.parse() == Ok(known), "{url}");
        let address = address.replace("0.0.0.0", "127.0.0.1");
        // Whether the key is the right one, stations ask; see `pinned`.
        let client = reqwest::Client::builder().danger_accept_invalid_certs(true);
        let client = client.build()?;
        let health = client.get(format!("{address}/healthz")).send().await?;
        let only_encrypted = health.headers().get("strict-transport-security").cloned();
        let year = "max-age=31536000; includeSubDomains";
        ensure!(only_encrypted.is_some_and(|told| told == year), "no HSTS");
        let health: Value = health.json().await?;
        ensure!(health["status"] == "OK", "{health}");
        child.kill().await?;
    }
    let proxied = ["pin", "--data", data, "--tls", "by-proxy"];
    let sentence = refusal(&mut elms_server(&proxied)?).await?;
    ensure!(
        sentence.contains("the proxy has the certificate"),
        "{sentence}"
    );
    Ok(())
}
