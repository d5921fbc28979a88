use super::*;
use crate::{
    BatchId, DeclareCount, LogHall, NotePrinted, PAPERS_RECEIVED, SittingId,
    testing::{Hall, actor},
};

/// The way of the first batch, as one letter a stop: passed, unnoted, here, to come.
fn states(hall: &Hall) -> String {
    let letter = |stop: &WayStop| match stop.state {
        StopState::Passed => 'p',
        StopState::Unnoted => 'u',
        StopState::Here => 'H',
        StopState::ToCome => '.',
    };
    way(hall).iter().map(letter).collect()
}

fn way(hall: &Hall) -> Vec<WayStop> {
    way_of(
        &hall.batch_now(1),
        Some(&hall.sitting_now(1)),
        &Policy::default(),
    )
}

fn stop(hall: &Hall, stop: Stop) -> WayStop {
    let found = way(hall).into_iter().find(|one| one.stop == stop);
    found.unwrap()
}

fn print(hall: &mut Hall) {
    let printed = NotePrinted {
        batch_id: BatchId(1),
        copies: 4,
        spare: 2,
        place: "Print room".to_owned(),
        printed_at: None,
    };
    hall.ask(&actor(3), printed).unwrap();
}

fn sign(hall: &mut Hall, count: Option<i64>) {
    let signed = LogHall {
        sitting_id: SittingId(1),
        action: PAPERS_RECEIVED.to_owned(),
        text: "Papers received.".to_owned(),
        seat: None,
        student: None,
        count,
        entry: None,
    };
    hall.ask(&actor(8), signed).unwrap();
}

fn count(hall: &mut Hall, user: i64, count: i64) {
    let batch_id = BatchId(1);
    hall.ask(&actor(user), DeclareCount { batch_id, count })
        .unwrap();
}

#[test]
fn papers_are_printed_then_signed_for_by_the_hall() {
    let mut hall = Hall::new();
    assert_eq!(states(&hall), "........");
    print(&mut hall);
    assert_eq!(states(&hall), "H.......");
    let printed = stop(&hall, Stop::Printed);
    assert_eq!(
        (printed.n, printed.place.as_deref()),
        (Some(6), Some("Print room"))
    );
    sign(&mut hall, Some(6));
    assert_eq!(states(&hall), "pH......");
    let issued = stop(&hall, Stop::Issued);
    assert_eq!(
        (issued.n, issued.people),
        (Some(6), vec!["Mr Ofori".to_owned()])
    );
}

#[test]
fn a_hall_that_writes_has_its_papers_though_nobody_wrote_that_down() {
    let hall = Hall::at_stage(1);
    assert_eq!(states(&hall), "uH......");
    assert_eq!(stop(&hall, Stop::Issued).at, None);
}

#[test]
fn a_batch_is_counted_when_two_people_say_the_same() {
    let mut hall = Hall::at_stage(2);
    assert_eq!(states(&hall), "uuH.....");
    count(&mut hall, 8, 4);
    assert_eq!(states(&hall), "uuH.....");
    count(&mut hall, 9, 3);
    assert_eq!(states(&hall), "uuH.....");
    count(&mut hall, 9, 4);
    assert_eq!(states(&hall), "uupH....");
    let counted = stop(&hall, Stop::Counted);
    assert_eq!(counted.people, ["Mr Ofori", "Mrs Baidoo"]);
    assert_eq!(counted.n, Some(4));
}

#[test]
fn the_way_goes_on_by_what_the_record_holds_and_names_what_it_lacks() {
    let hall = Hall::at_stage(3);
    assert_eq!(states(&hall), "uupuH...");
    // The day of the tests seals by itself, before a witness.
    assert_eq!(stop(&hall, Stop::Sealed).people, ["Mrs Baidoo"]);
    // From the hall into the lecturer's own hands: it was never on its way.
    let hall = Hall::at_stage(5);
    assert_eq!(states(&hall), "uupupuH.");
}

#[test]
fn what_is_ahead_says_by_when_the_institution_wants_it() {
    let by = |hall: &Hall, at: Stop| stop(hall, at).by;
    let written = Hall::at_stage(2);
    let end = written.sitting_now(1).effective_end();
    assert_eq!(
        by(&written, Stop::Sealed),
        Some(end.plus_ms(60 * MINUTE_MS))
    );
    assert_eq!(by(&written, Stop::InTransit), None);
    let sealed = Hall::at_stage(3);
    let at = sealed.batch_now(1).sealed_at.unwrap();
    assert_eq!(by(&sealed, Stop::Sealed), None);
    assert_eq!(
        by(&sealed, Stop::InTransit),
        Some(at.plus_ms(240 * MINUTE_MS))
    );
    assert_eq!(by(&sealed, Stop::Returned), None);
    let marked = Hall::at_stage(5);
    let at = stop(&marked, Stop::WithLecturer).at.unwrap();
    assert_eq!(by(&marked, Stop::Returned), Some(at.plus_ms(14 * DAY_MS)));
    assert_eq!(by(&marked, Stop::InTransit), None);
}
