//! A station notices when the server's history is not what it was, although whoever changed it
//! held the signing key and the server's own check finds nothing.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::proof::Pen;
use elms_server::ledger::Ledger;
use elms_tests::{
    process::ServerProcess,
    rest::{OFFICER, Rest, hall_log},
    station::StationProcess,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::server_cli::proving::{edit_text, recompute};

/// How long a station may take to notice.
const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn a_station_proves_its_cases_and_shouts_when_history_was_written_anew() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let server = ServerProcess::start(&data, 0, &[]).await?;
    let port = server.port()?;
    let office_dir = dir.path().join("office");
    let mut office = StationProcess::start(&office_dir, "EO-2")?;
    office.sign_in(&server.url, OFFICER).await?;
    office.live(0).await?;
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    officer
        .post("/commands", &hall_log("The clock has stopped"))
        .await?;
    let incident = reported(&mut office).await?;
    office.live(0).await?;

    // Its entries are in the log, byte for byte.
    let mut check = Value::Null;
    elms_tests::until("a proof", PATIENCE, async || {
        check = office
            .call("check_case", json!({ "ref": incident }))
            .await
            .unwrap_or_default();
        check
            .pointer("/proved")
            .and_then(Value::as_i64)
            .is_some_and(|n| 0 < n)
    })
    .await?;
    ensure!(check["proved"] == check["held"], "{check}");
    ensure!(
        check.pointer("/record/trouble") == Some(&Value::Null),
        "{check}"
    );

    // Somebody with everything writes the first event anew, and signs it.
    server.stop().await?;
    rewrite(&data)?;
    let server = ServerProcess::start(&data, port, &[]).await?;
    let mut status = Value::Null;
    elms_tests::until("an outcry", PATIENCE, async || {
        status = office.call("status", Value::Null).await.unwrap_or_default();
        status
            .pointer("/record/trouble")
            .is_some_and(Value::is_string)
    })
    .await?;
    // Whichever comes first: another root of as many events, or a proof that does not hold.
    let first = status.pointer("/warnings/0").and_then(Value::as_str);
    let said = [
        "The server shows two different logs",
        "The server's log was changed",
    ];
    ensure!(
        first.is_some_and(|text| said.iter().any(|begins| text.starts_with(begins))),
        "{status}"
    );
    office.stop().await?;
    ensure!(has_evidence(&office_dir)?, "no evidence beside the copy");
    server.stop().await
}

async fn reported(office: &mut StationProcess) -> Result<Value> {
    let reference = uuid::Uuid::new_v4();
    let input = json!({
        "ref": reference, "type": "ACADEMIC_MISCONDUCT", "severity": "LOW",
        "description": "Phone under the script", "sittingId": 1,
    });
    let command = json!({ "command": "reportIncident", "input": input });
    office.submit(command).await?;
    Ok(json!(reference))
}

fn rewrite(data: &Path) -> Result<()> {
    let secret: [u8; 32] = std::fs::read(data.join("keys/log.key"))?
        .try_into()
        .map_err(|_wrong| anyhow::anyhow!("no key"))?;
    let heads = Ledger::open(data)?.heads()?;
    let head = heads.first().context("no log")?;
    let conn = Connection::open(data.join("log.db"))?;
    let institution = head.institution.0;
    edit_text(&conn, (institution, 1), "online", "absent")?;
    recompute(&conn, Some(&Pen::new(&secret)), (institution, &head.origin))
}

fn has_evidence(dir: &Path) -> Result<bool> {
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            if entry.file_name() == "evidence" {
                return Ok(std::fs::read_dir(entry.path())?.next().is_some());
            }
            if entry.file_type()?.is_dir() {
                dirs.push(entry.path());
            }
        }
    }
    Ok(false)
}
