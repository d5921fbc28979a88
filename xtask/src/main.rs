//! Set-up and everyday commands.
fn main() {}
