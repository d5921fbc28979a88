//! Batches of scripts, under the original's name `batch-scripts`: lists and details. Changes are
//! in [`changes`].

mod changes;

use axum::{Router, extract::Path, routing::get};
use elms_protocol::{Batch, BatchId, BatchStatus, Kind, Record, View as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Asked, Looking, Number, Paging, Reply, change::change, page, paging::number, patch_or_post,
};
use crate::App;

/// Items of a page when the client names no number: the original sends all.
const USUAL: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/batch-scripts", get(list))
        .route(
            "/batch-scripts/entry/{entry}/course/{course}",
            get(of_course),
        )
        .route("/batch-scripts/pending/assignment", get(unassigned))
        .route("/batch-scripts/lecturer/{id}", get(of_lecturer))
        .route("/batch-scripts/{id}", get(one))
        .route("/batch-scripts/{id}/statistics", get(statistics))
        .route(
            "/batch-scripts/{id}/printed",
            patch_or_post(change::<changes::Print>),
        )
        .route(
            "/batch-scripts/{id}/open",
            patch_or_post(change::<changes::Open>),
        )
        .route(
            "/batch-scripts/{id}/update-counts",
            patch_or_post(change::<changes::Counts>),
        )
        .route(
            "/batch-scripts/{id}/seal",
            patch_or_post(change::<changes::Sealing>),
        )
        .route(
            "/batch-scripts/{id}/assign",
            patch_or_post(change::<changes::Assign>),
        )
        .route(
            "/batch-scripts/{id}/status",
            patch_or_post(change::<changes::Standing>),
        )
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Filter {
    #[serde(deserialize_with = "number")]
    exam_entry_id: Option<i64>,
    course_code: Option<String>,
    course_id: Option<String>,
    status: Option<String>,
    #[serde(deserialize_with = "number")]
    assigned_lecturer_id: Option<i64>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(looking: Looking, Asked(filter): Asked<Filter>) -> Result<Reply, Reply> {
    listed(&looking, &filter)
}

async fn of_lecturer(
    looking: Looking,
    Number(id): Number,
    Asked(paging): Asked<Paging>,
) -> Result<Reply, Reply> {
    let filter = Filter {
        assigned_lecturer_id: Some(id),
        paging,
        ..Filter::default()
    };
    listed(&looking, &filter)
}

/// Sealed, and not yet with the lecturer who will grade it.
async fn unassigned(looking: Looking, Asked(paging): Asked<Paging>) -> Reply {
    let mut batches = looking.all(Kind::Batch, batch);
    batches.retain(|batch| matches!(batch.status, BatchStatus::Sealed | BatchStatus::InTransit));
    batches.sort_by_key(|batch| batch.id);
    page("batches", &batches, (paging, USUAL), |batch| shown(batch))
}

fn listed(looking: &Looking, filter: &Filter) -> Result<Reply, Reply> {
    let status = filter.status.as_deref().map(status).transpose()?;
    let mut batches = looking.all(Kind::Batch, batch);
    batches.retain(|batch| filter.wants(batch, status));
    batches.sort_by_key(|batch| batch.id);
    Ok(page("batches", &batches, (filter.paging, USUAL), |batch| {
        shown(batch)
    }))
}

fn status(text: &str) -> Result<BatchStatus, Reply> {
    BatchStatus::from_text(text).ok_or_else(|| Reply::bad("This is no status of a batch."))
}

fn batch(record: Record) -> Option<Box<Batch>> {
    if let Record::Batch(batch) = record {
        Some(batch)
    } else {
        None
    }
}

impl Filter {
    fn wants(&self, batch: &Batch, status: Option<BatchStatus>) -> bool {
        let lecturer = batch.lecturer.as_ref().map(|named| named.id.0);
        let course = self.course_code.as_deref().or(self.course_id.as_deref());
        self.exam_entry_id.is_none_or(|id| id == batch.sitting_id.0)
            && course.is_none_or(|code| code.eq_ignore_ascii_case(&batch.course_code))
            && status.is_none_or(|status| status == batch.status)
            && self
                .assigned_lecturer_id
                .is_none_or(|id| Some(id) == lecturer)
    }
}

/// A batch with the original's names beside ours.
fn shown(batch: &Batch) -> Value {
    let mut shown = json!(batch);
    let id_of = |named: &Option<elms_protocol::Named>| json!(named.as_ref().map(|named| named.id));
    let more = [
        ("batchId", json!(batch.id)),
        ("examEntryId", json!(batch.sitting_id)),
        ("assignedLecturerId", id_of(&batch.lecturer)),
        ("sealedById", id_of(&batch.sealed_by)),
    ];
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    shown
}

/// The batch, if this person may see it; another's is not there.
fn found(looking: &Looking, id: i64) -> Result<Box<Batch>, Reply> {
    let found = looking.records.batch(BatchId(id)).map(Record::Batch);
    let seen = found
        .and_then(|record| looking.seen(record))
        .and_then(batch);
    seen.ok_or_else(|| Reply::not_found("batch"))
}

async fn one(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    Ok(Reply::data(shown(&*found(&looking, id)?)))
}

/// The one batch of a course in a sitting; the course by its code.
async fn of_course(
    looking: Looking,
    Path((entry, course)): Path<(String, String)>,
) -> Result<Reply, Reply> {
    let exam_entry_id = entry.parse().ok();
    let missing = || Reply::not_found("batch");
    let filter = Filter {
        exam_entry_id: Some(exam_entry_id.ok_or_else(missing)?),
        course_code: Some(course),
        ..Filter::default()
    };
    let mut batches = looking.all(Kind::Batch, batch).into_iter();
    let found = batches.find(|batch| filter.wants(batch, None));
    found
        .map(|batch| Reply::data(shown(&batch)))
        .ok_or_else(missing)
}

async fn statistics(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let batch = found(&looking, id)?;
    let pending = batch
        .total_registered
        .saturating_sub(batch.scripts_submitted);
    Ok(Reply::data(json!({
        "batchId": batch.id,
        "totalRegistered": batch.total_registered,
        "scriptsSubmitted": batch.scripts_submitted,
        "scriptsCollected": batch.scripts_collected,
        "scriptsGraded": batch.scripts_graded,
        "pending": pending,
        "submissionRate": percent(batch.scripts_submitted, batch.total_registered),
        "gradingProgress": percent(batch.scripts_graded, batch.scripts_collected),
        "status": batch.status,
    })))
}

/// Rounded down; of nothing it is nothing.
fn percent(part: i64, whole: i64) -> i64 {
    part.saturating_mul(100)
        .checked_div(whole)
        .unwrap_or_default()
}
