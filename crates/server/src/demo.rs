//! The demo day: two institutions as data, and one exam day that is played through the door.
//!
//! * [`institutions`]: the reference records; [`accounts`]: who may sign in.
//! * [`day`]: what everybody did that day, as commands in the order of their receipt.
//! * [`play`]: does it again by the demo clock.

mod book;
mod day;
mod play;
#[cfg(test)]
mod tests;

use elms_protocol::Timestamp;

use crate::store::StoreError;

pub use book::{DemoAccount, accounts, institutions};
pub use day::{Step, at_time_of_day, day};
pub use play::{Play, play};

/// The day begins at 06:30 in Takoradi, where clocks show UTC.
pub const DAY_BEGINS: Timestamp = Timestamp(1_796_625_000_000);
/// The last thing of the day happens at 19:20.
pub const DAY_ENDS: Timestamp = Timestamp(1_796_671_200_000);

/// The demo data cannot be read: the program was built from a broken copy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// A line is not what it should be.
    #[error("the demo data cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What falls due on the day could not be done.
    #[error("what fell due on the demo day could not be done: {0}")]
    Due(String),
    /// A time of day is not `HH:MM` or `HH:MM:SS`.
    #[error("`{0}` is not a time of day")]
    NoTime(String),
    /// Somebody acts who is not in the institution.
    #[error("there is no person {0} in the demo institution")]
    Nobody(i64),
}
