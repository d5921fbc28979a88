//! What is added to a case, corrected in it, hidden, merged and struck through.

use super::code;
use crate::{
    AcknowledgeIncident, AmendIncident, CloseIncident, Fact, IncidentOutcome, IncidentStatus,
    IncidentType, Involved, MergeIncident, Part, ReferIncident, RejectionCode, ReopenIncident,
    ReportIncident, SetConfidential, Severity, Sight, SignMethod, SignStatement, StudentId,
    UnmergeIncident, UserId, View as _, VoidIncident, describe,
    testing::{Hall, actor, case, report},
};

fn amend(n: u128) -> AmendIncident {
    AmendIncident {
        incident: case(n),
        title: None,
        description: None,
        action_taken: None,
        seat: None,
        incident_type: None,
        subtype: None,
        parts: None,
        note: None,
    }
}

fn merge(n: u128, into: u128) -> MergeIncident {
    MergeIncident {
        incident: case(n),
        merged_into: case(into),
        note: None,
    }
}

fn statement(method: SignMethod, witness: Option<i64>, name: Option<&str>) -> SignStatement {
    SignStatement {
        incident: case(1).into(),
        statement: "I saw the phone under the script".to_owned(),
        method,
        witness: witness.map(UserId),
        name: name.map(str::to_owned),
    }
}

fn reported(n: u128) -> Hall {
    let mut hall = Hall::new();
    for n in 1..=n {
        hall.ask(&actor(9), report(n, Severity::Medium)).unwrap();
    }
    hall
}

#[test]
fn a_report_takes_the_finer_kind_the_action_and_the_parts_of_candidates() {
    let mut hall = Hall::new();
    let full = ReportIncident {
        subtype: Some("phone".to_owned()),
        action_taken: Some("Phone bagged".to_owned()),
        parts: vec![Involved {
            student_id: StudentId(102),
            part: Part::Witness,
        }],
        ..report(1, Severity::Medium)
    };
    hall.ask(&actor(9), full).unwrap();
    let made = hall.incident(case(1)).unwrap();
    assert_eq!(made.subtype.as_deref(), Some("phone"));
    assert_eq!(made.action_taken.as_deref(), Some("Phone bagged"));
    let parts: Vec<(i64, Part)> = made
        .parts
        .iter()
        .map(|one| (one.student_id.0, one.part))
        .collect();
    assert_eq!(parts, [(102, Part::Witness), (101, Part::Subject)]);
    assert_eq!(made.candidates, [StudentId(102), StudentId(101)]);
    let unknown = ReportIncident {
        subtype: Some("telepathy".to_owned()),
        ..report(2, Severity::Medium)
    };
    let refusal = hall.ask(&actor(9), unknown).unwrap_err();
    assert_eq!(refusal.code, RejectionCode::Invalid);
    assert!(refusal.allowed.contains(&"copying".to_owned()));
}

#[test]
fn an_amendment_keeps_what_stood_there_before() {
    let mut hall = reported(1);
    let better = AmendIncident {
        description: Some("Phone at A1, switched on".to_owned()),
        incident_type: Some(IncidentType::SecurityBreach),
        ..amend(1)
    };
    let facts = hall.ask(&actor(9), better.clone()).unwrap();
    let [Fact::IncidentUpdated(updated)] = facts.as_slice() else {
        panic!("{facts:?}")
    };
    let fields: Vec<&str> = updated
        .updates
        .amended
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["description", "type"]);
    assert_eq!(
        updated.updates.amended[0].before,
        "Phone under the script at A1"
    );
    let told = describe(hall.log.last().unwrap());
    assert!(told.contains("Phone under the script at A1") && told.contains("switched on"));
    let now = hall.incident(case(1)).unwrap();
    assert_eq!(now.description, "Phone at A1, switched on");
    assert_eq!(now.incident_type, IncidentType::SecurityBreach);
    assert_eq!(code(hall.ask(&actor(9), better)), RejectionCode::Invalid);
}

#[test]
fn only_the_author_and_officers_amend_and_nobody_a_closed_case() {
    let mut hall = reported(1);
    let done = |text: &str| AmendIncident {
        action_taken: Some(text.to_owned()),
        ..amend(1)
    };
    assert_eq!(
        code(hall.ask(&actor(8), done("a"))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(9), done("b")).unwrap();
    hall.ask(&actor(3), done("c")).unwrap();
    assert_eq!(
        code(hall.ask(&actor(5), done("d"))),
        RejectionCode::Forbidden
    );
    let resolve = crate::ResolveIncident {
        incident: case(1),
        outcome: IncidentOutcome::Warned,
        resolution: "Warned".to_owned(),
        merged_into: None,
    };
    hall.ask(&actor(3), resolve).unwrap();
    let close = CloseIncident {
        incident: case(1),
        note: None,
    };
    hall.ask(&actor(3), close).unwrap();
    let refusal = hall.ask(&actor(3), done("e")).unwrap_err();
    assert_eq!(refusal.code, RejectionCode::IllegalTransition);
    assert_eq!(refusal.allowed, ["reopenIncident"]);
}

#[test]
fn a_pin_signs_for_oneself_and_ink_for_whoever_is_named() {
    let mut hall = reported(1);
    hall.ask(&actor(8), statement(SignMethod::Pin, None, None))
        .unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), statement(SignMethod::Pin, Some(9), None))),
        RejectionCode::SeparationOfDuty
    );
    hall.ask(&actor(8), statement(SignMethod::Ink, Some(9), None))
        .unwrap();
    hall.ask(
        &actor(8),
        statement(SignMethod::Ink, None, Some("Porter Yaw Boadu")),
    )
    .unwrap();
    let signed = hall.incident(case(1)).unwrap().statements;
    let signed: Vec<(Option<i64>, &str)> = signed
        .iter()
        .map(|one| (one.user_id.map(|id| id.0), one.name.as_str()))
        .collect();
    let expected = [
        (Some(8), "Mr Ofori"),
        (Some(9), "Mrs Baidoo"),
        (None, "Porter Yaw Boadu"),
    ];
    assert_eq!(signed, expected);
    let people = hall.incident(case(1)).unwrap().witnesses;
    assert_eq!(people.len(), 2);
}

#[test]
fn merged_cases_point_at_each_other_and_part_again() {
    let mut hall = reported(3);
    assert_eq!(
        code(hall.ask(&actor(8), merge(2, 1))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(3), merge(1, 1))),
        RejectionCode::Invalid
    );
    hall.ask(&actor(3), merge(2, 1)).unwrap();
    let merged = hall.incident(case(2)).unwrap();
    assert_eq!(merged.merged_into, Some(case(1)));
    assert_eq!(
        (merged.status, merged.outcome),
        (IncidentStatus::Resolved, Some(IncidentOutcome::Duplicate))
    );
    assert_eq!(hall.incident(case(1)).unwrap().merged_from, [case(2)]);
    // No chains: what stands keeps standing.
    assert_eq!(
        code(hall.ask(&actor(3), merge(1, 3))),
        RejectionCode::IllegalTransition
    );
    assert_eq!(
        code(hall.ask(&actor(3), merge(3, 2))),
        RejectionCode::IllegalTransition
    );
    let apart = |n| UnmergeIncident {
        incident: case(n),
        reason: "Two phones".to_owned(),
    };
    assert_eq!(
        code(hall.ask(&actor(3), apart(3))),
        RejectionCode::IllegalTransition
    );
    hall.ask(&actor(3), apart(2)).unwrap();
    let alone = hall.incident(case(2)).unwrap();
    assert_eq!(
        (alone.status, alone.merged_into),
        (IncidentStatus::UnderInvestigation, None)
    );
    assert!(hall.incident(case(1)).unwrap().merged_from.is_empty());
}

#[test]
fn what_was_entered_in_error_is_struck_through_and_stays() {
    let mut hall = reported(1);
    let void = VoidIncident {
        incident: case(1),
        reason: "Wrong hall".to_owned(),
    };
    assert_eq!(
        code(hall.ask(&actor(9), void.clone())),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(3), void.clone()).unwrap();
    let struck = hall.incident(case(1)).unwrap();
    assert_eq!(struck.voided.as_ref().unwrap().reason, "Wrong hall");
    assert_eq!(struck.outcome, Some(IncidentOutcome::EnteredInError));
    assert_eq!(struck.description, "Phone under the script at A1");
    assert_eq!(
        code(hall.ask(&actor(3), void)),
        RejectionCode::AlreadyExists
    );
    let note = AcknowledgeIncident {
        incident: case(1),
        note: None,
    };
    assert_eq!(
        code(hall.ask(&actor(3), note)),
        RejectionCode::IllegalTransition
    );
    let reopen = ReopenIncident {
        incident: case(1),
        reason: "It was the right hall".to_owned(),
    };
    hall.ask(&actor(3), reopen).unwrap();
    assert_eq!(hall.incident(case(1)).unwrap().voided, None);
}

#[test]
fn a_case_that_becomes_confidential_vanishes_from_the_hall_with_its_past() {
    let mut hall = reported(1);
    let before = Sight::of(&actor(8), &hall);
    assert!(hall.log.iter().all(|event| before.sees(event)));
    let set = |confidential| SetConfidential {
        incident: case(1),
        confidential,
        note: Some("A colleague is named".to_owned()),
    };
    assert_eq!(
        code(hall.ask(&actor(8), set(true))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(3), set(true)).unwrap();
    let chief = Sight::of(&actor(8), &hall);
    assert!(hall.log.iter().all(|event| !chief.sees(event)));
    assert_ne!(before, chief, "a change of sight is noticed");
    let author = Sight::of(&actor(9), &hall);
    assert!(author.sees(&hall.log[0]));
    hall.ask(&actor(3), set(false)).unwrap();
    let again = Sight::of(&actor(8), &hall);
    let told: Vec<bool> = hall.log.iter().map(|event| again.sees(event)).collect();
    assert_eq!(told, [true, false, false], "why it was hidden stays hidden");
    assert_eq!(
        code(hall.ask(&actor(3), set(false))),
        RejectionCode::AlreadyExists
    );
}

#[test]
fn a_case_goes_to_the_committee_once_and_by_an_officer() {
    let mut hall = reported(1);
    let refer = ReferIncident {
        incident: case(1),
        file_number: Some("AUT-MP-2026-031".to_owned()),
        note: None,
    };
    assert_eq!(
        code(hall.ask(&actor(8), refer.clone())),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(31), refer.clone()).unwrap();
    let referred = hall.incident(case(1)).unwrap().referred.unwrap();
    assert_eq!(referred.file_number.as_deref(), Some("AUT-MP-2026-031"));
    assert_eq!(
        code(hall.ask(&actor(3), refer)),
        RejectionCode::AlreadyExists
    );
}
