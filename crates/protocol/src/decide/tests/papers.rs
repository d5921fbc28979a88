use super::code;
use crate::{
    Actor, BatchId, Invigilator, InvigilatorRole, LogHall, NotePrinted, PAPERS_RECEIVED, Record,
    RejectionCode, SittingId, UserId, describe,
    testing::{EIGHT, Hall, actor},
};

fn print(copies: i64, spare: i64) -> NotePrinted {
    NotePrinted {
        batch_id: BatchId(1),
        copies,
        spare,
        place: "Print room".to_owned(),
        printed_at: None,
    }
}

fn sign(count: Option<i64>) -> LogHall {
    LogHall {
        sitting_id: SittingId(1),
        action: PAPERS_RECEIVED.to_owned(),
        text: "Papers received, packet whole.".to_owned(),
        seat: None,
        student: None,
        count,
        entry: None,
    }
}

/// The script handler, put on the first sitting.
fn handler_on_the_paper(hall: &mut Hall) -> Actor {
    let mut sitting = hall.sitting_now(1);
    sitting.invigilators.push(Invigilator {
        user_id: UserId(6),
        name: "Mr Alhassan".to_owned(),
        role: InvigilatorRole::Invigilator,
        checked_in_at: None,
        checked_out_at: None,
    });
    hall.put(Record::Sitting(Box::new(sitting)));
    actor(6)
}

#[test]
fn the_exam_office_notes_what_was_printed_and_when() {
    let mut hall = Hall::new();
    let yesterday = EIGHT.plus_ms(-16 * 3_600_000);
    let input = NotePrinted {
        printed_at: Some(yesterday),
        place: "  Print room ".to_owned(),
        ..print(4, 2)
    };
    hall.ask(&actor(3), input).unwrap();
    let printed = hall.batch_now(1).printed.unwrap();
    assert_eq!((printed.copies, printed.spare, printed.papers()), (4, 2, 6));
    assert_eq!(
        (printed.place.as_str(), printed.at),
        ("Print room", yesterday)
    );
    assert_eq!(printed.noted.by.as_deref(), Some("Mrs Mensah"));
    assert!(!printed.corrected);
}

#[test]
fn a_second_note_corrects_the_first_and_says_what_it_said() {
    let mut hall = Hall::new();
    hall.ask(&actor(3), print(5, 2)).unwrap();
    let other = NotePrinted {
        place: "Deputy's office".to_owned(),
        ..print(4, 1)
    };
    hall.ask(&actor(3), other).unwrap();
    let printed = hall.batch_now(1).printed.unwrap();
    assert!(printed.corrected);
    assert_eq!((printed.copies, printed.spare), (4, 1));
    assert_eq!(
        hall.log.last().map(describe).unwrap(),
        "BATCH-CSE201 printing corrected: 4 copies and 1 spare, Deputy's office; \
         it said 5 and 2, Print room"
    );
}

#[test]
fn only_the_exam_office_and_a_script_handler_on_the_paper_note_the_printing() {
    let mut hall = Hall::new();
    for user in [1, 2, 5, 6, 8, 9, 24, 31, 32, 33] {
        assert_eq!(
            code(hall.ask(&actor(user), print(4, 2))),
            RejectionCode::Forbidden,
            "{user}"
        );
    }
    let handler = handler_on_the_paper(&mut hall);
    hall.ask(&handler, print(4, 2)).unwrap();
    let elsewhere = NotePrinted {
        batch_id: BatchId(2),
        ..print(4, 2)
    };
    assert_eq!(
        code(hall.ask(&handler, elsewhere)),
        RejectionCode::Forbidden
    );
}

#[test]
fn the_printing_of_collected_scripts_is_not_noted_any_more() {
    let mut hall = Hall::at_stage(2);
    hall.ask(&actor(3), print(4, 2)).unwrap();
    let mut hall = Hall::at_stage(3);
    assert_eq!(
        code(hall.ask(&actor(3), print(4, 2))),
        RejectionCode::IllegalTransition
    );
}

#[test]
fn nobody_prints_no_papers_nowhere_or_tomorrow() {
    let mut hall = Hall::new();
    for input in [
        print(0, 2),
        print(4, -1),
        print(20_001, 0),
        NotePrinted {
            place: " ".to_owned(),
            ..print(4, 2)
        },
        NotePrinted {
            printed_at: Some(EIGHT.plus_ms(24 * 3_600_000)),
            ..print(4, 2)
        },
    ] {
        assert_eq!(code(hall.ask(&actor(3), input)), RejectionCode::Invalid);
    }
    assert_eq!(hall.batch_now(1).printed, None);
}

#[test]
fn the_hall_signs_for_its_papers_and_the_last_signature_stands() {
    let mut hall = Hall::new();
    assert_eq!(
        code(hall.ask(&actor(8), sign(Some(0)))),
        RejectionCode::Invalid
    );
    hall.ask(&actor(8), sign(None)).unwrap();
    assert_eq!(hall.sitting_now(1).papers.unwrap().count, None);
    hall.ask(&actor(9), sign(Some(6))).unwrap();
    let papers = hall.sitting_now(1).papers.unwrap();
    assert_eq!(
        (papers.count, papers.signed.by.as_deref()),
        (Some(6), Some("Mrs Baidoo"))
    );
}
