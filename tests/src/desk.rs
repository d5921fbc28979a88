//! The desktop around a console: a message bus of its own, with or without a key store, and a
//! notification service that writes down what it was asked to show.
//!
//! Nothing of the desktop of whoever runs the tests is touched, and nothing is started that a test
//! did not ask for: the bus knows no services that it could start by itself.

mod reader;
mod service;
mod tray;

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, Command},
};
use zbus::{Connection, connection, fdo::DBusProxy};

use self::service::Service;
pub use self::{reader::Reader, tray::Tray};
use crate::until;

/// How long a part of the desktop may take to come up.
const START: Duration = Duration::from_secs(20);
/// The name under which key stores answer.
const SECRETS: &str = "org.freedesktop.secrets";
/// The name under which notification services answer.
const NOTIFICATIONS: &str = "org.freedesktop.Notifications";

/// What of the desktop's key store is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// It is there and open.
    Open,
    /// It is there and locked, and nobody comes to unlock it.
    Locked,
    /// There is none.
    Absent,
}

/// A notification as the service was asked to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The first line.
    pub title: String,
    /// The words beneath it.
    pub body: String,
    /// The keys of its buttons.
    pub actions: Vec<String>,
    /// Whether it stays until somebody sees it.
    pub critical: bool,
}

/// A desktop that ends with this value.
#[derive(Debug)]
pub struct Desk {
    /// Where the bus listens.
    pub bus: String,
    shown: Arc<Mutex<Vec<Shown>>>,
    // In this order: what listens on the bus ends before the bus.
    _service: Option<Connection>,
    reader: bool,
    keys: Option<Child>,
    _bus: Child,
    folder: TempDir,
}

impl Desk {
    /// Sets a desk up; `notified` says whether a notification service answers on it.
    ///
    /// # Errors
    ///
    /// When the bus or the key store cannot be started; `cargo xtask setup` installs both.
    pub async fn set_up(keys: Keys, notified: bool) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let (child, bus) = start_bus(folder.path()).await?;
        let shown = Arc::default();
        let service = if notified {
            Some(serve(&bus, Arc::clone(&shown)).await?)
        } else {
            None
        };
        let mut desk = Self {
            bus,
            shown,
            _service: service,
            reader: false,
            keys: None,
            _bus: child,
            folder,
        };
        desk.put_keys(keys).await?;
        Ok(desk)
    }

    /// What was shown so far, the oldest first.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Where programs keep what is theirs.
    pub fn share(&self) -> PathBuf {
        self.folder.path().join("share")
    }

    /// From here on a screen reader listens on this desk.
    ///
    /// # Errors
    ///
    /// When its registry does not start; `cargo xtask setup` installs it.
    pub async fn read_out(&mut self) -> Result<Reader> {
        self.reader = true;
        Reader::start(&self.bus).await
    }

    /// Puts a tray on this desk.
    ///
    /// # Errors
    ///
    /// When there is one already.
    pub async fn tray(&self) -> Result<Tray> {
        Tray::put(&self.bus).await
    }

    /// Points a program at this desk.
    pub fn seat(&self, command: &mut Command) {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("XDG_DATA_HOME", self.share())
            .env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        if self.reader {
            command
                .env_remove("NO_AT_BRIDGE")
                .env("AT_SPI_BUS_ADDRESS", &self.bus);
        } else {
            command.env("NO_AT_BRIDGE", "1");
        }
    }

    async fn put_keys(&mut self, keys: Keys) -> Result<()> {
        if keys == Keys::Absent {
            return Ok(());
        }
        let mut open = self.key_store(true).await?;
        if keys == Keys::Locked {
            // It was open once, so that there is something to be locked.
            open.kill().await?;
            self.until_keys(false).await?;
            open = self.key_store(false).await?;
        }
        self.keys = Some(open);
        Ok(())
    }

    async fn key_store(&self, unlocked: bool) -> Result<Child> {
        let mut command = Command::new("gnome-keyring-daemon");
        self.seat(&mut command);
        command
            .args(["--foreground", "--components=secrets"])
            .args(unlocked.then_some("--unlock"))
            .arg("--control-directory")
            .arg(self.folder.path().join("control"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut child = command.spawn().context("no gnome-keyring-daemon")?;
        let mut stdin = child.stdin.take().context("no stdin")?;
        stdin.write_all(b"for this test only").await?;
        drop(stdin);
        self.until_keys(true).await?;
        Ok(child)
    }

    async fn until_keys(&self, there: bool) -> Result<()> {
        let connection = connection::Builder::address(self.bus.as_str())
            .build()
            .await?;
        let bus = DBusProxy::new(&connection).await?;
        until("the key store answers", START, async || {
            let name = SECRETS.try_into();
            let Ok(name) = name else { return false };
            bus.name_has_owner(name).await.is_ok_and(|has| has == there)
        })
        .await
    }
}

/// Starts a bus that starts nothing by itself, and tells where it listens.
async fn start_bus(folder: &Path) -> Result<(Child, String)> {
    let file = configuration(folder)?;
    let mut child = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", file.display()))
        .args(["--nofork", "--print-address=1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("no dbus-daemon")?;
    let stdout = child.stdout.take().context("no stdout")?;
    let mut lines = BufReader::new(stdout).lines();
    let line = tokio::time::timeout(START, lines.next_line()).await??;
    Ok((child, line.context("the bus ended at once")?))
}

fn configuration(folder: &Path) -> Result<PathBuf> {
    let file = folder.join("bus.conf");
    let text = format!(
        "<busconfig><type>session</type><listen>unix:dir={}</listen><auth>EXTERNAL</auth>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
         <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        folder.display()
    );
    std::fs::write(&file, text)?;
    Ok(file)
}

/// Answers as a notification service does, and writes down what it is asked to show.
async fn serve(bus: &str, shown: Arc<Mutex<Vec<Shown>>>) -> Result<Connection> {
    let service = Service { shown };
    let connection = connection::Builder::address(bus)
        .serve_at("/org/freedesktop/Notifications", service)
        .name(NOTIFICATIONS)
        .build();
    let connection = tokio::time::timeout(START, connection)
        .await
        .context("no bus")??;
    ensure!(connection.unique_name().is_some(), "not on the bus");
    Ok(connection)
}
