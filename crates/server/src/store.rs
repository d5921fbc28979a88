//! The log of record and the records it folds to, in one SQLite file.
//!
//! Reading needs no lock on the file: the records of every institution are held in memory as
//! persistent maps, of which a reader takes an immutable copy, and the newest events are held in
//! a tail. Writing is done by one thread only, see [`crate::door`].

mod disk;
mod erasing;
mod error;
mod layout;
mod proofs;
mod records;
mod tail;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use elms_protocol::{
    InstitutionId, Record, Seq,
    erasure::Holds,
    frame::{CheckpointSaid, Cursor, Proof},
    proof::{Entry, Key, Signed},
};
use rusqlite::Connection;
use tokio::sync::{mpsc, watch};

use crate::bell::Bell;
pub use crate::bell::Ear;
pub(crate) use disk::{Disk, events as events_on_disk, tag};
pub use erasing::write_anew;
pub use error::StoreError;
pub(crate) use layout::check_version;
pub(crate) use proofs::{Asked, checkpoints as read_checkpoints, entries as read_entries};
pub use records::Records;
pub use tail::Logged;
pub(crate) use tail::Tail;

/// What readers of one institution share.
#[derive(Debug)]
struct Hall {
    /// The records after the last commit, with where the log stood then.
    state: RwLock<(Records, Cursor)>,
    /// The newest events, ready to be sent.
    tail: RwLock<Tail>,
    /// The signed end of the log as it is told to stations.
    signed: RwLock<Option<Arc<CheckpointSaid>>>,
    /// The end of the log; wakes the pumps. Rung from inside the runtime only.
    head: Arc<Bell>,
}

/// A handle to the log and its records; all clones are one store.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    halls: RwLock<BTreeMap<InstitutionId, Arc<Hall>>>,
    reader: Mutex<Connection>,
    /// Counts up whenever any log has grown, or an institution came.
    grown: watch::Sender<u64>,
    /// What the logs are signed with.
    key: Key,
    /// Institutions whose log has grown, from the writer thread into the runtime.
    wakes: mpsc::UnboundedSender<InstitutionId>,
}

impl Store {
    /// Opens `log.db` in `dir`, making both where they are missing. Must be called inside a
    /// runtime: it starts the task that wakes the pumps.
    pub(crate) fn open(dir: &Path) -> Result<(Self, Disk), StoreError> {
        let disk = Disk::open(dir)?;
        let reader = disk::open_reader(dir)?;
        let mut halls = BTreeMap::new();
        for institution in disk.institutions()? {
            let (records, cursor) = (disk.records(institution)?, disk.cursor(institution)?);
            let hall = Hall::new(records, cursor);
            let signed = disk.signed(institution)?;
            hall.put_up(signed.map(|note| said(&note, &disk.notary.key())));
            halls.insert(institution, Arc::new(hall));
        }
        let (wakes, woken) = mpsc::unbounded_channel();
        let inner = Inner {
            halls: RwLock::new(halls),
            reader: Mutex::new(reader),
            grown: watch::Sender::new(0),
            wakes,
            key: disk.notary.key(),
        };
        let store = Self {
            inner: Arc::new(inner),
        };
        // The task must not keep the store: it ends when the last handle is gone.
        tokio::spawn(wake(Arc::downgrade(&store.inner), woken));
        Ok((store, disk))
    }

    /// Every institution that has a log.
    pub fn institutions(&self) -> Vec<InstitutionId> {
        let halls = self.inner.halls.read();
        let halls = halls.unwrap_or_else(PoisonError::into_inner);
        halls.keys().copied().collect()
    }

    /// An immutable copy of the records, and where the log stood with exactly them.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoInstitution`].
    pub fn state(&self, institution: InstitutionId) -> Result<(Records, Cursor), StoreError> {
        let hall = self.inner.hall(institution)?;
        let state = hall.state.read().unwrap_or_else(PoisonError::into_inner);
        Ok(state.clone())
    }

    /// An immutable copy of the records.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoInstitution`].
    pub fn view(&self, institution: InstitutionId) -> Result<Records, StoreError> {
        Ok(self.state(institution)?.0)
    }

    /// Where the log stands.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoInstitution`].
    pub fn cursor(&self, institution: InstitutionId) -> Result<Cursor, StoreError> {
        Ok(self.state(institution)?.1)
    }

    /// What is held back from erasures. Blocks on the file.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn holds(&self, institution: InstitutionId) -> Result<Holds, StoreError> {
        let reader = self.inner.reader.lock();
        let reader = reader.unwrap_or_else(PoisonError::into_inner);
        erasing::holds(&reader, institution)
    }

    /// Tells whenever the log has grown, with the position where it ends.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoInstitution`].
    pub fn listen(&self, institution: InstitutionId) -> Result<Ear, StoreError> {
        Ok(self.inner.hall(institution)?.head.listen())
    }

    /// Tells whenever any log has grown or an institution has come.
    pub(crate) fn watch_all(&self) -> watch::Receiver<u64> {
        self.inner.grown.subscribe()
    }

    /// At most `limit` events after `after`, in order and without holes. Blocks on the file when
    /// the events are older than the tail in memory.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn events(
        &self,
        institution: InstitutionId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Arc<Logged>>, StoreError> {
        if let Some(events) = self.recent(institution, after, limit)? {
            return Ok(events);
        }
        let reader = self.inner.reader.lock();
        let reader = reader.unwrap_or_else(PoisonError::into_inner);
        disk::events(&reader, institution, after, limit)
    }

    /// The same from memory alone; none when the events are older than the tail.
    pub(crate) fn recent(
        &self,
        institution: InstitutionId,
        after: Seq,
        limit: usize,
    ) -> Result<Option<Vec<Arc<Logged>>>, StoreError> {
        let hall = self.inner.hall(institution)?;
        let tail = hall.tail.read().unwrap_or_else(PoisonError::into_inner);
        Ok(tail.after(after, limit))
    }

    /// The cursor of this log at `seq`; none when the log does not reach so far. Blocks on the
    /// file when the event is older than the tail.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn cursor_at(
        &self,
        institution: InstitutionId,
        seq: Seq,
    ) -> Result<Option<Cursor>, StoreError> {
        let now = self.cursor(institution)?;
        if seq == now.seq {
            return Ok(Some(now));
        }
        let before = Seq(seq.0.saturating_sub(1));
        let tag = if let Some(events) = self.recent(institution, before, 1)? {
            events.first().map(|event| event.tag)
        } else {
            let reader = self.inner.reader.lock();
            let reader = reader.unwrap_or_else(PoisonError::into_inner);
            disk::tag_at(&reader, institution, seq)?
        };
        let epoch = now.epoch;
        Ok(tag.map(|tag| Cursor { epoch, seq, tag }))
    }

    /// Where the log ended at the last commit, signed; none while it was never written to.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoInstitution`].
    pub fn signed(
        &self,
        institution: InstitutionId,
    ) -> Result<Option<Arc<CheckpointSaid>>, StoreError> {
        let hall = self.inner.hall(institution)?;
        let signed = hall.signed.read().unwrap_or_else(PoisonError::into_inner);
        Ok(signed.clone())
    }

    /// What the logs are signed with now.
    pub fn key(&self) -> Key {
        self.inner.key
    }

    /// Proves against the newest signed end; none while nothing was ever signed. Blocks on the
    /// file.
    pub(crate) fn prove(
        &self,
        institution: InstitutionId,
        asked: &Asked,
    ) -> Result<Option<Proof>, StoreError> {
        let reader = self.inner.reader.lock();
        let reader = reader.unwrap_or_else(PoisonError::into_inner);
        proofs::prove(&reader, institution, self.inner.key.to_string(), asked)
    }

    /// The events from `from` to `to` as an audit reads them. Blocks on the file.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn entries(
        &self,
        institution: InstitutionId,
        range: (Seq, Seq),
    ) -> Result<Vec<Entry>, StoreError> {
        let reader = self.inner.reader.lock();
        proofs::entries(
            &reader.unwrap_or_else(PoisonError::into_inner),
            institution,
            range,
        )
    }

    /// Shows the signed end of what was committed. Only the writer calls this.
    pub(crate) fn put_up(&self, institution: InstitutionId, note: &Signed) {
        if let Ok(hall) = self.inner.hall(institution) {
            hall.put_up(Some(said(note, &self.inner.key)));
        }
    }

    /// Shows what was committed. Only the writer calls this, only after the commit.
    pub(crate) fn publish(
        &self,
        institution: InstitutionId,
        records: Records,
        cursor: Cursor,
        events: Vec<Arc<Logged>>,
    ) {
        let n_events = i64::try_from(events.len()).unwrap_or(i64::MAX);
        let before = Cursor {
            seq: Seq(cursor.seq.0.saturating_sub(n_events)),
            ..cursor
        };
        let hall = self.inner.hall_or_new(institution, before);
        let tail = hall.tail.write();
        tail.unwrap_or_else(PoisonError::into_inner).extend(events);
        let state = hall.state.write();
        *state.unwrap_or_else(PoisonError::into_inner) = (records, cursor);
        if self.inner.wakes.send(institution).is_err() {
            // Nobody to wake is fine: the log has it.
            tracing::debug!("the log has grown and the server stops");
        }
    }
}

impl Inner {
    fn hall(&self, institution: InstitutionId) -> Result<Arc<Hall>, StoreError> {
        let halls = self.halls.read().unwrap_or_else(PoisonError::into_inner);
        let hall = halls.get(&institution).map(Arc::clone);
        hall.ok_or(StoreError::NoInstitution(institution))
    }

    /// The hall, made if it is new: then it begins at `before`.
    fn hall_or_new(&self, institution: InstitutionId, before: Cursor) -> Arc<Hall> {
        let mut halls = self.halls.write().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(Hall::new(Records::default(), before));
        Arc::clone(halls.entry(institution).or_insert_with(made))
    }
}

/// Wakes the pumps from inside the runtime: waking each of them from the writer's thread costs a
/// system call for every connection.
async fn wake(inner: std::sync::Weak<Inner>, mut woken: mpsc::UnboundedReceiver<InstitutionId>) {
    while let Some(institution) = woken.recv().await {
        let Some(inner) = inner.upgrade() else {
            return;
        };
        let Ok(hall) = inner.hall(institution) else {
            continue;
        };
        let state = hall.state.read().unwrap_or_else(PoisonError::into_inner);
        let head = state.1.seq;
        drop(state);
        hall.head.ring(head.0);
        inner.grown.send_modify(|n| *n = n.wrapping_add(1));
    }
}

impl Hall {
    fn new(records: Records, cursor: Cursor) -> Self {
        Self {
            state: RwLock::new((records, cursor)),
            tail: RwLock::new(Tail::starting_after(cursor.seq)),
            signed: RwLock::new(None),
            head: Arc::new(Bell::new(cursor.seq.0)),
        }
    }

    fn put_up(&self, said: Option<CheckpointSaid>) {
        let signed = self.signed.write();
        *signed.unwrap_or_else(PoisonError::into_inner) = said.map(Arc::new);
    }
}

fn said(note: &Signed, key: &Key) -> CheckpointSaid {
    CheckpointSaid {
        note: note.to_string(),
        key: key.to_string(),
    }
}

/// Reference data to be put into an institution.
#[derive(Debug)]
pub struct Import {
    /// Where.
    pub institution: InstitutionId,
    /// What.
    pub records: Vec<Record>,
}
