//! Count, seal, and the script that is one too many.

use anyhow::{Context as _, Result, ensure};
use elms_tests::station::StationProcess;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    BATCH, Day, SITTING, WITNESS, command, declare, events, field, refusal, says, seal, to_decide,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_with_one_script_too_many_is_sealed_only_with_its_case_and_a_broken_seal_is_burnt()
-> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let (mut chief, mut witness) = day.collecting().await?;
    chief.submit(declare(71)).await?;
    witness.submit(declare(71)).await?;
    witness.live(0).await?;
    chief.live(office.head().await?).await?;

    says(
        &refusal(&mut chief, seal(71, "20418", None)).await?,
        "link the incident",
    )?;
    let case = Uuid::now_v7();
    let report = json!({
        "ref": case, "type": "CUSTODY_DISCREPANCY", "severity": "HIGH",
        "description": "71 scripts for 70 candidates", "sittingId": SITTING, "batchId": BATCH,
    });
    chief.submit(command("reportIncident", report)).await?;
    chief.submit(seal(71, "20418", Some(case))).await?;
    chief.live(0).await?;
    ensure!(field(&office, "status").await? == "SEALED");
    says(&refusal(&mut chief, declare(72)).await?, "SEALED")?;

    let unseal = json!({ "batchId": BATCH, "witness": WITNESS.1, "reason": "A stray of CSE201" });
    let mut officer = day.at("EO-2", elms_tests::rest::OFFICER).await?;
    officer.submit(command("unsealBatch", unseal)).await?;
    officer.live(0).await?;
    chief.live(office.head().await?).await?;
    for (station, count) in [(&mut chief, 70), (&mut witness, 70)] {
        station.submit(declare(count)).await?;
        station.live(0).await?;
    }
    chief.live(office.head().await?).await?;
    says(
        &refusal(&mut chief, seal(70, "20418", None)).await?,
        "used before",
    )?;
    chief.submit(seal(70, "20419", None)).await?;
    chief.live(0).await?;
    ensure!(field(&office, "status").await? == "SEALED");
    ensure!(events(&office, "batch:sealed").await?.len() == 2);
    day.server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_counts_made_apart_that_differ_are_told_in_words_and_nobody_is_overruled() -> Result<()>
{
    let day = Day::begin().await?;
    let office = day.office().await?;
    let (mut chief, mut witness) = day.collecting().await?;
    day.cut(&mut [&mut chief, &mut witness]).await?;
    witness.submit(declare(69)).await?;
    chief.submit(declare(70)).await?;
    chief.submit(seal(70, "20418", None)).await?;
    day.mend(&mut [&mut witness, &mut chief]).await?;

    let told = to_decide(&mut chief).await?;
    ensure!(told.len() == 1, "one conflict, one question: {told:?}");
    let told = told.first().cloned().unwrap_or_default();
    says(&told, "Agbeko counted 69, the seal says 70")?;
    ensure!(field(&office, "status").await? == "IN_COLLECTION");
    let counts = events(&office, "batch:stats_updated").await?;
    ensure!(counts.len() == 2, "both counts are on record");
    stands_beside_it(&mut chief).await?;

    // Both count again; then the seal that was refused is sent again as it was.
    witness.submit(declare(70)).await?;
    witness.live(0).await?;
    chief.live(office.head().await?).await?;
    let again = json!({ "commandId": refused(&mut chief).await?.get("commandId") });
    chief.call("outbox_resend", again).await?;
    chief.live(0).await?;
    ensure!(to_decide(&mut chief).await?.is_empty());
    ensure!(field(&office, "status").await? == "SEALED");
    ensure!(field(&office, "scriptsCollected").await? == "70");
    day.server.stop().await
}

/// What was refused at a station.
async fn refused(station: &mut StationProcess) -> Result<Value> {
    let items = station.call("outbox", Value::Null).await?;
    let mut items = items.as_array().into_iter().flatten();
    let found = items.find(|item| item.get("state") == Some(&json!("attention")));
    Ok(found.context("nothing was refused")?.clone())
}

/// The two facts are told apart without reading sentences: what stands there, by whom, and where.
async fn stands_beside_it(station: &mut StationProcess) -> Result<()> {
    let item = refused(station).await?;
    let standing = |name: &str| {
        item.pointer(&format!("/rejection/standing/{name}"))
            .cloned()
    };
    ensure!(
        standing("what") == Some(json!("69 scripts counted")),
        "{item}"
    );
    ensure!(standing("station") == Some(json!("GH-B")), "{item}");
    ensure!(
        standing("by").is_some_and(|by| by.to_string().contains("Agbeko")),
        "{item}"
    );
    ensure!(standing("at").is_some_and(|at| at.is_string()), "{item}");
    Ok(())
}
