//! Timetables, and sittings each with its batch.

use elms_protocol::{
    Batch, BatchId, BatchStatus, DepartmentId, FacultyId, Holder, Invigilator, InvigilatorRole,
    Kind, Named, Record, Sitting, SittingId, Timestamp, Timetable, TimetableId, TimetableStatus,
    Venue, View as _,
};
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{
    Plan, Problem, Sheet, Table,
    people::{LARGEST, named},
    plan::{Names, rows},
    sheet::Row,
    venues::with_code,
};

pub(super) fn add_timetables(plan: &mut Plan<'_>, sheet: &Sheet) {
    let mut names = Names::by("title");
    for row in rows(sheet) {
        let Some(timetable) = read_timetable(plan, row) else {
            continue;
        };
        if plan.take(names.first(row, &timetable.title)).is_some() {
            plan.put(Table::Timetables, Record::Timetable(timetable));
        }
    }
}

fn read_timetable(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Timetable> {
    let title = plan.take(row.text("title"));
    let (first, last) = (
        plan.take(row.date("start_date")),
        plan.take(row.date("end_date")),
    );
    let (title, first, last) = (title?, first?, last?);
    if last < first {
        let early = row.problem("end_date", "The last day is before the first.");
        plan.report.problems.push(early);
        return None;
    }
    let mut timetable = titled(plan, &title).unwrap_or_else(|| Timetable {
        id: TimetableId(plan.next_id(Kind::Timetable)),
        title,
        start_date: String::new(),
        end_date: String::new(),
        status: TimetableStatus::Draft,
        revision: 0,
        approval: elms_protocol::Approval::default(),
        unconfirmed: Vec::new(),
    });
    timetable.start_date = first.to_string();
    timetable.end_date = last.to_string();
    Some(timetable)
}

/// The timetable with this title; case does not count.
fn titled(plan: &Plan<'_>, title: &str) -> Option<Timetable> {
    let mut timetables = plan.after.list(Kind::Timetable).into_iter();
    timetables.find_map(|record| {
        let Record::Timetable(found) = record else {
            return None;
        };
        (found.title.to_lowercase() == title.to_lowercase()).then_some(found)
    })
}

pub(super) fn add(plan: &mut Plan<'_>, sheet: &Sheet) {
    let mut names = Names::by("batch_code");
    for row in rows(sheet) {
        let Some(paper) = Paper::read(plan, row) else {
            continue;
        };
        if plan.take(names.first(row, &paper.code)).is_some() {
            put(plan, row, &paper);
        }
    }
}

/// A row.
struct Paper {
    code: String,
    timetable: Timetable,
    course: (String, String),
    place: (FacultyId, DepartmentId),
    venue: Venue,
    room: String,
    hours: (Timestamp, Timestamp),
    invigilators: Vec<Invigilator>,
    lecturer: Option<Named>,
}

impl Paper {
    fn read(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Self> {
        let code = plan.take(row.text("batch_code"));
        let timetable = row.text("timetable").and_then(|title| {
            let message = format!("There is no timetable `{title}`.");
            titled(plan, &title).ok_or_else(|| row.problem("timetable", message))
        });
        let timetable = plan.take(timetable);
        let course = (
            plan.take(row.text("course_code")),
            plan.take(row.text("course_name")),
        );
        let faculty = plan.take(row.some_number("faculty", 1, LARGEST));
        let department = plan.take(row.some_number("department", 1, LARGEST));
        let venue = row.text("venue").and_then(|code| {
            let message = format!("There is no venue `{code}`.");
            with_code(plan, &code).ok_or_else(|| row.problem("venue", message))
        });
        let venue = plan.take(venue);
        let room = plan.take(row.line("room"));
        let hours = hours(plan, row, timetable.as_ref());
        let invigilators = invigilators(plan, row);
        let lecturer = match row.cell("lecturer") {
            "" => Some(None),
            email => plan.take(named(plan, row, "lecturer", email)).map(Some),
        };
        Some(Self {
            code: code?,
            timetable: timetable?,
            course: (course.0?, course.1?),
            place: (FacultyId(faculty?), DepartmentId(department?)),
            venue: venue?,
            room: room?,
            hours: hours?,
            invigilators: invigilators?,
            lecturer: lecturer?,
        })
    }
}

/// Start and end, by the clocks of the institution.
fn hours(
    plan: &mut Plan<'_>,
    row: Row<'_>,
    timetable: Option<&Timetable>,
) -> Option<(Timestamp, Timestamp)> {
    let day = plan.take(row.date("date"));
    let (start, end) = (plan.take(row.time("start")), plan.take(row.time("end")));
    let (day, start, end) = (day?, start?, end?);
    if let Some(found) = timetable {
        let days = found.start_date.clone()..=found.end_date.clone();
        if !days.contains(&day.to_string()) {
            let message = format!(
                "`{}` is from {} to {}.",
                found.title,
                days.start(),
                days.end()
            );
            let outside = row.problem("date", message);
            plan.report.problems.push(outside);
        }
    }
    let starts_at = plan.take(instant(plan, row, (day, "start"), start));
    let ends_at = plan.take(instant(plan, row, (day, "end"), end));
    let hours = (starts_at?, ends_at?);
    if hours.1 <= hours.0 {
        let backwards = row.problem("end", "The end is not after the start.");
        plan.report.problems.push(backwards);
        return None;
    }
    Some(hours)
}

fn instant(
    plan: &Plan<'_>,
    row: Row<'_>,
    (day, column): (Date, &str),
    time: Time,
) -> Result<Timestamp, Problem> {
    let zone = plan.after.institution().map(|found| found.timezone);
    let zone = zone
        .and_then(|name| TimeZone::get(&name).ok())
        .unwrap_or(TimeZone::UTC);
    let shown = day.to_datetime(time);
    let once = zone.to_ambiguous_zoned(shown).unambiguous();
    let message = || format!("On {day} clocks show {time} twice or never: they are changed then.");
    once.map(|at| Timestamp(at.timestamp().as_millisecond()))
        .map_err(|_changed| row.problem(column, message()))
}

/// The chief first, then the others in their order.
fn invigilators(plan: &mut Plan<'_>, row: Row<'_>) -> Option<Vec<Invigilator>> {
    let chief = row
        .text("chief")
        .and_then(|email| named(plan, row, "chief", &email));
    let mut all = vec![
        plan.take(chief)
            .map(|named| on_duty(named, InvigilatorRole::ChiefInvigilator)),
    ];
    let others = row.cell("invigilators");
    for email in others
        .split([' ', ',', ';', '|'])
        .filter(|email| !email.is_empty())
    {
        let found = plan.take(named(plan, row, "invigilators", email));
        all.push(found.map(|named| on_duty(named, InvigilatorRole::Invigilator)));
    }
    let all: Vec<Invigilator> = all.into_iter().collect::<Option<_>>()?;
    let twice = all.iter().enumerate().find(|(at, found)| {
        all.iter()
            .take(*at)
            .any(|before| before.user_id == found.user_id)
    });
    if let Some((_, found)) = twice {
        let message = format!("{} is there twice.", found.name);
        let problem = row.problem("invigilators", message);
        plan.report.problems.push(problem);
        return None;
    }
    Some(all)
}

fn on_duty(named: Named, role: InvigilatorRole) -> Invigilator {
    Invigilator {
        user_id: named.id,
        name: named.name,
        role,
        checked_in_at: None,
        checked_out_at: None,
    }
}

/// Puts sitting and batch. What has happened to them stays; a change needs a draft.
fn put(plan: &mut Plan<'_>, row: Row<'_>, paper: &Paper) {
    let mut batches = plan.after.batches().into_iter();
    let batch = batches.find(|batch| batch.code.eq_ignore_ascii_case(&paper.code));
    let sitting = batch
        .as_ref()
        .and_then(|batch| plan.after.sitting(batch.sitting_id));
    let ids = (
        sitting
            .as_ref()
            .map_or_else(|| SittingId(plan.next_id(Kind::Sitting)), |found| found.id),
        batch
            .as_ref()
            .map_or_else(|| BatchId(plan.next_id(Kind::Batch)), |found| found.id),
    );
    let faculties = [
        Some(paper.place.0),
        sitting.as_ref().map(|found| found.faculty_id),
    ];
    let mut faculties = faculties.into_iter().flatten();
    if faculties.any(|faculty| plan.is_foreign(Some(faculty))) {
        let message = "This sitting is not of your faculty.".to_owned();
        let problem = row.problem("faculty", message);
        plan.report.problems.push(problem);
        return;
    }
    let (before, batch_before) = (sitting.clone(), batch.clone());
    let after = paper.sitting(ids, sitting);
    let batch_after = paper.batch(ids, batch);
    let changes = before.as_deref() != Some(&after) || batch_before.as_ref() != Some(&batch_after);
    if changes {
        let moved = before.map(|found| found.timetable_id);
        let tables = [Some(paper.timetable.id), moved];
        let settled = tables.into_iter().flatten().find_map(|id| {
            let found = plan.after.timetable(id)?;
            (found.status != TimetableStatus::Draft).then_some(found.title)
        });
        if let Some(title) = settled {
            let message =
                format!("`{title}` is no draft any more: its sittings are changed in the console.");
            let problem = row.problem("timetable", message);
            plan.report.problems.push(problem);
            return;
        }
    }
    plan.put(Table::Sittings, Record::Sitting(Box::new(after)));
    plan.follow(Record::Batch(Box::new(batch_after)));
}

impl Paper {
    fn sitting(&self, (id, batch): (SittingId, BatchId), before: Option<Box<Sitting>>) -> Sitting {
        let (timetable, venue) = (self.timetable.id, self.venue.id);
        let new = || Sitting::planned(id, timetable, self.place, venue, self.hours);
        let mut sitting = before.map_or_else(new, |before| *before);
        sitting.timetable_id = self.timetable.id;
        (sitting.course_code, sitting.course_name) = self.course.clone();
        (sitting.faculty_id, sitting.department_id) = self.place;
        sitting.venue_id = self.venue.id;
        sitting.room.clone_from(&self.room);
        (sitting.starts_at, sitting.ends_at) = self.hours;
        sitting.batch_id = Some(batch);
        let there = |user| {
            sitting
                .invigilators
                .iter()
                .find(|found| found.user_id == user)
        };
        let on_duty = self.invigilators.iter().map(|found| Invigilator {
            checked_in_at: there(found.user_id).and_then(|before| before.checked_in_at),
            checked_out_at: there(found.user_id).and_then(|before| before.checked_out_at),
            ..found.clone()
        });
        sitting.invigilators = on_duty.collect();
        sitting
    }

    fn batch(&self, (sitting, id): (SittingId, BatchId), before: Option<Batch>) -> Batch {
        let mut batch = before.unwrap_or_else(|| {
            Batch::pending(id, sitting, self.code.clone(), self.venue.name.clone())
        });
        (batch.course_code, batch.course_name) = self.course.clone();
        if let Some(lecturer) = &self.lecturer {
            batch.lecturer = Some(lecturer.clone());
        }
        if batch.status == BatchStatus::Pending {
            let name = self.venue.name.clone();
            batch.holder = Holder::Hall { name };
        }
        batch
    }
}
