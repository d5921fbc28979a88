//! A station is set up in its window, from the first start to the first work.

use anyhow::{Context as _, Result, ensure};
use elms_tests::window::{Window, keys};
use serde_json::{Value, json};

use crate::window::{Stand, go_to, is_at, sign_in};

/// Goes on with Enter, as the button says.
async fn go_on(window: &Window) -> Result<()> {
    window.press(&keys::ENTER.to_string()).await
}

/// Chooses what the station is for and goes on, also over the messages and the alarm.
async fn use_for(window: &Window, kind: &str) -> Result<()> {
    window.click(&format!("[data-kind={kind}] input")).await?;
    go_on(window).await?;
    window.see("[name=show-message]").await?;
    window.click("[name=hear-alarm]").await?;
    window.click("[type=submit]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_station_is_set_up_by_keyboard_for_a_hall_and_later_as_a_review_desk() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let station = dir.path().join("station");
    std::fs::create_dir_all(&station)?;
    let window = Window::open_new(&desk, &station).await?;
    window.see("[aria-current=step]").await?;
    window.fill("input[name=server]", &server.url).await?;
    window.see("[type=submit]:not(:disabled)").await?;
    window.press(&keys::ENTER.to_string()).await?;

    window.see("[data-testid=fingerprint]").await?;
    window.fill("[name=code]", "GH-01").await?;
    window.read("every station").await?;
    window.picture("set-up-pair").await?;
    go_on(&window).await?;
    sign_in(&window).await?;
    window.see("[data-kind=hall] input").await?;
    window.picture("set-up-use").await?;
    use_for(&window, "hall").await?;
    is_at(&window, "#/hall").await?;
    let said: Value = serde_json::from_slice(&std::fs::read(station.join("station.json"))?)?;
    let server_said = said.get("server").and_then(Value::as_str);
    let server_said = server_said.context("no server is kept")?;
    ensure!(server_said == server.url, "{said}");
    ensure!(said.get("code") == Some(&json!("GH-01")), "{said}");
    ensure!(said.get("kind") == Some(&json!("hall")), "{said}");

    go_to(&window, "#/setup/use").await?;
    window.see("[data-kind=review] input").await?;
    use_for(&window, "review").await?;
    is_at(&window, "#/review").await?;
    window.see("[data-testid=read-only-band]").await?;
    // The key of a report opens nothing at a desk that changes nothing.
    window.press_body("r").await?;
    window.miss("[role=dialog]").await?;
    window.picture("review-desk").await?;
    window.close().await?;
    server.stop().await
}
