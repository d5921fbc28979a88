//! The matrix of the domain description, read from its own words and compared cell by cell.

use super::*;
use crate::testing::{Hall, actor, system};
use crate::{SittingId, View as _};

use Reach::{Assigned as A, Faculty as F, Institution as I, Own as O};

/// The table of the domain description, kept apart from the code.
const WRITTEN: &str = include_str!("matrix.txt");

/// Each action with its eleven cells.
fn matrix() -> Vec<(Action, Vec<Reach>)> {
    let lines = WRITTEN.lines().filter(|line| !line.starts_with('#'));
    lines.map(row).collect()
}

fn row(line: &str) -> (Action, Vec<Reach>) {
    let mut cells = line.split('|').map(str::trim);
    let name = cells.next().unwrap();
    let action = serde_json::from_value(name.into());
    let action = action.unwrap_or_else(|_| panic!("there is no action {name}"));
    (action, cells.take(11).map(cell).collect())
}

fn cell(text: &str) -> Reach {
    match text {
        "S" => Reach::System,
        "I" => I,
        "I/F" => Reach::InstitutionOrFaculty,
        "F" => F,
        "D" => Reach::Department,
        "A" => A,
        "O" => O,
        "-" => Reach::No,
        other => panic!("{other:?} is no cell"),
    }
}

#[test]
fn every_cell_of_the_matrix_is_as_the_domain_description_has_it() {
    let matrix = matrix();
    let written: Vec<Action> = matrix.iter().map(|(action, _)| *action).collect();
    for action in Action::ALL {
        let n = written.iter().filter(|other| *other == action).count();
        assert_eq!(n, 1, "{action:?}");
    }
    for (action, cells) in matrix {
        assert_eq!(cells.len(), COLUMNS.len(), "{action:?}");
        for (column, expected) in COLUMNS.iter().zip(cells) {
            assert_eq!(
                reach(*column, action),
                expected,
                "{action:?} for {column:?}"
            );
        }
    }
}

/// What a reach means in sitting 1 (faculty 1, department 1, chief 8, with 9), told a second way.
fn reaches(user: i64, cell: Reach, sitting: i64) -> bool {
    match cell {
        Reach::No | Reach::System | O => false,
        // All of our sittings are of faculty 1, and so are those with faculty rights; Ms Darko is
        // an officer of faculty 2.
        Reach::InstitutionOrFaculty => user != 5,
        I | F => true,
        Reach::Department => sitting == 1,
        A => matches!((user, sitting), (8 | 9, 1) | (12, 2)),
    }
}

#[test]
fn a_right_reaches_as_far_as_its_cell_says() {
    let hall = Hall::new();
    for (user, column) in [
        (1, 0),
        (2, 1),
        (31, 2),
        (32, 3),
        (33, 4),
        (3, 5),
        (5, 5),
        (9, 7),
        (6, 8),
        (24, 9),
    ] {
        for (action, cells) in &matrix() {
            for id in [1, 2] {
                let sitting = hall.sitting(SittingId(id)).unwrap();
                let subject = Subject {
                    sitting: Some(&sitting),
                    ..Subject::default()
                };
                let expected = reaches(user, cells[column], id);
                assert_eq!(
                    may(&actor(user), *action, subject),
                    expected,
                    "{user} {action:?} {id}"
                );
            }
        }
    }
}

#[test]
fn a_chief_has_the_chiefs_rights_in_the_own_sitting_and_no_other() {
    let hall = Hall::new();
    for (action, cells) in &matrix() {
        for (id, chief) in [(1, true), (2, false)] {
            let sitting = hall.sitting(SittingId(id)).unwrap();
            let subject = Subject {
                sitting: Some(&sitting),
                ..Subject::default()
            };
            let as_chief = matches!(cells[6], A | I) && chief;
            let as_invigilator = cells[7] == I || (cells[7] == A && id == 1);
            let expected = as_chief || as_invigilator;
            assert_eq!(
                may(&actor(8), *action, subject),
                expected,
                "{action:?} {id}"
            );
        }
    }
}

#[test]
fn own_things_are_ones_own_only() {
    let own = Subject {
        own: true,
        ..Subject::default()
    };
    assert!(may(&actor(9), Action::Witness, own));
    assert!(!may(&actor(9), Action::Witness, Subject::default()));
}

#[test]
fn the_system_may_do_everything_and_nobody_is_everywhere_by_assignment() {
    for action in Action::ALL {
        assert!(may(&system(), *action, Subject::default()));
        let everywhere = may_everywhere(&actor(8), *action);
        assert!(!everywhere || *action == Action::JoinInstitution);
    }
}

#[test]
fn a_handler_is_assigned_to_the_batch_in_hand() {
    let mut hall = Hall::at_stage(4);
    let accept = crate::AcceptBatch {
        transfer: crate::testing::handover(0),
        note: None,
        count: None,
        seal_seen: None,
    };
    let before = hall.batch_now(1);
    let subject = |batch| Subject {
        batch: Some(batch),
        ..Subject::default()
    };
    assert!(!may(&actor(6), Action::OfferHandover, subject(&before)));
    hall.ask(&actor(6), accept).unwrap();
    assert!(may(
        &actor(6),
        Action::OfferHandover,
        subject(&hall.batch_now(1))
    ));
}

#[test]
fn an_officer_of_a_faculty_is_an_officer_there_and_nowhere_else() {
    let hall = Hall::new();
    let mut foreign = hall.sitting_now(1);
    foreign.faculty_id = crate::FacultyId(2);
    let ours = hall.sitting_now(1);
    let subject = |sitting| Subject {
        sitting: Some(sitting),
        ..Subject::default()
    };
    for (action, cells) in matrix() {
        if cells[5] != Reach::InstitutionOrFaculty {
            continue;
        }
        assert!(may(&actor(5), action, subject(&foreign)), "{action:?}");
        assert!(!may(&actor(5), action, subject(&ours)), "{action:?}");
        assert!(!may_everywhere(&actor(5), action) && may_everywhere(&actor(3), action));
    }
}

#[test]
fn nobody_of_another_institution_may_ask_for_anything_here() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let (stage, day) =
            proptest::strategy::Strategy::new_tree(&crate::testing::chance::days(40), &mut runner)
                .unwrap()
                .current();
        let mut hall = Hall::at_stage(stage);
        for step in day {
            let stranger = Actor {
                institution: crate::InstitutionId(2),
                ..step.actor
            };
            let refusal = hall.ask(&stranger, step.command).unwrap_err();
            assert_eq!(refusal.code, crate::RejectionCode::Forbidden);
        }
    }
}
