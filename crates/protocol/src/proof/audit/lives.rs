//! The lives of a log (a restored backup begins a new one) and the keys it was signed with.

use super::{Fault, Rule, fault};
use crate::{
    LogChange, LogNoted,
    proof::{Key, Signed, key_change},
};

/// Under which names and keys a log was signed, and up to where.
#[derive(Debug)]
pub(super) struct Lives {
    /// Origins with the size at which each ended; the last one has not ended.
    origins: Vec<(String, Option<u64>)>,
    /// Keys with the size from which each signs.
    keys: Vec<(u64, Key)>,
}

impl Lives {
    pub(super) fn new(origin: &str, key: Key) -> Self {
        Self {
            origins: vec![(origin.to_owned(), None)],
            keys: vec![(0, key)],
        }
    }

    /// The life that goes on.
    pub(super) fn origin(&self) -> &str {
        self.origins.last().map_or("", |(origin, _)| origin)
    }

    /// Whether there was a life of this name.
    pub(super) fn has_life(&self, origin: &str) -> bool {
        self.origins.iter().any(|(name, _)| name == origin)
    }

    /// Where the life of this name ended; none when it goes on, or never was.
    pub(super) fn end_of(&self, origin: &str) -> Option<u64> {
        let found = self.origins.iter().find(|(name, _)| name == origin);
        found.and_then(|(_, end)| *end)
    }

    /// The key that signs a log of this size.
    pub(super) fn key_at(&self, size: u64) -> Option<&Key> {
        let signing = self.keys.iter().rev().find(|(from, _)| *from <= size);
        signing.map(|(_, key)| key)
    }

    /// The first key.
    pub(super) fn first_key(&self) -> Option<&Key> {
        self.keys.first().map(|(_, key)| key)
    }

    /// Whether any key of the log has these words.
    pub(super) fn has_words(&self, words: &str) -> bool {
        self.keys.iter().any(|(_, key)| key.words() == words)
    }

    /// Whether the key of that time has signed it.
    pub(super) fn signed(&self, note: &Signed) -> bool {
        let key = self.key_at(note.checkpoint.size);
        key.is_some_and(|key| note.verify(key).is_ok())
    }

    /// Whether any key of the log has signed it.
    pub(super) fn ever_signed(&self, note: &Signed) -> bool {
        self.keys.iter().any(|(_, key)| note.verify(key).is_ok())
    }

    /// Takes in what the log says about itself at `size`, before which its tree had `root`.
    pub(super) fn note(&mut self, noted: &LogNoted, size: u64) -> Result<(), Fault> {
        match noted.change {
            LogChange::Life => self.begin(noted, size),
            LogChange::Key => self.change_key(noted, size),
            LogChange::Erasure | LogChange::Hold | LogChange::Release => Ok(()),
        }
    }

    fn begin(&mut self, noted: &LogNoted, size: u64) -> Result<(), Fault> {
        let (Some(before), Some(origin)) = (&noted.before, &noted.origin) else {
            let text = "the entry of a new life does not say which life it follows";
            return Err(fault(size, Rule::Life, text));
        };
        if before.origin != self.origin() || before.size.checked_add(1) != Some(size) {
            let text = "the entry of a new life does not follow the end of the life before";
            return Err(fault(size, Rule::Life, text));
        }
        if let Some((_, end)) = self.origins.last_mut() {
            *end = Some(before.size);
        }
        self.origins.push((origin.clone(), None));
        Ok(())
    }

    fn change_key(&mut self, noted: &LogNoted, size: u64) -> Result<(), Fault> {
        let known = self.keys.last().map(|(_, key)| *key);
        let next = change_of_key(noted, self.origin()).filter(|(old, _)| Some(*old) == known);
        let Some((_, new)) = next else {
            let text = "a new key is not signed by the key before it";
            return Err(fault(size, Rule::Key, text));
        };
        self.keys.push((size, new));
        Ok(())
    }
}

/// The old and the new key of a change that both have signed, in the life of this name.
pub(in crate::proof) fn change_of_key(noted: &LogNoted, origin: &str) -> Option<(Key, Key)> {
    let change = noted
        .keys
        .as_ref()
        .filter(|_| noted.change == LogChange::Key)?;
    let (old, new): (Key, Key) = (change.old.parse().ok()?, change.new.parse().ok()?);
    let message = key_change(origin, &old, &new);
    let has_signed = |key: &Key, signature: &str| {
        crate::proof::note::bytes::<64>(signature)
            .is_some_and(|signature| key.has_signed(message.as_bytes(), &signature))
    };
    (has_signed(&old, &change.by_old) && has_signed(&new, &change.by_new)).then_some((old, new))
}
