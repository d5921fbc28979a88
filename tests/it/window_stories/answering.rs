//! Nobody answers: the next level is called by itself, and whoever takes notice ends that.

use anyhow::{Result, ensure};
use elms_tests::{
    desk::{Desk, Keys},
    process::ServerProcess,
    rest::{OFFICER, Rest},
    station::StationProcess,
    until,
    window::{PATIENCE, Window},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::event;
use crate::{
    window::{go_to, press, sign_in},
    workflows::{CHIEF, SITTING, command, events},
};

/// The exam day thirty times as fast, from a time at which nothing happens: the two minutes of a
/// CRITICAL case are four seconds.
const DAY: (&str, &str) = ("30", "06:54");

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_nobody_answers_is_called_on_until_somebody_takes_notice_in_the_window()
-> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::demo_day(&dir.path().join("server"), DAY.0, DAY.1).await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let desk = Desk::set_up(Keys::Open, true).await?;
    let window = Window::open(&desk, &dir.path().join("EO-1"), &server.url).await?;
    sign_in(&window).await?;
    let mut hall = StationProcess::start(&dir.path().join("GH-A"), "GH-A")?;
    hall.sign_in(&server.url, CHIEF).await?;
    let [answered, left] = ["Smoke in row G", "Smoke in row H"];
    let cases = [
        reported(&mut hall, answered).await?,
        reported(&mut hall, left).await?,
    ];
    hall.live(0).await?;
    until("both are called", PATIENCE, async || {
        desk.shown().len() == 2
    })
    .await?;

    let [first, second] = &cases;
    called(&office, first, 1).await?;
    go_to(&window, &format!("#/incidents/{first}")).await?;
    window.read(answered).await?;
    window.read("Escalated to level 1").await?;
    window.picture("escalated").await?;
    press(&window, "Acknowledge").await?;
    event(&office, "incident:updated", |one| {
        is_of(one, first) && one.pointer("/payload/updates/acknowledged") == Some(&json!(true))
    })
    .await?;
    // The other one was reported later: when it is at the next level, the first would be, too.
    called(&office, second, 2).await?;
    let levels = events(&office, "incident:updated").await?;
    let of_first = levels.iter().filter(|one| is_of(one, first));
    let of_first: Vec<&Value> = of_first
        .filter_map(|one| one.pointer("/payload/updates/escalationLevel"))
        .collect();
    ensure!(of_first == [&json!(1)], "{of_first:?}");
    ensure!(desk.shown().len() == 2, "called again: {:?}", desk.shown());
    hall.stop().await?;
    window.close().await?;
    server.stop().await
}

/// A CRITICAL case from the hall.
async fn reported(hall: &mut StationProcess, words: &str) -> Result<Uuid> {
    let case = Uuid::now_v7();
    let report = json!({
        "ref": case, "type": "VENUE_ISSUE", "severity": "CRITICAL", "sittingId": SITTING,
        "description": words,
    });
    hall.submit(command("reportIncident", report)).await?;
    Ok(case)
}

fn is_of(event: &Value, case: &Uuid) -> bool {
    event.pointer("/payload/clientRef") == Some(&json!(case))
}

/// Waits until the system has called this level for a case.
async fn called(office: &Rest, case: &Uuid, level: i64) -> Result<()> {
    let call = event(office, "incident:updated", |one| {
        is_of(one, case) && one.pointer("/payload/updates/escalationLevel") == Some(&json!(level))
    });
    let call = call.await?;
    ensure!(
        call.pointer("/actor/userId") == Some(&Value::Null),
        "{call}"
    );
    Ok(())
}
