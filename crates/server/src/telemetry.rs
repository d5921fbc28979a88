//! Logs: one line for each thing that an operator wants to know, on standard error.
//!
//! They name routes, records and accounts by number, and hold no name, e-mail address, token or body;
//! a network address stands only where somebody was let in or turned away. Nothing in a line is text
//! that somebody sent.

use tracing_subscriber::EnvFilter;

/// Starts the log: text, or JSON lines. `ELMS_LOG` chooses what is told, like `debug`.
///
/// # Errors
///
/// When `ELMS_LOG` is no filter, or a log was started before.
pub fn log_to_stderr(json: bool) -> anyhow::Result<()> {
    let filter = match std::env::var("ELMS_LOG") {
        Ok(text) if !text.is_empty() => EnvFilter::try_new(text)
            .map_err(|error| anyhow::anyhow!("ELMS_LOG is no filter: {error}"))?,
        _ => EnvFilter::new("info"),
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let started = if json {
        log.json().try_init()
    } else {
        log.try_init()
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))?;
    faults_to_log();
    Ok(())
}

/// Has each fault of the program written as one line of the log: where it was, and its words if they
/// stand in the program. Words that were put together may be somebody's, and stay out.
fn faults_to_log() {
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(ToString::to_string);
        let words = fault.payload().downcast_ref::<&'static str>().copied();
        tracing::error!(place, words, "a fault of the program");
    }));
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        panic::catch_unwind,
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_fault_is_one_line_of_the_log_and_says_nothing_that_somebody_wrote() {
        let kept = Kept::default();
        let log = {
            let kept = kept.clone();
            tracing_subscriber::fmt()
                .with_ansi(false)
                .with_writer(move || kept.clone())
                .finish()
        };
        let before = std::panic::take_hook();
        faults_to_log();
        tracing::subscriber::with_default(log, || {
            let name = std::hint::black_box("Ama\nBadu".to_owned());
            drop(catch_unwind(|| panic!("no seat for {name}")));
            drop(catch_unwind(|| panic!("no seat at all")));
        });
        std::panic::set_hook(before);
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        for line in &lines {
            assert!(
                line.contains("ERROR") && line.contains("telemetry.rs"),
                "{line}"
            );
        }
        assert!(!text.contains("Ama"), "{text}");
        assert!(lines[1].contains("no seat at all"), "{text}");
    }
}
