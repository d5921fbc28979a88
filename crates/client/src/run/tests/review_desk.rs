//! A station that only reads: what opens it may be a window, a notice or an old draft.

use elms_protocol::host::StationKind;

use super::*;

fn used_for(kind: StationKind) -> Station {
    Station {
        kind,
        ..Station::named("EO-1", "Exam office")
    }
}

fn draft() -> Value {
    json!({"kind": "report:new", "form": {"words": "A candidate has collapsed."}})
}

#[tokio::test]
async fn a_review_desk_changes_nothing_and_loses_nothing_and_its_exports_are_noted() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    console.call("draft_save", draft()).await.unwrap();
    console.set_station(used_for(StationKind::Review));
    shows(&console, "a review desk", |status| {
        status.station.kind == StationKind::Review
    })
    .await;
    let refused = console.call("submit", report()).await.unwrap_err();
    assert_eq!(
        (refused.code.as_str(), refused.message.as_str()),
        ("review_desk", crate::run::REVIEW_DESK)
    );
    let waits = console.call("outbox", Value::Null).await.unwrap();
    assert_eq!(waits, json!([]));
    let kept = console.call("draft_load", json!({"kind": "report:new"}));
    assert_eq!(kept.await.unwrap(), draft()["form"]);

    let query = json!({"text": "", "channels": [], "severities": [], "stations": [],
        "sittings": [], "from": null, "to": null, "lateOnly": false});
    let asked = json!({"format": "csv", "query": query});
    console.call("export", asked).await.unwrap();
    let heard = || bench.partner.world().heard.len();
    shows(&console, "the note", |_| heard() == 1).await;

    console.set_station(used_for(StationKind::Office));
    console.call("submit", report()).await.unwrap();
    shows(&console, "the report", |_| heard() == 2).await;
    console.shutdown().await;
}

#[tokio::test]
async fn a_refused_report_is_not_sent_again_from_a_review_desk() {
    let bench = Bench::new().await;
    bench.partner.world().refuse = Some("INVALID_TOKEN");
    let console = bench.open();
    sign_in(&console, &bench.partner.url, true).await.unwrap();
    let kept = console.call("submit", report()).await.unwrap();
    console.set_station(used_for(StationKind::Review));
    let again = json!({"commandId": kept["commandId"]});
    let refused = console.call("outbox_resend", again).await.unwrap_err();
    assert_eq!(refused.code, "review_desk");
    assert_eq!(console.status().await.unwrap().outbox.waiting, 1);
    console.shutdown().await;
}

#[tokio::test]
async fn a_code_that_changes_while_somebody_works_waits_for_the_next_start() {
    let bench = Bench::new().await;
    let console = bench.open();
    console.set_station(Station::named("EC1-01", "Exam Centre 1"));
    let status = console.status().await.unwrap();
    assert_eq!(status.station.code, "EC1-01");
    sign_in(&console, &bench.partner.url, true).await.unwrap();
    live(&console).await;
    console.set_station(Station::named("EC1-02", "Exam Centre 1, door"));
    let station = console.status().await.unwrap().station;
    assert_eq!(
        (station.code.as_str(), station.label.as_str()),
        ("EC1-01", "Exam Centre 1, door")
    );
    console.shutdown().await;
}

#[tokio::test]
async fn a_station_says_by_what_it_is_known_before_anybody_signs_in_and_keeps_to_it() {
    let bench = Bench::new().await;
    let console = bench.open();
    let asked = json!({"server": bench.partner.url});
    let seen = console.call("check_server", asked.clone()).await.unwrap();
    assert_eq!(seen["fingerprint"].as_str().unwrap().len(), 24);
    sign_in(&console, &bench.partner.url, true).await.unwrap();
    let again = console.call("check_server", asked).await.unwrap();
    assert_eq!(again["fingerprint"], seen["fingerprint"]);
    console.shutdown().await;
}
