//! A power cut in the middle of a paper: the clock is stopped, and the time given back.

use anyhow::{Context as _, Result, ensure};
use elms_protocol::Timestamp;
use elms_tests::{
    morning::{CHIEF, LIBRARY_PAPER, Morning, OFFICER},
    proxy::{Proxy, Wire},
    station::StationProcess,
    until,
    window::PATIENCE,
};
use serde_json::{Value, json};

use super::{command, refusal, says};

/// Seconds of the paper that candidates without arrangements have: three hours.
const PLANNED_SEC: i64 = 180 * 60;
/// Pauses as the chief and, of the first, the office wrote them down; in seconds after the start.
const BY_CHIEF: [(i64, i64); 2] = [(600, 1_710), (2_400, 2_715)];
const BY_OFFICE: (i64, i64) = (620, 1_690);

#[tokio::test(flavor = "multi_thread")]
async fn one_pause_that_two_stations_wrote_down_offline_counts_once_whoever_is_back_first()
-> Result<()> {
    for office_first in [false, true] {
        tell(office_first)
            .await
            .with_context(|| format!("office first: {office_first}"))?;
    }
    Ok(())
}

#[expect(
    clippy::cognitive_complexity,
    reason = "a story in the order in which it happens"
)]
async fn tell(office_first: bool) -> Result<()> {
    let morning = Morning::begin().await?;
    let wires = [
        Proxy::start(&morning.server.url).await?,
        Proxy::start(&morning.server.url).await?,
    ];
    let [hall_wire, office_wire] = &wires;
    // The hall's clock is slow by a minute and a half; that changes no length and no time.
    let mut hall = morning.at(("LB-1", -90_000), CHIEF, &hall_wire.url).await?;
    let mut office = morning.at(("EO-1", 0), OFFICER, &office_wire.url).await?;
    let (sitting, starts) = begun(&mut hall).await?;
    office
        .live(morning.rest(OFFICER).await?.head().await?)
        .await?;
    cut(&mut hall, hall_wire).await?;
    cut(&mut office, office_wire).await?;
    let [power_cut, alarm] = BY_CHIEF;
    pause(&mut hall, &sitting, (starts, power_cut)).await?;
    pause(&mut office, &sitting, (starts, BY_OFFICE)).await?;
    // What the hall sees without a line is what will count.
    ensure!(paused_sec(&mut hall, &sitting).await? == power_cut.1 - power_cut.0);

    let refused = if office_first {
        let first = back(&mut office, office_wire).await?;
        [first, back(&mut hall, hall_wire).await?]
    } else {
        let first = back(&mut hall, hall_wire).await?;
        [first, back(&mut office, office_wire).await?]
    };
    // Whoever comes second is told once for the pause and once for its end.
    ensure!(refused == [0, 2], "{refused:?}");
    let counted = if office_first { BY_OFFICE } else { power_cut };
    pause(&mut hall, &sitting, (starts, alarm)).await?;
    hall.live(0).await?;
    let total_sec = counted.1 - counted.0 + alarm.1 - alarm.0;
    given_back(&mut hall, &sitting, total_sec).await?;
    office
        .live(morning.rest(OFFICER).await?.head().await?)
        .await?;
    finishes(&mut hall, &sitting, starts, total_sec).await?;
    finishes(&mut office, &sitting, starts, total_sec).await?;
    morning.server.stop().await
}

async fn cut(station: &mut StationProcess, wire: &Proxy) -> Result<()> {
    wire.set(Wire::Cut);
    station.cut_off().await
}

/// A station has its line again; how many of its commands were refused.
async fn back(station: &mut StationProcess, wire: &Proxy) -> Result<usize> {
    wire.set(Wire::Whole);
    station.call("try_now", Value::Null).await?;
    answered(station).await
}

/// The paper in the library, with everybody writing since its start.
async fn begun(hall: &mut StationProcess) -> Result<(Value, Timestamp)> {
    let monitor = hall.call("monitor", Value::Null).await?;
    let sittings = monitor.get("sittings").and_then(Value::as_array);
    let mut found = sittings.into_iter().flatten();
    let sitting = found.find(|one| one.get("courseCode") == Some(&json!(LIBRARY_PAPER)));
    let sitting = sitting.context("no sitting")?;
    let id = sitting.get("id").cloned().context("no id")?;
    let starts = sitting.get("startsAt").and_then(Value::as_str);
    let starts: Timestamp = starts.context("no start")?.parse()?;
    become_at(hall, &id, "ADMITTING", starts).await?;
    become_at(hall, &id, "WRITING", starts).await?;
    hall.live(0).await?;
    Ok((id, starts))
}

async fn become_at(
    station: &mut StationProcess,
    sitting: &Value,
    to: &str,
    at: Timestamp,
) -> Result<()> {
    let phase = command("setPhase", json!({ "sittingId": sitting, "to": to }));
    let asked = json!({ "command": phase, "occurredAt": at });
    let answer = station.call("submit", asked).await?;
    ensure!(
        answer.get("rejection").is_none_or(Value::is_null),
        "{answer}"
    );
    Ok(())
}

async fn pause(
    station: &mut StationProcess,
    sitting: &Value,
    (starts, (from, to)): (Timestamp, (i64, i64)),
) -> Result<()> {
    become_at(station, sitting, "PAUSED", starts.plus_ms(from * 1_000)).await?;
    become_at(station, sitting, "WRITING", starts.plus_ms(to * 1_000)).await
}

async fn hall_of(station: &mut StationProcess, sitting: &Value) -> Result<Value> {
    station.call("hall", json!({ "sittingId": sitting })).await
}

async fn paused_sec(station: &mut StationProcess, sitting: &Value) -> Result<i64> {
    let hall = hall_of(station, sitting).await?;
    let paused = hall.pointer("/view/pausedSec").and_then(Value::as_i64);
    paused.context("no pauses")
}

/// Waits until everything is answered, and takes back what was refused; how much that was.
async fn answered(station: &mut StationProcess) -> Result<usize> {
    let mut n = 0;
    until("everything is answered", PATIENCE, async || {
        n += withdrawn(station).await.unwrap_or_default();
        let status = station
            .call("status", Value::Null)
            .await
            .unwrap_or_default();
        let outbox = status.get("outbox").cloned().unwrap_or_default();
        let open = ["waiting", "sending", "attention"];
        let live = status.pointer("/link/state") == Some(&json!("live"));
        live && open.iter().all(|name| outbox.get(name) == Some(&json!(0)))
    })
    .await?;
    Ok(n)
}

async fn withdrawn(station: &mut StationProcess) -> Result<usize> {
    let items = station.call("outbox", Value::Null).await?;
    let items = items.as_array().cloned().unwrap_or_default().into_iter();
    let mut n = 0;
    for item in items.filter(|item| item.get("state") == Some(&json!("attention"))) {
        let id = json!({ "commandId": item.get("commandId") });
        station.call("outbox_withdraw", id).await?;
        n += 1;
    }
    Ok(n)
}

/// The chief gives back what the pauses took, to the second and no second more.
async fn given_back(hall: &mut StationProcess, sitting: &Value, total_sec: i64) -> Result<()> {
    let seen = paused_sec(hall, sitting).await?;
    ensure!(seen == total_sec, "{seen} s, not {total_sec}");
    let give = |added_sec: i64| {
        let input = json!({
            "sittingId": sitting, "addedSec": added_sec, "reason": "Power cut, fire alarm",
            "students": [],
        });
        command("extendTime", input)
    };
    says(
        &refusal(hall, give(total_sec + 1)).await?,
        "the exam office gives more",
    )?;
    hall.submit(give(total_sec)).await?;
    hall.live(0).await
}

/// Everybody stops later by what was given back, those with arrangements at their own times.
async fn finishes(
    station: &mut StationProcess,
    sitting: &Value,
    starts: Timestamp,
    given_sec: i64,
) -> Result<()> {
    let hall = hall_of(station, sitting).await?;
    let end = |percent: i64| {
        let own_sec = PLANNED_SEC * (100 + percent) / 100;
        json!(starts.plus_ms((own_sec + given_sec) * 1_000))
    };
    let view = |name: &str| hall.pointer(name).cloned().unwrap_or_default();
    ensure!(
        view("/view/effectiveEnd") == end(0),
        "{}",
        view("/view/effectiveEnd")
    );
    ensure!(
        view("/view/lastEnd") == end(50),
        "{}",
        view("/view/lastEnd")
    );
    let own = hall
        .get("finishes")
        .and_then(Value::as_array)
        .context("none")?;
    let own: Vec<(Value, Value)> = own
        .iter()
        .map(|one| [one.get("seat"), one.get("at")].map(|field| field.cloned().unwrap_or_default()))
        .map(|[seat, at]| (seat, at))
        .collect();
    ensure!(
        own == [(json!("L1"), end(25)), (json!("L2"), end(50))],
        "{own:?}"
    );
    ensure!(
        view("/view/pauses")
            .as_array()
            .is_some_and(|all| all.len() == 2)
    );
    Ok(())
}
