//! The console's window. All of it is in the library, so that tests can reach it.

// No terminal window beside the console on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    elms_console::run()
}
