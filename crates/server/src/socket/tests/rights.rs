//! Every event that a client can say, by everybody: strangers, bad tokens, every role.

use std::collections::BTreeMap;

use elms_protocol::UserId;

use super::*;

/// What a client can say.
const SAYINGS: [&str; 6] = [
    "subscribe",
    "unsubscribe",
    "ping",
    "resume",
    "command",
    "typing",
];

#[tokio::test]
async fn a_token_that_is_worth_nothing_opens_no_connection_either_way() {
    let bench = Bench::start().await;
    for (token, code) in bench.app.auth.bad_tokens(OFFICER) {
        let mut phone = bench.connect(json!({ "token": token })).await;
        let answer = phone.frame().await.expect("no answer");
        let refusal: Value = serde_json::from_str(answer.strip_prefix("44").unwrap()).unwrap();
        assert_eq!(refusal["data"]["code"], code);
        phone.is_closed().await;
        let mut phone = bench.connect(json!({})).await;
        phone.say("authenticate", json!({ "token": token })).await;
        let answer = phone.hear("authenticated").await;
        assert_eq!(
            (&answer["success"], &answer["code"]),
            (&json!(false), &json!(code))
        );
        phone.is_closed().await;
    }
}

#[tokio::test]
async fn a_stranger_is_answered_nothing_whatever_they_say() {
    let bench = Bench::start().await;
    for name in SAYINGS {
        let mut phone = bench.connect(json!({})).await;
        let rooms = json!({ "rooms": ["institution:1", "user:3"], "t0": 1, "after": 0 });
        phone.say(name, rooms).await;
        bench.does(OFFICER, report("Not for strangers")).await;
        // Until it is closed for not having said who it is, nothing of the institution is heard.
        while let Some(frame) = phone.frame().await {
            assert!(!frame.contains("strangers"), "{name}: {frame}");
            assert!(
                !frame.contains("institution:1") || name == "subscribe",
                "{name}: {frame}"
            );
        }
    }
}

/// Written by hand: which rooms each of these people may join.
fn table() -> Vec<(UserId, &'static [&'static str])> {
    const OFFICE: &[&str] = &[
        "institution:1",
        "batch:1",
        "batch:2",
        "exam-entry:1",
        "exam-entry:2",
        "timetable:1",
    ];
    vec![
        (UserId(2), OFFICE),
        (OFFICER, OFFICE),
        (
            INVIGILATOR,
            &["institution:1", "batch:1", "exam-entry:1", "timetable:1"],
        ),
        (HANDLER, &["institution:1", "timetable:1"]),
        (LECTURER, &["batch:1"]),
        (UserId(900), &["institution:2"]),
    ]
}

#[tokio::test]
async fn everybody_joins_the_rooms_of_the_table_and_is_denied_the_rest_alike() {
    let bench = Bench::start().await;
    let rooms = [
        "institution:1",
        "institution:2",
        "institution:424242",
        "user:3",
        "user:424242",
        "batch:1",
        "batch:2",
        "batch:424242",
        "exam-entry:1",
        "exam-entry:2",
        "exam-entry:424242",
        "timetable:1",
        "timetable:424242",
    ];
    let mut found = BTreeMap::new();
    for (user, _) in table() {
        let mut phone = bench.signed_in(user).await;
        // What one is in from the beginning is left, so that joining it is seen.
        phone.say("unsubscribe", json!({ "rooms": rooms })).await;
        phone.hear("unsubscribed").await;
        phone.say("subscribe", json!({ "rooms": rooms })).await;
        let answer = phone.hear("subscribed").await;
        let joined: Vec<String> = serde_json::from_value(answer["rooms"].clone()).unwrap();
        let denied = answer["denied"].as_array().unwrap().len();
        assert_eq!(joined.len() + denied, rooms.len(), "{answer}");
        found.insert(
            user,
            joined
                .into_iter()
                .filter(|room| room != "user:3")
                .collect::<Vec<_>>(),
        );
    }
    for (user, rooms) in table() {
        let rooms: Vec<String> = rooms.iter().map(|room| (*room).to_owned()).collect();
        assert_eq!(found[&user], rooms, "{user}");
    }
}
