//! One step of a command: says what it does, runs it, and stops everything when it fails.

use std::fmt;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

/// Why a command could not go on, in words for the person at the keyboard.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stop(pub(crate) String);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Stop {
    /// A stop with `words`.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// Turns an I/O error into a [`Stop`] that says what was being done.
pub(crate) trait While<T> {
    /// `doing` completes the sentence "could not …".
    fn doing(self, doing: &str) -> Result<T, Stop>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn doing(self, doing: &str) -> Result<T, Stop> {
        self.map_err(|error| Stop(format!("could not {doing}: {error}")))
    }
}

/// Prints one line for the person at the keyboard.
pub(crate) fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) must not end a clean-up half way.
    drop(writeln!(out, "{words}").and_then(|()| out.flush()));
}

/// Prints why the command stopped, on standard error.
pub(crate) fn complain(stop: &Stop) {
    drop(writeln!(std::io::stderr().lock(), "\nxtask: {stop}"));
}

/// Says `title`, runs `command` with the terminal attached and waits for it.
pub(crate) fn stage(title: &str, command: &mut Command) -> Result<(), Stop> {
    say(&format!("\n── {title}\n   {}", in_words(command)));
    let begun = Instant::now();
    let status = command
        .status()
        .doing(&format!("start {}", in_words(command)))?;
    if !status.success() {
        return Err(Stop(format!("“{title}” failed ({status})")));
    }
    say(&format!("   done in {} s", begun.elapsed().as_secs()));
    Ok(())
}

/// The command as one would type it.
pub(crate) fn in_words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// What a command prints, without the line break at its end; nothing when it cannot run or fails.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_stops_the_whole_command_and_names_itself() {
        let stop = stage("Count the scripts", &mut Command::new("false")).unwrap_err();
        assert!(stop.0.contains("Count the scripts"), "{stop}");
    }

    #[test]
    fn a_step_that_cannot_start_names_the_command() {
        let stop = stage("Ring the bell", &mut Command::new("no-such-bell")).unwrap_err();
        assert!(stop.0.contains("no-such-bell"), "{stop}");
    }
}
