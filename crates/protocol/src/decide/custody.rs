//! Two-sided handover: until the receiver accepts, the giver answers for the batch.

use super::batches::{changed, lawful};
use super::{Asked, Decision, LONGEST_TEXT, note, words};
use crate::{
    AcceptBatch, Action, BatchStatus, CancelOffer, Command, CustodyMoved, CustodyState,
    DisputeBatch, Fact, Holder, Named, OfferBatch, RefuseBatch, Rejection, RejectionCode, Subject,
    Transfer, TransferRef, UserId,
};

pub(crate) fn decide(asked: Asked<'_>) -> Decision {
    match &asked.request.command {
        Command::OfferBatch(input) => offer(asked, input),
        Command::AcceptBatch(input) => accept(asked, input),
        Command::RefuseBatch(input) => refuse(asked, input),
        Command::DisputeBatch(input) => dispute(asked, input),
        Command::CancelOffer(input) => cancel(asked, input),
        _ => Ok(Vec::new()),
    }
}

fn offer(asked: Asked<'_>, input: &OfferBatch) -> Decision {
    if asked.view.transfer(input.transfer).is_some() {
        let message = "This handover was offered already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject { sitting: Some(&sitting), batch: Some(&batch), own: true };
    asked.need(Action::OfferHandover, subject)?;
    let offerable = [BatchStatus::Sealed, BatchStatus::InTransit];
    if !offerable.contains(&batch.status) {
        let message = "Only a sealed batch, or one in transit, is handed over.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    let transfer = Transfer {
        reference: input.transfer,
        batch_id: batch.id,
        from: asked.actor.named().unwrap_or(Named { id: UserId(0), name: String::new() }),
        to: receiver(asked, input)?,
        state: CustodyState::Offered,
        count: batch.scripts_collected,
        seal: batch.seal_number.clone(),
        seal_seen: None,
        offered_at: asked.happened(),
    };
    Ok(vec![Fact::CustodyOffered(moved(asked, &transfer, &batch.code, None))])
}

fn receiver(asked: Asked<'_>, input: &OfferBatch) -> Result<Holder, Rejection> {
    match (input.to_user, &input.to_location) {
        (Some(user), None) if Some(user) == asked.actor.user => {
            let message = "The receiver is somebody else than the giver.";
            Err(Rejection::new(RejectionCode::SeparationOfDuty, message))
        }
        (Some(id), None) => Ok(Holder::Person(Named { id, name: asked.name_of(id)? })),
        (None, Some(id)) => {
            let name = input.to_location_name.clone().unwrap_or_else(|| id.clone());
            Ok(Holder::Place { id: id.clone(), name })
        }
        _ => Err(Rejection::invalid("Name one receiver: a person or a place.")),
    }
}

fn accept(asked: Asked<'_>, input: &AcceptBatch) -> Decision {
    let mut transfer = decidable(asked, input.transfer, CustodyState::Accepted)?;
    let (batch, _) = asked.batch(transfer.batch_id)?;
    let to = match &transfer.to {
        Holder::Place { .. } => BatchStatus::Sealed,
        Holder::Person(_) | Holder::Hall { .. } => BatchStatus::InTransit,
    };
    transfer.state = CustodyState::Accepted;
    let note = note(input.note.as_ref())?;
    let mut facts = vec![Fact::CustodyAccepted(moved(asked, &transfer, &batch.code, note))];
    if batch.status != to {
        lawful(&batch, to)?;
        let mut changed = changed(asked, &batch, to);
        match &transfer.to {
            Holder::Person(person) => changed.holder_id = Some(person.id),
            Holder::Place { id, name } => {
                changed.location = Some(id.clone());
                changed.location_name = Some(name.clone());
            }
            Holder::Hall { .. } => {}
        }
        facts.push(Fact::BatchStatusChanged(changed));
    }
    Ok(facts)
}

fn refuse(asked: Asked<'_>, input: &RefuseBatch) -> Decision {
    let mut transfer = decidable(asked, input.transfer, CustodyState::Refused)?;
    transfer.state = CustodyState::Refused;
    let note = words(&input.note, "note", LONGEST_TEXT)?;
    let code = code_of(asked, &transfer);
    Ok(vec![Fact::CustodyRefused(moved(asked, &transfer, &code, Some(note)))])
}

fn dispute(asked: Asked<'_>, input: &DisputeBatch) -> Decision {
    let mut transfer = decidable(asked, input.transfer, CustodyState::Disputed)?;
    transfer.state = CustodyState::Disputed;
    transfer.seal_seen.clone_from(&input.seal_seen);
    let note = words(&input.note, "note", LONGEST_TEXT)?;
    let code = code_of(asked, &transfer);
    Ok(vec![Fact::CustodyDisputed(moved(asked, &transfer, &code, Some(note)))])
}

fn cancel(asked: Asked<'_>, input: &CancelOffer) -> Decision {
    let mut transfer = found(asked, input.transfer)?;
    let (batch, sitting) = asked.batch(transfer.batch_id)?;
    let subject = Subject { sitting: Some(&sitting), batch: Some(&batch), own: true };
    asked.need(Action::OfferHandover, subject)?;
    lawful_state(&transfer, CustodyState::Cancelled)?;
    transfer.state = CustodyState::Cancelled;
    let note = note(input.note.as_ref())?;
    Ok(vec![Fact::CustodyCancelled(moved(asked, &transfer, &batch.code, note))])
}

fn found(asked: Asked<'_>, reference: TransferRef) -> Result<Transfer, Rejection> {
    asked.view.transfer(reference).ok_or_else(|| Rejection::not_found("handover"))
}

/// The handover, when this actor may decide about it and it may become `to`.
fn decidable(
    asked: Asked<'_>,
    reference: TransferRef,
    to: CustodyState,
) -> Result<Transfer, Rejection> {
    let transfer = found(asked, reference)?;
    lawful_state(&transfer, to)?;
    if asked.actor.user == Some(transfer.from.id) {
        let message = "The receiver is somebody else than the giver.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message));
    }
    let mine = asked.actor.user.is_none_or(|user| transfer.to.is(user));
    if !mine {
        // A place has no hands: an officer accepts for it.
        asked.need(Action::DecideHandover, Subject::default())?;
    }
    Ok(transfer)
}

fn lawful_state(transfer: &Transfer, to: CustodyState) -> Result<(), Rejection> {
    if transfer.state.may_become(to) {
        return Ok(());
    }
    let allowed = transfer.state.next().iter().map(|state| state.text().to_owned()).collect();
    let from = transfer.state.text();
    Err(Rejection::illegal("handover", from, to.text(), allowed))
}

fn code_of(asked: Asked<'_>, transfer: &Transfer) -> String {
    let batch = asked.view.batch(transfer.batch_id);
    batch.map(|batch| batch.code.clone()).unwrap_or_default()
}

fn moved(
    asked: Asked<'_>,
    transfer: &Transfer,
    code: &str,
    note: Option<String>,
) -> CustodyMoved {
    let (to_user_id, to_location) = match &transfer.to {
        Holder::Person(person) => (Some(person.id), None),
        Holder::Place { id, .. } => (None, Some(id.clone())),
        Holder::Hall { .. } => (None, None),
    };
    CustodyMoved {
        transfer_ref: transfer.reference,
        batch_id: transfer.batch_id,
        batch_qr_code: code.to_owned(),
        state: transfer.state,
        from_user_id: transfer.from.id,
        from_name: transfer.from.name.clone(),
        to_user_id,
        to_location,
        to_name: transfer.to.name().to_owned(),
        count: transfer.count,
        seal: transfer.seal.clone(),
        seal_seen: transfer.seal_seen.clone(),
        note,
        by: asked.actor.name.clone(),
    }
}
