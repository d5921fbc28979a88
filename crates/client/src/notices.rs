//! Which events call a person away from what they are doing.
//!
//! HIGH and CRITICAL incidents reported by others, and the [`news`] that somebody may want. Many at
//! once become one; after an outage there is exactly one summary, however much was missed. The texts
//! name no candidate: they may be read on a locked screen by anybody who walks past.

mod news;

use std::collections::VecDeque;

use elms_protocol::{
    Event, Fact, IncidentRef, IncidentReported, Severity, SittingId, UserId, VenueId,
};
use serde::{Deserialize, Serialize};

use crate::{clock::Mono, tongue::Tongue};

/// So many notices within [`BURST_MS`] are shown one by one.
const BURST: usize = 3;
/// The length of time in which a burst is counted.
const BURST_MS: i64 = 10_000;
/// How long a fold waits for more of the same.
const FOLD_MS: i64 = 2_000;

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// News, such as the summary after an outage.
    News,
    /// A HIGH incident.
    High,
    /// A CRITICAL incident.
    Critical,
}

/// What a notice is about, as it can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A CRITICAL incident.
    Critical,
    /// A HIGH incident.
    High,
    /// A case that is this person's now.
    Assigned,
    /// A hall that is no longer heard.
    Silent,
    /// A station that asks to be let in.
    Station,
    /// A batch that is short, disputed or was not taken over in time.
    Batch,
    /// A change of the timetable.
    Timetable,
    /// What was missed during an outage.
    Away,
    /// Somebody wants to see what a message looks like.
    Trial,
}

/// Something for the desktop to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub about: About,
    /// How loud.
    pub level: Level,
    /// The first line.
    pub title: String,
    /// The words beneath it.
    pub body: String,
    /// The case it is about; none when it is about several.
    pub incident: Option<IncidentRef>,
}

/// Where something happened, as notices name it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scene {
    /// The sitting.
    pub sitting: Option<SittingId>,
    /// The venue.
    pub venue: Option<VenueId>,
}

/// An incident that deserves a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alarm {
    notice: Notice,
    place: Option<String>,
}

/// What was missed during an outage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Missed {
    events: usize,
    high: usize,
    critical: usize,
}

/// Decides which notices are shown, and when.
#[derive(Debug, Default)]
pub struct Notices {
    tongue: Tongue,
    shown: VecDeque<Mono>,
    folded: Vec<Alarm>,
    fold_due: Option<Mono>,
    missed: Option<Missed>,
}

impl Notices {
    /// Nothing has happened yet; notices will be in this language.
    pub fn speaking(tongue: Tongue) -> Self {
        Self {
            tongue,
            ..Self::default()
        }
    }

    /// From now on notices are in this language.
    pub fn speak(&mut self, tongue: Tongue) {
        self.tongue = tongue;
    }

    /// From now on events are what was missed: they are counted, not shown.
    pub fn begin_catch_up(&mut self) {
        self.missed.get_or_insert_default();
    }

    /// All that was missed is there: the one summary, if anything of others was among it.
    pub fn end_catch_up(&mut self) -> Option<Notice> {
        let missed = self.missed.take()?;
        (0 < missed.events).then(|| summary(missed, self.tongue))
    }

    /// Takes in an event that this station had not seen before; `place` names its [`scene`].
    pub fn take(
        &mut self,
        event: &Event,
        me: Option<UserId>,
        now: Mono,
        place: Option<String>,
    ) -> Option<Notice> {
        if me.is_some() && event.actor.user_id == me {
            return None;
        }
        let report = alarming(event);
        if let Some(missed) = &mut self.missed {
            missed.count(report.as_deref());
            return None;
        }
        let alarm = match report {
            Some(report) => alarm(&report, place, self.tongue),
            None => Alarm {
                notice: news::of(event, me, self.tongue)?,
                place: None,
            },
        };
        self.show_or_fold(alarm, now)
    }

    /// What a message looks like, for somebody who wants to know whether they arrive.
    pub fn trial(&self) -> Notice {
        Notice {
            about: About::Trial,
            level: Level::News,
            title: self.tongue.say("native-trial"),
            body: self.tongue.say("native-trial-words"),
            incident: None,
        }
    }

    fn show_or_fold(&mut self, alarm: Alarm, now: Mono) -> Option<Notice> {
        self.shown.retain(|shown| now.since(*shown) < BURST_MS);
        if self.fold_due.is_none() && self.shown.len() < BURST {
            self.shown.push_back(now);
            return Some(alarm.notice);
        }
        self.folded.push(alarm);
        self.fold_due.get_or_insert(now.plus(FOLD_MS));
        None
    }

    /// When [`Self::fold`] has something to say.
    pub fn due(&self) -> Option<Mono> {
        self.fold_due
    }

    /// The one notice for all that were folded.
    pub fn fold(&mut self, now: Mono) -> Option<Notice> {
        if now < self.fold_due? {
            return None;
        }
        self.fold_due = None;
        self.shown.push_back(now);
        folded(std::mem::take(&mut self.folded), self.tongue)
    }
}

impl Missed {
    fn count(&mut self, report: Option<&IncidentReported>) {
        self.events += 1;
        match report.map(|report| report.severity) {
            Some(Severity::Critical) => self.critical += 1,
            Some(Severity::High) => self.high += 1,
            Some(Severity::Medium | Severity::Low) | None => {}
        }
    }
}

/// Where the incident is that an event reports, if it deserves a notice.
pub fn scene(event: &Event) -> Option<Scene> {
    let report = alarming(event)?;
    Some(Scene {
        sitting: report.exam_entry_id,
        venue: report.venue_id,
    })
}

/// Whether an event must be told at once, without waiting for the next batch.
pub fn is_critical(event: &Event) -> bool {
    alarming(event).is_some_and(|report| report.severity == Severity::Critical)
}

/// The report of a HIGH or CRITICAL incident.
fn alarming(event: &Event) -> Option<Box<IncidentReported>> {
    // Parsing every payload of a replay only to look at one name would cost more than the rest.
    if event.event != "incident:reported" {
        return None;
    }
    let Fact::IncidentReported(report) = event.fact()? else {
        return None;
    };
    matches!(report.severity, Severity::High | Severity::Critical).then_some(report)
}

fn alarm(report: &IncidentReported, place: Option<String>, tongue: Tongue) -> Alarm {
    let (about, level, word) = match report.severity {
        Severity::Critical => (About::Critical, Level::Critical, "severity-critical"),
        Severity::High | Severity::Medium | Severity::Low => {
            (About::High, Level::High, "severity-high")
        }
    };
    let seat = report
        .seat
        .as_deref()
        .map(|seat| tongue.say_with("native-seat", [("seat", seat.into())]));
    let number = report
        .number
        .clone()
        .or_else(|| report.local_number.clone());
    let parts = [place.clone(), seat, number];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let notice = Notice {
        about,
        level,
        title: tongue.say_with(
            "native-alarm",
            [
                ("severity", tongue.say(word).into()),
                ("kind", kind(report, tongue).into()),
            ],
        ),
        body: parts.join(", "),
        incident: Some(report.client_ref),
    };
    Alarm { notice, place }
}

/// What kind it is: the institution's own words in English, the usual ones in other languages.
fn kind(report: &IncidentReported, tongue: Tongue) -> String {
    if tongue == Tongue::En {
        return report.type_label.clone();
    }
    let name = report.incident_type.text().to_lowercase().replace('_', "-");
    tongue.say(&format!("kind-{name}"))
}

fn folded(mut alarms: Vec<Alarm>, tongue: Tongue) -> Option<Notice> {
    if alarms.len() < 2 {
        return alarms.pop().map(|alarm| alarm.notice);
    }
    let n = alarms.len();
    let loudest = alarms.iter().max_by_key(|alarm| alarm.notice.level)?;
    let (about, level) = (loudest.notice.about, loudest.notice.level);
    let is_incident = |alarm: &Alarm| matches!(alarm.notice.about, About::Critical | About::High);
    if !alarms.iter().all(is_incident) {
        return Some(news::several(&alarms, (about, level), tongue));
    }
    let place = alarms.first().and_then(|first| first.place.clone());
    let same = alarms.iter().all(|alarm| alarm.place == place);
    let title = match place.filter(|_| same) {
        Some(place) => tongue.say_with("native-folded", [("n", n.into()), ("place", place.into())]),
        None => tongue.say_with("native-folded-halls", [("n", n.into())]),
    };
    let n_critical = alarms
        .iter()
        .filter(|alarm| alarm.notice.level == Level::Critical)
        .count();
    let loud = [
        ("critical", n_critical.into()),
        ("high", (n - n_critical).into()),
    ];
    let body = tongue.say_with("native-loud", loud);
    Some(Notice {
        about,
        level,
        title,
        body,
        incident: None,
    })
}

fn summary(missed: Missed, tongue: Tongue) -> Notice {
    let Missed {
        events,
        high,
        critical,
    } = missed;
    let level = match (critical, high) {
        (0, 0) => Level::News,
        (0, _) => Level::High,
        _ => Level::Critical,
    };
    let loud = match (critical, high) {
        (0, 0) => "native-missed-none",
        (_, 0) => "native-missed-critical",
        (0, _) => "native-missed-high",
        _ => "native-missed-both",
    };
    let args = [("critical", critical.into()), ("high", high.into())];
    let body = tongue.say_with(loud, args);
    let title = tongue.say_with("native-missed", [("n", events.into())]);
    Notice {
        about: About::Away,
        level,
        title,
        body,
        incident: None,
    }
}

#[cfg(test)]
mod tests;
