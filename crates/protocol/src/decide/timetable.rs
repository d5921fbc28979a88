//! Timetable, announcements, notifications, stations and the sum of the day.

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, words};
use crate::{
    Action, Announcement, Batch, BatchCreated, Command, ConfirmAnnouncement, Counter,
    DayReconciled, Fact, IssueAnnouncement, Kind, NoteExport, NoteStation, NotificationId,
    NotificationNew, NotificationRead, Notify, PublishTimetable, ReadNotification, ReconcileDay,
    Record, Rejection, RejectionCode, ReportExported, StationEvent, StationNews, Subject,
    Timetable, TimetableBatchesCreated, TimetablePublished, TimetableStatus, TimetableUpdated,
    UpdateTimetable,
};

pub(crate) fn decide(asked: Asked<'_>) -> Decision {
    match &asked.request.command {
        Command::PublishTimetable(input) => publish(asked, input),
        Command::UpdateTimetable(input) => update(asked, input),
        Command::Notify(input) => notify(asked, input),
        Command::ReadNotification(input) => read(asked, input),
        Command::IssueAnnouncement(input) => announce(asked, input),
        Command::ConfirmAnnouncement(input) => confirm(asked, input),
        Command::NoteStation(input) => note_station(asked, input),
        Command::ReconcileDay(input) => reconcile(asked, input),
        Command::NoteExport(input) => note_export(asked, input),
        _ => Ok(Vec::new()),
    }
}

fn publish(asked: Asked<'_>, input: &PublishTimetable) -> Decision {
    let timetable = asked.view.timetable(input.timetable_id);
    let timetable = timetable.ok_or_else(|| Rejection::not_found("timetable"))?;
    asked.need(Action::PublishTimetable, Subject::default())?;
    lawful(&timetable, TimetableStatus::Published)?;
    let mut batches: Vec<Box<Batch>> = asked
        .view
        .list(Kind::Batch)
        .into_iter()
        .filter_map(|record| match record {
            Record::Batch(batch) => Some(batch),
            _ => None,
        })
        .collect();
    batches.sort_by_key(|batch| batch.id);
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

fn update(asked: Asked<'_>, input: &UpdateTimetable) -> Decision {
    let timetable = asked.view.timetable(input.timetable_id);
    let timetable = timetable.ok_or_else(|| Rejection::not_found("timetable"))?;
    asked.need(Action::PublishTimetable, Subject::default())?;
    if let Some(to) = input.status {
        lawful(&timetable, to)?;
    }
    if let Some(id) = input.sitting_id {
        asked.sitting(id)?;
    }
    let moved = input.sitting_id.is_some();
    Ok(vec![Fact::TimetableUpdated(TimetableUpdated {
        timetable_id: timetable.id,
        changes: input.changes.clone(),
        text: words(&input.text, "text", LONGEST_TEXT)?,
        updated_by: asked.actor.name.clone(),
        revision: timetable.revision.saturating_add(i64::from(moved)),
        status: input.status,
        exam_entry_id: input.sitting_id,
        venue_id: input.venue_id,
        room: input.room.clone(),
    })])
}

fn lawful(timetable: &Timetable, to: TimetableStatus) -> Result<(), Rejection> {
    if timetable.status.may_become(to) {
        return Ok(());
    }
    let allowed = timetable.status.next().iter().map(|status| status.text().to_owned()).collect();
    let from = timetable.status.text();
    Err(Rejection::illegal("timetable", from, to.text(), allowed))
}

fn notify(asked: Asked<'_>, input: &Notify) -> Decision {
    asked.need(Action::Announce, Subject::default())?;
    let id = asked.view.next_number(Counter::Notification);
    let id = NotificationId(id.unwrap_or_default());
    Ok(vec![Fact::NotificationNew(NotificationNew {
        id,
        notification_id: id,
        notification_type: "message".to_owned(),
        title: words(&input.title, "title", LONGEST_LINE)?,
        message: input.message.chars().take(LONGEST_TEXT).collect(),
        user_id: input.users.first().copied().filter(|_| input.users.len() == 1),
        user_ids: input.users.clone(),
        created_at: asked.now,
        is_read: false,
        priority: input.priority.clone(),
        incident_ref: input.incident,
        data: serde_json::Value::Object(serde_json::Map::new()),
    })])
}

fn read(asked: Asked<'_>, input: &ReadNotification) -> Decision {
    let notification = asked.view.notification(input.notification_id);
    let mine = notification
        .zip(asked.actor.user)
        .filter(|(notification, user)| notification.user_ids.contains(user));
    let Some((notification, user_id)) = mine else {
        return Err(Rejection::not_found("notification"));
    };
    if notification.read_by.contains(&user_id) {
        let message = "This notification was read already.";
        return Err(Rejection::new(RejectionCode::AlreadyExists, message));
    }
    let id = notification.id;
    let read_at = asked.happened();
    let read = NotificationRead { id, notification_id: id, user_id, read_at };
    Ok(vec![Fact::NotificationRead(read)])
}

fn announce(asked: Asked<'_>, input: &IssueAnnouncement) -> Decision {
    asked.need(Action::Announce, Subject::default())?;
    for sitting in &input.sittings {
        asked.sitting(*sitting)?;
    }
    Ok(vec![Fact::AnnouncementIssued(Announcement {
        announcement_id: input.announcement,
        exam_entry_ids: input.sittings.clone(),
        text: words(&input.text, "announcement", LONGEST_TEXT)?,
        requires_ack: input.requires_ack,
        by: asked.actor.name.clone(),
    })])
}

fn confirm(asked: Asked<'_>, input: &ConfirmAnnouncement) -> Decision {
    let sitting = asked.sitting(input.sitting_id)?;
    asked.need_in(Action::ConfirmAnnouncement, &sitting)?;
    Ok(vec![Fact::AnnouncementAcknowledged(Announcement {
        announcement_id: input.announcement,
        exam_entry_ids: vec![sitting.id],
        text: words(&input.text, "text", LONGEST_TEXT)?,
        requires_ack: false,
        by: asked.actor.name.clone(),
    })])
}

fn note_station(asked: Asked<'_>, input: &NoteStation) -> Decision {
    if asked.actor.user.is_some() {
        let message = "Only the server notes what stations do.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    let news = StationNews {
        station: words(&input.station, "station", LONGEST_LINE)?,
        text: words(&input.text, "text", LONGEST_TEXT)?,
        clock_offset_ms: input.clock_offset_ms,
        last_seen: input.last_seen,
        delivered: input.delivered,
        unsent: input.unsent,
    };
    let fact = match input.news {
        StationEvent::Online => Fact::StationOnline(news),
        StationEvent::Offline => Fact::StationOffline(news),
        StationEvent::ClockSkew => Fact::StationClockSkew(news),
        StationEvent::UserSwitched => Fact::StationUserSwitched(news),
        StationEvent::SignedOut => Fact::StationSignedOut(news),
    };
    Ok(vec![fact])
}

fn reconcile(asked: Asked<'_>, input: &ReconcileDay) -> Decision {
    asked.need(Action::Export, Subject::default())?;
    Ok(vec![Fact::DayReconciled(DayReconciled {
        registered: input.registered,
        present: input.present,
        scripts: input.scripts,
        missing: input.missing,
    })])
}

fn note_export(asked: Asked<'_>, input: &NoteExport) -> Decision {
    asked.need(Action::Export, Subject::default())?;
    Ok(vec![Fact::ReportExported(ReportExported {
        format: input.format.clone(),
        by: asked.actor.name.clone(),
        text: words(&input.text, "text", LONGEST_TEXT)?,
    })])
}
