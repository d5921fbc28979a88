//! What a console is started with.

use std::path::PathBuf;

use elms_protocol::host::Works;

/// What a console is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The directory of everything that this station keeps.
    pub data_dir: PathBuf,
    /// Where papers are saved for people to find; made when the first one is.
    pub papers_dir: PathBuf,
    /// The station's code, short and unique in its institution.
    pub station_code: String,
    /// The station in words.
    pub station_label: String,
    /// The server that is offered at sign-in when none was used before.
    pub server_url: Option<String>,
}

/// Which parts of the desktop work, as the shell has found out.
#[derive(Debug, Clone)]
pub struct DesktopWorks {
    /// Whether desktop messages reach the person.
    pub notifications: Works,
    /// Whether secrets can be kept.
    pub keystore: Works,
}

impl Default for DesktopWorks {
    /// Nothing is known to be wrong.
    fn default() -> Self {
        Self {
            notifications: works(),
            keystore: works(),
        }
    }
}

/// It works.
pub(crate) fn works() -> Works {
    Works {
        ok: true,
        reason: None,
    }
}

/// It does not, and why.
pub(crate) fn broken(reason: impl Into<String>) -> Works {
    Works {
        ok: false,
        reason: Some(reason.into()),
    }
}
