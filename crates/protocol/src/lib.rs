//! The one vocabulary of ELMS: what can happen, what can be asked, who may do it, what it does to
//! the records, and how all of it looks on the wire.
//!
//! # Layout
//!
//! * [`Event`], [`Fact`]: one entry of the log and its meaning; [`names`]: the spellings.
//! * [`Command`], [`Outcome`], [`Rejection`]: what is asked and answered.
//! * [`decide`], [`evolve`], [`may`], [`Sight`]: the rules, as pure functions.
//! * [`Record`] and its kinds: what the log folds to.
//! * [`proof`]: what makes a log provable: its tree, signed ends, and how it is audited.
//! * [`frame`], [`wire`]: messages and packets of the socket.
//! * [`hex`]: bytes as digits.
//! * [`pin`]: how a server is known by its key.
//! * [`recovery`]: what was not sent, sealed for the institution.
//! * [`station`]: what a station signs with its own key.
//! * [`host`]: what the user interface asks of the console.
//!
//! This crate does no I/O and knows no clock, runtime, database or web framework.

mod actor;
mod admission;
mod catalogue;
mod clash;
mod command;
mod decide;
mod describe;
mod due;
pub mod erasure;
mod event;
mod evidence;
mod evolve;
mod fact;
pub mod frame;
pub mod hex;
pub mod host;
mod ids;
mod lists;
mod missing;
pub mod names;
mod permission;
pub mod pin;
pub mod proof;
mod reckoning;
mod record;
pub mod recovery;
mod rejection;
mod room;
mod sight;
mod stamp;
pub mod station;
#[cfg(test)]
mod testing;
mod time;
#[cfg(feature = "ts")]
pub mod ts;
mod way;
pub mod wire;

pub use actor::{Actor, Counter, View};
pub use admission::{Arrival, arrivals};
pub use catalogue::{is_subtype, subtypes};
pub use clash::{Clash, ClashKind, clashes, sittings_of};
pub use command::*;
pub use decide::{
    Decision, LONGEST_LINE, LONGEST_TEXT, PAPERS_RECEIVED, SENT_ON, batch_of_case, case_of_dispute,
    decide, label, leads,
};
pub use describe::{describe, words};
pub use due::{Due, due};
pub use event::{Author, Event, SCHEMA};
pub use evidence::{FileKind, LARGEST_FILE, MOST_FILES};
pub use evolve::{about, evolve};
pub use fact::*;
pub use ids::{
    BatchId, CaseName, CommandId, DepartmentId, Epoch, EvidenceId, FacultyId, IncidentRef,
    InstitutionId, NotificationId, Seq, SittingId, StudentId, TimetableId, TransferRef, UserId,
    VenueId,
};
pub use lists::{
    ApprovalStatus, AttendanceStatus, BatchStatus, CustodyState, EntryStatus, IncidentOutcome,
    IncidentStatus, IncidentType, InvigilatorRole, Part, Phase, Role, ScriptException,
    ScriptStatus, Severity, SignMethod, TimetableStatus,
};
pub use missing::{Proposal, where_is};
pub use names::Profile;
pub use permission::{Action, COLUMNS, Reach, Subject, may, may_by_office, may_everywhere, reach};
pub use reckoning::{Reckoning, reconcile};
pub use record::*;
pub use rejection::{Rejection, RejectionCode, Standing};
pub use room::{ParseRoomError, Room};
pub use sight::Sight;
pub use stamp::Stamp;
pub use time::{ParseTimestampError, Times, Timestamp};
pub use way::{Stop, StopState, WayStop, way_of};
