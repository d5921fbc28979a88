//! Who may do what: one table for server, station and user interface.
//!
//! Source: the permission matrix of the domain description. A chief invigilator is not a role
//! but an assignment, so it is a column of its own.

use crate::{Actor, Batch, Role, Sitting};

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    No,
    /// The machine, but no candidate data.
    System,
    /// The whole institution.
    Institution,
    /// The whole institution, or the faculty to which the person is limited.
    InstitutionOrFaculty,
    /// Sittings of the person's faculty.
    Faculty,
    /// Sittings of the person's department.
    Department,
    /// Sittings, venues or batches the person is assigned to.
    Assigned,
    /// Only what is the person's own.
    Own,
}

impl Reach {
    /// Its letter in the matrix.
    pub fn letter(self) -> char {
        match self {
            Self::No => '-',
            Self::System => 'S',
            Self::Institution => 'I',
            Self::InstitutionOrFaculty => 'i',
            Self::Faculty => 'F',
            Self::Department => 'D',
            Self::Assigned => 'A',
            Self::Own => 'O',
        }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $cells:literal),+ $(,)?) => {
        /// Something a person may or may not do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        pub enum Action { $($(#[$doc])* $action),+ }

        impl Action {
            /// Every action, in the order of the matrix.
            pub const ALL: &[Self] = &[$(Self::$action),+];

            /// The row of the matrix: one letter for each of [`COLUMNS`].
            fn cells(self) -> &'static str {
                match self { $(Self::$action => $cells),+ }
            }
        }
    };
}

/// The columns of the matrix; `None` is the chief invigilator of the sitting.
pub const COLUMNS: [Option<Role>; 11] = [
    Some(Role::SuperAdmin),
    Some(Role::Admin),
    Some(Role::FacultyAdmin),
    Some(Role::Dean),
    Some(Role::Hod),
    Some(Role::ExamsOfficer),
    None,
    Some(Role::Invigilator),
    Some(Role::ScriptHandler),
    Some(Role::Lecturer),
    Some(Role::Student),
];

// One letter a column: SA AD FA DE HO EO CH IN SH LE ST.
// S system, I institution, i institution or own faculty, F faculty, D department, A assigned, O own, - no.
actions! {
    /// Sign in to the console.
    SignIn = "SIFFDiAAAA-",
    /// See the live board.
    SeeBoard = "SIFFDiAAA--",
    /// See candidate names and seats.
    SeeCandidates = "-IFFDiAA-AO",
    /// Check in a candidate, take attendance.
    TakeAttendance = "-----iAA---",
    /// Override attendance, admit very late.
    OverrideAttendance = "-I---i-----",
    /// Verify the identity of a candidate later, by the department.
    VerifyIdentity = "--F-Di---A-",
    /// Start, pause, resume or stop a sitting.
    RunSitting = "-----iA----",
    /// Give time back.
    GiveTime = "-----iA----",
    /// Write the hall log.
    WriteHallLog = "-----iAA---",
    /// Report an incident.
    ReportIncident = "-IFFDiAAAAO",
    /// Read an incident.
    ReadIncident = "SIFFDiAAAAO",
    /// Read a confidential incident.
    ReadConfidential = "-I-F-iOO---",
    /// Comment, add evidence.
    NoteIncident = "-IF-DiAAAA-",
    /// Amend the own entry.
    Amend = "-OOOOOOOOO-",
    /// Acknowledge an incident.
    Acknowledge = "-IF--i-----",
    /// Assign an incident.
    Assign = "-IF--i-----",
    /// Change the severity of an incident.
    ChangeSeverity = "-IF--iA----",
    /// Escalate by hand.
    Escalate = "-IFFDiAAA--",
    /// Resolve an incident. A chief only LOW and MEDIUM.
    Resolve = "-IF--iA----",
    /// Close, re-open, merge, void an incident.
    CloseIncident = "-I---i-----",
    /// Delete an incident: nobody, ever.
    DeleteIncident = "-----------",
    /// Sign a witness statement.
    Witness = "-OOOOOOOOO-",
    /// Send an incident to the malpractice committee.
    Refer = "-IF--i-----",
    /// See batches.
    SeeBatches = "SIFFDiAAAA-",
    /// Collect scripts.
    CollectScripts = "-----iAA---",
    /// Declare a count.
    DeclareCount = "-----iAA---",
    /// Say that the papers of a batch are printed.
    NotePrinted = "-----i--A--",
    /// Seal a batch.
    Seal = "-----iA----",
    /// Witness a seal.
    WitnessSeal = "-----iAAA--",
    /// Open a sealed batch.
    Unseal = "-I---i-----",
    /// Offer a handover.
    OfferHandover = "-----iA-AA-",
    /// Accept, refuse or dispute a handover.
    DecideHandover = "-----iA-AA-",
    /// Name the lecturer of a batch.
    AssignBatch = "-IF-Di-----",
    /// Mark grading progress.
    Grade = "---------A-",
    /// Archive a batch.
    Archive = "-I---i-----",
    /// Create or edit a timetable.
    EditTimetable = "-IF-Di-----",
    /// Approve or reject a timetable.
    ApproveTimetable = "-IF--------",
    /// Publish a timetable, make a revision.
    PublishTimetable = "-I---i-----",
    /// Resolve a conflict of a timetable.
    ResolveConflict = "-IF--i-----",
    /// Assign or exchange invigilators.
    AssignInvigilators = "-IF-Di-----",
    /// Check in staff.
    CheckInStaff = "-----iAO---",
    /// Issue an announcement.
    Announce = "-IF--i-----",
    /// Confirm that an announcement was read aloud.
    ConfirmAnnouncement = "-----iAA---",
    /// Enrol or suspend a station.
    EnrolStation = "SI---I-----",
    /// Manage users.
    ManageUsers = "SIF--i-----",
    /// Manage venues, rooms, places.
    ManageVenues = "SIF--i-----",
    /// Edit policy and routing rules.
    EditPolicy = "SI---------",
    /// Export reports.
    Export = "-IFFDiA----",
    /// Verify the record.
    VerifyRecord = "SI---I-----",
    /// Read the log of who looked at and did what.
    ReadAudit = "SI---I-----",
    /// Back up and restore, apply retention.
    KeepMachine = "SI---------",
    /// Join the room of the institution.
    JoinInstitution = "SIIIIIIII--",
    /// Join the room of a batch, timetable, venue or sitting.
    JoinNarrow = "SIFFDiAAAA-",
    /// Join the room of a person.
    JoinOwn = "OOOOOOOOOOO",
}

/// What an action is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The sitting, if it is about one.
    pub sitting: Option<&'a Sitting>,
    /// The batch, if it is about one.
    pub batch: Option<&'a Batch>,
    /// Whether the thing is the person's own.
    pub own: bool,
}

/// How far `role` (or the chief, when `None`) may go in `action`.
pub fn reach(role: Option<Role>, action: Action) -> Reach {
    let column = COLUMNS.iter().position(|column| *column == role);
    let letter = column.and_then(|column| action.cells().chars().nth(column));
    match letter {
        Some('S') => Reach::System,
        Some('I') => Reach::Institution,
        Some('i') => Reach::InstitutionOrFaculty,
        Some('F') => Reach::Faculty,
        Some('D') => Reach::Department,
        Some('A') => Reach::Assigned,
        Some('O') => Reach::Own,
        _ => Reach::No,
    }
}

/// Whether `actor` may do `action` to `subject`. The system may do everything.
pub fn may(actor: &Actor, action: Action, subject: Subject<'_>) -> bool {
    let Some(user) = actor.user else {
        return true;
    };
    let chief = subject
        .sitting
        .is_some_and(|sitting| sitting.is_chief(user));
    let roles = actor.roles.iter().copied().map(Some);
    roles
        .chain(chief.then_some(None))
        .any(|role| covers(actor, reach(role, action), subject))
}

/// Whether `actor` may do `action` to `subject` by office: not by assignment, not as its owner.
pub fn may_by_office(actor: &Actor, action: Action, subject: Subject<'_>) -> bool {
    let by_office = |role: &Role| {
        let reach = reach(Some(*role), action);
        !matches!(reach, Reach::Assigned | Reach::Own) && covers(actor, reach, subject)
    };
    actor.user.is_none() || actor.roles.iter().any(by_office)
}

/// Whether `actor` may do `action` anywhere in the institution, not only where assigned or in the
/// own faculty.
pub fn may_everywhere(actor: &Actor, action: Action) -> bool {
    let all = |role: &Role| match reach(Some(*role), action) {
        Reach::Institution => true,
        Reach::InstitutionOrFaculty => actor.faculty.is_none(),
        Reach::No
        | Reach::System
        | Reach::Faculty
        | Reach::Department
        | Reach::Assigned
        | Reach::Own => false,
    };
    actor.user.is_none() || actor.roles.iter().any(all)
}

fn covers(actor: &Actor, reach: Reach, subject: Subject<'_>) -> bool {
    let in_faculty = || {
        subject
            .sitting
            .is_none_or(|sitting| actor.faculty == Some(sitting.faculty_id))
    };
    match reach {
        Reach::No | Reach::System => false,
        Reach::Institution => true,
        Reach::InstitutionOrFaculty => actor.faculty.is_none() || in_faculty(),
        Reach::Faculty => in_faculty(),
        Reach::Department => subject
            .sitting
            .is_none_or(|sitting| actor.department == Some(sitting.department_id)),
        Reach::Assigned => is_assigned(actor, subject),
        Reach::Own => subject.own,
    }
}

/// Assigned: to the sitting, or the batch is in hand or to be graded. What is about no sitting
/// and no batch (a report from the corridor) is open to all who may do it at all.
fn is_assigned(actor: &Actor, subject: Subject<'_>) -> bool {
    let Some(user) = actor.user else {
        return true;
    };
    let in_hand = subject.batch.is_some_and(|batch| {
        batch.holder.is(user)
            || batch
                .lecturer
                .as_ref()
                .is_some_and(|named| named.id == user)
    });
    let in_hall = subject.sitting.is_some_and(|sitting| sitting.has(user));
    let anywhere = subject.sitting.is_none() && subject.batch.is_none();
    in_hand || in_hall || anywhere
}

#[cfg(test)]
mod tests;
