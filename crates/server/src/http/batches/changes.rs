//! Changes of batches: what clients send for each, and the command it stands for.

use axum::http::StatusCode;
use elms_protocol::{
    AssignBatch, Batch, BatchStatus, Command, CountScripts, IncidentRef, LogHall, NotePrinted,
    OpenCollection, ReceiveBatch, Rejection, SealBatch, SetBatchStatus, Timestamp, UserId,
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{found, shown, status};
use crate::http::{
    Looking, Reply,
    change::{Change, Thing},
};

impl Thing for Box<Batch> {
    const WORD: &'static str = "Batch";

    fn find(looking: &Looking, name: &str) -> Result<Self, Reply> {
        let id = name
            .parse()
            .map_err(|_no_number| Reply::not_found("batch"))?;
        found(looking, id)
    }

    fn again(&self, looking: &Looking) -> Result<Self, Reply> {
        found(looking, self.id.0)
    }

    fn status(&self) -> Value {
        json!(self.status)
    }

    fn shown(&self, _now: Timestamp) -> Value {
        shown(self)
    }
}

/// Its papers are printed; said again, it corrects what was said.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Print {
    copies: i64,
    #[serde(default)]
    spare: i64,
    place: String,
    printed_at: Option<Timestamp>,
}

impl Change for Print {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        None
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        let printed = NotePrinted {
            batch_id: of.id,
            copies: self.copies,
            spare: self.spare,
            place: self.place,
            printed_at: self.printed_at,
        };
        Ok(Some(printed.into()))
    }
}

/// Collection begins.
#[derive(Deserialize)]
pub(super) struct Open {}

impl Change for Open {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        Some(BatchStatus::InCollection.text())
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        Ok(Some(OpenCollection { batch_id: of.id }.into()))
    }
}

/// The original counts its rows anew and sends nothing: ours are always counted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    scripts_collected: Option<i64>,
    scripts_submitted: Option<i64>,
    count: Option<i64>,
}

impl Change for Counts {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        Some(BatchStatus::InCollection.text())
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        let count = self
            .scripts_collected
            .or(self.scripts_submitted)
            .or(self.count);
        let counted = |collected| CountScripts {
            batch_id: of.id,
            collected,
        };
        Ok(count.map(counted).map(Command::from))
    }
}

/// Old clients send notes at most; ours say what was counted and who saw it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Sealing {
    count: Option<i64>,
    declared_count: Option<i64>,
    seal_number: Option<String>,
    witness_id: Option<i64>,
    incident_ref: Option<Uuid>,
    notes: Option<String>,
}

impl Change for Sealing {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        Some(BatchStatus::Sealed.text())
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        Ok(Some(self.seal(of)?.into()))
    }

    /// The seal stands whether or not the person may also write the hall's log.
    fn aside(&self, of: &Box<Batch>) -> Option<Command> {
        let text = self.notes.clone().filter(|text| !text.trim().is_empty())?;
        Some(log_line(of, text).into())
    }
}

impl Sealing {
    /// Without anything of ours it is an old client's seal: the scripts that are in are its count,
    /// which the rules compare with who was present, and the batch's code is its number.
    fn seal(&self, batch: &Batch) -> Result<SealBatch, Reply> {
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
            incident: self.incident_ref.map(|name| IncidentRef(name).into()),
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
        entry: None,
    }
}

/// Names the lecturer who will grade; with a count, they sign for that many scripts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assign {
    #[serde(alias = "assignedLecturerId")]
    lecturer_id: i64,
    count: Option<i64>,
}

impl Change for Assign {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        self.count.map(|_| BatchStatus::WithLecturer.text())
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        let (batch_id, lecturer) = (of.id, UserId(self.lecturer_id));
        let named = AssignBatch { batch_id, lecturer };
        let Some(count) = self.count else {
            return Ok(Some(named.into()));
        };
        let receive = ReceiveBatch {
            batch_id,
            lecturer,
            count,
        };
        Ok(Some(receive.into()))
    }
}

/// Where it stands now; the machine of the batch decides what may follow.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Standing {
    count: Option<i64>,
    status: String,
    location: Option<String>,
    location_name: Option<String>,
}

impl Change for Standing {
    type Of = Box<Batch>;

    fn to(&self) -> Option<&'static str> {
        BatchStatus::from_text(&self.status).map(BatchStatus::text)
    }

    fn command(self, of: &Box<Batch>) -> Result<Option<Command>, Reply> {
        let to = status(&self.status)?;
        if to == BatchStatus::ReturnedToRegistry && self.count.is_none() {
            let message = "What comes back is counted again: send `count`, the scripts counted.";
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Reply::error(status, "COUNT_REQUIRED", message));
        }
        if to == BatchStatus::InCollection {
            return Ok(Some(OpenCollection { batch_id: of.id }.into()));
        }
        let location_name = self.location_name.or_else(|| self.location.clone());
        let set = SetBatchStatus {
            batch_id: of.id,
            to,
            location: self.location,
            location_name,
            count: self.count,
        };
        Ok(Some(set.into()))
    }
}
