//! Every route, asked by everybody.

use super::*;

use crate::http::openapi::ROUTES;

/// Where routes are made.
const SOURCES: &[&str] = &[
    include_str!("../batches.rs"),
    include_str!("../evidence.rs"),
    include_str!("../export.rs"),
    include_str!("../health.rs"),
    include_str!("../import.rs"),
    include_str!("../incidents.rs"),
    include_str!("../login.rs"),
    include_str!("../logistics.rs"),
    include_str!("../registrations.rs"),
    include_str!("../second_factor.rs"),
    include_str!("../stations.rs"),
    include_str!("../submissions.rs"),
    include_str!("../notices.rs"),
    include_str!("../sync.rs"),
    include_str!("../timetables.rs"),
    include_str!("../openapi.rs"),
];

/// A body that every route can read.
pub(super) fn body() -> Value {
    json!({
        "type": "OTHER", "description": "Noise.", "assignedToId": 4, "resolution": "Quiet again.",
        "reason": "Again.", "text": "Noted.", "severity": "CRITICAL", "lecturerId": 24,
        "status": "IN_COLLECTION", "scriptsCollected": 1, "count": 1, "sealNumber": "S-1",
        "witnessId": 9, "mergedInto": uuid::Uuid::nil(), "sha256": "5f".repeat(32), "size": 1,
        "kind": "JPEG", "name": "bag.jpg", "copies": 1, "place": "Print room",
        "standing": "paired",
    })
}

pub(super) fn full(route: &str, id: &str) -> String {
    let route = route
        .replace("{id}", id)
        .replace("{entry}", id)
        .replace("{course}", "CSE201")
        .replace("{what}", "events")
        .replace("{evidence}", &uuid::Uuid::nil().to_string())
        .replace("{student}", id)
        .replace("{exam}", id)
        .replace("{fingerprint}", &stations::shown());
    if route.starts_with("/health") {
        route
    } else {
        format!("/api{route}")
    }
}

/// Each route and method that only who signed in may ask.
fn closed() -> impl Iterator<Item = (&'static str, Method)> {
    let closed = ROUTES.iter().filter(|route| !route.is_public());
    closed.flat_map(|route| {
        let methods = route.methods.split(' ');
        methods.map(|method| (route.path, method.parse().unwrap()))
    })
}

/// The paths of the router, as its modules write them.
pub(super) fn paths() -> std::collections::BTreeSet<&'static str> {
    let routes = SOURCES
        .iter()
        .flat_map(|source| source.split(".route(").skip(1));
    routes.map(|rest| rest.split('"').nth(1).unwrap()).collect()
}

#[test]
fn every_module_with_routes_is_looked_at() {
    let modules = include_str!("../../http.rs");
    let merged = modules.matches("::routes())").count();
    assert_eq!(merged, SOURCES.len());
}

#[tokio::test]
async fn who_has_not_signed_in_gets_nothing() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    for (route, method) in closed() {
        let answer = hall.ask(0, method, &full(route, "1"), body()).await;
        answer.refused(401, "MISSING_TOKEN");
    }
}

#[tokio::test]
async fn no_route_is_opened_by_a_token_that_is_worth_nothing() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    for (token, code) in hall.app.auth.bad_tokens(UserId(OFFICER)) {
        for (route, method) in closed() {
            let mut request = hall.request(0, method, &full(route, "1"), &body());
            let bearer = format!("Bearer {token}").parse().unwrap();
            request.headers_mut().insert(header::AUTHORIZATION, bearer);
            hall.send(request).await.refused(401, code);
        }
    }
}

/// What may stand in a path: numbers of records, a name that nobody has.
fn named(route: &str) -> bool {
    route.contains('{') && !route.contains("{what}")
}

#[tokio::test]
async fn what_another_institution_has_and_what_nobody_has_is_answered_alike() {
    let hall = Hall::new().await;
    let incident = hall.incident("HIGH").await;
    let (reference, number) = (incident["ref"].as_str(), incident["number"].as_str());
    let nil = uuid::Uuid::nil().to_string();
    let names = [
        ("1", "424242"),
        (reference.unwrap(), nil.as_str()),
        (number.unwrap(), "INC-26-9999"),
    ];
    for (route, method) in closed().filter(|(route, _)| named(route)) {
        let ask = async |name: &str| {
            let path = full(route, name);
            hall.ask(STRANGER, method.clone(), &path, body()).await
        };
        for (theirs, nobodys) in names {
            let (theirs, nobodys) = (ask(theirs).await, ask(nobodys).await);
            let (status, body) = (theirs.status, theirs.body);
            assert_eq!(
                (status, &body),
                (nobodys.status, &nobodys.body),
                "{method} {route}"
            );
        }
    }
}

#[tokio::test]
async fn what_a_body_names_of_another_institution_is_answered_as_what_nobody_has() {
    let hall = Hall::new().await;
    let incident = hall.incident("HIGH").await;
    for (method, path, theirs, nobodys) in [
        (
            "POST",
            "/exam-registrations/attendance",
            json!({ "examEntryId": 1, "studentId": 1001 }),
            json!({ "examEntryId": 424_242, "studentId": 1001 }),
        ),
        (
            "POST",
            "/exam-logistics/assign-invigilator",
            json!({ "examEntryId": 1, "invigilatorId": 8 }),
            json!({ "examEntryId": 424_242, "invigilatorId": 8 }),
        ),
        (
            "PUT",
            "/exam-logistics/invigilator-presence",
            json!({ "assignmentId": "1/8", "action": "check_in" }),
            json!({ "assignmentId": "424242/8", "action": "check_in" }),
        ),
        (
            "POST",
            "/incidents",
            json!({ "type": "OTHER", "description": "x", "examEntryId": 1 }),
            json!({ "type": "OTHER", "description": "x", "examEntryId": 424_242 }),
        ),
        (
            "POST",
            "/script-submissions/submit",
            json!({ "studentQRCode": "1001", "examEntryId": 1 }),
            json!({ "studentQRCode": "424242", "examEntryId": 424_242 }),
        ),
        (
            "POST",
            "/incidents/1/merge",
            json!({ "mergedInto": incident["ref"] }),
            json!({ "mergedInto": uuid::Uuid::nil() }),
        ),
    ] {
        let ask = async |body: Value| {
            let method: Method = method.parse().unwrap();
            let answer = hall
                .ask(STRANGER, method, &format!("/api{path}"), body)
                .await;
            (answer.status, answer.body)
        };
        let (theirs, nobodys) = (ask(theirs).await, ask(nobodys).await);
        assert!(theirs.0.is_client_error(), "{path}: {}", theirs.1);
        assert_eq!(theirs, nobodys, "{path}");
    }
}

#[tokio::test]
async fn a_record_of_another_institution_is_as_if_it_were_not_there() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    let of_one_record = |route: &str| {
        route.contains("{id}/")
            || ["incidents", "batch-scripts", "timetables"]
                .iter()
                .any(|list| route == format!("/{list}/{{id}}"))
    };
    for (route, method) in closed().filter(|(route, _)| of_one_record(route)) {
        let theirs = hall
            .ask(STRANGER, method.clone(), &full(route, "1"), body())
            .await;
        let nobodys = hall
            .ask(STRANGER, method, &full(route, "424242"), body())
            .await;
        assert_eq!(theirs.body, nobodys.body, "{route}");
        theirs.refused(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn lists_of_one_institution_are_empty_in_the_other() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    for route in [
        "/incidents",
        "/incidents/my-incidents",
        "/incidents/exam/1",
        "/incidents/reporter/8",
        "/incidents/assignee/3",
        "/batch-scripts",
        "/batch-scripts/lecturer/24",
        "/timetables",
        "/notifications",
    ] {
        let theirs = hall
            .get(STRANGER, &full(route, ""))
            .await
            .expect(StatusCode::OK);
        assert_eq!(theirs["data"], json!([]), "{route}");
    }
    let numbers = hall
        .get(STRANGER, "/api/incidents/stats/overview")
        .await
        .expect(StatusCode::OK);
    assert_eq!(numbers["data"]["total"], json!(0));
    let log = hall
        .get(STRANGER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    assert_eq!(log["data"]["events"], json!([]));
    let copy = hall.get(STRANGER, "/api/sync/snapshot").await;
    assert_eq!(copy.status, StatusCode::OK);
    assert!(!copy.body.to_string().contains("Ankobra"));
}

#[tokio::test]
async fn a_lecturer_of_another_paper_sees_neither_hall_nor_batch() {
    let hall = Hall::new().await;
    let incident = hall.incident("HIGH").await;
    for path in [
        format!("/api/incidents/{}", incident["id"]),
        "/api/batch-scripts/1".to_owned(),
        "/api/timetables/1".to_owned(),
    ] {
        hall.get(LECTURER, &path).await.refused(404, "NOT_FOUND");
        hall.get(OFFICER, &path).await.expect(StatusCode::OK);
    }
    let log = hall
        .get(LECTURER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    assert_eq!(log["data"]["events"], json!([]));
    let log = hall
        .get(OFFICER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    assert_eq!(log["data"]["events"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_invigilator_reports_and_does_not_decide() {
    let hall = Hall::new().await;
    let path = format!("/api/incidents/{}", hall.incident("LOW").await["id"]);
    for (step, code) in [
        ("assign", "INSUFFICIENT_PERMISSIONS"),
        ("acknowledge", "INSUFFICIENT_PERMISSIONS"),
        ("resolve", "INSUFFICIENT_PERMISSIONS"),
    ] {
        let answer = hall
            .post(INVIGILATOR, &format!("{path}/{step}"), body())
            .await;
        answer.refused(403, code);
    }
    hall.post(INVIGILATOR, &format!("{path}/comments"), body())
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn a_confidential_case_is_hidden_from_colleagues() {
    let hall = Hall::new().await;
    let report = json!({
        "type": "STAFF_CONDUCT", "description": "In confidence.", "examId": 1,
        "confidential": true,
    });
    let reported = hall.post(INVIGILATOR, "/api/incidents", report).await;
    let path = format!(
        "/api/incidents/{}",
        reported.expect(StatusCode::CREATED)["data"]["id"]
    );
    hall.get(INVIGILATOR, &path).await.expect(StatusCode::OK);
    hall.get(OFFICER, &path).await.expect(StatusCode::OK);
    hall.get(10, &path).await.refused(404, "NOT_FOUND");
}
