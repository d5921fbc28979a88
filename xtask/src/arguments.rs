//! Reads the command line.

use std::path::PathBuf;

use crate::stage::Stop;

/// What `cargo xtask --help` prints.
pub(crate) const HELP: &str = "\
ELMS Console: set-up and everyday commands

  cargo xtask run [options]   build everything, play the demo day and open the console
      --speed N               play N times as fast as the clock (default 30; for pictures 600)
      --from HH:MM            start with the day played up to then (default 08:30; for pictures 07:00)
      --screenshot DIR        leave monitor.png, incident.png, batches.png and review.png in DIR and end
      --server URL            open the console for a server that already runs; starts none
      --no-demo               start an empty server instead of the demo day
  cargo xtask test [name]     install what is missing and pass all tests (or those that match name)
  cargo xtask setup           only install what is missing
  cargo xtask bundle          build the Debian package with console and server
  cargo xtask bench [args]    measure; see docs/PERFORMANCE.md
  cargo xtask attack URL [OWNER THIEF]
                              try the holes of the original on a server of your own; the two are officers
                              of two institutions there, each as address:password
  cargo xtask deny            hold what others have written against deny.toml and runs-while-building.toml
  cargo xtask sbom            list every crate that is built in, as CycloneDX
  cargo xtask icons           draw every icon again from icons/*.svg (needs rsvg-convert)
  cargo xtask --help          this text

The only thing that must be there beforehand is the Rust toolchain. What else is missing is
named first, then installed with apt-get (as root or with sudo); elsewhere it is only named.";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print [`HELP`].
    Help,
    /// Install what is missing.
    Setup,
    /// Build and open the console.
    Run(RunOptions),
    /// Pass all tests, or those whose names hold the words given.
    Test(Vec<String>),
    /// Build the installable package.
    Bundle,
    /// Measure, passing the words on to the benchmark.
    Bench(Vec<String>),
    /// Try the holes of the original on a server, passing the words on.
    Attack(Vec<String>),
    /// Check what others have written.
    Deny,
    /// List what others have written.
    Sbom,
    /// Draw the icons again.
    Icons,
    /// Used by the other commands inside a private message bus: key store, then the command given.
    Session(Vec<String>),
}

/// Options of `cargo xtask run`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RunOptions {
    /// How many times faster than the clock the demo day is played.
    pub(crate) speed: Option<String>,
    /// Up to when (`HH:MM`, the institution's time) the day has already happened.
    pub(crate) from: Option<String>,
    /// Where to leave pictures of the real window, instead of leaving it open.
    pub(crate) screenshots: Option<PathBuf>,
    /// A server that already runs.
    pub(crate) server: Option<String>,
    /// Whether the demo day is played.
    pub(crate) demo: bool,
}

impl RunOptions {
    /// How many times faster than the clock the day is played.
    pub(crate) fn speed(&self) -> &str {
        self.speed
            .as_deref()
            .unwrap_or(if self.screenshots.is_some() {
                "600"
            } else {
                "30"
            })
    }

    /// Up to when the day has already happened.
    pub(crate) fn from(&self) -> &str {
        self.from
            .as_deref()
            .unwrap_or(if self.screenshots.is_some() {
                "07:00"
            } else {
                "08:30"
            })
    }

    /// Up to when the walk for the pictures lets the day go on: the hall that was cut off has come
    /// back, and what it did meanwhile is on the screen. None when somebody chose the time.
    pub(crate) fn until(&self) -> Option<&'static str> {
        (self.demo && self.from.is_none() && self.speed.is_none()).then_some("11:45")
    }
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            speed: None,
            from: None,
            screenshots: None,
            server: None,
            demo: true,
        }
    }
}

/// The command that `words` (without the program's own name) ask for.
pub(crate) fn parse(words: &[String]) -> Result<Task, Stop> {
    let Some((name, rest)) = words.split_first() else {
        return Ok(Task::Help);
    };
    match name.as_str() {
        "run" => run_options(rest),
        "test" => Ok(Task::Test(rest.to_vec())),
        "attack" => Ok(Task::Attack(rest.to_vec())),
        "bench" => Ok(Task::Bench(rest.to_vec())),
        "session" => Ok(Task::Session(rest.to_vec())),
        _ => alone(name, rest),
    }
}

/// A command without options.
fn alone(name: &str, rest: &[String]) -> Result<Task, Stop> {
    if let Some(extra) = rest.first() {
        return Err(unknown(extra));
    }
    match name {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "setup" => Ok(Task::Setup),
        "bundle" => Ok(Task::Bundle),
        "deny" => Ok(Task::Deny),
        "sbom" => Ok(Task::Sbom),
        "icons" => Ok(Task::Icons),
        _ => Err(unknown(name)),
    }
}

fn run_options(rest: &[String]) -> Result<Task, Stop> {
    let mut options = RunOptions::default();
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--help" | "-h" => return Ok(Task::Help),
            "--no-demo" => options.demo = false,
            "--speed" => options.speed = Some(number(value(word, words.next())?)?),
            "--from" => options.from = Some(time_of_day(value(word, words.next())?)?),
            "--screenshot" => options.screenshots = Some(value(word, words.next())?.into()),
            "--server" => options.server = Some(value(word, words.next())?),
            _ => return Err(unknown(word)),
        }
    }
    Ok(Task::Run(options))
}

fn value(option: &str, word: Option<&String>) -> Result<String, Stop> {
    word.cloned()
        .ok_or_else(|| Stop(format!("{option} wants a value; see cargo xtask --help")))
}

fn number(text: String) -> Result<String, Stop> {
    match text.parse::<f64>() {
        Ok(n) if n.is_finite() && n > 0.0 => Ok(text),
        Ok(_) | Err(_) => Err(Stop(format!(
            "--speed wants a number above 0, not “{text}”"
        ))),
    }
}

fn time_of_day(text: String) -> Result<String, Stop> {
    let read = |(hour, minute): (&str, &str)| Some((two_digits(hour)?, two_digits(minute)?));
    match text.split_once(':').and_then(read) {
        Some((hour, minute)) if hour < 24 && minute < 60 => Ok(text),
        Some(_) | None => Err(Stop(format!("--from wants HH:MM, not “{text}”"))),
    }
}

fn two_digits(text: &str) -> Option<u8> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn unknown(word: &str) -> Stop {
    Stop(format!("unknown: “{word}”; see cargo xtask --help"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, Stop> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn nothing_asked_prints_the_help() {
        assert_eq!(parsed(""), Ok(Task::Help));
        assert_eq!(parsed("run --help"), Ok(Task::Help));
    }

    #[test]
    fn every_option_of_run_is_read() {
        let line = "run --speed 60 --from 10:31 --screenshot out --server http://hall:1 --no-demo";
        let expected = RunOptions {
            speed: Some("60".to_owned()),
            from: Some("10:31".to_owned()),
            screenshots: Some("out".into()),
            server: Some("http://hall:1".to_owned()),
            demo: false,
        };
        assert_eq!(parsed(line), Ok(Task::Run(expected)));
    }

    #[test]
    fn a_speed_or_time_that_makes_no_sense_is_refused_before_anything_is_built() {
        for line in [
            "run --speed 0",
            "run --speed fast",
            "run --from 25:00",
            "run --from 9:30",
            "run --from",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }

    #[test]
    fn an_unknown_word_is_refused_by_name() {
        for line in ["dance", "run --loud", "setup now"] {
            let stop = parsed(line).unwrap_err();
            let last = line.split(' ').next_back().unwrap();
            assert!(stop.0.contains(last), "{stop}");
        }
    }

    #[test]
    fn the_words_after_test_choose_tests() {
        assert_eq!(
            parsed("test outage"),
            Ok(Task::Test(vec!["outage".to_owned()]))
        );
    }
}
