//! Reporting an incident.

use axum::{extract::State, http::StatusCode};
use elms_protocol::{
    BatchId, IncidentRef, IncidentType, Involved, ReportIncident, Severity, SittingId, StudentId,
    Times, Timestamp, VenueId, View as _,
};
use serde::Deserialize;
use uuid::Uuid;

use super::shown;
use crate::{
    App,
    http::{Key, Looking, Reply, Said, change::carry_out_at},
};

/// What old and new clients send to report; the spelling of kind and severity does not matter.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    #[serde(rename = "type")]
    incident_type: String,
    title: Option<String>,
    #[serde(default)]
    description: String,
    severity: Option<String>,
    // One thing under the names of several clients; some send two of them.
    exam_id: Option<i64>,
    exam_entry_id: Option<i64>,
    sitting_id: Option<i64>,
    session_id: Option<i64>,
    venue_id: Option<i64>,
    seat: Option<String>,
    #[serde(default)]
    candidates: Vec<Candidate>,
    batch_id: Option<i64>,
    batch_script_id: Option<i64>,
    client_ref: Option<Uuid>,
    local_number: Option<String>,
    occurred_at: Option<Timestamp>,
    recorded_at: Option<Timestamp>,
    #[serde(default)]
    clock_offset_ms: i64,
    #[serde(default)]
    confidential: bool,
    subtype: Option<String>,
    action_taken: Option<String>,
    #[serde(default)]
    parts: Vec<Involved>,
}

/// A candidate by number, or as an object with it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Candidate {
    Number(i64),
    Named {
        #[serde(rename = "studentId")]
        student_id: i64,
    },
}

impl Candidate {
    fn student(&self) -> StudentId {
        let (Self::Number(id) | Self::Named { student_id: id }) = self;
        StudentId(*id)
    }
}

pub(crate) async fn report(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Said(report): Said<Report>,
) -> Result<Reply, Reply> {
    let severity = report.severity()?;
    let (key, reference) = report.names(key);
    let times = report.times(app.clock.now());
    let command = report.command(reference, severity);
    carry_out_at(&app, &looking.actor, (key, times), command).await??;
    let looking = looking.again(&app)?;
    let incident = looking.records.incident(reference);
    let incident = incident.ok_or_else(|| Reply::not_found("incident"))?;
    let shown = shown(&incident, app.clock.now());
    Ok(Reply::done(
        StatusCode::CREATED,
        "Incident reported successfully",
        shown,
    ))
}

impl Report {
    fn severity(&self) -> Result<Severity, Reply> {
        let Some(text) = &self.severity else {
            return Ok(Severity::Medium);
        };
        let unknown = || Reply::bad("The severity is LOW, MEDIUM, HIGH or CRITICAL.");
        Severity::from_text(text).ok_or_else(unknown)
    }

    /// The key of the command and the name of the incident. Sent again, a report must be the same
    /// command about the same incident: either is made from the other where it is missing.
    fn names(&self, key: Key) -> (Key, IncidentRef) {
        let made = || key.part("incident").0.unwrap_or_else(Uuid::now_v7);
        let reference = self.client_ref.unwrap_or_else(made);
        let named = || self.client_ref.map(|name| Uuid::new_v5(&name, b"report"));
        (Key(key.0.or_else(named)), IncidentRef(reference))
    }

    fn times(&self, now: Timestamp) -> Times {
        let recorded_at = self
            .recorded_at
            .unwrap_or(now.plus_ms(self.clock_offset_ms));
        let occurred_at = self.occurred_at.unwrap_or(recorded_at);
        Times {
            occurred_at,
            recorded_at,
            clock_offset_ms: self.clock_offset_ms,
        }
    }

    fn command(self, reference: IncidentRef, severity: Severity) -> ReportIncident {
        let other = self.sitting_id.or(self.session_id);
        let sitting = self.exam_entry_id.or(self.exam_id).or(other);
        ReportIncident {
            reference,
            incident_type: IncidentType::from_spelling(&self.incident_type),
            severity,
            title: self.title,
            description: self.description,
            sitting_id: sitting.map(SittingId),
            venue_id: self.venue_id.map(VenueId),
            seat: self.seat,
            candidates: self.candidates.iter().map(Candidate::student).collect(),
            batch_id: self.batch_id.or(self.batch_script_id).map(BatchId),
            local_number: self.local_number,
            confidential: self.confidential,
            subtype: self.subtype,
            action_taken: self.action_taken,
            parts: self.parts,
            from_log: None,
            precision: None,
        }
    }
}
