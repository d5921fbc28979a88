//! What reaches the person on the desktop of this station, as they chose.

use std::{collections::BTreeSet, path::Path};

use elms_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::notices::About;

/// What may be shown on the desktop. A CRITICAL incident always is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reaches {
    /// What is not shown.
    pub off: BTreeSet<About>,
    /// Until then nothing is shown; none when it is not quiet.
    pub quiet_until: Option<Timestamp>,
}

impl Default for Reaches {
    /// Everything but what can wait for the next look into the window.
    fn default() -> Self {
        Self {
            off: [About::Timetable].into(),
            quiet_until: None,
        }
    }
}

/// Where the choice is kept.
const FILE: &str = "reaches.json";

impl Reaches {
    /// The choice kept in `folder`; the usual one when none was made.
    pub fn kept(folder: &Path) -> Self {
        let text = std::fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps the choice for the next start.
    ///
    /// # Errors
    ///
    /// When the disk does not take it.
    pub fn keep(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::write(folder.join(FILE), serde_json::to_vec(self)?)
    }

    /// Whether a notice about this is shown at `now`.
    pub fn shows(&self, about: About, now: Timestamp) -> bool {
        match about {
            // Nobody can switch off the first, and the second was just asked for.
            About::Critical | About::Trial => true,
            About::High
            | About::Assigned
            | About::Silent
            | About::Station
            | About::Batch
            | About::Timetable
            | About::Away => {
                let quiet = self.quiet_until.is_some_and(|until| now < until);
                !quiet && !self.off.contains(&about)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(43_200_000);

    #[test]
    fn nobody_can_choose_to_miss_a_critical_incident() {
        let nothing = Reaches {
            off: [About::Critical, About::High, About::Away].into(),
            quiet_until: None,
        };
        assert!(nothing.shows(About::Critical, NOON));
        assert!(!nothing.shows(About::High, NOON) && !nothing.shows(About::Away, NOON));
        assert!(nothing.shows(About::Silent, NOON));
        assert!(Reaches::default().shows(About::High, NOON));
        assert!(!Reaches::default().shows(About::Timetable, NOON));
    }

    #[test]
    fn in_the_quiet_hour_only_a_critical_incident_is_shown_and_afterwards_all_is() {
        let quiet = Reaches {
            quiet_until: Some(NOON),
            ..Reaches::default()
        };
        let before = Timestamp(NOON.0 - 1);
        assert!(quiet.shows(About::Critical, before));
        assert!(!quiet.shows(About::High, before) && !quiet.shows(About::Silent, before));
        assert!(quiet.shows(About::High, NOON));
    }

    #[test]
    fn a_choice_is_there_at_the_next_start_and_a_broken_file_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let quiet = Reaches {
            off: [About::High].into(),
            quiet_until: Some(NOON),
        };
        assert_eq!(Reaches::kept(dir.path()), Reaches::default());
        quiet.keep(dir.path()).unwrap();
        assert_eq!(Reaches::kept(dir.path()), quiet);
        std::fs::write(dir.path().join(FILE), "{]").unwrap();
        assert_eq!(Reaches::kept(dir.path()), Reaches::default());
    }
}
