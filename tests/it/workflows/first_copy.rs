//! A station that joins when the day is half over.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    rest::{OFFICER, Rest, hall_log},
    station::StationProcess,
    until,
    window::PATIENCE,
};
use serde_json::{Value, json};

use super::{CHIEF, Day};

#[tokio::test(flavor = "multi_thread")]
async fn a_station_that_signs_in_at_noon_can_review_the_whole_morning() -> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    for part in 0..7 {
        let lines = (0..100).map(|n| hall_log(&format!("line {part}/{n}")));
        office.post("/sync/ops", &lines.collect()).await?;
    }
    for (code, email) in [("EO-2", OFFICER), ("GH-A", CHIEF)] {
        let mut station = day.at(code, email).await?;
        whole(&mut station).await?;
        let person = Rest::sign_in(&day.server.url, email).await?;
        // Whoever may see less has less, and all of it. Stations that come and go are events too.
        let same = until("the whole history", PATIENCE, async || {
            let (total, visible) = (reviewed(&mut station).await, person.events().await);
            total.is_ok_and(|total| visible.is_ok_and(|visible| visible.len() == total))
        });
        same.await.with_context(|| email.to_owned())?;
        ensure!(700 <= person.events().await?.len() || email == CHIEF);
    }
    ensure!(700 <= office.head().await?, "the morning was too short");
    day.server.stop().await
}

/// How many events the station finds when it asks for all.
async fn reviewed(station: &mut StationProcess) -> Result<usize> {
    let query = json!({
        "text": "", "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    });
    let review = station.call("review", query).await?;
    let total = review.get("total").and_then(Value::as_u64);
    Ok(usize::try_from(total.context("no total")?)?)
}

/// Waits until no older event is to come.
async fn whole(station: &mut StationProcess) -> Result<()> {
    let mut left = Value::Null;
    let filled = until("the history", PATIENCE, async || {
        let status = station
            .call("status", Value::Null)
            .await
            .unwrap_or_default();
        left = status.get("older").cloned().unwrap_or_default();
        left == json!(0)
    });
    filled.await.with_context(|| format!("{left} to come"))
}
