//! A console that learns to seal finds files in the clear: it loses none of them, whenever it is
//! stopped.

use elms_protocol::UserId;
use tempfile::TempDir;

use super::*;
use crate::{
    cache::{Cache, Seen},
    fixture::{Hall, MORNING, key, report, request},
    outbox::{Entry, Outbox, subject_of},
};

const CANARY: &str = "Zebrafinch under the script";

/// Takes the seal off a file, as a console of earlier days has left it.
fn as_before(path: &Path) {
    let clear = beside(path, "-clear");
    let conn = Connection::open(path).unwrap();
    key().unlock(&conn).unwrap();
    let name = clear.to_str().unwrap();
    conn.execute("ATTACH ?1 AS clear KEY ''", [name]).unwrap();
    conn.execute_batch("PRAGMA clear.auto_vacuum = INCREMENTAL")
        .unwrap();
    conn.query_row("SELECT sqlcipher_export('clear')", [], |_row| Ok(()))
        .unwrap();
    for name in ["application_id", "user_version"] {
        let value: i32 = conn
            .pragma_query_value(None, name, |row| row.get(0))
            .unwrap();
        conn.execute_batch(&format!("PRAGMA clear.{name} = {value}"))
            .unwrap();
    }
    conn.execute_batch("DETACH clear").unwrap();
    drop(conn);
    drop(fs::remove_file(beside(path, "-wal")));
    fs::rename(&clear, path).unwrap();
    Connection::open(path)
        .unwrap()
        .execute_batch("PRAGMA journal_mode = WAL")
        .unwrap();
}

/// An outbox of earlier days with three reports, one of them in the log of the database only.
fn outbox_of_before(dir: &Path) -> PathBuf {
    let path = dir.join("outbox.db");
    let mut outbox = Outbox::open(&path, &key()).unwrap();
    for n in 1..=3 {
        let request = request(n, report(n, CANARY), MORNING);
        let about = subject_of(&request.command, &Hall::new());
        let entry = Entry {
            request: &request,
            author: UserId(3),
            about: &about,
            station: "GH-A",
        };
        outbox.keep(entry).unwrap();
    }
    drop(outbox);
    as_before(&path);
    // What a killed console leaves: the last change is only in the log beside the file.
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; \
         INSERT INTO draft VALUES ('report', '\"Zebrafinch draft\"');",
    )
    .unwrap();
    let image = dir.join("killed");
    fs::create_dir(&image).unwrap();
    copy_all(dir, &image);
    drop(conn);
    image
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn contains(dir: &Path, words: &str) -> bool {
    fs::read_dir(dir).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return contains(&path, words);
        }
        let bytes = fs::read(path).unwrap();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

#[test]
fn whenever_the_power_goes_while_an_outbox_is_sealed_every_report_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let killed = outbox_of_before(dir.path());
    assert!(
        contains(&killed, "Zebrafinch draft"),
        "the test must begin in the clear"
    );
    let mut images: Vec<(Step, TempDir)> = Vec::new();
    let path = killed.join("outbox.db");
    let sealed = seal_by_steps(&path, &key(), &mut |step| {
        let image = tempfile::tempdir().unwrap();
        copy_all(&killed, image.path());
        images.push((step, image));
    });
    assert!(sealed.unwrap());
    assert_eq!(images.len(), 5);
    for (step, image) in images {
        let path = image.path().join("outbox.db");
        seal(&path, &key()).unwrap();
        let outbox = Outbox::open(&path, &key()).unwrap();
        assert_eq!(outbox.items().unwrap().len(), 3, "{step:?}");
        assert!(outbox.load_draft("report").unwrap().is_some(), "{step:?}");
        assert!(!contains(image.path(), "Zebrafinch"), "{step:?}");
        drop(outbox);
        assert!(!seal(&path, &key()).unwrap(), "it is sealed once");
    }
}

#[test]
fn a_copy_that_does_not_say_the_same_never_takes_the_place_of_the_outbox() {
    let dir = tempfile::tempdir().unwrap();
    let killed = outbox_of_before(dir.path());
    let path = killed.join("outbox.db");
    let copy = beside(&path, "-sealing");
    // A disk that forgets a row while the copy is made.
    let sealed = seal_by_steps(&path, &key(), &mut |step| {
        if step == Step::Copied {
            let conn = Connection::open(&copy).unwrap();
            key().unlock(&conn).unwrap();
            conn.execute("DELETE FROM command WHERE n = 2", []).unwrap();
        }
    });
    assert!(matches!(sealed, Err(DiskError::Damaged)), "{sealed:?}");
    assert!(is_clear(&path));
    assert!(seal(&path, &key()).unwrap());
    assert_eq!(
        Outbox::open(&path, &key()).unwrap().items().unwrap().len(),
        3
    );
}

#[test]
fn a_sealed_copy_knows_its_events_and_finds_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    let mut hall = Hall::new();
    hall.ask(&crate::fixture::invigilator(), report(1, CANARY));
    let mut cache = Cache::open(&path, &key()).unwrap();
    cache.install(&hall.snapshot(), MORNING).unwrap();
    let seen = Seen {
        at: MORNING,
        live: true,
    };
    cache.apply(&hall.log, Some(hall.cursor()), seen).unwrap();
    let hash = cache.state_hash();
    let found = |cache: &Cache| {
        cache
            .reader()
            .unwrap()
            .review(&query("zebrafinch"))
            .unwrap()
            .total
    };
    let before = found(&cache);
    assert_ne!(before, 0);
    drop(cache);
    as_before(&path);
    assert!(contains(dir.path(), "Zebrafinch"));
    assert!(seal(&path, &key()).unwrap());
    assert!(!contains(dir.path(), "Zebrafinch"));
    let cache = Cache::open(&path, &key()).unwrap();
    assert_eq!(cache.state_hash(), hash);
    assert_eq!(found(&cache), before);
}

fn query(text: &str) -> elms_protocol::host::ReviewQuery {
    serde_json::from_value(serde_json::json!({
        "text": text, "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    }))
    .unwrap()
}
