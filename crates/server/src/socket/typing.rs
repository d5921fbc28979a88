//! Somebody writes to a case: said by their client, passed on to whoever sees the case, and never
//! written down.

use std::{future::pending, sync::Arc};

use elms_protocol::{
    Incident, IncidentRef, Record, Room, SCHEMA, View as _,
    names::{channel_for, event_for},
};
use serde::Deserialize as _;
use serde_json::{Value, json};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::Instant,
};

use super::{Session, Wake, member::Member, packets};
use crate::typing::Typed;

/// The channel of cases.
const CHANNEL: &str = "incident";
/// What is told.
const EVENT: &str = "incident:typing";

impl Session {
    /// `typing {incident}`. What this person does not see is as if it were not there, and too often
    /// is as if it were not said: neither is answered.
    pub(super) fn types(&mut self, input: &Value) {
        let Some(member) = self.member.as_deref() else {
            return self.complain("AUTHENTICATION_REQUIRED", "Authenticate first.");
        };
        let case = input
            .get("incident")
            .and_then(|case| IncidentRef::deserialize(case).ok());
        let Some(case) = case else {
            return self.complain("INVALID", "`typing` needs the `incident`.");
        };
        let (Some(user), institution) = (member.actor.user, member.actor.institution) else {
            return;
        };
        if !self.app.typing.may(user, case, Instant::now()) {
            return;
        }
        let records = self.app.store.view(institution);
        let found = records.ok().and_then(|records| records.incident(case));
        let Some(incident) = found else {
            return;
        };
        let (rooms, body) = (rooms_of(&incident, member), self.body_of(&incident, member));
        let case = Record::Incident(incident);
        if member.sight.sees_record(&case) {
            let typed = Typed {
                user,
                case,
                rooms,
                body,
            };
            self.app.typing.tell(institution, typed);
        }
    }

    /// The envelope of every event, without what only the log gives: it has no number.
    fn body_of(&self, incident: &Incident, member: &Member) -> Value {
        let actor = &member.actor;
        json!({
            "channel": CHANNEL,
            "event": EVENT,
            "schema": SCHEMA,
            "institutionId": actor.institution,
            "timestamp": self.app.clock.now(),
            "payload": {
                "clientRef": incident.reference,
                "incidentId": incident.id,
                "userId": actor.user,
                "userName": actor.name,
                "stationCode": actor.station,
            },
        })
    }

    /// From now on somebody who types wakes this session once.
    pub(super) fn hear_typing(&mut self, typing: Receiver<Arc<Typed>>) {
        self.seldom.push(Box::pin(next(typing)));
    }

    /// Tells it, unless it is one's own, of a case that one does not see, or the line is behind: what
    /// is not heard at once is worth nothing.
    pub(super) fn typed(&mut self, typed: &Typed) {
        let Some(member) = self.member.as_deref() else {
            return;
        };
        let is_own = member.actor.user == Some(typed.user);
        let followed = member.whole || typed.rooms.iter().any(|room| member.rooms.contains(room));
        if is_own || !followed || !member.sight.sees_record(&typed.case) || !self.line.is_idle() {
            return;
        }
        let mut body = typed.body.clone();
        let profile = member.profile;
        if let Some(fields) = body.as_object_mut() {
            let names = [
                ("channel", channel_for(profile, CHANNEL)),
                ("event", event_for(profile, EVENT)),
            ];
            fields.extend(names.map(|(field, name)| (field.to_owned(), json!(name))));
        }
        let channel = channel_for(profile, CHANNEL);
        self.line.say(&packets::event(channel, &body));
    }
}

/// The next one who types. What was missed is not asked for again.
async fn next(mut typing: Receiver<Arc<Typed>>) -> Wake {
    loop {
        match typing.recv().await {
            Ok(typed) => return Wake::Typed(typed, typing),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => pending::<()>().await,
        }
    }
}

fn rooms_of(incident: &Incident, member: &Member) -> Vec<Room> {
    let mut rooms = vec![Room::Institution(member.actor.institution.0)];
    rooms.extend(incident.sitting_id.map(|id| Room::ExamEntry(id.0)));
    rooms.extend(incident.batch_id.map(|id| Room::Batch(id.0)));
    rooms.extend(incident.venue_id.map(|id| Room::Venue(id.0)));
    rooms
}
