//! What a person may see of an institution's log, fixed before a replay starts.
//!
//! A right comes from the token and the records (role, faculty, assignments). Rooms that a client
//! joins only filter inside it.

use std::collections::BTreeSet;

use serde::Deserialize as _;

use crate::{
    Action, Actor, Event, IncidentRef, Kind, Reach, Record, Role, Room, Sitting, SittingId,
    Subject, Transfer, UserId, View, may, may_by_office, may_everywhere, reach,
};

/// What one person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four rights, independent of one another"
)]
pub struct Sight {
    institution: crate::InstitutionId,
    user: Option<UserId>,
    /// Sees every sitting.
    whole: bool,
    /// Sees what concerns no sitting in particular.
    staff: bool,
    /// Sees who asks to be let in at which station, and how stations stand.
    enrolments: bool,
    /// Sees confidential cases of others that belong to no sitting.
    confidential: bool,
    /// The narrow rooms of the sittings whose confidential cases of others it sees.
    confidential_rooms: BTreeSet<Room>,
    /// Confidential cases that it does not see, with all that was ever said about them.
    hidden: BTreeSet<IncidentRef>,
    /// The narrow rooms of the sittings and batches it may see.
    rooms: BTreeSet<Room>,
    /// The sittings of those batches: what is told of a sitting goes to the room of its batch too, so
    /// that its cases are seen by whoever holds or grades the batch.
    bundles: BTreeSet<SittingId>,
    /// The sittings whose candidates it sees without seeing the sitting: those of a lecturer's batches.
    registers: BTreeSet<SittingId>,
}

impl Sight {
    /// What `actor` may see, by the records as they are now.
    pub fn of(actor: &Actor, view: &dyn View) -> Self {
        let joins = |role: &Role| reach(Some(*role), Action::JoinInstitution) == Reach::Institution;
        let mut sight = Self {
            institution: actor.institution,
            user: actor.user,
            whole: may_everywhere(actor, Action::SeeBoard),
            staff: actor.user.is_none() || actor.roles.iter().any(joins),
            enrolments: may_everywhere(actor, Action::EnrolStation),
            confidential: may_by_office(actor, Action::ReadConfidential, Subject::default()),
            confidential_rooms: BTreeSet::new(),
            hidden: BTreeSet::new(),
            rooms: BTreeSet::new(),
            bundles: BTreeSet::new(),
            registers: BTreeSet::new(),
        };
        sight.see_sittings(actor, view);
        sight.see_batches(actor, view);
        for record in view.list(Kind::Timetable) {
            if let Record::Timetable(timetable) = record
                && sight.staff
            {
                sight.rooms.insert(Room::Timetable(timetable.id.0));
            }
        }
        sight.hide_cases(view);
        sight
    }

    fn see_sittings(&mut self, actor: &Actor, view: &dyn View) {
        for record in view.list(Kind::Sitting) {
            let Record::Sitting(sitting) = record else {
                continue;
            };
            if sees_sitting(actor, &sitting) {
                self.rooms.extend(rooms_of(&sitting));
            }
            let subject = Subject {
                sitting: Some(&sitting),
                ..Subject::default()
            };
            if may_by_office(actor, Action::ReadConfidential, subject) {
                let narrow = rooms_of(&sitting).into_iter();
                self.confidential_rooms
                    .extend(narrow.filter(|room| is_narrow(*room)));
            }
        }
    }

    fn see_batches(&mut self, actor: &Actor, view: &dyn View) {
        for batch in view.batches() {
            let sitting = view.sitting(batch.sitting_id);
            let subject = Subject {
                sitting: sitting.as_deref(),
                batch: Some(&batch),
                own: false,
            };
            let offered = || {
                view.open_transfers(batch.id)
                    .iter()
                    .any(|open| is_for(open, actor))
            };
            if may(actor, Action::SeeBatches, subject) || offered() {
                self.rooms.insert(Room::Batch(batch.id.0));
                self.bundles.insert(batch.sitting_id);
            }
            if may(actor, Action::SeeCandidates, subject) {
                self.registers.insert(batch.sitting_id);
            }
        }
    }

    fn hide_cases(&mut self, view: &dyn View) {
        for incident in view.confidential() {
            if !self.sees_incident(&incident) {
                self.hidden.insert(incident.reference);
            }
        }
    }

    /// Whether this person may see `event`.
    pub fn sees(&self, event: &Event) -> bool {
        if event.institution_id != self.institution {
            return false;
        }
        if event.event == "log_noted" {
            // Whoever ever had an event must hear that its words are gone.
            return true;
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
        if is_enrolment(event) && !self.enrolments {
            return false;
        }
        if event.is_confidential() && !self.reads_confidential(&event.rooms) {
            return false;
        }
        !self.is_hidden(event) && self.hears(&event.rooms)
    }

    /// Whether this person may see `record` in a first copy.
    pub fn sees_record(&self, record: &Record) -> bool {
        match record {
            Record::Institution(_) | Record::Venue(_) | Record::Person(_) => true,
            Record::Timetable(_) | Record::Station(_) => self.staff,
            Record::Enrolment(_) => self.enrolments,
            Record::Candidate(candidate) => {
                let sitting = candidate.sitting_id;
                self.whole
                    || self.registers.contains(&sitting)
                    || self.rooms.contains(&Room::ExamEntry(sitting.0))
            }
            Record::Sitting(sitting) => {
                self.whole || self.rooms.contains(&Room::ExamEntry(sitting.id.0))
            }
            Record::Script(script) => {
                self.whole
                    || self.rooms.contains(&Room::ExamEntry(script.sitting_id.0))
                    || self.rooms.contains(&Room::Batch(script.batch_id.0))
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
        let sitting = incident.sitting_id.map(|id| Room::ExamEntry(id.0));
        let batch = incident.batch_id.map(|id| Room::Batch(id.0));
        let rooms: Vec<Room> = sitting.into_iter().chain(batch).collect();
        if incident.confidential && !self.reads_confidential(&rooms) {
            return false;
        }
        let beside = incident.sitting_id.filter(|id| self.bundles.contains(id));
        self.whole
            || beside.is_some()
            || sitting.map_or(self.staff, |room| self.rooms.contains(&room))
    }

    fn reads_confidential(&self, rooms: &[Room]) -> bool {
        let mut narrow = rooms.iter().filter(|room| is_narrow(**room)).peekable();
        if narrow.peek().is_none() {
            return self.confidential;
        }
        narrow.any(|room| self.confidential_rooms.contains(room))
    }

    /// What is said of a case that was made confidential, also from before.
    fn is_hidden(&self, event: &Event) -> bool {
        let case = event.payload.get("clientRef");
        let case = case.and_then(|text| IncidentRef::deserialize(text).ok());
        event.channel == "incident" && case.is_some_and(|case| self.hidden.contains(&case))
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

/// Whether it tells how the key of a station stands.
fn is_enrolment(event: &Event) -> bool {
    matches!(
        event.event.as_str(),
        "station:waiting" | "station:paired" | "station:suspended"
    )
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
