//! Who is told that somebody types: whoever sees the case, and nobody else.

use elms_protocol::{Seq, UserId};

use super::*;

/// An officer of the other institution.
const STRANGER: UserId = UserId(900);

/// A case of a sitting, or of none, and its name.
async fn case(bench: &Bench, sitting: Option<i64>, confidential: bool) -> IncidentRef {
    let reference = IncidentRef(Uuid::new_v4());
    let elms_protocol::Command::ReportIncident(plain) = report("Phone under the desk").command
    else {
        panic!("no report")
    };
    let about = ReportIncident {
        reference,
        sitting_id: sitting.map(SittingId),
        confidential,
        ..plain
    };
    bench.does(OFFICER, asked(about)).await;
    reference
}

async fn types(phone: &mut Phone, case: IncidentRef) {
    phone.say("typing", json!({ "incident": case })).await;
}

/// Hears that somebody types; panics when something else of a case comes first.
async fn hears(phone: &mut Phone) -> Value {
    loop {
        let heard = phone.hear("incident").await;
        if heard["event"] != "incident:reported" {
            return heard;
        }
    }
}

/// Everything of cases that comes until the server has answered a ping.
async fn hears_until_now(phone: &mut Phone) -> String {
    phone.say("ping", json!({})).await;
    let mut heard = String::new();
    while let Some(frame) = phone.frame().await {
        if frame.starts_with(r#"42["pong""#) {
            return heard;
        }
        if frame.starts_with(r#"42["incident""#) {
            heard.push_str(&frame);
        }
    }
    panic!("the line is gone: {heard}")
}

#[tokio::test]
async fn who_sees_the_case_hears_who_types_where_and_not_what() {
    let bench = Bench::start().await;
    let case = case(&bench, Some(1), false).await;
    let (mut office, mut hall) = (
        bench.signed_in(OFFICER).await,
        bench.signed_in(INVIGILATOR).await,
    );
    hall.say(
        "typing",
        json!({ "incident": case, "text": "secret words" }),
    )
    .await;
    let heard = hears(&mut office).await;
    assert_eq!(heard["channel"], "incident");
    assert_eq!(heard["event"], "incident:typing");
    assert_eq!(heard["payload"]["clientRef"], json!(case));
    assert_eq!(heard["payload"]["userId"], json!(INVIGILATOR));
    assert!(heard["payload"]["userName"].is_string() && heard["timestamp"].is_string());
    assert!(heard.get("seq").is_none() && !heard.to_string().contains("secret"));
    // Whoever types knows.
    assert_eq!(hears_until_now(&mut hall).await, "");
}

#[tokio::test]
async fn who_does_not_see_the_case_hears_nothing() {
    let bench = Bench::start().await;
    let (theirs, hidden) = (
        case(&bench, Some(2), false).await,
        case(&bench, Some(1), true).await,
    );
    let mut office = bench.signed_in(OFFICER).await;
    let mut others = Vec::new();
    for user in [INVIGILATOR, HANDLER, LECTURER, STRANGER] {
        others.push(bench.signed_in(user).await);
    }
    types(&mut office, theirs).await;
    types(&mut office, hidden).await;
    hears_until_now(&mut office).await;
    for phone in &mut others {
        assert_eq!(hears_until_now(phone).await, "");
    }
}

#[tokio::test]
async fn who_does_not_see_a_case_does_not_type_in_it_and_is_told_nothing_of_it() {
    let bench = Bench::start().await;
    let case = case(&bench, Some(2), false).await;
    let mut office = bench.signed_in(OFFICER).await;
    for user in [INVIGILATOR, STRANGER] {
        let mut phone = bench.signed_in(user).await;
        types(&mut phone, case).await;
        let of_another = hears_until_now(&mut phone).await;
        types(&mut phone, IncidentRef(Uuid::new_v4())).await;
        assert_eq!(hears_until_now(&mut phone).await, of_another);
        assert_eq!(of_another, "");
    }
    assert_eq!(hears_until_now(&mut office).await, "");
}

#[tokio::test]
async fn who_types_all_the_time_is_told_of_once_in_a_while() {
    let bench = Bench::start().await;
    let (one, other) = (
        case(&bench, Some(1), false).await,
        case(&bench, Some(1), false).await,
    );
    let mut office = bench.signed_in(OFFICER).await;
    let mut hall = bench.signed_in(INVIGILATOR).await;
    for _ in 0..20 {
        types(&mut hall, one).await;
    }
    types(&mut hall, other).await;
    assert_eq!(hears(&mut office).await["payload"]["clientRef"], json!(one));
    assert_eq!(
        hears(&mut office).await["payload"]["clientRef"],
        json!(other)
    );
}

#[tokio::test]
async fn nothing_of_it_is_in_the_log_or_comes_later() {
    let bench = Bench::start().await;
    let case = case(&bench, Some(1), false).await;
    let end = bench.app.store.cursor(bench::TAKORADI).unwrap();
    let mut hall = bench.signed_in(INVIGILATOR).await;
    types(&mut hall, case).await;
    hears_until_now(&mut hall).await;
    let now = bench.app.store.cursor(bench::TAKORADI).unwrap();
    assert_eq!(now, end);
    let auth = json!({ "token": bench.token(OFFICER).await, "resume": { "after": Seq::ZERO } });
    let mut late = bench.connect(auth).await;
    late.hear("resumed").await;
    assert_eq!(hears_until_now(&mut late).await, "");
}

#[tokio::test]
async fn a_client_of_another_spelling_hears_it_on_its_channel() {
    let bench = Bench::start().await;
    let case = case(&bench, Some(1), false).await;
    let auth = json!({ "token": bench.token(OFFICER).await, "profile": "frontend" });
    let mut office = bench.connect(auth).await;
    office.hear("authenticated").await;
    let mut hall = bench.signed_in(INVIGILATOR).await;
    types(&mut hall, case).await;
    assert_eq!(hears(&mut office).await["event"], "incident:typing");
}
