//! The records of the small hall before the doors open.

use super::{EIGHT, PEOPLE};
use crate::{
    AttendanceStatus, Batch, BatchId, Candidate, DepartmentId, FacultyId, Invigilator,
    InvigilatorRole, Named, Person, Role, Sitting, SittingId, Station, StudentId, Timetable,
    TimetableId, TimetableStatus, UserId, Venue, VenueId,
};

pub(super) fn person_of((id, name, role): (i64, &str, Role)) -> Person {
    let of_faculty = matches!(role, Role::FacultyAdmin | Role::Dean | Role::Hod);
    // Ms Darko is limited to a faculty that has no sitting here.
    let faculty = if id == 5 {
        Some(2)
    } else {
        of_faculty.then_some(1)
    };
    Person {
        id: UserId(id),
        name: name.to_owned(),
        role,
        faculty_id: faculty.map(FacultyId),
        department_id: (role == Role::Hod).then_some(DepartmentId(1)),
    }
}

pub(super) fn venue() -> Venue {
    Venue {
        id: VenueId(1),
        code: "GH".to_owned(),
        name: "Great Hall".to_owned(),
        location: "Main Campus".to_owned(),
        capacity: 240,
        phone: None,
    }
}

pub(super) fn timetable() -> Timetable {
    Timetable {
        id: TimetableId(1),
        title: "First Semester".to_owned(),
        start_date: "2026-12-07".to_owned(),
        end_date: "2026-12-18".to_owned(),
        status: TimetableStatus::Approved,
        revision: 0,
        approval: crate::Approval::default(),
        unconfirmed: Vec::new(),
    }
}

pub(super) fn station(code: &str) -> Station {
    Station {
        code: code.to_owned(),
        label: "Great Hall, dais".to_owned(),
        venue_id: Some(VenueId(1)),
        online: false,
        since: None,
        clock_offset_ms: 0,
        outages: Vec::new(),
    }
}

/// 09:00 to 12:00.
pub(super) fn sitting(id: i64, course: &str, duties: &[(i64, InvigilatorRole)]) -> Sitting {
    let invigilators = duties.iter().map(|(user, role)| Invigilator {
        user_id: UserId(*user),
        name: PEOPLE
            .iter()
            .find(|(id, _, _)| id == user)
            .unwrap()
            .1
            .to_owned(),
        role: *role,
        checked_in_at: None,
        checked_out_at: None,
    });
    Sitting {
        course_code: course.to_owned(),
        course_name: course.to_owned(),
        room: "Ground floor".to_owned(),
        expected: 4,
        invigilators: invigilators.collect(),
        batch_id: Some(BatchId(id)),
        ..Sitting::planned(
            SittingId(id),
            TimetableId(1),
            (FacultyId(1), DepartmentId(id)),
            VenueId(1),
            (EIGHT.plus_ms(3_600_000), EIGHT.plus_ms(4 * 3_600_000)),
        )
    }
}

pub(super) fn batch(id: i64, course: &str) -> Batch {
    let code = format!("BATCH-{course}");
    Batch {
        course_code: course.to_owned(),
        course_name: course.to_owned(),
        total_registered: 4,
        lecturer: Some(Named {
            id: UserId(24),
            name: "Dr Osei".to_owned(),
        }),
        ..Batch::pending(BatchId(id), SittingId(id), code, "Great Hall".to_owned())
    }
}

pub(super) fn candidate(sitting: i64, seat: i64) -> Candidate {
    let student = 100 * sitting + seat;
    Candidate {
        id: format!("{sitting}/{student}"),
        student_id: StudentId(student),
        sitting_id: SittingId(sitting),
        index_number: format!("AUT/{student}"),
        name: format!("Candidate {student}"),
        seat: format!("A{seat}"),
        extra_time_pct: 0,
        attendance: AttendanceStatus::Expected,
        minutes_late: None,
        added_sec: 0,
        moved_from: None,
        came: None,
        left_at: None,
    }
}
