//! A certificate for both servers, that the subscribers trust and nobody else does.

use std::{path::PathBuf, process::Command, sync::Arc};

use anyhow::{Context as _, Result, ensure};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use tempfile::TempDir;
use tokio_tungstenite::Connector;

/// A key of the kind that `elms-server` makes for itself, with a certificate for this computer.
#[derive(Debug)]
pub(super) struct Certificate {
    dir: TempDir,
    trusting: Arc<ClientConfig>,
}

impl Certificate {
    /// Has `openssl` make both.
    pub(super) fn make() -> Result<Self> {
        let dir = TempDir::new()?;
        let made = Command::new("openssl")
            .current_dir(dir.path())
            .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(' '))
            .args("-subj /CN=localhost -addext subjectAltName=DNS:localhost".split(' '))
            .args("-addext basicConstraints=critical,CA:FALSE".split(' '))
            .args(["-keyout", KEY, "-out", CERTIFICATE])
            .output()
            .context("`openssl` is not installed")?;
        let said = String::from_utf8_lossy(&made.stderr);
        ensure!(
            made.status.success(),
            "openssl makes no certificate: {said}"
        );
        let mut trusted = RootCertStore::empty();
        trusted.add(CertificateDer::from_pem_file(dir.path().join(CERTIFICATE))?)?;
        let provider = Arc::new(ring::default_provider());
        let trusting = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        let trusting = Arc::new(trusting);
        Ok(Self { dir, trusting })
    }

    /// What servers are told, whichever they are.
    pub(super) fn variables(&self) -> [(&'static str, PathBuf); 2] {
        [
            ("ELMS_CERTIFICATE", self.dir.path().join(CERTIFICATE)),
            ("ELMS_CERTIFICATE_KEY", self.dir.path().join(KEY)),
        ]
    }

    /// How a socket is opened. No session is taken up again: each hand-shake is a whole one.
    pub(super) fn connector(&self) -> Connector {
        let mut config = ClientConfig::clone(&self.trusting);
        config.resumption = rustls::client::Resumption::disabled();
        Connector::Rustls(Arc::new(config))
    }

    /// How requests are made.
    pub(super) fn http(&self) -> Result<reqwest::Client> {
        let config = ClientConfig::clone(&self.trusting);
        Ok(reqwest::Client::builder()
            .use_preconfigured_tls(config)
            .build()?)
    }
}

const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";
