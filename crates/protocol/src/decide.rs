//! The rules: what `actor` asking for a command would change, or why it is refused.
//!
//! Pure: no clock, no chance, no I/O. The server decides with them for good, a station decides
//! with the same ones over its own copy to show the result at once.

mod batches;
mod custody;
mod incidents;
mod sittings;
mod timetable;

pub use incidents::label;

use crate::{
    Action, Actor, Batch, BatchId, Command, CommandRequest, Fact, Incident, IncidentRef, Rejection,
    RejectionCode, Sitting, SittingId, Subject, Timestamp, View, may,
};

/// The longest free text, in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// The longest one-line text, in characters.
pub const LONGEST_LINE: usize = 200;

/// A decision: the facts that the command makes true, or the refusal.
pub type Decision = Result<Vec<Fact>, Rejection>;

/// What every rule is given.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) view: &'a dyn View,
    pub(crate) request: &'a CommandRequest,
    pub(crate) now: Timestamp,
}

/// What `actor` asking for `request` would change, or why it is refused.
///
/// `now` is the server's time of receipt; on a station it is the time of the key press.
pub fn decide(
    actor: &Actor,
    request: &CommandRequest,
    view: &dyn View,
    now: Timestamp,
) -> Decision {
    let asked = Asked { actor, view, request, now };
    match &request.command {
        Command::ReportIncident(_)
        | Command::AcknowledgeIncident(_)
        | Command::AssignIncident(_)
        | Command::NoteIncident(_)
        | Command::SetSeverity(_)
        | Command::EscalateIncident(_)
        | Command::ResolveIncident(_)
        | Command::CloseIncident(_)
        | Command::ReopenIncident(_) => incidents::decide(asked),
        Command::OpenCollection(_)
        | Command::CountScripts(_)
        | Command::DeclareCount(_)
        | Command::SealBatch(_)
        | Command::UnsealBatch(_)
        | Command::ReceiveBatch(_)
        | Command::SetBatchStatus(_)
        | Command::MoveScript(_)
        | Command::GradeScript(_) => batches::decide(asked),
        Command::OfferBatch(_)
        | Command::AcceptBatch(_)
        | Command::RefuseBatch(_)
        | Command::DisputeBatch(_)
        | Command::CancelOffer(_) => custody::decide(asked),
        Command::SetPhase(_)
        | Command::ExtendTime(_)
        | Command::LogHall(_)
        | Command::CountPresent(_)
        | Command::CheckInCandidate(_)
        | Command::CheckInInvigilator(_)
        | Command::ReassignInvigilator(_) => sittings::decide(asked),
        Command::PublishTimetable(_)
        | Command::UpdateTimetable(_)
        | Command::Notify(_)
        | Command::ReadNotification(_)
        | Command::IssueAnnouncement(_)
        | Command::ConfirmAnnouncement(_)
        | Command::NoteStation(_)
        | Command::ReconcileDay(_)
        | Command::NoteExport(_) => timetable::decide(asked),
    }
}

impl Asked<'_> {
    /// Refuses unless the actor may do `action` to `subject`.
    pub(crate) fn need(&self, action: Action, subject: Subject<'_>) -> Result<(), Rejection> {
        if may(self.actor, action, subject) {
            return Ok(());
        }
        let message = "Your role does not allow this here.";
        Err(Rejection::new(RejectionCode::Forbidden, message))
    }

    /// Refuses unless the actor may do `action` to a sitting.
    pub(crate) fn need_in(&self, action: Action, sitting: &Sitting) -> Result<(), Rejection> {
        let subject = Subject { sitting: Some(sitting), ..Subject::default() };
        self.need(action, subject)
    }

    /// The sitting, or that there is none.
    pub(crate) fn sitting(&self, id: SittingId) -> Result<Box<Sitting>, Rejection> {
        self.view.sitting(id).ok_or_else(|| Rejection::not_found("sitting"))
    }

    /// The batch with its sitting, or that there is none.
    pub(crate) fn batch(&self, id: BatchId) -> Result<(Box<Batch>, Box<Sitting>), Rejection> {
        let batch = self.view.batch(id).ok_or_else(|| Rejection::not_found("batch"))?;
        let sitting = self.sitting(batch.sitting_id)?;
        Ok((batch, sitting))
    }

    /// The incident, or that there is none.
    pub(crate) fn incident(&self, reference: IncidentRef) -> Result<Box<Incident>, Rejection> {
        let found = self.view.incident(reference);
        found.ok_or_else(|| Rejection::not_found("incident"))
    }

    /// The name of a person, or that there is none.
    pub(crate) fn name_of(&self, user: crate::UserId) -> Result<String, Rejection> {
        let person = self.view.person(user);
        person.map(|person| person.name).ok_or_else(|| Rejection::not_found("person"))
    }

    /// When it happened, by the server's clock.
    pub(crate) fn happened(&self) -> Timestamp {
        self.request.times.occurred_corrected()
    }
}

/// The text without blanks at its ends, or a refusal when it is empty or too long.
pub(crate) fn words(text: &str, what: &str, longest: usize) -> Result<String, Rejection> {
    let text = text.trim();
    let n_chars = text.chars().count();
    if n_chars == 0 {
        return Err(Rejection::invalid(format!("The {what} is empty.")));
    }
    if longest < n_chars {
        let message = format!("The {what} has {n_chars} characters, {longest} are allowed.");
        return Err(Rejection::invalid(message));
    }
    Ok(text.to_owned())
}

/// An optional text: empty is none.
pub(crate) fn note(text: Option<&String>) -> Result<Option<String>, Rejection> {
    match text.map(|text| text.trim()) {
        None | Some("") => Ok(None),
        Some(text) => words(text, "note", LONGEST_TEXT).map(Some),
    }
}
