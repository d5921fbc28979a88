//! The lawful course of a batch of scripts, from the hall to the archive.

use super::{Asked, Decision};
use crate::{
    Action, AssignBatch, Batch, BatchAssigned, BatchId, BatchStats, BatchStatsUpdated, BatchStatus,
    BatchStatusChanged, CountScripts, DeclareCount, Fact, OpenCollection, ReceiveBatch, Rejection,
    RejectionCode, Role, SetBatchStatus, Sitting, Standing, Subject, Trace, UserId,
};

/// Scripts beyond the registered ones that a count may still name: strays from the next hall.
const SPARE_SCRIPTS: i64 = 50;

pub(crate) fn open(asked: Asked<'_>, input: &OpenCollection) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::CollectScripts, &sitting)?;
    // A sealed batch is opened before a witness, which breaks its seal.
    if batch.status != BatchStatus::Pending {
        return Err(not_from_there(&batch, "opened"));
    }
    let opened = changed(asked, &batch, BatchStatus::InCollection);
    Ok(vec![Fact::BatchStatusChanged(opened)])
}

pub(crate) fn count(asked: Asked<'_>, input: &CountScripts) -> Decision {
    let (batch, sitting) = collecting(asked, input.batch_id, Action::CollectScripts)?;
    plausible(&sitting, input.collected)?;
    Ok(vec![stats(&batch, input.collected, None)])
}

pub(crate) fn declare(asked: Asked<'_>, input: &DeclareCount) -> Decision {
    // One person has one count: declaring again replaces it, so two counts are by two people.
    let (batch, sitting) = collecting(asked, input.batch_id, Action::DeclareCount)?;
    plausible(&sitting, input.count)?;
    Ok(vec![stats(
        &batch,
        batch.scripts_collected,
        Some(input.count),
    )])
}

/// Refuses a count that no pile of this sitting can have.
pub(crate) fn plausible(sitting: &Sitting, count: i64) -> Result<(), Rejection> {
    if (0..=sitting.expected.saturating_add(SPARE_SCRIPTS)).contains(&count) {
        return Ok(());
    }
    Err(Rejection::invalid(format!(
        "{count} scripts cannot be of this sitting."
    )))
}

fn stats(batch: &Batch, collected: i64, declared_count: Option<i64>) -> Fact {
    Fact::BatchStatsUpdated(BatchStatsUpdated {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        stats: BatchStats {
            total_registered: batch.total_registered,
            scripts_submitted: collected,
            scripts_collected: collected,
            scripts_graded: batch.scripts_graded,
        },
        declared_count,
    })
}

fn collecting(
    asked: Asked<'_>,
    id: BatchId,
    action: Action,
) -> Result<(Box<Batch>, Box<Sitting>), Rejection> {
    let (batch, sitting) = asked.batch(id)?;
    asked.need_in(action, &sitting)?;
    open_for(&batch, "counted")?;
    Ok((batch, sitting))
}

/// Refuses unless the batch is open for collection.
pub(crate) fn open_for(batch: &Batch, what: &str) -> Result<(), Rejection> {
    if batch.status == BatchStatus::InCollection {
        return Ok(());
    }
    Err(not_from_there(batch, what))
}

/// The batch is where it cannot become `to`, and who brought it there.
pub(crate) fn not_from_there(batch: &Batch, to: &str) -> Rejection {
    let refusal = Rejection::illegal("batch", batch.status.text(), to, allowed(batch));
    let Some(step) = batch.steps.last() else {
        return refusal;
    };
    let status = batch.status.text().to_lowercase().replace('_', " ");
    let what = match &batch.seal_number {
        Some(seal) => format!("{status}, seal {seal}, {} scripts", batch.scripts_collected),
        None => status,
    };
    let trace = Trace {
        by: step.by.as_ref().map(|named| named.name.clone()),
        at: step.at,
        station: step.station.clone(),
    };
    refusal.against(Standing::of(what, Some(&trace)))
}

pub(crate) fn receive(asked: Asked<'_>, input: &ReceiveBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: true,
    };
    asked.need(Action::DecideHandover, subject)?;
    lawful(&batch, BatchStatus::WithLecturer)?;
    not_on_offer(asked, &batch)?;
    let assigned = batch
        .lecturer
        .as_ref()
        .is_none_or(|named| named.id == input.lecturer);
    if !assigned {
        let message = "This batch is assigned to another lecturer.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    if input.count != batch.scripts_collected {
        let message = format!(
            "{} scripts on the receipt, {} in the batch: count again.",
            input.count, batch.scripts_collected
        );
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    }
    let name = asked.name_of(input.lecturer)?;
    Ok(vec![Fact::BatchAssigned(BatchAssigned {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        assigned_lecturer_id: input.lecturer,
        lecturer_name: name.clone(),
        assigned_to: name,
        assigned_by: asked.actor.name.clone(),
        assigned_by_id: asked.actor.user.unwrap_or(UserId(0)),
        count: input.count,
        old_status: batch.status,
        new_status: BatchStatus::WithLecturer,
    })])
}

/// The lecturer who is to grade the batch; it stays where it is until they sign for it.
pub(crate) fn assign(asked: Asked<'_>, input: &AssignBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::AssignBatch, &sitting)?;
    let person = asked.view.person(input.lecturer);
    let person = person.ok_or_else(|| Rejection::not_found("person"))?;
    if !matches!(person.role, Role::Lecturer | Role::Hod | Role::Dean) {
        return Err(Rejection::invalid("Only a lecturer grades a batch."));
    }
    if batch.status == BatchStatus::Archived {
        let from = batch.status.text();
        return Err(Rejection::illegal("batch", from, "assigned", Vec::new()));
    }
    if batch
        .lecturer
        .as_ref()
        .is_some_and(|named| named.id == person.id)
    {
        let message = "This batch is assigned to that lecturer already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    Ok(vec![Fact::BatchAssigned(BatchAssigned {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        assigned_lecturer_id: person.id,
        lecturer_name: person.name.clone(),
        assigned_to: person.name,
        assigned_by: asked.actor.name.clone(),
        assigned_by_id: asked.actor.user.unwrap_or(UserId(0)),
        count: batch.scripts_collected,
        old_status: batch.status,
        new_status: batch.status,
    })])
}

pub(crate) fn set_status(asked: Asked<'_>, input: &SetBatchStatus) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: false,
    };
    let action = settable(&batch, input)?;
    asked.need(action, subject)?;
    lawful(&batch, input.to)?;
    counted_again(&batch, input)?;
    not_on_offer(asked, &batch)?;
    let mut changed = changed(asked, &batch, input.to);
    changed.location.clone_from(&input.location);
    changed.location_name.clone_from(&input.location_name);
    Ok(vec![Fact::BatchStatusChanged(changed)])
}

/// What comes back from grading is counted again, as it was when it left.
fn counted_again(batch: &Batch, input: &SetBatchStatus) -> Result<(), Rejection> {
    if input.to != BatchStatus::ReturnedToRegistry || input.count == Some(batch.scripts_collected) {
        return Ok(());
    }
    let counted = input.count;
    let counted = counted.map_or("not counted".to_owned(), |count| {
        format!("{count} came back")
    });
    let message = format!("{} scripts went out, {counted}.", batch.scripts_collected);
    Err(Rejection::new(RejectionCode::Discrepancy, message))
}

/// The right that setting this status needs; most states are reached by commands of their own.
fn settable(batch: &Batch, input: &SetBatchStatus) -> Result<Action, Rejection> {
    let in_place = input
        .location
        .as_ref()
        .is_some_and(|place| !place.trim().is_empty());
    match input.to {
        BatchStatus::Sealed if batch.status == BatchStatus::InTransit && in_place => {
            Ok(Action::DecideHandover)
        }
        BatchStatus::Sealed if batch.status == BatchStatus::InTransit => {
            Err(Rejection::invalid("Name the place where the batch is put."))
        }
        BatchStatus::GradingCompleted if batch.scripts_graded != batch.scripts_collected => {
            let message = format!(
                "{} of {} scripts are graded.",
                batch.scripts_graded, batch.scripts_collected
            );
            Err(Rejection::new(RejectionCode::Discrepancy, message))
        }
        BatchStatus::GradingInProgress | BatchStatus::GradingCompleted => Ok(Action::Grade),
        BatchStatus::ReturnedToRegistry => Ok(Action::DecideHandover),
        BatchStatus::Archived => Ok(Action::Archive),
        BatchStatus::Pending
        | BatchStatus::InCollection
        | BatchStatus::Sealed
        | BatchStatus::InTransit
        | BatchStatus::WithLecturer => {
            let allowed = allowed(batch);
            Err(Rejection::illegal(
                "batch",
                batch.status.text(),
                input.to.text(),
                allowed,
            ))
        }
    }
}

/// Refuses while somebody is still to accept the batch.
pub(crate) fn not_on_offer(asked: Asked<'_>, batch: &Batch) -> Result<(), Rejection> {
    let Some(transfer) = asked.view.open_transfers(batch.id).into_iter().next() else {
        return Ok(());
    };
    let message = format!(
        "This batch is on offer to {}: take that back first.",
        transfer.to.name()
    );
    Err(Rejection::new(RejectionCode::IllegalTransition, message))
}

/// The plain change of a batch to `to`, by the actor.
pub(crate) fn changed(asked: Asked<'_>, batch: &Batch, to: BatchStatus) -> BatchStatusChanged {
    BatchStatusChanged {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        old_status: batch.status,
        new_status: to,
        changed_by: asked.actor.name.clone(),
        location: None,
        location_name: None,
        holder_id: None,
        reason: None,
        broken_seal: None,
    }
}

/// Refuses what the table of transitions does not have.
pub(crate) fn lawful(batch: &Batch, to: BatchStatus) -> Result<(), Rejection> {
    if batch.status.may_become(to) {
        return Ok(());
    }
    Err(not_from_there(batch, to.text()))
}

pub(crate) fn allowed(batch: &Batch) -> Vec<String> {
    batch
        .status
        .next()
        .iter()
        .map(|status| status.text().to_owned())
        .collect()
}
