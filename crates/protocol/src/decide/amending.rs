//! What is added to a case or corrected in it. Nothing is overwritten: the history keeps what
//! stood there before.

use super::{
    Asked, Decision, LONGEST_LINE, LONGEST_TEXT, incidents, note, reporting, unknown_case, words,
};
use crate::{
    Action, AmendIncident, Amended, CaseName, Incident, IncidentChange, IncidentStatus, Involved,
    ReferIncident, Referral, Rejection, RejectionCode, SetConfidential, SignMethod, SignStatement,
    Statement, Subject,
};

pub(crate) fn amend(asked: Asked<'_>, input: &AmendIncident) -> Decision {
    let incident = asked.incident(input.incident)?;
    // The author amends the own entry, officers any that they decide about.
    incidents::need(asked, &incident, Action::Amend)
        .or_else(|refusal| officer(asked, &incident).ok_or(refusal))?;
    if incident.status == IncidentStatus::Closed || incident.voided.is_some() {
        let allowed = vec!["reopenIncident".to_owned()];
        let message = "A closed or struck-through incident is opened again before it is amended.";
        let refusal = Rejection::new(RejectionCode::IllegalTransition, message);
        return Err(refusal.with_allowed(allowed));
    }
    let amended = corrections(asked, &incident, input)?;
    if amended.is_empty() {
        return Err(Rejection::invalid("Nothing is different."));
    }
    let parts = amended.iter().any(|one| one.field == "parts");
    let change = IncidentChange {
        parts: input.parts.clone().filter(|_| parts),
        amended,
        ..IncidentChange::default()
    };
    let note = note(input.note.as_ref())?;
    incidents::updated(asked, &incident, incident.status, change, note)
}

fn officer(asked: Asked<'_>, incident: &Incident) -> Option<()> {
    incidents::is_officer(asked, incident).then_some(())
}

/// What the input changes, field by field.
fn corrections(
    asked: Asked<'_>,
    incident: &Incident,
    input: &AmendIncident,
) -> Result<Vec<Amended>, Rejection> {
    let line = |text: &String, what| words(text, what, LONGEST_LINE);
    let text = |text: &String, what| words(text, what, LONGEST_TEXT);
    let title = input.title.as_ref().map(|new| line(new, "title"));
    let told = input.description.as_ref();
    let told = told.map(|new| text(new, "description"));
    let kind = input.incident_type.unwrap_or(incident.incident_type);
    let finer = reporting::subtype(asked, kind, input.subtype.as_ref())?;
    // A finer kind of another kind means nothing.
    let finer = finer.or_else(|| (kind != incident.incident_type).then(String::new));
    let done = input.action_taken.as_ref().map(|new| new.trim().to_owned());
    let seat = input.seat.as_ref().map(|new| new.trim().to_uppercase());
    let parts = input.parts.as_ref().map(|parts| in_words(parts));
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let fields = [
        ("title", incident.title.clone(), title.transpose()?),
        (
            "description",
            incident.description.clone(),
            told.transpose()?,
        ),
        ("actionTaken", or_empty(&incident.action_taken), done),
        ("seat", or_empty(&incident.seat), seat),
        (
            "type",
            incident.incident_type.text().to_owned(),
            input.incident_type.map(|kind| kind.text().to_owned()),
        ),
        ("subtype", or_empty(&incident.subtype), finer),
        ("parts", in_words(&incident.parts), parts),
    ];
    let changed = fields.into_iter().filter_map(|(field, before, after)| {
        let after = after.filter(|after| *after != before)?;
        let field = field.to_owned();
        Some(Amended {
            field,
            before,
            after,
        })
    });
    Ok(changed.collect())
}

/// `101 SUBJECT, 102 WITNESS`.
fn in_words(parts: &[Involved]) -> String {
    let each = parts.iter();
    let each: Vec<String> = each
        .map(|one| format!("{} {}", one.student_id, one.part.text()))
        .collect();
    each.join(", ")
}

pub(crate) fn sign(asked: Asked<'_>, input: &SignStatement) -> Decision {
    let incident = asked.case(&input.incident)?;
    if incident.voided.is_some() {
        let message = "This incident was entered in error.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    let (user_id, name) = signer(asked, &incident, input)?;
    let statement = Statement {
        user_id,
        name: name.clone(),
        statement: words(&input.statement, "statement", LONGEST_TEXT)?,
        method: input.method,
        signed_at: asked.happened(),
    };
    let change = IncidentChange {
        witness_id: user_id,
        witness_name: user_id.map(|_| name),
        statement: Some(statement),
        ..IncidentChange::default()
    };
    incidents::updated(asked, &incident, incident.status, change, None)
}

/// Who signs: with a PIN only oneself, with ink anybody whom the writer names.
fn signer(
    asked: Asked<'_>,
    incident: &Incident,
    input: &SignStatement,
) -> Result<(Option<crate::UserId>, String), Rejection> {
    let own = Subject {
        own: true,
        ..Subject::default()
    };
    let me = asked
        .actor
        .user
        .filter(|user| input.witness.is_none_or(|named| named == *user));
    if let Some(me) = me.filter(|_| input.name.is_none()) {
        // Whoever can name a case may sign what they saw themselves, confidential or not.
        asked.need(Action::Witness, own)?;
        return Ok((Some(me), asked.name_of(me)?));
    }
    if input.method == SignMethod::Pin {
        let message = "With a PIN one signs the own statement only; others sign with ink.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message)
            .with_allowed(vec![SignMethod::Ink.text().to_owned()]));
    }
    need_named(asked, incident, &input.incident)?;
    match (input.witness, &input.name) {
        (Some(user), None) => Ok((Some(user), asked.name_of(user)?)),
        (None, Some(name)) => Ok((None, words(name, "name", LONGEST_LINE)?)),
        (Some(_), Some(_)) | (None, None) => Err(Rejection::invalid("Name one witness.")),
    }
}

/// Refuses unless the actor may add words to a case. Whoever may not see it is told of what they
/// named, not of what it is: a number that is on a bag tells nobody more.
pub(crate) fn need_named(
    asked: Asked<'_>,
    incident: &Incident,
    name: &CaseName,
) -> Result<(), Rejection> {
    incidents::need(asked, incident, Action::NoteIncident).map_err(|refusal| {
        match refusal.missing {
            Some(_) => unknown_case(name),
            None => refusal,
        }
    })
}

pub(crate) fn set_confidential(asked: Asked<'_>, input: &SetConfidential) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::CloseIncident)?;
    if incident.confidential == input.confidential {
        let message = "It is that already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let change = IncidentChange {
        confidential: Some(input.confidential),
        ..IncidentChange::default()
    };
    // Why it is hidden, or was, is nobody else's business: the event is always confidential.
    let hidden = Incident {
        confidential: true,
        ..(*incident).clone()
    };
    let note = note(input.note.as_ref())?;
    incidents::updated(asked, &hidden, incident.status, change, note)
}

pub(crate) fn refer(asked: Asked<'_>, input: &ReferIncident) -> Decision {
    let incident = incidents::open_incident(asked, input.incident, Action::Refer)?;
    if incident.referred.is_some() {
        let message = "This incident is before the committee already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let file_number = input.file_number.as_ref();
    let file_number = file_number.map(|text| words(text, "file number", LONGEST_LINE));
    let change = IncidentChange {
        referred: Some(Referral {
            by: asked.actor.name.clone(),
            at: asked.happened(),
            file_number: file_number.transpose()?,
        }),
        ..IncidentChange::default()
    };
    let note = note(input.note.as_ref())?;
    incidents::updated(asked, &incident, incident.status, change, note)
}
