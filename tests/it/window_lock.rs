//! Several people at one station: the page between them shows nothing, and changing over is quick.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use elms_tests::{
    desk::{Desk, Keys},
    process::{DEMO_PASSWORD, ServerProcess},
    proxy::{Proxy, Wire},
    rest::{COLLEAGUE, OFFICER},
    window::{Window, keys},
};

use crate::window::{BAND, LIVE, SENT, WAITING, press, report, sign_in};

const PIN: &str = "290183";
/// How long a person may wait who takes over.
const QUICK: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn two_people_change_over_at_a_station_without_a_line_and_each_sees_their_own() -> Result<()>
{
    let dir = tempfile::tempdir()?;
    let desk = Desk::set_up(Keys::Open, true).await?;
    let server = ServerProcess::start(&dir.path().join("server"), 0, &[]).await?;
    let wire = Proxy::start(&server.url).await?;
    let window = Window::open(&desk, &dir.path().join("office"), &wire.url).await?;
    sign_in(&window).await?;
    set_pin(&window).await?;
    change_over(&window).await?;
    come_in(&window, COLLEAGUE).await?;
    set_pin(&window).await?;

    wire.set(Wire::Cut);
    window.see(BAND).await?;
    window
        .run("location.hash = '#/monitor'", serde_json::json!([]))
        .await?;
    report(&window, "G3", "Phone under the script").await?;
    window.see(WAITING).await?;
    change_over(&window).await?;
    let shown = window.words("body").await?.unwrap_or_default();
    ensure!(!shown.contains("Phone under"), "the curtain shows: {shown}");
    window.picture("locked").await?;

    let began = Instant::now();
    unlock(&window, OFFICER).await?;
    window.miss("[data-testid=lock]").await?;
    let took = began.elapsed();
    ensure!(took < QUICK, "changing over took {took:?}");
    ensure!(window.count(WAITING).await? == 0, "his report is hers");
    change_over(&window).await?;
    unlock(&window, COLLEAGUE).await?;
    window.see(WAITING).await?;
    wire.set(Wire::Whole);
    window.see(SENT).await?;
    window.close().await?;
    server.stop().await
}

/// Sets the PIN of who works here.
pub(crate) async fn set_pin(window: &Window) -> Result<()> {
    window
        .run("location.hash = '#/settings/lock'", serde_json::json!([]))
        .await?;
    window.see("input[name=pin]").await?;
    window.fill("input[name=pin]", PIN).await?;
    window.press(&keys::ENTER.to_string()).await?;
    window.read("The PIN holds from now on.").await
}

/// Draws the curtain, as the menu of the person does.
pub(crate) async fn change_over(window: &Window) -> Result<()> {
    window.click("[data-testid=user-menu]").await?;
    window.see("[data-testid=change-over]").await?;
    window.click("[data-testid=change-over]").await?;
    window.see("[data-testid=lock]").await
}

/// Chooses a name and types the PIN.
pub(crate) async fn unlock(window: &Window, email: &str) -> Result<()> {
    let person = format!("[data-person='{email}']");
    window.see(&person).await?;
    window.click(&person).await?;
    window.fill("input[name=secret]", PIN).await?;
    window.press(&keys::ENTER.to_string()).await
}

/// Signs in at the server, from the page between two people.
pub(crate) async fn come_in(window: &Window, email: &str) -> Result<()> {
    // By its words: the list of people above it may still grow, and a click on a place would miss.
    press(window, "Somebody else").await?;
    window.see("input[type=email]").await?;
    window.fill("input[type=email]", email).await?;
    window.fill("input[type=password]", DEMO_PASSWORD).await?;
    window.press(&keys::ENTER.to_string()).await?;
    window.miss("input[type=password]").await?;
    window.see(LIVE).await
}
