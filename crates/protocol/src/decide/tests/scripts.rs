//! Single scripts: out of the ordinary, and on the way with their batch.

use super::code;
use crate::{
    AcceptBatch, BatchId, BatchStatus, MoveScript, OfferBatch, RejectionCode, ScriptException,
    ScriptStatus, ScriptStep, SealBatch, SetBatchStatus, SetScriptException, SittingId, StudentId,
    UserId, View as _,
    testing::{Hall, actor, handover},
};

fn hand_in(student: i64) -> MoveScript {
    MoveScript {
        batch_id: BatchId(1),
        student: StudentId(student),
        step: ScriptStep::Submitted,
        withheld: false,
        from_batch: None,
    }
}

fn mark(exception: ScriptException) -> SetScriptException {
    SetScriptException {
        batch_id: BatchId(1),
        student: StudentId(101),
        exception,
        note: Some("Found under the desk".to_owned()),
        incident: None,
    }
}

fn status_of(hall: &Hall, student: i64) -> ScriptStatus {
    hall.script(SittingId(1), StudentId(student))
        .unwrap()
        .status
}

#[test]
fn a_chief_marks_damaged_and_extra_scripts_and_the_office_all() {
    let office_only = [
        ScriptException::Missing,
        ScriptException::Duplicate,
        ScriptException::Misfiled,
        ScriptException::Withheld,
        ScriptException::Blank,
        ScriptException::Void,
    ];
    for exception in office_only {
        let mut hall = Hall::at_stage(2);
        let refusal = hall.ask(&actor(8), mark(exception)).unwrap_err();
        assert_eq!(refusal.code, RejectionCode::Forbidden);
        assert_eq!(refusal.allowed, ["DAMAGED", "EXTRA"]);
        hall.ask(&actor(3), mark(exception)).unwrap();
        // What the office said, the chief does not take away.
        assert_eq!(
            code(hall.ask(&actor(8), mark(ScriptException::None))),
            RejectionCode::Forbidden
        );
        hall.ask(&actor(3), mark(ScriptException::None)).unwrap();
    }
    let mut hall = Hall::at_stage(2);
    for exception in [
        ScriptException::Damaged,
        ScriptException::Extra,
        ScriptException::None,
    ] {
        hall.ask(&actor(8), mark(exception)).unwrap();
        assert_eq!(
            code(hall.ask(&actor(8), mark(exception))),
            RejectionCode::AlreadyExists
        );
    }
    assert_eq!(
        code(hall.ask(&actor(9), mark(ScriptException::Extra))),
        RejectionCode::Forbidden
    );
    let entries = hall
        .log
        .iter()
        .filter(|event| event.event == "script:marked");
    assert_eq!(entries.count(), 3);
}

#[test]
fn scripts_go_where_their_batch_goes_and_never_back() {
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(9), hand_in(101)).unwrap();
    hall.ask(&actor(9), hand_in(102)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(9), hand_in(102))),
        RejectionCode::AlreadyExists
    );
    hall.ask(
        &actor(3),
        SetScriptException {
            student: StudentId(103),
            ..mark(ScriptException::Missing)
        },
    )
    .unwrap();
    assert_eq!(status_of(&hall, 101), ScriptStatus::Collected);
    let seal = SealBatch {
        batch_id: BatchId(1),
        count: 4,
        seal_number: "S-1".to_owned(),
        witness: Some(UserId(9)),
        incident: None,
    };
    hall.ask(&actor(8), seal).unwrap();
    assert_eq!(status_of(&hall, 101), ScriptStatus::Verified);
    let transfer = handover(1);
    let offer = OfferBatch {
        transfer,
        batch_id: BatchId(1),
        to_user: Some(UserId(6)),
        to_location: None,
        to_location_name: None,
    };
    hall.ask(&actor(8), offer).unwrap();
    let accept = AcceptBatch {
        transfer,
        note: None,
        count: Some(4),
        seal_seen: Some("S-1".to_owned()),
    };
    hall.ask(&actor(6), accept).unwrap();
    assert_eq!(status_of(&hall, 102), ScriptStatus::Dispatched);
    // What never was in the bundle does not travel with it.
    assert_eq!(status_of(&hall, 103), ScriptStatus::Generated);
    let put_down = SetBatchStatus {
        batch_id: BatchId(1),
        to: BatchStatus::Sealed,
        location: Some("loc:strong-room".to_owned()),
        location_name: None,
        count: None,
    };
    hall.ask(&actor(3), put_down).unwrap();
    assert_eq!(status_of(&hall, 102), ScriptStatus::Dispatched);
}

#[test]
fn a_script_found_in_another_bundle_is_missing_no_more() {
    let mut hall = Hall::at_stage(2);
    let system = crate::testing::system();
    hall.ask(
        &system,
        crate::OpenCollection {
            batch_id: BatchId(2),
        },
    )
    .unwrap();
    let collected = crate::CountScripts {
        batch_id: BatchId(2),
        collected: 1,
    };
    hall.ask(&system, collected).unwrap();
    hall.ask(&actor(3), mark(ScriptException::Missing)).unwrap();
    let found = MoveScript {
        step: ScriptStep::Collected,
        from_batch: Some(BatchId(2)),
        ..hand_in(101)
    };
    hall.ask(&actor(8), found).unwrap();
    let script = hall.script(SittingId(1), StudentId(101)).unwrap();
    assert_eq!(
        (script.exception, script.batch_id),
        (ScriptException::None, BatchId(1))
    );
}
