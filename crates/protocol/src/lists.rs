//! The closed lists of the domain: exact values on the wire and the transitions between them.
//!
//! The values are those of the original system where it has them, so that an old client never
//! meets one it does not know.

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name {
            $(
                #[doc = concat!("`", $text, "`")]
                #[serde(rename = $text)]
                $variant,
            )+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The value on the wire.
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of a text, whatever its case and with blanks for underscores.
            pub fn from_text(text: &str) -> Option<Self> {
                let text = text.trim().to_uppercase().replace([' ', '-'], "_");
                Self::ALL.iter().copied().find(|value| value.text() == text)
            }
        }
    };
}

macro_rules! transitions {
    ($name:ident { $($from:ident => [$($to:ident),*]),+ $(,)? }) => {
        impl $name {
            /// The values that may follow this one.
            pub fn next(self) -> &'static [Self] {
                match self { $(Self::$from => &[$(Self::$to),*]),+ }
            }

            /// Whether `to` may follow this value.
            pub fn may_become(self, to: Self) -> bool {
                self.next().contains(&to)
            }
        }
    };
}

closed_list! {
    /// What a person is at the institution. A chief invigilator is not a role but an assignment.
    Role {
        SuperAdmin = "SUPER_ADMIN",
        Admin = "ADMIN",
        FacultyAdmin = "FACULTY_ADMIN",
        Dean = "DEAN",
        Hod = "HOD",
        ExamsOfficer = "EXAMS_OFFICER",
        ScriptHandler = "SCRIPT_HANDLER",
        Invigilator = "INVIGILATOR",
        Lecturer = "LECTURER",
        Student = "STUDENT",
    }
}

closed_list! {
    /// What kind of incident. Unknown spellings decode as `Other`; see [`IncidentType::from_spelling`].
    IncidentType {
        AcademicMisconduct = "ACADEMIC_MISCONDUCT",
        TechnicalIssue = "TECHNICAL_ISSUE",
        MedicalEmergency = "MEDICAL_EMERGENCY",
        MissingScript = "MISSING_SCRIPT",
        DamagedScript = "DAMAGED_SCRIPT",
        LateArrival = "LATE_ARRIVAL",
        IdentityVerification = "IDENTITY_VERIFICATION",
        VenueIssue = "VENUE_ISSUE",
        Other = "OTHER",
        StudentAbsence = "STUDENT_ABSENCE",
        InvigilatorAbsence = "INVIGILATOR_ABSENCE",
        SecurityBreach = "SECURITY_BREACH",
        MaterialMissing = "MATERIAL_MISSING",
        PaperError = "PAPER_ERROR",
        Evacuation = "EVACUATION",
        Disturbance = "DISTURBANCE",
        CustodyDiscrepancy = "CUSTODY_DISCREPANCY",
        StaffConduct = "STAFF_CONDUCT",
        AccessArrangement = "ACCESS_ARRANGEMENT",
    }
}

closed_list! {
    /// How bad an incident is.
    Severity {
        Low = "LOW",
        Medium = "MEDIUM",
        High = "HIGH",
        Critical = "CRITICAL",
    }
}

closed_list! {
    /// Where an incident stands.
    IncidentStatus {
        Reported = "REPORTED",
        UnderInvestigation = "UNDER_INVESTIGATION",
        Resolved = "RESOLVED",
        Closed = "CLOSED",
        Escalated = "ESCALATED",
    }
}

closed_list! {
    /// Where a batch of scripts stands.
    BatchStatus {
        Pending = "PENDING",
        InCollection = "IN_COLLECTION",
        Sealed = "SEALED",
        InTransit = "IN_TRANSIT",
        WithLecturer = "WITH_LECTURER",
        GradingInProgress = "GRADING_IN_PROGRESS",
        GradingCompleted = "GRADING_COMPLETED",
        ReturnedToRegistry = "RETURNED_TO_REGISTRY",
        Archived = "ARCHIVED",
    }
}

closed_list! {
    /// Where a script stands.
    ScriptStatus {
        Generated = "GENERATED",
        Distributed = "DISTRIBUTED",
        Collected = "COLLECTED",
        Verified = "VERIFIED",
        Scanned = "SCANNED",
        Dispatched = "DISPATCHED",
        ReceivedForGrading = "RECEIVED_FOR_GRADING",
        GradingInProgress = "GRADING_IN_PROGRESS",
        Graded = "GRADED",
        Returned = "RETURNED",
    }
}

closed_list! {
    /// What is out of the ordinary about a script.
    ScriptException {
        None = "NONE",
        Missing = "MISSING",
        Damaged = "DAMAGED",
        Extra = "EXTRA",
        Duplicate = "DUPLICATE",
        Misfiled = "MISFILED",
        Withheld = "WITHHELD",
        Blank = "BLANK",
        Void = "VOID",
    }
}

closed_list! {
    /// Where a timetable stands.
    TimetableStatus {
        Draft = "DRAFT",
        PendingApproval = "PENDING_APPROVAL",
        Approved = "APPROVED",
        Published = "PUBLISHED",
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
        Archived = "ARCHIVED",
    }
}

closed_list! {
    /// Where the approval of a timetable stands.
    ApprovalStatus {
        NotSubmitted = "NOT_SUBMITTED",
        Pending = "PENDING",
        Approved = "APPROVED",
        Rejected = "REJECTED",
        RevisionRequired = "REVISION_REQUIRED",
    }
}

closed_list! {
    /// Where one entry of a timetable stands; it follows from the timetable and the sitting.
    EntryStatus {
        Draft = "DRAFT",
        Scheduled = "SCHEDULED",
        Confirmed = "CONFIRMED",
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
        Cancelled = "CANCELLED",
        Rescheduled = "RESCHEDULED",
    }
}

closed_list! {
    /// Where a sitting stands.
    Phase {
        Setup = "SETUP",
        Admitting = "ADMITTING",
        Writing = "WRITING",
        Paused = "PAUSED",
        Collecting = "COLLECTING",
        Reconciling = "RECONCILING",
        Closed = "CLOSED",
        Cancelled = "CANCELLED",
        Postponed = "POSTPONED",
    }
}

closed_list! {
    /// Whether and how a candidate came.
    AttendanceStatus {
        Expected = "EXPECTED",
        Present = "PRESENT",
        Late = "LATE",
        VeryLate = "VERY_LATE",
        Refused = "REFUSED",
        Absent = "ABSENT",
        Withdrawn = "WITHDRAWN",
        Finished = "FINISHED",
    }
}

closed_list! {
    /// Where a handover stands.
    CustodyState {
        Offered = "OFFERED",
        Accepted = "ACCEPTED",
        Refused = "REFUSED",
        Disputed = "DISPUTED",
        Cancelled = "CANCELLED",
        Expired = "EXPIRED",
    }
}

closed_list! {
    /// What an invigilator does in a sitting.
    InvigilatorRole {
        ChiefInvigilator = "CHIEF_INVIGILATOR",
        Invigilator = "INVIGILATOR",
        ReliefInvigilator = "RELIEF_INVIGILATOR",
    }
}

closed_list! {
    /// How a candidate is involved in an incident.
    Part {
        Subject = "SUBJECT",
        Affected = "AFFECTED",
        Witness = "WITNESS",
    }
}

closed_list! {
    /// How a statement was signed.
    SignMethod {
        Pin = "PIN",
        Ink = "INK",
    }
}

closed_list! {
    /// How an incident ended.
    IncidentOutcome {
        NoAction = "NO_ACTION",
        Warned = "WARNED",
        TimeAdded = "TIME_ADDED",
        ScriptWithheld = "SCRIPT_WITHHELD",
        Referred = "REFERRED",
        MedicalReferred = "MEDICAL_REFERRED",
        Found = "FOUND",
        NotFound = "NOT_FOUND",
        VerifiedLater = "VERIFIED_LATER",
        ErratumRead = "ERRATUM_READ",
        ReliefAssigned = "RELIEF_ASSIGNED",
        DeferredApplication = "DEFERRED_APPLICATION",
        Duplicate = "DUPLICATE",
        EnteredInError = "ENTERED_IN_ERROR",
    }
}

transitions! {
    IncidentStatus {
        Reported => [UnderInvestigation, Escalated, Resolved],
        UnderInvestigation => [Escalated, Resolved],
        Resolved => [Closed, UnderInvestigation],
        Closed => [UnderInvestigation],
        Escalated => [UnderInvestigation, Resolved],
    }
}

transitions! {
    BatchStatus {
        Pending => [InCollection],
        InCollection => [Sealed],
        Sealed => [InCollection, InTransit, WithLecturer],
        InTransit => [Sealed, WithLecturer, ReturnedToRegistry],
        WithLecturer => [GradingInProgress, InTransit],
        GradingInProgress => [GradingCompleted, InTransit],
        GradingCompleted => [ReturnedToRegistry, InTransit],
        ReturnedToRegistry => [Archived, InTransit],
        Archived => [],
    }
}

transitions! {
    ScriptStatus {
        Generated => [Distributed, Collected],
        Distributed => [Collected, Returned],
        Collected => [Verified, Dispatched, ReceivedForGrading],
        Verified => [Scanned, Dispatched, ReceivedForGrading],
        Scanned => [Dispatched, ReceivedForGrading],
        Dispatched => [ReceivedForGrading],
        ReceivedForGrading => [GradingInProgress],
        GradingInProgress => [Graded],
        Graded => [Returned, GradingInProgress],
        Returned => [],
    }
}

transitions! {
    Phase {
        Setup => [Admitting, Cancelled, Postponed],
        Admitting => [Writing, Cancelled, Postponed],
        Writing => [Paused, Collecting],
        Paused => [Writing],
        Collecting => [Reconciling],
        Reconciling => [Closed, Collecting],
        Closed => [],
        Cancelled => [],
        Postponed => [],
    }
}

transitions! {
    TimetableStatus {
        Draft => [PendingApproval, Archived],
        PendingApproval => [Approved, Draft],
        Approved => [Published, Draft],
        Published => [InProgress],
        InProgress => [Completed],
        Completed => [Archived],
        Archived => [],
    }
}

transitions! {
    CustodyState {
        Offered => [Accepted, Refused, Disputed, Cancelled, Expired],
        Accepted => [],
        Refused => [],
        Disputed => [Accepted, Cancelled],
        Cancelled => [],
        Expired => [],
    }
}

transitions! {
    AttendanceStatus {
        Expected => [Present, Late, VeryLate, Refused, Absent],
        Present => [Withdrawn, Finished],
        Late => [Withdrawn, Finished],
        VeryLate => [Withdrawn, Finished],
        Refused => [VeryLate],
        Absent => [Late, VeryLate],
        Withdrawn => [],
        Finished => [],
    }
}

impl IncidentType {
    /// The kind of a spelling found in the field; what is unknown is [`IncidentType::Other`].
    pub fn from_spelling(text: &str) -> Self {
        let known = match text.trim().to_uppercase().as_str() {
            "MALPRACTICE" => Some(Self::AcademicMisconduct),
            "EQUIPMENT_FAILURE" => Some(Self::TechnicalIssue),
            "INVIGILATOR_ISSUE" => Some(Self::StaffConduct),
            _ => Self::from_text(text),
        };
        known.unwrap_or(Self::Other)
    }
}

#[cfg(test)]
mod tests;
