//! `cargo xtask run`: builds everything, plays the demo day and opens the console.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use crate::arguments::RunOptions;
use crate::display::{Scratch, in_own_session, on_display, virtual_display};
use crate::machine::{has_display, make_ready};
use crate::needs::Purpose;
use crate::node::Node;
use crate::places::Places;
use crate::processes::{Company, Happening};
use crate::stage::{Stop, While as _, say, stage};
use crate::tour::tour;
use crate::web;

/// The password of the demo accounts, unless `ELMS_DEMO_PASSWORD` says another.
const DEMO_PASSWORD: &str = "exam-day-2026";

/// How long the server may take to open its data and listen.
const SERVER_START: Duration = Duration::from_mins(1);

/// What the programs of one run share.
#[derive(Debug)]
pub(crate) struct Hall<'run> {
    /// Where things lie.
    pub(crate) places: &'run Places,
    /// What was asked for.
    pub(crate) options: &'run RunOptions,
    /// The folder that this run alone has; gone afterwards.
    pub(crate) scratch: &'run Path,
    /// The server's address.
    pub(crate) server: String,
    /// The virtual display, when the window opens on one.
    pub(crate) display: Option<String>,
}

/// Opens the console and returns when it is closed, or Ctrl-C is pressed, with all programs gone.
pub(crate) fn run(places: &Places, options: &RunOptions) -> Result<(), Stop> {
    let pictures = options.screenshots.is_some();
    let display = has_display() && !(pictures && cfg!(target_os = "linux"));
    make_ready(Purpose {
        display,
        drive: pictures,
    })?;
    let node = Node::ready(places)?;
    build(places, &node)?;
    let scratch = Scratch::new(&places.target.join("demo"), "run")?;
    let mut company = Company::new()?;
    let server = server(places, options, scratch.path(), &mut company)?;
    let display = if display {
        None
    } else {
        Some(virtual_display(&mut company)?)
    };
    let hall = Hall {
        places,
        options,
        scratch: scratch.path(),
        server,
        display,
    };
    let ended = match &options.screenshots {
        Some(folder) => tour(&hall, &node, folder, &mut company),
        None => open(&hall, &mut company),
    };
    company.dismiss();
    ended
}

/// Builds the user interface, the server and the console.
fn build(places: &Places, node: &Node) -> Result<(), Stop> {
    web::packages(node, &places.root.join("ui"))?;
    web::build(node, places)?;
    let mut command = cargo();
    command.args([
        "build",
        "--package",
        "elms-server",
        "--package",
        "elms-console",
    ]);
    stage(
        "Build server and console (the first time takes some minutes)",
        &mut command,
    )
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The password that the demo accounts have in this run.
pub(crate) fn demo_password() -> String {
    std::env::var("ELMS_DEMO_PASSWORD").unwrap_or_else(|_| DEMO_PASSWORD.to_owned())
}

/// Starts the server that was asked for, or names the one that runs already.
fn server(
    places: &Places,
    options: &RunOptions,
    scratch: &Path,
    company: &mut Company,
) -> Result<String, Stop> {
    if let Some(url) = &options.server {
        return Ok(url.clone());
    }
    let mut command = server_command(&places.program("elms-server"), options);
    command.arg("--data").arg(scratch.join("server"));
    command.env("ELMS_DEMO_PASSWORD", demo_password());
    let stdout = company
        .start("server", &mut command)?
        .ok_or_else(|| Stop::new("the server cannot be heard"))?;
    let (tell, heard) = channel();
    std::thread::spawn(move || listen(stdout, &tell));
    heard
        .recv_timeout(SERVER_START)
        .doing("hear the server listen (what it said is above)")
}

fn server_command(program: &PathBuf, options: &RunOptions) -> Command {
    let mut command = Command::new(program);
    if options.demo {
        command.args(["demo", "--speed", options.speed(), "--from", options.from()]);
    } else {
        command.arg("serve");
    }
    command
        .args(["--listen", "127.0.0.1:0", "--until-stdin-closes"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

/// Tells the address of the line `listening on …`; prints what else the server says.
fn listen(stdout: ChildStdout, tell: &Sender<String>) {
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        match line.strip_prefix("listening on ") {
            Some(address) => drop(tell.send(address.trim().to_owned())),
            None => say(&line),
        }
    }
}

/// Opens the window and waits until it is closed or Ctrl-C is pressed.
fn open(hall: &Hall<'_>, company: &mut Company) -> Result<(), Stop> {
    let mut command = console(hall)?;
    company.start("console", &mut command)?;
    say(&explain(hall));
    match company.wait() {
        Happening::Asked => {
            say("\nStopping.");
            Ok(())
        }
        Happening::Ended(_, status) if status.success() => Ok(()),
        Happening::Ended(name, status) => Err(Stop(format!("the {name} ended with {status}"))),
    }
}

/// The console for this run: on the person's own display and bus, or on virtual ones.
fn console(hall: &Hall<'_>) -> Result<Command, Stop> {
    let program = hall.places.program("elms-console");
    let mut command = match &hall.display {
        None => {
            let mut command = Command::new(&program);
            command.stdin(Stdio::null());
            command
        }
        Some(display) => {
            let keys = hall.scratch.join("keys");
            let mut command = in_own_session(&keys, program.as_os_str(), true)?;
            on_display(&mut command, display);
            command
        }
    };
    station(&mut command, hall);
    Ok(command)
}

/// What makes the console the station of this run and of no other.
pub(crate) fn station(command: &mut Command, hall: &Hall<'_>) {
    if hall.options.demo && std::env::var_os("ELMS_CONSOLE_STATION").is_none() {
        command
            .env("ELMS_CONSOLE_STATION", "EO-1")
            .env("ELMS_CONSOLE_LABEL", "Exam office, desk 1");
    }
    command
        .env("ELMS_SERVER_URL", &hall.server)
        .env("ELMS_CONSOLE_DATA", hall.scratch.join("station"));
}

/// What the person at the keyboard should know now.
fn explain(hall: &Hall<'_>) -> String {
    let mut words = format!("\nThe console is open; its server is {}.\n", hall.server);
    if hall.options.demo && hall.options.server.is_none() {
        words.push_str("The sign-in page names the demo accounts; their password is ");
        words.push_str(&demo_password());
        words.push_str(".\n");
    }
    if let Some(display) = &hall.display {
        words.push_str(&how_to_look(display));
    }
    words.push_str("Ctrl-C stops everything.");
    words
}

fn how_to_look(display: &str) -> String {
    format!(
        "There is no display here, so it draws on the virtual display {display}. To look at it:\n    \
         import -display {display} -window root console.png    (package imagemagick)\n    \
         x11vnc -display {display} -localhost                  (package x11vnc, then a VNC viewer)\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::in_words;

    #[test]
    fn the_demo_day_is_played_on_a_port_of_its_own() {
        let command = server_command(&PathBuf::from("elms-server"), &RunOptions::default());
        assert_eq!(
            in_words(&command),
            "elms-server demo --speed 30 --from 08:30 --listen 127.0.0.1:0 --until-stdin-closes"
        );
    }

    #[test]
    fn without_the_demo_an_empty_server_is_started() {
        let options = RunOptions {
            demo: false,
            ..RunOptions::default()
        };
        let command = server_command(&PathBuf::from("elms-server"), &options);
        assert_eq!(
            in_words(&command),
            "elms-server serve --listen 127.0.0.1:0 --until-stdin-closes"
        );
    }
}
