use elms_protocol::{CommandId, CommandRequest, CountPresent, SittingId, Times};
use uuid::Uuid;

use super::*;

fn command(hall: &Hall, command: impl Into<elms_protocol::Command>) -> CommandRequest {
    CommandRequest {
        command_id: CommandId(Uuid::now_v7()),
        times: Times::at(hall.app.clock.now()),
        command: command.into(),
    }
}

/// Batch 1 is open, with `collected` scripts of 40 candidates present.
async fn collecting(collected: i64) -> Hall {
    let hall = Hall::new().await;
    let present = CountPresent {
        sitting_id: SittingId(1),
        checked_in: 40,
    };
    let present = json!([command(&hall, present)]);
    let outcomes = hall
        .post(CHIEF, "/api/sync/ops", present)
        .await
        .expect(StatusCode::OK);
    assert_eq!(outcomes["data"][0]["outcome"], json!("applied"));
    hall.post(CHIEF, "/api/batch-scripts/1/open", Value::Null)
        .await
        .expect(StatusCode::OK);
    let counts = json!({ "scriptsCollected": collected });
    hall.post(CHIEF, "/api/batch-scripts/1/update-counts", counts)
        .await
        .expect(StatusCode::OK);
    for user in [CHIEF, INVIGILATOR] {
        let declare = elms_protocol::DeclareCount {
            batch_id: elms_protocol::BatchId(1),
            count: collected,
        };
        let declare = json!(command(&hall, declare));
        hall.post(user, "/api/commands", declare)
            .await
            .expect(StatusCode::OK);
    }
    hall
}

#[tokio::test]
async fn a_batch_is_counted_sealed_and_told_about() {
    let hall = collecting(40).await;
    let seal = json!({
        "count": 40, "sealNumber": "S-20418", "witnessId": INVIGILATOR, "notes": "Blue bag.",
    });
    let sealed = hall
        .post(CHIEF, "/api/batch-scripts/1/seal", seal)
        .await
        .expect(StatusCode::OK);
    assert_eq!(sealed["data"]["status"], json!("SEALED"));
    assert_eq!(sealed["data"]["sealedById"], json!(CHIEF));
    let again = json!({ "count": 40, "sealNumber": "S-2", "witnessId": INVIGILATOR });
    let again = hall.post(CHIEF, "/api/batch-scripts/1/seal", again).await;
    let again = again.refused(409, "ILLEGAL_TRANSITION");
    assert_eq!(
        (&again["from"], &again["to"]),
        (&json!("SEALED"), &json!("SEALED"))
    );
    let numbers = hall
        .get(CHIEF, "/api/batch-scripts/1/statistics")
        .await
        .expect(StatusCode::OK);
    assert_eq!(numbers["data"]["scriptsCollected"], json!(40));
    let by_course = hall
        .get(CHIEF, "/api/batch-scripts/entry/1/course/CSE201")
        .await;
    assert_eq!(by_course.expect(StatusCode::OK)["data"]["id"], json!(1));
    let listed = hall.get(OFFICER, "/api/batch-scripts?status=SEALED").await;
    assert_eq!(listed.expect(StatusCode::OK)["count"], json!(1));
    let log = hall
        .get(CHIEF, "/api/sync/events?after=0")
        .await
        .expect(StatusCode::OK);
    assert!(log.to_string().contains("Blue bag."));
}

#[tokio::test]
async fn what_is_printed_is_noted_shown_and_corrected() {
    let hall = Hall::new().await;
    let printed = json!({
        "copies": 96, "spare": 6, "place": "Print room", "printedAt": "2020-01-06T15:20:00.000Z",
    });
    let noted = hall
        .post(OFFICER, "/api/batch-scripts/1/printed", printed)
        .await
        .expect(StatusCode::OK);
    assert_eq!(noted["data"]["printed"]["copies"], json!(96));
    assert_eq!(noted["data"]["printed"]["corrected"], json!(false));
    let again = json!({ "copies": 96, "spare": 4, "place": "Print room" });
    let again = hall
        .ask(
            OFFICER,
            Method::PATCH,
            "/api/batch-scripts/1/printed",
            again,
        )
        .await
        .expect(StatusCode::OK);
    assert_eq!(again["data"]["printed"]["corrected"], json!(true));
    let log = hall
        .get(OFFICER, "/api/sync/events?after=0")
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        log["data"]["events"][1]["payload"]["before"]["spare"],
        json!(6)
    );
    let chief = json!({ "copies": 96, "place": "Print room" });
    hall.post(CHIEF, "/api/batch-scripts/1/printed", chief)
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
}

#[tokio::test]
async fn a_seal_of_ours_that_is_not_complete_is_refused() {
    let hall = collecting(40).await;
    for seal in [
        json!({ "count": 40 }),
        json!({ "sealNumber": "S-1", "witnessId": INVIGILATOR }),
        json!({ "count": 40, "sealNumber": "S-1" }),
    ] {
        let refused = hall.post(CHIEF, "/api/batch-scripts/1/seal", seal).await;
        refused.refused(422, "INVALID");
    }
}

#[tokio::test]
async fn an_old_client_seals_only_where_the_count_is_right_and_one_person_is_enough() {
    let hall = collecting(39).await;
    let old = async |hall: &Hall| {
        hall.post(CHIEF, "/api/batch-scripts/1/seal", json!({ "notes": "" }))
            .await
    };
    // The demo institution wants a witness, whom an old client cannot name.
    old(&hall).await.refused(422, "INVALID");
    let records = hall
        .app
        .store
        .view(elms_protocol::InstitutionId(1))
        .unwrap();
    let mut institution = elms_protocol::View::institution(&records).unwrap();
    institution.policy.seal_needs_two_people = false;
    let import = crate::store::Import {
        institution: institution.id,
        records: vec![elms_protocol::Record::Institution(institution)],
    };
    hall.app.door.import(import).await.unwrap();
    old(&hall).await.refused(409, "DISCREPANCY");
    let present = CountPresent {
        sitting_id: SittingId(1),
        checked_in: 39,
    };
    let present = json!(command(&hall, present));
    hall.post(CHIEF, "/api/commands", present)
        .await
        .expect(StatusCode::OK);
    let sealed = old(&hall).await.expect(StatusCode::OK);
    assert_eq!(
        sealed["data"]["sealNumber"],
        json!("BATCH-CSE201-2026-01/1")
    );
}

#[tokio::test]
async fn a_status_obeys_the_machine() {
    let hall = Hall::new().await;
    let set = async |user: i64, status: &str| {
        let body = json!({ "status": status });
        hall.ask(user, Method::PATCH, "/api/batch-scripts/1/status", body)
            .await
    };
    let refused = set(2, "ARCHIVED").await.refused(409, "ILLEGAL_TRANSITION");
    assert_eq!(refused["allowed"], json!(["IN_COLLECTION"]));
    set(CHIEF, "ARCHIVED")
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
    set(OFFICER, "LOST").await.refused(400, "INVALID");
    set(CHIEF, "IN_COLLECTION").await.expect(StatusCode::OK);
    let nothing = hall
        .post(CHIEF, "/api/batch-scripts/1/update-counts", Value::Null)
        .await;
    assert_eq!(
        nothing.expect(StatusCode::OK)["data"]["status"],
        json!("IN_COLLECTION")
    );
}

#[tokio::test]
async fn one_unreadable_command_keeps_all_from_being_tried() {
    let hall = Hall::new().await;
    let good = json!(command(
        &hall,
        CountPresent {
            sitting_id: SittingId(1),
            checked_in: 1
        }
    ));
    let mut bad = good.clone();
    bad["input"]["surprise"] = json!(true);
    let refused = hall.post(CHIEF, "/api/sync/ops", json!([good, bad])).await;
    refused.refused(400, "INVALID");
    let log = hall
        .get(CHIEF, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    assert_eq!(log["data"]["events"], json!([]));
    let many = json!(vec![good; 201]);
    hall.post(CHIEF, "/api/sync/ops", many)
        .await
        .refused(400, "INVALID");
}
