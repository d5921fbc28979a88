//! Two witnesses in two halls without a line: what each of them wrote down is one case in the end.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use elms_evidence::fingerprint;
use elms_tests::{
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest},
    until,
    window::{PATIENCE, Window, keys},
};
use image::{Rgb, RgbImage};
use serde_json::{Value, json};

use super::{event, text};
use crate::{
    window::{BAND, SENT, Stand, WAITING, go_to, press, report, sign_in, sign_in_as},
    window_day::{fill, happened},
    workflows::{CHIEF, WITNESS, events},
};

const SEEN: &str = "Phone in the sleeve at G3";
const SEEN_TOO: &str = "Somebody at G3 reads from a phone";
const STATEMENT: &str = "I saw the phone from the gallery";
/// What the first hall wrote on the bag.
const NUMBER: &str = "GH-A/001";
/// The field of a form in which a file is chosen.
const FILE: &str = "[role=dialog] input[type=file]";

#[tokio::test(flavor = "multi_thread")]
async fn two_halls_without_a_line_write_down_one_case_and_nothing_of_it_is_lost_or_doubled()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let wires = [
        Proxy::start(&server.url).await?,
        Proxy::start(&server.url).await?,
    ];
    let [first_wire, second_wire] = &wires;
    let [first_data, second_data] = ["GH-A", "GH-B"].map(|code| dir.path().join(code));
    let first = Window::open_as(&desk, &first_data, &first_wire.url, "GH-A").await?;
    sign_in_as(&first, CHIEF).await?;
    let second = Window::open_as(&desk, &second_data, &second_wire.url, "GH-B").await?;
    sign_in_as(&second, WITNESS.0).await?;
    for wire in &wires {
        wire.set(Wire::Cut);
    }
    first.see(BAND).await?;
    second.see(BAND).await?;

    let photo = photo(dir.path())?;
    reports_with(&first, &photo).await?;
    first.kill().await?;
    let first = Window::open_as(&desk, &first_data, &first_wire.url, "GH-A").await?;
    first.see(WAITING).await?;
    first.read(SEEN).await?;
    quotes(&second).await?;

    second_wire.set(Wire::Whole);
    go_to(&second, "#/sent").await?;
    second.read(&format!("Waiting for {NUMBER}")).await?;
    ensure!(
        events(&office, "incident:updated").await?.is_empty(),
        "signed for nothing"
    );
    first_wire.set(Wire::Whole);
    go_to(&first, "#/monitor").await?;
    first.see(SENT).await?;
    arrived(&office, &photo).await?;
    first.close().await?;
    second.close().await?;

    let folder = dir.path().join("EO-1");
    let eo = Window::open(&desk, &folder, &server.url).await?;
    sign_in(&eo).await?;
    one_case(&eo, &office, &folder).await?;
    eo.close().await?;
    server.stop().await
}

/// A picture of the bag.
fn photo(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("bag.jpg");
    RgbImage::from_pixel(64, 48, Rgb([200, 90, 20])).save(&path)?;
    Ok(path)
}

/// Reports with a photo, and reads the number at once.
async fn reports_with(first: &Window, photo: &Path) -> Result<()> {
    first.press("r").await?;
    first.see("[role=dialog] input[name=kind]").await?;
    first.see("[role=dialog] select option").await?;
    first.press("1").await?;
    first.press("G3").await?;
    first.choose(FILE, photo).await?;
    first.read("bag.jpg").await?;
    first.fill("[role=dialog] textarea", SEEN).await?;
    first.press_control(keys::ENTER).await?;
    first
        .read(&format!(
            "Kept on this station as {NUMBER}, waiting to send"
        ))
        .await
}

/// The other witness reports, too, and signs a statement about the case with that number.
async fn quotes(second: &Window) -> Result<()> {
    report(second, "G3", SEEN_TOO).await?;
    let case = "return document.querySelector('[data-incident]').dataset.incident";
    second.see(WAITING).await?;
    let case = second.run(case, json!([])).await?;
    go_to(
        second,
        &format!("#/incidents/{}", case.as_str().context("no case")?),
    )
    .await?;
    press(second, "Statement").await?;
    fill(second, "In their own words", STATEMENT).await?;
    fill(second, "Number of another hall", NUMBER).await?;
    press(second, "Keep the statement").await?;
    second.read("The statement is kept").await
}

/// Everything is in the log once: two reports, the statement about the first of them, and its photo.
async fn arrived(office: &Rest, photo: &Path) -> Result<()> {
    let case = case_of(office, SEEN).await?;
    let case = text(&case, "/payload/clientRef")?;
    let signed = event(office, "incident:updated", |one| {
        one.to_string().contains(STATEMENT)
    })
    .await?;
    ensure!(text(&signed, "/payload/clientRef")? == case, "{signed}");
    ensure!(text(&signed, "/actor/stationCode")? == "GH-B", "{signed}");
    happened(office, "incident:reported", 2).await?;
    happened(office, "evidence:received", 1).await?;
    let attached = happened(office, "evidence:attached", 1).await?;
    let attached = attached.first().context("no photo")?;
    ensure!(text(attached, "/payload/clientRef")? == case, "{attached}");
    let hash = fingerprint(&std::fs::read(photo)?);
    ensure!(text(attached, "/payload/sha256")? == hash, "{attached}");
    Ok(())
}

async fn case_of(office: &Rest, words: &str) -> Result<Value> {
    event(office, "incident:reported", |one| {
        one.to_string().contains(words)
    })
    .await
}

/// The officer makes one case of both, and sees in it when it was written down and when it came.
async fn one_case(eo: &Window, office: &Rest, folder: &Path) -> Result<()> {
    let first = case_of(office, SEEN).await?;
    let second = case_of(office, SEEN_TOO).await?;
    merged(eo, &second).await?;
    event(office, "incident:resolved", |one| {
        one.pointer("/payload/mergedInto") == first.pointer("/payload/clientRef")
    })
    .await?;
    go_to(eo, &place_of(&first)?).await?;
    for words in [STATEMENT, NUMBER, "bag.jpg"] {
        eo.read(words).await?;
    }
    for field in ["/recordedAt", "/timestamp"] {
        let time: String = text(&first, field)?.chars().skip(11).take(8).collect();
        eo.read(&time).await?;
    }
    eo.picture("one-case").await?;
    pack(eo, folder).await
}

/// This report is of the case of the first hall, by the form of the case.
async fn merged(eo: &Window, second: &Value) -> Result<()> {
    go_to(eo, &place_of(second)?).await?;
    eo.read(SEEN_TOO).await?;
    press(eo, "Merge").await?;
    fill(eo, "It is the same as", SEEN).await?;
    press(eo, "Merge into it").await
}

fn place_of(case: &Value) -> Result<String> {
    Ok(format!("#/incidents/{}", text(case, "/payload/clientRef")?))
}

/// The paper of the case for the committee is made.
async fn pack(eo: &Window, folder: &Path) -> Result<()> {
    press(eo, "Export record").await?;
    until("the pack is a paper", PATIENCE, async || {
        let papers = std::fs::read_dir(folder.join("papers"));
        let mut papers = papers.into_iter().flatten().flatten();
        papers.any(|one| one.path().extension().is_some_and(|kind| kind == "pdf"))
    })
    .await
}
