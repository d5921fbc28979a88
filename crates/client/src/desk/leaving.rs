//! What is done for the time when nobody works here, or the key is gone.

use elms_protocol::{Timestamp, recovery::RecoveryGrant};

use super::{Desk, off_thread};
use crate::{error::OutboxError, seal::gate};

impl Desk {
    /// What has not reached the server yet.
    pub(crate) async fn unsent(&self) -> i64 {
        let left = self.posting(|outbox| Ok((outbox.counts()?, outbox.files_left()?)));
        let left: Result<_, OutboxError> = left.await;
        left.map_or(0, |(n, files)| n.waiting + n.sending + n.attention + files)
    }

    /// The server was reached at `wall`, by the clock of this computer.
    pub(crate) async fn note_seen(&self, wall: Timestamp) {
        let path = self.path.clone();
        let noted = off_thread(move || match path.parent() {
            Some(dir) => gate::note_seen(dir, wall),
            None => Ok(()),
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "it was not noted that the server was reached");
        }
    }

    /// The key goes with the console: takes away what nobody could read any more. An outbox with
    /// something in it stays, for whoever can open it.
    pub(crate) async fn end_session(&self) {
        let is_done = self.unsent().await == 0;
        let path = self.path.clone();
        off_thread(move || {
            let mut gone = vec!["cache.db", "cache.db-wal", "cache.db-shm"];
            if is_done {
                gone.extend(["outbox.db", "outbox.db-wal", "key.json", "recovery.jsonl"]);
            }
            for name in gone {
                // What is left is not readable.
                drop(std::fs::remove_file(path.with_file_name(name)));
            }
        })
        .await;
    }

    /// What is not sent is from now on sealed to the institution's recovery key too, if it has one.
    pub(crate) async fn seal_for(&self, grant: Option<RecoveryGrant>) {
        let station = self.card().actor.station;
        let sealed =
            self.posting(move |outbox| outbox.seal_for(grant.as_ref(), station.as_deref()));
        if let Err(error) = sealed.await {
            tracing::error!(%error, "what waits here is not sealed for the institution");
        }
    }
}
