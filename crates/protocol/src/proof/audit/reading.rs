//! How an audit goes through a log.

use super::{Audit, Entry, Fault, Held, Rule, Verdict, fault};
use crate::{
    Event, Fact, LogChange, LogNoted, Seq,
    proof::{Digest, Leaf, Signed, commitment, salt_from_hex},
};

impl Audit {
    /// Reads the next event.
    ///
    /// # Errors
    ///
    /// [`Fault`] when it is not the one that belongs here; the rest need not be read.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), Fault> {
        let place = self.tree.size().saturating_add(1);
        if i64::try_from(place) != Ok(entry.seq.0) {
            let text = format!("here stands event {}", entry.seq);
            return Err(fault(place, Rule::Order, text));
        }
        let (leaf, noted) = self.leaf(entry, place)?;
        if leaf != entry.leaf {
            let text = "the event is not what its leaf commits to";
            return Err(fault(place, Rule::Content, text));
        }
        if let Some(noted) = noted {
            self.noted(&noted, place)?;
        }
        self.tree.push(leaf);
        self.check_receipt(entry.seq, leaf)?;
        self.check_held(place)
    }

    /// The leaf that the event has, and what it says about the log itself.
    fn leaf(&mut self, entry: &Entry, place: u64) -> Result<(Digest, Option<LogNoted>), Fault> {
        let content = |text: &str| fault(place, Rule::Content, text);
        let head = |commitment| Leaf {
            seq: entry.seq,
            at: entry.at,
            event: &entry.event,
            commitment,
        };
        match (&entry.body, &entry.salt, entry.commitment) {
            (Some(body), Some(salt), None) => {
                let salt = salt_from_hex(salt).ok_or_else(|| content("its salt is none"))?;
                let leaf = head(commitment(&salt, body)).digest();
                let event: Event = serde_json::from_str(body)
                    .map_err(|_not_json| content("its body cannot be read"))?;
                let same = event.seq == entry.seq
                    && event.timestamp == entry.at
                    && event.event == entry.event;
                if !same && leaf == entry.leaf {
                    return Err(content("its body is another event's"));
                }
                let noted = match event.fact() {
                    Some(Fact::LogNoted(noted)) => Some(noted),
                    _ => None,
                };
                Ok((leaf, noted))
            }
            (None, None, Some(commitment)) => {
                self.erased.entry(entry.seq).or_insert(false);
                Ok((head(commitment).digest(), None))
            }
            _ => Err(content("it has neither a body nor what an erasure leaves")),
        }
    }

    fn noted(&mut self, noted: &LogNoted, place: u64) -> Result<(), Fault> {
        if let (LogChange::Life, Some(before)) = (noted.change, &noted.before)
            && before.root != self.tree.root()
        {
            let text = "the entry of a new life names another root than the life before has";
            return Err(fault(place, Rule::Life, text));
        }
        // An entry names only what came before it.
        for seq in &noted.erased {
            self.erased
                .entry(*seq)
                .and_modify(|is_named| *is_named = true);
        }
        self.lives.note(noted, place)
    }

    fn check_receipt(&mut self, seq: Seq, leaf: Digest) -> Result<(), Fault> {
        match self.receipts.remove(&seq) {
            Some((told, command)) if told != leaf => {
                let text = format!("the receipt of command {command} has another leaf");
                Err(fault(self.tree.size(), Rule::Receipt, text))
            }
            _ => Ok(()),
        }
    }

    /// Compares what others have kept of the log when it had this size.
    fn check_held(&mut self, size: u64) -> Result<(), Fault> {
        for held in self.held.remove(&size).unwrap_or_default() {
            if held.note.checkpoint.origin != self.lives.origin() {
                // Of another life: looked at when all lives are known.
                self.held.entry(u64::MAX).or_default().push(held);
                continue;
            }
            self.compare(&held, size)?;
        }
        Ok(())
    }

    fn compare(&mut self, held: &Held, size: u64) -> Result<(), Fault> {
        if !self.lives.signed(&held.note) {
            let by = &held.by;
            let text = format!("the checkpoint of {by} is not signed with the key of this log");
            self.doubts.push(text);
            return Ok(());
        }
        if held.note.checkpoint.root != self.tree.root() {
            let since = self.agreed_with_others;
            let text = format!(
                "history was rewritten between event {} and event {size}: {} has kept another \
                 root of {size} events, signed with the log's key",
                since.saturating_add(1),
                held.by
            );
            return Err(fault(since.saturating_add(1), Rule::Rewritten, text));
        }
        self.agreed_with_others = size;
        Ok(())
    }

    /// Compares a checkpoint of the log's own; it stands where the log had its size.
    ///
    /// # Errors
    ///
    /// [`Fault`].
    pub fn checkpoint(&mut self, note: &Signed) -> Result<(), Fault> {
        let (since, size) = (self.agreed.saturating_add(1), self.tree.size());
        let checkpoint = &note.checkpoint;
        if size < checkpoint.size {
            // Events are missing: what follows tells whether in between or at the end.
            let by = "its own last commit".to_owned();
            let note = note.clone();
            self.hold(Held { by, note });
            return Ok(());
        }
        if checkpoint.size != size || checkpoint.origin != self.lives.origin() {
            let text = format!("a checkpoint of {} events stands here", checkpoint.size);
            return Err(fault(size, Rule::Signature, text));
        }
        if !self.lives.signed(note) {
            let text = format!("the checkpoint of {size} events is not signed with the log's key");
            return Err(fault(since, Rule::Signature, text));
        }
        if checkpoint.root != self.tree.root() {
            let text = format!(
                "one of the events {since} to {size} was changed: they do not give the root that \
                 was signed"
            );
            return Err(fault(since, Rule::Root, text));
        }
        self.agreed = size;
        self.last = Some(note.clone());
        Ok(())
    }

    /// Ends the reading.
    pub fn end(mut self) -> Verdict {
        match self.look_back() {
            Err(fault) => Verdict::Tampered(fault),
            Ok(()) if self.doubts.is_empty() => Verdict::Sound {
                size: self.tree.size(),
                root: self.tree.root(),
                key: self
                    .lives
                    .first_key()
                    .map(crate::proof::Key::words)
                    .unwrap_or_default(),
                erased: self.erased.into_keys().collect(),
            },
            Ok(()) => Verdict::Unclear(self.doubts),
        }
    }

    fn look_back(&mut self) -> Result<(), Fault> {
        let size = self.tree.size();
        if let Some(pin) = &self.pin
            && !self.lives.has_words(pin)
        {
            let text = "the log is signed with another key than the pinned one";
            return Err(fault(1, Rule::Key, text));
        }
        if let Some((seq, _)) = self.erased.iter().find(|(_, is_named)| !**is_named) {
            let text = "its body is gone and no entry of the log says that it was erased";
            let seq = u64::try_from(seq.0).unwrap_or_default();
            return Err(fault(seq, Rule::Erasure, text));
        }
        for held in std::mem::take(&mut self.held).into_values().flatten() {
            self.leftover(&held, size)?;
        }
        if let Some((seq, (_, command))) = self.receipts.first_key_value() {
            let text = format!("the receipt of command {command} is for event {seq}");
            return Err(fault(size.saturating_add(1), Rule::Cut, text));
        }
        let unsigned = size.saturating_sub(self.agreed);
        if 0 < unsigned {
            self.doubts
                .push(format!("the last {unsigned} events are not signed"));
        }
        Ok(())
    }

    /// A checkpoint whose size the log never had in that life.
    fn leftover(&mut self, held: &Held, size: u64) -> Result<(), Fault> {
        let Held { by, note } = held;
        let kept = note.checkpoint.size;
        let origin = &note.checkpoint.origin;
        if !self.lives.ever_signed(note) {
            let text = format!("the checkpoint of {by} is not signed with the key of this log");
            self.doubts.push(text);
            return Ok(());
        }
        if !self.lives.has_life(origin) {
            let text = format!("{by} has kept a checkpoint of a life that the log denies");
            return Err(fault(1, Rule::Life, text));
        }
        match self.lives.end_of(origin) {
            Some(end) if end < kept => {
                self.doubts.push(format!(
                    "the log was restored from a backup after event {end}: events {} to {kept} \
                     of the life before, of which {by} has kept a checkpoint, are not in it",
                    end.saturating_add(1)
                ));
                Ok(())
            }
            _ => {
                let text = format!("the log ends here, and {by} has kept one of {kept} events");
                Err(fault(size.saturating_add(1), Rule::Cut, text))
            }
        }
    }
}
