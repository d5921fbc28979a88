//! A station that is killed again and again, wherever it is in its work, sends everything that it has
//! called kept, and nothing twice.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::ServerProcess,
    rest::{OFFICER, Rest},
    station::StationProcess,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How often the station is killed; `ELMS_KILLS` says otherwise.
const KILLS: usize = 24;

#[tokio::test(flavor = "multi_thread")]
async fn a_station_that_is_killed_everywhere_loses_nothing_and_repeats_nothing() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let hall = dir.path().join("hall");
    let mut station = StationProcess::start(&hall, "GH-A")?;
    station.sign_in(&server.url, OFFICER).await?;
    station.live(0).await?;
    let (mut kept, mut begun) = (Vec::new(), Vec::new());
    for n in 0..kills(KILLS)? {
        let (words, command) = report(n);
        if n % 4 == 1 {
            // In the middle of keeping: it may be there or not, but never twice.
            station
                .shout("submit", json!({ "command": command }))
                .await?;
            begun.push(words);
        } else {
            station.submit(command).await?;
            kept.push(words);
        }
        match n % 4 {
            2 => drop(station.call("status", Value::Null).await?),
            3 => station.live(0).await?,
            _ => {}
        }
        station.kill().await?;
        station = StationProcess::start(&hall, "GH-A")?;
    }
    station.live(0).await?;
    let arrived = arrived(&server).await?;
    let times = |words: &String| arrived.iter().filter(|found| *found == words).count();
    let lost = kept.iter().filter(|words| times(words) != 1).count();
    let twice = begun.iter().filter(|words| 1 < times(words)).count();
    ensure!(
        lost == 0 && twice == 0,
        "{lost} lost or repeated, {twice} twice"
    );
    station.stop().await?;
    server.stop().await
}

/// How often something is killed: `usual`, or what `ELMS_KILLS` says.
pub(crate) fn kills(usual: usize) -> Result<usize> {
    number_of("ELMS_KILLS", usual)
}

/// The number in an environment variable, or the usual one.
pub(crate) fn number_of(name: &str, usual: usize) -> Result<usize> {
    match std::env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name} is no number")),
        Err(_unset) => Ok(usual),
    }
}

/// A report under words of its own.
pub(crate) fn report(n: usize) -> (String, Value) {
    let words = format!("Phone under the script, number {n}");
    let input = json!({
        "ref": Uuid::now_v7(), "type": "ACADEMIC_MISCONDUCT", "severity": "MEDIUM",
        "description": words, "sittingId": 1,
    });
    (
        words,
        json!({ "command": "reportIncident", "input": input }),
    )
}

/// What stands in the incidents of the server.
pub(crate) async fn arrived(server: &ServerProcess) -> Result<Vec<String>> {
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let mut words = Vec::new();
    for page in 1.. {
        let listed = officer
            .get(&format!("/incidents?limit=100&page={page}"))
            .await?;
        let incidents = listed.get("incidents").and_then(Value::as_array);
        let incidents = incidents.context("no list")?;
        let found = incidents.iter().filter_map(|incident| {
            incident
                .get("description")
                .and_then(Value::as_str)
                .map(str::to_owned)
        });
        words.extend(found);
        if incidents.len() < 100 {
            break;
        }
    }
    Ok(words)
}
