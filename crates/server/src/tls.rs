//! TLS: the certificate that this server shows, and how a connection gets it.
//!
//! A server that was given no certificate makes itself a key at its first start, and a certificate
//! for it at every start: stations know the key (see [`elms_protocol::pin`]), and nobody else is
//! meant to trust it. One that was given files looks at them again every few seconds.

mod own;
mod stream;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use elms_protocol::pin::Pin;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
    version::{TLS12, TLS13},
};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

pub(crate) use stream::Stream;

use crate::{
    config::{Config, Tls},
    limits::PATIENCE,
};

/// How often it is looked whether somebody has renewed the certificate.
const LOOK: Duration = Duration::from_secs(5);
/// The one thing that is spoken inside.
const HTTP: &[u8] = b"http/1.1";

/// The certificate cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, String),
    /// The key of this server cannot be kept.
    #[error("{0} cannot be written: {1}")]
    Unwritable(PathBuf, io::Error),
    /// Certificate and key do not go together, or are of a kind that is not known.
    #[error("the certificate cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
    /// The key of this server is none, or no certificate can be made for it.
    #[error("no certificate can be made: {0}")]
    Unmade(String),
}

/// What a server shows, and where it comes from.
pub(crate) struct Certificate {
    shown: Arc<Shown>,
    acceptor: TlsAcceptor,
    files: Option<(PathBuf, PathBuf)>,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// The certificate of the moment.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl Shown {
    fn now(&self) -> Arc<CertifiedKey> {
        let shown = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shown)
    }

    fn change(&self, certified: CertifiedKey) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(certified);
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.now())
    }
}

impl Certificate {
    /// The certificate that the settings want; none when this server speaks no TLS itself.
    pub(crate) fn wanted(config: &Config) -> Result<Option<Self>, TlsError> {
        let (certified, files) = match &config.tls {
            Tls::None | Tls::ByProxy => return Ok(None),
            Tls::Own => (own::certificate(&config.data)?, None),
            Tls::Provided { certificate, key } => (
                provided(certificate, key)?,
                Some((certificate.clone(), key.clone())),
            ),
        };
        let shown = Arc::new(Shown(RwLock::new(Arc::new(certified))));
        let mut server = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Shown>::clone(&shown));
        server.alpn_protocols = vec![HTTP.to_vec()];
        Ok(Some(Self {
            shown,
            acceptor: TlsAcceptor::from(Arc::new(server)),
            files,
        }))
    }

    /// Whether nobody else vouches for it.
    pub(crate) fn is_own(&self) -> bool {
        self.files.is_none()
    }

    /// The name of the key.
    pub(crate) fn pin(&self) -> Option<Pin> {
        let certified = self.shown.now();
        let public = certified.key.public_key()?;
        Some(Pin::of(public.as_ref()))
    }

    /// Takes files that somebody has renewed, until `stop`. Half a renewal is none: what was shown
    /// is shown until certificate and key go together.
    pub(crate) async fn look_for_renewed(self: Arc<Self>, stop: CancellationToken) {
        let Some(files) = &self.files else { return };
        let mut seen = changed_at(files);
        let mut every = tokio::time::interval(LOOK);
        while stop.run_until_cancelled(every.tick()).await.is_some() {
            let now = changed_at(files);
            if now == seen {
                continue;
            }
            match provided(&files.0, &files.1) {
                Ok(certified) => {
                    self.shown.change(certified);
                    tracing::info!("the renewed certificate is shown from now on");
                    seen = now;
                }
                Err(error) => tracing::warn!(%error, "the renewed certificate is not shown"),
            }
        }
    }
}

/// By what a station can know the server with these settings; none when it speaks no TLS itself.
/// A key of its own is made where it is missing.
///
/// # Errors
///
/// [`TlsError`] when there is no certificate to speak of.
pub fn pin(config: &Config) -> Result<Option<Pin>, TlsError> {
    let certificate = Certificate::wanted(config)?;
    Ok(certificate.and_then(|certificate| certificate.pin()))
}

/// A stream that can be spoken over: bare, or with TLS. None when the other side is not done with
/// its part of the hand-shake in time, or speaks something else.
pub(crate) async fn spoken(certificate: Option<&Certificate>, tcp: TcpStream) -> Option<Stream> {
    let Some(certificate) = certificate else {
        return Some(Stream::bare(tcp));
    };
    match tokio::time::timeout(PATIENCE, certificate.acceptor.accept(tcp)).await {
        Ok(Ok(tls)) => Some(Stream::encrypted(tls)),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a connection did not become an encrypted one");
            None
        }
        Err(_late) => {
            tracing::debug!("a connection did not become an encrypted one in time");
            None
        }
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// What somebody has put there: a chain that begins with the server's own certificate, and its key.
fn provided(certificate: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let unreadable = |path: &Path, error: rustls::pki_types::pem::Error| {
        TlsError::Unreadable(path.to_owned(), error.to_string())
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(certificate, error))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, error))?;
    Ok(CertifiedKey::from_der(chain, key, &provider())?)
}

/// When the files were last changed, and how long they are.
fn changed_at((certificate, key): &(PathBuf, PathBuf)) -> [Option<(SystemTime, u64)>; 2] {
    [certificate, key].map(|path| {
        let about = fs::metadata(path).ok()?;
        Some((about.modified().ok()?, about.len()))
    })
}
