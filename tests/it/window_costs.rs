//! What a key costs in the real window: measured, not judged. Run it on a quiet machine:
//! `cargo xtask test` builds it, then `it-… window_costs --ignored --nocapture` on a display.

use std::io::Write as _;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest},
    until,
    window::{PATIENCE, Window},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::window::{BAND, LIVE, Stand, report, sign_in};

/// Events that a station has missed.
const MISSED: usize = 10_000;
/// Commands of one request.
const AT_ONCE: usize = 100;

/// Notes for each key how long it took until what it did was drawn, and for each report how long it
/// took from `Ctrl Enter` until its row was.
const EARS: &str = "window.keysTook = []; window.rowsTook = []; let sent = null; let rows = 0;
    const drawn = (then) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(0);
    });
    const count = () => document.querySelectorAll('[data-incident]').length;
    addEventListener('keydown', (event) => {
        const at = event.timeStamp;
        if (event.ctrlKey && event.key === 'Enter') { sent = at; rows = count(); }
        else if (!event.ctrlKey) { drawn(() => window.keysTook.push(performance.now() - at)); }
    }, true);
    new MutationObserver(() => {
        if (sent !== null && rows < count()) {
            const since = sent;
            sent = null;
            drawn(() => window.rowsTook.push(performance.now() - since));
        }
    }).observe(document.body, { childList: true, subtree: true })";

/// Median, the worst, and how many there are.
async fn say(window: &Window, what: &str, name: &str) -> Result<()> {
    let took = window
        .run(&format!("return window.{name}.splice(0)"), json!([]))
        .await?;
    let mut took: Vec<f64> = serde_json::from_value(took)?;
    took.sort_by(f64::total_cmp);
    let middle = took.get(took.len() / 2).context("nothing was measured")?;
    let worst = took.last().context("nothing was measured")?;
    let n = took.len();
    writeln!(
        std::io::stdout(),
        "{what}: {middle:.0} ms, worst {worst:.0} ms of {n}"
    )?;
    Ok(())
}

/// Types as a person does: a key, and the next one when the window has answered.
async fn one_by_one(window: &Window, words: &str) -> Result<()> {
    for letter in words.chars() {
        window.press(&letter.to_string()).await?;
    }
    Ok(())
}

/// Lines of the hall log that the station does not hear of.
async fn much_happens(office: &Rest) -> Result<()> {
    let at = "2026-12-07T10:00:00.000Z";
    for first in (0..MISSED).step_by(AT_ONCE) {
        let lines = (first..first.saturating_add(AT_ONCE)).map(|n| {
            let input = json!({ "sittingId": 1, "action": "NOTE", "text": format!("Line {n}") });
            json!({
                "commandId": Uuid::now_v7(), "occurredAt": at, "recordedAt": at,
                "clockOffsetMs": 0, "command": "logHall", "input": input,
            })
        });
        let lines: Vec<Value> = lines.collect();
        let answer = office.post("/sync/ops", &json!(lines)).await?;
        ensure!(answer.get("success") == Some(&json!(true)), "{answer}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures and judges nothing"]
async fn a_report_and_the_keys_while_ten_thousand_missed_events_come_in() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let wire = Proxy::start(&server.url).await?;
    let window = Window::open(&desk, &dir.path().join("office"), &wire.url).await?;
    sign_in(&window).await?;
    window.run(EARS, json!([])).await?;
    for _ in 0..12 {
        report(&window, "G3", "Phone under the script").await?;
    }
    until("all rows are drawn", PATIENCE, async || {
        let n = window.run("return window.rowsTook.length", json!([])).await;
        n.is_ok_and(|n| n == json!(12))
    })
    .await?;
    say(&window, "from Ctrl Enter to the row", "rowsTook").await?;

    window.press("r").await?;
    window.see("[role=dialog] textarea").await?;
    let focus = "document.querySelector('[role=dialog] textarea').focus()";
    window.run(focus, json!([])).await?;
    window.run("window.keysTook.splice(0)", json!([])).await?;
    one_by_one(&window, "Water was brought to the candidates of row C").await?;
    say(&window, "a key, nothing else happening", "keysTook").await?;

    wire.set(Wire::Cut);
    window.see(BAND).await?;
    much_happens(&Rest::sign_in(&server.url, OFFICER).await?).await?;
    wire.set(Wire::Whole);
    let mut n_keys = 0_usize;
    while window.count(LIVE).await? == 0 {
        one_by_one(&window, "water ").await?;
        n_keys = n_keys.saturating_add(6);
    }
    ensure!(6 < n_keys, "it was over before a word was written");
    say(
        &window,
        "a key while 10,000 missed events come in",
        "keysTook",
    )
    .await?;
    window.close().await?;
    server.stop().await
}
