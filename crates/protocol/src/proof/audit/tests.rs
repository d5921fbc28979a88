use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::{
    Author, Event, InstitutionId, KeyChange, LogChange, LogEnd, LogNoted, Times,
    proof::{Checkpoint, Leaf, Pen, commitment, key_change, salt_to_hex},
};

const FIRST: &str = "elms/1/first";

/// A log with its signed ends, as a server writes them: three events a commit.
#[derive(Clone)]
struct Log {
    entries: Vec<Entry>,
    notes: Vec<Signed>,
    origin: String,
    pen: u8,
    tree: Frontier,
}

impl Log {
    fn of(n: usize) -> Self {
        let mut log = Self {
            entries: Vec::new(),
            notes: Vec::new(),
            origin: FIRST.to_owned(),
            pen: 1,
            tree: Frontier::default(),
        };
        for at in 0..n {
            log.append("hall_log", json!({ "text": format!("line {at}") }));
            if at % 3 == 2 {
                log.sign();
            }
        }
        log.sign();
        log
    }

    fn pen(&self) -> Pen {
        Pen::new(&[self.pen; 32])
    }

    fn append(&mut self, name: &str, payload: serde_json::Value) {
        let seq = Seq(i64::try_from(self.entries.len() + 1).unwrap());
        let entry = entry(seq, name, payload);
        self.tree.push(entry.leaf);
        self.entries.push(entry);
    }

    fn note(&mut self, noted: &LogNoted) {
        self.append("log_noted", serde_json::to_value(noted).unwrap());
        self.sign();
    }

    fn sign(&mut self) {
        let checkpoint = Checkpoint {
            origin: self.origin.clone(),
            size: self.tree.size(),
            root: self.tree.root(),
        };
        let note = self.pen().sign_checkpoint(checkpoint);
        if self.notes.last() != Some(&note) {
            self.notes.push(note);
        }
    }

    fn end(&self) -> LogEnd {
        LogEnd {
            origin: self.origin.clone(),
            size: self.tree.size(),
            root: self.tree.root(),
        }
    }

    /// The same entries, with everything that can be worked out worked out anew.
    fn recomputed(&self, pen: u8, signs: bool) -> Self {
        let mut again = Self { pen, ..Self::of(0) };
        again.notes.clear();
        let sizes: Vec<u64> = self.notes.iter().map(|note| note.checkpoint.size).collect();
        for kept in &self.entries {
            let body: Event = serde_json::from_str(kept.body.as_deref().unwrap()).unwrap();
            again.append(&body.event, body.payload);
            if sizes.contains(&again.tree.size()) {
                again.sign();
            }
        }
        if !signs {
            let old = &self.notes;
            for (note, old) in again.notes.iter_mut().zip(old) {
                let signature = old.signature();
                *note = Signed::from_parts(note.checkpoint.clone(), &signature).unwrap();
            }
        }
        again
    }

    fn held(&self, size: u64) -> Held {
        let note = self.notes.iter().find(|note| note.checkpoint.size == size);
        Held {
            by: "GH-A".to_owned(),
            note: note.unwrap().clone(),
        }
    }

    fn audit(&self, put_beside: impl FnOnce(&mut Audit)) -> Verdict {
        let mut audit = Audit::new(FIRST, Pen::new(&[1; 32]).key());
        put_beside(&mut audit);
        self.read(&mut audit)
            .map_or_else(Verdict::Tampered, |()| audit.end())
    }

    fn read(&self, audit: &mut Audit) -> Result<(), Fault> {
        let mut notes = self.notes.iter().peekable();
        for entry in &self.entries {
            audit.entry(entry)?;
            let size = audit.state().0;
            if let Some(note) = notes.next_if(|note| note.checkpoint.size <= size) {
                audit.checkpoint(note)?;
            }
        }
        Ok(())
    }
}

fn entry(seq: Seq, name: &str, payload: serde_json::Value) -> Entry {
    let event = Event {
        channel: "exam_logistics".to_owned(),
        event: name.to_owned(),
        payload,
        timestamp: Timestamp(1_796_630_000_000 + seq.0),
        seq,
        event_id: Uuid::from_u128(3),
        schema: 1,
        institution_id: InstitutionId(1),
        rooms: Vec::new(),
        actor: Author::default(),
        times: Times::at(Timestamp(0)),
        cause_ref: None,
        extra: serde_json::Map::new(),
    };
    let body = serde_json::to_string(&event).unwrap();
    let salt = [u8::try_from(seq.0 % 251).unwrap(); 16];
    Entry {
        seq,
        at: event.timestamp,
        event: name.to_owned(),
        leaf: Leaf::of(&event, commitment(&salt, &body)).digest(),
        salt: Some(salt_to_hex(&salt)),
        body: Some(body),
        commitment: None,
    }
}

fn rule(verdict: &Verdict) -> Option<(Rule, i64)> {
    match verdict {
        Verdict::Tampered(fault) => Some((fault.rule, fault.seq.0)),
        Verdict::Sound { .. } | Verdict::Unclear(_) => None,
    }
}

#[test]
fn a_log_that_nobody_touched_is_sound() {
    let log = Log::of(20);
    let words = log.pen().key().words();
    let verdict = log.audit(|audit| {
        audit.pin(&words);
        audit.hold(log.held(9));
        audit.hold(log.held(20));
    });
    let root = log.tree.root();
    let key = words;
    assert_eq!(
        verdict,
        Verdict::Sound {
            size: 20,
            root,
            key,
            erased: Vec::new(),
        }
    );
}

#[test]
fn the_eight_ways_to_tamper_are_named() {
    let log = Log::of(20);
    let hold = |audit: &mut Audit| {
        audit.hold(log.held(6));
        audit.hold(log.held(20));
    };
    let bent = |entry: &mut Entry| {
        let body = entry.body.as_mut().unwrap();
        *body = body.replace("line", "lies");
    };

    let mut edited = log.clone();
    bent(&mut edited.entries[7]);
    assert_eq!(rule(&edited.audit(hold)), Some((Rule::Content, 8)));

    let mut with_hash = log.clone();
    with_hash.entries[7] = entry(Seq(8), "hall_log", json!({ "text": "lies" }));
    assert_eq!(rule(&with_hash.audit(hold)), Some((Rule::Root, 7)));

    let mut without = log.clone();
    without.entries.remove(7);
    assert_eq!(rule(&without.audit(hold)), Some((Rule::Order, 8)));

    let mut swapped = log.clone();
    swapped.entries.swap(7, 8);
    assert_eq!(rule(&swapped.audit(hold)), Some((Rule::Order, 8)));

    bent(&mut with_hash.entries[7]);
    let unsigned = with_hash.recomputed(1, false);
    assert_eq!(rule(&unsigned.audit(hold)), Some((Rule::Signature, 7)));

    let mut cut = Log::of(12);
    assert_eq!(rule(&cut.audit(hold)), Some((Rule::Cut, 13)));
    assert!(matches!(cut.audit(|_| ()), Verdict::Sound { size: 12, .. }));

    let rewritten = with_hash.recomputed(1, true);
    assert_eq!(rule(&rewritten.audit(hold)), Some((Rule::Rewritten, 7)));
    assert!(matches!(rewritten.audit(|_| ()), Verdict::Sound { .. }));

    let before = cut.end();
    cut.origin = "elms/1/second".to_owned();
    cut.note(&LogNoted {
        origin: Some(cut.origin.clone()),
        before: Some(before),
        ..LogNoted::of(LogChange::Life, "", "")
    });
    let Verdict::Unclear(doubts) = cut.audit(hold) else {
        panic!("a restored log has lost what came after the backup");
    };
    assert!(
        doubts[0].contains("restored from a backup after event 12"),
        "{doubts:?}"
    );
}

#[test]
fn whoever_has_another_key_is_found_by_the_words() {
    let log = Log::of(20);
    let words = log.pen().key().words();
    let forged = log.recomputed(2, true);
    let mut audit = Audit::new(FIRST, Pen::new(&[2; 32]).key());
    audit.pin(&words);
    forged.read(&mut audit).unwrap();
    assert_eq!(rule(&audit.end()), Some((Rule::Key, 1)));
}

#[test]
fn a_new_key_must_be_signed_by_the_old_one() {
    let mut log = Log::of(5);
    let (old, new) = (Pen::new(&[1; 32]), Pen::new(&[2; 32]));
    let message = key_change(FIRST, &old.key(), &new.key());
    let base64 = |bytes: [u8; 64]| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(bytes)
    };
    let keys = KeyChange {
        old: old.key().to_string(),
        new: new.key().to_string(),
        by_old: base64(old.sign(message.as_bytes())),
        by_new: base64(new.sign(message.as_bytes())),
    };
    let mut stolen = log.clone();
    log.pen = 2;
    log.note(&LogNoted {
        keys: Some(keys.clone()),
        ..LogNoted::of(LogChange::Key, "", "")
    });
    log.append("hall_log", json!({}));
    log.sign();
    let verdict = log.audit(|audit| audit.hold(log.held(7)));
    assert!(
        matches!(verdict, Verdict::Sound { size: 7, .. }),
        "{verdict:?}"
    );

    stolen.pen = 2;
    stolen.note(&LogNoted {
        keys: Some(KeyChange {
            by_old: keys.by_new.clone(),
            ..keys
        }),
        ..LogNoted::of(LogChange::Key, "", "")
    });
    assert_eq!(rule(&stolen.audit(|_| ())), Some((Rule::Key, 6)));
}

#[test]
fn an_erased_body_leaves_the_log_sound_when_an_entry_says_so() {
    let mut log = Log::of(6);
    let entry = &mut log.entries[1];
    let salt = crate::proof::salt_from_hex(entry.salt.as_deref().unwrap()).unwrap();
    entry.commitment = Some(commitment(&salt, entry.body.as_deref().unwrap()));
    (entry.salt, entry.body) = (None, None);
    assert_eq!(rule(&log.audit(|_| ())), Some((Rule::Erasure, 2)));
    log.note(&LogNoted {
        erased: vec![Seq(2)],
        ..LogNoted::of(LogChange::Erasure, "", "")
    });
    let Verdict::Sound {
        size: 7, erased, ..
    } = log.audit(|_| ())
    else {
        panic!("not sound");
    };
    assert_eq!(erased, [Seq(2)]);
}

#[test]
fn a_receipt_finds_the_event_that_was_told() {
    let log = Log::of(9);
    let receipt = |first_seq, leaves| Receipt {
        command_id: CommandId(Uuid::nil()),
        first_seq: Seq(first_seq),
        leaves,
    };
    let good = receipt(4, vec![log.entries[3].leaf, log.entries[4].leaf]);
    let sound = log.audit(|audit| audit.expect(&good));
    assert!(matches!(sound, Verdict::Sound { .. }));
    let other = receipt(5, vec![log.entries[3].leaf]);
    let verdict = log.audit(|audit| audit.expect(&other));
    assert_eq!(rule(&verdict), Some((Rule::Receipt, 5)));
    let later = receipt(10, vec![log.entries[3].leaf]);
    let verdict = log.audit(|audit| audit.expect(&later));
    assert_eq!(rule(&verdict), Some((Rule::Cut, 10)));
}
