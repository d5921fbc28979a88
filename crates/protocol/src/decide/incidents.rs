//! The lawful course of an incident.

use super::{
    Asked, Decision, LONGEST_LINE, LONGEST_TEXT, amending, escalation::recorded_ago, merging, note,
    unknown_case, words,
};
use crate::{
    Action, AssignIncident, Batch, BatchId, CloseIncident, Counter, Fact, Incident, IncidentChange,
    IncidentReported, IncidentResolved, IncidentStatus, IncidentType, IncidentUpdated, Involved,
    Named, NoteIncident, NotificationId, NotificationNew, Part, Precision, Rejection,
    RejectionCode, ReportIncident, ResolveIncident, Role, SetSeverity, Severity, Sitting, Standing,
    Subject, Timestamp, Trace, View, is_subtype, may, subtypes,
};

pub(crate) fn report(asked: Asked<'_>, input: &ReportIncident) -> Decision {
    if asked.view.incident(input.reference).is_some() {
        let message = "This incident was reported already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let sitting = input.sitting_id.map(|id| asked.sitting(id)).transpose()?;
    input.batch_id.map(|id| asked.batch(id)).transpose()?;
    let batch = batch_of_case(asked.view, input.batch_id, sitting.as_deref());
    let subject = Subject {
        sitting: sitting.as_deref(),
        batch: batch.as_deref(),
        own: true,
    };
    asked.need(Action::ReportIncident, subject)?;
    reported_facts(asked, input, sitting.as_deref())
}

/// The report and who is told of it, for somebody who may report.
pub(crate) fn reported_facts(
    asked: Asked<'_>,
    input: &ReportIncident,
    sitting: Option<&Sitting>,
) -> Decision {
    // Kind and hall are a valid report: the words may follow.
    let description = if input.description.trim().is_empty() {
        label(input.incident_type)
    } else {
        words(&input.description, "description", LONGEST_TEXT)?
    };
    let reported = reported(asked, input, sitting, description)?;
    let notified = notify_officers(asked, &reported, sitting);
    let mut facts = vec![Fact::IncidentReported(Box::new(reported))];
    facts.extend(notified.map(Fact::NotificationNew));
    Ok(facts)
}

fn reported(
    asked: Asked<'_>,
    input: &ReportIncident,
    sitting: Option<&Sitting>,
    description: String,
) -> Result<IncidentReported, Rejection> {
    let title = match &input.title {
        Some(title) if !title.trim().is_empty() => words(title, "title", LONGEST_LINE)?,
        _ => first_line(&description),
    };
    let incident_id = asked.view.next_number(Counter::Incident);
    let involved = involved(input);
    let year = asked.now.year_two_digits();
    Ok(IncidentReported {
        incident_id,
        client_ref: input.reference,
        number: incident_id.map(|id| format!("INC-{year:02}-{id:04}")),
        local_number: input.local_number.clone(),
        incident_type: input.incident_type,
        type_label: label(input.incident_type),
        severity: input.severity,
        status: IncidentStatus::Reported,
        title,
        description,
        reported_by: asked.actor.name.clone(),
        reported_by_id: asked.actor.user,
        reported_by_name: asked.actor.name.clone(),
        reported_at: asked.request.times.recorded_corrected(),
        ack_due_at: asked.ack_due(input.severity),
        batch_id: input
            .batch_id
            .or(sitting.and_then(|sitting| sitting.batch_id)),
        exam_id: input.sitting_id,
        exam_entry_id: input.sitting_id,
        venue_id: input.venue_id.or(sitting.map(|sitting| sitting.venue_id)),
        seat: input.seat.clone().map(|seat| seat.trim().to_uppercase()),
        candidates: involved.iter().map(|one| one.student_id).collect(),
        confidential: input.confidential,
        institution_id: asked.actor.institution,
        subtype: subtype(asked, input.incident_type, input.subtype.as_ref())?,
        action_taken: note(input.action_taken.as_ref())?,
        parts: involved,
        from_log: input.from_log,
        precision: precise(asked, input.precision)?,
    })
}

/// A span ends after it begins, and not in the future.
fn precise(asked: Asked<'_>, precision: Option<Precision>) -> Result<Option<Precision>, Rejection> {
    let Some(Precision::Range { until }) = precision else {
        return Ok(precision);
    };
    if asked.happened() < until && until <= asked.now {
        return Ok(precision);
    }
    Err(Rejection::invalid(
        "It happened in a span that ends after it begins, and before now.",
    ))
}

/// The candidates with their parts; who is only named is what it is about.
fn involved(input: &ReportIncident) -> Vec<Involved> {
    let mut parts = input.parts.clone();
    for student_id in &input.candidates {
        if !parts.iter().any(|one| one.student_id == *student_id) {
            parts.push(Involved {
                student_id: *student_id,
                part: Part::Subject,
            });
        }
    }
    parts
}

/// A finer kind that the institution knows; none when the text is empty.
pub(crate) fn subtype(
    asked: Asked<'_>,
    kind: IncidentType,
    text: Option<&String>,
) -> Result<Option<String>, Rejection> {
    let Some(text) = note(text)? else {
        return Ok(None);
    };
    let policy = asked.policy();
    if is_subtype(&policy, kind, &text) {
        return Ok(Some(text));
    }
    let message = format!("{} has no finer kind {text}.", label(kind));
    Err(Rejection::invalid(message).with_allowed(subtypes(&policy, kind)))
}

/// From HIGH upwards the exams officers and the registrar are told.
fn notify_officers(
    asked: Asked<'_>,
    reported: &IncidentReported,
    sitting: Option<&Sitting>,
) -> Option<NotificationNew> {
    if reported.severity < Severity::High {
        return None;
    }
    let id = NotificationId(asked.view.next_number(Counter::Notification)?);
    let place = sitting
        .map(|sitting| sitting.course_code.clone())
        .unwrap_or_default();
    let severity = reported.severity.text();
    let recorded = asked.request.times.recorded_corrected();
    let late = recorded_ago(asked.now, asked.now, recorded).unwrap_or_default();
    Some(NotificationNew {
        id,
        notification_id: id,
        notification_type: "incident".to_owned(),
        title: format!("{severity} {place}: {}", reported.type_label).replace(" :", ":"),
        message: format!("{}{late}", reported.title),
        user_id: None,
        user_ids: asked.officers(sitting, &[Role::ExamsOfficer, Role::Admin]),
        created_at: asked.now,
        is_read: false,
        priority: severity.to_lowercase(),
        incident_ref: Some(reported.client_ref),
        link: Some(format!("/incidents/{}", reported.client_ref)),
        data: serde_json::json!({ "incidentId": reported.incident_id }),
    })
}

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

fn first_line(description: &str) -> String {
    let line = description
        .split(['\n', '.', ';'])
        .next()
        .unwrap_or_default();
    line.trim().chars().take(90).collect()
}
