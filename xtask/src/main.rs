//! Set-up and everyday commands of the project; `cargo xtask --help` lists them.
//!
//! Everything here is plain standard library (and one small crate for signals), so that it is
//! built in a second on a machine that has nothing but the Rust toolchain.

mod arguments;
mod bundle;
mod display;
mod icons;
mod machine;
mod needs;
mod node;
mod places;
mod processes;
mod run;
mod session;
mod stage;
mod supply;
mod test;
mod tour;
mod web;

use std::process::ExitCode;

use arguments::Task;
use places::Places;
use stage::{Stop, say};

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    match arguments::parse(&asked).and_then(carry_out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stage::complain(&stop);
            ExitCode::FAILURE
        }
    }
}

/// Carries out one command from the project's root folder.
fn carry_out(task: Task) -> Result<(), Stop> {
    let places = Places::here()?;
    match task {
        Task::Help => {
            say(arguments::HELP);
            Ok(())
        }
        Task::Setup => test::prepare(&places),
        Task::Run(options) => run::run(&places, &options),
        Task::Test(filter) => test::test(&places, &filter),
        Task::Bundle => bundle::bundle(&places),
        Task::Bench(rest) => test::bench(&places, &rest),
        Task::Attack(rest) => test::attack(&places, &rest),
        Task::Deny => supply::deny(),
        Task::Sbom => supply::sbom(&places),
        Task::Icons => icons::icons(&places),
        Task::Session(command) => session::session(&command),
    }
}
