use super::*;
use crate::config::Settings;

#[tokio::test]
async fn a_wrong_token_is_refused_in_the_hand_shake() {
    let bench = Bench::start().await;
    let mut phone = bench.connect(json!({ "token": "not.a.token" })).await;
    let refusal = phone.frame().await.unwrap();
    let refusal: Value = serde_json::from_str(refusal.strip_prefix("44").unwrap()).unwrap();
    assert!(refusal["message"].is_string());
    assert_eq!(refusal["data"]["code"], "INVALID_TOKEN");
    phone.is_closed().await;
}

#[tokio::test]
async fn who_one_says_to_be_is_ignored() {
    let bench = Bench::start().await;
    let mut phone = bench.connect(json!({ "token": null })).await;
    assert!(phone.frame().await.unwrap().starts_with("40{\"sid\""));
    let token = bench.token(INVIGILATOR).await;
    let claim = json!({ "userId": 1, "institutionId": 2, "role": "SUPER_ADMIN", "token": token });
    phone.say("authenticate", claim).await;
    let answer = phone.hear("authenticated").await;
    assert_eq!(answer["success"], true);
    assert_eq!(
        (&answer["userId"], &answer["institutionId"]),
        (&json!(8), &json!(1))
    );
    assert!(answer["timestamp"].is_string());
}

#[tokio::test]
async fn a_wrong_token_after_the_hand_shake_ends_the_connection() {
    let bench = Bench::start().await;
    for claim in [
        json!({ "userId": 3, "token": "x" }),
        json!({ "userId": 3 }),
        json!(null),
    ] {
        let mut phone = bench.connect(json!({})).await;
        phone.say("authenticate", claim).await;
        let answer = phone.hear("authenticated").await;
        assert_eq!(answer, json!({ "success": false, "code": "INVALID_TOKEN" }));
        assert_eq!(phone.frame().await.as_deref(), Some("41"));
        phone.is_closed().await;
    }
}

#[tokio::test]
async fn a_stranger_hears_nothing_and_is_closed_after_a_while() {
    let bench = Bench::start().await;
    let mut phone = bench.connect(json!({})).await;
    phone
        .say("subscribe", json!({ "rooms": ["institution:1"] }))
        .await;
    let (name, body) = phone.event().await;
    assert_eq!(
        (name.as_str(), &body["code"]),
        ("error", &json!("AUTHENTICATION_REQUIRED"))
    );
    let request = serde_json::to_value(report("Phone under the desk")).unwrap();
    let answer = phone.ask("command", request).await;
    assert_eq!(answer["error"]["code"], "AUTHENTICATION_REQUIRED");
    phone.say("resume", json!({ "after": 0 })).await;
    assert_eq!(phone.hear("error").await["code"], "AUTHENTICATION_REQUIRED");
    bench.does(OFFICER, report("Not for strangers")).await;
    let (name, body) = phone.event().await;
    assert_eq!(
        (name.as_str(), &body["reason"]),
        ("closing", &json!("unauthenticated"))
    );
    phone.is_closed().await;
    assert_eq!(bench.n_events(), 1);
}

#[tokio::test]
async fn nothing_may_be_said_before_the_namespace_is_entered() {
    let bench = Bench::start().await;
    let mut phone = bench.dial().await;
    let token = bench.token(OFFICER).await;
    phone.say("authenticate", json!({ "token": token })).await;
    assert_eq!(phone.hear("closing").await["reason"], "malformed");
}

#[tokio::test]
async fn another_namespace_is_refused() {
    let bench = Bench::start().await;
    let mut phone = bench.dial().await;
    phone.emit("40/admin,").await;
    let refusal = phone.frame().await.unwrap();
    assert_eq!(refusal, r#"44/admin,{"message":"Invalid namespace"}"#);
}

#[tokio::test]
async fn a_new_token_of_the_same_person_keeps_the_connection() {
    let bench = Bench::start().await;
    let mut phone = bench.signed_in(OFFICER).await;
    let renewed = bench.token(OFFICER).await;
    phone.say("authenticate", json!({ "token": renewed })).await;
    assert_eq!(phone.hear("authenticated").await["success"], true);
    let other = bench.token(INVIGILATOR).await;
    phone.say("authenticate", json!({ "token": other })).await;
    assert_eq!(phone.hear("closing").await["reason"], "other_person");
}

#[tokio::test]
async fn a_sign_in_that_was_ended_ends_its_connections_at_once() {
    let bench = Bench::start().await;
    let token = bench.token(OFFICER).await;
    let mut phone = bench.connect(json!({ "token": token })).await;
    phone.hear("authenticated").await;
    let mut other = bench.signed_in(OFFICER).await;
    let session = bench.app.auth.verify(&token).unwrap().session;
    bench.app.auth.sign_out(session).await.unwrap();
    assert_eq!(phone.hear("closing").await["reason"], "revoked");
    phone.is_closed().await;
    bench.does(OFFICER, report("For the others")).await;
    other.hear("incident").await;
}

#[tokio::test]
async fn a_token_that_runs_out_ends_its_connection() {
    let settings = Settings {
        access_seconds: Some(2),
        ..Settings::default()
    };
    let bench = Bench::with(settings).await;
    let mut phone = bench.signed_in(OFFICER).await;
    assert_eq!(phone.hear("closing").await["reason"], "expired");
    phone.is_closed().await;
}

#[tokio::test]
async fn a_page_of_another_site_may_not_connect() {
    let settings = Settings {
        allowed_origins: Some(vec!["https://elms.example".to_owned()]),
        ..Settings::default()
    };
    let bench = Bench::with(settings).await;
    assert_eq!(bench.dial_from("https://evil.example").await, Err(403));
    assert_eq!(bench.dial_from("https://elms.example").await, Ok(()));
    // A demo server is for trying out.
    assert_eq!(bench.dial_from("http://localhost:5173").await, Ok(()));
}
