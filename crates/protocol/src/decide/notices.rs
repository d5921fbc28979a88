//! Notifications to people and announcements to halls.

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, words};
use crate::{
    Action, Announcement, ConfirmAnnouncement, Counter, Fact, IssueAnnouncement, NotificationId,
    NotificationNew, NotificationRead, Notify, ReadNotification, Rejection, RejectionCode, Subject,
};

pub(crate) fn notify(asked: Asked<'_>, input: &Notify) -> Decision {
    asked.need(Action::Announce, Subject::default())?;
    if input.users.is_empty() {
        return Err(Rejection::invalid("Name at least one person to tell."));
    }
    for user in &input.users {
        asked.name_of(*user)?;
    }
    let id = asked.view.next_number(Counter::Notification);
    let id = NotificationId(id.unwrap_or_default());
    Ok(vec![Fact::NotificationNew(NotificationNew {
        id,
        notification_id: id,
        notification_type: "message".to_owned(),
        title: words(&input.title, "title", LONGEST_LINE)?,
        message: input.message.chars().take(LONGEST_TEXT).collect(),
        user_id: input
            .users
            .first()
            .copied()
            .filter(|_| input.users.len() == 1),
        user_ids: input.users.clone(),
        created_at: asked.now,
        is_read: false,
        priority: words(&input.priority, "priority", LONGEST_LINE)?,
        incident_ref: input.incident,
        link: input
            .incident
            .map(|incident| format!("/incidents/{incident}")),
        data: serde_json::Value::Object(serde_json::Map::new()),
    })])
}

pub(crate) fn read(asked: Asked<'_>, input: &ReadNotification) -> Decision {
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
    let read = NotificationRead {
        id,
        notification_id: id,
        user_id,
        read_at,
    };
    Ok(vec![Fact::NotificationRead(read)])
}

pub(crate) fn announce(asked: Asked<'_>, input: &IssueAnnouncement) -> Decision {
    asked.need(Action::Announce, Subject::default())?;
    for sitting in &input.sittings {
        let sitting = asked.sitting(*sitting)?;
        asked.need_in(Action::Announce, &sitting)?;
    }
    Ok(vec![Fact::AnnouncementIssued(Announcement {
        announcement_id: input.announcement,
        exam_entry_ids: input.sittings.clone(),
        text: words(&input.text, "announcement", LONGEST_TEXT)?,
        requires_ack: input.requires_ack,
        by: asked.actor.name.clone(),
    })])
}

pub(crate) fn confirm(asked: Asked<'_>, input: &ConfirmAnnouncement) -> Decision {
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
