//! What a person may see of an institution's log, fixed before a replay starts.
//!
//! A right comes from the token and the records (role, faculty, assignments). Rooms that a client
//! joins only filter inside it.

use std::collections::BTreeSet;

use crate::{
    Action, Actor, Event, Kind, Reach, Record, Role, Room, Sitting, Subject, Transfer, UserId,
    View, may, may_everywhere, reach,
};

/// What one person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "three rights, independent of one another"
)]
pub struct Sight {
    institution: crate::InstitutionId,
    user: Option<UserId>,
    /// Sees every sitting.
    whole: bool,
    /// Sees what concerns no sitting in particular.
    staff: bool,
    /// Sees confidential cases of others.
    confidential: bool,
    /// The narrow rooms of the sittings and batches it may see.
    rooms: BTreeSet<Room>,
}

impl Sight {
    /// What `actor` may see, by the records as they are now.
    pub fn of(actor: &Actor, view: &dyn View) -> Self {
        let mut rooms = BTreeSet::new();
        for record in view.list(Kind::Sitting) {
            let Record::Sitting(sitting) = record else {
                continue;
            };
            if sees_sitting(actor, &sitting) {
                rooms.extend(rooms_of(&sitting));
            }
        }
        for batch in view.batches() {
            let subject = Subject {
                batch: Some(&batch),
                ..Subject::default()
            };
            let offered = || {
                view.open_transfers(batch.id)
                    .iter()
                    .any(|open| is_for(open, actor))
            };
            if may(actor, Action::SeeBatches, subject) || offered() {
                rooms.insert(Room::Batch(batch.id.0));
            }
        }
        let joins = |role: &Role| reach(Some(*role), Action::JoinInstitution) == Reach::Institution;
        let staff = actor.user.is_none() || actor.roles.iter().any(joins);
        let timetables = view.list(Kind::Timetable).into_iter().filter(|_| staff);
        rooms.extend(timetables.filter_map(|record| {
            let Record::Timetable(timetable) = record else {
                return None;
            };
            Some(Room::Timetable(timetable.id.0))
        }));
        Self {
            institution: actor.institution,
            user: actor.user,
            whole: may_everywhere(actor, Action::SeeBoard),
            staff,
            confidential: may_everywhere(actor, Action::ReadConfidential),
            rooms,
        }
    }

    /// Whether this person may see `event`.
    pub fn sees(&self, event: &Event) -> bool {
        if event.institution_id != self.institution {
            return false;
        }
        let told = self
            .user
            .is_some_and(|user| event.rooms.contains(&Room::User(user.0)));
        if told || is_personal(&event.rooms) {
            // What is told to persons is theirs alone, not even its author's.
            return told;
        }
        if self.user.is_some() && event.actor.user_id == self.user {
            return true;
        }
        if event.is_confidential() && !self.confidential {
            return false;
        }
        self.hears(&event.rooms)
    }

    /// Whether this person may see `record` in a first copy.
    pub fn sees_record(&self, record: &Record) -> bool {
        match record {
            Record::Institution(_) | Record::Venue(_) | Record::Person(_) => true,
            Record::Timetable(_) | Record::Station(_) => self.staff,
            Record::Candidate(candidate) => {
                self.whole
                    || self
                        .rooms
                        .contains(&Room::ExamEntry(candidate.sitting_id.0))
            }
            Record::Sitting(sitting) => {
                self.whole || self.rooms.contains(&Room::ExamEntry(sitting.id.0))
            }
            Record::Batch(batch) => self.whole || self.rooms.contains(&Room::Batch(batch.id.0)),
            Record::Transfer(transfer) => {
                self.whole
                    || self.rooms.contains(&Room::Batch(transfer.batch_id.0))
                    || self
                        .user
                        .is_some_and(|user| transfer.from.id == user || transfer.to.is(user))
            }
            Record::Notification(notification) => self
                .user
                .is_some_and(|user| notification.user_ids.contains(&user)),
            Record::Incident(incident) => self.sees_incident(incident),
        }
    }

    /// Whether this person may join `room`.
    pub fn may_join(&self, room: Room) -> bool {
        match room {
            Room::Institution(id) => self.staff && id == self.institution.0,
            Room::User(id) => self.user == Some(UserId(id)),
            Room::Timetable(_) | Room::Batch(_) | Room::Venue(_) | Room::ExamEntry(_) => {
                self.rooms.contains(&room)
            }
        }
    }

    fn sees_incident(&self, incident: &crate::Incident) -> bool {
        let author = incident.reported_by.as_ref().map(|named| named.id);
        let assignee = incident.assignee.as_ref().map(|named| named.id);
        if self.user.is_some() && (author == self.user || assignee == self.user) {
            return true;
        }
        if incident.confidential && !self.confidential {
            return false;
        }
        let sitting = incident.sitting_id.map(|id| Room::ExamEntry(id.0));
        self.whole || sitting.map_or(self.staff, |room| self.rooms.contains(&room))
    }

    fn hears(&self, rooms: &[Room]) -> bool {
        if self.whole {
            return true;
        }
        let mut narrow = rooms.iter().filter(|room| is_narrow(**room)).peekable();
        if narrow.peek().is_none() {
            return self.staff;
        }
        narrow.any(|room| self.rooms.contains(room))
    }
}

/// Whether an event goes to persons only.
fn is_personal(rooms: &[Room]) -> bool {
    let common = rooms
        .iter()
        .any(|room| matches!(room, Room::Institution(_)));
    !common && rooms.iter().any(|room| matches!(room, Room::User(_)))
}

fn is_narrow(room: Room) -> bool {
    matches!(room, Room::Batch(_) | Room::ExamEntry(_))
}

fn sees_sitting(actor: &Actor, sitting: &Sitting) -> bool {
    let subject = Subject {
        sitting: Some(sitting),
        ..Subject::default()
    };
    may(actor, Action::SeeBoard, subject) || may(actor, Action::SeeBatches, subject)
}

fn is_for(transfer: &Transfer, actor: &Actor) -> bool {
    actor.user.is_some_and(|user| transfer.to.is(user))
}

fn rooms_of(sitting: &Sitting) -> Vec<Room> {
    let batch = sitting.batch_id.map(|id| Room::Batch(id.0));
    let mut rooms = vec![
        Room::ExamEntry(sitting.id.0),
        Room::Venue(sitting.venue_id.0),
    ];
    rooms.extend(batch);
    rooms
}

#[cfg(test)]
mod tests;
