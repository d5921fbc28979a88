//! The description says what the server does.

use std::collections::BTreeSet;

use super::{
    access::{body, full, paths},
    *,
};
use crate::http::openapi::{ROUTES, Route, answer, document};

/// Whether a real answer is what the document says of its route.
#[track_caller]
pub(super) fn fits(route: &Route, real: &Answer) {
    let promised = if real.status.is_success() {
        answer(route.answer)
    } else {
        json!({ "$ref": "#/components/schemas/Error" })
    };
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [promised],
        "components": document()["components"],
    });
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = schema
        .iter_errors(&real.body)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect();
    assert!(
        wrong.is_empty(),
        "{}: {wrong:#?}\n{}",
        route.path,
        real.body
    );
}

pub(super) fn route(path: &str, method: &Method) -> &'static Route {
    let is_it = |route: &&Route| route.path == path && route.methods.contains(method.as_str());
    ROUTES.iter().find(is_it).unwrap()
}

#[test]
fn every_route_of_the_router_is_in_the_document_and_no_other() {
    let described: BTreeSet<&str> = ROUTES.iter().map(|route| route.path).collect();
    assert_eq!(described, paths());
}

#[test]
fn every_schema_that_is_named_is_there_and_used() {
    let document = document().to_string();
    let whole: Value = serde_json::from_str(&document).unwrap();
    let schemas = whole["components"]["schemas"].as_object().unwrap();
    let named: BTreeSet<&str> = document
        .split("#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let there: BTreeSet<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(named, there);
}

#[tokio::test]
async fn the_document_is_served_to_everybody() {
    let hall = Hall::new().await;
    let served = hall.get(0, "/api/openapi.json").await;
    assert_eq!(
        (served.status, &served.body["openapi"]),
        (StatusCode::OK, &json!("3.1.0"))
    );
    let operation = &served.body["paths"]["/api/incidents/{id}/assign"]["patch"];
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(schema, "#/components/schemas/AssignIncident");
}

#[tokio::test]
async fn every_route_of_the_document_answers_as_it_says() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    let reading = ROUTES.iter().filter(|route| route.methods.contains("GET"));
    for route in reading.filter(|route| route.answer != "file") {
        let path = full(route.path, "1").replace("/student/1/", "/student/1001/");
        let real = hall.get(OFFICER, &path).await;
        // The script of a student who is not in this sitting is not there, nor is a file.
        let mut lacks = ["{student}", "{evidence}"].into_iter();
        let lacks = lacks.any(|name| route.path.contains(name));
        let there = real.status == StatusCode::OK || lacks;
        assert!(there, "{path}: {} {}", real.status, real.body);
        fits(route, &real);
    }
    for route in ROUTES {
        for method in route.methods.split(' ').filter(|method| *method != "GET") {
            let method: Method = method.parse().unwrap();
            let real = hall
                .ask(OFFICER, method, &full(route.path, "1"), body())
                .await;
            assert_ne!(
                real.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{}",
                route.path
            );
            assert_ne!(real.body["message"], "There is nothing at this address.");
            fits(route, &real);
        }
    }
}

/// Changes that go well one after another: who, method, route, body.
const ACCEPTED: &str = r#"
0 POST /auth/login {"email": "adjoa.mb@aut.example", "password": "hall-test-password"}
8 POST /incidents {"type": "OTHER", "description": "Noise."}
3 POST /incidents/{id}/acknowledge {}
3 PATCH /incidents/{id}/assign {"assignedToId": 3}
3 PUT /incidents/{id} {"notes": "Looked under the desk."}
3 POST /incidents/{id}/comments {"text": "Found."}
3 PATCH /incidents/{id}/resolve {"resolution": "Found."}
8 POST /batch-scripts/{id}/open {}
8 POST /exam-registrations/attendance {"registrationId": "1/1001"}
8 POST /script-submissions/submit {"studentQRCode": "1001", "examEntryId": 1}
8 POST /script-submissions/scan-student {"studentQRCode": "1001"}
8 POST /script-submissions/bulk-submit {"submissions": [{"studentQRCode": "1001", "examEntryId": 1}]}
8 PUT /exam-logistics/invigilator-presence {"assignmentId": "1/8", "action": "check_in"}
3 POST /notifications/read-all {}
3 POST /timetables {"title": "Resits", "startDate": "2027-01-11", "endDate": "2027-01-12"}
3 POST /import {"files": [{"name": "venues.csv", "text": "code,name,capacity\nPIER,Pier,60\n"}]}
"#;

#[tokio::test]
async fn changes_that_are_accepted_answer_as_the_document_says() {
    let hall = Hall::new().await;
    let case = hall.incident("HIGH").await["id"].to_string();
    for line in ACCEPTED.trim().lines() {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        let [user, method, path, body] = words[..] else {
            panic!("{line}")
        };
        let id = if path.starts_with("/incidents") {
            case.as_str()
        } else {
            "1"
        };
        let body = serde_json::from_str(body).unwrap();
        let (user, method) = (user.parse().unwrap(), method.parse().unwrap());
        let route = route(path, &method);
        let real = hall.ask(user, method, &full(path, id), body).await;
        assert!(real.status.is_success(), "{line}: {}", real.body);
        fits(route, &real);
    }
    let of_batch = "/script-submissions/batch/{id}/history";
    let steps = hall.get(CHIEF, &full(of_batch, "1")).await;
    assert_eq!(steps.body["count"], json!(1));
    fits(route(of_batch, &Method::GET), &steps);
}
