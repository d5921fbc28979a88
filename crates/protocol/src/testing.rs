//! A small exam hall for tests: records in a map, people of every role, and a log.

pub(crate) mod chance;
pub(crate) mod laws;
mod records;

use std::collections::BTreeMap;

use uuid::Uuid;

use records::{batch, candidate, person_of, sitting, station, timetable, venue};

use crate::{
    Actor, Batch, BatchId, BatchStatus, CancelOffer, Command, CommandId, CommandRequest,
    CountPresent, CountScripts, Counter, DeclareRegister, Event, Fact, IncidentRef, IncidentType,
    Institution, InstitutionId, InvigilatorRole, Key, Kind, OfferBatch, OpenCollection, Phase,
    Policy, ReceiveBatch, Record, Rejection, ReportIncident, Role, SealBatch, Seq, SetBatchStatus,
    SetPhase, Severity, Sitting, SittingId, Stamp, StudentId, Times, Timestamp, TransferRef,
    UserId, View, decide, evolve,
};

/// 2026-12-07T08:00:00Z, an hour before the papers begin.
pub(crate) const EIGHT: Timestamp = Timestamp(1_796_630_400_000);

/// How many stages [`Hall::at_stage`] knows.
pub(crate) const STAGES: usize = 6;

/// The people of the small hall: id, name, role. Both sittings are of faculty 1, department 1
/// and 2.
pub(crate) const PEOPLE: [(i64, &str, Role); 13] = [
    (1, "Ms Addo", Role::SuperAdmin),
    (2, "Dr Sackey", Role::Admin),
    (3, "Mrs Mensah", Role::ExamsOfficer),
    (4, "Mr Tetteh", Role::ExamsOfficer),
    (5, "Ms Darko", Role::ExamsOfficer),
    (6, "Mr Alhassan", Role::ScriptHandler),
    (8, "Mr Ofori", Role::Invigilator),
    (9, "Mrs Baidoo", Role::Invigilator),
    (12, "Dr Quansah", Role::Invigilator),
    (24, "Dr Osei", Role::Lecturer),
    (31, "Prof Eshun", Role::FacultyAdmin),
    (32, "Prof Amankwah", Role::Dean),
    (33, "Dr Sowah", Role::Hod),
];

/// Records in a map, with the log that made them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hall {
    pub(crate) records: BTreeMap<Key, Record>,
    pub(crate) log: Vec<Event>,
    /// The command that caused each event of the log.
    pub(crate) causes: Vec<&'static str>,
    pub(crate) now: Timestamp,
    /// The last incident and the last notification.
    numbers: [i64; 2],
    n_asked: u128,
}

impl View for Hall {
    fn record(&self, key: &Key) -> Option<Record> {
        self.records.get(key).cloned()
    }

    fn list(&self, kind: Kind) -> Vec<Record> {
        let of_kind = self.records.iter().filter(|(key, _)| key.kind == kind);
        of_kind.map(|(_, record)| record.clone()).collect()
    }

    fn next_number(&self, counter: Counter) -> Option<i64> {
        let [incidents, notifications] = self.numbers;
        Some(match counter {
            Counter::Incident => incidents + 1,
            Counter::Notification => notifications + 1,
        })
    }
}

impl Hall {
    /// Two sittings before the doors open: CSE201 (chief 8, with 9) and BUS101 (chief 12).
    pub(crate) fn new() -> Self {
        let mut hall = Self {
            records: BTreeMap::new(),
            log: Vec::new(),
            causes: Vec::new(),
            now: EIGHT,
            numbers: [0, 0],
            n_asked: 0,
        };
        hall.put(Record::Institution(Institution {
            id: InstitutionId(1),
            name: "Ankobra University of Technology".to_owned(),
            code: "AUT".to_owned(),
            timezone: "Africa/Accra".to_owned(),
            policy: Policy::default(),
        }));
        hall.put(Record::Venue(venue()));
        hall.put(Record::Timetable(timetable()));
        for person in PEOPLE {
            hall.put(Record::Person(person_of(person)));
        }
        let chief = InvigilatorRole::ChiefInvigilator;
        let rest = InvigilatorRole::Invigilator;
        hall.open_paper(1, "CSE201", &[(8, chief), (9, rest)]);
        hall.open_paper(2, "BUS101", &[(12, chief)]);
        hall.put(Record::Station(station("GH-A")));
        hall
    }

    pub(crate) fn put(&mut self, record: Record) {
        self.records.insert(record.key(), record);
    }

    fn open_paper(&mut self, id: i64, course: &str, duties: &[(i64, InvigilatorRole)]) {
        self.put(Record::Sitting(Box::new(sitting(id, course, duties))));
        self.put(Record::Batch(Box::new(batch(id, course))));
        for seat in 1..=4 {
            self.put(Record::Candidate(candidate(id, seat)));
        }
    }

    /// What `actor` asking for `command` does now: the facts become events and change the records.
    pub(crate) fn ask(
        &mut self,
        actor: &Actor,
        command: impl Into<Command>,
    ) -> Result<Vec<Fact>, Rejection> {
        let times = Times::at(self.now);
        self.ask_at(actor, command, times)
    }

    /// The same, written down at other times than it is received.
    pub(crate) fn ask_at(
        &mut self,
        actor: &Actor,
        command: impl Into<Command>,
        times: Times,
    ) -> Result<Vec<Fact>, Rejection> {
        self.n_asked += 1;
        let command_id = CommandId(Uuid::from_u128(self.n_asked));
        let request = CommandRequest {
            command_id,
            times,
            command: command.into(),
        };
        let facts = decide(actor, &request, self, self.now)?;
        for fact in &facts {
            let seq = Seq(i64::try_from(self.log.len()).unwrap() + 1);
            let event_id = Uuid::from_u128(u128::MAX - u128::try_from(seq.0).unwrap());
            let stamp = Stamp {
                seq,
                event_id,
                now: self.now,
            };
            let event = stamp.event(actor, &request, fact, self).unwrap();
            self.take(&event);
            self.log.push(event);
            self.causes.push(request.command.name());
        }
        Ok(facts)
    }

    /// The hall when sitting 1 has come to a stage of its day: 1 writing, 2 collecting, 3 sealed,
    /// 4 on offer to Mr Alhassan, 5 with its lecturer, 6 being graded.
    pub(crate) fn at_stage(stage: usize) -> Self {
        let mut hall = Self::new();
        for (reached, command) in course_of_the_day() {
            if reached <= stage {
                hall.ask(&system(), command).unwrap();
            }
        }
        hall
    }

    /// Lets an event change the records.
    pub(crate) fn take(&mut self, event: &Event) {
        for record in evolve(self, event) {
            let [last_incident, last_notification] = &mut self.numbers;
            if let Record::Incident(incident) = &record {
                *last_incident = incident.id.unwrap_or_default().max(*last_incident);
            }
            if let Record::Notification(notification) = &record {
                *last_notification = notification.id.0.max(*last_notification);
            }
            self.put(record);
        }
    }

    pub(crate) fn pass_sec(&mut self, seconds: i64) {
        self.now = self.now.plus_ms(seconds * 1_000);
    }

    pub(crate) fn sitting_now(&self, id: i64) -> Sitting {
        *self.sitting(SittingId(id)).unwrap()
    }

    pub(crate) fn batch_now(&self, id: i64) -> Batch {
        *self.batch(BatchId(id)).unwrap()
    }
}

/// The person with this id as an actor at station GH-A.
pub(crate) fn actor(id: i64) -> Actor {
    let person = PEOPLE
        .iter()
        .find(|(user, _, _)| *user == id)
        .copied()
        .unwrap();
    let person = person_of(person);
    Actor {
        user: Some(person.id),
        name: person.name,
        institution: InstitutionId(1),
        roles: vec![person.role],
        faculty: person.faculty_id,
        department: person.department_id,
        station: Some("GH-A".to_owned()),
    }
}

/// The system itself.
pub(crate) fn system() -> Actor {
    Actor::system(InstitutionId(1))
}

/// The commands that take sitting 1 through its day, each with the stage it belongs to.
fn course_of_the_day() -> Vec<(usize, Command)> {
    let mut course = in_the_hall();
    course.extend(after_the_hall());
    course
}

fn in_the_hall() -> Vec<(usize, Command)> {
    let (sitting_id, batch_id) = (SittingId(1), BatchId(1));
    let phase = |to| {
        SetPhase {
            sitting_id,
            to,
            reason: None,
        }
        .into()
    };
    vec![
        (1, phase(Phase::Admitting)),
        (
            1,
            CountPresent {
                sitting_id,
                checked_in: 4,
            }
            .into(),
        ),
        (1, phase(Phase::Writing)),
        (2, phase(Phase::Collecting)),
        (2, OpenCollection { batch_id }.into()),
        (
            2,
            CountScripts {
                batch_id,
                collected: 4,
            }
            .into(),
        ),
        (3, DeclareRegister { sitting_id }.into()),
        (3, phase(Phase::Reconciling)),
    ]
}

fn after_the_hall() -> Vec<(usize, Command)> {
    let (batch_id, transfer) = (BatchId(1), handover(0));
    let seal = SealBatch {
        batch_id,
        count: 4,
        seal_number: "S-100".to_owned(),
        witness: Some(UserId(9)),
        incident: None,
    };
    let offer = OfferBatch {
        transfer,
        batch_id,
        to_user: Some(UserId(6)),
        to_location: None,
        to_location_name: None,
    };
    let grading = SetBatchStatus {
        batch_id,
        to: BatchStatus::GradingInProgress,
        location: None,
        location_name: None,
        count: None,
    };
    vec![
        (3, seal.into()),
        (4, offer.into()),
        (
            5,
            CancelOffer {
                transfer,
                note: None,
            }
            .into(),
        ),
        (
            5,
            ReceiveBatch {
                batch_id,
                lecturer: UserId(24),
                count: 4,
            }
            .into(),
        ),
        (6, grading.into()),
    ]
}

/// The name of the `n`th case of a test.
pub(crate) fn case(n: u128) -> IncidentRef {
    IncidentRef(Uuid::from_u128(0xca5e_0000 + n))
}

/// The name of the `n`th handover of a test.
pub(crate) fn handover(n: u128) -> TransferRef {
    TransferRef(Uuid::from_u128(0x0ffe_0000 + n))
}

/// A plain report about sitting 1.
pub(crate) fn report(n: u128, severity: Severity) -> ReportIncident {
    ReportIncident {
        reference: case(n),
        incident_type: IncidentType::AcademicMisconduct,
        severity,
        title: None,
        description: "Phone under the script at A1".to_owned(),
        sitting_id: Some(SittingId(1)),
        venue_id: None,
        seat: Some("a1".to_owned()),
        candidates: vec![StudentId(101)],
        batch_id: None,
        local_number: Some("GH-A/001".to_owned()),
        confidential: false,
        subtype: None,
        action_taken: None,
        parts: Vec::new(),
        from_log: None,
        precision: None,
    }
}
