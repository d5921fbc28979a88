//! What a console is started with.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use elms_protocol::host::{StationHall, StationKeyView, StationKind, StationView, Works};

/// What a console is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The directory of everything that this station keeps.
    pub data_dir: PathBuf,
    /// Where papers are saved for people to find; made when the first one is.
    pub papers_dir: PathBuf,
    /// Which station this is.
    pub station: Station,
}

/// Which station this is, and what it is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its code, short and unique in its institution.
    pub code: String,
    /// In words.
    pub label: String,
    /// The server that is offered at sign-in when none was used before.
    pub server: Option<String>,
    /// What it is used for.
    pub kind: StationKind,
    /// The hall that it stands in, when that was said.
    pub hall: Option<StationHall>,
}

impl Station {
    /// A station of the office that is called this.
    pub fn named(code: &str, label: &str) -> Self {
        Self {
            code: code.to_owned(),
            label: label.to_owned(),
            server: None,
            kind: StationKind::Office,
            hall: None,
        }
    }

    /// As the window shows it, with its key for the server.
    pub(crate) fn view(&self, key: Option<StationKeyView>) -> StationView {
        StationView {
            code: self.code.clone(),
            label: self.label.clone(),
            kind: self.kind,
            hall: self.hall.clone(),
            key,
        }
    }
}

/// The station as it was described last: all clones are one, so that nobody goes by an old description.
#[derive(Debug, Clone)]
pub(crate) struct Here(Arc<RwLock<Station>>);

impl Here {
    pub(crate) fn new(station: Station) -> Self {
        Self(Arc::new(RwLock::new(station)))
    }

    /// Which station this is.
    pub(crate) fn station(&self) -> Station {
        self.look().clone()
    }

    /// Its code.
    pub(crate) fn code(&self) -> String {
        self.look().code.clone()
    }

    /// Whether it only reads.
    pub(crate) fn reviews(&self) -> bool {
        self.look().kind == StationKind::Review
    }

    /// It was described anew.
    pub(crate) fn describe(&self, station: Station) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = station;
    }

    fn look(&self) -> RwLockReadGuard<'_, Station> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
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
