//! The real window on a real desktop: what an exams officer sees and does on exam day.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};
use elms_tests::{
    desk::{Desk, Keys},
    process::{DEMO_PASSWORD, ServerProcess},
    proxy::{Proxy, Wire},
    rest::{COLLEAGUE, OFFICER, Rest},
    station::StationProcess,
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// A row of the feed that the server has.
pub(crate) const SENT: &str = "[data-incident][data-sync=server]";
/// A row of the feed that waits here.
pub(crate) const WAITING: &str = "[data-incident]:not([data-sync=server])";
/// The dialog in which incidents are reported.
const REPORT: &str = "[role=dialog] textarea";
/// The band that says that the line is gone.
pub(crate) const BAND: &str = "[data-testid=offline-band]";
/// The status bar of a console whose line is alive.
pub(crate) const LIVE: &str = "[data-testid=link-state][data-state=live]";

/// A desk with a key store and a notification service, and a server, in a folder of their own.
pub(crate) struct Stand {
    pub(crate) dir: TempDir,
    pub(crate) desk: Desk,
    pub(crate) server: ServerProcess,
}

impl Stand {
    pub(crate) async fn set_up() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let desk = Desk::set_up(Keys::Open, true).await?;
        let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
        Ok(Self { dir, desk, server })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_reports_by_keyboard_with_the_line_pulled_and_sees_it_sent_when_it_is_back()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let wire = Proxy::start(&server.url).await?;
    let window = Window::open(&desk, &dir.path().join("office"), &wire.url).await?;

    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.read("Phone under the script").await?;
    window.see(SENT).await?;
    ensure!(window.count(SENT).await? == 1, "one report, one row");

    wire.set(Wire::Cut);
    window.see(BAND).await?;
    window.picture("offline").await?;
    report(&window, "C4", "Candidate feels faint").await?;
    window.see(WAITING).await?;
    window.read("Kept on this station").await?;
    ensure!(window.count(BAND).await? == 1, "it is still cut off");
    window.picture("waiting").await?;

    wire.set(Wire::Whole);
    window.miss(WAITING).await?;
    window.miss(BAND).await?;
    window.see(LIVE).await?;
    ensure!(window.count(SENT).await? == 2, "two reports, two rows");
    both_arrived_once(&server).await?;
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_critical_report_from_a_hall_is_shown_by_the_notification_service_of_the_office()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let window = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    sign_in(&window).await?;

    critical_report(&dir.path().join("hall"), &server.url).await?;
    until("the notification", PATIENCE, async || {
        !desk.shown().is_empty()
    })
    .await?;
    let shown = desk.shown();
    let first = shown.first().context("nothing was shown")?;
    ensure!(first.critical, "it may be overlooked: {first:?}");
    let offered = first.actions.iter().any(|key| key == "acknowledge");
    ensure!(offered, "no way to acknowledge: {first:?}");
    ensure!(!first.body.contains("Ama"), "a name: {first:?}");
    ensure!(shown.len() == 1, "one report, one notice: {shown:?}");
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_stays_signed_in_finds_the_board_again_without_a_server() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = dir.path().join("office");
    let window = Window::open(&desk, &office, &server.url).await?;
    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;
    window.close().await?;
    let address = server.url.clone();
    server.stop().await?;

    let window = Window::open(&desk, &office, &address).await?;
    window.read("Phone under the script").await?;
    window.see(BAND).await?;
    window.close().await
}

/// Signs the officer in as a person does, and waits for the board.
pub(crate) async fn sign_in(window: &Window) -> Result<()> {
    sign_in_as(window, OFFICER).await
}

/// Signs somebody in, and waits for the board.
pub(crate) async fn sign_in_as(window: &Window, email: &str) -> Result<()> {
    ask_to_sign_in_with(window, email, DEMO_PASSWORD).await?;
    window.miss("input[type=password]").await?;
    window.see(LIVE).await
}

/// Types who it is; whatever comes of it.
pub(crate) async fn ask_to_sign_in(window: &Window) -> Result<()> {
    ask_to_sign_in_with(window, OFFICER, DEMO_PASSWORD).await
}

pub(crate) async fn ask_to_sign_in_with(
    window: &Window,
    email: &str,
    password: &str,
) -> Result<()> {
    window.see("input[type=password]").await?;
    window.fill("input[type=email]", email).await?;
    window.fill("input[type=password]", password).await?;
    window.press(&keys::ENTER.to_string()).await
}

/// Waits until the window is at a place.
pub(crate) async fn is_at(window: &Window, place: &str) -> Result<()> {
    until(place, PATIENCE, async || {
        let at = window.run("return location.hash", json!([])).await;
        at.is_ok_and(|at| at == place)
    })
    .await
}

/// Sends the window to a place.
pub(crate) async fn go_to(window: &Window, place: &str) -> Result<()> {
    window
        .run("location.hash = arguments[0]", json!([place]))
        .await
        .map(drop)
}

/// Presses the button that says this, once it is there.
pub(crate) async fn press(window: &Window, words: &str) -> Result<()> {
    let script = "const button = [...document.querySelectorAll('button')]
        .findLast((one) => one.textContent.startsWith(arguments[0]) && !one.disabled);
        button?.click(); return button !== undefined";
    let pressed = until(words, PATIENCE, async || {
        let pressed = window.run(script, json!([words])).await;
        pressed.is_ok_and(|pressed| pressed == Value::Bool(true))
    });
    if pressed.await.is_err() {
        let instead = window.words("body").await;
        bail!("no button says {words}; the window says: {instead:?}");
    }
    Ok(())
}

/// Reports with the keyboard alone, and waits until the form has let go of it.
pub(crate) async fn report(window: &Window, seat: &str, words: &str) -> Result<()> {
    ask_to_report(window, seat, words).await?;
    window.miss(REPORT).await
}

/// Key, kind, seat, words, sent; whatever comes of it.
pub(crate) async fn ask_to_report(window: &Window, seat: &str, words: &str) -> Result<()> {
    window.press("r").await?;
    window.see("[role=dialog] input[name=kind]").await?;
    window.see("[role=dialog] select option").await?;
    window.press("1").await?;
    window.press(seat).await?;
    window.press(&keys::TAB.to_string()).await?;
    window.press(words).await?;
    window.press_control(keys::ENTER).await
}

/// Both reports are in the log, once each, with their seats.
async fn both_arrived_once(server: &ServerProcess) -> Result<()> {
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let listed = officer.get("/incidents?limit=100").await?;
    let incidents = listed.get("incidents").and_then(Value::as_array);
    let seats: Vec<&str> = incidents
        .context("no list")?
        .iter()
        .filter_map(|incident| incident.get("seat").and_then(Value::as_str))
        .collect();
    let once = |seat| seats.iter().filter(|found| **found == seat).count() == 1;
    ensure!(once("G3") && once("C4"), "what arrived: {seats:?}");
    Ok(())
}

/// A CRITICAL report by somebody else at another station.
async fn critical_report(dir: &Path, server: &str) -> Result<()> {
    let mut hall = StationProcess::start(dir, "GH-A")?;
    hall.sign_in(server, COLLEAGUE).await?;
    hall.live(0).await?;
    let input = json!({
        "ref": Uuid::now_v7(), "type": "MEDICAL_EMERGENCY", "severity": "CRITICAL",
        "description": "Candidate has fainted", "sittingId": 1, "seat": "D2",
    });
    let command = json!({ "command": "reportIncident", "input": input });
    hall.submit(command).await?;
    hall.live(0).await?;
    tokio::time::timeout(Duration::from_secs(10), hall.stop()).await?
}
