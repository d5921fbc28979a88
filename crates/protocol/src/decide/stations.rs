//! What the server notes of stations: their coming and going, and how their keys stand.

use super::{Asked, Decision, LONGEST_LINE, LONGEST_TEXT, escalation::told, words};
use crate::{
    Action, Fact, NoteEnrolment, NoteStation, NotificationNew, Reach, Rejection, RejectionCode,
    Role, StationEnrolled, StationEvent, StationNews, StationStanding, reach,
};

pub(crate) fn note(asked: Asked<'_>, input: &NoteStation) -> Decision {
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

/// Who may say so was judged where it was said; the log hears of it from the server alone, so that
/// it never tells of a station that the sign-in does not know.
pub(crate) fn note_enrolment(asked: Asked<'_>, input: &NoteEnrolment) -> Decision {
    asked.by_the_server()?;
    let enrolled = StationEnrolled {
        fingerprint: words(&input.fingerprint, "fingerprint", LONGEST_LINE)?,
        station: input.station.clone(),
        by: input.by.as_ref().map(|by| by.name.clone()),
        by_id: input.by.as_ref().map(|by| by.id),
    };
    Ok(match input.standing {
        StationStanding::Waiting => {
            let call = call_the_office(asked, &enrolled).map(Fact::NotificationNew);
            let waits = Fact::StationWaiting(enrolled);
            [waits].into_iter().chain(call).collect()
        }
        StationStanding::Paired => vec![Fact::StationPaired(enrolled)],
        StationStanding::Suspended => vec![Fact::StationSuspended(enrolled)],
    })
}

/// Those who may let a station in hear that one waits; nobody where nobody may.
fn call_the_office(asked: Asked<'_>, waits: &StationEnrolled) -> Option<NotificationNew> {
    let may = |role: &Role| reach(Some(*role), Action::EnrolStation) == Reach::Institution;
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(may).collect();
    let users = asked.officers(None, &roles);
    if users.is_empty() {
        return None;
    }
    let key = &waits.fingerprint;
    let name = waits.station.as_deref().unwrap_or(key);
    let by = waits
        .by
        .as_deref()
        .map(|by| format!(" {by} wants to sign in there."));
    Some(NotificationNew {
        title: format!("Station {name} asks to be let in"),
        message: format!(
            "Compare {key} with what the station shows.{}",
            by.unwrap_or_default()
        ),
        priority: "high".to_owned(),
        link: Some("/settings/stations".to_owned()),
        data: serde_json::json!({ "fingerprint": key }),
        ..told(asked, "station", users)?
    })
}
