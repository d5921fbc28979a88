//! The console's own log: on standard error and in a file that Diagnostics can show.
//!
//! Lines carry no payload, no candidate's name and no token.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal as _, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// A log longer than this is set aside at the next start, in bytes; one older file is kept.
const LONGEST: u64 = 5 * 1024 * 1024;

/// Begins to log. `ELMS_CONSOLE_LOG` chooses what (default `info`), as in `debug` or `elms_client=trace`.
///
/// Without a file the log goes to standard error only: a full disk must not keep the console shut.
pub(crate) fn begin(folder: &Path) {
    let filter =
        EnvFilter::try_from_env("ELMS_CONSOLE_LOG").unwrap_or_else(|_unset| EnvFilter::new("info"));
    let terminal = tracing_subscriber::fmt::layer()
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let file = open(&folder.join("console.log"));
    let unwritten = file.as_ref().err().map(ToString::to_string);
    let file = file.ok().map(|file| {
        tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_writer(Mutex::new(file))
    });
    let began = tracing_subscriber::registry()
        .with(filter)
        .with(terminal)
        .with(file)
        .try_init();
    if let (Ok(()), Some(error)) = (began, unwritten) {
        tracing::warn!(error, "the log is not kept in a file");
    }
}

/// So many bytes of the log are read for Diagnostics, and so many lines shown of them.
const SHOWN: (u64, usize) = (32 * 1024, 60);

/// The newest lines of the log, the oldest of them first; none when there is no file.
pub(crate) fn last(folder: &Path) -> Vec<String> {
    read_end(&folder.join("console.log")).unwrap_or_default()
}

fn read_end(path: &Path) -> std::io::Result<Vec<String>> {
    let (bytes, lines) = SHOWN;
    let mut file = File::open(path)?;
    let skipped = file.metadata()?.len().saturating_sub(bytes);
    file.seek(SeekFrom::Start(skipped))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let text = String::from_utf8_lossy(&end);
    // A line whose beginning was not read is none.
    let whole = text.lines().skip(usize::from(0 < skipped));
    let whole: Vec<String> = whole.map(str::to_owned).collect();
    let first = whole.len().saturating_sub(lines);
    Ok(whole.into_iter().skip(first).collect())
}

fn open(path: &Path) -> std::io::Result<File> {
    if std::fs::metadata(path).is_ok_and(|facts| facts.len() > LONGEST) {
        std::fs::rename(path, path.with_extension("old.log"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_grew_too_long_is_set_aside_and_a_new_one_begun() {
        let folder = std::env::temp_dir().join(format!("elms-logs-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("console.log");
        File::create(&path).unwrap().set_len(LONGEST + 1).unwrap();
        drop(open(&path).unwrap());
        let lengths = [path, folder.join("console.old.log")]
            .map(|path| std::fs::metadata(path).unwrap().len());
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(lengths, [0, LONGEST + 1]);
    }

    #[test]
    fn diagnostics_shows_the_newest_whole_lines() {
        let folder = std::env::temp_dir().join(format!("elms-log-lines-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(last(&folder), Vec::<String>::new());
        let text: Vec<String> = (0..2_000).map(|n| format!("line {n} of the log")).collect();
        std::fs::write(folder.join("console.log"), text.join("\n")).unwrap();
        let lines = last(&folder);
        assert_eq!(lines.len(), 60);
        assert_eq!(lines[0], "line 1940 of the log");
        assert_eq!(lines[59], "line 1999 of the log");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
