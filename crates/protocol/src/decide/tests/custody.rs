use super::code;
use crate::{
    AcceptBatch, BatchId, BatchStatus, CancelOffer, CustodyState, DisputeBatch, Fact, GradeScript,
    IncidentType, OfferBatch, ReceiveBatch, RefuseBatch, RejectionCode, SetBatchStatus, Severity,
    StudentId, UserId, View as _, case_of_dispute,
    testing::{Hall, actor, handover},
};

fn offer_to_user(n: u128, user: i64) -> OfferBatch {
    OfferBatch {
        transfer: handover(n),
        batch_id: BatchId(1),
        to_user: Some(UserId(user)),
        to_location: None,
        to_location_name: None,
    }
}

fn offer_to_place(n: u128) -> OfferBatch {
    OfferBatch {
        to_user: None,
        to_location: Some("loc:strong-room".to_owned()),
        to_location_name: Some("Strong Room 1".to_owned()),
        ..offer_to_user(n, 0)
    }
}

fn accept(n: u128) -> AcceptBatch {
    AcceptBatch {
        transfer: handover(n),
        note: None,
        count: None,
        seal_seen: None,
    }
}

fn status(to: BatchStatus, place: Option<&str>) -> SetBatchStatus {
    let location = place.map(str::to_owned);
    SetBatchStatus {
        batch_id: BatchId(1),
        to,
        location,
        location_name: None,
        count: None,
    }
}

/// Sealed by the chief, who holds it.
fn sealed_by_the_chief() -> Hall {
    let mut hall = Hall::at_stage(2);
    let seal = crate::SealBatch {
        batch_id: BatchId(1),
        count: 4,
        seal_number: "S-1".to_owned(),
        witness: Some(UserId(9)),
        incident: None,
    };
    hall.ask(&actor(8), seal).unwrap();
    hall
}

#[test]
fn the_giver_holds_the_batch_until_the_receiver_accepts() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    assert!(hall.batch_now(1).holder.is(UserId(8)));
    assert_eq!(
        code(hall.ask(&actor(3), accept(1))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(8), accept(1))),
        RejectionCode::SeparationOfDuty
    );
    hall.ask(&actor(6), accept(1)).unwrap();
    let batch = hall.batch_now(1);
    assert!(batch.holder.is(UserId(6)));
    assert_eq!(batch.status, BatchStatus::InTransit);
    assert_eq!(
        code(hall.ask(&actor(6), accept(1))),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn a_batch_is_on_one_offer_at_a_time_and_from_the_hand_that_holds_it() {
    let mut hall = sealed_by_the_chief();
    assert_eq!(
        code(hall.ask(&actor(12), offer_to_user(1, 6))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(8), offer_to_user(1, 8))),
        RejectionCode::SeparationOfDuty
    );
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), offer_to_user(2, 24))),
        RejectionCode::IllegalTransition
    );
    hall.ask(&actor(6), accept(1)).unwrap();
    // The chief gave it away.
    assert_eq!(
        code(hall.ask(&actor(8), offer_to_user(2, 24))),
        RejectionCode::Forbidden
    );
}

#[test]
fn an_officer_accepts_for_the_strong_room_which_then_holds_it() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_place(1)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(6), accept(1))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(4), accept(1)).unwrap();
    let batch = hall.batch_now(1);
    assert_eq!(
        (batch.status, batch.holder.name()),
        (BatchStatus::Sealed, "Strong Room 1")
    );
    let last = batch.steps.last().unwrap();
    assert_eq!(
        (last.status, last.holder.as_str()),
        (BatchStatus::Sealed, "Strong Room 1")
    );
}

#[test]
fn a_handover_from_hand_to_hand_leaves_its_step() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    hall.ask(&actor(6), accept(1)).unwrap();
    let n_steps = hall.batch_now(1).steps.len();
    hall.ask(&actor(6), offer_to_user(2, 4)).unwrap();
    hall.ask(&actor(4), accept(2)).unwrap();
    let batch = hall.batch_now(1);
    assert!(batch.holder.is(UserId(4)));
    assert_eq!(batch.steps.len(), n_steps + 1);
}

#[test]
fn a_dispute_opens_one_high_case_and_ends_in_acceptance() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    let dispute = DisputeBatch {
        transfer: handover(1),
        note: "The bag says 20427".to_owned(),
        seal_seen: Some("AUT-S-20427".to_owned()),
    };
    let facts = hall.ask(&actor(6), dispute.clone()).unwrap();
    assert!(matches!(
        facts.as_slice(),
        [
            Fact::CustodyDisputed(_),
            Fact::IncidentReported(_),
            Fact::NotificationNew(_)
        ]
    ));
    let case = hall.incident(case_of_dispute(handover(1))).unwrap();
    assert_eq!(case.incident_type, IncidentType::CustodyDiscrepancy);
    assert_eq!(
        (case.severity, case.reported_by.unwrap().id),
        (Severity::High, UserId(6))
    );
    assert_eq!(
        code(hall.ask(&actor(6), dispute)),
        RejectionCode::IllegalTransition
    );
    // Both confirm, in either order, before anything changes hands.
    hall.ask(&actor(6), accept(1)).unwrap();
    let waiting = hall.transfer(handover(1)).unwrap();
    assert_eq!(
        (waiting.state, waiting.confirmed_by),
        (CustodyState::Disputed, vec![UserId(6)])
    );
    assert!(hall.batch_now(1).holder.is(UserId(8)));
    assert_eq!(
        code(hall.ask(&actor(6), accept(1))),
        RejectionCode::AlreadyExists
    );
    assert_eq!(
        code(hall.ask(&actor(3), accept(1))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), accept(1)).unwrap();
    assert_eq!(
        hall.transfer(handover(1)).unwrap().state,
        CustodyState::Accepted
    );
    assert!(hall.batch_now(1).holder.is(UserId(6)));
}

#[test]
fn a_seal_or_a_count_that_differs_makes_the_acceptance_a_dispute() {
    for (count, seal, disputed) in [
        (None, None, false),
        (Some(4), Some("S-1"), false),
        (Some(4), Some(" "), false),
        (Some(3), Some("S-1"), true),
        (Some(5), None, true),
        (Some(0), None, true),
        (Some(4), Some("S-7"), true),
    ] {
        let mut hall = sealed_by_the_chief();
        hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
        let checked = AcceptBatch {
            count,
            seal_seen: seal.map(str::to_owned),
            ..accept(1)
        };
        hall.ask(&actor(6), checked.clone()).unwrap();
        let state = hall.transfer(handover(1)).unwrap().state;
        assert_eq!(
            state == CustodyState::Disputed,
            disputed,
            "{count:?} {seal:?}"
        );
        assert_eq!(hall.batch_now(1).holder.is(UserId(8)), disputed);
        let case = hall.incident(case_of_dispute(handover(1)));
        assert_eq!(case.is_some(), disputed);
        if disputed {
            // What still differs is not confirmed.
            assert_eq!(
                code(hall.ask(&actor(6), checked)),
                RejectionCode::Discrepancy
            );
        }
    }
}

#[test]
fn a_disputed_handover_is_taken_back_by_the_giver() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    let differs = AcceptBatch {
        count: Some(3),
        ..accept(1)
    };
    hall.ask(&actor(6), differs).unwrap();
    let transfer = handover(1);
    let note = None;
    hall.ask(&actor(8), CancelOffer { transfer, note }).unwrap();
    hall.ask(&actor(8), offer_to_user(2, 6)).unwrap();
}

#[test]
fn a_lecturer_accepts_only_the_batch_that_is_assigned_to_them() {
    let mut hall = sealed_by_the_chief();
    let mut other = actor(24);
    other.user = Some(UserId(25));
    hall.put(crate::Record::Person(crate::Person {
        id: UserId(25),
        name: "Dr Nyarko".to_owned(),
        role: crate::Role::Lecturer,
        faculty_id: None,
        department_id: None,
    }));
    hall.ask(&actor(8), offer_to_user(1, 25)).unwrap();
    assert_eq!(code(hall.ask(&other, accept(1))), RejectionCode::Forbidden);
    let assign = |lecturer| crate::AssignBatch {
        batch_id: BatchId(1),
        lecturer: UserId(lecturer),
    };
    assert_eq!(code(hall.ask(&actor(3), assign(9))), RejectionCode::Invalid);
    assert_eq!(
        code(hall.ask(&actor(8), assign(25))),
        RejectionCode::Forbidden
    );
    let before = hall.batch_now(1);
    hall.ask(&actor(33), assign(25)).unwrap();
    let named = hall.batch_now(1);
    assert_eq!(
        (named.status, named.holder, named.steps),
        (before.status, before.holder, before.steps)
    );
    hall.ask(&other, accept(1)).unwrap();
    assert!(hall.batch_now(1).holder.is(UserId(25)));
}

#[test]
fn what_comes_back_from_grading_is_counted_again() {
    let mut hall = Hall::at_stage(6);
    for student in 101..=104 {
        let grade = GradeScript {
            batch_id: BatchId(1),
            student: StudentId(student),
            grade: "B".to_owned(),
            max_score: None,
        };
        hall.ask(&actor(24), grade).unwrap();
    }
    hall.ask(&actor(24), status(BatchStatus::GradingCompleted, None))
        .unwrap();
    let back = |count| SetBatchStatus {
        count,
        ..status(BatchStatus::ReturnedToRegistry, None)
    };
    for count in [None, Some(0), Some(3), Some(5)] {
        assert_eq!(
            code(hall.ask(&actor(3), back(count))),
            RejectionCode::Discrepancy
        );
    }
    hall.ask(&actor(3), back(Some(4))).unwrap();
}

#[test]
fn refused_and_cancelled_offers_are_over() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    let refuse = RefuseBatch {
        transfer: handover(1),
        note: "I am off duty".to_owned(),
    };
    hall.ask(&actor(6), refuse).unwrap();
    hall.ask(&actor(8), offer_to_user(2, 6)).unwrap();
    hall.ask(
        &actor(3),
        CancelOffer {
            transfer: handover(2),
            note: None,
        },
    )
    .unwrap();
    assert_eq!(
        code(hall.ask(&actor(6), accept(1))),
        RejectionCode::IllegalTransition
    );
    assert_eq!(
        code(hall.ask(&actor(6), accept(2))),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn the_lecturer_of_the_batch_signs_for_the_scripts_that_are_in_it() {
    let mut hall = Hall::at_stage(3);
    let receive = |lecturer, count| ReceiveBatch {
        batch_id: BatchId(1),
        lecturer: UserId(lecturer),
        count,
    };
    assert_eq!(
        code(hall.ask(&actor(3), receive(6, 4))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(24), receive(24, 3))),
        RejectionCode::Discrepancy
    );
    hall.ask(&actor(24), receive(24, 4)).unwrap();
    assert_eq!(hall.batch_now(1).status, BatchStatus::WithLecturer);
}

#[test]
fn grading_is_completed_when_every_script_is_graded() {
    let mut hall = Hall::at_stage(6);
    let done = status(BatchStatus::GradingCompleted, None);
    let grade = |n: i64| GradeScript {
        batch_id: BatchId(1),
        student: StudentId(100 + n),
        grade: "B".to_owned(),
        max_score: None,
    };
    for n in 1..=4 {
        assert_eq!(
            code(hall.ask(&actor(24), done.clone())),
            RejectionCode::Discrepancy
        );
        hall.ask(&actor(24), grade(n)).unwrap();
    }
    assert_eq!(
        code(hall.ask(&actor(24), grade(1))),
        RejectionCode::Discrepancy
    );
    assert_eq!(
        code(hall.ask(&actor(3), done.clone())),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(24), done).unwrap();
}

#[test]
fn a_batch_comes_to_rest_in_a_named_place() {
    let mut hall = sealed_by_the_chief();
    hall.ask(&actor(8), offer_to_user(1, 6)).unwrap();
    hall.ask(&actor(6), accept(1)).unwrap();
    let nowhere = status(BatchStatus::Sealed, None);
    assert_eq!(code(hall.ask(&actor(3), nowhere)), RejectionCode::Invalid);
    hall.ask(
        &actor(3),
        status(BatchStatus::Sealed, Some("loc:strong-room")),
    )
    .unwrap();
    assert_eq!(hall.batch_now(1).holder.name(), "loc:strong-room");
}
