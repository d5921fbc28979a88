//! Events on their way to the disk: what arrives within 25 ms, or 256 of them, is one commit.

use elms_protocol::{Event, Seq};

use crate::clock::Mono;

/// How long an event may wait for company.
const WAIT_MS: i64 = 25;
/// How many make a full load.
const LOAD: usize = 256;

/// Events that are not written yet.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    events: Vec<Event>,
    due: Option<Mono>,
}

impl Gathered {
    /// Adds an event; whether the load is full.
    pub(crate) fn push(&mut self, event: Event, now: Mono) -> bool {
        self.events.push(event);
        self.due.get_or_insert(now.plus(WAIT_MS));
        LOAD <= self.events.len()
    }

    /// When they must be written.
    pub(crate) fn due(&self) -> Option<Mono> {
        self.due
    }

    /// The highest number among them.
    pub(crate) fn last(&self) -> Seq {
        self.events.last().map_or(Seq::ZERO, |event| event.seq)
    }

    /// Takes all of them.
    pub(crate) fn take(&mut self) -> Vec<Event> {
        self.due = None;
        std::mem::take(&mut self.events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64) -> Event {
        serde_json::from_value(serde_json::json!({
            "channel": "c", "event": "e", "payload": {}, "timestamp": "2026-12-07T10:00:00.000Z",
            "seq": seq, "eventId": "00000000-0000-0000-0000-000000000001", "schema": 1,
            "institutionId": 1, "rooms": [], "actor": {},
            "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
            "clockOffsetMs": 0, "causeRef": null,
        }))
        .unwrap()
    }

    #[test]
    fn an_event_waits_at_most_25_ms_for_company() {
        let mut gathered = Gathered::default();
        assert_eq!(gathered.due(), None);
        gathered.push(event(1), Mono(100));
        gathered.push(event(2), Mono(120));
        assert_eq!(gathered.due(), Some(Mono(125)));
        assert_eq!(gathered.take().len(), 2);
        assert_eq!(gathered.due(), None);
    }

    #[test]
    fn two_hundred_and_fifty_six_are_a_load() {
        let mut gathered = Gathered::default();
        for seq in 1..256 {
            assert!(!gathered.push(event(seq), Mono(0)));
        }
        assert!(gathered.push(event(256), Mono(0)));
    }
}
