//! Files of evidence beside the commands that attach them.

use elms_protocol::{AttachEvidence, EvidenceId, FileKind};

use super::*;

/// Three pieces and a bit.
fn film() -> Vec<u8> {
    (0_u32..100_000).flat_map(u32::to_le_bytes).collect()
}

fn file(n: u128) -> EvidenceId {
    EvidenceId(uuid::Uuid::from_u128(n))
}

/// Keeps a film for case 1 under the number `n`, after the report of it.
fn keep_film(outbox: &mut Outbox, n: u128) {
    let command = AttachEvidence {
        incident: reference(1),
        evidence: file(n),
        sha256: "5f".repeat(32),
        size: 400_000,
        kind: FileKind::Mp4,
        name: "corridor.mp4".to_owned(),
        note: None,
    };
    let request = request(n, command, MORNING.plus_ms(n.try_into().unwrap()));
    let about = subject_of(&request.command, &Hall::new());
    let entry = entry(&request, &about);
    outbox.keep_file(entry, &film()).unwrap();
}

#[test]
fn a_file_is_there_after_a_power_cut_and_waits_for_its_command() {
    let (dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    keep_film(&mut outbox, 2);
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    assert_eq!(outbox.file(file(2)).unwrap().unwrap(), film());
    assert_eq!(
        outbox.next_file(ME).unwrap(),
        None,
        "not before its command"
    );
    outbox.settle(&applied(1, 1), None, MORNING).unwrap();
    outbox.settle(&applied(2, 2), None, MORNING).unwrap();
    assert_eq!(outbox.next_file(ME).unwrap().unwrap().id, file(2));
    assert_eq!(
        outbox.next_file(UserId(9)).unwrap(),
        None,
        "only for its author"
    );
    // What was answered a month ago is forgotten; the file still goes.
    outbox.forget_old(MORNING.plus_ms(KEPT_MS + 9)).unwrap();
    assert_eq!(outbox.files_left().unwrap(), 1);
    assert!(outbox.next_file(ME).unwrap().is_some());
}

#[test]
fn the_parts_of_a_file_from_any_byte_on_are_the_file() {
    let (_dir, mut outbox) = opened();
    keep_film(&mut outbox, 2);
    let film = film();
    for start in [0_usize, 1, 131_071, 131_072, 200_000, 399_999] {
        let mut sent = film[..start].to_vec();
        loop {
            let at = i64::try_from(sent.len()).unwrap();
            let part = outbox.part(file(2), at).unwrap();
            if part.is_empty() {
                break;
            }
            sent.extend(part);
        }
        assert_eq!(sent, film, "from {start} on");
    }
}

#[test]
fn a_file_goes_when_it_has_arrived_or_its_command_is_taken_back() {
    let (_dir, mut outbox) = opened();
    keep_film(&mut outbox, 2);
    keep_film(&mut outbox, 3);
    outbox.withdraw(id(2), MORNING).unwrap();
    assert_eq!(outbox.file(file(2)).unwrap(), None);
    outbox.settle(&applied(3, 1), None, MORNING).unwrap();
    outbox.file_stuck(file(3), "The line.", false).unwrap();
    let stuck = outbox.files_of(reference(1)).unwrap();
    assert_eq!(stuck[0].trouble.as_deref(), Some("The line."));
    assert!(outbox.next_file(ME).unwrap().is_some(), "it is tried again");
    outbox.file_arrived(file(3)).unwrap();
    assert_eq!(outbox.files_left().unwrap(), 0);
    assert_eq!(outbox.part(file(3), 0).unwrap(), Vec::<u8>::new());
}

#[test]
fn a_refused_command_that_is_sent_again_takes_its_file_with_it() {
    let (_dir, mut outbox) = opened();
    keep_film(&mut outbox, 2);
    outbox.settle(&refused(2), None, MORNING).unwrap();
    let command = outbox.request(id(2)).unwrap().unwrap().command;
    let again = request(4, command, MORNING);
    let about = subject_of(&again.command, &Hall::new());
    let entry = entry(&again, &about);
    outbox.resend(id(2), entry).unwrap();
    outbox.settle(&applied(4, 1), None, MORNING).unwrap();
    assert_eq!(outbox.next_file(ME).unwrap().unwrap().id, file(2));
}
