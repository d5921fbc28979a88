//! Why the store did not do what it was asked for.

use elms_protocol::{InstitutionId, Seq};

/// The store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused.
    #[error("the log database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The directory cannot be used.
    #[error("the data directory cannot be used: {0}")]
    Directory(#[from] std::io::Error),
    /// Another server has this directory.
    #[error("another server is using this data directory")]
    Taken,
    /// A stored row is not what was written.
    #[error("a stored row is not readable: {0}")]
    Encoding(#[from] serde_json::Error),
    /// The file is of a newer version.
    #[error("the log database was written by a newer version ({0})")]
    Newer(i64),
    /// The file is of an older version.
    #[error("the log database is of an older version; start the server on it once")]
    Older,
    /// The log is not as it was written.
    #[error("the log of institution {0} is damaged or was changed at event {1}")]
    Torn(InstitutionId, Seq),
    /// The SQLite library has a fault that damages files.
    #[error("SQLite {0} damages databases; 3.51.3 or newer is needed")]
    OldSqlite(&'static str),
    /// There is no such institution.
    #[error("there is no institution {0}")]
    NoInstitution(InstitutionId),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
    /// The database has given the transaction up; nothing of it was kept.
    #[error("the log database gave up the transaction")]
    GivenUp,
    /// An erasure that may not be.
    #[error("{0}")]
    Kept(String),
    /// A rule has a fault; nothing of the command was kept.
    #[error("a rule failed on this command")]
    Fault,
}
