//! The console.
fn main() {
    elms_console::run();
}
