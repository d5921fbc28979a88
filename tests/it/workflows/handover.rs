//! Custody from the hall to whoever carries the batch.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{proxy::Wire, rest::Rest, station::StationProcess, until, window::PATIENCE};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    BATCH, Day, HANDLER, WITNESS, batch, command, declare, events, field, refusal, says, seal,
    to_decide,
};

/// A lecturer of another paper, and their number.
const OTHER_LECTURER: (&str, i64) = ("kwabena.osei@aut.example", 24);

#[tokio::test(flavor = "multi_thread")]
async fn until_the_receiver_accepts_the_giver_answers_for_the_batch() -> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut chief = sealed(&day).await?;
    let hall = holder(&batch(&office).await?);
    let transfer = Uuid::now_v7();
    chief.submit(offer(transfer)).await?;
    chief.live(0).await?;
    ensure!(
        holder(&batch(&office).await?) == hall,
        "it was only offered"
    );

    let mut other = day.at("GH-C", WITNESS.0).await?;
    let accept = command("acceptBatch", json!({ "transfer": transfer }));
    says(
        &refusal(&mut other, accept.clone()).await?,
        "Only Mr Ibrahim Alhassan decides",
    )?;
    let mut handler = day.at("SR-1", HANDLER.0).await?;
    handler.submit(accept).await?;
    handler.live(0).await?;
    ensure!(field(&office, "status").await? == "IN_TRANSIT");
    ensure!(
        holder(&batch(&office).await?) != hall,
        "the giver still holds it"
    );
    day.server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_reads_otherwise_opens_one_case_by_itself_however_often_it_is_sent()
-> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut chief = sealed(&day).await?;
    let transfer = Uuid::now_v7();
    chief.submit(offer(transfer)).await?;
    chief.live(0).await?;

    let mut handler = day.at("SR-1", HANDLER.0).await?;
    day.cut(&mut [&mut handler]).await?;
    let dispute =
        json!({ "transfer": transfer, "note": "The seal reads 20427", "sealSeen": "20427" });
    handler.submit(command("disputeBatch", dispute)).await?;
    day.wire
        .faults
        .lose_acks
        .store(1, std::sync::atomic::Ordering::Relaxed);
    day.mend(&mut [&mut handler]).await?;

    let cases = events(&office, "incident:reported").await?;
    ensure!(cases.len() == 1, "{} cases", cases.len());
    let kind = cases.first().and_then(|case| case.pointer("/payload/type"));
    ensure!(kind == Some(&json!("CUSTODY_DISCREPANCY")), "{kind:?}");
    ensure!(events(&office, "custody:disputed").await?.len() == 1);
    ensure!(
        field(&office, "status").await? == "SEALED",
        "the giver answers for it"
    );
    day.server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handover_that_both_sides_wrote_down_offline_is_one_chain_whoever_is_back_first()
-> Result<()> {
    let mut chains = Vec::new();
    for receiver_first in [false, true] {
        let chain = handed_over(receiver_first).await;
        chains.push(chain.with_context(|| format!("receiver first: {receiver_first}"))?);
    }
    ensure!(chains.first() == chains.last(), "{chains:?}");
    let names: Vec<&str> = chains
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .take(2)
        .collect();
    ensure!(
        names == ["custody:offered", "custody:accepted"],
        "{names:?}"
    );
    Ok(())
}

/// The events of the handover, each with who did it.
async fn handed_over(receiver_first: bool) -> Result<Vec<(String, Value)>> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut giver = sealed(&day).await?;
    let mut receiver = day.at("SR-1", HANDLER.0).await?;
    day.cut(&mut [&mut giver, &mut receiver]).await?;
    let transfer = Uuid::now_v7();
    giver.submit(offer(transfer)).await?;
    // The receiver has the name of the handover from the giver's screen, and no line either.
    let seen = json!({ "transfer": transfer, "count": 70, "sealSeen": "20418" });
    receiver.submit(command("acceptBatch", seen)).await?;
    if receiver_first {
        day.wire.set(Wire::Whole);
        receiver.call("try_now", Value::Null).await?;
        waits_for_a_handover(&mut receiver).await?;
    }
    day.mend(&mut [&mut giver, &mut receiver]).await?;
    ensure!(to_decide(&mut receiver).await?.is_empty());
    let chain = arrived(&office).await?;
    day.server.stop().await?;
    Ok(chain)
}

/// The custody of a batch that is on its way without a gap.
async fn arrived(office: &Rest) -> Result<Vec<(String, Value)>> {
    ensure!(field(office, "status").await? == "IN_TRANSIT");
    one_holder_at_a_time(office).await?;
    Ok(chain(&office.events().await?))
}

/// The custody events of a log, each with who did it.
fn chain(log: &[Value]) -> Vec<(String, Value)> {
    let custody = log
        .iter()
        .filter(|one| one.get("channel") == Some(&json!("custody")));
    let chain = custody.map(|one| {
        let name = one.get("event").and_then(Value::as_str).unwrap_or_default();
        (
            name.to_owned(),
            one.pointer("/actor/userId").cloned().unwrap_or_default(),
        )
    });
    chain.collect()
}

async fn waits_for_a_handover(station: &mut StationProcess) -> Result<()> {
    until("it waits for the other side", PATIENCE, async || {
        let items = station
            .call("outbox", Value::Null)
            .await
            .unwrap_or_default();
        let mut items = items.as_array().into_iter().flatten();
        items.any(|item| item.get("waitsFor") == Some(&json!("a handover on another station")))
    })
    .await
}

/// The way of the batch: each step begins when the one before has ended, and names who holds it.
async fn one_holder_at_a_time(office: &Rest) -> Result<()> {
    let copy = office.get("/sync/snapshot").await?;
    let records = copy
        .get("records")
        .and_then(Value::as_array)
        .context("no records")?;
    let is_batch = |one: &&Value| {
        one.get("kind") == Some(&json!("batch")) && one.pointer("/record/id") == Some(&json!(BATCH))
    };
    let batch = records.iter().find(is_batch).context("no batch")?;
    let steps = batch.pointer("/record/steps").and_then(Value::as_array);
    let steps = steps.context("no steps")?;
    let text = |step: &Value, name: &str| {
        step.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let times: Vec<String> = steps.iter().map(|step| text(step, "at")).collect();
    ensure!(times.is_sorted(), "{times:?}");
    let holders: Vec<String> = steps.iter().map(|step| text(step, "holder")).collect();
    ensure!(holders.iter().all(|name| !name.is_empty()), "{holders:?}");
    let last = holders
        .iter()
        .rev()
        .take(2)
        .map(String::as_str)
        .collect::<Vec<_>>();
    ensure!(
        last == ["Mr Ibrahim Alhassan", "Dr Fiifi Quansah"],
        "{holders:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lecturer_accepts_no_batch_that_is_assigned_to_another() -> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut chief = sealed(&day).await?;
    let transfer = Uuid::now_v7();
    let (email, number) = OTHER_LECTURER;
    let input = json!({ "transfer": transfer, "batchId": BATCH, "toUser": number });
    chief.submit(command("offerBatch", input)).await?;
    chief.live(0).await?;
    let mut lecturer = day.at("LE-1", email).await?;
    let accept = command("acceptBatch", json!({ "transfer": transfer }));
    lecturer.submit(accept).await?;
    lecturer.live(0).await?;
    let told = to_decide(&mut lecturer).await?;
    says(
        told.first().map_or("", String::as_str),
        "This batch is assigned to",
    )?;
    ensure!(field(&office, "status").await? == "SEALED");
    ensure!(events(&office, "custody:accepted").await?.is_empty());
    day.server.stop().await
}

/// A batch that the chief has sealed.
pub(super) async fn sealed(day: &Day) -> Result<StationProcess> {
    let (mut chief, mut witness) = day.collecting().await?;
    witness.submit(declare(70)).await?;
    witness.live(0).await?;
    chief.submit(declare(70)).await?;
    chief.submit(seal(70, "20418", None)).await?;
    chief.live(0).await?;
    witness.stop().await.context("the witness' station")?;
    Ok(chief)
}

fn offer(transfer: Uuid) -> Value {
    let input = json!({ "transfer": transfer, "batchId": BATCH, "toUser": HANDLER.1 });
    command("offerBatch", input)
}

fn holder(batch: &Value) -> Value {
    batch.get("holder").cloned().unwrap_or_default()
}
