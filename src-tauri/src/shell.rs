//! What the shell holds while the window is open: the client, the desktop, the hosted server.

use std::path::PathBuf;
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
    console: Result<Console, String>,
    companion: Mutex<Option<Companion>>,
    /// Where the station keeps everything.
    pub(crate) folder: PathBuf,
}

impl Shell {
    /// Holds the client, or the sentence that says why it could not be opened.
    pub(crate) fn new(
        console: Result<Console, String>,
        companion: Option<Companion>,
        folder: PathBuf,
    ) -> Self {
        Self {
            console,
            companion: Mutex::new(companion),
            folder,
        }
    }

    /// Hands one call of the user interface to the client.
    ///
    /// # Errors
    /// What the client answers; when it could not be opened, why.
    pub(crate) async fn call(&self, name: &str, arguments: Value) -> Result<Value, HostError> {
        match &self.console {
            Ok(console) => console.call(name, arguments).await,
            Err(reason) => Err(HostError {
                code: "closed".to_owned(),
                message: reason.clone(),
            }),
        }
    }

    /// Ends the client, then the hosted server that it may have used.
    pub(crate) async fn close(&self) {
        let close = async {
            if let Ok(console) = &self.console {
                console.clone().shutdown().await;
            }
            self.dismiss().await;
        };
        if tokio::time::timeout(CLOSING, close).await.is_err() {
            tracing::warn!("closing took too long and was given up");
        }
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
