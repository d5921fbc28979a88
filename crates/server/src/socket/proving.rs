//! What stations check the log with: its signed ends, and proofs on demand.

use std::sync::Arc;

use elms_protocol::{
    Event, Sight,
    frame::{Proof, Prove, ProvedEntry},
};
use serde_json::{Value, json};

use super::{
    Session,
    commands::{LATER_MS, WAITING},
    packets::{answer, event},
};
use crate::store::Asked;

/// Events that are proved at once; with them an answer stays far below the largest message.
const MOST: usize = 64;

impl Session {
    /// Tells a station where the log ended at the last commit, if that is news to it.
    pub(super) fn say_checkpoint(&mut self) {
        let Some(member) = self.member.as_deref_mut().filter(|member| member.whole) else {
            return;
        };
        let Ok(Some(signed)) = self.app.store.signed(member.actor.institution) else {
            return;
        };
        let is_told = member
            .told
            .as_ref()
            .is_some_and(|told| Arc::ptr_eq(told, &signed));
        if !is_told {
            self.line.say(&event("checkpoint", signed.as_ref()));
            member.told = Some(signed);
        }
    }

    /// `prove {from, seqs}`, acknowledged with a proof against the newest signed end.
    pub(super) fn prove(&mut self, input: Value, ack: Option<u64>) {
        let Some(ack) = ack else {
            return self.complain("INVALID", "`prove` wants an acknowledgement.");
        };
        let Some(member) = self.member.as_deref() else {
            return self.refuse_command(ack, "AUTHENTICATION_REQUIRED", "Authenticate first.");
        };
        if WAITING <= self.answering.len() {
            self.line.say(&answer(ack, &json!({ "later": LATER_MS })));
            return;
        }
        let Ok(Prove { from, mut seqs }) = serde_json::from_value(input) else {
            return self.refuse_command(ack, "INVALID", "`prove` takes `from` and `seqs`.");
        };
        seqs.truncate(MOST);
        let (store, sight) = (self.app.store.clone(), member.sight.clone());
        let institution = member.actor.institution;
        let proving = tokio::task::spawn_blocking(move || {
            let proof = store.prove(institution, &Asked { from, seqs });
            proof.map(|proof| proof.map(|proof| seen(proof, &sight)))
        });
        self.answering.push(Box::pin(async move {
            let body = match proving.await {
                Ok(Ok(Some(proof))) => serde_json::to_value(proof).unwrap_or_default(),
                Ok(Ok(None)) | Err(_) => json!({ "later": LATER_MS }),
                Ok(Err(error)) => {
                    tracing::error!(%error, "the log could not be proved");
                    json!({ "later": LATER_MS })
                }
            };
            answer(ack, &body)
        }));
    }
}

/// The proof with the events that a person may see: a salt would let others try out what a body
/// may have been.
fn seen(mut proof: Proof, sight: &Sight) -> Proof {
    let sees = |proved: &ProvedEntry| {
        let body = proved.entry.body.as_deref();
        let event = body.map(serde_json::from_str::<Event>);
        event.is_none_or(|event| event.is_ok_and(|event| sight.sees(&event)))
    };
    proof.entries.retain(sees);
    proof
}
