//! Native notifications: what is shown of a notice, and what a click on it does.
//!
//! Which notices deserve one is decided by the client; here they are only made safe to show and
//! handed to the desktop's notification daemon.

use std::sync::Arc;
use std::time::Duration;

use elms_protocol::IncidentRef;
use elms_protocol::host::Works;
use notify_rust::{Notification, NotificationHandle, NotificationResponse, Urgency};
use tokio::sync::Semaphore;

/// The most characters of a text that are shown.
const LONGEST: usize = 200;

/// How long the daemon may take to accept a notification.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a click on a notification still does something.
const CLICKABLE: Duration = Duration::from_hours(1);

/// How many notifications may wait for a click at a time; each holds a bus connection.
const WAITING: usize = 32;

/// One notice, as the desktop shall show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// The first line.
    pub(crate) title: String,
    /// The words beneath it.
    pub(crate) body: String,
    /// Whether it must stay until somebody sees it.
    pub(crate) critical: bool,
    /// The case it is about, when it is about one.
    pub(crate) case: Option<IncidentRef>,
}

/// What somebody asked for by clicking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Click {
    /// Show this case, or the list when the notice was about several.
    Open(Option<IncidentRef>),
    /// Acknowledge this case, and show it.
    Acknowledge(IncidentRef),
}

/// Why a notice was not shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unshown {
    /// No daemon took it: none runs, or it refused.
    #[error("No notification service answers on this desktop.")]
    NoDaemon(#[from] notify_rust::error::Error),
    /// The daemon did not answer in time.
    #[error("The notification service of this desktop did not answer within {} s.", PATIENCE.as_secs())]
    Silent,
}

/// Whether a notification daemon answers now. Blocks; for a thread that may.
pub(crate) fn daemon() -> Works {
    #[cfg(target_os = "linux")]
    let asked = notify_rust::get_server_information()
        .err()
        .map(Unshown::NoDaemon);
    #[cfg(not(target_os = "linux"))]
    let asked = None;
    works(asked)
}

/// Whether notices reach the person, after what became of the last one.
pub(crate) fn works(unshown: Option<Unshown>) -> Works {
    let reason = unshown.map(|unshown| {
        tracing::warn!(error = ?unshown, "notices do not reach the person");
        unshown.to_string()
    });
    Works {
        ok: reason.is_none(),
        reason,
    }
}

/// Hands notices to the desktop.
#[derive(Debug, Clone)]
pub(crate) struct Desktop {
    waiting: Arc<Semaphore>,
}

impl Desktop {
    /// Shows nothing yet, and does not look for the daemon before the first notice.
    pub(crate) fn new() -> Self {
        Self {
            waiting: Arc::new(Semaphore::new(WAITING)),
        }
    }

    /// Shows `note`; `clicked` hears of a click within the hour.
    ///
    /// # Errors
    /// [`Unshown`], to be shown in the status: nobody must believe that notifications arrive.
    pub(crate) async fn show(
        &self,
        note: &Note,
        clicked: impl FnOnce(Click) + Send + 'static,
    ) -> Result<(), Unshown> {
        let notification = notification(note);
        let shown = tokio::time::timeout(PATIENCE, notification.show_async());
        let handle = shown.await.map_err(|_late| Unshown::Silent)??;
        // With too many waiting this one is shown all the same, and its click does nothing.
        if let Ok(permit) = Arc::clone(&self.waiting).try_acquire_owned() {
            let case = note.case;
            tauri::async_runtime::spawn(async move {
                let answer = tokio::time::timeout(CLICKABLE, response(&handle)).await;
                drop(permit);
                answer
                    .ok()
                    .and_then(|answer| click_of(&answer, case))
                    .map(clicked)
            });
        }
        Ok(())
    }
}

/// What the person did with a notification.
async fn response(handle: &NotificationHandle) -> String {
    let mut answer = String::new();
    let hear = |response: &NotificationResponse| match response {
        NotificationResponse::Default => "default".clone_into(&mut answer),
        NotificationResponse::Action(key) => key.clone_into(&mut answer),
        NotificationResponse::Closed(_) | NotificationResponse::Reply(_) => {}
    };
    handle.wait_for_action_async(hear).await;
    answer
}

/// The click that a daemon's answer stands for.
fn click_of(answer: &str, case: Option<IncidentRef>) -> Option<Click> {
    match answer {
        "default" | "open" => Some(Click::Open(case)),
        "acknowledge" => case.map(Click::Acknowledge),
        _ => None,
    }
}

fn notification(note: &Note) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("ELMS Console")
        .icon("elms-console")
        .summary(&plain(&note.title))
        .body(&escaped(&plain(&note.body)))
        .urgency(if note.critical {
            Urgency::Critical
        } else {
            Urgency::Normal
        })
        .action("default", "Open");
    if note.case.is_some() {
        notification
            .action("acknowledge", "Acknowledge")
            .action("open", "Open");
    }
    notification
}

/// `text` as one short line without control characters and without those that turn the reading
/// direction round: an invigilator's words must not be able to imitate another notice.
fn plain(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let kept = text.chars().filter(|c| !turns_direction(*c)).map(visible);
    let kept: String = kept.collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Bodies are markup to the daemons.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> IncidentRef {
        serde_json::from_value("0193a5c0-0000-7000-8000-000000000007".into()).unwrap()
    }

    fn note(body: &str) -> Note {
        Note {
            title: "CRITICAL · Great Hall, Ground".to_owned(),
            body: body.to_owned(),
            critical: true,
            case: Some(case()),
        }
    }

    #[test]
    fn words_of_an_invigilator_are_never_markup() {
        let shown = notification(&note("<a href='x'>Tom & Ama</a>"));
        assert_eq!(shown.body, "&lt;a href='x'&gt;Tom &amp; Ama&lt;/a&gt;");
    }

    #[test]
    fn words_of_an_invigilator_cannot_break_the_line_or_turn_it_round() {
        let shown = notification(&note("seat C09\n\u{202E}live\u{7}\u{2066} again"));
        assert_eq!(shown.body, "seat C09 live again");
    }

    #[test]
    fn three_hundred_hostile_texts_are_one_short_line_without_markup() {
        let texts = include_str!("../../tests/data/hostile.json");
        let texts: Vec<String> = serde_json::from_str(texts).unwrap();
        assert_eq!(texts.len(), 300);
        for text in texts {
            let note = Note {
                title: text.clone(),
                ..note(&text)
            };
            let shown = notification(&note);
            assert!(!shown.body.contains(['<', '>']), "{text:?}");
            let entities = ["&amp;", "&lt;", "&gt;"];
            let is_entity = |(at, _)| {
                let rest: &str = shown.body.get(at..).unwrap_or_default();
                entities.iter().any(|one| rest.starts_with(one))
            };
            assert!(shown.body.match_indices('&').all(is_entity), "{text:?}");
            for line in [&shown.summary, &shown.body] {
                let bad = |c: char| c.is_control() || turns_direction(c);
                assert!(!line.contains(bad), "{text:?}");
            }
            assert!(shown.summary.chars().count() <= LONGEST);
            // What a daemon shows of it is what was written.
            let read = shown.body.replace("&lt;", "<").replace("&gt;", ">");
            assert_eq!(read.replace("&amp;", "&"), plain(&text));
        }
    }

    #[test]
    fn a_long_report_is_cut_to_two_hundred_characters() {
        let shown = notification(&note(&"é".repeat(4000)));
        assert_eq!(shown.body.chars().count(), LONGEST);
        assert!(shown.body.ends_with('…'));
    }

    #[test]
    fn a_click_opens_the_case_and_the_button_acknowledges_it() {
        assert_eq!(
            click_of("default", Some(case())),
            Some(Click::Open(Some(case())))
        );
        assert_eq!(
            click_of("acknowledge", Some(case())),
            Some(Click::Acknowledge(case()))
        );
        assert_eq!(click_of("", Some(case())), None);
    }

    #[test]
    fn a_summary_of_several_cases_offers_no_acknowledgement() {
        let summary = Note {
            case: None,
            ..note("17 incidents while the line was down")
        };
        assert!(
            !notification(&summary)
                .actions
                .contains(&"acknowledge".to_owned())
        );
        assert_eq!(click_of("acknowledge", None), None);
    }
}
