//! A photo that was attached in a hall without a line reaches the office once, byte for byte,
//! whatever is cut, killed or repeated on its way.

use std::{
    path::{Path, PathBuf},
    sync::atomic::Ordering,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use elms_evidence::fingerprint;
use elms_tests::{
    process::ServerProcess,
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest, STRANGER},
    station::StationProcess,
    until,
};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::{Value, json};
use uuid::Uuid;

/// What a camera writes beside the picture.
const PLACE: &[u8] = b"GPS 5.6037N 0.1870W";
/// Bytes of the photo, at least.
const SIZE: usize = 4 << 20;
/// A request is cut off after every so many bytes.
const CUT_EVERY: u64 = 1_300_000;
/// How long anything here may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_from_a_hall_that_was_cut_off_reaches_the_office_once_and_whole() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (server_dir, hall_dir) = (dir.path().join("server"), dir.path().join("hall"));
    let mut server = ServerProcess::start(&server_dir, 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let mut hall = signed_in(&hall_dir, &wire.url).await?;
    let photo = photo()?;

    // Without a line: the report, its photo, and the power goes.
    wire.set(Wire::Cut);
    hall.cut_off().await?;
    let case = reported(&mut hall).await?;
    let kept = attach(&mut hall, &case, "bag.jpg", &photo).await?;
    ensure!(kept.get("rejection") == Some(&Value::Null), "{kept}");
    hall.kill().await?;
    hall = StationProcess::start(&hall_dir, "GH-A")?;
    let waiting = file_of(&mut hall, &case).await?;
    ensure!(is(&waiting, "state", "waiting") && is(&waiting, "sha256", &fingerprint(&photo)));
    ensure!(
        !lies_in_the_clear(&hall_dir, &photo)?,
        "the photo can be read on the disk"
    );

    // The line returns and cuts requests off; while parts are there, both sides are killed.
    wire.faults.cut_every.store(CUT_EVERY, Ordering::Relaxed);
    wire.set(Wire::Whole);
    hall.call("try_now", Value::Null).await?;
    until("the first parts", PATIENCE, async || 0 < parts(&server_dir)).await?;
    let port = server.port()?;
    server.kill().await?;
    hall.kill().await?;
    hall = StationProcess::start(&hall_dir, "GH-A")?;
    server = ServerProcess::start(&server_dir, port, &[]).await?;
    let arrived = until("the photo", PATIENCE, async || {
        let file = file_of(&mut hall, &case).await;
        file.is_ok_and(|file| is(&file, "state", "kept") && file.get("here") == Some(&json!(false)))
    });
    arrived.await?;
    let n_cut = wire.faults.n_cut.load(Ordering::Relaxed);
    ensure!(2 <= n_cut, "the wire was cut {n_cut} times only");
    the_office_has_it(&server, &case, &photo).await?;
    hall.stop().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_was_chosen_for_a_report_goes_with_it_wherever_the_power_goes() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (server_dir, hall_dir) = (dir.path().join("server"), dir.path().join("hall"));
    let server = ServerProcess::start(&server_dir, 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let mut hall = signed_in(&hall_dir, &wire.url).await?;
    let photo = photo()?;
    wire.set(Wire::Cut);
    hall.cut_off().await?;

    // Half a report and its photo, and the power goes.
    let form = json!({ "kind": "report", "form": { "text": "Phone under the" } });
    hall.call("draft_save", form).await?;
    let chosen = json!({
        "kind": "report", "name": "bag.jpg", "base64": STANDARD.encode(&photo),
    });
    hall.call("draft_file_add", chosen).await?;
    hall.kill().await?;
    hall = StationProcess::start(&hall_dir, "GH-A")?;
    let report = json!({ "kind": "report" });
    let files = hall.call("draft_files", report.clone()).await?;
    ensure!(
        files.pointer("/0/name") == Some(&json!("bag.jpg")),
        "{files}"
    );
    ensure!(
        !lies_in_the_clear(&hall_dir, &photo)?,
        "the photo can be read on the disk"
    );

    // It is finished, and the power goes again.
    let case = Uuid::now_v7().to_string();
    let written = json!({ "command": reporting(&case), "draft": "report" });
    hall.shout("submit", written).await?;
    until("the report", PATIENCE, async || {
        hall.call("draft_load", report.clone()).await.ok() == Some(Value::Null)
    })
    .await?;
    hall.kill().await?;
    hall = StationProcess::start(&hall_dir, "GH-A")?;
    until("the photo in the case", PATIENCE, async || {
        let file = file_of(&mut hall, &case).await;
        file.is_ok_and(|file| is(&file, "state", "waiting"))
    })
    .await?;
    let left = hall.call("draft_files", report).await?;
    ensure!(left == json!([]), "the form has it still: {left}");

    wire.set(Wire::Whole);
    hall.call("try_now", Value::Null).await?;
    until("the photo", PATIENCE, async || {
        let file = file_of(&mut hall, &case).await;
        file.is_ok_and(|file| is(&file, "state", "kept"))
    })
    .await?;
    the_office_has_it(&server, &case, &photo).await?;
    hall.stop().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_evidence_is_refused_with_a_sentence_and_a_stranger_finds_nothing() -> Result<()>
{
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let mut hall = signed_in(&dir.path().join("hall"), &server.url).await?;
    let case = reported(&mut hall).await?;
    let page = attach(&mut hall, &case, "photo.jpg", b"<svg onload=alert(1)>").await;
    ensure!(
        said(page).contains("neither JPEG"),
        "a page was taken for a photo"
    );
    let mut large = photo()?;
    large.resize((20 << 20) + 1, 0);
    let too_large = attach(&mut hall, &case, "large.jpg", &large).await;
    ensure!(
        said(too_large).contains("20 MiB"),
        "a byte too much was taken"
    );
    large.truncate(20 << 20);
    attach(&mut hall, &case, "large.jpg", &large).await?;
    until("the largest file", PATIENCE, async || {
        let file = file_of(&mut hall, &case).await;
        file.is_ok_and(|file| is(&file, "state", "kept"))
    })
    .await?;
    let file = file_of(&mut hall, &case).await?;
    let id = file.get("id").and_then(Value::as_str).context("no id")?;
    let of = json!({ "incident": case, "evidence": id });
    let opened = hall.call("evidence_open", of).await?;
    let saved = opened
        .get("file")
        .and_then(Value::as_str)
        .context("not saved")?;
    ensure!(std::fs::read(saved)? == large, "another file was saved");
    let nobodys = json!({ "incident": case, "evidence": Uuid::now_v7() });
    let unknown = hall.call("evidence_open", nobodys).await;
    ensure!(said(unknown).contains("no such file"));
    let stranger = Rest::sign_in(&server.url, STRANGER).await?;
    for end in ["", "/shown", "/original"] {
        let path = format!("/incidents/{case}/evidence/{id}{end}");
        let (status, _) = stranger.bytes(&path).await?;
        ensure!(status == 404, "a stranger gets {status} for {path}");
    }
    hall.stop().await?;
    server.stop().await
}

/// A photo with its place in it, and much behind the end of the picture.
fn photo() -> Result<Vec<u8>> {
    let picture = RgbImage::from_fn(64, 48, |x, _| Rgb([if x < 32 { 200 } else { 20 }, 90, 90]));
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 90).encode_image(&picture)?;
    let (start, rest) = plain.split_at_checked(2).context("no picture")?;
    let length = u16::try_from(PLACE.len() + 2)?.to_be_bytes();
    let mut photo = [start, &[0xff, 0xe1], &length, PLACE, rest].concat();
    let noise = (0_u32..).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes());
    photo.extend(noise.take(SIZE));
    Ok(photo)
}

async fn signed_in(dir: &Path, server: &str) -> Result<StationProcess> {
    let mut station = StationProcess::start(dir, "GH-A")?;
    station.sign_in(server, OFFICER).await?;
    station.live(0).await?;
    Ok(station)
}

async fn reported(hall: &mut StationProcess) -> Result<String> {
    let case = Uuid::now_v7().to_string();
    hall.submit(reporting(&case)).await?;
    Ok(case)
}

fn reporting(case: &str) -> Value {
    let input = json!({
        "ref": case, "type": "ACADEMIC_MISCONDUCT", "severity": "HIGH",
        "description": "Phone under the script", "sittingId": 1,
    });
    json!({ "command": "reportIncident", "input": input })
}

async fn attach(hall: &mut StationProcess, case: &str, name: &str, bytes: &[u8]) -> Result<Value> {
    let file = json!({ "incident": case, "name": name, "base64": STANDARD.encode(bytes) });
    hall.call("evidence_attach", file).await
}

/// The one file of a case, as its station shows it.
async fn file_of(hall: &mut StationProcess, case: &str) -> Result<Value> {
    let shown = hall.call("incident", json!({ "ref": case })).await?;
    shown.pointer("/files/0").cloned().context("no file")
}

fn is(value: &Value, field: &str, text: &str) -> bool {
    value.get(field).and_then(Value::as_str) == Some(text)
}

fn said(refused: Result<Value>) -> String {
    refused.map_or_else(
        |error| error.to_string(),
        |answer| format!("taken: {answer}"),
    )
}

async fn the_office_has_it(server: &ServerProcess, case: &str, photo: &[u8]) -> Result<()> {
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let events = officer.events().await?;
    for (name, times) in [
        ("evidence:attached", 1),
        ("evidence:received", 1),
        ("evidence:opened", 0),
    ] {
        let n = events
            .iter()
            .filter(|event| is(event, "event", name))
            .count();
        ensure!(n == times, "{name} is in the log {n} times");
    }
    let shown = officer.get(&format!("/incidents/{case}")).await?;
    let id = shown.pointer("/data/files/0/id").and_then(Value::as_str);
    let path = format!("/incidents/{case}/evidence/{}", id.context("no file")?);
    let (status, copy) = officer.bytes(&format!("{path}/shown")).await?;
    let has_place = copy.windows(PLACE.len()).any(|window| window == PLACE);
    ensure!(
        status == 200 && !has_place && copy.len() < 20_000,
        "the copy shows too much"
    );
    let (_, original) = officer.bytes(&format!("{path}/original")).await?;
    ensure!(original == photo, "the office has another photo");
    let opened = officer.events().await?;
    let opened = opened
        .iter()
        .filter(|event| is(event, "event", "evidence:opened"));
    ensure!(opened.count() == 1, "that it was opened is not in the log");
    Ok(())
}

/// Bytes of files that the server does not have whole.
fn parts(server: &Path) -> u64 {
    let files = all_files(&server.join("evidence"));
    let parts = files
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "part"));
    let sizes = parts.filter_map(|path| Some(std::fs::metadata(path).ok()?.len()));
    sizes.sum()
}

fn lies_in_the_clear(station: &Path, photo: &[u8]) -> Result<bool> {
    let trace = photo.rchunks(64).next().context("no photo")?;
    let mut found = false;
    for path in all_files(station) {
        let bytes = std::fs::read(&path)?;
        found |= bytes.windows(trace.len()).any(|window| window == trace);
    }
    Ok(found)
}

fn all_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files
}
