//! Parts, cuts and wrong files.

use elms_protocol::{EvidenceId, Timestamp};
use uuid::Uuid;

use super::*;

const TEXT: &[u8] = b"Phone under the script, seat G3, seen at 10:55.";

fn place(bytes: &[u8], kind: FileKind) -> Place {
    Place {
        institution: InstitutionId(1),
        incident: IncidentRef(Uuid::from_u128(7)),
        file: Evidence {
            id: EvidenceId(Uuid::from_u128(8)),
            sha256: fingerprint(bytes),
            kind,
            size: i64::try_from(bytes.len()).unwrap(),
            name: "../../etc/passwd".to_owned(),
            note: None,
            by: None,
            station: None,
            captured_at: Timestamp(0),
            received_at: None,
        },
    }
}

fn shelf() -> (tempfile::TempDir, Shelf) {
    let dir = tempfile::tempdir().unwrap();
    let shelf = Shelf::new(dir.path());
    (dir, shelf)
}

#[test]
fn a_file_that_comes_in_parts_is_whole_only_with_the_last_of_them() {
    let (dir, shelf) = shelf();
    let place = place(TEXT, FileKind::Text);
    let (first, rest) = TEXT.split_at(20);
    assert!(!shelf.add(&place, 0, first).unwrap().complete);
    assert_eq!(shelf.original(&place).unwrap(), None);
    // Whoever asks on another day learns where to go on.
    let again = Shelf::new(dir.path());
    assert_eq!(again.standing(&place).unwrap().offset, 20);
    assert!(again.add(&place, 20, rest).unwrap().complete);
    assert_eq!(again.original(&place).unwrap().unwrap(), TEXT);
}

#[test]
fn a_part_that_comes_twice_or_too_early_changes_nothing() {
    let (_dir, shelf) = shelf();
    let place = place(TEXT, FileKind::Text);
    let (first, rest) = TEXT.split_at(20);
    shelf.add(&place, 0, first).unwrap();
    for (offset, part) in [(0, first), (30, rest)] {
        let refused = shelf.add(&place, offset, part).unwrap_err();
        assert!(matches!(refused, NotTaken::Elsewhere(20)), "{refused}");
    }
    shelf.add(&place, 20, rest).unwrap();
    // Whole is whole: whatever comes now is not even looked at.
    assert!(shelf.add(&place, 0, b"something else").unwrap().complete);
    assert_eq!(shelf.original(&place).unwrap().unwrap(), TEXT);
}

#[test]
fn what_is_not_the_announced_file_is_not_kept() {
    let (_dir, shelf) = shelf();
    let place_of_text = place(TEXT, FileKind::Text);
    let mut other = TEXT.to_vec();
    other[5] ^= 1;
    let refused = shelf.add(&place_of_text, 0, &other).unwrap_err();
    assert!(matches!(refused, NotTaken::OtherFile), "{refused}");
    assert_eq!(shelf.standing(&place_of_text).unwrap().offset, 0);
    let too_much = [TEXT, b"!"].concat();
    let refused = shelf.add(&place_of_text, 0, &too_much).unwrap_err();
    assert!(matches!(refused, NotTaken::TooMuch), "{refused}");
    let as_photo = place(TEXT, FileKind::Jpeg);
    let refused = shelf.add(&as_photo, 0, TEXT).unwrap_err();
    assert!(matches!(refused, NotTaken::OtherKind), "{refused}");
    assert_eq!(shelf.original(&as_photo).unwrap(), None);
}

#[test]
fn the_name_that_a_file_had_elsewhere_leads_nowhere() {
    let (dir, shelf) = shelf();
    let place = place(TEXT, FileKind::Text);
    shelf.add(&place, 0, TEXT).unwrap();
    let path = shelf.path(&place, "");
    assert!(path.starts_with(dir.path().join("evidence/1")) && path.is_file());
}
