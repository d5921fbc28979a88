use elms_protocol::Event;
use serde_json::{Value, json};

use super::*;
use crate::{clock::Mono, notices::Notices};

fn event(name: &str, payload: Value) -> Event {
    let id = "0193a2b0-0000-7000-8000-000000000001";
    let mut event = json!({
        "channel": "any", "event": name, "timestamp": "2026-12-07T10:00:00.000Z",
        "seq": 9, "eventId": id, "schema": 1, "institutionId": 1, "rooms": ["institution:1"],
        "actor": {"userId": 8, "name": "Ama Owusu", "stationCode": null},
        "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
        "clockOffsetMs": 0, "causeRef": null,
    });
    event["payload"] = payload;
    serde_json::from_value(event).unwrap()
}

fn assignment(to: i64) -> Event {
    event(
        "incident:updated",
        json!({
            "incidentId": 7, "clientRef": "0193a2b0-0000-7000-8000-000000000001",
            "status": "UNDER_INVESTIGATION", "updatedBy": 8, "updatedByName": "Ama Owusu",
            "updates": {"assigneeId": to, "assigneeName": "Kofi Addo"}, "confidential": false,
        }),
    )
}

fn sealed(declared: i64) -> Event {
    event(
        "batch:sealed",
        json!({
            "batchId": 3, "batchQRCode": "BATCH-CHE104-2026", "totalScripts": 230,
            "submittedScripts": declared, "sealedBy": "Esi Tawiah", "sealedById": 8,
            "sealedByName": "Esi Tawiah", "sealedAt": "2026-12-07T10:00:00.000Z",
            "sealNumber": "20418", "declaredCount": declared, "present": 230,
            "discrepancy": declared - 230, "oldStatus": "IN_COLLECTION", "newStatus": "SEALED",
        }),
    )
}

fn silence(station: &str) -> Event {
    let text = format!("{station} silent for 60 s");
    let news = json!({ "station": station, "text": text, "clockOffsetMs": 0 });
    event("station:offline", news)
}

fn told(event: &Event) -> Option<Notice> {
    of(event, Some(UserId(7)), Tongue::En)
}

#[test]
fn a_case_calls_the_person_whose_it_is_now_and_nobody_else() {
    let notice = told(&assignment(7)).unwrap();
    assert_eq!(notice.about, About::Assigned);
    assert_eq!(notice.title, "A case is yours now");
    assert_eq!(notice.body, "Assigned by Ama Owusu.");
    assert!(notice.incident.is_some());
    assert_eq!(told(&assignment(6)), None);
    assert_eq!(of(&assignment(7), None, Tongue::En), None);
}

#[test]
fn a_hall_that_is_silent_and_a_batch_that_is_short_are_told() {
    let silent = told(&silence("GH-01")).unwrap();
    assert_eq!(
        (silent.about, silent.title.as_str()),
        (About::Silent, "GH-01 is silent")
    );
    let short = told(&sealed(229)).unwrap();
    assert_eq!(short.about, About::Batch);
    assert_eq!(short.title, "BATCH-CHE104-2026 does not match the register");
    assert_eq!(short.body, "Sealed with 229 scripts for 230 present.");
    assert_eq!(told(&sealed(230)), None);
}

#[test]
fn a_station_that_asks_is_told_and_one_that_was_let_in_is_not() {
    let news = json!({ "fingerprint": "7c1f 90aa", "station": "GH-A", "by": "Esi Tawiah" });
    let asks = told(&event("station:waiting", news.clone())).unwrap();
    assert_eq!(asks.about, About::Station);
    assert_eq!(asks.title, "GH-A asks to be let in");
    assert!(!asks.body.contains("Esi"), "{}", asks.body);
    assert_eq!(told(&event("station:paired", news)), None);
}

#[test]
fn an_offer_that_lapsed_names_both_sides() {
    let lapsed = json!({
        "transferRef": "0193a2b0-0000-7000-8000-000000000002", "batchId": 3,
        "batchQRCode": "BATCH-CHE104-2026", "state": "EXPIRED", "fromUserId": 8,
        "fromName": "Esi Tawiah", "toUserId": 9, "toName": "Kojo Boakye", "count": 230,
        "by": "system",
    });
    let notice = told(&event("custody:expired", lapsed)).unwrap();
    assert_eq!(notice.title, "BATCH-CHE104-2026 was not taken over in time");
    assert_eq!(notice.body, "From Esi Tawiah to Kojo Boakye.");
}

#[test]
fn a_power_cut_in_ten_halls_is_three_messages_and_one_for_the_rest() {
    let mut notices = Notices::default();
    let mut shown = 0;
    for at in 0..10 {
        let notice = notices.take(&silence(&format!("H{at}")), None, Mono(at), None);
        shown += i32::from(notice.is_some());
    }
    assert_eq!(shown, 3);
    let rest = notices.fold(Mono(3_000)).unwrap();
    assert_eq!(rest.about, About::Silent);
    assert_eq!(rest.title, "7 messages");
    assert_eq!(rest.body, "H3 is silent; H4 is silent; H5 is silent");
}
