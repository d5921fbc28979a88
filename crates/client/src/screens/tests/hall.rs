//! The plan of a hall shows who is out and whose script is in, also what only this station knows.

use elms_protocol::{LogHall, MoveScript, Phase, ScriptStep, StudentId, host::HallView};

use super::*;

fn out_or_in(action: &str) -> LogHall {
    LogHall {
        sitting_id: SITTING,
        action: action.to_owned(),
        text: "C9".to_owned(),
        seat: Some("C9".to_owned()),
        student: Some(StudentId(209)),
        count: None,
        entry: None,
    }
}

fn handed_in(student: i64) -> MoveScript {
    MoveScript {
        batch_id: BATCH,
        student: StudentId(student),
        step: ScriptStep::Submitted,
        withheld: false,
        from_batch: None,
    }
}

fn shown(desk: &Desk) -> HallView {
    let history: Vec<Held> = desk
        .look(|scene, _| hall_keys(scene, SITTING))
        .iter()
        .flat_map(|key| desk.history(key))
        .collect();
    desk.look(|scene, _| hall(scene, SITTING, &history))
        .unwrap()
}

#[test]
fn who_went_out_is_out_since_then_until_they_are_back() {
    let mut desk = Desk::of(invigilator());
    let went_out = desk.hall.now();
    desk.hall
        .ask(&invigilator(), out_or_in("TEMPORARY_ABSENCE_OUT"));
    desk.hear();
    let hall = shown(&desk);
    let away: Vec<_> = hall
        .away
        .iter()
        .map(|one| (&*one.seat, one.since))
        .collect();
    assert_eq!(away, vec![("C9", Some(went_out))]);
    desk.keep(1, out_or_in("TEMPORARY_ABSENCE_IN"));
    assert!(shown(&desk).away.is_empty());
}

#[test]
fn a_script_is_in_as_soon_as_it_was_taken_here_and_stays_in() {
    let mut desk = Desk::of(invigilator());
    desk.hall.ask(&invigilator(), handed_in(108));
    desk.hear();
    desk.keep(1, handed_in(209));
    let hall = shown(&desk);
    assert_eq!(hall.scripts_in, vec![StudentId(108), StudentId(209)]);
    let seats: Vec<_> = hall.candidates.iter().map(|one| &*one.seat).collect();
    assert_eq!(seats, vec!["C9", "C10", "D1"]);
}

#[test]
fn only_those_who_run_the_hall_are_offered_its_next_phases() {
    let next = |actor| {
        let hall = shown(&Desk::of(actor));
        let next = hall.next.into_iter();
        next.map(|next| next.to).collect::<Vec<_>>()
    };
    assert!(next(invigilator()).is_empty());
    assert!(next(chief()).contains(&Phase::Collecting));
}

#[test]
fn a_hall_that_is_not_there_is_not_shown() {
    let desk = Desk::of(officer());
    let none = desk.look(|scene, _| hall(scene, SittingId(99), &[]));
    assert!(none.is_none());
}
