//! Who hears an event. A room filters what a token allows; it is never a right by itself.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A group of listeners. Its text form is `institution:7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Room {
    /// Everyone of an institution.
    Institution(i64),
    /// One person.
    User(i64),
    /// Who follows one batch.
    Batch(i64),
    /// Who follows one timetable.
    Timetable(i64),
    /// Who works in one venue.
    Venue(i64),
    /// Who works in one sitting.
    ExamEntry(i64),
}

/// The text is not the name of a room.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a room")]
pub struct ParseRoomError(String);

impl Room {
    fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Institution(id) => ("institution", id),
            Self::User(id) => ("user", id),
            Self::Batch(id) => ("batch", id),
            Self::Timetable(id) => ("timetable", id),
            Self::Venue(id) => ("venue", id),
            Self::ExamEntry(id) => ("exam-entry", id),
        }
    }
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = self.parts();
        write!(f, "{kind}:{id}")
    }
}

impl FromStr for Room {
    type Err = ParseRoomError;

    /// Also takes the older spelling `institution_1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseRoomError(text.chars().take(40).collect());
        let (kind, id) = text.rsplit_once([':', '_']).ok_or_else(refused)?;
        let Ok(id) = id.parse::<i64>() else {
            return Err(refused());
        };
        match kind {
            "institution" => Ok(Self::Institution(id)),
            "user" => Ok(Self::User(id)),
            "batch" => Ok(Self::Batch(id)),
            "timetable" => Ok(Self::Timetable(id)),
            "venue" => Ok(Self::Venue(id)),
            "exam-entry" => Ok(Self::ExamEntry(id)),
            _ => Err(refused()),
        }
    }
}

impl Serialize for Room {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Room {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_older_spelling_names_the_same_room() {
        assert_eq!("institution_1".parse(), Ok(Room::Institution(1)));
        assert_eq!("exam-entry:4".parse(), Ok(Room::ExamEntry(4)));
        assert!("everything".parse::<Room>().is_err());
    }

    proptest! {
        #[test]
        fn a_room_survives_its_text_form(id in any::<i64>()) {
            for room in [Room::User(id), Room::Batch(id), Room::ExamEntry(id)] {
                prop_assert_eq!(room.to_string().parse(), Ok(room));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            drop(text.parse::<Room>());
        }
    }
}
