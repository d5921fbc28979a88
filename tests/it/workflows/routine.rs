//! What is routine is a line of the hall log: nobody is called for it, and the hall stays open for
//! whoever is still out.

use anyhow::{Result, ensure};
use elms_tests::station::StationProcess;
use serde_json::{Value, json};

use super::{BATCH, Day, SITTING, command, declare, events, refusal, says, seal};

#[tokio::test(flavor = "multi_thread")]
async fn a_candidate_who_is_out_calls_nobody_and_keeps_the_hall_open_until_they_are_back()
-> Result<()> {
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut chief = day.at("GH-A", super::CHIEF).await?;
    become_each(&mut chief, &["ADMITTING", "WRITING"]).await?;
    let called = events(&office, "notification:new").await?.len();
    // The line is written without a connection, like any other day.
    day.cut(&mut [&mut chief]).await?;
    chief
        .submit(line("TEMPORARY_ABSENCE_OUT", "C4 out"))
        .await?;
    day.mend(&mut [&mut chief]).await?;
    let lines = events(&office, "hall_log").await?;
    ensure!(lines.len() == 1, "{lines:?}");
    ensure!(events(&office, "incident:reported").await?.is_empty());
    ensure!(events(&office, "notification:new").await?.len() == called);

    counted_and_sealed(&day, &mut chief).await?;
    let close = command("setPhase", json!({ "sittingId": SITTING, "to": "CLOSED" }));
    says(
        &refusal(&mut chief, close.clone()).await?,
        "Still out of the hall: C4",
    )?;
    chief
        .submit(line("TEMPORARY_ABSENCE_IN", "C4 back"))
        .await?;
    chief.live(0).await?;
    chief.submit(close).await?;
    chief.live(0).await?;
    ensure!(events(&office, "session_ended").await?.len() == 1);
    day.server.stop().await
}

fn line(action: &str, text: &str) -> Value {
    let input = json!({ "sittingId": SITTING, "action": action, "text": text, "seat": "c4" });
    command("logHall", input)
}

async fn become_each(chief: &mut StationProcess, phases: &[&str]) -> Result<()> {
    for to in phases {
        let phase = json!({ "sittingId": SITTING, "to": to });
        chief.submit(command("setPhase", phase)).await?;
        chief.live(0).await?;
    }
    Ok(())
}

/// Everything that a hall needs to be closed, but for the candidate who is out.
async fn counted_and_sealed(day: &Day, chief: &mut StationProcess) -> Result<()> {
    let present = json!({ "sittingId": SITTING, "checkedIn": 70 });
    chief.submit(command("countPresent", present)).await?;
    chief
        .submit(command("declareRegister", json!({ "sittingId": SITTING })))
        .await?;
    chief.live(0).await?;
    become_each(chief, &["COLLECTING", "RECONCILING"]).await?;
    chief
        .submit(command("openCollection", json!({ "batchId": BATCH })))
        .await?;
    chief.live(0).await?;
    let mut witness = day.at("GH-B", super::WITNESS.0).await?;
    witness.submit(declare(70)).await?;
    witness.live(0).await?;
    chief.submit(declare(70)).await?;
    chief.submit(seal(70, "20418", None)).await?;
    chief.live(0).await?;
    witness.stop().await
}
