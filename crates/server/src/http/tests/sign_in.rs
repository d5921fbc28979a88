use std::time::{Duration, Instant};

use elms_protocol::{
    proof::Pen,
    station::{StationProof, renewal_proof},
};

use super::*;

const EMAIL: &str = "adjoa.mb@aut.example";

async fn sign_in(hall: &Hall) -> Value {
    let body =
        json!({ "email": EMAIL, "password": PASSWORD, "rememberMe": true, "stationCode": "EO" });
    hall.post(0, "/api/auth/login", body)
        .await
        .expect(StatusCode::OK)
}

async fn with_token(hall: &Hall, method: Method, path: &str, token: &str) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = request.header(header::AUTHORIZATION, format!("bearer {token}"));
    hall.send(request.body(Body::empty()).unwrap()).await
}

fn text<'a>(body: &'a Value, pointer: &str) -> &'a str {
    body.pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer}: {body}"))
}

#[tokio::test]
async fn a_sign_in_has_the_shape_of_the_original() {
    let hall = Hall::new().await;
    let body = sign_in(&hall).await;
    let data = body["data"].as_object().unwrap();
    let keys: Vec<&str> = data.keys().map(String::as_str).collect();
    let expected = [
        "token",
        "refreshToken",
        "expiresIn",
        "user",
        "primaryRole",
        "roles",
        "permissions",
        "recovery",
        "station",
    ];
    assert_eq!(keys, expected);
    let user = data["user"].as_object().unwrap();
    let keys: Vec<&str> = user.keys().map(String::as_str).collect();
    let expected = [
        "id",
        "email",
        "staffNo",
        "name",
        "title",
        "firstName",
        "lastName",
        "role",
        "status",
        "institutionId",
        "facultyId",
        "departmentId",
        "emailVerified",
        "mustChangePassword",
        "roleProfiles",
    ];
    assert_eq!(keys, expected);
    assert_eq!(
        (&data["expiresIn"], &data["primaryRole"]),
        (&json!(900), &json!("EXAMS_OFFICER"))
    );
    assert_eq!(data["permissions"]["acknowledge"], json!("institution"));
    assert_eq!(data["permissions"].get("grade"), None);
    assert!(!body.to_string().contains("argon2"));
}

#[tokio::test]
async fn a_refresh_token_is_worth_one_exchange_and_a_second_ends_all() {
    let hall = Hall::new().await;
    let first = sign_in(&hall).await;
    let refresh = async |token: &str| {
        hall.post(0, "/api/auth/refresh", json!({ "refreshToken": token }))
            .await
    };
    let second = refresh(text(&first, "/data/refreshToken"))
        .await
        .expect(StatusCode::OK);
    let third = refresh(text(&second, "/data/refreshToken"))
        .await
        .expect(StatusCode::OK);
    let access = text(&third, "/data/token");
    let profile = with_token(&hall, Method::GET, "/api/auth/profile", access).await;
    assert_eq!(
        profile.expect(StatusCode::OK)["data"]["email"],
        json!(EMAIL)
    );
    let stolen = refresh(text(&first, "/data/refreshToken")).await;
    stolen.refused(401, "INVALID_TOKEN");
    let profile = with_token(&hall, Method::GET, "/api/auth/profile", access).await;
    profile.refused(401, "INVALID_TOKEN");
    refresh(text(&third, "/data/refreshToken"))
        .await
        .refused(401, "INVALID_TOKEN");
}

#[tokio::test]
async fn signing_out_is_the_end_of_the_token() {
    let hall = Hall::new().await;
    let body = sign_in(&hall).await;
    let token = text(&body, "/data/token");
    let out = with_token(&hall, Method::POST, "/api/auth/logout", token).await;
    out.expect(StatusCode::OK);
    for path in ["/api/auth/profile", "/api/incidents", "/api/sync/snapshot"] {
        with_token(&hall, Method::GET, path, token)
            .await
            .refused(401, "INVALID_TOKEN");
    }
}

#[tokio::test]
async fn nobody_learns_which_addresses_exist() {
    let hall = Hall::new().await;
    let try_in = async |email: &str| {
        let began = Instant::now();
        let body = json!({ "email": email, "password": "wrong" });
        let answer = hall.post(0, "/api/auth/login", body).await;
        (answer.refused(401, "LOGIN_FAILED"), began.elapsed())
    };
    let mut took: [Vec<Duration>; 2] = Default::default();
    for _ in 0..5 {
        let (known, known_took) = try_in(EMAIL).await;
        let (unknown, unknown_took) = try_in("nobody@aut.example").await;
        assert_eq!(known, unknown);
        took[0].push(known_took);
        took[1].push(unknown_took);
    }
    let [known, unknown] = took.map(|mut took| {
        took.sort();
        took[2]
    });
    // Without the stand-in an unknown address is refused some hundred times faster.
    assert!(
        known < unknown * 3 && unknown < known * 3,
        "{known:?} {unknown:?}"
    );
}

#[tokio::test]
async fn the_eleventh_try_in_a_minute_is_told_when_to_come_again() {
    let hall = Hall::new().await;
    let body = json!({ "email": EMAIL, "password": "wrong" });
    for _ in 0..10 {
        let answer = hall.post(0, "/api/auth/login", body.clone()).await;
        answer.refused(401, "LOGIN_FAILED");
    }
    let answer = hall.post(0, "/api/auth/login", body).await;
    let wait = answer.headers[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .to_owned();
    assert!((1..=6).contains(&wait.parse().unwrap()), "{wait}");
    answer.refused(429, "TOO_MANY_TRIES");
}

#[tokio::test]
async fn a_token_tells_what_is_wrong_with_it() {
    let hall = Hall::new().await;
    hall.get(0, "/api/auth/profile")
        .await
        .refused(401, "MISSING_TOKEN");
    let wrong = with_token(&hall, Method::GET, "/api/auth/profile", "x.y.z").await;
    wrong.refused(401, "INVALID_TOKEN");
    let request = Request::builder().uri("/api/auth/profile");
    let request = request
        .header(header::AUTHORIZATION, "Basic YTpi")
        .body(Body::empty());
    hall.send(request.unwrap())
        .await
        .refused(401, "INVALID_TOKEN");
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_the_old_one() {
    let hall = Hall::new().await;
    let change = async |current: &str, new: &str| {
        let body = json!({ "currentPassword": current, "newPassword": new });
        hall.post(OFFICER, "/api/auth/change-password", body).await
    };
    change("wrong", "a longer one")
        .await
        .refused(401, "LOGIN_FAILED");
    change(PASSWORD, "short").await.refused(400, "INVALID");
    // Half the world has it; or the institution and a year.
    for near in ["iloveyou", "Ankobra2026"] {
        change(PASSWORD, near).await.refused(400, "INVALID");
    }
    change(PASSWORD, "a longer one")
        .await
        .expect(StatusCode::OK);
    let body = json!({ "email": EMAIL, "password": "a longer one" });
    hall.post(0, "/api/auth/login", body)
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn who_runs_the_machine_signs_in_and_sees_no_record() {
    let hall = Hall::new().await;
    let profile = hall
        .get(OPERATOR, "/api/auth/profile")
        .await
        .expect(StatusCode::OK);
    assert_eq!(profile["data"]["institutionId"], Value::Null);
    for path in [
        "/api/incidents",
        "/api/sync/snapshot",
        "/api/batch-scripts/1",
    ] {
        hall.get(OPERATOR, path)
            .await
            .refused(403, "SCOPE_MISMATCH");
    }
}

#[tokio::test]
async fn demo_accounts_are_shown_on_this_machine_only() {
    let from = |address: [u8; 4], name: &'static str| {
        let mut request = Request::builder()
            .uri("/api/demo/accounts")
            .body(Body::empty())
            .unwrap();
        request
            .extensions_mut()
            .insert(Peer(SocketAddr::from((address, 50_000))));
        if !name.is_empty() {
            request
                .headers_mut()
                .insert(name, "10.0.0.1".parse().unwrap());
        }
        request
    };
    let hall = Hall::new().await;
    let shown = hall
        .send(from([127, 0, 0, 1], ""))
        .await
        .expect(StatusCode::OK);
    let accounts = shown["data"].as_array().unwrap();
    assert!(
        accounts
            .iter()
            .all(|account| account["password"] == json!(PASSWORD))
    );
    assert!(
        accounts
            .iter()
            .any(|account| account["email"] == json!(EMAIL))
    );
    hall.send(from([10, 0, 0, 1], ""))
        .await
        .refused(404, "NOT_FOUND");
    hall.send(from([127, 0, 0, 1], "x-forwarded-for"))
        .await
        .refused(404, "NOT_FOUND");
    let real = Hall::with(false).await;
    real.send(from([127, 0, 0, 1], ""))
        .await
        .refused(404, "NOT_FOUND");
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    real.post(0, "/api/auth/login", body)
        .await
        .refused(401, "LOGIN_FAILED");
}

#[tokio::test]
async fn a_person_who_signs_in_can_be_named_by_others() {
    let hall = Hall::with(false).await;
    let account = crate::accounts::Account {
        id: UserId(0),
        email: "new@hall.example".to_owned(),
        name: "Mr New".to_owned(),
        role: elms_protocol::Role::ExamsOfficer,
        institution: Some(elms_protocol::InstitutionId(7)),
        faculty: None,
        department: None,
        active: true,
        demo: false,
        first_password: false,
        staff_number: None,
    };
    let hash = crate::auth::hash_password(PASSWORD).unwrap();
    let id = hall.app.auth.accounts().add(&account, &hash).unwrap();
    let body = json!({ "email": "new@hall.example", "password": PASSWORD });
    hall.post(0, "/api/auth/login", body)
        .await
        .expect(StatusCode::OK);
    let report = json!({ "type": "OTHER", "description": "The first of this institution." });
    let reported = hall
        .post(id.0, "/api/incidents", report)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/api/incidents/{}/assign", reported["data"]["id"]);
    let answer = hall.post(id.0, &path, json!({ "assignedToId": id })).await;
    assert_eq!(
        answer.expect(StatusCode::OK)["data"]["assignee"]["name"],
        json!("Mr New")
    );
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_it_there() {
    let hall = Hall::new().await;
    let (here, there) = (sign_in(&hall).await, sign_in(&hall).await);
    let (here, there) = (text(&here, "/data/token"), text(&there, "/data/token"));
    let path = "/api/auth/sessions";
    let list = with_token(&hall, Method::GET, path, here).await;
    let list = list.expect(StatusCode::OK)["data"].clone();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["station"] == json!("EO")));
    let other = rows.iter().find(|row| row["current"] == json!(false));
    let other = other.unwrap()["id"].as_str().unwrap().to_owned();
    let ending = format!("{path}/{other}");
    // Nobody else ends it, and nobody else learns that it is there.
    let stranger = hall
        .ask(STRANGER, Method::DELETE, &ending, Value::Null)
        .await;
    let nobody = format!("{path}/{}", uuid::Uuid::nil());
    let nothing = hall
        .ask(STRANGER, Method::DELETE, &nobody, Value::Null)
        .await;
    assert_eq!(stranger.body, nothing.body);
    stranger.refused(404, "NOT_FOUND");
    with_token(&hall, Method::GET, path, there)
        .await
        .expect(StatusCode::OK);
    with_token(&hall, Method::DELETE, &ending, here)
        .await
        .expect(StatusCode::OK);
    with_token(&hall, Method::GET, path, there)
        .await
        .refused(401, "INVALID_TOKEN");
    let third = sign_in(&hall).await;
    let others = format!("{path}/end-others");
    let ended = with_token(&hall, Method::POST, &others, here).await;
    assert_eq!(ended.expect(StatusCode::OK)["data"]["count"], json!(1));
    with_token(&hall, Method::GET, path, text(&third, "/data/token"))
        .await
        .refused(401, "INVALID_TOKEN");
    with_token(&hall, Method::GET, path, here)
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn a_sign_in_with_the_key_of_a_station_is_renewed_with_that_key() {
    let hall = Hall::new().await;
    let pen = Pen::new(&[1; 32]);
    let challenge = hall.post(0, "/api/auth/station-challenge", json!({})).await;
    let challenge = challenge.expect(StatusCode::OK);
    let shown = StationProof::of(&pen, text(&challenge, "/data/challenge"), EMAIL);
    let login = async |shown: &StationProof| {
        let body = json!({ "email": EMAIL, "password": PASSWORD, "station": shown });
        hall.post(0, "/api/auth/login", body).await
    };
    let came = login(&shown).await.expect(StatusCode::OK);
    login(&shown).await.refused(403, "STATION_KEY");
    let token = text(&came, "/data/refreshToken");
    let proof = renewal_proof(&pen, token);
    let body = json!({ "refreshToken": token, "proof": proof });
    let next = hall.post(0, "/api/auth/refresh", body).await;
    let next = next.expect(StatusCode::OK);
    let bare = json!({ "refreshToken": text(&next, "/data/refreshToken") });
    let stolen = hall.post(0, "/api/auth/refresh", bare).await;
    stolen.refused(401, "INVALID_TOKEN");
}
