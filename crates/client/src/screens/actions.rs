//! What a person may do with a record, or why not now.
//!
//! What the role never allows is not offered at all. For the rest the rules themselves are asked,
//! with the smallest command that each button could send, so that a button is never enabled for
//! something that the server will refuse.

use elms_protocol::{
    AcceptBatch, AcknowledgeIncident, Action, AmendIncident, AssignBatch, AssignIncident, Batch,
    BatchStatus, CloseIncident, Command, CommandId, CommandRequest, CountScripts, DeclareCount,
    EscalateIncident, Incident, IncidentOutcome, IncidentStatus, IncidentType, NoteIncident,
    OfferBatch, OpenCollection, Person, ReceiveBatch, ReferIncident, RejectionCode, ReopenIncident,
    ResolveIncident, Role, SealBatch, SetBatchStatus, SetPhase, SetSeverity, SignMethod,
    SignStatement, Sitting, Subject, Times, Transfer, TransferRef, UnsealBatch, UserId,
    VoidIncident, batch_of_case, decide,
    host::{NextPhase, Offered},
    may, words,
};
use uuid::Uuid;

use super::{Scene, batches::witnesses};

/// What the buttons of an incident offer.
pub(super) fn of_incident(scene: Scene<'_>, incident: &Incident) -> Vec<Offered> {
    let sitting = incident.sitting_id.and_then(|id| scene.sitting(id));
    let author = incident.reported_by.as_ref().map(|named| named.id);
    let own = author.is_some() && author == scene.actor.user;
    let batch = batch_of_case(scene.overlay, incident.batch_id, sitting);
    let subject = Subject {
        sitting,
        batch: batch.as_deref(),
        own,
    };
    let state = incident.status.text();
    incident_probes(scene, incident)
        .into_iter()
        .filter(|(action, _)| may(scene.actor, *action, subject))
        .map(|(action, probe)| Offered {
            action,
            reason: obstacle(scene, probe, state),
        })
        .collect()
}

/// The smallest command behind each button.
fn incident_probes(scene: Scene<'_>, incident: &Incident) -> Vec<(Action, Command)> {
    let (id, note) = (incident.reference, None);
    let assignee = somebody(scene, |_| true);
    let severity = SetSeverity {
        incident: id,
        severity: incident.severity,
        note: None,
    };
    let text = "-".to_owned();
    let words = NoteIncident {
        incident: id.into(),
        text,
        evidence: Vec::new(),
        witness: None,
    };
    vec![
        (
            Action::Acknowledge,
            AcknowledgeIncident {
                incident: id,
                note: None,
            }
            .into(),
        ),
        (
            Action::Assign,
            AssignIncident {
                incident: id,
                assignee,
                note: None,
            }
            .into(),
        ),
        (Action::ChangeSeverity, severity.into()),
        (
            Action::Escalate,
            EscalateIncident {
                incident: id,
                note,
                expected_level: None,
            }
            .into(),
        ),
        (Action::Resolve, resolve(incident)),
        (Action::Witness, statement(incident)),
        (Action::DeleteIncident, void(incident)),
        (Action::CloseIncident, close_or_reopen(incident)),
        (Action::NoteIncident, words.into()),
        (Action::Amend, amend(incident)),
        (
            Action::Refer,
            ReferIncident {
                incident: id,
                file_number: None,
                note: None,
            }
            .into(),
        ),
    ]
}

fn resolve(incident: &Incident) -> Command {
    let resolve = ResolveIncident {
        incident: incident.reference,
        outcome: IncidentOutcome::NoAction,
        resolution: "-".to_owned(),
        merged_into: None,
    };
    resolve.into()
}

fn statement(incident: &Incident) -> Command {
    let statement = SignStatement {
        incident: incident.reference.into(),
        statement: "-".to_owned(),
        method: SignMethod::Pin,
        witness: None,
        name: None,
    };
    statement.into()
}

fn void(incident: &Incident) -> Command {
    let void = VoidIncident {
        incident: incident.reference,
        reason: "-".to_owned(),
    };
    void.into()
}

/// A correction that differs from what stands there.
fn amend(incident: &Incident) -> Command {
    let amend = AmendIncident {
        incident: incident.reference,
        title: None,
        description: Some(format!("{} -", incident.description)),
        action_taken: None,
        seat: None,
        incident_type: None,
        subtype: None,
        parts: None,
        note: None,
    };
    amend.into()
}

fn close_or_reopen(incident: &Incident) -> Command {
    let id = incident.reference;
    if incident.status == IncidentStatus::Closed {
        return ReopenIncident {
            incident: id,
            reason: "-".to_owned(),
        }
        .into();
    }
    CloseIncident {
        incident: id,
        note: None,
    }
    .into()
}

/// What the buttons of a hall offer.
pub(super) fn of_hall(scene: Scene<'_>, sitting: &Sitting) -> Vec<Offered> {
    let actions = [
        Action::TakeAttendance,
        Action::OverrideAttendance,
        Action::WriteHallLog,
        Action::CollectScripts,
        Action::RunSitting,
        Action::Announce,
        Action::ReportIncident,
    ];
    let subject = Subject {
        sitting: Some(sitting),
        own: true,
        ..Subject::default()
    };
    let allowed = actions.into_iter();
    allowed
        .filter(|action| may(scene.actor, *action, subject))
        .map(|action| Offered {
            action,
            reason: scene.closed.map(str::to_owned),
        })
        .collect()
}

/// What a sitting may become, for those who run it.
pub(super) fn next_phases(scene: Scene<'_>, sitting: &Sitting) -> Vec<NextPhase> {
    let subject = Subject {
        sitting: Some(sitting),
        ..Subject::default()
    };
    if !may(scene.actor, Action::RunSitting, subject) {
        return Vec::new();
    }
    let next = sitting.phase.next().iter();
    next.map(|to| {
        let probe = SetPhase {
            sitting_id: sitting.id,
            to: *to,
            reason: Some("-".to_owned()),
        };
        NextPhase {
            to: *to,
            reason: obstacle(scene, probe.into(), sitting.phase.text()),
        }
    })
    .collect()
}

/// What the buttons of a batch offer; `open` is its handover that nobody has decided.
pub(super) fn of_batch(scene: Scene<'_>, batch: &Batch, open: Option<&Transfer>) -> Vec<Offered> {
    let sitting = scene.sitting(batch.sitting_id);
    let state = batch.status.text();
    let probes = batch_probes(scene, batch, open).into_iter();
    probes
        .filter(|(action, _)| {
            let own = *action == Action::OfferHandover;
            may(
                scene.actor,
                *action,
                Subject {
                    sitting,
                    batch: Some(batch),
                    own,
                },
            )
        })
        .map(|(action, probe)| Offered {
            action,
            reason: obstacle(scene, probe, state),
        })
        .collect()
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
    vec![
        (Action::CollectScripts, collect),
        (
            Action::DeclareCount,
            DeclareCount { batch_id, count }.into(),
        ),
        (Action::Seal, seal(scene, batch).into()),
        (Action::Unseal, unseal.into()),
        (Action::OfferHandover, offer.into()),
        (Action::DecideHandover, take(scene, batch, open)),
        (Action::Grade, become_status(batch, grade)),
        (Action::AssignBatch, assign(scene, batch)),
        (Action::Archive, become_status(batch, BatchStatus::Archived)),
    ]
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

/// Anybody like that; nobody has the id 0.
fn somebody(scene: Scene<'_>, like: impl Fn(&Person) -> bool) -> UserId {
    scene
        .overlay
        .people()
        .find(|person| like(person))
        .map_or(UserId(0), |person| person.id)
}

/// Why the rules would refuse `probe` now; `state` is where the record stands.
fn obstacle(scene: Scene<'_>, probe: Command, state: &str) -> Option<String> {
    if let Some(closed) = scene.closed {
        return Some(closed.to_owned());
    }
    let request = CommandRequest {
        command_id: CommandId(Uuid::nil()),
        times: Times::at(scene.now),
        command: probe,
    };
    let rejection = decide(scene.actor, &request, scene.overlay, scene.now).err()?;
    let names_state = rejection.message.contains(&format!("is {state},"));
    if rejection.code == RejectionCode::IllegalTransition && names_state {
        // What it cannot become is the name of the button already.
        return Some(format!("It is {}.", words(state)));
    }
    Some(rejection.message)
}
