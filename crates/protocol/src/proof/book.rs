//! What a station keeps of a log, so that no history can be written anew behind its back.

use std::fmt;

use super::{
    Digest, Key, Leaf, Signed, audit::change_of_key, commitment, extends, includes, salt_from_hex,
};
use crate::{
    Event, Fact, LogChange, LogNoted,
    frame::{CheckpointSaid, Proof, ProvedEntry},
    proof::Entry,
};

/// The last end of the log that was proved here, and the key it is signed with. Nothing in it is
/// replaced by what contradicts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    kept: Option<(Signed, Key)>,
}

/// What a station makes of an end of the log that it is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It is the one that is kept.
    Known,
    /// It is another: proofs are to be asked for, from this size on.
    News(u64),
}

/// The server contradicts what it said before. Both notes are evidence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Trouble {
    /// What is wrong, in one sentence.
    pub text: String,
    /// The note that is kept.
    pub kept: Option<String>,
    /// What the server says now.
    pub said: String,
}

/// What was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The log begins as it always did, and has so many events now.
    pub size: u64,
    /// The words of the key.
    pub key: String,
    /// Where a restored backup has ended, when events that were kept here are lost by it.
    pub restored: Option<u64>,
    /// The events that were asked for, each in the log as it stands here.
    pub entries: Vec<Entry>,
}

impl Book {
    /// What is kept: a note and its key. None when they are not what they were.
    pub fn from_texts(note: &str, key: &str) -> Option<Self> {
        let (note, key): (Signed, Key) = (note.parse().ok()?, key.parse().ok()?);
        note.verify(&key).ok()?;
        Some(Self {
            kept: Some((note, key)),
        })
    }

    /// What is kept, to be written down: the note and its key.
    pub fn texts(&self) -> Option<(String, String)> {
        let kept = self.kept.as_ref();
        kept.map(|(note, key)| (note.to_string(), key.to_string()))
    }

    /// Events that the log had when it was last proved.
    pub fn size(&self) -> u64 {
        self.kept
            .as_ref()
            .map_or(0, |(note, _)| note.checkpoint.size)
    }

    /// Takes note of what the server says.
    ///
    /// # Errors
    ///
    /// [`Trouble`] when it cannot be true beside what is kept.
    pub fn hear(&self, said: &CheckpointSaid) -> Result<Heard, Trouble> {
        let trouble = |text: &str| self.trouble(text, &said.note);
        let note = signed(&said.note, &said.key);
        let (note, key) = note.ok_or_else(|| trouble("The server's log is not signed."))?;
        let Some((kept, known)) = &self.kept else {
            return Ok(Heard::News(0));
        };
        let (old, new) = (&kept.checkpoint, &note.checkpoint);
        if old == new && key == *known {
            return Ok(Heard::Known);
        }
        if old.origin != new.origin {
            return Ok(Heard::News(old.size));
        }
        if new.size < old.size {
            let text = format!(
                "The server's log has {} events, and had {} before. What came after was taken out.",
                new.size, old.size
            );
            return Err(trouble(&text));
        }
        if new.size == old.size && new.root != old.root {
            let text = format!(
                "The server shows two different logs of {} events.",
                new.size
            );
            return Err(trouble(&text));
        }
        Ok(Heard::News(old.size))
    }

    /// Takes in a proof that was asked for, and keeps the end that it is for.
    ///
    /// # Errors
    ///
    /// [`Trouble`] when it proves the contrary, or nothing. What is kept stays then.
    pub fn take(&mut self, proof: &Proof) -> Result<Checked, Trouble> {
        let trouble = |text: &str| self.trouble(text, &proof.note);
        let note = signed(&proof.note, &proof.key);
        let (note, key) = note.ok_or_else(|| trouble("The server's log is not signed."))?;
        let end = (note.checkpoint.size, note.checkpoint.root);
        let proved = |proved: &ProvedEntry| proves(proved, end).then(|| proved.entry.clone());
        let all = |entries: &[ProvedEntry]| entries.iter().map(proved).collect::<Option<Vec<_>>>();
        let false_leaf = "The server shows events that are not in its log.";
        let noted = all(&proof.noted).ok_or_else(|| trouble(false_leaf))?;
        let entries = all(&proof.entries).ok_or_else(|| trouble(false_leaf))?;
        let noted: Vec<LogNoted> = noted.iter().filter_map(about_the_log).collect();
        let restored = match &self.kept {
            None => None,
            Some((kept, known)) => {
                let follows = follows_key(known, &key, &note.checkpoint.origin, &noted);
                if !follows {
                    return Err(trouble(
                        "The server signs its log with a key that nobody vouched for.",
                    ));
                }
                begins_as(kept, &note, &proof.path, &noted).map_err(|text| trouble(&text))?
            }
        };
        let words = key.words();
        self.kept = Some((note, key));
        Ok(Checked {
            size: end.0,
            key: words,
            restored,
            entries,
        })
    }

    fn trouble(&self, text: &str, said: &str) -> Trouble {
        Trouble {
            text: text.to_owned(),
            kept: self.kept.as_ref().map(|(note, _)| note.to_string()),
            said: said.to_owned(),
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "verified up to event {}", self.size)
    }
}

fn signed(note: &str, key: &str) -> Option<(Signed, Key)> {
    let (note, key): (Signed, Key) = (note.parse().ok()?, key.parse().ok()?);
    note.verify(&key).ok()?;
    Some((note, key))
}

/// Whether an event is what its leaf commits to, and the leaf is in the log.
fn proves(proved: &ProvedEntry, end: (u64, Digest)) -> bool {
    let ProvedEntry { entry, path } = proved;
    let committed = match (&entry.body, &entry.salt) {
        (Some(body), Some(salt)) => salt_from_hex(salt).map(|salt| commitment(&salt, body)),
        _ => entry.commitment,
    };
    let Some(commitment) = committed else {
        return false;
    };
    let leaf = Leaf {
        seq: entry.seq,
        at: entry.at,
        event: &entry.event,
        commitment,
    };
    let index = entry
        .seq
        .0
        .checked_sub(1)
        .and_then(|index| u64::try_from(index).ok());
    leaf.digest() == entry.leaf && index.is_some_and(|index| includes(entry.leaf, index, end, path))
}

fn about_the_log(entry: &Entry) -> Option<LogNoted> {
    let event: Event = serde_json::from_str(entry.body.as_deref()?).ok()?;
    let Fact::LogNoted(noted) = event.fact()? else {
        return None;
    };
    (event.event == entry.event).then_some(noted)
}

/// Whether `new` is `known`, or follows it by changes that each old key has signed.
fn follows_key(known: &Key, new: &Key, origin: &str, noted: &[LogNoted]) -> bool {
    let first_life = noted.iter().find_map(|noted| noted.before.as_ref());
    let mut life = first_life.map_or(origin, |before| before.origin.as_str());
    let mut key = *known;
    for noted in noted {
        if noted.change == LogChange::Life {
            life = noted.origin.as_deref().unwrap_or_default();
        }
        if let Some(next) = change_of_key(noted, life).filter(|(old, _)| *old == key) {
            key = next.1;
        }
    }
    key == *new
}

/// Whether the log begins as it did; where a restored backup has ended that lost some of it.
fn begins_as(
    kept: &Signed,
    note: &Signed,
    path: &[Digest],
    noted: &[LogNoted],
) -> Result<Option<u64>, String> {
    let (old, new) = (&kept.checkpoint, &note.checkpoint);
    if old.origin != new.origin {
        let ended = noted
            .iter()
            .filter(|noted| noted.change == LogChange::Life)
            .find_map(|noted| {
                noted
                    .before
                    .as_ref()
                    .filter(|before| before.origin == old.origin)
            });
        let Some(ended) = ended else {
            return Err(
                "The server shows another log than before, and does not say why.".to_owned(),
            );
        };
        if ended.size < old.size {
            return Ok(Some(ended.size));
        }
    }
    let is_same = extends((old.size, old.root), (new.size, new.root), path);
    if is_same {
        return Ok(None);
    }
    Err(format!(
        "The server's log was changed: its first {} events are not what they were.",
        old.size
    ))
}

#[cfg(test)]
mod tests;
