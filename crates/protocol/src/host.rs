//! What the user interface may ask of the console, and what it gets.
//!
//! The web view knows nothing else: no socket, no file, no token. Every call has a name in
//! [`CALLS`]; every change goes through `submit` and the outbox, online or not.

use serde::{Deserialize, Serialize};

use crate::Kind;

mod files;
mod review;
mod screens;
mod station;
mod stations;
mod status;

pub use files::*;
pub use review::*;
pub use screens::*;
pub use station::*;
pub use stations::*;
pub use status::*;

/// The names of all calls.
pub const CALLS: &[&str] = &[
    "status",
    "sign_in",
    "sign_out",
    "work_offline",
    "lock",
    "unlock",
    "set_pin",
    "people_here",
    "check_server",
    "demo_accounts",
    "try_now",
    "change_password",
    "sign_ins",
    "end_sign_ins",
    "stations",
    "set_station",
    "second_factor",
    "set_up_second_factor",
    "confirm_second_factor",
    "end_second_factor",
    "new_recovery_codes",
    "tongue",
    "reaches",
    "notify_test",
    "monitor",
    "monitor_at",
    "incidents",
    "incident",
    "batches",
    "batch",
    "candidates",
    "timetable",
    "hall",
    "people",
    "report_options",
    "submit",
    "typing",
    "review",
    "review_rows",
    "review_place",
    "outages",
    "disk",
    "log_lines",
    "outbox",
    "outbox_withdraw",
    "outbox_resend",
    "notifications",
    "draft_save",
    "draft_load",
    "draft_clear",
    "draft_files",
    "draft_file_add",
    "draft_file_drop",
    "event",
    "check_case",
    "evidence_attach",
    "evidence_shown",
    "evidence_open",
    "paper",
    "export",
    "open_window",
    "describe_station",
];

macro_rules! views {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
            #[serde(rename_all = "camelCase")]
            pub struct $name { $($(#[$attr])* pub $field: $ty),* }
        )+
    };
}
use views;

/// How the link to the server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Nobody is signed in.
    SignedOut,
    /// Opening the link, or lost for less than five seconds.
    Reconnecting,
    /// No link; the next attempt is due.
    Offline,
    /// Reading what was missed.
    CatchingUp,
    /// Events come as they happen.
    Live,
    /// The server does not accept the sign-in any more; work goes on locally.
    AuthRequired,
}

/// Whether a record's last change has reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SyncMark {
    /// Kept on this station, not sent yet.
    Kept,
    /// Sent, not answered yet.
    Sending,
    /// The server has it.
    Server,
    /// Refused: needs a decision.
    Attention,
}

/// Where a command in the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Kept, waits for the link.
    Waiting,
    /// Sent, waits for the answer.
    Sending,
    /// The server has applied it.
    Done,
    /// The server refused it: a person must decide.
    Attention,
    /// Taken back before it was sent, or after it was refused.
    Withdrawn,
}

/// A part of the screen that may be stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Incidents.
    Incidents,
    /// Batches and handovers.
    Batches,
    /// Sittings, candidates, timetable.
    Sittings,
    /// Stations.
    Stations,
    /// Notifications.
    Notifications,
    /// The list of events.
    Events,
    /// The outbox.
    Outbox,
}

impl Topic {
    /// The topic that a kind of record belongs to.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Incident => Self::Incidents,
            Kind::Batch | Kind::Transfer | Kind::Script => Self::Batches,
            Kind::Notification => Self::Notifications,
            Kind::Station | Kind::Enrolment => Self::Stations,
            Kind::Institution
            | Kind::Venue
            | Kind::Person
            | Kind::Candidate
            | Kind::Timetable
            | Kind::Sitting => Self::Sittings,
        }
    }
}
