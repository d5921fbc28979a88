//! Logs that somebody brings to be verified, and lists of releases.

use anyhow::{Result, ensure};
use elms_protocol::{
    Timestamp,
    proof::{Audit, Pen, Verdict, update::Manifest},
};
use elms_server::ledger::Bundle;

use super::Target;

/// A bundle.
pub(super) const BUNDLES: Target = Target {
    name: "bundles",
    runs: 4_000,
    feed: bundles,
    words: &[
        "{\"event\":",
        "{\"checkpoint\":",
        "{\"end\":",
        "\\n",
        "\\u2014 ",
        "elms/1/",
        "null",
        "-1",
        "18446744073709551615",
        "\"salt\":",
        "\"body\":",
        "\"commitment\":",
        "\"leaf\":",
        "\n",
    ],
};

#[expect(
    clippy::unnecessary_wraps,
    reason = "a target may fail; here only a panic is a fault, as a log that was cut is sound"
)]
fn bundles(bytes: &[u8]) -> Result<()> {
    drop(verdict(bytes, None));
    Ok(())
}

/// What is said to a bundle, with the words of its key; none when it is no bundle, or cannot be
/// read to its end.
pub fn verdict(bytes: &[u8], pin: Option<&str>) -> Option<Verdict> {
    let bundle = Bundle::open(bytes).ok()?;
    let mut audit = Audit::new(&bundle.head.origin, bundle.head.key);
    if let Some(pin) = pin {
        audit.pin(pin);
    }
    let fault = bundle.audit(&mut audit).ok()?;
    Some(fault.map_or_else(|| audit.end(), Verdict::Tampered))
}

/// A list of a release. Whoever has not the key makes none that is read.
pub(super) const RELEASES: Target = Target {
    name: "releases",
    runs: 20_000,
    feed: releases,
    words: &[
        "elms update 1",
        "counter ",
        "version ",
        "expires ",
        "\n\n",
        " 5 ",
        "..",
        "/",
        "\0",
    ],
};

fn releases(bytes: &[u8]) -> Result<()> {
    let key = Pen::new(&[9; 32]).key();
    let text = String::from_utf8_lossy(bytes);
    ensure!(Manifest::read(&text, &key).is_err(), "read without the key");
    if let Ok(manifest) = text.parse::<Manifest>() {
        let again = manifest.to_string().parse();
        ensure!(
            again.as_ref() == Ok(&manifest),
            "{manifest:?} is another when read again"
        );
        drop(manifest.may_follow(0, Timestamp(0)));
    }
    Ok(())
}
