//! What must be true of every record, whatever was asked by whom.

use super::Hall;
use crate::{
    Batch, BatchStatus, Holder, Incident, IncidentStatus, InvigilatorRole, Phase, Record, Sitting,
    Transfer, View as _,
};

/// The first law that a record of the hall breaks.
pub(crate) fn broken(hall: &Hall) -> Option<String> {
    hall.records.values().find_map(|record| {
        let law = match record {
            Record::Sitting(sitting) => of_sitting(sitting),
            Record::Batch(batch) => of_batch(hall, batch),
            Record::Incident(incident) => of_incident(incident).or(pointers(hall, incident)),
            Record::Transfer(transfer) => of_transfer(hall, transfer),
            Record::Institution(_)
            | Record::Venue(_)
            | Record::Person(_)
            | Record::Candidate(_)
            | Record::Timetable(_)
            | Record::Notification(_)
            | Record::Station(_)
            | Record::Script(_)
            | Record::Enrolment(_) => None,
        };
        law.map(|law| format!("{law}: {record:?}"))
    })
}

/// The law that a change from `before` to `after` breaks.
pub(crate) fn broken_step(before: &Record, after: &Record) -> Option<String> {
    let lawful = match (before, after) {
        (Record::Sitting(a), Record::Sitting(b)) => {
            a.phase == b.phase || a.phase.may_become(b.phase)
        }
        (Record::Batch(a), Record::Batch(b)) => {
            a.status == b.status || a.status.may_become(b.status)
        }
        (Record::Incident(a), Record::Incident(b)) => {
            a.status == b.status || a.status.may_become(b.status)
        }
        (Record::Transfer(a), Record::Transfer(b)) => {
            a.state.may_become(b.state)
                || (a.state == b.state && a.confirmed_by.len() < b.confirmed_by.len())
        }
        (Record::Script(a), Record::Script(b)) => {
            a.status == b.status || a.status.may_become(b.status)
        }
        (Record::Candidate(a), Record::Candidate(b)) => {
            a.attendance == b.attendance || a.attendance.may_become(b.attendance)
        }
        (Record::Timetable(a), Record::Timetable(b)) => {
            (a.status == b.status || a.status.may_become(b.status)) && a.revision <= b.revision
        }
        _ => true,
    };
    (!lawful).then(|| format!("{before:?} became {after:?}"))
}

fn first_false(laws: &[(&'static str, bool)]) -> Option<&'static str> {
    laws.iter().find(|(_, holds)| !holds).map(|(law, _)| *law)
}

fn of_sitting(sitting: &Sitting) -> Option<&'static str> {
    let chiefs = sitting.invigilators.iter();
    let n_chiefs = chiefs
        .filter(|person| person.role == InvigilatorRole::ChiefInvigilator)
        .count();
    let mut out = sitting.out.clone();
    out.sort();
    out.dedup();
    first_false(&[
        (
            "as many present as registered, at most",
            (0..=sitting.expected).contains(&sitting.present),
        ),
        (
            "paused while it is paused",
            sitting.paused_at.is_some() == (sitting.phase == Phase::Paused),
        ),
        ("one chief at most", n_chiefs <= 1),
        ("each seat is out once", out.len() == sitting.out.len()),
        (
            "pauses and time given are not negative",
            0 <= sitting.paused_sec.min(sitting.added_sec),
        ),
        (
            "it starts before it stops",
            sitting.stopped_at.is_none() || sitting.started_at.is_some(),
        ),
    ])
}

fn of_batch(hall: &Hall, batch: &Batch) -> Option<&'static str> {
    let open = matches!(
        batch.status,
        BatchStatus::Pending | BatchStatus::InCollection
    );
    let witness = batch.seal_witness.as_ref().map(|named| named.id);
    let sealer = batch.sealed_by.as_ref().map(|named| named.id);
    let elsewhere = hall.batches().iter().any(|other| {
        let seal = batch.seal_number.as_ref().filter(|_| other.id != batch.id);
        seal.is_some_and(|seal| {
            other.seal_number.as_ref() == Some(seal) || other.broken_seals.contains(seal)
        })
    });
    first_false(&[
        (
            "closed batches have a seal",
            open == batch.seal_number.is_none(),
        ),
        ("a seal has a witness", open || witness.is_some()),
        (
            "who seals does not witness",
            witness.is_none() || witness != sealer,
        ),
        ("a seal is on one batch", !elsewhere),
        (
            "a difference has a case",
            batch.discrepancy == 0 || batch.incident.is_some(),
        ),
        (
            "graded are collected",
            (0..=batch.scripts_collected).contains(&batch.scripts_graded),
        ),
        (
            "no pile is impossible",
            batch.scripts_collected <= batch.total_registered + 50,
        ),
    ])
}

fn of_incident(incident: &Incident) -> Option<&'static str> {
    let over = matches!(
        incident.status,
        IncidentStatus::Resolved | IncidentStatus::Closed
    );
    first_false(&[
        (
            "what is over has an outcome",
            over == incident.outcome.is_some(),
        ),
        (
            "what is over has words",
            over == incident.resolution.is_some(),
        ),
        (
            "what is over calls nobody",
            !over || incident.ack_due_at.is_none(),
        ),
        (
            "what somebody has noticed calls nobody",
            incident.acknowledged_at.is_none() || incident.calls_at().is_none(),
        ),
        ("three levels", (0..=3).contains(&incident.escalation_level)),
        (
            "not merged into itself",
            incident.merged_into != Some(incident.reference),
        ),
        (
            "it has a number here",
            incident.number.is_some() && incident.id.is_some(),
        ),
    ])
}

/// Merged cases point at each other.
fn pointers(hall: &Hall, incident: &Incident) -> Option<&'static str> {
    let there = incident.merged_into.and_then(|into| hall.incident(into));
    let back = there.is_none_or(|into| into.merged_from.contains(&incident.reference));
    let forth = incident.merged_from.iter().all(|from| {
        let from = hall.incident(*from);
        from.is_some_and(|from| from.merged_into == Some(incident.reference))
    });
    first_false(&[
        ("a merged case is known to the one that stands", back),
        ("a case holds what was merged into it", forth),
        (
            "a chain of merged cases has one end",
            incident.merged_into.is_none() || incident.merged_from.is_empty(),
        ),
    ])
}

fn of_transfer(hall: &Hall, transfer: &Transfer) -> Option<&'static str> {
    let twice = 1 < hall.open_transfers(transfer.batch_id).len();
    first_false(&[
        (
            "giver and receiver are two",
            !transfer.to.is(transfer.from.id),
        ),
        ("one open offer for a batch", !twice),
        (
            "a person or a place receives",
            !matches!(transfer.to, Holder::Hall { .. }),
        ),
    ])
}
