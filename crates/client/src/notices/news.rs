//! What is no incident and may call a person all the same.

use elms_protocol::{CustodyMoved, Event, Fact, UserId};

use super::{About, Alarm, Level, Notice};
use crate::tongue::Tongue;

/// The titles that a fold of several names.
const NAMED: usize = 3;

/// What of an event calls `me`, if anything does.
pub(super) fn of(event: &Event, me: Option<UserId>, tongue: Tongue) -> Option<Notice> {
    // Most events call nobody: their payloads are not parsed.
    match event.event.as_str() {
        "incident:updated" => assigned(event.fact()?, me?, tongue),
        "station:offline" => silent(event.fact()?, tongue),
        "station:waiting" => asks(event.fact()?, tongue),
        "batch:sealed" => differs(event.fact()?, tongue),
        "custody:disputed" => disputed(event.fact()?, tongue),
        "custody:expired" => late(event.fact()?, tongue),
        "timetable:published" => published(event.fact()?, tongue),
        "timetable:updated" => changed(event.fact()?, tongue),
        _ => None,
    }
}

/// Many messages as one: how many, and what the first are about.
pub(super) fn several(alarms: &[Alarm], (about, level): (About, Level), tongue: Tongue) -> Notice {
    let titles = alarms.iter().map(|alarm| alarm.notice.title.as_str());
    Notice {
        about,
        level,
        title: tongue.say_with("native-folded-news", [("n", alarms.len().into())]),
        body: titles.take(NAMED).collect::<Vec<_>>().join("; "),
        incident: None,
    }
}

fn notice(about: About, title: String, body: String) -> Notice {
    Notice {
        about,
        level: Level::News,
        title,
        body,
        incident: None,
    }
}

fn assigned(fact: Fact, me: UserId, tongue: Tongue) -> Option<Notice> {
    let Fact::IncidentUpdated(news) = fact else {
        return None;
    };
    (news.updates.assignee_id == Some(me)).then(|| {
        let by = [("name", news.updated_by_name.as_str().into())];
        let body = tongue.say_with("native-assigned-by", by);
        Notice {
            incident: Some(news.client_ref),
            ..notice(About::Assigned, tongue.say("native-assigned"), body)
        }
    })
}

fn silent(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::StationOffline(news) = fact else {
        return None;
    };
    let title = tongue.say_with("native-silent", [("station", news.station.as_str().into())]);
    Some(Notice {
        level: Level::High,
        ..notice(About::Silent, title, tongue.say("native-silent-words"))
    })
}

/// Only who may let it in hears of it at all.
fn asks(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::StationWaiting(news) = fact else {
        return None;
    };
    let name = news.station.unwrap_or(news.fingerprint);
    let title = tongue.say_with("native-asks", [("station", name.into())]);
    let body = tongue.say("native-asks-words");
    Some(notice(About::Station, title, body))
}

fn differs(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::BatchSealed(news) = fact else {
        return None;
    };
    (news.discrepancy != 0).then(|| {
        let code = [("code", news.batch_qr_code.as_str().into())];
        let counted = [
            ("n", news.declared_count.into()),
            ("present", news.present.into()),
        ];
        notice(
            About::Batch,
            tongue.say_with("native-batch-differs", code),
            tongue.say_with("native-batch-counted", counted),
        )
    })
}

fn disputed(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::CustodyDisputed(news) = fact else {
        return None;
    };
    Some(custody(&news, "native-batch-disputed", tongue))
}

fn late(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::CustodyExpired(news) = fact else {
        return None;
    };
    Some(custody(&news, "native-batch-late", tongue))
}

fn custody(news: &CustodyMoved, title: &str, tongue: Tongue) -> Notice {
    let code = [("code", news.batch_qr_code.as_str().into())];
    let way = [
        ("from", news.from_name.as_str().into()),
        ("to", news.to_name.as_str().into()),
    ];
    let body = tongue.say_with("native-batch-way", way);
    notice(About::Batch, tongue.say_with(title, code), body)
}

fn published(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::TimetablePublished(news) = fact else {
        return None;
    };
    let title = tongue.say_with("native-timetable-published", [("n", news.revision.into())]);
    Some(notice(About::Timetable, title, news.title))
}

fn changed(fact: Fact, tongue: Tongue) -> Option<Notice> {
    let Fact::TimetableUpdated(news) = fact else {
        return None;
    };
    // What was written about it may name anybody: it is not for a locked screen.
    let body = tongue.say_with("native-timetable-version", [("n", news.revision.into())]);
    let title = tongue.say("native-timetable-changed");
    Some(notice(About::Timetable, title, body))
}

#[cfg(test)]
mod tests;
