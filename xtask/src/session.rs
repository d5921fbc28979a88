//! What runs inside a message bus of its own: the key store, perhaps a notification daemon, and
//! then the command that needs them. Called by the other commands, not by hand.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::needs::has_program;
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
    let daemon = messages.then(notification_daemon).flatten();
    let ended = run(command.get(1..).unwrap_or_default());
    if let Some(mut daemon) = daemon {
        drop(daemon.kill().and_then(|()| daemon.wait()));
    }
    ended
}

fn run(command: &[String]) -> Result<(), Stop> {
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| Stop::new("session wants a command after --"))?;
    let status = Command::new(program)
        .args(arguments)
        .status()
        .doing(&format!("start {program}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(Stop(format!("{program} ended with {status}")))
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

/// Shows notifications on the virtual display, where a daemon for it is installed.
fn notification_daemon() -> Option<Child> {
    if !has_program("dunst") {
        return None;
    }
    Command::new("dunst")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}
