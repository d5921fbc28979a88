//! The institutions of the demo data as records, and the people as accounts.

use std::collections::BTreeMap;

use elms_protocol::{
    AttendanceStatus, Batch, BatchId, Candidate, DepartmentId, FacultyId, Institution,
    InstitutionId, Invigilator, InvigilatorRole, Named, Person, Record, Role, Sitting, SittingId,
    Station, StudentId, Timestamp, Timetable, TimetableId, UserId, Venue, VenueId,
};
use serde::Deserialize;

use super::DemoError;

const INSTITUTIONS: &str = include_str!("../../demo/institutions.json");

/// Somebody who may sign in on a demo server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Their account.
    pub user: UserId,
    /// Address to sign in with.
    pub email: String,
    /// What their staff card says.
    pub staff_number: Option<String>,
    /// Title and name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Where they work; none for who runs the machine.
    pub institution: Option<InstitutionId>,
    /// Their faculty.
    pub faculty: Option<FacultyId>,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// Where they are on the demo day, in words: the paper they invigilate, or their office.
    pub place: String,
}

/// One institution as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    institution: Institution,
    people: Vec<Entry>,
    venues: Vec<Venue>,
    stations: Vec<Console>,
    timetables: Vec<Timetable>,
    sittings: Vec<Paper>,
    candidates: BTreeMap<SittingId, Vec<Registered>>,
}

/// Student, index number, name, seat, extra time in percent.
#[derive(Debug, Deserialize)]
struct Registered(StudentId, String, String, String, i64);

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    id: UserId,
    email: String,
    staff_no: Option<String>,
    name: String,
    role: Role,
    faculty_id: Option<FacultyId>,
    department_id: Option<DepartmentId>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Console {
    code: String,
    label: String,
    venue_id: Option<VenueId>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Paper {
    id: SittingId,
    timetable_id: TimetableId,
    course_code: String,
    course_name: String,
    faculty_id: FacultyId,
    department_id: DepartmentId,
    venue_id: VenueId,
    room: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    invigilators: Vec<Duty>,
    batch: Bundle,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Duty {
    user_id: UserId,
    role: InvigilatorRole,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundle {
    id: BatchId,
    code: String,
    lecturer: UserId,
}

fn books() -> Result<Vec<Book>, DemoError> {
    Ok(serde_json::from_str(INSTITUTIONS)?)
}

/// The reference records of every demo institution, as they are before the day begins.
pub fn institutions() -> Result<Vec<(InstitutionId, Vec<Record>)>, DemoError> {
    let books = books()?.into_iter();
    Ok(books
        .map(|book| (book.institution.id, book.records()))
        .collect())
}

/// Everybody who may sign in on a demo server.
pub fn accounts() -> Result<Vec<DemoAccount>, DemoError> {
    let books = books()?;
    Ok(books.iter().flat_map(Book::accounts).collect())
}

impl Book {
    fn accounts(&self) -> impl Iterator<Item = DemoAccount> {
        self.people.iter().map(|entry| DemoAccount {
            user: entry.id,
            email: entry.email.clone(),
            staff_number: entry.staff_no.clone(),
            name: entry.name.clone(),
            role: entry.role,
            institution: (entry.role != Role::SuperAdmin).then_some(self.institution.id),
            faculty: entry.faculty_id,
            department: entry.department_id,
            place: self.place_of(entry),
        })
    }

    fn place_of(&self, entry: &Entry) -> String {
        let duty = self.sittings.iter().find_map(|paper| {
            let duty = paper
                .invigilators
                .iter()
                .find(|duty| duty.user_id == entry.id)?;
            let chief = duty.role == InvigilatorRole::ChiefInvigilator;
            let what = if chief { "chief of " } else { "" };
            Some(format!(
                "{what}{}, {}",
                paper.course_code,
                self.venue_name(paper.venue_id)
            ))
        });
        let course = || {
            let graded = self
                .sittings
                .iter()
                .find(|paper| paper.batch.lecturer == entry.id)?;
            Some(graded.course_code.clone())
        };
        duty.or_else(course)
            .unwrap_or_else(|| self.institution.name.clone())
    }

    fn venue_name(&self, id: VenueId) -> String {
        let venue = self.venues.iter().find(|venue| venue.id == id);
        venue.map(|venue| venue.name.clone()).unwrap_or_default()
    }

    fn named(&self, id: UserId) -> Option<Named> {
        let entry = self.people.iter().find(|entry| entry.id == id)?;
        Some(Named {
            id,
            name: entry.name.clone(),
        })
    }

    fn records(&self) -> Vec<Record> {
        let mut records = vec![Record::Institution(self.institution.clone())];
        records.extend(
            self.people
                .iter()
                .map(|entry| Record::Person(entry.person())),
        );
        records.extend(self.venues.iter().cloned().map(Record::Venue));
        records.extend(
            self.stations
                .iter()
                .map(|console| Record::Station(console.station())),
        );
        records.extend(self.timetables.iter().cloned().map(Record::Timetable));
        for paper in &self.sittings {
            let candidates = self.candidates_of(paper.id);
            let n_registered = i64::try_from(candidates.len()).unwrap_or(i64::MAX);
            records.push(Record::Sitting(Box::new(self.sitting(paper, n_registered))));
            records.push(Record::Batch(Box::new(self.batch(paper, n_registered))));
            records.extend(candidates.into_iter().map(Record::Candidate));
        }
        records
    }

    fn candidates_of(&self, sitting_id: SittingId) -> Vec<Candidate> {
        let registered = self.candidates.get(&sitting_id).into_iter().flatten();
        registered
            .map(
                |Registered(student_id, index_number, name, seat, extra_time_pct)| Candidate {
                    id: format!("{sitting_id}/{student_id}"),
                    student_id: *student_id,
                    sitting_id,
                    index_number: index_number.clone(),
                    name: name.clone(),
                    seat: seat.clone(),
                    extra_time_pct: *extra_time_pct,
                    attendance: AttendanceStatus::Expected,
                    minutes_late: None,
                    added_sec: 0,
                    moved_from: None,
                    came: None,
                    left_at: None,
                },
            )
            .collect()
    }

    fn sitting(&self, paper: &Paper, n_registered: i64) -> Sitting {
        let duties = paper.invigilators.iter();
        Sitting {
            course_code: paper.course_code.clone(),
            course_name: paper.course_name.clone(),
            room: paper.room.clone(),
            expected: n_registered,
            invigilators: duties.map(|duty| self.invigilator(duty)).collect(),
            batch_id: Some(paper.batch.id),
            ..Sitting::planned(
                paper.id,
                paper.timetable_id,
                (paper.faculty_id, paper.department_id),
                paper.venue_id,
                (paper.starts_at, paper.ends_at),
            )
        }
    }

    fn invigilator(&self, duty: &Duty) -> Invigilator {
        let name = self
            .named(duty.user_id)
            .map(|named| named.name)
            .unwrap_or_default();
        Invigilator {
            user_id: duty.user_id,
            name,
            role: duty.role,
            checked_in_at: None,
            checked_out_at: None,
        }
    }

    fn batch(&self, paper: &Paper, n_registered: i64) -> Batch {
        let (code, hall) = (paper.batch.code.clone(), self.venue_name(paper.venue_id));
        Batch {
            course_code: paper.course_code.clone(),
            course_name: paper.course_name.clone(),
            total_registered: n_registered,
            lecturer: self.named(paper.batch.lecturer),
            ..Batch::pending(paper.batch.id, paper.id, code, hall)
        }
    }
}

impl Entry {
    fn person(&self) -> Person {
        Person {
            id: self.id,
            name: self.name.clone(),
            role: self.role,
            faculty_id: self.faculty_id,
            department_id: self.department_id,
        }
    }
}

impl Console {
    fn station(&self) -> Station {
        Station {
            code: self.code.clone(),
            label: self.label.clone(),
            venue_id: self.venue_id,
            online: false,
            since: None,
            clock_offset_ms: 0,
            outages: Vec::new(),
        }
    }
}
