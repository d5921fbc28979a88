//! The same texts in every field of every command that somebody may write: each is taken as it stands or
//! refused with a sentence, and what was taken breaks no report, no copy on a station and no paper.

use std::{collections::BTreeMap, process::Command};

use elms_tests::station::StationProcess;
use futures_util::{StreamExt as _, stream};
use uuid::Uuid;

use super::*;

/// One field a line: `§` is the text, `@` a case that is open, `#` an id of its own.
const FIELDS: &str = r##"
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"Noise.","title":"§"}
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"§","sittingId":1}
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"Noise.","sittingId":1,"seat":"§"}
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"Noise.","localNumber":"§"}
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"Noise.","subtype":"§"}
reportIncident {"ref":"#","type":"OTHER","severity":"LOW","description":"Noise.","actionTaken":"§"}
amendIncident {"incident":"@","title":"§"}
amendIncident {"incident":"@","description":"§"}
amendIncident {"incident":"@","actionTaken":"§"}
amendIncident {"incident":"@","seat":"§"}
amendIncident {"incident":"@","title":"Again","note":"§"}
noteIncident {"incident":"@","text":"§"}
noteIncident {"incident":"@","text":"Noted.","evidence":["§"]}
signStatement {"incident":"@","statement":"§","method":"PIN"}
signStatement {"incident":"@","statement":"Seen.","method":"INK","name":"§"}
acknowledgeIncident {"incident":"@","note":"§"}
unacknowledgeIncident {"incident":"@","note":"§"}
assignIncident {"incident":"@","assignee":3,"note":"§"}
setSeverity {"incident":"@","severity":"MEDIUM","note":"§"}
escalateIncident {"incident":"@","note":"§"}
setConfidential {"incident":"@","confidential":true,"note":"§"}
referIncident {"incident":"@","fileNumber":"§"}
resolveIncident {"incident":"@","outcome":"FOUND","resolution":"§"}
closeIncident {"incident":"@","note":"§"}
reopenIncident {"incident":"@","reason":"§"}
voidIncident {"incident":"@","reason":"§"}
logHall {"sittingId":1,"action":"NOTE","text":"§"}
logHall {"sittingId":2,"action":"NOTE","text":"§"}
logHall {"sittingId":1,"action":"§","text":"Noted."}
logHall {"sittingId":1,"action":"NOTE","text":"Noted.","seat":"§"}
extendTime {"sittingId":1,"addedSec":60,"reason":"§","students":[1001]}
setPhase {"sittingId":1,"to":"PAUSED","reason":"§"}
setPhase {"sittingId":1,"to":"WRITING","reason":"§"}
checkInCandidate {"sittingId":1,"student":1001,"reason":"§"}
sendOn {"sittingId":1,"indexNumber":"§"}
sealBatch {"batchId":1,"count":1,"sealNumber":"§","witness":9}
unsealBatch {"batchId":1,"witness":9,"reason":"§"}
setBatchStatus {"batchId":1,"to":"IN_TRANSIT","location":"loc:x","locationName":"§"}
notePrinted {"batchId":1,"copies":96,"spare":6,"place":"§"}
setScriptException {"batchId":1,"student":1001,"exception":"EXTRA","note":"§"}
gradeScript {"batchId":1,"student":1001,"grade":"§"}
offerBatch {"transfer":"#","batchId":1,"toLocation":"loc:x","toLocationName":"§"}
updateTimetable {"timetableId":1,"changes":["§"],"text":"§"}
notify {"users":[3],"title":"§","message":"§","priority":"info"}
issueAnnouncement {"announcement":"#","sittings":[1],"text":"§","requiresAck":false}
confirmAnnouncement {"announcement":"#","sittingId":1,"text":"§"}
noteStation {"station":"§","news":"online","text":"§"}
noteExport {"format":["csv"],"text":"§"}
"##;

/// What is surely taken, but for blanks alone and what is longer than a field.
const TAKEN: &[&str] = &["reportIncident", "amendIncident", "noteIncident", "logHall"];

/// A command with this text in its field.
fn request(line: &str, text: &str, case: Uuid) -> Result<Value> {
    let (command, input) = line.split_once(' ').context("no field")?;
    let text = json!(text).to_string();
    let input = input
        .replace("\"§\"", &text)
        .replace("\"@\"", &json!(case).to_string())
        .replace("\"#\"", &json!(Uuid::now_v7()).to_string());
    let input: Value = serde_json::from_str(&input)?;
    let at = "2026-12-07T10:00:00.000Z";
    Ok(json!({
        "commandId": Uuid::now_v7(), "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0,
        "command": command, "input": input,
    }))
}

/// Sends a text in every field; for each command whether it was taken. A refusal has its sentence.
async fn in_every_field(office: &Rest, text: &str) -> Result<Vec<(String, bool)>> {
    let case = Uuid::now_v7();
    let plain = format!(
        "reportIncident {{\"ref\":\"{case}\",\"type\":\"OTHER\",\"severity\":\"LOW\",\"description\":\"Noise.\"}}"
    );
    let lines: Vec<&str> = std::iter::once(plain.as_str())
        .chain(FIELDS.trim().lines())
        .collect();
    let requests: Vec<Value> = lines
        .iter()
        .map(|line| request(line, text, case))
        .collect::<Result<_>>()?;
    let answer = office.post("/sync/ops", &json!(requests)).await?;
    let outcomes = answer.get("data").and_then(Value::as_array);
    let outcomes = outcomes.with_context(|| format!("{text:?}: {answer}"))?;
    ensure!(
        outcomes.len() == lines.len(),
        "{text:?}: some were not answered"
    );
    let mut taken = Vec::new();
    for (line, outcome) in lines.iter().zip(outcomes) {
        let refused = outcome.get("rejection").filter(|why| !why.is_null());
        if let Some(why) = refused {
            let said = |name| why.get(name).and_then(Value::as_str).unwrap_or_default();
            let is_clear = !said("code").is_empty() && said("message").ends_with('.');
            ensure!(is_clear, "{line} with {text:?}: {why}");
        }
        taken.push(((*line).to_owned(), refused.is_none()));
    }
    Ok(taken)
}

/// No cell of a report begins like a formula, as a spreadsheet reads it.
pub(super) async fn no_report_is_a_formula(office: &Rest) -> Result<usize> {
    let mut n_cells = 0_usize;
    let all = [
        "incidents",
        "batches",
        "custody",
        "hall-log",
        "register",
        "timetable",
        "events",
    ];
    for what in all {
        let file = office.file(&format!("/export/{what}?format=csv")).await?;
        let mut rows = csv::ReaderBuilder::new().from_reader(file.as_bytes());
        for row in rows.records() {
            for cell in &row.with_context(|| what)? {
                n_cells = n_cells.saturating_add(1);
                let start = cell.trim_start_matches(' ');
                let is_formula = start
                    .starts_with(['=', '@', '+', '\t', '\r', '\n', '＝', '＋', '＠', '－'])
                    || (start.starts_with('-') && start.parse::<f64>().is_err());
                ensure!(!is_formula, "{what}: a cell begins with {start:?}");
            }
        }
        let lines = office.file(&format!("/export/{what}?format=jsonl")).await?;
        for line in lines.lines() {
            serde_json::from_str::<Value>(line).with_context(|| format!("{what}: {line:?}"))?;
        }
    }
    Ok(n_cells)
}

/// The words of a paper, without the blanks between them.
fn words_of(file: &str) -> Result<String> {
    let read = Command::new("pdftotext").args([file, "-"]).output();
    let read = read.context("pdftotext is missing: `cargo xtask setup` installs it")?;
    ensure!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    ensure!(
        read.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    Ok(closed_up(&String::from_utf8_lossy(&read.stdout)))
}

/// Whether all of it is drawn as it was written.
fn is_plain(text: &str) -> bool {
    text.chars().all(|sign| matches!(sign, ' '..='~'))
}

fn n_plain(texts: &[String]) -> usize {
    texts.iter().filter(|text| is_plain(text)).count()
}

fn closed_up(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A station that has followed all of it makes papers of two halls; how many texts can be read on one.
async fn on_paper(station: &mut StationProcess, texts: &[String]) -> Result<usize> {
    let zone = json!({ "offsetMin": 0, "name": "GMT" });
    let mut words = String::new();
    // In the first hall stands every field, in the second one line for each text.
    for sitting in [1, 2] {
        let wanted = json!({ "kind": "hall", "id": sitting, "zone": zone });
        let saved = station.call("paper", wanted).await?;
        let file = saved.get("file").and_then(Value::as_str);
        words = words_of(file.context("no paper")?)?;
    }
    let plain = texts.iter().filter(|text| is_plain(text));
    let there = plain.filter(|text| words.contains(&closed_up(text)));
    Ok(there.count())
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_in_every_field_are_taken_or_refused_and_break_no_report_and_no_paper()
-> Result<()> {
    let data = tempfile::tempdir()?;
    let server = ServerProcess::start(&data.path().join("server"), 0, &[]).await?;
    let office = Rest::sign_in(&server.url, OFFICER).await?;
    let mut station = StationProcess::start(&data.path().join("EO-1"), "EO-1")?;
    station.sign_in(&server.url, OFFICER).await?;
    station.live(0).await?;
    let texts = texts()?;
    let sent = stream::iter(&texts).map(|text| in_every_field(&office, text));
    let sent: Vec<Result<_>> = sent.buffer_unordered(8).collect().await;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for outcomes in sent {
        for (line, is_taken) in outcomes? {
            let name = line.split(' ').next().unwrap_or_default().to_owned();
            let n_taken = taken.entry(name).or_default();
            *n_taken = n_taken.saturating_add(usize::from(is_taken));
        }
    }
    for command in TAKEN {
        let n_taken = taken.get(*command).copied().unwrap_or_default();
        ensure!(
            texts.len() <= n_taken,
            "{command}: {n_taken} taken; {taken:?}"
        );
    }
    let n_cells = no_report_is_a_formula(&office).await?;
    ensure!(10_000 < n_cells, "{n_cells} cells");
    station.live(office.head().await?).await?;
    let n_printed = on_paper(&mut station, &texts).await?;
    station.stop().await?;
    // The end of a page may lie in the middle of a long one.
    let n_plain = n_plain(&texts);
    ensure!(
        n_plain <= n_printed.saturating_add(3),
        "{n_printed} of {n_plain} are on the paper"
    );
    server.stop().await
}
