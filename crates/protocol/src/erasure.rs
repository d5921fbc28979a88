//! What an erasure takes out of a log, and what it leaves: the words go, the leaf and every proof
//! stay. See [`crate::proof::Leaf`].

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    Author, Event, Fact, Incident, IncidentRef, Key, Kind, LogChange, LogNoted, SCHEMA, Times,
};

/// The name that an event has once its words are gone.
pub const ERASED: &str = "event_erased";

/// What is left of `event`: where it stands, when it came, who was told, and what kind it was.
#[must_use]
pub fn blanked(event: &Event) -> Event {
    let mut payload = Map::new();
    payload.insert("event".to_owned(), event.event.as_str().into());
    if event.is_confidential() {
        // Whoever did not see the event does not see its hole either.
        payload.insert("confidential".to_owned(), true.into());
    }
    Event {
        channel: event.channel.clone(),
        event: ERASED.to_owned(),
        payload: Value::Object(payload),
        timestamp: event.timestamp,
        seq: event.seq,
        event_id: event.event_id,
        schema: SCHEMA,
        institution_id: event.institution_id,
        rooms: event.rooms.clone(),
        actor: Author::default(),
        times: Times::at(event.timestamp),
        cause_ref: event.cause_ref,
        extra: Map::new(),
    }
}

impl Event {
    /// Whether its words were erased.
    pub fn is_erased(&self) -> bool {
        self.event == ERASED
    }

    /// What it takes out of the log; nothing for all but an erasure.
    pub fn erases(&self) -> Option<LogNoted> {
        // Asked of every event that comes: only few are read.
        if self.event != "log_noted" {
            return None;
        }
        let Some(Fact::LogNoted(noted)) = self.fact() else {
            return None;
        };
        (noted.change == LogChange::Erasure).then_some(noted)
    }
}

/// Whether `event` tells of this case: what was said in it, and what people were told of it. What
/// became of scripts and batches is no part of it: the chain of custody stays.
pub fn tells_of(event: &Event, case: IncidentRef) -> bool {
    let name = match event.channel.as_str() {
        "incident" => "clientRef",
        "notification" => "incidentRef",
        _ => return false,
    };
    let named = event.payload.get(name).and_then(Value::as_str);
    named.is_some_and(|text| text == case.to_string())
}

/// Whether `event` may be erased by itself: words that no record was made of. What a record was
/// made of goes with its case, or never.
pub fn stands_alone(event: &Event) -> bool {
    match event.fact() {
        Some(Fact::HallLog(line)) => !MOVING.contains(&line.action.as_str()),
        Some(Fact::AnnouncementIssued(_) | Fact::AnnouncementAcknowledged(_)) => true,
        _ => false,
    }
}

/// Lines of the hall log that change where a candidate is.
const MOVING: [&str; 5] = [
    "TEMPORARY_ABSENCE_OUT",
    "TEMPORARY_ABSENCE_IN",
    "CANDIDATE_MOVED",
    "CANDIDATE_LEFT_EARLY",
    "CANDIDATE_WITHDRAWN",
];

/// The record that goes with `event` when it is erased.
pub fn record_of(event: &Event) -> Option<Key> {
    match event.fact() {
        Some(Fact::IncidentReported(told)) => Some(Key::new(Kind::Incident, told.client_ref)),
        Some(Fact::NotificationNew(told)) => Some(Key::new(Kind::Notification, told.id)),
        _ => None,
    }
}

/// What is under a legal hold: cases and sittings that no erasure touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holds {
    held: BTreeSet<Key>,
}

impl Holds {
    /// Takes in what the log says about itself, in its order.
    pub fn take(&mut self, noted: &LogNoted) {
        for key in &noted.records {
            match noted.change {
                LogChange::Hold => {
                    self.held.insert(key.clone());
                }
                LogChange::Release => {
                    self.held.remove(key);
                }
                LogChange::Life | LogChange::Key | LogChange::Erasure => {}
            }
        }
    }

    /// All of it.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.held.iter()
    }

    /// Whether this very record is held.
    pub fn has(&self, key: &Key) -> bool {
        self.held.contains(key)
    }

    /// What keeps a case from being erased: a hold on itself, or on its sitting.
    pub fn keeps(&self, case: &Incident) -> Option<&Key> {
        let sitting = case.sitting_id.map(|id| Key::new(Kind::Sitting, id));
        let own = Key::new(Kind::Incident, case.reference);
        self.held.get(&own).or_else(|| self.held.get(&sitting?))
    }

    /// What keeps one event from being erased: a hold on the sitting that it is about.
    pub fn keeps_event(&self, event: &Event) -> Option<&Key> {
        let about = crate::about(event);
        about.iter().find_map(|key| self.held.get(key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{InstitutionId, Room, Seq, SittingId, Timestamp};

    fn event(name: &str, channel: &str, payload: Value) -> Event {
        let mut event = blanked(
            &serde_json::from_value(json!({
                "channel": channel, "event": name, "payload": payload,
                "timestamp": "2026-12-07T10:00:00.000Z", "seq": 9,
                "eventId": "00000000-0000-0000-0000-000000000001", "schema": 1, "institutionId": 1,
                "rooms": ["institution:1", "exam-entry:4"], "actor": {},
                "occurredAt": "2026-12-07T09:59:00.000Z", "recordedAt": "2026-12-07T09:59:10.000Z",
                "clockOffsetMs": 3, "causeRef": null, "remark": "A. Mensah",
            }))
            .unwrap(),
        );
        event.event = name.to_owned();
        event.payload = payload;
        event
    }

    #[test]
    fn of_an_erased_report_only_its_place_and_kind_are_left() {
        let said = json!({ "clientRef": "r", "description": "A. Mensah had notes",
                           "confidential": true });
        let mut told = event("incident:reported", "incident", said);
        told.actor.name = Some("Mrs Owusu".to_owned());
        told.actor.station_code = Some("GH-A".to_owned());
        let left = blanked(&told);
        let text = serde_json::to_string(&left).unwrap();
        for word in ["Mensah", "Owusu", "GH-A", "clientRef", "09:59"] {
            assert!(!text.contains(word), "{word} is in {text}");
        }
        assert!(left.is_erased() && left.is_confidential() && left.fact().is_none());
        assert_eq!(left.payload["event"], "incident:reported");
        assert_eq!((left.seq, left.institution_id), (Seq(9), InstitutionId(1)));
        assert_eq!(left.rooms, [Room::Institution(1), Room::ExamEntry(4)]);
        assert_eq!(
            left.timestamp,
            "2026-12-07T10:00:00.000Z".parse::<Timestamp>().unwrap()
        );
    }

    #[test]
    fn what_was_said_in_a_case_goes_with_it_and_the_chain_of_custody_stays() {
        let case = IncidentRef(uuid::Uuid::from_u128(5));
        let named = |field: &str| json!({ field: case });
        assert!(tells_of(
            &event("incident:updated", "incident", named("clientRef")),
            case
        ));
        assert!(tells_of(
            &event("notification:new", "notification", named("incidentRef")),
            case
        ));
        assert!(!tells_of(
            &event("custody:disputed", "custody", named("incidentRef")),
            case
        ));
        let other = IncidentRef(uuid::Uuid::from_u128(6));
        assert!(!tells_of(
            &event("incident:updated", "incident", named("clientRef")),
            other
        ));
    }

    #[test]
    fn a_line_that_moves_a_candidate_is_not_erased_by_itself() {
        let line = |action: &str| {
            event(
                "hall_log",
                "exam_logistics",
                json!({
                    "examEntryId": 4, "entryId": uuid::Uuid::nil(), "action": action, "text": "Late bus",
                    "by": "Mrs Owusu", "id": uuid::Uuid::nil(),
                }),
            )
        };
        assert!(line("NOTE").fact().is_some(), "no hall log at all");
        assert!(stands_alone(&line("NOTE")));
        for action in MOVING {
            assert!(!stands_alone(&line(action)), "{action}");
        }
        assert!(!stands_alone(&event(
            "session_started",
            "exam_logistics",
            json!({})
        )));
    }

    #[test]
    fn a_hold_lasts_until_it_is_released_and_covers_the_cases_of_its_sitting() {
        let note = |change, key: &Key| LogNoted {
            records: vec![key.clone()],
            ..LogNoted::of(change, "", "")
        };
        let sitting = Key::new(Kind::Sitting, SittingId(4));
        let mut holds = Holds::default();
        holds.take(&note(LogChange::Hold, &sitting));
        let line = event("hall_log", "exam_logistics", json!({ "examEntryId": 4 }));
        assert_eq!(holds.keeps_event(&line), Some(&sitting));
        assert!(holds.has(&sitting));
        holds.take(&note(LogChange::Erasure, &sitting));
        assert!(holds.has(&sitting));
        holds.take(&note(LogChange::Release, &sitting));
        assert_eq!(holds, Holds::default());
    }
}
