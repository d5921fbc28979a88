//! Changes of incidents, each a command through the door.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use elms_protocol::{
    AcknowledgeIncident, AssignIncident, CloseIncident, Command, EscalateIncident, Incident,
    IncidentOutcome, IncidentRef, IncidentStatus, NoteIncident, Rejection, RejectionCode,
    ReopenIncident, ResolveIncident, UserId, View as _,
};
use serde::Deserialize;
use serde_json::json;

use super::{found, shown};
use crate::{
    App,
    http::{Key, Looking, Reply, Said, carry_out},
};

/// Carries out a command about an incident that the person can see, and shows what became of it.
/// `to` is where it would bring the incident, for a refusal to say.
async fn change(
    app: &App,
    (looking, key): (Looking, Key),
    name: &str,
    to: Option<IncidentStatus>,
    command: impl FnOnce(IncidentRef) -> Command,
) -> Result<Reply, Reply> {
    let incident = found(&looking, name)?;
    let done = carry_out(app, &looking.actor, key, command(incident.reference)).await?;
    done.map_err(|rejection| refused(rejection, &incident, to))?;
    answer(app, looking, incident.reference)
}

/// The refusal, with where the incident stands and where it could go.
pub(super) fn refused(
    rejection: Rejection,
    incident: &Incident,
    to: Option<IncidentStatus>,
) -> Reply {
    let illegal = rejection.code == RejectionCode::IllegalTransition;
    let reply = Reply::from(rejection);
    if !illegal {
        return reply;
    }
    let to = to.map(IncidentStatus::text);
    reply
        .with("from", json!(incident.status))
        .with("to", json!(to))
}

/// The incident as it is now.
pub(super) fn answer(app: &App, looking: Looking, name: IncidentRef) -> Result<Reply, Reply> {
    let looking = looking.again(app)?;
    let incident = looking.records.incident(name);
    let incident = incident.ok_or_else(|| Reply::not_found("incident"))?;
    let shown = shown(&incident, app.clock.now());
    Ok(Reply::done(
        StatusCode::OK,
        "Incident updated successfully",
        shown,
    ))
}

/// Words that may come with a change, under the names that clients use.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Words {
    note: Option<String>,
    notes: Option<String>,
    reason: Option<String>,
    text: Option<String>,
    comment: Option<String>,
    content: Option<String>,
}

impl Words {
    fn any(self) -> Option<String> {
        let more = self.text.or(self.comment).or(self.content);
        self.note.or(self.notes).or(self.reason).or(more)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assign {
    assigned_to_id: i64,
    note: Option<String>,
    notes: Option<String>,
}

pub(super) async fn assign(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(asked): Said<Assign>,
) -> Result<Reply, Reply> {
    let (assignee, note) = (UserId(asked.assigned_to_id), asked.note.or(asked.notes));
    let to = Some(IncidentStatus::UnderInvestigation);
    change(&app, (looking, key), &name, to, |incident| {
        AssignIncident {
            incident,
            assignee,
            note,
        }
        .into()
    })
    .await
}

#[derive(Deserialize)]
pub(super) struct Resolve {
    resolution: String,
    outcome: Option<IncidentOutcome>,
}

pub(super) async fn resolve(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(Resolve {
        resolution,
        outcome,
    }): Said<Resolve>,
) -> Result<Reply, Reply> {
    // Old clients know no outcomes; the words say it.
    let outcome = outcome.unwrap_or(IncidentOutcome::NoAction);
    let to = Some(IncidentStatus::Resolved);
    change(&app, (looking, key), &name, to, |incident| {
        ResolveIncident {
            incident,
            outcome,
            resolution,
            merged_into: None,
        }
        .into()
    })
    .await
}

pub(super) async fn acknowledge(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(words): Said<Words>,
) -> Result<Reply, Reply> {
    let note = words.any();
    change(&app, (looking, key), &name, None, |incident| {
        AcknowledgeIncident { incident, note }.into()
    })
    .await
}

pub(super) async fn escalate(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(words): Said<Words>,
) -> Result<Reply, Reply> {
    let (note, to) = (words.any(), Some(IncidentStatus::Escalated));
    change(&app, (looking, key), &name, to, |incident| {
        EscalateIncident {
            incident,
            note,
            expected_level: None,
        }
        .into()
    })
    .await
}

pub(super) async fn close(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(words): Said<Words>,
) -> Result<Reply, Reply> {
    let (note, to) = (words.any(), Some(IncidentStatus::Closed));
    change(&app, (looking, key), &name, to, |incident| {
        CloseIncident { incident, note }.into()
    })
    .await
}

pub(super) async fn reopen(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(words): Said<Words>,
) -> Result<Reply, Reply> {
    let reason = words.any().unwrap_or_default();
    let to = Some(IncidentStatus::UnderInvestigation);
    change(&app, (looking, key), &name, to, |incident| {
        ReopenIncident { incident, reason }.into()
    })
    .await
}

pub(super) async fn comment(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Path(name): Path<String>,
    Said(words): Said<Words>,
) -> Result<Reply, Reply> {
    let text = words.any().unwrap_or_default();
    change(&app, (looking, key), &name, None, |incident| {
        NoteIncident {
            incident,
            text,
            evidence: Vec::new(),
            witness: None,
        }
        .into()
    })
    .await
}
