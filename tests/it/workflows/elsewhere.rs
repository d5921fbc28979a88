//! Two halls without a line write about one case; the one that comes back first refers to what
//! still lies in the other.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{proxy::Wire, station::StationProcess, until, window::PATIENCE};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{CHIEF, Day, SITTING, WITNESS, command, events};

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_quotes_a_number_of_the_other_hall_waits_until_that_hall_is_back()
-> Result<()> {
    for confidential in [false, true] {
        tell(confidential)
            .await
            .with_context(|| format!("confidential: {confidential}"))?;
    }
    Ok(())
}

#[expect(
    clippy::cognitive_complexity,
    reason = "a story in the order in which it happens"
)]
async fn tell(confidential: bool) -> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut first = day.at("GH-A", CHIEF).await?;
    let mut second = day.at("GH-B", WITNESS.0).await?;
    day.cut(&mut [&mut first, &mut second]).await?;
    let case = Uuid::now_v7();
    let number = report(&mut first, case, confidential).await?;
    ensure!(number == "GH-A/001", "{number}");
    second.submit(statement("gh-a/1")).await?;
    second.submit(statement("GH-A/009")).await?;

    first.kill().await?;
    alone_again(&day, &mut second).await?;
    ensure!(events(&office, "incident:updated").await?.is_empty());

    let mut first = StationProcess::start(&day.folder.path().join("GH-A"), "GH-A")?;
    first.call("try_now", Value::Null).await?;
    first.live(0).await?;
    if confidential {
        // Whoever signs does not see the case; the server is asked again with the next line.
        day.cut(&mut [&mut second]).await?;
        day.mend(&mut [&mut second]).await?;
    }
    second.live(0).await?;
    in_order(&office.events().await?, &json!(case))?;
    ensure!(super::to_decide(&mut second).await?.is_empty());
    day.server.stop().await
}

/// Only the second hall has its line again; it knows no such case, and neither does the office.
async fn alone_again(day: &Day, second: &mut StationProcess) -> Result<()> {
    day.wire.set(Wire::Whole);
    second.call("try_now", Value::Null).await?;
    waits(second, &["GH-A/001", "GH-A/009"]).await?;
    let lost = waiting(second).await?.pop();
    let lost = lost.and_then(|item| item.get("commandId").cloned());
    let withdrawn = second.call("outbox_withdraw", json!({ "commandId": lost }));
    withdrawn.await.map(drop)
}

/// The report from the first hall; the number on the bag.
async fn report(station: &mut StationProcess, case: Uuid, confidential: bool) -> Result<String> {
    let report = json!({
        "ref": case, "type": "ACADEMIC_MISCONDUCT", "severity": "HIGH",
        "description": "Phone under the script at G3", "sittingId": SITTING, "seat": "G3",
        "confidential": confidential,
    });
    let kept = station.submit(command("reportIncident", report)).await?;
    let number = kept.get("localNumber").and_then(Value::as_str);
    Ok(number.context("no number")?.to_owned())
}

fn statement(number: &str) -> Value {
    let words = "I saw the phone from the door.";
    let input = json!({ "incident": number, "statement": words, "method": "PIN" });
    command("signStatement", input)
}

/// Waits until the outbox says what it waits for.
async fn waits(station: &mut StationProcess, numbers: &[&str]) -> Result<()> {
    let mut seen = Vec::new();
    let waited = until("the outbox waits", PATIENCE, async || {
        let items = waiting(station).await.unwrap_or_default();
        let words = items.iter().filter_map(|item| item.get("waitsFor"));
        seen = words.filter_map(Value::as_str).map(str::to_owned).collect();
        seen == numbers
    });
    waited.await.with_context(|| format!("{seen:?}"))
}

async fn waiting(station: &mut StationProcess) -> Result<Vec<Value>> {
    let items = station.call("outbox", Value::Null).await?;
    let items = items.as_array().cloned().context("no outbox")?;
    let open = items.into_iter();
    Ok(open
        .filter(|item| item.get("state") == Some(&json!("waiting")))
        .collect())
}

/// The report once, then the statement once.
fn in_order(log: &[Value], case: &Value) -> Result<()> {
    let about = |event: &&Value| event.pointer("/payload/clientRef") == Some(case);
    let names = log
        .iter()
        .filter(about)
        .filter_map(|event| event.get("event"));
    let names: Vec<&str> = names.filter_map(Value::as_str).collect();
    ensure!(
        names == ["incident:reported", "incident:updated"],
        "{names:?}"
    );
    let signed = log.iter().filter(about).nth(1);
    let station = signed.and_then(|event| event.pointer("/actor/stationCode"));
    ensure!(station == Some(&json!("GH-B")), "{station:?}");
    Ok(())
}
