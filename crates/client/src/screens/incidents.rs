//! Incidents: the list, and one with all about it.

use elms_protocol::{
    Batch, Candidate, Incident, IncidentRef, IncidentType, Key, Kind, Proposal, Record, Timestamp,
    host::{IncidentDetail, IncidentView},
    where_is,
};

use super::{Scene, actions, timeline::timeline};
use crate::cache::Held;

/// All incidents, the newest first by the order of the log; what waits here comes before.
pub fn incidents(scene: &Scene<'_>) -> Vec<IncidentView> {
    let mut views: Vec<IncidentView> = scene
        .overlay
        .incidents()
        .map(|incident| view(*scene, incident))
        .collect();
    views.sort_by_cached_key(|view| {
        std::cmp::Reverse((view.incident.seq, view.incident.times.occurred_corrected()))
    });
    views
}

/// One incident; `history` is that of its record. None when there is none for this person.
pub fn incident(
    scene: &Scene<'_>,
    reference: IncidentRef,
    history: &[Held],
) -> Option<IncidentDetail> {
    let incident = scene.incident(reference)?;
    let sitting = incident.sitting_id.and_then(|id| scene.sitting(id));
    Some(IncidentDetail {
        view: view(*scene, incident),
        timeline: timeline(*scene, &Key::new(Kind::Incident, reference), history),
        actions: actions::of_incident(*scene, incident),
        candidates: candidates(*scene, incident),
        batch: incident.batch_id.and_then(|id| batch(*scene, id)).cloned(),
        sitting: sitting.cloned(),
        files: super::files(incident, &[]),
        seen_at: seen_at(*scene, reference, history),
        proposals: proposals(*scene, incident),
    })
}

/// Where the script may be that the case is about.
fn proposals(scene: Scene<'_>, incident: &Incident) -> Vec<Proposal> {
    let missing = incident.incident_type == IncidentType::MissingScript && !incident.is_over();
    let Some(sitting) = incident.sitting_id.filter(|_| missing) else {
        return Vec::new();
    };
    let students = incident.candidates.iter();
    students
        .flat_map(|student| where_is(scene.overlay, sitting, *student))
        .collect()
}

/// When this station first saw it: with its first event, or in the first copy.
fn seen_at(scene: Scene<'_>, reference: IncidentRef, history: &[Held]) -> Option<Timestamp> {
    let records = scene.overlay.records();
    records.get(&Key::new(Kind::Incident, reference))?;
    let reported = history
        .iter()
        .find(|held| held.event.event == "incident:reported");
    reported.map(|held| held.seen_at).or(records.copied_at())
}

pub(super) fn view(scene: Scene<'_>, incident: &Incident) -> IncidentView {
    let sitting = incident.sitting_id.and_then(|id| scene.sitting(id));
    let venue_id = incident
        .venue_id
        .or(sitting.map(|sitting| sitting.venue_id));
    let venue = venue_id.and_then(|id| scene.venue(id));
    IncidentView {
        sync: scene
            .overlay
            .mark(&Key::new(Kind::Incident, incident.reference)),
        arrived_late: scene.overlay.records().arrived_late(incident.reference),
        venue_code: venue.map(|venue| venue.code.clone()),
        venue_name: venue.map(|venue| venue.name.clone()),
        venue_phone: venue.and_then(|venue| venue.phone.clone()),
        course_code: sitting.map(|sitting| sitting.course_code.clone()),
        incident: incident.clone(),
    }
}

/// The candidates it is about, as registered for its sitting.
fn candidates(scene: Scene<'_>, incident: &Incident) -> Vec<Candidate> {
    let here = |candidate: &&Candidate| {
        incident.candidates.contains(&candidate.student_id)
            && incident
                .sitting_id
                .is_none_or(|id| id == candidate.sitting_id)
    };
    if incident.candidates.is_empty() {
        return Vec::new();
    }
    scene.overlay.candidates().filter(here).cloned().collect()
}

fn batch(scene: Scene<'_>, id: elms_protocol::BatchId) -> Option<&Batch> {
    let Record::Batch(batch) = scene.get(&Key::new(Kind::Batch, id))? else {
        return None;
    };
    Some(batch)
}
