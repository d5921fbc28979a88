//! What cannot be as it is planned is said before the day, and nothing else is.

use elms_protocol::{
    Candidate, Phase, Record, Sitting, SittingId, StudentId, Timetable, TimetableId,
    TimetableStatus, VenueId, host::TimetableView,
};

use super::*;
use crate::fixture::sitting;

const OTHER: SittingId = SittingId(11);

/// Another paper in the room next door, two hours later, with nobody on duty yet.
fn other() -> Sitting {
    Sitting {
        id: OTHER,
        course_code: "MAT151".to_owned(),
        venue_id: VenueId(6),
        starts_at: MORNING.plus_ms(7_200_000),
        ends_at: MORNING.plus_ms(14_400_000),
        invigilators: Vec::new(),
        batch_id: None,
        ..sitting()
    }
}

fn shown(other: Sitting, more: Vec<Record>) -> TimetableView {
    let mut hall = Hall::new();
    let plan = Timetable {
        id: TimetableId(1),
        title: "First semester finals".to_owned(),
        start_date: "2026-12-07".to_owned(),
        end_date: "2026-12-18".to_owned(),
        status: TimetableStatus::Published,
        revision: 7,
        approval: elms_protocol::Approval::default(),
        unconfirmed: Vec::new(),
    };
    let records = [Record::Timetable(plan), Record::Sitting(Box::new(other))];
    for record in records.into_iter().chain(more) {
        hall.records.insert(record.key(), record);
    }
    Desk::beside(officer(), hall).look(|scene, _| timetable(scene, &[]))
}

fn texts(view: &TimetableView) -> Vec<&str> {
    let clashes = view.clashes.iter();
    clashes.map(|clash| clash.text.as_str()).collect()
}

#[test]
fn papers_one_after_the_other_do_not_clash() {
    let same_hall = Sitting {
        venue_id: VenueId(5),
        expected: 299,
        invigilators: sitting().invigilators,
        ..other()
    };
    let view = shown(same_hall, Vec::new());
    assert_eq!(texts(&view), Vec::<&str>::new());
    assert_eq!(view.timetables[0].revision, 7);
}

#[test]
fn two_papers_share_a_hall_until_its_seats_are_full() {
    let at_once = |expected| Sitting {
        venue_id: VenueId(5),
        starts_at: MORNING.plus_ms(3_600_000),
        expected,
        ..other()
    };
    assert!(shown(at_once(297), Vec::new()).clashes.is_empty());
    let view = shown(at_once(298), Vec::new());
    let said = "CSE201 and MAT151 have 301 candidates at once in Great Hall, which seats 300.";
    assert_eq!(texts(&view), vec![said]);
    assert_eq!(view.clashes[0].sittings, vec![SITTING, OTHER]);
}

#[test]
fn nobody_is_on_duty_in_two_halls_at_once() {
    let mut at_once = Sitting {
        starts_at: MORNING.plus_ms(3_600_000),
        room: "SB-2".to_owned(),
        ..other()
    };
    at_once.invigilators = sitting().invigilators.into_iter().take(1).collect();
    let view = shown(at_once, Vec::new());
    assert_eq!(
        texts(&view),
        vec!["Ama Asante is on duty in Great Hall and SB-2 at once."]
    );
}

#[test]
fn a_candidate_who_writes_two_papers_at_once_is_counted_once() {
    let also = Record::Candidate(Candidate {
        id: format!("{OTHER}/209"),
        student_id: StudentId(209),
        sitting_id: OTHER,
        index_number: "BT/ENG/24/209".to_owned(),
        name: "Kwame Mensah".to_owned(),
        seat: "A1".to_owned(),
        extra_time_pct: 0,
        attendance: elms_protocol::AttendanceStatus::Expected,
        minutes_late: None,
        added_sec: 0,
        left_at: None,
        moved_from: None,
        came: None,
    });
    assert!(shown(other(), vec![also.clone()]).clashes.is_empty());
    let at_once = Sitting {
        starts_at: MORNING.plus_ms(3_600_000),
        ..other()
    };
    let said = "CSE201 and MAT151 are at the same time, and 1 candidate writes both.";
    assert_eq!(
        texts(&shown(at_once.clone(), vec![also.clone()])),
        vec![said]
    );
    let postponed = Sitting {
        phase: Phase::Postponed,
        ..at_once
    };
    assert!(shown(postponed, vec![also]).clashes.is_empty());
}

#[test]
fn the_plan_of_a_hall_has_all_its_seats_in_order() {
    let mut hall = Hall::new();
    for n in 1..=80_i64 {
        let candidate = Record::Candidate(Candidate {
            id: format!("{OTHER}/{n}"),
            student_id: StudentId(n),
            sitting_id: OTHER,
            index_number: format!("BT/MAT/24/{n:03}"),
            name: "Somebody".to_owned(),
            seat: format!("A{n}"),
            extra_time_pct: 0,
            attendance: elms_protocol::AttendanceStatus::Expected,
            minutes_late: None,
            added_sec: 0,
            left_at: None,
            moved_from: None,
            came: None,
        });
        hall.records.insert(candidate.key(), candidate);
    }
    let desk = Desk::beside(officer(), hall);
    let seats = |sitting, text: &str| {
        desk.look(|scene, _| {
            let found = candidates(scene, sitting, text).into_iter();
            found.map(|one| one.seat).collect::<Vec<_>>()
        })
    };
    let plan = seats(Some(OTHER), "");
    assert_eq!((plan.len(), plan[8].as_str()), (80, "A9"));
    assert_eq!(seats(None, "").len(), 50);
    assert_eq!(seats(Some(OTHER), "somebody").len(), 50);
}
