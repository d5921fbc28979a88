//! A virtual display and a message bus of one's own, for machines that show none.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::needs::has_program;
use crate::processes::Company;
use crate::stage::{Stop, While as _};

/// The size of the virtual display, in pixels and bits a pixel; that of the pictures.
const SCREEN: &str = "1440x900x24";

/// Starts a virtual display that takes the first free number, and tells its name (`:7`).
pub(crate) fn virtual_display(company: &mut Company) -> Result<String, Stop> {
    let mut command = mortal("Xvfb");
    command
        .args(["-displayfd", "1", "-screen", "0", SCREEN])
        .args(["-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let stdout = company
        .start("virtual display", &mut command)?
        .ok_or_else(|| Stop::new("the virtual display cannot be heard"))?;
    let mut number = String::new();
    BufReader::new(stdout)
        .read_line(&mut number)
        .doing("read the number of the virtual display")?;
    if number.trim().is_empty() {
        return Err(Stop::new("the virtual display (Xvfb) ended at once"));
    }
    Ok(format!(":{}", number.trim()))
}

/// A command that the system ends with us, even when we are killed, where it can.
fn mortal(program: &str) -> Command {
    if !has_program("setpriv") {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--", program]);
    command
}

/// A command that runs `program` on a bus of its own, with an unlocked key store on it.
///
/// `home` keeps the key store's files, so that nobody's real keys are touched. With `messages`
/// a notification daemon joins, where one is installed.
pub(crate) fn in_own_session(
    home: &Path,
    program: &OsStr,
    messages: bool,
) -> Result<Command, Stop> {
    let myself = std::env::current_exe().doing("find this program")?;
    let mut command = Command::new("dbus-run-session");
    command.arg("--").arg(myself).arg("session").arg(home);
    if messages {
        command.arg("--messages");
    }
    command.arg("--").arg(program).stdin(Stdio::piped());
    Ok(command)
}

/// Points `command` at the virtual display, whatever display the caller's shell has.
pub(crate) fn on_display(command: &mut Command, display: &str) {
    command
        .env("DISPLAY", display)
        .env("GDK_BACKEND", "x11")
        // Nobody reads the screen there; without this every start waits for the accessibility bus.
        .env("NO_AT_BRIDGE", "1")
        .env_remove("WAYLAND_DISPLAY");
}

/// An empty folder for one run, removed when it ends.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// A folder beneath `parent` that no other run has.
    pub(crate) fn new(parent: &Path, name: &str) -> Result<Self, Stop> {
        let folder = parent.join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).doing(&format!("make {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
