//! Words that were erased are nowhere: not in the server's file, not in a copy of the log, not at a
//! station that was away meanwhile. The log stays provable.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::{ServerProcess, binary},
    rest::{OFFICER, REGISTRAR, Rest},
    station::StationProcess,
};
use serde_json::{Value, json};
use tokio::process::Command;

/// A word that stands nowhere else.
const WORD: &str = "quarshiezed";

#[tokio::test(flavor = "multi_thread")]
async fn a_station_that_was_away_forgets_what_was_erased_and_the_log_stays_sound() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (data, away_dir) = (dir.path().join("server"), dir.path().join("away"));
    let server = ServerProcess::start(&data, 0, &[]).await?;
    let port = server.port()?;
    let mut office = StationProcess::start(&dir.path().join("office"), "EO-2")?;
    office.sign_in(&server.url, OFFICER).await?;
    office.live(0).await?;
    let rest = Rest::sign_in(&server.url, OFFICER).await?;
    let number = closed_case(&mut office, &rest).await?;

    // Another station has the words too, and is switched off.
    let mut away = StationProcess::start(&away_dir, "EO-3")?;
    away.sign_in(&server.url, REGISTRAR).await?;
    let head = rest.head().await?;
    away.live(head).await?;
    // The office has told the server, and hears of it like everybody.
    office.live(head).await?;
    ensure!(
        0 < finds(&mut office).await? && 0 < finds(&mut away).await?,
        "not found before"
    );
    away.stop().await?;
    server.stop().await?;

    ensure!(holds_word(&data)?, "the file did not have it before");
    erased_once_it_is_released(&data, &number).await?;
    ensure!(!holds_word(&data)?, "the file has it still");
    verified(&data, dir.path()).await?;

    let server = ServerProcess::start(&data, port, &[]).await?;
    let rest = Rest::sign_in(&server.url, OFFICER).await?;
    let head = rest.head().await?;
    // Without --demo, as the commands are run, a demo account may be signed in nowhere.
    office.sign_in(&server.url, OFFICER).await?;
    office.live(head).await?;
    ensure!(finds(&mut office).await? == 0, "the office finds it still");
    let mut away = StationProcess::start(&away_dir, "EO-3")?;
    away.sign_in(&server.url, REGISTRAR).await?;
    away.live(head).await?;
    ensure!(
        finds(&mut away).await? == 0,
        "the station that was away finds it still"
    );
    for station in [&mut office, &mut away] {
        let listed = station.call("incidents", Value::Null).await?.to_string();
        ensure!(!listed.contains(&number), "the case is listed still");
        let outbox = station.call("outbox", Value::Null).await?.to_string();
        ensure!(!outbox.contains(WORD), "the outbox has it still");
    }
    let everything = json!(rest.events().await?).to_string();
    ensure!(
        everything.contains("event_erased") && !everything.contains(WORD),
        "events"
    );
    office.stop().await?;
    away.stop().await?;
    server.stop().await
}

/// A case that was reported, resolved and closed; its number.
async fn closed_case(office: &mut StationProcess, rest: &Rest) -> Result<String> {
    let reference = uuid::Uuid::new_v4();
    let report = json!({
        "ref": reference, "type": "ACADEMIC_MISCONDUCT", "severity": "LOW",
        "description": format!("Notes of {WORD} under the script"), "sittingId": 1,
    });
    let resolve = json!({
        "incident": reference, "outcome": "NO_ACTION",
        "resolution": format!("The notes of {WORD} were another's"),
    });
    for (command, input) in [
        ("reportIncident", report),
        ("resolveIncident", resolve),
        ("closeIncident", json!({ "incident": reference })),
    ] {
        office
            .submit(json!({ "command": command, "input": input }))
            .await?;
        office.live(0).await?;
    }
    office.live(rest.head().await?).await?;
    let shown = office.call("incident", json!({ "ref": reference })).await?;
    let number = shown.pointer("/view/number").and_then(Value::as_str);
    Ok(number
        .with_context(|| format!("no number: {shown}"))?
        .to_owned())
}

/// How many events a search for the word finds.
async fn finds(station: &mut StationProcess) -> Result<i64> {
    let query = json!({
        "text": WORD, "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    });
    let review = station.call("review", query).await?;
    let total = review.get("total").and_then(Value::as_i64);
    total.with_context(|| format!("no total: {review}"))
}

/// Whether any file of the log has the word, in any page.
fn holds_word(data: &Path) -> Result<bool> {
    for entry in std::fs::read_dir(data)? {
        let path = entry?.path();
        let is_log = path.to_string_lossy().contains("log.db");
        if is_log
            && std::fs::read(&path)?
                .windows(WORD.len())
                .any(|at| at == WORD.as_bytes())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A legal hold is in the way; once it is released the case goes.
async fn erased_once_it_is_released(data: &Path, number: &str) -> Result<()> {
    let said = ["--by", "Dr Ofori", "--why", "Retention, file 12"];
    let with = |verb: &'static str| [&[verb, "--case", number], &said[..]].concat();
    let hearing = run(data, &with("hold")).await?;
    ensure!(hearing.0, "{hearing:?}");
    let refused = run(data, &with("erase")).await?;
    ensure!(
        !refused.0 && refused.1.contains("is under a legal hold"),
        "{refused:?}"
    );
    ensure!(holds_word(data)?, "it was erased in spite of the hold");
    let (listed, holds) = run(data, &["holds"]).await?;
    ensure!(listed && holds.contains(number), "{holds}");
    for verb in ["release", "erase"] {
        let done = run(data, &with(verb)).await?;
        ensure!(done.0, "{verb}: {done:?}");
    }
    let again = run(data, &with("erase")).await?;
    ensure!(
        !again.0 && again.1.contains("there is no case"),
        "{again:?}"
    );
    Ok(())
}

/// Both verifiers call it sound, and name what was erased.
async fn verified(data: &Path, dir: &Path) -> Result<()> {
    let mut live = Command::new(binary("elms-server")?);
    live.args(["verify", "--institution", "1", "--data"])
        .arg(data);
    let (sound, live) = outcome(live).await?;
    ensure!(
        sound && live.contains("erased: institution 1: the words of"),
        "{live}"
    );
    let pin = live
        .split("key ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    let bundle = dir.join("bundle.elmslog");
    let mut export = Command::new(binary("elms-server")?);
    export
        .args(["export", "--institution", "1", "--data"])
        .arg(data);
    export.args(["--signed", "--out"]).arg(&bundle);
    let (exported, why) = outcome(export).await?;
    ensure!(exported, "{why}");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify.py");
    let mut python = Command::new("python3");
    python
        .arg(script)
        .arg(&bundle)
        .args(["--pin", pin.context("no key")?]);
    let (sound, other) = outcome(python).await?;
    ensure!(sound && other.contains("erased: the words of"), "{other}");
    let places = |text: &str| {
        text.split(": events ")
            .nth(1)
            .map(|rest| rest.trim().to_owned())
    };
    ensure!(places(&live) == places(&other), "{live} {other}");
    Ok(())
}

async fn run(data: &Path, args: &[&str]) -> Result<(bool, String)> {
    let mut command = Command::new(binary("elms-server")?);
    let (verb, rest) = args.split_first().context("nothing to run")?;
    command
        .arg(verb)
        .args(["--institution", "1", "--data"])
        .arg(data)
        .args(rest);
    outcome(command).await
}

async fn outcome(mut command: Command) -> Result<(bool, String)> {
    let output = command.output().await?;
    let said = [output.stdout, output.stderr].concat();
    Ok((
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    ))
}
