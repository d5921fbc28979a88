//! The columns of each file, and the rows that records and events make.

use elms_protocol::{
    Event, Fact, Incident, Kind, Named, Record, SittingId, Times, View as _, describe,
};
use serde_json::{Value, json};

use super::{Looked, Row, What};

const INCIDENTS: &[&str] = &[
    "number",
    "localNumber",
    "ref",
    "type",
    "severity",
    "status",
    "title",
    "description",
    "courseCode",
    "venue",
    "seat",
    "confidential",
    "reportedBy",
    "station",
    "occurredAt",
    "recordedAt",
    "receivedAt",
    "clockOffsetMs",
    "acknowledgedAt",
    "acknowledgedBy",
    "escalationLevel",
    "assignee",
    "outcome",
    "resolution",
    "resolvedBy",
    "resolvedAt",
];
const BATCHES: &[&str] = &[
    "batchQRCode",
    "courseCode",
    "courseName",
    "status",
    "totalRegistered",
    "scriptsSubmitted",
    "scriptsCollected",
    "scriptsGraded",
    "discrepancy",
    "sealNumber",
    "brokenSeals",
    "sealedBy",
    "sealWitness",
    "sealedAt",
    "holder",
    "lecturer",
];
const CUSTODY: &[&str] = &[
    "seq",
    "at",
    "receivedAt",
    "batchQRCode",
    "event",
    "from",
    "to",
    "count",
    "seal",
    "sealSeen",
    "note",
    "by",
    "station",
];
const HALL_LOG: &[&str] = &[
    "seq",
    "occurredAt",
    "recordedAt",
    "receivedAt",
    "clockOffsetMs",
    "courseCode",
    "action",
    "seat",
    "text",
    "by",
    "station",
];
const REGISTER: &[&str] = &[
    "courseCode",
    "startsAt",
    "indexNumber",
    "name",
    "seat",
    "extraTimePct",
    "attendance",
    "minutesLate",
];
const TIMETABLE: &[&str] = &[
    "uid",
    "revision",
    "courseCode",
    "courseName",
    "venue",
    "room",
    "startsAt",
    "endsAt",
    "status",
];
const EVENTS: &[&str] = &[
    "seq",
    "channel",
    "event",
    "sentence",
    "by",
    "station",
    "occurredAt",
    "recordedAt",
    "receivedAt",
    "clockOffsetMs",
    "eventId",
    "payload",
];

/// The columns of a file, in their order.
pub(super) fn columns(what: What) -> &'static [&'static str] {
    match what {
        What::Incidents => INCIDENTS,
        What::Batches => BATCHES,
        What::Custody => CUSTODY,
        What::HallLog => HALL_LOG,
        What::Register => REGISTER,
        What::Timetable => TIMETABLE,
        What::Events => EVENTS,
    }
}

/// A row; its cells in the order of the columns.
pub(super) fn row<const N: usize>(what: What, cells: [Value; N]) -> Row {
    let names = columns(what).iter().map(|name| (*name).to_owned());
    names.zip(cells).collect()
}

fn name(named: Option<&Named>) -> Value {
    json!(named.map(|named| &named.name))
}

impl Looked<'_> {
    pub(super) fn seen(&self, kind: Kind) -> impl Iterator<Item = Record> {
        let records = self.records.list(kind).into_iter();
        records.filter(|record| self.is_among(record) && self.sight.sees_record(record))
    }

    /// Whether a record belongs to what the reader takes out.
    fn is_among(&self, record: &Record) -> bool {
        let Some(led) = &self.led else {
            return true;
        };
        let sitting = match record {
            Record::Incident(incident) => incident.sitting_id,
            Record::Batch(batch) => Some(batch.sitting_id),
            Record::Candidate(candidate) => Some(candidate.sitting_id),
            Record::Institution(_)
            | Record::Venue(_)
            | Record::Person(_)
            | Record::Timetable(_)
            | Record::Sitting(_)
            | Record::Transfer(_)
            | Record::Notification(_)
            | Record::Station(_)
            | Record::Script(_)
            | Record::Enrolment(_) => None,
        };
        sitting.is_some_and(|id| led.contains(&id))
    }

    fn course(&self, id: Option<SittingId>) -> Value {
        let sitting = id.and_then(|id| self.records.sitting(id));
        json!(sitting.map(|sitting| sitting.course_code))
    }
}

pub(super) fn incidents(looked: &Looked<'_>) -> Vec<Row> {
    let mut found: Vec<Incident> = Vec::new();
    for record in looked.seen(Kind::Incident) {
        if let Record::Incident(incident) = record {
            found.push(*incident);
        }
    }
    found.sort_by_key(|incident| (incident.id, incident.received_at));
    found
        .iter()
        .map(|incident| of_incident(looked, incident))
        .collect()
}

fn of_incident(looked: &Looked<'_>, incident: &Incident) -> Row {
    let venue = incident.venue_id.and_then(|id| looked.records.venue(id));
    let Times {
        clock_offset_ms, ..
    } = incident.times;
    row(
        What::Incidents,
        [
            json!(incident.number),
            json!(incident.local_number),
            json!(incident.reference),
            json!(incident.incident_type),
            json!(incident.severity),
            json!(incident.status),
            json!(incident.title),
            json!(incident.description),
            looked.course(incident.sitting_id),
            json!(venue.map(|venue| venue.name)),
            json!(incident.seat),
            json!(incident.confidential),
            name(incident.reported_by.as_ref()),
            json!(incident.station),
            json!(incident.times.occurred_corrected()),
            json!(incident.times.recorded_corrected()),
            json!(incident.received_at),
            json!(clock_offset_ms),
            json!(incident.acknowledged_at),
            name(incident.acknowledged_by.as_ref()),
            json!(incident.escalation_level),
            name(incident.assignee.as_ref()),
            json!(incident.outcome),
            json!(incident.resolution),
            name(incident.resolved_by.as_ref()),
            json!(incident.resolved_at),
        ],
    )
}

pub(super) fn batches(looked: &Looked<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    for record in looked.seen(Kind::Batch) {
        if let Record::Batch(batch) = record {
            found.push(batch);
        }
    }
    found.sort_by_key(|batch| batch.id);
    let rows = found.iter().map(|batch| {
        row(
            What::Batches,
            [
                json!(batch.code),
                json!(batch.course_code),
                json!(batch.course_name),
                json!(batch.status),
                json!(batch.total_registered),
                json!(batch.scripts_submitted),
                json!(batch.scripts_collected),
                json!(batch.scripts_graded),
                json!(batch.discrepancy),
                json!(batch.seal_number),
                json!(batch.broken_seals.join(" ")),
                name(batch.sealed_by.as_ref()),
                name(batch.seal_witness.as_ref()),
                json!(batch.sealed_at),
                json!(batch.holder.name()),
                name(batch.lecturer.as_ref()),
            ],
        )
    });
    rows.collect()
}

pub(super) fn register(looked: &Looked<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    for record in looked.seen(Kind::Candidate) {
        let Record::Candidate(candidate) = record else {
            continue;
        };
        if let Some(sitting) = looked.records.sitting(candidate.sitting_id) {
            found.push((sitting, candidate));
        }
    }
    found.sort_by(|(sitting, one), (other, two)| {
        let order = (sitting.starts_at, sitting.id).cmp(&(other.starts_at, other.id));
        order.then_with(|| one.index_number.cmp(&two.index_number))
    });
    let rows = found.into_iter().map(|(sitting, candidate)| {
        row(
            What::Register,
            [
                json!(sitting.course_code),
                json!(sitting.starts_at),
                json!(candidate.index_number),
                json!(candidate.name),
                json!(candidate.seat),
                json!(candidate.extra_time_pct),
                json!(candidate.attendance),
                json!(candidate.minutes_late),
            ],
        )
    });
    rows.collect()
}

/// A step of a batch: collection, seal, handover, receipt, place.
pub(super) fn custody(looked: &Looked<'_>, event: &Event) -> Option<Row> {
    let is_step = event.channel == "custody"
        || ["batch:sealed", "batch:assigned", "batch:status_changed"]
            .contains(&event.event.as_str());
    if !is_step {
        return None;
    }
    let field = |names: &[&str]| {
        let mut found = names.iter().filter_map(|name| event.payload.get(*name));
        found.next().cloned().unwrap_or_default()
    };
    let holder = field(&["holderId"]).as_i64().map(elms_protocol::UserId);
    let holder = holder.and_then(|id| looked.records.person(id));
    let named = field(&["toName", "lecturerName", "locationName", "location"]);
    let to = if named.is_null() {
        json!(holder.map(|person| person.name))
    } else {
        named
    };
    Some(row(
        What::Custody,
        [
            json!(event.seq),
            json!(event.happened_at()),
            json!(event.timestamp),
            field(&["batchQRCode"]),
            json!(event.event),
            field(&["fromName"]),
            to,
            field(&["count", "declaredCount"]),
            field(&["seal", "sealNumber", "brokenSeal"]),
            field(&["sealSeen"]),
            field(&["note", "reason", "newStatus"]),
            json!(event.actor.name),
            json!(event.actor.station_code),
        ],
    ))
}

pub(super) fn hall_log(looked: &Looked<'_>, event: &Event) -> Option<Row> {
    let Some(Fact::HallLog(line)) = event.fact() else {
        return None;
    };
    Some(row(
        What::HallLog,
        [
            json!(event.seq),
            json!(event.times.occurred_corrected()),
            json!(event.times.recorded_corrected()),
            json!(event.timestamp),
            json!(event.times.clock_offset_ms),
            looked.course(Some(line.exam_entry_id)),
            json!(line.action),
            json!(line.seat),
            json!(line.text),
            json!(line.by),
            json!(event.actor.station_code),
        ],
    ))
}

pub(super) fn event(event: &Event) -> Row {
    row(
        What::Events,
        [
            json!(event.seq),
            json!(event.channel),
            json!(event.event),
            json!(describe(event)),
            json!(event.actor.name),
            json!(event.actor.station_code),
            json!(event.times.occurred_corrected()),
            json!(event.times.recorded_corrected()),
            json!(event.timestamp),
            json!(event.times.clock_offset_ms),
            json!(event.event_id),
            event.payload.clone(),
        ],
    )
}
