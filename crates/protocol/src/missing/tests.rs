//! Twenty evenings on which one script was in the wrong bundle, and some on which it was not.

use proptest::{prelude::*, sample::select};

use super::*;
use crate::{
    LogHall, MoveScript, ScriptStep, VenueId,
    testing::{EIGHT, Hall, actor, system},
};

/// A hall with `n` papers written there at the same time, each with all its scripts.
fn papers(hall: &mut Hall, from: i64, venue: i64, starts_min: i64, n: i64) {
    for id in from..from + n {
        let mut sitting = hall.sitting_now(1);
        sitting.id = SittingId(id);
        sitting.course_code = format!("C{id}");
        sitting.venue_id = VenueId(venue);
        sitting.room = format!("Room {}", id % 2);
        sitting.starts_at = EIGHT.plus_ms(starts_min * 60_000);
        sitting.ends_at = sitting.starts_at.plus_ms(3 * 3_600_000);
        sitting.present = 40;
        sitting.expected = 40;
        sitting.batch_id = Some(BatchId(id));
        let mut batch = hall.batch_now(1);
        batch.id = BatchId(id);
        batch.sitting_id = sitting.id;
        batch.code = format!("BATCH-C{id}");
        batch.scripts_collected = 40;
        let mut candidate = hall.candidate(SittingId(1), StudentId(101)).unwrap();
        candidate.id = format!("{id}/{id}00");
        candidate.student_id = StudentId(id * 100);
        candidate.sitting_id = sitting.id;
        hall.put(Record::Sitting(Box::new(sitting)));
        hall.put(Record::Batch(Box::new(batch)));
        hall.put(Record::Candidate(candidate));
    }
}

fn add(hall: &mut Hall, batch: i64, n: i64) {
    let mut changed = hall.batch_now(batch);
    changed.scripts_collected += n;
    hall.put(Record::Batch(Box::new(changed)));
}

fn day() -> Hall {
    let mut hall = Hall::new();
    papers(&mut hall, 10, 1, 60, 4);
    papers(&mut hall, 20, 2, 60, 3);
    papers(&mut hall, 30, 1, 300, 3);
    hall
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn the_bundle_with_the_extra_script_beside_the_hall_comes_first(
        lost in 10_i64..14,
        shift in 1_i64..4,
        noise in proptest::collection::vec((select(vec![20_i64, 21, 22, 30, 31, 32]), 1_i64..3), 0..5),
    ) {
        let found = 10 + (lost - 10 + shift) % 4;
        let mut hall = day();
        add(&mut hall, lost, -1);
        add(&mut hall, found, 1);
        // Other bundles have too many as well, in other halls or at other times.
        for (batch, n) in noise {
            add(&mut hall, batch, n);
        }
        let proposals = where_is(&hall, SittingId(lost), StudentId(lost * 100));
        let first = proposals.first().cloned();
        prop_assert_eq!(first.as_ref().and_then(|one| one.batch_id), Some(BatchId(found)));
        prop_assert!(first.is_some_and(|one| one.reason.contains("1 too many")));
        prop_assert!(proposals.is_sorted_by(|one, next| next.score <= one.score));
    }
}

fn reasons(hall: &Hall) -> Vec<String> {
    let found = where_is(hall, SittingId(10), StudentId(1000));
    found.into_iter().map(|one| one.reason).collect()
}

#[test]
fn nothing_speaks_for_any_place_when_all_bundles_are_right() {
    assert!(reasons(&day()).is_empty());
    assert!(where_is(&day(), SittingId(10), StudentId(7)).is_empty());
    assert!(where_is(&day(), SittingId(99), StudentId(1000)).is_empty());
}

#[test]
fn the_hall_log_tells_who_left_early_and_who_was_moved() {
    let mut hall = day();
    let line = |action: &str| LogHall {
        sitting_id: SittingId(10),
        action: action.to_owned(),
        text: "noted".to_owned(),
        seat: Some("f14".to_owned()),
        student: Some(StudentId(1000)),
        count: None,
        entry: None,
    };
    hall.ask(&system(), line("CANDIDATE_MOVED")).unwrap();
    hall.ask(&system(), line("CANDIDATE_LEFT_EARLY")).unwrap();
    let told = reasons(&hall);
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("left early"));
    assert!(told[1].contains("from A1 to F14"));
    // An extra script beside the hall says more than either.
    add(&mut hall, 11, 1);
    assert!(reasons(&hall)[0].contains("BATCH-C11 has 1 too many"));
}

#[test]
fn who_was_absent_has_no_script_to_miss() {
    let mut hall = day();
    let mut candidate = hall.candidate(SittingId(10), StudentId(1000)).unwrap();
    candidate.attendance = AttendanceStatus::Absent;
    hall.put(Record::Candidate(candidate));
    add(&mut hall, 11, 1);
    assert!(reasons(&hall)[0].contains("there is no script"));
}

#[test]
fn the_next_bundle_on_the_shelf_is_a_last_resort() {
    let mut hall = day();
    for id in [10, 32] {
        let mut batch = hall.batch_now(id);
        batch.holder = Holder::Place {
            id: "loc:strong-room".to_owned(),
            name: "Strong Room 1".to_owned(),
        };
        hall.put(Record::Batch(Box::new(batch)));
    }
    assert_eq!(reasons(&hall), ["BATCH-C32 lies in Strong Room 1 too."]);
}

#[test]
fn a_script_that_was_collected_by_name_is_counted_again_in_its_own_bundle() {
    let mut hall = Hall::at_stage(2);
    let collected = MoveScript {
        batch_id: BatchId(1),
        student: StudentId(101),
        step: ScriptStep::Collected,
        withheld: false,
        from_batch: None,
    };
    hall.ask(&actor(9), collected).unwrap();
    let found = where_is(&hall, SittingId(1), StudentId(101));
    assert_eq!(found[0].batch_id, Some(BatchId(1)));
    assert!(found[0].reason.contains("by Mrs Baidoo"), "{found:?}");
}
