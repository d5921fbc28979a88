use super::code;
use crate::{
    AcknowledgeIncident, AssignIncident, CloseIncident, EscalateIncident, Fact, IncidentOutcome,
    IncidentStatus, NoteIncident, Precision, RejectionCode, ReopenIncident, ReportIncident,
    ResolveIncident, SetSeverity, Severity, Times, UserId, View as _,
    testing::{EIGHT, Hall, actor, case, report, system},
};

fn resolve(n: u128) -> ResolveIncident {
    ResolveIncident {
        incident: case(n),
        outcome: IncidentOutcome::Warned,
        resolution: "Warned".to_owned(),
        merged_into: None,
    }
}

fn acknowledge(n: u128) -> AcknowledgeIncident {
    AcknowledgeIncident {
        incident: case(n),
        note: None,
    }
}

#[test]
fn a_high_report_tells_the_officers_and_a_medium_one_does_not() {
    let mut hall = Hall::new();
    let facts = hall.ask(&actor(8), report(1, Severity::High)).unwrap();
    let [
        Fact::IncidentReported(reported),
        Fact::NotificationNew(told),
    ] = facts.as_slice()
    else {
        panic!("{facts:?}");
    };
    assert_eq!(reported.number.as_deref(), Some("INC-26-0001"));
    assert_eq!(reported.seat.as_deref(), Some("A1"));
    assert_eq!(reported.ack_due_at, EIGHT.plus_ms(5 * 60_000));
    assert_eq!(told.user_ids, [UserId(2), UserId(3), UserId(4)]);
    assert_eq!(told.incident_ref, Some(case(1)));
    let facts = hall.ask(&actor(8), report(2, Severity::Medium)).unwrap();
    assert_eq!(facts.len(), 1);
}

#[test]
fn the_same_case_is_reported_once() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Low)).unwrap();
    let again = hall.ask(&actor(9), report(1, Severity::Low));
    assert_eq!(code(again), RejectionCode::AlreadyExists);
}

#[test]
fn kind_and_hall_are_a_report_even_without_words() {
    let mut hall = Hall::new();
    let silent = ReportIncident {
        description: "  ".to_owned(),
        ..report(1, Severity::Low)
    };
    hall.ask(&actor(8), silent).unwrap();
    assert_eq!(hall.incident(case(1)).unwrap().title, "Academic misconduct");
}

#[test]
fn a_fast_station_clock_does_not_move_the_report() {
    let mut hall = Hall::new();
    let shown = hall.now.plus_ms(432_000);
    let times = Times {
        occurred_at: shown,
        recorded_at: shown,
        clock_offset_ms: 432_000,
    };
    let facts = hall
        .ask_at(&actor(8), report(1, Severity::Low), times)
        .unwrap();
    let Some(Fact::IncidentReported(reported)) = facts.first() else {
        panic!("{facts:?}")
    };
    assert_eq!(reported.reported_at, EIGHT);
    assert_eq!(hall.log[0].happened_at(), EIGHT);
}

#[test]
fn a_span_in_which_it_happened_lies_between_then_and_now() {
    use Precision::{About, Range};
    let mut hall = Hall::new();
    let then = Times::at(hall.now.plus_ms(-600_000));
    let known = [
        (1, About, true),
        (
            2,
            Range {
                until: hall.now.plus_ms(-300_000),
            },
            true,
        ),
        (
            3,
            Range {
                until: then.occurred_at,
            },
            false,
        ),
        (
            4,
            Range {
                until: hall.now.plus_ms(1),
            },
            false,
        ),
    ];
    for (n, precision, is_taken) in known {
        let told = ReportIncident {
            precision: Some(precision),
            ..report(n, Severity::Low)
        };
        let answer = hall.ask_at(&actor(8), told, then);
        assert_eq!(answer.is_ok(), is_taken, "{precision:?}");
        let kept = hall.incident(case(n)).and_then(|case| case.precision);
        assert_eq!(kept, is_taken.then_some(precision));
    }
}

#[test]
fn a_case_is_acknowledged_once_and_not_by_an_invigilator() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::High)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(9), acknowledge(1))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(4), acknowledge(1)).unwrap();
    assert_eq!(hall.incident(case(1)).unwrap().ack_due_at, None);
    assert_eq!(
        code(hall.ask(&actor(3), acknowledge(1))),
        RejectionCode::AlreadyExists
    );
}

#[test]
fn whoever_is_assigned_takes_an_escalated_case_back_under_investigation() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Medium)).unwrap();
    hall.ask(
        &system(),
        EscalateIncident {
            incident: case(1),
            note: None,
            expected_level: None,
        },
    )
    .unwrap();
    assert_eq!(
        hall.incident(case(1)).unwrap().status,
        IncidentStatus::Escalated
    );
    let assign = AssignIncident {
        incident: case(1),
        assignee: UserId(4),
        note: None,
    };
    hall.ask(&actor(3), assign).unwrap();
    let taken = hall.incident(case(1)).unwrap();
    assert_eq!(taken.status, IncidentStatus::UnderInvestigation);
    assert_eq!(
        (taken.escalation_level, taken.assignee.unwrap().id),
        (1, UserId(4))
    );
}

#[test]
fn a_chief_resolves_small_cases_of_the_own_sitting_only() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Medium)).unwrap();
    hall.ask(&actor(8), report(2, Severity::High)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(12), resolve(1))),
        RejectionCode::Forbidden
    );
    assert_eq!(
        code(hall.ask(&actor(9), resolve(1))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(8), resolve(1)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), resolve(2))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(3), resolve(2)).unwrap();
}

#[test]
fn a_high_case_is_closed_by_somebody_else_than_its_resolver() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Critical)).unwrap();
    hall.ask(&actor(3), resolve(1)).unwrap();
    let close = CloseIncident {
        incident: case(1),
        note: None,
    };
    assert_eq!(
        code(hall.ask(&actor(3), close.clone())),
        RejectionCode::SeparationOfDuty
    );
    hall.ask(&actor(2), close).unwrap();
    assert_eq!(
        hall.incident(case(1)).unwrap().status,
        IncidentStatus::Closed
    );
}

#[test]
fn a_reopened_case_has_no_outcome_any_more() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Low)).unwrap();
    hall.ask(&actor(3), resolve(1)).unwrap();
    let reopen = ReopenIncident {
        incident: case(1),
        reason: "New statement".to_owned(),
    };
    hall.ask(&actor(3), reopen).unwrap();
    let open = hall.incident(case(1)).unwrap();
    assert_eq!(open.status, IncidentStatus::UnderInvestigation);
    assert_eq!(
        (open.outcome, open.resolution, open.resolved_at),
        (None, None, None)
    );
}

#[test]
fn a_chief_raises_the_severity_and_does_not_lower_it() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Medium)).unwrap();
    let set = |severity| SetSeverity {
        incident: case(1),
        severity,
        note: None,
    };
    hall.ask(&actor(8), set(Severity::High)).unwrap();
    assert_eq!(
        code(hall.ask(&actor(8), set(Severity::Low))),
        RejectionCode::Forbidden
    );
    hall.ask(&actor(3), set(Severity::Low)).unwrap();
}

#[test]
fn a_colleague_may_sign_a_statement_on_a_confidential_case_but_not_read_it() {
    let mut hall = Hall::new();
    let secret = ReportIncident {
        confidential: true,
        ..report(1, Severity::High)
    };
    hall.ask(&actor(8), secret).unwrap();
    let note = |witness| NoteIncident {
        incident: case(1).into(),
        text: "I saw the phone".to_owned(),
        evidence: Vec::new(),
        witness,
    };
    assert_eq!(
        code(hall.ask(&actor(9), note(None))),
        RejectionCode::NotFound
    );
    assert_eq!(
        code(hall.ask(&actor(9), note(Some(UserId(8))))),
        RejectionCode::NotFound
    );
    hall.ask(&actor(9), note(Some(UserId(9)))).unwrap();
    assert_eq!(hall.incident(case(1)).unwrap().witnesses[0].id, UserId(9));
}

#[test]
fn a_duplicate_points_at_another_case_that_exists() {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, Severity::Low)).unwrap();
    hall.ask(&actor(8), report(2, Severity::Low)).unwrap();
    let into = |n| ResolveIncident {
        merged_into: Some(case(n)),
        ..resolve(2)
    };
    assert_eq!(code(hall.ask(&actor(3), into(2))), RejectionCode::Invalid);
    assert_eq!(code(hall.ask(&actor(3), into(3))), RejectionCode::NotFound);
    hall.ask(&actor(3), into(1)).unwrap();
}
