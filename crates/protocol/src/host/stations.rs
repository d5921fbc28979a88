//! How stations stand with a server, and the call that changes it.

use serde::{Deserialize, Serialize};

use super::views;
use crate::{Named, StationStanding, Timestamp};

views! {
    /// The key of this station for one server, and how it stands there.
    StationKeyView {
        /// By what people tell it from others: five groups of four.
        fingerprint: String,
        /// How it stands.
        standing: StationStanding,
        /// Who said so; with a time and no name it was whoever runs the server.
        by: Option<String>,
        /// When; none while nobody has said anything.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        since: Option<Timestamp>,
    }
    /// A station that people of the institution have come to.
    StationRow {
        /// By what people tell its key from others.
        fingerprint: String,
        /// What it calls itself.
        code: Option<String>,
        /// How it stands.
        standing: StationStanding,
        /// When somebody signed in there last, or tried to.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        seen_at: Timestamp,
        /// Who that was.
        seen_by: Named,
        /// When somebody said how it stands; none while nobody has.
        #[cfg_attr(feature = "ts", ts(type = "string | null"))]
        said_at: Option<Timestamp>,
        /// Who said so; with a time and no name it was whoever runs the server.
        said_by: Option<Named>,
        /// Whether it is this one.
        #[serde(default)]
        here: bool,
    }
    /// Arguments of `set_station`.
    SetStation {
        /// Which, by its fingerprint.
        fingerprint: String,
        /// How it stands from now on: paired or suspended.
        standing: StationStanding,
    }
}
