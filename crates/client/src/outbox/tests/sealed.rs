//! What waits is sealed for the institution, and what is settled is not any more.

use elms_protocol::recovery::{RecoveryGrant, SealedLine};
use hpke::{Kem as _, Serializable as _, kem::X25519HkdfSha256};

use super::*;

fn grant() -> RecoveryGrant {
    let (_private, public) = X25519HkdfSha256::gen_keypair();
    RecoveryGrant {
        key: elms_protocol::hex::encode(&public.to_bytes()),
        voucher: "it was Esi".to_owned(),
    }
}

fn lines(dir: &TempDir) -> Vec<CommandId> {
    let text = std::fs::read_to_string(dir.path().join("recovery.jsonl")).unwrap_or_default();
    assert!(
        !text.contains("Phone") && !text.contains("it was Esi"),
        "{text}"
    );
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<SealedLine>(line).unwrap());
    lines.map(|line| line.command_id).collect()
}

#[test]
fn each_command_is_sealed_while_it_waits_and_not_longer() {
    let (dir, mut outbox) = opened();
    keep(&mut outbox, 1, report(1, "Phone")).unwrap();
    assert!(lines(&dir).is_empty(), "nobody has a key");
    outbox.seal_for(Some(&grant()), Some("GH-A")).unwrap();
    assert_eq!(lines(&dir), [id(1)]);
    keep(&mut outbox, 2, note(1, "Phone again")).unwrap();
    assert_eq!(lines(&dir), [id(1), id(2)]);
    outbox.settle(&applied(1, 4), None, MORNING).unwrap();
    drop(outbox);
    let mut outbox = Outbox::open(&path(&dir), &key()).unwrap();
    assert_eq!(lines(&dir), [id(2)]);
    // A line that was cut off by the power is made again.
    std::fs::write(dir.path().join("recovery.jsonl"), "{\"commandId\": ").unwrap();
    drop(outbox);
    outbox = Outbox::open(&path(&dir), &key()).unwrap();
    assert_eq!(lines(&dir), [id(2)]);
    // Another key: the old lines are of no use.
    outbox.seal_for(Some(&grant()), None).unwrap();
    assert_eq!(lines(&dir), [id(2)]);
    outbox.seal_for(None, None).unwrap();
    assert!(lines(&dir).is_empty());
}
