//! The open profile: copy, outbox and card of one person on one server.
//!
//! Disks block, so everything here runs on threads that may. There is one writer for each file;
//! reads go beside it, each with a connection of its own.

mod copy;
mod drafts;
mod files;
mod kept;
mod leaving;
mod proving;
mod readers;
mod retention;
mod words;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use elms_protocol::{Actor, Timestamp};

pub(crate) use copy::{Figures, Unapplied};
pub(crate) use kept::With;
pub(crate) use proving::is_held;

use self::readers::Readers;
use crate::{
    cache::{Cache, Quarantined, Reader},
    config::Here,
    error::{CacheError, OutboxError},
    http::{Account, ServerUrl},
    outbox::{Item, Numbers, Outbox},
    overlay::Overlay,
    profile::{Card, Lock, ProfileError, Profiles},
    run::REVIEW_DESK,
    screens::Scene,
    seal::{FileKey, aside, bring, keep::Opened},
};

/// The open profile.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) server: ServerUrl,
    card: RwLock<Card>,
    path: PathBuf,
    key: FileKey,
    /// Whether the key is gone when the console is closed.
    pub(crate) for_session: bool,
    /// Stands before the copy, so that readers close before the writer: only who may write brings
    /// the log of the database into the file when it closes last.
    readers: Arc<Mutex<Readers>>,
    /// None only while a damaged file is being replaced.
    cache: Arc<Mutex<Option<Cache>>>,
    outbox: Arc<Mutex<Outbox>>,
    quarantined: Option<Quarantined>,
    /// What to say of files that were put aside or taken back.
    pub(crate) told: Option<String>,
    /// The station that it is at.
    here: Here,
}

impl Desk {
    /// Opens the profile of `card` and takes it for this process. Blocks.
    ///
    /// # Errors
    ///
    /// [`ProfileError`] with a sentence to show. A damaged copy is none: it is put aside and filled
    /// again. A damaged outbox is: it exists nowhere else. Files in the clear are sealed first.
    pub(crate) fn open(
        profiles: &Profiles,
        (server, card): (ServerUrl, Card),
        opened: Opened,
        (here, now): (Here, Timestamp),
    ) -> Result<(Self, Lock), ProfileError> {
        let lock = profiles.take(&server, &card.account)?;
        let dir = profiles.dir(&server, &card.account);
        let Opened {
            key,
            for_session,
            aside,
        } = opened;
        seal_all(&dir, &key)?;
        let numbers = Numbers::open(&profiles.numbers())?;
        let mut outbox = Outbox::open(&dir.join("outbox.db"), &key)?.sharing(numbers);
        let told = aside
            .map(|aside| words::put_aside(&aside))
            .or_else(|| take_back(&dir, &key, &mut outbox));
        let path = dir.join("cache.db");
        let (cache, quarantined) = Cache::open_or_rebuild(&path, &key, now)?;
        profiles.write(&server, &card)?;
        let desk = Self {
            server,
            card: RwLock::new(card),
            path,
            key,
            for_session,
            told,
            readers: Arc::default(),
            cache: Arc::new(Mutex::new(Some(cache))),
            outbox: Arc::new(Mutex::new(outbox)),
            quarantined,
            here,
        };
        Ok((desk, lock))
    }

    /// Whether this is the profile of `account` on `server`.
    pub(crate) fn is_of(&self, server: &ServerUrl, account: &Account) -> bool {
        let card = self.card();
        self.server == *server
            && card.account.user == account.user
            && card.account.institution == account.institution
    }

    /// What is written down about the profile.
    pub(crate) fn card(&self) -> Card {
        self.card
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Who looks at the screens, and why they can enter nothing there, if so.
    pub(crate) fn sight(&self) -> (Actor, Option<&'static str>) {
        let (actor, closed) = self.card().sight();
        (actor, closed.or(self.here.reviews().then_some(REVIEW_DESK)))
    }

    /// Puts another card in its place. It is not written by this.
    pub(crate) fn set_card(&self, card: Card) {
        *self.card.write().unwrap_or_else(PoisonError::into_inner) = card;
    }

    /// Changes the card. It is not written by this.
    pub(crate) fn change_card(&self, change: impl FnOnce(&mut Card)) {
        change(&mut self.card.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// The key of its files.
    pub(crate) fn key(&self) -> &FileKey {
        &self.key
    }

    /// Why a new copy was begun, if the old one was damaged.
    pub(crate) fn damage(&self) -> Option<&Quarantined> {
        self.quarantined.as_ref()
    }

    /// Writes to the copy, on a thread that may wait.
    async fn writing<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Cache) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CacheError> {
        let cache = Arc::clone(&self.cache);
        off_thread(move || match &mut *locked(&cache) {
            Some(cache) => write(cache),
            None => Err(CacheError::Disk(crate::error::DiskError::Damaged)),
        })
        .await
    }

    /// Reads the copy beside the writer, on a thread that may wait.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when it cannot be read.
    pub(crate) async fn reading<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reader) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CacheError> {
        let (cache, readers) = (Arc::clone(&self.cache), Arc::clone(&self.readers));
        off_thread(move || {
            let (file, idle) = locked(&readers).take();
            let reader = idle.map_or_else(|| reader_of(&cache), Ok);
            let answer = reader.and_then(|mut reader| Ok((read(&mut reader)?, reader)));
            let mut readers = locked(&readers);
            match answer {
                Ok((answer, reader)) => {
                    readers.give_back(file, reader);
                    Ok(answer)
                }
                Err(error) => {
                    readers.came_upon(file, &error);
                    Err(error)
                }
            }
        })
        .await
    }

    /// Makes a screen from the copy with the outbox laid over it, on a thread that may wait.
    ///
    /// # Errors
    ///
    /// [`CacheError`] when the copy cannot be read.
    pub(crate) async fn show<T: Send + 'static>(
        &self,
        now: Timestamp,
        show: impl FnOnce(&mut Reader, Scene<'_>, &[Item]) -> Result<T, CacheError> + Send + 'static,
    ) -> Result<T, CacheError> {
        let items = self.posting(|outbox| outbox.items()).await;
        let items = items.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read");
            Vec::new()
        });
        let (actor, closed) = self.sight();
        self.reading(move |reader| {
            let records = reader.records();
            let overlay = Overlay::new(&records, &items, &actor);
            let scene = Scene {
                overlay: &overlay,
                actor: &actor,
                now,
                closed,
            };
            show(reader, scene, &items)
        })
        .await
    }

    /// Works on the outbox, on a thread that may wait.
    async fn posting<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Outbox) -> T + Send + 'static,
    ) -> T {
        let outbox = Arc::clone(&self.outbox);
        off_thread(move || work(&mut locked(&outbox))).await
    }
}

/// Seals what is in the clear. An outbox that cannot be sealed is not opened; a copy that cannot be
/// is not kept, for it comes again from the server.
fn seal_all(dir: &Path, key: &FileKey) -> Result<(), ProfileError> {
    bring::seal(&dir.join("outbox.db"), key).map_err(OutboxError::Disk)?;
    let path = dir.join("cache.db");
    let was_clear = bring::is_clear(&path);
    if let Err(error) = bring::seal(&path, key) {
        tracing::error!(%error, "the copy could not be sealed and is fetched again");
        for name in ["cache.db", "cache.db-wal", "cache.db-shm"] {
            drop(std::fs::remove_file(dir.join(name)));
        }
    }
    if was_clear {
        // Copies of the time before, in the clear and of no use.
        drop(std::fs::remove_dir_all(dir.join("quarantine")));
    }
    Ok(())
}

/// What came back that lay under this key; a sentence, when something did.
fn take_back(dir: &Path, key: &FileKey, outbox: &mut Outbox) -> Option<String> {
    match aside::take_back(dir, key, outbox) {
        Ok(0) => None,
        Ok(n) => Some(words::taken_back(n)),
        Err(error) => {
            tracing::error!(%error, "what was put aside could not be taken back");
            None
        }
    }
}

fn reader_of(cache: &Mutex<Option<Cache>>) -> Result<Reader, CacheError> {
    match &*locked(cache) {
        Some(cache) => cache.reader(),
        None => Err(CacheError::Disk(crate::error::DiskError::Damaged)),
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs on a thread that may wait. A panic there goes on here.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that is being shut down cancels such work.
            Err(_cancelled) => std::future::pending().await,
        },
    }
}
