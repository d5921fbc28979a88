//! The morning: three people at one station, each under their own name, make the hall ready; one of
//! them is sent home.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::{DEMO_PASSWORD, binary},
    rest::{OFFICER, Rest},
    window::Window,
};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{
    window::{Stand, ask_to_sign_in_with, go_to, press, sign_in_as},
    window_day::{HALL, fill, happened},
    window_lock::{change_over, come_in, set_pin, unlock},
    workflows::{CHIEF, WITNESS, events},
};

/// The other invigilator of BUS101.
const THIRD: &str = "mavis.okai@aut.example";
/// What says whether the hall is ready.
const READINESS: &str = "[data-testid=readiness]";

#[tokio::test(flavor = "multi_thread")]
async fn three_people_at_one_station_make_the_hall_ready_and_whoever_is_sent_home_is_told()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let window = Window::open(&desk, &dir.path().join("GH-A"), &server.url).await?;
    sign_in_as(&window, CHIEF).await?;
    set_pin(&window).await?;
    go_to(&window, HALL).await?;
    window
        .read("Not ready: 3 of 3 invigilators not here")
        .await?;
    comes(&window, "Dr Fiifi Quansah").await?;
    window
        .read("Not ready: 2 of 3 invigilators not here")
        .await?;
    for (email, name) in [(WITNESS.0, "Ms Selina Agbeko"), (THIRD, "Ms Mavis Okai")] {
        change_over(&window).await?;
        come_in(&window, email).await?;
        go_to(&window, HALL).await?;
        comes(&window, name).await?;
        window.read(&format!("{name} is here")).await?;
    }
    change_over(&window).await?;
    unlock(&window, CHIEF).await?;
    window.miss("[data-testid=lock]").await?;
    go_to(&window, HALL).await?;
    window.read("Not ready: no question papers yet").await?;
    fill(&window, "Question papers", "76").await?;
    fill(&window, "Seal of the packet", "4711").await?;
    press(&window, "Received, seal intact").await?;
    window.see(&format!("{READINESS}[data-ready=true]")).await?;
    window.read("76 question papers, signed for at").await?;
    window.picture("ready").await?;
    each_in_their_own_name(&office).await?;

    disable(&dir.path().join("server"), CHIEF).await?;
    window.see("[data-testid=sign-in-band]").await?;
    press(&window, "Open the doors").await?;
    go_to(&window, "#/sign-in").await?;
    ask_to_sign_in_with(&window, CHIEF, DEMO_PASSWORD).await?;
    window.see("[role=alert]").await?;
    ensure!(
        events(&office, "session_status_changed").await?.is_empty(),
        "the doors were opened by somebody who was sent home"
    );
    window.close().await?;
    server.stop().await
}

/// Somebody is said to have come, by the button beside their name.
async fn comes(window: &Window, name: &str) -> Result<()> {
    let button = format!("button[aria-label='{name} has come']");
    window.see(&button).await?;
    window.click(&button).await
}

/// Whoever was at the station stands in the log, for themselves.
async fn each_in_their_own_name(office: &Rest) -> Result<()> {
    let came = happened(office, "invigilator_checked_in", 3).await?;
    for event in &came {
        let (who, by) = (
            event.pointer("/payload/invigilatorId"),
            event.pointer("/actor/userId"),
        );
        ensure!(who == by, "{event}");
    }
    let mut people: Vec<&Value> = came
        .iter()
        .filter_map(|one| one.pointer("/actor/userId"))
        .collect();
    people.sort_by_key(|one| one.as_i64());
    ensure!(people == [&json!(11), &json!(12), &json!(13)], "{people:?}");
    let lines = happened(office, "hall_log", 1).await?;
    let line = lines.first().context("no line")?;
    ensure!(line.pointer("/payload/count") == Some(&json!(76)), "{line}");
    ensure!(line.pointer("/actor/userId") == Some(&json!(12)), "{line}");
    ensure!(line.to_string().contains("packet seal 4711"), "{line}");
    Ok(())
}

/// The operator takes somebody's rights away while the server runs.
async fn disable(data: &Path, email: &str) -> Result<()> {
    let mut command = Command::new(binary("elms-server")?);
    command
        .args(["user", "disable", "--email", email, "--data"])
        .arg(data);
    let said = command.output().await?;
    ensure!(
        said.status.success(),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
    Ok(())
}
