//! Each limit of a request, just below, at, and just above it.

use super::*;
use crate::limits::{
    LARGEST_BODY, LARGEST_IMPORT, LONGEST_KEY, LONGEST_STATION, MOST_COMMANDS, MOST_EVENTS,
    MOST_ITEMS, MOST_SCRIPTS,
};

/// A body of exactly `n` bytes, which says nothing.
fn padded(n: usize) -> String {
    format!("{{{}}}", " ".repeat(n - 2))
}

async fn sent(hall: &Hall, path: &str, body: String) -> StatusCode {
    let mut request = hall.request(OFFICER, Method::POST, path, &Value::Null);
    *request.body_mut() = Body::from(body);
    hall.send(request).await.status
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit_and_an_import_up_to_its_own() {
    let hall = Hall::new().await;
    for (path, limit) in [
        ("/api/incidents", LARGEST_BODY),
        ("/api/import", LARGEST_IMPORT),
    ] {
        for n in [limit - 1, limit] {
            let status = sent(&hall, path, padded(n)).await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{path} {n}");
        }
        let status = sent(&hall, path, padded(limit + 1)).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
}

#[tokio::test]
async fn an_account_that_asks_too_often_is_told_to_wait() {
    let settings = Settings {
        requests: Some(3),
        ..Settings::default()
    };
    let hall = Hall::set_up(settings, true).await;
    for _ in 0..3 {
        let answer = hall.get(OFFICER, "/api/incidents").await;
        answer.expect(StatusCode::OK);
    }
    let answer = hall.get(OFFICER, "/api/batch-scripts").await;
    let wait = answer.headers[header::RETRY_AFTER].to_str().unwrap();
    assert!((1..=20).contains(&wait.parse().unwrap()), "{wait}");
    answer.refused(429, "TOO_MANY_TRIES");
    let other = hall.get(CHIEF, "/api/incidents").await;
    other.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_key_is_taken_up_to_its_length() {
    let hall = Hall::new().await;
    for (n, good) in [
        (LONGEST_KEY - 1, true),
        (LONGEST_KEY, true),
        (LONGEST_KEY + 1, false),
    ] {
        let report = json!({ "type": "OTHER", "description": "Noise.", "examId": 1 });
        let mut request = hall.request(OFFICER, Method::POST, "/api/incidents", &report);
        let key = "k".repeat(n).parse().unwrap();
        request.headers_mut().insert("idempotency-key", key);
        let answer = hall.send(request).await;
        assert_eq!(answer.status.is_success(), good, "{n}");
    }
}

#[tokio::test]
async fn a_row_of_commands_and_of_scripts_has_an_end() {
    let hall = Hall::new().await;
    let command = |_| {
        json!({
            "commandId": uuid::Uuid::nil(), "occurredAt": "2026-12-07T10:00:00.000Z",
            "recordedAt": "2026-12-07T10:00:00.000Z", "clockOffsetMs": 0,
            "command": "readNotification", "input": { "notificationId": 424_242 },
        })
    };
    let script = |_| json!({ "studentQRCode": "nobody" });
    for (n, good) in [
        (MOST_COMMANDS - 1, true),
        (MOST_COMMANDS, true),
        (MOST_COMMANDS + 1, false),
    ] {
        let row: Vec<Value> = (0..n).map(command).collect();
        let answer = hall.post(OFFICER, "/api/sync/ops", json!(row)).await;
        assert_eq!(
            answer.status.is_success(),
            good,
            "{n} commands: {}",
            answer.body
        );
    }
    for (n, good) in [
        (MOST_SCRIPTS - 1, true),
        (MOST_SCRIPTS, true),
        (MOST_SCRIPTS + 1, false),
    ] {
        let row: Vec<Value> = (0..n).map(script).collect();
        let body = json!({ "submissions": row });
        let answer = hall
            .post(OFFICER, "/api/script-submissions/bulk-submit", body)
            .await;
        assert_eq!(
            answer.status.is_success(),
            good,
            "{n} scripts: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn no_answer_is_longer_than_its_limit_whatever_is_asked_for() {
    let hall = Hall::new().await;
    let numbers = (1_u128..).take(MOST_ITEMS + 1);
    let reports = numbers.map(|n| {
        json!({
            "commandId": uuid::Uuid::from_u128(n),
            "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
            "clockOffsetMs": 0, "command": "reportIncident", "input": {
                "ref": uuid::Uuid::from_u128(n), "type": "OTHER", "severity": "LOW",
                "description": "Noise.", "sittingId": 1,
            },
        })
    });
    let reports: Vec<Value> = reports.collect();
    for row in reports.chunks(MOST_COMMANDS) {
        let done = hall.post(OFFICER, "/api/sync/ops", json!(row)).await;
        done.expect(StatusCode::OK);
    }
    for (asked, got) in [
        (MOST_ITEMS - 1, MOST_ITEMS - 1),
        (MOST_ITEMS, MOST_ITEMS),
        (MOST_ITEMS + 1, MOST_ITEMS),
        (usize::MAX, MOST_ITEMS),
    ] {
        let page = hall
            .get(OFFICER, &format!("/api/incidents?limit={asked}"))
            .await;
        let page = page.expect(StatusCode::OK);
        assert_eq!(page["data"].as_array().unwrap().len(), got, "{asked}");
    }
    let events = format!("/api/sync/events?limit={}", MOST_EVENTS + 1);
    let events = hall.get(OFFICER, &events).await.expect(StatusCode::OK);
    assert!(events["data"]["events"].as_array().unwrap().len() <= MOST_EVENTS);
}

#[tokio::test]
async fn the_name_of_a_station_is_kept_up_to_its_length() {
    let hall = Hall::new().await;
    for (n, kept) in [
        (LONGEST_STATION - 1, true),
        (LONGEST_STATION, true),
        (LONGEST_STATION + 1, false),
    ] {
        let report = json!({ "type": "OTHER", "description": "Noise.", "examId": 1 });
        let mut request = hall.request(OFFICER, Method::POST, "/api/incidents", &report);
        let name = "s".repeat(n).parse().unwrap();
        request.headers_mut().insert("x-station", name);
        let made = hall.send(request).await.expect(StatusCode::CREATED);
        assert_eq!(made["data"]["station"].is_string(), kept, "{n}");
    }
}
