//! The server's log, checked against what this station has kept of it.

use elms_protocol::{
    Event, Timestamp,
    frame::{CheckpointSaid, Proof},
    host::RecordCheck,
    proof::{Checked, Entry, Trouble},
};

use super::Desk;
use crate::error::CacheError;

impl Desk {
    /// Takes note of where the server's log ends; the size to ask proofs from, when that is news.
    pub(crate) async fn hear_end(
        &self,
        said: CheckpointSaid,
        at: Timestamp,
    ) -> Result<Result<Option<u64>, Trouble>, CacheError> {
        self.writing(move |cache| cache.hear_end(&said, at)).await
    }

    /// Takes in a proof.
    pub(crate) async fn take_proof(
        &self,
        proof: Proof,
        at: Timestamp,
    ) -> Result<Result<Checked, Trouble>, CacheError> {
        self.writing(move |cache| cache.take_proof(&proof, at))
            .await
    }

    /// How far the log was proved here; nothing, when that cannot be read.
    pub(crate) async fn record_check(&self) -> RecordCheck {
        let check = self.reading(|reader| reader.record_check()).await;
        check.unwrap_or_default()
    }
}

/// Whether an entry of the server's log is the event that is held here, byte for byte.
pub(crate) fn is_held(entry: &Entry, held: &[Event]) -> bool {
    let same = |event: &&Event| event.seq == entry.seq;
    let text = held.iter().find(same).map(serde_json::to_string);
    matches!((text, &entry.body), (Some(Ok(text)), Some(body)) if text == *body)
}
