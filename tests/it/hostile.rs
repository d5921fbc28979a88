//! Three hundred texts that have broken programs before (`tests/data/hostile.json`), as what somebody
//! reports: kept as they were written, in the record, in the log and in a report that is taken out.

mod everywhere;
pub(crate) mod imported;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::ServerProcess,
    rest::{OFFICER, Rest},
};
use serde_json::{Value, json};

use crate::named::root;

pub(crate) fn texts() -> Result<Vec<String>> {
    let file = std::fs::read(root().join("tests/data/hostile.json"))?;
    let texts: Vec<String> = serde_json::from_slice(&file)?;
    ensure!(texts.len() == 300, "{} texts", texts.len());
    Ok(texts)
}

/// What is kept of a text: all but the blanks around it.
fn kept(text: &str) -> &str {
    text.trim()
}

/// Reports each text; the numbers of the cases.
pub(crate) async fn reported(officer: &Rest, texts: &[String]) -> Result<Vec<(String, String)>> {
    let mut cases = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let body = json!({
            "type": "OTHER", "severity": "LOW", "title": format!("text {n}"), "description": text,
        });
        let answer = officer.post("/incidents", &body).await?;
        let id = answer.pointer("/data/id").map(Value::to_string);
        let id = id.with_context(|| format!("{text:?}: {answer}"))?;
        cases.push((id, text.clone()));
    }
    Ok(cases)
}

#[tokio::test]
async fn three_hundred_hostile_texts_are_kept_as_they_were_written() -> Result<()> {
    let data = tempfile::tempdir()?;
    let server = ServerProcess::start(data.path(), 0, &[]).await?;
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    let mut cases = reported(&officer, &texts()?).await?;
    // Blanks alone are no words: such a report is named by its kind.
    cases.retain(|(_, text)| !kept(text).is_empty());
    ensure!(290 < cases.len(), "only {} have words", cases.len());
    for (id, text) in &cases {
        let case = officer.get(&format!("/incidents/{id}")).await?;
        let found = case.get("data").unwrap_or(&case).get("description");
        let found = found.and_then(Value::as_str).unwrap_or_default();
        ensure!(found == kept(text), "{text:?} became {found:?}");
    }
    let log = officer
        .get("/sync/events?after=0&limit=2000")
        .await?
        .to_string();
    for (_, text) in &cases {
        ensure!(
            log.contains(&json!(kept(text)).to_string()),
            "{text:?} is not in the log"
        );
    }
    let url = format!("{}/api/export/incidents", server.url);
    let file = reqwest::Client::new()
        .get(url)
        .bearer_auth(&officer.token)
        .send()
        .await?;
    let file = file.error_for_status()?.text().await?;
    for cell in file.lines().flat_map(|line| line.split(',')) {
        let start = cell.trim_start_matches('"');
        let is_formula = start.starts_with(['=', '@', '+', '\t', '\r']);
        ensure!(!is_formula, "a cell begins with {start:?}");
    }
    Ok(())
}
