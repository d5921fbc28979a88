//! Ways into the window and out of it: links, a second start, a window beside it, a file.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_evidence::fingerprint;
use elms_tests::{
    desk::Desk,
    process::binary,
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::json;
use tokio::process::Command;

use crate::window::{SENT, Stand, go_to, is_at, press, report, sign_in};

/// The case of the first row of the feed.
pub(crate) const CASE: &str = "return document.querySelector('[data-incident]').dataset.incident";
/// How long a second start may take to see that there is a first one.
const QUICK: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_link_and_a_second_start_lead_into_the_window_that_is_open() -> Result<()> {
    let Stand {
        dir: _dir,
        desk,
        server,
    } = Stand::set_up().await?;
    let window = Window::open_alone(&desk, &server.url).await?;
    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;
    let case = window.run(CASE, json!([])).await?;
    let case = case.as_str().context("no case")?;

    second_start(&desk, &[]).await?;
    second_start(&desk, &[&format!("elms://incident/{case}")]).await?;
    is_at(&window, &format!("#/incidents/{case}")).await?;
    // What is no link of ours leads nowhere.
    second_start(&desk, &["elms://incident/../settings"]).await?;
    second_start(&desk, &["elms://hall/1"]).await?;
    is_at(&window, "#/hall/1").await?;
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_a_hall_has_a_window_of_its_own_and_an_extract_is_the_file_that_is_said()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = dir.path().join("office");
    let window = Window::open(&desk, &office, &server.url).await?;
    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;

    go_to(&window, "#/review").await?;
    press(&window, "Export").await?;
    let said = "[data-testid=announcement]";
    until("where the extract lies", PATIENCE, async || {
        let words = window.words(said).await.ok().flatten();
        words.is_some_and(|words| words.contains("Saved as"))
    })
    .await?;
    let words = window.words(said).await?.unwrap_or_default();
    extract_is_said(&office.join("papers"), &words)?;

    let first = window.all().await?;
    go_to(&window, "#/hall/1").await?;
    press(&window, "Clock window").await?;
    turn_to_new(&window, &first).await?;
    window.see("[role=timer]").await?;
    window.picture("clock").await?;
    window.close().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_and_a_batch_have_windows_of_their_own_beside_the_halls() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let window = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    sign_in(&window).await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(SENT).await?;
    let case = window.run(CASE, json!([])).await?;
    let case = format!("#/incidents/{}", case.as_str().context("no case")?);
    let first = window.all().await?;
    for place in [&*case, "#/batches/BATCH-CSE201-2026-01"] {
        go_to(&window, place).await?;
        let before = window.all().await?;
        window
            .press_body(&OPEN_BESIDE.iter().collect::<String>())
            .await?;
        turn_to_new(&window, &before).await?;
        is_at(&window, &format!("{place}?second=on")).await?;
        window.see("main h1").await?;
        window.miss("nav[aria-label=Places]").await?;
        window
            .turn_to(first.first().context("no first window")?)
            .await?;
    }
    window.close().await?;
    server.stop().await
}

/// Turns to the window that was not there before.
pub(crate) async fn turn_to_new(window: &Window, before: &[String]) -> Result<()> {
    let mut beside = None;
    until("a second window", PATIENCE, async || {
        let all = window.all().await.unwrap_or_default();
        beside = all.into_iter().find(|one| !before.contains(one));
        beside.is_some()
    })
    .await?;
    window.turn_to(&beside.context("no second window")?).await
}

/// Ctrl Shift O.
const OPEN_BESIDE: [char; 4] = [keys::CONTROL, keys::SHIFT, 'o', keys::RELEASE];

/// Starts the console once more; it ends by itself.
async fn second_start(desk: &Desk, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(binary("elms-console")?);
    command
        .args(arguments)
        .env("GDK_BACKEND", "x11")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("ELMS_CONSOLE_DATA")
        .env_remove("ELMS_CONSOLE_HOST")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    desk.seat(&mut command);
    let ended = tokio::time::timeout(QUICK, command.spawn()?.wait_with_output()).await;
    let ended = ended.context("a second console stayed open")??;
    ensure!(ended.status.success(), "it ended with {}", ended.status);
    Ok(())
}

/// The one extract in `papers` has the name and the fingerprint that were said, and the report in it.
fn extract_is_said(papers: &Path, said: &str) -> Result<()> {
    let found = std::fs::read_dir(papers)?.collect::<std::io::Result<Vec<_>>>()?;
    ensure!(found.len() == 1, "{} files", found.len());
    let file = found.first().context("no file")?.path();
    let bytes = std::fs::read(&file)?;
    let name = file.display().to_string();
    let hash = fingerprint(&bytes);
    let short = hash.get(..8).context("no hash")?;
    ensure!(said.contains(&name) && said.contains(short), "{said}");
    let text = String::from_utf8(bytes)?;
    ensure!(text.contains("Phone under the script"), "{text}");
    Ok(())
}
