//! Which commands are under way: a few at a time, one for each record, the same id again until
//! there is an outcome.

use std::collections::VecDeque;

use elms_protocol::CommandId;

use super::{At, Effect, Job, Session};
use crate::clock::Mono;

/// Commands under way at a time.
const AT_ONCE: usize = 4;
/// Commands in one second: half of what a server bears before it takes a station for a flood.
const IN_A_SECOND: usize = 100;
/// How long an answer may take.
const ANSWER_MS: i64 = 10_000;
/// How long an unanswered command rests before it is sent again.
const REST_MS: i64 = 2_000;

/// A command under way.
#[derive(Debug, Clone)]
struct Flight {
    job: Job,
    until: Mono,
}

/// All that is under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Flights {
    under_way: Vec<Flight>,
    /// Sent before, without an outcome; not again before then.
    resting: Vec<(CommandId, Mono)>,
    look_at: Option<Mono>,
    /// When the last ones were sent.
    sent: VecDeque<Mono>,
}

impl Flights {
    /// Forgets all; what had no answer.
    pub(super) fn drop_all(&mut self) -> Vec<CommandId> {
        self.look_at = None;
        self.resting.clear();
        self.under_way
            .drain(..)
            .map(|flight| flight.job.id)
            .collect()
    }

    /// When an answer is overdue or the outbox is to be looked into.
    pub(super) fn due(&self) -> Option<Mono> {
        let overdue = self.under_way.iter().map(|flight| flight.until);
        overdue.chain(self.look_at).min()
    }

    /// Whether another one may be sent now; if not, it is looked for later.
    fn is_in_pace(&mut self, now: Mono) -> bool {
        self.sent.retain(|sent| now.since(*sent) < 1_000);
        let Some(first) = self
            .sent
            .front()
            .copied()
            .filter(|_| IN_A_SECOND <= self.sent.len())
        else {
            return true;
        };
        self.look_later(first.plus(1_000));
        false
    }

    fn may_start(&self, job: &Job, now: Mono) -> bool {
        if self
            .resting
            .iter()
            .any(|(id, until)| *id == job.id && now < *until)
        {
            return false;
        }
        let clashes = |flight: &Flight| flight.job.id == job.id || flight.job.about == job.about;
        self.under_way.len() < AT_ONCE && !self.under_way.iter().any(clashes)
    }

    fn take_overdue(&mut self, now: Mono) -> Vec<CommandId> {
        let overdue = self.under_way.extract_if(.., |flight| flight.until <= now);
        overdue.map(|flight| flight.job.id).collect()
    }

    fn rest(&mut self, id: CommandId, until: Mono) {
        self.resting.retain(|(other, _)| *other != id);
        self.resting.push((id, until));
        self.look_later(until);
    }

    /// Whoever has rested long enough may start; the outbox is looked into again when the next one has.
    fn wake(&mut self, now: Mono) {
        self.resting.retain(|(_, until)| now < *until);
        self.look_at = self.resting.iter().map(|(_, until)| *until).min();
    }

    fn look_later(&mut self, due: Mono) {
        self.look_at = Some(self.look_at.map_or(due, |known| known.min(due)));
    }
}

impl Session {
    /// Looks into the outbox, if anything could be sent.
    pub(super) fn look(&mut self, _at: At) -> Vec<Effect> {
        if self.is_live() && !self.serves_original() {
            vec![Effect::LookForWork]
        } else {
            Vec::new()
        }
    }

    pub(super) fn work(&mut self, jobs: Vec<Job>, at: At) -> Vec<Effect> {
        if !self.is_live() || self.serves_original() {
            return Vec::new();
        }
        let mut effects = Vec::new();
        for job in jobs {
            if self.flights.may_start(&job, at.now) && self.flights.is_in_pace(at.now) {
                self.flights.sent.push_back(at.now);
                effects.push(Effect::Send(job.id));
                self.flights.under_way.push(Flight {
                    job,
                    until: at.now.plus(ANSWER_MS),
                });
            }
        }
        effects
    }

    pub(super) fn settled(&mut self, id: CommandId, at: At) -> Vec<Effect> {
        self.flights.under_way.retain(|flight| flight.job.id != id);
        self.look(at)
    }

    pub(super) fn postponed(&mut self, id: CommandId, ms: i64, at: At) -> Vec<Effect> {
        self.flights.under_way.retain(|flight| flight.job.id != id);
        self.flights.rest(id, at.now.plus(ms.max(REST_MS)));
        vec![Effect::Rest(vec![id])]
    }

    pub(super) fn sending_time(&mut self, at: At) -> Vec<Effect> {
        let mut effects = Vec::new();
        let overdue = self.flights.take_overdue(at.now);
        for id in &overdue {
            self.flights.rest(*id, at.now.plus(REST_MS));
        }
        if !overdue.is_empty() {
            effects.push(Effect::Rest(overdue));
        }
        if self.flights.look_at.is_some_and(|due| due <= at.now) {
            self.flights.wake(at.now);
            effects.extend(self.look(at));
        }
        effects
    }
}
