//! A station as a child process, to be asked and killed.

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

use crate::{
    process::{DEMO_PASSWORD, binary},
    until,
};

/// A running station.
#[derive(Debug)]
pub struct StationProcess {
    child: Child,
    stdin: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl StationProcess {
    /// Starts a station on its data directory.
    ///
    /// # Errors
    ///
    /// When the binary is not built or does not start.
    pub fn start(data: &Path, code: &str) -> Result<Self> {
        Self::with_clock(data, code, 0)
    }

    /// Starts a station whose clock is `ahead_ms` ahead of this computer's.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub fn with_clock(data: &Path, code: &str, ahead_ms: i64) -> Result<Self> {
        let mut child = Command::new(binary("station")?)
            .arg(data)
            .arg(code)
            .arg(ahead_ms.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdin = child.stdin.take().context("no stdin")?;
        let stdout = child.stdout.take().context("no stdout")?;
        Ok(Self {
            child,
            stdin,
            answers: BufReader::new(stdout).lines(),
        })
    }

    /// Makes a call and waits for nothing: for a station that is killed meanwhile.
    ///
    /// # Errors
    ///
    /// When the station is gone already.
    pub async fn shout(&mut self, name: &str, args: Value) -> Result<()> {
        let asked = json!({ "name": name, "args": args });
        let line = format!("{asked}\n");
        Ok(self.stdin.write_all(line.as_bytes()).await?)
    }

    /// Makes a call and waits for its answer.
    ///
    /// # Errors
    ///
    /// The call's own error as text, or that the station is gone.
    pub async fn call(&mut self, name: &str, args: Value) -> Result<Value> {
        let asked = json!({ "name": name, "args": args });
        self.stdin
            .write_all(format!("{asked}\n").as_bytes())
            .await?;
        let line = tokio::time::timeout(Duration::from_mins(1), self.answers.next_line());
        let line = line
            .await
            .context("no answer within 60 s")??
            .context("the station ended")?;
        let mut answer: Value = serde_json::from_str(&line)?;
        match answer.get_mut("ok") {
            Some(ok) => Ok(ok.take()),
            None => bail!("{name}: {answer}"),
        }
    }

    /// Signs a demo account in.
    ///
    /// # Errors
    ///
    /// As [`Self::call`].
    pub async fn sign_in(&mut self, server: &str, email: &str) -> Result<()> {
        self.sign_in_with(server, email, DEMO_PASSWORD).await
    }

    /// Signs somebody in with their own password.
    ///
    /// # Errors
    ///
    /// As [`Self::call`].
    pub async fn sign_in_with(&mut self, server: &str, email: &str, password: &str) -> Result<()> {
        let args = json!({
            "server": server, "email": email, "password": password, "keep": true,
        });
        self.call("sign_in", args).await.map(drop)
    }

    /// Waits until the line is live and, when `seq` is given, everything up to it is here.
    ///
    /// # Errors
    ///
    /// When that does not come about within a minute; says how things stand.
    pub async fn live(&mut self, seq: i64) -> Result<()> {
        let deadline = tokio::time::Instant::now() + Duration::from_mins(1);
        loop {
            let status = self.call("status", Value::Null).await?;
            let state = status.pointer("/link/state").and_then(Value::as_str);
            let waits = |name: &str| status.pointer(name).and_then(Value::as_i64).unwrap_or(1);
            let sent = waits("/outbox/waiting") == 0 && waits("/outbox/sending") == 0;
            let last = status
                .get("lastSeq")
                .and_then(Value::as_i64)
                .unwrap_or_default();
            if state == Some("live") && sent && seq <= last {
                return Ok(());
            }
            ensure!(tokio::time::Instant::now() < deadline, "not live: {status}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the station has noticed that the line is gone.
    ///
    /// # Errors
    ///
    /// When it has not within 20 s.
    pub async fn cut_off(&mut self) -> Result<()> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        loop {
            let status = self.call("status", Value::Null).await?;
            let state = status.pointer("/link/state").and_then(Value::as_str);
            if matches!(state, Some("offline" | "reconnecting")) {
                return Ok(());
            }
            ensure!(tokio::time::Instant::now() < deadline, "still: {status}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Keeps a command; durable when this returns.
    ///
    /// # Errors
    ///
    /// As [`Self::call`], or when the station refuses it.
    pub async fn submit(&mut self, command: Value) -> Result<Value> {
        let submitted = self.call("submit", json!({ "command": command })).await?;
        let rejection = submitted.get("rejection").cloned().unwrap_or_default();
        ensure!(rejection.is_null(), "refused: {rejection}");
        Ok(submitted)
    }

    /// Ends it as a power cut would.
    ///
    /// # Errors
    ///
    /// When the process cannot be killed.
    pub async fn kill(mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }

    /// Lets it end in order.
    ///
    /// # Errors
    ///
    /// When it does not end within 10 s.
    pub async fn stop(self) -> Result<()> {
        let Self {
            mut child, stdin, ..
        } = self;
        drop(stdin);
        until("the station ends", Duration::from_secs(10), async || {
            matches!(child.try_wait(), Ok(Some(_)))
        })
        .await
    }
}
