//! Tables that name tests: each name is that of a test in the sources.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use anyhow::{Context as _, Result, ensure};
use elms_tests::attacks::{HOLES, Held};

/// The folder of the whole product.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where tests are.
const WITH_TESTS: [&str; 5] = ["crates", "src-tauri/src", "tests/it", "ui/src", "xtask/src"];

/// The sources below a folder, of one of these kinds.
fn sources(dir: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("{}", dir.display()))?;
    for entry in entries {
        let path = entry?.path();
        let kind = path.extension().and_then(|kind| kind.to_str());
        if path.is_dir() && !path.ends_with("node_modules") {
            sources(&path, found)?;
        } else if matches!(kind, Some("rs" | "ts" | "tsx")) {
            found.push(path);
        }
    }
    Ok(())
}

/// The names of tests in a Rust source: functions under an attribute that ends in `test]`, or with
/// the arguments of one, and those inside `proptest!`.
fn in_rust(text: &str, names: &mut BTreeSet<String>) {
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        let attribute = line.starts_with("#[") || line.starts_with("//");
        is_test |= line.starts_with("#[test") || line.starts_with("#[tokio::test");
        let function = line.strip_prefix("async ").unwrap_or(line);
        if let Some(function) = function.strip_prefix("fn ").filter(|_| is_test) {
            let end = function.find(['(', '<']).unwrap_or(function.len());
            names.extend(function.get(..end).map(ToOwned::to_owned));
        }
        is_test &= attribute;
    }
}

/// The names of tests in a source of the window: the text after `it(` or `test(`.
fn in_script(text: &str, names: &mut BTreeSet<String>) {
    for line in text.lines().map(str::trim) {
        let Some(rest) = line.strip_prefix("it(").or(line.strip_prefix("test(")) else {
            continue;
        };
        for quote in ['"', '`', '\''] {
            let rest = rest.strip_prefix(quote);
            names.extend(rest.and_then(|rest| rest.split(quote).next().map(ToOwned::to_owned)));
        }
    }
}

/// The names of the tests in a source.
pub(crate) fn tests_in(file: &Path) -> Result<BTreeSet<String>> {
    let (text, mut names) = (std::fs::read_to_string(file)?, BTreeSet::new());
    match file.extension().and_then(|kind| kind.to_str()) {
        Some("rs") => in_rust(&text, &mut names),
        _ => in_script(&text, &mut names),
    }
    Ok(names)
}

/// The names of all tests there are.
pub(crate) fn tests() -> Result<&'static BTreeSet<String>> {
    static TESTS: OnceLock<BTreeSet<String>> = OnceLock::new();
    if let Some(tests) = TESTS.get() {
        return Ok(tests);
    }
    let (mut files, mut names) = (Vec::new(), BTreeSet::new());
    for dir in WITH_TESTS {
        sources(&root().join(dir), &mut files)?;
    }
    for file in files {
        names.append(&mut tests_in(&file)?);
    }
    Ok(TESTS.get_or_init(|| names))
}

#[test]
fn each_test_that_the_table_of_holes_names_is_one() -> Result<()> {
    let tests = tests()?;
    ensure!(500 < tests.len(), "only {} tests were found", tests.len());
    for hole in HOLES {
        if let Held::Inside { test, .. } = hole.held {
            ensure!(tests.contains(test), "{}: no test {test}", hole.number);
        }
    }
    Ok(())
}

#[test]
fn a_function_is_no_test_and_a_comment_names_none() {
    let mut names = BTreeSet::new();
    in_rust(
        "// fn spoken()\nfn helper() {}\n#[test]\n#[ignore = \"x\"]\nfn seen() {}\nfn after() {}",
        &mut names,
    );
    in_script("it(\"shows a case\", () => {});\nitem(\"no\")", &mut names);
    assert_eq!(
        names.into_iter().collect::<Vec<_>>(),
        ["seen", "shows a case"]
    );
}
