//! Stations over HTTP: who sees them, and who says which of them are let in.

use elms_protocol::{InstitutionId, proof::Pen, station::fingerprint};

use super::{
    openapi::{fits, route},
    *,
};
use crate::accounts::Comer;

fn pen() -> Pen {
    Pen::new(&[9; 32])
}

/// The station that everything here is about.
pub(super) fn shown() -> String {
    fingerprint(&pen().key()).replace(' ', "")
}

/// Somebody of an institution has tried to sign in there.
pub(super) fn come(hall: &Hall, institution: i64) {
    let comer = Comer {
        institution: Some(InstitutionId(institution)),
        key: &pen().key().to_string(),
        code: Some("GH-A"),
        user: UserId(INVIGILATOR),
    };
    let accounts = hall.app.auth.accounts();
    accounts
        .station_came(comer, true, Clock::real_now())
        .unwrap();
}

impl Hall {
    async fn stations(&self, user: i64) -> Answer {
        let answer = self
            .ask(user, Method::GET, "/api/stations", Value::Null)
            .await;
        fits(route("/stations", &Method::GET), &answer);
        answer
    }

    async fn set(&self, user: i64, key: &str, standing: &str) -> Answer {
        let path = format!("/api/stations/{key}");
        let answer = self
            .post(user, &path, json!({ "standing": standing }))
            .await;
        fits(route("/stations/{fingerprint}", &Method::POST), &answer);
        answer
    }
}

#[tokio::test]
async fn the_office_sees_who_waits_and_lets_the_station_in() {
    let hall = Hall::new().await;
    come(&hall, 1);
    let list = hall.stations(OFFICER).await.expect(StatusCode::OK);
    let row = &list["data"][0];
    assert_eq!(row["standing"], json!("waiting"));
    assert_eq!(row["seenBy"]["id"], json!(INVIGILATOR));
    assert_eq!(
        (&row["saidAt"], &row["saidBy"]),
        (&Value::Null, &Value::Null)
    );
    // As it was read out from the other screen.
    let typed = row["fingerprint"].as_str().unwrap().to_uppercase();
    let typed = typed.replace(' ', "-");
    let set = hall.set(OFFICER, &typed, "paired").await;
    let set = set.expect(StatusCode::OK);
    assert_eq!(set["data"]["standing"], json!("paired"));
    assert_eq!(set["data"]["saidBy"]["id"], json!(OFFICER));
    let list = hall.stations(OFFICER).await.expect(StatusCode::OK);
    assert_eq!(list["data"][0], set["data"]);
    for none in ["waiting", "gone"] {
        hall.set(OFFICER, &shown(), none)
            .await
            .refused(400, "INVALID");
    }
    hall.set(INVIGILATOR, &shown(), "suspended")
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
}

#[tokio::test]
async fn a_station_of_another_institution_is_as_if_nobody_had_ever_come_there() {
    let hall = Hall::new().await;
    come(&hall, 1);
    let list = hall.stations(STRANGER).await.expect(StatusCode::OK);
    assert_eq!(list["data"], json!([]));
    let theirs = hall.set(STRANGER, &shown(), "suspended").await;
    let nobodys = hall.set(STRANGER, "0000", "suspended").await;
    assert_eq!(theirs.body, nobodys.body);
    theirs.refused(404, "NOT_FOUND");
    let untouched = hall.stations(OFFICER).await.expect(StatusCode::OK);
    assert_eq!(untouched["data"][0]["standing"], json!("waiting"));
}

#[tokio::test]
async fn nobody_suspends_the_station_that_they_sit_at() {
    let hall = Hall::new().await;
    let accounts = hall.app.auth.accounts();
    let email = accounts.by_id(UserId(OFFICER)).unwrap().unwrap().email;
    let challenge = hall.app.auth.challenge();
    let proof = elms_protocol::station::StationProof::of(&pen(), &challenge, &email);
    let body = json!({ "email": email, "password": PASSWORD, "station": proof });
    let came = hall.post(0, "/api/auth/login", body).await;
    let came = came.expect(StatusCode::OK);
    let here = json!({
        "fingerprint": fingerprint(&pen().key()),
        "standing": "waiting",
        "by": null,
        "since": null,
    });
    assert_eq!(came["data"]["station"], here);
    let token = came["data"]["token"].as_str().unwrap();
    let path = format!("/api/stations/{}", shown());
    let ask = async |standing: &str| {
        let mut asked = hall.request(0, Method::POST, &path, &json!({ "standing": standing }));
        let bearer = format!("Bearer {token}").parse().unwrap();
        asked.headers_mut().insert(header::AUTHORIZATION, bearer);
        hall.send(asked).await
    };
    ask("suspended").await.refused(409, "STATION_HERE");
    ask("paired").await.expect(StatusCode::OK);
    // From elsewhere it is suspended, and who sat there is out.
    hall.set(OFFICER, &shown(), "suspended")
        .await
        .expect(StatusCode::OK);
    ask("paired").await.refused(401, "INVALID_TOKEN");
}
