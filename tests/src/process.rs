//! The real server binary as a child process.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// The password of every demo account in tests.
pub const DEMO_PASSWORD: &str = "hall-test-password";

/// What says how long tests try; a server refuses settings that it does not know.
const OF_TESTS: [&str; 4] = ["ELMS_KILLS", "ELMS_MISSED", "ELMS_FLAPS", "ELMS_FLAP_MS"];

/// A binary of this workspace, beside the test's own.
///
/// # Errors
///
/// When it was not built: `cargo xtask test` builds it first, as does
/// `cargo build -p elms-server`.
pub fn binary(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let dirs = here.ancestors().skip(1).take(3);
    let mut candidates = dirs.map(|dir| {
        dir.join(name)
            .with_extension(std::env::consts::EXE_EXTENSION)
    });
    let found = candidates.find(|path| path.is_file());
    found.with_context(|| format!("{name} is not built; run `cargo build -p {name}` first"))
}

/// `elms-server serve` on `data`, not started yet.
fn serving(data: &Path, port: u16) -> Result<Command> {
    let mut server = Command::new(binary("elms-server")?);
    for name in OF_TESTS {
        server.env_remove(name);
    }
    server
        .arg("serve")
        .arg("--data")
        .arg(data)
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
    Ok(server)
}

/// A running `elms-server`.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    /// Where it listens, like `http://127.0.0.1:40123`; with the name of its key when it has one.
    pub url: String,
}

impl ServerProcess {
    /// Starts `elms-server serve --demo` on `data` and waits for its line. `port` 0 picks one.
    ///
    /// # Errors
    ///
    /// When it does not start, or does not say where it listens within 30 s.
    pub async fn start(data: &Path, port: u16, extra: &[&str]) -> Result<Self> {
        let extra = [&["--demo"], extra].concat();
        Self::serve(data, port, &extra).await
    }

    /// Starts `elms-server serve --demo` on `data` with settings that only a variable or a file
    /// can say.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub async fn start_told(
        data: &Path,
        variables: impl IntoIterator<Item = (&str, PathBuf)>,
    ) -> Result<Self> {
        let mut server = serving(data, 0)?;
        server.arg("--demo").envs(variables);
        Self::listening(server).await
    }

    /// Starts `elms-server serve` on `data`, whatever is in it.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub async fn serve(data: &Path, port: u16, extra: &[&str]) -> Result<Self> {
        let mut server = serving(data, port)?;
        server.args(extra);
        Self::listening(server).await
    }

    /// Starts the exam day of the demo on `data`, so many times as fast as it was, at a time of it.
    ///
    /// # Errors
    ///
    /// As [`Self::start`].
    pub async fn demo_day(data: &Path, speed: &str, from: &str) -> Result<Self> {
        let mut server = Command::new(binary("elms-server")?);
        server
            .args(["demo", "--speed", speed, "--from", from])
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
        Self::listening(server).await
    }

    async fn listening(mut server: Command) -> Result<Self> {
        let mut child = server
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(if std::env::var_os("ELMS_TEST_LOG").is_some() {
                Stdio::inherit()
            } else {
                Stdio::null()
            })
            .kill_on_drop(true)
            .spawn()?;
        let stdout = child.stdout.take().context("no stdout")?;
        let mut lines = BufReader::new(stdout).lines();
        let line = tokio::time::timeout(Duration::from_secs(30), lines.next_line());
        let line = line
            .await
            .context("no line within 30 s")??
            .context("the server ended")?;
        let url = line
            .strip_prefix("listening on ")
            .context("not the promised line")?
            .to_owned();
        Ok(Self { child, url })
    }

    /// The process id.
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// The port it listens on.
    ///
    /// # Errors
    ///
    /// When its address has no port.
    pub fn port(&self) -> Result<u16> {
        // Behind a `#` stands the name of its key.
        let address = self.url.split('#').next().unwrap_or_default();
        let (_, port) = address.rsplit_once(':').context("no port")?;
        Ok(port.parse()?)
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

    /// Asks it to stop and waits.
    ///
    /// # Errors
    ///
    /// When it is not gone within 5 s, or ends with a failure.
    pub async fn stop(mut self) -> Result<()> {
        let pid = self.child.id().context("already gone")?;
        let sent = Command::new("kill")
            .args(["-TERM", &pid.to_string()])
            .status()
            .await?;
        ensure!(sent.success(), "no signal");
        let ended = tokio::time::timeout(Duration::from_secs(5), self.child.wait());
        let status = ended.await.context("still there after 5 s")??;
        ensure!(status.success(), "ended with {status}");
        Ok(())
    }
}
