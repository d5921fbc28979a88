//! A power cut: one action reports it and stops the clock, and what it took is given back.

use anyhow::{Context as _, Result, ensure};
use elms_protocol::Timestamp;
use elms_tests::{
    desk::{Desk, Keys},
    process::ServerProcess,
    rest::{OFFICER, Rest},
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::{Value, json};

use super::{event, number, text};
use crate::{
    window::{go_to, press, sign_in, sign_in_as},
    window_ways::turn_to_new,
};

/// The exam day thirty times as fast, from a time at which the halls are quiet.
const DAY: (&str, &str) = ("30", "09:50");
/// The chief of the Access Suite, where everybody has an arrangement, and the sitting.
const CHIEF: &str = "esi.bentil@aut.example";
const SUITE: i64 = 8;
/// The shares of more time in it, in the order of the seats.
const MORE: [i64; 4] = [25, 25, 50, 25];
/// When its paper starts and ends.
const PLAN: (&str, &str) = ("2026-12-07T09:00:00.000Z", "2026-12-07T12:45:00.000Z");
const WORDS: &str = "The lights went out";

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_stops_the_clock_in_one_action_and_the_time_is_given_back_to_the_second()
-> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::demo_day(&dir.path().join("server"), DAY.0, DAY.1).await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let desks = [
        Desk::set_up(Keys::Open, true).await?,
        Desk::set_up(Keys::Open, true).await?,
    ];
    let [hall_desk, office_desk] = &desks;
    let folders = ["AX-A", "EO-1"].map(|one| dir.path().join(one));
    let hall = Window::open(hall_desk, &folders[0], &server.url);
    let eo = Window::open(office_desk, &folders[1], &server.url);
    let (hall, eo) = tokio::try_join!(hall, eo)?;
    tokio::try_join!(sign_in_as(&hall, CHIEF), sign_in(&eo))?;
    let (first, clock) = clock_window(&hall).await?;
    let before = stops(&hall, &clock, &first).await?;
    ensure!(before == end(0, 0)?, "{before}");

    report_and_pause(&hall).await?;
    hall.read("Paused").await?;
    let case = event(&office, "incident:reported", |one| {
        one.to_string().contains(WORDS)
    })
    .await?;
    noticed(
        office_desk,
        &eo,
        &office,
        text(&case, "/payload/clientRef")?,
    )
    .await?;
    dark(&hall, (&clock, &first), &case).await?;
    press(&hall, "Go on writing").await?;
    let went_on = event(&office, "session_status_changed", |one| {
        one.pointer("/payload/pausedSec").is_some_and(Value::is_i64)
    });
    let paused_sec = number(&went_on.await?, "/payload/pausedSec")?;
    press(&hall, "Give ").await?;
    let given = event(&office, "time_extended", |one| {
        one.pointer("/payload/examEntryId") == Some(&json!(SUITE))
    });
    let given = number(&given.await?, "/payload/addedSec")?;
    ensure!(
        given == paused_sec && 60 <= given,
        "{given} for {paused_sec}"
    );
    hall.turn_to(&clock).await?;
    shows(&hall, given).await?;
    hall.turn_to(&first).await?;
    eo.close().await?;
    hall.close().await?;
    server.stop().await
}

/// Opens the clock of the hall beside it, where every change of it is written down.
async fn clock_window(hall: &Window) -> Result<(String, String)> {
    let first = hall.all().await?;
    go_to(hall, &format!("#/hall/{SUITE}")).await?;
    press(hall, "Clock window").await?;
    turn_to_new(hall, &first).await?;
    hall.see("[role=timer]").await?;
    let script = "const seen = (window.seen = []);
        const look = () => seen.push(document.querySelector('[role=timer]').textContent);
        look();
        new MutationObserver(look).observe(document.body,
            { subtree: true, childList: true, characterData: true })";
    hall.run(script, json!([])).await?;
    let clock = hall
        .all()
        .await?
        .into_iter()
        .find(|one| !first.contains(one));
    let first = first.into_iter().next().context("no first window")?;
    hall.turn_to(&first).await?;
    Ok((first, clock.context("no clock")?))
}

/// Waits until the clock of the hall is a minute and a half further than the report.
async fn dark(hall: &Window, (clock, first): (&str, &str), case: &Value) -> Result<()> {
    let begun: Timestamp = text(case, "/timestamp")?.parse()?;
    let until_then: String = begun.plus_ms(90_000).to_string();
    let until_then: String = until_then.chars().skip(11).take(8).collect();
    hall.turn_to(clock).await?;
    until("it was dark long enough", PATIENCE, async || {
        let shown = hall.words("[role=timer]").await.ok().flatten();
        shown.is_some_and(|shown| until_then <= shown)
    })
    .await?;
    hall.turn_to(first).await
}

/// When the clock says that writing stops.
async fn stops(hall: &Window, clock: &str, first: &str) -> Result<String> {
    hall.turn_to(clock).await?;
    let words = hall.words("dl dd").await?;
    hall.turn_to(first).await?;
    words.context("no end")
}

/// The end of a candidate with so much more time, with what was given back, as a clock shows it.
fn end(percent: i64, given_sec: i64) -> Result<String> {
    let (starts, ends): (Timestamp, Timestamp) = (PLAN.0.parse()?, PLAN.1.parse()?);
    let own_ms = ends.since_ms(starts) * (100 + percent) / 100;
    let at = starts.plus_ms(own_ms + given_sec * 1_000).to_string();
    Ok(at.chars().skip(11).take(5).collect())
}

/// One form, one press: what happened, and that the clock stops.
async fn report_and_pause(hall: &Window) -> Result<()> {
    hall.press_body("r").await?;
    hall.see("[role=dialog] input[name=kind]").await?;
    hall.see("[role=dialog] select option").await?;
    hall.press("8").await?;
    hall.run(
        "document.querySelector('[role=dialog] [data-severity=HIGH] input').click()",
        json!([]),
    )
    .await?;
    hall.fill("[role=dialog] textarea", WORDS).await?;
    hall.click("[role=dialog] input[name=pause]").await?;
    hall.press_control(keys::ENTER).await?;
    hall.miss("[role=dialog] textarea").await
}

/// The office is called once, and takes notice in its window.
async fn noticed(desk: &Desk, eo: &Window, office: &Rest, case: &str) -> Result<()> {
    let of_case = || {
        let shown = desk.shown().into_iter();
        shown.filter(|one| one.title.contains("Access Suite") || one.body.contains("Access Suite"))
    };
    until("the office is called", PATIENCE, async || {
        0 < of_case().count()
    })
    .await?;
    go_to(eo, &format!("#/incidents/{case}")).await?;
    eo.read(WORDS).await?;
    press(eo, "Acknowledge").await?;
    let taken = event(office, "incident:updated", |one| {
        one.pointer("/payload/clientRef") == Some(&json!(case))
    });
    ensure!(taken.await?.pointer("/actor/userId") == Some(&json!(3)));
    ensure!(of_case().count() == 1, "called twice: {:?}", desk.shown());
    Ok(())
}

/// The clock shows the new ends, and its hands have never gone back.
async fn shows(hall: &Window, given_sec: i64) -> Result<()> {
    hall.read(&format!("Writing stops\n{}", end(0, given_sec)?))
        .await?;
    let list = hall.words("main ul").await?.unwrap_or_default();
    for (n, percent) in MORE.into_iter().enumerate() {
        let line = format!("A{} until {}", n + 1, end(percent, given_sec)?);
        ensure!(list.contains(&line), "no {line} in {list}");
    }
    hall.picture("clock-after-pause").await?;
    let seen: Vec<String> =
        serde_json::from_value(hall.run("return window.seen", json!([])).await?)?;
    ensure!(1 < seen.len() && seen.is_sorted(), "it went back: {seen:?}");
    Ok(())
}
