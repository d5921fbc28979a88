//! The user interface: packages by the lock file, and a build when its sources are newer.

use std::path::Path;
use std::time::SystemTime;

use crate::node::Node;
use crate::places::Places;
use crate::stage::{Stop, While as _, stage};

/// Installs the packages of `folder` when its lock file changed since the last time.
pub(crate) fn packages(node: &Node, folder: &Path) -> Result<(), Stop> {
    let lock = folder.join("package-lock.json");
    // Within node_modules, so that it goes when they go.
    let modules = folder.join("node_modules");
    let seen = modules.join(".lock-of-the-last-install");
    let wanted = std::fs::read(&lock).doing(&format!("read {}", lock.display()))?;
    if std::fs::read(&seen).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let title = format!("Install the npm packages of {}", name(folder));
    stage(
        &title,
        node.npm(folder).args(["ci", "--no-audit", "--no-fund"]),
    )?;
    let remembered = std::fs::create_dir_all(modules).and_then(|()| std::fs::write(&seen, wanted));
    remembered.doing("remember which packages are installed")
}

/// Builds the user interface when a source is newer than the last build.
pub(crate) fn build(node: &Node, places: &Places) -> Result<(), Stop> {
    let ui = places.root.join("ui");
    let page = ui.join("dist").join("index.html");
    let built = std::fs::metadata(page)
        .and_then(|facts| facts.modified())
        .ok();
    let changed = newest(&ui).doing("look through ui/")?;
    if built.is_some_and(|built| changed.is_none_or(|changed| changed <= built)) {
        return Ok(());
    }
    stage(
        "Build the user interface",
        node.npm(&ui).args(["run", "build"]),
    )
}

/// When the youngest file beneath `folder` was changed, leaving out what is installed or built.
fn newest(folder: &Path) -> std::io::Result<Option<SystemTime>> {
    let mut newest = None;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let made = entry.file_name() == "node_modules" || entry.file_name() == "dist";
        let changed = match entry.file_type()? {
            _ if made => None,
            kind if kind.is_dir() => self::newest(&entry.path())?,
            _ => Some(entry.metadata()?.modified()?),
        };
        newest = newest.max(changed);
    }
    Ok(newest)
}

fn name(folder: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    folder
        .strip_prefix(here)
        .unwrap_or(folder)
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, create_dir_all};
    use std::time::Duration;

    fn write(path: &Path, age: u64) {
        let file = File::create(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_007 - age))
            .unwrap();
    }

    #[test]
    fn what_is_installed_or_built_does_not_count_as_a_source() {
        let root = std::env::temp_dir().join(format!("xtask-web-{}", std::process::id()));
        for folder in ["src", "dist", "node_modules"] {
            create_dir_all(root.join(folder)).unwrap();
        }
        write(&root.join("index.html"), 500);
        write(&root.join("src").join("main.tsx"), 100);
        write(&root.join("dist").join("index.html"), 0);
        write(&root.join("node_modules").join("react.js"), 0);
        let found = newest(&root).unwrap();
        std::fs::remove_dir_all(&root).unwrap();
        assert_eq!(
            found,
            Some(SystemTime::UNIX_EPOCH + Duration::from_secs(999_907))
        );
    }
}
