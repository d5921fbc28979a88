//! What is fed with whatever a stranger may send. Each target is a plain function, so that libFuzzer
//! calls it (`fuzz/`, outside of the workspace) and the integration binary feeds it the committed
//! corpus and mutations of it on every run. A target fails, or panics, when something must never be.

mod bodies;
mod bundles;
mod hall;
mod imports;
mod mutation;
mod packets;
mod words;

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context as _, Result};

pub use bundles::verdict;
pub use mutation::Mutation;

/// Something that is fed with bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, and that of the folder of its corpus.
    pub name: &'static str,
    /// Takes the bytes; fails when it finds a fault.
    pub feed: fn(&[u8]) -> Result<()>,
    /// Words that its inputs are made of, for mutations.
    pub words: &'static [&'static str],
    /// How often it is fed on each run of the tests: some seconds for all together.
    pub runs: usize,
}

/// Every target there is.
pub const TARGETS: &[Target] = &[
    packets::PACKETS,
    packets::FROM_SERVER,
    bodies::BODIES,
    words::WORDS,
    imports::IMPORTS,
    bundles::BUNDLES,
    bundles::RELEASES,
];

impl Target {
    /// The target of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Where its corpus lies.
    pub fn folder(&self) -> PathBuf {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        tests.join("corpus").join(self.name)
    }

    /// Its corpus, in the order of the names.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, or is empty.
    pub fn corpus(&self) -> Result<Vec<Vec<u8>>> {
        let folder = self.folder();
        let entries = std::fs::read_dir(&folder);
        let entries = entries.with_context(|| format!("{}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        paths.sort();
        anyhow::ensure!(!paths.is_empty(), "{} is empty", folder.display());
        let read = |path: &PathBuf| Ok(std::fs::read(path)?);
        paths.iter().map(read).collect()
    }
}

/// What a target needs, made once; what hindered it hinders every run.
fn made<T>(
    once: &'static OnceLock<Result<T, String>>,
    make: impl FnOnce() -> Result<T>,
) -> Result<&'static T> {
    let found = once.get_or_init(|| make().map_err(|error| format!("{error:#}")));
    found.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
}
