//! Nobody answers: the server calls the next level by itself.

use elms_tests::rest::Rest;

use super::*;

/// Ten times as fast as the day: the call of 14:13:00 comes a second after the start.
const SPEED: &str = "10";
/// The tolerance, by the server's clock. The test's machine may be busy for half a second.
const LATE_MS: i64 = 5_000;

#[tokio::test]
async fn the_office_is_called_at_the_minute_when_nobody_has_taken_notice() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut command = elms_server(&["demo", "--speed", SPEED, "--from", "14:12:50"])?;
    command
        .args(["--data", text(dir.path())?, "--listen", "127.0.0.1:0"])
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
    let mut child = command.spawn()?;
    let url = listening(&mut child).await?;
    let officer = Rest::sign_in(&url, OFFICER).await?;
    let mut called = None;
    elms_tests::until("the office is called", PATIENCE, async || {
        called = call(&officer).await.ok().flatten();
        called.is_some()
    })
    .await?;
    let called = called.context("no call")?;
    let at: elms_protocol::Timestamp = called
        .get("timestamp")
        .and_then(Value::as_str)
        .context("no time")?
        .parse()?;
    let due: elms_protocol::Timestamp = "2026-12-07T14:13:00Z".parse()?;
    let late_ms = at.since_ms(due);
    ensure!((0..=LATE_MS).contains(&late_ms), "{late_ms} ms late");
    ensure!(
        called.pointer("/actor/userId") == Some(&Value::Null),
        "{called}"
    );
    Ok(())
}

/// The escalation in the log, once it is there.
async fn call(officer: &Rest) -> Result<Option<Value>> {
    let called =
        |event: &&Value| event.pointer("/payload/updates/escalationLevel") == Some(&json!(1));
    Ok(officer.events().await?.iter().find(called).cloned())
}
