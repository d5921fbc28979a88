//! Logs: one line for each thing that an operator wants to know, on standard error.
//!
//! They name routes, records and accounts by number, and hold no name, address, token or body.

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
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}
