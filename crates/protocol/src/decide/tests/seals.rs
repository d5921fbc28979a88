use super::code;
use crate::{
    BatchId, BatchStatus, DeclareCount, IncidentRef, IncidentType, MoveScript, OpenCollection,
    RejectionCode, ReportIncident, ScriptStep, SealBatch, Severity, StudentId, UnsealBatch, UserId,
    testing::{Hall, actor, case, report, system},
};

fn seal(count: i64, number: &str, witness: i64, incident: Option<IncidentRef>) -> SealBatch {
    SealBatch {
        batch_id: BatchId(1),
        count,
        seal_number: number.to_owned(),
        witness: Some(UserId(witness)),
        incident: incident.map(Into::into),
    }
}

fn unseal(batch: i64, witness: i64) -> UnsealBatch {
    UnsealBatch {
        batch_id: BatchId(batch),
        witness: UserId(witness),
        reason: "search for a script".to_owned(),
    }
}

fn missing(n: u128) -> ReportIncident {
    ReportIncident {
        incident_type: IncidentType::MissingScript,
        ..report(n, Severity::Critical)
    }
}

#[test]
fn the_chief_seals_before_a_witness_who_is_somebody_else() {
    let mut hall = Hall::at_stage(2);
    assert_eq!(
        code(hall.ask(&actor(9), seal(4, "S-1", 8, None))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(8), seal(4, "S-1", 8, None))),
        RejectionCode::SeparationOfDuty
    );
    let alone = SealBatch {
        witness: None,
        ..seal(4, "S-1", 9, None)
    };
    assert_eq!(code(hall.ask(&actor(8), alone)), RejectionCode::Invalid);
    // A lecturer, and an invigilator of another sitting, have no right to witness here.
    assert_eq!(
        code(hall.ask(&actor(8), seal(4, "S-1", 24, None))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(8), seal(4, "S-1", 12, None))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), seal(4, "S-1", 9, None)).unwrap();
    let batch = hall.batch_now(1);
    assert_eq!((batch.status, batch.discrepancy), (BatchStatus::Sealed, 0));
    assert!(batch.holder.is(UserId(8)));
}

#[test]
fn a_difference_is_sealed_only_with_the_case_that_explains_it() {
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(8), report(1, Severity::Low)).unwrap();
    hall.ask(&actor(8), missing(2)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), seal(3, "S-1", 9, None))),
        RejectionCode::Discrepancy
    );
    let unfit = hall.ask(&actor(8), seal(3, "S-1", 9, Some(case(1))));
    assert_eq!(code(unfit), RejectionCode::Discrepancy);
    let unknown = hall.ask(&actor(8), seal(3, "S-1", 9, Some(case(7))));
    assert_eq!(code(unknown), RejectionCode::NotFound);
    hall.ask(&actor(8), seal(3, "S-1", 9, Some(case(2))))
        .unwrap();
    assert_eq!(hall.batch_now(1).discrepancy, -1);
}

#[test]
fn two_counts_that_differ_are_counted_again_before_the_seal() {
    let mut hall = Hall::at_stage(2);
    let count = |count| DeclareCount {
        batch_id: BatchId(1),
        count,
    };
    hall.ask(&actor(8), count(4)).unwrap();
    hall.ask(&actor(9), count(3)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), seal(4, "S-1", 9, None))),
        RejectionCode::Discrepancy
    );
    hall.ask(&actor(9), count(4)).unwrap();
    assert_eq!(hall.batch_now(1).counts.len(), 2);
    hall.ask(&actor(8), seal(4, "S-1", 9, None)).unwrap();
}

#[test]
fn a_broken_seal_number_is_never_used_again() {
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(8), seal(4, "S-1", 9, None)).unwrap();
    hall.ask(&actor(3), unseal(1, 8)).unwrap();
    assert_eq!(hall.batch_now(1).broken_seals, ["S-1"]);
    assert_eq!(
        code(hall.ask(&actor(8), seal(4, "S-1", 9, None))),
        RejectionCode::SealTaken
    );
    hall.ask(&actor(8), seal(4, "S-2", 9, None)).unwrap();
}

#[test]
fn a_sealed_batch_is_opened_by_an_officer_before_a_witness_and_in_no_other_way() {
    let mut hall = Hall::at_stage(3);
    let open = OpenCollection {
        batch_id: BatchId(1),
    };
    assert_eq!(
        code(hall.ask(&actor(3), open)),
        RejectionCode::IllegalTransition
    );
    assert_eq!(
        code(hall.ask(&actor(8), unseal(1, 9))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(3), unseal(1, 3))),
        RejectionCode::SeparationOfDuty
    );
    hall.ask(&actor(3), unseal(1, 8)).unwrap();
    assert_eq!(hall.batch_now(1).seal_number, None);
}

#[test]
fn a_batch_on_offer_is_not_opened() {
    let mut hall = Hall::at_stage(4);
    assert_eq!(
        code(hall.ask(&actor(3), unseal(1, 8))),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn nothing_is_added_to_a_sealed_batch() {
    let mut hall = Hall::at_stage(3);
    let add = MoveScript {
        batch_id: BatchId(1),
        student: StudentId(101),
        step: ScriptStep::Collected,
        withheld: false,
        from_batch: None,
    };
    assert_eq!(
        code(hall.ask(&actor(8), add)),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn a_script_found_in_the_next_bundle_leaves_that_bundle() {
    let mut hall = Hall::at_stage(2);
    let found = MoveScript {
        batch_id: BatchId(1),
        student: StudentId(101),
        step: ScriptStep::Collected,
        withheld: false,
        from_batch: Some(BatchId(2)),
    };
    // The other bundle is not open and has nothing to give yet.
    assert_eq!(
        code(hall.ask(&actor(12), found.clone())),
        RejectionCode::Invalid
    );
    hall.ask(
        &system(),
        OpenCollection {
            batch_id: BatchId(2),
        },
    )
    .unwrap();
    let one = crate::CountScripts {
        batch_id: BatchId(2),
        collected: 1,
    };
    hall.ask(&actor(12), one).unwrap();
    hall.ask(&actor(12), found).unwrap();
    let (ours, theirs) = (hall.batch_now(1), hall.batch_now(2));
    assert_eq!((ours.scripts_collected, theirs.scripts_collected), (5, 0));
}
