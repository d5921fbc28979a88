//! What a person may do with a record, or why not now.
//!
//! What the role never allows is not offered at all. For the rest the rules themselves are asked,
//! with the smallest command that each button could send, so that a button is never enabled for
//! something that the server will refuse.

use elms_protocol::{
    AcknowledgeIncident, Action, AmendIncident, AssignIncident, CheckInInvigilator, CloseIncident,
    Command, CommandId, CommandRequest, EscalateIncident, ExtendTime, Incident, IncidentOutcome,
    IncidentStatus, NoteIncident, Person, Phase, ReferIncident, RejectionCode, ReopenIncident,
    ResolveIncident, SetPhase, SetSeverity, SignMethod, SignStatement, Sitting, Subject, Times,
    UserId, VoidIncident, batch_of_case, decide,
    host::{NextPhase, Offered},
    may, words,
};
use uuid::Uuid;

mod batch;

pub(super) use batch::of_batch;

use super::Scene;

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

/// Whether the clock of a hall may be stopped now.
pub(super) fn may_pause(scene: Scene<'_>, sitting: &Sitting) -> bool {
    let mut next = next_phases(scene, sitting).into_iter();
    next.any(|next| next.to == Phase::Paused && next.reason.is_none())
}

/// Who has not come yet; their coming is noted by the chief and the office, else by themselves.
pub(super) fn awaited(scene: Scene<'_>, sitting: &Sitting) -> Vec<UserId> {
    let staff = sitting.invigilators.iter();
    let absent = staff.filter(|one| one.checked_in_at.is_none());
    let noted = absent.filter(|one| {
        let probe = CheckInInvigilator {
            sitting_id: sitting.id,
            invigilator: one.user_id,
        };
        obstacle(scene, probe.into(), "").is_none()
    });
    noted.map(|one| one.user_id).collect()
}

/// What the pauses took and nobody has given back; none where that is not for this person to do.
pub(super) fn owed_sec(scene: Scene<'_>, sitting: &Sitting) -> i64 {
    let owed_sec = sitting.paused_sec.saturating_sub(sitting.added_sec);
    let probe = ExtendTime {
        sitting_id: sitting.id,
        added_sec: owed_sec,
        reason: "-".to_owned(),
        students: Vec::new(),
        incident: None,
    };
    if owed_sec <= 0 || obstacle(scene, probe.into(), "").is_some() {
        return 0;
    }
    owed_sec
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
