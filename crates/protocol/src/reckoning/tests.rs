//! The sum of the day against a recount by hand.

use super::*;
use crate::{
    DeclareCount, ReconcileDay, RejectionCode, SealBatch, Severity, UserId,
    testing::{EIGHT, Hall, actor, case, report},
};

fn sum(hall: &Hall) -> Reckoning {
    reconcile(hall, EIGHT, EIGHT.plus_ms(12 * 3_600_000))
}

/// Sitting 1 sealed with `count` of 4 scripts, the difference explained where there is one.
fn sealed_with(count: i64) -> Hall {
    let mut hall = Hall::at_stage(2);
    let missing = crate::ReportIncident {
        incident_type: crate::IncidentType::MissingScript,
        ..report(1, Severity::Low)
    };
    hall.ask(&actor(8), missing).unwrap();
    let batch_id = crate::BatchId(1);
    hall.ask(&actor(9), DeclareCount { batch_id, count })
        .unwrap();
    let seal = SealBatch {
        batch_id,
        count,
        seal_number: "S-1".to_owned(),
        witness: Some(UserId(9)),
        incident: (count != 4).then(|| case(1).into()),
    };
    hall.ask(&actor(8), seal).unwrap();
    hall
}

#[test]
fn present_are_in_custody_or_explained() {
    for (count, explained, extra) in [(4, 0, 0), (3, 1, 0), (0, 4, 0), (5, 0, 1)] {
        let sum = sum(&sealed_with(count));
        assert_eq!((sum.registered, sum.present, sum.absent), (8, 4, 4));
        assert_eq!(
            (sum.in_custody, sum.explained, sum.extra),
            (count, explained, extra)
        );
        assert_eq!(
            sum.present,
            sum.in_custody + sum.explained + sum.missing - sum.extra
        );
        assert_eq!(sum.is_even(), count <= 4, "{sum:?}");
    }
}

#[test]
fn an_open_bundle_keeps_the_day_open() {
    let mut hall = Hall::at_stage(2);
    assert_eq!(sum(&hall).open, ["BATCH-CSE201"]);
    let figures = |scripts| ReconcileDay {
        registered: 8,
        present: 4,
        scripts,
        missing: 0,
    };
    let open = hall.ask(&actor(3), figures(4)).unwrap_err();
    assert_eq!(open.code, RejectionCode::IllegalTransition);
    let mut hall = sealed_with(4);
    for wrong in [0, 3, 5] {
        let refusal = hall.ask(&actor(3), figures(wrong)).unwrap_err();
        assert_eq!(refusal.code, RejectionCode::Discrepancy);
        assert!(refusal.message.contains("4 scripts"));
    }
    hall.ask(&actor(3), figures(4)).unwrap();
}

#[test]
fn a_cancelled_paper_and_another_day_do_not_count() {
    let mut hall = sealed_with(4);
    let mut other = hall.sitting_now(2);
    other.phase = Phase::Cancelled;
    hall.put(Record::Sitting(Box::new(other)));
    assert_eq!(sum(&hall).registered, 4);
    let tomorrow = EIGHT.plus_ms(24 * 3_600_000);
    let next = reconcile(&hall, tomorrow, tomorrow.plus_ms(24 * 3_600_000));
    assert_eq!(next, Reckoning::default());
}
