//! The two servers, each as a process of its own: how it is entered and made to tell something.

use std::{path::Path, process::Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};
use tokio_tungstenite::Connector;
use uuid::Uuid;

use super::{PATIENCE, tls::Certificate};
use crate::{
    process::ServerProcess,
    rest::{OFFICER, REGISTRAR, Rest},
};

/// Stands in every event's text before its number.
pub(super) const MARK: &str = "event no. ";
/// The sittings of the demo institution that events can be about.
const MOST_ROOMS: usize = 4;

/// A server that can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// `elms-server`: every event is a command that is decided, logged with a flush of the disk,
    /// chained and remembered before anybody hears of it.
    Ours,
    /// The npm package `socket.io` with the guide's logic: nothing is kept.
    Node,
}

/// A running server.
#[derive(Debug)]
pub(super) struct Peer {
    url: String,
    /// Access tokens of people who hear the whole institution.
    tokens: Vec<String>,
    /// What it shows, when it encrypts.
    certificate: Option<Certificate>,
    process: Process,
}

#[derive(Debug)]
enum Process {
    Ours(Box<ServerProcess>, TempDir),
    Node(Child),
}

impl Peer {
    /// Starts one, with a certificate when it is to encrypt.
    pub(super) async fn start(which: Which, encrypted: bool) -> Result<Self> {
        let certificate = encrypted.then(Certificate::make).transpose()?;
        match which {
            Which::Ours => Self::ours(certificate).await,
            Which::Node => Self::node(certificate).await,
        }
    }

    async fn ours(certificate: Option<Certificate>) -> Result<Self> {
        let data = TempDir::new()?;
        let told = certificate.iter().flat_map(Certificate::variables);
        let server = ServerProcess::start_told(data.path(), told).await?;
        let http = certificate.as_ref().map(Certificate::http).transpose()?;
        let http = http.unwrap_or_default();
        let url = named(&server.url, certificate.is_some());
        let mut tokens = Vec::new();
        for person in [OFFICER, REGISTRAR] {
            let person = Rest::sign_in_over(http.clone(), &url, person).await?;
            tokens.push(person.token);
        }
        let process = Process::Ours(Box::new(server), data);
        Ok(Self {
            url,
            tokens,
            certificate,
            process,
        })
    }

    async fn node(certificate: Option<Certificate>) -> Result<Self> {
        let js = Path::new(env!("CARGO_MANIFEST_DIR")).join("js");
        ensure!(
            js.join("node_modules").join("socket.io").is_dir(),
            "The official Socket.IO server is not installed: run `npm ci` in tests/js, or let \
             `cargo xtask bench` do it."
        );
        let mut child = Command::new("node")
            .arg(js.join("bench_server.mjs"))
            .envs(certificate.iter().flat_map(Certificate::variables))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("Node is not installed")?;
        let mut lines = BufReader::new(child.stdout.take().context("no stdout")?).lines();
        let line = timeout(PATIENCE, lines.next_line()).await??;
        let said: Value = serde_json::from_str(&line.context("the Node server ended")?)?;
        let texts = |value: &Value| value.as_str().map(str::to_owned);
        let tokens = said.get("tokens").and_then(Value::as_array);
        let url = said.get("url").and_then(texts).context("no address")?;
        Ok(Self {
            url: named(&url, certificate.is_some()),
            tokens: tokens
                .context("no tokens")?
                .iter()
                .filter_map(texts)
                .collect(),
            certificate,
            process: Process::Node(child),
        })
    }

    pub(super) fn pid(&self) -> Result<u32> {
        let pid = match &self.process {
            Process::Ours(server, _) => server.pid(),
            Process::Node(child) => child.id(),
        };
        pid.context("the server is gone")
    }

    pub(super) fn socket_url(&self) -> String {
        let url = self.url.replacen("http", "ws", 1);
        format!("{url}/socket.io/?EIO=4&transport=websocket")
    }

    /// How a socket is opened; none where nothing is encrypted.
    pub(super) fn connector(&self) -> Option<Connector> {
        self.certificate.as_ref().map(Certificate::connector)
    }

    /// What the subscriber of this number says first.
    pub(super) fn hello(&self, number: usize) -> String {
        let token = self.tokens.iter().cycle().nth(number % 2);
        format!("40{}", json!({ "token": token }))
    }

    pub(super) async fn stop(self) -> Result<()> {
        match self.process {
            Process::Ours(server, _data) => server.stop().await,
            Process::Node(mut child) => {
                drop(child.stdin.take());
                ensure!(
                    timeout(PATIENCE, child.wait()).await??.success(),
                    "it failed"
                );
                Ok(())
            }
        }
    }
}

/// The address by the name that stands in the certificate.
fn named(url: &str, is_encrypted: bool) -> String {
    let bare = url.split('#').next().unwrap_or_default();
    if is_encrypted {
        bare.replacen("127.0.0.1", "localhost", 1)
    } else {
        bare.to_owned()
    }
}

/// The rooms of the first sittings.
pub(super) fn rooms(n_rooms: usize) -> Result<Vec<String>> {
    ensure!(
        n_rooms <= MOST_ROOMS,
        "there are rooms for {MOST_ROOMS} sittings"
    );
    Ok((1..=n_rooms)
        .map(|sitting| format!("exam-entry:{sitting}"))
        .collect())
}

/// The frame that makes event `number` happen: a line of the hall log.
pub(super) fn command(number: usize, n_rooms: usize) -> String {
    let sitting = number
        .checked_rem(n_rooms)
        .unwrap_or_default()
        .saturating_add(1);
    let at = "2026-12-07T10:00:00.000Z";
    let text = format!("{MARK}{number}. Water was brought to the candidates of row C.");
    let input = json!({ "sittingId": sitting, "action": "NOTE", "text": text });
    let command = json!({
        "commandId": Uuid::now_v7(), "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0,
        "command": "logHall", "input": input,
    });
    format!("42{number}{}", json!(["command", command]))
}
