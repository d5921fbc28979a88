//! Who hears what: every kind of news about one hall, and everybody who is connected.

use std::collections::BTreeMap;

use elms_protocol::{Seq, UserId};

use super::*;

/// Who listens, in the columns of [`TABLE`]. Sitting 1 is of faculty 1 and department 1.
const LISTENERS: [(&str, UserId); 12] = [
    ("the administrator", UserId(2)),
    ("the exams officer", OFFICER),
    ("the administrator of this faculty", UserId(31)),
    ("the dean of another faculty", UserId(32)),
    ("the head of this department", UserId(33)),
    ("the head of another department", UserId(34)),
    ("the chief of the sitting", INVIGILATOR),
    ("an invigilator of it", UserId(9)),
    ("an invigilator of another hall", UserId(14)),
    ("a script handler who holds nothing of it", HANDLER),
    ("the lecturer of the paper", LECTURER),
    ("the officer of another institution", UserId(900)),
];

/// Of whoever does not hear it, and of whoever does.
const LETTERS: [&str; 2] = ["-", "+"];

/// Written by hand, from the matrix: `+` hears it, `-` does not, in the order of [`LISTENERS`].
const TABLE: [(&str, &str); 13] = [
    ("an incident", "+ + + - + - + + - - + -"),
    ("a confidential incident", "+ + - - - - + - - - - -"),
    ("a note on it", "+ + - - - - + - - - - -"),
    ("a file of the first", "+ + + - + - + + - - + -"),
    ("somebody who opened that file", "+ + + - + - + + - - + -"),
    ("a line of the hall log", "+ + + - + - + + - - + -"),
    ("a candidate who came", "+ + + - + - + + - - + -"),
    ("how many are in", "+ + + - + - + + - - + -"),
    ("an invigilator who came", "+ + + - + - + + - - + -"),
    ("collecting that begins", "+ + + - + - + + - - + -"),
    ("a script that was handed in", "+ + + - + - + + - - + -"),
    ("an announcement to be read", "+ + + - + - + + - - + -"),
    ("word to one person", "- + - - - - - - - - - -"),
];

/// The deeds of the table: who does them, and what.
fn deeds() -> Vec<(UserId, Value)> {
    let [open, hidden, file, said] = [1, 2, 3, 4].map(Uuid::from_u128);
    let case = |reference: Uuid, confidential: bool| {
        json!({ "command": "reportIncident", "input": {
            "ref": reference, "type": "OTHER", "severity": "LOW", "description": "Noise.",
            "sittingId": 1, "confidential": confidential,
        } })
    };
    let deed = |command: &str, input: Value| json!({ "command": command, "input": input });
    let sitting = |command: &str, more: (&str, i64)| {
        let mut input = json!({ "sittingId": 1 });
        input[more.0] = json!(more.1);
        deed(command, input)
    };
    let seen = json!({ "incident": open, "evidence": file });
    let attached = json!({
        "incident": open, "evidence": file, "sha256": "5f".repeat(32), "size": 1, "kind": "JPEG",
        "name": "bag.jpg",
    });
    let script = json!({ "batchId": 1, "student": 1001, "step": "SUBMITTED" });
    let aloud = json!({
        "announcement": said, "sittings": [1], "text": "Ten minutes.", "requiresAck": true,
    });
    let word = json!({
        "users": [OFFICER], "title": "Ring me", "message": "Please.", "priority": "HIGH",
    });
    let note = json!({ "incident": hidden, "text": "The wallet is here." });
    vec![
        (INVIGILATOR, case(open, false)),
        (INVIGILATOR, case(hidden, true)),
        (OFFICER, deed("noteIncident", note)),
        (INVIGILATOR, deed("attachEvidence", attached)),
        (OFFICER, deed("openEvidence", seen)),
        (
            INVIGILATOR,
            deed(
                "logHall",
                json!({ "sittingId": 1, "action": "note", "text": "C4 out" }),
            ),
        ),
        (INVIGILATOR, sitting("checkInCandidate", ("student", 1001))),
        (INVIGILATOR, sitting("countPresent", ("checkedIn", 12))),
        (
            INVIGILATOR,
            sitting("checkInInvigilator", ("invigilator", 9)),
        ),
        (INVIGILATOR, deed("openCollection", json!({ "batchId": 1 }))),
        (INVIGILATOR, deed("moveScript", script)),
        (OFFICER, deed("issueAnnouncement", aloud)),
        (UserId(2), deed("notify", word)),
    ]
}

fn request(command: &Value) -> CommandRequest {
    let mut request = json!({
        "commandId": Uuid::new_v4(), "occurredAt": "2026-12-07T10:00:00.000Z",
        "recordedAt": "2026-12-07T10:00:00.000Z", "clockOffsetMs": 0,
    });
    request["command"] = command["command"].clone();
    request["input"] = command["input"].clone();
    serde_json::from_value(request).unwrap()
}

/// Whether one of `news` was among what was heard up to `end`; the other institution has no end, and is
/// asked for a sign of life instead.
async fn heard(phone: &mut Phone, news: std::ops::RangeInclusive<i64>, end: Option<Seq>) -> bool {
    if end.is_none() {
        phone.say("ping", json!({ "t0": 1 })).await;
    }
    let mut found = false;
    loop {
        let (name, body) = phone.event().await;
        let seq = body["seq"].as_i64().unwrap_or_default();
        found |= news.contains(&seq);
        if end.map_or(name == "pong", |end| seq == end.0) {
            return found;
        }
    }
}

#[tokio::test]
async fn news_of_a_hall_reach_those_of_the_table_and_nobody_else() {
    let bench = Bench::start().await;
    let mut phones = Vec::new();
    for (_, user) in LISTENERS {
        phones.push(bench.signed_in(user).await);
    }
    let own: Vec<UserId> = LISTENERS
        .iter()
        .map(|(_, user)| *user)
        .filter(|user| user.0 < 900)
        .collect();
    let mut found = BTreeMap::new();
    for ((what, _), (by, command)) in TABLE.iter().zip(deeds()) {
        let first = bench.n_events() + 1;
        bench.does(by, request(&command)).await;
        let news = first..=bench.n_events();
        let all = json!({ "users": own, "title": "End", "message": *what, "priority": "LOW" });
        let end = bench
            .does(
                UserId(2),
                request(&json!({ "command": "notify", "input": all })),
            )
            .await;
        let mut letters = Vec::new();
        for ((_, user), phone) in LISTENERS.iter().zip(&mut phones) {
            let end = own.contains(user).then_some(end);
            let hears = heard(phone, news.clone(), end).await;
            letters.push(LETTERS[usize::from(hears)]);
        }
        found.insert(*what, letters.join(" "));
    }
    let written: BTreeMap<&str, String> = TABLE
        .iter()
        .map(|(what, letters)| (*what, (*letters).to_owned()))
        .collect();
    assert_eq!(found, written);
}
