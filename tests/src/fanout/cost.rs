//! What a process costs, as the kernel counts it. Linux only.

use anyhow::{Context as _, Result};

use super::to_f64;

/// What a process has used so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// Processor time in the program and in the kernel for it, in seconds.
    pub(super) cpu_s: f64,
    /// Memory held, in KiB.
    pub(super) resident_kib: u64,
}

impl Cost {
    /// Reads it from `/proc`.
    pub(super) fn of(pid: u32) -> Result<Self> {
        let read = |file: &str| {
            let path = format!("/proc/{pid}/{file}");
            std::fs::read_to_string(&path).with_context(|| format!("{path} (Linux only)"))
        };
        let ticks = ticks(&read("stat")?).context("an unknown form of /proc/PID/stat")?;
        let resident_kib = resident(&read("status")?).context("no VmRSS")?;
        let cpu_s = to_f64(ticks) / to_f64(ticks_per_second());
        Ok(Self {
            cpu_s,
            resident_kib,
        })
    }
}

/// utime and stime. The second field is the program's name and may hold blanks, so it is skipped
/// by its closing bracket.
fn ticks(stat: &str) -> Option<u64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user.saturating_add(system))
}

fn resident(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(unix)]
fn ticks_per_second() -> u64 {
    rustix::param::clock_ticks_per_second()
}

#[cfg(not(unix))]
fn ticks_per_second() -> u64 {
    100
}

/// Lets this process and its children open as many files as the machine allows: each connection
/// is one.
///
/// # Errors
///
/// When the machine does not let a process raise its limit.
pub fn raise_file_limit() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        setrlimit(Resource::Nofile, limit)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_program_with_a_strange_name_is_read() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 9 0 0 0 120 34 0 0 20 0 5 0 100";
        assert_eq!(ticks(stat), Some(154));
        assert_eq!(resident("Name: a\nVmRSS:\t  2048 kB\n"), Some(2048));
    }
}
