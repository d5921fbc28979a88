//! Files of evidence: what may be attached by whom, and who has opened it.

use super::{Asked, Decision, LONGEST_LINE, incidents, note, unknown_case, words};
use crate::{
    Action, AttachEvidence, Evidence, EvidenceAttached, EvidenceHandled, EvidenceId, Fact,
    Incident, IncidentRef, LARGEST_FILE, MOST_FILES, OpenEvidence, ReceiveEvidence, Rejection,
    RejectionCode,
};

pub(crate) fn attach(asked: Asked<'_>, input: &AttachEvidence) -> Decision {
    let incident = asked.incident(input.incident)?;
    incidents::need(asked, &incident, Action::NoteIncident)?;
    if incident.voided.is_some() {
        let message = "This incident was entered in error.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    if incident.files.iter().any(|file| file.id == input.evidence) {
        let message = "This file was attached already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    acceptable(&incident, input)?;
    Ok(vec![Fact::EvidenceAttached(Box::new(EvidenceAttached {
        evidence_id: input.evidence,
        client_ref: incident.reference,
        incident_id: incident.id,
        batch_script_id: incident.batch_id,
        sha256: input.sha256.clone(),
        size: input.size,
        kind: input.kind,
        name: words(&input.name, "name of the file", LONGEST_LINE)?,
        note: note(input.note.as_ref())?,
        attached_by: asked.actor.user,
        attached_by_name: asked.actor.name.clone(),
        captured_at: asked.happened(),
        confidential: incident.confidential,
    }))])
}

fn acceptable(incident: &Incident, input: &AttachEvidence) -> Result<(), Rejection> {
    let is_digit = |digit: char| matches!(digit, '0'..='9' | 'a'..='f');
    if input.sha256.len() != 64 || !input.sha256.chars().all(is_digit) {
        let message = "The fingerprint of a file is its SHA-256 in 64 small hexadecimal digits.";
        return Err(Rejection::invalid(message));
    }
    if input.size < 1 || LARGEST_FILE < input.size {
        let message = "A file of evidence has between 1 byte and 20 MiB.";
        return Err(Rejection::invalid(message));
    }
    if MOST_FILES <= incident.files.len() {
        let message = "An incident has at most 100 files.";
        return Err(Rejection::invalid(message));
    }
    Ok(())
}

/// Only the server itself can know that it has a file.
pub(crate) fn receive(asked: Asked<'_>, input: &ReceiveEvidence) -> Decision {
    if asked.actor.user.is_some() {
        let message = "Only the server says what it has received.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    let (incident, file) = known(asked, input.incident, input.evidence)?;
    if file.received_at.is_some() {
        let message = "This file is there already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let handled = handled(asked, &incident, &file);
    Ok(vec![Fact::EvidenceReceived(handled)])
}

pub(crate) fn open(asked: Asked<'_>, input: &OpenEvidence) -> Decision {
    let (incident, file) = known(asked, input.incident, input.evidence)?;
    let assignee = incident.assignee.as_ref().map(|named| named.id);
    if assignee.is_none() || assignee != asked.actor.user {
        incidents::need(asked, &incident, Action::ReadIncident)?;
    }
    let handled = handled(asked, &incident, &file);
    Ok(vec![Fact::EvidenceOpened(handled)])
}

fn known(
    asked: Asked<'_>,
    reference: IncidentRef,
    evidence: EvidenceId,
) -> Result<(Box<Incident>, Evidence), Rejection> {
    let incident = asked.incident(reference)?;
    let file = incident.files.iter().find(|file| file.id == evidence);
    let file = file.cloned();
    let file = file.ok_or_else(|| unknown_case(&reference.into()))?;
    Ok((incident, file))
}

fn handled(asked: Asked<'_>, incident: &Incident, file: &Evidence) -> EvidenceHandled {
    EvidenceHandled {
        evidence_id: file.id,
        client_ref: incident.reference,
        incident_id: incident.id,
        sha256: file.sha256.clone(),
        name: file.name.clone(),
        handled_by: asked.actor.user,
        handled_by_name: asked.actor.name.clone(),
        confidential: incident.confidential,
    }
}
