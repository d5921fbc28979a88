//! The records of the small hall before the doors open.

use super::{EIGHT, PEOPLE};
use crate::{
    AttendanceStatus, Batch, BatchId, BatchStatus, Candidate, DepartmentId, FacultyId, Holder,
    Invigilator, InvigilatorRole, Named, Person, Phase, Role, Seq, Sitting, SittingId, Station,
    StudentId, Timetable, TimetableId, TimetableStatus, UserId, Venue, VenueId,
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
    });
    Sitting {
        id: SittingId(id),
        timetable_id: TimetableId(1),
        course_code: course.to_owned(),
        course_name: course.to_owned(),
        faculty_id: FacultyId(1),
        department_id: DepartmentId(id),
        venue_id: VenueId(1),
        room: "Ground floor".to_owned(),
        starts_at: EIGHT.plus_ms(3_600_000),
        ends_at: EIGHT.plus_ms(4 * 3_600_000),
        phase: Phase::Setup,
        started_at: None,
        stopped_at: None,
        paused_at: None,
        paused_sec: 0,
        added_sec: 0,
        expected: 4,
        present: 0,
        check_ins: Vec::new(),
        out: Vec::new(),
        invigilators: invigilators.collect(),
        batch_id: Some(BatchId(id)),
        seq: Seq::ZERO,
        pauses: Vec::new(),
        register_complete: false,
    }
}

pub(super) fn batch(id: i64, course: &str) -> Batch {
    Batch {
        id: BatchId(id),
        sitting_id: SittingId(id),
        code: format!("BATCH-{course}"),
        course_code: course.to_owned(),
        course_name: course.to_owned(),
        status: BatchStatus::Pending,
        total_registered: 4,
        scripts_submitted: 0,
        scripts_collected: 0,
        scripts_graded: 0,
        counts: Vec::new(),
        discrepancy: 0,
        incident: None,
        seal_number: None,
        broken_seals: Vec::new(),
        sealed_by: None,
        seal_witness: None,
        sealed_at: None,
        holder: Holder::Hall {
            name: "Great Hall".to_owned(),
        },
        lecturer: Some(Named {
            id: UserId(24),
            name: "Dr Osei".to_owned(),
        }),
        steps: Vec::new(),
        collected: Vec::new(),
        seq: Seq::ZERO,
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
        left_at: None,
    }
}
