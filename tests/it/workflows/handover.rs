//! Custody from the hall to whoever carries the batch.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    BATCH, Day, HANDLER, WITNESS, batch, command, declare, events, field, refusal, says, seal,
};

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

/// A batch that the chief has sealed.
async fn sealed(day: &Day) -> Result<elms_tests::station::StationProcess> {
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
