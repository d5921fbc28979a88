use std::time::Duration;

use elms_protocol::{Record, Timetable, TimetableId, TimetableStatus};
use futures_util::{SinkExt as _, StreamExt as _, future::join_all};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::{bench::TAKORADI, *};
use crate::{
    config::{Settings, TlsWord},
    limits::{LARGEST_MESSAGE, MOST_CONNECTIONS},
    store::Import,
};

#[tokio::test]
async fn a_flood_of_messages_ends_its_connection() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    for _ in 0..1_000 {
        // It may be over before all is said.
        let frame = Message::Text(r#"42["ping"]"#.into());
        drop(phone.socket.send(frame).await);
    }
    assert_eq!(phone.hear("closing").await["reason"], "flood");
}

#[tokio::test]
async fn a_stranger_may_send_little_and_a_member_more() {
    let bench = Bench::start().await;
    let large = format!(r#"42["subscribe",{{"rooms":["{}"]}}]"#, "x".repeat(100_000));
    let mut stranger = bench.connect(json!({})).await;
    stranger.emit(&large).await;
    stranger.is_closed().await;
    let mut member = bench.signed_in(OFFICER).await;
    member.emit(&large).await;
    let answer = member.hear("subscribed").await;
    assert_eq!(answer["denied"][0].as_str().unwrap().len(), 80);
    member.emit(&large.repeat(3)).await;
    assert_eq!(member.hear("closing").await["reason"], "too_large");
    member.is_closed().await;
}

fn timetable(id: i64) -> Timetable {
    Timetable {
        id: TimetableId(id),
        title: "May".to_owned(),
        start_date: "2027-05-03".to_owned(),
        end_date: "2027-05-14".to_owned(),
        status: TimetableStatus::Draft,
        revision: 0,
        approval: elms_protocol::Approval::default(),
        unconfirmed: Vec::new(),
    }
}

#[tokio::test]
async fn nobody_follows_more_than_64_rooms() {
    let bench = Bench::start().await;
    let records = (0..100).map(|n| Record::Timetable(timetable(n))).collect();
    let import = Import {
        institution: TAKORADI,
        records,
    };
    bench.app.door.import(import).await.unwrap();
    let mut phone = bench.signed_in(OFFICER).await;
    let rooms: Vec<String> = (0..100).map(|n| format!("timetable:{n}")).collect();
    phone.say("subscribe", json!({ "rooms": rooms })).await;
    let answer = phone.hear("subscribed").await;
    // The institution and the person are two of them.
    assert_eq!(answer["rooms"].as_array().unwrap().len(), 62);
    assert_eq!(answer["denied"].as_array().unwrap().len(), 38);
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_closed_and_goes_on_from_where_it_was() {
    Box::pin(takes_nothing(Bench::start().await)).await;
}

#[tokio::test]
async fn an_encrypted_reader_that_takes_nothing_is_closed_and_goes_on_from_where_it_was() {
    let encrypted = Settings {
        tls: Some(TlsWord::Own),
        ..Settings::default()
    };
    Box::pin(takes_nothing(Bench::with(encrypted).await)).await;
}

async fn one_is_closed(bench: &Bench) {
    let began = Instant::now();
    while bench.app.pollers.n_open() == 2 {
        assert!(
            began.elapsed() < Duration::from_secs(15),
            "it is still open"
        );
        tokio::task::yield_now().await;
    }
}

async fn takes_nothing(bench: Bench) {
    let token = bench.token(OFFICER).await;
    let start = bench.app.store.cursor(TAKORADI).unwrap();
    let auth = json!({ "token": token, "resume": start });
    let mut asleep = bench.connect(auth.clone()).await;
    let mut awake = bench.connect(auth.clone()).await;
    awake.hear("resumed").await;
    asleep.hear("resumed").await;
    let n_events = 2_500;
    let long = "x".repeat(3_900);
    let all = (0..n_events).map(|_| bench.does(OFFICER, report(&long)));
    let hearing = async {
        for seq in 1..=n_events {
            assert_eq!(awake.hear("incident").await["seq"], json!(seq));
        }
    };
    tokio::join!(join_all(all), hearing);
    // One that takes nothing is told good-bye, and does not notice before it reads again.
    one_is_closed(&bench).await;
    let mut n_taken = 0;
    while let Some(frame) = asleep.frame().await {
        n_taken += i64::from(frame.starts_with("42[\"incident\""));
    }
    assert!(n_taken < n_events, "it was never slow");
    let mut again = bench.connect(auth).await;
    assert_eq!(again.hear("resumed").await["count"], json!(n_events));
}

#[tokio::test]
async fn a_stopping_server_says_good_bye_to_all_within_three_seconds() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    let _stranger = bench.dial().await;
    bench.app.stop.cancel();
    assert_eq!(phone.hear("closing").await["reason"], "restart");
    let ended = timeout(Duration::from_secs(3), bench.app.pollers.all_ended());
    ended.await.expect("somebody is still there");
    assert!(
        phone
            .socket
            .next()
            .await
            .is_none_or(|message| message.is_ok_and(|m| m.is_close()))
    );
}

/// A message of exactly `n` bytes that asks for nothing.
fn sized(n: usize) -> String {
    let (head, tail) = (r#"42["unsubscribe",{"rooms":[],"x":""#, r#""}]"#);
    format!("{head}{}{tail}", "x".repeat(n - head.len() - tail.len()))
}

#[tokio::test]
async fn a_message_is_read_up_to_its_limit() {
    let bench = Bench::start().await;
    let mut member = bench.signed_in(OFFICER).await;
    for n in [LARGEST_MESSAGE - 1, LARGEST_MESSAGE] {
        member.emit(&sized(n)).await;
        member.hear("unsubscribed").await;
    }
    member.emit(&sized(LARGEST_MESSAGE + 1)).await;
    assert_eq!(member.hear("closing").await["reason"], "too_large");
}

#[tokio::test]
async fn the_last_connection_is_taken_and_the_one_after_it_is_not() {
    let bench = Bench::start().await;
    let mut inside = Vec::new();
    // The server itself counts three: the alarm, the look for ended sign-ins, and who tells the log
    // how stations stand.
    while inside.len() < MOST_CONNECTIONS - 3 {
        inside.push(bench.dial().await);
    }
    assert!(bench.try_dial().await.is_none(), "one too many");
    drop(inside);
    let began = Instant::now();
    while bench.try_dial().await.is_none() {
        assert!(began.elapsed() < Duration::from_secs(15), "nobody comes in");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_burst_up_to_its_limit_is_heard() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    // The hand-shake was one of them.
    let n_pings = 398;
    for _ in 0..n_pings {
        phone.emit(r#"42["ping"]"#).await;
    }
    for _ in 0..n_pings {
        phone.hear("pong").await;
    }
}
