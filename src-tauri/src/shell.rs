//! What the shell holds while the window is open: the client, the desktop, the hosted server.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use elms_client::Console;
use elms_protocol::host::HostError;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::companion::Companion;

/// How long closing may take; what is durable is durable long before.
const CLOSING: Duration = Duration::from_secs(8);

/// The open console, or why there is none.
#[derive(Debug)]
pub(crate) struct Shell {
    console: RwLock<Result<Console, String>>,
    companion: Mutex<Option<Companion>>,
    /// Where papers are saved.
    pub(crate) papers: PathBuf,
    /// Where the station keeps everything.
    pub(crate) folder: PathBuf,
    /// One try to open at a time.
    pub(crate) trying: Mutex<()>,
}

impl Shell {
    /// Holds the client, or the sentence that says why it could not be opened.
    pub(crate) fn new(
        console: Result<Console, String>,
        companion: Option<Companion>,
        folder: PathBuf,
        papers: PathBuf,
    ) -> Self {
        Self {
            console: RwLock::new(console),
            papers,
            companion: Mutex::new(companion),
            folder,
            trying: Mutex::new(()),
        }
    }

    /// The open client, or why there is none.
    ///
    /// # Errors
    /// The sentence that says why it could not be opened.
    pub(crate) fn console(&self) -> Result<Console, String> {
        let held = self.console.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    /// Holds what another try to open has come to.
    pub(crate) async fn hold(
        &self,
        console: Result<Console, String>,
        companion: Option<Companion>,
    ) {
        *self.console.write().unwrap_or_else(PoisonError::into_inner) = console;
        if companion.is_some() {
            *self.companion.lock().await = companion;
        }
    }

    /// Hands one call of the user interface to the client.
    ///
    /// # Errors
    /// What the client answers; when it could not be opened, why.
    pub(crate) async fn call(&self, name: &str, arguments: Value) -> Result<Value, HostError> {
        match self.console() {
            Ok(console) => console.call(name, arguments).await,
            Err(message) => Err(HostError::new("closed", message)),
        }
    }

    /// Ends the client, then the hosted server that it may have used.
    pub(crate) async fn close(&self) {
        let close = async {
            if let Ok(console) = self.console() {
                console.shutdown().await;
            }
            self.dismiss().await;
        };
        if tokio::time::timeout(CLOSING, close).await.is_err() {
            tracing::warn!("closing took too long and was given up");
        }
    }

    /// The address of the server that runs here, if one does.
    pub(crate) async fn hosted(&self) -> Option<String> {
        let companion = self.companion.lock().await;
        companion.as_ref().map(|one| one.address().to_owned())
    }

    async fn dismiss(&self) {
        let Some(companion) = self.companion.lock().await.take() else {
            return;
        };
        if let Err(error) = companion.stop().await {
            tracing::warn!(%error, "the hosted server");
        }
    }
}
