//! The programs behind the windows.

use std::path::{Path, PathBuf};

use anyhow::Result;
use rustix::process::{Pid, Signal, kill_process};

/// The consoles that run over a folder. The driver says that the window is closed, not that the
/// program behind it has let go of its files.
pub(super) fn consoles_of((name, folder): &(&str, PathBuf)) -> Vec<Pid> {
    let wanted = format!("{name}={}", folder.display());
    let is_one = |dir: &Path| {
        let name = std::fs::read_to_string(dir.join("comm")).unwrap_or_default();
        let environ = std::fs::read(dir.join("environ")).unwrap_or_default();
        let mut variables = environ.split(|byte| *byte == 0);
        name.trim() == "elms-console" && variables.any(|one| one == wanted.as_bytes())
    };
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let dirs = entries.map(|entry| entry.path()).filter(|dir| is_one(dir));
    let pids = dirs.filter_map(|dir| dir.file_name()?.to_str()?.parse().ok());
    pids.filter_map(Pid::from_raw).collect()
}

/// Ends the consoles over a folder as a power cut would; how many there were.
pub(super) fn kill(known_by: &(&str, PathBuf)) -> Result<usize> {
    let pids = consoles_of(known_by);
    for pid in &pids {
        kill_process(*pid, Signal::KILL)?;
    }
    Ok(pids.len())
}

/// A port that is free now; the driver takes it at once.
pub(super) fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}
