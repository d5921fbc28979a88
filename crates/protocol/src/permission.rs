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
// S system, I institution, F faculty, D department, A assigned, O own, - no.
actions! {
    /// Sign in to the console.
    SignIn = "SIFFDIAAAA-",
    /// See the live board.
    SeeBoard = "SIFFDIAAA--",
    /// See candidate names and seats.
    SeeCandidates = "-IFFDIAA-AO",
    /// Check in a candidate, take attendance.
    TakeAttendance = "-----IAA---",
    /// Override attendance, admit very late.
    OverrideAttendance = "-I---I-----",
    /// Start, pause, resume or stop a sitting.
    RunSitting = "-----IA----",
    /// Give time back.
    GiveTime = "-----IA----",
    /// Write the hall log.
    WriteHallLog = "-----IAA---",
    /// Report an incident.
    ReportIncident = "-IFFDIAAAAO",
    /// Read an incident.
    ReadIncident = "SIFFDIAAAAO",
    /// Read a confidential incident.
    ReadConfidential = "-I-F-IOO---",
    /// Comment, add evidence.
    NoteIncident = "-IF-DIAAAA-",
    /// Acknowledge an incident.
    Acknowledge = "-IF--I-----",
    /// Assign an incident.
    Assign = "-IF--I-----",
    /// Change the severity of an incident.
    ChangeSeverity = "-IF--IA----",
    /// Escalate by hand.
    Escalate = "-IFFDIAAA--",
    /// Resolve an incident. A chief only LOW and MEDIUM.
    Resolve = "-IF--IA----",
    /// Close, re-open, merge, void an incident.
    CloseIncident = "-I---I-----",
    /// Sign a witness statement.
    Witness = "-OOOOOOOOO-",
    /// See batches.
    SeeBatches = "SIFFDIAAAA-",
    /// Collect scripts.
    CollectScripts = "-----IAA---",
    /// Declare a count.
    DeclareCount = "-----IAA---",
    /// Seal a batch.
    Seal = "-----IA----",
    /// Witness a seal.
    WitnessSeal = "-----IAAA--",
    /// Open a sealed batch.
    Unseal = "-I---I-----",
    /// Offer a handover.
    OfferHandover = "-----IA-AA-",
    /// Accept, refuse or dispute a handover.
    DecideHandover = "-----IA-AA-",
    /// Name the lecturer of a batch.
    AssignBatch = "-IF-DI-----",
    /// Mark grading progress.
    Grade = "---------A-",
    /// Archive a batch.
    Archive = "-I---I-----",
    /// Create or edit a timetable.
    EditTimetable = "-IF-DI-----",
    /// Approve or reject a timetable.
    ApproveTimetable = "-IF--------",
    /// Publish a timetable, make a revision.
    PublishTimetable = "-I---I-----",
    /// Assign or exchange invigilators.
    AssignInvigilators = "-IF-DI-----",
    /// Check in staff.
    CheckInStaff = "-----IAO---",
    /// Issue an announcement.
    Announce = "-IF--I-----",
    /// Confirm that an announcement was read aloud.
    ConfirmAnnouncement = "-----IAA---",
    /// Enrol or suspend a station.
    EnrolStation = "SI---I-----",
    /// Manage users.
    ManageUsers = "SIF--I-----",
    /// Manage venues, rooms, places.
    ManageVenues = "SIF--I-----",
    /// Edit policy and routing rules.
    EditPolicy = "SI---------",
    /// Export reports.
    Export = "-IFFDIA----",
    /// Verify the record.
    VerifyRecord = "SI---I-----",
    /// Join the room of the institution.
    JoinInstitution = "SIIIIIIII--",
    /// Join the room of a batch, timetable, venue or sitting.
    JoinNarrow = "SIFFDIAAAA-",
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

/// Whether `actor` may do `action` anywhere in the institution, not only where assigned.
pub fn may_everywhere(actor: &Actor, action: Action) -> bool {
    let all = |role: &Role| reach(Some(*role), action) == Reach::Institution;
    actor.user.is_none() || actor.roles.iter().any(all)
}

fn covers(actor: &Actor, reach: Reach, subject: Subject<'_>) -> bool {
    match reach {
        Reach::No | Reach::System => false,
        Reach::Institution => true,
        Reach::Faculty => subject
            .sitting
            .is_none_or(|sitting| actor.faculty == Some(sitting.faculty_id)),
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
