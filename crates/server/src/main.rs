//! The `elms-server` command.

#[path = "main/erasing.rs"]
mod erasing;
#[path = "main/exporting.rs"]
mod exporting;
#[path = "main/importing.rs"]
mod importing;
#[path = "main/keeping.rs"]
mod keeping;
#[path = "main/recovery.rs"]
mod recovery;
#[path = "main/releasing.rs"]
mod releasing;
#[path = "main/running.rs"]
mod running;
#[path = "main/stations.rs"]
mod stations;
#[path = "main/users.rs"]
mod users;
#[path = "main/verifying.rs"]
mod verifying;

use std::{io::Write as _, net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Parser, Subcommand};
use elms_server::{
    config::{Config, Settings, TlsWord},
    demo, telemetry,
};
use running::Day;

/// The companion server of the ELMS Console.
///
/// Settings come from the command line, else from variables (`ELMS_DATA`, `ELMS_LISTEN`,
/// `ELMS_TLS`, `ELMS_CERTIFICATE`, `ELMS_CERTIFICATE_KEY`, `ELMS_ACCESS_SECONDS`, `ELMS_SIGN_IN_TRIES`, `ELMS_ALLOWED_ORIGINS`, `ELMS_LOG_JSON`), else from
/// the configuration file, whose keys are the same words in lower case without `ELMS_`. What is
/// not known is an error. `ELMS_LOG` chooses what is logged, like `debug`.
#[derive(Debug, Parser)]
#[command(version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Do,
}

#[derive(Debug, Subcommand)]
enum Do {
    /// Serve a data directory.
    Serve {
        #[command(flatten)]
        common: Common,
        /// Load the demo institutions and their accounts. `ELMS_DEMO_PASSWORD` sets their password.
        #[arg(long)]
        demo: bool,
    },
    /// Serve the demo institutions and play an exam day. Without --data in a directory that is
    /// removed at the end.
    Demo {
        #[command(flatten)]
        common: Common,
        /// How many times faster than the real day.
        #[arg(long, default_value_t = 60.0)]
        speed: f64,
        /// What was received up to this time of the day has happened already.
        #[arg(long, value_name = "HH:MM", default_value = "06:30")]
        from: String,
    },
    /// Say by what stations know this server: what stands behind the `#` of its address.
    Pin {
        #[command(flatten)]
        common: Common,
    },
    /// Bring in people, venues, timetables, sittings and registrations from CSV files.
    Import(importing::Import),
    /// Take a report out as a file.
    Export(exporting::Export),
    /// Check that nothing in a log was changed: a bundle, or a data directory.
    ///
    /// Needs no network; a server may run beside. Ends with 0 when nothing was changed, with 1 and
    /// the first event that was, and with 2 when it cannot be told.
    Verify(verifying::Verify),
    /// Say that a data directory was put back from a backup. Stations then know why the log ends
    /// before what they hold, and offer what it has lost again.
    Restored(keeping::Kept),
    /// Sign the logs with another key from now on. The log says so, signed with both.
    NewKey(keeping::Kept),
    /// Erase the words of closed cases, or of single lines, for good. The log says so; it stays
    /// provable. What is under a legal hold is refused.
    Erase(erasing::Erase),
    /// Put a case or a sitting under a legal hold: nothing of it may be erased.
    Hold(erasing::Holding),
    /// End a legal hold.
    Release(erasing::Holding),
    /// List what is under a legal hold.
    Holds(erasing::Holds),
    /// Make the recovery key of the institution.
    RecoveryKey {
        #[command(subcommand)]
        what: recovery::RecoveryKey,
    },
    /// Bring back what a station could not send any more.
    Recovery {
        #[command(subcommand)]
        what: recovery::FromStation,
    },
    /// Check a release before it is installed: the right key, not older than the last, not expired,
    /// every file as it was signed.
    CheckUpdate(releasing::CheckUpdate),
    /// Sign a release.
    SignUpdate(releasing::SignUpdate),
    /// Say at which stations people may sign in, also while a server runs.
    Station {
        #[command(subcommand)]
        what: stations::Station,
    },
    /// Look after accounts, also while a server runs.
    User {
        #[command(subcommand)]
        what: users::User,
    },
}

#[derive(Debug, Args)]
struct Common {
    /// Where the data is; made where it is missing.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Where to listen; port 0 picks one [default: 127.0.0.1:4300].
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// Who encrypts connections: `own`, the server with a key of its own, or `by-proxy`. Without it
    /// and without a certificate the server listens on this computer only.
    #[arg(long, value_name = "WORD")]
    tls: Option<TlsWord>,
    /// A configuration file (TOML).
    #[arg(long, value_name = "FILE", env = "ELMS_CONFIG")]
    config: Option<PathBuf>,
    /// Write logs as JSON lines.
    #[arg(long)]
    log_json: bool,
    /// Stop when standard input closes: a console that hosts the server is never outlived.
    #[arg(long)]
    until_stdin_closes: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            // Standard error may be closed; the exit code tells then.
            drop(writeln!(std::io::stderr(), "elms-server: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Do) -> Result<ExitCode> {
    let done = match command {
        Do::Verify(verify) => return verify.carry_out(),
        Do::Serve { common, demo } => {
            let config = common.settings()?.complete(demo)?;
            start(config, &common, None)
        }
        Do::Demo {
            common,
            speed,
            from,
        } => {
            ensure!(
                (0.1..=100_000.0).contains(&speed),
                "--speed is between 0.1 and 100,000"
            );
            let from = demo::at_time_of_day(&from)?;
            let mut settings = common.settings()?;
            let scratch = running::Scratch::unless(settings.data.is_some())?;
            settings.data = settings.data.or_else(|| scratch.path());
            start(settings.complete(true)?, &common, Some(Day { speed, from }))
        }
        Do::Pin { common } => say_pin(&common),
        Do::Import(import) => import.carry_out(),
        Do::Export(export) => export.carry_out(),
        Do::Restored(kept) => kept.carry_out(),
        Do::CheckUpdate(check) => check.carry_out(),
        Do::SignUpdate(sign) => sign.carry_out(),
        Do::NewKey(kept) => kept.change_key(),
        Do::Erase(erase) => erase.carry_out(),
        Do::Hold(holding) => holding.carry_out(true),
        Do::Release(holding) => holding.carry_out(false),
        Do::Holds(holds) => holds.carry_out(),
        Do::RecoveryKey { what } => what.carry_out(),
        Do::Recovery { what } => what.carry_out(),
        Do::User { what } => users::look_after(what),
        Do::Station { what } => stations::look_after(&what),
    };
    done.map(|()| ExitCode::SUCCESS)
}

fn start(config: Config, common: &Common, day: Option<Day>) -> Result<()> {
    telemetry::log_to_stderr(config.log_json)?;
    running::serve_until_stopped(config, common.until_stdin_closes, day)
}

/// Without a word about TLS it is the key of the server's own that is asked for.
fn say_pin(common: &Common) -> Result<()> {
    let mut settings = common.settings()?;
    if settings.certificate.is_none() {
        settings.tls = settings.tls.or(Some(TlsWord::Own));
    }
    let pin = elms_server::pin(&settings.complete(false)?)?;
    let pin = pin.context("the proxy has the certificate: ask it")?;
    writeln!(std::io::stdout(), "{pin}")?;
    Ok(())
}

impl Common {
    /// The settings of flags, variables and file, in this order.
    fn settings(&self) -> Result<Settings> {
        let flags = Settings {
            data: self.data.clone(),
            listen: self.listen,
            tls: self.tls,
            log_json: self.log_json.then_some(true),
            ..Settings::default()
        };
        let variables = Settings::from_variables(std::env::vars())?;
        let file = self
            .config
            .as_deref()
            .map(Settings::from_file)
            .transpose()?;
        Ok(flags.or(variables).or(file.unwrap_or_default()))
    }
}
