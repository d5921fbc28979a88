//! `cargo xtask test`: makes the machine ready and passes every check and test there is.

use std::path::Path;
use std::process::Command;

use crate::display::{Scratch, in_own_session, on_display, virtual_display};
use crate::machine::make_ready;
use crate::needs::Purpose;
use crate::node::Node;
use crate::places::Places;
use crate::processes::Company;
use crate::run::cargo;
use crate::stage::{Stop, stage};
use crate::web;

/// Everything that the other commands may need, installed.
const ALL: Purpose = Purpose {
    display: false,
    drive: true,
};

/// Installs what is missing: system packages, Node, npm packages.
pub(crate) fn prepare(places: &Places) -> Result<(), Stop> {
    ready(places).map(drop)
}

fn ready(places: &Places) -> Result<Node, Stop> {
    make_ready(ALL)?;
    let node = Node::ready(places)?;
    web::packages(&node, &places.root.join("ui"))?;
    let partners = places.root.join("tests").join("js");
    if partners.join("package-lock.json").is_file() {
        web::packages(&node, &partners)?;
    }
    Ok(node)
}

/// Runs every check and test, the cheap ones first; the first that fails ends it.
///
/// `filter` goes to `cargo test`; with one, the checks are left out.
pub(crate) fn test(places: &Places, filter: &[String]) -> Result<(), Stop> {
    let node = ready(places)?;
    if filter.is_empty() {
        check(places, &node)?;
    }
    web::build(&node, places)?;
    // The tests start the real server and the real window. All targets at once, so that nothing is
    // built a second time with other features for the tests.
    let all = ["build", "--workspace", "--all-targets"];
    stage(
        "Build everything (the first time takes some minutes)",
        cargo().args(all),
    )?;
    in_the_exam_hall("Run the tests", places, &node, |command| {
        // There are no examples in the documentation: asking for them would only print zeros.
        command
            .args(["test", "--workspace", "--lib", "--bins", "--tests"])
            .args(filter);
    })
}

/// Measures: the benchmarks of `tests`, with the words given handed on. What is measured is built
/// as it is shipped.
pub(crate) fn bench(places: &Places, rest: &[String]) -> Result<(), Stop> {
    let node = ready(places)?;
    let server = ["build", "--release", "--package", "elms-server"];
    stage("Build the server", cargo().args(server))?;
    let mut measure = cargo();
    measure
        .args([
            "bench",
            "--package",
            "elms-tests",
            "--bench",
            "fanout",
            "--",
        ])
        .args(rest)
        .env("PATH", node.path())
        .env("CARGO_TARGET_DIR", &places.target);
    stage("Measure", &mut measure)
}

/// Tries the holes of the original on a server that runs somewhere.
pub(crate) fn attack(places: &Places, rest: &[String]) -> Result<(), Stop> {
    let node = ready(places)?;
    let mut attack = cargo();
    attack
        .args([
            "run",
            "--quiet",
            "--package",
            "elms-tests",
            "--bin",
            "attack",
            "--",
        ])
        .args(rest)
        .env("PATH", node.path())
        .env("CARGO_TARGET_DIR", &places.target);
    stage("Attack", &mut attack)
}

/// What needs no running program: the interface's own checks, form and lints.
fn check(places: &Places, node: &Node) -> Result<(), Stop> {
    let ui = places.root.join("ui");
    // First, as the console's own source does not compile without the built interface.
    web::build(node, places)?;
    stage(
        "Check the user interface",
        node.npm(&ui).args(["run", "check"]),
    )?;
    stage(
        "Check the form of the source",
        cargo().args(["fmt", "--all", "--check"]),
    )?;
    let lints = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    stage("Check the source with clippy", cargo().args(lints))
}

/// Runs cargo where windows can open, keys be kept and notifications be heard, without touching
/// the person's own display, keys or bus.
fn in_the_exam_hall(
    title: &str,
    places: &Places,
    node: &Node,
    fill: impl FnOnce(&mut Command),
) -> Result<(), Stop> {
    if !cfg!(target_os = "linux") {
        let mut command = cargo();
        fill(&mut command);
        return stage(title, &mut command);
    }
    let keys = Scratch::new(&std::env::temp_dir(), "elms-keys")?;
    let mut company = Company::new()?;
    let display = virtual_display(&mut company)?;
    let mut command = session(keys.path())?;
    fill(&mut command);
    on_display(&mut command, &display);
    command
        .env("PATH", node.path())
        .env("CARGO_TARGET_DIR", &places.target);
    company.run_to_end(title, &mut command)
}

fn session(keys: &Path) -> Result<Command, Stop> {
    in_own_session(keys, cargo().get_program(), false)
}
