//! Any day of a hall: what the log folds to is what is stored.

use elms_protocol::{Command, IncidentRef, LogHall, Seq, SittingId, evolve};
use proptest::prelude::*;
use uuid::Uuid;

use super::{CommandRequest, Desk, TAKORADI, asked, note, officer, report, texts};

/// What somebody may do next in the hall of a property test.
#[derive(Debug, Clone)]
enum Next {
    Report(String),
    Note(usize, String),
    Log(i64, String),
    Repeat(usize),
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![
        "[a-z é]{0,30}".prop_map(Next::Report),
        (0_usize..8, "[a-z]{0,20}").prop_map(|(of, text)| Next::Note(of, text)),
        (0_i64..70, "[a-z]{1,20}").prop_map(|(sitting, text)| Next::Log(sitting, text)),
        (0_usize..8).prop_map(Next::Repeat),
    ]
}

/// The request that a step means, given what was asked before.
fn request_of(next: Next, before: &[CommandRequest]) -> CommandRequest {
    let cases = before.iter().filter_map(|request| {
        if let Command::ReportIncident(report) = &request.command {
            return Some(report.reference);
        }
        None
    });
    match next {
        Next::Report(text) => report(&text),
        Next::Note(of, text) => {
            let case = cases.into_iter().nth(of);
            note(case.unwrap_or(IncidentRef(Uuid::nil())), &text)
        }
        Next::Log(sitting, text) => asked(LogHall {
            sitting_id: SittingId(sitting),
            action: "note".to_owned(),
            text,
            seat: None,
            student: None,
            count: None,
            entry: None,
        }),
        Next::Repeat(of) => before.get(of).cloned().unwrap_or_else(|| report("first")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn folding_the_log_gives_the_stored_records(
        groups in proptest::collection::vec(proptest::collection::vec(next(), 1..6), 1..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _inside = runtime.enter();
        let desk = Desk::new();
        let mut folded = desk.store.view(TAKORADI).unwrap();
        let mut before = Vec::new();
        for group in groups {
            let from = before.len();
            for next in group {
                let request = request_of(next, &before);
                before.push(request);
            }
            let asked = before.iter().skip(from).map(|request| (officer(), request.clone()));
            prop_assert!(desk.together(asked.collect::<Vec<_>>()).iter().all(Result::is_ok));
        }
        for (n, logged) in (1..).zip(desk.log()) {
            prop_assert_eq!(logged.event.seq, Seq(n));
            for record in evolve(&folded, &logged.event) {
                folded.put(record);
            }
        }
        let shown = desk.records();
        prop_assert!(texts(&folded) == shown, "the log folds to something else");
        let desk = desk.reopen();
        prop_assert!(desk.records() == shown, "the disk holds something else");
    }
}
