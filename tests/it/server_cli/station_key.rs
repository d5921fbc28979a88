//! A sign-in belongs to the key of its station: what is copied from there opens nothing elsewhere.

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_tests::{process::ServerProcess, rest::OFFICER, station::StationProcess, until};
use serde_json::{Value, json};

use super::text;

/// How often the power of the station goes; each start renews its tokens.
const STARTS: usize = 18;
/// How often it renews them by itself.
const RENEWALS: usize = 2;

/// What lies in the key store of a station: the secrets by their names.
fn secrets(station: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(station.join("vault.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// The secret whose name begins so.
fn secret(station: &Path, begin: &str) -> Option<String> {
    let mut all = secrets(station).into_iter();
    Some(all.find(|(name, _)| name.starts_with(begin))?.1)
}

/// Waits until the station has renewed what was its token.
async fn renewed(station: &Path, before: Option<String>) -> Result<()> {
    let before = before.context("nobody is signed in")?;
    until("a renewal", Duration::from_secs(20), async || {
        secret(station, "refresh/").is_some_and(|now| now != before)
    })
    .await
}

async fn refresh(url: &str, body: Value) -> Result<u16> {
    let asked = reqwest::Client::new().post(format!("{url}/api/auth/refresh"));
    Ok(asked.json(&body).send().await?.status().as_u16())
}

async fn state(station: &mut StationProcess) -> Result<String> {
    let status = station.call("status", Value::Null).await?;
    let state = status.pointer("/link/state").and_then(Value::as_str);
    Ok(state.unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_the_key_store_of_a_station_is_worth_nothing_without_its_key() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (hall, settings) = (dir.path().join("hall"), dir.path().join("elms.toml"));
    std::fs::write(&settings, "access_seconds = 6\n")?;
    let extra = ["--config", text(&settings)?];
    let server = ServerProcess::start(&dir.path().join("server"), 0, &extra).await?;
    let mut station = StationProcess::start(&hall, "GH-A")?;
    station.sign_in(&server.url, OFFICER).await?;
    station.live(0).await?;

    // The station itself goes on, through renewals and power cuts.
    for _ in 0..RENEWALS {
        renewed(&hall, secret(&hall, "refresh/")).await?;
    }
    for _ in 0..STARTS {
        station.kill().await?;
        let before = secret(&hall, "refresh/");
        station = StationProcess::start(&hall, "GH-A")?;
        renewed(&hall, before).await?;
    }
    station.live(0).await?;
    // At rest, so that the token that lies there is the last one.
    station.stop().await?;

    // A token that nobody has had, and one without its key.
    let guess = json!({ "refreshToken": "0".repeat(43) });
    ensure!(refresh(&server.url, guess).await? == 401, "a guess");
    let token = secret(&hall, "refresh/").context("no token")?;
    let bare = json!({ "refreshToken": token });
    ensure!(refresh(&server.url, bare).await? == 401, "without a proof");

    // Whoever showed it had no key: the sign-in is over for everybody, and the station says so.
    let mut station = StationProcess::start(&hall, "GH-A")?;
    until("the password", Duration::from_secs(20), async || {
        state(&mut station)
            .await
            .is_ok_and(|state| state == "auth_required")
    })
    .await?;
    station.sign_in(&server.url, OFFICER).await?;
    station.live(0).await?;
    station.stop().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_of_one_station_open_nothing_in_the_key_store_of_another() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (hall, thief) = (dir.path().join("hall"), dir.path().join("thief"));
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    for place in [&hall, &thief] {
        let mut station = StationProcess::start(place, "GH-A")?;
        station.sign_in(&server.url, OFFICER).await?;
        station.live(0).await?;
        station.stop().await?;
    }
    // The thief has a key of their own, and the token of the hall in place of theirs.
    let token = secret(&hall, "refresh/").context("no token")?;
    let mut mixed = secrets(&thief);
    for (name, kept) in &mut mixed {
        if name.starts_with("refresh/") {
            kept.clone_from(&token);
        }
    }
    std::fs::write(thief.join("vault.json"), serde_json::to_string(&mixed)?)?;
    let mut station = StationProcess::start(&thief, "GH-A")?;
    until("nobody let in", Duration::from_secs(20), async || {
        state(&mut station)
            .await
            .is_ok_and(|state| state == "auth_required")
    })
    .await?;
    station.stop().await?;
    server.stop().await
}
