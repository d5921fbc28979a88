//! Several people at one station: each sees their own work only, and nothing of it gets lost.

use super::*;

const PIN: &str = "290183";

async fn come_in(console: &Console, url: &str, email: &str) {
    let args = json!({"server": url, "email": email, "password": "right", "keep": true});
    console.call("sign_in", args).await.unwrap();
}

async fn set_pin(console: &Console) {
    console.call("set_pin", json!({"pin": PIN})).await.unwrap();
}

/// The id of whoever has this address.
async fn person(console: &Console, email: &str) -> Value {
    let people = console.call("people_here", json!({})).await.unwrap();
    let people = people.as_array().unwrap().clone();
    let found = people.into_iter().find(|person| person["email"] == email);
    found.unwrap()
}

async fn unlock(console: &Console, email: &str, secret: &str) -> Result<Value, HostError> {
    let person = person(console, email).await["id"].clone();
    let args = json!({"person": person, "secret": secret});
    console.call("unlock", args).await
}

#[tokio::test]
async fn behind_the_curtain_work_goes_on_and_nothing_is_shown() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    set_pin(&console).await;
    bench.partner.happen(1);
    shows(&console, "an event", |status| status.last_seq.0 == 1).await;
    let mut board = console.watch();
    let status = console.call("lock", json!({})).await.unwrap();
    assert_eq!(status["locked"], true);
    for call in [
        "monitor",
        "incidents",
        "outbox",
        "submit",
        "review",
        "sign_out",
        "set_pin",
    ] {
        let error = console.call(call, json!({})).await.unwrap_err();
        assert_eq!(error.code, "locked", "{call}");
    }
    let error = console.call("work_offline", json!({})).await.unwrap_err();
    assert_eq!(error.code, "locked");

    // What happens is taken in, and not told to the window.
    bench.partner.happen(2);
    shows(&console, "events behind the curtain", |status| {
        status.last_seq.0 == 3
    })
    .await;
    while let Ok(told) = board.try_recv() {
        let is_silent = told.events.is_empty() && told.changed.is_empty();
        assert!(is_silent || !told.status.locked, "{told:?}");
    }
    let error = unlock(&console, "esi@tug", "111111").await.unwrap_err();
    assert_eq!(error.code, "wrong_secret");
    assert!(error.message.contains("4 more tries"), "{}", error.message);
    let status = unlock(&console, "esi@tug", PIN).await.unwrap();
    assert_eq!(
        (&status["locked"], &status["lastSeq"]),
        (&json!(false), &json!(3))
    );
    console.call("monitor", json!({})).await.unwrap();
}

#[tokio::test]
async fn whoever_set_a_pin_is_asked_for_it_when_the_console_opens() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    set_pin(&console).await;
    console.shutdown().await;
    let console = bench.open();
    let locked = shows(&console, "a locked station", |status| status.locked).await;
    assert_eq!(locked.user.unwrap().name, "Esi Boateng");
    live(&console).await;
    assert_eq!(
        console.call("monitor", json!({})).await.unwrap_err().code,
        "locked"
    );
    unlock(&console, "esi@tug", "right").await.unwrap();
    console.call("monitor", json!({})).await.unwrap();
}

#[tokio::test]
async fn two_people_change_over_within_three_seconds_offline_and_each_keeps_their_own() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    set_pin(&console).await;
    come_in(&console, &bench.partner.url, "kofi@tug").await;
    live(&console).await;
    set_pin(&console).await;

    // The line is pulled; Kofi writes, Esi takes over, writes, and he comes back.
    bench.partner.world().html = true;
    bench.partner.world().refuse = Some("SERVER_BUSY");
    bench.partner.cut();
    shows(&console, "no line", |status| {
        status.link.state != LinkState::Live
    })
    .await;
    console.call("submit", report()).await.unwrap();
    let began = std::time::Instant::now();
    console.call("lock", json!({})).await.unwrap();
    let status = unlock(&console, "esi@tug", PIN).await.unwrap();
    let took = began.elapsed();
    assert!(took < Duration::from_secs(3), "{took:?}");
    assert_eq!(status["user"]["name"], "Esi Boateng");
    assert_eq!(status["outbox"]["waiting"], 0, "his work is not hers");
    let him = person(&console, "kofi@tug").await;
    assert_eq!((&him["waiting"], &him["here"]), (&json!(1), &json!(false)));
    console.call("submit", report()).await.unwrap();
    console.call("submit", report()).await.unwrap();
    let status = unlock(&console, "kofi@tug", PIN).await.unwrap();
    assert_eq!(status["outbox"]["waiting"], 1);

    // And with the line both are sent, each under its own sign-in.
    bench.partner.world().html = false;
    bench.partner.world().refuse = None;
    console.call("try_now", json!({})).await.unwrap();
    let sent = |status: &Status| status.outbox.waiting == 0 && status.outbox.sending == 0;
    shows(&console, "his is sent", sent).await;
    assert_eq!(bench.partner.world().log.len(), 1);
    unlock(&console, "esi@tug", PIN).await.unwrap();
    shows(&console, "hers are sent", sent).await;
    assert_eq!(bench.partner.world().log.len(), 3);
}

#[tokio::test]
async fn whoever_signs_out_with_something_unsent_is_told_and_finds_it_again() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    bench.partner.world().html = true;
    bench.partner.world().refuse = Some("SERVER_BUSY");
    bench.partner.cut();
    shows(&console, "no line", |status| {
        status.link.state != LinkState::Live
    })
    .await;
    console.call("submit", report()).await.unwrap();
    let error = console.call("sign_out", json!({})).await.unwrap_err();
    assert_eq!(error.code, "unsent");
    assert_eq!(console.status().await.unwrap().outbox.waiting, 1);
    let status = console
        .call("sign_out", json!({"keepUnsent": true}))
        .await
        .unwrap();
    assert_eq!(status["user"], Value::Null);
    assert_eq!(person(&console, "esi@tug").await["waiting"], 1);
    bench.partner.world().html = false;
    bench.partner.world().refuse = None;
    come_in(&console, &bench.partner.url, "esi@tug").await;
    shows(&console, "it is sent", |status| status.last_seq.0 == 1).await;
}

#[tokio::test]
async fn a_place_that_is_nobodys_opens_nothing() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    console.call("sign_out", json!({})).await.unwrap();
    for place in ["../..", "", "/etc", "nobody/1-1"] {
        let args = json!({"person": place, "secret": "right"});
        let error = console.call("unlock", args).await.unwrap_err();
        assert_eq!(error.code, "nothing_kept", "{place}");
    }
}
