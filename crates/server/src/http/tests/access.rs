//! Every route, asked by everybody.

use super::*;

/// Who may ask a route at all.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Open {
    /// Everybody.
    All,
    /// Who has signed in.
    Signed,
    /// The socket has its own tests.
    Socket,
}

use Open::{All, Signed, Socket};

/// Every route with its methods; `{id}` is a record of the demo institution.
const ROUTES: &[(&str, &str, Open)] = &[
    ("/healthz", "GET", All),
    ("/health", "GET", All),
    ("/auth/login", "POST", All),
    ("/auth/refresh", "POST", All),
    ("/demo/accounts", "GET", All),
    ("/auth/logout", "POST", Signed),
    ("/auth/profile", "GET", Signed),
    ("/auth/my-permissions", "GET", Signed),
    ("/auth/change-password", "POST", Signed),
    ("/incidents", "GET POST", Signed),
    ("/incidents/stats/overview", "GET", Signed),
    ("/incidents/statistics", "GET", Signed),
    ("/incidents/my-incidents", "GET", Signed),
    ("/incidents/exam/{id}", "GET", Signed),
    ("/incidents/reporter/{id}", "GET", Signed),
    ("/incidents/assignee/{id}", "GET", Signed),
    ("/incidents/{id}", "GET PUT", Signed),
    ("/incidents/{id}/assign", "PATCH POST", Signed),
    ("/incidents/{id}/resolve", "PATCH POST", Signed),
    ("/incidents/{id}/acknowledge", "PATCH POST", Signed),
    ("/incidents/{id}/unacknowledge", "PATCH POST", Signed),
    ("/incidents/script/{id}", "GET", Signed),
    ("/incidents/{id}/escalate", "PATCH POST", Signed),
    ("/incidents/{id}/close", "PATCH POST", Signed),
    ("/incidents/{id}/reopen", "PATCH POST", Signed),
    ("/incidents/{id}/comments", "PATCH POST", Signed),
    ("/batch-scripts", "GET", Signed),
    (
        "/batch-scripts/entry/{entry}/course/{course}",
        "GET",
        Signed,
    ),
    ("/batch-scripts/pending/assignment", "GET", Signed),
    ("/batch-scripts/lecturer/{id}", "GET", Signed),
    ("/batch-scripts/{id}", "GET", Signed),
    ("/batch-scripts/{id}/statistics", "GET", Signed),
    ("/batch-scripts/{id}/open", "PATCH POST", Signed),
    ("/batch-scripts/{id}/update-counts", "PATCH POST", Signed),
    ("/batch-scripts/{id}/seal", "PATCH POST", Signed),
    ("/batch-scripts/{id}/assign", "PATCH POST", Signed),
    ("/batch-scripts/{id}/status", "PATCH POST", Signed),
    ("/timetables", "GET POST", Signed),
    ("/timetables/{id}", "GET PUT", Signed),
    ("/timetables/{id}/statistics", "GET", Signed),
    ("/timetables/{id}/conflicts", "GET", Signed),
    ("/timetables/{id}/status", "PUT", Signed),
    ("/timetables/{id}/publish", "POST", Signed),
    ("/timetables/{id}/submit-for-approval", "POST", Signed),
    ("/timetables/{id}/approve", "POST", Signed),
    ("/timetables/{id}/reject", "POST", Signed),
    ("/script-submissions/submit", "POST", Signed),
    ("/script-submissions/bulk-submit", "POST", Signed),
    ("/script-submissions/scan-student", "POST", Signed),
    ("/script-submissions/{id}/verify", "POST", Signed),
    ("/script-submissions/batch/{id}/history", "GET", Signed),
    (
        "/script-submissions/student/{student}/exam/{exam}",
        "GET",
        Signed,
    ),
    ("/exam-registrations/entry/{id}", "GET", Signed),
    ("/exam-registrations/missing-scripts/{id}", "GET", Signed),
    ("/exam-registrations/statistics/{id}", "GET", Signed),
    ("/exam-registrations/attendance", "POST", Signed),
    ("/exam-logistics/assign-invigilator", "POST", Signed),
    ("/exam-logistics/reassign-invigilator", "PUT", Signed),
    ("/exam-logistics/invigilator-presence", "PUT", Signed),
    ("/exam-logistics/check-in-student", "POST", Signed),
    ("/exam-logistics/report-incident", "POST", Signed),
    ("/exam-logistics/session-logs/{id}", "GET", Signed),
    ("/exam-logistics/incidents/{id}", "GET", Signed),
    ("/exam-logistics/my-assigned-venues", "GET", Signed),
    ("/exam-logistics/institution-dashboard", "GET", Signed),
    ("/exam-logistics/exams-officer-dashboard", "GET", Signed),
    ("/exam-logistics/invigilator-dashboard", "GET", Signed),
    ("/timetables/{id}/entries", "GET", Signed),
    ("/notifications", "GET", Signed),
    ("/notifications/read-all", "PATCH POST", Signed),
    ("/notifications/{id}/read", "PATCH POST", Signed),
    ("/import", "POST", Signed),
    ("/export/{what}", "GET", Signed),
    ("/sync/snapshot", "GET", Signed),
    ("/sync/events", "GET", Signed),
    ("/sync/ops", "POST", Signed),
    ("/commands", "POST", Signed),
    ("/socket.io/", "GET", Socket),
    ("/socket.io", "GET", Socket),
];

const SOURCES: &[&str] = &[
    include_str!("../batches.rs"),
    include_str!("../export.rs"),
    include_str!("../health.rs"),
    include_str!("../import.rs"),
    include_str!("../incidents.rs"),
    include_str!("../login.rs"),
    include_str!("../logistics.rs"),
    include_str!("../registrations.rs"),
    include_str!("../submissions.rs"),
    include_str!("../notices.rs"),
    include_str!("../sync.rs"),
    include_str!("../timetables.rs"),
    include_str!("../../engine.rs"),
];

/// A body that every route can read.
fn body() -> Value {
    json!({
        "type": "OTHER", "description": "Noise.", "assignedToId": 4, "resolution": "Quiet again.",
        "reason": "Again.", "text": "Noted.", "severity": "CRITICAL", "lecturerId": 24,
        "status": "IN_COLLECTION", "scriptsCollected": 1, "count": 1, "sealNumber": "S-1",
        "witnessId": 9,
    })
}

fn full(route: &str, id: &str) -> String {
    let route = route
        .replace("{id}", id)
        .replace("{entry}", id)
        .replace("{course}", "CSE201")
        .replace("{what}", "events")
        .replace("{student}", id)
        .replace("{exam}", id);
    if route.starts_with("/health") {
        route
    } else {
        format!("/api{route}")
    }
}

/// Each route and method that only who signed in may ask.
fn closed() -> impl Iterator<Item = (&'static str, Method)> {
    let closed = ROUTES.iter().filter(|(.., open)| *open == Signed);
    closed.flat_map(|(route, methods, _)| {
        methods
            .split(' ')
            .map(move |method| (*route, method.parse().unwrap()))
    })
}

#[test]
fn no_route_is_missing_from_the_table() {
    let mut found = 0;
    for source in SOURCES {
        for rest in source.split(".route(").skip(1) {
            let route = rest.split('"').nth(1).unwrap();
            assert!(
                ROUTES.iter().any(|(known, ..)| *known == route),
                "{route} is in no row"
            );
            found += 1;
        }
    }
    assert_eq!(found, ROUTES.len());
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
