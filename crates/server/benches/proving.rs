//! What the signed tree costs beside the chain that it replaced: the same rows in the same file,
//! once with each. `cargo bench -p elms-server --bench proving`; prints CPU microseconds an event.
#![expect(clippy::print_stdout, reason = "it says what it has measured")]
#![expect(clippy::expect_used, reason = "a measurement that fails is none")]

use std::path::Path;

use elms_protocol::{
    Event, Seq,
    proof::{Checkpoint, Frontier, Leaf, Pen, commitment},
};
use rand::RngCore as _;
use rusqlite::{Connection, params};
use sha2::{Digest as _, Sha256};

/// Tables of both, as the server has them.
const TABLES: &str = "
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE head (id INTEGER PRIMARY KEY, head INTEGER, edge BLOB) STRICT;
INSERT INTO head VALUES (1, 0, x'');
CREATE TABLE chained (seq INTEGER PRIMARY KEY, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, body TEXT NOT NULL, leaf BLOB NOT NULL, salt BLOB,
    commitment BLOB, old_tag BLOB
) STRICT;
CREATE TABLE tile (n INTEGER PRIMARY KEY, root BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY, epoch BLOB NOT NULL, root BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
";

/// A log that is written to.
trait Log {
    fn append(&mut self, conn: &Connection, event: &Event, body: &str);
    fn end(&mut self, conn: &Connection);
}

/// As it was: each hash over the hash before and the body.
#[derive(Default)]
struct Chain {
    hash: [u8; 32],
    head: i64,
}

impl Log for Chain {
    fn append(&mut self, conn: &Connection, event: &Event, body: &str) {
        let mut hasher = Sha256::new();
        hasher.update(self.hash);
        hasher.update(body.as_bytes());
        self.hash = hasher.finalize().into();
        self.head = event.seq.0;
        let sql = "INSERT INTO chained VALUES (?1, ?2, ?3)";
        let mut insert = conn.prepare_cached(sql).expect("a statement");
        insert
            .execute(params![self.head, body, self.hash])
            .expect("a row");
    }

    fn end(&mut self, conn: &Connection) {
        let sql = "UPDATE head SET head = ?1, edge = ?2";
        let mut update = conn.prepare_cached(sql).expect("a statement");
        update
            .execute(params![self.head, self.hash])
            .expect("a row");
    }
}

/// As it is: leaves, tiles and a signature a commit.
struct Tree {
    tree: Frontier,
    pen: Pen,
}

impl Log for Tree {
    fn append(&mut self, conn: &Connection, event: &Event, body: &str) {
        let mut salt = [0; 16];
        rand::rng().fill_bytes(&mut salt);
        let leaf = Leaf::of(event, commitment(&salt, body)).digest();
        let sql = "INSERT INTO event (seq, body, leaf, salt) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = conn.prepare_cached(sql).expect("a statement");
        insert
            .execute(params![event.seq.0, body, leaf.0, salt])
            .expect("a row");
        if let Some((n, root)) = self.tree.push(leaf) {
            let n = i64::try_from(n).expect("a number");
            conn.execute("INSERT INTO tile VALUES (?1, ?2)", params![n, root.0])
                .expect("a row");
        }
    }

    fn end(&mut self, conn: &Connection) {
        let size = i64::try_from(self.tree.size()).expect("a number");
        let sql = "UPDATE head SET head = ?1, edge = ?2";
        let mut update = conn.prepare_cached(sql).expect("a statement");
        update
            .execute(params![size, self.tree.to_bytes()])
            .expect("a row");
        let signed = self.pen.sign_checkpoint(Checkpoint {
            origin: "elms/1/00000000-0000-0000-0000-000000000001".to_owned(),
            size: self.tree.size(),
            root: self.tree.root(),
        });
        let sql = "INSERT INTO checkpoint VALUES (?1, ?2, ?3, ?4)";
        let mut insert = conn.prepare_cached(sql).expect("a statement");
        let (root, signature) = (signed.checkpoint.root.0, signed.signature());
        insert
            .execute(params![size, [0_u8; 16], root, signature])
            .expect("a row");
    }
}

/// Nanoseconds that this thread has computed.
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    text.split(' ')
        .next()
        .and_then(|ns| ns.parse().ok())
        .expect("a number")
}

fn event(seq: i64) -> Event {
    let text = format!(
        r#"{{"channel":"incident","event":"incident:reported","payload":{{"clientRef":"00000000-0000-0000-0000-{seq:012}","type":"ACADEMIC_MISCONDUCT","severity":"HIGH","status":"REPORTED","title":"Phone under the script","description":"{}"}},"timestamp":"2026-12-07T10:00:00.000Z","seq":{seq},"eventId":"00000000-0000-0000-0000-000000000001","schema":1,"institutionId":1,"rooms":["institution:1","exam-entry:7"],"actor":{{"userId":3,"name":"Mrs Adjoa Mensah-Bonsu","stationCode":"GH-A"}},"occurredAt":"2026-12-07T10:00:00.000Z","recordedAt":"2026-12-07T10:00:00.000Z","clockOffsetMs":12,"causeRef":null}}"#,
        "x".repeat(100)
    );
    serde_json::from_str(&text).expect("an event")
}

/// CPU microseconds for each event.
fn measure(dir: &Path, log: &mut impl Log, (n_commits, n_each): (i64, i64), name: &str) -> f64 {
    let conn = Connection::open(dir.join(name)).expect("a file");
    conn.execute_batch(TABLES).expect("tables");
    let mut spent = 0;
    for commit in 0..n_commits {
        let first = commit.saturating_mul(n_each);
        let events = (1..=n_each).map(|n| {
            let mut event = event(1);
            event.seq = Seq(first.saturating_add(n));
            let body = serde_json::to_string(&event).expect("a body");
            (event, body)
        });
        let events: Vec<_> = events.collect();
        let before = cpu_ns();
        conn.execute_batch("BEGIN IMMEDIATE").expect("a beginning");
        for (event, body) in &events {
            log.append(&conn, event, body);
        }
        log.end(&conn);
        conn.execute_batch("COMMIT").expect("an end");
        spent = cpu_ns().saturating_sub(before).saturating_add(spent);
    }
    let n_events = u32::try_from(n_commits.saturating_mul(n_each)).expect("a number");
    std::time::Duration::from_nanos(spent).as_secs_f64() * 1e6 / f64::from(n_events)
}

fn main() {
    let dir = tempfile::tempdir().expect("a directory");
    for (n_commits, n_each) in [(1_000, 64), (3_000, 1)] {
        for round in 0..5 {
            let size = (n_commits, n_each);
            let chain = measure(
                dir.path(),
                &mut Chain::default(),
                size,
                &format!("c{n_each}-{round}"),
            );
            let mut tree = Tree {
                tree: Frontier::default(),
                pen: Pen::new(&[7; 32]),
            };
            let tree = measure(dir.path(), &mut tree, size, &format!("t{n_each}-{round}"));
            println!(
                "{n_each} a commit: chain {chain:.2} us, tree {tree:.2} us, more {:.2} us",
                tree - chain
            );
        }
    }
}
