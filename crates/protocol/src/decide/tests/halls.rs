use proptest::{collection::vec, prelude::*};

use super::code;
use crate::{
    AttendanceStatus, CheckInCandidate, CommandId, CommandRequest, ExtendTime, LogHall,
    NoteStation, Phase, PublishTimetable, ReassignInvigilator, RejectionCode, SetPhase, SittingId,
    StationEvent, StudentId, Times, TimetableId, TimetableStatus, UpdateTimetable, UserId, VenueId,
    View as _, decide,
    testing::{EIGHT, Hall, actor, system},
};

fn phase(to: Phase) -> SetPhase {
    SetPhase {
        sitting_id: SittingId(1),
        to,
        reason: None,
    }
}

fn come(attendance: AttendanceStatus) -> CheckInCandidate {
    CheckInCandidate {
        sitting_id: SittingId(1),
        student: StudentId(101),
        attendance: Some(attendance),
        minutes_late: None,
        reason: None,
    }
}

fn extend(added_sec: i64) -> ExtendTime {
    ExtendTime {
        sitting_id: SittingId(1),
        added_sec,
        reason: "power cut".to_owned(),
        students: Vec::new(),
        incident: None,
    }
}

fn log(action: &str, seat: &str) -> LogHall {
    LogHall {
        sitting_id: SittingId(1),
        action: action.to_owned(),
        text: "toilet".to_owned(),
        seat: Some(seat.to_owned()),
        student: None,
        count: None,
        entry: None,
    }
}

#[test]
fn late_is_up_to_thirty_minutes_to_the_second() {
    for (late_sec, admitted) in [
        (29 * 60 + 59, true),
        (1_800, true),
        (1_801, false),
        (3_600, false),
    ] {
        let mut hall = Hall::new();
        hall.pass_sec(3_600 + late_sec);
        let answer = hall.ask(&actor(9), come(AttendanceStatus::Late));
        assert_eq!(answer.is_ok(), admitted, "{late_sec} s late");
    }
}

#[test]
fn minutes_late_are_by_the_right_time_even_on_a_wrong_clock() {
    let mut hall = Hall::new();
    hall.pass_sec(3_600 + 11 * 60 + 59);
    let shown = hall.now.plus_ms(432_000);
    let times = Times {
        occurred_at: shown,
        recorded_at: shown,
        clock_offset_ms: 432_000,
    };
    hall.ask_at(&actor(9), come(AttendanceStatus::Late), times)
        .unwrap();
    let candidate = hall.candidate(SittingId(1), StudentId(101)).unwrap();
    assert_eq!(candidate.minutes_late, Some(11));
    assert_eq!(hall.sitting_now(1).present, 1);
}

#[test]
fn very_late_is_for_the_exam_office_to_admit() {
    let mut hall = Hall::new();
    hall.pass_sec(3_600 + 41 * 60);
    hall.ask(&actor(8), come(AttendanceStatus::Refused))
        .unwrap();
    let very_late = CheckInCandidate {
        reason: Some("The bus of the college broke down".to_owned()),
        ..come(AttendanceStatus::VeryLate)
    };
    assert_eq!(
        code(hall.ask(&actor(8), very_late.clone())),
        RejectionCode::Forbidden
    );
    let silent = hall.ask(&actor(3), come(AttendanceStatus::VeryLate));
    assert_eq!(code(silent), RejectionCode::Invalid);
    hall.ask(&actor(3), very_late).unwrap();
    assert_eq!(hall.sitting_now(1).present, 1);
}

#[test]
fn a_sitting_closes_sealed_and_with_everybody_back() {
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(9), log("TEMPORARY_ABSENCE_OUT", "c4"))
        .unwrap();
    assert_eq!(hall.sitting_now(1).out, ["C4"]);
    hall.ask(&actor(8), phase(Phase::Reconciling)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), phase(Phase::Closed))),
        RejectionCode::IllegalTransition
    );
    let mut hall = Hall::at_stage(3);
    hall.ask(&actor(9), log("TEMPORARY_ABSENCE_OUT", "c4"))
        .unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), phase(Phase::Closed))),
        RejectionCode::IllegalTransition
    );
    hall.ask(&actor(9), log("TEMPORARY_ABSENCE_IN", " C4"))
        .unwrap();
    hall.ask(&actor(8), phase(Phase::Closed)).unwrap();
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(8), phase(Phase::Reconciling)).unwrap();
    let seal = crate::SealBatch {
        batch_id: crate::BatchId(1),
        count: 4,
        seal_number: "S-1".to_owned(),
        witness: Some(UserId(9)),
        incident: None,
    };
    hall.ask(&actor(8), seal).unwrap();
    let open_register = hall.ask(&actor(8), phase(Phase::Closed)).unwrap_err();
    assert_eq!(open_register.allowed, ["declareRegister"]);
}

#[test]
fn two_people_who_press_pause_make_one_pause() {
    let mut hall = Hall::at_stage(1);
    hall.ask(&actor(8), phase(Phase::Paused)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(3), phase(Phase::Paused))),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn a_chief_gives_back_what_the_pause_took_and_the_office_gives_more() {
    let mut hall = Hall::at_stage(1);
    hall.ask(&actor(8), phase(Phase::Paused)).unwrap();
    hall.pass_sec(1_140);
    hall.ask(&actor(8), phase(Phase::Writing)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), extend(1_141))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), extend(1_140)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), extend(1))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(4), extend(60)).unwrap();
    assert_eq!(hall.sitting_now(1).added_sec, 1_200);
}

#[test]
fn a_chief_hands_the_duty_over_and_is_one_of_the_others_then() {
    let mut hall = Hall::new();
    let over = ReassignInvigilator {
        sitting_id: SittingId(1),
        invigilator: UserId(9),
        instead_of: None,
        chief: true,
    };
    assert_eq!(
        code(hall.ask(&actor(9), over.clone())),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), over).unwrap();
    let sitting = hall.sitting_now(1);
    assert!(sitting.is_chief(UserId(9)) && sitting.has(UserId(8)) && !sitting.is_chief(UserId(8)));
}

#[test]
fn publishing_is_a_command_of_its_own_and_makes_the_batches() {
    let mut hall = Hall::new();
    let update = |status, sitting_id, venue_id| UpdateTimetable {
        timetable_id: TimetableId(1),
        changes: Vec::new(),
        text: "Moved".to_owned(),
        status,
        sitting_id,
        venue_id,
        room: None,
    };
    let around = update(Some(TimetableStatus::Published), None, None);
    assert_eq!(code(hall.ask(&actor(3), around)), RejectionCode::Invalid);
    let facts = hall
        .ask(
            &actor(3),
            PublishTimetable {
                in_spite_of: None,
                timetable_id: TimetableId(1),
            },
        )
        .unwrap();
    assert_eq!(facts.len(), 4);
    let move_it = update(None, Some(SittingId(1)), Some(VenueId(1)));
    hall.ask(&actor(3), move_it.clone()).unwrap();
    assert_eq!(hall.timetable(TimetableId(1)).unwrap().revision, 2);
    let nowhere = update(None, Some(SittingId(1)), Some(VenueId(7)));
    assert_eq!(code(hall.ask(&actor(3), nowhere)), RejectionCode::NotFound);
    hall.ask(&actor(8), phase(Phase::Admitting)).unwrap();
    hall.ask(&actor(8), phase(Phase::Writing)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(3), move_it)),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn only_the_system_notes_stations_and_a_silence_is_noted_once() {
    let mut hall = Hall::new();
    let news = |news| NoteStation {
        station: "GH-A".to_owned(),
        news,
        text: "GH-A".to_owned(),
        clock_offset_ms: 0,
        last_seen: None,
        delivered: None,
        unsent: None,
    };
    let by_hand = hall.ask(&actor(2), news(StationEvent::Offline));
    assert_eq!(code(by_hand), RejectionCode::Forbidden);
    for event in [
        StationEvent::Offline,
        StationEvent::Offline,
        StationEvent::Online,
    ] {
        hall.pass_sec(60);
        hall.ask(&system(), news(event)).unwrap();
    }
    let key = crate::Key::new(crate::Kind::Station, "GH-A");
    let Some(crate::Record::Station(station)) = hall.record(&key) else {
        panic!("no station")
    };
    assert!(station.online);
    let ended = station
        .outages
        .iter()
        .map(|silence| (silence.from, silence.to));
    let (from, to) = (EIGHT.plus_ms(60_000), EIGHT.plus_ms(180_000));
    assert_eq!(ended.collect::<Vec<_>>(), [(from, Some(to))]);
}

proptest! {
    #[test]
    fn pauses_add_up_to_the_second_on_any_clock_and_given_back_move_the_end(
        pauses in vec((1_i64..2_000, 1_i64..2_000), 1..6),
        offset_ms in -500_000_i64..500_000,
    ) {
        let mut hall = Hall::at_stage(1);
        for (writes_sec, pauses_sec) in &pauses {
            for (sec, to) in [(*writes_sec, Phase::Paused), (*pauses_sec, Phase::Writing)] {
                hall.pass_sec(sec);
                let shown = hall.now.plus_ms(offset_ms);
                let times =
                    Times { occurred_at: shown, recorded_at: shown, clock_offset_ms: offset_ms };
                hall.ask_at(&actor(8), phase(to), times).unwrap();
            }
        }
        let paused_sec: i64 = pauses.iter().map(|(_, sec)| sec).sum();
        prop_assert_eq!(hall.sitting_now(1).paused_sec, paused_sec);
        hall.ask(&actor(8), extend(paused_sec)).unwrap();
        let end = hall.sitting_now(1).effective_end();
        prop_assert_eq!(end, EIGHT.plus_ms((4 * 3_600 + paused_sec) * 1_000));
    }

    #[test]
    fn a_pause_received_late_counts_by_when_it_happened(late_sec in 0_i64..10_000) {
        let mut hall = Hall::at_stage(1);
        let (from, to) = (hall.now.plus_ms(60_000), hall.now.plus_ms(360_000));
        hall.pass_sec(360 + late_sec);
        hall.ask_at(&actor(8), phase(Phase::Paused), Times::at(from)).unwrap();
        hall.ask_at(&actor(8), phase(Phase::Writing), Times::at(to)).unwrap();
        prop_assert_eq!(hall.sitting_now(1).paused_sec, 300);
    }
}

#[test]
fn a_decision_depends_on_nothing_but_what_it_is_given() {
    let hall = Hall::at_stage(3);
    let request = CommandRequest {
        command_id: CommandId(uuid::Uuid::from_u128(1)),
        times: Times::at(EIGHT),
        command: phase(Phase::Closed).into(),
    };
    let once = decide(&actor(8), &request, &hall, EIGHT);
    assert_eq!(once, decide(&actor(8), &request, &hall, EIGHT));
    assert!(once.is_ok());
}
