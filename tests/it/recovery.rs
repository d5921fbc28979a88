//! A station loses its key before it could send: the exams office opens what it has sealed, and the log
//! gets it once, whoever brings it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_tests::{
    process::{ServerProcess, binary},
    proxy::{Proxy, Wire},
    rest::{COLLEAGUE, OFFICER, Rest},
    station::StationProcess,
};
use serde_json::{Value, json};
use tokio::process::Command;
use uuid::Uuid;

const WORDS: &str = "Phone under the script";
/// A file that was attached to it.
const NOTE: &str = "Seat G3, 10:55: the number on the wrist is copied here.\n";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_station_without_its_key_had_not_sent_reaches_the_log_exactly_once() -> Result<()> {
    let Office {
        _dir,
        data,
        hall,
        safe,
    } = Office::with_a_recovery_key().await?;
    let server = ServerProcess::start(&data, 0, &[]).await?;
    let sealed = lose_the_key(&server, &hall).await?;
    let port = server.port()?;
    server.stop().await?;

    let shown = elms_server(&["recovery", "open", "--key", text(&safe)?, text(&sealed)?]).await?;
    ensure!(shown.contains(WORDS), "not shown: {shown}");
    ensure!(
        !shown.contains("voucher"),
        "what proves the author is shown"
    );
    let size = format!("\"bytes\":{}", NOTE.len());
    ensure!(shown.contains(&size), "the file is not shown: {shown}");
    let bring = bringing(&safe, &data, &sealed)?;
    for _ in 0..2 {
        let brought = elms_server(&bring).await?;
        ensure!(brought.contains("in the log"), "not brought in: {brought}");
        ensure!(brought.contains("file\treceived"), "no file: {brought}");
    }

    // The key is found again after all: the station sends the same, under the same id.
    let server = ServerProcess::start(&data, port, &[]).await?;
    fs::write(hall.join("vault.json"), with_the_old_key(&hall)?)?;
    let mut station = StationProcess::start(&hall, "GH-A")?;
    station.sign_in(&server.url, COLLEAGUE).await?;
    station.live(0).await?;
    once_and_by_its_author(&server).await?;
    station.stop().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_brings_in_a_report_in_the_name_of_somebody_else() -> Result<()> {
    let Office {
        _dir,
        data,
        hall,
        safe,
    } = Office::with_a_recovery_key().await?;
    let server = ServerProcess::start(&data, 0, &[]).await?;
    let sealed = lose_the_key(&server, &hall).await?;
    server.stop().await?;
    // As if the server had never vouched for its author.
    let kept = data.join("keys").join("recovery.json");
    let mut recovery: Value = serde_json::from_str(&fs::read_to_string(&kept)?)?;
    let other = recovery.get_mut("vouching").context("no vouching")?;
    *other = Value::String("07".repeat(32));
    fs::write(&kept, recovery.to_string())?;
    let brought = elms_server(&bringing(&safe, &data, &sealed)?).await?;
    let refused = brought.matches("nobody vouches").count();
    ensure!(refused == 3, "report, file and its bytes: {brought}");
    Ok(())
}

/// An exams office before the day: the server's folder, the hall's, and where the private half lies.
struct Office {
    _dir: tempfile::TempDir,
    data: PathBuf,
    hall: PathBuf,
    safe: PathBuf,
}

impl Office {
    async fn with_a_recovery_key() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let [data, hall, safe] = ["server", "hall", "safe.key"].map(|name| dir.path().join(name));
        let asked = [
            "recovery-key",
            "init",
            "--data",
            text(&data)?,
            "--out",
            text(&safe)?,
        ];
        elms_server(&asked).await?;
        Ok(Self {
            _dir: dir,
            data,
            hall,
            safe,
        })
    }
}

/// The words that open what is sealed and bring it into the log.
fn bringing<'a>(safe: &'a Path, data: &'a Path, sealed: &'a Path) -> Result<[&'a str; 7]> {
    let (safe, data, sealed) = (text(safe)?, text(data)?, text(sealed)?);
    Ok(["recovery", "open", "--key", safe, "--data", data, sealed])
}

/// A report is kept without a line, then the key store forgets the key, and the same person signs in
/// again. Where the sealed file lies then.
async fn lose_the_key(server: &ServerProcess, hall: &Path) -> Result<PathBuf> {
    let wire = Proxy::start(&server.url).await?;
    let mut station = StationProcess::start(hall, "GH-A")?;
    station.sign_in(&wire.url, COLLEAGUE).await?;
    station.live(0).await?;
    wire.set(Wire::Cut);
    station.cut_off().await?;
    let case = Uuid::now_v7();
    let input = json!({
        "ref": case, "type": "ACADEMIC_MISCONDUCT", "severity": "MEDIUM",
        "description": WORDS, "sittingId": 1,
    });
    let command = json!({ "command": "reportIncident", "input": input });
    station.submit(command).await?;
    let file = json!({ "incident": case, "name": "note.txt", "base64": STANDARD.encode(NOTE) });
    station.call("evidence_attach", file).await?;
    station.kill().await?;
    fs::copy(hall.join("vault.json"), hall.join("vault.before"))?;
    fs::write(hall.join("vault.json"), "{}")?;
    wire.set(Wire::Whole);
    let mut station = StationProcess::start(hall, "GH-A")?;
    station.sign_in(&wire.url, COLLEAGUE).await?;
    station.live(0).await?;
    station.stop().await?;
    let mut found = Vec::new();
    find(hall, "recovery.jsonl", &mut found)?;
    ensure!(found.len() == 1, "sealed: {found:?}");
    let sealed = found.pop().context("nothing is sealed")?;
    let readable = fs::read_to_string(&sealed)?.contains("Phone");
    ensure!(!readable, "it is readable");
    let files = fs::read_dir(sealed.with_file_name("recovery"))?.count();
    ensure!(files == 1, "{files} sealed files");
    Ok(sealed)
}

/// The secrets of the station with the key of before.
fn with_the_old_key(hall: &Path) -> Result<String> {
    Ok(fs::read_to_string(hall.join("vault.before"))?)
}

async fn once_and_by_its_author(server: &ServerProcess) -> Result<()> {
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let listed = officer.get("/incidents?limit=100").await?;
    let incidents = listed.get("incidents").and_then(Value::as_array);
    let incidents = incidents.context("no list")?;
    let said =
        |incident: &&Value| incident.get("description").and_then(Value::as_str) == Some(WORDS);
    let found: Vec<&Value> = incidents.iter().filter(said).collect();
    ensure!(found.len() == 1, "{} times in the log", found.len());
    let case = found.first().and_then(|one| one.get("id"));
    let case = case.context("no number")?;
    let detail = officer.get(&format!("/incidents/{case}")).await?;
    let files = detail.pointer("/data/files").and_then(Value::as_array);
    let files = files.with_context(|| format!("no files: {detail}"))?;
    ensure!(files.len() == 1, "{files:?}");
    let id = files.first().and_then(|file| file.get("id"));
    let id = id.and_then(Value::as_str).context("no id")?;
    let path = format!("/incidents/{case}/evidence/{id}/original");
    ensure!(officer.file(&path).await? == NOTE, "another file");
    Ok(())
}

fn find(dir: &Path, name: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, name, found)?;
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path is no text")
}

/// What the command says on standard output; an error when it is not content.
async fn elms_server(args: &[&str]) -> Result<String> {
    let output = Command::new(binary("elms-server")?)
        .args(args)
        .output()
        .await?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "{args:?}: {said}{why}");
    Ok(said)
}
