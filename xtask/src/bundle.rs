//! `cargo xtask bundle`: the installable package with the console and the server in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{has_display, make_ready};
use crate::needs::Purpose;
use crate::node::Node;
use crate::places::Places;
use crate::run::cargo;
use crate::stage::{Stop, While as _, answer, say, stage};
use crate::web;

/// The Tauri command line, as an npm package; it fits the `tauri` crate of the same minor version.
const TAURI_CLI: &str = "@tauri-apps/cli@2";

/// Builds the package for the system this runs on: `.deb` on Linux.
pub(crate) fn bundle(places: &Places) -> Result<(), Stop> {
    make_ready(Purpose {
        display: has_display(),
        drive: false,
    })?;
    let node = Node::ready(places)?;
    web::packages(&node, &places.root.join("ui"))?;
    let tauri = tauri_cli(places, &node)?;
    let companion = companion(places)?;
    let mut command = Command::new(node_program(&tauri));
    command
        .args(["build", "--ci", "--config", &extra(&companion)])
        .env("PATH", node.path())
        .env("CARGO_TARGET_DIR", &places.target);
    if cfg!(target_os = "linux") {
        command.args(["--bundles", "deb"]);
    }
    stage("Build the package (some minutes)", &mut command)?;
    let made = places.target.join("release").join("bundle");
    say(&format!("The package is beneath {}.", made.display()));
    Ok(())
}

fn node_program(folder: &Path) -> PathBuf {
    let name = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    folder.join("node_modules").join(".bin").join(name)
}

/// Installs the Tauri command line for this project alone; building it from source takes minutes.
fn tauri_cli(places: &Places, node: &Node) -> Result<PathBuf, Stop> {
    let folder = places.tools().join("tauri");
    if !node_program(&folder).is_file() {
        std::fs::create_dir_all(&folder).doing("make a folder for the Tauri command line")?;
        let mut npm = node.npm(&places.root);
        npm.args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(TAURI_CLI);
        stage("Install the Tauri command line for this project", &mut npm)?;
    }
    Ok(folder)
}

/// Builds the server and lays it where the bundler looks: with the target's name at its end.
fn companion(places: &Places) -> Result<PathBuf, Stop> {
    let mut command = cargo();
    command.args(["build", "--release", "--package", "elms-server"]);
    stage("Build the server", &mut command)?;
    let triple = answer("rustc", &["--print", "host-tuple"])
        .ok_or_else(|| Stop::new("rustc does not say for which machine it builds"))?;
    let ending = std::env::consts::EXE_SUFFIX;
    let folder = places.target.join("companion");
    std::fs::create_dir_all(&folder).doing("make a folder for the server")?;
    let built = places
        .target
        .join("release")
        .join(format!("elms-server{ending}"));
    let named = folder.join(format!("elms-server-{triple}{ending}"));
    std::fs::copy(&built, &named).doing("lay the server beside the console")?;
    Ok(folder.join("elms-server"))
}

/// What only a bundle needs in the configuration; plain builds must not ask for that file.
fn extra(companion: &Path) -> String {
    let path = companion.to_string_lossy().replace('\\', "/");
    format!(r#"{{"bundle":{{"externalBin":["{path}"]}}}}"#)
}
