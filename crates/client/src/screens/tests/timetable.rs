//! What cannot be as it is planned is said before the day, and nothing else is.

use elms_protocol::{
    Candidate, Phase, Record, Sitting, SittingId, StudentId, Timetable, TimetableId,
    TimetableStatus, VenueId, host::TimetableView,
};

use super::*;
use crate::{cache::Held, fixture::sitting};

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
    after(other, more, &[])
}

/// A change that moved `other` to its venue from another.
fn moved_from(venue: i64) -> Held {
    let event = serde_json::json!({
        "channel": "exam_timetable", "event": "timetable:updated",
        "timestamp": "2026-12-04T10:00:00.000Z", "seq": 9, "schema": 1, "institutionId": 1,
        "eventId": "0193a2b0-0000-7000-8000-000000000001", "rooms": ["institution:1"],
        "payload": {
            "timetableId": 1, "changes": ["venue"], "text": "MAT151 moved", "updatedBy": "Ama",
            "revision": 7, "examEntryId": OTHER.0, "venueId": 6, "venueBefore": venue,
        },
        "actor": {"userId": 8, "name": "Ama Owusu", "stationCode": null},
        "occurredAt": "2026-12-04T10:00:00.000Z", "recordedAt": "2026-12-04T10:00:00.000Z",
        "clockOffsetMs": 0, "causeRef": null,
    });
    Held {
        event: serde_json::from_value(event).unwrap(),
        seen_at: MORNING,
        late: false,
    }
}

#[test]
fn a_paper_that_was_moved_leaves_its_place_and_one_that_came_back_does_not() {
    let view = after(other(), Vec::new(), &[moved_from(5)]);
    let places = view.moved.iter().map(|one| (one.sitting_id, one.venue_id));
    assert_eq!(places.collect::<Vec<_>>(), vec![(OTHER, VenueId(5))]);
    let back = after(other(), Vec::new(), &[moved_from(5), moved_from(6)]);
    assert_eq!(back.moved, Vec::new());
}

#[test]
fn what_has_not_begun_may_be_moved_by_an_officer_and_by_no_invigilator() {
    let planned = Sitting {
        phase: Phase::Setup,
        ..other()
    };
    // The paper of the great hall is being written.
    assert_eq!(shown(planned.clone(), Vec::new()).movable, [OTHER]);
    let mut hall = Hall::new();
    let record = Record::Sitting(Box::new(planned));
    hall.records.insert(record.key(), record);
    let desk = Desk::beside(invigilator(), hall);
    let seen = desk.look(|scene, _| timetable(scene, &[]));
    assert_eq!(seen.movable, Vec::new());
}

fn after(other: Sitting, more: Vec<Record>, history: &[Held]) -> TimetableView {
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
    Desk::beside(officer(), hall).look(|scene, _| timetable(scene, history))
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
