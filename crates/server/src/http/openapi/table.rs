//! Every route by what it takes and answers; the document is made from this table.
//!
//! An answer is one of `bare S` (the schema itself), `data S` (`{success, message?, data}`),
//! `made S` (the same with 201), `page list S`, `rows S` (`{success, count, data}`) and `file`.

/// A route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    /// Its methods, with blanks between them.
    pub(crate) methods: &'static str,
    /// Its path; those of health lie outside `/api`.
    pub(crate) path: &'static str,
    /// What it does, in a line.
    pub(crate) summary: &'static str,
    /// The schema of its body; empty when it takes none.
    pub(crate) body: &'static str,
    /// What it answers.
    pub(crate) answer: &'static str,
}

const fn route(methods: &'static str, path: &'static str, summary: &'static str) -> Route {
    Route {
        methods,
        path,
        summary,
        body: "",
        answer: "",
    }
}

impl Route {
    const fn of(self, body: &'static str, answer: &'static str) -> Self {
        Self {
            body,
            answer,
            ..self
        }
    }

    /// Whether nobody need have signed in.
    pub(crate) fn is_public(&self) -> bool {
        let open = [
            "/auth/station-challenge",
            "/auth/login",
            "/auth/refresh",
            "/demo/accounts",
            "/openapi.json",
        ];
        open.contains(&self.path) || self.path.starts_with("/health")
    }

    /// Its address.
    pub(crate) fn address(&self) -> String {
        let api = if self.path.starts_with("/health") {
            ""
        } else {
            "/api"
        };
        format!("{api}{}", self.path)
    }
}

/// Every route but the socket's.
#[rustfmt::skip]
pub(crate) const ROUTES: &[Route] = &[
    route("GET", "/healthz", "Whether the server works").of("", "bare Health"),
    route("GET", "/health", "Whether the server works").of("", "bare Health"),
    route("POST", "/auth/station-challenge", "What a station signs with its key before somebody signs in there").of("", "data StationChallenge"),
    route("POST", "/auth/login", "Sign in").of("Login", "data SignedIn"),
    route("POST", "/auth/refresh", "Exchange a refresh token").of("Refresh", "data SignedIn"),
    route("GET", "/demo/accounts", "The accounts of a demo, on its own machine").of("", "data [DemoAccount]"),
    route("GET", "/openapi.json", "This document").of("", "bare"),
    route("POST", "/auth/logout", "End the sign-in").of("", "data Nothing"),
    route("GET", "/auth/profile", "Who signed in").of("", "data User"),
    route("GET", "/auth/my-permissions", "What the person may do").of("", "data Permissions"),
    route("POST", "/auth/change-password", "Change the password; other sign-ins end").of("ChangePassword", "data Nothing"),
    route("GET", "/auth/sessions", "Where the person is signed in").of("", "data [SignIn]"),
    route("POST", "/auth/sessions/end-others", "End the sign-ins elsewhere").of("", "data Counted"),
    route("DELETE", "/auth/sessions/{id}", "End one of the own sign-ins").of("", "data Nothing"),
    route("GET", "/stations", "The stations that people of the institution came to, the last seen first").of("", "data [Station]"),
    route("POST", "/stations/{fingerprint}", "Say whether people may sign in at a station").of("SetStation", "data Station"),
    route("GET", "/auth/second-factor", "How the second factor stands").of("", "data SecondFactor"),
    route("POST", "/auth/second-factor/set-up", "Begin a second factor: its secret and recovery codes").of("Password", "data SecondFactorSetUp"),
    route("POST", "/auth/second-factor/confirm", "The first code of an app: it is asked for from now on").of("Code", "data Nothing"),
    route("POST", "/auth/second-factor/turn-off", "The password alone opens the account from now on").of("BothFactors", "data Nothing"),
    route("POST", "/auth/second-factor/recovery-codes", "Other recovery codes in place of those that were left").of("BothFactors", "data RecoveryCodes"),
    route("GET", "/incidents", "Incidents, newest first").of("", "page incidents Incident"),
    route("POST", "/incidents", "Report an incident").of("ReportIncident", "made Incident"),
    route("GET", "/incidents/stats/overview", "How many incidents there are").of("", "data IncidentFigures"),
    route("GET", "/incidents/statistics", "How many incidents there are").of("", "data IncidentFigures"),
    route("GET", "/incidents/my-incidents", "Incidents that the person reported").of("", "page incidents Incident"),
    route("GET", "/incidents/exam/{id}", "Incidents of a sitting").of("", "page incidents Incident"),
    route("GET", "/incidents/script/{id}", "Incidents about a script: of its student").of("", "page incidents Incident"),
    route("GET", "/incidents/reporter/{id}", "Incidents that somebody reported").of("", "page incidents Incident"),
    route("GET", "/incidents/assignee/{id}", "Incidents that somebody works on").of("", "page incidents Incident"),
    route("GET", "/incidents/{id}", "One incident, by number, official number or `ref`").of("", "data Incident"),
    route("PUT", "/incidents/{id}", "Amend an incident").of("AmendIncident", "data Incident"),
    route("PATCH POST", "/incidents/{id}/assign", "Give it to somebody").of("AssignIncident", "data Incident"),
    route("PATCH POST", "/incidents/{id}/resolve", "Say how it ended").of("ResolveIncident", "data Incident"),
    route("PATCH POST", "/incidents/{id}/acknowledge", "Take notice").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/unacknowledge", "Take that back").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/escalate", "Call the next level").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/close", "Close it after review").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/reopen", "Open it again").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/comments", "Add words").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/merge", "Say that it is the same as another").of("MergeIncident", "data Incident"),
    route("PATCH POST", "/incidents/{id}/unmerge", "Say that it is one of its own after all").of("Words", "data Incident"),
    route("PATCH POST", "/incidents/{id}/void", "Strike it through: entered in error").of("Words", "data Incident"),
    route("POST", "/incidents/{id}/evidence", "Announce a file: its fingerprint is in the log before it comes").of("AttachEvidence", "made Evidence"),
    route("GET", "/incidents/{id}/evidence/{evidence}", "How far a file has come").of("", "data EvidenceStanding"),
    route("PATCH", "/incidents/{id}/evidence/{evidence}", "The next part of a file, as bytes; `Upload-Offset` says where it begins").of("", "data EvidenceStanding"),
    route("GET", "/incidents/{id}/evidence/{evidence}/shown", "A picture without what the camera wrote into it").of("", "file"),
    route("GET", "/incidents/{id}/evidence/{evidence}/original", "The file as it is; that it was opened is noted").of("", "file"),
    route("GET", "/batch-scripts", "Batches").of("", "page batches Batch"),
    route("GET", "/batch-scripts/entry/{entry}/course/{course}", "The batch of a course in a sitting").of("", "data Batch"),
    route("GET", "/batch-scripts/pending/assignment", "Sealed batches that are not with their lecturer").of("", "page batches Batch"),
    route("GET", "/batch-scripts/lecturer/{id}", "Batches of a lecturer").of("", "page batches Batch"),
    route("GET", "/batch-scripts/{id}", "One batch").of("", "data Batch"),
    route("GET", "/batch-scripts/{id}/statistics", "How far a batch is").of("", "data BatchFigures"),
    route("PATCH POST", "/batch-scripts/{id}/printed", "Say that its papers are printed; said again, it is corrected").of("Print", "data Batch"),
    route("PATCH POST", "/batch-scripts/{id}/open", "Begin to collect").of("", "data Batch"),
    route("PATCH POST", "/batch-scripts/{id}/update-counts", "Say how many scripts are in").of("Counts", "data Batch"),
    route("PATCH POST", "/batch-scripts/{id}/seal", "Seal it").of("Seal", "data Batch"),
    route("PATCH POST", "/batch-scripts/{id}/assign", "Name its lecturer; with a count, hand it to them").of("AssignBatch", "data Batch"),
    route("PATCH POST", "/batch-scripts/{id}/status", "Say where it stands").of("BatchStanding", "data Batch"),
    route("GET", "/timetables", "Timetables").of("", "page timetables Timetable"),
    route("POST", "/timetables", "Begin a timetable").of("TimetableDays", "made Timetable"),
    route("GET", "/timetables/{id}", "One timetable").of("", "data Timetable"),
    route("PUT", "/timetables/{id}", "Change its days").of("TimetableDays", "data Timetable"),
    route("GET", "/timetables/{id}/entries", "Its sittings").of("", "page entries Sitting"),
    route("POST", "/timetables/{id}/entries", "Put a sitting into a draft").of("TimetableEntry", "made Sitting"),
    route("GET", "/timetable-entries/{id}", "One sitting").of("", "data Sitting"),
    route("PUT", "/timetable-entries/{id}", "Change a sitting; after publication its place only").of("TimetableEntry", "data Sitting"),
    route("DELETE", "/timetable-entries/{id}", "Call a sitting off; it stays, struck through").of("Reason", "data Sitting"),
    route("GET", "/timetables/{id}/statistics", "What is in it").of("", "data TimetableFigures"),
    route("GET", "/timetables/{id}/conflicts", "What cannot be at the same time").of("", "rows Conflict"),
    route("POST", "/timetables/{id}/detect-conflicts", "What cannot be at the same time").of("", "rows Conflict"),
    route("POST", "/timetables/{id}/create-batches", "Each sitting has its batch: says how many").of("", "data Timetable"),
    route("PUT", "/timetables/{id}/status", "Say where it stands").of("TimetableStanding", "data Timetable"),
    route("POST", "/timetables/{id}/publish", "Publish it, unless something clashes; its batches are open then").of("Publish", "data Timetable"),
    route("POST", "/timetables/{id}/submit-for-approval", "Ask for approval").of("", "data Timetable"),
    route("POST", "/timetables/{id}/approve", "Approve it").of("", "data Timetable"),
    route("POST", "/timetables/{id}/reject", "Send it back").of("Reason", "data Timetable"),
    route("POST", "/script-submissions/submit", "Hand a script in; once is enough").of("StudentCode", "data Submission"),
    route("POST", "/script-submissions/bulk-submit", "Hand scripts in").of("StudentCodes", "bare Submissions"),
    route("POST", "/script-submissions/scan-student", "Whose code it is").of("StudentCode", "bare Scan"),
    route("POST", "/script-submissions/{id}/verify", "Check a script against the register").of("WhichScript", "data Verified"),
    route("GET", "/script-submissions/batch/{id}/history", "What happened to the scripts of a batch").of("", "rows ScriptStep"),
    route("GET", "/script-submissions/student/{student}/exam/{exam}", "One script").of("", "data StudentScript"),
    route("GET", "/exam-registrations/entry/{id}", "The register of a sitting").of("", "rows Registration"),
    route("GET", "/exam-registrations/missing-scripts/{id}", "Present, and no script scanned").of("", "rows Registration"),
    route("GET", "/exam-registrations/statistics/{id}", "Who came").of("", "data AttendanceFigures"),
    route("POST", "/exam-registrations/attendance", "Say how somebody came").of("Arrival", "data Registration"),
    route("POST", "/exam-logistics/assign-invigilator", "Put somebody on a sitting").of("AssignInvigilator", "data [Duty]"),
    route("PUT", "/exam-logistics/reassign-invigilator", "Exchange an invigilator").of("AssignInvigilator", "data [Duty]"),
    route("PUT", "/exam-logistics/invigilator-presence", "An invigilator has come, or left").of("Presence", "data [Duty]"),
    route("POST", "/exam-logistics/check-in-student", "Admit a candidate").of("Arrival", "data Registration"),
    route("POST", "/exam-logistics/report-incident", "Report an incident").of("ReportIncident", "made Incident"),
    route("GET", "/exam-logistics/session-logs/{id}", "The routine lines of a sitting").of("", "rows HallLine"),
    route("GET", "/exam-logistics/incidents/{id}", "Incidents of a sitting").of("", "page incidents Incident"),
    route("GET", "/exam-logistics/my-assigned-venues", "Sittings that the person invigilates").of("", "rows Hall"),
    route("GET", "/exam-logistics/institution-dashboard", "The day in figures").of("", "data Board"),
    route("GET", "/exam-logistics/exams-officer-dashboard", "The day in figures").of("", "data Board"),
    route("GET", "/exam-logistics/invigilator-dashboard", "The person's own sittings in figures").of("", "data Board"),
    route("GET", "/notifications", "The person's notifications, newest first").of("", "page notifications Notification"),
    route("PATCH POST", "/notifications/read-all", "Mark all as read").of("", "data Counted"),
    route("PATCH POST", "/notifications/{id}/read", "Mark one as read").of("", "data Nothing"),
    route("POST", "/import", "Bring records in from files").of("Import", "data ImportReport"),
    route("GET", "/export/{what}", "Take a report out: incidents, batches, custody, hall-log, register, timetable or events").of("", "file"),
    route("GET", "/sync/snapshot", "A first copy").of("", "bare Snapshot"),
    route("GET", "/sync/events", "The log after a position").of("", "data Events"),
    route("POST", "/sync/ops", "Several commands; each has its outcome").of("Commands", "data [Outcome]"),
    route("POST", "/commands", "One command").of("Command", "data Outcome"),
];
