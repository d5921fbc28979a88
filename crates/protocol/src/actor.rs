//! Who asks, and what the rules may look at.

use serde::{Deserialize, Serialize};

use crate::{
    Author, Batch, BatchId, DepartmentId, FacultyId, Incident, IncidentRef, Institution,
    InstitutionId, Key, Kind, Named, Notification, NotificationId, Person, Record, Role, Sitting,
    SittingId, StudentId, Timetable, TimetableId, Transfer, TransferRef, UserId, Venue, VenueId,
};

/// Who asks. Comes from the verified token only, never from a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// The person; none is the system itself.
    pub user: Option<UserId>,
    /// Their name as shown.
    pub name: String,
    /// Where they work.
    pub institution: InstitutionId,
    /// What they are.
    pub roles: Vec<Role>,
    /// Their faculty.
    pub faculty: Option<FacultyId>,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// The station they sit at.
    pub station: Option<String>,
}

impl Actor {
    /// The system of `institution`: clocks, presence, the demo player.
    pub fn system(institution: InstitutionId) -> Self {
        Self {
            user: None,
            name: "Console".to_owned(),
            institution,
            roles: Vec::new(),
            faculty: None,
            department: None,
            station: None,
        }
    }

    /// This actor as others see them; none for the system.
    pub fn named(&self) -> Option<Named> {
        let id = self.user?;
        Some(Named { id, name: self.name.clone() })
    }

    /// This actor as the author of an event.
    pub fn author(&self) -> Author {
        Author {
            user_id: self.user,
            name: self.user.map(|_| self.name.clone()),
            station_code: self.station.clone(),
        }
    }
}

/// What is counted up for each institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counter {
    /// Incidents.
    Incident,
    /// Notifications.
    Notification,
}

impl Counter {
    /// The text used as a database key.
    pub fn text(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::Notification => "notification",
        }
    }
}

/// A read-only look at the records of one institution: the server's store, or a station's cache
/// with what waits in the outbox laid over it, or a map in a test.
pub trait View {
    /// The record with this key.
    fn record(&self, key: &Key) -> Option<Record>;

    /// Every record of a kind, in no particular order.
    fn list(&self, kind: Kind) -> Vec<Record>;

    /// The next number of a counter; none where numbers are not given out (a station).
    fn next_number(&self, counter: Counter) -> Option<i64>;

    /// The sitting with this id.
    fn sitting(&self, id: SittingId) -> Option<Box<Sitting>> {
        match self.record(&Key::new(Kind::Sitting, id))? {
            Record::Sitting(sitting) => Some(sitting),
            _ => None,
        }
    }

    /// The incident with this name.
    fn incident(&self, reference: IncidentRef) -> Option<Box<Incident>> {
        match self.record(&Key::new(Kind::Incident, reference))? {
            Record::Incident(incident) => Some(incident),
            _ => None,
        }
    }

    /// The batch with this id.
    fn batch(&self, id: BatchId) -> Option<Box<Batch>> {
        match self.record(&Key::new(Kind::Batch, id))? {
            Record::Batch(batch) => Some(batch),
            _ => None,
        }
    }

    /// The timetable with this id.
    fn timetable(&self, id: TimetableId) -> Option<Timetable> {
        match self.record(&Key::new(Kind::Timetable, id))? {
            Record::Timetable(timetable) => Some(timetable),
            _ => None,
        }
    }

    /// The transfer with this name.
    fn transfer(&self, reference: TransferRef) -> Option<Transfer> {
        match self.record(&Key::new(Kind::Transfer, reference))? {
            Record::Transfer(transfer) => Some(transfer),
            _ => None,
        }
    }

    /// The notification with this id.
    fn notification(&self, id: NotificationId) -> Option<Notification> {
        match self.record(&Key::new(Kind::Notification, id))? {
            Record::Notification(notification) => Some(notification),
            _ => None,
        }
    }

    /// The person with this id.
    fn person(&self, id: UserId) -> Option<Person> {
        match self.record(&Key::new(Kind::Person, id))? {
            Record::Person(person) => Some(person),
            _ => None,
        }
    }

    /// The venue with this id.
    fn venue(&self, id: VenueId) -> Option<Venue> {
        match self.record(&Key::new(Kind::Venue, id))? {
            Record::Venue(venue) => Some(venue),
            _ => None,
        }
    }

    /// The registration of a student for a sitting.
    fn candidate(&self, sitting: SittingId, student: StudentId) -> Option<crate::Candidate> {
        match self.record(&Key::new(Kind::Candidate, format!("{sitting}/{student}")))? {
            Record::Candidate(candidate) => Some(candidate),
            _ => None,
        }
    }

    /// The institution itself.
    fn institution(&self) -> Option<Institution> {
        let mut found = self.list(Kind::Institution).into_iter();
        match found.next()? {
            Record::Institution(institution) => Some(institution),
            _ => None,
        }
    }
}
