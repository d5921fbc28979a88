//! Staff: each is an account and a person of the records.

use elms_protocol::{DepartmentId, FacultyId, Named, Person, Record, Role, UserId, View as _};

use super::{
    Plan, Problem, Sheet, Table,
    plan::{Names, rows},
    sheet::Row,
};
use crate::accounts::{Account, address, staff_number};

/// The largest number of a faculty or department.
pub(super) const LARGEST: i64 = 1_000_000;

/// An account to be made or changed.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) account: Account,
    pub(crate) is_new: bool,
    /// It is there, but an import was cut short before its first password was told: it gets
    /// another one.
    pub(crate) is_untold: bool,
}

pub(super) fn add(plan: &mut Plan<'_>, sheet: &Sheet) {
    let (mut names, mut cards) = (Names::by("email"), Names::by("staff_number"));
    for row in rows(sheet) {
        let Some(account) = read(plan, row) else {
            continue;
        };
        let first = names.first(row, &account.email).and_then(|()| {
            let number = account.staff_number.as_deref();
            number.map_or(Ok(()), |number| cards.first(row, number))
        });
        if plan.take(first).is_some() {
            put(plan, account);
        }
    }
}

fn read(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Account> {
    let email = row.text("email").and_then(|text| {
        let message = format!("`{text}` is no address.");
        address(&text).ok_or_else(|| row.problem("email", message))
    });
    let (email, name) = (plan.take(email), plan.take(row.text("name")));
    let role = plan.take(row.role("role"));
    let faculty = plan.take(row.number("faculty", 1, LARGEST));
    let department = plan.take(row.number("department", 1, LARGEST));
    let number = plan.take(staff_number_in(row));
    let email = email?;
    let before = known(plan, &email);
    // A file without the column says nothing of the cards.
    let had = before.as_ref().and_then(|had| had.staff_number.clone());
    let number = number?;
    let staff_number = if row.has("staff_number") { number } else { had };
    let id = before.as_ref().map(|account| account.id);
    let account = Account {
        // A person who is not there yet has a number that nobody has, until the account is made.
        id: id.unwrap_or_else(|| UserId(-(i64::try_from(row.number).unwrap_or(i64::MAX)))),
        active: before.as_ref().is_none_or(|account| account.active),
        email,
        staff_number,
        name: name?,
        role: role?,
        institution: Some(plan.actor.institution),
        faculty: faculty?.map(FacultyId),
        department: department?.map(DepartmentId),
        demo: before.as_ref().is_some_and(|account| account.demo),
        first_password: before.as_ref().is_none_or(|account| account.first_password),
    };
    let right = may_put(plan, row, &account, before.as_ref());
    plan.take(right).map(|()| account)
}

/// The number of the card; none where the cell is empty.
fn staff_number_in(row: Row<'_>) -> Result<Option<String>, Problem> {
    let text = row.line("staff_number")?;
    if text.is_empty() {
        return Ok(None);
    }
    let message = format!("`{text}` is no staff number: up to 32 letters, digits, and - / . _");
    let number = staff_number(&text).ok_or_else(|| row.problem("staff_number", message))?;
    Ok(Some(number))
}

fn known(plan: &Plan<'_>, email: &str) -> Option<Account> {
    let mut accounts = plan.accounts.iter();
    accounts.find(|account| account.email == email).cloned()
}

/// An account of another institution is nobody's here; an officer looks after invigilators and
/// script handlers, an administrator after the rest.
fn may_put(
    plan: &Plan<'_>,
    row: Row<'_>,
    account: &Account,
    before: Option<&Account>,
) -> Result<(), Problem> {
    if before.is_some_and(|before| before.institution != account.institution) {
        return Err(row.problem("email", "This address belongs to another account."));
    }
    if has_card_of_another(plan, account) {
        let message = "This staff number belongs to another account.";
        return Err(row.problem("staff_number", message));
    }
    let faculties = [Some(account.faculty), before.map(|before| before.faculty)];
    if faculties
        .into_iter()
        .flatten()
        .any(|faculty| plan.is_foreign(faculty))
    {
        return Err(row.problem("faculty", "This account is not of your faculty."));
    }
    let roles = [Some(account.role), before.map(|before| before.role)];
    if roles.contains(&Some(Role::SuperAdmin)) {
        let message = "Who runs the machine is added with `elms-server user add`.";
        return Err(row.problem("role", message));
    }
    let all = plan.actor.user.is_none() || plan.actor.roles.contains(&Role::Admin);
    let simple = |role: &Role| matches!(role, Role::Invigilator | Role::ScriptHandler);
    if !all && !roles.iter().flatten().all(simple) {
        let message = "An exams officer brings in invigilators and script handlers; \
                       an administrator brings in the others.";
        return Err(row.problem("role", message));
    }
    Ok(())
}

/// Whether a colleague has this staff number; one of another institution may.
fn has_card_of_another(plan: &Plan<'_>, account: &Account) -> bool {
    let Some(number) = &account.staff_number else {
        return false;
    };
    plan.accounts.iter().any(|other| {
        let theirs = other.staff_number.as_ref();
        other.institution == account.institution
            && other.email != account.email
            && theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(number))
    })
}

fn put(plan: &mut Plan<'_>, account: Account) {
    let person = Person {
        id: account.id,
        name: account.name.clone(),
        role: account.role,
        faculty_id: account.faculty,
        department_id: account.department,
    };
    let before = known(plan, &account.email);
    // Whoever has signed in, or came in with an import that was finished, is in the records.
    let untold = |before: &Account| before.first_password && !plan.has_person(before.id);
    let is_untold = before.as_ref().is_some_and(untold);
    if is_untold || before.as_ref() != Some(&account) {
        let is_new = before.is_none();
        plan.people.push(Planned {
            account,
            is_new,
            is_untold,
        });
    }
    plan.put(Table::People, Record::Person(person));
}

/// The person with this address, who must be in the records of this institution.
pub(super) fn named(
    plan: &Plan<'_>,
    row: Row<'_>,
    column: &str,
    email: &str,
) -> Result<Named, Problem> {
    let planned = plan.people.iter().map(|planned| &planned.account);
    let mut all = planned.chain(plan.accounts);
    let here = Some(plan.actor.institution);
    let found = all
        .find(|account| account.institution == here && account.email.eq_ignore_ascii_case(email));
    let message = || format!("There is no account `{email}`; bring in people.csv with it.");
    let account = found.ok_or_else(|| row.problem(column, message()))?;
    let person = plan.after.person(account.id);
    Ok(Named {
        id: account.id,
        name: person.map_or_else(|| account.name.clone(), |person| person.name),
    })
}
