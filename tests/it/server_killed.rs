//! A server that is killed in the middle of its work has kept every command that it acknowledged.

use std::{collections::HashMap, sync::Arc, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::ServerProcess,
    rest::{OFFICER, Rest, hall_log},
};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::client_killed::kills;

/// How often the power goes; `ELMS_KILLS` says otherwise.
const KILLS: usize = 50;
/// Stations that write at the same time.
const WRITERS: usize = 8;

/// Commands that were acknowledged, with the position they got.
type Acknowledged = Arc<Mutex<HashMap<String, (Value, i64)>>>;

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_command_is_missing_after_many_power_cuts() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let acknowledged = Acknowledged::default();
    let server = ServerProcess::start(dir.path(), 0, &[]).await?;
    let officer = Rest::sign_in(&server.url, OFFICER).await?;
    server.stop().await?;
    for kill in 0..kills(KILLS)? {
        let server = ServerProcess::start(dir.path(), 0, &[]).await?;
        let officer = officer.at(&server.url);
        let before = acknowledged.lock().await.len();
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| tokio::spawn(write(officer.clone(), Arc::clone(&acknowledged))))
            .collect();
        // Something was acknowledged, then the power goes at another moment each time.
        elms_tests::until("an acknowledgement", Duration::from_secs(20), async || {
            before < acknowledged.lock().await.len()
        })
        .await?;
        let later = u64::try_from(3 * (kill % KILLS))?;
        tokio::time::sleep(Duration::from_millis(later)).await;
        server.kill().await?;
        for writer in writers {
            writer.await?;
        }
    }
    let server = ServerProcess::start(dir.path(), 0, &[]).await?;
    let officer = officer.at(&server.url);
    all_are_there(&officer, &*acknowledged.lock().await).await?;
    server.stop().await
}

/// Writes until the server is gone.
async fn write(officer: Rest, acknowledged: Acknowledged) {
    loop {
        let command = hall_log("written under load");
        let Ok(answer) = officer.post("/commands", &command).await else {
            return;
        };
        let Some(seq) = answer.pointer("/data/seq").and_then(Value::as_i64) else {
            return;
        };
        let id = command
            .get("commandId")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        acknowledged.lock().await.insert(id, (command, seq));
    }
}

async fn all_are_there(officer: &Rest, acknowledged: &HashMap<String, (Value, i64)>) -> Result<()> {
    let events = officer.events().await?;
    let caused: HashMap<&str, i64> = events
        .iter()
        .filter_map(|event| {
            let cause = event.get("causeRef").and_then(Value::as_str)?;
            Some((cause, event.get("seq").and_then(Value::as_i64)?))
        })
        .collect();
    for (id, (_, seq)) in acknowledged {
        ensure!(
            caused.get(id.as_str()) == Some(seq),
            "{id} was acknowledged as {seq}"
        );
    }
    // Sent again, a command gets the answer that it had.
    let (command, seq) = acknowledged
        .values()
        .next()
        .context("nothing was acknowledged")?;
    let again = officer.post("/commands", command).await?;
    ensure!(
        again.pointer("/data/seq").and_then(Value::as_i64) == Some(*seq),
        "{again}"
    );
    // Without gaps: every position up to the head has its event.
    let mut seqs: Vec<i64> = events
        .iter()
        .filter_map(|event| event.get("seq").and_then(Value::as_i64))
        .collect();
    seqs.sort_unstable();
    let whole: Vec<i64> = (1..=i64::try_from(seqs.len())?).collect();
    ensure!(seqs == whole, "the numbers have gaps");
    Ok(())
}
