//! Whatever the clock of a hall shows, the order and the times in the log are those of the day.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use elms_protocol::{Event, Timestamp};
use elms_tests::{
    morning::{Morning, OFFICER},
    proxy::{Proxy, Wire},
    station::StationProcess,
    until,
};
use serde_json::{Value, json};
use uuid::Uuid;

const HOUR_MS: i64 = 3_600_000;
/// How wrong a time may be that was measured over a line on one computer: the line costs far less,
/// a computer that is busy with other tests may hold an answer back.
const OFF_MS: i64 = 2_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_hall_whose_clock_is_an_hour_wrong_writes_the_right_times_with_and_without_a_line()
-> Result<()> {
    let day = Morning::begin().await?;
    let mut written = Vec::new();
    for station in [("GH-A", HOUR_MS), ("GH-B", -HOUR_MS), ("GH-C", 0)] {
        written.extend(morning(&day, station).await?);
    }
    let events = day.rest(OFFICER).await?.events().await?;
    let mut before = i64::MIN;
    for Written {
        when,
        case,
        at,
        ahead_ms,
    } in written
    {
        let told = events.iter().filter(|event| {
            event.get("event").and_then(Value::as_str) == Some("incident:reported")
                && event.pointer("/payload/clientRef") == Some(&json!(case))
        });
        let told: Vec<&Value> = told.collect();
        ensure!(told.len() == 1, "{case} is in the log {} times", told.len());
        let event = told.first().context("no event")?;
        let event: Event = serde_json::from_value((*event).clone())?;
        let off = event.happened_at().0 - at;
        ensure!(off.abs() < OFF_MS, "{ahead_ms}, {when}: wrong by {off} ms");
        let offset = event.times.clock_offset_ms;
        ensure!((offset - ahead_ms).abs() < OFF_MS, "offset {offset} ms");
        ensure!(
            before <= event.happened_at().0 + OFF_MS,
            "out of order by more than a clock may be wrong"
        );
        before = event.happened_at().0;
    }
    day.server.stop().await
}

/// A report, and when it really was.
struct Written {
    when: &'static str,
    case: Uuid,
    at: i64,
    ahead_ms: i64,
}

/// Three reports: with a line, without one, and after the computer was started again without one.
async fn morning(day: &Morning, station: (&str, i64)) -> Result<Vec<Written>> {
    let (_, ahead_ms) = station;
    let wire = Proxy::start(&day.server.url).await?;
    let mut hall = day.at(station, OFFICER, &wire.url).await?;
    let told = hall.call("status", Value::Null).await?;
    let warned = told.get("warnings").map(Value::to_string);
    let is_warned = warned.is_some_and(|words| words.contains("clock of this computer"));
    ensure!(is_warned == (ahead_ms != 0), "{told}");

    let mut written = vec![report(&mut hall, "with a line", ahead_ms).await?];
    wire.set(Wire::Cut);
    hall.cut_off().await?;
    written.push(report(&mut hall, "without one", ahead_ms).await?);
    hall.stop().await?;
    hall = day.again(station)?;
    written.push(report(&mut hall, "after a start", ahead_ms).await?);

    wire.set(Wire::Whole);
    hall.call("try_now", Value::Null).await?;
    let head = day.rest(OFFICER).await?.head().await?;
    hall.live(head).await?;
    until("an empty outbox", Duration::from_mins(1), async || {
        let status = hall.call("status", Value::Null).await.unwrap_or_default();
        let n = |which| status.pointer(which).and_then(Value::as_i64);
        n("/outbox/waiting") == Some(0) && n("/outbox/sending") == Some(0)
    })
    .await?;
    hall.stop().await?;
    Ok(written)
}

async fn report(hall: &mut StationProcess, when: &'static str, ahead_ms: i64) -> Result<Written> {
    let case = Uuid::now_v7();
    let input = json!({
        "ref": case, "type": "ACADEMIC_MISCONDUCT", "severity": "MEDIUM",
        "description": "Phone under the script", "sittingId": 1,
    });
    let at = now().0;
    hall.submit(json!({ "command": "reportIncident", "input": input }))
        .await?;
    Ok(Written {
        when,
        case,
        at,
        ahead_ms,
    })
}

fn now() -> Timestamp {
    elms_client::clock::wall_now()
}
