//! The promise: what was written while the hall was cut off reaches the office exactly once, and
//! nothing that was missed stays missed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use anyhow::{Context as _, Result, ensure};
use elms_client::{FileKey, cache::Cache};
use elms_protocol::{Kind, View as _, frame::Snapshot};
use elms_tests::{
    process::ServerProcess,
    proxy::{Proxy, Wire},
    rest::{COLLEAGUE, OFFICER, Rest, hall_log},
    station::StationProcess,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How often the story is told, each time with the power cut elsewhere.
const SEEDS: usize = 20;
/// Events that happen on the server meanwhile.
const MEANWHILE: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_a_hall_that_was_cut_off_reaches_the_office_exactly_once() -> Result<()>
{
    for seed in 0..SEEDS {
        tell(seed).await.with_context(|| format!("seed {seed}"))?;
    }
    Ok(())
}

async fn tell(seed: usize) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let (hall_dir, office_dir) = (dir.path().join("hall"), dir.path().join("office"));
    let mut hall = signed_in(&hall_dir, "GH-A", &wire.url).await?;
    let mut office = signed_in(&office_dir, "EO-2", &server.url).await?;

    // The Wi-Fi falls. Six reports and three changes of a batch are written, and at a moment of
    // its own for each seed the power goes too.
    let written = written();
    wire.set(Wire::Cut);
    hall = write(hall, &hall_dir, &written, seed % written.len()).await?;
    let colleague = Rest::sign_in(&server.url, COLLEAGUE).await?;
    meanwhile(&colleague).await?;

    mend(&wire);
    hall.call("try_now", Value::Null).await?;
    hall.live(0).await?;
    hall = compare(&server, (hall, &mut office), &written).await?;
    hall.stop().await?;
    office.stop().await?;
    all_hold_the_same(&server, &[hall_dir, office_dir]).await?;
    server.stop().await
}

async fn signed_in(dir: &Path, code: &str, server: &str) -> Result<StationProcess> {
    let mut station = StationProcess::start(dir, code)?;
    station.sign_in(server, OFFICER).await?;
    station.live(0).await?;
    Ok(station)
}

/// Waits until both stations are complete, and looks at what became of everything.
async fn compare(
    server: &ServerProcess,
    (mut hall, office): (StationProcess, &mut StationProcess),
    written: &[Value],
) -> Result<StationProcess> {
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let head = officer.head().await?;
    hall.live(head).await?;
    office.live(head).await?;
    everything_took_effect_once(&officer, written).await?;
    every_event_arrived_in_order(&mut hall, &officer).await?;
    Ok(hall)
}

/// Writes everything; before command number `power_cut` the station is killed and started again.
async fn write(
    mut hall: StationProcess,
    dir: &Path,
    written: &[Value],
    power_cut: usize,
) -> Result<StationProcess> {
    hall.cut_off().await?;
    for (n, command) in written.iter().enumerate() {
        if n == power_cut {
            hall.kill().await?;
            hall = StationProcess::start(dir, "GH-A")?;
        }
        hall.submit(command.clone()).await?;
    }
    Ok(hall)
}

/// The line returns, loses the first answer and says some things twice.
fn mend(wire: &Proxy) {
    wire.faults.lose_acks.store(1, Ordering::Relaxed);
    wire.faults.repeat_every.store(7, Ordering::Relaxed);
    wire.set(Wire::Whole);
}

/// Six reports and three changes of batch 1, in the order of writing.
fn written() -> Vec<Value> {
    let mut commands: Vec<Value> = (0..6)
        .map(|n| {
            json!({ "command": "reportIncident", "input": {
                "ref": Uuid::now_v7(), "type": "ACADEMIC_MISCONDUCT",
                "severity": if n == 0 { "CRITICAL" } else { "MEDIUM" },
                "description": format!("Phone under the script at seat G{n}"),
                "sittingId": 1, "seat": format!("G{n}"),
            }})
        })
        .collect();
    commands.insert(
        2,
        json!({ "command": "openCollection", "input": { "batchId": 1 } }),
    );
    commands.insert(
        4,
        json!({ "command": "countScripts", "input": { "batchId": 1, "collected": 50 } }),
    );
    commands.push(json!({ "command": "declareCount", "input": { "batchId": 1, "count": 92 } }));
    commands
}

async fn meanwhile(colleague: &Rest) -> Result<()> {
    for part in 0..MEANWHILE / 100 {
        let lines = (0..100).map(|n| hall_log(&format!("line {part}/{n}")));
        let answer = colleague.post("/sync/ops", &lines.collect()).await?;
        let outcomes = answer
            .get("data")
            .and_then(Value::as_array)
            .context("no outcomes")?;
        let applied = outcomes
            .iter()
            .filter(|outcome| is(outcome, "outcome", "applied"));
        ensure!(applied.count() == 100, "{answer}");
    }
    Ok(())
}

fn is(value: &Value, field: &str, text: &str) -> bool {
    value.get(field).and_then(Value::as_str) == Some(text)
}

async fn everything_took_effect_once(officer: &Rest, written: &[Value]) -> Result<()> {
    let events = officer.events().await?;
    for command in written {
        let Some(reference) = command.pointer("/input/ref").and_then(Value::as_str) else {
            continue;
        };
        let reported = events.iter().filter(|event| {
            is(event, "event", "incident:reported")
                && event.pointer("/payload/clientRef").and_then(Value::as_str) == Some(reference)
        });
        let n = reported.count();
        ensure!(n == 1, "incident {reference} is in the log {n} times");
    }
    for name in ["batch:status_changed", "batch:stats_updated"] {
        let expected = if name == "batch:status_changed" { 1 } else { 2 };
        let n = events
            .iter()
            .filter(|event| is(event, "event", name))
            .count();
        ensure!(
            n == expected,
            "{name} is in the log {n} times, not {expected}"
        );
    }
    Ok(())
}

async fn every_event_arrived_in_order(station: &mut StationProcess, officer: &Rest) -> Result<()> {
    let query = json!({
        "text": "", "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    });
    let review = station.call("review", query).await?;
    // The first copy held the records; the events since then must all be here.
    let total = review
        .get("total")
        .and_then(Value::as_i64)
        .context("no total")?;
    let handle = review.get("handle").cloned().unwrap_or_default();
    let mut seqs = Vec::new();
    let mut from = 0;
    while from < total {
        let to = total.min(from + 200);
        let rows = station.call(
            "review_rows",
            json!({ "handle": handle, "from": from, "to": to }),
        );
        let rows = rows.await?;
        let rows = rows.as_array().context("no rows")?;
        seqs.extend(
            rows.iter()
                .filter_map(|row| row.get("seq").and_then(Value::as_i64)),
        );
        from = to;
    }
    seqs.sort_unstable();
    let first = seqs.first().copied().context("no events at all")?;
    let visible = officer.events().await?;
    let visible = visible
        .iter()
        .filter_map(|event| event.get("seq").and_then(Value::as_i64));
    let whole: Vec<i64> = visible.filter(|seq| first <= *seq).collect();
    ensure!(
        seqs == whole,
        "{} of {} events from {first} on",
        seqs.len(),
        whole.len()
    );
    ensure!(
        i64::try_from(MEANWHILE)? < total,
        "only {total} events arrived"
    );
    Ok(())
}

async fn all_hold_the_same(server: &ServerProcess, stations: &[PathBuf]) -> Result<()> {
    let copy = Rest::sign_in(&server.url, OFFICER)
        .await?
        .get("/sync/snapshot")
        .await?;
    let copy: Snapshot = serde_json::from_value(copy)?;
    let fresh = tempfile::tempdir()?;
    let mut truth = Cache::open(&fresh.path().join("cache.db"), &FileKey::mint()?)?;
    truth.install(&copy, elms_protocol::Timestamp(0))?;
    for station in stations {
        let held = Cache::open(&cache_of(station)?, &key_of(station)?)?;
        let same = held.state_hash() == truth.state_hash();
        ensure!(
            same,
            "{} differs: {}",
            station.display(),
            differences(&held, &truth)
        );
    }
    Ok(())
}

/// The records that are not the same, as text for the person who has to find out why.
fn differences(held: &Cache, truth: &Cache) -> String {
    let (held, truth) = (held.records(), truth.records());
    let differing = Kind::ALL.iter().flat_map(|kind| {
        let mut records = held.list(*kind);
        records.extend(truth.list(*kind));
        records.retain(|record| held.record(&record.key()) != truth.record(&record.key()));
        records
    });
    differing.fold(String::new(), |text, record| format!("{text}\n{record:?}"))
}

/// The key of the one profile of a station, from where it keeps its secrets.
fn key_of(station: &Path) -> Result<FileKey> {
    let secrets = std::fs::read_to_string(station.join("vault.json"))?;
    let secrets: BTreeMap<String, String> = serde_json::from_str(&secrets)?;
    let key = secrets.iter().find(|(name, _)| name.starts_with("key/"));
    let key = key.and_then(|(_, text)| FileKey::from_text(text));
    key.context("no key")
}

/// The one cache below a station's data directory.
fn cache_of(station: &Path) -> Result<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![station.join("profiles")];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name == "cache.db") {
                found.push(path);
            }
        }
    }
    ensure!(found.len() == 1, "{found:?}");
    found.pop().context("no cache")
}
