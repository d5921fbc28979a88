//! The `RustSec` database, where there is a copy of it.

use std::io::Write as _;

use super::*;

/// An advisory about a package.
struct Advisory {
    id: String,
    package: String,
    /// Versions that it does not concern.
    safe: Vec<VersionReq>,
    /// Only a note, like that nobody looks after it any more.
    is_note: bool,
}

fn read(path: &Path) -> Result<Advisory> {
    let text = std::fs::read_to_string(path)?;
    let front = text
        .split("```")
        .nth(1)
        .and_then(|front| front.strip_prefix("toml"));
    let front: toml::Table = front.context("no front matter")?.parse()?;
    let said = |key: &str| {
        front
            .get("advisory")
            .and_then(|advisory| advisory.get(key)?.as_str())
    };
    let safe = ["patched", "unaffected"]
        .into_iter()
        .flat_map(|key| texts(&front, "versions", key));
    Ok(Advisory {
        id: said("id").context("no id")?.to_owned(),
        package: said("package").context("no package")?.to_owned(),
        safe: safe.map(VersionReq::parse).collect::<Result<_, _>>()?,
        is_note: said("informational").is_some_and(|what| what != "unsound"),
    })
}

fn advisories(dir: &Path) -> Result<Vec<Advisory>> {
    let mut all = Vec::new();
    for package in std::fs::read_dir(dir.join("crates"))? {
        for advisory in std::fs::read_dir(package?.path())? {
            let path = advisory?.path();
            all.push(read(&path).with_context(|| format!("{}", path.display()))?);
        }
    }
    Ok(all)
}

#[test]
fn no_advisory_is_open() -> Result<()> {
    let Some(dir) = std::env::var_os("ELMS_ADVISORIES") else {
        let skipped = "skipped: ELMS_ADVISORIES names no copy of the advisory database";
        writeln!(std::io::stderr(), "{skipped}")?;
        return Ok(());
    };
    let deny = table("deny.toml")?;
    let ignored = deny
        .get("advisories")
        .and_then(|section| section.get("ignore")?.as_array());
    let ids = ignored.into_iter().flatten();
    let ignored: Vec<&str> = ids.filter_map(|one| one.get("id")?.as_str()).collect();
    let advisories = advisories(Path::new(&dir))?;
    ensure!(
        1_000 < advisories.len(),
        "only {} advisories",
        advisories.len()
    );
    let open = open(&advisories, &ignored, &packages()?);
    ensure!(open.is_empty(), "{open:#?}");
    // An exception goes when what it was for is gone.
    let excepted = self::open(&advisories, &[], &packages()?);
    for id in &ignored {
        let is_needed = excepted.iter().any(|found| found.ends_with(id));
        ensure!(is_needed, "{id} concerns nothing here");
    }
    // Would it be noticed? An old version of what is built in is.
    let mut old = packages()?;
    old.retain(|package| package.name == "time");
    ensure!(!old.is_empty(), "nothing to try it with");
    for package in &mut old {
        package.version = Version::new(0, 2, 7);
    }
    ensure!(!self::open(&advisories, &ignored, &old).is_empty());
    Ok(())
}

/// The advisories that concern what is built in.
fn open(advisories: &[Advisory], ignored: &[&str], packages: &[Package]) -> Vec<String> {
    let mut open = Vec::new();
    for package in packages {
        let concerns = |advisory: &&Advisory| {
            let is_safe = |safe: &VersionReq| safe.matches(&package.version);
            advisory.package == package.name
                && !advisory.is_note
                && !ignored.contains(&advisory.id.as_str())
                && !advisory.safe.iter().any(is_safe)
        };
        for Advisory { id, .. } in advisories.iter().filter(concerns) {
            open.push(format!("{} {}: {id}", package.name, package.version));
        }
    }
    open
}
