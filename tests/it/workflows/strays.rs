//! Who comes to the wrong hall is sent to the right one, and waited for there.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use elms_protocol::SENT_ON;
use elms_tests::{
    morning::{CHIEF, HALL_PAPER, HELP, LIBRARY_PAPER, Morning, OFFICER},
    proxy::{Proxy, Wire},
    station::StationProcess,
    until,
};
use serde_json::{Value, json};

use super::{admission::paper, command, refusal, says};

/// The library's door hears of it within a second; the machine of a test may be busy for longer.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_to_the_wrong_hall_is_sent_on_with_one_line_to_each_hall() -> Result<()> {
    let morning = Morning::begin().await?;
    let wire = Proxy::start(&morning.server.url).await?;
    let mut hall = morning.at(("DR-1", 0), HELP, &wire.url).await?;
    let mut library = morning.at(("LB-1", 0), CHIEF, &morning.server.url).await?;
    let (here, _) = paper(&mut hall, HALL_PAPER.0).await?;
    let (there, students) = paper(&mut library, LIBRARY_PAPER).await?;
    let numbers = index_numbers(&mut library, &there).await?;
    let [first, second] = [0, 1].map(|at| numbers.get(at).cloned().unwrap_or_default());

    let known = refusal(&mut library, send_on(&there, &first)).await?;
    says(&known, "sits here, seat")?;
    hall.submit(send_on(&here, &first.to_lowercase())).await?;
    told(&mut hall, &here, &["was sent on to Old Library"]).await?;
    told(&mut library, &there, &["is on the way from Drill Hall"]).await?;

    // Without a line the door is answered by its own register, and the library hears of it later.
    wire.set(Wire::Cut);
    hall.cut_off().await?;
    hall.submit(send_on(&here, &second)).await?;
    told(&mut hall, &here, &["Old Library", "Old Library"]).await?;
    wire.set(Wire::Whole);
    hall.call("try_now", Value::Null).await?;
    hall.live(0).await?;
    let coming = ["is on the way"; 2];
    told(&mut library, &there, &coming).await?;

    let student = students.first().context("nobody in the library")?;
    let input = json!({ "sittingId": there, "student": student });
    library.submit(command("checkInCandidate", input)).await?;
    library.live(0).await?;
    let log = morning.rest(OFFICER).await?.events().await?;
    let lines = log
        .iter()
        .filter(|event| event.pointer("/payload/action") == Some(&json!(SENT_ON)));
    ensure!(lines.count() == 4, "a line for each hall and stray");
    morning.server.stop().await
}

fn send_on(sitting: &Value, index_number: &str) -> Value {
    let input = json!({ "sittingId": sitting, "indexNumber": index_number });
    command("sendOn", input)
}

async fn index_numbers(station: &mut StationProcess, sitting: &Value) -> Result<Vec<String>> {
    let hall = station
        .call("hall", json!({ "sittingId": sitting }))
        .await?;
    let candidates = hall.get("candidates").and_then(Value::as_array);
    let numbers = candidates.into_iter().flatten().filter_map(|one| {
        let number = one.get("indexNumber").and_then(Value::as_str)?;
        Some(number.to_owned())
    });
    let mut numbers: Vec<String> = numbers.collect();
    numbers.sort();
    Ok(numbers)
}

/// Waits until the hall shows exactly as many strays as `words`, the latest first, each with its words.
async fn told(station: &mut StationProcess, sitting: &Value, words: &[&str]) -> Result<()> {
    until(words.join(", ").as_str(), SOON, async || {
        let asked = json!({ "sittingId": sitting });
        let hall = station.call("hall", asked).await.unwrap_or_default();
        let strays = hall.get("strays").and_then(Value::as_array).cloned();
        let texts: Vec<String> = strays
            .into_iter()
            .flatten()
            .map(|one| one.get("text").map(Value::to_string).unwrap_or_default())
            .collect();
        texts.len() == words.len()
            && texts
                .iter()
                .zip(words)
                .all(|(text, one)| text.contains(one))
    })
    .await
}
