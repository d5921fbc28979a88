//! Looking back.

use serde::{Deserialize, Serialize};

use super::views;
use crate::{Event, IncidentRef, Seq, Severity, SittingId, Timestamp};

views! {
    /// What a review asks for. Empty lists mean all.
    ReviewQuery {
        /// Words, all of which must occur.
        text: String,
        /// Channels.
        channels: Vec<String>,
        /// Severities of incidents.
        severities: Vec<Severity>,
        /// Station codes.
        stations: Vec<String>,
        /// Sittings.
        sittings: Vec<SittingId>,
        /// Not before, in milliseconds since 1970.
        from: Option<i64>,
        /// Not after, in milliseconds since 1970.
        to: Option<i64>,
        /// Only what was seen late.
        late_only: bool,
    }
    /// One bar of the histogram.
    Bar {
        /// Its start, in milliseconds since 1970.
        from: i64,
        /// Events seen at once.
        n: i64,
        /// Events seen late.
        late: i64,
    }
    /// Rows of a review that follow one another and were all seen late.
    LateRows {
        /// The first of them.
        from: i64,
        /// The row after the last of them.
        to: i64,
    }
    /// The answer to a review: how many, and where in time.
    ReviewResult {
        /// Names this result for `review_rows`.
        handle: i64,
        /// Events that match.
        total: i64,
        /// Events held.
        held: i64,
        /// At most 120 bars.
        histogram: Vec<Bar>,
        /// Width of a bar.
        bar_ms: i64,
        /// Where the rows stand that were seen late because of outages here, in their order.
        late: Vec<LateRows>,
        /// How long it took.
        ms: i64,
    }
    /// A row of a review.
    ReviewRow {
        /// Its number.
        seq: Seq,
        /// When it happened, corrected.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        happened_at: Timestamp,
        /// When the server received it.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        received_at: Timestamp,
        /// When it was seen here.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        seen_at: Timestamp,
        /// The channel.
        channel: String,
        /// The event.
        event: String,
        /// In one sentence.
        text: String,
        /// On which station.
        station: Option<String>,
        /// By whom.
        by: Option<String>,
        /// How bad, for incidents.
        severity: Option<Severity>,
        /// The case it is about.
        incident: Option<IncidentRef>,
        /// Whether it was seen late because of an outage here.
        late: bool,
    }
    /// A stretch of time in which this station had no link.
    Outage {
        /// Lost.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        from: Timestamp,
        /// Back and complete; none while it lasts.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        to: Option<Timestamp>,
        /// Events that came afterwards.
        replayed: i64,
        /// Events that are missing; 0 when completeness is proved.
        missing: i64,
        /// Commands kept here meanwhile.
        kept: i64,
    }
    /// An event with when it was seen here.
    EventDetail {
        /// The event as it came.
        event: Event,
        /// In one sentence.
        text: String,
        /// When it was seen here.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        seen_at: Timestamp,
        /// Whether late.
        late: bool,
    }
}
