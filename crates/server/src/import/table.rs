//! The tables that can be brought in, with their columns. `docs/OPERATIONS.md` shows the same.

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first row.
    pub name: &'static str,
    /// Whether the table must have it, and every row something in it.
    pub needed: bool,
    /// What stands in it.
    pub what: &'static str,
}

const fn needed(name: &'static str, what: &'static str) -> Column {
    Column {
        name,
        needed: true,
        what,
    }
}

const fn also(name: &'static str, what: &'static str) -> Column {
    Column {
        name,
        needed: false,
        what,
    }
}

/// A table, in the order in which they build on one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row: the institution and its rules.
    Institution,
    /// Accounts of staff.
    People,
    /// Buildings and halls.
    Venues,
    /// Timetables.
    Timetables,
    /// Sittings, each with its batch of scripts and who invigilates.
    Sittings,
    /// Who is registered for a sitting.
    Registrations,
}

const INSTITUTION: &[Column] = &[
    needed("number", "1 or more; names the institution for good"),
    needed("code", "short, like `AUT`"),
    needed("name", "as shown"),
    needed("timezone", "like `Africa/Accra`"),
    also(
        "late_cutoff_min",
        "minutes after the start; who comes later is refused (30)",
    ),
    also(
        "ack_low_min",
        "minutes in which a LOW incident must be acknowledged (60)",
    ),
    also("ack_medium_min", "MEDIUM (15)"),
    also("ack_high_min", "HIGH (5)"),
    also("ack_critical_min", "CRITICAL (2)"),
    also(
        "offer_expires_min",
        "minutes after which an offer that nobody accepted lapses (30)",
    ),
    also(
        "seal_within_min",
        "minutes after the end of a paper by which its scripts are under seal (60)",
    ),
    also(
        "fetch_within_min",
        "minutes after the seal by which somebody has taken a batch along (240)",
    ),
    also(
        "mark_within_days",
        "days after which a lecturer has brought the scripts back (14)",
    ),
    also("seal_needs_two_people", "`yes` or `no` (`yes`)"),
    also(
        "station_keep_days",
        "days that a station remembers an event (180)",
    ),
    also(
        "station_keep_mib",
        "MiB that a station remembers at most, 64 or more (1024)",
    ),
];

const PEOPLE: &[Column] = &[
    needed(
        "email",
        "address to sign in with; tells one person from another",
    ),
    needed("name", "title and name as shown"),
    needed("role", "like `EXAMS_OFFICER`"),
    also("faculty", "number; limits the account to a faculty"),
    also("department", "number; limits the account to a department"),
    also(
        "staff_number",
        "what the staff card says, like `AUT-S0003`; may be typed instead of the address",
    ),
];

const VENUES: &[Column] = &[
    needed("code", "as on the door; tells one venue from another"),
    needed("name", "as shown"),
    also("location", "where it is"),
    needed("capacity", "seats"),
    also("phone", "telephone at its desk, like `+233 30 555 0101`"),
];

const TIMETABLES: &[Column] = &[
    needed("title", "tells one timetable from another"),
    needed("start_date", "like `2026-12-07`"),
    needed("end_date", "the same day or later"),
];

const SITTINGS: &[Column] = &[
    needed(
        "batch_code",
        "as printed on the bundle; tells one sitting from another",
    ),
    needed("timetable", "the title of the timetable"),
    needed("course_code", "like `CSE201`"),
    needed("course_name", "as shown"),
    needed("faculty", "number"),
    needed("department", "number"),
    needed("venue", "the code of the venue"),
    also("room", "rooms as shown"),
    needed("date", "like `2026-12-07`"),
    needed("start", "time of day there, like `09:00`"),
    needed("end", "later on the same day"),
    needed("chief", "address of the chief invigilator"),
    also("invigilators", "addresses, with blanks between them"),
    also("lecturer", "address of who will grade"),
];

const REGISTRATIONS: &[Column] = &[
    needed("batch_code", "the sitting"),
    needed("index_number", "tells one student from another"),
    needed("name", "as shown"),
    needed("seat", "like `C9`"),
    also("extra_time_pct", "0 to 100 (0)"),
];

impl Table {
    /// Every table, in the order in which they build on one another.
    pub const ALL: &[Self] = &[
        Self::Institution,
        Self::People,
        Self::Venues,
        Self::Timetables,
        Self::Sittings,
        Self::Registrations,
    ];

    /// The word that the name of its file begins with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::People => "people",
            Self::Venues => "venues",
            Self::Timetables => "timetables",
            Self::Sittings => "sittings",
            Self::Registrations => "registrations",
        }
    }

    /// Its columns.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Institution => INSTITUTION,
            Self::People => PEOPLE,
            Self::Venues => VENUES,
            Self::Timetables => TIMETABLES,
            Self::Sittings => SITTINGS,
            Self::Registrations => REGISTRATIONS,
        }
    }

    /// The table of a file by its name: `people.csv`, `people-2026.csv`.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        let name = name.rsplit(['/', '\\']).next()?.to_lowercase();
        let mut tables = Self::ALL.iter().copied();
        tables.find(|table| {
            let rest = name.strip_prefix(table.name());
            rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
        })
    }
}
