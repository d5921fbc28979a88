//! The rules: what `actor` asking for a command would change, or why it is refused.
//!
//! Pure: no clock, no chance, no I/O. The server decides with them for good, a station decides
//! with the same ones over its own copy to show the result at once.

mod amending;
mod attendance;
mod batches;
mod custody;
mod disputes;
mod escalation;
mod evidence;
mod exceptions;
mod incidents;
mod logs;
mod merging;
mod notices;
mod papers;
mod reporting;
mod revisions;
mod scripts;
mod seals;
mod sittings;
mod stations;
mod strays;
#[cfg(test)]
mod tests;
mod timetable;

pub use disputes::case_of_dispute;
pub use incidents::{batch_of_case, label};
pub use papers::PAPERS_RECEIVED;
pub use strays::SENT_ON;
pub use timetable::leads;

use crate::{
    Action, Actor, Batch, BatchId, CaseName, Command, CommandRequest, Fact, Incident, IncidentRef,
    Key, Kind, Person, Policy, Rejection, RejectionCode, Role, Severity, Sitting, SittingId,
    Subject, Timestamp, UserId, View, may, may_by_office,
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
    let asked = Asked {
        actor,
        view,
        request,
        now,
    };
    asked.at_home()?;
    by_its_rule(asked)
}

/// Which rule decides which command.
macro_rules! rules {
    ($($command:ident: $rule:path),+ $(,)?) => {
        fn by_its_rule(asked: Asked<'_>) -> Decision {
            match &asked.request.command {
                $(Command::$command(input) => $rule(asked, input)),+
            }
        }
    };
}

rules! {
    ReportIncident: reporting::report,
    AcknowledgeIncident: escalation::acknowledge,
    AssignIncident: incidents::assign,
    NoteIncident: incidents::add_note,
    SetSeverity: incidents::set_severity,
    UnacknowledgeIncident: escalation::unacknowledge,
    EscalateIncident: escalation::escalate,
    ResolveIncident: incidents::resolve,
    CloseIncident: incidents::close,
    ReopenIncident: merging::reopen,
    AmendIncident: amending::amend,
    SignStatement: amending::sign,
    SetConfidential: amending::set_confidential,
    ReferIncident: amending::refer,
    MergeIncident: merging::merge,
    UnmergeIncident: merging::unmerge,
    VoidIncident: merging::void,
    AttachEvidence: evidence::attach,
    ReceiveEvidence: evidence::receive,
    OpenEvidence: evidence::open,
    OpenCollection: batches::open,
    CountScripts: batches::count,
    DeclareCount: batches::declare,
    NotePrinted: papers::print,
    SealBatch: seals::seal,
    UnsealBatch: seals::unseal,
    ReceiveBatch: batches::receive,
    SetBatchStatus: batches::set_status,
    MoveScript: scripts::move_script,
    GradeScript: scripts::grade,
    SetScriptException: exceptions::mark,
    AssignBatch: batches::assign,
    OfferBatch: custody::offer,
    AcceptBatch: custody::accept,
    RefuseBatch: custody::refuse,
    DisputeBatch: disputes::dispute,
    CancelOffer: custody::cancel,
    ExpireOffer: escalation::expire,
    SetPhase: sittings::set_phase,
    ExtendTime: sittings::extend,
    LogHall: sittings::log,
    CountPresent: sittings::count,
    DeclareRegister: sittings::declare_register,
    CheckInCandidate: attendance::check_in,
    SendOn: strays::send_on,
    CheckInInvigilator: attendance::check_in_staff,
    CheckOutInvigilator: attendance::check_out_staff,
    ReassignInvigilator: attendance::reassign,
    PublishTimetable: timetable::publish,
    UpdateTimetable: timetable::update,
    ConfirmTimetable: revisions::confirm,
    Notify: notices::notify,
    ReadNotification: notices::read,
    IssueAnnouncement: notices::announce,
    ConfirmAnnouncement: notices::confirm,
    NoteStation: stations::note,
    NoteEnrolment: stations::note_enrolment,
    ReconcileDay: timetable::sum_up,
    NoteImport: timetable::note_import,
    NoteExport: timetable::note_export,
    NoteLog: logs::note,
}

impl Asked<'_> {
    /// Refuses whoever comes from another institution than the records.
    fn at_home(&self) -> Result<(), Rejection> {
        let home = self.view.institution().map(|found| found.id);
        if home.is_none_or(|home| home == self.actor.institution) {
            return Ok(());
        }
        let message = "This belongs to another institution.";
        Err(Rejection::new(RejectionCode::Forbidden, message))
    }

    /// Refuses all but the server itself.
    pub(crate) fn by_the_server(&self) -> Result<(), Rejection> {
        if self.actor.user.is_none() {
            return Ok(());
        }
        let message = "Only the server itself notes this.";
        Err(Rejection::new(RejectionCode::Forbidden, message))
    }

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
        let subject = Subject {
            sitting: Some(sitting),
            ..Subject::default()
        };
        self.need(action, subject)
    }

    /// The sitting, or that there is none.
    pub(crate) fn sitting(&self, id: SittingId) -> Result<Box<Sitting>, Rejection> {
        self.view
            .sitting(id)
            .ok_or_else(|| Rejection::not_found("sitting"))
    }

    /// The batch with its sitting, or that there is none.
    pub(crate) fn batch(&self, id: BatchId) -> Result<(Box<Batch>, Box<Sitting>), Rejection> {
        let batch = self
            .view
            .batch(id)
            .ok_or_else(|| Rejection::not_found("batch"))?;
        let sitting = self.sitting(batch.sitting_id)?;
        Ok((batch, sitting))
    }

    /// The incident, or that there is none.
    pub(crate) fn incident(&self, reference: IncidentRef) -> Result<Box<Incident>, Rejection> {
        let found = self.view.incident(reference);
        found.ok_or_else(|| unknown_case(&reference.into()))
    }

    /// The incident that somebody names, or that there is none yet.
    pub(crate) fn case(&self, name: &CaseName) -> Result<Box<Incident>, Rejection> {
        if let CaseName::Ref(reference) = name {
            return self.incident(*reference);
        }
        let mut found = self.view.cases_named(name).into_iter();
        let case = found.next().ok_or_else(|| unknown_case(name))?;
        if found.next().is_none() {
            return Ok(case);
        }
        let message = format!("More than one case has the number {name}: open the one you mean.");
        Err(Rejection::invalid(message))
    }

    /// The incident that somebody links, if they do.
    pub(crate) fn linked(&self, name: Option<&CaseName>) -> Result<Option<IncidentRef>, Rejection> {
        let linked = name.map(|name| self.case(name)).transpose()?;
        Ok(linked.map(|incident| incident.reference))
    }

    /// The name of a person, or that there is none.
    pub(crate) fn name_of(&self, user: UserId) -> Result<String, Rejection> {
        let person = self.view.person(user);
        person
            .map(|person| person.name)
            .ok_or_else(|| Rejection::not_found("person"))
    }

    /// Refuses unless the actor may do `action` to a sitting by office, not by assignment.
    pub(crate) fn need_by_office(
        &self,
        action: Action,
        sitting: &Sitting,
    ) -> Result<(), Rejection> {
        let subject = Subject {
            sitting: Some(sitting),
            ..Subject::default()
        };
        if may_by_office(self.actor, action, subject) {
            return Ok(());
        }
        let message = "Only the exam office does this.";
        Err(Rejection::new(RejectionCode::Forbidden, message))
    }

    /// Whether it is the system, or the person with this id.
    pub(crate) fn is_by(&self, user: UserId) -> bool {
        self.actor.user.is_none_or(|actor| actor == user)
    }

    /// What the institution has decided.
    pub(crate) fn policy(&self) -> Policy {
        self.view
            .institution()
            .map(|found| found.policy)
            .unwrap_or_default()
    }

    /// When somebody must have noticed a case of this severity, counted from now.
    pub(crate) fn ack_due(&self, severity: Severity) -> Timestamp {
        let [low, medium, high, critical] = self.policy().ack_within_min;
        let minutes = match severity {
            Severity::Low => low,
            Severity::Medium => medium,
            Severity::High => high,
            Severity::Critical => critical,
        };
        self.now.plus_ms(minutes.saturating_mul(60_000))
    }

    /// The people of these roles who answer for a sitting, except the actor.
    pub(crate) fn officers(&self, sitting: Option<&Sitting>, roles: &[Role]) -> Vec<UserId> {
        let here = |person: &Person| {
            let faculty = person.faculty_id.zip(sitting.map(|found| found.faculty_id));
            faculty.is_none_or(|(own, of_it)| own == of_it)
        };
        let people = self.view.people().into_iter();
        let mut officers: Vec<UserId> = people
            .filter(|person| roles.contains(&person.role) && here(person))
            .map(|person| person.id)
            .filter(|user| Some(*user) != self.actor.user)
            .collect();
        officers.sort_unstable();
        officers
    }

    /// When it happened, by the server's clock.
    pub(crate) fn happened(&self) -> Timestamp {
        self.request.times.occurred_corrected()
    }
}

/// There is no such case, or not for this person; said in the same words for both.
pub(crate) fn unknown_case(name: &CaseName) -> Rejection {
    let id = name.number().unwrap_or_else(|| name.to_string());
    Rejection::unknown("incident", Key::new(Kind::Incident, id))
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
