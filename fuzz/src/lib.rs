//! Targets that libFuzzer feeds. What they are stands in `elms_tests::fuzz`, which the tests feed too.

use elms_tests::fuzz::Target;

/// Feeds a target.
///
/// # Panics
///
/// When the target fails: that is how libFuzzer hears of it.
pub fn feed(name: &str, bytes: &[u8]) {
    let target = Target::named(name).expect("a target of this name");
    if let Err(error) = (target.feed)(bytes) {
        panic!("{error:#}");
    }
}
