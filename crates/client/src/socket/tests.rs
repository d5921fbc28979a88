//! The keeper over a pipe in memory, in a time that the tests move.

mod dialling;

use elms_protocol::wire::Open;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::{
    io::{AsyncWriteExt as _, DuplexStream, duplex},
    task::JoinHandle,
    time::{Instant, sleep},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};

use super::{
    dial::{Opened, limits},
    keeper::Keeper,
    pulse::{Ear, Pulse},
    *,
};

/// One connection and the far end of it.
struct Hall {
    speaker: Speaker,
    listener: Listener,
    keeper: JoinHandle<()>,
}

/// A connection over `line` to a server that pings every 25 s and gives 20 s.
async fn over(line: DuplexStream, silence: Option<Duration>) -> Hall {
    let open = Open {
        sid: "a".to_owned(),
        upgrades: vec![],
        ping_interval: 25_000,
        ping_timeout: 20_000,
        max_payload: 1_000,
    };
    let pulse = Pulse::new();
    let ear = Ear::new(line, pulse.clone());
    let web = WebSocketStream::from_raw_socket(ear, Role::Client, Some(limits())).await;
    let (keeper, speaker, listener) = Keeper::new(
        Opened {
            web,
            open,
            pulse,
            tls: None,
        },
        silence,
    );
    Hall {
        speaker,
        listener,
        keeper: tokio::spawn(keeper.run()),
    }
}

async fn hall(silence: Option<Duration>) -> (Hall, WebSocketStream<DuplexStream>) {
    let (near, far) = duplex(64 << 10);
    let server = WebSocketStream::from_raw_socket(far, Role::Server, None).await;
    (over(near, silence).await, server)
}

async fn next_text(server: &mut WebSocketStream<DuplexStream>) -> String {
    let message = server
        .next()
        .await
        .expect("a message")
        .expect("a whole one");
    message.into_text().expect("text").as_str().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_half_open_line_is_found_within_twelve_seconds() {
    let (mut hall, _server) = hall(Some(OWN_SILENCE)).await;
    let since = Instant::now();
    assert_eq!(hall.listener.next().await, Err(Ended::Silent));
    assert_eq!(since.elapsed().as_secs(), 12);
    hall.keeper.await.expect("the keeper ends");
}

#[tokio::test(start_paused = true)]
async fn another_server_may_be_silent_as_long_as_it_says() {
    let (mut hall, _server) = hall(None).await;
    let since = Instant::now();
    assert_eq!(hall.listener.next().await, Err(Ended::Silent));
    assert_eq!(since.elapsed().as_secs(), 45);
}

#[tokio::test(start_paused = true)]
async fn pings_are_answered_with_what_they_carry() {
    let (_hall, mut server) = hall(None).await;
    for (ping, pong) in [("2", "3"), ("2probe", "3probe")] {
        server.send(Message::text(ping)).await.expect("sent");
        assert_eq!(next_text(&mut server).await, pong);
    }
}

#[tokio::test(start_paused = true)]
async fn a_large_message_over_a_slow_line_is_not_silence() {
    let (near, mut far) = duplex(64 << 10);
    let mut hall = over(near, Some(OWN_SILENCE)).await;
    let text = br#"42["incident"]"#;
    far.write_all(&[0x81, 14]).await.expect("written");
    for byte in text {
        sleep(Duration::from_secs(8)).await;
        far.write_all(&[*byte]).await.expect("written");
    }
    let heard = hall.listener.next().await.expect("an event");
    assert_eq!(heard.name, "incident");
    assert_eq!(hall.listener.next().await, Err(Ended::Silent));
}

#[tokio::test(start_paused = true)]
async fn a_busy_listener_makes_the_server_wait_and_loses_nothing() {
    let (mut hall, mut server) = hall(Some(OWN_SILENCE)).await;
    let sending = tokio::spawn(async move {
        for number in 0..20_000 {
            let text = format!(r#"42["counted",{number}]"#);
            server.send(Message::text(text)).await.expect("sent");
        }
        server
    });
    // Much longer than the server may be silent: it is not its fault.
    sleep(Duration::from_mins(10)).await;
    assert!(!sending.is_finished(), "the server was not made to wait");
    for number in 0..20_000 {
        let heard = hall.listener.next().await.expect("an event");
        assert_eq!(heard.args, [json!(number)]);
    }
    drop(sending.await.expect("the server is well"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_nothing_is_given_up() {
    let (near, _far) = duplex(1_000);
    let mut hall = over(near, None).await;
    let since = Instant::now();
    for _ in 0..10 {
        hall.speaker
            .emit("note", vec![json!("x".repeat(500))])
            .expect("queued");
    }
    assert_eq!(hall.listener.next().await, Err(Ended::LinkLost));
    assert_eq!(since.elapsed().as_secs(), 20);
}

#[tokio::test(start_paused = true)]
async fn more_than_the_queue_holds_is_refused_and_not_swallowed() {
    let (near, _far) = duplex(1_000);
    let hall = over(near, None).await;
    let said = (0..3_000).map(|number| hall.speaker.emit("note", vec![json!(number)]));
    let refused: Vec<_> = said.filter_map(Result::err).collect();
    assert_eq!(refused.len(), 3_000 - 1_024);
    assert!(refused.iter().all(|error| *error == SayError::Busy));
    let asked: Vec<_> = (0..5).map(|_| hall.speaker.ask("note", vec![])).collect();
    assert!(
        asked
            .iter()
            .all(|answer| matches!(answer, Err(SayError::Busy)))
    );
    assert_eq!(hall.speaker.unanswered(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_said_before_hanging_up_leaves_before_the_good_bye() {
    let (hall, mut server) = hall(None).await;
    hall.speaker.emit("note", vec![json!(1)]).expect("queued");
    drop(hall.listener);
    assert_eq!(next_text(&mut server).await, r#"42["note",1]"#);
    assert_eq!(next_text(&mut server).await, "41");
    let close = server
        .next()
        .await
        .expect("a message")
        .expect("a whole one");
    assert!(close.is_close());
    hall.keeper.await.expect("the keeper ends");
    let refused = hall.speaker.emit("note", vec![]);
    assert_eq!(refused, Err(SayError::Ended(Ended::HungUp)));
}

#[tokio::test(start_paused = true)]
async fn other_namespaces_and_late_answers_are_passed_over() {
    let (mut hall, mut server) = hall(None).await;
    for text in [r#"42/admin,["x"]"#, "437[1]", "6", r#"42["mine"]"#] {
        server.send(Message::text(text)).await.expect("sent");
    }
    assert_eq!(hall.listener.next().await.expect("an event").name, "mine");
}

#[tokio::test(start_paused = true)]
async fn a_question_that_nobody_waits_for_is_forgotten() {
    let (hall, mut server) = hall(None).await;
    let answer = hall.speaker.ask("seal", vec![]).expect("asked");
    assert_eq!(next_text(&mut server).await, r#"420["seal"]"#);
    assert_eq!(hall.speaker.unanswered(), 1);
    drop(answer);
    assert_eq!(hall.speaker.unanswered(), 0);
}

#[tokio::test]
async fn reserved_names_do_not_leave_the_station() {
    let (hall, _server) = hall(None).await;
    assert_eq!(
        hall.speaker.emit("disconnect", vec![]),
        Err(SayError::ReservedName)
    );
    assert!(matches!(
        hall.speaker.ask("connect", vec![]),
        Err(SayError::ReservedName)
    ));
    assert_eq!(hall.speaker.unanswered(), 0);
}
