//! However the line behaves: each record hears its commands in the order of the key presses.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::fixture::SITTING;

#[test]
fn a_seal_waits_for_the_report_that_explains_it() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "One script is missing")).unwrap();
    let seal = SealBatch {
        batch_id: BATCH,
        count: 2,
        seal_number: "77120".to_owned(),
        witness: None,
        incident: Some(reference(1).into()),
    };
    keep(&mut outbox, 2, seal).unwrap();
    keep(&mut outbox, 3, acknowledge(5)).unwrap();
    assert_eq!(ready(&outbox), [1, 3]);
    outbox.sending(id(1)).unwrap();
    assert_eq!(ready(&outbox), [3]);
    outbox.settle(&applied(1, 9), None, MORNING).unwrap();
    assert_eq!(ready(&outbox), [2, 3]);
    assert_eq!(outbox.next(ME).unwrap().unwrap().about, "batch/7");
}

#[test]
fn a_word_on_the_case_that_a_dispute_opens_waits_for_the_dispute() {
    let (_dir, mut outbox) = opened();
    let transfer = elms_protocol::TransferRef(uuid::Uuid::from_u128(50));
    let dispute = elms_protocol::DisputeBatch {
        transfer,
        note: "The seal is torn".to_owned(),
        seal_seen: None,
    };
    keep(&mut outbox, 1, dispute).unwrap();
    let case = elms_protocol::case_of_dispute(transfer).0.as_u128();
    keep(&mut outbox, 2, note(case, "Photo taken")).unwrap();
    assert_eq!(ready(&outbox), [1]);
    assert_eq!(outbox.withdraw(id(1), MORNING).unwrap(), [id(1), id(2)]);
}

#[test]
fn a_refused_command_blocks_its_own_record_only() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, acknowledge(1)).unwrap();
    keep(&mut outbox, 2, note(1, "Seen")).unwrap();
    keep(
        &mut outbox,
        3,
        CountScripts {
            batch_id: BATCH,
            collected: 1,
        },
    )
    .unwrap();
    outbox.sending(id(1)).unwrap();
    outbox.settle(&refused(1), None, MORNING).unwrap();
    assert_eq!(ready(&outbox), [3]);
    outbox.withdraw(id(1), MORNING).unwrap();
    assert_eq!(ready(&outbox), [2, 3]);
    assert_eq!(outbox.ready(UserId(99), 9).unwrap(), []);
}

fn comes(student: i64) -> elms_protocol::CheckInCandidate {
    elms_protocol::CheckInCandidate {
        sitting_id: SITTING,
        student: elms_protocol::StudentId(student),
        attendance: None,
        minutes_late: None,
        reason: None,
    }
}

#[test]
fn a_card_that_was_scanned_twice_holds_up_nobody_behind_it_at_the_door() {
    let (_dir, mut outbox) = opened();
    for n in 1..=3 {
        keep(&mut outbox, n, comes(i64::try_from(n).unwrap())).unwrap();
    }
    let register = elms_protocol::DeclareRegister {
        sitting_id: SITTING,
    };
    keep(&mut outbox, 4, register).unwrap();
    keep(&mut outbox, 5, comes(5)).unwrap();
    assert_eq!(ready(&outbox), [1, 2, 3]);
    outbox.sending(id(1)).unwrap();
    outbox.settle(&refused(1), None, MORNING).unwrap();
    for n in [2, 3] {
        assert_eq!(ready(&outbox)[0], n);
        outbox.sending(id(n)).unwrap();
        outbox.settle(&applied(n, 9), None, MORNING).unwrap();
    }
    // The register is complete when all before it are written down, and closes it for the last.
    assert_eq!(ready(&outbox), [4]);
    outbox.sending(id(4)).unwrap();
    assert_eq!(ready(&outbox), [0_u128; 0]);
    outbox.settle(&applied(4, 10), None, MORNING).unwrap();
    assert_eq!(ready(&outbox), [5]);
}

/// What can happen at a station.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody notes something on one of three cases.
    Note(u128),
    /// The next command that may go is sent; the answer comes.
    Answered,
    /// It is sent, and there is no answer.
    Unanswered,
    /// It is sent and refused; a person takes it back.
    Refused,
    /// The console is killed and started again.
    Killed,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1_u128..4).prop_map(Step::Note),
        3 => Just(Step::Answered),
        1 => Just(Step::Unanswered),
        1 => Just(Step::Refused),
        1 => Just(Step::Killed),
    ]
}

/// The answers that a server gave, by case.
type Heard = BTreeMap<String, Vec<u128>>;

/// Sends the next command; the server hears it at most once, whatever is repeated.
fn send(outbox: &mut Outbox, heard: &mut Heard, known: &mut BTreeSet<u128>) -> Option<u128> {
    let queued = outbox.next(ME).unwrap()?;
    let n = queued.id.0.as_u128();
    outbox.sending(queued.id).unwrap();
    if known.insert(n) {
        heard.entry(queued.about).or_default().push(n);
    }
    Some(n)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_case_hears_everything_once_and_in_order(steps in prop::collection::vec(step(), 1..40)) {
        let (dir, mut outbox) = opened();
        let (mut heard, mut known) = (Heard::new(), BTreeSet::new());
        let mut written = Heard::new();
        for (n, step) in (1_u128..).zip(steps) {
            match step {
                Step::Note(case) => {
                    let kept = keep(&mut outbox, n, note(case, "Words")).unwrap();
                    let places: usize = written.values().map(Vec::len).sum();
                    prop_assert_eq!(kept.station_seq, i64::try_from(places).unwrap() + 1);
                    let about = format!("incident/{}", reference(case));
                    written.entry(about).or_default().push(n);
                }
                Step::Answered => {
                    if let Some(sent) = send(&mut outbox, &mut heard, &mut known) {
                        outbox.settle(&applied(sent, 1), None, MORNING).unwrap();
                    }
                }
                Step::Unanswered => {
                    if let Some(sent) = send(&mut outbox, &mut heard, &mut known) {
                        outbox.rest(&[id(sent)]).unwrap();
                    }
                }
                Step::Refused => {
                    if let Some(sent) = send(&mut outbox, &mut heard, &mut known) {
                        outbox.settle(&refused(sent), None, MORNING).unwrap();
                        outbox.withdraw(id(sent), MORNING).unwrap();
                    }
                }
                Step::Killed => {
                    drop(outbox);
                    outbox = Outbox::open(&dir.path().join("outbox.db"), &key()).unwrap();
                }
            }
        }
        while let Some(sent) = send(&mut outbox, &mut heard, &mut known) {
            outbox.settle(&applied(sent, 1), None, MORNING).unwrap();
        }
        prop_assert_eq!(heard, written);
    }
}
