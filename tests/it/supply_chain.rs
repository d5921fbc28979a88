//! What others have written and we build in: nothing banned, no licence that nobody has agreed to,
//! from one registry, and no code that runs while building without an entry in
//! `runs-while-building.toml`. Needs no network once every package is here; `ELMS_ADVISORIES=DIR` names an unpacked copy of
//! the `RustSec` database to look into as well.

mod advisories;
mod npm;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use elms_protocol::proof::Digest;
use semver::{Version, VersionReq};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::named::root;

/// A package that others have written.
struct Package {
    name: String,
    version: Version,
    license: String,
    source: String,
    /// `custom-build` and `proc-macro` among others.
    kinds: BTreeSet<String>,
    /// The code that runs while building.
    script: Option<PathBuf>,
}

/// What cargo tells about every package, of every system. A machine that has built for one system
/// only has to fetch the others' first.
fn metadata() -> Result<Vec<u8>> {
    let ask = |offline: &[&str]| {
        std::process::Command::new(env!("CARGO"))
            .args(["metadata", "--locked", "--format-version", "1"])
            .args(offline)
            .current_dir(root())
            .output()
    };
    let mut output = ask(&["--offline"])?;
    if !output.status.success() {
        output = ask(&[])?;
    }
    let why = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{why}");
    Ok(output.stdout)
}

fn packages() -> Result<Vec<Package>> {
    let metadata: Value = serde_json::from_slice(&metadata()?)?;
    let all = metadata
        .get("packages")
        .and_then(Value::as_array)
        .context("no packages")?;
    let others = all.iter().filter(|package| package["source"].is_string());
    others.map(package).collect()
}

fn package(found: &Value) -> Result<Package> {
    let text = |name: &str| {
        let text = found.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let targets = found.get("targets").and_then(Value::as_array);
    let targets = targets.context("no targets")?;
    let kinds = targets
        .iter()
        .filter_map(|target| target["kind"].as_array());
    let kinds = kinds.flatten().filter_map(Value::as_str).map(str::to_owned);
    let is_script =
        |target: &&Value| target.pointer("/kind/0") == Some(&Value::from("custom-build"));
    let script = targets.iter().find(is_script);
    Ok(Package {
        name: text("name"),
        version: text("version").parse()?,
        license: text("license"),
        source: text("source"),
        kinds: kinds.collect(),
        script: script
            .and_then(|target| target["src_path"].as_str())
            .map(PathBuf::from),
    })
}

fn table(name: &str) -> Result<toml::Table> {
    let text = std::fs::read_to_string(root().join(name));
    Ok(text.with_context(|| format!("no {name}"))?.parse()?)
}

/// The texts of a list in a table.
fn texts<'a>(table: &'a toml::Table, section: &str, key: &str) -> Vec<&'a str> {
    let list = table
        .get(section)
        .and_then(|section| section.get(key)?.as_array());
    list.into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect()
}

/// Whether a ban like `tauri@<2.11.1`, or a bare name, is of this package.
fn is_banned(package: &Package, ban: &str) -> Result<bool> {
    let (name, versions) = ban.split_once('@').unwrap_or((ban, "*"));
    Ok(package.name == name && VersionReq::parse(versions)?.matches(&package.version))
}

/// Whether a licence in SPDX words (or the older `A/B`) leaves a choice among those agreed to.
fn is_agreed(license: &str, agreed: &[&str]) -> bool {
    let license = license.replace('/', " OR ").replace(['(', ')'], "");
    license.split(" AND ").all(|part| {
        let mut choices = part
            .split(" OR ")
            .map(|choice| choice.trim().trim_end_matches('+'));
        choices.any(|choice| agreed.contains(&choice))
    })
}

#[test]
fn nothing_banned_is_built_in_and_all_comes_from_one_registry() -> Result<()> {
    let deny = table("deny.toml")?;
    let bans = deny
        .get("bans")
        .and_then(|bans| bans.get("deny")?.as_array());
    let bans: Vec<&str> = bans
        .context("no bans")?
        .iter()
        .filter_map(|ban| ban.get("crate")?.as_str())
        .collect();
    ensure!(5 < bans.len(), "the bans are not read");
    let registries = texts(&deny, "sources", "allow-registry");
    let mut wrong = Vec::new();
    for package in packages()? {
        for ban in &bans {
            if is_banned(&package, ban)? {
                wrong.push(format!(
                    "{} {} is banned by {ban}",
                    package.name, package.version
                ));
            }
        }
        let source = package.source.strip_prefix("registry+");
        if source.is_none_or(|source| !registries.contains(&source)) {
            wrong.push(format!("{} comes from {}", package.name, package.source));
        }
    }
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[test]
fn every_licence_is_one_that_was_agreed_to() -> Result<()> {
    let deny = table("deny.toml")?;
    let agreed = texts(&deny, "licenses", "allow");
    let others: Vec<String> = packages()?
        .into_iter()
        .filter(|package| !is_agreed(&package.license, &agreed))
        .map(|package| format!("{}: {}", package.name, package.license))
        .collect();
    ensure!(others.is_empty(), "{others:#?}");
    ensure!(!is_agreed("GPL-3.0", &agreed) && !is_agreed("MIT AND GPL-3.0", &agreed));
    Ok(())
}

/// What runs while building: build scripts with the first bytes of their hash, and macros.
fn running() -> Result<(BTreeMap<String, String>, BTreeSet<String>)> {
    let (mut scripts, mut macros) = (BTreeMap::new(), BTreeSet::new());
    for package in packages()? {
        let name = format!("{} {}", package.name, package.version);
        if package.kinds.contains("proc-macro") {
            macros.insert(name.clone());
        }
        if let Some(script) = &package.script {
            let digest = Sha256::digest(std::fs::read(script)?);
            let digest = Digest(digest.into()).to_string();
            let start = digest.get(..16).context("a digest is longer")?;
            scripts.insert(name, start.to_owned());
        }
    }
    Ok((scripts, macros))
}

/// What is in `running` and not, or otherwise, in the list.
fn unlisted(list: &toml::Table) -> Result<Vec<String>> {
    let (scripts, macros) = running()?;
    let listed = |name: &str| {
        let entry = list.get("scripts")?.get(name)?;
        let text = |key: &str| entry.get(key)?.as_str();
        text("does")
            .filter(|does| !does.is_empty())
            .and(text("sha256"))
    };
    let mut new: Vec<String> = scripts
        .iter()
        .filter(|(name, hash)| listed(name) != Some(hash))
        .map(|(name, hash)| format!("\"{name}\" = {{ sha256 = \"{hash}\", does = \"\" }}"))
        .collect();
    let names = texts(list, "macros", "names");
    new.extend(
        macros
            .into_iter()
            .filter(|name| !names.contains(&name.as_str())),
    );
    Ok(new)
}

#[test]
fn nothing_new_runs_while_building() -> Result<()> {
    let mut list = table("runs-while-building.toml")?;
    let new = unlisted(&list)?;
    ensure!(
        new.is_empty(),
        "look at what these do while building, then say so in runs-while-building.toml: {new:#?}"
    );
    // Would it be noticed? A script that nobody has described is.
    let scripts = list
        .get_mut("scripts")
        .and_then(toml::Value::as_table_mut)
        .context("no scripts")?;
    let name = scripts.keys().next().context("no script")?.clone();
    scripts.remove(&name);
    ensure!(unlisted(&list)?.len() == 1);
    Ok(())
}

#[test]
fn nothing_is_listed_that_runs_no_more() -> Result<()> {
    let list = table("runs-while-building.toml")?;
    let (scripts, macros) = running()?;
    let listed = list.get("scripts").and_then(toml::Value::as_table);
    let listed = listed.into_iter().flat_map(toml::Table::keys);
    let old: Vec<&str> = listed
        .map(String::as_str)
        .filter(|name| !scripts.contains_key(*name))
        .chain(
            texts(&list, "macros", "names")
                .into_iter()
                .filter(|name| !macros.contains(*name)),
        )
        .collect();
    ensure!(old.is_empty(), "{old:#?}");
    Ok(())
}

/// What a build script of others has no reason to do.
const NETWORK: [&str; 7] = [
    "TcpStream",
    "UdpSocket",
    "reqwest",
    "ureq",
    "\"curl\"",
    "\"wget\"",
    "std::net::",
];

#[test]
fn no_build_script_speaks_to_the_network() -> Result<()> {
    for package in packages()? {
        let Some(script) = &package.script else {
            continue;
        };
        let text = std::fs::read_to_string(script)?;
        let found: Vec<_> = NETWORK
            .iter()
            .filter(|word| text.contains(**word))
            .collect();
        ensure!(found.is_empty(), "{}: {found:?}", package.name);
    }
    Ok(())
}
