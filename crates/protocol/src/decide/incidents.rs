//! The lawful course of an incident.

use super::{Asked, Decision, LONGEST_TEXT, amending, merging, note, unknown_case, words};
use crate::{
    Action, AssignIncident, Batch, BatchId, CloseIncident, Fact, Incident, IncidentChange,
    IncidentResolved, IncidentStatus, IncidentType, IncidentUpdated, Named, NoteIncident,
    Rejection, RejectionCode, ResolveIncident, SetSeverity, Severity, Sitting, Standing, Subject,
    Timestamp, Trace, View, may,
};

pub(crate) fn assign(asked: Asked<'_>, input: &AssignIncident) -> Decision {
    let incident = open_incident(asked, input.incident, Action::Assign)?;
    let name = asked.name_of(input.assignee)?;
    let change = IncidentChange {
        assignee_id: Some(input.assignee),
        assignee_name: Some(name),
        ..IncidentChange::default()
    };
    let to = IncidentStatus::UnderInvestigation;
    updated(asked, &incident, to, change, note(input.note.as_ref())?)
}

pub(crate) fn add_note(asked: Asked<'_>, input: &NoteIncident) -> Decision {
    let incident = asked.case(&input.incident)?;
    let own_statement = input.witness.is_some() && input.witness == asked.actor.user;
    if own_statement {
        // Whoever can name a case may sign what they saw themselves, confidential or not.
        asked.need(
            Action::Witness,
            Subject {
                own: true,
                ..Subject::default()
            },
        )?;
    } else {
        amending::need_named(asked, &incident, &input.incident)?;
    }
    let text = words(&input.text, "note", LONGEST_TEXT)?;
    let change = IncidentChange {
        evidence: input.evidence.clone(),
        witness_id: input.witness,
        witness_name: input.witness.map(|user| asked.name_of(user)).transpose()?,
        ..IncidentChange::default()
    };
    updated(asked, &incident, incident.status, change, Some(text))
}

pub(crate) fn set_severity(asked: Asked<'_>, input: &SetSeverity) -> Decision {
    let incident = open_incident(asked, input.incident, Action::ChangeSeverity)?;
    let officer = is_officer(asked, &incident);
    if input.severity < incident.severity && !officer {
        let message = "A chief invigilator may raise the severity, not lower it.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    // A graver case is answered sooner; a lighter one keeps the time that it was given.
    let sooner = incident
        .ack_due_at
        .map(|due| due.min(asked.ack_due(input.severity)));
    let change = IncidentChange {
        severity: Some(input.severity),
        ack_due_at: sooner,
        ..IncidentChange::default()
    };
    updated(
        asked,
        &incident,
        incident.status,
        change,
        note(input.note.as_ref())?,
    )
}

pub(crate) fn resolve(asked: Asked<'_>, input: &ResolveIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    need(asked, &incident, Action::Resolve)?;
    lawful(&incident, IncidentStatus::Resolved)?;
    let officer = is_officer(asked, &incident);
    if Severity::High <= incident.severity && !officer {
        let message = "From HIGH upwards only the exam office resolves an incident.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    let into = input
        .merged_into
        .map(|into| merging::target(asked, &incident, into))
        .transpose()?;
    let resolved = IncidentResolved {
        incident_id: incident.id,
        batch_script_id: incident.batch_id,
        client_ref: incident.reference,
        status: IncidentStatus::Resolved,
        outcome: input.outcome,
        resolution: words(&input.resolution, "resolution", LONGEST_TEXT)?,
        resolved_by: asked.actor.user,
        resolved_by_name: asked.actor.name.clone(),
        resolved_at: asked.happened(),
        merged_into: input.merged_into,
        voided: None,
        confidential: incident.confidential,
    };
    let mut facts = vec![Fact::IncidentResolved(resolved)];
    if let Some(into) = into {
        facts.extend(merging::pointed_at(asked, &into, &incident)?);
    }
    Ok(facts)
}

pub(crate) fn close(asked: Asked<'_>, input: &CloseIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    need(asked, &incident, Action::CloseIncident)?;
    lawful(&incident, IncidentStatus::Closed)?;
    let resolver = incident.resolved_by.as_ref().map(|named| named.id);
    if Severity::High <= incident.severity && resolver.is_some() && resolver == asked.actor.user {
        let message = "A HIGH or CRITICAL incident is closed by somebody else than its resolver.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message));
    }
    let change = IncidentChange::default();
    updated(
        asked,
        &incident,
        IncidentStatus::Closed,
        change,
        note(input.note.as_ref())?,
    )
}

/// The incident, when the actor may do `action` to it and it is not resolved or closed.
pub(crate) fn open_incident(
    asked: Asked<'_>,
    reference: crate::IncidentRef,
    action: Action,
) -> Result<Box<Incident>, Rejection> {
    let incident = asked.incident(reference)?;
    need(asked, &incident, action)?;
    if incident.is_over() {
        let allowed = allowed(&incident);
        let from = incident.status.text();
        let refusal = Rejection::illegal("incident", from, "changed", allowed);
        let end = incident.resolution.clone().unwrap_or_default();
        let ended = noticed(incident.resolved_by.as_ref(), incident.resolved_at);
        let what = format!("{}: {end}", from.to_lowercase());
        return Err(refusal.against(Standing::of(what, ended.as_ref())));
    }
    Ok(incident)
}

/// Who did something to an incident, and when.
pub(crate) fn noticed(by: Option<&Named>, at: Option<Timestamp>) -> Option<Trace> {
    let by = by.map(|named| named.name.clone());
    let station = None;
    at.map(|at| Trace { by, at, station })
}

/// Whether the actor decides about this incident for the exam office.
pub(crate) fn is_officer(asked: Asked<'_>, incident: &Incident) -> bool {
    let sitting = incident.sitting_id.and_then(|id| asked.view.sitting(id));
    let subject = Subject {
        sitting: sitting.as_deref(),
        ..Subject::default()
    };
    may(asked.actor, Action::Acknowledge, subject)
}

/// The batch that a case is about: the one that it names, or that of its sitting. Whoever holds or
/// grades it has to do with the case.
pub fn batch_of_case(
    view: &dyn View,
    named: Option<BatchId>,
    sitting: Option<&Sitting>,
) -> Option<Box<Batch>> {
    let id = named.or_else(|| sitting.and_then(|sitting| sitting.batch_id))?;
    view.batch(id)
}

pub(crate) fn need(asked: Asked<'_>, incident: &Incident, action: Action) -> Result<(), Rejection> {
    let sitting = incident.sitting_id.and_then(|id| asked.view.sitting(id));
    let author = incident.reported_by.as_ref().map(|named| named.id);
    let own = author.is_some() && author == asked.actor.user;
    let batch = batch_of_case(asked.view, incident.batch_id, sitting.as_deref());
    let subject = Subject {
        sitting: sitting.as_deref(),
        batch: batch.as_deref(),
        own,
    };
    if incident.confidential && !own && !may(asked.actor, Action::ReadConfidential, subject) {
        return Err(unknown_case(&incident.reference.into()));
    }
    asked.need(action, subject)
}

pub(crate) fn lawful(incident: &Incident, to: IncidentStatus) -> Result<(), Rejection> {
    if incident.status.may_become(to) {
        return Ok(());
    }
    let from = incident.status.text();
    Err(Rejection::illegal(
        "incident",
        from,
        to.text(),
        allowed(incident),
    ))
}

pub(crate) fn allowed(incident: &Incident) -> Vec<String> {
    incident
        .status
        .next()
        .iter()
        .map(|status| status.text().to_owned())
        .collect()
}

pub(crate) fn updated(
    asked: Asked<'_>,
    incident: &Incident,
    status: IncidentStatus,
    updates: IncidentChange,
    notes: Option<String>,
) -> Decision {
    if status != incident.status {
        lawful(incident, status)?;
    }
    let payload = IncidentUpdated {
        incident_id: incident.id,
        batch_script_id: incident.batch_id,
        client_ref: incident.reference,
        status,
        updated_by: asked.actor.user,
        updated_by_name: asked.actor.name.clone(),
        notes,
        updates,
        confidential: incident.confidential,
    };
    Ok(vec![Fact::IncidentUpdated(Box::new(payload))])
}

/// The name of a kind in words.
pub fn label(kind: IncidentType) -> String {
    let text = kind.text().to_lowercase().replace('_', " ");
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
