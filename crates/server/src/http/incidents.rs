//! Incidents: lists and details. Changes are in [`changes`] and [`report`].

mod amend;
mod changes;
mod filter;
mod report;

use std::future::{Ready, ready};

use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use elms_protocol::{Incident, IncidentRef, IncidentStatus, Kind, Record, Timestamp, View as _};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Asked, Looking, Number, Paging, Reply, change::change, page, patch_or_post};
use crate::App;
pub(super) use filter::Filter;
pub(super) use report::report;

/// Items of a page when the client names no number.
const USUAL: usize = 20;
const DAY_MS: i64 = 86_400_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/incidents", get(list).post(report))
        .route("/incidents/stats/overview", get(overview))
        .route("/incidents/statistics", get(overview))
        .route("/incidents/my-incidents", get(mine))
        .route("/incidents/exam/{id}", get(of(Filter::of_sitting)))
        .route("/incidents/script/{id}", get(of(Filter::of_script)))
        .route("/incidents/reporter/{id}", get(of(Filter::of_reporter)))
        .route("/incidents/assignee/{id}", get(of(Filter::of_assignee)))
        .route("/incidents/{id}", get(one).put(amend::amend))
        .route(
            "/incidents/{id}/assign",
            patch_or_post(change::<changes::Assign>),
        )
        .route(
            "/incidents/{id}/resolve",
            patch_or_post(change::<changes::Resolve>),
        )
        .route(
            "/incidents/{id}/acknowledge",
            patch_or_post(change::<changes::Acknowledge>),
        )
        .route(
            "/incidents/{id}/unacknowledge",
            patch_or_post(change::<changes::Unacknowledge>),
        )
        .route(
            "/incidents/{id}/escalate",
            patch_or_post(change::<changes::Escalate>),
        )
        .route(
            "/incidents/{id}/close",
            patch_or_post(change::<changes::Close>),
        )
        .route(
            "/incidents/{id}/reopen",
            patch_or_post(change::<changes::Reopen>),
        )
        .route(
            "/incidents/{id}/comments",
            patch_or_post(change::<changes::Comment>),
        )
        .route(
            "/incidents/{id}/merge",
            patch_or_post(change::<changes::Merge>),
        )
        .route(
            "/incidents/{id}/unmerge",
            patch_or_post(change::<changes::Unmerge>),
        )
        .route(
            "/incidents/{id}/void",
            patch_or_post(change::<changes::Void>),
        )
}

fn visible(looking: &Looking) -> Vec<Incident> {
    looking.all(Kind::Incident, incident)
}

fn incident(record: Record) -> Option<Incident> {
    if let Record::Incident(incident) = record {
        Some(*incident)
    } else {
        None
    }
}

async fn list(
    State(app): State<App>,
    looking: Looking,
    Asked(filter): Asked<Filter>,
) -> Result<Reply, Reply> {
    listed(&app, &looking, &filter)
}

fn listed(app: &App, looking: &Looking, filter: &Filter) -> Result<Reply, Reply> {
    let wanted = filter.wanted(looking.actor.institution)?;
    let mut incidents = visible(looking);
    incidents.retain(|incident| wanted.has(incident));
    wanted.sort(&mut incidents);
    let now = app.clock.now();
    Ok(page(
        "incidents",
        &incidents,
        (filter.paging, USUAL),
        |incident| shown(incident, now),
    ))
}

/// The incidents of one thing, whose number is in the path.
pub(super) fn of(
    narrow: fn(i64) -> Filter,
) -> impl Fn(State<App>, Looking, Number, Asked<Paging>) -> Ready<Result<Reply, Reply>> + Clone {
    move |State(app), looking, Number(id), Asked(paging)| {
        let filter = Filter {
            paging,
            ..narrow(id)
        };
        ready(listed(&app, &looking, &filter))
    }
}

impl Filter {
    pub(super) fn of_sitting(id: i64) -> Self {
        Self {
            exam_id: Some(id),
            ..Self::default()
        }
    }

    /// A script has the number of its student.
    fn of_script(id: i64) -> Self {
        Self {
            script_id: Some(id),
            ..Self::default()
        }
    }

    fn of_reporter(id: i64) -> Self {
        Self {
            reported_by_id: Some(id),
            ..Self::default()
        }
    }

    fn of_assignee(id: i64) -> Self {
        Self {
            assigned_to_id: Some(id),
            ..Self::default()
        }
    }
}

async fn mine(
    State(app): State<App>,
    looking: Looking,
    Asked(paging): Asked<Paging>,
) -> Result<Reply, Reply> {
    let reported_by_id = looking.actor.user.map(|user| user.0);
    listed(
        &app,
        &looking,
        &Filter {
            reported_by_id,
            paging,
            ..Filter::default()
        },
    )
}

async fn one(
    State(app): State<App>,
    looking: Looking,
    Path(name): Path<String>,
) -> Result<Reply, Reply> {
    let incident = found(&looking, &name)?;
    Ok(Reply::data(shown(&incident, app.clock.now())))
}

async fn overview(looking: Looking) -> Reply {
    let incidents = visible(&looking);
    let of = |status: IncidentStatus| {
        incidents
            .iter()
            .filter(|incident| incident.status == status)
            .count()
    };
    let (resolved, closed) = (of(IncidentStatus::Resolved), of(IncidentStatus::Closed));
    Reply::data(json!({
        "total": incidents.len(),
        "open": incidents.len().saturating_sub(resolved).saturating_sub(closed),
        "resolved": resolved,
        "closed": closed,
        "byStatus": counts(&incidents, |incident| incident.status.text()),
        "bySeverity": counts(&incidents, |incident| incident.severity.text()),
        "byType": counts(&incidents, |incident| incident.incident_type.text()),
    }))
}

fn counts(incidents: &[Incident], text: impl Fn(&Incident) -> &'static str) -> Value {
    let mut counts = Map::new();
    for incident in incidents {
        let slot = counts.entry(text(incident)).or_insert(Value::from(0_i64));
        *slot = Value::from(slot.as_i64().unwrap_or_default().saturating_add(1));
    }
    Value::Object(counts)
}

/// The incident by number (7), official number (INC-26-0007) or the station's own name for it. One
/// that this person may not see is not there.
pub(super) fn found(looking: &Looking, name: &str) -> Result<Incident, Reply> {
    let found = match Uuid::parse_str(name) {
        Ok(reference) => looking
            .records
            .incident(IncidentRef(reference))
            .map(|found| *found),
        Err(_) => visible(looking).into_iter().find(|incident| {
            incident.number.as_deref() == Some(name)
                || incident.id.is_some_and(|id| id.to_string() == name)
        }),
    };
    let seen = found
        .map(|found| Record::Incident(Box::new(found)))
        .and_then(|record| looking.seen(record));
    seen.and_then(incident)
        .ok_or_else(|| Reply::not_found("incident"))
}

/// An incident with the original's names beside ours.
fn shown(incident: &Incident, now: Timestamp) -> Value {
    let mut shown = json!(incident);
    let until = incident.resolved_at.unwrap_or(now);
    let days_open = until
        .since_ms(incident.received_at)
        .max(0)
        .div_euclid(DAY_MS);
    let id_of = |named: &Option<elms_protocol::Named>| json!(named.as_ref().map(|named| named.id));
    let more = [
        ("incidentId", json!(incident.id)),
        ("clientRef", json!(incident.reference)),
        (
            "typeLabel",
            json!(elms_protocol::label(incident.incident_type)),
        ),
        ("examId", json!(incident.sitting_id)),
        ("examEntryId", json!(incident.sitting_id)),
        ("reportedById", id_of(&incident.reported_by)),
        ("assignedToId", id_of(&incident.assignee)),
        ("assignedTo", json!(incident.assignee)),
        ("createdAt", json!(incident.received_at)),
        ("reportedAt", json!(incident.times.recorded_corrected())),
        ("priority", json!(incident.severity)),
        ("daysOpen", json!(days_open)),
    ];
    if let Some(fields) = shown.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    shown
}
