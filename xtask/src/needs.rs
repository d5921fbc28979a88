//! What the commands need from the machine, and how each is found and installed.

use std::path::Path;

use crate::stage::answer;

/// Something that must be there before a command can do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// A C compiler and linker, for SQLite and for Rust itself.
    Compiler,
    /// Finds the system libraries.
    PkgConfig,
    /// The cryptography under the sealed files of a station, with its headers.
    Crypto,
    /// The web view with its headers.
    WebKit,
    /// The tray icon's library.
    Tray,
    /// Node's package tool; it can fetch a newer Node too.
    Npm,
    /// A virtual display, where there is no real one.
    Display,
    /// A message bus of one's own.
    Bus,
    /// The key store that holds the tokens.
    KeyStore,
    /// Drives the real window.
    Driver,
    /// Reads the frame of the window out.
    ScreenReader,
    /// Reads the papers that the console makes.
    Papers,
    /// Writes down what a station asks of its disk.
    Tracer,
}

/// For what the machine is made ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Purpose {
    /// Whether the window opens on a display that is really there.
    pub(crate) display: bool,
    /// Whether the real window is driven: for tests and pictures.
    pub(crate) drive: bool,
}

impl Need {
    /// The Debian packages that bring it.
    pub(crate) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Compiler => &["build-essential"],
            Self::PkgConfig => &["pkg-config"],
            Self::Crypto => &["libssl-dev"],
            Self::WebKit => &["libwebkit2gtk-4.1-dev"],
            Self::Tray => &["libayatana-appindicator3-1"],
            Self::Npm => &["nodejs", "npm", "ca-certificates"],
            Self::Display => &["xvfb"],
            Self::Bus => &["dbus"],
            Self::KeyStore => &["gnome-keyring"],
            Self::Driver => &["webkit2gtk-driver"],
            Self::ScreenReader => &["at-spi2-core"],
            Self::Papers => &["poppler-utils"],
            Self::Tracer => &["strace"],
        }
    }

    /// What it is for, to be read after its name.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::Compiler => "a C compiler, for SQLite",
            Self::PkgConfig => "finds the system's libraries",
            Self::Crypto => "seals what a station keeps on its disk",
            Self::WebKit => "the web view in which the console is drawn",
            Self::Tray => "the tray icon",
            Self::Npm => "builds the user interface",
            Self::Display => "a virtual display, as this machine shows none",
            Self::Bus => "a message bus for key store and notifications",
            Self::KeyStore => "the key store that holds the tokens",
            Self::Driver => "drives the real window",
            Self::ScreenReader => "reads out the menu bar of the real window",
            Self::Papers => "reads the papers that the console makes",
            Self::Tracer => "writes down what a station asks of its disk",
        }
    }

    /// Whether this machine has it.
    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Compiler => has_program("cc"),
            Self::PkgConfig => has_program("pkg-config"),
            Self::Crypto => answer("pkg-config", &["--exists", "libcrypto"]).is_some(),
            Self::WebKit => answer("pkg-config", &["--exists", "webkit2gtk-4.1"]).is_some(),
            Self::Tray => has_library("appindicator3.so.1"),
            Self::Npm => has_program("npm"),
            Self::Display => has_program("Xvfb"),
            Self::Bus => has_program("dbus-run-session"),
            Self::KeyStore => has_program("gnome-keyring-daemon"),
            Self::Driver => has_program("WebKitWebDriver"),
            Self::ScreenReader => has_registry(),
            Self::Papers => has_program("pdftotext"),
            Self::Tracer => has_program("strace"),
        }
    }
}

/// All that `purpose` needs on Linux, in the order in which it is named to the person.
pub(crate) fn needs(purpose: Purpose) -> Vec<Need> {
    let mut needs = vec![
        Need::Compiler,
        Need::PkgConfig,
        Need::Crypto,
        Need::WebKit,
        Need::Tray,
        Need::Npm,
    ];
    if !purpose.display {
        needs.push(Need::Display);
    }
    if !purpose.display || purpose.drive {
        needs.extend([Need::Bus, Need::KeyStore]);
    }
    if purpose.drive {
        needs.extend([Need::Driver, Need::ScreenReader, Need::Papers, Need::Tracer]);
    }
    needs
}

/// Whether a program of that name is on the search path.
pub(crate) fn has_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Whether the registry of what can be read out is there; it is started by path and not by name.
fn has_registry() -> bool {
    ["libexec", "lib/at-spi2-core", "lib"].iter().any(|folder| {
        Path::new("/usr")
            .join(folder)
            .join("at-spi2-registryd")
            .is_file()
    })
}

/// Whether a shared library whose file name ends so is installed.
fn has_library(ending: &str) -> bool {
    ["/usr/lib", "/usr/lib64", "/usr/local/lib"]
        .iter()
        .any(|folder| holds_library(Path::new(folder), ending, 1))
}

/// Debian keeps libraries one folder deeper, by architecture.
fn holds_library(folder: &Path, ending: &str, deeper: u8) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries = entries.map(|entry| entry.path());
    entries.any(|path| {
        path.to_string_lossy().ends_with(ending)
            || (deeper > 0 && path.is_dir() && holds_library(&path, ending, deeper - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_with_a_display_is_spared_the_virtual_one() {
        let needs = needs(Purpose {
            display: true,
            drive: false,
        });
        assert!(!needs.contains(&Need::Display) && !needs.contains(&Need::KeyStore));
    }

    #[test]
    fn driving_the_window_without_a_display_needs_display_bus_key_store_driver_and_tracer() {
        let needs = needs(Purpose {
            display: false,
            drive: true,
        });
        for need in [
            Need::Display,
            Need::Bus,
            Need::KeyStore,
            Need::Driver,
            Need::ScreenReader,
            Need::Papers,
            Need::Tracer,
        ] {
            assert!(needs.contains(&need), "{need:?}");
        }
    }

    #[test]
    fn a_program_that_is_not_on_the_path_is_missed() {
        assert!(has_program("cargo"));
        assert!(!has_program("no-such-program-of-the-exam-hall"));
    }

    #[test]
    fn a_library_is_found_one_folder_deeper_but_not_two() {
        let root = std::env::temp_dir().join(format!("xtask-needs-{}", std::process::id()));
        let deep = root.join("x86_64-linux-gnu");
        std::fs::create_dir_all(deep.join("gtk")).unwrap();
        std::fs::write(deep.join("libayatana-appindicator3.so.1"), "").unwrap();
        std::fs::write(deep.join("gtk").join("libhidden.so.1"), "").unwrap();
        let found = holds_library(&root, "appindicator3.so.1", 1);
        let hidden = holds_library(&root, "libhidden.so.1", 1);
        std::fs::remove_dir_all(&root).unwrap();
        assert!(found && !hidden);
    }
}
