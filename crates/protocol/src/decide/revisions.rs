//! Approval of a timetable, and what a change after its publication asks of people.

use super::{Asked, Decision, LONGEST_LINE, escalation};
use crate::{
    ConfirmTimetable, Fact, Kind, NotificationNew, Record, Rejection, RejectionCode, Timetable,
    TimetableConfirmed, TimetableStatus, UpdateTimetable, UserId, VenueId,
};

/// Where a sitting was, and who has to know that it is elsewhere now.
#[derive(Default)]
pub(crate) struct Revision {
    pub(crate) people: Vec<UserId>,
    pub(crate) venue: Option<VenueId>,
    pub(crate) room: Option<String>,
}

/// Nobody approves what they submitted, and there is nothing to approve without entries.
pub(crate) fn approvable(
    asked: Asked<'_>,
    timetable: &Timetable,
    input: &UpdateTimetable,
) -> Result<(), Rejection> {
    let submitter = timetable.approval.submitted_by.as_ref();
    let submitter = submitter.map(|named| named.id);
    match input.status {
        Some(TimetableStatus::Approved) if submitter.is_some() && submitter == asked.actor.user => {
            let message = "A timetable is approved by somebody else than its submitter.";
            Err(Rejection::new(RejectionCode::SeparationOfDuty, message))
        }
        Some(TimetableStatus::PendingApproval) if !has_entries(asked, timetable) => {
            let message = "A timetable without entries is not submitted.";
            Err(Rejection::new(RejectionCode::IllegalTransition, message))
        }
        Some(_) | None => Ok(()),
    }
}

fn has_entries(asked: Asked<'_>, timetable: &Timetable) -> bool {
    let sittings = asked.view.list(Kind::Sitting);
    sittings.iter().any(|record| {
        let Record::Sitting(sitting) = record else {
            return false;
        };
        sitting.timetable_id == timetable.id
    })
}

/// The revision that a change of an entry makes, once the timetable is published.
pub(crate) fn revision(
    asked: Asked<'_>,
    timetable: &Timetable,
    input: &UpdateTimetable,
) -> Result<Option<Revision>, Rejection> {
    let published = [TimetableStatus::Published, TimetableStatus::InProgress];
    let Some(id) = input.sitting_id else {
        return Ok(None);
    };
    if !published.contains(&timetable.status) {
        return Ok(None);
    }
    let sitting = asked.sitting(id)?;
    let batch = sitting.batch_id.and_then(|id| asked.view.batch(id));
    let lecturer = batch.and_then(|batch| batch.lecturer).map(|named| named.id);
    let people = sitting.invigilators.iter().map(|person| person.user_id);
    let mut people: Vec<UserId> = people.chain(lecturer).collect();
    people.retain(|user| Some(*user) != asked.actor.user);
    people.sort_unstable();
    people.dedup();
    Ok(Some(Revision {
        people,
        venue: Some(sitting.venue_id),
        room: Some(sitting.room),
    }))
}

/// The notification to those whom a revision affects, and only to them.
pub(crate) fn told(
    asked: Asked<'_>,
    people: Vec<UserId>,
    input: &UpdateTimetable,
) -> Option<NotificationNew> {
    if people.is_empty() {
        return None;
    }
    let title = input.text.trim().chars().take(LONGEST_LINE).collect();
    Some(NotificationNew {
        title,
        message: "Please confirm that you know of this change.".to_owned(),
        priority: "warning".to_owned(),
        data: serde_json::json!({ "timetableId": input.timetable_id, "examEntryId": input.sitting_id }),
        ..escalation::told(asked, "timetable", people)?
    })
}

pub(crate) fn confirm(asked: Asked<'_>, input: &ConfirmTimetable) -> Decision {
    let timetable = asked.view.timetable(input.timetable_id);
    let timetable = timetable.ok_or_else(|| Rejection::not_found("timetable"))?;
    let user = asked.actor.user;
    let Some(user) = user.filter(|user| timetable.unconfirmed.contains(user)) else {
        let message = "Nobody waits for your word about this timetable.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    };
    Ok(vec![Fact::TimetableConfirmed(TimetableConfirmed {
        timetable_id: timetable.id,
        revision: timetable.revision,
        user_id: user,
        user_name: asked.actor.name.clone(),
        confirmed_at: asked.happened(),
    })])
}
