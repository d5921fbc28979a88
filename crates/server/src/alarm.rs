//! The clock of every institution: calls the next level when nobody has taken notice in time, and
//! lets offers lapse.
//!
//! It keeps nothing of its own. What falls due is read from the records whenever the log has grown
//! or an instant has come, and each need has one command id for ever: a restart, a second tick or
//! a second clock changes nothing.

#[cfg(test)]
mod tests;

use std::time::Duration;

use elms_protocol::{Actor, CommandRequest, InstitutionId, Outcome, Timestamp, due};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::Clock,
    door::{ApplyError, Door},
    store::{Store, StoreError},
};

/// The longest wait before the clock is looked at again: it may have been set, or have jumped.
const LONGEST_WAIT: Duration = Duration::from_millis(250);
/// A command that could not be carried out is tried again after this time.
const AGAIN: Duration = Duration::from_secs(1);

/// Does what falls due, until stopped.
pub(crate) async fn ring(door: Door, store: Store, clock: Clock, stop: CancellationToken) {
    let rings = async {
        let mut grown = store.watch_all();
        loop {
            grown.borrow_and_update();
            match all_due(&door, &store, &clock).await {
                Ok(next) => tokio::select! {
                    () = until(&clock, next) => {}
                    changed = grown.changed() => if changed.is_err() { return },
                },
                Err(error) => {
                    tracing::error!(%error, "what fell due could not be done");
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    };
    // Commands are written or not: being stopped between two of them loses nothing.
    stop.run_until_cancelled(rings).await;
}

/// What fell due could not be done now.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AlarmError {
    /// The records cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A command could not be written.
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

/// Does what is due in every institution, and tells when something falls due next.
async fn all_due(
    door: &Door,
    store: &Store,
    clock: &Clock,
) -> Result<Option<Timestamp>, AlarmError> {
    let mut next = None;
    for institution in store.institutions() {
        let in_one = ring_in(door, store, institution, clock.now()).await?;
        next = in_one.into_iter().chain(next).min();
    }
    Ok(next)
}

/// Does what is due in one institution by its records, and tells when something falls due next.
pub(crate) async fn ring_in(
    door: &Door,
    store: &Store,
    institution: InstitutionId,
    now: Timestamp,
) -> Result<Option<Timestamp>, AlarmError> {
    let due = due(&store.view(institution)?, now);
    for request in due.requests {
        carry_out(door, institution, request).await?;
    }
    Ok(due.next)
}

async fn carry_out(
    door: &Door,
    institution: InstitutionId,
    request: CommandRequest,
) -> Result<(), ApplyError> {
    let what = request.command.name();
    match door.apply(Actor::system(institution), request).await? {
        Outcome::Applied { seq, .. } => tracing::info!(what, %seq, "fell due"),
        // Somebody was quicker by a moment.
        Outcome::Rejected { rejection, .. } => {
            tracing::debug!(what, code = ?rejection.code, "no longer due");
        }
    }
    Ok(())
}

/// Waits until the clock shows `at`; for ever where there is nothing to wait for.
async fn until(clock: &Clock, at: Option<Timestamp>) {
    let Some(at) = at else {
        return std::future::pending().await;
    };
    while let Ok(missing_ms @ 1..) = u64::try_from(at.since_ms(clock.now())) {
        let wait = Duration::from_millis(missing_ms);
        // A clock that stands still may be set going.
        let wait = if clock.rate() == 0.0 {
            LONGEST_WAIT
        } else {
            wait.div_f64(clock.rate())
        };
        tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
    }
}
