//! The plan of a hall shows who is out and whose script is in, also what only this station knows.

use elms_protocol::{
    CheckInInvigilator, ExtendTime, LogHall, MoveScript, Phase, ScriptStep, SetPhase, StudentId,
    host::HallView,
};

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

#[test]
fn the_chief_notes_who_has_come_and_the_others_themselves_only() {
    let ids = |actors: &[Actor]| actors.iter().filter_map(|one| one.user).collect::<Vec<_>>();
    let awaited = |actor| shown(&Desk::of(actor)).awaited;
    assert_eq!(awaited(chief()), ids(&[chief(), invigilator()]));
    assert_eq!(awaited(invigilator()), ids(&[invigilator()]));
    let mut desk = Desk::of(chief());
    let came = CheckInInvigilator {
        sitting_id: SITTING,
        invigilator: invigilator().user.unwrap(),
    };
    desk.keep(1, came);
    assert_eq!(shown(&desk).awaited, ids(&[chief()]));
}

/// The clock of the hall is stopped and goes on, on the server.
fn paused(desk: &mut Desk) {
    for to in [Phase::Paused, Phase::Writing] {
        let reason = None;
        desk.hall.ask(
            &chief(),
            SetPhase {
                sitting_id: SITTING,
                to,
                reason,
            },
        );
    }
    desk.hear();
}

#[test]
fn what_pauses_took_is_offered_to_be_given_back_once_and_to_those_who_may() {
    let owed = |actor| {
        let mut desk = Desk::of(actor);
        paused(&mut desk);
        desk
    };
    assert_eq!(shown(&owed(invigilator())).owed_sec, 0);
    let mut desk = owed(chief());
    let owed_sec = shown(&desk).owed_sec;
    assert_eq!(owed_sec, shown(&desk).view.sitting.paused_sec);
    assert!(0 < owed_sec, "{owed_sec}");
    let give = ExtendTime {
        sitting_id: SITTING,
        added_sec: owed_sec,
        reason: "Fire alarm".to_owned(),
        students: Vec::new(),
        incident: None,
    };
    desk.keep(1, give);
    assert_eq!(shown(&desk).owed_sec, 0);
}

#[test]
fn only_those_who_run_a_hall_that_writes_may_stop_its_clock_with_a_report() {
    let may_pause = |desk: &Desk| {
        let options = desk.look(|scene, _| report_options(scene));
        options.halls.iter().any(|hall| hall.may_pause)
    };
    assert!(!may_pause(&Desk::of(invigilator())));
    let mut desk = Desk::of(chief());
    assert!(may_pause(&desk));
    let to = Phase::Paused;
    let reason = None;
    desk.keep(
        1,
        SetPhase {
            sitting_id: SITTING,
            to,
            reason,
        },
    );
    assert!(!may_pause(&desk));
}
