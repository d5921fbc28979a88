//! One commit: the commands of a group, decided one after another over working copies.
//!
//! A working copy is a persistent map, so that giving up a group costs nothing: what readers see
//! was never touched. Each job has a savepoint, so that one that fails takes nobody with it.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use elms_protocol::{
    Actor, Command, CommandId, CommandRequest, InstitutionId, NoteImport, Outcome, Rejection,
    RejectionCode, Times, Timestamp, decide,
};
use sha2::{Digest as _, Sha256};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{ApplyError, Job, keeping::keep, working::Working};
use crate::import::{Problem, Renewal, plan};
use crate::store::{Disk, Store, StoreError};

type Asker<T> = oneshot::Sender<Result<T, ApplyError>>;

/// Who waits, and what is said once the commit is done.
enum Answer {
    Command(Asker<Outcome>, Result<Outcome, ApplyError>),
    Import(Asker<()>, Result<(), ApplyError>),
    Renew(Asker<Vec<Problem>>, Result<Vec<Problem>, ApplyError>),
}

/// What is written together.
pub(super) struct Group<'a> {
    disk: &'a Disk,
    store: &'a Store,
    now: Timestamp,
    working: BTreeMap<InstitutionId, Working>,
    answers: Vec<Answer>,
}

impl<'a> Group<'a> {
    pub(super) fn new(disk: &'a Disk, store: &'a Store, now: Timestamp) -> Self {
        Self {
            disk,
            store,
            now,
            working: BTreeMap::new(),
            answers: Vec::new(),
        }
    }

    /// Writes all, commits, shows, answers. When that fails nothing is shown and everybody is
    /// told to come again.
    pub(super) fn carry_out(mut self, jobs: impl Iterator<Item = Job>) {
        let begun = self.disk.conn.execute_batch("BEGIN IMMEDIATE");
        for job in jobs {
            self.job(job);
        }
        let written = begun.map_err(StoreError::from);
        match written.and_then(|()| self.commit()) {
            Ok(()) => self.show(),
            Err(error) => self.give_up(&error),
        }
    }

    fn job(&mut self, job: Job) {
        let (disk, now) = (self.disk, self.now);
        match job {
            Job::Command(actor, request, asker) => {
                let done = self.apart(actor.institution, |working| {
                    command(disk, working, (&actor, &request), now)
                });
                self.answers.push(Answer::Command(asker, done));
            }
            Job::Import(import, asker) => {
                let done = self.apart(import.institution, |working| {
                    let mut records = import.records.into_iter();
                    records.try_for_each(|record| working.put(disk, record))
                });
                self.answers.push(Answer::Import(asker, done));
            }
            Job::Keep(institution, what, by, asker) => {
                let done = self.apart(institution, |working| {
                    keep(disk, working, (&what, &by), now)
                });
                self.answers.push(Answer::Import(asker, done));
            }
            Job::Renew(renewal, asker) => {
                let done = self.apart(renewal.actor.institution, |working| {
                    renew(disk, working, &renewal, now)
                });
                self.answers.push(Answer::Renew(asker, done));
            }
        }
    }

    /// Does one thing behind a savepoint: an error, or a fault in a rule, undoes it and only it.
    fn apart<T>(
        &mut self,
        institution: InstitutionId,
        work: impl FnOnce(&mut Working) -> Result<T, StoreError>,
    ) -> Result<T, ApplyError> {
        let done = self.behind_savepoint(institution, work);
        done.map_err(|error| {
            if let StoreError::Kept(why) = error {
                return ApplyError::Kept(why);
            }
            tracing::error!(%error, "a command could not be carried out");
            ApplyError::Storage(error.to_string())
        })
    }

    fn behind_savepoint<T>(
        &mut self,
        institution: InstitutionId,
        work: impl FnOnce(&mut Working) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.disk.conn.is_autocommit() {
            // SQLite has given up the transaction (the disk is full): nothing may be written now.
            return Err(StoreError::GivenUp);
        }
        let mut working = match self.working.remove(&institution) {
            Some(working) => working,
            None => Working::load(self.disk, self.store, institution)?,
        };
        let before = working.mark();
        self.disk.conn.execute_batch("SAVEPOINT job")?;
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut working)));
        let done = done.unwrap_or(Err(StoreError::Fault));
        if done.is_err() {
            working.back_to(before);
        }
        self.working.insert(institution, working);
        let end = match &done {
            Ok(_) => "RELEASE job",
            Err(_) => "ROLLBACK TO job; RELEASE job",
        };
        self.disk.conn.execute_batch(end)?;
        done
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if self.disk.conn.is_autocommit() {
            // Given up already: what is written now would stand alone.
            return Err(StoreError::GivenUp);
        }
        for working in self.working.values_mut() {
            working.advance(self.disk)?;
        }
        Ok(self.disk.conn.execute_batch("COMMIT")?)
    }

    fn show(self) {
        for working in self.working.into_values() {
            working.show(self.store);
        }
        for answer in self.answers {
            // An asker who is gone asks again with the same id.
            match answer {
                Answer::Command(asker, outcome) => drop(asker.send(outcome)),
                Answer::Import(asker, done) => drop(asker.send(done)),
                Answer::Renew(asker, done) => drop(asker.send(done)),
            }
        }
    }

    fn give_up(self, error: &StoreError) {
        tracing::error!(%error, "the log could not be written");
        // Fails when SQLite has rolled back by itself.
        drop(self.disk.conn.execute_batch("ROLLBACK"));
        let error = ApplyError::Storage(error.to_string());
        for answer in self.answers {
            match answer {
                Answer::Command(asker, _) => drop(asker.send(Err(error.clone()))),
                Answer::Import(asker, _) => drop(asker.send(Err(error.clone()))),
                Answer::Renew(asker, _) => drop(asker.send(Err(error.clone()))),
            }
        }
    }
}

/// Gives the answer given before, or decides and writes what follows from it.
pub(super) fn command(
    disk: &Disk,
    working: &mut Working,
    (actor, request): (&Actor, &CommandRequest),
    now: Timestamp,
) -> Result<Outcome, StoreError> {
    let command_id = request.command_id;
    let body_hash = hash_of(&request.command)?;
    if let Some(before) = disk.answered(actor.institution, actor.user, command_id)? {
        // Of what was erased nothing is known but that it was answered.
        if before.body_hash.is_empty() || before.body_hash == body_hash {
            return Ok(before.outcome);
        }
        let message = "This id was used before for another command.";
        let rejection = Rejection::new(RejectionCode::KeyReused, message);
        return Ok(Outcome::Rejected {
            command_id,
            rejection,
        });
    }
    let outcome = match decide(actor, request, working.records(), now) {
        Ok(facts) => working.log(disk, (actor, request), &facts, now)?,
        Err(rejection) => Outcome::Rejected {
            command_id,
            rejection,
        },
    };
    disk.remember(actor.institution, actor.user, &body_hash, &outcome)?;
    Ok(outcome)
}

/// Plans an import over the records as they are, writes what changes, and notes it in the log so
/// that stations take a new copy.
fn renew(
    disk: &Disk,
    working: &mut Working,
    renewal: &Renewal,
    now: Timestamp,
) -> Result<Vec<Problem>, StoreError> {
    let before = working.records().clone();
    let planned = plan(&renewal.draft, &before, &renewal.accounts, &renewal.actor);
    if !planned.report.problems.is_empty() {
        return Ok(planned.report.problems);
    }
    let records = planned.records();
    if records.is_empty() {
        return Ok(Vec::new());
    }
    for record in records {
        working.put(disk, record)?;
    }
    let note = NoteImport {
        text: planned.report.sentence(),
        by: renewal.actor.name.clone(),
    };
    let request = CommandRequest {
        command_id: CommandId(Uuid::now_v7()),
        times: Times::at(now),
        command: note.into(),
    };
    let system = Actor::system(renewal.actor.institution);
    match command(disk, working, (&system, &request), now)? {
        Outcome::Applied { .. } => Ok(Vec::new()),
        Outcome::Rejected { .. } => Err(StoreError::Fault),
    }
}

/// Tells one command from another. Times do not count: a station may have measured its clock anew
/// when it repeats a command.
fn hash_of(command: &Command) -> Result<Vec<u8>, StoreError> {
    Ok(Sha256::digest(serde_json::to_vec(command)?).to_vec())
}
