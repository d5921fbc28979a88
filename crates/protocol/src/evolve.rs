//! What an event does to the records. The server folds with it, and so does every station, so
//! that a record looks the same on all of them.

mod batches;
mod halls;
mod incidents;

use crate::{Event, Fact, Key, Kind, Record, View};

/// The records as `event` leaves them, to be stored in place of the old ones.
///
/// An event of an unknown kind changes nothing. A fact about a record that `view` does not have
/// (a filtered copy) changes nothing either.
pub fn evolve(view: &dyn View, event: &Event) -> Vec<Record> {
    let Some(fact) = event.fact() else {
        return Vec::new();
    };
    match &fact {
        Fact::IncidentReported(_) | Fact::IncidentUpdated(_) | Fact::IncidentResolved(_) => {
            incidents::evolve(view, event, &fact)
        }
        Fact::ScriptSubmitted(_)
        | Fact::ScriptVerified(_)
        | Fact::ScriptCollected(_)
        | Fact::ScriptGraded(_)
        | Fact::BatchSealed(_)
        | Fact::BatchAssigned(_)
        | Fact::BatchCreated(_)
        | Fact::BatchStatusChanged(_)
        | Fact::BatchStatsUpdated(_)
        | Fact::CustodyOffered(_)
        | Fact::CustodyAccepted(_)
        | Fact::CustodyRefused(_)
        | Fact::CustodyDisputed(_)
        | Fact::CustodyCancelled(_) => batches::evolve(view, event, &fact),
        Fact::TimetablePublished(_)
        | Fact::TimetableUpdated(_)
        | Fact::TimetableBatchesCreated(_)
        | Fact::NotificationNew(_)
        | Fact::NotificationRead(_)
        | Fact::AnnouncementIssued(_)
        | Fact::AnnouncementAcknowledged(_)
        | Fact::SessionStarted(_)
        | Fact::SessionEnded(_)
        | Fact::SessionStatusChanged(_)
        | Fact::TimeExtended(_)
        | Fact::HallLog(_)
        | Fact::InvigilatorCheckedIn(_)
        | Fact::InvigilatorReassigned(_)
        | Fact::DayReconciled(_)
        | Fact::ReportExported(_)
        | Fact::StudentCheckedIn(_)
        | Fact::CheckinStatsUpdated(_)
        | Fact::StationOnline(_)
        | Fact::StationOffline(_)
        | Fact::StationClockSkew(_)
        | Fact::StationUserSwitched(_)
        | Fact::StationSignedOut(_) => halls::evolve(view, event, &fact),
    }
}

/// What an event is about: the records whose history it belongs to.
pub fn about(event: &Event) -> Vec<Key> {
    let field = |name: &str| event.payload.get(name).and_then(as_text);
    let named = [
        ("clientRef", Kind::Incident),
        ("incidentRef", Kind::Incident),
        ("batchId", Kind::Batch),
        ("examEntryId", Kind::Sitting),
        ("timetableId", Kind::Timetable),
        ("transferRef", Kind::Transfer),
        ("station", Kind::Station),
    ];
    let keys = named.into_iter();
    keys.filter_map(|(name, kind)| Some(Key::new(kind, field(name)?))).collect()
}

fn as_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
