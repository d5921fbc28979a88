//! A release as it is signed on a machine of its own, and checked where it is to be installed.

use super::*;

/// A folder with a secret, a file to release, and what was remembered.
struct Bench {
    dir: tempfile::TempDir,
}

const FILE: &str = "elms-console_0.2.0_amd64.deb";

impl Bench {
    fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        std::fs::write(dir.path().join("secret"), [7; 32])?;
        std::fs::write(dir.path().join(FILE), "a package")?;
        Ok(Self { dir })
    }

    fn path(&self, name: &str) -> Result<String> {
        Ok(text(&self.dir.path().join(name))?.to_owned())
    }

    /// Signs the release with this counter; answers its key.
    async fn signs(&self, counter: &str, expires: &str) -> Result<String> {
        let (secret, file) = (self.path("secret")?, self.path(FILE)?);
        let version = ["--version", "0.2.0", "--expires", expires];
        let sign = ["sign-update", "--secret", &secret, "--counter", counter];
        let words = [&sign[..], &version[..], &[file.as_str()][..]].concat();
        let (content, manifest, told) = said(&mut elms_server(&words)?).await?;
        ensure!(content, "{told}");
        std::fs::write(self.path("manifest")?, manifest)?;
        let key = told.trim().rsplit(' ').next().context("no key")?;
        Ok(key.to_owned())
    }

    /// What is said to the release as it lies there.
    async fn checks(&self, key: &str) -> Result<(bool, String)> {
        let (manifest, seen) = (self.path("manifest")?, self.path("seen")?);
        let file = self.path(FILE)?;
        let words = ["check-update", "--manifest", &manifest, "--key", key];
        let words = [&words[..], &["--seen", seen.as_str(), file.as_str()][..]].concat();
        let (content, out, why) = said(&mut elms_server(&words)?).await?;
        Ok((content, out + &why))
    }

    async fn is_refused(&self, key: &str, why: &str) -> Result<()> {
        let (content, told) = self.checks(key).await?;
        ensure!(!content && told.contains(why), "{told}");
        Ok(())
    }
}

const LATER: &str = "2099-01-31T00:00:00Z";

#[tokio::test]
async fn a_release_is_taken_once_it_is_signed_and_never_an_older_one_after_it() -> Result<()> {
    let bench = Bench::new()?;
    let key = bench.signs("41", LATER).await?;
    let old = std::fs::read(bench.path("manifest")?)?;
    bench.signs("42", LATER).await?;
    let (content, told) = bench.checks(&key).await?;
    ensure!(content && told.contains("release 42"), "{told}");
    std::fs::write(bench.path("manifest")?, old)?;
    bench
        .is_refused(&key, "release 41 is older than release 42")
        .await
}

#[tokio::test]
async fn a_release_that_is_forged_expired_or_cut_off_is_refused() -> Result<()> {
    let bench = Bench::new()?;
    let key = bench.signs("1", "2020-01-31T00:00:00Z").await?;
    bench.is_refused(&key, "has expired").await?;
    bench.signs("1", LATER).await?;
    std::fs::write(bench.path("secret")?, [8; 32])?;
    let another = bench.signs("1", LATER).await?;
    ensure!(another != key);
    bench
        .is_refused(&key, "not signed with the release key")
        .await?;
    std::fs::write(bench.path(FILE)?, "a packag")?;
    bench
        .is_refused(&another, "not the file that was released")
        .await?;
    let manifest = std::fs::read(bench.path("manifest")?)?;
    let cut = manifest.get(..manifest.len() / 2).unwrap_or_default();
    std::fs::write(bench.path("manifest")?, cut)?;
    bench.is_refused(&another, "").await?;
    // Nothing that was refused is remembered.
    ensure!(!std::fs::exists(bench.path("seen")?)?);
    Ok(())
}
