//! Files that were chosen in a form become evidence of the case that was reported with it. The report
//! was kept first, in one breath with what was chosen, so that a power cut in between loses neither.

use elms_evidence::fingerprint;
use elms_protocol::{AttachEvidence, FileKind};

use elms_protocol::host::Topic;

use super::{Owner, words::NO_KIND};
use crate::{
    desk::{Desk, With},
    outbox::Chosen,
};

impl Owner {
    /// Attaches what was chosen. What cannot be attached lies in the form again, and the person is
    /// told; a disk that takes nothing is tried again.
    pub(super) async fn attach_chosen(&mut self) {
        let Some(desk) = self.desk() else { return };
        while let Some(chosen) = desk.chosen().await {
            let id = chosen.id;
            let refused = match self.attach(&desk, chosen).await {
                Ok(refused) => refused,
                Err(reason) => {
                    tracing::error!(%reason, "a file that was chosen could not be attached yet");
                    return;
                }
            };
            self.board.change([Topic::Outbox, Topic::Incidents]);
            let Some(why) = refused else { continue };
            self.warn("chosen", Some(why));
            if let Err(error) = desk.unchoose(id).await {
                tracing::error!(%error, "a file could not be put back into its form");
                return;
            }
        }
    }

    /// Keeps the command that attaches a file; why it may not be, if so.
    async fn attach(&self, desk: &Desk, chosen: Chosen) -> Result<Option<String>, String> {
        let Some(kind) = FileKind::of(&chosen.bytes) else {
            return Ok(Some(NO_KIND.to_owned()));
        };
        let command = AttachEvidence {
            incident: chosen.incident,
            evidence: chosen.id,
            sha256: fingerprint(&chosen.bytes),
            size: i64::try_from(chosen.bytes.len()).unwrap_or(i64::MAX),
            kind,
            name: chosen.name,
            note: None,
        };
        let request = self.shared.request(command.into(), None);
        let with = With::File(chosen.bytes);
        let kept = desk.keep(request, self.shared.seen(), with).await;
        let kept = kept.map_err(|error| error.to_string())?;
        Ok(kept.rejection.map(|rejection| rejection.message))
    }
}
