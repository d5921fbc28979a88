//! The way of a batch in eight stops, from the print room back to the registry: what its record and
//! that of its sitting tell of each.

use serde::{Deserialize, Serialize};

use crate::{Batch, BatchStatus, Policy, Sitting, Step, Timestamp};

/// Milliseconds of a minute and of a day.
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 1_440 * MINUTE_MS;

/// A stop on the way of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stop {
    /// The papers are printed.
    Printed,
    /// The hall has signed for them, or writes already.
    Issued,
    /// The scripts come in.
    Collected,
    /// Two people have counted the same.
    Counted,
    /// Under seal.
    Sealed,
    /// On its way to the lecturer.
    InTransit,
    /// With the lecturer.
    WithLecturer,
    /// Back at the registry.
    Returned,
}

impl Stop {
    /// All stops, in the order of the way.
    pub const ALL: [Self; 8] = [
        Self::Printed,
        Self::Issued,
        Self::Collected,
        Self::Counted,
        Self::Sealed,
        Self::InTransit,
        Self::WithLecturer,
        Self::Returned,
    ];
}

/// Where a batch is, seen from a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StopState {
    /// It was there, and the record says when.
    Passed,
    /// It is further on, and nobody wrote this stop down.
    Unnoted,
    /// It is there.
    Here,
    /// It is still to come there.
    ToCome,
}

/// What is known of a batch at one stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WayStop {
    /// Which stop.
    pub stop: Stop,
    /// Whether the batch was there.
    pub state: StopState,
    /// When, corrected.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub at: Option<Timestamp>,
    /// Until when, where it took some time.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub until: Option<Timestamp>,
    /// By when it is to be there, as the institution wants it; none once it was, and where nothing is
    /// known from which that could be counted.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub by: Option<Timestamp>,
    /// Who did it or answers for it, in the order in which they did.
    pub people: Vec<String>,
    /// Where, or who held it.
    pub place: Option<String>,
    /// Papers or scripts.
    pub n: Option<i64>,
}

impl WayStop {
    /// A stop of which nothing is known.
    fn unknown(stop: Stop) -> Self {
        Self {
            stop,
            state: StopState::ToCome,
            at: None,
            until: None,
            by: None,
            people: Vec::new(),
            place: None,
            n: None,
        }
    }
}

/// The eight stops of `batch`, whose sitting is `sitting`.
pub fn way_of(batch: &Batch, sitting: Option<&Sitting>, policy: &Policy) -> Vec<WayStop> {
    let here = reached(batch, sitting);
    let stops = Stop::ALL.into_iter();
    stops
        .map(|stop| {
            let known = known(stop, batch, sitting);
            let state = match here {
                Some(here) if stop == here => StopState::Here,
                Some(here) if stop < here && known.at.is_some() => StopState::Passed,
                Some(here) if stop < here => StopState::Unnoted,
                Some(_) | None => StopState::ToCome,
            };
            let is_ahead = state == StopState::ToCome;
            let by = is_ahead
                .then(|| due(stop, (batch, sitting), policy))
                .flatten();
            WayStop { state, by, ..known }
        })
        .collect()
}

/// By when a batch is to be at a stop.
fn due(
    stop: Stop,
    (batch, sitting): (&Batch, Option<&Sitting>),
    policy: &Policy,
) -> Option<Timestamp> {
    let after = |from: Timestamp, n: i64, each_ms: i64| from.plus_ms(n.saturating_mul(each_ms));
    match stop {
        Stop::Sealed => {
            let end = sitting?.effective_end();
            Some(after(end, policy.seal_within_min, MINUTE_MS))
        }
        Stop::InTransit => Some(after(batch.sealed_at?, policy.fetch_within_min, MINUTE_MS)),
        Stop::Returned => {
            let taken = last(batch, BatchStatus::WithLecturer)?;
            Some(after(taken.at, policy.mark_within_days, DAY_MS))
        }
        Stop::Printed | Stop::Issued | Stop::Collected | Stop::Counted | Stop::WithLecturer => None,
    }
}

/// How far it has come; none while nothing is known to be printed.
fn reached(batch: &Batch, sitting: Option<&Sitting>) -> Option<Stop> {
    match batch.status {
        BatchStatus::Pending => before_collection(batch, sitting),
        BatchStatus::InCollection if is_counted(batch) => Some(Stop::Counted),
        BatchStatus::InCollection => Some(Stop::Collected),
        BatchStatus::Sealed => Some(Stop::Sealed),
        BatchStatus::InTransit => Some(Stop::InTransit),
        BatchStatus::WithLecturer
        | BatchStatus::GradingInProgress
        | BatchStatus::GradingCompleted => Some(Stop::WithLecturer),
        BatchStatus::ReturnedToRegistry | BatchStatus::Archived => Some(Stop::Returned),
    }
}

/// Whoever writes has the papers, signed for or not.
fn before_collection(batch: &Batch, sitting: Option<&Sitting>) -> Option<Stop> {
    let in_the_hall = |sitting: &Sitting| sitting.papers.is_some() || sitting.started_at.is_some();
    if sitting.is_some_and(in_the_hall) {
        return Some(Stop::Issued);
    }
    batch.printed.as_ref().map(|_| Stop::Printed)
}

/// One person has one count, so two that are alike are by two people.
fn is_counted(batch: &Batch) -> bool {
    let mut counts = batch.counts.iter().map(|declared| declared.count);
    let first = counts.next();
    let mut others = counts.peekable();
    others.peek().is_some() && others.all(|count| Some(count) == first)
}

fn known(stop: Stop, batch: &Batch, sitting: Option<&Sitting>) -> WayStop {
    match stop {
        Stop::Printed => printed(batch, stop),
        Stop::Issued => issued(sitting, stop),
        Stop::Collected => collected(batch, stop),
        Stop::Counted => counted(batch, stop),
        Stop::Sealed => sealed(batch, stop),
        Stop::InTransit => held(last(batch, BatchStatus::InTransit), stop),
        Stop::WithLecturer => with_lecturer(batch, stop),
        Stop::Returned => held(last(batch, BatchStatus::ReturnedToRegistry), stop),
    }
}

fn printed(batch: &Batch, stop: Stop) -> WayStop {
    let Some(printed) = &batch.printed else {
        return WayStop::unknown(stop);
    };
    WayStop {
        at: Some(printed.at),
        people: printed.noted.by.iter().cloned().collect(),
        place: Some(printed.place.clone()),
        n: Some(printed.papers()),
        ..WayStop::unknown(stop)
    }
}

fn issued(sitting: Option<&Sitting>, stop: Stop) -> WayStop {
    let Some(papers) = sitting.and_then(|sitting| sitting.papers.as_ref()) else {
        return WayStop::unknown(stop);
    };
    WayStop {
        at: Some(papers.signed.at),
        people: papers.signed.by.iter().cloned().collect(),
        n: papers.count,
        ..WayStop::unknown(stop)
    }
}

fn collected(batch: &Batch, stop: Stop) -> WayStop {
    let Some(begun) = last(batch, BatchStatus::InCollection) else {
        return WayStop::unknown(stop);
    };
    let last_in = batch.collected.last().map(|counted| counted.at);
    WayStop {
        at: Some(begun.at),
        until: last_in.filter(|at| begun.at < *at),
        people: names(begun),
        n: Some(batch.scripts_collected),
        ..WayStop::unknown(stop)
    }
}

fn counted(batch: &Batch, stop: Stop) -> WayStop {
    let times = batch.counts.iter().filter_map(|count| count.trace.as_ref());
    let mut times = times.map(|trace| trace.at);
    let at = times.next();
    WayStop {
        at,
        until: times.next_back(),
        people: batch
            .counts
            .iter()
            .map(|count| count.by.name.clone())
            .collect(),
        n: batch.counts.last().map(|declared| declared.count),
        ..WayStop::unknown(stop)
    }
}

fn sealed(batch: &Batch, stop: Stop) -> WayStop {
    let by = batch.sealed_by.iter().chain(&batch.seal_witness);
    WayStop {
        at: batch.sealed_at,
        people: by.map(|named| named.name.clone()).collect(),
        place: batch.seal_number.clone(),
        n: batch.sealed_at.map(|_| batch.scripts_collected),
        ..WayStop::unknown(stop)
    }
}

fn with_lecturer(batch: &Batch, stop: Stop) -> WayStop {
    let lecturer = batch.lecturer.iter().map(|named| named.name.clone());
    let people = lecturer.collect();
    let taken = last(batch, BatchStatus::WithLecturer);
    WayStop {
        people,
        ..held(taken, stop)
    }
}

fn held(found: Option<&Step>, stop: Stop) -> WayStop {
    let Some(found) = found else {
        return WayStop::unknown(stop);
    };
    WayStop {
        at: Some(found.at),
        people: names(found),
        place: Some(found.holder.clone()),
        ..WayStop::unknown(stop)
    }
}

fn last(batch: &Batch, status: BatchStatus) -> Option<&Step> {
    batch.steps.iter().rfind(|step| step.status == status)
}

fn names(step: &Step) -> Vec<String> {
    step.by.iter().map(|by| by.name.clone()).collect()
}

#[cfg(test)]
mod tests;
