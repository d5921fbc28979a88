//! The packages of the window and of the JavaScript tests: few, pinned, and none runs anything when it
//! is installed.

use super::*;

#[test]
fn the_windows_packages_are_pinned_by_their_hashes_and_run_nothing() -> Result<()> {
    for lock in ["ui/package-lock.json", "tests/js/package-lock.json"] {
        let lock: Value = serde_json::from_slice(&std::fs::read(root().join(lock))?)?;
        let packages = lock["packages"].as_object().context("no packages")?;
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            let hash = package["integrity"].as_str().unwrap_or_default();
            ensure!(
                hash.starts_with("sha512-"),
                "{name} is not pinned: {package}"
            );
            ensure!(
                package["hasInstallScript"].is_null(),
                "{name} runs a script"
            );
        }
    }
    Ok(())
}
