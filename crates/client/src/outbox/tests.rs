//! What a person was told to be kept is kept, in order, and sent until it is answered.

mod drafts;
mod elsewhere;
mod files;
mod numbers;
mod order_of_sending;
#[cfg(target_os = "linux")]
mod power_cut;
mod sealed;

use std::path::PathBuf;

use elms_protocol::{
    AcknowledgeIncident, Command, CountScripts, Key, Kind, Rejection, RejectionCode, SealBatch,
    Seq,
    proof::{Digest, Receipt},
};
use tempfile::TempDir;

use super::{answered::KEPT_MS, *};
use crate::{
    error::DiskError,
    fixture::{BATCH, Hall, MORNING, key, note, reference, report, request},
};

pub(super) const ME: UserId = UserId(3);
const EPOCH: Epoch = Epoch(uuid::Uuid::from_u128(1));

pub(super) fn opened() -> (TempDir, Outbox) {
    let dir = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(&path(&dir), &key()).unwrap();
    (dir, outbox)
}

fn path(dir: &TempDir) -> PathBuf {
    dir.path().join("outbox.db")
}

/// A command of mine at GH-A.
fn entry<'a>(request: &'a CommandRequest, about: &'a Key) -> Entry<'a> {
    Entry {
        request,
        author: ME,
        about,
        station: "GH-A",
    }
}

/// Keeps a command under the number `id`.
pub(super) fn keep(
    outbox: &mut Outbox,
    id: u128,
    command: impl Into<Command>,
) -> Result<Kept, OutboxError> {
    let request = request(id, command, MORNING.plus_ms(id.try_into().unwrap()));
    let about = subject_of(&request.command, &Hall::new());
    outbox.keep(entry(&request, &about))
}

pub(super) fn id(n: u128) -> CommandId {
    CommandId(uuid::Uuid::from_u128(n))
}

pub(super) fn ready(outbox: &Outbox) -> Vec<u128> {
    outbox
        .ready(ME, 99)
        .unwrap()
        .iter()
        .map(|queued| queued.id.0.as_u128())
        .collect()
}

pub(super) fn applied(n: u128, seq: i64) -> Outcome {
    Outcome::Applied {
        command_id: id(n),
        first_seq: Seq(seq),
        seq: Seq(seq),
        leaves: vec![Digest([7; 32])],
    }
}

pub(super) fn refused(n: u128) -> Outcome {
    let rejection = Rejection::new(
        RejectionCode::Forbidden,
        "Your role does not allow this here.",
    );
    Outcome::Rejected {
        command_id: id(n),
        rejection,
    }
}

fn state(outbox: &Outbox, n: u128) -> OutboxState {
    let items = outbox.items().unwrap();
    items
        .iter()
        .find(|item| item.request.command_id == id(n))
        .unwrap()
        .state
}

fn acknowledge(n: u128) -> AcknowledgeIncident {
    AcknowledgeIncident {
        incident: reference(n),
        note: None,
    }
}

#[test]
fn whatever_was_kept_is_there_after_a_power_cut() {
    let (dir, mut outbox) = opened();
    for n in 1..=9 {
        keep(&mut outbox, n, report(n, "Phone")).unwrap();
        outbox.sending(id(n)).unwrap();
        // The files as the disk has them at this moment; nothing was closed.
        let image = tempfile::tempdir().unwrap();
        for name in ["outbox.db", "outbox.db-wal"] {
            std::fs::copy(dir.path().join(name), image.path().join(name)).unwrap();
        }
        let found = Outbox::open(&path(&image), &key()).unwrap();
        assert_eq!(found.items().unwrap().len(), usize::try_from(n).unwrap());
        assert_eq!(found.counts().unwrap().waiting, i64::try_from(n).unwrap());
    }
}

#[test]
fn every_report_gets_the_next_number_of_its_station_without_a_gap() {
    let (dir, mut outbox) = opened();
    let number = |kept: Kept| (kept.station_seq, kept.local_number.unwrap());
    let first = keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    assert_eq!(number(first), (1, "GH-A/001".to_owned()));
    let endless = report(2, &"x".repeat(300_000));
    assert!(matches!(
        keep(&mut outbox, 2, endless),
        Err(OutboxError::TooLarge(256))
    ));
    keep(&mut outbox, 3, note(1, "It was switched off")).unwrap();
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    let second = keep(&mut outbox, 4, report(4, "Noise")).unwrap();
    assert_eq!(number(second), (3, "GH-A/002".to_owned()));
    let sent = outbox.request(id(4)).unwrap().unwrap();
    let Command::ReportIncident(sent) = sent.command else {
        panic!("{sent:?}")
    };
    assert_eq!(sent.local_number.as_deref(), Some("GH-A/002"));
}

#[test]
fn the_same_command_twice_is_kept_once_and_another_under_its_id_is_refused() {
    let (_dir, mut outbox) = opened();
    let first = keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    assert_eq!(keep(&mut outbox, 1, report(1, "Phone")).unwrap(), first);
    assert_eq!(outbox.items().unwrap().len(), 1);
    let other = keep(&mut outbox, 1, report(1, "Two phones"));
    assert!(matches!(other, Err(OutboxError::IdReused)));
}

#[test]
fn an_answer_settles_a_command_and_a_lost_one_leaves_it_waiting() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    outbox.sending(id(1)).unwrap();
    assert_eq!(state(&outbox, 1), OutboxState::Sending);
    assert!(matches!(outbox.sending(id(1)), Err(OutboxError::Unknown)));
    outbox.rest(&[id(1)]).unwrap();
    assert_eq!(ready(&outbox), [1]);
    outbox.sending(id(1)).unwrap();
    outbox.back_to_waiting().unwrap();
    assert_eq!(outbox.items().unwrap()[0].tries, 2);
    // The answer to the first attempt comes after all.
    assert!(
        outbox
            .settle(&applied(1, 40), Some(EPOCH), MORNING)
            .unwrap()
    );
    assert_eq!(outbox.items().unwrap()[0].first_seq, Some(Seq(40)));
    assert!(!outbox.settle(&refused(1), Some(EPOCH), MORNING).unwrap());
    assert_eq!(state(&outbox, 1), OutboxState::Done);
    // What the server has answered is kept, to be held against its log.
    let receipt = Receipt {
        command_id: id(1),
        first_seq: Seq(40),
        leaves: vec![Digest([7; 32])],
    };
    assert_eq!(outbox.receipts().unwrap(), [receipt]);
}

#[test]
fn only_what_never_left_or_was_refused_can_be_taken_back() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    keep(&mut outbox, 2, note(1, "Off")).unwrap();
    keep(&mut outbox, 3, report(3, "Noise")).unwrap();
    outbox.sending(id(3)).unwrap();
    outbox.back_to_waiting().unwrap();
    assert!(matches!(
        outbox.withdraw(id(3), MORNING),
        Err(OutboxError::NotNow(_))
    ));
    assert_eq!(outbox.withdraw(id(1), MORNING).unwrap(), [id(1), id(2)]);
    assert_eq!(ready(&outbox), [3]);
    assert!(matches!(
        outbox.withdraw(id(1), MORNING),
        Err(OutboxError::NotNow(_))
    ));
    assert!(matches!(
        outbox.withdraw(id(9), MORNING),
        Err(OutboxError::Unknown)
    ));
    outbox.settle(&refused(3), None, MORNING).unwrap();
    assert_eq!(outbox.withdraw(id(3), MORNING).unwrap(), [id(3)]);
}

#[test]
fn a_corrected_report_takes_the_place_and_the_number_of_the_refused_one() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    keep(&mut outbox, 2, note(1, "Off")).unwrap();
    let corrected = request(9, report(1, "A phone"), MORNING);
    let about = Key::new(Kind::Incident, reference(1));
    let entry = entry(&corrected, &about);
    assert!(matches!(
        outbox.resend(id(1), entry),
        Err(OutboxError::NotNow(_))
    ));
    outbox.settle(&refused(1), None, MORNING).unwrap();
    assert!(ready(&outbox).is_empty());
    let kept = outbox.resend(id(1), entry).unwrap();
    assert_eq!(kept.local_number.as_deref(), Some("GH-A/001"));
    assert_eq!(ready(&outbox), [9]);
    outbox.settle(&applied(9, 5), Some(EPOCH), MORNING).unwrap();
    assert_eq!(ready(&outbox), [2]);
    assert_eq!(state(&outbox, 1), OutboxState::Withdrawn);
}

#[test]
fn a_server_restored_from_a_backup_is_offered_all_however_far_it_has_come_since() {
    let (_dir, mut outbox) = opened();
    for n in 1..=3 {
        keep(&mut outbox, n, report(n, "Phone")).unwrap();
        outbox
            .settle(
                &applied(n, i64::try_from(n).unwrap() * 10),
                Some(EPOCH),
                MORNING,
            )
            .unwrap();
    }
    assert_eq!(outbox.reoffer(EPOCH).unwrap(), 0);
    let other = Epoch(uuid::Uuid::from_u128(2));
    assert_eq!(outbox.reoffer(other).unwrap(), 3);
    assert_eq!(ready(&outbox), [1, 2, 3]);
}

#[test]
fn what_was_answered_a_month_ago_is_forgotten_and_nothing_else() {
    let (_dir, mut outbox) = opened();
    for n in 1..=3 {
        keep(&mut outbox, n, report(n, "Phone")).unwrap();
    }
    outbox
        .settle(&applied(1, 10), Some(EPOCH), MORNING)
        .unwrap();
    outbox.settle(&refused(2), None, MORNING).unwrap();
    let month = MORNING.plus_ms(KEPT_MS);
    assert_eq!(outbox.forget_old(month).unwrap(), 0);
    assert_eq!(outbox.forget_old(month.plus_ms(1)).unwrap(), 1);
    assert_eq!(outbox.items().unwrap().len(), 2);
    outbox
        .settle(&applied(3, 11), Some(EPOCH), MORNING)
        .unwrap();
    outbox.forget_old(month.plus_ms(1)).unwrap();
    // Not even the place of the last one is given out again.
    let later = keep(&mut outbox, 4, report(4, "Noise")).unwrap();
    assert_eq!(later.station_seq, 4);
}

#[test]
fn the_counts_say_what_waits_what_is_under_way_and_what_needs_a_decision() {
    let (_dir, mut outbox) = opened();
    for n in 1..=4 {
        keep(&mut outbox, n, report(n, "Phone")).unwrap();
    }
    outbox.sending(id(1)).unwrap();
    outbox.settle(&refused(2), None, MORNING).unwrap();
    outbox.settle(&applied(3, 9), None, MORNING).unwrap();
    let counts = outbox.counts().unwrap();
    assert_eq!(
        (counts.waiting, counts.sending, counts.attention),
        (1, 1, 1)
    );
    assert_eq!(outbox.kept_since(MORNING.plus_ms(3)).unwrap(), 2);
    assert_eq!(
        outbox.items().unwrap()[1].rejection.as_ref().unwrap().code,
        RejectionCode::Forbidden
    );
}

#[test]
fn a_second_program_is_told_that_the_outbox_is_in_use() {
    let (dir, _outbox) = opened();
    let error = Outbox::open(&path(&dir), &key()).unwrap_err();
    assert!(matches!(error, OutboxError::Disk(DiskError::Locked)));
    assert!(error.to_string().contains("in use by another program"));
}

#[test]
fn the_outbox_of_a_newer_console_is_not_touched() {
    let (dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    outbox.conn.pragma_update(None, "user_version", 7).unwrap();
    drop(outbox);
    let before = std::fs::read(path(&dir)).unwrap();
    let error = Outbox::open(&path(&dir), &key()).unwrap_err();
    assert!(matches!(
        error,
        OutboxError::Disk(DiskError::TooNew { found: 7, known: 6 })
    ));
    assert_eq!(std::fs::read(path(&dir)).unwrap(), before);
}

#[test]
fn a_full_disk_is_said_plainly_and_what_was_kept_before_is_safe() {
    let (dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    let pages: i64 = outbox
        .conn
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    outbox
        .conn
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let error = keep(&mut outbox, 2, report(2, &"x".repeat(60_000))).unwrap_err();
    assert!(
        matches!(error, OutboxError::Disk(DiskError::Full)),
        "{error:?}"
    );
    assert!(error.to_string().contains("NOT saved"));
    outbox
        .conn
        .pragma_update(None, "max_page_count", pages + 100)
        .unwrap();
    let kept = keep(&mut outbox, 2, report(2, &"x".repeat(60_000))).unwrap();
    assert_eq!(
        (kept.station_seq, kept.local_number.as_deref()),
        (2, Some("GH-A/002"))
    );
    drop(outbox);
    assert_eq!(ready(&Outbox::open(&path(&dir), &key()).unwrap()), [1, 2]);
}

#[test]
fn a_damaged_outbox_is_reported_and_left_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(path(&dir), "scribble".repeat(2_000)).unwrap();
    let error = Outbox::open(&path(&dir), &key()).unwrap_err();
    assert!(matches!(error, OutboxError::Disk(DiskError::Damaged)));
    assert!(
        std::fs::read_to_string(path(&dir))
            .unwrap()
            .starts_with("scribble")
    );
}

#[test]
fn what_is_being_typed_survives_a_crash() {
    let (dir, mut outbox) = opened();
    let form = serde_json::json!({ "kind": "OTHER", "text": "Half a sent" });
    outbox.save_draft("report", &form).unwrap();
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    assert_eq!(outbox.load_draft("report").unwrap(), Some(form));
    outbox.clear_draft("report").unwrap();
    assert_eq!(outbox.load_draft("report").unwrap(), None);
}

#[test]
fn what_the_server_has_erased_is_no_longer_in_the_outbox() {
    let (_dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(70, "Notes of a candidate")).unwrap();
    keep(&mut outbox, 2, report(71, "Phone under the desk")).unwrap();
    keep(&mut outbox, 3, note(70, "Not sent yet")).unwrap();
    for n in [1, 2] {
        outbox.sending(id(n)).unwrap();
        let seq = i64::try_from(n).unwrap() * 10;
        outbox
            .settle(&applied(n, seq), Some(EPOCH), MORNING)
            .unwrap();
    }
    let noted = elms_protocol::LogNoted {
        erased: vec![Seq(10)],
        records: vec![Key::new(Kind::Incident, reference(70))],
        ..elms_protocol::LogNoted::of(elms_protocol::LogChange::Erasure, "", "")
    };
    assert_eq!(outbox.forget_erased(&noted).unwrap(), 2);
    for (n, is_left) in [(1, false), (2, true), (3, false)] {
        assert_eq!(outbox.request(id(n)).unwrap().is_some(), is_left, "{n}");
    }
}
