use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::*;
use crate::{
    KeyChange, LogEnd, Seq, Timestamp,
    proof::{Checkpoint, Frontier, Pen, consistency, inclusion, key_change, salt_to_hex},
};

/// A server with a log.
#[derive(Clone)]
struct Server {
    entries: Vec<Entry>,
    origin: String,
    pen: u8,
}

impl Server {
    fn with(n: i64) -> Self {
        let mut server = Self {
            entries: Vec::new(),
            origin: "elms/1/first".to_owned(),
            pen: 1,
        };
        for at in 0..n {
            server.append("hall_log", &json!({ "line": at }));
        }
        server
    }

    fn pen(&self) -> Pen {
        Pen::new(&[self.pen; 32])
    }

    fn append(&mut self, name: &str, payload: &Value) {
        let seq = Seq(i64::try_from(self.entries.len() + 1).unwrap());
        let at = Timestamp(1_796_630_000_000);
        let body = json!({
            "channel": "exam_logistics", "event": name, "payload": payload, "timestamp": at,
            "seq": seq, "eventId": uuid::Uuid::nil(), "schema": 1, "institutionId": 1, "rooms": [],
            "actor": {}, "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0, "causeRef": null,
        })
        .to_string();
        let commitment = commitment(&[7; 16], &body);
        let leaf = Leaf {
            seq,
            at,
            event: name,
            commitment,
        }
        .digest();
        self.entries.push(Entry {
            seq,
            at,
            event: name.to_owned(),
            leaf,
            salt: Some(salt_to_hex(&[7; 16])),
            body: Some(body),
            commitment: None,
        });
    }

    fn note_log(&mut self, noted: &LogNoted) {
        self.append("log_noted", &serde_json::to_value(noted).unwrap());
    }

    fn root_of(&self, from: u64, to: u64) -> Digest {
        let at = |n: u64| usize::try_from(n).unwrap();
        let mut tree = Frontier::default();
        for entry in &self.entries[at(from)..at(to)] {
            tree.push(entry.leaf);
        }
        tree.root()
    }

    fn end(&self) -> Checkpoint {
        let size = u64::try_from(self.entries.len()).unwrap();
        Checkpoint {
            origin: self.origin.clone(),
            size,
            root: self.root_of(0, size),
        }
    }

    fn says(&self) -> CheckpointSaid {
        CheckpointSaid {
            note: self.pen().sign_checkpoint(self.end()).to_string(),
            key: self.pen().key().to_string(),
        }
    }

    fn proves(&self, from: u64, seqs: &[i64]) -> Proof {
        let end = self.end().size;
        let root_of = |from, to| Ok::<_, ()>(self.root_of(from, to));
        let prove = |entry: &Entry| ProvedEntry {
            entry: entry.clone(),
            path: inclusion(u64::try_from(entry.seq.0).unwrap() - 1, end, root_of).unwrap(),
        };
        let of_log = |entry: &&Entry| entry.event == "log_noted";
        let asked = |entry: &&Entry| seqs.contains(&entry.seq.0);
        Proof {
            note: self.says().note,
            key: self.says().key,
            path: consistency(from, end, root_of).unwrap(),
            noted: self.entries.iter().filter(of_log).map(prove).collect(),
            entries: self.entries.iter().filter(asked).map(prove).collect(),
        }
    }
}

fn book_of(server: &Server) -> Book {
    let mut book = Book::default();
    assert_eq!(book.hear(&server.says()), Ok(Heard::News(0)));
    book.take(&server.proves(0, &[])).unwrap();
    assert_eq!(book.hear(&server.says()), Ok(Heard::Known));
    book
}

#[test]
fn a_log_that_grows_is_verified_with_the_events_that_were_asked_for() {
    let mut server = Server::with(5);
    let mut book = book_of(&server);
    for at in 0..30 {
        server.append("hall_log", &json!({ "more": at }));
        let said = book.hear(&server.says());
        assert_eq!(said, Ok(Heard::News(book.size())));
        let checked = book.take(&server.proves(book.size(), &[2, 6])).unwrap();
        assert_eq!((checked.size, checked.restored), (server.end().size, None));
        assert_eq!(
            checked.entries,
            [server.entries[1].clone(), server.entries[5].clone()]
        );
    }
    let (note, key) = book.texts().unwrap();
    assert_eq!(Book::from_texts(&note, &key), Some(book));
}

#[test]
fn a_history_that_was_written_anew_is_noticed_and_what_was_kept_stays() {
    let mut server = Server::with(5);
    let mut book = book_of(&server);
    let before = book.clone();
    server.entries[2] = Server::with(40).entries[30].clone();
    assert!(
        book.hear(&server.says()).is_err(),
        "two logs of five events"
    );
    server.append("hall_log", &json!({}));
    assert_eq!(book.hear(&server.says()), Ok(Heard::News(5)));
    let trouble = book.take(&server.proves(5, &[])).unwrap_err();
    assert!(trouble.text.contains("first 5 events"), "{trouble}");
    assert_eq!(trouble.kept, before.texts().map(|(note, _)| note));
    assert_eq!(book, before);
}

#[test]
fn a_log_that_was_cut_is_noticed() {
    let book = book_of(&Server::with(9));
    let trouble = book.hear(&Server::with(7).says()).unwrap_err();
    assert!(
        trouble.text.contains("has 7 events, and had 9"),
        "{trouble}"
    );
}

#[test]
fn an_event_that_is_not_in_the_log_proves_nothing() {
    let server = Server::with(9);
    let mut book = book_of(&server);
    let mut proof = server.proves(9, &[4]);
    proof.entries[0].entry.body = Some("{}".to_owned());
    assert!(book.take(&proof).is_err());
    let mut proof = server.proves(9, &[4]);
    proof.entries[0].path.pop();
    assert!(book.take(&proof).is_err());
}

#[test]
fn another_key_needs_the_word_of_the_old_one() {
    let mut server = Server::with(3);
    let mut book = book_of(&server);
    let mut thief = server.clone();
    thief.pen = 2;
    thief.append("hall_log", &json!({}));
    assert!(book.take(&thief.proves(3, &[])).is_err());

    let (old, new) = (Pen::new(&[1; 32]), Pen::new(&[2; 32]));
    let message = key_change(&server.origin, &old.key(), &new.key());
    let sign = |pen: &Pen| STANDARD.encode(pen.sign(message.as_bytes()));
    server.pen = 2;
    server.note_log(&LogNoted {
        keys: Some(KeyChange {
            old: old.key().to_string(),
            new: new.key().to_string(),
            by_old: sign(&old),
            by_new: sign(&new),
        }),
        ..LogNoted::of(LogChange::Key, "", "")
    });
    let checked = book.take(&server.proves(3, &[])).unwrap();
    assert_eq!(checked.key, new.key().words());
}

#[test]
fn a_restored_backup_is_told_with_what_it_has_lost() {
    let full = Server::with(9);
    let mut book = book_of(&full);
    let mut other = book_of(&Server::with(6));
    let mut restored = Server::with(7);
    let before = restored.end();
    restored.origin = "elms/1/second".to_owned();
    let mut silent = restored.clone();
    silent.append("hall_log", &json!({}));
    assert!(
        book.take(&silent.proves(9, &[])).is_err(),
        "nobody has explained it"
    );
    restored.note_log(&LogNoted {
        origin: Some(restored.origin.clone()),
        before: Some(LogEnd {
            origin: before.origin,
            size: before.size,
            root: before.root,
        }),
        ..LogNoted::of(LogChange::Life, "", "")
    });
    assert_eq!(book.hear(&restored.says()), Ok(Heard::News(9)));
    assert_eq!(
        book.take(&restored.proves(9, &[])).unwrap().restored,
        Some(7)
    );
    assert_eq!(book.hear(&restored.says()), Ok(Heard::Known));
    // Who had seen less has lost nothing.
    assert_eq!(other.take(&restored.proves(6, &[])).unwrap().restored, None);
}
