//! The one door for every change: REST, socket, demo day and import all end here.
//!
//! One thread writes. It takes all commands that wait and commits them together, so that a disk
//! flush is shared; only then is anything answered or shown.

mod erasing;
mod group;
mod keeping;
#[cfg(test)]
mod tests;
mod working;

use std::{path::Path, thread};

use elms_protocol::{Actor, CommandRequest, InstitutionId, Outcome};
use tokio::sync::{mpsc, oneshot};

use crate::{
    clock::Clock,
    import::{Problem, Renewal},
    store::{Disk, Import, Store, StoreError},
};
pub use erasing::{Erasure, Hold};
use group::Group;
pub(crate) use keeping::Keeping;
pub use keeping::change_key;

/// The most commands that one commit carries.
const GROUP: usize = 512;
/// How many commands may wait; then the askers wait.
const QUEUE: usize = 4_096;

/// The command could not be carried out *now*; the station repeats it later. A refusal for good
/// is not an error: it is an [`Outcome`].
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The log could not be written.
    #[error("the server cannot write its log now: {0}")]
    Storage(String),
    /// The server stops.
    #[error("the server is stopping")]
    Stopping,
    /// An erasure that may not be, or a hold that changes nothing; in a sentence.
    #[error("{0}")]
    Kept(String),
}

/// What waits for the writer.
pub(crate) enum Job {
    /// A command and who waits for the answer.
    Command(
        Box<Actor>,
        Box<CommandRequest>,
        oneshot::Sender<Result<Outcome, ApplyError>>,
    ),
    /// Reference data.
    Import(Import, oneshot::Sender<Result<(), ApplyError>>),
    /// Something about the log itself, with who has it done.
    Keep(
        InstitutionId,
        Keeping,
        String,
        oneshot::Sender<Result<(), ApplyError>>,
    ),
    /// Reference data that is compared with what there is.
    Renew(
        Box<Renewal>,
        oneshot::Sender<Result<Vec<Problem>, ApplyError>>,
    ),
}

/// A handle to the writer; all clones are one door.
#[derive(Debug, Clone)]
pub struct Door {
    jobs: mpsc::Sender<Job>,
}

impl Door {
    /// Opens the store in `dir` and starts its writer.
    pub fn open(dir: &Path, clock: Clock) -> Result<(Self, Store), StoreError> {
        let (store, disk) = Store::open(dir)?;
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let written = store.clone();
        thread::Builder::new()
            .name("log writer".to_owned())
            .spawn(move || write(&disk, &written, &clock, waiting))?;
        Ok((Self { jobs }, store))
    }

    /// Carries out `request` for `actor`, or repeats the answer given before. When this returns,
    /// the answer is durable.
    pub async fn apply(
        &self,
        actor: Actor,
        request: CommandRequest,
    ) -> Result<Outcome, ApplyError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Command(Box::new(actor), Box::new(request), answer);
        self.jobs
            .send(job)
            .await
            .map_err(|_gone| ApplyError::Stopping)?;
        answered.await.map_err(|_gone| ApplyError::Stopping)?
    }

    /// Puts reference data in place: repeating it changes nothing.
    pub async fn import(&self, import: Import) -> Result<(), ApplyError> {
        let (answer, answered) = oneshot::channel();
        self.jobs
            .send(Job::Import(import, answer))
            .await
            .map_err(|_gone| ApplyError::Stopping)?;
        answered.await.map_err(|_gone| ApplyError::Stopping)?
    }
}

impl Door {
    /// Says in a log that it was restored from a backup: what stations hold beyond it is explained
    /// then, and a new life begins.
    ///
    /// # Errors
    ///
    /// [`ApplyError`] when it could not be written.
    pub async fn restored(&self, institution: InstitutionId, by: &str) -> Result<(), ApplyError> {
        self.keep(institution, Keeping::Life, by).await
    }

    /// Erases the words of events, for good; the log says who had it done and why. Nobody may be
    /// connected: see `elms-server erase`.
    ///
    /// # Errors
    ///
    /// [`ApplyError::Kept`] when something of it may not be erased: then nothing was.
    pub async fn erase(
        &self,
        institution: InstitutionId,
        erasure: Erasure,
        by: &str,
    ) -> Result<(), ApplyError> {
        self.keep(institution, Keeping::Erase(erasure), by).await
    }

    /// Puts a case or a sitting under a legal hold, or ends that.
    ///
    /// # Errors
    ///
    /// [`ApplyError::Kept`] when there is no such record, or it is so already.
    pub async fn hold(
        &self,
        institution: InstitutionId,
        hold: Hold,
        by: &str,
    ) -> Result<(), ApplyError> {
        self.keep(institution, Keeping::Hold(hold), by).await
    }

    async fn keep(
        &self,
        institution: InstitutionId,
        what: Keeping,
        by: &str,
    ) -> Result<(), ApplyError> {
        let (answer, answered) = oneshot::channel();
        let job = Job::Keep(institution, what, by.to_owned(), answer);
        self.jobs
            .send(job)
            .await
            .map_err(|_gone| ApplyError::Stopping)?;
        answered.await.map_err(|_gone| ApplyError::Stopping)?
    }

    /// Brings in what the files of `renewal` change in the records as they are then, and notes it
    /// in the log. When something is wrong with them by then it is told and nothing is written.
    pub(crate) async fn renew(&self, renewal: Renewal) -> Result<Vec<Problem>, ApplyError> {
        let (answer, answered) = oneshot::channel();
        self.jobs
            .send(Job::Renew(Box::new(renewal), answer))
            .await
            .map_err(|_gone| ApplyError::Stopping)?;
        answered.await.map_err(|_gone| ApplyError::Stopping)?
    }
}

/// The writer: ends when every door is gone and what waited is written.
fn write(disk: &Disk, store: &Store, clock: &Clock, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(GROUP);
    while 0 < waiting.blocking_recv_many(&mut jobs, GROUP) {
        Group::new(disk, store, clock.now()).carry_out(jobs.drain(..));
    }
}
