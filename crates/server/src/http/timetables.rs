//! Timetables and their sittings, under the original's name `entries`.

use axum::{Router, routing::get};
use elms_protocol::{Kind, Record, Sitting, Timetable, TimetableId, TimetableStatus, View as _};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Looking, Number, Paging, Reply, page};
use crate::App;

/// Items of a page when the client names no number.
const USUAL: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/timetables", get(list))
        .route("/timetables/{id}", get(one))
        .route("/timetables/{id}/entries", get(entries))
}

#[derive(Deserialize)]
struct Filter {
    status: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

async fn list(looking: Looking, Asked(filter): Asked<Filter>) -> Result<Reply, Reply> {
    let status = filter.status.as_deref().map(|text| {
        TimetableStatus::from_text(text).ok_or_else(|| Reply::bad("This is no such status."))
    });
    let status = status.transpose()?;
    let mut timetables = looking.all(Kind::Timetable, timetable);
    timetables.retain(|found| status.is_none_or(|status| status == found.status));
    timetables.sort_by_key(|found| found.id);
    Ok(page(
        "timetables",
        &timetables,
        (filter.paging, USUAL),
        |found| json!(found),
    ))
}

fn timetable(record: Record) -> Option<Timetable> {
    if let Record::Timetable(found) = record {
        Some(found)
    } else {
        None
    }
}

fn found(looking: &Looking, id: i64) -> Result<Timetable, Reply> {
    let found = looking
        .records
        .timetable(TimetableId(id))
        .map(Record::Timetable);
    let seen = found
        .and_then(|record| looking.seen(record))
        .and_then(timetable);
    seen.ok_or_else(|| Reply::not_found("timetable"))
}

async fn one(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    found(&looking, id).map(Reply::data)
}

async fn entries(
    looking: Looking,
    Number(id): Number,
    Asked(paging): Asked<Paging>,
) -> Result<Reply, Reply> {
    let timetable = found(&looking, id)?;
    let mut sittings = looking.all(Kind::Sitting, |record| {
        let Record::Sitting(sitting) = record else {
            return None;
        };
        Some(sitting).filter(|found| found.timetable_id == timetable.id)
    });
    sittings.sort_by_key(|sitting| (sitting.starts_at, sitting.id));
    Ok(page("entries", &sittings, (paging, USUAL), |sitting| {
        shown(sitting)
    }))
}

/// A sitting with the original's names beside ours.
fn shown(sitting: &Sitting) -> Value {
    let mut shown = json!(sitting);
    let minutes = sitting
        .ends_at
        .since_ms(sitting.starts_at)
        .div_euclid(60_000);
    let more = [
        ("startTime", json!(sitting.starts_at)),
        ("endTime", json!(sitting.ends_at)),
        ("duration", json!(minutes)),
        (
            "course",
            json!({ "code": sitting.course_code, "name": sitting.course_name }),
        ),
    ];
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    shown
}
