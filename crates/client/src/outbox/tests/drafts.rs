//! Files that were chosen in a form go with what is written in it.

use elms_protocol::{AttachEvidence, EvidenceId, FileKind, host::DraftFile};

use super::*;
use crate::outbox::Draft;

const REPORT: Draft<'_> = Draft("report");

fn file(n: u128) -> EvidenceId {
    EvidenceId(uuid::Uuid::from_u128(n))
}

/// A form with words and two photos.
fn written() -> (TempDir, Outbox) {
    let (dir, mut outbox) = opened();
    let form = serde_json::json!({ "text": "Phone under the desk" });
    outbox.save_draft("report", &form).unwrap();
    outbox
        .add_draft_file(REPORT, (file(1), "seat.jpg"), b"seat")
        .unwrap();
    outbox
        .add_draft_file(REPORT, (file(2), "phone.jpg"), b"phone")
        .unwrap();
    (dir, outbox)
}

fn sent(outbox: &mut Outbox) {
    let request = request(1, report(1, "Phone under the desk"), MORNING);
    let about = subject_of(&request.command, &Hall::new());
    let entry = entry(&request, &about);
    outbox.keep_draft(entry, REPORT).unwrap();
}

#[test]
fn what_was_chosen_is_there_after_a_power_cut_and_goes_with_the_report() {
    let (dir, outbox) = written();
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    let seat = DraftFile {
        id: file(1),
        name: "seat.jpg".to_owned(),
        size: 4,
    };
    assert_eq!(outbox.draft_files(REPORT).unwrap()[0], seat);
    assert_eq!(outbox.chosen().unwrap(), None, "nothing was reported yet");

    sent(&mut outbox);
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    assert_eq!(outbox.load_draft("report").unwrap(), None);
    assert_eq!(outbox.draft_files(REPORT).unwrap(), []);
    // The next report is another one: what is chosen for it is not mixed up with these.
    outbox
        .add_draft_file(REPORT, (file(3), "other.jpg"), b"other")
        .unwrap();
    outbox.clear_draft("report").unwrap();
    let chosen = outbox.chosen().unwrap().unwrap();
    assert_eq!((chosen.id, chosen.incident), (file(1), reference(1)));
    assert_eq!(chosen.bytes, b"seat");
}

#[test]
fn what_is_left_out_or_given_up_is_gone() {
    let (_dir, mut outbox) = written();
    outbox.drop_draft_file(file(1)).unwrap();
    assert_eq!(outbox.draft_files(REPORT).unwrap().len(), 1);
    outbox.clear_draft("report").unwrap();
    sent(&mut outbox);
    assert_eq!(outbox.chosen().unwrap(), None);
}

#[test]
fn what_cannot_be_attached_lies_in_the_form_again() {
    let (_dir, mut outbox) = written();
    sent(&mut outbox);
    outbox.unchoose(file(1)).unwrap();
    assert_eq!(outbox.draft_files(REPORT).unwrap()[0].id, file(1));
    assert_eq!(outbox.chosen().unwrap().unwrap().id, file(2));
}

#[test]
fn a_draft_under_another_key_comes_with_its_files() {
    let (_dir, mut before) = written();
    sent(&mut before);
    before
        .add_draft_file(REPORT, (file(3), "other.jpg"), b"other")
        .unwrap();
    let (_new, mut outbox) = opened();
    outbox.take_in(&before).unwrap();
    assert_eq!(outbox.draft_files(REPORT).unwrap()[0].id, file(3));
    assert_eq!(outbox.chosen().unwrap().unwrap().id, file(1));
}

#[test]
fn what_is_attached_is_no_longer_chosen() {
    let (_dir, mut outbox) = written();
    sent(&mut outbox);
    let chosen = outbox.chosen().unwrap().unwrap();
    let attach = AttachEvidence {
        incident: chosen.incident,
        evidence: chosen.id,
        sha256: "5f".repeat(32),
        size: 4,
        kind: FileKind::Jpeg,
        name: chosen.name,
        note: None,
    };
    let request = request(2, attach, MORNING);
    let about = subject_of(&request.command, &Hall::new());
    let entry = entry(&request, &about);
    outbox.keep_file(entry, &chosen.bytes).unwrap();
    assert_eq!(outbox.chosen().unwrap().unwrap().id, file(2));
    assert_eq!(outbox.file(file(1)).unwrap().unwrap(), b"seat");
}
