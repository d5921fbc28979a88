//! The doors: who comes late, who comes too late, who comes to another hall, and who decides.

use anyhow::{Result, ensure};
use elms_protocol::SENT_ON;
use elms_tests::{
    desk::{Desk, Keys},
    morning::{CHIEF, HALL_PAPER, LIBRARY_PAPER, Morning, OFFICER},
    rest::Rest,
    window::{Window, keys},
};
use serde_json::json;

use super::{event, number, sitting_of};
use crate::{
    window::{LIVE, ask_to_sign_in_with, go_to, press},
    window_day::fill,
    workflows::events,
};

/// The first candidates of the two papers, who came to the door ten and a hundred minutes late.
const LATE: &str = "MC1000";
const TOO_LATE: &str = "MC5000";
/// What is told to whoever comes more than an hour late.
const TOLD: &str = "More than 60 min late: the exam office has the form, and the board decides.";
/// The form by which somebody is admitted all the same.
const WHY: &str = "Why they are admitted all the same";

#[tokio::test(flavor = "multi_thread")]
async fn latecomers_are_told_at_the_door_and_only_the_office_lets_in_who_comes_too_late()
-> Result<()> {
    let morning = Morning::begin().await?;
    let office = morning.rest(OFFICER).await?;
    let dir = tempfile::tempdir()?;
    let desk = Desk::set_up(Keys::Open, true).await?;
    let window = Window::open(&desk, &dir.path().join("door"), &morning.server.url).await?;
    comes_to_work(&window, &morning, CHIEF).await?;
    late_and_in_the_wrong_hall(&window, &office).await?;

    let library = number(&sitting_of(&office, LIBRARY_PAPER).await?, "/id")?;
    go_to(&window, &format!("#/hall/{library}")).await?;
    window.read("Old Library").await?;
    scan(&window, TOO_LATE).await?;
    window.read("L0 refused").await?;
    window.read(TOLD).await?;
    window.picture("refused").await?;
    let words = window.words("body").await?.unwrap_or_default();
    ensure!(!words.contains(WHY), "the chief may let in: {words}");
    let refused = event(&office, "student:checked-in", |one| {
        one.pointer("/payload/attendance") == Some(&json!("REFUSED"))
    });
    let late = number(&refused.await?, "/payload/minutesLate")?;
    ensure!((100..110).contains(&late), "{late} min late");

    let eo = Window::open(&desk, &dir.path().join("office"), &morning.server.url).await?;
    comes_to_work(&eo, &morning, OFFICER).await?;
    overruled(&eo, &office, library).await?;
    eo.close().await?;
    register_is_complete(&window, &office).await?;
    window.close().await?;
    morning.server.stop().await
}

/// Somebody signs in with their first password, and keeps it for now.
async fn comes_to_work(window: &Window, morning: &Morning, email: &str) -> Result<()> {
    ask_to_sign_in_with(window, email, morning.password(email)?).await?;
    press(window, "Not now").await?;
    window.see(LIVE).await
}

/// A card is read at the door.
async fn scan(window: &Window, card: &str) -> Result<()> {
    window.see("[data-for-scanners]").await?;
    window.fill("[data-for-scanners]", card).await?;
    window.press(&keys::ENTER.to_string()).await
}

async fn late_and_in_the_wrong_hall(window: &Window, office: &Rest) -> Result<()> {
    let hall = number(&sitting_of(office, HALL_PAPER.0).await?, "/id")?;
    go_to(window, &format!("#/hall/{hall}")).await?;
    press(window, "Open the doors").await?;
    press(window, "Start writing").await?;
    scan(window, LATE).await?;
    window.read("S0 checked in").await?;
    let came = event(office, "student:checked-in", |_| true).await?;
    ensure!(
        came.pointer("/payload/attendance") == Some(&json!("LATE")),
        "{came}"
    );
    let late = number(&came, "/payload/minutesLate")?;
    ensure!((10..20).contains(&late), "{late} min late");
    window.read(&format!(", {late} min late")).await?;

    scan(window, TOO_LATE).await?;
    window.read("was sent on to Old Library").await?;
    event(office, "hall_log", |one| {
        let on = one.pointer("/payload/action") == Some(&json!(SENT_ON));
        on && one.to_string().contains("is on the way from Drill Hall")
    })
    .await?;
    let came = events(office, "student:checked-in").await?;
    ensure!(came.len() == 1, "let in where they do not sit: {came:?}");
    Ok(())
}

/// The exams officer admits who was refused, with a reason and with the form of the board.
async fn overruled(eo: &Window, office: &Rest, library: i64) -> Result<()> {
    go_to(eo, &format!("#/hall/{library}?seat=L0")).await?;
    eo.read(WHY).await?;
    fill(eo, WHY, "The college bus broke down").await?;
    press(eo, "Admit, with the form of the board").await?;
    let admitted = event(office, "student:checked-in", |one| {
        one.pointer("/payload/attendance") == Some(&json!("VERY_LATE"))
    });
    let admitted = admitted.await?;
    ensure!(
        admitted.pointer("/payload/boardForm") == Some(&json!(true)),
        "{admitted}"
    );
    ensure!(
        admitted.to_string().contains("The college bus broke down"),
        "{admitted}"
    );
    eo.see("[data-seat=L0][data-state=writing]").await
}

/// Once writing has begun, the chief says that nobody else comes.
async fn register_is_complete(window: &Window, office: &Rest) -> Result<()> {
    press(window, "Open the doors").await?;
    press(window, "Start writing").await?;
    press(window, "Register is complete").await?;
    window.read("The register is complete").await?;
    window.see("[data-seat=L1][data-state=absent]").await?;
    let said = event(office, "checkin:stats:updated", |one| {
        one.pointer("/payload/stats/registerComplete") == Some(&json!(true))
    });
    let said = said.await?;
    ensure!(number(&said, "/payload/stats/checkedIn")? == 1, "{said}");
    Ok(())
}
