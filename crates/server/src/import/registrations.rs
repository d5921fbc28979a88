//! Who is registered for which sitting.

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{
    AttendanceStatus, Batch, Candidate, Kind, Phase, Record, Sitting, SittingId, StudentId,
    View as _,
};

use super::{Plan, Problem, Sheet, Table, plan::rows, sheet::Row};

/// Everybody who is registered, by what tells them apart.
#[derive(Default)]
struct Roll {
    students: BTreeMap<String, (StudentId, String)>,
    last: i64,
}

pub(super) fn add(plan: &mut Plan<'_>, sheet: &Sheet) {
    let mut roll = Roll::of(plan);
    let batches: BTreeMap<String, Batch> = plan
        .after
        .batches()
        .into_iter()
        .map(|batch| (batch.code.to_lowercase(), batch))
        .collect();
    let mut seen = BTreeSet::new();
    let mut placed = Vec::new();
    for row in rows(sheet) {
        let sitting = row.text("batch_code").and_then(|code| {
            let found = batches.get(&code.to_lowercase());
            let sitting = found.and_then(|batch| plan.after.sitting(batch.sitting_id));
            let message = format!("There is no sitting with the batch `{code}`.");
            let sitting = sitting.ok_or_else(|| row.problem("batch_code", message))?;
            if plan.is_foreign(Some(sitting.faculty_id)) {
                let message = "This sitting is not of your faculty.";
                return Err(row.problem("batch_code", message));
            }
            Ok(sitting)
        });
        let sitting = plan.take(sitting);
        let Some(candidate) = read(plan, &mut roll, row, sitting) else {
            continue;
        };
        if !seen.insert(candidate.id.clone()) {
            let message = "This student is in another row of this sitting already.";
            let twin = row.problem("index_number", message);
            plan.report.problems.push(twin);
            continue;
        }
        plan.put(Table::Registrations, Record::Candidate(candidate.clone()));
        placed.push((row, candidate));
    }
    check_seats(plan, &placed);
    let sittings = placed.iter().map(|(_, candidate)| candidate.sitting_id);
    recount(plan, &sittings.collect());
}

impl Roll {
    fn of(plan: &Plan<'_>) -> Self {
        let mut roll = Self::default();
        for record in plan.after.list(Kind::Candidate) {
            let Record::Candidate(found) = record else {
                continue;
            };
            roll.last = roll.last.max(found.student_id.0);
            let key = found.index_number.to_lowercase();
            roll.students.insert(key, (found.student_id, found.name));
        }
        roll
    }

    /// The number of a student; a name that differs from before is a correction of it.
    fn student(&mut self, index_number: &str, name: &str) -> StudentId {
        let next = StudentId(self.last.saturating_add(1));
        let key = index_number.to_lowercase();
        let entry = self.students.entry(key);
        let (id, known) = entry.or_insert_with(|| (next, name.to_owned()));
        name.clone_into(known);
        self.last = self.last.max(id.0);
        *id
    }
}

fn read(
    plan: &mut Plan<'_>,
    roll: &mut Roll,
    row: Row<'_>,
    sitting: Option<Box<Sitting>>,
) -> Option<Candidate> {
    let index_number = plan.take(row.text("index_number"));
    let (name, seat) = (plan.take(row.text("name")), plan.take(row.text("seat")));
    let extra = plan.take(row.number("extra_time_pct", 0, 100));
    let (sitting, index_number, name) = (sitting?, index_number?, name?);
    let student_id = roll.student(&index_number, &name);
    let before = plan.after.candidate(sitting.id, student_id);
    let candidate = Candidate {
        id: format!("{}/{student_id}", sitting.id),
        student_id,
        sitting_id: sitting.id,
        index_number,
        name,
        seat: seat?.to_uppercase(),
        extra_time_pct: extra?.unwrap_or_default(),
        attendance: AttendanceStatus::Expected,
        minutes_late: None,
        added_sec: 0,
        moved_from: None,
        came: None,
        left_at: None,
    };
    let candidate = match &before {
        Some(before) => Candidate {
            attendance: before.attendance,
            minutes_late: before.minutes_late,
            added_sec: before.added_sec,
            moved_from: before.moved_from.clone(),
            left_at: before.left_at,
            ..candidate
        },
        None => candidate,
    };
    let in_time = open(row, &sitting, before.as_ref() != Some(&candidate));
    plan.take(in_time).map(|()| candidate)
}

/// Nobody sits on somebody's lap. Looked at when all rows are in: two candidates may have
/// exchanged their seats.
fn check_seats(plan: &mut Plan<'_>, placed: &[(Row<'_>, Candidate)]) {
    let place = |found: &Candidate| (found.sitting_id, found.seat.to_lowercase());
    let mut in_hall: BTreeMap<_, usize> = BTreeMap::new();
    for record in plan.after.list(Kind::Candidate) {
        if let Record::Candidate(found) = record {
            *in_hall.entry(place(&found)).or_default() += 1;
        }
    }
    let mut in_file: BTreeMap<_, usize> = BTreeMap::new();
    for (_, candidate) in placed {
        *in_file.entry(place(candidate)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    for (row, candidate) in placed {
        let place = place(candidate);
        let stays = in_file.get(&place) < in_hall.get(&place);
        if !taken.insert(place) || stays {
            let message = format!("The seat {} is somebody else's.", candidate.seat);
            plan.report.problems.push(row.problem("seat", message));
        }
    }
}

/// Who writes is known before the writing begins.
fn open(row: Row<'_>, sitting: &Sitting, changes: bool) -> Result<(), Problem> {
    let early = matches!(sitting.phase, Phase::Setup | Phase::Admitting);
    if early || !changes {
        return Ok(());
    }
    let message = format!("{} has begun: its register stands.", sitting.course_code);
    Err(row.problem("batch_code", message))
}

/// Sittings and batches say how many are registered.
fn recount(plan: &mut Plan<'_>, sittings: &BTreeSet<SittingId>) {
    let mut registered: BTreeMap<SittingId, i64> = BTreeMap::new();
    for record in plan.after.list(Kind::Candidate) {
        if let Record::Candidate(found) = record {
            *registered.entry(found.sitting_id).or_default() += 1;
        }
    }
    for id in sittings {
        let n_registered = registered.get(id).copied().unwrap_or_default();
        let Some(mut sitting) = plan.after.sitting(*id) else {
            continue;
        };
        sitting.expected = n_registered;
        let batch = sitting.batch_id.and_then(|id| plan.after.batch(id));
        plan.follow(Record::Sitting(sitting));
        if let Some(mut batch) = batch {
            batch.total_registered = n_registered;
            plan.follow(Record::Batch(batch));
        }
    }
}
