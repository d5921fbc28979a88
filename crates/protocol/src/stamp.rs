//! Makes a decided fact the next event of the log.

use serde_json::Map;
use uuid::Uuid;

use crate::{
    Actor, BatchId, CommandRequest, Event, Fact, Room, SCHEMA, Seq, SittingId, Timestamp, UserId,
    View,
};

/// What the log adds to a fact.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Its position.
    pub seq: Seq,
    /// Its own id.
    pub event_id: Uuid,
    /// When the server received the command.
    pub now: Timestamp,
}

impl Stamp {
    /// The event that `fact` becomes; `view` tells which rooms hear it.
    ///
    /// # Errors
    ///
    /// Only when a payload cannot be JSON, which none of ours can fail to be.
    pub fn event(
        self,
        actor: &Actor,
        request: &CommandRequest,
        fact: &Fact,
        view: &dyn View,
    ) -> Result<Event, serde_json::Error> {
        let (channel, name, payload) = fact.to_wire()?;
        Ok(Event {
            channel: channel.to_owned(),
            event: name.to_owned(),
            payload,
            timestamp: self.now,
            seq: self.seq,
            event_id: self.event_id,
            schema: SCHEMA,
            institution_id: actor.institution,
            rooms: rooms(actor, fact, view),
            actor: actor.author(),
            times: request.times,
            cause_ref: Some(request.command_id),
            extra: Map::new(),
        })
    }
}

/// The union of the rooms that hear a fact; each connection gets it once.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each event, nothing nested"
)]
fn rooms(actor: &Actor, fact: &Fact, view: &dyn View) -> Vec<Room> {
    let institution = Room::Institution(actor.institution.0);
    let mut rooms = match fact {
        Fact::NotificationNew(p) => return users(&p.user_ids),
        Fact::NotificationRead(p) => return users(&[p.user_id]),
        Fact::IncidentReported(p) => {
            let mut rooms = in_sitting(view, p.exam_entry_id);
            rooms.extend(p.batch_id.map(|id| Room::Batch(id.0)));
            rooms.extend(p.venue_id.map(|id| Room::Venue(id.0)));
            rooms
        }
        Fact::IncidentUpdated(p) => told(
            of_incident(view, p.client_ref),
            [p.updates.assignee_id, None],
        ),
        Fact::IncidentResolved(p) => of_incident(view, p.client_ref),
        Fact::EvidenceAttached(p) => of_incident(view, p.client_ref),
        Fact::EvidenceReceived(p) | Fact::EvidenceOpened(p) => of_incident(view, p.client_ref),
        Fact::AnnouncementIssued(p) | Fact::AnnouncementAcknowledged(p) => {
            let halls = p.exam_entry_ids.iter();
            halls.flat_map(|id| in_sitting(view, Some(*id))).collect()
        }
        Fact::TimetablePublished(p) => vec![Room::Timetable(p.timetable_id.0)],
        Fact::TimetableUpdated(p) => {
            let mut rooms = in_sitting(view, p.exam_entry_id);
            rooms.insert(0, Room::Timetable(p.timetable_id.0));
            rooms.extend(p.venue_id.map(|id| Room::Venue(id.0)));
            rooms.extend(p.asked_to_confirm.iter().map(|user| Room::User(user.0)));
            rooms
        }
        Fact::TimetableConfirmed(p) => told(
            vec![Room::Timetable(p.timetable_id.0)],
            [Some(p.user_id), None],
        ),
        Fact::TimetableBatchesCreated(p) => vec![Room::Timetable(p.timetable_id.0)],
        Fact::CustodyOffered(p)
        | Fact::CustodyAccepted(p)
        | Fact::CustodyRefused(p)
        | Fact::CustodyDisputed(p)
        | Fact::CustodyCancelled(p)
        | Fact::CustodyExpired(p) => told(
            in_batch(view, p.batch_id),
            [Some(p.from_user_id), p.to_user_id],
        ),
        Fact::BatchAssigned(p) => told(
            in_batch(view, p.batch_id),
            [Some(p.assigned_lecturer_id), None],
        ),
        Fact::BatchStatusChanged(p) => told(in_batch(view, p.batch_id), [p.holder_id, None]),
        Fact::ScriptSubmitted(p) | Fact::ScriptVerified(p) | Fact::ScriptCollected(p) => {
            let mut rooms = in_batch(view, p.batch_id);
            rooms.extend(
                p.from_batch_id
                    .into_iter()
                    .flat_map(|id| in_batch(view, id)),
            );
            rooms
        }
        Fact::ScriptGraded(p) => in_batch(view, p.batch_id),
        Fact::ScriptMarked(p) => in_batch(view, p.batch_id),
        Fact::BatchSealed(p) => in_batch(view, p.batch_id),
        Fact::BatchCreated(p) => in_batch(view, p.batch_id),
        Fact::BatchStatsUpdated(p) => in_batch(view, p.batch_id),
        Fact::BatchPrinted(p) => in_batch(view, p.batch_id),
        Fact::SessionStarted(p) | Fact::SessionEnded(p) | Fact::SessionStatusChanged(p) => {
            in_sitting(view, Some(p.exam_entry_id))
        }
        Fact::TimeExtended(p) => in_sitting(view, Some(p.exam_entry_id)),
        Fact::HallLog(p) => in_sitting(view, Some(p.exam_entry_id)),
        Fact::InvigilatorCheckedIn(p)
        | Fact::InvigilatorCheckedOut(p)
        | Fact::InvigilatorReassigned(p) => told(
            in_sitting(view, Some(p.exam_entry_id)),
            [Some(p.invigilator_id), p.instead_of],
        ),
        Fact::StudentCheckedIn(p) => in_sitting(view, Some(p.exam_entry_id)),
        Fact::CheckinStatsUpdated(p) => in_sitting(view, Some(p.exam_entry_id)),
        Fact::DayReconciled(_)
        | Fact::RecordsImported(_)
        | Fact::ReportExported(_)
        | Fact::LogNoted(_)
        | Fact::StationOnline(_)
        | Fact::StationOffline(_)
        | Fact::StationClockSkew(_)
        | Fact::StationUserSwitched(_)
        | Fact::StationSignedOut(_)
        | Fact::StationWaiting(_)
        | Fact::StationPaired(_)
        | Fact::StationSuspended(_) => Vec::new(),
    };
    rooms.insert(0, institution);
    let mut seen = std::collections::BTreeSet::new();
    rooms.retain(|room| seen.insert(*room));
    rooms
}

fn users(ids: &[UserId]) -> Vec<Room> {
    ids.iter().map(|id| Room::User(id.0)).collect()
}

fn in_sitting(view: &dyn View, id: Option<SittingId>) -> Vec<Room> {
    let Some(id) = id else {
        return Vec::new();
    };
    let mut rooms = vec![Room::ExamEntry(id.0)];
    if let Some(sitting) = view.sitting(id) {
        rooms.push(Room::Venue(sitting.venue_id.0));
        rooms.extend(sitting.batch_id.map(|batch| Room::Batch(batch.0)));
    }
    rooms
}

/// Whoever reported a case, and whoever it is assigned to, hear what becomes of it: also of a
/// confidential one, and wherever they work now.
fn of_incident(view: &dyn View, reference: crate::IncidentRef) -> Vec<Room> {
    let Some(incident) = view.incident(reference) else {
        return Vec::new();
    };
    let mut rooms = in_sitting(view, incident.sitting_id);
    rooms.extend(incident.batch_id.map(|id| Room::Batch(id.0)));
    let concerned = [&incident.reported_by, &incident.assignee];
    rooms.extend(
        concerned
            .into_iter()
            .flatten()
            .map(|one| Room::User(one.id.0)),
    );
    rooms
}

/// The rooms of a batch and of its sitting.
fn in_batch(view: &dyn View, id: BatchId) -> Vec<Room> {
    let sitting = view.batch(id).map(|batch| batch.sitting_id);
    let mut rooms = in_sitting(view, sitting);
    rooms.push(Room::Batch(id.0));
    rooms
}

/// Also the people whom it concerns, wherever they are.
fn told(mut rooms: Vec<Room>, people: [Option<UserId>; 2]) -> Vec<Room> {
    rooms.extend(people.into_iter().flatten().map(|user| Room::User(user.0)));
    rooms
}
