//! Changes of batches, each a command through the door.

use axum::{extract::State, http::StatusCode};
use elms_protocol::{
    Batch, BatchId, BatchStatus, Command, CountScripts, IncidentRef, LogHall, OpenCollection,
    ReceiveBatch, Rejection, RejectionCode, SealBatch, SetBatchStatus, UserId,
};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{found, shown, status};
use crate::{
    App,
    http::{Key, Looking, Number, Reply, Said, carry_out},
};

/// Carries out a command about a batch that the person can see, and shows what became of it.
/// `to` is where it would bring the batch, for a refusal to say.
async fn change(
    app: &App,
    (looking, key): (Looking, Key),
    batch: &Batch,
    to: BatchStatus,
    command: impl Into<Command>,
) -> Result<Reply, Reply> {
    let done = carry_out(app, &looking.actor, key, command).await?;
    done.map_err(|rejection| refused(rejection, batch, to))?;
    answer(app, looking, batch.id)
}

fn refused(rejection: Rejection, batch: &Batch, to: BatchStatus) -> Reply {
    let illegal = rejection.code == RejectionCode::IllegalTransition;
    let reply = Reply::from(rejection);
    if illegal {
        reply
            .with("from", json!(batch.status))
            .with("to", json!(to))
    } else {
        reply
    }
}

fn answer(app: &App, looking: Looking, id: BatchId) -> Result<Reply, Reply> {
    let looking = looking.again(app)?;
    let batch = found(&looking, id.0)?;
    Ok(Reply::done(
        StatusCode::OK,
        "Batch updated successfully",
        shown(&batch),
    ))
}

pub(super) async fn open(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let command = OpenCollection { batch_id: batch.id };
    change(
        &app,
        (looking, key),
        &batch,
        BatchStatus::InCollection,
        command,
    )
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    scripts_collected: Option<i64>,
    scripts_submitted: Option<i64>,
    count: Option<i64>,
}

/// The original counts its rows anew and sends nothing: ours are always counted.
pub(super) async fn update_counts(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(counts): Said<Counts>,
) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let count = counts
        .scripts_collected
        .or(counts.scripts_submitted)
        .or(counts.count);
    let Some(collected) = count else {
        return answer(&app, looking, batch.id);
    };
    let command = CountScripts {
        batch_id: batch.id,
        collected,
    };
    change(
        &app,
        (looking, key),
        &batch,
        BatchStatus::InCollection,
        command,
    )
    .await
}

/// Old clients send notes at most; ours say what was counted and who saw it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SealBody {
    count: Option<i64>,
    declared_count: Option<i64>,
    seal_number: Option<String>,
    witness_id: Option<i64>,
    incident_ref: Option<Uuid>,
    notes: Option<String>,
}

pub(super) async fn seal(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(seal): Said<SealBody>,
) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let command = seal.command(&batch)?;
    let done = carry_out(&app, &looking.actor, key, command).await?;
    done.map_err(|rejection| refused(rejection, &batch, BatchStatus::Sealed))?;
    if let Some(text) = seal.notes.filter(|text| !text.trim().is_empty()) {
        // The seal stands whether or not the person may also write the hall's log.
        let line = log_line(&batch, text);
        if let Err(rejection) = carry_out(&app, &looking.actor, key.part("notes"), line).await? {
            tracing::info!(code = ?rejection.code, "the notes of a seal were not kept");
        }
    }
    answer(&app, looking, batch.id)
}

impl SealBody {
    /// Without anything of ours it is an old client's seal: the scripts that are in are its count,
    /// which the rules compare with who was present, and the batch's code is its number.
    fn command(&self, batch: &Batch) -> Result<SealBatch, Reply> {
        let count = self.count.or(self.declared_count);
        let old = count.is_none() && self.seal_number.is_none() && self.witness_id.is_none();
        let (count, seal_number) = match (count, &self.seal_number) {
            (Some(count), Some(number)) => (count, number.clone()),
            _ if old => (batch.scripts_collected, old_seal(batch)),
            _ => {
                let message = "A seal needs `count`, `sealNumber` and `witnessId`.";
                return Err(Reply::from(Rejection::invalid(message)));
            }
        };
        Ok(SealBatch {
            batch_id: batch.id,
            count,
            seal_number,
            witness: self.witness_id.map(UserId),
            incident: self.incident_ref.map(IncidentRef),
        })
    }
}

/// A number of its own for each time that the batch is sealed.
fn old_seal(batch: &Batch) -> String {
    format!(
        "{}/{}",
        batch.code,
        batch.broken_seals.len().saturating_add(1)
    )
}

fn log_line(batch: &Batch, text: String) -> LogHall {
    LogHall {
        sitting_id: batch.sitting_id,
        action: "batch_sealed".to_owned(),
        text,
        seat: None,
        student: None,
        count: None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assign {
    lecturer_id: i64,
    count: Option<i64>,
}

/// The lecturer signs for the batch; an old client's count is what the batch says.
pub(super) async fn assign(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(assign): Said<Assign>,
) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let command = ReceiveBatch {
        batch_id: batch.id,
        lecturer: UserId(assign.lecturer_id),
        count: assign.count.unwrap_or(batch.scripts_collected),
    };
    change(
        &app,
        (looking, key),
        &batch,
        BatchStatus::WithLecturer,
        command,
    )
    .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Standing {
    status: String,
    location: Option<String>,
    location_name: Option<String>,
}

/// Where it stands now; the machine of the batch decides what may follow.
pub(super) async fn set_status(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(said): Said<Standing>,
) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let to = status(&said.status)?;
    let command: Command = if to == BatchStatus::InCollection {
        OpenCollection { batch_id: batch.id }.into()
    } else {
        let location_name = said.location_name.or_else(|| said.location.clone());
        let location = said.location;
        SetBatchStatus {
            batch_id: batch.id,
            to,
            location,
            location_name,
        }
        .into()
    };
    change(&app, (looking, key), &batch, to, command).await
}
