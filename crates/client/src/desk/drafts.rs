//! What is still being written.

use elms_protocol::{EvidenceId, host::DraftFile};
use serde_json::Value;

use super::Desk;
use crate::{
    error::OutboxError,
    outbox::{Chosen, Draft},
};

impl Desk {
    /// Keeps what is in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; what was kept before is still there.
    pub(crate) async fn save_draft(&self, kind: String, form: Value) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.save_draft(&kind, &form))
            .await
    }

    /// What was in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub(crate) async fn load_draft(&self, kind: String) -> Result<Option<Value>, OutboxError> {
        self.posting(move |outbox| outbox.load_draft(&kind)).await
    }

    /// Forgets what was in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub(crate) async fn clear_draft(&self, kind: String) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.clear_draft(&kind)).await
    }

    /// Keeps a file that was chosen in a form, under this id and name.
    ///
    /// # Errors
    ///
    /// [`OutboxError`]; nothing was kept then.
    pub(crate) async fn add_draft_file(
        &self,
        form: String,
        (id, name): (EvidenceId, String),
        bytes: Vec<u8>,
    ) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.add_draft_file(Draft(&form), (id, &name), &bytes))
            .await
    }

    /// The files that were chosen in a form.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when they cannot be read.
    pub(crate) async fn draft_files(&self, form: String) -> Result<Vec<DraftFile>, OutboxError> {
        self.posting(move |outbox| outbox.draft_files(Draft(&form)))
            .await
    }

    /// Leaves a file out of what is being written.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub(crate) async fn drop_draft_file(&self, id: EvidenceId) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.drop_draft_file(id)).await
    }

    /// The next file whose case was reported and that no command attaches yet.
    pub(crate) async fn chosen(&self) -> Option<Chosen> {
        let chosen = self.posting(|outbox| outbox.chosen()).await;
        chosen.unwrap_or_else(|error| {
            tracing::error!(%error, "files that were chosen cannot be read");
            None
        })
    }

    /// A file could not be attached: it lies in its form again.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be written.
    pub(crate) async fn unchoose(&self, id: EvidenceId) -> Result<(), OutboxError> {
        self.posting(move |outbox| outbox.unchoose(id)).await
    }
}
