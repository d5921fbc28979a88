//! `elms-server check-update` and `sign-update`: whether a release may be taken, and how one is
//! signed on a machine that is on no network.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::Args;
use elms_protocol::{
    Timestamp,
    proof::{
        Digest, Key, Pen,
        update::{Manifest, Released},
    },
};
use elms_server::clock::Clock;
use sha2::{Digest as _, Sha256};

/// A release that was brought here.
#[derive(Debug, Args)]
pub(crate) struct CheckUpdate {
    /// The list of its files, signed.
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The release key, in Base64, as written down when this machine was set up.
    #[arg(long, value_name = "KEY")]
    key: Key,
    /// Where the highest counter is remembered that was taken here.
    #[arg(long, value_name = "FILE")]
    seen: PathBuf,
    /// Its files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl CheckUpdate {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let text = fs::read_to_string(&self.manifest)
            .with_context(|| format!("{}", self.manifest.display()))?;
        let manifest = Manifest::read(&text, &self.key)?;
        manifest.may_follow(seen(&self.seen)?, Clock::real_now())?;
        for path in &self.files {
            let Released {
                digest,
                bytes,
                name,
            } = released(path)?;
            manifest.check(&name, bytes, digest)?;
        }
        fs::write(&self.seen, format!("{}\n", manifest.counter))?;
        let (version, counter) = (&manifest.version, manifest.counter);
        Ok(writeln!(
            std::io::stdout(),
            "ok: version {version}, release {counter}"
        )?)
    }
}

/// The highest counter that was taken; nothing was before the first.
fn seen(path: &Path) -> Result<u64> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let seen = text.trim().parse();
            seen.with_context(|| format!("{} holds no counter", path.display()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error).with_context(|| format!("{}", path.display())),
    }
}

fn released(path: &Path) -> Result<Released> {
    let name = path.file_name().and_then(|name| name.to_str());
    let mut file = fs::File::open(path).with_context(|| format!("{}", path.display()))?;
    let (mut hasher, mut bytes, mut part) = (Sha256::new(), 0_u64, vec![0; 1 << 16]);
    loop {
        let n = file.read(&mut part)?;
        let read = part.get(..n).unwrap_or_default();
        if read.is_empty() {
            break;
        }
        hasher.update(read);
        bytes = bytes.saturating_add(u64::try_from(n)?);
    }
    Ok(Released {
        digest: Digest(hasher.finalize().into()),
        bytes,
        name: name.context("the file has no name")?.to_owned(),
    })
}

/// A release that is about to be given out.
#[derive(Debug, Args)]
pub(crate) struct SignUpdate {
    /// 32 secret bytes; they belong on no server.
    #[arg(long, value_name = "FILE")]
    secret: PathBuf,
    /// One more than the last release had.
    #[arg(long, value_name = "NUMBER")]
    counter: u64,
    /// The version, for people.
    #[arg(long)]
    version: String,
    /// Until when it may be taken, like 2027-01-31T00:00:00Z.
    #[arg(long, value_name = "INSTANT")]
    expires: Timestamp,
    /// Its files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

impl SignUpdate {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let secret = <[u8; 32]>::try_from(fs::read(&self.secret)?);
        let secret = secret.ok().context("the secret is 32 bytes long")?;
        let pen = Pen::new(&secret);
        let files = self.files.iter().map(|path| released(path));
        let manifest = Manifest {
            counter: self.counter,
            version: self.version.clone(),
            expires: self.expires,
            files: files.collect::<Result<_>>()?,
        };
        drop(writeln!(std::io::stderr(), "release key {}", pen.key()));
        Ok(std::io::stdout().write_all(manifest.signed(&pen).as_bytes())?)
    }
}
