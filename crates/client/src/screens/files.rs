//! The files of a case, and how far each has come.

use elms_protocol::{
    Evidence, EvidenceId, Incident, IncidentRef,
    host::{FileState, FileView},
};

use super::Scene;
use crate::outbox::Waiting;

/// One file of a case; none when there is none for this person.
pub(crate) fn file(scene: &Scene<'_>, incident: IncidentRef, id: EvidenceId) -> Option<Evidence> {
    let incident = scene.incident(incident)?;
    incident.files.iter().find(|file| file.id == id).cloned()
}

/// The files of `incident`, in the order in which they were attached; `here` lie on this station.
pub fn files(incident: &Incident, here: &[Waiting]) -> Vec<FileView> {
    incident
        .files
        .iter()
        .map(|file| view(file, here.iter().find(|waiting| waiting.id == file.id)))
        .collect()
}

fn view(file: &Evidence, here: Option<&Waiting>) -> FileView {
    let sent = here.map_or(0, |waiting| waiting.sent);
    let state = if file.received_at.is_some() {
        FileState::Kept
    } else if here.is_some_and(|waiting| waiting.refused) {
        FileState::Refused
    } else if 0 < sent {
        FileState::Sending
    } else {
        FileState::Waiting
    };
    FileView {
        sent: if state == FileState::Kept {
            file.size
        } else {
            sent
        },
        state,
        here: here.is_some(),
        reason: here.and_then(|waiting| waiting.trouble.clone()),
        file: file.clone(),
    }
}
