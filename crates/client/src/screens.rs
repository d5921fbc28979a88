//! What the screens show, made from the records, the outbox and what the cache has found.
//!
//! Pure: whoever calls has read everything before. Texts are in the words of the exam hall.

mod actions;
mod batches;
mod files;
mod hall;
mod incidents;
mod monitor;
mod notes;
mod people;
mod sentences;
#[cfg(test)]
mod tests;
mod timeline;
mod timetable;

use elms_protocol::{
    Actor, Incident, IncidentRef, Key, Kind, Policy, Record, Sitting, SittingId, Timestamp, Venue,
    VenueId, View as _,
};

pub use batches::{batch, batches};
pub(crate) use files::file;
pub use files::files;
pub use hall::{hall, hall_keys};
pub use incidents::{incident, incidents};
pub use monitor::monitor;
pub use notes::{notifications, outbox, unread};
pub use people::{candidates, people, report_options};
pub use timetable::{timetable, timetable_keys};

use crate::overlay::Overlay;

/// What every screen is made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The records with the outbox laid over them.
    pub overlay: &'a Overlay<'a>,
    /// Who looks.
    pub actor: &'a Actor,
    /// The server's clock.
    pub now: Timestamp,
    /// Why nothing can be entered, on a server that takes no entries.
    pub closed: Option<&'static str>,
}

impl<'a> Scene<'a> {
    /// What the institution is called.
    pub(crate) fn institution_name(&self) -> Option<String> {
        let first = self.overlay.records().of(Kind::Institution).next()?;
        let Record::Institution(institution) = first.1 else {
            return None;
        };
        Some(institution.name.clone())
    }

    /// The rules of the institution; the usual ones while it is not here.
    fn policy(self) -> Policy {
        let institution = self.overlay.institution();
        institution.map(|found| found.policy).unwrap_or_default()
    }

    fn get(self, key: &Key) -> Option<&'a Record> {
        self.overlay.get(key)
    }

    fn incident(self, reference: IncidentRef) -> Option<&'a Incident> {
        let record = self.get(&Key::new(Kind::Incident, reference))?;
        let Record::Incident(incident) = record else {
            return None;
        };
        Some(incident)
    }

    fn sitting(self, id: SittingId) -> Option<&'a Sitting> {
        let Record::Sitting(sitting) = self.get(&Key::new(Kind::Sitting, id))? else {
            return None;
        };
        Some(sitting)
    }

    fn venue(self, id: VenueId) -> Option<&'a Venue> {
        let Record::Venue(venue) = self.get(&Key::new(Kind::Venue, id))? else {
            return None;
        };
        Some(venue)
    }
}
