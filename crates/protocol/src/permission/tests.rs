//! The matrix of the domain description, written down a second time and by role.

use super::*;
use crate::testing::{Hall, actor, system};
use crate::{SittingId, View as _};

use Reach::System as S;
use Reach::{Assigned as A, Department as D, Faculty as F, Institution as I, No as N, Own as O};

/// SA AD FA DE HO EO CH IN SH LE ST, in the words of the domain description.
#[rustfmt::skip]
const MATRIX: &[(Action, [Reach; 11])] = &[
    (Action::SignIn,              [S, I, F, F, D, I, A, A, A, A, N]),
    (Action::SeeBoard,            [S, I, F, F, D, I, A, A, A, N, N]),
    (Action::SeeCandidates,       [N, I, F, F, D, I, A, A, N, A, O]),
    (Action::TakeAttendance,      [N, N, N, N, N, I, A, A, N, N, N]),
    (Action::OverrideAttendance,  [N, I, N, N, N, I, N, N, N, N, N]),
    (Action::RunSitting,          [N, N, N, N, N, I, A, N, N, N, N]),
    (Action::GiveTime,            [N, N, N, N, N, I, A, N, N, N, N]),
    (Action::WriteHallLog,        [N, N, N, N, N, I, A, A, N, N, N]),
    (Action::ReportIncident,      [N, I, F, F, D, I, A, A, A, A, O]),
    (Action::ReadIncident,        [S, I, F, F, D, I, A, A, A, A, O]),
    (Action::ReadConfidential,    [N, I, N, F, N, I, O, O, N, N, N]),
    (Action::NoteIncident,        [N, I, F, N, D, I, A, A, A, A, N]),
    (Action::Acknowledge,         [N, I, F, N, N, I, N, N, N, N, N]),
    (Action::Assign,              [N, I, F, N, N, I, N, N, N, N, N]),
    (Action::ChangeSeverity,      [N, I, F, N, N, I, A, N, N, N, N]),
    (Action::Escalate,            [N, I, F, F, D, I, A, A, A, N, N]),
    (Action::Resolve,             [N, I, F, N, N, I, A, N, N, N, N]),
    (Action::CloseIncident,       [N, I, N, N, N, I, N, N, N, N, N]),
    (Action::Witness,             [N, O, O, O, O, O, O, O, O, O, N]),
    (Action::SeeBatches,          [S, I, F, F, D, I, A, A, A, A, N]),
    (Action::CollectScripts,      [N, N, N, N, N, I, A, A, N, N, N]),
    (Action::DeclareCount,        [N, N, N, N, N, I, A, A, N, N, N]),
    (Action::Seal,                [N, N, N, N, N, I, A, N, N, N, N]),
    (Action::WitnessSeal,         [N, N, N, N, N, I, A, A, A, N, N]),
    (Action::Unseal,              [N, I, N, N, N, I, N, N, N, N, N]),
    (Action::OfferHandover,       [N, N, N, N, N, I, A, N, A, A, N]),
    (Action::DecideHandover,      [N, N, N, N, N, I, A, N, A, A, N]),
    (Action::AssignBatch,         [N, I, F, N, D, I, N, N, N, N, N]),
    (Action::Grade,               [N, N, N, N, N, N, N, N, N, A, N]),
    (Action::Archive,             [N, I, N, N, N, I, N, N, N, N, N]),
    (Action::EditTimetable,       [N, I, F, N, D, I, N, N, N, N, N]),
    (Action::ApproveTimetable,    [N, I, F, N, N, N, N, N, N, N, N]),
    (Action::PublishTimetable,    [N, I, N, N, N, I, N, N, N, N, N]),
    (Action::AssignInvigilators,  [N, I, F, N, D, I, N, N, N, N, N]),
    (Action::CheckInStaff,        [N, N, N, N, N, I, A, O, N, N, N]),
    (Action::Announce,            [N, I, F, N, N, I, N, N, N, N, N]),
    (Action::ConfirmAnnouncement, [N, N, N, N, N, I, A, A, N, N, N]),
    (Action::EnrolStation,        [S, I, N, N, N, I, N, N, N, N, N]),
    (Action::ManageUsers,         [S, I, F, N, N, I, N, N, N, N, N]),
    (Action::ManageVenues,        [S, I, F, N, N, I, N, N, N, N, N]),
    (Action::EditPolicy,          [S, I, N, N, N, N, N, N, N, N, N]),
    (Action::Export,              [N, I, F, F, D, I, A, N, N, N, N]),
    (Action::VerifyRecord,        [S, I, N, N, N, I, N, N, N, N, N]),
    (Action::JoinInstitution,     [S, I, I, I, I, I, I, I, I, N, N]),
    (Action::JoinNarrow,          [S, I, F, F, D, I, A, A, A, A, N]),
];

#[test]
fn every_cell_of_the_matrix_is_as_the_domain_description_has_it() {
    assert_eq!(MATRIX.len(), Action::ALL.len());
    for (action, cells) in MATRIX {
        for (column, expected) in COLUMNS.iter().zip(cells) {
            assert_eq!(
                reach(*column, *action),
                *expected,
                "{action:?} for {column:?}"
            );
        }
    }
}

/// What a reach means in sitting 1 (faculty 1, department 1, chief 8, with 9), told a second way.
fn reaches(user: i64, cell: Reach, sitting: i64) -> bool {
    match cell {
        N | S | O => false,
        // All of our sittings are of faculty 1, and so are those with faculty rights.
        I | F => true,
        D => sitting == 1,
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
        (9, 7),
        (6, 8),
        (24, 9),
    ] {
        for (action, cells) in MATRIX {
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
    for (action, cells) in MATRIX {
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
        assert!(!may_everywhere(&actor(8), *action) || *action == Action::JoinInstitution);
    }
}

#[test]
fn a_handler_is_assigned_to_the_batch_in_hand() {
    let mut hall = Hall::at_stage(4);
    let accept = crate::AcceptBatch {
        transfer: crate::testing::handover(0),
        note: None,
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
