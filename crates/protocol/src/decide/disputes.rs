//! Handovers whose two sides read different things: a case opens by itself, and both must confirm
//! before it goes on.

use uuid::Uuid;

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, custody, note, reporting, words};
use crate::{
    AcceptBatch, Action, Batch, CustodyState, DisputeBatch, Fact, Holder, IncidentRef,
    IncidentType, Rejection, RejectionCode, ReportIncident, Severity, Sitting, Transfer,
    TransferRef, UserId,
};

pub(crate) fn dispute(asked: Asked<'_>, input: &DisputeBatch) -> Decision {
    let transfer = custody::decidable(asked, input.transfer, CustodyState::Disputed)?;
    let note = words(&input.note, "note", LONGEST_TEXT)?;
    disputed(asked, transfer, (None, input.seal_seen.as_ref()), note)
}

/// A dispute opens a case of its own, named after the handover so that it cannot be opened twice.
pub(crate) fn disputed(
    asked: Asked<'_>,
    mut transfer: Transfer,
    (count, seal): (Option<i64>, Option<&String>),
    note: String,
) -> Decision {
    custody::lawful_state(&transfer, CustodyState::Disputed)?;
    transfer.state = CustodyState::Disputed;
    let seal = seal.filter(|seal| !seal.trim().is_empty());
    let seal = seal.map(|seal| words(seal, "seal", LONGEST_LINE));
    transfer.seal_seen = seal.transpose()?;
    transfer.count_received = count;
    let (batch, sitting) = asked.batch(transfer.batch_id)?;
    let case = case(&transfer, &batch, &sitting, note.clone());
    let moved = custody::moved(asked, &transfer, &batch.code, Some(note));
    let mut facts = vec![Fact::CustodyDisputed(moved)];
    if asked.view.incident(case.reference).is_none() {
        facts.extend(reporting::reported_facts(asked, &case, Some(&sitting))?);
    }
    Ok(facts)
}

fn case(
    transfer: &Transfer,
    batch: &Batch,
    sitting: &Sitting,
    description: String,
) -> ReportIncident {
    ReportIncident {
        reference: case_of_dispute(transfer.reference),
        incident_type: IncidentType::CustodyDiscrepancy,
        severity: Severity::High,
        title: None,
        description,
        sitting_id: Some(sitting.id),
        venue_id: Some(sitting.venue_id),
        seat: None,
        candidates: Vec::new(),
        batch_id: Some(batch.id),
        local_number: None,
        confidential: false,
        subtype: None,
        action_taken: None,
        parts: Vec::new(),
        from_log: None,
        precision: None,
    }
}

/// The name of the case that a dispute about this handover opens.
pub fn case_of_dispute(transfer: TransferRef) -> IncidentRef {
    IncidentRef(Uuid::new_v5(&transfer.0, b"dispute"))
}

/// One side of a dispute says that it may go on; once both have, the receiver holds the batch.
pub(crate) fn confirm(
    asked: Asked<'_>,
    mut transfer: Transfer,
    difference: Option<String>,
    input: &AcceptBatch,
) -> Decision {
    if let Some(difference) = difference {
        return Err(Rejection::new(RejectionCode::Discrepancy, difference));
    }
    let note = note(input.note.as_ref())?;
    let Some(user) = asked.actor.user else {
        return custody::accepted(asked, transfer, note);
    };
    let giver = transfer.from.id;
    if user != giver {
        on_the_other_side(asked, &transfer, user)?;
    }
    if transfer.confirmed_by.contains(&user) {
        let message = "You have confirmed this already: the other side is to confirm now.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    // What the system offered has nobody to confirm it on the giver's side.
    let by_giver = giver == UserId(0) || user == giver || transfer.confirmed_by.contains(&giver);
    let by_receiver = user != giver || transfer.confirmed_by.iter().any(|one| *one != giver);
    transfer.confirmed_by.push(user);
    if by_giver && by_receiver {
        return custody::accepted(asked, transfer, note);
    }
    let (batch, _) = asked.batch(transfer.batch_id)?;
    let moved = custody::moved(asked, &transfer, &batch.code, note);
    Ok(vec![Fact::CustodyDisputed(moved)])
}

/// The receiver, or an officer for a place.
fn on_the_other_side(asked: Asked<'_>, transfer: &Transfer, user: UserId) -> Result<(), Rejection> {
    match &transfer.to {
        Holder::Person(person) if person.id == user => Ok(()),
        Holder::Person(person) => {
            let (one, other) = (&transfer.from.name, &person.name);
            let message = format!("Only {one} and {other} confirm this handover.");
            Err(Rejection::new(RejectionCode::Forbidden, message))
        }
        Holder::Place { .. } | Holder::Hall { .. } => {
            let (_, sitting) = asked.batch(transfer.batch_id)?;
            asked.need_by_office(Action::DecideHandover, &sitting)
        }
    }
}
