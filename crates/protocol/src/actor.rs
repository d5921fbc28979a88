//! Who asks, and what the rules may look at.

use serde::{Deserialize, Serialize};

use crate::{
    Author, Batch, BatchId, CaseName, CustodyState, DepartmentId, FacultyId, Incident, IncidentRef,
    Institution, InstitutionId, Key, Kind, Named, Notification, NotificationId, Person, Record,
    Role, Script, Sitting, SittingId, StudentId, Timetable, TimetableId, Transfer, TransferRef,
    UserId, Venue, VenueId,
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
        Some(Named {
            id,
            name: self.name.clone(),
        })
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

    /// The confidential incidents, in no particular order. A view that is asked for every
    /// connection keeps them apart.
    fn confidential(&self) -> Vec<Incident> {
        let all = self.list(Kind::Incident).into_iter();
        all.filter_map(|record| {
            let Record::Incident(incident) = record else {
                return None;
            };
            Some(*incident).filter(|incident| incident.confidential)
        })
        .collect()
    }

    /// The sitting with this id.
    fn sitting(&self, id: SittingId) -> Option<Box<Sitting>> {
        let Record::Sitting(sitting) = self.record(&Key::new(Kind::Sitting, id))? else {
            return None;
        };
        Some(sitting)
    }

    /// The incident with this name.
    fn incident(&self, reference: IncidentRef) -> Option<Box<Incident>> {
        let Record::Incident(incident) = self.record(&Key::new(Kind::Incident, reference))? else {
            return None;
        };
        Some(incident)
    }

    /// The incidents that this name or number can mean; a number is given out once, so more than
    /// one is a number of a station that was set up anew.
    fn cases_named(&self, name: &CaseName) -> Vec<Box<Incident>> {
        let Some(number) = name.number() else {
            let CaseName::Ref(reference) = name else {
                return Vec::new();
            };
            return self.incident(*reference).into_iter().collect();
        };
        let has = |written: &Option<String>| written.as_ref() == Some(&number);
        let cases = self.list(Kind::Incident).into_iter();
        let cases = cases.filter_map(|record| {
            let Record::Incident(incident) = record else {
                return None;
            };
            Some(incident)
        });
        cases
            .filter(|case| has(&case.local_number) || has(&case.number))
            .collect()
    }

    /// The batch with this id.
    fn batch(&self, id: BatchId) -> Option<Box<Batch>> {
        let Record::Batch(batch) = self.record(&Key::new(Kind::Batch, id))? else {
            return None;
        };
        Some(batch)
    }

    /// The timetable with this id.
    fn timetable(&self, id: TimetableId) -> Option<Timetable> {
        let Record::Timetable(timetable) = self.record(&Key::new(Kind::Timetable, id))? else {
            return None;
        };
        Some(timetable)
    }

    /// The transfer with this name.
    fn transfer(&self, reference: TransferRef) -> Option<Transfer> {
        let Record::Transfer(transfer) = self.record(&Key::new(Kind::Transfer, reference))? else {
            return None;
        };
        Some(transfer)
    }

    /// The notification with this id.
    fn notification(&self, id: NotificationId) -> Option<Notification> {
        let Record::Notification(notification) = self.record(&Key::new(Kind::Notification, id))?
        else {
            return None;
        };
        Some(notification)
    }

    /// The person with this id.
    fn person(&self, id: UserId) -> Option<Person> {
        let Record::Person(person) = self.record(&Key::new(Kind::Person, id))? else {
            return None;
        };
        Some(person)
    }

    /// The venue with this id.
    fn venue(&self, id: VenueId) -> Option<Venue> {
        let Record::Venue(venue) = self.record(&Key::new(Kind::Venue, id))? else {
            return None;
        };
        Some(venue)
    }

    /// The registration of a student for a sitting.
    fn candidate(&self, sitting: SittingId, student: StudentId) -> Option<crate::Candidate> {
        let Record::Candidate(candidate) =
            self.record(&Key::new(Kind::Candidate, format!("{sitting}/{student}")))?
        else {
            return None;
        };
        Some(candidate)
    }

    /// The script of a student in a sitting, once something was said about it.
    fn script(&self, sitting: SittingId, student: StudentId) -> Option<Script> {
        let Record::Script(script) =
            self.record(&Key::new(Kind::Script, format!("{sitting}/{student}")))?
        else {
            return None;
        };
        Some(script)
    }

    /// Everybody registered for a sitting, in no particular order.
    fn candidates(&self, sitting: SittingId) -> Vec<crate::Candidate> {
        let found = self.list(Kind::Candidate).into_iter();
        found
            .filter_map(|record| {
                if let Record::Candidate(candidate) = record {
                    Some(candidate)
                } else {
                    None
                }
            })
            .filter(|candidate| candidate.sitting_id == sitting)
            .collect()
    }

    /// Every batch, in no particular order.
    fn batches(&self) -> Vec<Batch> {
        let found = self.list(Kind::Batch).into_iter();
        found
            .filter_map(|record| {
                if let Record::Batch(batch) = record {
                    Some(*batch)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The handovers of a batch that nobody has decided yet.
    fn open_transfers(&self, batch: BatchId) -> Vec<Transfer> {
        let open = |transfer: &Transfer| {
            transfer.batch_id == batch
                && matches!(
                    transfer.state,
                    CustodyState::Offered | CustodyState::Disputed
                )
        };
        let found = self.list(Kind::Transfer).into_iter();
        found
            .filter_map(|record| {
                if let Record::Transfer(found) = record {
                    Some(found)
                } else {
                    None
                }
            })
            .filter(open)
            .collect()
    }

    /// Every person, in no particular order.
    fn people(&self) -> Vec<Person> {
        let found = self.list(Kind::Person).into_iter();
        found
            .filter_map(|record| {
                if let Record::Person(person) = record {
                    Some(person)
                } else {
                    None
                }
            })
            .collect()
    }

    /// The institution itself.
    fn institution(&self) -> Option<Institution> {
        let mut found = self.list(Kind::Institution).into_iter();
        let Record::Institution(institution) = found.next()? else {
            return None;
        };
        Some(institution)
    }
}
