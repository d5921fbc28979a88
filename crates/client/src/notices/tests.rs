use serde_json::json;

use super::*;

const ME: Option<UserId> = Some(UserId(7));

fn reported(by: i64, severity: &str) -> Event {
    let reference = "0193a2b0-0000-7000-8000-000000000001";
    serde_json::from_value(json!({
        "channel": "incident", "event": "incident:reported", "timestamp": "2026-12-07T10:00:00.000Z",
        "payload": {
            "clientRef": reference, "number": "INC-26-0147", "type": "MEDICAL_EMERGENCY",
            "typeLabel": "Medical emergency", "severity": severity, "status": "REPORTED",
            "title": "Kwame Mensah collapsed", "description": "Kwame Mensah collapsed",
            "reportedBy": "Ama Owusu", "reportedById": by, "reportedByName": "Ama Owusu",
            "reportedAt": "2026-12-07T10:00:00.000Z", "ackDueAt": "2026-12-07T10:05:00.000Z",
            "examEntryId": 4, "venueId": 2, "seat": "C09", "candidates": [11],
            "confidential": false, "institutionId": 1,
        },
        "seq": 9, "eventId": reference, "schema": 1, "institutionId": 1, "rooms": ["institution:1"],
        "actor": {"userId": by, "name": "Ama Owusu", "stationCode": null},
        "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
        "clockOffsetMs": 0, "causeRef": null,
    }))
    .unwrap()
}

fn take(notices: &mut Notices, event: &Event, at: i64) -> Option<Notice> {
    notices.take(event, ME, Mono(at), Some("Great Hall".to_owned()))
}

#[test]
fn a_critical_incident_of_somebody_else_is_shown_without_a_candidates_name() {
    let notice = take(&mut Notices::default(), &reported(8, "CRITICAL"), 0).unwrap();
    assert_eq!(notice.level, Level::Critical);
    assert_eq!(notice.title, "Critical: Medical emergency");
    assert_eq!(notice.body, "Great Hall, seat C09, INC-26-0147");
    assert!(!format!("{notice:?}").contains("Kwame"));
    assert!(notice.incident.is_some());
}

#[test]
fn own_reports_and_ordinary_ones_call_nobody() {
    let mut notices = Notices::default();
    assert_eq!(take(&mut notices, &reported(7, "CRITICAL"), 0), None);
    assert_eq!(take(&mut notices, &reported(8, "MEDIUM"), 0), None);
    let mut other = reported(8, "CRITICAL");
    "incident:updated".clone_into(&mut other.event);
    assert_eq!(take(&mut notices, &other, 0), None);
}

#[test]
fn the_fourth_and_later_ones_within_ten_seconds_become_one() {
    let mut notices = Notices::default();
    for at in 0..3 {
        assert!(take(&mut notices, &reported(8, "HIGH"), at).is_some());
    }
    for at in 3..7 {
        assert_eq!(take(&mut notices, &reported(8, "HIGH"), at), None);
    }
    assert_eq!(take(&mut notices, &reported(8, "CRITICAL"), 8), None);
    assert_eq!(notices.fold(Mono(2_002)), None);
    let fold = notices.fold(notices.due().unwrap()).unwrap();
    assert_eq!(fold.title, "5 incidents in Great Hall");
    assert_eq!(fold.body, "1 critical, 4 high.");
    assert_eq!((fold.level, fold.incident), (Level::Critical, None));
    assert_eq!(notices.fold(Mono(60_000)), None);
    assert!(take(&mut notices, &reported(8, "HIGH"), 60_000).is_some());
}

#[test]
fn a_fold_of_one_is_shown_as_what_it_is() {
    let mut notices = Notices::default();
    for at in 0..4 {
        take(&mut notices, &reported(8, "HIGH"), at);
    }
    let fold = notices.fold(Mono(2_003)).unwrap();
    assert_eq!(fold.title, "High: Medical emergency");
}

#[test]
fn after_an_outage_there_is_exactly_one_summary() {
    let mut notices = Notices::default();
    notices.begin_catch_up();
    for at in 0..20 {
        assert_eq!(take(&mut notices, &reported(8, "HIGH"), at), None);
    }
    assert_eq!(take(&mut notices, &reported(8, "CRITICAL"), 21), None);
    assert_eq!(take(&mut notices, &reported(7, "CRITICAL"), 21), None);
    assert_eq!(take(&mut notices, &reported(8, "LOW"), 21), None);
    let summary = notices.end_catch_up().unwrap();
    assert_eq!(summary.title, "22 events while this station was away");
    assert_eq!(summary.body, "Incidents among them: 1 critical, 20 high.");
    assert_eq!(notices.end_catch_up(), None);
    assert_eq!(notices.due(), None);
}

#[test]
fn an_outage_in_which_nothing_happened_needs_no_summary() {
    let mut notices = Notices::default();
    notices.begin_catch_up();
    assert_eq!(notices.end_catch_up(), None);
}

#[test]
fn notices_speak_the_language_of_the_window() {
    let mut notices = Notices::default();
    notices.speak(Tongue::Fr);
    let notice = take(&mut notices, &reported(8, "CRITICAL"), 0).unwrap();
    assert_eq!(notice.title, "Critique\u{a0}: Urgence médicale");
    assert_eq!(notice.body, "Great Hall, place C09, INC-26-0147");
}
