//! The way of a batch from the hall to its lecturer, as the paper has it that is laid before a board.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{rest::OFFICER, station::StationProcess};
use serde_json::json;
use uuid::Uuid;

use super::{BATCH, Day, HANDLER, command, handover::sealed, says};

/// Who stands at the hatch of the strong room, and the lecturer of BUS101.
const HATCH: &str = "abena.darko@aut.example";
const LECTURER: (&str, i64) = ("linda.asamoah@aut.example", 25);
/// Who answers for the batch, step after step.
const HOLDERS: [&str; 5] = [
    "Great Hall",
    "Dr Fiifi Quansah",
    "Mr Ibrahim Alhassan",
    "Strong Room 1",
    "Prof Linda Asamoah",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_paper_of_a_batch_names_one_holder_for_every_minute_from_hall_to_lecturer() -> Result<()>
{
    let day = Day::begin().await?;
    let office = day.office().await?;
    let mut officer = day.in_office("EO-1", OFFICER).await?;
    let printed = json!({ "batchId": BATCH, "copies": 72, "spare": 4, "place": "Print room" });
    officer.submit(command("notePrinted", printed)).await?;
    officer.live(0).await?;
    let mut chief = sealed(&day).await?;
    let mut handler = day.at("SR-1", HANDLER.0).await?;
    let mut hatch = day.in_office("SR-2", HATCH).await?;
    let to_handler = json!({ "toUser": HANDLER.1 });
    handed(&mut chief, &mut handler, &office, to_handler).await?;
    let place = json!({ "toLocation": "loc:strong-room", "toLocationName": "Strong Room 1" });
    handed(&mut handler, &mut hatch, &office, place).await?;
    officer.live(office.head().await?).await?;
    let signed = json!({ "batchId": BATCH, "lecturer": LECTURER.1, "count": 70 });
    officer.submit(command("receiveBatch", signed)).await?;
    officer.live(0).await?;

    let wanted = json!({
        "kind": "custody", "id": BATCH, "zone": { "offsetMin": 0, "name": "GMT" },
    });
    let saved = officer.call("paper", wanted).await?;
    let file = saved.get("file").and_then(|file| file.as_str());
    let text = words_of(file.context("no file")?)?;
    for holder in HOLDERS {
        says(&text, holder)?;
    }
    says(&text, "Print room, 72 + 4 spare")?;
    one_after_the_other(&text)?;
    says(
        &text,
        saved
            .get("hash")
            .and_then(|hash| hash.as_str())
            .unwrap_or("no hash"),
    )?;
    day.server.stop().await
}

/// Offered by the one, accepted by the other after a look at count and seal.
async fn handed(
    giver: &mut StationProcess,
    receiver: &mut StationProcess,
    office: &elms_tests::rest::Rest,
    to: serde_json::Value,
) -> Result<()> {
    let transfer = Uuid::now_v7();
    let mut input = json!({ "transfer": transfer, "batchId": BATCH });
    let (fields, to) = (input.as_object_mut(), to.as_object().cloned());
    fields.context("no input")?.extend(to.context("nobody")?);
    giver.live(office.head().await?).await?;
    giver.submit(command("offerBatch", input)).await?;
    giver.live(0).await?;
    receiver.live(office.head().await?).await?;
    let accept = json!({ "transfer": transfer, "count": 70, "sealSeen": "20418" });
    receiver.submit(command("acceptBatch", accept)).await?;
    receiver.live(0).await
}

/// The words of a PDF as another program reads them, line by line as they lie on the page.
fn words_of(file: &str) -> Result<String> {
    let read = Command::new("pdftotext")
        .args(["-layout", file, "-"])
        .output();
    let read = read.context("pdftotext is missing: `cargo xtask setup` installs it")?;
    ensure!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    Ok(String::from_utf8_lossy(&read.stdout).into_owned())
}

/// The holders stand below one another in the order of their times, each with a name.
fn one_after_the_other(text: &str) -> Result<()> {
    let mut found: Vec<&&str> = Vec::new();
    let steps = text.lines().skip_while(|line| *line != "From hand to hand");
    for line in steps.take_while(|line| *line != "Every event") {
        found.extend(
            HOLDERS
                .iter()
                .filter(|name| line.trim_end().ends_with(*name)),
        );
    }
    ensure!(found == HOLDERS.each_ref().map(|name| name), "{text}");
    Ok(())
}
