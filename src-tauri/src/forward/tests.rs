use elms_protocol::Seq;
use elms_protocol::host::{
    ClockView, Link, OutboxCounts, RecordCheck, StationKind, StationView, Works,
};

use super::*;

fn status(state: LinkState, waiting: i64) -> Status {
    Status {
        link: Link {
            state,
            since: "2026-12-07T10:31:00Z".parse().unwrap(),
            attempt: 0,
            retry_in_ms: None,
            reason: None,
            behind: None,
            round_trip_ms: None,
            tls: None,
        },
        server: None,
        user: None,
        institution: None,
        station: StationView {
            code: "EO-1".to_owned(),
            label: "Exam office".to_owned(),
            kind: StationKind::Office,
            hall: None,
            key: None,
        },
        last_seq: Seq(0),
        older: 0,
        reaches_back: None,
        begins: None,
        record: RecordCheck::default(),
        as_of: None,
        outbox: OutboxCounts {
            waiting,
            sending: 0,
            attention: 0,
        },
        clock: ClockView {
            server_now: 0,
            rate: 1.0,
            offset_ms: 0,
            uncertainty_ms: 0,
            measured: false,
        },
        cache_bytes: 0,
        notifications: Works {
            ok: true,
            reason: None,
        },
        keystore: Works {
            ok: true,
            reason: None,
        },
        unread: 0,
        warnings: Vec::new(),
        locked: false,
    }
}

#[test]
fn the_tray_is_a_ring_while_the_line_is_down_and_says_what_waits() {
    let status = status(LinkState::Offline, 3);
    assert_eq!(shape(&status, 0), Shape::Offline);
    assert_eq!(
        words(&status, 0, Tongue::En),
        "Offline, kept on this station · 3 to send"
    );
}

#[test]
fn a_critical_incident_that_nobody_acknowledged_shows_even_without_a_line() {
    for state in [LinkState::Live, LinkState::Offline] {
        assert_eq!(shape(&status(state, 0), 1), Shape::Critical);
    }
    assert_eq!(
        words(&status(LinkState::Live, 0), 1, Tongue::En),
        "Live · 1 critical not acknowledged"
    );
}

#[tokio::test]
async fn a_window_that_was_too_slow_gets_the_next_batch() {
    let (tell, mut heard) = tokio::sync::broadcast::channel(1);
    for waiting in 1..=3 {
        let batch = Batched {
            status: status(LinkState::Live, waiting),
            changed: vec![],
            typing: Vec::new(),
            events: vec![],
        };
        tell.send(batch).unwrap();
    }
    drop(tell);
    assert_eq!(next(&mut heard).await.unwrap().status.outbox.waiting, 3);
    assert!(next(&mut heard).await.is_none());
}

#[test]
fn an_alarm_waits_until_it_is_acknowledged_or_over_and_not_until_it_is_looked_into() {
    let case = |severity: &str, status: &str, acknowledged: Value| json!({ "severity": severity, "status": status, "acknowledgedAt": acknowledged });
    let taken = json!("2026-12-07T10:31:00Z");
    assert!(waits(&case("CRITICAL", "REPORTED", Value::Null)));
    assert!(waits(&case("CRITICAL", "UNDER_INVESTIGATION", Value::Null)));
    assert!(!waits(&case("CRITICAL", "REPORTED", taken)));
    assert!(!waits(&case("CRITICAL", "RESOLVED", Value::Null)));
    assert!(!waits(&case("CRITICAL", "CLOSED", Value::Null)));
    assert!(!waits(&case("HIGH", "REPORTED", Value::Null)));
}
