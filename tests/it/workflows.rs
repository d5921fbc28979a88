//! The workflows of the exam hall, played by real stations on a real server.

mod admission;
mod custody_paper;
mod elsewhere;
mod first_copy;
mod handover;
mod missing_script;
mod moved;
mod pauses;
mod routine;
mod seals;
mod strays;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    process::ServerProcess,
    proxy::{Proxy, Wire},
    rest::{OFFICER, Rest},
    station::StationProcess,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The chief invigilator of BUS101 in the Great Hall.
pub(crate) const CHIEF: &str = "fiifi.quansah@aut.example";
/// An invigilator of the same sitting, and their number.
pub(crate) const WITNESS: (&str, i64) = ("selina.agbeko@aut.example", 11);
/// Who carries batches, and their number.
pub(crate) const HANDLER: (&str, i64) = ("ibrahim.alhassan@aut.example", 6);
/// The sitting of BUS101, its batch, and how many are present.
pub(crate) const SITTING: i64 = 2;
/// The batch of BUS101.
pub(crate) const BATCH: i64 = 2;

/// An exam day with its server, its halls and a wire that can be cut.
struct Day {
    server: ServerProcess,
    wire: Proxy,
    folder: tempfile::TempDir,
}

impl Day {
    async fn begin() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let server = ServerProcess::start(&folder.path().join("server"), 0, &[]).await?;
        let wire = Proxy::start(&server.url).await?;
        Ok(Self {
            server,
            wire,
            folder,
        })
    }

    /// Somebody at a station of the hall, behind the wire.
    async fn at(&self, code: &str, email: &str) -> Result<StationProcess> {
        self.behind(&self.wire.url, code, email).await
    }

    /// Somebody at a station of the office, whose line does not go through the hall.
    async fn in_office(&self, code: &str, email: &str) -> Result<StationProcess> {
        self.behind(&self.server.url, code, email).await
    }

    /// Somebody at a station that reaches the server at `url`.
    async fn behind(&self, url: &str, code: &str, email: &str) -> Result<StationProcess> {
        let folder: PathBuf = self.folder.path().join(code);
        let mut station = StationProcess::start(&folder, code)?;
        station.sign_in(url, email).await?;
        station.live(0).await?;
        Ok(station)
    }

    async fn office(&self) -> Result<Rest> {
        Rest::sign_in(&self.server.url, OFFICER).await
    }

    /// Cuts the hall off and waits until its stations have noticed.
    async fn cut(&self, stations: &mut [&mut StationProcess]) -> Result<()> {
        self.wire.set(Wire::Cut);
        for station in stations {
            station.cut_off().await?;
        }
        Ok(())
    }

    /// Lets one station after the other back onto the line.
    async fn mend(&self, stations: &mut [&mut StationProcess]) -> Result<()> {
        self.wire.set(Wire::Whole);
        for station in stations {
            station.call("try_now", Value::Null).await?;
            station.live(0).await?;
        }
        Ok(())
    }

    /// Seventy candidates are in, and their scripts are being collected.
    async fn collecting(&self) -> Result<(StationProcess, StationProcess)> {
        let mut chief = self.at("GH-A", CHIEF).await?;
        let present = json!({ "sittingId": SITTING, "checkedIn": 70 });
        chief.submit(command("countPresent", present)).await?;
        let open = json!({ "batchId": BATCH });
        chief.submit(command("openCollection", open)).await?;
        chief.live(0).await?;
        let witness = self.at("GH-B", WITNESS.0).await?;
        Ok((chief, witness))
    }
}

pub(crate) fn command(name: &str, input: Value) -> Value {
    let fields = [("command", json!(name)), ("input", input)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.into_iter().collect())
}

pub(crate) fn declare(count: i64) -> Value {
    command("declareCount", json!({ "batchId": BATCH, "count": count }))
}

/// The seal before the witness, perhaps with the case that explains a difference.
pub(crate) fn seal(count: i64, number: &str, incident: Option<Uuid>) -> Value {
    let mut input = json!({
        "batchId": BATCH, "count": count, "sealNumber": number, "witness": WITNESS.1,
    });
    if let (Some(case), Some(input)) = (incident, input.as_object_mut()) {
        input.insert("incident".to_owned(), json!(case));
    }
    command("sealBatch", input)
}

/// Asks for something that is refused; the sentence.
async fn refusal(station: &mut StationProcess, command: Value) -> Result<String> {
    let answer = station
        .call("submit", json!({ "command": command }))
        .await?;
    let message = answer.pointer("/rejection/message");
    let message = message.and_then(Value::as_str);
    Ok(message
        .with_context(|| format!("not refused: {answer}"))?
        .to_owned())
}

/// The refusals that a person at this station has to decide about.
async fn to_decide(station: &mut StationProcess) -> Result<Vec<String>> {
    let items = station.call("outbox", Value::Null).await?;
    let items = items.as_array().context("no outbox")?.iter();
    let open = items.filter(|item| item.get("state") == Some(&json!("attention")));
    let said = open.filter_map(|item| item.pointer("/rejection/message").and_then(Value::as_str));
    Ok(said.map(str::to_owned).collect())
}

/// The batch as the office has it.
pub(crate) async fn batch(office: &Rest) -> Result<Value> {
    let answer = office.get(&format!("/batch-scripts/{BATCH}")).await?;
    let found = answer.get("data").cloned();
    found.context("no batch")
}

/// A field of the batch as the office has it, as text.
pub(crate) async fn field(office: &Rest, name: &str) -> Result<String> {
    let batch = batch(office).await?;
    let value = batch
        .get(name)
        .with_context(|| format!("{name}: {batch}"))?;
    Ok(value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned))
}

/// The events of one name in the log, in order.
pub(crate) async fn events(office: &Rest, name: &str) -> Result<Vec<Value>> {
    let mut all = office.events().await?;
    all.retain(|event| event.get("event") == Some(&json!(name)));
    Ok(all)
}

fn says(sentence: &str, words: &str) -> Result<()> {
    ensure!(sentence.contains(words), "{words:?} is not in {sentence:?}");
    Ok(())
}
