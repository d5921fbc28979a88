//! Two institutions on one server: whatever the one does, not a byte of it reaches the other.

use std::net::SocketAddr;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use elms_protocol::UserId;
use tower::ServiceExt as _;

use super::*;
use crate::http::{Peer, router};

/// What the first institution writes everywhere.
const CANARY: &str = "canary-of-takoradi";
/// The officer of the second institution.
const STRANGER: UserId = UserId(900);
/// Operations in all; half of them the one's, half the other's.
const OPERATIONS: usize = 10_000;
/// Commands that are sent in one request.
const ROW: usize = 50;

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

async fn ask(
    router: &Router,
    token: &str,
    (method, path): (Method, &str),
    body: &Value,
) -> (StatusCode, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::from(body.to_string()))
        .unwrap();
    let peer = Peer(SocketAddr::from(([127, 0, 0, 1], 50_000)));
    request.extensions_mut().insert(peer);
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 64 << 20).await.unwrap();
    (parts.status, String::from_utf8_lossy(&body).into_owned())
}

/// A command of the first institution that leaves the canary in the log; and the name of its case.
fn deed(chance: &mut Chance, cases: &mut Vec<Uuid>) -> Value {
    let words = format!("{CANARY} {}", chance.below(1_000));
    let known = cases.get(chance.below(cases.len().max(1))).copied();
    let (command, input) = match (chance.below(4), known) {
        (0, Some(case)) => ("noteIncident", json!({ "incident": case, "text": words })),
        (1, _) => (
            "logHall",
            json!({ "sittingId": 1, "action": "note", "text": words }),
        ),
        (2, _) => (
            "notify",
            json!({
                "users": [3], "title": words, "message": words, "priority": "HIGH",
            }),
        ),
        _ => {
            let case = Uuid::from_u128(u128::from(chance.0));
            cases.push(case);
            (
                "reportIncident",
                json!({
                    "ref": case, "type": "OTHER", "severity": "HIGH", "title": words,
                    "description": words, "sittingId": 1, "seat": words,
                }),
            )
        }
    };
    let at = "2026-12-07T10:00:00.000Z";
    json!({
        "commandId": Uuid::new_v4(), "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0,
        "command": command, "input": input,
    })
}

/// Something that the second institution asks, about anything.
fn question(chance: &mut Chance, cases: &[Uuid]) -> (Method, String, Value) {
    let number = chance.below(40).to_string();
    let case = cases
        .get(chance.below(cases.len().max(1)))
        .map(Uuid::to_string);
    let name = case.filter(|_| chance.below(2) == 0).unwrap_or(number);
    let routes: Vec<_> = crate::http::routes_of_records().collect();
    let (methods, path) = routes[chance.below(routes.len())];
    let methods: Vec<&str> = methods.split(' ').collect();
    let method = methods[chance.below(methods.len())].parse().unwrap();
    let files = [
        "incidents",
        "batches",
        "custody",
        "hall-log",
        "register",
        "events",
    ];
    let path = path
        .replace("{what}", files[chance.below(files.len())])
        .replace("{course}", "CSE201")
        .replace("{student}", "1001");
    let mut parts = Vec::new();
    for part in path.split('/') {
        let is_name = part.starts_with('{');
        parts.push(if is_name { name.as_str() } else { part });
    }
    let body = json!({
        "type": "OTHER", "description": "Ours.", "examEntryId": chance.below(9), "reason": "x",
        "text": "x", "mergedInto": name, "assignedToId": 3, "resolution": "x", "lecturerId": 24,
        "studentQRCode": "1001", "status": "RESOLVED", "assignmentId": "1/8", "action": "check_in",
    });
    (method, parts.join("/"), body)
}

#[tokio::test]
async fn ten_thousand_deeds_of_one_institution_leave_no_byte_in_the_other() {
    // They are asked by one who does not wait between the questions.
    let settings = crate::config::Settings {
        requests: Some(60_000_000),
        ..crate::config::Settings::default()
    };
    let bench = Bench::with(settings).await;
    let router = router(bench.app.clone());
    let (ours, theirs) = (bench.token(OFFICER).await, bench.token(STRANGER).await);
    let mut phone = bench.signed_in(STRANGER).await;
    let (mut chance, mut cases, mut n_done) = (Chance(7), Vec::new(), 0);
    while n_done < OPERATIONS {
        let row: Vec<Value> = (0..ROW).map(|_| deed(&mut chance, &mut cases)).collect();
        let done = ask(&router, &ours, (Method::POST, "/sync/ops"), &json!(row)).await;
        assert_eq!(done.0, StatusCode::OK, "{}", done.1);
        for _ in 0..ROW {
            let (method, path, body) = question(&mut chance, &cases);
            let (status, answer) = ask(&router, &theirs, (method.clone(), &path), &body).await;
            assert!(
                !answer.contains(CANARY),
                "{method} {path}: {status} {answer}"
            );
            assert!(!status.is_server_error(), "{method} {path}: {answer}");
        }
        hears_nothing(&mut phone).await;
        n_done += 2 * ROW;
    }
    // The canary is really there, and the socket of the other has heard nothing of it.
    let (_, log) = ask(
        &router,
        &ours,
        (Method::GET, "/sync/events?limit=50"),
        &Value::Null,
    )
    .await;
    assert!(log.contains(CANARY));
    hears_nothing(&mut phone).await;
}

/// Up to now the socket of the other institution has heard nothing of it. Heartbeats are answered: on a
/// busy machine all this takes longer than a silent connection lives.
async fn hears_nothing(phone: &mut Phone) {
    phone.say("ping", json!({ "t0": 1 })).await;
    loop {
        let frame = phone.frame().await.expect("the connection is over");
        assert!(!frame.contains(CANARY), "{frame}");
        if frame == "2" {
            phone.emit("3").await;
        }
        if frame.starts_with("42[\"pong\"") {
            break;
        }
    }
}
