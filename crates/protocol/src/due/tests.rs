//! The clock of the office, minute by minute.

use super::*;
use crate::{
    AcceptBatch, AcknowledgeIncident, AssignIncident, BatchId, CancelOffer, Fact, IncidentStatus,
    NotificationNew, OfferBatch, RejectionCode, SetSeverity, Severity, UnacknowledgeIncident,
    UserId,
    testing::{Hall, actor, case, handover, report, system},
};

/// Does what is due now; the people who were told by it.
fn tick(hall: &mut Hall) -> Vec<NotificationNew> {
    let mut told = Vec::new();
    for request in due(hall, hall.now).requests {
        let facts = hall.ask(&system(), request.command).unwrap();
        told.extend(facts.into_iter().filter_map(|fact| {
            let Fact::NotificationNew(told) = fact else {
                return None;
            };
            Some(told)
        }));
    }
    told
}

fn level(hall: &Hall) -> i64 {
    hall.incident(case(1)).unwrap().escalation_level
}

fn reported(severity: Severity) -> Hall {
    let mut hall = Hall::new();
    hall.ask(&actor(8), report(1, severity)).unwrap();
    hall
}

fn note_of(n: u128) -> (crate::IncidentRef, Option<String>) {
    (case(n), None)
}

#[test]
fn nobody_is_called_one_millisecond_early_and_the_next_role_at_fifteen_minutes() {
    let mut hall = reported(Severity::Medium);
    let quarter = hall.now.plus_ms(15 * 60_000);
    hall.now = quarter.plus_ms(-1);
    assert_eq!(
        due(&hall, hall.now),
        Due {
            requests: Vec::new(),
            next: Some(quarter)
        }
    );
    hall.now = quarter;
    let told = tick(&mut hall);
    assert_eq!(told[0].user_ids, [UserId(3), UserId(4)]);
    let case = hall.incident(case(1)).unwrap();
    assert_eq!(
        (case.status, case.escalation_level),
        (IncidentStatus::Escalated, 1)
    );
    assert_eq!(case.ack_due_at, Some(quarter.plus_ms(15 * 60_000)));
}

#[test]
fn three_silent_quarters_call_officers_then_admins_then_both_and_then_nobody() {
    let mut hall = reported(Severity::Medium);
    let mut called = Vec::new();
    for _ in 0..4 {
        hall.pass_sec(15 * 60);
        called.extend(tick(&mut hall).into_iter().map(|told| told.user_ids));
    }
    let (officers, admins) = (vec![UserId(3), UserId(4)], vec![UserId(2)]);
    let both = vec![UserId(2), UserId(3), UserId(4)];
    assert_eq!(called, [officers, admins, both]);
    assert_eq!(level(&hall), 3);
    assert_eq!(due(&hall, hall.now).next, None);
}

#[test]
fn a_doubled_tick_is_refused_and_has_the_same_id() {
    let mut hall = reported(Severity::Critical);
    hall.pass_sec(120);
    let first = due(&hall, hall.now).requests.remove(0);
    hall.pass_sec(1);
    assert_eq!(
        due(&hall, hall.now).requests[0].command_id,
        first.command_id
    );
    hall.ask(&system(), first.command.clone()).unwrap();
    let again = hall.ask(&system(), first.command).unwrap_err();
    assert_eq!(again.code, RejectionCode::IllegalTransition);
    assert_eq!(level(&hall), 1);
}

#[test]
fn a_tick_that_crosses_an_acknowledgement_is_refused() {
    let mut hall = reported(Severity::High);
    hall.pass_sec(300);
    let late = due(&hall, hall.now).requests.remove(0);
    let (incident, note) = note_of(1);
    hall.ask(&actor(3), AcknowledgeIncident { incident, note })
        .unwrap();
    assert!(hall.ask(&system(), late.command).is_err());
    assert_eq!(level(&hall), 0);
    assert_eq!(due(&hall, hall.now).next, None);
}

#[test]
fn taking_an_acknowledgement_back_starts_the_clock_anew() {
    let mut hall = reported(Severity::High);
    let (incident, note) = note_of(1);
    let taken_back = UnacknowledgeIncident {
        incident,
        note: Some("Wrong case".to_owned()),
    };
    let none_yet = hall.ask(&actor(3), taken_back.clone()).unwrap_err();
    assert_eq!(none_yet.code, RejectionCode::IllegalTransition);
    hall.ask(&actor(3), AcknowledgeIncident { incident, note })
        .unwrap();
    hall.pass_sec(3_600);
    let in_hall = hall.ask(&actor(8), taken_back.clone()).unwrap_err();
    assert_eq!(in_hall.code, RejectionCode::Forbidden);
    hall.ask(&actor(3), taken_back).unwrap();
    let open = hall.incident(case(1)).unwrap();
    assert_eq!((open.acknowledged_at, open.acknowledged_by), (None, None));
    assert_eq!(open.ack_due_at, Some(hall.now.plus_ms(5 * 60_000)));
    hall.pass_sec(300);
    assert_eq!(tick(&mut hall).len(), 1);
}

#[test]
fn a_note_on_a_case_in_work_does_not_stop_its_clock() {
    let mut hall = reported(Severity::High);
    let (incident, note) = note_of(1);
    hall.ask(
        &actor(3),
        AcknowledgeIncident {
            incident,
            note: note.clone(),
        },
    )
    .unwrap();
    let assignee = UserId(4);
    let assign = AssignIncident {
        incident,
        assignee,
        note: note.clone(),
    };
    hall.ask(&actor(3), assign).unwrap();
    hall.ask(&actor(3), UnacknowledgeIncident { incident, note })
        .unwrap();
    let note = crate::NoteIncident {
        incident: incident.into(),
        text: "The bag is in the office".to_owned(),
        evidence: Vec::new(),
        witness: None,
    };
    hall.ask(&actor(8), note).unwrap();
    assert!(due(&hall, hall.now).next.is_some());
}

#[test]
fn a_graver_case_is_answered_sooner_and_a_lighter_one_not_later() {
    let mut hall = reported(Severity::Medium);
    let set = |severity| SetSeverity {
        incident: case(1),
        severity,
        note: None,
    };
    hall.ask(&actor(3), set(Severity::Critical)).unwrap();
    let soon = Some(hall.now.plus_ms(2 * 60_000));
    assert_eq!(due(&hall, hall.now).next, soon);
    hall.ask(&actor(3), set(Severity::Low)).unwrap();
    assert_eq!(due(&hall, hall.now).next, soon);
}

#[test]
fn the_backlog_of_a_silent_hall_counts_from_its_receipt_and_says_how_old_it_is() {
    let mut hall = Hall::new();
    let times = Times::at(hall.now);
    hall.pass_sec(40 * 60);
    let facts = hall
        .ask_at(&actor(8), report(1, Severity::High), times)
        .unwrap();
    let Some(Fact::NotificationNew(told)) = facts.last() else {
        panic!("{facts:?}")
    };
    assert!(told.message.ends_with("(recorded 40 min ago)"), "{told:?}");
    assert!(due(&hall, hall.now).requests.is_empty());
    hall.pass_sec(300);
    let told = tick(&mut hall).remove(0);
    assert!(told.message.ends_with("(recorded 45 min ago)"), "{told:?}");
}

#[test]
fn what_is_heard_at_once_has_no_age() {
    let mut hall = reported(Severity::High);
    hall.pass_sec(300);
    assert!(!tick(&mut hall)[0].message.contains("recorded"));
}

fn offered_late(kept_sec: i64) -> Hall {
    let mut hall = Hall::at_stage(3);
    let times = Times::at(hall.now);
    hall.pass_sec(kept_sec);
    let offer = OfferBatch {
        transfer: handover(1),
        batch_id: BatchId(1),
        to_user: Some(UserId(6)),
        to_location: None,
        to_location_name: None,
    };
    hall.ask_at(&actor(3), offer, times).unwrap();
    hall
}

#[test]
fn an_offer_lapses_after_thirty_minutes_and_the_giver_still_holds_the_batch() {
    let mut hall = offered_late(0);
    let holder = hall.batch_now(1).holder;
    hall.pass_sec(30 * 60 - 1);
    let transfer = handover(1);
    assert!(hall.ask(&system(), ExpireOffer { transfer }).is_err());
    assert!(hall.ask(&actor(3), ExpireOffer { transfer }).is_err());
    hall.pass_sec(1);
    let told = tick(&mut hall).remove(0);
    assert_eq!(told.user_ids, [UserId(2), UserId(3), UserId(4), UserId(6)]);
    assert_eq!(told.priority, "high");
    assert_eq!(
        hall.transfer(transfer).unwrap().state,
        CustodyState::Expired
    );
    assert_eq!(hall.batch_now(1).holder, holder);
    let accept = AcceptBatch {
        transfer,
        note: None,
        count: None,
        seal_seen: None,
    };
    let late = hall.ask(&actor(6), accept).unwrap_err();
    assert_eq!(late.code, RejectionCode::IllegalTransition);
    assert!(hall.open_transfers(BatchId(1)).is_empty());
}

#[test]
fn an_offer_of_a_silent_hall_does_not_lapse_before_it_was_seen() {
    let mut hall = offered_late(45 * 60);
    assert!(due(&hall, hall.now).requests.is_empty());
    let cancel = CancelOffer {
        transfer: handover(1),
        note: None,
    };
    hall.ask(&actor(3), cancel).unwrap();
    assert_eq!(due(&hall, hall.now).next, None);
}

#[test]
fn what_is_overdue_is_done_in_the_order_in_which_it_fell_due() {
    let mut hall = reported(Severity::Low);
    hall.ask(&actor(8), report(2, Severity::Critical)).unwrap();
    hall.ask(&actor(8), report(3, Severity::Medium)).unwrap();
    hall.pass_sec(20 * 60);
    let Due { requests, next } = due(&hall, hall.now);
    let asked: Vec<_> = requests
        .iter()
        .map(|request| {
            let Command::EscalateIncident(input) = &request.command else {
                panic!("{request:?}")
            };
            input.incident
        })
        .collect();
    assert_eq!(asked, [case(2), case(3)]);
    assert_eq!(next, Some(hall.now.plus_ms(40 * 60_000)));
}
