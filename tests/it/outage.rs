//! A long outage, and a line that comes and goes: what happened meanwhile is here, and what was written
//! meanwhile is there, once.

use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use elms_tests::{
    process::ServerProcess,
    proxy::{Proxy, Wire},
    rest::{COLLEAGUE, OFFICER, Rest, hall_log},
    station::StationProcess,
};
use serde_json::Value;

use crate::client_killed::{arrived, number_of, report};

/// Entries that are written without a line.
const WRITTEN: usize = 50;
/// Events that happen meanwhile; `ELMS_MISSED` says otherwise.
const MISSED: usize = 500;
/// How often the line comes and goes; `ELMS_FLAPS` says otherwise.
const FLAPS: usize = 25;
/// A tenth of the time from one coming to the next: three are with a line, seven without.
/// `ELMS_FLAP_MS` says otherwise.
const FLAP_MS: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_long_outage_nothing_is_missing_on_either_side() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let mut station = signed_in(&dir.path().join("hall"), &wire.url).await?;
    wire.set(Wire::Cut);
    offline(&mut station).await?;
    let mut written = Vec::new();
    for n in 0..WRITTEN {
        let (words, command) = report(n);
        station.submit(command).await?;
        written.push(words);
    }
    let missed = number_of("ELMS_MISSED", MISSED)?;
    let colleague = Rest::sign_in(&server.url, COLLEAGUE).await?;
    for part in 0..missed / 100 {
        let lines = (0..100).map(|n| hall_log(&format!("line {part}/{n}")));
        colleague.post("/sync/ops", &lines.collect()).await?;
    }
    let head = Rest::sign_in(&server.url, OFFICER).await?.head().await?;

    let began = Instant::now();
    wire.set(Wire::Whole);
    station.call("try_now", Value::Null).await?;
    caught_up(&mut station, head).await?;
    let took = began.elapsed();
    station.live(head).await?;
    writeln!(
        std::io::stderr().lock(),
        "caught up with {missed} events in {took:?}, and sent {WRITTEN} entries in {:?}",
        began.elapsed()
    )?;
    told_truly(&mut station, missed).await?;
    once(&server, &written).await?;
    station.stop().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_line_that_comes_and_goes_each_entry_arrives_once() -> Result<()> {
    let unit = u64::try_from(number_of("ELMS_FLAP_MS", FLAP_MS)?)?;
    let [up, down] = [3, 7].map(|part| Duration::from_millis(part * unit));
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let mut station = signed_in(&dir.path().join("hall"), &wire.url).await?;
    let rhythm = [(Wire::Whole, up), (Wire::Cut, down)];
    let turns = rhythm.repeat(number_of("ELMS_FLAPS", FLAPS)?);
    let mut written = Vec::new();
    for (n, (state, lasts)) in turns.into_iter().enumerate() {
        wire.set(state);
        let (words, command) = report(n);
        station.submit(command).await?;
        written.push(words);
        // The line's own rhythm: what comes and goes does so in time.
        tokio::time::sleep(lasts).await;
        if n % 4 == 1 {
            station.call("try_now", Value::Null).await?;
        }
    }
    wire.set(Wire::Whole);
    station.call("try_now", Value::Null).await?;
    station.live(0).await?;
    once(&server, &written).await?;
    station.stop().await?;
    server.stop().await
}

async fn signed_in(dir: &std::path::Path, server: &str) -> Result<StationProcess> {
    let mut station = StationProcess::start(dir, "GH-A")?;
    station.sign_in(server, OFFICER).await?;
    station.live(0).await?;
    Ok(station)
}

/// Waits until the station calls it an outage: a short break is none.
async fn offline(station: &mut StationProcess) -> Result<()> {
    elms_tests::until("an outage", Duration::from_secs(20), async || {
        let status = station.call("status", Value::Null).await;
        status.is_ok_and(|status| status.pointer("/link/state") == Some(&"offline".into()))
    })
    .await
}

/// Waits until everything up to `head` is on the station.
async fn caught_up(station: &mut StationProcess, head: i64) -> Result<()> {
    elms_tests::until("everything is here", Duration::from_mins(2), async || {
        let status = station.call("status", Value::Null).await;
        let last = status
            .ok()
            .and_then(|status| status.get("lastSeq").and_then(Value::as_i64));
        last.is_some_and(|last| head <= last)
    })
    .await
}

/// The station's own list says what the outage cost.
async fn told_truly(station: &mut StationProcess, missed: usize) -> Result<()> {
    let outages = station.call("outages", Value::Null).await?;
    let last = outages.get(0).cloned().unwrap_or_default();
    let said = |name: &str| last.get(name).and_then(Value::as_u64);
    let replayed = usize::try_from(said("replayed").unwrap_or_default())?;
    ensure!(
        missed <= replayed && said("missing") == Some(0),
        "{outages}"
    );
    Ok(())
}

async fn once(server: &ServerProcess, written: &[String]) -> Result<()> {
    let arrived = arrived(server).await?;
    for words in written {
        let n = arrived.iter().filter(|found| *found == words).count();
        ensure!(n == 1, "{words}: {n} times");
    }
    Ok(())
}
