//! What others have written: held against `deny.toml` and `runs-while-building.toml`, and listed.

use std::{collections::BTreeMap, fs};

use crate::{
    places::Places,
    run::cargo,
    stage::{Stop, While, answer, say, stage},
};

/// Checks bans, licences, sources, code that runs while building, and the window's packages. With
/// a copy of the advisory database in `ELMS_ADVISORIES` its advisories, too. Needs no network.
pub(crate) fn deny() -> Result<(), Stop> {
    let check = [
        "test",
        "--offline",
        // All packages, for the same features as everywhere: nothing is built a second time.
        "--workspace",
        "--test",
        "it",
        "supply_chain",
    ];
    stage("Check what others have written", cargo().args(check))?;
    if answer("cargo", &["deny", "--version"]).is_some() {
        let check = ["deny", "--offline", "check", "bans", "licenses", "sources"];
        stage("Check it with cargo-deny", cargo().args(check))?;
    }
    Ok(())
}

/// Writes every crate of `Cargo.lock` as a list in `CycloneDX` to `target/sbom.json`.
pub(crate) fn sbom(places: &Places) -> Result<(), Stop> {
    let lock = fs::read_to_string(places.root.join("Cargo.lock")).doing("read Cargo.lock")?;
    let list = cyclonedx(&lock);
    let path = places.target.join("sbom.json");
    fs::write(&path, list).doing("write the list")?;
    say(&format!("{}", path.display()));
    Ok(())
}

/// The packages of a lock file, as `CycloneDX` 1.5 has them.
fn cyclonedx(lock: &str) -> String {
    let packages = lock.split("[[package]]").skip(1).map(fields);
    let components: Vec<String> = packages.map(|package| component(&package)).collect();
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \
         \"components\": [\n{}\n  ]\n}}\n",
        components.join(",\n")
    )
}

/// The simple `key = "value"` lines of a package.
fn fields(package: &str) -> BTreeMap<&str, &str> {
    let pairs = package.lines().filter_map(|line| line.split_once(" = \""));
    pairs
        .map(|(key, value)| (key, value.trim_end_matches('"')))
        .collect()
}

fn component(package: &BTreeMap<&str, &str>) -> String {
    let get = |key: &str| package.get(key).copied().unwrap_or_default();
    let (name, version) = (get("name"), get("version"));
    let hashes = package.get("checksum").map_or_else(String::new, |hash| {
        format!(", \"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": \"{hash}\" }}]")
    });
    format!(
        "    {{ \"type\": \"library\", \"name\": \"{name}\", \"version\": \"{version}\", \
         \"purl\": \"pkg:cargo/{name}@{version}\"{hashes} }}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_of_a_lock_file_is_listed_with_its_hash() {
        let lock = "version = 4\n\n[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n\n[[package]]\n\
                    name = \"sha2\"\nversion = \"0.10.9\"\nchecksum = \"ab\"\ndependencies = [\n \"own\",\n]\n";
        let list = cyclonedx(lock);
        assert_eq!(list.matches("\"type\": \"library\"").count(), 2);
        assert!(list.contains(
            "pkg:cargo/sha2@0.10.9\", \"hashes\": [{ \"alg\": \"SHA-256\", \"content\": \"ab\""
        ));
    }
}
