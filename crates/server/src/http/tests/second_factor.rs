//! The second factor over HTTP, each answer as the description says.

use data_encoding::BASE32_NOPAD;

use super::{
    openapi::{fits, route},
    *,
};
use crate::auth::totp;

const EMAIL: &str = "adjoa.mb@aut.example";

fn code(set_up: &Value, ahead: i64) -> String {
    let secret = set_up["secret"].as_str().unwrap();
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let step = totp::step(Clock::real_now()) + ahead;
    format!("{:06}", totp::code(&secret, step))
}

impl Hall {
    /// Asks for something of the own second factor; the answer is as the description says.
    async fn factor(&self, method: Method, what: &str, body: Value) -> Answer {
        let path = format!("/auth/second-factor{what}");
        let answer = self
            .ask(OFFICER, method.clone(), &format!("/api{path}"), body)
            .await;
        fits(route(&path, &method), &answer);
        answer
    }

    async fn come(&self, code: Option<&str>) -> Answer {
        let body = json!({ "email": EMAIL, "password": PASSWORD, "code": code });
        let answer = self.post(0, "/api/auth/login", body).await;
        fits(route("/auth/login", &Method::POST), &answer);
        answer
    }
}

#[tokio::test]
async fn a_second_factor_is_set_up_used_and_turned_off() {
    let settings = Settings {
        sign_in_tries: Some(1_000),
        ..Settings::default()
    };
    let hall = Hall::set_up(settings, true).await;
    let ok = StatusCode::OK;
    let none = hall.factor(Method::GET, "", Value::Null).await.expect(ok);
    assert_eq!(none["data"]["since"], Value::Null);
    let password = json!({ "password": PASSWORD });
    let begun = hall.factor(Method::POST, "/set-up", password).await;
    let set_up = begun.expect(ok)["data"].clone();
    let uri = set_up["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/ELMS:adjoa.mb@aut.example?secret="));
    hall.come(None).await.expect(ok);
    let early = json!({ "code": code(&set_up, -1) });
    let confirmed = hall.factor(Method::POST, "/confirm", early).await;
    confirmed.expect(ok);

    let refused = hall.come(None).await.refused(401, "CODE_NEEDED");
    assert_eq!(refused.get("setUp"), None);
    hall.come(Some("")).await.refused(401, "CODE_NEEDED");
    hall.come(Some("no")).await.refused(401, "CODE_WRONG");
    hall.come(Some(&code(&set_up, 0))).await.expect(ok);

    let both = json!({ "password": PASSWORD, "code": set_up["recoveryCodes"][0] });
    let made = hall.factor(Method::POST, "/recovery-codes", both).await;
    let made = made.expect(ok)["data"]["recoveryCodes"].clone();
    let standing = hall.factor(Method::GET, "", Value::Null).await.expect(ok);
    assert_eq!(standing["data"]["codesLeft"], json!(10));
    assert_eq!(standing["data"]["wanted"], json!(false));

    let again = hall.factor(Method::POST, "/set-up", json!({ "password": PASSWORD }));
    again.await.refused(409, "SECOND_FACTOR");
    let alone = json!({ "password": PASSWORD });
    let refused = hall.factor(Method::POST, "/turn-off", alone).await;
    refused.refused(400, "INVALID");
    let both = json!({ "password": PASSWORD, "code": made[0] });
    hall.factor(Method::POST, "/turn-off", both)
        .await
        .expect(ok);
    hall.come(None).await.expect(ok);
}

#[tokio::test]
async fn where_the_office_needs_one_the_answer_at_the_door_says_how() {
    let settings = Settings {
        office_second_factor: Some(true),
        ..Settings::default()
    };
    let hall = Hall::set_up(settings, true).await;
    let asked = hall.come(None).await.refused(401, "SECOND_FACTOR_NEEDED");
    let set_up = &asked["setUp"];
    assert_eq!(set_up["recoveryCodes"].as_array().unwrap().len(), 10);
    let came = hall.come(Some(&code(set_up, 0))).await;
    came.expect(StatusCode::OK);
    hall.come(None).await.refused(401, "CODE_NEEDED");
    // Whoever works in a hall needs none.
    let chief = hall.app.auth.accounts().by_id(UserId(CHIEF));
    let email = chief.unwrap().unwrap().email;
    let body = json!({ "email": email, "password": PASSWORD });
    let answer = hall.post(0, "/api/auth/login", body).await;
    answer.expect(StatusCode::OK);
}
