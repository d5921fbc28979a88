//! Hostile names, codes and words in the real window, as the engine of the system draws them.

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    rest::{REGISTRAR, Rest},
    until,
    window::{PATIENCE, Window},
};
use serde_json::json;

use crate::{
    hostile::{imported, reported, texts},
    window::{LIVE, Stand, sign_in},
};

/// The screens on which the texts stand.
const PLACES: [&str; 13] = [
    "#/monitor",
    "#/monitor?wall=on",
    "#/monitor?jump=on",
    "#/incidents",
    "#/batches",
    "#/timetable/2027-01-12",
    "#/timetable/2027-01-13",
    "#/timetable/2027-01-15",
    "#/timetable?view=list",
    "#/review",
    "#/hall/1",
    "#/outbox",
    "#/notifications",
];

/// Ears for what must not happen, before anything hostile is there.
const EARS: &str = "window.freed = []; window.known = new Set(Object.getOwnPropertyNames(window));
    document.addEventListener('securitypolicyviolation', (event) =>
        window.freed.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    addEventListener('error', (event) => window.freed.push(`error: ${event.message}`));
    addEventListener('unhandledrejection', (event) => window.freed.push(`error: ${event.reason}`));
    window.heads = document.head.childElementCount";

/// What stands in the window that nothing of ours puts there.
const FOUND: &str = "const all = (selector) => [...document.querySelectorAll(selector)];
    const links = all('a[href], area[href], form[action], img[src], image').filter((one) =>
        !/^(#|data:image)/.test(one.getAttribute('href') ?? one.getAttribute('src') ?? one.getAttribute('action') ?? '#'));
    const handlers = all('*').filter((one) => one.getAttributeNames().some((name) => /^on/.test(name)));
    const foreign = all('body script, iframe, object, embed, base, meta[http-equiv=refresh], video, audio, marquee, math, body style');
    const bold = all('b').filter((one) => one.textContent === 'bold');
    const globals = Object.getOwnPropertyNames(window).filter((name) => !window.known.has(name) && /pwned|alert/i.test(name));
    return [...window.freed.splice(0), ...[...foreign, ...bold, ...links, ...handlers].map((one) => one.outerHTML.slice(0, 160)),
        ...globals, ...Object.keys(Object.prototype), ...(document.head.childElementCount === window.heads ? [] : ['head'])]";

/// Goes there and waits until it is drawn.
async fn go(window: &Window, place: &str) -> Result<()> {
    let script = "location.hash = arguments[0]; window.frames0 = 0;
        const count = () => { window.frames0 += 1; if (window.frames0 < 5) requestAnimationFrame(count); };
        requestAnimationFrame(count)";
    window.run(script, json!([place])).await?;
    until(place, PATIENCE, async || {
        let drawn = window.run("return window.frames0", json!([])).await;
        drawn.is_ok_and(|n| n == json!(5))
    })
    .await
}

async fn nothing_came_alive(window: &Window, place: &str) -> Result<()> {
    let found = window.run(FOUND, json!([])).await?;
    ensure!(found == json!([]), "{place}: {found}");
    Ok(())
}

/// How many of the texts stand in the window word for word, blanks aside.
async fn shown(window: &Window, texts: &[String]) -> Result<usize> {
    let script = "const said = document.body.textContent.replace(/\\s+/g, '');
        return arguments[0].filter((text) => said.includes(text.replace(/\\s+/g, ''))).length";
    let worded: Vec<&String> = texts
        .iter()
        .filter(|text| !text.trim().is_empty())
        .collect();
    let shown = window.run(script, json!([worded])).await?;
    Ok(usize::try_from(shown.as_u64().context("no number")?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_come_alive_nowhere_in_the_window_that_the_system_draws() -> Result<()> {
    let Stand { dir, desk, server } = Stand::set_up().await?;
    let office = Rest::sign_in(&server.url, REGISTRAR).await?;
    let window = Window::open(&desk, &dir.path().join("office"), &server.url).await?;
    sign_in(&window).await?;
    window.see(LIVE).await?;
    window.run(EARS, json!([])).await?;
    for place in PLACES {
        go(&window, place).await?;
        nothing_came_alive(&window, place).await?;
    }
    let texts = texts()?;
    imported::brought_in(&office).await?;
    reported(&office, &texts).await?;
    go(&window, "#/incidents").await?;
    until("the texts are there", PATIENCE, async || {
        shown(&window, &texts).await.is_ok_and(|n| 8 <= n)
    })
    .await?;
    let mut most = 0;
    for place in PLACES {
        go(&window, place).await?;
        most = most.max(shown(&window, &texts).await?);
        nothing_came_alive(&window, place).await?;
    }
    ensure!(200 < most, "only {most} texts stood on one screen");
    searched(&window, &texts).await?;
    window.close().await?;
    server.stop().await
}

/// Each text is looked for, as somebody who types it into the line of the Review.
async fn searched(window: &Window, texts: &[String]) -> Result<()> {
    let encode = "return arguments[0].map((text) => `#/review?q=${encodeURIComponent(text)}`)";
    let places = window.run(encode, json!([texts])).await?;
    for place in places.as_array().context("no places")? {
        let place = place.as_str().context("no place")?;
        go(window, place).await?;
        nothing_came_alive(window, place).await?;
    }
    Ok(())
}
