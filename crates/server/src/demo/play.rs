//! Plays the demo day: each command through the door, as its author, at its time by the clock.

use std::time::Duration;

use elms_protocol::{Outcome, Seq, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{DAY_BEGINS, DAY_ENDS, DemoError, Step, day, day::INSTITUTION};
use crate::{alarm, clock::Clock, door::Door, store::Store};

/// The longest wait before the clock is looked at again: it may have jumped.
const LONGEST_WAIT: Duration = Duration::from_millis(250);

/// A clock that stands still is looked at as if it ran this fast.
const SLOWEST: f64 = 0.001;

/// How a day is played.
#[derive(Debug, Clone, Copy)]
pub struct Play {
    /// How many times faster than the machine's clock.
    pub speed: f64,
    /// What was received up to here has happened already when the playing begins.
    pub from: Timestamp,
}

/// Plays the day to its end, or until `stop`. Returns how many of its commands were accepted.
///
/// Commands have ids made from their places in the day, so that playing again what the log has
/// changes nothing: a restarted server goes on where its log stands, even where `how.from` is
/// earlier. A command that no longer fits, because somebody has done it by hand, is passed over.
///
/// # Errors
///
/// When the demo data or the log cannot be read.
pub async fn play(
    door: Door,
    store: Store,
    clock: Clock,
    how: Play,
    stop: CancellationToken,
) -> Result<usize, DemoError> {
    let steps = day()?;
    let from = how.from.max(stands_at(&store)?);
    let n_done = steps.partition_point(|step| step.at <= from);
    let (done, to_come) = steps.split_at(n_done);
    let mut n_accepted = 0;
    // The clock stands still while the past is told, so that each event has its own time.
    clock.run_at(0.0);
    clock.jump(stands_at(&store)?);
    for step in done {
        if stop.is_cancelled() {
            return Ok(n_accepted);
        }
        tell_due(&door, &store, &clock, step.at).await?;
        n_accepted += usize::from(carry_out(&door, step).await);
    }
    tell_due(&door, &store, &clock, from).await?;
    clock.run_at(how.speed);
    for step in to_come {
        let wait = until(&clock, step.at);
        if stop.run_until_cancelled(wait).await.is_none() {
            return Ok(n_accepted);
        }
        n_accepted += usize::from(carry_out(&door, step).await);
    }
    let end = until(&clock, DAY_ENDS);
    if stop.run_until_cancelled(end).await.is_some() {
        clock.run_at(1.0);
        tracing::info!(n_accepted, "the demo day is over");
    }
    Ok(n_accepted)
}

/// Takes the clock to `at`, with what falls due on the way at its own time. From then on the
/// server's alarm does that.
async fn tell_due(
    door: &Door,
    store: &Store,
    clock: &Clock,
    at: Timestamp,
) -> Result<(), DemoError> {
    while let Some(next) = alarm::ring_in(door, store, INSTITUTION, clock.now())
        .await
        .map_err(|error| DemoError::Due(error.to_string()))?
        && next <= at
    {
        clock.jump(next);
    }
    clock.jump(at);
    Ok(())
}

/// When the last event of the log was received; the beginning of the day for an empty log.
fn stands_at(store: &Store) -> Result<Timestamp, DemoError> {
    let head = store.cursor(INSTITUTION)?.seq;
    let before = Seq(head.0.saturating_sub(1));
    let last = store.events(INSTITUTION, before, 1)?;
    Ok(last
        .first()
        .map_or(DAY_BEGINS, |logged| logged.event.timestamp))
}

/// Waits until the clock shows `at`.
async fn until(clock: &Clock, at: Timestamp) {
    while let Ok(missing_ms @ 1..) = u64::try_from(at.since_ms(clock.now())) {
        let wait = Duration::from_millis(missing_ms).div_f64(clock.rate().max(SLOWEST));
        tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
    }
}

/// Whether the command was accepted, now or before.
async fn carry_out(door: &Door, step: &Step) -> bool {
    let what = step.request.command.name();
    match door.apply(step.actor.clone(), step.request.clone()).await {
        Ok(Outcome::Applied { .. }) => true,
        Ok(Outcome::Rejected { rejection, .. }) => {
            tracing::debug!(what, code = ?rejection.code, "a step of the demo day no longer fits");
            false
        }
        Err(error) => {
            tracing::warn!(what, %error, "a step of the demo day could not be done");
            false
        }
    }
}

#[cfg(test)]
mod tests;
