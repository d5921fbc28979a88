//! Files of evidence, as a client sends and opens them.

use axum::body::Bytes;
use elms_evidence::fingerprint;

use super::*;

const TEXT: &[u8] = b"Phone under the script, seat C9, seen at 10:55.";

/// A case of the chief with one announced file; the path of the file.
async fn announced(hall: &Hall, bytes: &[u8], kind: &str) -> String {
    let case = hall.incident("HIGH").await["id"].to_string();
    let path = format!("/api/incidents/{case}/evidence");
    let file = json!({
        "sha256": fingerprint(bytes), "size": bytes.len(), "kind": kind, "name": "bag.txt",
    });
    let file = hall
        .post(CHIEF, &path, file)
        .await
        .expect(StatusCode::CREATED);
    format!("{path}/{}", file["data"]["id"].as_str().unwrap())
}

impl Hall {
    async fn part(&self, user: i64, path: &str, offset: usize, part: &[u8]) -> Answer {
        let mut request = self.request(user, Method::PATCH, path, &Value::Null);
        *request.body_mut() = Body::from(part.to_vec());
        let offset = offset.to_string().parse().unwrap();
        request.headers_mut().insert("upload-offset", offset);
        self.send(request).await
    }

    async fn raw(&self, user: i64, path: &str) -> (StatusCode, HeaderMap, Bytes) {
        let mut request = self.request(user, Method::GET, path, &Value::Null);
        let peer = Peer(SocketAddr::from(([127, 0, 0, 1], 50_000)));
        request.extensions_mut().insert(peer);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (
            parts.status,
            parts.headers,
            to_bytes(body, 64 << 20).await.unwrap(),
        )
    }

    /// The names of the events about files, and who caused each.
    async fn about_files(&self) -> Vec<(String, Value)> {
        let read = self.get(OFFICER, "/api/sync/events").await;
        let events = read.body["data"]["events"].as_array().unwrap().clone();
        let files = events.into_iter().filter_map(|event| {
            let name = event["event"].as_str()?.to_owned();
            let by = event["actor"]["userId"].clone();
            name.starts_with("evidence:").then_some((name, by))
        });
        files.collect()
    }
}

#[tokio::test]
async fn a_file_comes_in_parts_is_noted_once_and_each_opening_of_it_too() {
    let hall = Hall::new().await;
    let path = announced(&hall, TEXT, "TEXT").await;
    let original = format!("{path}/original");
    hall.get(OFFICER, &original)
        .await
        .refused(409, "NOT_HERE_YET");
    let (first, rest) = TEXT.split_at(20);
    let come = hall
        .part(CHIEF, &path, 0, first)
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        come["data"],
        json!({ "offset": 20, "size": TEXT.len(), "complete": false })
    );
    // The answer was lost: the part comes again, and the sender learns where to go on.
    let again = hall
        .part(CHIEF, &path, 0, first)
        .await
        .refused(409, "OTHER_OFFSET");
    assert_eq!(again["offset"], json!(20));
    for _ in 0..2 {
        let whole = hall
            .part(CHIEF, &path, 20, rest)
            .await
            .expect(StatusCode::OK);
        assert_eq!(whole["data"]["complete"], json!(true));
    }
    hall.get(CHIEF, &path).await.expect(StatusCode::OK);
    for _ in 0..2 {
        let (status, headers, bytes) = hall.raw(OFFICER, &original).await;
        assert_eq!((status, &bytes[..]), (StatusCode::OK, TEXT));
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(
            headers["content-disposition"]
                .to_str()
                .unwrap()
                .starts_with("attachment")
        );
    }
    let events = hall.about_files().await;
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    let opened = "evidence:opened";
    assert_eq!(
        names,
        ["evidence:attached", "evidence:received", opened, opened]
    );
    assert_eq!(events[1].1, Value::Null, "only the server says what it has");
    assert_eq!(events[2].1, json!(OFFICER));
}

#[tokio::test]
async fn a_file_that_was_lost_with_the_disk_is_said_to_be_lost_with_what_the_record_proves() {
    let hall = Hall::new().await;
    let path = announced(&hall, TEXT, "TEXT").await;
    hall.part(CHIEF, &path, 0, TEXT)
        .await
        .expect(StatusCode::OK);
    // A backup was put back that had the log and no files.
    std::fs::remove_dir_all(hall.dir.path().join("evidence")).unwrap();
    for copy in ["original", "shown"] {
        let lost = hall.get(OFFICER, &format!("{path}/{copy}")).await;
        let said = lost.refused(410, "FILE_LOST")["message"].to_string();
        assert!(said.contains(&fingerprint(TEXT)), "{said}");
    }
    let names = hall.about_files().await;
    assert_eq!(names.len(), 2, "nobody has opened it: {names:?}");
    // Who attached it, and still has it, may send it once more.
    hall.part(CHIEF, &path, 0, TEXT)
        .await
        .expect(StatusCode::OK);
    let (status, _, bytes) = hall.raw(OFFICER, &format!("{path}/original")).await;
    assert_eq!((status, &bytes[..]), (StatusCode::OK, TEXT));
}

#[tokio::test]
async fn a_wrong_type_and_a_byte_too_much_are_refused_with_a_sentence() {
    let hall = Hall::new().await;
    let page = b"<svg onload=alert(1)>";
    let path = announced(&hall, page, "JPEG").await;
    let refused = hall
        .part(CHIEF, &path, 0, page)
        .await
        .refused(422, "OTHER_KIND");
    assert!(refused["message"].as_str().unwrap().contains("content"));
    assert_eq!(hall.about_files().await.len(), 1, "it was not received");
    let case = path.split("/evidence/").next().unwrap();
    let mut file = json!({
        "sha256": fingerprint(TEXT), "size": 20 << 20, "kind": "TEXT", "name": "a.txt",
    });
    let announce = format!("{case}/evidence");
    hall.post(CHIEF, &announce, file.clone())
        .await
        .expect(StatusCode::CREATED);
    file["size"] = json!((20 << 20) + 1);
    let refused = hall
        .post(CHIEF, &announce, file)
        .await
        .refused(422, "INVALID");
    assert!(refused["message"].as_str().unwrap().contains("20 MiB"));
}

#[tokio::test]
async fn who_may_not_see_a_case_finds_no_file_and_nobody_sends_for_another() {
    let hall = Hall::new().await;
    let path = announced(&hall, TEXT, "TEXT").await;
    hall.part(OFFICER, &path, 0, TEXT)
        .await
        .refused(403, "INSUFFICIENT_PERMISSIONS");
    hall.part(CHIEF, &path, 0, TEXT)
        .await
        .expect(StatusCode::OK);
    let case = path.split("/evidence/").next().unwrap();
    let incident = hall.get(OFFICER, case).await.body["data"]["ref"].clone();
    hall.get(INVIGILATOR, &path).await.expect(StatusCode::OK);
    let hide = json!({
        "commandId": uuid::Uuid::now_v7(), "command": "setConfidential",
        "input": { "incident": incident, "confidential": true },
        "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
        "clockOffsetMs": 0,
    });
    hall.post(OFFICER, "/api/commands", hide)
        .await
        .expect(StatusCode::OK);
    for end in ["", "/original", "/shown"] {
        for person in [INVIGILATOR, LECTURER, STRANGER] {
            let asked = hall.get(person, &format!("{path}{end}")).await;
            asked.refused(404, "NOT_FOUND");
        }
    }
    assert_eq!(hall.raw(OFFICER, &format!("{path}/original")).await.2, TEXT);
}
