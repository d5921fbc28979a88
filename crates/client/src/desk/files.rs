//! Files of evidence that wait here.

use elms_protocol::{EvidenceId, IncidentRef, host::DiskView};

use super::Desk;
use crate::{
    cache::Holds,
    error::{CacheError, OutboxError},
    outbox::{Outbox, Waiting},
};

impl Desk {
    /// What lies on the disk.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the copy cannot be read.
    pub(crate) async fn disk(&self) -> Result<DiskView, CacheError> {
        let (outbox, evidence) = read(self.posting(|outbox| outbox.bytes()).await);
        let held = self.reading(|reader| Ok((reader.holds()?, reader.bytes())));
        let (
            Holds {
                events,
                since,
                words,
            },
            copy,
        ) = held.await?;
        Ok(DiskView {
            copy,
            words,
            outbox,
            evidence,
            events,
            since,
        })
    }

    /// The files of a case that lie here; none when they cannot be read.
    pub(crate) async fn files_of(&self, incident: IncidentRef) -> Vec<Waiting> {
        let files = self.posting(move |outbox| outbox.files_of(incident)).await;
        read(files)
    }

    /// The next file whose bytes may be sent.
    pub(crate) async fn next_file(&self) -> Option<Waiting> {
        let author = self.card().account.user;
        read(self.posting(move |outbox| outbox.next_file(author)).await)
    }

    /// What comes next of a file from byte `offset` on.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub(crate) async fn part(&self, id: EvidenceId, offset: i64) -> Result<Vec<u8>, OutboxError> {
        self.posting(move |outbox| outbox.part(id, offset)).await
    }

    /// A whole file that lies here; none when it does not.
    ///
    /// # Errors
    ///
    /// [`OutboxError`] when it cannot be read.
    pub(crate) async fn file(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, OutboxError> {
        self.posting(move |outbox| outbox.file(id)).await
    }

    /// Notes how far a file has come. What is not noted is asked of the server the next time.
    pub(crate) async fn note_file(
        &self,
        note: impl FnOnce(&mut Outbox) -> Result<(), OutboxError> + Send + 'static,
    ) {
        read(self.posting(note).await);
    }
}

fn read<T: Default>(files: Result<T, OutboxError>) -> T {
    files.unwrap_or_else(|error| {
        tracing::error!(%error, "the outbox or its files cannot be read or noted");
        T::default()
    })
}
