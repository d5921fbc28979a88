use uuid::Uuid;

use super::*;

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: origin(InstitutionId(7), Epoch(Uuid::from_u128(9))),
        size: 42,
        root: Digest([7; 32]),
    }
}

#[test]
fn the_published_note_of_the_go_checksum_database_is_read_and_verified() {
    // From golang.org/x/mod/sumdb/note: an example of the format with its key.
    let note = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n\n\
                \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let key: Key = {
        // The verifier is `PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`.
        let with_kind = STANDARD
            .decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
            .unwrap();
        assert_eq!(with_kind[0], 1);
        STANDARD.encode(&with_kind[1..]).parse().unwrap()
    };
    assert_eq!(key.id("PeterNeumann"), [0xc7, 0x4f, 0x20, 0xa3]);
    let (text, line) = note.rsplit_once("\n\n").unwrap();
    let signature = line.trim_end().rsplit_once(' ').unwrap().1;
    let signature: [u8; 68] = bytes(signature).unwrap();
    assert_eq!(signature[..4], key.id("PeterNeumann"));
    let rest: &[u8; 64] = signature[4..].try_into().unwrap();
    assert!(key.has_signed(format!("{text}\n").as_bytes(), rest));
    // It is a note, but no checkpoint.
    assert_eq!(note.parse::<Signed>(), Err(NoteError::Malformed));
}

#[test]
fn a_signed_checkpoint_survives_its_text_and_knows_its_signer() {
    let pen = Pen::new(&[1; 32]);
    let signed = pen.sign_checkpoint(checkpoint());
    let text = signed.to_string();
    let read: Signed = text.parse().unwrap();
    assert_eq!(read, signed);
    assert_eq!(read.verify(&pen.key()), Ok(()));
    let other = Pen::new(&[2; 32]).key();
    assert_eq!(read.verify(&other), Err(NoteError::Unsigned));
    let parts = Signed::from_parts(checkpoint(), &signed.signature()).unwrap();
    assert_eq!(parts, signed);
    assert_eq!(pen.key().to_string().parse::<Key>(), Ok(pen.key()));
}

#[test]
fn a_checkpoint_with_one_character_changed_is_signed_by_nobody() {
    let pen = Pen::new(&[1; 32]);
    let text = pen.sign_checkpoint(checkpoint()).to_string();
    for (at, old) in text.char_indices() {
        for new in ['0', 'A', '\n', ' '] {
            if new == old {
                continue;
            }
            let mut bent = text.clone();
            bent.replace_range(at..at + old.len_utf8(), &new.to_string());
            let signed = bent.parse::<Signed>();
            let is_good = signed.is_ok_and(|note| note.verify(&pen.key()).is_ok());
            assert!(!is_good, "{at}: {bent}");
        }
    }
}

#[test]
fn a_number_has_one_spelling() {
    for size in ["+7", "007", "", "-1", "18446744073709551616"] {
        let text = format!("elms/1/x\n{size}\n{}\n", STANDARD.encode([0; 32]));
        assert!(text.parse::<Checkpoint>().is_err(), "{size}");
    }
}
