//! Events of the incident channel.

use crate::{
    Amended, Event, Incident, IncidentChange, IncidentReported, IncidentResolved, IncidentStatus,
    IncidentType, IncidentUpdated, Named, Record, UserId, View, Voided,
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

pub(super) fn stamped(event: &Event, mut incident: Box<Incident>) -> Vec<Record> {
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
        merged_from: Vec::new(),
        subtype: payload.subtype.clone(),
        action_taken: payload.action_taken.clone(),
        parts: payload.parts.clone(),
        statements: Vec::new(),
        referred: None,
        voided: None,
        from_log: payload.from_log,
        precision: payload.precision,
        files: Vec::new(),
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
        incident.voided = None;
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
    incident.confidential = change.confidential.unwrap_or(incident.confidential);
    write_down(&mut incident, change);
    incident
}

/// Corrections, statements and the links to other cases.
fn write_down(incident: &mut Incident, change: &IncidentChange) {
    for amended in &change.amended {
        correct(incident, amended);
    }
    if let Some(parts) = &change.parts {
        incident.candidates = parts.iter().map(|involved| involved.student_id).collect();
        incident.parts.clone_from(parts);
    }
    incident.statements.extend(change.statement.clone());
    incident.referred = change.referred.clone().or(incident.referred.take());
    incident.merged_from.extend(change.merged_from);
    incident
        .merged_from
        .retain(|from| Some(*from) != change.unmerged_from);
}

fn correct(incident: &mut Incident, amended: &Amended) {
    let text = amended.after.clone();
    let or_none = |text: String| (!text.is_empty()).then_some(text);
    match amended.field.as_str() {
        "title" => incident.title = text,
        "description" => incident.description = text,
        "actionTaken" => incident.action_taken = or_none(text),
        "seat" => incident.seat = or_none(text),
        "type" => incident.incident_type = IncidentType::from_spelling(&text),
        "subtype" => incident.subtype = or_none(text),
        _ => {}
    }
}

fn end(mut incident: Box<Incident>, payload: &IncidentResolved) -> Box<Incident> {
    if let Some(reason) = &payload.voided {
        incident.voided = Some(Voided {
            reason: reason.clone(),
            by: named(payload.resolved_by, &payload.resolved_by_name),
            at: payload.resolved_at,
        });
    }
    if incident.is_over() && payload.voided.is_some() {
        // How it ended before stays readable under the stroke.
        return incident;
    }
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
