//! Two reports of one thing, reports of nothing, and the way back from both.

use super::{Asked, Decision, LONGEST_TEXT, incidents, note, words};
use crate::{
    Action, Fact, Incident, IncidentChange, IncidentOutcome, IncidentRef, IncidentResolved,
    IncidentStatus, MergeIncident, Rejection, RejectionCode, ReopenIncident, UnmergeIncident,
    VoidIncident,
};

pub(crate) fn merge(asked: Asked<'_>, input: &MergeIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::CloseIncident)?;
    if incident.merged_into.is_some() || incident.voided.is_some() {
        let message = "This incident is merged or struck through: open it again first.";
        let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
        return Err(refusal.with_allowed(way_back(&incident)));
    }
    if incident.status == IncidentStatus::Closed {
        incidents::lawful(&incident, IncidentStatus::Resolved)?;
    }
    let into = target(asked, &incident, input.merged_into)?;
    let other = into.number.clone().or(into.local_number.clone());
    let resolution = note(input.note.as_ref())?;
    let resolution =
        resolution.unwrap_or_else(|| format!("Merged into {}", other.unwrap_or_default()));
    let ended = IncidentResolved {
        merged_into: Some(into.reference),
        ..ended(asked, &incident, IncidentOutcome::Duplicate, resolution)
    };
    let mut facts = vec![Fact::IncidentResolved(ended)];
    facts.extend(pointed_at(asked, &into, &incident)?);
    Ok(facts)
}

/// The case that `incident` may be merged into.
pub(crate) fn target(
    asked: Asked<'_>,
    incident: &Incident,
    into: IncidentRef,
) -> Result<Box<Incident>, Rejection> {
    let target = asked.incident(into)?;
    if into == incident.reference {
        return Err(Rejection::invalid("An incident is not merged into itself."));
    }
    if !incident.merged_from.is_empty() {
        let message = "Other reports were merged into this one: merge the other way round.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    if target.merged_into.is_some() || target.voided.is_some() {
        let message = "That incident is merged or struck through itself: name the one that stands.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    Ok(target)
}

/// The pointer back, written into the history of the case that stands.
pub(crate) fn pointed_at(
    asked: Asked<'_>,
    into: &Incident,
    from: &Incident,
) -> Result<Vec<Fact>, Rejection> {
    let change = IncidentChange {
        merged_from: Some(from.reference),
        ..IncidentChange::default()
    };
    incidents::updated(asked, into, into.status, change, None)
}

pub(crate) fn unmerge(asked: Asked<'_>, input: &UnmergeIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::CloseIncident)?;
    if incident.merged_into.is_none() {
        let message = "This incident is not merged into another.";
        let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
        return Err(refusal.with_allowed(incidents::allowed(&incident)));
    }
    opened_again(asked, &incident, &input.reason)
}

pub(crate) fn reopen(asked: Asked<'_>, input: &ReopenIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::CloseIncident)?;
    if !incident.is_over() {
        let allowed = incidents::allowed(&incident);
        let from = incident.status.text();
        return Err(Rejection::illegal("incident", from, "re-opened", allowed));
    }
    opened_again(asked, &incident, &input.reason)
}

/// Under investigation again; the case that it was merged into lets go of it.
fn opened_again(asked: Asked<'_>, incident: &Incident, reason: &str) -> Decision {
    let reason = words(reason, "reason", LONGEST_TEXT)?;
    let to = IncidentStatus::UnderInvestigation;
    let change = IncidentChange::default();
    let mut facts = incidents::updated(asked, incident, to, change, Some(reason))?;
    let into = incident
        .merged_into
        .and_then(|into| asked.view.incident(into));
    if let Some(into) = into {
        let change = IncidentChange {
            unmerged_from: Some(incident.reference),
            ..IncidentChange::default()
        };
        facts.extend(incidents::updated(asked, &into, into.status, change, None)?);
    }
    Ok(facts)
}

pub(crate) fn void(asked: Asked<'_>, input: &VoidIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::CloseIncident)?;
    if incident.voided.is_some() {
        let message = "This incident is struck through already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let reason = words(&input.reason, "reason", LONGEST_TEXT)?;
    let ended = IncidentResolved {
        voided: Some(reason.clone()),
        ..ended(asked, &incident, IncidentOutcome::EnteredInError, reason)
    };
    Ok(vec![Fact::IncidentResolved(ended)])
}

/// The end of a case by the actor; one that is over keeps its status.
fn ended(
    asked: Asked<'_>,
    incident: &Incident,
    outcome: IncidentOutcome,
    resolution: String,
) -> IncidentResolved {
    IncidentResolved {
        incident_id: incident.id,
        batch_script_id: incident.batch_id,
        client_ref: incident.reference,
        status: if incident.is_over() {
            incident.status
        } else {
            IncidentStatus::Resolved
        },
        outcome,
        resolution,
        resolved_by: asked.actor.user,
        resolved_by_name: asked.actor.name.clone(),
        resolved_at: asked.happened(),
        merged_into: None,
        voided: None,
        confidential: incident.confidential,
    }
}

fn way_back(incident: &Incident) -> Vec<String> {
    let way = if incident.merged_into.is_some() {
        "unmergeIncident"
    } else {
        "reopenIncident"
    };
    vec![way.to_owned()]
}
