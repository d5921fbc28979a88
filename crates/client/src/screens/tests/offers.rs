//! A button is offered, or says why not now, or is not there.

use elms_protocol::{
    Action, DeclareCount, IncidentOutcome, OfferBatch, ResolveIncident, SealBatch, TransferRef,
    UserId, host::Offered,
};

use super::*;

/// What a button says: nothing is in its way, the reason, or that there is no button.
fn reason(offered: &[Offered], action: Action) -> &str {
    let found = offered.iter().find(|offered| offered.action == action);
    found.map_or("absent", |found| {
        found.reason.as_deref().unwrap_or("offered")
    })
}

fn of_incident(desk: &Desk) -> Vec<Offered> {
    desk.look(|scene, _| incident(scene, reference(1), &[]).unwrap().actions)
}

fn of_batch(desk: &Desk) -> Vec<Offered> {
    desk.look(|scene, _| batch(scene, BATCH, &[]).unwrap().actions)
}

#[test]
fn an_officer_may_do_everything_to_an_open_case_but_close_it() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    let offered = of_incident(&desk);
    for action in [
        Action::Acknowledge,
        Action::Assign,
        Action::Resolve,
        Action::NoteIncident,
    ] {
        assert_eq!(reason(&offered, action), "offered", "{action:?}");
    }
    assert_eq!(reason(&offered, Action::CloseIncident), "It is reported.");
}

#[test]
fn what_the_role_never_allows_is_not_offered() {
    let mut desk = Desk::of(invigilator());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    let offered = of_incident(&desk);
    assert_eq!(reason(&offered, Action::Acknowledge), "absent");
    assert_eq!(reason(&offered, Action::NoteIncident), "offered");
    desk.actor = chief();
    let offered = of_incident(&desk);
    let office = "From HIGH upwards only the exam office resolves an incident.";
    assert_eq!(reason(&offered, Action::Resolve), office);
}

#[test]
fn what_waits_here_counts_for_what_is_offered() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    let resolve = ResolveIncident {
        incident: reference(1),
        outcome: IncidentOutcome::Warned,
        resolution: "Warned".to_owned(),
        merged_into: None,
    };
    desk.keep(2, resolve);
    let offered = of_incident(&desk);
    assert_eq!(reason(&offered, Action::Acknowledge), "It is resolved.");
    let somebody_else = "A HIGH or CRITICAL incident is closed by somebody else than its resolver.";
    assert_eq!(reason(&offered, Action::CloseIncident), somebody_else);
}

#[test]
fn sealing_says_what_is_in_its_way_until_a_case_explains_it() {
    let mut desk = Desk::of(chief());
    desk.hall.ask(
        &chief(),
        DeclareCount {
            batch_id: BATCH,
            count: 2,
        },
    );
    desk.hear();
    let offered = of_batch(&desk);
    let blocked = reason(&offered, Action::Seal);
    assert!(
        blocked.contains("link the incident that explains it"),
        "{blocked}"
    );
    let missing = elms_protocol::ReportIncident {
        incident_type: elms_protocol::IncidentType::MissingScript,
        ..report(1, "One script is missing")
    };
    desk.keep(1, missing);
    assert_eq!(reason(&of_batch(&desk), Action::Seal), "offered");
}

#[test]
fn a_batch_that_is_offered_is_not_offered_again() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(
        &chief(),
        DeclareCount {
            batch_id: BATCH,
            count: 3,
        },
    );
    let seal = SealBatch {
        batch_id: BATCH,
        count: 3,
        seal_number: "77120".to_owned(),
        witness: Some(UserId(3)),
        incident: None,
    };
    desk.hall.ask(&chief(), seal);
    desk.hear();
    assert_eq!(reason(&of_batch(&desk), Action::OfferHandover), "offered");
    assert_eq!(
        reason(&of_batch(&desk), Action::CollectScripts),
        "It is sealed."
    );
    let offer = OfferBatch {
        transfer: TransferRef(uuid::Uuid::from_u128(50)),
        batch_id: BATCH,
        to_user: None,
        to_location: Some("loc:strong-room".to_owned()),
        to_location_name: Some("Strong room".to_owned()),
    };
    desk.keep(1, offer);
    let offered = of_batch(&desk);
    let already = reason(&offered, Action::OfferHandover);
    assert!(already.contains("on offer to Strong room"), "{already}");
    desk.look(|scene, _| {
        let view = &batches(scene)[0];
        assert!(view.open_transfer.is_some());
        assert_eq!(view.sync, SyncMark::Kept);
    });
}

#[test]
fn on_a_server_that_takes_no_entries_every_button_says_so() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    desk.closed = Some("It takes no entries.");
    let halls = desk.look(|scene, _| hall(scene, SITTING, &[]).unwrap().actions);
    for offered in [of_incident(&desk), of_batch(&desk), halls] {
        assert!(!offered.is_empty());
        let said = |one: &Offered| one.reason.as_deref() == Some("It takes no entries.");
        assert!(offered.iter().all(said), "{offered:?}");
    }
}
