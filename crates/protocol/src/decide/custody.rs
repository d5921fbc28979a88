//! Two-sided handover: until the receiver accepts, the giver answers for the batch.

use super::batches::{changed, lawful, not_on_offer};
use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, disputes, note, words};
use crate::{
    AcceptBatch, Action, Batch, BatchStatus, CancelOffer, CustodyMoved, CustodyState, Fact, Holder,
    Key, Kind, Named, OfferBatch, RefuseBatch, Rejection, RejectionCode, Role, Sitting, Subject,
    Transfer, TransferRef, UserId,
};

pub(crate) fn offer(asked: Asked<'_>, input: &OfferBatch) -> Decision {
    if asked.view.transfer(input.transfer).is_some() {
        let message = "This handover was offered already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: true,
    };
    asked.need(Action::OfferHandover, subject)?;
    let offerable = [BatchStatus::Sealed, BatchStatus::InTransit];
    if !offerable.contains(&batch.status) {
        let message = "Only a sealed batch, or one in transit, is handed over.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    not_on_offer(asked, &batch)?;
    need_in_hand(asked, &batch, &sitting)?;
    let lapse_ms = asked.policy().offer_expires_min.saturating_mul(60_000);
    let transfer = Transfer {
        reference: input.transfer,
        batch_id: batch.id,
        from: asked.actor.named().unwrap_or(Named {
            id: UserId(0),
            name: String::new(),
        }),
        to: receiver(asked, input)?,
        state: CustodyState::Offered,
        count: batch.scripts_collected,
        seal: batch.seal_number.clone(),
        seal_seen: None,
        count_received: None,
        confirmed_by: Vec::new(),
        offered_at: asked.happened(),
        // Counted from receipt: an offer from an offline hall does not lapse before it is seen.
        expires_at: Some(asked.now.plus_ms(lapse_ms)),
    };
    Ok(vec![Fact::CustodyOffered(moved(
        asked,
        &transfer,
        &batch.code,
        None,
    ))])
}

/// Who holds a batch gives it; for a place, or for somebody else, an officer does.
fn need_in_hand(asked: Asked<'_>, batch: &Batch, sitting: &Sitting) -> Result<(), Rejection> {
    match &batch.holder {
        Holder::Hall { .. } => Ok(()),
        Holder::Person(person) if asked.is_by(person.id) => Ok(()),
        Holder::Person(_) | Holder::Place { .. } => {
            asked.need_by_office(Action::OfferHandover, sitting)
        }
    }
}

fn receiver(asked: Asked<'_>, input: &OfferBatch) -> Result<Holder, Rejection> {
    match (input.to_user, &input.to_location) {
        (Some(user), None) if Some(user) == asked.actor.user => {
            let message = "The receiver is somebody else than the giver.";
            Err(Rejection::new(RejectionCode::SeparationOfDuty, message))
        }
        (Some(id), None) => Ok(Holder::Person(Named {
            id,
            name: asked.name_of(id)?,
        })),
        (None, Some(id)) => {
            let id = words(id, "place", LONGEST_LINE)?;
            let name = input.to_location_name.clone().unwrap_or_else(|| id.clone());
            Ok(Holder::Place {
                id,
                name: words(&name, "name of the place", LONGEST_LINE)?,
            })
        }
        (Some(_), Some(_)) | (None, None) => Err(Rejection::invalid(
            "Name one receiver: a person or a place.",
        )),
    }
}

pub(crate) fn accept(asked: Asked<'_>, input: &AcceptBatch) -> Decision {
    let transfer = found(asked, input.transfer)?;
    let difference = difference(&transfer, input);
    if transfer.state == CustodyState::Disputed {
        return disputes::confirm(asked, transfer, difference, input);
    }
    let transfer = decidable(asked, input.transfer, CustodyState::Accepted)?;
    graded_by(asked, &transfer)?;
    if let Some(note) = difference {
        // Nobody accepts what differs: it is a dispute, whatever the button said.
        let seen = (input.count, input.seal_seen.as_ref());
        return disputes::disputed(asked, transfer, seen, note);
    }
    accepted(asked, transfer, note(input.note.as_ref())?)
}

/// What the receiver found other than the label says, in words.
fn difference(transfer: &Transfer, input: &AcceptBatch) -> Option<String> {
    let label = transfer.seal.clone().unwrap_or_default();
    let seen = input.seal_seen.as_ref().map(|seal| seal.trim());
    let seal = seen.filter(|seen| !seen.is_empty() && *seen != label);
    let seal = seal.map(|seen| format!("Seal reads {seen}, the label says {label}."));
    let count = input.count.filter(|count| *count != transfer.count);
    let count = count.map(|n| format!("{n} scripts counted, the label says {}.", transfer.count));
    let found: Vec<String> = count.into_iter().chain(seal).collect();
    (!found.is_empty()).then(|| found.join(" "))
}

/// A lecturer takes the batch that is assigned to them and no other.
fn graded_by(asked: Asked<'_>, transfer: &Transfer) -> Result<(), Rejection> {
    let (batch, _) = asked.batch(transfer.batch_id)?;
    let lecturer = asked.actor.roles.contains(&Role::Lecturer);
    let assigned = batch.lecturer.as_ref().map(|named| named.id);
    if !lecturer || assigned == asked.actor.user {
        return Ok(());
    }
    let message = batch.lecturer.map_or_else(
        || "This batch is assigned to no lecturer yet.".to_owned(),
        |named| format!("This batch is assigned to {}.", named.name),
    );
    Err(Rejection::new(RejectionCode::Forbidden, message))
}

/// From here on the receiver answers for the batch.
pub(crate) fn accepted(asked: Asked<'_>, mut transfer: Transfer, note: Option<String>) -> Decision {
    let (batch, _) = asked.batch(transfer.batch_id)?;
    if batch.seal_number != transfer.seal || batch.status == BatchStatus::InCollection {
        let message = "The batch was opened since it was offered: offer it again.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    let to = match &transfer.to {
        Holder::Place { .. } => BatchStatus::Sealed,
        Holder::Person(_) | Holder::Hall { .. } => BatchStatus::InTransit,
    };
    transfer.state = CustodyState::Accepted;
    let mut facts = vec![Fact::CustodyAccepted(moved(
        asked,
        &transfer,
        &batch.code,
        note,
    ))];
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

pub(crate) fn refuse(asked: Asked<'_>, input: &RefuseBatch) -> Decision {
    let mut transfer = decidable(asked, input.transfer, CustodyState::Refused)?;
    transfer.state = CustodyState::Refused;
    let note = words(&input.note, "note", LONGEST_TEXT)?;
    let code = code_of(asked, &transfer);
    Ok(vec![Fact::CustodyRefused(moved(
        asked,
        &transfer,
        &code,
        Some(note),
    ))])
}

pub(crate) fn cancel(asked: Asked<'_>, input: &CancelOffer) -> Decision {
    let mut transfer = found(asked, input.transfer)?;
    let (batch, sitting) = asked.batch(transfer.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: true,
    };
    asked.need(Action::OfferHandover, subject)?;
    lawful_state(&transfer, CustodyState::Cancelled)?;
    transfer.state = CustodyState::Cancelled;
    let note = note(input.note.as_ref())?;
    Ok(vec![Fact::CustodyCancelled(moved(
        asked,
        &transfer,
        &batch.code,
        note,
    ))])
}

pub(crate) fn found(asked: Asked<'_>, reference: TransferRef) -> Result<Transfer, Rejection> {
    asked
        .view
        .transfer(reference)
        .ok_or_else(|| Rejection::unknown("handover", Key::new(Kind::Transfer, reference)))
}

/// The handover, when this actor may decide about it and it may become `to`.
pub(crate) fn decidable(
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
    match &transfer.to {
        Holder::Person(person) if asked.is_by(person.id) => Ok(transfer),
        Holder::Person(person) => {
            let message = format!("Only {} decides about this handover.", person.name);
            Err(Rejection::new(RejectionCode::Forbidden, message))
        }
        // A place has no hands: an officer accepts for it.
        Holder::Place { .. } | Holder::Hall { .. } => {
            let (_, sitting) = asked.batch(transfer.batch_id)?;
            asked.need_by_office(Action::DecideHandover, &sitting)?;
            Ok(transfer)
        }
    }
}

pub(crate) fn lawful_state(transfer: &Transfer, to: CustodyState) -> Result<(), Rejection> {
    if transfer.state.may_become(to) {
        return Ok(());
    }
    let allowed = transfer
        .state
        .next()
        .iter()
        .map(|state| state.text().to_owned())
        .collect();
    let from = transfer.state.text();
    Err(Rejection::illegal("handover", from, to.text(), allowed))
}

fn code_of(asked: Asked<'_>, transfer: &Transfer) -> String {
    let batch = asked.view.batch(transfer.batch_id);
    batch.map(|batch| batch.code.clone()).unwrap_or_default()
}

pub(crate) fn moved(
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
        expires_at: transfer.expires_at,
        count_received: transfer.count_received,
        confirmed_by: transfer.confirmed_by.clone(),
    }
}
