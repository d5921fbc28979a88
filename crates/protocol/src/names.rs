//! Every channel and event name, in the three spellings that are found in the field.
//!
//! *Seed* is the guide's spelling and ours; *backend* and *frontend* are what the original's two
//! halves use. One table: decoding any of them and writing a partner's own both come from it.

/// Which spelling a partner expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// The guide's spelling.
    #[default]
    Seed,
    /// The original server's.
    Backend,
    /// The original web client's.
    Frontend,
}

impl Profile {
    /// The profile of a hand-shake text; unknown texts mean the guide's spelling.
    pub fn from_text(text: &str) -> Self {
        match text {
            "backend" => Self::Backend,
            "frontend" => Self::Frontend,
            _ => Self::Seed,
        }
    }
}

/// A channel and its spellings.
#[derive(Debug)]
pub struct ChannelName {
    /// The guide's spelling.
    pub seed: &'static str,
    /// The original server's.
    pub backend: &'static str,
    /// The original web client's.
    pub frontend: &'static str,
}

/// An event, the channel it belongs to, and its spellings.
#[derive(Debug)]
pub struct EventName {
    /// The guide's channel.
    pub channel: &'static str,
    /// The guide's spelling.
    pub seed: &'static str,
    /// The original server's.
    pub backend: &'static str,
    /// The original web client's.
    pub frontend: &'static str,
}

const fn channel(seed: &'static str, backend: &'static str, frontend: &'static str) -> ChannelName {
    ChannelName {
        seed,
        backend,
        frontend,
    }
}

const fn event(
    channel: &'static str,
    seed: &'static str,
    backend: &'static str,
    frontend: &'static str,
) -> EventName {
    EventName {
        channel,
        seed,
        backend,
        frontend,
    }
}

/// An event that has only one spelling.
const fn same(channel: &'static str, name: &'static str) -> EventName {
    event(channel, name, name, name)
}

/// The five channels of the guide, then the additional ones.
pub const CHANNELS: &[ChannelName] = &[
    channel(
        "script_submission",
        "script:submission",
        "script_submission",
    ),
    channel("batch_update", "batch:update", "batch_update"),
    channel("exam_timetable", "exam:timetable", "exam_timetable"),
    channel("incident", "incident", "incident"),
    channel("notification", "notification", "notification"),
    channel("exam_logistics", "exam-logistics", "exam_logistics"),
    channel("exam_checkin", "exam:checkin", "exam_checkin"),
    channel("custody", "custody", "custody"),
    channel("station", "station", "station"),
];

/// Every event that this version knows.
#[rustfmt::skip]
pub const EVENTS: &[EventName] = &[
    event("script_submission", "script:submitted", "script:submitted", "script_submitted"),
    event("script_submission", "script:verified", "script:verified", "script_verified"),
    event("script_submission", "script:collected", "script:collected", "script_collected"),
    event("script_submission", "script:graded", "script:graded", "script_graded"),
    same("script_submission", "script:marked"),
    event("script_submission", "batch:sealed", "batch:sealed", "batch_sealed"),
    event("script_submission", "batch:assigned", "batch:assigned", "batch_assigned"),
    event("batch_update", "batch:created", "batch:created", "batch_created"),
    event("batch_update", "batch:status_changed", "batch:status:changed", "batch_status_changed"),
    event("batch_update", "batch:stats_updated", "batch:stats:updated", "batch_stats_updated"),
    same("batch_update", "batch:printed"),
    event("exam_timetable", "timetable:published", "timetable:published", "timetable_published"),
    event("exam_timetable", "timetable:updated", "timetable:updated", "timetable_updated"),
    event("exam_timetable", "timetable:batches:created", "timetable:batches:created", "batches_created"),
    same("exam_timetable", "timetable:confirmed"),
    event("incident", "incident:reported", "incident:reported", "incident_reported"),
    event("incident", "incident:updated", "incident:updated", "incident_updated"),
    event("incident", "incident:resolved", "incident:resolved", "incident_resolved"),
    same("incident", "evidence:attached"),
    same("incident", "evidence:received"),
    same("incident", "evidence:opened"),
    event("notification", "notification:new", "notification:new", "new_notification"),
    event("notification", "notification:read", "notification:read", "notification_read"),
    same("notification", "announcement:issued"),
    same("notification", "announcement:acknowledged"),
    same("exam_logistics", "session_started"),
    same("exam_logistics", "session_ended"),
    same("exam_logistics", "session_status_changed"),
    same("exam_logistics", "time_extended"),
    same("exam_logistics", "hall_log"),
    same("exam_logistics", "invigilator_checked_in"),
    same("exam_logistics", "invigilator_checked_out"),
    same("exam_logistics", "invigilator_reassigned"),
    same("exam_logistics", "day_reconciled"),
    same("exam_logistics", "records_imported"),
    same("exam_logistics", "report_exported"),
    same("exam_logistics", "log_noted"),
    same("exam_checkin", "student:checked-in"),
    same("exam_checkin", "checkin:stats:updated"),
    same("custody", "custody:offered"),
    same("custody", "custody:accepted"),
    same("custody", "custody:refused"),
    same("custody", "custody:disputed"),
    same("custody", "custody:cancelled"),
    same("custody", "custody:expired"),
    same("station", "station:online"),
    same("station", "station:offline"),
    same("station", "station:clock_skew"),
    same("station", "station:user_switched"),
    same("station", "station:signed_out"),
    same("station", "station:waiting"),
    same("station", "station:paired"),
    same("station", "station:suspended"),
];

/// The guide's spelling of a channel; an unknown one stays as it is.
pub fn canonical_channel(text: &str) -> &str {
    let known = CHANNELS
        .iter()
        .find(|name| [name.seed, name.backend, name.frontend].contains(&text));
    known.map_or(text, |name| name.seed)
}

/// The guide's spelling of an event; an unknown one stays as it is.
pub fn canonical_event(text: &str) -> &str {
    event_name(text).map_or(text, |name| name.seed)
}

/// The row of an event, by any of its spellings.
pub fn event_name(text: &str) -> Option<&'static EventName> {
    EVENTS
        .iter()
        .find(|name| [name.seed, name.backend, name.frontend].contains(&text))
}

/// A channel as `profile` spells it.
pub fn channel_for(profile: Profile, seed: &str) -> &str {
    let known = CHANNELS.iter().find(|name| name.seed == seed);
    known.map_or(seed, |name| match profile {
        Profile::Seed => name.seed,
        Profile::Backend => name.backend,
        Profile::Frontend => name.frontend,
    })
}

/// An event as `profile` spells it.
pub fn event_for(profile: Profile, seed: &str) -> &str {
    let known = EVENTS.iter().find(|name| name.seed == seed);
    known.map_or(seed, |name| match profile {
        Profile::Seed => name.seed,
        Profile::Backend => name.backend,
        Profile::Frontend => name.frontend,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_every_event_leads_back_to_the_guide() {
        for name in EVENTS {
            for profile in [Profile::Seed, Profile::Backend, Profile::Frontend] {
                assert_eq!(canonical_event(event_for(profile, name.seed)), name.seed);
            }
        }
    }

    #[test]
    fn every_spelling_of_every_channel_leads_back_to_the_guide() {
        for name in CHANNELS {
            for profile in [Profile::Seed, Profile::Backend, Profile::Frontend] {
                assert_eq!(
                    canonical_channel(channel_for(profile, name.seed)),
                    name.seed
                );
            }
        }
    }

    #[test]
    fn an_unknown_name_is_left_alone() {
        assert_eq!(canonical_event("hall:flooded"), "hall:flooded");
        assert_eq!(channel_for(Profile::Backend, "weather"), "weather");
    }
}
