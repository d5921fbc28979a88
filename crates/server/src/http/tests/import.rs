//! Bringing in records over the network.

use elms_protocol::{InstitutionId, Kind, View as _};

use super::*;

/// The administrator of the demo institution.
const ADMIN: i64 = 2;

fn files(list: &[(&str, &str)], dry_run: bool) -> Value {
    let files: Vec<Value> = list
        .iter()
        .map(|(name, text)| json!({ "name": name, "text": text }))
        .collect();
    json!({ "dryRun": dry_run, "files": files })
}

const VENUES: (&str, &str) = ("venues.csv", "code,name,capacity\nPIER,Pier Hall,60\n");
const PEOPLE: (&str, &str) = (
    "people.csv",
    "email,name,role\nnia.rowan@aut.example,Ms Nia Rowan,INVIGILATOR\n",
);

#[tokio::test]
async fn an_officer_brings_in_a_venue_and_an_invigilator_who_then_signs_in() {
    let hall = Hall::new().await;
    let before = hall.app.store.cursor(InstitutionId(1)).unwrap().seq;
    let tried = hall
        .post(OFFICER, "/api/import", files(&[VENUES, PEOPLE], true))
        .await;
    let tried = tried.expect(StatusCode::OK);
    assert_eq!(
        tried["data"]["tables"]["venues"],
        json!({ "new": 1, "changed": 0, "same": 0 })
    );
    assert_eq!(tried["data"]["firstPasswords"], json!([]));
    assert_eq!(hall.app.store.cursor(InstitutionId(1)).unwrap().seq, before);
    let done = hall
        .post(OFFICER, "/api/import", files(&[VENUES, PEOPLE], false))
        .await;
    let done = done.expect(StatusCode::OK);
    let first = &done["data"]["firstPasswords"][0];
    let sign_in = json!({ "email": first["email"], "password": first["password"] });
    let signed_in = hall
        .post(0, "/api/auth/login", sign_in)
        .await
        .expect(StatusCode::OK);
    assert_eq!(signed_in["data"]["user"]["mustChangePassword"], json!(true));
    assert_eq!(signed_in["data"]["user"]["name"], json!("Ms Nia Rowan"));
    let log = hall
        .get(OFFICER, &format!("/api/sync/events?after={before}"))
        .await;
    let log = log.expect(StatusCode::OK);
    assert_eq!(log["data"]["events"][0]["event"], json!("records_imported"));
    assert_eq!(log["data"]["events"].as_array().unwrap().len(), 1);
    let again = hall
        .post(OFFICER, "/api/import", files(&[VENUES, PEOPLE], false))
        .await;
    let again = again.expect(StatusCode::OK);
    assert_eq!(
        again["data"]["tables"]["people"],
        json!({ "new": 0, "changed": 0, "same": 1 })
    );
    assert_eq!(again["data"]["firstPasswords"], json!([]));
    let seq = hall.app.store.cursor(InstitutionId(1)).unwrap().seq;
    assert_eq!(seq, before.next());
}

#[tokio::test]
async fn a_file_with_a_problem_leaves_everything_as_it_was() {
    let hall = Hall::new().await;
    let wrong = (
        "venues.csv",
        "code,name,capacity\nPIER,Pier Hall,60\nQUAY,,60\n",
    );
    let answer = hall
        .post(ADMIN, "/api/import", files(&[wrong, PEOPLE], false))
        .await;
    let refused = answer.refused(422, "IMPORT_PROBLEMS");
    let expected = json!([{
        "file": "venues.csv", "row": 3, "column": "name", "message": "This is empty.",
    }]);
    assert_eq!(refused["data"]["problems"], expected);
    let venues = hall
        .app
        .store
        .view(InstitutionId(1))
        .unwrap()
        .list(Kind::Venue);
    assert!(!format!("{venues:?}").contains("PIER"));
    assert!(
        hall.app
            .auth
            .accounts()
            .by_email("nia.rowan@aut.example")
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn who_is_no_officer_brings_nothing_in() {
    let hall = Hall::new().await;
    for person in [CHIEF, INVIGILATOR, LECTURER] {
        let answer = hall
            .post(person, "/api/import", files(&[VENUES], true))
            .await;
        answer.refused(403, "INSUFFICIENT_PERMISSIONS");
    }
    let institution = (
        "institution.csv",
        "number,code,name,timezone\n1,AUT,Ankobra,UTC\n",
    );
    let answer = hall
        .post(OFFICER, "/api/import", files(&[institution], true))
        .await;
    answer.refused(403, "INSUFFICIENT_PERMISSIONS");
    hall.post(ADMIN, "/api/import", files(&[institution], true))
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn an_import_is_larger_than_other_requests_and_not_without_limit() {
    let hall = Hall::new().await;
    let long = "x,y\n".repeat(100_000);
    let answer = hall
        .post(
            OFFICER,
            "/api/import",
            files(&[("people.csv", &long)], true),
        )
        .await;
    answer.expect(StatusCode::OK);
    let longer = long.repeat(21);
    let answer = hall
        .post(
            OFFICER,
            "/api/import",
            files(&[("people.csv", &longer)], true),
        )
        .await;
    answer.refused(413, "TOO_LARGE");
}
