//! Batches: the list, and one with its way and who may witness.

use std::collections::BTreeMap;

use elms_protocol::{
    Action, Actor, Batch, BatchId, CustodyState, Key, Kind, Person, Policy, Record, Sitting,
    Subject, Transfer,
    host::{BatchDetail, BatchView},
    may, way_of,
};

use super::{Scene, actions, incidents, timeline::timeline};
use crate::cache::Held;

/// All batches, in the order in which their sittings start.
pub fn batches(scene: &Scene<'_>) -> Vec<BatchView> {
    let open: BTreeMap<BatchId, &Transfer> = open_transfers(*scene)
        .map(|transfer| (transfer.batch_id, transfer))
        .collect();
    let policy = scene.policy();
    let mut views: Vec<BatchView> = scene
        .overlay
        .batches()
        .map(|batch| view(*scene, batch, open.get(&batch.id).copied(), &policy))
        .collect();
    views.sort_by_cached_key(|view| (view.starts_at, view.batch.code.clone()));
    views
}

/// One batch; `history` is that of its record. None when there is none for this person.
pub fn batch(scene: &Scene<'_>, id: BatchId, history: &[Held]) -> Option<BatchDetail> {
    let Record::Batch(batch) = scene.get(&Key::new(Kind::Batch, id))? else {
        return None;
    };
    let open = open_transfers(*scene).find(|transfer| transfer.batch_id == id);
    let about = |incident: &&elms_protocol::Incident| incident.batch_id == Some(id);
    let incidents = scene.overlay.incidents().filter(about);
    Some(BatchDetail {
        view: view(*scene, batch, open, &scene.policy()),
        timeline: timeline(*scene, &Key::new(Kind::Batch, id), history),
        actions: actions::of_batch(*scene, batch, open),
        incidents: incidents
            .map(|incident| incidents::view(*scene, incident))
            .collect(),
        witnesses: witnesses(*scene, batch),
    })
}

/// Handovers that nobody has accepted, refused or taken back.
fn open_transfers(scene: Scene<'_>) -> impl Iterator<Item = &Transfer> {
    let is_open = |transfer: &&Transfer| {
        matches!(
            transfer.state,
            CustodyState::Offered | CustodyState::Disputed
        )
    };
    scene.overlay.transfers().filter(is_open)
}

fn view(scene: Scene<'_>, batch: &Batch, open: Option<&Transfer>, policy: &Policy) -> BatchView {
    let sitting = scene.sitting(batch.sitting_id);
    let venue = sitting.and_then(|sitting| scene.venue(sitting.venue_id));
    BatchView {
        sync: scene.overlay.mark(&Key::new(Kind::Batch, batch.id)),
        present: sitting.map_or(0, |sitting| sitting.present),
        venue_name: venue.map(|venue| venue.name.clone()),
        starts_at: sitting.map(|sitting| sitting.starts_at),
        ends_at: sitting.map(Sitting::effective_end),
        open_transfer: open.cloned(),
        way: way_of(batch, sitting, policy),
        batch: batch.clone(),
    }
}

/// Who invigilates its sitting and may witness, except the person who looks: nobody witnesses
/// their own seal.
pub(super) fn witnesses(scene: Scene<'_>, batch: &Batch) -> Vec<Person> {
    let Some(sitting) = scene.sitting(batch.sitting_id) else {
        return Vec::new();
    };
    let there = |person: &&Person| {
        Some(person.id) != scene.actor.user
            && sitting.has(person.id)
            && may_witness(scene, sitting, person)
    };
    scene.overlay.people().filter(there).cloned().collect()
}

fn may_witness(scene: Scene<'_>, sitting: &Sitting, person: &Person) -> bool {
    let witness = Actor {
        user: Some(person.id),
        name: person.name.clone(),
        institution: scene.actor.institution,
        roles: vec![person.role],
        faculty: person.faculty_id,
        department: person.department_id,
        station: None,
    };
    let subject = Subject {
        sitting: Some(sitting),
        ..Subject::default()
    };
    may(&witness, Action::WitnessSeal, subject)
}
