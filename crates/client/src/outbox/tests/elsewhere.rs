//! What refers to a case that lies in another station waits for it, and is not lost.

use elms_protocol::{CaseName, SignMethod, SignStatement};

use super::*;
use crate::fixture::{invigilator, officer};

const NUMBER: &str = "GH-A/017";

fn statement() -> SignStatement {
    SignStatement {
        incident: CaseName::Number("gh-a/17".to_owned()),
        statement: "I saw the phone from the door.".to_owned(),
        method: SignMethod::Pin,
        witness: None,
        name: None,
    }
}

/// Sends command `n` to the hall's server; whether it waits now, to be sent as `fresh` later.
fn sent(outbox: &mut Outbox, hall: &mut Hall, n: u128, fresh: u128) -> bool {
    let request = outbox.request(id(n)).unwrap().unwrap();
    outbox.sending(id(n)).unwrap();
    let outcome = hall.answer(&invigilator(), &request);
    let Some(elsewhere) = Elsewhere::of(&outcome) else {
        outbox.settle(&outcome, Some(EPOCH), MORNING).unwrap();
        return false;
    };
    outbox
        .wait_for(&elsewhere, id(fresh), hall, MORNING)
        .unwrap()
}

fn numbered() -> elms_protocol::ReportIncident {
    let local_number = Some(NUMBER.to_owned());
    elms_protocol::ReportIncident {
        local_number,
        ..report(7, "Phone")
    }
}

#[test]
fn a_statement_on_a_case_that_another_hall_has_not_sent_waits_for_its_number() {
    let (dir, mut outbox) = opened();
    let mut hall = Hall::new();
    keep(&mut outbox, 1, statement()).unwrap();
    assert!(sent(&mut outbox, &mut hall, 1, 21));
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    let items = outbox.items().unwrap();
    assert_eq!(items[0].waits_for, Some(Key::new(Kind::Incident, NUMBER)));
    assert_eq!((items[0].state, items[0].tries), (OutboxState::Waiting, 0));
    assert_eq!(ready(&outbox), [0_u128; 0]);
    assert_eq!(outbox.let_go(&hall).unwrap(), 0);

    hall.ask(&officer(), numbered());
    assert_eq!(outbox.let_go(&hall).unwrap(), 1);
    // Under another id: the first one was answered for good. And in the order of the case itself.
    assert_eq!(ready(&outbox), [21]);
    let about = format!("incident/{}", reference(7));
    assert_eq!(outbox.next(ME).unwrap().unwrap().about, about);
    assert!(!sent(&mut outbox, &mut hall, 21, 22));
    assert_eq!(state(&outbox, 21), OutboxState::Done);
}

#[test]
fn what_waits_for_another_hall_can_be_taken_back() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, statement()).unwrap();
    sent(&mut outbox, &mut Hall::new(), 1, 21);
    assert_eq!(outbox.withdraw(id(21), MORNING).unwrap(), [id(21)]);
    assert_eq!(outbox.let_all_go().unwrap(), 0);
    assert_eq!(state(&outbox, 21), OutboxState::Withdrawn);
}

#[test]
fn a_case_that_this_person_never_sees_is_asked_for_again_and_one_that_is_here_is_not() {
    let (_dir, mut outbox) = opened();
    let mut server = Hall::new();
    keep(&mut outbox, 1, statement()).unwrap();
    for (n, fresh) in [(1, 21), (21, 22)] {
        assert!(sent(&mut outbox, &mut server, n, fresh));
        assert_eq!(outbox.let_all_go().unwrap(), 1);
    }
    // The copy has the case, and the server says no all the same: that is an answer.
    let mut copy = Hall::new();
    copy.ask(&officer(), numbered());
    outbox.sending(id(22)).unwrap();
    let request = outbox.request(id(22)).unwrap().unwrap();
    let outcome = server.answer(&invigilator(), &request);
    let elsewhere = Elsewhere::of(&outcome).unwrap();
    assert!(!outbox.wait_for(&elsewhere, id(23), &copy, MORNING).unwrap());
    outbox.settle(&outcome, None, MORNING).unwrap();
    assert_eq!(state(&outbox, 22), OutboxState::Attention);
}

#[test]
fn a_number_of_the_own_station_waits_for_its_report_here() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "One script is missing")).unwrap();
    let seal = SealBatch {
        batch_id: BATCH,
        count: 2,
        seal_number: "77120".to_owned(),
        witness: None,
        incident: Some(CaseName::Number("GH-A/001".to_owned())),
    };
    keep(&mut outbox, 2, seal).unwrap();
    assert_eq!(ready(&outbox), [1]);
}

#[test]
fn an_outbox_of_the_first_console_is_opened_with_all_that_waits_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let first = Layout {
        steps: &[rows::TABLES],
        ..LAYOUT
    };
    let conn = db::open(&path(&dir), &key(), first).unwrap();
    let request = serde_json::to_string(&request(1, report(1, "Phone"), MORNING)).unwrap();
    let sql = "INSERT INTO command (id, rank, author, about, request, state, recorded) \
               VALUES (?1, 1, ?2, ?3, ?4, 'waiting', 0)";
    let about = format!("incident/{}", reference(1));
    conn.execute(sql, params![id(1).to_string(), ME.0, about, request])
        .unwrap();
    drop(conn);
    assert_eq!(ready(&Outbox::open(&path(&dir), &key()).unwrap()), [1]);
}
