//! The companion server: takes commands by one door, keeps the log, shows it to whom it concerns.
//!
//! # Layout
//!
//! * [`door`], [`store`]: the one writer, the log and the records it folds to.
//! * `shelf`: files of evidence, byte for byte.
//! * `alarm`: what falls due by the clock.
//! * `socket`, `engine`: connections; each reads the log from its own cursor.
//! * [`auth`], [`accounts`]: who may sign in; `enrolling`: what the log hears of stations.
//! * `tls`: the certificate, and the stream beneath a connection.
//! * `http`: REST for lists, commands and old clients.
//! * [`import`], [`export`]: reference records from files, reports to files.
//! * [`ledger`], `notary`: the log as evidence, signed and audited.
//! * [`demo`], [`clock`]: the demo day and its time.
//! * [`config`], [`telemetry`], [`serve`]: how it is set up, watched and run.

pub mod accounts;
mod alarm;
pub mod auth;
mod bell;
pub mod clock;
pub mod config;
pub mod demo;
pub mod door;
mod engine;
mod enrolling;
pub mod export;
mod http;
pub mod import;
mod keys;
pub mod ledger;
mod limits;
mod notary;
mod presence;
pub mod recovery;
mod serving;
mod shelf;
mod snapshot;
mod socket;
pub mod store;
pub mod telemetry;
mod tls;
mod typing;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

pub use presence::Presence;
pub use serving::{ServeError, bind, open, serve};
pub use tls::{TlsError, pin};

/// What every part of a running server shares.
#[derive(Debug, Clone)]
pub struct App {
    /// The settings.
    pub config: Arc<config::Config>,
    /// The clock of the records.
    pub clock: clock::Clock,
    /// The log and the records, to read.
    pub store: store::Store,
    /// The one way to change them.
    pub door: door::Door,
    /// Sign-ins.
    pub auth: auth::Auth,
    /// Which stations are heard.
    pub presence: Presence,
    /// Who writes to a case just now.
    pub(crate) typing: typing::Typing,
    /// Ends everything when cancelled.
    pub stop: CancellationToken,
    /// Files of evidence.
    pub(crate) shelf: shelf::Shelf,
    /// What connections are encrypted with; none when they are not, or not by this server.
    pub(crate) tls: Option<Arc<tls::Certificate>>,
    /// Connections by long polling.
    pub(crate) pollers: engine::Pollers,
}

impl App {
    /// The address of this server when it listens at `at`. When its certificate is its own, the
    /// name of the key belongs to it: without that no station trusts it.
    pub fn address(&self, at: std::net::SocketAddr) -> String {
        match &self.tls {
            None => format!("http://{at}"),
            Some(certificate) if certificate.is_own() => match certificate.pin() {
                Some(pin) => format!("https://{at}#{pin}"),
                None => format!("https://{at}"),
            },
            Some(_) => format!("https://{at}"),
        }
    }

    /// Erases the words of events and the files of cases, for good. See [`door::Door::erase`].
    ///
    /// # Errors
    ///
    /// [`ServeError`] when it may not be, then nothing was erased; or when files could not be
    /// removed, then the words are gone and the log says so.
    pub async fn erase(
        &self,
        institution: elms_protocol::InstitutionId,
        erasure: door::Erasure,
        by: &str,
    ) -> anyhow::Result<()> {
        let cases = erasure.cases.clone();
        self.door.erase(institution, erasure, by).await?;
        for case in cases {
            self.shelf.clear(institution, case)?;
        }
        Ok(())
    }
}
