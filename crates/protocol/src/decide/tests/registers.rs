//! Who is there until when: registers, halls, pauses, and when each candidate finishes.

use proptest::{collection::vec, prelude::*, sample::select};

use super::code;
use crate::{
    AttendanceStatus, CheckInCandidate, DeclareRegister, ExtendTime, Fact, Phase, Record,
    RejectionCode, SendOn, SetPhase, SittingId, StudentId, Times, VenueId, View as _,
    testing::{EIGHT, Hall, actor, system},
};

fn phase(to: Phase) -> SetPhase {
    SetPhase {
        sitting_id: SittingId(1),
        to,
        reason: None,
    }
}

fn come(student: i64, attendance: AttendanceStatus) -> CheckInCandidate {
    CheckInCandidate {
        sitting_id: SittingId(1),
        student: StudentId(student),
        attendance: Some(attendance),
        minutes_late: None,
        reason: None,
    }
}

/// Writing since nine, with nobody checked in by name or number.
fn writing() -> Hall {
    let mut hall = Hall::new();
    hall.ask(&actor(8), phase(Phase::Admitting)).unwrap();
    hall.pass_sec(3_600);
    hall.ask(&actor(8), phase(Phase::Writing)).unwrap();
    hall
}

#[test]
fn the_edges_of_lateness_are_by_the_right_time_to_the_second() {
    use AttendanceStatus::{Late, Present, Refused, VeryLate};
    // Seconds after the start, what is asked by the hall, whether it is taken; and whether the
    // office's admission needs the form of the board.
    let edges = [
        (
            29 * 60 + 59,
            [(Present, true), (Late, true), (Refused, true)],
            false,
        ),
        (
            30 * 60,
            [(Present, true), (Late, true), (Refused, true)],
            false,
        ),
        (
            30 * 60 + 1,
            [(Present, false), (Late, false), (Refused, true)],
            false,
        ),
        (
            60 * 60,
            [(Present, false), (Late, false), (Refused, true)],
            false,
        ),
        (
            60 * 60 + 1,
            [(Present, false), (Late, false), (Refused, true)],
            true,
        ),
    ];
    for (late_sec, asked, form) in edges {
        for (attendance, taken) in asked {
            let mut hall = writing();
            hall.pass_sec(late_sec);
            // This station is seven minutes fast.
            let shown = hall.now.plus_ms(432_000);
            let times = Times {
                occurred_at: shown,
                recorded_at: shown,
                clock_offset_ms: 432_000,
            };
            let answer = hall.ask_at(&actor(9), come(101, attendance), times);
            assert_eq!(answer.is_ok(), taken, "{late_sec} s: {attendance:?}");
            if let Err(refusal) = answer {
                assert_eq!(refusal.allowed, ["REFUSED", "VERY_LATE"]);
            }
        }
        let mut hall = writing();
        hall.pass_sec(late_sec);
        hall.ask(&actor(9), come(101, Refused)).unwrap();
        let admitted = CheckInCandidate {
            reason: Some("The bus of the college broke down".to_owned()),
            ..come(101, VeryLate)
        };
        hall.ask(&actor(3), admitted).unwrap();
        let told = &hall.log.last().unwrap().payload;
        assert_eq!(told.get("boardForm").is_some(), form, "{late_sec} s");
        assert_eq!(told["reason"], "The bus of the college broke down");
        assert_eq!(told["minutesLate"], late_sec / 60);
    }
}

#[test]
fn whoever_only_says_who_it_is_leaves_the_rest_to_the_clock() {
    use AttendanceStatus::{Late, Present, Refused};
    for (late_sec, written) in [(0, Present), (1_800, Late), (1_801, Refused)] {
        let mut hall = writing();
        hall.pass_sec(late_sec);
        let scanned = CheckInCandidate {
            attendance: None,
            ..come(101, Present)
        };
        hall.ask(&actor(9), scanned).unwrap();
        let candidate = hall.candidate(SittingId(1), StudentId(101)).unwrap();
        assert_eq!(candidate.attendance, written, "{late_sec} s");
    }
}

#[test]
fn a_candidate_in_the_wrong_hall_is_told_the_right_one() {
    let mut hall = writing();
    let mut annex = hall.venue(VenueId(1)).unwrap();
    annex.id = VenueId(2);
    annex.name = "Business Annex".to_owned();
    hall.put(Record::Venue(annex));
    let mut there = hall.sitting_now(2);
    there.venue_id = VenueId(2);
    hall.put(Record::Sitting(Box::new(there)));
    let refusal = hall
        .ask(&actor(9), come(202, AttendanceStatus::Present))
        .unwrap_err();
    assert_eq!(refusal.code, RejectionCode::NotFound);
    assert_eq!(refusal.allowed, ["Business Annex"]);
    assert!(refusal.message.contains("Business Annex") && refusal.message.contains("A2"));
    let nobody = hall
        .ask(&actor(9), come(999, AttendanceStatus::Present))
        .unwrap_err();
    assert!(nobody.allowed.is_empty());
}

#[test]
fn a_stray_is_sent_on_with_one_line_to_each_of_the_two_halls() {
    let mut hall = writing();
    let mut there = hall.sitting_now(2);
    there.room = "Old Library".to_owned();
    hall.put(Record::Sitting(Box::new(there)));
    let send_on = |index_number: &str| SendOn {
        sitting_id: SittingId(1),
        index_number: index_number.to_owned(),
    };
    let told = hall.ask(&actor(9), send_on(" aut/202 ")).unwrap();
    let lines: Vec<(SittingId, &str)> = told
        .iter()
        .filter_map(|fact| {
            let Fact::HallLog(log) = fact else {
                return None;
            };
            Some((log.exam_entry_id, log.text.as_str()))
        })
        .collect();
    let [(here, sent), (other, coming)] = lines[..] else {
        panic!("{told:?}");
    };
    assert_eq!((here, other), (SittingId(1), SittingId(2)));
    assert!(
        sent.contains("AUT/202") && sent.contains("Old Library"),
        "{sent}"
    );
    assert!(coming.contains("AUT/202 is on the way from"), "{coming}");
    let at_home = hall.ask(&actor(9), send_on("AUT/101"));
    assert_eq!(code(at_home), RejectionCode::AlreadyExists);
    let nobody = hall.ask(&actor(9), send_on("AUT/999"));
    assert_eq!(code(nobody), RejectionCode::NotFound);
    let lecturer = hall.ask(&actor(24), send_on("AUT/202"));
    assert_eq!(code(lecturer), RejectionCode::Forbidden);
}

#[test]
fn a_complete_register_makes_absent_who_has_not_come_if_all_came_by_name() {
    let mut hall = Hall::new();
    let sitting_id = SittingId(1);
    let early = hall.ask(&actor(8), DeclareRegister { sitting_id });
    assert_eq!(code(early), RejectionCode::IllegalTransition);
    let mut hall = writing();
    for student in [101, 102] {
        hall.ask(&actor(9), come(student, AttendanceStatus::Present))
            .unwrap();
    }
    hall.pass_sec(3_000);
    hall.ask(&actor(9), come(103, AttendanceStatus::Refused))
        .unwrap();
    hall.ask(&actor(9), DeclareRegister { sitting_id }).unwrap();
    let of = |hall: &Hall, student| {
        hall.candidate(sitting_id, StudentId(student))
            .unwrap()
            .attendance
    };
    assert_eq!(of(&hall, 103), AttendanceStatus::Refused);
    assert_eq!(of(&hall, 104), AttendanceStatus::Absent);
    assert!(hall.sitting_now(1).register_complete);
    let again = hall.ask(&actor(9), DeclareRegister { sitting_id });
    assert_eq!(code(again), RejectionCode::AlreadyExists);
    // Absent is not for ever: until the scripts are called in, the office may admit.
    let admitted = CheckInCandidate {
        reason: Some("Ambulance".to_owned()),
        ..come(104, AttendanceStatus::VeryLate)
    };
    hall.ask(&actor(3), admitted).unwrap();
    assert_eq!(hall.sitting_now(1).present, 3);
}

#[test]
fn where_candidates_were_only_counted_nobody_is_called_absent_by_name() {
    let mut hall = Hall::at_stage(2);
    let sitting_id = SittingId(1);
    hall.ask(&actor(9), DeclareRegister { sitting_id }).unwrap();
    let expected = |one: &crate::Candidate| one.attendance == AttendanceStatus::Expected;
    assert!(hall.candidates(sitting_id).iter().all(expected));
}

#[test]
fn nobody_is_admitted_once_the_scripts_are_called_in() {
    let mut hall = writing();
    hall.ask(&actor(8), phase(Phase::Collecting)).unwrap();
    let late = hall
        .ask(&actor(9), come(101, AttendanceStatus::Late))
        .unwrap_err();
    assert_eq!(
        (late.code, late.allowed),
        (RejectionCode::IllegalTransition, vec!["ABSENT".to_owned()])
    );
    hall.ask(&actor(9), come(101, AttendanceStatus::Absent))
        .unwrap();
}

#[test]
fn two_stations_that_write_one_pause_down_make_one_pause() {
    let mut hall = writing();
    let pressed = Times::at(hall.now.plus_ms(60_000));
    let resumed = Times::at(hall.now.plus_ms(600_000));
    hall.pass_sec(1_200);
    for _ in 0..2 {
        // The second station was offline: its two presses arrive when all is over.
        drop(hall.ask_at(&actor(8), phase(Phase::Paused), pressed));
        drop(hall.ask_at(&actor(8), phase(Phase::Writing), resumed));
    }
    let sitting = hall.sitting_now(1);
    assert_eq!((sitting.paused_sec, sitting.pauses.len()), (540, 1));
    let twice = hall.ask_at(&actor(8), phase(Phase::Paused), pressed);
    assert_eq!(code(twice), RejectionCode::AlreadyExists);
    hall.ask(&actor(8), phase(Phase::Paused)).unwrap();
}

#[test]
fn a_chief_gives_no_candidate_more_than_the_pauses_took() {
    let mut hall = writing();
    hall.ask(&actor(8), phase(Phase::Paused)).unwrap();
    hall.pass_sec(600);
    hall.ask(&actor(8), phase(Phase::Writing)).unwrap();
    let give = |added_sec, students: &[i64]| ExtendTime {
        sitting_id: SittingId(1),
        added_sec,
        reason: "power cut".to_owned(),
        students: students.iter().map(|id| StudentId(*id)).collect(),
        incident: None,
    };
    hall.ask(&actor(8), give(400, &[101])).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), give(201, &[101, 102]))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), give(200, &[101])).unwrap();
    assert_eq!(
        hall.candidate(SittingId(1), StudentId(101))
            .unwrap()
            .added_sec,
        600
    );
    hall.ask(&actor(3), give(60, &[101])).unwrap();
}

proptest! {
    #[test]
    fn every_candidate_writes_the_own_time_whatever_was_paused(
        pauses in vec((1_i64..1_500, 1_i64..1_500), 0..5),
        percents in vec(select(vec![0_i64, 25, 50]), 4),
        own_sec in 1_i64..900,
    ) {
        let mut hall = writing();
        for (student, percent) in (101..=104).zip(&percents) {
            let mut candidate = hall.candidate(SittingId(1), StudentId(student)).unwrap();
            candidate.extra_time_pct = *percent;
            hall.put(Record::Candidate(candidate));
        }
        let mut paused_sec = 0;
        for (writes_sec, pause_sec) in pauses {
            hall.pass_sec(writes_sec);
            hall.ask(&actor(8), phase(Phase::Paused)).unwrap();
            hall.pass_sec(pause_sec);
            hall.ask(&actor(8), phase(Phase::Writing)).unwrap();
            paused_sec += pause_sec;
        }
        let give = |added_sec, students| ExtendTime {
            sitting_id: SittingId(1),
            added_sec,
            reason: "given back".to_owned(),
            students,
            incident: None,
        };
        if 0 < paused_sec {
            hall.ask(&actor(8), give(paused_sec, Vec::new())).unwrap();
        }
        hall.ask(&system(), give(own_sec, vec![StudentId(102)])).unwrap();
        let sitting = hall.sitting_now(1);
        let pauses: i64 = sitting.pauses.iter().map(|pause| pause.to.since_ms(pause.from)).sum();
        prop_assert_eq!(pauses, paused_sec * 1_000);
        for (student, percent) in (101..=104).zip(percents) {
            let candidate = hall.candidate(SittingId(1), StudentId(student)).unwrap();
            // Three planned hours, stretched; the pauses took nothing from anybody.
            let writes_ms = sitting.finish_of(&candidate).since_ms(EIGHT.plus_ms(3_600_000)) - pauses;
            let own_ms = if student == 102 { own_sec * 1_000 } else { 0 };
            prop_assert_eq!(writes_ms, 3 * 36_000 * (100 + percent) + own_ms);
        }
    }
}
