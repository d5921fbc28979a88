//! The server's log, watched: each end that it tells is held against what was kept before.

use std::time::Duration;

use elms_protocol::{
    Seq,
    frame::{CheckpointSaid, Proof, Prove},
    host::Topic,
    proof::Entry,
};
use serde_json::Value;

use super::{Owner, asks::Reply, news::News, words::sentence};
use crate::clock::Mono;

/// While the link lasts a proof is asked for so often; each costs the server a few milliseconds.
const EVERY_MS: i64 = 60_000;
/// How long a proof may take.
const LATEST: Duration = Duration::from_secs(20);

/// What was asked of the server about its log on this line.
#[derive(Debug, Default)]
pub(super) struct Watch {
    asked_at: Option<Mono>,
}

impl Owner {
    /// The server tells where its log ends.
    pub(super) async fn checkpoint(&mut self, body: Value) {
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let said = serde_json::from_value::<CheckpointSaid>(body);
        let (Ok(said), Some(desk)) = (said, self.desk()) else {
            return;
        };
        match desk.hear_end(said, at).await {
            Ok(Ok(Some(from))) if self.is_due(now.mono) => {
                self.watch.asked_at = Some(now.mono);
                self.ask_for_proof(from, Vec::new(), None);
            }
            Ok(Ok(_)) => {}
            Ok(Err(_)) => self.board.touch(),
            Err(error) => tracing::error!(%error, "the end of the log could not be kept"),
        }
    }

    fn is_due(&self, now: Mono) -> bool {
        let asked = self.watch.asked_at;
        asked.is_none_or(|asked| EVERY_MS <= now.since(asked))
    }

    /// Somebody wants to know whether these events are in the log.
    pub(super) async fn prove(&mut self, seqs: Vec<Seq>, reply: Reply<Vec<Entry>>) {
        let size = match self.desk() {
            Some(desk) => desk.record_check().await.size,
            None => 0,
        };
        self.ask_for_proof(u64::try_from(size).unwrap_or_default(), seqs, Some(reply));
    }

    fn ask_for_proof(&self, from: u64, seqs: Vec<Seq>, reply: Option<Reply<Vec<Entry>>>) {
        let asked = serde_json::to_value(Prove { from, seqs }).unwrap_or_default();
        let line = self
            .line
            .as_ref()
            .filter(|_| self.session.is_live() || reply.is_none());
        let Some(answer) = line.and_then(|line| line.ask("prove", asked)) else {
            if let Some(reply) = reply {
                let offline = "This needs the server, and there is no link.";
                drop(reply.send(Err(sentence("offline", offline))));
            }
            return;
        };
        let (bring, sitting) = (self.bring.clone(), self.sitting);
        self.tasks.passing("proof", async move {
            let answer = answer.within(LATEST).await.unwrap_or_default();
            let proof = answer
                .into_iter()
                .next()
                .map(serde_json::from_value::<Proof>);
            let proof = proof.and_then(Result::ok).map(Box::new);
            drop(bring.send(News::Proved(sitting, proof, reply)).await);
        });
    }

    /// A proof came, or none.
    pub(super) async fn proved(
        &mut self,
        proof: Option<Box<Proof>>,
        reply: Option<Reply<Vec<Entry>>>,
    ) {
        let now = self.now();
        let at = self.shared.clock(|clock| clock.server_or_wall(now));
        let entries = match (proof, self.desk()) {
            (Some(proof), Some(desk)) => match desk.take_proof(*proof, at).await {
                Ok(Ok(checked)) => Ok(checked.entries),
                Ok(Err(trouble)) => {
                    tracing::error!(%trouble, "the server's log contradicts itself");
                    Err(sentence("record", trouble))
                }
                Err(error) => Err(sentence("internal", error)),
            },
            _ => Err(sentence("busy", "The server gave no proof now.")),
        };
        self.board.change([Topic::Events]);
        self.board.touch();
        if let Some(reply) = reply {
            drop(reply.send(entries));
        }
    }
}
