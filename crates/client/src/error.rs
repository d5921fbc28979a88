//! What can go wrong on the disk of a station, sorted by what somebody can do about it.
//!
//! Every text is a sentence for the person in front of the console. A refusal by the rules is not
//! an error; see [`elms_protocol::Rejection`].

use rusqlite::ErrorCode;

/// A database file could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiskError {
    /// Another process holds it. It may be free later.
    #[error("The station's files are in use by another program. Close it and try again.")]
    Locked,
    /// Its content makes no sense. A cache is rebuilt, an outbox needs a person.
    #[error("The station's file is damaged.")]
    Damaged,
    /// A newer console has written it; this one must not touch it.
    #[error(
        "The station's files are from a newer console (version {found}, this one knows {known}). \
         Nothing was changed; start the newer console."
    )]
    TooNew {
        /// The version of the file.
        found: i32,
        /// The newest version that this program knows.
        known: i32,
    },
    /// No room is left; nothing was written.
    #[error("The disk is full: NOT saved. Make room and try again; what you typed stays here.")]
    Full,
    /// A damaged file could not be moved out of the way.
    #[error("The damaged file of this station cannot be moved aside: {0}.")]
    Unmovable(std::io::Error),
    /// Anything else: no rights, no such directory, a failing disk.
    #[error("The station's files cannot be used: {0}.")]
    Other(rusqlite::Error),
}

impl From<rusqlite::Error> for DiskError {
    fn from(error: rusqlite::Error) -> Self {
        let misread = matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
                | rusqlite::Error::QueryReturnedNoRows
        );
        match error.sqlite_error_code() {
            // Something stands where another thing was written.
            _ if misread => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Other(error),
        }
    }
}

/// The local copy could not be read or written. It may be thrown away and is then filled again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CacheError {
    /// The file.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The cursor is of another log than the one held: a first copy is due.
    #[error("The server's record is another one than the copy on this station.")]
    OtherLog,
    /// Something in it is not readable as what it should be.
    #[error("The station's copy is not readable: {0}.")]
    Unreadable(#[from] serde_json::Error),
    /// The search did not end in time and was stopped.
    #[error("Too much is found. Add a word or narrow the period.")]
    TooBroad,
    /// The result of a review was let go; ask again.
    #[error("This result is no longer held. Search again.")]
    NoSuchResult,
}

impl CacheError {
    /// Whether the file must be replaced: it will not get better by itself.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Disk(DiskError::Damaged | DiskError::TooNew { .. }) | Self::Unreadable(_)
        )
    }
}

impl From<rusqlite::Error> for CacheError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Self::TooBroad,
            _ => Self::Disk(error.into()),
        }
    }
}

/// The outbox could not be read or written. Unlike the cache it must never be thrown away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutboxError {
    /// The file.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// Something in it is not readable as what it should be.
    #[error("Something kept on this station is not readable: {0}.")]
    Unreadable(#[from] serde_json::Error),
    /// The id names another command already: a fault of the program, nothing was kept.
    #[error("NOT saved: its number is used by something else.")]
    IdReused,
    /// More than what the server would take.
    #[error("NOT saved: it is longer than {0} KiB.")]
    TooLarge(usize),
    /// There is no such command.
    #[error("This is no longer waiting here.")]
    Unknown,
    /// It cannot be taken back or sent again as it stands; the text says why.
    #[error("{0}")]
    NotNow(&'static str),
}

impl From<rusqlite::Error> for OutboxError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Disk(error.into())
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn what_a_disk_says_becomes_what_a_person_can_do() {
        let said =
            |code| DiskError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(matches!(said(ffi::SQLITE_BUSY), DiskError::Locked));
        assert!(matches!(said(ffi::SQLITE_CORRUPT), DiskError::Damaged));
        assert!(matches!(said(ffi::SQLITE_NOTADB), DiskError::Damaged));
        assert!(matches!(said(ffi::SQLITE_FULL), DiskError::Full));
        assert!(matches!(said(ffi::SQLITE_IOERR), DiskError::Other(_)));
    }
}
