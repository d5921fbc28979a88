//! Sealing a batch before a witness, and opening it again.

use super::batches::{changed, lawful, not_on_offer, plausible};
use super::{Asked, Decision, LONGEST_LINE, words};
use crate::{
    Action, Actor, Batch, BatchSealed, BatchStatus, Fact, IncidentRef, IncidentType, Rejection,
    RejectionCode, SealBatch, Sitting, Standing, Subject, UnsealBatch, UserId, may,
};

pub(crate) fn seal(asked: Asked<'_>, input: &SealBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::Seal, &sitting)?;
    lawful(&batch, BatchStatus::Sealed)?;
    let seal_number = words(&input.seal_number, "seal number", LONGEST_LINE)?;
    seal_is_free(asked, &batch, &seal_number)?;
    let witness_name = seal_witness(asked, &sitting, input.witness)?;
    plausible(&sitting, input.count)?;
    counts_agree(&batch, input)?;
    let discrepancy = input.count.saturating_sub(sitting.present);
    let incident = asked.linked(input.incident.as_ref())?;
    explained(asked, discrepancy, incident)?;
    let sealed_by_id = asked.actor.user.unwrap_or(UserId(0));
    Ok(vec![Fact::BatchSealed(BatchSealed {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        total_scripts: input.count,
        submitted_scripts: batch.scripts_submitted,
        verified_scripts: input.count,
        sealed_by: asked.actor.name.clone(),
        sealed_by_id,
        sealed_by_name: asked.actor.name.clone(),
        sealed_at: asked.happened(),
        seal_number,
        declared_count: input.count,
        present: sitting.present,
        discrepancy,
        witness_id: input.witness,
        witness_name,
        incident_ref: incident,
        old_status: batch.status,
        new_status: BatchStatus::Sealed,
    })])
}

fn seal_is_free(asked: Asked<'_>, batch: &Batch, seal: &str) -> Result<(), Rejection> {
    let taken = asked.view.batches().iter().any(|other| {
        other.broken_seals.iter().any(|broken| broken == seal)
            || (other.id != batch.id && other.seal_number.as_deref() == Some(seal))
    });
    if taken {
        let message = format!("Seal {seal} was used before.");
        return Err(Rejection::new(RejectionCode::SealTaken, message));
    }
    Ok(())
}

/// A count that differs from the register needs a case that says so.
fn explained(
    asked: Asked<'_>,
    discrepancy: i64,
    incident: Option<IncidentRef>,
) -> Result<(), Rejection> {
    let Some(reference) = incident else {
        if discrepancy == 0 {
            return Ok(());
        }
        let message = format!(
            "{discrepancy:+} scripts against the register: link the incident that explains it."
        );
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    };
    let kind = asked.incident(reference)?.incident_type;
    let explains = matches!(
        kind,
        IncidentType::CustodyDiscrepancy | IncidentType::MissingScript
    );
    if discrepancy == 0 || explains {
        return Ok(());
    }
    let message = "Link an incident about a missing script or a custody discrepancy.";
    Err(Rejection::new(RejectionCode::Discrepancy, message))
}

/// The witness' name, where the policy wants two people.
fn seal_witness(
    asked: Asked<'_>,
    sitting: &Sitting,
    user: Option<UserId>,
) -> Result<Option<String>, Rejection> {
    match user {
        Some(user) => witness(asked, sitting, user).map(Some),
        None if asked.policy().seal_needs_two_people => {
            Err(Rejection::invalid("A seal needs a witness."))
        }
        None => Ok(None),
    }
}

/// The name of a witness: another person, with the right to witness a seal here.
fn witness(asked: Asked<'_>, sitting: &Sitting, user: UserId) -> Result<String, Rejection> {
    if Some(user) == asked.actor.user {
        let message = "The witness is somebody else than the person who does it.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message));
    }
    let person = asked
        .view
        .person(user)
        .ok_or_else(|| Rejection::not_found("person"))?;
    let as_actor = Actor {
        user: Some(user),
        name: person.name.clone(),
        institution: asked.actor.institution,
        roles: vec![person.role],
        faculty: person.faculty_id,
        department: person.department_id,
        station: None,
    };
    let subject = Subject {
        sitting: Some(sitting),
        ..Subject::default()
    };
    if may(&as_actor, Action::WitnessSeal, subject) {
        return Ok(person.name);
    }
    let message = format!("{} may not witness a seal here.", person.name);
    Err(Rejection::new(RejectionCode::Forbidden, message))
}

fn counts_agree(batch: &Batch, input: &SealBatch) -> Result<(), Rejection> {
    let differs = batch.counts.iter().find(|count| count.count != input.count);
    if let Some(count) = differs {
        let message = format!(
            "{} counted {}, the seal says {}: count again.",
            count.by.name, count.count, input.count
        );
        let counted = format!("{} scripts counted", count.count);
        let mut standing = Standing::of(counted, count.trace.as_ref());
        standing.by = Some(count.by.name.clone());
        return Err(Rejection::new(RejectionCode::Discrepancy, message).against(standing));
    }
    Ok(())
}

pub(crate) fn unseal(asked: Asked<'_>, input: &UnsealBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::Unseal, &sitting)?;
    lawful(&batch, BatchStatus::InCollection)?;
    not_on_offer(asked, &batch)?;
    witness(asked, &sitting, input.witness)?;
    let mut changed = changed(asked, &batch, BatchStatus::InCollection);
    changed.reason = Some(words(&input.reason, "reason", LONGEST_LINE)?);
    changed.broken_seal.clone_from(&batch.seal_number);
    Ok(vec![Fact::BatchStatusChanged(changed)])
}
