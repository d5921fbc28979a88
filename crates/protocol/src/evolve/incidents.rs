//! Events of the incident channel.

use crate::{
    Event, Fact, Incident, IncidentReported, IncidentResolved, IncidentStatus, IncidentUpdated,
    Named, Record, UserId, View,
};

pub(crate) fn evolve(view: &dyn View, event: &Event, fact: &Fact) -> Vec<Record> {
    let incident = match fact {
        Fact::IncidentReported(payload) => Some(Box::new(reported(event, payload))),
        Fact::IncidentUpdated(payload) => {
            let known = view.incident(payload.client_ref);
            known.map(|incident| updated(incident, event, payload))
        }
        Fact::IncidentResolved(payload) => {
            let known = view.incident(payload.client_ref);
            known.map(|incident| resolved(incident, payload))
        }
        _ => None,
    };
    let stamped = incident.map(|mut incident| {
        incident.n_events = incident.n_events.saturating_add(1);
        incident.seq = event.seq;
        Record::Incident(incident)
    });
    stamped.into_iter().collect()
}

fn reported(event: &Event, payload: &IncidentReported) -> Incident {
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
        reported_by: payload
            .reported_by_id
            .map(|id| Named { id, name: payload.reported_by_name.clone() }),
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

fn updated(
    mut incident: Box<Incident>,
    event: &Event,
    payload: &IncidentUpdated,
) -> Box<Incident> {
    incident.status = payload.status;
    let by = named(payload.updated_by, &payload.updated_by_name);
    let change = &payload.updates;
    if change.acknowledged == Some(true) {
        incident.acknowledged_at = Some(event.happened_at());
        incident.acknowledged_by.clone_from(&by);
        incident.ack_due_at = None;
    }
    if change.assignee_id.is_some() {
        let name = change.assignee_name.as_deref().unwrap_or_default();
        incident.assignee = named(change.assignee_id, name);
    }
    if payload.status == IncidentStatus::UnderInvestigation {
        // Whoever takes a case has noticed it; a re-opened one is not resolved any more.
        incident.ack_due_at = None;
        incident.outcome = None;
    }
    incident.severity = change.severity.unwrap_or(incident.severity);
    incident.escalation_level = change.escalation_level.unwrap_or(incident.escalation_level);
    incident.evidence.extend(change.evidence.iter().cloned());
    let witness = change.witness_name.as_deref().unwrap_or_default();
    incident.witnesses.extend(named(change.witness_id, witness));
    incident
}

fn resolved(mut incident: Box<Incident>, payload: &IncidentResolved) -> Box<Incident> {
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
    id.map(|id| Named { id, name: name.to_owned() })
}
