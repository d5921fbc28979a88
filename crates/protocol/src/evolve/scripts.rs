//! Events about single scripts, and what a batch does to the scripts that are in it.

use super::batches::author;
use crate::{
    BatchId, BatchStatus, Event, Kind, Record, Script, ScriptException, ScriptGraded, ScriptMarked,
    ScriptMoved, ScriptStatus, SittingId, StudentId, View,
};

/// A script was handed in, verified or collected, perhaps out of another bundle.
pub(crate) fn moved(view: &dyn View, event: &Event, payload: &ScriptMoved) -> Option<Record> {
    let (id, number) = (payload.student_id, &payload.index_number);
    let mut script = known_or_new(view, payload.batch_id, id, number)?;
    script.batch_id = payload.batch_id;
    let verified = payload.verified_at.is_some();
    let to = if verified {
        ScriptStatus::Verified
    } else {
        ScriptStatus::Collected
    };
    go_on(&mut script, to);
    if script.collected_at.is_none() {
        script.collected_at = Some(event.happened_at());
        script.collected_by = author(event);
    }
    if payload.withheld {
        script.exception = ScriptException::Withheld;
    } else if payload.from_batch_id.is_some() && script.exception == ScriptException::Missing {
        // It was found where it did not belong.
        script.exception = ScriptException::None;
    }
    script.seq = event.seq;
    Some(Record::Script(script))
}

/// Something is out of the ordinary about it, or no longer.
pub(crate) fn marked(view: &dyn View, event: &Event, payload: &ScriptMarked) -> Vec<Record> {
    let (id, number) = (payload.student_id, &payload.index_number);
    let Some(mut script) = known_or_new(view, payload.batch_id, id, number) else {
        return Vec::new();
    };
    script.exception = payload.exception;
    script.note.clone_from(&payload.note);
    script.incident = payload.incident_ref;
    script.seq = event.seq;
    vec![Record::Script(script)]
}

/// It was graded.
pub(crate) fn graded(view: &dyn View, event: &Event, payload: &ScriptGraded) -> Option<Record> {
    let sitting = view.batch(payload.batch_id)?.sitting_id;
    let mut script = view.script(sitting, payload.student_id)?;
    go_on(&mut script, ScriptStatus::Graded);
    script.seq = event.seq;
    Some(Record::Script(script))
}

/// The scripts of a batch go where the batch goes.
pub(crate) fn follow(
    view: &dyn View,
    event: &Event,
    batch: BatchId,
    status: BatchStatus,
) -> Vec<Record> {
    let Some(to) = with_batch(status) else {
        return Vec::new();
    };
    let scripts = view.list(Kind::Script).into_iter();
    let scripts = scripts.filter_map(|record| {
        let Record::Script(mut script) = record else {
            return None;
        };
        let goes = script.batch_id == batch && go_on(&mut script, to);
        script.seq = event.seq;
        goes.then_some(Record::Script(script))
    });
    scripts.collect()
}

/// What the scripts of a batch are while the batch is that.
fn with_batch(status: BatchStatus) -> Option<ScriptStatus> {
    match status {
        BatchStatus::Sealed => Some(ScriptStatus::Verified),
        BatchStatus::InTransit => Some(ScriptStatus::Dispatched),
        BatchStatus::WithLecturer => Some(ScriptStatus::ReceivedForGrading),
        BatchStatus::GradingInProgress => Some(ScriptStatus::GradingInProgress),
        BatchStatus::ReturnedToRegistry => Some(ScriptStatus::Returned),
        BatchStatus::Pending
        | BatchStatus::InCollection
        | BatchStatus::GradingCompleted
        | BatchStatus::Archived => None,
    }
}

/// Takes a script on, never back; false when it stays where it is.
fn go_on(script: &mut Script, to: ScriptStatus) -> bool {
    let goes = script.status.may_become(to);
    if goes {
        script.status = to;
    }
    goes
}

fn known_or_new(
    view: &dyn View,
    batch: BatchId,
    student_id: StudentId,
    index_number: &str,
) -> Option<Script> {
    let sitting: SittingId = view.batch(batch)?.sitting_id;
    let known = view.script(sitting, student_id);
    Some(known.unwrap_or_else(|| Script {
        id: format!("{sitting}/{student_id}"),
        student_id,
        sitting_id: sitting,
        index_number: index_number.to_owned(),
        batch_id: batch,
        status: ScriptStatus::Generated,
        exception: ScriptException::None,
        note: None,
        incident: None,
        collected_at: None,
        collected_by: None,
        seq: crate::Seq::ZERO,
    }))
}
