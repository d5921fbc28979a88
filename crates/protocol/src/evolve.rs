//! What an event does to the records. The server folds with it, and so does every station, so
//! that a record looks the same on all of them.

mod batches;
mod custody;
mod evidence;
mod halls;
mod incidents;
mod notices;
mod scripts;
mod stations;
#[cfg(test)]
mod tests;

use crate::{Event, Fact, Key, Kind, Record, StationStanding, View};

/// The records as `event` leaves them, to be stored in place of the old ones.
///
/// An event of an unknown kind changes nothing. A fact about a record that `view` does not have
/// (a filtered copy) changes nothing either.
pub fn evolve(view: &dyn View, event: &Event) -> Vec<Record> {
    let Some(fact) = event.fact() else {
        return Vec::new();
    };
    match &fact {
        Fact::IncidentReported(p) => incidents::reported(event, p),
        Fact::IncidentUpdated(p) => incidents::updated(view, event, p),
        Fact::IncidentResolved(p) => incidents::resolved(view, event, p),
        Fact::EvidenceAttached(p) => evidence::attached(view, event, p),
        Fact::EvidenceReceived(p) => evidence::received(view, event, p),
        Fact::ScriptCollected(p) => batches::collected(view, event, p),
        Fact::ScriptSubmitted(p) | Fact::ScriptVerified(p) => batches::touched(view, event, p),
        Fact::ScriptMarked(p) => scripts::marked(view, event, p),
        Fact::ScriptGraded(p) => batches::graded(view, event, p),
        Fact::BatchSealed(p) => batches::sealed(view, event, p),
        Fact::BatchAssigned(p) => batches::assigned(view, event, p),
        Fact::BatchCreated(p) => batches::created(view, event, p),
        Fact::BatchStatusChanged(p) => batches::status_changed(view, event, p),
        Fact::BatchStatsUpdated(p) => batches::stats_updated(view, event, p),
        Fact::BatchPrinted(p) => batches::printed(view, event, p),
        Fact::CustodyAccepted(p) => custody::accepted(view, event, p),
        Fact::CustodyOffered(p)
        | Fact::CustodyRefused(p)
        | Fact::CustodyDisputed(p)
        | Fact::CustodyCancelled(p)
        | Fact::CustodyExpired(p) => custody::moved(view, event, p),
        Fact::TimetablePublished(p) => notices::published(view, p),
        Fact::TimetableConfirmed(p) => notices::confirmed(view, p),
        Fact::TimetableUpdated(p) => notices::timetable_updated(view, event, p),
        Fact::NotificationNew(p) => notices::notification(p),
        Fact::NotificationRead(p) => notices::read(view, p),
        Fact::SessionStarted(p) | Fact::SessionEnded(p) | Fact::SessionStatusChanged(p) => {
            halls::phase(view, event, p)
        }
        Fact::TimeExtended(p) => halls::extended(view, event, p),
        Fact::HallLog(p) => halls::logged(view, event, p),
        Fact::InvigilatorCheckedIn(p) => halls::staff_checked_in(view, event, p),
        Fact::InvigilatorCheckedOut(p) => halls::staff_checked_out(view, event, p),
        Fact::InvigilatorReassigned(p) => halls::reassigned(view, event, p),
        Fact::StudentCheckedIn(p) => halls::student_checked_in(view, event, p),
        Fact::CheckinStatsUpdated(p) => halls::counted(view, event, p),
        Fact::StationOnline(p) => stations::online(view, event, p),
        Fact::StationOffline(p) => stations::offline(view, event, p),
        Fact::StationSignedOut(p) => stations::signed_out(view, event, p),
        Fact::StationClockSkew(p) => stations::clock_skew(view, p),
        Fact::StationUserSwitched(p) => stations::noticed(view, p),
        Fact::StationWaiting(p) => stations::stands(event, p, StationStanding::Waiting),
        Fact::StationPaired(p) => stations::stands(event, p, StationStanding::Paired),
        Fact::StationSuspended(p) => stations::stands(event, p, StationStanding::Suspended),
        Fact::EvidenceOpened(_)
        | Fact::TimetableBatchesCreated(_)
        | Fact::AnnouncementIssued(_)
        | Fact::AnnouncementAcknowledged(_)
        | Fact::DayReconciled(_)
        | Fact::RecordsImported(_)
        | Fact::ReportExported(_)
        | Fact::LogNoted(_) => Vec::new(),
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
        ("fingerprint", Kind::Enrolment),
    ];
    let keys = named.into_iter();
    keys.filter_map(|(name, kind)| Some(Key::new(kind, field(name)?)))
        .collect()
}

fn as_text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Array(_)
        | serde_json::Value::Object(_) => None,
    }
}
