//! What the desktop draws of the console and the page knows nothing of: the menu bar, read out and chosen
//! from as a screen reader does, and the icon in the tray.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    proxy::{Proxy, Wire},
    until,
    window::{PATIENCE, Window, keys},
};
use serde_json::json;

use crate::{
    window::{BAND, SENT, Stand, go_to, is_at, press, sign_in},
    window_ways::{CASE, turn_to_new},
};

/// Where each item leads: its menu, its name, what is then to be seen, and the place.
const PLACES: [(&str, &str, &str, &str); 9] = [
    ("Go", "Incidents", "main h1", "#/incidents"),
    ("Go", "Batches", "main h1", "#/batches"),
    ("Go", "Timetable", "main h1", "#/timetable"),
    ("Go", "Review", "main h1", "#/review"),
    ("Go", "Hall view", "main h1", "#/hall"),
    ("Go", "Notifications", "main h1", "#/notifications"),
    ("File", "Settings", "main h1", "#/settings"),
    ("Help", "Diagnostics", "main h1", "#/settings/diagnostics"),
    ("Go", "Monitor", "main h1", "#/monitor"),
];

/// What the tray's menu says beneath the state of the line.
const OFFERS: [&str; 3] = ["Report incident", "Open", "Quit"];

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_bar_is_read_out_in_the_language_spoken_and_leads_to_every_place() -> Result<()> {
    let Stand {
        dir,
        mut desk,
        server,
    } = Stand::set_up().await?;
    let reader = desk.read_out().await?;
    let window = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    sign_in(&window).await?;
    for (menu, item, seen, place) in PLACES {
        reader.choose(menu, item).await?;
        is_at(&window, place).await?;
        window.see(seen).await?;
    }
    let form = "[role=dialog] textarea";
    for (menu, item, seen) in [
        ("File", "Report incident", form),
        ("Help", "All keys", "[role=dialog] kbd"),
    ] {
        reader.choose(menu, item).await?;
        window.see(seen).await?;
        window.press(&keys::ESCAPE.to_string()).await?;
        window.miss(seen).await?;
    }

    let first = window.all().await?;
    reader.choose("Window", "Wall display").await?;
    turn_to_new(&window, &first).await?;
    is_at(&window, "#/monitor?wall=on&second=on").await?;
    window.turn_to(first.first().context("no window")?).await?;

    go_to(&window, "#/settings/language").await?;
    let french = "label[lang=fr] input";
    window.see(french).await?;
    window.click(french).await?;
    window.read("Langue").await?;
    let menus = async || reader.menus().await.unwrap_or_default();
    until("the bar speaks French", PATIENCE, async || {
        menus()
            .await
            .first()
            .is_some_and(|(name, _)| name == "Fichier")
    })
    .await?;
    reader.choose("Fichier", "Quitter").await?;
    window.ended().await?;
    server.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_says_how_the_line_is_and_that_an_alarm_waits_until_somebody_has_taken_it()
-> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let tray = desk.tray().await?;
    let wire = Proxy::start(&server.url).await?;
    let window = Window::open(&desk, &dir.path().join("office"), &wire.url).await?;
    let reads = async |wanted: &str| {
        let mut said = Vec::new();
        let came = until(wanted, PATIENCE, async || {
            said = tray.says().await.unwrap_or_default();
            said.first().is_some_and(|first| first == wanted)
        });
        came.await
            .with_context(|| format!("the tray says {said:?}"))?;
        ensure!(said.iter().skip(1).eq(OFFERS.iter()), "{said:?}");
        tray.picture().await
    };
    let offline = reads("Nobody is signed in").await?;
    sign_in(&window).await?;
    let live = reads("Live").await?;

    tray.choose("Report incident").await?;
    window.see("[role=dialog] input[name=kind]").await?;
    window.press("2").await?;
    window.press_control(keys::ENTER).await?;
    window.see(SENT).await?;
    let alarm = reads("Live · 1 critical not acknowledged").await?;
    ensure!(
        live != offline && alarm != live && alarm != offline,
        "the icon is the same"
    );
    let case = window.run(CASE, json!([])).await?;
    let case = case.as_str().context("no case")?;
    go_to(&window, &format!("#/incidents/{case}")).await?;
    press(&window, "Acknowledge").await?;
    ensure!(
        reads("Live").await? == live,
        "the icon still says that there is an alarm"
    );

    wire.set(Wire::Cut);
    window.see(BAND).await?;
    ensure!(
        reads("Offline, kept on this station").await? == offline,
        "the icon says that all is well"
    );
    tray.choose("Quit").await?;
    window.ended().await?;
    server.stop().await
}
