//! Events about batches and their scripts.

use super::scripts;
use crate::{
    Batch, BatchAssigned, BatchCreated, BatchId, BatchPrinted, BatchSealed, BatchStatsUpdated,
    BatchStatus, BatchStatusChanged, Counted, DeclaredCount, Event, Holder, Named, Printed, Record,
    ScriptGraded, ScriptMoved, Step, Trace, View,
};

/// A batch was made from the timetable.
pub(crate) fn created(view: &dyn View, event: &Event, payload: &BatchCreated) -> Vec<Record> {
    change(view, event, payload.batch_id, |batch| {
        step(batch, event, BatchStatus::Pending);
    })
}

/// A script of it was handed in or verified.
pub(crate) fn touched(view: &dyn View, event: &Event, payload: &ScriptMoved) -> Vec<Record> {
    let mut records = change(view, event, payload.batch_id, |_| {});
    records.extend(scripts::moved(view, event, payload));
    records
}

/// A script came in, perhaps out of another bundle.
pub(crate) fn collected(view: &dyn View, event: &Event, payload: &ScriptMoved) -> Vec<Record> {
    let mut records = change(view, event, payload.batch_id, |batch| {
        add_scripts(batch, event, 1);
    });
    if let Some(from) = payload.from_batch_id {
        records.extend(change(view, event, from, |batch| {
            add_scripts(batch, event, -1);
        }));
    }
    records.extend(scripts::moved(view, event, payload));
    records
}

/// A script of it was graded.
pub(crate) fn graded(view: &dyn View, event: &Event, payload: &ScriptGraded) -> Vec<Record> {
    let mut records = change(view, event, payload.batch_id, |batch| {
        batch.scripts_graded = batch.scripts_graded.saturating_add(1);
    });
    records.extend(scripts::graded(view, event, payload));
    records
}

/// It was sealed.
pub(crate) fn sealed(view: &dyn View, event: &Event, payload: &BatchSealed) -> Vec<Record> {
    let mut records = change(view, event, payload.batch_id, |batch| {
        seal(batch, event, payload);
    });
    records.extend(scripts::follow(
        view,
        event,
        payload.batch_id,
        payload.new_status,
    ));
    records
}

/// A lecturer took it.
pub(crate) fn assigned(view: &dyn View, event: &Event, payload: &BatchAssigned) -> Vec<Record> {
    let mut records = change(view, event, payload.batch_id, |batch| {
        let name = payload.lecturer_name.clone();
        let lecturer = Named {
            id: payload.assigned_lecturer_id,
            name,
        };
        batch.lecturer = Some(lecturer.clone());
        if payload.old_status != payload.new_status {
            batch.holder = Holder::Person(lecturer);
            step(batch, event, payload.new_status);
        }
    });
    if payload.old_status != payload.new_status {
        records.extend(scripts::follow(
            view,
            event,
            payload.batch_id,
            payload.new_status,
        ));
    }
    records
}

/// It became something else.
pub(crate) fn status_changed(
    view: &dyn View,
    event: &Event,
    payload: &BatchStatusChanged,
) -> Vec<Record> {
    let holder = payload.holder_id.and_then(|id| view.person(id));
    let mut records = change(view, event, payload.batch_id, |batch| {
        if let Some(broken) = &payload.broken_seal {
            break_seal(batch, broken);
        }
        if let Some(person) = holder {
            batch.holder = Holder::Person(Named {
                id: person.id,
                name: person.name,
            });
        }
        if let Some(id) = &payload.location {
            let name = payload.location_name.clone().unwrap_or_else(|| id.clone());
            batch.holder = Holder::Place {
                id: id.clone(),
                name,
            };
        }
        step(batch, event, payload.new_status);
    });
    records.extend(scripts::follow(
        view,
        event,
        payload.batch_id,
        payload.new_status,
    ));
    records
}

/// Its figures changed, or somebody declared a count.
pub(crate) fn stats_updated(
    view: &dyn View,
    event: &Event,
    payload: &BatchStatsUpdated,
) -> Vec<Record> {
    change(view, event, payload.batch_id, |batch| {
        batch.scripts_submitted = payload.stats.scripts_submitted;
        if batch.scripts_collected != payload.stats.scripts_collected {
            let n = payload.stats.scripts_collected;
            batch.scripts_collected = n;
            batch.collected.push(Counted {
                at: event.happened_at(),
                n,
            });
        }
        if let (Some(count), Some(by)) = (payload.declared_count, author(event)) {
            batch.counts.retain(|declared| declared.by.id != by.id);
            let trace = Some(Trace::of(event));
            batch.counts.push(DeclaredCount { by, count, trace });
        }
    })
}

/// Its papers were printed, or were printed otherwise than was said.
pub(crate) fn printed(view: &dyn View, event: &Event, payload: &BatchPrinted) -> Vec<Record> {
    change(view, event, payload.batch_id, |batch| {
        batch.printed = Some(Printed {
            copies: payload.copies,
            spare: payload.spare,
            place: payload.place.clone(),
            at: payload.printed_at,
            noted: Trace::of(event),
            corrected: payload.before.is_some(),
        });
    })
}

/// The batch after `change`; nothing when this copy does not have it.
pub(crate) fn change(
    view: &dyn View,
    event: &Event,
    id: BatchId,
    change: impl FnOnce(&mut Batch),
) -> Vec<Record> {
    let Some(mut batch) = view.batch(id) else {
        return Vec::new();
    };
    change(&mut batch);
    batch.seq = event.seq;
    vec![Record::Batch(batch)]
}

/// Adds one step to the way of a batch.
pub(crate) fn step(batch: &mut Batch, event: &Event, status: BatchStatus) {
    batch.status = status;
    batch.steps.push(Step {
        status,
        at: event.happened_at(),
        by: author(event),
        holder: batch.holder.name().to_owned(),
        station: event.actor.station_code.clone(),
    });
}

pub(crate) fn author(event: &Event) -> Option<Named> {
    let id = event.actor.user_id?;
    Some(Named {
        id,
        name: event.actor.name.clone().unwrap_or_default(),
    })
}

fn seal(batch: &mut Batch, event: &Event, payload: &BatchSealed) {
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

/// A seal is used once; what was counted before it broke is void.
fn break_seal(batch: &mut Batch, broken: &str) {
    batch.broken_seals.push(broken.to_owned());
    batch.seal_number = None;
    batch.sealed_at = None;
    batch.sealed_by = None;
    batch.seal_witness = None;
    batch.discrepancy = 0;
    batch.incident = None;
    batch.counts.clear();
}

fn add_scripts(batch: &mut Batch, event: &Event, n: i64) {
    batch.scripts_collected = batch.scripts_collected.saturating_add(n).max(0);
    batch.scripts_submitted = batch.scripts_submitted.max(batch.scripts_collected);
    batch.collected.push(Counted {
        at: event.happened_at(),
        n: batch.scripts_collected,
    });
}
