//! What the server notes about its own log.

use super::{Asked, Decision};
use crate::{Fact, NoteLog};

/// Only the system notes it: what is said here is what audits go by.
pub(crate) fn note(asked: Asked<'_>, input: &NoteLog) -> Decision {
    asked.by_the_server()?;
    Ok(vec![Fact::LogNoted(input.noted.clone())])
}
