//! The lawful course of a batch of scripts, from the hall to the archive.

use super::{Asked, Decision, LONGEST_LINE, words};
use crate::{
    Action, Batch, BatchAssigned, BatchSealed, BatchStats, BatchStatsUpdated, BatchStatus,
    BatchStatusChanged, Command, CountScripts, DeclareCount, Fact, GradeScript, Kind, MoveScript,
    OpenCollection, ReceiveBatch, Record, Rejection, RejectionCode, ScriptGraded, ScriptMoved,
    ScriptStep, SealBatch, SetBatchStatus, Sitting, Subject, UnsealBatch, UserId,
};

pub(crate) fn decide(asked: Asked<'_>) -> Decision {
    match &asked.request.command {
        Command::OpenCollection(input) => open(asked, input),
        Command::CountScripts(input) => count(asked, input),
        Command::DeclareCount(input) => declare(asked, input),
        Command::SealBatch(input) => seal(asked, input),
        Command::UnsealBatch(input) => unseal(asked, input),
        Command::ReceiveBatch(input) => receive(asked, input),
        Command::SetBatchStatus(input) => set_status(asked, input),
        Command::MoveScript(input) => move_script(asked, input),
        Command::GradeScript(input) => grade(asked, input),
        _ => Ok(Vec::new()),
    }
}

fn open(asked: Asked<'_>, input: &OpenCollection) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::CollectScripts, &sitting)?;
    become_status(asked, &batch, BatchStatus::InCollection)
}

fn count(asked: Asked<'_>, input: &CountScripts) -> Decision {
    let (batch, sitting) = collecting(asked, input.batch_id, Action::CollectScripts)?;
    if input.collected < 0 || sitting.expected.saturating_add(50) < input.collected {
        let message = format!("{} scripts cannot be for this sitting.", input.collected);
        return Err(Rejection::invalid(message));
    }
    Ok(vec![stats(&batch, input.collected, None)])
}

fn declare(asked: Asked<'_>, input: &DeclareCount) -> Decision {
    let (batch, _) = collecting(asked, input.batch_id, Action::DeclareCount)?;
    let counted = batch.counts.iter().any(|count| Some(count.by.id) == asked.actor.user);
    if counted && 2 <= batch.counts.len() {
        let message = "You have declared a count already; the second is by somebody else.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message));
    }
    Ok(vec![stats(&batch, batch.scripts_collected, Some(input.count))])
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
    id: crate::BatchId,
    action: Action,
) -> Result<(Box<Batch>, Box<Sitting>), Rejection> {
    let (batch, sitting) = asked.batch(id)?;
    asked.need_in(action, &sitting)?;
    if batch.status == BatchStatus::InCollection {
        return Ok((batch, sitting));
    }
    let from = batch.status.text();
    let allowed = allowed(&batch);
    Err(Rejection::illegal("batch", from, "counted", allowed))
}

fn seal(asked: Asked<'_>, input: &SealBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::Seal, &sitting)?;
    lawful(&batch, BatchStatus::Sealed)?;
    let seal_number = words(&input.seal_number, "seal number", LONGEST_LINE)?;
    seal_is_free(asked, &batch, &seal_number)?;
    let witness_name = witness(asked, input.witness)?;
    counts_agree(&batch, input)?;
    let discrepancy = input.count.saturating_sub(sitting.present);
    if discrepancy != 0 && input.incident.is_none() {
        let message = format!(
            "{} scripts for {} present: link the incident that explains it.",
            input.count, sitting.present
        );
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    }
    if let Some(incident) = input.incident {
        asked.incident(incident)?;
    }
    let sealed_by_id = asked.actor.user.unwrap_or(UserId(0));
    Ok(vec![Fact::BatchSealed(BatchSealed {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        total_scripts: input.count,
        submitted_scripts: batch.scripts_submitted,
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
        incident_ref: input.incident,
        old_status: batch.status,
        new_status: BatchStatus::Sealed,
    })])
}

fn seal_is_free(asked: Asked<'_>, batch: &Batch, seal: &str) -> Result<(), Rejection> {
    let taken = asked.view.list(Kind::Batch).into_iter().any(|record| match record {
        Record::Batch(other) => {
            other.broken_seals.iter().any(|broken| broken == seal)
                || (other.id != batch.id && other.seal_number.as_deref() == Some(seal))
        }
        _ => false,
    });
    if taken {
        let message = format!("Seal {seal} was used before.");
        return Err(Rejection::new(RejectionCode::SealTaken, message));
    }
    Ok(())
}

/// The witness' name. A seal has a witness who is not the sealer, where the policy wants two.
fn witness(asked: Asked<'_>, witness: Option<UserId>) -> Result<Option<String>, Rejection> {
    let policy = asked.view.institution().map(|found| found.policy).unwrap_or_default();
    match witness {
        Some(user) if Some(user) == asked.actor.user => {
            let message = "The witness is somebody else than the person who seals.";
            Err(Rejection::new(RejectionCode::SeparationOfDuty, message))
        }
        Some(user) => asked.name_of(user).map(Some),
        None if policy.seal_needs_two_people => {
            Err(Rejection::invalid("A seal needs a witness."))
        }
        None => Ok(None),
    }
}

fn counts_agree(batch: &Batch, input: &SealBatch) -> Result<(), Rejection> {
    let differs = batch.counts.iter().find(|count| count.count != input.count);
    if let Some(count) = differs {
        let message = format!(
            "{} counted {}, the seal says {}: count again.",
            count.by.name, count.count, input.count
        );
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    }
    Ok(())
}

fn unseal(asked: Asked<'_>, input: &UnsealBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::Unseal, &sitting)?;
    lawful(&batch, BatchStatus::InCollection)?;
    if Some(input.witness) == asked.actor.user {
        let message = "The witness is somebody else than the person who opens the batch.";
        return Err(Rejection::new(RejectionCode::SeparationOfDuty, message));
    }
    asked.name_of(input.witness)?;
    let mut changed = changed(asked, &batch, BatchStatus::InCollection);
    changed.reason = Some(words(&input.reason, "reason", LONGEST_LINE)?);
    changed.broken_seal.clone_from(&batch.seal_number);
    Ok(vec![Fact::BatchStatusChanged(changed)])
}

fn receive(asked: Asked<'_>, input: &ReceiveBatch) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    lawful(&batch, BatchStatus::WithLecturer)?;
    let subject =
        Subject { sitting: Some(&sitting), batch: Some(&batch), own: true };
    asked.need(Action::DecideHandover, subject)?;
    let assigned = batch.lecturer.as_ref().is_none_or(|named| named.id == input.lecturer);
    if !assigned {
        let message = "This batch is assigned to another lecturer.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
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

fn set_status(asked: Asked<'_>, input: &SetBatchStatus) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject { sitting: Some(&sitting), batch: Some(&batch), own: false };
    match input.to {
        BatchStatus::Sealed if batch.status == BatchStatus::InTransit => {
            asked.need(Action::DecideHandover, subject)?;
        }
        BatchStatus::GradingInProgress | BatchStatus::GradingCompleted => {
            asked.need(Action::Grade, subject)?;
        }
        BatchStatus::ReturnedToRegistry => asked.need(Action::DecideHandover, subject)?,
        BatchStatus::Archived => asked.need(Action::Archive, subject)?,
        BatchStatus::Pending
        | BatchStatus::InCollection
        | BatchStatus::Sealed
        | BatchStatus::InTransit
        | BatchStatus::WithLecturer => {
            let allowed = allowed(&batch);
            let from = batch.status.text();
            return Err(Rejection::illegal("batch", from, input.to.text(), allowed));
        }
    }
    lawful(&batch, input.to)?;
    let mut changed = changed(asked, &batch, input.to);
    changed.location.clone_from(&input.location);
    changed.location_name.clone_from(&input.location_name);
    Ok(vec![Fact::BatchStatusChanged(changed)])
}

fn move_script(asked: Asked<'_>, input: &MoveScript) -> Decision {
    let (batch, sitting) = collecting(asked, input.batch_id, Action::CollectScripts)?;
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| Rejection::not_found("candidate"))?;
    let by = Some(asked.actor.name.clone());
    let at = Some(asked.happened());
    let mut moved = ScriptMoved {
        submission_id: input.student.0,
        script_id: input.student.0,
        batch_script_id: batch.id,
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        course_code: batch.course_code.clone(),
        course_name: batch.course_name.clone(),
        institution_id: asked.actor.institution,
        withheld: input.withheld,
        from_batch_id: input.from_batch,
        submitted_by: None,
        submitted_at: None,
        verified_by: None,
        verified_at: None,
        collected_by: None,
        collected_at: None,
    };
    let fact = match input.step {
        ScriptStep::Submitted => {
            (moved.submitted_by, moved.submitted_at) = (by, at);
            Fact::ScriptSubmitted(moved)
        }
        ScriptStep::Verified => {
            (moved.verified_by, moved.verified_at) = (by, at);
            Fact::ScriptVerified(moved)
        }
        ScriptStep::Collected => {
            (moved.collected_by, moved.collected_at) = (by, at);
            Fact::ScriptCollected(moved)
        }
    };
    Ok(vec![fact])
}

fn grade(asked: Asked<'_>, input: &GradeScript) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject { sitting: Some(&sitting), batch: Some(&batch), own: false };
    asked.need(Action::Grade, subject)?;
    if batch.status != BatchStatus::GradingInProgress {
        let allowed = allowed(&batch);
        return Err(Rejection::illegal("batch", batch.status.text(), "graded", allowed));
    }
    let grade = words(&input.grade, "grade", LONGEST_LINE)?;
    Ok(vec![Fact::ScriptGraded(ScriptGraded {
        submission_id: input.student.0,
        script_id: input.student.0,
        batch_script_id: batch.id,
        batch_id: batch.id,
        student_id: input.student,
        grade: grade.clone(),
        marks: grade.clone(),
        score: grade,
        graded_by: asked.actor.name.clone(),
        graded_by_id: asked.actor.user.unwrap_or(UserId(0)),
        graded_at: asked.happened(),
    })])
}

fn become_status(asked: Asked<'_>, batch: &Batch, to: BatchStatus) -> Decision {
    lawful(batch, to)?;
    Ok(vec![Fact::BatchStatusChanged(changed(asked, batch, to))])
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
    let from = batch.status.text();
    Err(Rejection::illegal("batch", from, to.text(), allowed(batch)))
}

fn allowed(batch: &Batch) -> Vec<String> {
    batch.status.next().iter().map(|status| status.text().to_owned()).collect()
}
