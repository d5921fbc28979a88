//! Timetables and their sittings, under the original's name `entries`. Changes are in [`changes`].

mod changes;
mod entries;

use axum::{
    Router,
    routing::{get, post, put},
};
use elms_protocol::{
    Clash, Kind, Record, Sitting, Timetable, TimetableId, TimetableStatus, View as _, clashes,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Looking, Number, Paging, Reply, change::change, page};
use crate::App;

/// Items of a page when the client names no number.
const USUAL: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/timetables", get(list).post(changes::create))
        .route("/timetables/{id}", get(one).put(changes::amend))
        .route(
            "/timetables/{id}/entries",
            get(entries).post(entries::create),
        )
        .route("/timetables/{id}/statistics", get(statistics))
        .route("/timetables/{id}/conflicts", get(found_conflicts))
        .route("/timetables/{id}/detect-conflicts", post(found_conflicts))
        .route(
            "/timetables/{id}/create-batches",
            post(change::<changes::CreateBatches>),
        )
        .route(
            "/timetable-entries/{id}",
            get(entries::one)
                .put(entries::amend)
                .delete(entries::call_off),
        )
        .route("/timetables/{id}/status", put(change::<changes::Standing>))
        .route("/timetables/{id}/publish", post(change::<changes::Publish>))
        .route(
            "/timetables/{id}/submit-for-approval",
            post(change::<changes::Submit>),
        )
        .route("/timetables/{id}/approve", post(change::<changes::Approve>))
        .route("/timetables/{id}/reject", post(change::<changes::Reject>))
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
    let mut timetables = timetables(&looking);
    timetables.retain(|found| status.is_none_or(|status| status == found.status));
    Ok(page(
        "timetables",
        &timetables,
        (filter.paging, USUAL),
        |found| json!(found),
    ))
}

/// Every timetable that the person may see.
fn timetables(looking: &Looking) -> Vec<Timetable> {
    let mut timetables = looking.all(Kind::Timetable, timetable);
    timetables.sort_by_key(|found| found.id);
    timetables
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
    let sittings = sittings(&looking, &found(&looking, id)?);
    Ok(page("entries", &sittings, (paging, USUAL), |sitting| {
        shown(sitting)
    }))
}

/// The sittings of a timetable that the person may see, in their order.
fn sittings(looking: &Looking, timetable: &Timetable) -> Vec<Sitting> {
    let mut sittings = looking.all(Kind::Sitting, |record| {
        let Record::Sitting(sitting) = record else {
            return None;
        };
        Some(*sitting).filter(|found| found.timetable_id == timetable.id)
    });
    sittings.sort_by_key(|sitting| (sitting.starts_at, sitting.id));
    sittings
}

async fn statistics(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let timetable = found(&looking, id)?;
    let sittings = sittings(&looking, &timetable);
    let mut by_phase = serde_json::Map::new();
    let mut venues = std::collections::BTreeSet::new();
    for sitting in &sittings {
        let slot = by_phase.entry(sitting.phase.text()).or_insert(json!(0));
        *slot = json!(slot.as_i64().unwrap_or_default().saturating_add(1));
        venues.insert(sitting.venue_id);
    }
    Ok(Reply::data(json!({
        "timetableId": timetable.id,
        "status": timetable.status,
        "revision": timetable.revision,
        "totalEntries": sittings.len(),
        "totalVenues": venues.len(),
        "totalRegistered": sittings.iter().map(|sitting| sitting.expected).sum::<i64>(),
        "byPhase": by_phase,
        "totalConflicts": clashes(&looking.records, &sittings).len(),
    })))
}

async fn found_conflicts(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    let sittings = sittings(&looking, &found(&looking, id)?);
    let found: Vec<Clash> = clashes(&looking.records, &sittings);
    let body = json!({ "success": true, "count": found.len(), "data": found });
    Ok(Reply::body(axum::http::StatusCode::OK, body))
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
