//! `PUT` of the original overwrote anything. Here each field is the command that it stands for,
//! and what was written stays.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use elms_protocol::{
    AmendIncident, AssignIncident, CloseIncident, Command, EscalateIncident, Incident,
    IncidentOutcome, IncidentRef, IncidentStatus, IncidentType, NoteIncident, ReopenIncident,
    ResolveIncident, SetSeverity, Severity, UserId,
};
use serde::Deserialize;

use super::found;
use crate::{
    App,
    http::{
        Key, Looking, Reply, Said, carry_out,
        change::{answer, refused},
    },
};

/// What old clients send to change an incident.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Amend {
    severity: Option<String>,
    status: Option<String>,
    assigned_to_id: Option<i64>,
    resolution: Option<String>,
    outcome: Option<IncidentOutcome>,
    title: Option<String>,
    description: Option<String>,
    action_taken: Option<String>,
    seat: Option<String>,
    #[serde(rename = "type")]
    incident_type: Option<String>,
    subtype: Option<String>,
    notes: Option<String>,
}

/// A command and where it would bring the incident.
type Step = (Command, Option<IncidentStatus>);

pub(super) async fn amend(
    State(app): State<App>,
    looking: Looking,
    (key, headers): (Key, HeaderMap),
    Path(name): Path<String>,
    Said(amend): Said<Amend>,
) -> Result<Reply, Reply> {
    let incident = found(&looking, &name)?;
    unchanged_since(&headers, &incident)?;
    let steps = amend.steps(&incident)?;
    if steps.is_empty() {
        return Err(Reply::bad("Nothing that can be amended was sent."));
    }
    for (at, (command, to)) in steps.into_iter().enumerate() {
        let key = key.part(&at.to_string());
        let done = carry_out(&app, &looking.actor, key, command).await?;
        let to = to.map(IncidentStatus::text);
        done.map_err(|rejection| refused(rejection, &incident, to))?;
    }
    answer(&app, looking, &incident)
}

/// `If-Match` names the `seq` that the client has seen.
fn unchanged_since(headers: &HeaderMap, incident: &Incident) -> Result<(), Reply> {
    let Some(given) = headers.get(header::IF_MATCH) else {
        return Ok(());
    };
    let seen = given
        .to_str()
        .map(|text| text.trim().trim_matches('"').to_owned());
    if seen.is_ok_and(|seen| seen == incident.seq.to_string() || seen == "*") {
        return Ok(());
    }
    let message = "Somebody has changed this incident since you saw it.";
    Err(Reply::error(
        StatusCode::PRECONDITION_FAILED,
        "CHANGED_SINCE",
        message,
    ))
}

impl Amend {
    /// The commands that the fields stand for, the words first: they explain the rest.
    fn steps(self, incident: &Incident) -> Result<Vec<Step>, Reply> {
        let name = incident.reference;
        let mut steps: Vec<Step> = Vec::new();
        if let Some(corrected) = self.correction(incident) {
            steps.push((corrected.into(), None));
        }
        if let Some(severity) = self.severity()?.filter(|new| *new != incident.severity) {
            steps.push((
                SetSeverity {
                    incident: name,
                    severity,
                    note: None,
                }
                .into(),
                None,
            ));
        }
        let status = self.status()?.filter(|new| *new != incident.status);
        let words = self.notes;
        let assignee = self.assigned_to_id.map(UserId);
        let reopens = status == Some(IncidentStatus::UnderInvestigation) && is_over(incident);
        // Words that open the case again are its reason.
        if let Some(text) = words.as_ref().filter(|_| !reopens) {
            steps.push((note(name, text.clone()), None));
        }
        if let Some(to) = status {
            let ending = Ending {
                words,
                resolution: self.resolution,
                outcome: self.outcome,
            };
            if let Some(command) = ending.command(incident, to, assignee)? {
                steps.push((command, Some(to)));
            }
        }
        let before = incident.assignee.as_ref().map(|named| named.id);
        if let Some(assignee) = assignee.filter(|new| Some(*new) != before) {
            let to = Some(IncidentStatus::UnderInvestigation);
            steps.push((
                AssignIncident {
                    incident: name,
                    assignee,
                    note: None,
                }
                .into(),
                to,
            ));
        }
        Ok(steps)
    }

    /// What differs from what stands there; none when nothing does.
    fn correction(&self, incident: &Incident) -> Option<AmendIncident> {
        let differs = |new: &Option<String>, old: Option<&String>| {
            new.clone().filter(|text| Some(text) != old)
        };
        let kind = self.incident_type.as_deref();
        let kind = kind.map(IncidentType::from_spelling);
        let amend = AmendIncident {
            incident: incident.reference,
            title: differs(&self.title, Some(&incident.title)),
            description: differs(&self.description, Some(&incident.description)),
            action_taken: differs(&self.action_taken, incident.action_taken.as_ref()),
            seat: differs(&self.seat, incident.seat.as_ref()),
            incident_type: kind.filter(|kind| *kind != incident.incident_type),
            subtype: differs(&self.subtype, incident.subtype.as_ref()),
            parts: None,
            note: None,
        };
        let texts = [
            &amend.title,
            &amend.description,
            &amend.action_taken,
            &amend.seat,
            &amend.subtype,
        ];
        let any = amend.incident_type.is_some() || texts.into_iter().any(Option::is_some);
        any.then_some(amend)
    }

    fn severity(&self) -> Result<Option<Severity>, Reply> {
        let read = self.severity.as_deref().map(|text| {
            let unknown = || Reply::bad("The severity is LOW, MEDIUM, HIGH or CRITICAL.");
            Severity::from_text(text).ok_or_else(unknown)
        });
        read.transpose()
    }

    fn status(&self) -> Result<Option<IncidentStatus>, Reply> {
        let read = self.status.as_deref().map(|text| {
            let unknown = || Reply::bad("This is no status of an incident.");
            IncidentStatus::from_text(text).ok_or_else(unknown)
        });
        read.transpose()
    }
}

fn is_over(incident: &Incident) -> bool {
    matches!(
        incident.status,
        IncidentStatus::Resolved | IncidentStatus::Closed
    )
}

fn note(incident: IncidentRef, text: String) -> Command {
    NoteIncident {
        incident: incident.into(),
        text,
        evidence: Vec::new(),
        witness: None,
    }
    .into()
}

/// What comes with a new status.
struct Ending {
    words: Option<String>,
    resolution: Option<String>,
    outcome: Option<IncidentOutcome>,
}

impl Ending {
    /// The command that brings the incident to `to`; none where naming an assignee does.
    fn command(
        self,
        incident: &Incident,
        to: IncidentStatus,
        assignee: Option<UserId>,
    ) -> Result<Option<Command>, Reply> {
        let name = incident.reference;
        match to {
            IncidentStatus::Escalated => Ok(Some(
                EscalateIncident {
                    incident: name,
                    note: None,
                    expected_level: None,
                }
                .into(),
            )),
            IncidentStatus::Resolved => {
                let resolution = self.resolution.unwrap_or_default();
                let outcome = self.outcome.unwrap_or(IncidentOutcome::NoAction);
                let resolve = ResolveIncident {
                    incident: name,
                    outcome,
                    resolution,
                    merged_into: None,
                };
                Ok(Some(resolve.into()))
            }
            IncidentStatus::Closed => Ok(Some(
                CloseIncident {
                    incident: name,
                    note: None,
                }
                .into(),
            )),
            IncidentStatus::UnderInvestigation if is_over(incident) => {
                let reason = self.words.or(self.resolution).unwrap_or_default();
                Ok(Some(
                    ReopenIncident {
                        incident: name,
                        reason,
                    }
                    .into(),
                ))
            }
            IncidentStatus::UnderInvestigation if assignee.is_some() => Ok(None),
            IncidentStatus::UnderInvestigation | IncidentStatus::Reported => {
                Err(Reply::bad("Say who works on it: assignedToId."))
            }
        }
    }
}
