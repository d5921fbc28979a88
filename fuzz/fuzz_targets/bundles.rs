//! The target `bundles` of `elms_tests::fuzz`, fed by libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    elms_fuzz::feed("bundles", bytes);
});
