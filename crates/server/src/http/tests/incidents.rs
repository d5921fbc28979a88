use uuid::Uuid;

use super::*;

fn ids(body: &Value) -> Vec<i64> {
    let incidents = body["incidents"].as_array().unwrap();
    incidents
        .iter()
        .map(|incident| incident["id"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_report_in_the_guides_spelling_is_understood() {
    let hall = Hall::new().await;
    let report = json!({
        "type": "Missing Script", "severity": "high", "title": "C9", "description": "Not there.",
        "examId": 1, "examEntryId": 1, "seat": "c9", "candidates": [{ "studentId": 1, "role": "SUBJECT" }, 2],
        "institutionId": 1, "attachments": [],
    });
    let body = hall
        .post(CHIEF, "/api/incidents", report)
        .await
        .expect(StatusCode::CREATED);
    let incident = &body["data"];
    for (key, value) in [
        ("type", json!("MISSING_SCRIPT")),
        ("severity", json!("HIGH")),
        ("status", json!("REPORTED")),
        ("examId", json!(1)),
        ("seat", json!("C9")),
        ("candidates", json!([1, 2])),
        ("reportedById", json!(CHIEF)),
        ("daysOpen", json!(0)),
        ("assignedToId", Value::Null),
    ] {
        assert_eq!(incident[key], value, "{key}");
    }
}

#[tokio::test]
async fn a_report_sent_again_is_one_incident() {
    let hall = Hall::new().await;
    let report = json!({ "type": "OTHER", "description": "Noise." });
    let keyed = |body: &Value, key: &str| {
        let mut request = hall.request(CHIEF, Method::POST, "/api/incidents", body);
        request
            .headers_mut()
            .insert("idempotency-key", key.parse().unwrap());
        request
    };
    for key in ["b1946ac9-2f3e-4f5a-8f4b-6e0d6a1f0c11", "form 7 of Tuesday"] {
        let first = hall
            .send(keyed(&report, key))
            .await
            .expect(StatusCode::CREATED);
        let again = hall
            .send(keyed(&report, key))
            .await
            .expect(StatusCode::CREATED);
        assert_eq!(first["data"]["id"], again["data"]["id"]);
    }
    let other = json!({ "type": "OTHER", "description": "Something else." });
    hall.send(keyed(&other, "form 7 of Tuesday"))
        .await
        .refused(409, "KEY_REUSED");
    let named = json!({ "type": "OTHER", "description": "Noise.", "clientRef": Uuid::now_v7() });
    for _ in 0..2 {
        hall.post(CHIEF, "/api/incidents", named.clone())
            .await
            .expect(StatusCode::CREATED);
    }
    let list = hall
        .get(OFFICER, "/api/incidents")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["pagination"]["total"], json!(3));
}

#[tokio::test]
async fn an_incident_is_found_by_each_of_its_names() {
    let hall = Hall::new().await;
    let incident = hall.incident("LOW").await;
    for name in ["id", "ref", "number"] {
        let name = incident[name].to_string();
        let path = format!("/api/incidents/{}", name.trim_matches('"'));
        let body = hall.get(OFFICER, &path).await.expect(StatusCode::OK);
        assert_eq!(body["data"]["id"], incident["id"]);
    }
}

#[tokio::test]
async fn a_list_is_filtered_ordered_and_cut_into_pages() {
    let hall = Hall::new().await;
    for severity in ["LOW", "HIGH", "MEDIUM"] {
        hall.incident(severity).await;
    }
    let list = async |query: &str| {
        let body = hall.get(OFFICER, &format!("/api/incidents?{query}")).await;
        body.expect(StatusCode::OK)
    };
    assert_eq!(ids(&list("").await), [3, 2, 1]);
    assert_eq!(ids(&list("sortBy=severity&sortOrder=asc").await), [1, 3, 2]);
    assert_eq!(ids(&list("severity=high").await), [2]);
    assert_eq!(
        ids(&list("search=PILE&status=REPORTED&examId=1&reportedById=8").await),
        [3, 2, 1]
    );
    assert!(ids(&list("search=fire").await).is_empty());
    assert!(ids(&list("institutionId=2").await).is_empty());
    assert!(ids(&list("endDate=2020-01-01").await).is_empty());
    assert_eq!(
        ids(&list("startDate=2020-01-01&type=Missing%20Script").await),
        [3, 2, 1]
    );
    let page = list("page=2&limit=2").await;
    assert_eq!(ids(&page), [1]);
    let expected = json!({
        "page": 2, "limit": 2, "total": 3, "totalPages": 2, "hasNext": false, "hasPrev": true,
    });
    assert_eq!(page["pagination"], expected);
    for query in [
        "sortBy=password",
        "severity=WILD",
        "sortOrder=up",
        "startDate=soon",
    ] {
        let path = format!("/api/incidents?{query}");
        hall.get(OFFICER, &path).await.refused(400, "INVALID");
    }
}

#[tokio::test]
async fn a_case_goes_its_way_and_a_step_out_of_order_says_what_is_possible() {
    let hall = Hall::new().await;
    let path = format!("/api/incidents/{}", hall.incident("HIGH").await["id"]);
    let step = async |method: Method, name: &str, body: Value| {
        hall.ask(OFFICER, method, &format!("{path}/{name}"), body)
            .await
    };
    let refused = step(Method::POST, "close", Value::Null).await;
    let refused = refused.refused(409, "ILLEGAL_TRANSITION");
    assert_eq!(
        (&refused["from"], &refused["to"]),
        (&json!("REPORTED"), &json!("CLOSED"))
    );
    let allowed = json!(["UNDER_INVESTIGATION", "ESCALATED", "RESOLVED"]);
    assert_eq!(refused["allowed"], allowed);
    step(Method::POST, "acknowledge", Value::Null)
        .await
        .expect(StatusCode::OK);
    let assigned = step(Method::PATCH, "assign", json!({ "assignedToId": 4 })).await;
    assert_eq!(
        assigned.expect(StatusCode::OK)["data"]["assignedToId"],
        json!(4)
    );
    step(
        Method::POST,
        "comments",
        json!({ "text": "Asked the chief." }),
    )
    .await
    .expect(StatusCode::OK);
    step(Method::POST, "escalate", json!({ "note": "Dean." }))
        .await
        .expect(StatusCode::OK);
    let resolved = step(Method::PATCH, "resolve", json!({ "resolution": "Found." })).await;
    assert_eq!(
        resolved.expect(StatusCode::OK)["data"]["status"],
        json!("RESOLVED")
    );
    step(Method::POST, "close", Value::Null)
        .await
        .refused(409, "SEPARATION_OF_DUTY");
    step(Method::POST, "reopen", json!({ "reason": "" }))
        .await
        .refused(422, "INVALID");
    let reopened = step(
        Method::POST,
        "reopen",
        json!({ "reason": "Not the same script." }),
    )
    .await;
    assert_eq!(
        reopened.expect(StatusCode::OK)["data"]["status"],
        json!("UNDER_INVESTIGATION")
    );
    let overview = hall.get(OFFICER, "/api/incidents/stats/overview").await;
    let overview = overview.expect(StatusCode::OK);
    assert_eq!(overview["data"]["bySeverity"], json!({ "HIGH": 1 }));
    assert_eq!(
        (&overview["data"]["total"], &overview["data"]["open"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn an_old_clients_put_becomes_the_steps_it_means() {
    let hall = Hall::new().await;
    let incident = hall.incident("LOW").await;
    let path = format!("/api/incidents/{}", incident["id"]);
    let put = async |version: &Value, body: Value| {
        let mut request = hall.request(OFFICER, Method::PUT, &path, &body);
        request
            .headers_mut()
            .insert(header::IF_MATCH, version.to_string().parse().unwrap());
        hall.send(request).await
    };
    let body = json!({
        "severity": "MEDIUM", "status": "UNDER_INVESTIGATION", "assignedToId": 4,
        "notes": "Two people saw it.",
    });
    let changed = put(&incident["seq"], body.clone())
        .await
        .expect(StatusCode::OK);
    assert_eq!(changed["data"]["severity"], json!("MEDIUM"));
    assert_eq!(changed["data"]["assignedToId"], json!(4));
    assert_eq!(changed["data"]["nEvents"], json!(4));
    put(&incident["seq"], body)
        .await
        .refused(412, "CHANGED_SINCE");
    let seq = &changed["data"]["seq"];
    put(seq, json!({ "colour": "red" }))
        .await
        .refused(400, "INVALID");
    let resolve = json!({ "status": "RESOLVED", "resolution": "Found in the next pile." });
    let resolved = put(seq, resolve).await.expect(StatusCode::OK);
    assert_eq!(resolved["data"]["status"], json!("RESOLVED"));
}

#[tokio::test]
async fn officers_are_told_of_a_high_incident_and_mark_it_read() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    let mine = hall
        .get(OFFICER, "/api/notifications")
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&mine["unread"], &mine["data"][0]["isRead"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(mine["data"][0].get("userIds"), None);
    let path = format!("/api/notifications/{}/read", mine["data"][0]["id"]);
    hall.post(CHIEF, &path, Value::Null)
        .await
        .refused(404, "NOT_FOUND");
    for _ in 0..2 {
        hall.post(OFFICER, &path, Value::Null)
            .await
            .expect(StatusCode::OK);
    }
    hall.incident("CRITICAL").await;
    let all = hall
        .post(OFFICER, "/api/notifications/read-all", Value::Null)
        .await;
    assert_eq!(all.expect(StatusCode::OK)["data"]["count"], json!(1));
    let mine = hall
        .get(OFFICER, "/api/notifications")
        .await
        .expect(StatusCode::OK);
    assert_eq!(mine["unread"], json!(0));
}
