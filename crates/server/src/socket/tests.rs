mod bench;
mod delivery;
mod handshake;
mod limits;
mod resume;
mod rights;
mod tenants;
mod typing;

use elms_protocol::{
    CommandId, CommandRequest, IncidentRef, IncidentType, LogHall, ReportIncident, Severity,
    SittingId, Times, Timestamp,
};
use serde_json::{Value, json};
use uuid::Uuid;

use bench::{Bench, HANDLER, INVIGILATOR, LECTURER, OFFICER, Phone};

pub(super) fn asked(command: impl Into<elms_protocol::Command>) -> CommandRequest {
    CommandRequest {
        command_id: CommandId(Uuid::new_v4()),
        times: Times::at(Timestamp(1_796_630_000_000)),
        command: command.into(),
    }
}

pub(super) fn report(description: &str) -> CommandRequest {
    asked(ReportIncident {
        reference: IncidentRef(Uuid::new_v4()),
        incident_type: IncidentType::ALL[0],
        severity: Severity::Low,
        title: None,
        description: description.to_owned(),
        sitting_id: None,
        venue_id: None,
        seat: None,
        candidates: Vec::new(),
        batch_id: None,
        local_number: None,
        confidential: false,
        subtype: None,
        action_taken: None,
        parts: Vec::new(),
        from_log: None,
        precision: None,
    })
}

/// A routine line of a sitting.
pub(super) fn line(sitting: i64, text: &str) -> CommandRequest {
    asked(LogHall {
        sitting_id: SittingId(sitting),
        action: "note".to_owned(),
        text: text.to_owned(),
        seat: None,
        student: None,
        count: None,
        entry: None,
    })
}

#[tokio::test]
async fn an_officer_hears_a_report_once_and_in_the_guides_words() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    phone
        .say(
            "subscribe",
            json!({ "rooms": ["batch:1", "institution_1", "user:3"] }),
        )
        .await;
    let subscribed = phone.hear("subscribed").await;
    assert_eq!(subscribed["denied"], json!([]));
    bench.does(OFFICER, report("Phone under the desk")).await;
    let heard = phone.hear("incident").await;
    assert_eq!(heard["channel"], "incident");
    assert_eq!(heard["event"], "incident:reported");
    assert_eq!(heard["payload"]["description"], "Phone under the desk");
    assert!(heard["timestamp"].is_string());
    bench.does(OFFICER, report("Another")).await;
    assert_eq!(
        phone.hear("incident").await["payload"]["description"],
        "Another"
    );
}

#[tokio::test]
async fn a_partner_of_another_spelling_hears_its_own() {
    let bench = Bench::start().await;
    let auth = json!({ "token": bench.token(OFFICER).await, "profile": "frontend" });
    let mut phone = bench.connect(auth).await;
    phone.hear("authenticated").await;
    bench.does(OFFICER, report("Phone under the desk")).await;
    assert_eq!(phone.hear("incident").await["event"], "incident_reported");
}

#[tokio::test]
async fn a_room_of_another_is_refused_and_nothing_of_it_is_heard() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(INVIGILATOR).await;
    let rooms = [
        "institution:2",
        "user:3",
        "exam-entry:2",
        "batch:2",
        "exam-entry:1",
        "nonsense",
    ];
    phone.say("subscribe", json!({ "rooms": rooms })).await;
    let answer = phone.hear("subscribed").await;
    assert_eq!(answer["rooms"], json!(["exam-entry:1"]));
    let denied = json!([
        "institution:2",
        "user:3",
        "exam-entry:2",
        "batch:2",
        "nonsense"
    ]);
    assert_eq!(answer["denied"], denied);
    bench.does(OFFICER, line(2, "not yours")).await;
    bench.does(OFFICER, line(1, "yours")).await;
    let heard = phone.hear("exam_logistics").await;
    assert_eq!(heard["payload"]["text"], "yours");
}

#[tokio::test]
async fn who_leaves_the_institutions_room_hears_only_the_rooms_that_are_left() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    phone
        .say("unsubscribe", json!({ "rooms": ["institution:1"] }))
        .await;
    phone.hear("unsubscribed").await;
    phone
        .say("subscribe", json!({ "rooms": ["batch:1"] }))
        .await;
    phone.hear("subscribed").await;
    bench.does(OFFICER, line(2, "another batch")).await;
    bench.does(OFFICER, line(1, "this batch")).await;
    assert_eq!(
        phone.hear("exam_logistics").await["payload"]["text"],
        "this batch"
    );
}

#[tokio::test]
async fn a_command_is_answered_once_it_is_durable_and_again_when_repeated() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    let request = serde_json::to_value(report("Phone under the desk")).unwrap();
    let first = phone.ask("command", request.clone()).await;
    assert_eq!(first["outcome"], "applied", "{first}");
    assert_eq!(first["seq"], 1);
    assert_eq!(phone.ask("command", request).await, first);
    let unknown = json!({ "commandId": Uuid::nil(), "command": "teleport", "input": {} });
    let refused = phone.ask("command", unknown).await;
    assert_eq!(refused["outcome"], "rejected");
    assert_eq!(refused["rejection"]["code"], "INVALID");
    let nonsense = phone.ask("command", json!(7)).await;
    assert_eq!(nonsense["error"]["code"], "INVALID");
    assert_eq!(bench.n_events(), 1);
}

#[tokio::test]
async fn the_clock_can_be_measured_and_the_old_ping_still_works() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    phone.emit(r#"42["ping"]"#).await;
    let old = phone.hear("pong").await;
    assert!(old["timestamp"].is_string() && old.get("t0").is_none());
    bench.does(OFFICER, report("Phone under the desk")).await;
    phone.hear("incident").await;
    phone.say("ping", json!({ "t0": 12_345 })).await;
    let new = phone.hear("pong").await;
    assert_eq!(
        (&new["t0"], &new["highWater"], &new["rate"]),
        (&json!(12_345), &json!(1), &json!(1.0))
    );
    assert!(new["t1"].as_i64().unwrap() <= new["t2"].as_i64().unwrap());
    assert_eq!(phone.ask("ping", json!({ "t0": 1 })).await["t0"], 1);
}

#[tokio::test]
async fn a_malformed_frame_ends_its_own_connection_and_no_other() {
    let bench = Bench::start().await;
    let mut healthy = bench.signed_in(OFFICER).await;
    for torn in [
        "42[\"subscribe\",{",
        "9",
        "42",
        "4",
        "42[]",
        "42[7]",
        "451-[\"x\",{}]",
        "40[]",
    ] {
        let mut phone = bench.signed_in(OFFICER).await;
        phone.emit(torn).await;
        assert_eq!(phone.hear("closing").await["reason"], "malformed", "{torn}");
        phone.is_closed().await;
    }
    for odd in [
        r#"42["subscribe"]"#,
        r#"42["subscribe",null]"#,
        r#"42["subscribe",{"rooms":7}]"#,
        r#"42["subscribe",{"rooms":[null,{}]}]"#,
        r#"42["unsubscribe",[[]]]"#,
        r#"42["resume",{"after":"x"}]"#,
        r#"42["authentic",{}]"#,
        r#"42["command",{}]"#,
        r#"42["ping",{"t0":"x"}]"#,
    ] {
        healthy.emit(odd).await;
    }
    bench.does(OFFICER, report("Still here")).await;
    assert_eq!(
        healthy.hear("incident").await["payload"]["description"],
        "Still here"
    );
}

#[tokio::test]
async fn a_station_that_comes_and_goes_is_noted_once_each_time() {
    let bench = Bench::start().await;
    let mut office = bench.signed_in(OFFICER).await;
    let auth = json!({ "token": bench.token(INVIGILATOR).await, "station": "GH-A" });
    let mut first = bench.connect(auth.clone()).await;
    first.hear("authenticated").await;
    assert_eq!(office.hear("station").await["event"], "station:online");
    // A second connection of the same station is no news, nor is the end of the first.
    let mut second = bench.connect(auth).await;
    second.hear("authenticated").await;
    drop(first);
    drop(second);
    let heard = office.hear("station").await;
    assert_eq!(heard["event"], "station:offline");
    assert!(heard["payload"]["lastSeen"].is_string(), "{heard}");
}

#[tokio::test]
async fn a_lecturer_hears_of_the_own_batches_and_a_handler_of_none_but_the_office() {
    let bench = Bench::start().await;
    let mut lecturer = bench.signed_in(LECTURER).await;
    let mut handler = bench.signed_in(HANDLER).await;
    bench.does(OFFICER, line(2, "not the lecturer's")).await;
    bench.does(OFFICER, line(1, "the lecturer's")).await;
    bench.does(OFFICER, report("From the corridor")).await;
    let heard: Value = lecturer.hear("exam_logistics").await;
    assert_eq!(heard["payload"]["text"], "the lecturer's");
    let heard: Value = handler.hear_anything_but("authenticated").await;
    assert_eq!(heard["payload"]["description"], "From the corridor");
}
