//! Identifiers and instants as types of their own, so that two of them cannot be swapped.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

id! {
    /// An institution, the tenant every event belongs to.
    InstitutionId(i64)
}
id! {
    /// A person with an account.
    UserId(i64)
}
id! {
    /// A candidate, registered for one or more sittings.
    StudentId(i64)
}
id! {
    /// A faculty.
    FacultyId(i64)
}
id! {
    /// A department.
    DepartmentId(i64)
}
id! {
    /// A venue: a building or hall that holds rooms.
    VenueId(i64)
}
id! {
    /// One paper in one place at one time (`examEntryId` on the wire).
    SittingId(i64)
}
id! {
    /// A bundle of scripts of one sitting.
    BatchId(i64)
}
id! {
    /// An exam timetable.
    TimetableId(i64)
}
id! {
    /// A notification.
    NotificationId(i64)
}
id! {
    /// An incident, by the name that the reporting station gave it: it exists offline.
    IncidentRef(Uuid)
}
id! {
    /// A custody transfer, by the name that the offering station gave it.
    TransferRef(Uuid)
}
id! {
    /// A command; sending the same id twice has the effect of sending it once.
    CommandId(Uuid)
}
id! {
    /// Names one life of a log. A server restored from a backup starts a new one.
    Epoch(Uuid)
}
id! {
    /// Position of an event in its institution's log. The first event has position 1.
    Seq(i64)
}

impl Seq {
    /// The position before the first event: "I have seen nothing".
    pub const ZERO: Self = Self(0);

    /// The position that must follow this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl Default for Seq {
    /// Nothing has been seen.
    fn default() -> Self {
        Self::ZERO
    }
}
