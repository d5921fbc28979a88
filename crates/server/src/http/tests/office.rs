//! What old clients of the exam office ask, and what they get.

use elms_protocol::Role;

use super::{rights::somebody, *};

#[tokio::test]
async fn a_case_is_merged_by_its_number_and_an_unknown_one_is_not_there() {
    let hall = Hall::new().await;
    let (one, two) = (hall.incident("LOW").await, hall.incident("LOW").await);
    let path = format!("/api/incidents/{}/merge", one["id"]);
    let nobody = hall
        .post(OFFICER, &path, json!({ "mergedInto": 424_242 }))
        .await;
    nobody.refused(404, "NOT_FOUND");
    let merged = hall
        .post(OFFICER, &path, json!({ "mergedInto": two["number"] }))
        .await;
    assert_eq!(
        merged.expect(StatusCode::OK)["data"]["mergedInto"],
        two["ref"]
    );
    let three = hall.incident("LOW").await;
    let path = format!("/api/incidents/{}/merge", three["number"].as_str().unwrap());
    let merged = hall
        .post(OFFICER, &path, json!({ "mergedInto": two["id"] }))
        .await;
    assert_eq!(
        merged.expect(StatusCode::OK)["data"]["mergedInto"],
        two["ref"]
    );
}

#[tokio::test]
async fn a_put_corrects_and_keeps_what_stood_there() {
    let hall = Hall::new().await;
    let path = format!("/api/incidents/{}", hall.incident("LOW").await["id"]);
    let change = json!({ "description": "Under the desk of C9.", "seat": "C10", "notes": "Seen." });
    let put = async |user: i64| hall.ask(user, Method::PUT, &path, change.clone()).await;
    put(INVIGILATOR)
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
    let amended = put(CHIEF).await.expect(StatusCode::OK);
    assert_eq!(
        amended["data"]["description"],
        json!("Under the desk of C9.")
    );
    let log = hall
        .get(OFFICER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    let events = log["data"]["events"].as_array().unwrap();
    let before = events.iter().find_map(|event| {
        let all = event.pointer("/payload/updates/amended")?.as_array()?;
        let of = |one: &&Value| one["field"] == json!("description");
        all.iter().find(of).map(|one| one["before"].clone())
    });
    assert_eq!(before, Some(json!("Not in the pile.")));
    assert_eq!(events.last().unwrap()["payload"]["notes"], json!("Seen."));
}

#[tokio::test]
async fn a_report_brings_its_finer_kind_and_what_was_done() {
    let hall = Hall::new().await;
    let report = json!({
        "type": "ACADEMIC_MISCONDUCT", "subtype": "phone", "actionTaken": "Phone kept",
        "description": "Phone under the desk", "examId": 1,
        "parts": [{ "studentId": 1001, "part": "SUBJECT" }],
    });
    let made = hall.post(INVIGILATOR, "/api/incidents", report).await;
    let made = made.expect(StatusCode::CREATED)["data"].clone();
    assert_eq!(made["subtype"], json!("phone"));
    assert_eq!(made["actionTaken"], json!("Phone kept"));
    assert_eq!(made["parts"][0]["part"], json!("SUBJECT"));
    assert_eq!(made["candidates"], json!([1001]));
}

#[tokio::test]
async fn a_lecturer_is_named_without_a_count_and_a_return_needs_one() {
    let hall = Hall::new().await;
    let named = json!({ "lecturerId": LECTURER });
    let batch = hall
        .post(OFFICER, "/api/batch-scripts/1/assign", named)
        .await;
    let batch = batch.expect(StatusCode::OK);
    assert_eq!(batch["data"]["assignedLecturerId"], json!(LECTURER));
    assert_eq!(batch["data"]["status"], json!("PENDING"));
    let back = json!({ "status": "RETURNED_TO_REGISTRY", "notes": "All there" });
    let status = "/api/batch-scripts/1/status";
    let answer = hall.ask(OFFICER, Method::PATCH, status, back).await;
    assert!(
        answer.refused(422, "COUNT_REQUIRED")["message"]
            .to_string()
            .contains("count")
    );
}

#[tokio::test]
async fn an_invigilator_who_came_is_checked_out_and_nobody_else_is() {
    let hall = Hall::new().await;
    let path = "/api/exam-logistics/invigilator-presence";
    let say = async |user: i64, action: &str| {
        let body = json!({ "assignmentId": "1/9", "action": action });
        hall.ask(user, Method::PUT, path, body).await
    };
    say(INVIGILATOR, "check_out")
        .await
        .refused(409, "ILLEGAL_TRANSITION");
    say(INVIGILATOR, "check_in").await.expect(StatusCode::OK);
    say(10, "check_out")
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
    let out = say(CHIEF, "check_out").await.expect(StatusCode::OK);
    let duty = out["data"].as_array().unwrap().iter();
    let mut duty = duty.filter(|one| one["invigilatorId"] == json!(INVIGILATOR));
    assert!(duty.next().unwrap()["checkedOutAt"].is_string());
    say(CHIEF, "dance").await.refused(400, "INVALID");
}

#[tokio::test]
async fn a_faculty_brings_in_its_own_people_and_papers_only() {
    let hall = Hall::new().await;
    let chief = somebody(&hall, Role::FacultyAdmin);
    let people = |faculty: &str| {
        let text = format!("email,name,role,faculty\nnew@aut.example,New,INVIGILATOR,{faculty}\n");
        json!({ "files": [{ "name": "people.csv", "text": text }] })
    };
    let own = hall
        .app
        .auth
        .account(UserId(chief))
        .await
        .unwrap()
        .faculty
        .unwrap();
    let import = async |body: Value| hall.post(chief, "/api/import", body).await;
    import(people("77")).await.refused(422, "IMPORT_PROBLEMS");
    import(people("")).await.refused(422, "IMPORT_PROBLEMS");
    import(people(&own.to_string()))
        .await
        .expect(StatusCode::OK);
    let venue =
        json!({ "files": [{ "name": "venues.csv", "text": "code,name,capacity\nP,P,9\n" }] });
    import(venue).await.refused(403, "INSUFFICIENT_PERMISSIONS");
    let foreign = hall
        .get(OFFICER, "/api/timetable-entries/2")
        .await
        .expect(StatusCode::OK);
    assert_ne!(
        foreign["data"]["facultyId"],
        json!(own),
        "the test needs a foreign paper"
    );
    let batch = format!("/api/batch-scripts/{}", foreign["data"]["batchId"]);
    let batch = hall.get(OFFICER, &batch).await.expect(StatusCode::OK);
    let code = batch["data"]["batchQRCode"].as_str().unwrap();
    let text = format!("batch_code,index_number,name,seat\n{code},AUT/77/0001,Somebody,Z99\n");
    let register = json!({ "files": [{ "name": "registrations.csv", "text": text }] });
    import(register).await.refused(422, "IMPORT_PROBLEMS");
}
