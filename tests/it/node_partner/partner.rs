//! The official Node server as a child process, and connections of ours to it.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_client::{
    http::ServerUrl,
    socket::{Dial, DialError, Ended, Incoming, Listener, Speaker, open},
    tasks::{Dead, Tasks},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    sync::mpsc::UnboundedReceiver,
};

/// Longer than anything here takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A running partner. It ends with this value.
#[derive(Debug)]
pub(crate) struct Partner {
    child: Child,
    pub(crate) server: ServerUrl,
    pub(crate) tasks: Tasks,
    deaths: UnboundedReceiver<Dead>,
}

impl Partner {
    /// The partner with the npm server's defaults.
    pub(crate) async fn start() -> Result<Self> {
        Self::start_with(json!({})).await
    }

    /// The partner with options of the npm server.
    pub(crate) async fn start_with(options: Value) -> Result<Self> {
        let js = Path::new(env!("CARGO_MANIFEST_DIR")).join("js");
        ensure!(
            js.join("node_modules").join("socket.io").is_dir(),
            "The official Socket.IO server is not installed: run `npm ci` in tests/js, or let \
             `cargo xtask test` do it."
        );
        let mut child = Command::new("node")
            .arg(js.join("partner.mjs"))
            .arg(options.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("Node is not installed")?;
        let stdout = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(stdout).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await;
        let port = line
            .context("the partner does not start")??
            .context("the partner ended")?;
        let server = ServerUrl::parse(&format!("http://127.0.0.1:{port}"))?;
        let (tasks, deaths) = Tasks::new();
        Ok(Self {
            child,
            server,
            tasks,
            deaths,
        })
    }

    /// To this partner, with a token; it may be silent as long as it says.
    pub(crate) fn dial(&self, token: &str) -> Dial {
        Dial::new(self.server.clone(), json!({ "token": token })).with_silence_of_the_server()
    }

    /// A connection.
    pub(crate) async fn connect(&self) -> Result<Station, DialError> {
        self.connect_as(&self.dial("hall-7")).await
    }

    /// A connection that is made in this way.
    pub(crate) async fn connect_as(&self, dial: &Dial) -> Result<Station, DialError> {
        let (speaker, listener) = open(dial, &self.tasks).await?;
        Ok(Station { speaker, listener })
    }

    /// Kills the partner like a power cut of its machine's process.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        self.child
            .kill()
            .await
            .context("the partner cannot be killed")
    }

    /// No task of ours has died.
    pub(crate) fn all_well(&mut self) -> Result<()> {
        let dead = self.deaths.try_recv();
        ensure!(dead.is_err(), "a task died: {dead:?}");
        Ok(())
    }
}

/// Both ends of one connection.
#[derive(Debug)]
pub(crate) struct Station {
    pub(crate) speaker: Speaker,
    pub(crate) listener: Listener,
}

impl Station {
    /// Says something with one argument.
    pub(crate) fn say(&self, name: &str, arg: Value) -> Result<()> {
        Ok(self.speaker.emit(name, vec![arg])?)
    }

    /// The next thing that is heard.
    pub(crate) async fn next(&mut self) -> Result<Incoming> {
        let next = tokio::time::timeout(PATIENCE, self.listener.next()).await;
        Ok(next.context("nothing was heard")??)
    }

    /// The next thing that is heard, which must have this name; its first argument.
    pub(crate) async fn hear(&mut self, name: &str) -> Result<Value> {
        let heard = self.next().await?;
        ensure!(heard.name == name, "heard {heard:?} instead of {name:?}");
        Ok(heard.args.into_iter().next().unwrap_or_default())
    }

    /// Waits for the end, whatever is heard before.
    pub(crate) async fn ended(&mut self) -> Result<Ended> {
        let ended = tokio::time::timeout(PATIENCE, self.drain()).await;
        ended.context("the connection does not end")
    }

    async fn drain(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.listener.next().await {
                return ended;
            }
        }
    }

    /// Asks, and waits for the first argument of the answer.
    pub(crate) async fn ask(&self, name: &str, args: Vec<Value>) -> Result<Value> {
        let answer = self.speaker.call(name, args, PATIENCE).await?;
        Ok(answer.into_iter().next().unwrap_or_default())
    }
}
