//! Where things lie: the project, what is built, and what is installed for this project alone.

use std::path::{Path, PathBuf};

use crate::stage::{Stop, While as _};

/// The folders that the commands work in.
#[derive(Debug)]
pub(crate) struct Places {
    /// The project's root.
    pub(crate) root: PathBuf,
    /// What cargo builds: `target`, or what `CARGO_TARGET_DIR` says.
    pub(crate) target: PathBuf,
}

impl Places {
    /// Finds the project from where this program's source lies, and makes it the working folder.
    pub(crate) fn here() -> Result<Self, Stop> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| Stop::new("the project's root folder is gone"))?
            .to_owned();
        std::env::set_current_dir(&root).doing("enter the project's folder")?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(target).doing("find the target folder")?;
        Ok(Self { root, target })
    }

    /// Tools installed for this project alone, outside the system.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A program built by cargo without `--release`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}
