//! Single sittings of a timetable, and what keeps it from being published.

use super::*;

const ADMIN: i64 = 2;

/// A draft of one day; its address.
async fn draft(hall: &Hall) -> String {
    let days = json!({ "title": "Resits", "startDate": "2027-01-11", "endDate": "2027-01-12" });
    let made = hall.post(OFFICER, "/api/timetables", days).await;
    let made = made.expect(StatusCode::CREATED);
    format!("/api/timetables/{}", made["data"]["id"])
}

fn paper(course: &str) -> Value {
    json!({
        "courseCode": course, "courseName": "Statistics", "facultyId": 1, "departmentId": 1,
        "venueId": 1, "room": "A", "startTime": "2027-01-11T09:00:00Z",
        "endTime": "2027-01-11T11:00:00Z", "chiefId": CHIEF, "invigilatorIds": [INVIGILATOR],
        "lecturerId": 24,
    })
}

async fn entered(hall: &Hall, path: &str, course: &str) -> Value {
    let made = hall
        .post(OFFICER, &format!("{path}/entries"), paper(course))
        .await;
    made.expect(StatusCode::CREATED)["data"].clone()
}

#[tokio::test]
async fn a_sitting_enters_a_draft_moves_to_another_hour_and_is_called_off() {
    let hall = Hall::new().await;
    let path = draft(&hall).await;
    let made = entered(&hall, &path, "STA101").await;
    assert_eq!(made["startTime"], json!("2027-01-11T09:00:00.000Z"));
    assert_eq!(made["invigilators"][0]["userId"], json!(CHIEF));
    let listed = hall
        .get(OFFICER, &format!("{path}/entries"))
        .await
        .expect(StatusCode::OK);
    assert_eq!(listed["count"], json!(1));
    let batch = hall
        .get(OFFICER, &format!("/api/batch-scripts/{}", made["batchId"]))
        .await;
    let mut twin = paper("STA101");
    twin["batchCode"] = batch.expect(StatusCode::OK)["data"]["batchQRCode"].clone();
    hall.post(OFFICER, &format!("{path}/entries"), twin)
        .await
        .refused(409, "ALREADY_EXISTS");
    let entry = format!("/api/timetable-entries/{}", made["id"]);
    let later = json!({ "startTime": "2027-01-12T13:00:00Z", "endTime": "2027-01-12T15:00:00Z" });
    let moved = hall
        .ask(OFFICER, Method::PUT, &entry, later)
        .await
        .expect(StatusCode::OK);
    assert_eq!(moved["data"]["endTime"], json!("2027-01-12T15:00:00.000Z"));
    assert_eq!(moved["data"]["invigilators"].as_array().unwrap().len(), 2);
    let outside = json!({ "startTime": "2028-01-12T13:00:00Z", "endTime": "2028-01-12T15:00:00Z" });
    hall.ask(OFFICER, Method::PUT, &entry, outside)
        .await
        .refused(400, "INVALID");
    let why = json!({ "reason": "Nobody is registered" });
    for user in [CHIEF, INVIGILATOR] {
        let refused = hall.ask(user, Method::DELETE, &entry, why.clone()).await;
        assert!([403, 404].contains(&refused.status.as_u16()), "{user}");
    }
    let off = hall
        .ask(ADMIN, Method::DELETE, &entry, why)
        .await
        .expect(StatusCode::OK);
    assert_eq!(off["data"]["phase"], json!("CANCELLED"));
    let log = hall
        .get(OFFICER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    let last = log["data"]["events"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(last["payload"]["reason"], json!("Nobody is registered"));
    hall.get(OFFICER, &entry).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_published_sitting_changes_its_room_by_a_revision_and_nothing_else() {
    let hall = Hall::new().await;
    let entry = "/api/timetable-entries/1";
    let published = hall.post(OFFICER, "/api/timetables/1/publish", Value::Null);
    published.await.expect(StatusCode::OK);
    let put = async |body: Value| hall.ask(OFFICER, Method::PUT, entry, body).await;
    put(json!({ "startTime": "2026-12-08T09:00:00Z" }))
        .await
        .refused(409, "NO_DRAFT");
    put(json!({ "chiefId": 9 })).await.refused(409, "NO_DRAFT");
    let before = hall
        .get(OFFICER, "/api/timetables/1")
        .await
        .expect(StatusCode::OK);
    let moved = put(json!({ "room": "Annex" })).await.expect(StatusCode::OK);
    assert_eq!(moved["data"]["room"], json!("Annex"));
    let after = hall
        .get(OFFICER, "/api/timetables/1")
        .await
        .expect(StatusCode::OK);
    let revision = |body: &Value| body["data"]["revision"].as_i64().unwrap();
    assert_eq!(revision(&after), revision(&before) + 1);
}

#[tokio::test]
async fn what_clashes_is_published_only_with_a_reason() {
    let hall = Hall::new().await;
    let path = draft(&hall).await;
    entered(&hall, &path, "STA101").await;
    entered(&hall, &path, "STA202").await;
    let found = hall
        .post(OFFICER, &format!("{path}/detect-conflicts"), Value::Null)
        .await;
    let found = found.expect(StatusCode::OK);
    let kinds: Vec<&Value> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["type"])
        .collect();
    assert!(kinds.contains(&&json!("INVIGILATOR_OVERLAP")), "{kinds:?}");
    for (user, step) in [(OFFICER, "submit-for-approval"), (ADMIN, "approve")] {
        let done = hall
            .post(user, &format!("{path}/{step}"), Value::Null)
            .await;
        done.expect(StatusCode::OK);
    }
    let publish = format!("{path}/publish");
    let stopped = hall.post(OFFICER, &publish, Value::Null).await;
    let stopped = stopped.refused(409, "DISCREPANCY");
    assert!(
        stopped["message"]
            .as_str()
            .unwrap()
            .contains("at the same time"),
        "{stopped}"
    );
    hall.post(OFFICER, &publish, json!({ "inSpiteOf": " " }))
        .await
        .refused(422, "INVALID");
    let reason = json!({ "inSpiteOf": "The second room is next door" });
    hall.post(OFFICER, &publish, reason)
        .await
        .expect(StatusCode::OK);
    let log = hall
        .get(OFFICER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    let events = log["data"]["events"].as_array().unwrap();
    let published = events
        .iter()
        .find(|event| event["event"] == json!("timetable:published"));
    let why = &published.unwrap()["payload"]["inSpiteOf"];
    assert_eq!(why, &json!("The second room is next door"));
    let batches = hall
        .post(OFFICER, &format!("{path}/create-batches"), Value::Null)
        .await;
    assert_eq!(batches.expect(StatusCode::OK)["batchesCreated"], json!(2));
}
