//! "This station hosts the server": starts the bundled `elms-server`, and stops it cleanly.
//!
//! The server's standard input is a pipe that we hold; it stops when the pipe closes, so it cannot
//! outlive a console that was killed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// How long the server may take to open its data and listen.
const START: Duration = Duration::from_secs(30);

/// How long the server may take to stop.
const STOP: Duration = Duration::from_secs(5);

/// The server makes itself a key that stations know it by.
const OWN_KEY: [&str; 2] = ["--tls", "own"];

/// Why the bundled server does not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompanionError {
    /// The program is not where the bundle lays it, or may not be run.
    #[error("the bundled server {} could not be started", path.display())]
    Start {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It ended, or was silent for too long, before it listened.
    #[error("the bundled server did not begin to listen; its own words are in server.log")]
    Silent,
    /// Its end could not be waited for.
    #[error("the bundled server could not be stopped")]
    Stop(#[source] std::io::Error),
}

/// A server that runs because this station hosts it.
#[derive(Debug)]
pub(crate) struct Companion {
    child: Child,
    address: String,
}

impl Companion {
    /// Starts the server on `listen` (`ADDR:PORT`) with its data in `data`, and waits until it
    /// listens.
    ///
    /// # Errors
    /// [`CompanionError`] when it cannot be started or does not listen within 30 s.
    pub(crate) async fn start(data: &Path, listen: &str) -> Result<Self, CompanionError> {
        Self::start_program(&bundled(), data, listen).await
    }

    async fn start_program(path: &Path, data: &Path, listen: &str) -> Result<Self, CompanionError> {
        let mut child = Command::new(path)
            .args([
                "serve",
                "--listen",
                listen,
                "--until-stdin-closes",
                "--data",
            ])
            .arg(data)
            .args(if is_here(listen) { &[][..] } else { &OWN_KEY })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log(data))
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| CompanionError::Start {
                path: path.to_owned(),
                source,
            })?;
        let stdout = child.stdout.take().ok_or(CompanionError::Silent)?;
        let mut lines = BufReader::new(stdout).lines();
        let address = tokio::time::timeout(START, listening(&mut lines))
            .await
            .ok()
            .flatten()
            .ok_or(CompanionError::Silent)?;
        tauri::async_runtime::spawn(drain(lines));
        Ok(Self { child, address })
    }

    /// Where it listens: `http://ADDR:PORT`, or `https://ADDR:PORT#KEY`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Closes the pipe and waits until the server has stopped; ends it by force after 5 s.
    ///
    /// # Errors
    /// [`CompanionError::Stop`] when even force did not help.
    pub(crate) async fn stop(mut self) -> Result<(), CompanionError> {
        drop(self.child.stdin.take());
        match tokio::time::timeout(STOP, self.child.wait()).await {
            Ok(ended) => ended.map(drop).map_err(CompanionError::Stop),
            Err(_late) => self.child.kill().await.map_err(CompanionError::Stop),
        }
    }
}

/// Whether only this computer reaches it. Everybody else must be spoken to encrypted.
fn is_here(listen: &str) -> bool {
    let address = listen.parse::<std::net::SocketAddr>();
    address.is_ok_and(|address| address.ip().is_loopback())
}

/// Where the bundle and the build lay it: beside this program.
fn bundled() -> PathBuf {
    let name = format!("elms-server{}", std::env::consts::EXE_SUFFIX);
    std::env::current_exe()
        .unwrap_or_default()
        .with_file_name(name)
}

/// The file that takes the server's log, beside its data; our own standard error when it cannot be
/// opened.
fn log(data: &Path) -> Stdio {
    let path = data.with_file_name("server.log");
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path);
    file.map_or_else(|_unopened| Stdio::inherit(), Stdio::from)
}

/// The address in the line `listening on …`; none when the server ended before.
async fn listening(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<String> {
    while let Some(line) = lines.next_line().await.ok()? {
        if let Some(address) = line.strip_prefix("listening on ") {
            return Some(address.trim().to_owned());
        }
    }
    None
}

/// Reads on, so that a talkative server never stands still before a full pipe.
async fn drain(mut lines: Lines<BufReader<ChildStdout>>) {
    while let Ok(Some(_)) = lines.next_line().await {}
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A server of three lines that writes into `data` how it ended.
    fn stand_in(name: &str, script: &str) -> (PathBuf, PathBuf) {
        let folder =
            std::env::temp_dir().join(format!("elms-companion-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("elms-server");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        (program, folder)
    }

    #[tokio::test]
    async fn the_hosted_server_stops_by_itself_when_the_pipe_closes() {
        let script = r#"echo starting; echo "listening on http://127.0.0.1:4620"; cat; echo clean > "$6.end""#;
        let (program, folder) = stand_in("clean", script);
        let companion = Companion::start_program(&program, &folder.join("data"), "127.0.0.1:0")
            .await
            .unwrap();
        let address = companion.address().to_owned();
        companion.stop().await.unwrap();
        let end = std::fs::read_to_string(folder.join("data.end"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            (address.as_str(), end.unwrap().as_str()),
            ("http://127.0.0.1:4620", "clean\n")
        );
    }

    #[tokio::test]
    async fn a_hosted_server_that_other_computers_reach_encrypts() {
        let script = r#"echo "listening on $*"; cat"#;
        let (program, folder) = stand_in("encrypts", script);
        for (listen, encrypts) in [("127.0.0.1:0", false), ("0.0.0.0:4620", true)] {
            let data = folder.join("data");
            let companion = Companion::start_program(&program, &data, listen)
                .await
                .unwrap();
            let told = companion.address().ends_with(" --tls own");
            companion.stop().await.unwrap();
            assert_eq!(told, encrypts, "{listen}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn a_server_that_ends_before_it_listens_is_an_error_at_once() {
        let (program, folder) = stand_in("broken", "echo the disk is full >&2; exit 3");
        let error = Companion::start_program(&program, &folder.join("data"), "127.0.0.1:0")
            .await
            .unwrap_err();
        let log = std::fs::read_to_string(folder.join("server.log"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(error, CompanionError::Silent), "{error}");
        assert_eq!(log.unwrap(), "the disk is full\n");
    }

    #[tokio::test]
    async fn a_bundle_without_the_server_names_where_it_was_looked_for() {
        let path = Path::new("/nowhere/elms-server");
        let error = Companion::start_program(path, path, "127.0.0.1:0")
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("/nowhere/elms-server"),
            "{error}"
        );
    }
}
