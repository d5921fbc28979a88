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
    /// A file of evidence, by the name that the station gave it.
    EvidenceId(Uuid)
}
id! {
    /// An incident, by the name that the reporting station gave it: it exists offline.
    IncidentRef(Uuid)
}

/// How a person names a case: by the name that its station gave it or, where that is not at hand,
/// by a number as it stands on the bag (`GH-A/017`) or in the office's book (`INC-26-0415`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(untagged)]
pub enum CaseName {
    /// The name.
    Ref(IncidentRef),
    /// A number, as the person has written it.
    Number(String),
}

impl CaseName {
    /// The number in the way that all are written: capitals, and three digits at least.
    /// None when it is a name.
    pub fn number(&self) -> Option<String> {
        let Self::Number(text) = self else {
            return None;
        };
        let text = text.trim().to_uppercase();
        let counted = text.rsplit_once('/');
        let counted =
            counted.and_then(|(code, n)| Some((code.trim(), n.trim().parse::<u32>().ok()?)));
        Some(match counted {
            Some((code, n)) => format!("{code}/{n:03}"),
            None => text,
        })
    }
}

impl From<IncidentRef> for CaseName {
    fn from(reference: IncidentRef) -> Self {
        Self::Ref(reference)
    }
}

impl fmt::Display for CaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ref(reference) => fmt::Display::fmt(reference, f),
            Self::Number(text) => f.write_str(text),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_was_written_on_the_bag() {
        for written in ["GH-A/017", " gh-a/17 ", "GH-A / 017"] {
            let name: CaseName = serde_json::from_value(serde_json::json!(written)).unwrap();
            assert_eq!(name.number().as_deref(), Some("GH-A/017"), "{written}");
        }
        let office = CaseName::Number("inc-26-0415".to_owned());
        assert_eq!(office.number().as_deref(), Some("INC-26-0415"));
        let name = serde_json::json!("01990000-0000-7000-8000-0000000000ff");
        let name: CaseName = serde_json::from_value(name).unwrap();
        assert_eq!(name.number(), None);
    }
}
