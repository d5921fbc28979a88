//! The board as it was must be the one that people saw then.

use elms_protocol::{IncidentStatus, Timestamp};

use super::*;

/// The status of the one case, as it was at `at`; none when there was none.
fn status_at(desk: &Desk, at: Timestamp) -> Option<IncidentStatus> {
    let past = desk.cache.reader().unwrap().past(at).unwrap();
    let overlay = Overlay::new(&past.records, &[], &desk.actor);
    let scene = Scene {
        overlay: &overlay,
        actor: &desk.actor,
        now: at,
        closed: None,
    };
    let cases = incidents(&scene);
    assert!(cases.len() <= 1);
    cases.first().map(|view| view.incident.status)
}

#[test]
fn a_case_is_seen_as_it_stood_at_each_moment() {
    let mut desk = Desk::of(officer());
    desk.hall
        .ask(&invigilator(), report(1, "Phone under the desk"));
    let acknowledge = AcknowledgeIncident {
        incident: reference(1),
        note: None,
    };
    desk.hall.ask(&officer(), acknowledge);
    desk.hear();
    let times: Vec<Timestamp> = desk.hall.log.iter().map(|event| event.timestamp).collect();
    let reported = times[0];
    let acknowledged = times[times.len() - 1];
    assert!(reported < acknowledged);
    assert_eq!(status_at(&desk, reported.plus_ms(-1)), None);
    assert_eq!(status_at(&desk, reported), Some(IncidentStatus::Reported));
    let now = desk.look(|scene, _| incidents(scene)[0].incident.status);
    assert_eq!(status_at(&desk, acknowledged), Some(now));
}

#[test]
fn a_station_says_from_where_on_it_holds_the_log() {
    let mut desk = Desk::of(officer());
    desk.hall
        .ask(&invigilator(), report(1, "Phone under the desk"));
    desk.hear();
    let past = desk.cache.reader().unwrap().past(desk.hall.now()).unwrap();
    assert_eq!(
        (past.held_from, past.seq),
        (desk.hall.log[0].seq, desk.hall.log.last().unwrap().seq)
    );
}
