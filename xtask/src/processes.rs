//! The programs that one command keeps running, and how they all end together.

use std::process::{Child, ChildStdin, Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::stage::{Stop, While as _, in_words, say};

/// How long a program may take to end by itself before it is ended by force.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the owner of the programs waits for.
#[derive(Debug)]
pub(crate) enum Happening {
    /// Somebody pressed Ctrl-C, or asked this program to end.
    Asked,
    /// The program of that name ended.
    Ended(String, ExitStatus),
}

/// Programs that run beside each other; none outlives the company.
#[derive(Debug)]
pub(crate) struct Company {
    members: Vec<Member>,
    tell: Sender<Happening>,
    heard: Receiver<Happening>,
}

/// One running program: on Unix the leader of a process group of its own, so that Ctrl-C at the
/// terminal reaches only us and we end the others in order.
#[derive(Debug)]
struct Member {
    name: String,
    id: u32,
    /// Closed to end a program that stops when its standard input does.
    stdin: Option<ChildStdin>,
}

impl Company {
    /// Nobody yet; from now on Ctrl-C is a [`Happening`] and no longer ends this program.
    pub(crate) fn new() -> Result<Self, Stop> {
        let (tell, heard) = channel();
        hear_signals(tell.clone())?;
        Ok(Self {
            members: Vec::new(),
            tell,
            heard,
        })
    }

    /// Starts `command` under `name` and hands back what it prints, when that is piped.
    pub(crate) fn start(
        &mut self,
        name: &str,
        command: &mut Command,
    ) -> Result<Option<std::process::ChildStdout>, Stop> {
        own_group(command);
        let mut child = command
            .spawn()
            .doing(&format!("start {}", in_words(command)))?;
        let stdout = child.stdout.take();
        self.members.push(Member {
            name: name.to_owned(),
            id: child.id(),
            stdin: child.stdin.take(),
        });
        await_end(name.to_owned(), child, self.tell.clone());
        Ok(stdout)
    }

    /// From now on the end of our own standard input is a [`Happening`] too: whoever started us
    /// holds its other end, and may be gone without a word.
    pub(crate) fn hear_stdin(&self) {
        let tell = self.tell.clone();
        std::thread::spawn(move || {
            // An error is the end as well.
            drop(std::io::copy(
                &mut std::io::stdin().lock(),
                &mut std::io::sink(),
            ));
            drop(tell.send(Happening::Asked));
        });
    }

    /// Waits until a program ends or somebody asks for the end.
    pub(crate) fn wait(&mut self) -> Happening {
        // The company itself holds a sender, so there is always somebody to hear from.
        let happening = self.heard.recv().unwrap_or(Happening::Asked);
        self.note(&happening);
        happening
    }

    /// Says `title`, starts `command` and waits until it has ended well.
    ///
    /// Any other program's end is a failure too: the command depends on all of them.
    pub(crate) fn run_to_end(&mut self, title: &str, command: &mut Command) -> Result<(), Stop> {
        say(&format!("\n── {title}"));
        self.start(title, command)?;
        match self.wait() {
            Happening::Ended(name, status) if name == title && status.success() => Ok(()),
            Happening::Ended(name, status) => Err(Stop(format!("“{name}” ended with {status}"))),
            Happening::Asked => Err(Stop(format!("stopped during “{title}”"))),
        }
    }

    /// Ends all programs, the last one started first, and waits until each is gone.
    pub(crate) fn dismiss(&mut self) {
        while let Some(member) = self.members.last_mut() {
            let (name, id) = (member.name.clone(), member.id);
            // Who stops with its standard input may have programs of its own to end first.
            let patience = if member.stdin.take().is_some() {
                2 * PATIENCE
            } else {
                end_group(id, "TERM");
                PATIENCE
            };
            if !self.gone_within(&name, patience) {
                end_group(id, "KILL");
                self.gone_within(&name, PATIENCE);
                self.members.retain(|member| member.id != id);
            }
        }
    }

    fn gone_within(&mut self, name: &str, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        while self.members.iter().any(|member| member.name == name) {
            let left = end.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(happening) => self.note(&happening),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    fn note(&mut self, happening: &Happening) {
        if let Happening::Ended(name, _) = happening {
            self.members.retain(|member| member.name != *name);
        }
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        self.dismiss();
    }
}

/// Waiting also reaps: no program is left behind as a zombie.
fn await_end(name: String, mut child: Child, tell: Sender<Happening>) {
    std::thread::spawn(move || {
        if let Ok(status) = child.wait() {
            drop(tell.send(Happening::Ended(name, status)));
        }
    });
}

#[cfg(unix)]
fn hear_signals(tell: Sender<Happening>) -> Result<(), Stop> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])
        .doing("listen for Ctrl-C")?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            drop(tell.send(Happening::Asked));
        }
    });
    Ok(())
}

/// On Windows Ctrl-C reaches every program of the console window by itself.
#[cfg(not(unix))]
fn hear_signals(_: Sender<Happening>) -> Result<(), Stop> {
    Ok(())
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

/// Sends a signal to a program and all that it started.
#[cfg(unix)]
fn end_group(id: u32, signal: &str) {
    // The shell's own `kill`: the program of that name is not on every machine.
    let line = format!("kill -{signal} -{id} 2>/dev/null || kill -{signal} {id} 2>/dev/null");
    drop(Command::new("sh").args(["-c", &line]).status());
}

#[cfg(not(unix))]
fn end_group(id: u32, _: &str) {
    drop(
        Command::new("taskkill")
            .args(["/T", "/F", "/PID", &id.to_string()])
            .status(),
    );
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::process::Stdio;

    #[test]
    fn a_program_that_stops_with_its_standard_input_is_not_killed() {
        let mut company = Company::new().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "trap 'echo killed' TERM; cat; echo clean"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut printed = company.start("server", &mut command).unwrap().unwrap();
        company.dismiss();
        let mut text = String::new();
        printed.read_to_string(&mut text).unwrap();
        assert_eq!(text, "clean\n");
    }

    #[test]
    fn whatever_a_program_started_ends_with_it() {
        let mut company = Company::new().unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", "sleep 600 & echo started; wait"])
            .stdout(Stdio::piped());
        let mut printed = company.start("bus", &mut command).unwrap().unwrap();
        let mut first = [0; 8];
        printed.read_exact(&mut first).unwrap();
        company.dismiss();
        // Reads to the end only when nobody holds the pipe any more, the grandchild included.
        let mut rest = String::new();
        printed.read_to_string(&mut rest).unwrap();
        assert_eq!((&first, rest.as_str()), (b"started\n", ""));
    }

    #[test]
    fn the_end_of_a_program_is_told_by_name() {
        let mut company = Company::new().unwrap();
        company.start("console", &mut Command::new("true")).unwrap();
        let Happening::Ended(name, status) = company.wait() else {
            panic!("nobody pressed Ctrl-C");
        };
        assert!(name == "console" && status.success());
    }
}
