//! Events about timetables and notifications.

use super::{batches, halls};
use crate::{
    Approval, ApprovalStatus, Event, Holder, Notification, NotificationNew, NotificationRead,
    Record, SittingId, Timetable, TimetableConfirmed, TimetableId, TimetablePublished,
    TimetableStatus, TimetableUpdated, VenueId, View,
};

/// A timetable was published.
pub(crate) fn published(view: &dyn View, payload: &TimetablePublished) -> Vec<Record> {
    timetable(view, payload.timetable_id, |timetable| {
        timetable.status = TimetableStatus::Published;
        timetable.revision = payload.revision;
    })
}

/// A timetable changed: its status, or where one of its sittings is.
pub(crate) fn timetable_updated(
    view: &dyn View,
    event: &Event,
    payload: &TimetableUpdated,
) -> Vec<Record> {
    let mut records = timetable(view, payload.timetable_id, |timetable| {
        if let Some(to) = payload.status {
            approve(timetable, event, to, &payload.text);
        }
        timetable.revision = payload.revision;
        for user in &payload.asked_to_confirm {
            if !timetable.unconfirmed.contains(user) {
                timetable.unconfirmed.push(*user);
            }
        }
    });
    if let Some(id) = payload.exam_entry_id {
        records.extend(halls::change(view, event, id, |sitting| {
            sitting.venue_id = payload.venue_id.unwrap_or(sitting.venue_id);
            if let Some(room) = &payload.room {
                sitting.room.clone_from(room);
            }
        }));
        records.extend(left_in_hall(view, event, id, payload.venue_id));
    }
    records
}

/// Somebody knows of the changes.
pub(crate) fn confirmed(view: &dyn View, payload: &TimetableConfirmed) -> Vec<Record> {
    timetable(view, payload.timetable_id, |timetable| {
        timetable
            .unconfirmed
            .retain(|user| *user != payload.user_id);
    })
}

/// Asked for, approved, or sent back with the reason.
fn approve(timetable: &mut Timetable, event: &Event, to: TimetableStatus, text: &str) {
    let approval = &mut timetable.approval;
    match to {
        TimetableStatus::PendingApproval => {
            *approval = Approval {
                status: ApprovalStatus::Pending,
                submitted_by: batches::author(event),
                ..Approval::default()
            };
        }
        TimetableStatus::Approved => {
            approval.status = ApprovalStatus::Approved;
            approval.approved_by = batches::author(event);
        }
        TimetableStatus::Draft => {
            approval.status = if timetable.status == TimetableStatus::PendingApproval {
                ApprovalStatus::Rejected
            } else {
                ApprovalStatus::RevisionRequired
            };
            approval.rejection_reason = Some(text.to_owned());
        }
        TimetableStatus::Published
        | TimetableStatus::InProgress
        | TimetableStatus::Completed
        | TimetableStatus::Archived => {}
    }
    timetable.status = to;
}

/// A batch that nobody holds yet is in the hall of its sitting, also after that has moved.
fn left_in_hall(
    view: &dyn View,
    event: &Event,
    sitting: SittingId,
    venue: Option<VenueId>,
) -> Vec<Record> {
    let batch = view.sitting(sitting).and_then(|sitting| sitting.batch_id);
    let (Some(batch), Some(venue)) = (batch, venue.and_then(|id| view.venue(id))) else {
        return Vec::new();
    };
    batches::change(view, event, batch, |batch| {
        if let Holder::Hall { name } = &mut batch.holder {
            name.clone_from(&venue.name);
        }
    })
}

/// Somebody is told something.
pub(crate) fn notification(payload: &NotificationNew) -> Vec<Record> {
    vec![Record::Notification(Notification {
        id: payload.id,
        user_ids: payload.user_ids.clone(),
        notification_type: payload.notification_type.clone(),
        title: payload.title.clone(),
        message: payload.message.clone(),
        priority: payload.priority.clone(),
        incident: payload.incident_ref,
        created_at: payload.created_at,
        read_by: Vec::new(),
    })]
}

/// Somebody has read it.
pub(crate) fn read(view: &dyn View, payload: &NotificationRead) -> Vec<Record> {
    let Some(mut notification) = view.notification(payload.id) else {
        return Vec::new();
    };
    if !notification.read_by.contains(&payload.user_id) {
        notification.read_by.push(payload.user_id);
    }
    vec![Record::Notification(notification)]
}

fn timetable(view: &dyn View, id: TimetableId, change: impl FnOnce(&mut Timetable)) -> Vec<Record> {
    let Some(mut timetable) = view.timetable(id) else {
        return Vec::new();
    };
    change(&mut timetable);
    vec![Record::Timetable(timetable)]
}
