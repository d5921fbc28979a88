//! How a case begins: what is reported, and who is told of it.

use super::{
    Asked, Decision, LONGEST_LINE, LONGEST_TEXT, batch_of_case, escalation::recorded_ago, label,
    note, words,
};
use crate::{
    Action, Counter, Fact, IncidentReported, IncidentStatus, IncidentType, Involved,
    NotificationId, NotificationNew, Part, Precision, Rejection, RejectionCode, ReportIncident,
    Role, Severity, Sitting, Subject, is_subtype, subtypes,
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

fn first_line(description: &str) -> String {
    let line = description
        .split(['\n', '.', ';'])
        .next()
        .unwrap_or_default();
    line.trim().chars().take(90).collect()
}
