//! Every commit is signed, and everything in the log can be proved to whoever kept an end of it.

use elms_protocol::{
    Outcome, Seq,
    proof::{Audit, Digest, Key, Signed, Verdict, extends, includes},
};

use super::{Desk, TAKORADI, note, officer, report};
use crate::{ledger::Ledger, store::Asked};

fn signed(desk: &Desk) -> (Signed, Key) {
    let said = desk.store.signed(TAKORADI).unwrap().unwrap();
    (said.note.parse().unwrap(), said.key.parse().unwrap())
}

fn end(note: &Signed) -> (u64, Digest) {
    (note.checkpoint.size, note.checkpoint.root)
}

#[tokio::test]
async fn a_log_that_has_grown_is_signed_and_begins_as_it_did() {
    let desk = Desk::new();
    assert!(desk.store.signed(TAKORADI).unwrap().is_none());
    let mut kept = Vec::new();
    for n in 0..40 {
        let many = (0..=n % 23).map(|at| (officer(), report(&format!("Case {n}/{at}"))));
        desk.together(many);
        let (note, key) = signed(&desk);
        assert_eq!(note.verify(&key), Ok(()));
        kept.push(note);
    }
    let last = kept.last().unwrap();
    for note in &kept {
        let from = note.checkpoint.size;
        let asked = Asked {
            from,
            seqs: vec![Seq(3), Seq(260), Seq(9_999)],
        };
        let proof = desk.store.prove(TAKORADI, &asked).unwrap().unwrap();
        assert_eq!(proof.note, last.to_string());
        assert!(extends(end(note), end(last), &proof.path), "from {from}");
        assert_eq!(proof.entries.len(), 2);
        for proved in proof.entries {
            let index = u64::try_from(proved.entry.seq.0).unwrap() - 1;
            assert!(includes(proved.entry.leaf, index, end(last), &proved.path));
        }
    }
    let (note, _) = signed(&desk.reopen());
    assert_eq!(&note, last);
}

#[tokio::test]
async fn a_reporter_gets_the_leaves_of_the_report() {
    let desk = Desk::new();
    desk.alone(report("Before"));
    let request = report("Phone under the desk");
    let Outcome::Applied {
        first_seq, leaves, ..
    } = desk.alone(request.clone())
    else {
        panic!("it must be applied");
    };
    let entries = desk.store.entries(TAKORADI, (first_seq, Seq(99))).unwrap();
    let in_log: Vec<Digest> = entries.iter().map(|entry| entry.leaf).collect();
    assert_eq!(leaves, in_log);
    // A repeat gets the same receipt.
    let Outcome::Applied { leaves: again, .. } = desk.alone(request) else {
        panic!("it must be applied");
    };
    assert_eq!(again, leaves);
}

#[tokio::test]
async fn what_is_undone_leaves_no_leaf_behind() {
    let desk = Desk::new();
    let trap = "CREATE TEMP TRIGGER trap BEFORE INSERT ON main.record
                WHEN new.body LIKE '%torn%' BEGIN SELECT RAISE(ABORT, 'torn page'); END";
    desk.disk.conn.execute_batch(trap).unwrap();
    for _ in 0..200 {
        let case = report("One");
        let asked = [report("torn"), case.clone(), report("torn, too")];
        desk.together(asked.map(|request| (officer(), request)));
        desk.alone(note(
            elms_protocol::IncidentRef(uuid::Uuid::nil()),
            "nothing",
        ));
    }
    let ledger = Ledger::open(desk.dir.path()).unwrap();
    let heads = ledger.heads().unwrap();
    let head = heads
        .iter()
        .find(|head| head.institution == TAKORADI)
        .unwrap();
    let mut audit = Audit::new(&head.origin, head.key);
    assert_eq!(ledger.audit(TAKORADI, &mut audit).unwrap(), None);
    assert!(matches!(audit.end(), Verdict::Sound { size: 200, .. }));
}
