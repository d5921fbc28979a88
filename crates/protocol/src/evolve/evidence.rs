//! Files of evidence.

use super::incidents::stamped;
use crate::{Event, Evidence, EvidenceAttached, EvidenceHandled, Named, Record, View};

/// A case has one file more; nothing when this copy does not have the case.
pub(crate) fn attached(view: &dyn View, event: &Event, payload: &EvidenceAttached) -> Vec<Record> {
    let Some(mut incident) = view.incident(payload.client_ref) else {
        return Vec::new();
    };
    incident.files.push(Evidence {
        id: payload.evidence_id,
        sha256: payload.sha256.clone(),
        kind: payload.kind,
        size: payload.size,
        name: payload.name.clone(),
        note: payload.note.clone(),
        by: payload.attached_by.map(|id| Named {
            id,
            name: payload.attached_by_name.clone(),
        }),
        station: event.actor.station_code.clone(),
        captured_at: payload.captured_at,
        received_at: None,
    });
    stamped(event, incident)
}

/// The server has the file itself.
pub(crate) fn received(view: &dyn View, event: &Event, payload: &EvidenceHandled) -> Vec<Record> {
    let Some(mut incident) = view.incident(payload.client_ref) else {
        return Vec::new();
    };
    let file = incident.files.iter_mut();
    let Some(file) = file.into_iter().find(|file| file.id == payload.evidence_id) else {
        return Vec::new();
    };
    file.received_at = Some(event.timestamp);
    stamped(event, incident)
}
