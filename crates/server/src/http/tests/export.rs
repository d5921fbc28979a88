//! Files over the network.

use super::*;

async fn taken(hall: &Hall, user: i64, path: &str) -> (StatusCode, String) {
    let mut request = hall.request(user, Method::GET, path, &Value::Null);
    request
        .extensions_mut()
        .insert(Peer(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let response = hall.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 16 << 20).await.unwrap();
    (parts.status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn an_officer_takes_incidents_out_and_the_log_says_so() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    let report = json!({ "type": "OTHER", "description": "=cmd|' /C calc'!A0", "examId": 1 });
    hall.post(CHIEF, "/api/incidents", report)
        .await
        .expect(StatusCode::CREATED);
    let (status, file) = taken(&hall, OFFICER, "/api/export/incidents").await;
    assert_eq!(status, StatusCode::OK, "{file}");
    let lines: Vec<&str> = file.split("\r\n").collect();
    assert!(lines[0].starts_with("number,localNumber,ref,type,severity,status,title"));
    assert_eq!(lines.len(), 4, "{file}");
    assert!(lines[1].contains("Script of C9") && lines[1].contains("CSE201"));
    assert!(lines[2].contains(",'=cmd|"), "{}", lines[2]);
    let log = hall
        .get(OFFICER, "/api/sync/events")
        .await
        .expect(StatusCode::OK);
    let last = log["data"]["events"].as_array().unwrap().last().unwrap();
    assert_eq!(last["event"], json!("report_exported"));
    assert_eq!(
        last["payload"]["text"],
        json!("incidents taken out as csv, 2 rows")
    );
}

#[tokio::test]
async fn every_report_can_be_taken_out_in_both_formats() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    for what in crate::export::What::ALL {
        for format in ["csv", "jsonl"] {
            let path = format!("/api/export/{}?format={format}", what.name());
            let (status, file) = taken(&hall, OFFICER, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}: {file}");
            let is_json = |line: &str| serde_json::from_str::<Value>(line).is_ok();
            assert!(format == "csv" || file.lines().all(is_json), "{file}");
        }
    }
    let (_, file) = taken(&hall, OFFICER, "/api/export/timetable?format=ics").await;
    assert_eq!(file.matches("BEGIN:VEVENT").count(), 8, "{file}");
    hall.get(OFFICER, "/api/export/register?format=ics")
        .await
        .refused(422, "INVALID");
    let (_, register) = taken(&hall, OFFICER, "/api/export/register").await;
    assert_eq!(register.lines().count(), 518);
    hall.get(OFFICER, "/api/export/secrets")
        .await
        .refused(404, "NOT_FOUND");
    hall.get(OFFICER, "/api/export/events?format=xls")
        .await
        .refused(400, "INVALID");
}

#[tokio::test]
async fn a_file_holds_no_more_than_its_reader_may_see() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    for person in [10, LECTURER] {
        let answer = hall.get(person, "/api/export/events").await;
        answer.refused(403, "INSUFFICIENT_PERMISSIONS");
    }
    let (status, file) = taken(&hall, STRANGER, "/api/export/events").await;
    assert_eq!(
        (status, file.lines().count()),
        (StatusCode::OK, 1),
        "{file}"
    );
    let (_, register) = taken(&hall, STRANGER, "/api/export/register?format=jsonl").await;
    assert!(!register.contains("CSE201"));
}

#[tokio::test]
async fn a_chief_takes_out_the_own_sitting_and_nothing_of_another() {
    let hall = Hall::new().await;
    hall.incident("HIGH").await;
    let elsewhere = json!({ "type": "OTHER", "description": "Elsewhere.", "examId": 2 });
    hall.post(OFFICER, "/api/incidents", elsewhere)
        .await
        .expect(StatusCode::CREATED);
    let (status, file) = taken(&hall, CHIEF, "/api/export/incidents").await;
    assert_eq!(status, StatusCode::OK, "{file}");
    assert!(file.contains("Script of C9") && !file.contains("Elsewhere"));
    let (_, events) = taken(&hall, CHIEF, "/api/export/events?format=jsonl").await;
    assert!(events.contains("Script of C9") && !events.contains("Elsewhere"));
    let (_, register) = taken(&hall, CHIEF, "/api/export/register").await;
    let (_, all) = taken(&hall, OFFICER, "/api/export/register").await;
    let rows = |file: &str| file.lines().count();
    assert!(1 < rows(&register) && rows(&register) < rows(&all));
    // Nobody's chief.
    let (status, _) = taken(&hall, 10, "/api/export/register").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
