//! Serving until a signal, or the end of standard input, says to stop.

use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context as _, Result};
use elms_protocol::Timestamp;
use elms_server::{App, bind, clock::Clock, config::Config, demo, open, serve};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// What still blocks a thread when all is served is left behind after this time.
const LEAVE_BEHIND: Duration = Duration::from_millis(500);

/// A demo day to play.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    /// How many times faster than the machine's clock.
    pub(crate) speed: f64,
    /// What was received up to here has happened already.
    pub(crate) from: Timestamp,
}

/// Serves until told to stop, and returns within 5 s then.
pub(crate) fn serve_until_stopped(
    config: Config,
    until_stdin_closes: bool,
    day: Option<Day>,
) -> Result<()> {
    raise_file_limit();
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(run(config, until_stdin_closes, day));
    runtime.shutdown_timeout(LEAVE_BEHIND);
    served
}

/// Each connection is an open file, and many systems let a program open 1,024 unless it asks for
/// more.
fn raise_file_limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the limit of open files could not be raised");
        }
    }
}

async fn run(config: Config, until_stdin_closes: bool, day: Option<Day>) -> Result<()> {
    let stop = CancellationToken::new();
    let told = told_to_stop(until_stdin_closes).context("signals cannot be heard")?;
    let clock = match day {
        None => Clock::system(),
        Some(_) => Clock::demo(demo::DAY_BEGINS, 0.0),
    };
    let listen = config.listen;
    let app = open(config, clock, stop.clone()).await?;
    let listener = bind(listen)?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        told.await;
        tracing::info!("stopping");
        stop.cancel();
    });
    if let Some(day) = day {
        tokio::spawn(play(app.clone(), day));
    }
    let address = app.address(address);
    tracing::info!(address, "listening");
    say(&format!("listening on {address}"))?;
    serve(app, listener).await;
    Ok(())
}

/// The one line on standard output that scripts wait for.
fn say(line: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

/// Plays the day, or the rest of it when the log has its beginning.
async fn play(app: App, day: Day) {
    let how = demo::Play {
        speed: day.speed,
        from: day.from,
    };
    if let Err(error) = demo::play(app.door, app.store, app.clock, how, app.stop).await {
        tracing::error!(%error, "the demo day stopped");
    }
}

/// Ends at the first signal, or with standard input. Listens as soon as it is called.
fn told_to_stop(until_stdin_closes: bool) -> std::io::Result<impl Future<Output = ()> + Send> {
    let signals = signals()?;
    let closed = if until_stdin_closes {
        Some(stdin_closed()?)
    } else {
        None
    };
    Ok(async move {
        tokio::select! {
            () = signals => {}
            Some(_) = async { Some(closed?.await) } => {}
        }
    })
}

/// Resolves when standard input closes. A thread of its own reads it, as a read cannot be
/// interrupted and must not hold up the end of the process.
fn stdin_closed() -> std::io::Result<oneshot::Receiver<()>> {
    let (closed, resolves) = oneshot::channel();
    let drain = move || {
        let mut stdin = std::io::stdin().lock();
        let mut buffer = [0_u8; 64];
        while !matches!(stdin.read(&mut buffer), Ok(0) | Err(_)) {}
        // The other end is gone when a signal came first.
        closed.send(()).unwrap_or_default();
    };
    std::thread::Builder::new()
        .name("stdin".to_owned())
        .spawn(drain)?;
    Ok(resolves)
}

#[cfg(unix)]
fn signals() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signals() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// A data directory that is removed at the end.
#[derive(Debug)]
pub(crate) struct Scratch(Option<PathBuf>);

impl Scratch {
    /// Makes one, unless there is another directory.
    pub(crate) fn unless(there_is: bool) -> Result<Self> {
        if there_is {
            return Ok(Self(None));
        }
        let name = format!("elms-demo-{}", uuid::Uuid::new_v4().simple());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self(Some(path)))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        self.0.clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // What cannot be removed is a temporary directory of this user.
            drop(std::fs::remove_dir_all(path));
        }
    }
}
