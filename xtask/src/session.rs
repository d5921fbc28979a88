//! What runs inside a message bus of its own: the key store, perhaps a notification daemon, and
//! then the command that needs them. Called by the other commands, not by hand: it ends when its
//! standard input does.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::needs::has_program;
use crate::processes::{Company, Happening};
use crate::stage::{Stop, While as _, say};

/// The password of the key store, which lives only as long as the run.
const PASSWORD: &[u8] = b"for this run only";

/// Carries out `words`: the folder of the key store, perhaps `--messages`, `--`, the command.
pub(crate) fn session(words: &[String]) -> Result<(), Stop> {
    let usage = || Stop::new("session wants: DIR [--messages] -- COMMAND");
    let (before, command) = words
        .iter()
        .position(|word| word == "--")
        .and_then(|at| words.split_at_checked(at))
        .ok_or_else(usage)?;
    let home = before.first().ok_or_else(usage)?;
    open_key_store(Path::new(home))?;
    let messages = before.iter().any(|word| word == "--messages");
    let mut company = Company::new()?;
    company.hear_stdin();
    if messages && has_program("dunst") {
        company.start(
            "notification daemon",
            Command::new("dunst").stdin(Stdio::null()),
        )?;
    }
    let command = command.get(1..).unwrap_or_default();
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| Stop::new("session wants a command after --"))?;
    company.start(
        program,
        Command::new(program).args(arguments).stdin(Stdio::null()),
    )?;
    until_end(program, &mut company)
}

/// Waits for the command alone; a daemon that ends is not its business.
fn until_end(program: &str, company: &mut Company) -> Result<(), Stop> {
    loop {
        match company.wait() {
            Happening::Asked => return Ok(()),
            Happening::Ended(name, status) if name == program => {
                let failed = || Stop(format!("{program} ended with {status}"));
                return status.success().then_some(()).ok_or_else(failed);
            }
            Happening::Ended(..) => {}
        }
    }
}

/// Unlocks a new key store; it ends with the bus it is on.
fn open_key_store(home: &Path) -> Result<(), Stop> {
    if !has_program("gnome-keyring-daemon") {
        say("There is no key store here (gnome-keyring); nobody stays signed in.");
        return Ok(());
    }
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args([
            "--daemonize",
            "--unlock",
            "--components=secrets",
            "--control-directory",
        ])
        .arg(home.join("control"))
        .env("XDG_DATA_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .doing("start the key store")?;
    if let Some(mut stdin) = daemon.stdin.take() {
        stdin.write_all(PASSWORD).doing("unlock the key store")?;
    }
    let status = daemon.wait().doing("wait for the key store")?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop(format!("the key store did not open ({status})")))
    }
}
