//! Notifications of the person who asks.

use axum::{Router, extract::State, http::StatusCode, routing::get};
use elms_protocol::{Kind, Notification, NotificationId, ReadNotification, Record, RejectionCode};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use super::{Asked, Key, Looking, Number, Paging, Reply, carry_out, page, patch_or_post};
use crate::App;

/// Items of a page when the client names no number.
const USUAL: usize = 50;
/// Notifications marked at the same time: they share one write to the disk.
const AT_ONCE: usize = 64;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/notifications", get(list))
        .route("/notifications/read-all", patch_or_post(read_all))
        .route("/notifications/{id}/read", patch_or_post(read_one))
}

/// The person's own notifications, newest first, each with whether they have read it.
fn mine(looking: &Looking) -> Vec<(Notification, bool)> {
    let user = looking.actor.user;
    let mut mine = looking.all(Kind::Notification, |record| {
        let Record::Notification(found) = record else {
            return None;
        };
        let is_read = user.is_some_and(|user| found.read_by.contains(&user));
        Some((found, is_read))
    });
    mine.sort_by_key(|(found, _)| std::cmp::Reverse(found.id));
    mine
}

async fn list(looking: Looking, Asked(paging): Asked<Paging>) -> Reply {
    let mine = mine(&looking);
    let unread = mine.iter().filter(|(_, is_read)| !is_read).count();
    let reply = page(
        "notifications",
        &mine,
        (paging, USUAL),
        |(found, is_read)| shown(found, *is_read),
    );
    reply.with("unread", json!(unread))
}

/// What its receiver sees: not who else was told, nor who has read it.
fn shown(found: &Notification, is_read: bool) -> Value {
    json!({
        "id": found.id,
        "notificationId": found.id,
        "type": found.notification_type,
        "title": found.title,
        "message": found.message,
        "priority": found.priority,
        "incidentRef": found.incident,
        "createdAt": found.created_at,
        "isRead": is_read,
    })
}

async fn read_one(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
) -> Result<Reply, Reply> {
    mark_read(&app, &looking, key, NotificationId(id)).await?;
    Ok(Reply::done(
        StatusCode::OK,
        "Notification read",
        Value::Null,
    ))
}

async fn read_all(State(app): State<App>, looking: Looking, key: Key) -> Result<Reply, Reply> {
    let unread: Vec<NotificationId> = mine(&looking)
        .into_iter()
        .filter_map(|(found, is_read)| (!is_read).then_some(found.id))
        .collect();
    let count = unread.len();
    let marked = unread.into_iter().map(|id| {
        let key = key.part(&id.to_string());
        mark_read(&app, &looking, key, id)
    });
    stream::iter(marked)
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<()>>()
        .await?;
    Ok(Reply::done(
        StatusCode::OK,
        "All notifications read",
        json!({ "count": count }),
    ))
}

/// One that was read before stays read.
async fn mark_read(
    app: &App,
    looking: &Looking,
    key: Key,
    id: NotificationId,
) -> Result<(), Reply> {
    let command = ReadNotification {
        notification_id: id,
    };
    match carry_out(app, &looking.actor, key, command).await? {
        Err(rejection) if rejection.code != RejectionCode::AlreadyExists => Err(rejection.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}
