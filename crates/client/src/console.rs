//! The handle of the console: what the shell and the tests hold.

use std::sync::{Arc, Mutex, PoisonError};

use elms_protocol::{
    Timestamp,
    host::{Batched, HostError, Status, Works},
};
use serde_json::Value;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::{
    config::{Config, DesktopWorks, Here, Station},
    desk::Desk,
    http::{Http, ServerUrl},
    notices::Notice,
    profile::{Lock, ProfileError, Profiles},
    run::{Ask, Ends, Owner, sentence},
    seal::keep::{KeyTrouble, Wish},
    shared::{Outside, Shared},
    tasks::Tasks,
    tongue::Tongue,
    vault::Vault,
};

/// The console could not be opened; the text is for the person in front of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The data directory or the profile in it.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The certificates of this computer cannot be read.
    #[error("Secure connections cannot be set up: {0}.")]
    Tls(#[from] reqwest::Error),
}

/// A console: one person's work at one station. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Console {
    pub(crate) shared: Arc<Shared>,
    pub(crate) asks: mpsc::Sender<Ask>,
    board: broadcast::Sender<Batched>,
    notices: Arc<Mutex<Option<mpsc::Receiver<Notice>>>>,
    tasks: Tasks,
}

impl Console {
    /// Opens the console on its data directory. Whoever wanted to stay signed in is: their copy
    /// can be read at once, and the server is looked for in the background.
    ///
    /// Must be called within a Tokio runtime.
    ///
    /// # Errors
    ///
    /// [`OpenError`] when the data directory cannot be used or another console uses it.
    pub fn open(
        config: Config,
        vault: Arc<dyn Vault>,
        works: DesktopWorks,
    ) -> Result<Self, OpenError> {
        Self::open_in(Outside::default(), config, vault, works)
    }

    /// As [`Self::open`], in a world of one's own: for tests.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_in(
        outside: Outside,
        config: Config,
        vault: Arc<dyn Vault>,
        works: DesktopWorks,
    ) -> Result<Self, OpenError> {
        let profiles = Profiles::open(&config.data_dir)?;
        let here = Here::new(config.station.clone());
        let http = Http::new(here.clone())?;
        let kept = kept(&profiles, &*vault, (here.clone(), (outside.wall)()))?;
        let (kept, locked) = kept;
        let shared = Arc::new(Shared::new(config, outside, profiles, vault, (here, http)));
        shared.set_works(|known| *known = works);
        if let Some((desk, _)) = &kept {
            shared.open_desk(Arc::clone(desk));
        }
        let (tasks, deaths) = Tasks::new();
        let (owner, ends) = Owner::new(Arc::clone(&shared), tasks.clone(), deaths);
        tasks.lasting("owner", owner.run(kept, locked));
        let Ends {
            asks,
            board,
            notices,
        } = ends;
        Ok(Self {
            shared,
            asks,
            board,
            notices: Arc::new(Mutex::new(Some(notices))),
            tasks,
        })
    }

    /// What the user interface is told, from now on: at most ten times a second. A listener that
    /// is too slow misses some, and asks for what it shows.
    pub fn watch(&self) -> broadcast::Receiver<Batched> {
        self.board.subscribe()
    }

    /// What the desktop shall show. There is one listener: the second caller gets a receiver that
    /// is closed.
    pub fn notices(&self) -> mpsc::Receiver<Notice> {
        let held = self
            .notices
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        held.unwrap_or_else(|| mpsc::channel(1).1)
    }

    /// The shell has found out whether desktop messages reach the person.
    pub fn set_notifications_work(&self, works: Works) {
        self.shared.set_works(|known| known.notifications = works);
        self.touch();
    }

    /// The shell has found out whether secrets can be kept.
    pub fn set_keystore_works(&self, works: Works) {
        self.shared.set_works(|known| known.keystore = works);
        self.touch();
    }

    /// Whether the person wants to see this notice now, as they chose.
    pub fn lets_through(&self, notice: &Notice) -> bool {
        let now = self.shared.now().wall;
        self.shared.reaches().shows(notice.about, now)
    }

    /// The station was described anew; the shell has kept it for the next start.
    pub fn set_station(&self, station: Station) {
        self.shared.set_station(station);
        self.touch();
    }

    /// The language of what is said outside of the window.
    pub fn tongue(&self) -> Tongue {
        self.shared.tongue()
    }

    fn touch(&self) {
        // A full queue tells of changes anyway.
        drop(self.asks.try_send(Ask::Changed(Vec::new())));
    }

    /// The frame of the window, as it is now.
    ///
    /// # Errors
    ///
    /// [`HostError`] when the console is closed.
    pub async fn status(&self) -> Result<Status, HostError> {
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::Status(reply)).await?;
        answer.await.map_err(|_gone| closed())
    }

    /// Answers one call of the user interface; see [`crate::calls`] for their arguments and
    /// answers.
    ///
    /// # Errors
    ///
    /// [`HostError`] with a sentence to show.
    pub async fn call(&self, name: &str, args: Value) -> Result<Value, HostError> {
        crate::calls::answer(self, name, args).await
    }

    /// Ends everything in order; what is durable stays so.
    pub async fn shutdown(self) {
        self.tasks.end().await;
    }

    pub(crate) async fn ask(&self, ask: Ask) -> Result<(), HostError> {
        self.asks.send(ask).await.map_err(|_gone| closed())
    }

    /// Asks something that has an answer.
    pub(crate) async fn ask_for<T>(
        &self,
        ask: impl FnOnce(oneshot::Sender<Result<T, HostError>>) -> Ask,
    ) -> Result<T, HostError> {
        let (reply, answer) = oneshot::channel();
        self.ask(ask(reply)).await?;
        answer.await.map_err(|_gone| closed())?
    }

    /// The open profile.
    ///
    /// # Errors
    ///
    /// [`HostError`] when nobody is signed in.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, HostError> {
        let nobody = || sentence("signed_out", "Nobody is signed in at this station.");
        self.shared.desk().ok_or_else(nobody)
    }
}

fn closed() -> HostError {
    sentence("closed", "The console is being closed.")
}

/// An open profile, or why it stays locked; neither, when nobody wanted to stay signed in.
type Kept = (Option<(Arc<Desk>, Lock)>, Option<String>);

/// The profile of whoever wanted to stay signed in.
fn kept(
    profiles: &Profiles,
    vault: &dyn Vault,
    here_now: (Here, Timestamp),
) -> Result<Kept, ProfileError> {
    let Some(card) = profiles.last().filter(|card| card.keep) else {
        return Ok((None, None));
    };
    let Ok(server) = ServerUrl::parse(&card.server) else {
        return Ok((None, None));
    };
    let ask = || profiles.key(&server, &card.account, vault, (&Wish::Usual, false));
    let key = match ask() {
        Ok(key) => Ok(key),
        // After the start of a computer the key store may still be busy with itself.
        Err(KeyTrouble::Store(_)) => ask(),
        Err(trouble) => Err(trouble),
    };
    let key = match key {
        Ok(key) => key,
        Err(trouble) => return Ok((None, Some(trouble.to_string()))),
    };
    let (desk, lock) = Desk::open(profiles, (server, card), key, here_now)?;
    Ok((Some((Arc::new(desk), lock)), None))
}
