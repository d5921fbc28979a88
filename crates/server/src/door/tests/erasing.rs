//! Erased words are gone, what is held stays, and the proofs do not mind.

use elms_protocol::{
    CloseIncident, IncidentOutcome, Key, Kind, LogHall, Outcome, ResolveIncident, Seq, SittingId,
    View as _,
    proof::{Audit, Verdict},
};

use super::*;
use crate::{
    door::{ApplyError, Erasure, Hold, keeping::Keeping},
    ledger::Ledger,
};

fn keep(desk: &Desk, what: Keeping) -> Result<(), ApplyError> {
    let (answer, mut answered) = oneshot::channel();
    desk.group([Job::Keep(TAKORADI, what, "Dr Ofori".to_owned(), answer)]);
    answered.try_recv().unwrap()
}

fn erase(desk: &Desk, case: IncidentRef) -> Result<(), ApplyError> {
    let erasure = Erasure {
        cases: vec![case],
        why: "Retention".to_owned(),
        ..Erasure::default()
    };
    keep(desk, Keeping::Erase(erasure))
}

fn hold(desk: &Desk, on: Key, begins: bool) -> Result<(), ApplyError> {
    let why = "A hearing".to_owned();
    keep(desk, Keeping::Hold(Hold { on, begins, why }))
}

/// A case with words of its own; its report, to be sent again.
fn case(desk: &Desk, sitting: Option<SittingId>) -> (IncidentRef, CommandRequest) {
    let mut request = report("Notes of a candidate");
    let Command::ReportIncident(input) = &mut request.command else {
        panic!("no report");
    };
    input.sitting_id = sitting;
    let reference = input.reference;
    let outcome = desk.alone(request.clone());
    assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
    (reference, request)
}

fn close(desk: &Desk, case: IncidentRef) {
    let resolve = ResolveIncident {
        incident: case,
        outcome: IncidentOutcome::ALL[0],
        resolution: "They were another's".to_owned(),
        merged_into: None,
    };
    let close = CloseIncident {
        incident: case,
        note: None,
    };
    for request in [asked(resolve), asked(close)] {
        let outcome = desk.alone(request);
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
    }
}

fn sentence(refused: Result<(), ApplyError>) -> String {
    match refused {
        Err(ApplyError::Kept(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn verdict(desk: &Desk) -> Verdict {
    let ledger = Ledger::open(desk.dir.path()).unwrap();
    let head = ledger.heads().unwrap();
    let head = head
        .iter()
        .find(|head| head.institution == TAKORADI)
        .unwrap();
    let mut audit = Audit::new(&head.origin, head.key);
    assert_eq!(ledger.audit(TAKORADI, &mut audit).unwrap(), None);
    audit.end()
}

#[tokio::test]
async fn an_erased_case_is_gone_with_its_words_and_the_log_is_sound_and_says_so() {
    let desk = Desk::new();
    let (reference, first) = case(&desk, None);
    let (other, _) = case(&desk, None);
    assert_eq!(
        sentence(erase(&desk, reference)).split(' ').next_back(),
        Some("closed")
    );
    close(&desk, reference);
    let before = desk.store.cursor(TAKORADI).unwrap();
    erase(&desk, reference).unwrap();

    let desk = desk.reopen();
    let records = desk.store.view(TAKORADI).unwrap();
    assert!(records.incident(reference).is_none());
    assert!(records.incident(other).is_some());
    assert!(records.list(Kind::Notification).iter().all(|record| {
        !serde_json::to_string(record)
            .unwrap()
            .contains(&reference.to_string())
    }));
    let log = desk.log();
    let is_left = |logged: &Arc<Logged>| {
        let text = serde_json::to_string(&logged.event).unwrap();
        logged.event.event != "log_noted" && text.contains(&reference.to_string())
    };
    assert!(!log.iter().any(is_left));
    let erased: Vec<Seq> = log
        .iter()
        .filter(|logged| logged.event.is_erased())
        .map(|logged| logged.event.seq)
        .collect();
    assert!(3 <= erased.len(), "{erased:?}");
    let Verdict::Sound { erased: named, .. } = verdict(&desk) else {
        panic!("not sound");
    };
    assert_eq!(named, erased);
    // Who resumes from before is still in the same log.
    let same = desk.store.cursor_at(TAKORADI, before.seq).unwrap();
    assert_eq!(same, Some(before));
    // A station that never heard the answer asks again, and is answered as then.
    let again = desk.alone(first);
    assert!(matches!(again, Outcome::Applied { first_seq, .. } if erased.contains(&first_seq)));
    assert_eq!(desk.log().len(), log.len());
}

#[tokio::test]
async fn what_is_under_a_legal_hold_is_not_erased_until_it_is_released() {
    let desk = Desk::new();
    let sitting = SittingId(1);
    let (reference, _) = case(&desk, Some(sitting));
    close(&desk, reference);
    for on in [
        Key::new(Kind::Incident, reference),
        Key::new(Kind::Sitting, sitting),
    ] {
        hold(&desk, on.clone(), true).unwrap();
        assert!(sentence(erase(&desk, reference)).ends_with("is under a legal hold"));
        assert!(sentence(hold(&desk, on.clone(), true)).contains("already"));
        assert!(
            desk.store
                .view(TAKORADI)
                .unwrap()
                .incident(reference)
                .is_some()
        );
        assert!(desk.store.holds(TAKORADI).unwrap().has(&on));
        hold(&desk, on.clone(), false).unwrap();
        assert!(sentence(hold(&desk, on, false)).starts_with("There is no legal hold"));
    }
    erase(&desk, reference).unwrap();
    let missing = Key::new(Kind::Incident, IncidentRef(Uuid::new_v4()));
    assert_eq!(
        sentence(hold(&desk, missing, true)),
        "There is no such record"
    );
}

#[tokio::test]
async fn a_line_of_the_hall_log_goes_alone_and_what_records_are_made_of_does_not() {
    let desk = Desk::new();
    let line = asked(LogHall {
        sitting_id: SittingId(1),
        action: "NOTE".to_owned(),
        text: "A remark about somebody".to_owned(),
        ..serde_json::from_value(serde_json::json!({
            "sittingId": 1, "action": "NOTE", "text": "x",
        }))
        .unwrap()
    });
    let Outcome::Applied { first_seq: at, .. } = desk.alone(line) else {
        panic!("no line");
    };
    let (_, _) = case(&desk, None);
    let one = |seq| {
        let erasure = Erasure {
            events: vec![seq],
            why: "A wrong name".to_owned(),
            ..Erasure::default()
        };
        keep(&desk, Keeping::Erase(erasure))
    };
    one(at).unwrap();
    assert!(sentence(one(at)).ends_with("erased already"));
    assert!(sentence(one(at.next())).contains("records are made of it"));
    assert!(sentence(one(Seq(999))).starts_with("There is no event"));
    assert!(matches!(verdict(&desk), Verdict::Sound { erased, .. } if erased == [at]));
}
