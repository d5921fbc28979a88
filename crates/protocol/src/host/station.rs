//! What a station is used for, how it shows itself to a server, and what it is asked about that.

use serde::{Deserialize, Serialize};

use super::{StationKeyView, views};
use crate::VenueId;

/// What a station is used for: what opens first, and whether anything is changed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StationKind {
    /// Watches all halls; opens the Monitor.
    #[default]
    Office,
    /// Works in one hall; opens the view of it.
    Hall,
    /// Reads what happened and changes nothing; opens Review.
    Review,
}

/// At which stations a server lets people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StationsTaken {
    /// At every one.
    Any,
    /// At those that were let in.
    Paired,
}

/// The hall that a station stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StationHall {
    /// The venue.
    pub id: VenueId,
    /// Its name, for when no timetable is here.
    pub name: String,
}

views! {
    /// This console.
    StationView {
        /// Its code.
        code: String,
        /// In words.
        label: String,
        /// What it is used for.
        kind: StationKind,
        /// The hall that it stands in, when that was said.
        hall: Option<StationHall>,
        /// Its key for the server, once somebody has signed in with it.
        key: Option<StationKeyView>,
    }
    /// Arguments of `describe_station`: what is said anew; the rest stays.
    DescribeStation {
        /// Its code.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        code: Option<String>,
        /// In words.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        label: Option<String>,
        /// The server; once there is one it is changed in `station.json` only.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        server: Option<String>,
        /// What it is used for, and with `hall` where.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        kind: Option<StationKind>,
        /// The hall that it stands in; looked at when `kind` is given.
        #[cfg_attr(feature = "ts", ts(optional))]
        #[serde(default)]
        hall: Option<StationHall>,
    }
}
