//! Events of the incident channel.

use crate::{
    Event, Incident, IncidentReported, IncidentResolved, IncidentStatus, IncidentUpdated, Named,
    Record, UserId, View,
};

/// A new case.
pub(crate) fn reported(event: &Event, payload: &IncidentReported) -> Vec<Record> {
    stamped(event, Box::new(opened(event, payload)))
}

/// A case changed; nothing when this copy does not have it.
pub(crate) fn updated(view: &dyn View, event: &Event, payload: &IncidentUpdated) -> Vec<Record> {
    let known = view.incident(payload.client_ref);
    let changed = known.map(|incident| stamped(event, change(incident, event, payload)));
    changed.unwrap_or_default()
}

/// A case ended; nothing when this copy does not have it.
pub(crate) fn resolved(view: &dyn View, event: &Event, payload: &IncidentResolved) -> Vec<Record> {
    let known = view.incident(payload.client_ref);
    let ended = known.map(|incident| stamped(event, end(incident, payload)));
    ended.unwrap_or_default()
}

fn stamped(event: &Event, mut incident: Box<Incident>) -> Vec<Record> {
    incident.n_events = incident.n_events.saturating_add(1);
    incident.seq = event.seq;
    vec![Record::Incident(incident)]
}

fn opened(event: &Event, payload: &IncidentReported) -> Incident {
    Incident {
        reference: payload.client_ref,
        id: payload.incident_id,
        number: payload.number.clone(),
        local_number: payload.local_number.clone(),
        sitting_id: payload.exam_entry_id,
        venue_id: payload.venue_id,
        seat: payload.seat.clone(),
        incident_type: payload.incident_type,
        severity: payload.severity,
        status: payload.status,
        title: payload.title.clone(),
        description: payload.description.clone(),
        reported_by: payload.reported_by_id.map(|id| Named {
            id,
            name: payload.reported_by_name.clone(),
        }),
        station: event.actor.station_code.clone(),
        assignee: None,
        acknowledged_at: None,
        acknowledged_by: None,
        ack_due_at: Some(payload.ack_due_at),
        escalation_level: 0,
        candidates: payload.candidates.clone(),
        evidence: Vec::new(),
        witnesses: Vec::new(),
        batch_id: payload.batch_id,
        confidential: payload.confidential,
        outcome: None,
        resolution: None,
        resolved_by: None,
        resolved_at: None,
        merged_into: None,
        times: event.times,
        received_at: event.timestamp,
        n_events: 0,
        seq: event.seq,
    }
}

fn change(mut incident: Box<Incident>, event: &Event, payload: &IncidentUpdated) -> Box<Incident> {
    let taken = payload.status == IncidentStatus::UnderInvestigation
        && (incident.status != payload.status || payload.updates.assignee_id.is_some());
    incident.status = payload.status;
    let by = named(payload.updated_by, &payload.updated_by_name);
    let change = &payload.updates;
    if change.acknowledged == Some(true) {
        incident.acknowledged_at = Some(event.happened_at());
        incident.acknowledged_by.clone_from(&by);
        incident.ack_due_at = None;
    }
    if change.acknowledged == Some(false) {
        incident.acknowledged_at = None;
        incident.acknowledged_by = None;
    }
    if change.assignee_id.is_some() {
        let name = change.assignee_name.as_deref().unwrap_or_default();
        incident.assignee = named(change.assignee_id, name);
    }
    if taken {
        // Whoever takes a case has noticed it; a re-opened one is not resolved any more.
        incident.ack_due_at = None;
        incident.outcome = None;
        incident.resolution = None;
        incident.resolved_by = None;
        incident.resolved_at = None;
        incident.merged_into = None;
    }
    incident.severity = change.severity.unwrap_or(incident.severity);
    if let Some(level) = change.escalation_level {
        // The next level has a clock of its own; above the last there is none.
        incident.escalation_level = level;
        incident.ack_due_at = None;
    }
    incident.ack_due_at = change.ack_due_at.or(incident.ack_due_at);
    incident.evidence.extend(change.evidence.iter().cloned());
    let witness = change.witness_name.as_deref().unwrap_or_default();
    incident.witnesses.extend(named(change.witness_id, witness));
    incident
}

fn end(mut incident: Box<Incident>, payload: &IncidentResolved) -> Box<Incident> {
    incident.status = payload.status;
    incident.outcome = Some(payload.outcome);
    incident.resolution = Some(payload.resolution.clone());
    incident.resolved_by = named(payload.resolved_by, &payload.resolved_by_name);
    incident.resolved_at = Some(payload.resolved_at);
    incident.merged_into = payload.merged_into;
    incident.ack_due_at = None;
    incident
}

fn named(id: Option<UserId>, name: &str) -> Option<Named> {
    id.map(|id| Named {
        id,
        name: name.to_owned(),
    })
}
