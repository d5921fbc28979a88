//! Single scripts: handed in, verified, collected, graded.

use super::batches::{allowed, open_for, plausible};
use super::{Asked, Decision, LONGEST_LINE, note, words};
use crate::{
    Action, Batch, BatchStatus, Candidate, Fact, GradeScript, MoveScript, Rejection, RejectionCode,
    ScriptGraded, ScriptMoved, ScriptStep, Sitting, Subject, UserId,
};

pub(crate) fn move_script(asked: Asked<'_>, input: &MoveScript) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    need_here_or_there(asked, input, &sitting)?;
    open_for(&batch, "changed")?;
    if input.step == ScriptStep::Collected {
        plausible(&sitting, batch.scripts_collected.saturating_add(1))?;
    }
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| Rejection::not_found("candidate"))?;
    once(asked, input, &sitting)?;
    let by = Some(asked.actor.name.clone());
    let at = Some(asked.happened());
    let mut moved = script(asked, input, &batch, candidate);
    let fact = match input.step {
        ScriptStep::Submitted => {
            (moved.submitted_by, moved.submitted_at) = (by, at);
            moved.submitted_by_id = asked.actor.user;
            Fact::ScriptSubmitted(moved)
        }
        ScriptStep::Verified => {
            (moved.verified_by, moved.verified_at) = (by, at);
            moved.verified_by_id = asked.actor.user;
            Fact::ScriptVerified(moved)
        }
        ScriptStep::Collected => {
            (moved.collected_by, moved.collected_at) = (by, at);
            moved.collected_by_id = asked.actor.user;
            Fact::ScriptCollected(moved)
        }
    };
    Ok(vec![fact])
}

/// A script that is in a bundle is not collected again.
fn once(asked: Asked<'_>, input: &MoveScript, sitting: &Sitting) -> Result<(), Rejection> {
    let script = asked.view.script(sitting.id, input.student);
    let again = script.filter(|script| {
        let here = script.batch_id == input.batch_id && script.collected_at.is_some();
        here && input.step == ScriptStep::Submitted
    });
    if again.is_none() {
        return Ok(());
    }
    let message = "This script was handed in already.";
    Err(Rejection::new(RejectionCode::AlreadyExists, message))
}

/// A script found in the wrong bundle may be moved by those of either sitting, while both
/// bundles are open.
fn need_here_or_there(
    asked: Asked<'_>,
    input: &MoveScript,
    sitting: &Sitting,
) -> Result<(), Rejection> {
    let Some(from) = input.from_batch else {
        return asked.need_in(Action::CollectScripts, sitting);
    };
    let (other, there) = asked.batch(from)?;
    if asked.need_in(Action::CollectScripts, &there).is_err() {
        asked.need_in(Action::CollectScripts, sitting)?;
    }
    if other.id == input.batch_id || other.scripts_collected < 1 {
        return Err(Rejection::invalid(
            "That batch has no script to give to this one.",
        ));
    }
    open_for(&other, "changed")
}

fn script(
    asked: Asked<'_>,
    input: &MoveScript,
    batch: &Batch,
    candidate: Candidate,
) -> ScriptMoved {
    ScriptMoved {
        submission_id: input.student.0,
        script_id: input.student.0,
        batch_script_id: batch.id,
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        script_number: format!("{}/{}", batch.sitting_id, input.student),
        course_code: batch.course_code.clone(),
        course_name: batch.course_name.clone(),
        institution_id: asked.actor.institution,
        withheld: input.withheld,
        from_batch_id: input.from_batch,
        submitted_by: None,
        submitted_by_id: None,
        submitted_at: None,
        verified_by: None,
        verified_by_id: None,
        verified_at: None,
        collected_by: None,
        collected_by_id: None,
        collected_at: None,
    }
}

pub(crate) fn grade(asked: Asked<'_>, input: &GradeScript) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    let subject = Subject {
        sitting: Some(&sitting),
        batch: Some(&batch),
        own: false,
    };
    asked.need(Action::Grade, subject)?;
    if batch.status != BatchStatus::GradingInProgress {
        let allowed = allowed(&batch);
        return Err(Rejection::illegal(
            "batch",
            batch.status.text(),
            "graded",
            allowed,
        ));
    }
    if batch.scripts_collected <= batch.scripts_graded {
        let message = format!("All {} scripts are graded.", batch.scripts_collected);
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    }
    if asked.view.candidate(sitting.id, input.student).is_none() {
        return Err(Rejection::not_found("candidate"));
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
        max_score: note(input.max_score.as_ref())?,
        graded_by: asked.actor.name.clone(),
        graded_by_id: asked.actor.user.unwrap_or(UserId(0)),
        graded_at: asked.happened(),
    })])
}
