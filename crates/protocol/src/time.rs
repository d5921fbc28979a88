//! Instants. On the wire they are RFC 3339 texts in UTC with milliseconds, as in the guide.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i64);

/// The text is not an instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an RFC 3339 instant")]
pub struct ParseTimestampError(String);

impl Timestamp {
    /// This instant, `ms` milliseconds later (earlier when negative).
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant.
    #[must_use]
    pub fn since_ms(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The last two digits of the year in UTC, for record numbers.
    #[must_use]
    pub fn year_two_digits(self) -> i16 {
        self.civil().map_or(0, |at| at.year() % 100)
    }

    fn civil(self) -> Option<jiff::Zoned> {
        let at = jiff::Timestamp::from_millisecond(self.0).ok()?;
        Some(at.to_zoned(jiff::tz::TimeZone::UTC))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => write!(f, "{at:.3}"),
            Err(_) => write!(f, "1970-01-01T00:00:00.000Z"),
        }
    }
}

impl std::str::FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed: Result<jiff::Timestamp, _> = text.parse();
        match parsed {
            Ok(at) => Ok(Self(at.as_millisecond())),
            Err(_) => Err(ParseTimestampError(text.chars().take(40).collect())),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The three times of an entry and the measured clock offset; the fourth, when the server
/// received it, is the event's `timestamp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Times {
    /// When the person says it happened, by the station's clock.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub occurred_at: Timestamp,
    /// When it was written down, by the station's clock.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub recorded_at: Timestamp,
    /// Station clock minus server clock, in milliseconds, as measured then.
    pub clock_offset_ms: i64,
}

impl Times {
    /// All at once and with an exact clock: what the server itself writes.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self {
            occurred_at: now,
            recorded_at: now,
            clock_offset_ms: 0,
        }
    }

    /// When it was written down, by the server's clock.
    #[must_use]
    pub fn recorded_corrected(&self) -> Timestamp {
        self.recorded_at
            .plus_ms(self.clock_offset_ms.saturating_neg())
    }

    /// When it happened, by the server's clock.
    #[must_use]
    pub fn occurred_corrected(&self) -> Timestamp {
        self.occurred_at
            .plus_ms(self.clock_offset_ms.saturating_neg())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_instant_reads_as_in_the_guide() {
        let at: Timestamp = "2025-11-12T10:30:00Z".parse().unwrap();
        assert_eq!(at.to_string(), "2025-11-12T10:30:00.000Z");
    }

    proptest! {
        #[test]
        fn every_instant_survives_its_text_form(ms in 0_i64..4_102_444_800_000) {
            let at = Timestamp(ms);
            prop_assert_eq!(at.to_string().parse(), Ok(at));
        }
    }
}
