//! The TypeScript twin of the protocol in the user interface is the one that the code makes.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result};

/// Where the user interface keeps it.
const TWIN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ui/src/generated/protocol.ts"
);

#[test]
fn the_generated_types_of_the_user_interface_are_up_to_date() -> Result<()> {
    let made = elms_protocol::ts::typescript()?;
    let path = Path::new(TWIN);
    if env::var_os("ELMS_WRITE_GENERATED").is_some_and(|set| set == "1") {
        fs::write(path, &made).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let kept =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let differs = made
        .lines()
        .zip(kept.lines())
        .position(|(made, kept)| made != kept);
    assert!(
        made == kept,
        "{} differs from line {} on: write it anew with ELMS_WRITE_GENERATED=1",
        path.display(),
        differs.map_or(0, |line| line + 1),
    );
    Ok(())
}
