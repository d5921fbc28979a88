//! What the person was told, and what they have asked for.

use std::cmp::Reverse;

use elms_protocol::{
    IncidentRef, Key, Kind, Notification,
    host::{NotificationView, OutboxItem},
};
use uuid::Uuid;

use super::{Scene, sentences};
use crate::{
    outbox::{Item, Names},
    overlay::written_at,
};

/// The person's notifications, the newest first.
pub fn notifications(scene: &Scene<'_>) -> Vec<NotificationView> {
    let mut views: Vec<NotificationView> = mine(*scene)
        .map(|(notification, read)| NotificationView {
            notification: notification.clone(),
            read,
        })
        .collect();
    views.sort_by_key(|view| Reverse((view.notification.created_at, view.notification.id)));
    views
}

/// How many of them were not read.
pub fn unread(scene: &Scene<'_>) -> i64 {
    let n = mine(*scene).filter(|(_, read)| !read).count();
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn mine(scene: Scene<'_>) -> impl Iterator<Item = (&Notification, bool)> {
    scene
        .overlay
        .notifications()
        .filter_map(move |notification| {
            let user = scene.actor.user?;
            let to_me = notification.user_ids.contains(&user);
            to_me.then(|| (notification, notification.read_by.contains(&user)))
        })
}

/// The outbox, in the order of sending.
pub fn outbox(scene: &Scene<'_>, items: &[Item]) -> Vec<OutboxItem> {
    items.iter().map(|item| outbox_item(*scene, item)).collect()
}

fn outbox_item(scene: Scene<'_>, item: &Item) -> OutboxItem {
    let id = item.request.command_id;
    let pending = scene.overlay.pending().iter();
    let pending = pending
        .into_iter()
        .find(|pending| pending.request.command_id == id);
    OutboxItem {
        command_id: id,
        state: item.state,
        text: pending.map_or_else(
            || sentences::asked(&item.request.command),
            sentences::pending,
        ),
        recorded_at: written_at(&item.request),
        tries: item.tries,
        rejection: item.rejection.clone(),
        incident: incident_of(item),
        station_seq: item.station_seq,
        waits_for: item.waits_for.as_ref().map(awaited),
        command: item.request.command.clone(),
    }
}

/// What a command waits for: by the number that the person knows, if it was named so.
fn awaited(key: &Key) -> String {
    let by_name = Uuid::parse_str(&key.id).is_ok();
    if key.kind == Kind::Transfer {
        return "a handover on another station".to_owned();
    }
    if by_name {
        return "a case on another station".to_owned();
    }
    key.id.clone()
}

fn incident_of(item: &Item) -> Option<IncidentRef> {
    let key = Names::of(&item.request.command).incident()?;
    serde_json::from_value(key.id.into()).ok()
}
