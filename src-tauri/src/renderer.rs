//! Chooses how the web view draws, before anything of it is started.
//!
//! Without a graphics card `WebKitGTK`'s default path costs about four times the processor time of
//! its shared-memory path; with one it is the faster of the two. The choice is an environment
//! variable that must be set before the first window, so the program starts itself anew with it.

/// What `WebKitGTK` reads.
#[cfg(target_os = "linux")]
const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program anew with the right renderer, when it has the wrong one.
///
/// Comes back when nothing needs to change, or when starting anew failed: a slow picture is
/// better than none.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    use std::os::unix::process::CommandExt as _;
    let chosen = std::env::var_os(VARIABLE);
    if !must_change(chosen.as_deref(), "/dev/dri") {
        return;
    }
    let Ok(myself) = std::env::current_exe() else {
        return;
    };
    let error = std::process::Command::new(myself)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, "1")
        .exec();
    tracing::warn!(%error, "the renderer for machines without a graphics card could not be chosen");
}

/// Other systems choose for themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}

/// Somebody's own choice wins, whatever it is.
#[cfg(target_os = "linux")]
fn must_change(chosen: Option<&std::ffi::OsStr>, folder: &str) -> bool {
    chosen.is_none() && !has_graphics(folder)
}

/// Whether there is a graphics card that this person may use.
#[cfg(target_os = "linux")]
fn has_graphics(folder: &str) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
        .any(|entry| std::fs::File::open(entry.path()).is_ok())
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_card_that_opens_is_changed_unless_somebody_chose() {
        let folder = std::env::temp_dir().join(format!("elms-dri-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let name = folder.to_string_lossy().into_owned();
        std::fs::write(folder.join("card0"), "").unwrap();
        let without = must_change(None, &name);
        let chosen = must_change(Some("0".as_ref()), &name);
        std::fs::write(folder.join("renderD128"), "").unwrap();
        let with = must_change(None, &name);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!((without, chosen, with), (true, false, false));
        assert!(must_change(None, &name));
    }
}
