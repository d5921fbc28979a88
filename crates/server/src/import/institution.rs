//! The institution itself.

use elms_protocol::{Institution, InstitutionId, Policy, Record, View as _};

use super::{Draft, Plan, Problem, Sheet, Table, plan::rows, sheet::Row};

/// The largest number of an institution.
const MOST: i64 = 1_000_000;
/// Days that a station may be told to remember an event.
const DAYS: (i64, i64) = (1, 3_650);
/// From a minute to a week, in minutes.
const WEEK_MIN: (i64, i64) = (1, 10_080);
/// MiB that a station may be told to remember.
const MIB: (i64, i64) = (64, 65_536);
/// The most minutes of a rule.
const DAY_MIN: i64 = 1_440;

/// The number in the institution's file, if it is one.
pub(super) fn number_in(draft: &Draft) -> Option<InstitutionId> {
    let mut sheets = draft.sheets.iter();
    let sheet = sheets.find(|sheet| sheet.table == Table::Institution)?;
    let number = sheet.rows().next()?.some_number("number", 1, MOST).ok()?;
    Some(InstitutionId(number))
}

pub(super) fn add(plan: &mut Plan<'_>, sheet: &Sheet) {
    let rows = rows(sheet);
    if rows.len() != 1 {
        let message = format!("This file has one row, not {}.", rows.len());
        plan.report.problems.push(sheet.whole(message));
    }
    for row in rows {
        if let Some(institution) = read(plan, row) {
            plan.put(Table::Institution, Record::Institution(institution));
        }
    }
}

fn read(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Institution> {
    let here = plan.actor.institution;
    let id = row.some_number("number", 1, MOST).and_then(|number| {
        let message = format!("This is not the institution that the import is for, {here}.");
        let same = InstitutionId(number) == here;
        same.then_some(here)
            .ok_or_else(|| row.problem("number", message))
    });
    let id = plan.take(id);
    let (code, name) = (plan.take(row.text("code")), plan.take(row.text("name")));
    let timezone = plan.take(row.zone("timezone"));
    let before = plan.after.institution().map(|found| found.policy);
    let policy = policy(plan, row, before.unwrap_or_default());
    Some(Institution {
        id: id?,
        code: code?,
        name: name?,
        timezone: timezone?,
        policy,
    })
}

/// What is not in the file stays as it is.
fn policy(plan: &mut Plan<'_>, row: Row<'_>, before: Policy) -> Policy {
    let mut policy = before;
    let mut minutes = |column, rule: &mut i64| {
        let read: Result<Option<i64>, Problem> = row.number(column, 1, DAY_MIN);
        if let Some(minutes) = plan.take(read).flatten() {
            *rule = minutes;
        }
    };
    minutes("late_cutoff_min", &mut policy.late_cutoff_min);
    minutes("offer_expires_min", &mut policy.offer_expires_min);
    let [low, medium, high, critical] = &mut policy.ack_within_min;
    minutes("ack_low_min", low);
    minutes("ack_medium_min", medium);
    minutes("ack_high_min", high);
    minutes("ack_critical_min", critical);
    let mut most = |column, rule: &mut i64, (least, most)| {
        if let Some(number) = plan.take(row.number(column, least, most)).flatten() {
            *rule = number;
        }
    };
    most("seal_within_min", &mut policy.seal_within_min, WEEK_MIN);
    most("fetch_within_min", &mut policy.fetch_within_min, WEEK_MIN);
    most("mark_within_days", &mut policy.mark_within_days, DAYS);
    most("station_keep_days", &mut policy.station_keep_days, DAYS);
    most("station_keep_mib", &mut policy.station_keep_mib, MIB);
    if let Some(two) = plan.take(row.yes("seal_needs_two_people")).flatten() {
        policy.seal_needs_two_people = two;
    }
    policy
}
