use elms_protocol::proof::{Audit, Verdict};
use rusqlite::params;

use super::*;
use crate::{ledger::Ledger, store::Store};

/// The tables of version 1.
const OLD: &str = "
CREATE TABLE institution (
    institution INTEGER PRIMARY KEY, epoch BLOB NOT NULL, head INTEGER NOT NULL,
    hash BLOB NOT NULL, n_incidents INTEGER NOT NULL DEFAULT 0,
    n_notifications INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE event (
    institution INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (institution, seq)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
";

fn body(seq: i64) -> String {
    format!(
        r#"{{"channel":"exam_logistics","event":"hall_log","payload":{{"text":"line {seq}"}},"timestamp":"2026-12-07T10:00:00.000Z","seq":{seq},"eventId":"00000000-0000-0000-0000-000000000001","schema":1,"institutionId":4,"rooms":["institution:4"],"actor":{{"userId":null,"name":null,"stationCode":null}},"occurredAt":"2026-12-07T10:00:00.000Z","recordedAt":"2026-12-07T10:00:00.000Z","clockOffsetMs":0,"causeRef":null}}"#
    )
}

/// A log of an older server with 300 events.
fn old_log(dir: &std::path::Path) -> [u8; 32] {
    let conn = Connection::open(dir.join("log.db")).unwrap();
    conn.execute_batch(&format!("{OLD}{REST}")).unwrap();
    let mut hash = [0; 32];
    for seq in 1..=300 {
        let body = body(seq);
        hash = chained(&hash, &body);
        conn.execute(
            "INSERT INTO event VALUES (4, ?1, ?2, ?3)",
            params![seq, body, hash],
        )
        .unwrap();
    }
    conn.execute(
        "INSERT INTO institution VALUES (4, ?1, 300, ?2, 7, 9)",
        params![[5_u8; 16], hash],
    )
    .unwrap();
    hash
}

#[tokio::test]
async fn a_log_of_an_older_server_becomes_a_signed_tree_and_keeps_its_cursors() {
    let dir = tempfile::tempdir().unwrap();
    let hash = old_log(dir.path());
    let (store, disk) = Store::open(dir.path()).unwrap();
    let institution = InstitutionId(4);
    let cursor = store.cursor(institution).unwrap();
    assert_eq!(cursor.seq, Seq(300));
    assert_eq!(cursor.tag.0.to_be_bytes(), hash[..8]);
    assert_eq!(store.events(institution, Seq(0), 999).unwrap().len(), 300);
    assert_eq!(disk.records(institution).unwrap().counters, [7, 9]);
    drop((store, disk));
    let ledger = Ledger::open(dir.path()).unwrap();
    let head = ledger.heads().unwrap().remove(0);
    let mut audit = Audit::new(&head.origin, head.key);
    assert_eq!(ledger.audit(institution, &mut audit).unwrap(), None);
    assert!(matches!(audit.end(), Verdict::Sound { size: 300, .. }));
}

#[tokio::test]
async fn a_chain_that_was_broken_before_is_not_signed() {
    let dir = tempfile::tempdir().unwrap();
    old_log(dir.path());
    let conn = Connection::open(dir.path().join("log.db")).unwrap();
    conn.execute(
        "UPDATE event SET body = ?1 WHERE seq = 17",
        [body(17).replace("line", "lies")],
    )
    .unwrap();
    drop(conn);
    let refused = Store::open(dir.path());
    assert!(
        matches!(refused, Err(StoreError::Torn(_, Seq(17)))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_signed_log_without_its_key_is_not_opened() {
    let dir = tempfile::tempdir().unwrap();
    old_log(dir.path());
    drop(Store::open(dir.path()).unwrap());
    std::fs::remove_file(dir.path().join("keys/log.key")).unwrap();
    assert!(matches!(
        Store::open(dir.path()),
        Err(StoreError::Directory(_))
    ));
}
