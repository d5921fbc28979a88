//! What is out of the ordinary about single scripts.

use super::{Asked, Decision, note};
use crate::{
    Action, Fact, Rejection, RejectionCode, ScriptException, ScriptMarked, SetScriptException,
    UserId,
};

/// What a chief may say about a script without the exam office.
const BY_THE_CHIEF: [ScriptException; 2] = [ScriptException::Damaged, ScriptException::Extra];

pub(crate) fn mark(asked: Asked<'_>, input: &SetScriptException) -> Decision {
    let (batch, sitting) = asked.batch(input.batch_id)?;
    asked.need_in(Action::Seal, &sitting)?;
    let candidate = asked.view.candidate(sitting.id, input.student);
    let candidate = candidate.ok_or_else(|| Rejection::not_found("candidate"))?;
    let script = asked.view.script(sitting.id, input.student);
    let before = script.map_or(ScriptException::None, |script| script.exception);
    if before == input.exception {
        let message = "That is said of this script already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let theirs = BY_THE_CHIEF.contains(&input.exception)
        || (input.exception == ScriptException::None && BY_THE_CHIEF.contains(&before));
    if !theirs && asked.need_by_office(Action::Seal, &sitting).is_err() {
        let allowed = BY_THE_CHIEF.iter().map(|one| one.text().to_owned());
        let message = "A chief marks damaged and extra scripts; the exam office the others.";
        let refusal = Rejection::new(RejectionCode::Forbidden, message);
        return Err(refusal.with_allowed(allowed.collect()));
    }
    let incident = asked.linked(input.incident.as_ref())?;
    Ok(vec![Fact::ScriptMarked(ScriptMarked {
        script_id: input.student.0,
        batch_script_id: batch.id,
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        student_id: input.student,
        index_number: candidate.index_number,
        student_name: candidate.name,
        course_code: batch.course_code.clone(),
        exception: input.exception,
        before,
        note: note(input.note.as_ref())?,
        incident_ref: incident,
        marked_by: asked.actor.name.clone(),
        marked_by_id: asked.actor.user.unwrap_or(UserId(0)),
        marked_at: asked.happened(),
    })])
}
