//! What a person may do with a batch, or why not now.

use elms_protocol::{
    AcceptBatch, Action, AssignBatch, Batch, BatchStatus, Command, CountScripts, CustodyState,
    DeclareCount, Holder, Incident, IncidentType, LogHall, NotePrinted, OfferBatch, OpenCollection,
    PAPERS_RECEIVED, Person, ReceiveBatch, Role, SealBatch, SetBatchStatus, Subject, Transfer,
    TransferRef, UnsealBatch, UserId, host::Offered, may, words,
};
use uuid::Uuid;

use super::{super::batches::witnesses, obstacle, somebody};
use crate::screens::Scene;

/// What the buttons of a batch offer; `open` is its handover that nobody has decided.
pub(in crate::screens) fn of_batch(
    scene: Scene<'_>,
    batch: &Batch,
    open: Option<&Transfer>,
) -> Vec<Offered> {
    let sitting = scene.sitting(batch.sitting_id);
    let state = batch.status.text();
    let probes = batch_probes(scene, batch, open).into_iter();
    // A handover may be to somebody of no hall at all: what they are asked, they may answer.
    let is_asked = open.is_some_and(|open| asks(scene, open));
    probes
        .filter(|(action, _)| {
            let subject = Subject {
                sitting,
                batch: Some(batch),
                own: *action == Action::OfferHandover,
            };
            (is_asked && *action == Action::DecideHandover) || may(scene.actor, *action, subject)
        })
        .map(|(action, probe)| Offered {
            action,
            reason: match sitting {
                Some(_) => obstacle(scene, probe, state),
                None => from_outside(scene, batch, open, &probe),
            },
        })
        .collect()
}

/// What is in the way of those who carry or grade a batch: its sitting is not theirs to see, so that the
/// rules cannot be tried here; the server tries them.
fn from_outside(
    scene: Scene<'_>,
    batch: &Batch,
    open: Option<&Transfer>,
    probe: &Command,
) -> Option<String> {
    let state = || format!("It is {}.", words(batch.status.text()));
    let in_the_way = match (probe, open) {
        (Command::SetBatchStatus(SetBatchStatus { to, .. }), _) => {
            (!batch.status.may_become(*to)).then(state)
        }
        (Command::ReceiveBatch(_), _) => {
            (!batch.status.may_become(BatchStatus::WithLecturer)).then(state)
        }
        (Command::OfferBatch(_), Some(open)) => {
            Some(format!("It is {}.", words(open.state.text())))
        }
        _ => None,
    };
    scene.closed.map(str::to_owned).or(in_the_way)
}

/// Whether the handover waits for the word of whoever sits here: who is to receive it, and in a dispute
/// who gives it too.
fn asks(scene: Scene<'_>, open: &Transfer) -> bool {
    let user = scene.actor.user;
    let receives = matches!(&open.to, Holder::Person(person) if Some(person.id) == user);
    receives || (open.state == CustodyState::Disputed && Some(open.from.id) == user)
}

fn batch_probes(
    scene: Scene<'_>,
    batch: &Batch,
    open: Option<&Transfer>,
) -> Vec<(Action, Command)> {
    let (batch_id, count) = (batch.id, batch.scripts_collected);
    let collect: Command = if batch.status == BatchStatus::Pending {
        OpenCollection { batch_id }.into()
    } else {
        CountScripts {
            batch_id,
            collected: count,
        }
        .into()
    };
    let unseal = UnsealBatch {
        batch_id,
        witness: witness(scene, batch),
        reason: "-".to_owned(),
    };
    let offer = OfferBatch {
        transfer: TransferRef(Uuid::nil()),
        batch_id,
        to_user: None,
        to_location: Some("-".to_owned()),
        to_location_name: None,
    };
    let grade = match batch.status {
        BatchStatus::GradingInProgress => BatchStatus::GradingCompleted,
        BatchStatus::Pending
        | BatchStatus::InCollection
        | BatchStatus::Sealed
        | BatchStatus::InTransit
        | BatchStatus::WithLecturer
        | BatchStatus::GradingCompleted
        | BatchStatus::ReturnedToRegistry
        | BatchStatus::Archived => BatchStatus::GradingInProgress,
    };
    let mut probes = vec![
        (Action::CollectScripts, collect),
        (
            Action::DeclareCount,
            DeclareCount { batch_id, count }.into(),
        ),
        (Action::NotePrinted, print(batch)),
        (Action::Seal, seal(scene, batch).into()),
        (Action::Unseal, unseal.into()),
        (Action::OfferHandover, offer.into()),
        (Action::DecideHandover, take(scene, batch, open)),
        (Action::Grade, become_status(batch, grade)),
        (Action::AssignBatch, assign(scene, batch)),
        (Action::Archive, become_status(batch, BatchStatus::Archived)),
    ];
    // The hall signs for its papers before it collects anything.
    if batch.status == BatchStatus::Pending {
        probes.push((Action::WriteHallLog, sign(batch)));
    }
    probes
}

/// One paper for each candidate, in some place.
fn print(batch: &Batch) -> Command {
    NotePrinted {
        batch_id: batch.id,
        copies: batch.total_registered.max(1),
        spare: 0,
        place: "-".to_owned(),
        printed_at: None,
    }
    .into()
}

/// The hall signs for its question papers.
fn sign(batch: &Batch) -> Command {
    LogHall {
        sitting_id: batch.sitting_id,
        action: PAPERS_RECEIVED.to_owned(),
        text: "-".to_owned(),
        seat: None,
        student: None,
        count: None,
        entry: None,
    }
    .into()
}

/// The seal that would be set now: with the count declared, and the case that explains a
/// difference, if there is one.
fn seal(scene: Scene<'_>, batch: &Batch) -> SealBatch {
    let declared = batch.counts.last().map(|declared| declared.count);
    let explains = |incident: &&Incident| {
        let kind = incident.incident_type;
        let kinds = [
            IncidentType::MissingScript,
            IncidentType::CustodyDiscrepancy,
        ];
        incident.batch_id == Some(batch.id) && kinds.contains(&kind)
    };
    let incident = scene.overlay.incidents().find(explains);
    SealBatch {
        batch_id: batch.id,
        count: declared.unwrap_or(batch.scripts_collected),
        seal_number: Uuid::nil().to_string(),
        witness: Some(witness(scene, batch)),
        incident: incident.map(|incident| incident.reference.into()),
    }
}

/// Somebody who may witness: from the hall, or else from the exam office.
fn witness(scene: Scene<'_>, batch: &Batch) -> UserId {
    let office =
        |person: &Person| person.role == Role::ExamsOfficer && Some(person.id) != scene.actor.user;
    let hall = witnesses(scene, batch).first().map(|person| person.id);
    hall.unwrap_or_else(|| somebody(scene, office))
}

/// Taking a batch: what was offered, what comes back from grading, or by its lecturer.
fn take(scene: Scene<'_>, batch: &Batch, open: Option<&Transfer>) -> Command {
    if let Some(open) = open {
        return AcceptBatch {
            transfer: open.reference,
            note: None,
            count: None,
            seal_seen: None,
        }
        .into();
    }
    if batch.status == BatchStatus::GradingCompleted {
        return become_status(batch, BatchStatus::ReturnedToRegistry);
    }
    let lecturer = batch.lecturer.as_ref().map(|named| named.id);
    let lecturer =
        lecturer.unwrap_or_else(|| somebody(scene, |person| person.role == Role::Lecturer));
    ReceiveBatch {
        batch_id: batch.id,
        lecturer,
        count: batch.scripts_collected,
    }
    .into()
}

/// Naming another lecturer than the one who is named.
fn assign(scene: Scene<'_>, batch: &Batch) -> Command {
    let named = batch.lecturer.as_ref().map(|named| named.id);
    let other = |person: &Person| person.role == Role::Lecturer && Some(person.id) != named;
    AssignBatch {
        batch_id: batch.id,
        lecturer: somebody(scene, other),
    }
    .into()
}

fn become_status(batch: &Batch, to: BatchStatus) -> Command {
    SetBatchStatus {
        batch_id: batch.id,
        to,
        location: None,
        location_name: None,
        count: Some(batch.scripts_collected),
    }
    .into()
}
