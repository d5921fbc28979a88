//! The targets of `elms_tests::fuzz`, fed with their corpus and with mutations of it. Each run feeds
//! the same inputs; `ELMS_FUZZ_SECONDS` feeds each target so long instead, and `ELMS_FUZZ_SEED`
//! others. `ELMS_FUZZ_TARGET` names one target only.

use std::{
    io::Write as _,
    panic::catch_unwind,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use elms_protocol::proof::Verdict;
use elms_tests::fuzz::{Mutation, TARGETS, Target, verdict};

/// The number in a variable.
fn number(name: &str) -> Result<Option<u64>> {
    let text = std::env::var(name).ok();
    text.map(|text| text.parse().with_context(|| format!("{name} is no number")))
        .transpose()
}

/// Feeds one input; a target that fails or panics is named with what it was fed.
fn feed(target: &Target, input: &[u8]) -> Result<()> {
    let take = target.feed;
    let taken = catch_unwind(|| take(input)).unwrap_or_else(|_panic| bail!("it panics"));
    taken.with_context(|| {
        let input = input.escape_ascii().to_string();
        format!("{} does not bear {input:?}", target.name)
    })
}

/// How often it was fed.
fn run(target: &Target, seed: u64, seconds: Option<u64>) -> Result<usize> {
    let corpus = target.corpus()?;
    for input in &corpus {
        feed(target, input)?;
    }
    let mut mutation = Mutation::new(seed);
    let began = Instant::now();
    let is_over = |n: usize| match seconds {
        Some(seconds) => Duration::from_secs(seconds) <= began.elapsed(),
        None => target.runs <= n,
    };
    let mut n = 0;
    while !is_over(n) {
        let input = mutation.next(&corpus, target.words);
        feed(target, &input).with_context(|| format!("seed {seed}, input {n}"))?;
        n += 1;
    }
    Ok(n + corpus.len())
}

#[test]
fn nothing_that_a_stranger_sends_ends_anything() -> Result<()> {
    let seed = number("ELMS_FUZZ_SEED")?.unwrap_or(7);
    let seconds = number("ELMS_FUZZ_SECONDS")?;
    let only = std::env::var("ELMS_FUZZ_TARGET").ok();
    for target in TARGETS {
        if only.as_ref().is_some_and(|only| only != target.name) {
            continue;
        }
        let began = Instant::now();
        let n = run(target, seed, seconds)?;
        let took = began.elapsed().as_millis();
        writeln!(
            std::io::stderr(),
            "{}: {n} inputs in {took} ms",
            target.name
        )?;
    }
    Ok(())
}

#[test]
fn a_target_that_panics_is_named_with_its_input() {
    let target = Target {
        name: "glass",
        feed: |bytes| {
            assert!(!bytes.contains(&b'!'), "it breaks");
            Ok(())
        },
        words: &["!"],
        runs: 0,
    };
    assert!(feed(&target, b"hush").is_ok());
    let broken = feed(&target, b"bang!\n").unwrap_err().to_string();
    assert_eq!(broken, "glass does not bear \"bang!\\\\n\"");
    // And mutations do come to it.
    let mut mutation = Mutation::new(7);
    let corpus = [b"hush".to_vec()];
    let mut inputs = (0..100).map(|_| mutation.next(&corpus, target.words));
    assert!(inputs.any(|input| feed(&target, &input).is_err()));
}

#[test]
fn a_bundle_with_one_byte_changed_is_sound_only_where_it_means_the_same() -> Result<()> {
    let bundles = Target::named("bundles")
        .context("no such target")?
        .corpus()?;
    let bundle = bundles.iter().min_by_key(|bundle| bundle.len());
    let bundle = bundle.context("no bundle")?;
    let Some(Verdict::Sound { size, key, .. }) = verdict(bundle, None) else {
        bail!("the sample is not sound");
    };
    ensure!(2 < size, "the sample has {size} events");
    let mut n_changed = 0;
    for at in 0..bundle.len() {
        for change in [1_u8, 0x10, 0x20, 0x80] {
            let mut changed = bundle.clone();
            changed
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte ^= change);
            let is_sound = matches!(verdict(&changed, Some(&key)), Some(Verdict::Sound { .. }));
            // A digit of a hash or the T of an instant in the other case; what people wrote is
            // hashed byte for byte.
            if is_sound && !changed.eq_ignore_ascii_case(bundle) {
                let from = at.saturating_sub(20);
                let place = changed.get(from..(at + 20).min(changed.len()));
                let place = place.unwrap_or_default().escape_ascii().to_string();
                bail!("byte {at} may be changed by {change}: {place}");
            }
            n_changed += 1;
        }
    }
    writeln!(
        std::io::stderr(),
        "{n_changed} changed bundles, none sound that says something else"
    )?;
    Ok(())
}
