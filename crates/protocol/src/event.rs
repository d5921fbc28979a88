//! One entry of an institution's log, exactly as it travels and as it is stored.
//!
//! The payload stays JSON here, so that an event of a kind that this version does not know
//! survives decoding and encoding without loss. [`Event::fact`] gives its meaning, if known.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{CommandId, Fact, InstitutionId, Profile, Room, Seq, Times, Timestamp, UserId, names};

/// Who caused an event. All empty when the system did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Author {
    /// The person.
    pub user_id: Option<UserId>,
    /// Their name as shown.
    pub name: Option<String>,
    /// The station it was written on.
    pub station_code: Option<String>,
}

/// The version of the payloads that this code writes.
pub const SCHEMA: u16 = 1;

/// One entry of the log: the guide's envelope `{channel, event, payload, timestamp}` and more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Channel in the guide's spelling.
    pub channel: String,
    /// Event in the guide's spelling.
    pub event: String,
    /// What the event says; see [`Fact`].
    #[cfg_attr(feature = "ts", ts(type = "{ [key: string]: unknown }"))]
    pub payload: Value,
    /// When the server received it.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub timestamp: Timestamp,
    /// Position in the institution's log.
    pub seq: Seq,
    /// Its own id.
    pub event_id: Uuid,
    /// Version of the payload.
    pub schema: u16,
    /// The log it belongs to.
    pub institution_id: InstitutionId,
    /// Who hears it.
    #[cfg_attr(feature = "ts", ts(type = "string[]"))]
    pub rooms: Vec<Room>,
    /// Who caused it.
    pub actor: Author,
    /// Happened, recorded, and the clock offset of the station.
    #[serde(flatten)]
    pub times: Times,
    /// The command that caused it.
    pub cause_ref: Option<CommandId>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "ts", ts(skip))]
    pub extra: Map<String, Value>,
}

impl Event {
    /// What happened, unless it is of a kind that this version does not know.
    pub fn fact(&self) -> Option<Fact> {
        let tagged = serde_json::json!({ "event": self.event, "payload": self.payload });
        serde_json::from_value(tagged).ok()
    }

    /// When it happened, by the server's clock.
    pub fn happened_at(&self) -> Timestamp {
        self.times.occurred_corrected()
    }

    /// The event as the spelling `profile` wants it.
    #[must_use]
    pub fn spelled(&self, profile: Profile) -> Self {
        let mut spelled = self.clone();
        names::channel_for(profile, &self.channel).clone_into(&mut spelled.channel);
        names::event_for(profile, &self.event).clone_into(&mut spelled.event);
        spelled
    }

    /// Whether only officers and the author may see it.
    pub fn is_confidential(&self) -> bool {
        self.payload.get("confidential") == Some(&Value::Bool(true))
    }
}

impl Fact {
    /// The event name, payload and channel of this fact on the wire.
    ///
    /// # Errors
    ///
    /// Only when a payload cannot be JSON, which none of ours can fail to be.
    pub fn to_wire(&self) -> Result<(&'static str, &'static str, Value), serde_json::Error> {
        let mut tagged = serde_json::to_value(self)?;
        let payload = tagged
            .get_mut("payload")
            .map(Value::take)
            .unwrap_or_default();
        let name = tagged
            .get("event")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let row = names::event_name(name);
        Ok(row.map_or(("", "", payload.clone()), |row| {
            (row.channel, row.seed, payload)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_tomorrow_survives_unharmed() {
        let text = r#"{"channel":"weather","event":"roof:leaks","payload":{"litres":3.5,"deep":[1,{"a":null}]},
            "timestamp":"2026-12-07T10:00:00.000Z","seq":9,"eventId":"00000000-0000-0000-0000-000000000001",
            "schema":7,"institutionId":1,"rooms":["institution:1"],"actor":{"userId":null,"name":null,"stationCode":null},
            "occurredAt":"2026-12-07T10:00:00.000Z","recordedAt":"2026-12-07T10:00:00.000Z","clockOffsetMs":0,
            "causeRef":null,"moonPhase":"full"}"#;
        let event: Event = serde_json::from_str(text).unwrap();
        assert_eq!(event.fact(), None);
        let before: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&event).unwrap(), before);
    }

    #[test]
    fn every_known_event_has_a_fact_behind_its_name() {
        // `null` payloads fail by what is missing, unknown names by the name: tell them apart.
        for row in names::EVENTS {
            let tagged = serde_json::json!({ "event": row.seed, "payload": {} });
            let error = serde_json::from_value::<Fact>(tagged)
                .unwrap_err()
                .to_string();
            assert!(!error.contains("unknown variant"), "{}: {error}", row.seed);
        }
    }
}
