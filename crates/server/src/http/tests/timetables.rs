//! Timetables on their way, and what is wrong with them.

use super::*;

/// The administrator of the demo institution.
const ADMIN: i64 = 2;

/// The address of a new timetable.
async fn drafted(hall: &Hall) -> String {
    let days = json!({ "title": "Resits", "startDate": "2027-01-11", "endDate": "2027-01-12" });
    let made = hall.post(OFFICER, "/api/timetables", days.clone()).await;
    let made = made.expect(StatusCode::CREATED);
    assert_eq!(made["data"]["status"], json!("DRAFT"));
    let twin = hall.post(OFFICER, "/api/timetables", days).await;
    twin.refused(409, "ALREADY_EXISTS");
    format!("/api/timetables/{}", made["data"]["id"])
}

/// Puts a paper, without a batch, into the timetable of this address.
async fn enter_a_paper(hall: &Hall, path: &str) {
    let institution = elms_protocol::InstitutionId(1);
    let records = hall.app.store.view(institution).unwrap();
    let known = elms_protocol::View::sitting(&records, elms_protocol::SittingId(1));
    let mut sitting = known.unwrap();
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    sitting.id = elms_protocol::SittingId(900);
    sitting.timetable_id = elms_protocol::TimetableId(id);
    sitting.batch_id = None;
    let import = crate::store::Import {
        institution,
        records: vec![elms_protocol::Record::Sitting(sitting)],
    };
    hall.app.door.import(import).await.unwrap();
}

#[tokio::test]
async fn a_draft_gets_other_days_and_no_impossible_ones() {
    let hall = Hall::new().await;
    let path = drafted(&hall).await;
    let put = async |user: i64, body: Value| hall.ask(user, Method::PUT, &path, body).await;
    let later = put(OFFICER, json!({ "endDate": "2027-01-15" })).await;
    assert_eq!(
        later.expect(StatusCode::OK)["data"]["endDate"],
        json!("2027-01-15")
    );
    put(OFFICER, json!({ "endDate": "2026-01-01" }))
        .await
        .refused(400, "INVALID");
    put(OFFICER, json!({ "title": "Other" }))
        .await
        .refused(400, "INVALID");
    for user in [CHIEF, LECTURER] {
        let refused = hall
            .post(user, "/api/timetables", json!({ "title": "Mine" }))
            .await;
        refused.refused(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_timetable_goes_its_way_from_draft_to_publication() {
    let hall = Hall::new().await;
    let path = drafted(&hall).await;
    let step = async |user: i64, step: &str, body: Value| {
        hall.post(user, &format!("{path}/{step}"), body).await
    };
    let early = step(OFFICER, "publish", Value::Null).await;
    let early = early.refused(409, "ILLEGAL_TRANSITION");
    assert_eq!(
        (&early["from"], &early["to"]),
        (&json!("DRAFT"), &json!("PUBLISHED"))
    );
    let submit = "submit-for-approval";
    step(OFFICER, submit, Value::Null)
        .await
        .refused(409, "ILLEGAL_TRANSITION");
    enter_a_paper(&hall, &path).await;
    step(OFFICER, submit, Value::Null)
        .await
        .expect(StatusCode::OK);
    step(OFFICER, "approve", Value::Null)
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
    step(ADMIN, "reject", json!({}))
        .await
        .refused(400, "INVALID");
    let holiday = json!({ "reason": "Tuesday is a holiday" });
    step(ADMIN, "reject", holiday).await.expect(StatusCode::OK);
    step(OFFICER, submit, Value::Null)
        .await
        .expect(StatusCode::OK);
    step(ADMIN, "approve", Value::Null)
        .await
        .expect(StatusCode::OK);
    let published = step(OFFICER, "publish", Value::Null)
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&published["data"]["status"], &published["batchesCreated"]),
        (&json!("PUBLISHED"), &json!(0))
    );
    let status = json!({ "status": "IN_PROGRESS" });
    let status = hall
        .ask(OFFICER, Method::PUT, &format!("{path}/status"), status)
        .await;
    assert_eq!(
        status.expect(StatusCode::OK)["data"]["status"],
        json!("IN_PROGRESS")
    );
}

#[tokio::test]
async fn the_demo_timetable_has_figures_and_the_conflicts_that_it_has() {
    let hall = Hall::new().await;
    let figures = hall
        .get(OFFICER, "/api/timetables/1/statistics")
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (
            &figures["data"]["totalEntries"],
            &figures["data"]["totalRegistered"]
        ),
        (&json!(8), &json!(517))
    );
    let conflicts = hall
        .get(OFFICER, "/api/timetables/1/conflicts")
        .await
        .expect(StatusCode::OK);
    assert_eq!(conflicts["count"], figures["data"]["totalConflicts"]);
    // A candidate of one hall is registered for another paper at the same hour.
    let clash = ("registrations.csv", {
        let register = hall.get(OFFICER, "/api/exam-registrations/entry/1").await;
        let register = register.expect(StatusCode::OK);
        let batch = hall
            .get(OFFICER, "/api/batch-scripts/2")
            .await
            .expect(StatusCode::OK);
        let (index, name) = (
            &register["data"][0]["indexNumber"],
            &register["data"][0]["name"],
        );
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        format!(
            "batch_code,index_number,name,seat\n{},{},{},Z99\n",
            text(&batch["data"]["batchQRCode"]),
            text(index),
            text(name)
        )
    });
    let files = json!({ "files": [{ "name": clash.0, "text": clash.1 }] });
    hall.post(OFFICER, "/api/import", files)
        .await
        .expect(StatusCode::OK);
    let more = hall
        .get(OFFICER, "/api/timetables/1/conflicts")
        .await
        .expect(StatusCode::OK);
    let kinds: Vec<&Value> = more["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| &found["type"])
        .collect();
    assert!(kinds.contains(&&json!("STUDENT_OVERLAP")), "{kinds:?}");
}
