//! Node, new enough for the user interface's tools: the machine's own, or one for this project alone.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::places::Places;
use crate::stage::{Stop, While as _, answer, say, stage};

/// Node as the commands use it.
#[derive(Debug)]
pub(crate) struct Node {
    /// The search path with the right Node in front.
    path: OsString,
}

impl Node {
    /// Finds a Node that is new enough, or installs one beneath the target folder.
    pub(crate) fn ready(places: &Places) -> Result<Self, Stop> {
        let found = answer("node", &["--version"]);
        if found.as_deref().is_some_and(new_enough) {
            return Self::with(None);
        }
        let home = places.tools().join("node");
        let bin = home.join("node_modules").join("node").join("bin");
        if !works(&bin) {
            say(&format!(
                "missing: Node 20.19, 22.12 or newer (here: {}); Node 22 will be installed in {}",
                found.as_deref().unwrap_or("none"),
                home.display()
            ));
            std::fs::create_dir_all(&home).doing("make a folder for Node")?;
            let mut npm = npm();
            npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
                .arg(&home)
                .arg("node@22");
            stage("Install Node for this project", &mut npm)?;
        }
        if works(&bin) {
            return Self::with(Some(bin));
        }
        Err(Stop::new("Node 22 was installed, but it does not run"))
    }

    fn with(bin: Option<PathBuf>) -> Result<Self, Stop> {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let folders = bin.into_iter().chain(std::env::split_paths(&old));
        let path = std::env::join_paths(folders).doing("put Node on the search path")?;
        Ok(Self { path })
    }

    /// `npm` under this Node, in the folder given.
    pub(crate) fn npm(&self, folder: &Path) -> Command {
        let mut command = npm();
        command.current_dir(folder).env("PATH", &self.path);
        command
    }

    /// The search path with this Node in front, for programs that call `node` themselves.
    pub(crate) fn path(&self) -> &OsString {
        &self.path
    }
}

/// `npm` as this system names it.
fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn works(bin: &Path) -> bool {
    let program = bin.join("node");
    answer(&program.to_string_lossy(), &["--version"]).is_some_and(|text| new_enough(&text))
}

/// Whether `version` (as `v22.23.3`) runs the tools of the user interface.
fn new_enough(version: &str) -> bool {
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(20)), Some(Ok(minor))) => minor >= 19,
        (Some(Ok(22)), Some(Ok(minor))) => minor >= 12,
        (Some(Ok(major)), Some(Ok(_))) => major > 22,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn the_node_of_debian_12_is_too_old() {
        assert!(!new_enough("v18.20.4"));
    }

    #[test]
    fn a_node_that_the_tools_accept_is_taken() {
        for version in ["v20.19.0", "v20.20.2", "v22.12.0", "v24.0.1"] {
            assert!(new_enough(version), "{version}");
        }
    }

    #[test]
    fn a_node_that_the_tools_refuse_is_not_taken() {
        for version in ["v20.18.9", "v21.7.0", "v22.11.0", "", "nonsense", "v22"] {
            assert!(!new_enough(version), "{version}");
        }
    }
}
