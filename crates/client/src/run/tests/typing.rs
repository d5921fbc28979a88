//! Who types: shown once, kept nowhere, and said only while there is a line.

use elms_protocol::host::Typing;

use super::*;

const CASE: &str = "01990000-0000-7000-8000-000000000418";

/// The next that the window is told of somebody who types.
async fn next_typing(
    board: &mut tokio::sync::broadcast::Receiver<elms_protocol::host::Batched>,
) -> Vec<Typing> {
    let told = timeout(LIMIT, async {
        loop {
            let told = board.recv().await.unwrap();
            if !told.typing.is_empty() {
                return told.typing;
            }
        }
    });
    told.await.expect("nobody types")
}

fn said(name: &str) -> Value {
    json!({
        "channel": "incident", "event": "incident:typing", "schema": 1, "institutionId": 1,
        "timestamp": "2026-12-07T10:00:00.000Z",
        "payload": {
            "clientRef": CASE, "incidentId": 418, "userId": 8, "userName": name,
            "stationCode": "GH-01",
        },
    })
}

#[tokio::test]
async fn somebody_who_types_is_shown_once_and_kept_nowhere() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    let mut board = console.watch();
    bench.partner.say("incident", &said("Kwame Asante"));
    let typing = next_typing(&mut board).await;
    assert_eq!(typing.len(), 1);
    assert_eq!(
        (
            typing[0].user_name.as_str(),
            typing[0].station_code.as_deref()
        ),
        ("Kwame Asante", Some("GH-01"))
    );
    assert_eq!(console.status().await.unwrap().last_seq.0, 0);
    // What comes after it says nothing of it any more.
    bench.partner.happen(1);
    let told = timeout(LIMIT, async {
        let mut told = board.recv().await.unwrap();
        while told.status.last_seq.0 != 1 {
            told = board.recv().await.unwrap();
        }
        told
    });
    assert_eq!(told.await.unwrap().typing, []);
}

#[tokio::test]
async fn who_types_here_is_said_while_there_is_a_line_and_never_later() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    let types = async || {
        let args = json!({ "ref": CASE });
        console.call("typing", args).await.unwrap();
    };
    // A report goes the same way after it, so all that was to be said before it has been.
    let reports = async |seq: i64| {
        console.call("submit", report()).await.unwrap();
        shows(&console, "the report is there", |status| {
            status.last_seq.0 == seq
        })
        .await;
    };
    types().await;
    reports(1).await;
    assert_eq!(bench.partner.world().typed, [json!({ "incident": CASE })]);
    bench.partner.world().refuse = Some("LATER");
    bench.partner.cut();
    shows(&console, "no line", |status| {
        status.link.state != LinkState::Live
    })
    .await;
    types().await;
    bench.partner.world().refuse = None;
    console.call("try_now", json!({})).await.unwrap();
    live(&console).await;
    reports(2).await;
    assert_eq!(bench.partner.world().typed.len(), 1);
}
