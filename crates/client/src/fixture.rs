//! A small exam hall for the tests: four people, one sitting, one batch, and a server that follows
//! the rules.

use std::collections::BTreeMap;

use elms_protocol::{
    Actor, Batch, BatchId, BatchStatus, Candidate, Command, CommandId, CommandRequest, Counter,
    DepartmentId, Epoch, Event, FacultyId, Institution, InstitutionId, Invigilator,
    InvigilatorRole, Key, Kind, Notification, Outcome, Person, Phase, Policy, Record, Rejection,
    Role, Seq, Sitting, SittingId, Stamp, Station, StudentId, Times, Timestamp, TimetableId,
    UserId, Venue, VenueId, View, decide, evolve,
    frame::{ChainTag, Cursor, Snapshot},
};
use uuid::Uuid;

/// 2026-12-07T08:00:00Z.
pub(crate) const MORNING: Timestamp = Timestamp(1_796_630_400_000);
pub(crate) const SITTING: SittingId = SittingId(10);
pub(crate) const BATCH: BatchId = BatchId(7);

/// Who works there.
pub(crate) fn actor(id: i64, name: &str, role: Role) -> Actor {
    Actor {
        user: Some(UserId(id)),
        name: name.to_owned(),
        institution: InstitutionId(1),
        roles: vec![role],
        faculty: None,
        department: None,
        station: Some("GH-A".to_owned()),
    }
}

pub(crate) fn officer() -> Actor {
    actor(1, "Esi Boateng", Role::ExamsOfficer)
}

pub(crate) fn chief() -> Actor {
    actor(2, "Ama Asante", Role::Invigilator)
}

pub(crate) fn invigilator() -> Actor {
    actor(3, "Kofi Addo", Role::Invigilator)
}

fn person(actor: &Actor) -> Record {
    Record::Person(Person {
        id: actor.user.unwrap(),
        name: actor.name.clone(),
        role: actor.roles[0],
        faculty_id: None,
        department_id: None,
    })
}

fn candidate(id: i64, seat: &str, name: &str) -> Record {
    Record::Candidate(Candidate {
        id: format!("{SITTING}/{id}"),
        student_id: StudentId(id),
        sitting_id: SITTING,
        index_number: format!("BT/ENG/24/{id:03}"),
        name: name.to_owned(),
        seat: seat.to_owned(),
        extra_time_pct: id % 100,
        attendance: elms_protocol::AttendanceStatus::Expected,
        minutes_late: None,
        added_sec: 0,
        moved_from: None,
        came: None,
        left_at: None,
    })
}

pub(crate) fn sitting() -> Sitting {
    let there = |actor: Actor, role| Invigilator {
        user_id: actor.user.unwrap(),
        name: actor.name,
        role,
        checked_in_at: None,
        checked_out_at: None,
    };
    Sitting {
        course_code: "CSE201".to_owned(),
        course_name: "Data Structures".to_owned(),
        room: "A".to_owned(),
        phase: Phase::Writing,
        expected: 3,
        present: 3,
        invigilators: vec![
            there(chief(), InvigilatorRole::ChiefInvigilator),
            there(invigilator(), InvigilatorRole::Invigilator),
        ],
        batch_id: Some(BATCH),
        ..Sitting::planned(
            SITTING,
            TimetableId(1),
            (FacultyId(1), DepartmentId(1)),
            VenueId(5),
            (MORNING, MORNING.plus_ms(7_200_000)),
        )
    }
}

fn batch() -> Batch {
    let code = "BATCH-CSE201-2026-01".to_owned();
    Batch {
        course_code: "CSE201".to_owned(),
        course_name: "Data Structures".to_owned(),
        status: BatchStatus::InCollection,
        total_registered: 3,
        ..Batch::pending(BATCH, SITTING, code, "Great Hall".to_owned())
    }
}

fn hall_records() -> Vec<Record> {
    let lecturer = actor(4, "Dr. Yaw Mensah", Role::Lecturer);
    vec![
        Record::Institution(Institution {
            id: InstitutionId(1),
            name: "Ankobra University".to_owned(),
            code: "AUT".to_owned(),
            timezone: "Africa/Accra".to_owned(),
            policy: Policy::default(),
        }),
        Record::Venue(Venue {
            id: VenueId(5),
            code: "GH".to_owned(),
            name: "Great Hall".to_owned(),
            location: String::new(),
            capacity: 300,
            phone: Some("030 555 0101".to_owned()),
        }),
        person(&officer()),
        person(&chief()),
        person(&invigilator()),
        person(&lecturer),
        candidate(108, "C10", "Akosua Owusu"),
        candidate(209, "C9", "Kwame Mensah"),
        candidate(311, "D1", "Abena Sarpong"),
        Record::Sitting(Box::new(sitting())),
        Record::Batch(Box::new(batch())),
        Record::Notification(Notification {
            id: elms_protocol::NotificationId(900),
            user_ids: vec![UserId(1)],
            notification_type: "message".to_owned(),
            title: "Good morning".to_owned(),
            message: String::new(),
            priority: "info".to_owned(),
            incident: None,
            created_at: MORNING,
            read_by: Vec::new(),
        }),
        Record::Station(Station {
            code: "GH-A".to_owned(),
            label: "Great Hall A".to_owned(),
            venue_id: Some(VenueId(5)),
            online: true,
            since: None,
            clock_offset_ms: 0,
            outages: Vec::new(),
        }),
    ]
}

/// A server that follows the rules, and its log.
pub(crate) struct Hall {
    pub(crate) epoch: Epoch,
    pub(crate) records: BTreeMap<Key, Record>,
    pub(crate) log: Vec<Event>,
}

impl Hall {
    pub(crate) fn new() -> Self {
        let records = hall_records()
            .into_iter()
            .map(|record| (record.key(), record))
            .collect();
        Self {
            epoch: Epoch(Uuid::from_u128(1)),
            records,
            log: Vec::new(),
        }
    }

    pub(crate) fn seq(&self) -> Seq {
        self.log.last().map_or(Seq::ZERO, |event| event.seq)
    }

    pub(crate) fn now(&self) -> Timestamp {
        MORNING.plus_ms(self.seq().0 * 60_000)
    }

    /// Answers a command, and writes what it changed into the log.
    pub(crate) fn answer(&mut self, actor: &Actor, request: &CommandRequest) -> Outcome {
        let command_id = request.command_id;
        match self.apply(actor, request) {
            Err(rejection) => Outcome::Rejected {
                command_id,
                rejection,
            },
            Ok(first_seq) => Outcome::Applied {
                command_id,
                first_seq,
                seq: self.seq(),
                leaves: Vec::new(),
            },
        }
    }

    fn apply(&mut self, actor: &Actor, request: &CommandRequest) -> Result<Seq, Rejection> {
        let now = self.now();
        let first = self.seq().next();
        for fact in decide(actor, request, self, now)? {
            let stamp = Stamp {
                seq: self.seq().next(),
                event_id: Uuid::from_u128(7),
                now,
            };
            let event = stamp.event(actor, request, &fact, self).unwrap();
            self.add(event);
        }
        Ok(first)
    }

    fn add(&mut self, event: Event) {
        for record in evolve(self, &event) {
            self.records.insert(record.key(), record);
        }
        for key in event.erases().into_iter().flat_map(|noted| noted.records) {
            self.records.remove(&key);
        }
        self.log.push(event);
    }

    /// The same, for what must succeed.
    pub(crate) fn ask(&mut self, actor: &Actor, command: impl Into<Command>) {
        let id = u128::MAX - u128::from(self.seq().0.unsigned_abs());
        let request = request(id, command, self.now());
        let outcome = self.answer(actor, &request);
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
    }

    /// Something of a kind that nobody knows yet.
    pub(crate) fn strange(&mut self) {
        let mut event = serde_json::json!({
            "channel": "weather", "event": "roof:leaks", "payload": {"litres": 3.5, "hall": "GH"},
            "seq": 0, "eventId": Uuid::nil(), "schema": 9, "institutionId": 1,
            "rooms": ["institution:1"], "actor": {"userId": null, "name": null, "stationCode": null},
            "clockOffsetMs": 0, "causeRef": null, "moonPhase": "full",
        });
        for time in ["timestamp", "occurredAt", "recordedAt"] {
            event[time] = serde_json::to_value(self.now()).unwrap();
        }
        event["seq"] = self.seq().next().0.into();
        self.add(serde_json::from_value(event).unwrap());
    }

    pub(crate) fn cursor(&self) -> Cursor {
        Cursor {
            epoch: self.epoch,
            seq: self.seq(),
            tag: ChainTag(9),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let records = self.records.values().cloned().collect();
        Snapshot {
            cursor: self.cursor(),
            records,
            actor: officer(),
        }
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        crate::cache::hash_of(self.records.values())
    }
}

impl View for Hall {
    fn record(&self, key: &Key) -> Option<Record> {
        self.records.get(key).cloned()
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        self.records
            .values()
            .filter(|record| record.key().kind == kind)
            .cloned()
            .collect()
    }

    fn next_number(&self, _: Counter) -> Option<i64> {
        Some(self.seq().0 + 1)
    }
}

/// A command as a station writes it down.
pub(crate) fn request(id: u128, command: impl Into<Command>, at: Timestamp) -> CommandRequest {
    CommandRequest {
        command_id: CommandId(Uuid::from_u128(id)),
        times: Times::at(at),
        command: command.into(),
    }
}

pub(crate) fn reference(n: u128) -> elms_protocol::IncidentRef {
    elms_protocol::IncidentRef(Uuid::from_u128(n))
}

/// A report from the hall.
pub(crate) fn report(n: u128, text: &str) -> elms_protocol::ReportIncident {
    elms_protocol::ReportIncident {
        reference: reference(n),
        incident_type: elms_protocol::IncidentType::AcademicMisconduct,
        severity: elms_protocol::Severity::High,
        title: None,
        description: text.to_owned(),
        sitting_id: Some(SITTING),
        venue_id: None,
        seat: Some("C9".to_owned()),
        candidates: vec![StudentId(209)],
        batch_id: None,
        local_number: None,
        confidential: false,
        subtype: None,
        action_taken: None,
        parts: Vec::new(),
        from_log: None,
        precision: None,
    }
}

/// The key of every file that a test makes and opens again.
pub(crate) fn key() -> crate::seal::FileKey {
    crate::seal::FileKey::of([7; 32])
}

/// A note on it.
pub(crate) fn note(n: u128, text: &str) -> elms_protocol::NoteIncident {
    elms_protocol::NoteIncident {
        incident: reference(n).into(),
        text: text.to_owned(),
        evidence: Vec::new(),
        witness: None,
    }
}
