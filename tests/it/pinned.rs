//! A server that nobody vouches for, and stations that know it by its key.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::Timestamp;
use elms_tests::{
    process::{DEMO_PASSWORD, ServerProcess},
    rest::OFFICER,
    station::StationProcess,
    until,
};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use crate::server_cli::{elms_server, text};

/// What is said of a server with another key.
const OTHER: &str = "is not the one that this station was set up with";
const OWN_KEY: [&str; 2] = ["--tls", "own"];

/// Reports something and tells its name.
async fn reported(station: &mut StationProcess, description: &str) -> Result<Uuid> {
    let name = Uuid::now_v7();
    let report = json!({ "command": "reportIncident", "input": {
        "ref": name, "type": "ACADEMIC_MISCONDUCT", "severity": "MEDIUM",
        "description": description, "sittingId": 1, "seat": "G4",
    }});
    station.submit(report).await?;
    Ok(name)
}

/// Whether the station shows what was reported.
async fn shows(station: &mut StationProcess, name: Uuid, description: &str) -> Result<bool> {
    let shown = station.call("incident", json!({ "ref": name })).await?;
    Ok(shown.to_string().contains(description))
}

/// Why the line is down, as the window shows it.
async fn reason(station: &mut StationProcess) -> Result<String> {
    let status = station.call("status", Value::Null).await?;
    let reason = status.pointer("/link/reason").and_then(Value::as_str);
    Ok(reason.unwrap_or_default().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hall_works_over_a_key_that_nobody_vouches_for_and_through_a_restart() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (data, hall_dir) = (dir.path().join("server"), dir.path().join("hall"));
    let server = ServerProcess::start(&data, 0, &OWN_KEY).await?;
    let (url, port) = (server.url.clone(), server.port()?);
    ensure!(
        url.starts_with("https://127.0.0.1:") && url.contains("#sha256-"),
        "{url}"
    );
    let mut hall = StationProcess::start(&hall_dir, "GH-A")?;
    hall.sign_in(&url, OFFICER).await?;
    hall.live(0).await?;
    let status = hall.call("status", Value::Null).await?;
    let tls = status.pointer("/link/tls").context("not encrypted")?;
    let until = tls.get("until").and_then(Value::as_str).context("no end")?;
    let until: Timestamp = until.parse()?;
    let now = status.pointer("/clock/serverNow").and_then(Value::as_i64);
    ensure!(tls["version"] == "TLS 1.3" && now < Some(until.0), "{tls}");

    // The line falls, something happens, the power goes, and the server comes back with a
    // certificate that was made anew for the same key.
    server.stop().await?;
    hall.cut_off().await?;
    let name = reported(&mut hall, "Over the sealed line").await?;
    hall.kill().await?;
    let mut hall = StationProcess::start(&hall_dir, "GH-A")?;
    let server = ServerProcess::start(&data, port, &OWN_KEY).await?;
    ensure!(server.url == url, "{} {url}", server.url);
    hall.live(1).await?;

    let mut office = StationProcess::start(&dir.path().join("office"), "EO-2")?;
    office.sign_in(&url, OFFICER).await?;
    office.live(1).await?;
    ensure!(
        shows(&mut office, name, "Over the sealed line").await?,
        "it did not arrive"
    );
    hall.stop().await?;
    office.stop().await?;
    server.stop().await
}

/// Takes the key of a server away: what starts on its data then looks the same and is another.
fn lose_key(data: &Path) -> Result<Vec<u8>> {
    let path = data.join("keys").join("tls.key");
    let key = std::fs::read(&path)?;
    std::fs::remove_file(path)?;
    Ok(key)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_another_key_gets_nothing_and_the_station_says_so_and_works_on() -> Result<()>
{
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let server = ServerProcess::start(&data, 0, &OWN_KEY).await?;
    let (url, port) = (server.url.clone(), server.port()?);
    let mut hall = StationProcess::start(&dir.path().join("hall"), "GH-A")?;
    hall.sign_in(&url, OFFICER).await?;
    hall.live(0).await?;
    server.stop().await?;

    let right_key = lose_key(&data)?;
    let listen = format!("127.0.0.1:{port}");
    let serve = [
        "serve",
        "--demo",
        "--data",
        text(&data)?,
        "--listen",
        &listen,
    ];
    let mut impostor = elms_server(&serve)?
        .args(OWN_KEY)
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD)
        .env("ELMS_LOG", "debug")
        .spawn()?;
    until(
        "the station sees who answers",
        Duration::from_mins(1),
        async || {
            drop(hall.call("try_now", Value::Null).await);
            reason(&mut hall).await.is_ok_and(|why| why.contains(OTHER))
        },
    )
    .await?;
    let name = reported(&mut hall, "Kept from the impostor").await?;
    ensure!(
        shows(&mut hall, name, "Kept from the impostor").await?,
        "not to be seen"
    );
    let refused = hall.sign_in(&url, OFFICER).await.err().context("let in")?;
    let refused = refused.to_string();
    ensure!(
        refused.contains("other_server") && refused.contains(OTHER),
        "{refused}"
    );
    // Without a key the address is one that nobody vouches for.
    let (bare, _) = url.split_once('#').context("no key")?;
    let unknown = hall.sign_in(bare, OFFICER).await.err().context("let in")?;
    ensure!(unknown.to_string().contains("\"unreachable\""), "{unknown}");
    heard_nothing(&mut impostor).await?;

    std::fs::write(data.join("keys").join("tls.key"), right_key)?;
    let server = ServerProcess::start(&data, port, &OWN_KEY).await?;
    hall.call("try_now", Value::Null).await?;
    hall.live(1).await?;
    hall.stop().await?;
    server.stop().await
}

/// Stops it, and reads in its log whether anything was asked of it.
async fn heard_nothing(server: &mut tokio::process::Child) -> Result<()> {
    server.start_kill()?;
    let mut log = String::new();
    let stderr = server.stderr.as_mut().context("no log")?;
    stderr.read_to_string(&mut log).await?;
    server.wait().await?;
    ensure!(
        log.contains("did not become an encrypted one"),
        "nobody came: {log}"
    );
    ensure!(!log.contains("answered"), "{log}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_in_the_clear_to_another_computer() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut hall = StationProcess::start(dir.path(), "GH-A")?;
    let refused = hall.sign_in("http://192.0.2.1:4300", OFFICER).await;
    let refused = refused.err().context("let in")?.to_string();
    ensure!(refused.contains("in_the_clear"), "{refused}");
    hall.stop().await
}
