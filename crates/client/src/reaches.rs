//! What reaches the person on the desktop of this station, as they chose.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::notices::Level;

/// What may be shown on the desktop. A CRITICAL incident always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reaches {
    /// A HIGH incident.
    pub high: bool,
    /// The summary of what was missed.
    pub away: bool,
}

impl Default for Reaches {
    fn default() -> Self {
        Self {
            high: true,
            away: true,
        }
    }
}

/// Where the choice is kept.
const FILE: &str = "reaches.json";

impl Reaches {
    /// The choice kept in `folder`; everything when none was made.
    pub fn kept(folder: &Path) -> Self {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps the choice for the next start.
    ///
    /// # Errors
    ///
    /// When the disk does not take it.
    pub fn keep(self, folder: &Path) -> std::io::Result<()> {
        std::fs::write(folder.join(FILE), serde_json::to_vec(&self)?)
    }

    /// Whether a notice of this level is shown.
    pub fn shows(self, level: Level) -> bool {
        match level {
            Level::Critical => true,
            Level::High => self.high,
            Level::News => self.away,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_can_choose_to_miss_a_critical_incident() {
        let nothing = Reaches {
            high: false,
            away: false,
        };
        assert!(nothing.shows(Level::Critical));
        assert!(!nothing.shows(Level::High) && !nothing.shows(Level::News));
        assert!(Reaches::default().shows(Level::High));
    }

    #[test]
    fn a_choice_is_there_at_the_next_start_and_a_broken_file_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let quiet = Reaches {
            high: false,
            away: true,
        };
        assert_eq!(Reaches::kept(dir.path()), Reaches::default());
        quiet.keep(dir.path()).unwrap();
        assert_eq!(Reaches::kept(dir.path()), quiet);
        std::fs::write(dir.path().join(FILE), "{]").unwrap();
        assert_eq!(Reaches::kept(dir.path()), Reaches::default());
    }
}
