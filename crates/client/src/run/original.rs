//! Events of servers of the original kind, made into events that the rules understand.
//!
//! Such a server numbers nothing, names nothing, and leaves out of a payload what its own clients
//! do not show. This station gives an event a number and a name, and fills in what is missing with
//! what is known of it. What is still not understood stays as it came, and is shown as such.

use elms_protocol::{
    Author, Event, IncidentType, InstitutionId, Seq, Severity, Times, Timestamp, names, words,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Names the events of servers that give them none.
const ORIGINAL: Uuid = Uuid::from_u128(0x3f8e_0c52_7a1d_4b63_9c41_5d2e_8a77_01b4);

/// What such a server cannot do, in two sentences.
pub(super) const LIMITS: &str = "This server shows what happens as it happens, but cannot resend \
    what was missed and takes no entries of this console; they are kept here.";
/// What a cut of the line costs there.
pub(super) const MISSED: &str = "Something may be missing here: this server does not resend what \
    happened while this station had no line. Look at the server's own pages.";
/// Why a button is off that would change a record there.
pub(crate) const NO_ENTRIES: &str = "This server takes no entries of this console. Use the \
    server's own pages.";

/// What came as an event, as the one after `last`; none when it is no event.
pub(super) fn numbered(
    body: &Value,
    (last, institution, heard_at): (Seq, InstitutionId, Timestamp),
) -> Option<Event> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let timestamp = text("timestamp").and_then(|at| at.parse().ok());
    let timestamp = timestamp.unwrap_or(heard_at);
    let payload = body.get("payload").cloned().unwrap_or_default();
    let event = Event {
        channel: names::canonical_channel(text("channel")?).to_owned(),
        event: names::canonical_event(text("event")?).to_owned(),
        payload,
        timestamp,
        seq: last.next(),
        event_id: Uuid::new_v5(&ORIGINAL, body.to_string().as_bytes()),
        schema: 0,
        institution_id: institution,
        rooms: Vec::new(),
        actor: Author::default(),
        times: Times::at(timestamp),
        cause_ref: None,
        extra: Map::new(),
    };
    Some(completed(event))
}

/// The event with what its payload lacks, if that makes it understood.
fn completed(event: Event) -> Event {
    if event.fact().is_some() {
        return event;
    }
    let Some(defaults) = defaults(&event) else {
        return event;
    };
    let full = Event {
        payload: over(defaults, &event.payload),
        ..event.clone()
    };
    if full.fact().is_some() { full } else { event }
}

/// What the server said, laid over what it did not say; what has another spelling here keeps ours.
fn over(mut defaults: Value, said: &Value) -> Value {
    let (Some(fields), Some(said)) = (defaults.as_object_mut(), said.as_object()) else {
        return defaults;
    };
    let ours = [
        "type",
        "severity",
        "status",
        "oldStatus",
        "newStatus",
        "updates",
    ];
    let said = said
        .iter()
        .filter(|(name, value)| !value.is_null() && !ours.contains(&name.as_str()));
    for (name, value) in said {
        fields.insert(name.clone(), value.clone());
    }
    defaults
}

/// What is known of the payload of an event without the server's saying it.
fn defaults(event: &Event) -> Option<Value> {
    let said = Payload {
        fields: &event.payload,
        at: event.timestamp,
    };
    match event.event.as_str() {
        "incident:reported" => Some(said.report(event.institution_id)),
        "incident:updated" => Some(said.update()),
        "incident:resolved" => Some(said.resolution()),
        "notification:new" => Some(said.notification()),
        "notification:read" => Some(said.read()),
        "script:submitted" | "script:verified" | "script:collected" => {
            Some(said.script(event.institution_id))
        }
        "script:graded" => Some(said.grade()),
        "batch:sealed" => Some(said.seal()),
        "batch:assigned" => Some(said.assignment()),
        "batch:created" => Some(said.batch()),
        "batch:status_changed" => Some(said.status()),
        "timetable:published" => Some(said.publication()),
        _ => None,
    }
}

/// A payload of which only some is there.
#[derive(Clone, Copy)]
struct Payload<'a> {
    fields: &'a Value,
    at: Timestamp,
}

impl Payload<'_> {
    fn text(self, names: &[&str]) -> String {
        let found = names.iter().find_map(|name| self.fields.get(name));
        match found {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    fn number(self, names: &[&str]) -> i64 {
        let mut found = names.iter().filter_map(|name| self.fields.get(name));
        found.find_map(Value::as_i64).unwrap_or(0)
    }

    /// The name that this station gives an incident: the same for each of its events.
    fn incident(self) -> Value {
        let id = self.text(&["incidentId", "id"]);
        let named = self.fields.get("clientRef").cloned();
        named.unwrap_or_else(|| json!(Uuid::new_v5(&ORIGINAL, format!("incident/{id}").as_bytes())))
    }

    /// A value of a closed list, or `usual`.
    fn known(self, name: &str, usual: &str) -> String {
        let text = self.text(&[name]).trim().to_uppercase();
        let text = text.replace([' ', '-'], "_");
        if text.is_empty() {
            usual.to_owned()
        } else {
            text
        }
    }

    fn code(self) -> String {
        let said = self.text(&["batchQRCode", "batchCode"]);
        if said.is_empty() {
            format!("Batch {}", self.number(&["batchId", "batchScriptId"]))
        } else {
            said
        }
    }

    fn report(self, institution: InstitutionId) -> Value {
        let kind = IncidentType::from_spelling(&self.text(&["type"]));
        let severity = Severity::from_text(&self.text(&["severity"]));
        let title = self.text(&["title", "description"]);
        let label = words(kind.text());
        json!({
            "clientRef": self.incident(), "type": kind, "typeLabel": label,
            "severity": severity.unwrap_or(Severity::Medium),
            "status": self.known("status", "REPORTED"),
            "title": if title.is_empty() { label } else { title },
            "description": "",
            "reportedBy": self.text(&["reportedByName"]),
            "reportedByName": self.text(&["reportedBy"]),
            "reportedAt": self.at, "ackDueAt": self.at,
            "candidates": [], "confidential": false, "institutionId": institution,
        })
    }

    fn update(self) -> Value {
        json!({
            "clientRef": self.incident(), "status": self.known("status", "UNDER_INVESTIGATION"),
            "updatedByName": self.text(&["updatedBy"]), "updates": {}, "confidential": false,
        })
    }

    fn resolution(self) -> Value {
        json!({
            "clientRef": self.incident(), "status": "RESOLVED", "outcome": "NO_ACTION",
            "resolution": "", "resolvedByName": self.text(&["resolvedBy"]),
            "resolvedAt": self.at, "confidential": false,
        })
    }

    fn notification(self) -> Value {
        let id = self.number(&["notificationId", "id"]);
        let users = self.fields.get("userId").filter(|user| user.is_number());
        json!({
            "id": id, "notificationId": id, "type": self.known("type", "INFO"),
            "title": self.text(&["title"]), "message": "",
            "userIds": users.into_iter().collect::<Vec<_>>(),
            "createdAt": self.at, "isRead": false, "priority": "MEDIUM", "data": {},
        })
    }

    fn read(self) -> Value {
        let id = self.number(&["notificationId", "id"]);
        json!({ "id": id, "notificationId": id, "readAt": self.at })
    }

    fn script(self, institution: InstitutionId) -> Value {
        let batch = self.number(&["batchId", "batchScriptId"]);
        let student = self.number(&["studentId"]);
        let shown = self.text(&["indexNumber", "studentName", "studentId"]);
        json!({
            "submissionId": self.number(&["submissionId", "scriptId"]),
            "scriptId": self.number(&["scriptId", "submissionId"]),
            "batchScriptId": batch, "batchId": batch, "batchQRCode": self.code(),
            "studentId": student, "indexNumber": shown, "studentName": shown,
            "scriptNumber": "", "courseCode": self.code(), "courseName": "",
            "institutionId": institution, "withheld": false,
        })
    }

    fn grade(self) -> Value {
        let batch = self.number(&["batchId", "batchScriptId"]);
        let grade = self.text(&["grade", "marks", "score"]);
        json!({
            "submissionId": self.number(&["submissionId", "scriptId"]),
            "scriptId": self.number(&["scriptId", "submissionId"]),
            "batchScriptId": batch, "batchId": batch, "studentId": 0,
            "grade": grade, "marks": grade, "score": grade,
            "gradedBy": self.text(&["gradedByName"]),
            "gradedById": self.number(&["gradedById"]), "gradedAt": self.at,
        })
    }

    fn seal(self) -> Value {
        let scripts = self.number(&["submittedScripts", "totalScripts"]);
        json!({
            "batchQRCode": self.code(), "totalScripts": scripts, "submittedScripts": scripts,
            "verifiedScripts": 0, "sealedBy": self.text(&["sealedByName"]),
            "sealedById": self.number(&["sealedById"]), "sealedByName": self.text(&["sealedBy"]),
            "sealedAt": self.at, "sealNumber": "not said", "declaredCount": scripts,
            "present": scripts, "discrepancy": 0,
            "oldStatus": "IN_COLLECTION", "newStatus": "SEALED",
        })
    }

    fn assignment(self) -> Value {
        let lecturer = self.text(&["lecturerName", "assignedTo"]);
        json!({
            "batchQRCode": self.code(), "lecturerName": lecturer, "assignedTo": lecturer,
            "assignedLecturerId": self.number(&["assignedLecturerId", "lecturerId"]),
            "assignedBy": "", "assignedById": self.number(&["assignedById"]), "count": 0,
            "oldStatus": "SEALED", "newStatus": "SEALED",
        })
    }

    fn batch(self) -> Value {
        json!({
            "batchQRCode": self.code(), "courseCode": "", "courseName": "", "totalScripts": 0,
            "totalRegistered": self.number(&["totalScripts"]),
            "examEntryId": 0, "createdBy": "",
        })
    }

    fn status(self) -> Value {
        json!({
            "batchQRCode": self.code(), "changedBy": "",
            "oldStatus": self.known("oldStatus", "PENDING"),
            "newStatus": self.known("newStatus", &self.known("status", "")),
        })
    }

    fn publication(self) -> Value {
        let entries = self.number(&["totalEntries", "totalExams"]);
        json!({
            "timetableId": self.number(&["id"]), "title": self.text(&["name"]),
            "publishedBy": self.text(&["publishedByName"]),
            "publishedByName": self.text(&["publishedBy"]), "publishedAt": self.at,
            "totalExams": entries, "totalEntries": entries, "batchesCreated": 0, "revision": 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use elms_protocol::{Fact, describe};

    use super::*;

    const HEARD: Timestamp = Timestamp(1_765_101_600_000);

    fn heard(channel: &str, event: &str, payload: &Value) -> Event {
        let body = json!({ "channel": channel, "event": event, "payload": payload });
        numbered(&body, (Seq(4), InstitutionId(1), HEARD)).unwrap()
    }

    #[test]
    fn the_guides_own_example_of_a_report_becomes_a_case() {
        let payload = json!({
            "incidentId": 7, "type": "Missing Script", "severity": "high",
            "description": "Student claims script was submitted but not found",
        });
        let event = heard("incident", "incident_reported", &payload);
        assert_eq!(
            (event.seq, event.institution_id),
            (Seq(5), InstitutionId(1))
        );
        let Some(Fact::IncidentReported(report)) = event.fact() else {
            panic!("not understood: {event:?}");
        };
        assert_eq!(report.incident_type, IncidentType::MissingScript);
        assert_eq!(report.severity, Severity::High);
        assert_eq!(report.reported_at, HEARD);
        let resolved = heard("incident", "incident:resolved", &json!({ "incidentId": 7 }));
        let Some(Fact::IncidentResolved(resolved)) = resolved.fact() else {
            panic!("not understood");
        };
        assert_eq!(resolved.client_ref, report.client_ref);
    }

    #[test]
    fn every_event_of_the_guide_is_a_sentence_in_every_spelling_though_little_is_said() {
        for row in names::EVENTS {
            let payload = json!({
                "batchId": 10, "incidentId": 7, "notificationId": 2, "userId": 3, "newStatus": "SEALED",
            });
            for name in [row.seed, row.backend, row.frontend] {
                let event = heard(row.channel, name, &payload);
                let known = defaults(&event).is_some();
                assert_eq!(!describe(&event).starts_with("Unknown"), known, "{name}");
            }
        }
    }

    #[test]
    fn what_is_not_understood_stays_as_it_came() {
        let payload = json!({ "batchId": "ten" });
        let event = heard("batch:update", "batch:sealed", &payload);
        assert_eq!((event.fact(), &event.payload), (None, &payload));
        assert_eq!(
            numbered(
                &json!({ "channel": "incident" }),
                (Seq(0), InstitutionId(1), HEARD)
            ),
            None
        );
    }
}
