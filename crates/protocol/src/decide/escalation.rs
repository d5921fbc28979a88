//! What happens when nobody answers: a case climbs a level, an offer lapses.
//!
//! The clock only counts what the server has received, so that the backlog of a hall that was
//! offline does not escalate for the time in which nobody could have known of it.

use super::{Asked, Decision, custody, incidents, note};
use crate::{
    AcknowledgeIncident, Action, Counter, EscalateIncident, ExpireOffer, Fact, Holder, Incident,
    IncidentChange, IncidentStatus, NotificationId, NotificationNew, Rejection, RejectionCode,
    Role, Severity, Sitting, Standing, Timestamp, Transfer, UnacknowledgeIncident, UserId,
};

/// The highest level: everybody is called.
pub(crate) const LAST_LEVEL: i64 = 3;
/// From this long before its receipt a notification says when a thing was written down.
const WORTH_SAYING_MS: i64 = 2 * 60_000;

pub(crate) fn acknowledge(asked: Asked<'_>, input: &AcknowledgeIncident) -> Decision {
    let incident = incidents::open_incident(asked, input.incident, Action::Acknowledge)?;
    if incident.acknowledged_at.is_some() {
        let message = "Somebody has acknowledged this incident already.";
        let noticed =
            incidents::noticed(incident.acknowledged_by.as_ref(), incident.acknowledged_at);
        let standing = Standing::of("acknowledged", noticed.as_ref());
        return Err(Rejection::new(RejectionCode::AlreadyExists, message).against(standing));
    }
    let change = IncidentChange {
        acknowledged: Some(true),
        ..IncidentChange::default()
    };
    incidents::updated(
        asked,
        &incident,
        incident.status,
        change,
        note(input.note.as_ref())?,
    )
}

pub(crate) fn unacknowledge(asked: Asked<'_>, input: &UnacknowledgeIncident) -> Decision {
    let incident = incidents::open_incident(asked, input.incident, Action::Acknowledge)?;
    if incident.acknowledged_at.is_none() {
        let message = "Nobody has acknowledged this incident.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    let change = IncidentChange {
        acknowledged: Some(false),
        ack_due_at: Some(asked.ack_due(incident.severity)),
        ..IncidentChange::default()
    };
    let note = note(input.note.as_ref())?;
    incidents::updated(asked, &incident, incident.status, change, note)
}

pub(crate) fn escalate(asked: Asked<'_>, input: &EscalateIncident) -> Decision {
    let incident = incidents::open_incident(asked, input.incident, Action::Escalate)?;
    at_expected_level(asked, &incident, input.expected_level)?;
    let to = IncidentStatus::Escalated;
    let level = incident.escalation_level.saturating_add(1);
    let unnoticed = incident.acknowledged_at.is_none();
    let change = IncidentChange {
        escalation_level: Some(level),
        ack_due_at: unnoticed.then(|| asked.ack_due(incident.severity)),
        ..IncidentChange::default()
    };
    let note = note(input.note.as_ref())?;
    let mut facts = incidents::updated(asked, &incident, to, change, note)?;
    facts.extend(call(asked, &incident, level).map(Fact::NotificationNew));
    Ok(facts)
}

/// A tick that comes late or twice finds the case at another level, or noticed meanwhile.
fn at_expected_level(
    asked: Asked<'_>,
    incident: &Incident,
    expected: Option<i64>,
) -> Result<(), Rejection> {
    let level = incident.escalation_level;
    let refuse = |message: String| Err(Rejection::new(RejectionCode::IllegalTransition, message));
    if LAST_LEVEL <= level {
        return refuse("Everybody is called already: this is the last level.".to_owned());
    }
    let Some(expected) = expected else {
        return Ok(());
    };
    if expected != level {
        return refuse(format!("This incident is at level {level} already."));
    }
    let still_calls = incident.calls_at().is_some_and(|at| at <= asked.now);
    if asked.actor.user.is_none() && !still_calls {
        return refuse("Somebody has taken notice, or there is time left.".to_owned());
    }
    Ok(())
}

/// Tells the role of a level that the case is theirs now.
fn call(asked: Asked<'_>, incident: &Incident, level: i64) -> Option<NotificationNew> {
    let sitting = incident.sitting_id.and_then(|id| asked.view.sitting(id));
    let roles: &[Role] = match level {
        1 => &[Role::ExamsOfficer],
        2 => &[Role::Admin],
        _ => &[Role::ExamsOfficer, Role::Admin],
    };
    let place = sitting
        .as_ref()
        .map(|sitting| format!(" {}", sitting.course_code));
    let place = place.unwrap_or_default();
    let severity = incident.severity.text();
    let recorded = incident.times.recorded_corrected();
    let late = recorded_ago(asked.now, incident.received_at, recorded);
    let priority = if incident.severity < Severity::High {
        "high".to_owned()
    } else {
        severity.to_lowercase()
    };
    Some(NotificationNew {
        title: format!("Level {level}: {severity}{place}, {}", incident.title),
        message: format!("{}{}", incident.description, late.unwrap_or_default()),
        priority,
        incident_ref: Some(incident.reference),
        link: Some(format!("/incidents/{}", incident.reference)),
        data: serde_json::json!({ "incidentId": incident.id, "level": level }),
        ..told(asked, "incident", asked.officers(sitting.as_deref(), roles))?
    })
}

/// An empty notification to `users`; none where numbers are not given out.
pub(crate) fn told(asked: Asked<'_>, what: &str, users: Vec<UserId>) -> Option<NotificationNew> {
    let id = NotificationId(asked.view.next_number(Counter::Notification)?);
    Some(NotificationNew {
        id,
        notification_id: id,
        notification_type: what.to_owned(),
        title: String::new(),
        message: String::new(),
        user_id: users.first().copied().filter(|_| users.len() == 1),
        user_ids: users,
        created_at: asked.now,
        is_read: false,
        priority: String::new(),
        incident_ref: None,
        link: None,
        data: serde_json::json!({}),
    })
}

/// `, recorded 40 min ago`, where something was written down long before the server heard of it.
pub(crate) fn recorded_ago(
    now: Timestamp,
    received: Timestamp,
    recorded: Timestamp,
) -> Option<String> {
    let kept_ms = received.since_ms(recorded);
    let minutes = now.since_ms(recorded) / 60_000;
    (WORTH_SAYING_MS <= kept_ms).then(|| format!(" (recorded {minutes} min ago)"))
}

pub(crate) fn expire(asked: Asked<'_>, input: &ExpireOffer) -> Decision {
    if asked.actor.user.is_some() {
        let message = "Only the clock lets an offer lapse: take it back instead.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    let mut transfer = custody::found(asked, input.transfer)?;
    custody::lawful_state(&transfer, crate::CustodyState::Expired)?;
    if asked.now < transfer.lapses_at(&asked.policy()) {
        let message = "There is time left to accept this offer.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    transfer.state = crate::CustodyState::Expired;
    let (batch, sitting) = asked.batch(transfer.batch_id)?;
    let alarm = lapsed(asked, &transfer, (&batch.code, &sitting));
    let moved = custody::moved(asked, &transfer, &batch.code, None);
    let mut facts = vec![Fact::CustodyExpired(moved)];
    facts.extend(alarm.map(Fact::NotificationNew));
    Ok(facts)
}

/// Giver, receiver and the office hear that nobody took the batch.
fn lapsed(
    asked: Asked<'_>,
    transfer: &Transfer,
    (code, sitting): (&str, &Sitting),
) -> Option<NotificationNew> {
    let mut users = asked.officers(Some(sitting), &[Role::ExamsOfficer, Role::Admin]);
    users.extend((transfer.from.id != UserId(0)).then_some(transfer.from.id));
    if let Holder::Person(person) = &transfer.to {
        users.push(person.id);
    }
    users.sort_unstable();
    users.dedup();
    let (giver, receiver) = (&transfer.from.name, transfer.to.name());
    Some(NotificationNew {
        title: format!("Nobody accepted {code}"),
        message: format!("Offered to {receiver}; {giver} still answers for it."),
        priority: "high".to_owned(),
        data: serde_json::json!({ "batchId": transfer.batch_id, "transferRef": transfer.reference }),
        ..told(asked, "custody", users)?
    })
}
