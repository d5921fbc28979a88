//! Our connection against the official Node server of Socket.IO 4.8.4.

mod console;
mod partner;

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use elms_client::socket::{AskError, DialError, Ended, SayError};
use partner::{PATIENCE, Partner, Station};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

/// Room, channel, event and payload of one event of each channel of the guide.
fn one_of_each_channel() -> [(&'static str, &'static str, &'static str, Value); 5] {
    [
        (
            "batch:10",
            "script_submission",
            "script:submitted",
            json!({ "submissionId": 123 }),
        ),
        (
            "institution:1",
            "batch_update",
            "batch:created",
            json!({ "batchId": 10 }),
        ),
        (
            "timetable:3",
            "exam_timetable",
            "timetable:published",
            json!({ "title": "May" }),
        ),
        (
            "institution:1",
            "incident",
            "incident:reported",
            json!({ "severity": "high" }),
        ),
        (
            "user:7",
            "notification",
            "notification:new",
            json!({ "title": "Hall 4" }),
        ),
    ]
}

async fn signed_in(partner: &Partner) -> Result<Station> {
    let mut station = partner.connect().await?;
    let who = json!({ "userId": 7, "institutionId": 1, "role": "INVIGILATOR", "token": "hall-7" });
    station.say("authenticate", who)?;
    let answer = station.hear("authenticated").await?;
    ensure!(
        answer.get("success") == Some(&json!(true)),
        "not signed in: {answer}"
    );
    Ok(station)
}

#[tokio::test]
async fn a_station_hears_the_five_channels_of_the_guide() -> Result<()> {
    let mut partner = Partner::start().await?;
    let mut station = signed_in(&partner).await?;
    station.say("subscribe", json!({ "rooms": ["batch:10", "timetable:3"] }))?;
    let subscribed = station.hear("subscribed").await?;
    assert_eq!(
        subscribed.get("rooms"),
        Some(&json!(["batch:10", "timetable:3"]))
    );
    let events = one_of_each_channel();
    for (room, channel, event, payload) in &events {
        let publish =
            json!({ "room": room, "channel": channel, "event": event, "payload": payload });
        station.say("test:publish", publish)?;
    }
    for (_room, channel, event, payload) in &events {
        let heard = station.hear(channel).await?;
        assert_eq!(heard.get("channel"), Some(&json!(channel)));
        assert_eq!(heard.get("event"), Some(&json!(event)));
        assert_eq!(heard.get("payload"), Some(payload));
        assert!(heard.get("timestamp").is_some_and(Value::is_string));
    }
    partner.all_well()
}

#[tokio::test]
async fn a_station_that_left_a_room_hears_nothing_of_it() -> Result<()> {
    let partner = Partner::start().await?;
    let mut station = signed_in(&partner).await?;
    station.say("subscribe", json!({ "rooms": ["batch:10"] }))?;
    station.hear("subscribed").await?;
    station.say("unsubscribe", json!({ "rooms": ["batch:10"] }))?;
    station.hear("unsubscribed").await?;
    for room in ["batch:10", "institution:1"] {
        let publish = json!({ "room": room, "channel": "incident", "event": "e", "payload": room });
        station.say("test:publish", publish)?;
    }
    let heard = station.hear("incident").await?;
    assert_eq!(heard.get("payload"), Some(&json!("institution:1")));
    station.speaker.emit("ping", vec![])?;
    let pong = station.hear("pong").await?;
    assert!(pong.get("timestamp").is_some());
    Ok(())
}

#[tokio::test]
async fn five_hundred_questions_at_once_get_their_own_answers() -> Result<()> {
    let partner = Partner::start().await?;
    let station = partner.connect().await?;
    let asked: Result<Vec<_>, SayError> = (0..500)
        .map(|number| station.speaker.ask("test:double", vec![json!(number)]))
        .collect();
    assert_eq!(station.speaker.unanswered(), 500);
    for (number, answer) in asked?.into_iter().enumerate() {
        assert_eq!(answer.within(PATIENCE).await?, [json!(number * 2)]);
    }
    assert_eq!(station.speaker.unanswered(), 0);
    Ok(())
}

#[tokio::test]
async fn five_thousand_events_arrive_in_order_though_nobody_listened_at_first() -> Result<()> {
    let partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    station.say("test:count", json!(5_000))?;
    for number in 0..5_000 {
        assert_eq!(station.hear("counted").await?, json!(number));
    }
    Ok(())
}

#[tokio::test]
async fn names_and_notes_in_any_script_arrive_as_they_were_written() -> Result<()> {
    let partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    for note in [
        "Akosua Ɔforiwaa Nyɛdeɛ",
        "line\u{2028}paragraph\u{2029}record\u{1e}nothing\u{0}",
        "\"quoted\" \\ and\r\n\ttabs",
        "🧾👩🏾‍🏫 صيغة 試験",
    ] {
        assert_eq!(
            station.ask("test:echo", vec![json!(note)]).await?,
            json!(note)
        );
        station.say("test:say", json!({ note: [note] }))?;
        assert_eq!(station.hear("said").await?, json!({ note: [note] }));
    }
    Ok(())
}

#[tokio::test]
async fn events_without_arguments_and_with_many_keep_their_shape() -> Result<()> {
    let partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    station.speaker.emit("test:bare", vec![])?;
    let bare = station.next().await?;
    assert_eq!(
        (bare.name.as_str(), bare.args.len(), bare.ack),
        ("bare", 0, None)
    );
    let args = vec![json!(1), Value::Null, json!([]), json!({ "a": false })];
    station.speaker.emit("test:say", args.clone())?;
    assert_eq!(station.next().await?.args, args);
    Ok(())
}

#[tokio::test]
async fn the_server_can_ask_the_station() -> Result<()> {
    let partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    station.say("test:ask", json!("how many scripts?"))?;
    let asked = station.next().await?;
    assert_eq!(asked.args, [json!("how many scripts?")]);
    let ack = asked.ack.context("it wants no answer")?;
    station.speaker.answer(ack, vec![json!(96)])?;
    assert_eq!(station.hear("answered").await?, json!(96));
    Ok(())
}

#[tokio::test]
async fn the_hand_shake_carries_what_the_caller_gives() -> Result<()> {
    let partner = Partner::start().await?;
    let station = partner.connect().await?;
    assert_eq!(
        station.ask("test:auth", vec![]).await?,
        json!({ "token": "hall-7" })
    );
    Ok(())
}

#[tokio::test]
async fn a_report_that_is_too_large_for_the_server_is_refused_before_it_leaves() -> Result<()> {
    let partner = Partner::start_with(json!({ "maxHttpBufferSize": 2_000 })).await?;
    let mut station = partner.connect().await?;
    assert_eq!(station.speaker.max_payload(), 2_000);
    let envelope = r#"42["test:say",""]"#.len();
    let fits = "x".repeat(2_000 - envelope);
    let refused = station
        .speaker
        .emit("test:say", vec![json!(format!("{fits}x"))]);
    assert_eq!(
        refused,
        Err(SayError::TooLarge {
            bytes: 2_001,
            max_bytes: 2_000
        })
    );
    station.say("test:say", json!(fits))?;
    assert_eq!(station.hear("said").await?, json!(fits));
    let too_long = partner.dial(&"x".repeat(3_000));
    let refused = partner.connect_as(&too_long).await.err();
    assert!(
        matches!(refused, Some(DialError::Say(SayError::TooLarge { .. }))),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_refused_token_comes_with_the_reason_of_the_server() -> Result<()> {
    let partner = Partner::start().await?;
    let refused = partner.connect_as(&partner.dial("expired")).await.err();
    let Some(DialError::Refused {
        message,
        code,
        data,
    }) = refused
    else {
        bail!("not refused: {refused:?}");
    };
    assert_eq!(message, "refused: expired");
    assert_eq!(code.as_deref(), Some("TOKEN_EXPIRED"));
    assert_eq!(data, Some(json!({ "code": "TOKEN_EXPIRED" })));
    let later = partner.connect_as(&partner.dial("later")).await.err();
    let Some(DialError::Refused {
        data: Some(data), ..
    }) = later
    else {
        bail!("not refused: {later:?}");
    };
    assert_eq!(data.get("retryAfterMs"), Some(&json!(1_500)));
    Ok(())
}

#[tokio::test]
async fn a_frozen_server_is_noticed_and_the_question_under_way_fails_with_it() -> Result<()> {
    let partner = Partner::start_with(json!({ "pingInterval": 300, "pingTimeout": 300 })).await?;
    let mut station = partner.connect().await?;
    let frozen = Instant::now();
    station.speaker.emit("test:freeze", vec![])?;
    let failed = station.speaker.call("test:never", vec![], PATIENCE).await;
    assert_eq!(failed, Err(AskError::Ended(Ended::Silent)));
    assert_eq!(station.ended().await?, Ended::Silent);
    ensure!(
        frozen.elapsed() < Duration::from_secs(3),
        "noticed after {:?}",
        frozen.elapsed()
    );
    Ok(())
}

#[tokio::test]
async fn a_server_that_must_answer_sooner_is_noticed_sooner() -> Result<()> {
    // The npm server's own interval and timeout are 45 s.
    let partner = Partner::start().await?;
    let mut dial = partner.dial("hall-7");
    dial.silence = Some(Duration::from_millis(400));
    let mut station = partner.connect_as(&dial).await?;
    let frozen = Instant::now();
    station.speaker.emit("test:freeze", vec![])?;
    assert_eq!(station.ended().await?, Ended::Silent);
    ensure!(
        frozen.elapsed() < Duration::from_secs(3),
        "noticed after {:?}",
        frozen.elapsed()
    );
    Ok(())
}

#[tokio::test]
async fn the_heartbeat_keeps_a_quiet_connection() -> Result<()> {
    // Without our pongs the server would close it after 0.2 s, without its pings we would.
    let partner = Partner::start_with(json!({ "pingInterval": 100, "pingTimeout": 100 })).await?;
    let mut station = partner.connect().await?;
    let ended = timeout(Duration::from_secs(2), station.ended()).await;
    ensure!(ended.is_err(), "it ended: {ended:?}");
    assert_eq!(
        station.ask("test:double", vec![json!(21)]).await?,
        json!(42)
    );
    Ok(())
}

#[tokio::test]
async fn a_question_without_an_answer_is_given_up_and_the_connection_stays() -> Result<()> {
    let partner = Partner::start().await?;
    let station = partner.connect().await?;
    let limit = Duration::from_millis(50);
    let failed = station.speaker.call("test:never", vec![], limit).await;
    assert_eq!(failed, Err(AskError::Late));
    assert_eq!(station.speaker.unanswered(), 0);
    assert_eq!(station.ask("test:double", vec![json!(4)]).await?, json!(8));
    Ok(())
}

/// How a connection ends after one event of the tests.
async fn end_after(event: &str, args: Vec<Value>) -> Result<Ended> {
    let mut partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    station.speaker.emit(event, args)?;
    let ended = station.ended().await?;
    let refused = station.speaker.emit("late", vec![]);
    assert_eq!(refused, Err(SayError::Ended(ended.clone())));
    partner.all_well()?;
    Ok(ended)
}

#[tokio::test]
async fn a_server_that_wants_the_station_gone_is_understood() -> Result<()> {
    assert_eq!(end_after("test:leave", vec![]).await?, Ended::Disconnected);
    let closed = Ended::ServerClosed {
        code: Some(4_001),
        reason: "the hall is closed".to_owned(),
    };
    assert_eq!(end_after("test:kick", vec![]).await?, closed);
    Ok(())
}

#[tokio::test]
async fn broken_packets_end_the_connection_and_nothing_else() -> Result<()> {
    for torn in ["packet", "kind"] {
        assert_eq!(
            end_after("test:torn", vec![json!(torn)]).await?,
            Ended::Protocol
        );
    }
    assert_eq!(
        end_after("test:torn", vec![json!("frame")]).await?,
        Ended::LinkLost
    );
    assert_eq!(end_after("test:photo", vec![]).await?, Ended::Protocol);
    Ok(())
}

#[tokio::test]
async fn a_flood_in_one_message_is_not_taken() -> Result<()> {
    let bytes = elms_client::socket::LARGEST_RECEIVED;
    assert_eq!(
        end_after("test:large", vec![json!(bytes)]).await?,
        Ended::TooLarge
    );
    Ok(())
}

#[tokio::test]
async fn a_killed_server_is_noticed_at_once() -> Result<()> {
    let mut partner = Partner::start().await?;
    let mut station = partner.connect().await?;
    let waiting = station.speaker.ask("test:never", vec![])?;
    partner.kill().await?;
    assert_eq!(station.ended().await?, Ended::LinkLost);
    assert_eq!(
        waiting.within(PATIENCE).await,
        Err(AskError::Ended(Ended::LinkLost))
    );
    let again = partner.connect().await.err();
    assert!(
        matches!(again, Some(DialError::Unreachable(_))),
        "{again:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_station_that_hangs_up_says_good_bye() -> Result<()> {
    let partner = Partner::start().await?;
    let mut watch = partner.connect().await?;
    watch.say("subscribe", json!({ "rooms": ["watch"] }))?;
    watch.hear("subscribed").await?;
    drop(partner.connect().await?);
    assert_eq!(
        watch.hear("left").await?,
        json!("client namespace disconnect")
    );
    Ok(())
}
