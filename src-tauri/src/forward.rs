//! From the client to the window, the tray and the desktop.

use std::time::Duration;

use elms_client::notices::{About, Level, Notice};
use elms_client::{Console, Tongue};
use elms_protocol::host::{Batched, LinkState, Status, Topic};
use elms_protocol::{IncidentStatus, Severity};
use serde_json::{Value, json};
use tauri::{AppHandle, Emitter as _, Manager as _};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

use crate::menu;
use crate::notify::{Click, Desktop, Note};
use crate::tray::{Shape, Tray};
use crate::window::{self, MAIN};

/// The event that brings the window a batch of changes, at most every 100 ms.
const BATCH: &str = "batch";

/// The event that sends the window to another place; its payload is the route (`#/…`).
const GO: &str = "go";

/// How often the tray follows, at most.
const TRAY: Duration = Duration::from_secs(1);

/// Hands every batch to the windows and keeps the tray true, until the client ends.
pub(crate) async fn batches(
    app: AppHandle,
    console: Console,
    mut tray: Option<Tray>,
    mut spoken: Tongue,
) {
    let mut heard = console.watch();
    let mut alarms = Alarms::default();
    let mut status = None;
    loop {
        // A change that was too soon after a count is counted when its second is over.
        let batch = match timeout_at(alarms.next(), next(&mut heard)).await {
            Ok(Some(batch)) => Some(batch),
            Ok(None) => return,
            Err(_) => None,
        };
        if let Some(batch) = batch {
            if let Err(error) = app.emit(BATCH, &batch) {
                tracing::warn!(%error, "the windows could not be told");
            }
            if spoken != console.tongue() {
                spoken = console.tongue();
                menu::speak(&app, spoken);
            }
            alarms.hear(&batch);
            status = Some(batch.status);
        }
        let (Some(tray), Some(status)) = (&mut tray, &status) else {
            continue;
        };
        alarms.count(&console).await;
        let tongue = console.tongue();
        tray.speak(tongue);
        let critical = alarms.of(status);
        tray.show(shape(status, critical), &words(status, critical, tongue));
    }
}

/// How many alarms wait, counted at most once a second.
#[derive(Debug, Default)]
struct Alarms {
    critical: usize,
    /// The last count.
    at: Option<Instant>,
    /// Something has changed since.
    stale: bool,
}

impl Alarms {
    fn hear(&mut self, batch: &Batched) {
        self.stale |= batch.changed.contains(&Topic::Incidents);
    }

    /// When they are to be counted, if nothing is heard before.
    fn next(&self) -> Instant {
        let due = self.at.map(|at| at + TRAY);
        due.filter(|_| self.stale)
            .unwrap_or_else(|| Instant::now() + Duration::from_hours(1))
    }

    async fn count(&mut self, console: &Console) {
        let due = self.at.is_none_or(|at| TRAY <= at.elapsed());
        if !self.stale || !due {
            return;
        }
        (self.at, self.stale) = (Some(Instant::now()), false);
        // A locked station answers nothing: what was counted before still waits.
        if let Some(critical) = unanswered(console).await {
            self.critical = critical;
        }
    }

    /// Whoever is signed out has none.
    fn of(&self, status: &Status) -> usize {
        match status.link.state {
            LinkState::SignedOut => 0,
            LinkState::Live
            | LinkState::CatchingUp
            | LinkState::Reconnecting
            | LinkState::Offline
            | LinkState::AuthRequired => self.critical,
        }
    }
}

/// The next batch; one that was missed is made good by the next, which tells the state anew.
async fn next(heard: &mut Receiver<Batched>) -> Option<Batched> {
    loop {
        match heard.recv().await {
            Ok(batch) => return Some(batch),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}

/// How many critical incidents nobody has acknowledged; none when the console does not say.
async fn unanswered(console: &Console) -> Option<usize> {
    let incidents = console.call("incidents", json!({})).await.ok()?;
    Some(
        incidents
            .as_array()?
            .iter()
            .filter(|one| waits(one))
            .count(),
    )
}

/// To be acknowledged is not a state of a case: it stays reported until somebody looks into it.
fn waits(incident: &Value) -> bool {
    let done = [IncidentStatus::Resolved, IncidentStatus::Closed];
    incident["severity"] == Severity::Critical.text()
        && incident["acknowledgedAt"].is_null()
        && done
            .iter()
            .all(|status| incident["status"] != status.text())
}

fn shape(status: &Status, critical: usize) -> Shape {
    match status.link.state {
        _ if critical > 0 => Shape::Critical,
        LinkState::Live | LinkState::CatchingUp => Shape::Live,
        LinkState::SignedOut
        | LinkState::Reconnecting
        | LinkState::Offline
        | LinkState::AuthRequired => Shape::Offline,
    }
}

/// The tray's state line.
fn words(status: &Status, critical: usize, tongue: Tongue) -> String {
    let line = match status.link.state {
        LinkState::Live => "native-line-live",
        LinkState::CatchingUp => "native-line-catching-up",
        LinkState::Reconnecting => "native-line-reconnecting",
        LinkState::Offline => "native-line-offline",
        LinkState::AuthRequired => "native-line-auth-required",
        LinkState::SignedOut => "native-line-signed-out",
    };
    let waiting = status.outbox.waiting + status.outbox.sending;
    let counted = |n: i64, what: &str| (0 < n).then(|| tongue.say_with(what, [("n", n.into())]));
    let parts = [
        Some(tongue.say(line)),
        counted(waiting, "native-to-send"),
        counted(status.outbox.attention, "native-decide"),
        counted(
            i64::try_from(critical).unwrap_or(i64::MAX),
            "native-critical",
        ),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Shows every notice on the desktop, until the client ends.
pub(crate) async fn notices(app: AppHandle, console: Console) {
    let desktop = Desktop::new();
    let works = tauri::async_runtime::spawn_blocking(crate::notify::daemon).await;
    if let Ok(works) = works {
        console.set_notifications_work(works);
    }
    let mut notices = console.notices();
    while let Some(notice) = notices.recv().await {
        if is_seen(&app, &notice) || !console.lets_through(&notice) {
            continue;
        }
        let (to, by) = (app.clone(), console.clone());
        let clicked = move |click| follow(&to, by, &click);
        let shown = desktop.show(&note(notice), clicked).await;
        console.set_notifications_work(crate::notify::works(shown.err()));
    }
}

/// Somebody who looks at the window sees most of it there.
fn is_seen(app: &AppHandle, notice: &Notice) -> bool {
    match notice.about {
        About::Critical | About::Away | About::Trial => false,
        About::High
        | About::Assigned
        | About::Silent
        | About::Station
        | About::Batch
        | About::Timetable => is_watched(app),
    }
}

fn note(notice: Notice) -> Note {
    Note {
        title: notice.title,
        body: notice.body,
        critical: notice.level == Level::Critical,
        case: notice.incident,
    }
}

fn is_watched(app: &AppHandle) -> bool {
    let window = app.get_webview_window(MAIN);
    window.is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// Does what a click on a notification asks for.
fn follow(app: &AppHandle, console: Console, click: &Click) {
    let (case, acknowledge) = match *click {
        Click::Open(case) => (case, None),
        Click::Acknowledge(case) => (Some(case), Some(case)),
    };
    window::show(app);
    let route = case.map_or_else(
        || "#/monitor".to_owned(),
        |case| format!("#/incidents/{case}"),
    );
    go(app, &route);
    let Some(incident) = acknowledge else { return };
    tauri::async_runtime::spawn(async move {
        let command =
            json!({ "command": "acknowledgeIncident", "input": { "incident": incident } });
        let kept = console.call("submit", json!({ "command": command })).await;
        if let Err(error) = kept {
            tracing::warn!(
                code = error.code,
                "an acknowledgement from a notification was not kept"
            );
        }
    });
}

/// Sends the window to `route`.
pub(crate) fn go(app: &AppHandle, route: &str) {
    tell(app, GO, &route);
}

fn tell(app: &AppHandle, event: &str, payload: &impl serde::Serialize) {
    if let Err(error) = app.emit_to(MAIN, event, payload) {
        tracing::warn!(%error, event, "the window could not be told");
    }
}

#[cfg(test)]
mod tests;
