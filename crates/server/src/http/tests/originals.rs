//! The original's paths beside incidents and batches, in its shapes.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::*;

/// Sitting 1 is in the middle of its writing, and its batch is open.
async fn writing() -> Hall {
    let hall = Hall::new().await;
    for phase in ["ADMITTING", "WRITING"] {
        let command = json!({
            "commandId": uuid::Uuid::now_v7(), "command": "setPhase",
            "input": { "sittingId": 1, "to": phase },
            "occurredAt": hall.app.clock.now(), "recordedAt": hall.app.clock.now(),
            "clockOffsetMs": 0,
        });
        hall.post(CHIEF, "/api/commands", command)
            .await
            .expect(StatusCode::OK);
    }
    let open = hall
        .post(CHIEF, "/api/batch-scripts/1/open", Value::Null)
        .await;
    open.expect(StatusCode::OK);
    hall
}

/// The first row of the register of sitting 1.
async fn first(hall: &Hall) -> Value {
    let register = hall.get(CHIEF, "/api/exam-registrations/entry/1").await;
    register.expect(StatusCode::OK)["data"][0].clone()
}

#[tokio::test]
async fn a_script_that_is_scanned_twice_is_in_once() {
    let hall = writing().await;
    let student = first(&hall).await;
    let code = json!({ "type": "STUDENT", "studentId": student["studentId"] });
    let code = STANDARD.encode(code.to_string());
    let body = json!({ "studentQRCode": code });
    let scanned = hall
        .post(CHIEF, "/api/script-submissions/scan-student", body.clone())
        .await;
    let scanned = scanned.expect(StatusCode::OK);
    assert_eq!(scanned["canSubmit"], json!(true));
    assert_eq!(scanned["activeExams"][0]["courseCode"], json!("CSE201"));
    let before = hall
        .app
        .store
        .cursor(elms_protocol::InstitutionId(1))
        .unwrap()
        .seq;
    for user in [CHIEF, INVIGILATOR] {
        let done = hall
            .post(user, "/api/script-submissions/submit", body.clone())
            .await;
        let done = done.expect(StatusCode::OK);
        assert_eq!(done["data"]["batchStats"]["totalSubmitted"], json!(1));
        assert_eq!(done["data"]["studentName"], student["name"]);
    }
    let after = hall
        .app
        .store
        .cursor(elms_protocol::InstitutionId(1))
        .unwrap()
        .seq;
    assert_eq!(after, before.next(), "handed in once");
    let history = hall
        .get(CHIEF, "/api/script-submissions/batch/1/history")
        .await;
    let history = history.expect(StatusCode::OK);
    assert_eq!(
        (&history["count"], &history["data"][0]["step"]),
        (&json!(1), &json!("SUBMITTED"))
    );
    let path = format!(
        "/api/script-submissions/student/{}/exam/1",
        student["studentId"]
    );
    let one = hall.get(CHIEF, &path).await.expect(StatusCode::OK);
    assert_eq!(one["data"]["isSubmitted"], json!(true));
    let path = format!("/api/script-submissions/{}/verify", student["studentId"]);
    hall.post(CHIEF, &path, json!({ "batchId": 1 }))
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn many_scripts_are_each_answered_for_themselves() {
    let hall = writing().await;
    let register = hall.get(CHIEF, "/api/exam-registrations/entry/1").await;
    let register = register.expect(StatusCode::OK);
    let code = |at: usize| json!({ "studentQRCode": register["data"][at]["indexNumber"] });
    let many = json!({ "submissions": [code(0), code(1), code(0), { "studentQRCode": "nobody" }] });
    let done = hall
        .post(CHIEF, "/api/script-submissions/bulk-submit", many)
        .await;
    let done = done.expect(StatusCode::OK);
    assert_eq!(
        (&done["successCount"], &done["failureCount"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(done["results"][3]["success"], json!(false));
    let stranger = json!({ "studentQRCode": register["data"][5]["indexNumber"] });
    let other = hall
        .post(STRANGER, "/api/script-submissions/submit", stranger.clone())
        .await;
    other.refused(404, "NOT_FOUND");
    let lecturer = hall
        .post(LECTURER, "/api/script-submissions/submit", stranger)
        .await;
    lecturer.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn the_register_says_who_came_and_whose_script_is_missing() {
    let hall = writing().await;
    let student = first(&hall).await;
    let came = json!({ "registrationId": student["id"], "attendance": "LATE" });
    // The demo day lies in the future: nobody is late yet, and the rules count the minutes.
    let marked = hall
        .post(CHIEF, "/api/exam-registrations/attendance", came.clone())
        .await;
    let marked = marked.expect(StatusCode::OK);
    assert_eq!(
        (&marked["data"]["isPresent"], &marked["data"]["attendance"]),
        (&json!(true), &json!("LATE"))
    );
    let again = hall
        .post(CHIEF, "/api/exam-logistics/check-in-student", came)
        .await;
    again.refused(409, "ALREADY_EXISTS");
    let missing = hall
        .get(CHIEF, "/api/exam-registrations/missing-scripts/1")
        .await;
    let missing = missing.expect(StatusCode::OK);
    assert_eq!(
        (&missing["count"], &missing["data"][0]["seatNumber"]),
        (&json!(1), &student["seat"])
    );
    let script = json!({ "studentQRCode": student["indexNumber"], "examEntryId": 1 });
    hall.post(CHIEF, "/api/script-submissions/submit", script)
        .await
        .expect(StatusCode::OK);
    let missing = hall
        .get(CHIEF, "/api/exam-registrations/missing-scripts/1")
        .await;
    assert_eq!(missing.expect(StatusCode::OK)["count"], json!(0));
    let figures = hall
        .get(OFFICER, "/api/exam-registrations/statistics/1")
        .await;
    let figures = figures.expect(StatusCode::OK);
    assert_eq!(
        (
            &figures["data"]["present"],
            &figures["data"]["scriptsSubmitted"]
        ),
        (&json!(1), &json!(1))
    );
    hall.get(LECTURER, "/api/exam-registrations/entry/1")
        .await
        .refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_hall_is_looked_after_by_its_original_paths() {
    let hall = writing().await;
    let board = hall
        .get(OFFICER, "/api/exam-logistics/institution-dashboard")
        .await;
    let board = board.expect(StatusCode::OK);
    assert_eq!(
        (
            &board["data"]["totalSessions"],
            &board["data"]["inProgress"]
        ),
        (&json!(8), &json!(1))
    );
    let mine = hall
        .get(CHIEF, "/api/exam-logistics/my-assigned-venues")
        .await;
    let mine = mine.expect(StatusCode::OK);
    assert_eq!(mine["data"][0]["examEntryId"], json!(1));
    let n_mine = hall
        .get(CHIEF, "/api/exam-logistics/invigilator-dashboard")
        .await;
    assert_eq!(
        n_mine.expect(StatusCode::OK)["data"]["totalSessions"],
        mine["count"]
    );
    let report = json!({ "type": "VENUE_ISSUE", "description": "Fans.", "examEntryId": 1 });
    let report = hall
        .post(CHIEF, "/api/exam-logistics/report-incident", report)
        .await;
    report.expect(StatusCode::CREATED);
    let cases = hall
        .get(OFFICER, "/api/exam-logistics/incidents/1")
        .await
        .expect(StatusCode::OK);
    assert_eq!(cases["count"], json!(1));
    let lines = hall
        .get(OFFICER, "/api/exam-logistics/session-logs/1")
        .await;
    lines.expect(StatusCode::OK);
}

#[tokio::test]
async fn invigilators_come_and_are_added_by_their_original_paths() {
    let hall = writing().await;
    let here = json!({ "assignmentId": format!("1/{CHIEF}"), "action": "check_in" });
    let here = hall
        .ask(
            CHIEF,
            Method::PUT,
            "/api/exam-logistics/invigilator-presence",
            here,
        )
        .await;
    assert!(here.expect(StatusCode::OK)["data"][0]["checkedInAt"].is_string());
    let more = json!({ "examEntryId": 1, "invigilatorId": 14 });
    let refused = hall
        .post(
            INVIGILATOR,
            "/api/exam-logistics/assign-invigilator",
            more.clone(),
        )
        .await;
    refused.refused(403, "INSUFFICIENT_PERMISSIONS");
    let more = hall
        .post(OFFICER, "/api/exam-logistics/assign-invigilator", more)
        .await;
    let more = more.expect(StatusCode::OK);
    assert!(
        more["data"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["invigilatorId"] == json!(14))
    );
}

#[tokio::test]
async fn a_record_is_amended_and_not_deleted() {
    let hall = Hall::new().await;
    let id = hall.incident("LOW").await["id"].clone();
    for path in [
        format!("/api/incidents/{id}"),
        "/api/timetables/1".to_owned(),
        "/api/batch-scripts/1".to_owned(),
    ] {
        let refused = hall.ask(OFFICER, Method::DELETE, &path, Value::Null).await;
        let refused = refused.refused(405, "METHOD_NOT_ALLOWED");
        assert!(
            refused["message"]
                .as_str()
                .unwrap()
                .contains("amended, not deleted")
        );
    }
}

#[tokio::test]
async fn an_acknowledgement_is_taken_back() {
    let hall = Hall::new().await;
    let path = format!("/api/incidents/{}", hall.incident("LOW").await["id"]);
    hall.post(OFFICER, &format!("{path}/acknowledge"), Value::Null)
        .await
        .expect(StatusCode::OK);
    let back = hall
        .post(
            OFFICER,
            &format!("{path}/unacknowledge"),
            json!({ "note": "Not mine" }),
        )
        .await;
    assert_eq!(
        back.expect(StatusCode::OK)["data"]["acknowledgedAt"],
        Value::Null
    );
    let of_script = hall
        .get(OFFICER, "/api/incidents/script/1")
        .await
        .expect(StatusCode::OK);
    assert_eq!(of_script["incidents"], json!([]));
}
