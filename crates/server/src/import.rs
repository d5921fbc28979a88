//! Reference records from CSV files: the institution, its people, venues, timetables, sittings with
//! their batches, registrations.
//!
//! Reading the files ([`sheet`]) and planning what they change ([`plan`]) touch nothing. A plan
//! with a problem is only told; one without is planned once more by the writer of the log, over
//! the records as they are then, so that nothing that happens meanwhile is lost.

mod institution;
mod people;
mod plan;
mod registrations;
mod sheet;
mod sittings;
mod table;
#[cfg(test)]
mod tests;
mod venues;

use std::{collections::BTreeMap, sync::Arc};

use elms_protocol::{Action, Actor, InstitutionId, Subject, may_by_office, may_everywhere};
use serde::Serialize;

use crate::{
    App,
    accounts::{Account, AccountsError, Brought},
    auth::{PasswordError, first_password, hash_password},
    clock::Clock,
    door::ApplyError,
    store::{Records, StoreError},
};
pub(crate) use plan::{Plan, plan};
pub(crate) use sheet::Sheet;
pub use table::{Column, Table};

/// A file as it came.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name tells which table it is: `people.csv`, `people-2026.csv`.
    pub name: String,
    /// What is in it: CSV in UTF-8.
    pub bytes: Vec<u8>,
}

/// Something in a file that cannot be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The row as a spreadsheet numbers it; 1 is the row of the names. 0 is the whole file.
    pub row: usize,
    /// The column; empty when it is none in particular.
    pub column: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// Rows of one table by what they do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Not there before.
    pub new: usize,
    /// There, and different now.
    pub changed: usize,
    /// There as they are.
    pub same: usize,
}

/// The password that somebody new signs in with for the first time. It is told once.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FirstPassword {
    /// Address to sign in with.
    pub email: String,
    /// The password.
    pub password: String,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FirstPassword(…)")
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether nothing was to be written.
    pub dry_run: bool,
    /// Everything that is wrong. When there is anything, nothing was written.
    pub problems: Vec<Problem>,
    /// What became of the rows of each table.
    pub tables: BTreeMap<&'static str, Counts>,
    /// The passwords of new accounts.
    pub first_passwords: Vec<FirstPassword>,
}

impl Report {
    /// Whether the rows change anything at all.
    pub fn changes(&self) -> bool {
        self.tables
            .values()
            .any(|counts| 0 < counts.new || 0 < counts.changed)
    }

    /// What changes, in one sentence for the log.
    pub fn sentence(&self) -> String {
        let told = |(table, counts): (&&str, &Counts)| {
            let Counts { new, changed, .. } = counts;
            (0 < new + changed).then(|| format!("{table}: {new} new, {changed} changed"))
        };
        let parts: Vec<String> = self.tables.iter().filter_map(told).collect();
        format!("Records brought in. {}.", parts.join("; "))
    }
}

/// Why an import was not even planned, or could not be finished.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The person may not bring in this table.
    #[error("your role does not bring in {0}")]
    Forbidden(&'static str),
    /// The accounts file failed.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The log could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log could not be written.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The server stops.
    #[error("the server is stopping")]
    Stopping,
}

/// The files as rows, and everything that is wrong with them already.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) problems: Vec<Problem>,
}

/// What the writer of the log is asked to bring in.
#[derive(Debug)]
pub(crate) struct Renewal {
    pub(crate) actor: Actor,
    pub(crate) draft: Arc<Draft>,
    pub(crate) accounts: Vec<Account>,
}

/// Brings `files` into the institution of `actor`, or says what is wrong with them. With
/// `dry_run` nothing is written in any case.
///
/// # Errors
///
/// [`ImportError::Forbidden`] before anything is looked at; the others when something could not
/// be read or written. Accounts are written before records: an import that fails in between is
/// finished by repeating it, and whose first password was not told then gets another one.
pub async fn bring_in(
    app: &App,
    actor: Actor,
    files: &[File],
    dry_run: bool,
) -> Result<Report, ImportError> {
    let draft = Arc::new(read(files));
    allowed(&actor, &draft)?;
    let accounts = accounts(app).await?;
    let base = records(app, actor.institution)?;
    let planned = plan(&draft, &base, &accounts, &actor);
    if dry_run || !planned.report.problems.is_empty() {
        return Ok(Report {
            dry_run,
            ..planned.report
        });
    }
    let first_passwords = put_accounts(app, planned.people).await?;
    let renewal = Renewal {
        draft,
        accounts: self::accounts(app).await?,
        actor: actor.clone(),
    };
    // Somebody may have changed something since: the passwords of new accounts are told all the
    // same, as they are told only once.
    let problems = app.door.renew(renewal).await?;
    Ok(Report {
        problems,
        first_passwords,
        ..planned.report
    })
}

/// Which institution the files say they are about.
pub fn institution_of(files: &[File]) -> Option<InstitutionId> {
    institution::number_in(&read(files))
}

fn read(files: &[File]) -> Draft {
    let mut draft = Draft::default();
    for file in files {
        match Sheet::read(file, &mut draft.problems) {
            Some(twin) if draft.sheets.iter().any(|sheet| sheet.table == twin.table) => {
                let message = format!("There are two files of {}.", twin.table.name());
                draft.problems.push(twin.whole(message));
            }
            Some(sheet) => draft.sheets.push(sheet),
            None => {}
        }
    }
    draft.sheets.sort_by_key(|sheet| sheet.table);
    draft
}

fn allowed(actor: &Actor, draft: &Draft) -> Result<(), ImportError> {
    let right = |table| match table {
        Table::Institution => Action::EditPolicy,
        Table::People => Action::ManageUsers,
        Table::Venues => Action::ManageVenues,
        Table::Timetables | Table::Sittings | Table::Registrations => Action::EditTimetable,
    };
    let office = |action| may_by_office(actor, action, Subject::default());
    if !office(Action::ManageVenues) {
        return Err(ImportError::Forbidden("records"));
    }
    // What belongs to no faculty is not for those who are limited to one.
    let of_faculty = |table| {
        matches!(
            table,
            Table::People | Table::Sittings | Table::Registrations
        )
    };
    let allowed = |table: &Table| {
        let action = right(*table);
        may_everywhere(actor, action)
            || (actor.faculty.is_some() && of_faculty(*table) && office(action))
    };
    let mut tables = draft.sheets.iter().map(|sheet| sheet.table);
    match tables.find(|table| !allowed(table)) {
        Some(table) => Err(ImportError::Forbidden(table.name())),
        None => Ok(()),
    }
}

fn records(app: &App, institution: InstitutionId) -> Result<Records, StoreError> {
    match app.store.view(institution) {
        Err(StoreError::NoInstitution(_)) => Ok(Records::default()),
        found => found,
    }
}

async fn accounts(app: &App) -> Result<Vec<Account>, ImportError> {
    let auth = app.auth.clone();
    let listed = tokio::task::spawn_blocking(move || auth.accounts().list()).await;
    Ok(listed.map_err(|_ended| ImportError::Stopping)??)
}

/// Writes new and changed accounts, all or none, and tells the passwords of the new ones.
async fn put_accounts(
    app: &App,
    people: Vec<people::Planned>,
) -> Result<Vec<FirstPassword>, ImportError> {
    let auth = app.auth.clone();
    let put = tokio::task::spawn_blocking(move || {
        let (mut planned, mut told) = (Vec::new(), Vec::new());
        for person in people {
            let mut hash = None;
            if person.is_new || person.is_untold {
                let (password, email) = (first_password(), person.account.email.clone());
                hash = Some(hash_password(&password)?);
                told.push(FirstPassword { email, password });
            }
            planned.push(match (hash, person.is_new) {
                (Some(hash), true) => Brought::New(person.account, hash),
                (hash, _) => Brought::Changed(person.account, hash),
            });
        }
        auth.accounts().bring_in(&planned, Clock::real_now())?;
        Ok(told)
    });
    put.await.map_err(|_ended| ImportError::Stopping)?
}
