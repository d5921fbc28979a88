//! Events about batches, their scripts and their custody.

use crate::{
    Batch, BatchAssigned, BatchSealed, BatchStatsUpdated, BatchStatus, BatchStatusChanged, Counted,
    CustodyMoved, DeclaredCount, Event, Fact, Holder, Named, Record, Step, Transfer, View,
};

pub(crate) fn evolve(view: &dyn View, event: &Event, fact: &Fact) -> Vec<Record> {
    match fact {
        Fact::CustodyOffered(moved)
        | Fact::CustodyAccepted(moved)
        | Fact::CustodyRefused(moved)
        | Fact::CustodyDisputed(moved)
        | Fact::CustodyCancelled(moved) => custody(view, event, moved),
        Fact::BatchSealed(payload) => change(view, event, payload.batch_id, |batch| {
            sealed(batch, event, payload);
        }),
        Fact::BatchAssigned(payload) => change(view, event, payload.batch_id, |batch| {
            assigned(batch, event, payload);
        }),
        Fact::BatchCreated(payload) => change(view, event, payload.batch_id, |batch| {
            step(batch, event, BatchStatus::Pending);
        }),
        Fact::BatchStatusChanged(payload) => {
            let name = payload.holder_id.and_then(|id| view.person(id)).map(|person| person.name);
            change(view, event, payload.batch_id, |batch| {
                status_changed(batch, event, payload, name);
            })
        }
        Fact::BatchStatsUpdated(payload) => change(view, event, payload.batch_id, |batch| {
            stats_updated(batch, event, payload);
        }),
        Fact::ScriptCollected(payload) => change(view, event, payload.batch_id, |batch| {
            add_scripts(batch, event, 1);
        }),
        Fact::ScriptSubmitted(payload) => change(view, event, payload.batch_id, |_| {}),
        Fact::ScriptVerified(payload) => change(view, event, payload.batch_id, |_| {}),
        Fact::ScriptGraded(payload) => change(view, event, payload.batch_id, |batch| {
            batch.scripts_graded = batch.scripts_graded.saturating_add(1);
        }),
        _ => Vec::new(),
    }
}

fn change(
    view: &dyn View,
    event: &Event,
    id: crate::BatchId,
    change: impl FnOnce(&mut Batch),
) -> Vec<Record> {
    let Some(mut batch) = view.batch(id) else {
        return Vec::new();
    };
    change(&mut batch);
    batch.seq = event.seq;
    vec![Record::Batch(batch)]
}

fn author(event: &Event) -> Option<Named> {
    let id = event.actor.user_id?;
    Some(Named { id, name: event.actor.name.clone().unwrap_or_default() })
}

fn step(batch: &mut Batch, event: &Event, status: BatchStatus) {
    batch.status = status;
    batch.steps.push(Step {
        status,
        at: event.happened_at(),
        by: author(event),
        holder: batch.holder.name().to_owned(),
    });
}

fn sealed(batch: &mut Batch, event: &Event, payload: &BatchSealed) {
    batch.scripts_submitted = payload.declared_count;
    batch.scripts_collected = payload.declared_count;
    batch.discrepancy = payload.discrepancy;
    batch.incident = payload.incident_ref;
    batch.seal_number = Some(payload.seal_number.clone());
    batch.sealed_by = author(event);
    let witness = payload.witness_id.zip(payload.witness_name.clone());
    batch.seal_witness = witness.map(|(id, name)| Named { id, name });
    batch.sealed_at = Some(payload.sealed_at);
    if let Some(by) = author(event) {
        batch.holder = Holder::Person(by);
    }
    step(batch, event, payload.new_status);
}

fn assigned(batch: &mut Batch, event: &Event, payload: &BatchAssigned) {
    let lecturer = Named {
        id: payload.assigned_lecturer_id,
        name: payload.lecturer_name.clone(),
    };
    batch.holder = Holder::Person(lecturer.clone());
    batch.lecturer = Some(lecturer);
    step(batch, event, payload.new_status);
}

fn status_changed(
    batch: &mut Batch,
    event: &Event,
    payload: &BatchStatusChanged,
    holder_name: Option<String>,
) {
    if let Some(broken) = &payload.broken_seal {
        batch.broken_seals.push(broken.clone());
        batch.seal_number = None;
        batch.sealed_at = None;
        batch.sealed_by = None;
        batch.seal_witness = None;
        batch.counts.clear();
    }
    if let Some(id) = payload.holder_id {
        let name = holder_name.unwrap_or_default();
        batch.holder = Holder::Person(Named { id, name });
    }
    if let Some(id) = &payload.location {
        let name = payload.location_name.clone().unwrap_or_else(|| id.clone());
        batch.holder = Holder::Place { id: id.clone(), name };
    }
    step(batch, event, payload.new_status);
}

fn stats_updated(batch: &mut Batch, event: &Event, payload: &BatchStatsUpdated) {
    batch.scripts_submitted = payload.stats.scripts_submitted;
    if batch.scripts_collected != payload.stats.scripts_collected {
        let n = payload.stats.scripts_collected;
        batch.scripts_collected = n;
        batch.collected.push(Counted { at: event.happened_at(), n });
    }
    if let (Some(count), Some(by)) = (payload.declared_count, author(event)) {
        batch.counts.retain(|declared| declared.by.id != by.id);
        batch.counts.push(DeclaredCount { by, count });
    }
}

fn add_scripts(batch: &mut Batch, event: &Event, n: i64) {
    batch.scripts_collected = batch.scripts_collected.saturating_add(n);
    batch.scripts_submitted = batch.scripts_submitted.max(batch.scripts_collected);
    batch.collected.push(Counted { at: event.happened_at(), n: batch.scripts_collected });
}

fn custody(view: &dyn View, event: &Event, moved: &CustodyMoved) -> Vec<Record> {
    let offered_at = view
        .transfer(moved.transfer_ref)
        .map_or(event.happened_at(), |known| known.offered_at);
    let to = match (moved.to_user_id, &moved.to_location) {
        (Some(id), _) => Holder::Person(Named { id, name: moved.to_name.clone() }),
        (None, Some(id)) => Holder::Place { id: id.clone(), name: moved.to_name.clone() },
        (None, None) => Holder::Hall { name: moved.to_name.clone() },
    };
    vec![Record::Transfer(Transfer {
        reference: moved.transfer_ref,
        batch_id: moved.batch_id,
        from: Named { id: moved.from_user_id, name: moved.from_name.clone() },
        to,
        state: moved.state,
        count: moved.count,
        seal: moved.seal.clone(),
        seal_seen: moved.seal_seen.clone(),
        offered_at,
    })]
}
