//! Timetable and the sum of the day.

use super::{Asked, Decision, LONGEST_TEXT, revisions, words};
use crate::{
    Action, Actor, Batch, BatchCreated, BatchStatus, Clash, DayReconciled, Fact, Kind, NoteExport,
    NoteImport, Phase, PublishTimetable, ReconcileDay, Record, RecordsImported, Rejection,
    RejectionCode, ReportExported, SittingId, Subject, Timetable, TimetableBatchesCreated,
    TimetablePublished, TimetableStatus, TimetableUpdated, UpdateTimetable, View, clashes,
    reconcile, sittings_of,
};

/// Sittings that started this long before the sum belong to its day, whatever the zone.
const BEFORE_MS: i64 = 20 * 3_600_000;
/// And so do those that are about to start.
const AFTER_MS: i64 = 4 * 3_600_000;

pub(crate) fn publish(asked: Asked<'_>, input: &PublishTimetable) -> Decision {
    let timetable = asked.view.timetable(input.timetable_id);
    let timetable = timetable.ok_or_else(|| Rejection::not_found("timetable"))?;
    asked.need(Action::PublishTimetable, Subject::default())?;
    lawful(&timetable, TimetableStatus::Published)?;
    let in_spite_of = free_of_clashes(asked, &timetable, input)?;
    let batches = batches_of(asked, &timetable);
    let n_batches = i64::try_from(batches.len()).unwrap_or(i64::MAX);
    let published = TimetablePublished {
        timetable_id: timetable.id,
        title: timetable.title.clone(),
        published_by: asked.actor.name.clone(),
        published_by_name: asked.actor.name.clone(),
        published_at: asked.now,
        total_exams: n_batches,
        total_entries: n_batches,
        batches_created: n_batches,
        revision: timetable.revision.saturating_add(1),
        in_spite_of,
    };
    let created = TimetableBatchesCreated {
        timetable_id: timetable.id,
        total_created: n_batches,
        batches_created: n_batches,
        batch_ids: batches.iter().map(|batch| batch.id).collect(),
    };
    let mut facts = vec![
        Fact::TimetablePublished(published),
        Fact::TimetableBatchesCreated(created),
    ];
    facts.extend(batches.iter().map(|batch| created_fact(asked, batch)));
    Ok(facts)
}

/// A timetable with grave clashes is published only by who may resolve them, with a reason.
fn free_of_clashes(
    asked: Asked<'_>,
    timetable: &Timetable,
    input: &PublishTimetable,
) -> Result<Option<String>, Rejection> {
    let mut grave = clashes(asked.view, &sittings_of(asked.view, timetable.id));
    grave.retain(Clash::is_grave);
    let Some(first) = grave.first() else {
        return Ok(None);
    };
    if let Some(reason) = &input.in_spite_of {
        asked.need(Action::ResolveConflict, Subject::default())?;
        return words(reason, "reason", LONGEST_TEXT).map(Some);
    }
    let message = match grave.len().saturating_sub(1) {
        0 => first.text.clone(),
        n => format!("{} And {n} more that clash.", first.text),
    };
    Err(Rejection::new(RejectionCode::Discrepancy, message))
}

/// The batches of a timetable's sittings that nobody has touched yet, in their order.
fn batches_of(asked: Asked<'_>, timetable: &Timetable) -> Vec<Batch> {
    let of_it = |batch: &Batch| {
        let sitting = asked.view.sitting(batch.sitting_id);
        sitting.is_some_and(|sitting| sitting.timetable_id == timetable.id)
    };
    let mut batches = asked.view.batches();
    batches.retain(|batch| batch.status == BatchStatus::Pending && of_it(batch));
    batches.sort_by_key(|batch| batch.id);
    batches
}

fn created_fact(asked: Asked<'_>, batch: &Batch) -> Fact {
    Fact::BatchCreated(BatchCreated {
        batch_id: batch.id,
        batch_qr_code: batch.code.clone(),
        course_code: batch.course_code.clone(),
        course_name: batch.course_name.clone(),
        total_scripts: batch.total_registered,
        total_registered: batch.total_registered,
        exam_entry_id: batch.sitting_id,
        created_by: asked.actor.name.clone(),
    })
}

pub(crate) fn update(asked: Asked<'_>, input: &UpdateTimetable) -> Decision {
    let timetable = asked.view.timetable(input.timetable_id);
    let timetable = timetable.ok_or_else(|| Rejection::not_found("timetable"))?;
    let action = input
        .status
        .map_or(Ok(Action::PublishTimetable), right_for)?;
    asked.need(action, Subject::default())?;
    if let Some(id) = input.sitting_id {
        let sitting = asked.sitting(id)?;
        asked.need_in(action, &sitting)?;
    }
    if let Some(to) = input.status {
        lawful(&timetable, to)?;
    }
    revisions::approvable(asked, &timetable, input)?;
    movable(asked, &timetable, input)?;
    let revision = revisions::revision(asked, &timetable, input)?;
    let moved = revision.is_some();
    let revision = revision.unwrap_or_default();
    let mut facts = vec![Fact::TimetableUpdated(TimetableUpdated {
        timetable_id: timetable.id,
        changes: input.changes.clone(),
        text: words(&input.text, "text", LONGEST_TEXT)?,
        updated_by: asked.actor.name.clone(),
        revision: timetable.revision.saturating_add(i64::from(moved)),
        status: input.status,
        exam_entry_id: input.sitting_id,
        venue_id: input.venue_id,
        room: input.room.clone(),
        asked_to_confirm: revision.people.clone(),
        venue_before: revision.venue,
        room_before: revision.room,
    })];
    let told = revisions::told(asked, revision.people, input);
    facts.extend(told.map(Fact::NotificationNew));
    Ok(facts)
}

/// The right that a status of a timetable needs.
fn right_for(to: TimetableStatus) -> Result<Action, Rejection> {
    match to {
        TimetableStatus::PendingApproval => Ok(Action::EditTimetable),
        TimetableStatus::Approved | TimetableStatus::Draft => Ok(Action::ApproveTimetable),
        TimetableStatus::Published => Err(Rejection::invalid(
            "Publishing a timetable is a command of its own.",
        )),
        TimetableStatus::InProgress | TimetableStatus::Completed | TimetableStatus::Archived => {
            Ok(Action::PublishTimetable)
        }
    }
}

/// A sitting moves within its timetable, to a venue that exists, before it has begun.
fn movable(
    asked: Asked<'_>,
    timetable: &Timetable,
    input: &UpdateTimetable,
) -> Result<(), Rejection> {
    let Some(id) = input.sitting_id else {
        if input.venue_id.is_some() || input.room.is_some() {
            return Err(Rejection::invalid("Say which sitting moves."));
        }
        return Ok(());
    };
    let sitting = asked.sitting(id)?;
    if sitting.timetable_id != timetable.id {
        return Err(Rejection::not_found("sitting in this timetable"));
    }
    if !matches!(sitting.phase, Phase::Setup | Phase::Admitting) {
        let message = "This sitting has begun: it stays where it is.";
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    if let Some(venue) = input.venue_id {
        asked
            .view
            .venue(venue)
            .ok_or_else(|| Rejection::not_found("venue"))?;
    }
    Ok(())
}

fn lawful(timetable: &Timetable, to: TimetableStatus) -> Result<(), Rejection> {
    if timetable.status.may_become(to) {
        return Ok(());
    }
    let allowed = timetable
        .status
        .next()
        .iter()
        .map(|status| status.text().to_owned())
        .collect();
    let from = timetable.status.text();
    Err(Rejection::illegal("timetable", from, to.text(), allowed))
}

/// The sum of the day as the records have it: figures that differ from it are refused.
pub(crate) fn sum_up(asked: Asked<'_>, input: &ReconcileDay) -> Decision {
    asked.need(Action::Export, Subject::default())?;
    let now = asked.happened();
    let sum = reconcile(asked.view, now.plus_ms(-BEFORE_MS), now.plus_ms(AFTER_MS));
    if !sum.open.is_empty() {
        let message = format!("Not sealed yet: {}.", sum.open.join(", "));
        return Err(Rejection::new(RejectionCode::IllegalTransition, message));
    }
    let counted = [sum.registered, sum.present, sum.in_custody, sum.missing];
    let stated = [
        input.registered,
        input.present,
        input.scripts,
        input.missing,
    ];
    if counted != stated {
        let message = format!(
            "The records say {} registered, {} present, {} scripts, {} missing.",
            sum.registered, sum.present, sum.in_custody, sum.missing
        );
        return Err(Rejection::new(RejectionCode::Discrepancy, message));
    }
    Ok(vec![Fact::DayReconciled(DayReconciled {
        registered: sum.registered,
        present: sum.present,
        scripts: sum.in_custody,
        missing: sum.missing,
        absent: Some(sum.absent),
        explained: Some(sum.explained),
        extra: Some(sum.extra),
    })])
}

/// Stations take a new copy when they hear of it, so that nobody else says it.
pub(crate) fn note_import(asked: Asked<'_>, input: &NoteImport) -> Decision {
    asked.by_the_server()?;
    Ok(vec![Fact::RecordsImported(RecordsImported {
        by: input.by.clone(),
        text: words(&input.text, "text", LONGEST_TEXT)?,
    })])
}

/// The sittings of which the actor is the chief invigilator.
pub fn leads(view: &dyn View, actor: &Actor) -> Vec<SittingId> {
    let Some(user) = actor.user else {
        return Vec::new();
    };
    let all = view.list(Kind::Sitting).into_iter();
    all.filter_map(|record| {
        let Record::Sitting(sitting) = record else {
            return None;
        };
        sitting.is_chief(user).then_some(sitting.id)
    })
    .collect()
}

pub(crate) fn note_export(asked: Asked<'_>, input: &NoteExport) -> Decision {
    if leads(asked.view, asked.actor).is_empty() {
        asked.need(Action::Export, Subject::default())?;
    }
    Ok(vec![Fact::ReportExported(ReportExported {
        format: input.format.clone(),
        by: asked.actor.name.clone(),
        text: words(&input.text, "text", LONGEST_TEXT)?,
    })])
}
