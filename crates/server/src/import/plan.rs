//! What files change: pure, so that a dry run and the import itself say the same.

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{
    Action, Actor, FacultyId, Key, Kind, Record, UserId, View as _, may_everywhere,
};

use super::{
    Draft, Problem, Report, Sheet, Table, institution, people, registrations, sheet::Row, sittings,
    venues,
};
use crate::{accounts::Account, store::Records};

/// What is planned so far.
pub(crate) struct Plan<'a> {
    base: &'a Records,
    /// The records as they would be.
    pub(super) after: Records,
    touched: BTreeSet<Key>,
    pub(super) accounts: &'a [Account],
    pub(super) actor: &'a Actor,
    /// Accounts to be made or changed.
    pub(crate) people: Vec<people::Planned>,
    pub(crate) report: Report,
}

/// What the files of `draft` would change in `base`, and everything that is wrong with them.
pub(crate) fn plan<'a>(
    draft: &Draft,
    base: &'a Records,
    accounts: &'a [Account],
    actor: &'a Actor,
) -> Plan<'a> {
    let mut plan = Plan {
        base,
        after: base.clone(),
        touched: BTreeSet::new(),
        accounts,
        actor,
        people: Vec::new(),
        report: Report {
            problems: draft.problems.clone(),
            ..Report::default()
        },
    };
    for sheet in &draft.sheets {
        plan.report.tables.entry(sheet.table.name()).or_default();
        match sheet.table {
            Table::Institution => institution::add(&mut plan, sheet),
            Table::People => people::add(&mut plan, sheet),
            Table::Venues => venues::add(&mut plan, sheet),
            Table::Timetables => sittings::add_timetables(&mut plan, sheet),
            Table::Sittings => sittings::add(&mut plan, sheet),
            Table::Registrations => registrations::add(&mut plan, sheet),
        }
    }
    if let (Some(sheet), None) = (draft.sheets.first(), plan.after.institution()) {
        let message = "There is no institution yet: bring in institution.csv with it or before it.";
        plan.report.problems.push(sheet.whole(message.to_owned()));
    }
    plan
}

impl Plan<'_> {
    /// The records that change, as they would be.
    pub(crate) fn records(&self) -> Vec<Record> {
        let changed = self.touched.iter().filter_map(|key| {
            let after = self.after.record(key)?;
            (self.base.record(key).as_ref() != Some(&after)).then_some(after)
        });
        changed.collect()
    }

    /// Whether a person is in the records as they are.
    pub(super) fn has_person(&self, id: UserId) -> bool {
        self.base.person(id).is_some()
    }

    /// Puts a record that a row stands for, and counts what the row does.
    pub(super) fn put(&mut self, table: Table, record: Record) {
        let before = self.base.record(&record.key());
        let counts = self.report.tables.entry(table.name()).or_default();
        match before {
            None => counts.new += 1,
            Some(before) if before == record => counts.same += 1,
            Some(_) => counts.changed += 1,
        }
        self.follow(record);
    }

    /// Puts a record that changes because another did.
    pub(super) fn follow(&mut self, record: Record) {
        self.touched.insert(record.key());
        self.after.put(record);
    }

    /// Whether a row is of another faculty than the one to which the person is limited.
    pub(super) fn is_foreign(&self, faculty: Option<FacultyId>) -> bool {
        !may_everywhere(self.actor, Action::ManageVenues) && faculty != self.actor.faculty
    }

    /// The value, or none and the problem told.
    pub(super) fn take<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.report.problems.push(problem))
            .ok()
    }

    /// The next free id of a kind.
    pub(super) fn next_id(&self, kind: Kind) -> i64 {
        let ids = self.after.list(kind).into_iter();
        let last = ids.filter_map(|record| record.key().id.parse::<i64>().ok());
        last.max().unwrap_or_default().saturating_add(1)
    }
}

/// Rows that say who they are by one column: tells a row that comes a second time.
pub(super) struct Names {
    column: &'static str,
    seen: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn by(column: &'static str) -> Self {
        Self {
            column,
            seen: BTreeMap::new(),
        }
    }

    /// Whether `name` comes for the first time; case does not count.
    pub(super) fn first(&mut self, row: Row<'_>, name: &str) -> Result<(), Problem> {
        let known = self.seen.insert(name.to_lowercase(), row.number);
        match known {
            None => Ok(()),
            Some(before) => {
                let message = format!("`{name}` is in row {before} already.");
                Err(row.problem(self.column, message))
            }
        }
    }
}

/// The rows of a sheet, lent for as long as the plan changes.
pub(super) fn rows(sheet: &Sheet) -> Vec<Row<'_>> {
    sheet.rows().collect()
}
