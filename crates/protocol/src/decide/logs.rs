//! What the server notes about its own log.

use super::{Asked, Decision};
use crate::{Fact, NoteLog, Rejection, RejectionCode};

/// Only the system notes it: what is said here is what audits go by.
pub(crate) fn note(asked: Asked<'_>, input: &NoteLog) -> Decision {
    if asked.actor.user.is_some() {
        let message = "Only the server itself notes this.";
        return Err(Rejection::new(RejectionCode::Forbidden, message));
    }
    Ok(vec![Fact::LogNoted(input.noted.clone())])
}
