//! Single sittings of a timetable, under the original's name `timetable-entries`. A draft takes them
//! the way of a file; after publication a sitting moves by a revision, and is called off, never
//! deleted.

use axum::{extract::State, http::StatusCode};
use elms_protocol::{
    Phase, SetPhase, Sitting, SittingId, Timestamp, Timetable, TimetableStatus, UpdateTimetable,
    UserId, Venue, VenueId, View as _,
};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{changes::bring_in_row, found, shown, sittings};
use crate::{
    App,
    http::{Key, Looking, Number, Reply, Said, carry_out, registrations::sitting},
};

/// A sitting as clients send it; what is missing stays as it is.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Entry {
    course_code: Option<String>,
    course_name: Option<String>,
    faculty_id: Option<i64>,
    department_id: Option<i64>,
    venue_id: Option<i64>,
    room: Option<String>,
    #[serde(alias = "startsAt")]
    start_time: Option<Timestamp>,
    #[serde(alias = "endsAt")]
    end_time: Option<Timestamp>,
    chief_id: Option<i64>,
    invigilator_ids: Option<Vec<i64>>,
    lecturer_id: Option<i64>,
    #[serde(alias = "batchQRCode")]
    batch_code: Option<String>,
}

/// Why a sitting is called off.
#[derive(Deserialize)]
pub(super) struct Why {
    reason: Option<String>,
}

pub(super) async fn one(looking: Looking, Number(id): Number) -> Result<Reply, Reply> {
    Ok(Reply::data(shown(&sitting(&looking, id)?)))
}

/// One more sitting of a draft, with its batch.
pub(super) async fn create(
    State(app): State<App>,
    looking: Looking,
    Number(id): Number,
    Said(mut entry): Said<Entry>,
) -> Result<Reply, Reply> {
    let timetable = found(&looking, id)?;
    let course = entry.course_code.clone().unwrap_or_default();
    let n = sittings(&looking, &timetable).len().saturating_add(1);
    let code = entry.batch_code.take();
    let code = code.unwrap_or_else(|| format!("{course}-{}-{n}", timetable.id));
    if batch_of(&looking, &code).is_some() {
        let message = "There is a sitting with this batch code already.";
        return Err(Reply::error(
            StatusCode::CONFLICT,
            "ALREADY_EXISTS",
            message,
        ));
    }
    let row = Row {
        timetable: &timetable,
        code: code.clone(),
    };
    let row = row.cells(&app, &looking, &entry, None).await?;
    bring_in_row(&app, &looking, "sittings.csv", &row).await?;
    let looking = looking.again(&app)?;
    let made = batch_of(&looking, &code).ok_or_else(|| Reply::not_found("sitting"))?;
    let made = shown(&sitting(&looking, made.0)?);
    let message = "Timetable entry created successfully";
    Ok(Reply::done(StatusCode::CREATED, message, made))
}

/// The sitting whose batch has this code.
fn batch_of(looking: &Looking, code: &str) -> Option<SittingId> {
    let mut batches = looking.records.batches().into_iter();
    let found = batches.find(|batch| batch.code.eq_ignore_ascii_case(code));
    found.map(|batch| batch.sitting_id)
}

/// Another hall, hour or person.
pub(super) async fn amend(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(entry): Said<Entry>,
) -> Result<Reply, Reply> {
    let before = sitting(&looking, id)?;
    let timetable = found(&looking, before.timetable_id.0)?;
    if timetable.status == TimetableStatus::Draft {
        redraft(&app, &looking, &entry, (&timetable, &before)).await?;
    } else {
        let moved = entry.only_moves(&timetable, &before)?;
        carry_out(&app, &looking.actor, key, moved).await??;
    }
    let after = shown(&sitting(&looking.again(&app)?, id)?);
    let message = "Timetable entry updated successfully";
    Ok(Reply::done(StatusCode::OK, message, after))
}

async fn redraft(
    app: &App,
    looking: &Looking,
    entry: &Entry,
    (timetable, before): (&Timetable, &Sitting),
) -> Result<(), Reply> {
    let batch = before.batch_id.and_then(|id| looking.records.batch(id));
    let batch = batch.ok_or_else(|| Reply::not_found("batch"))?;
    let row = Row {
        timetable,
        code: batch.code,
    };
    let row = row.cells(app, looking, entry, Some(before)).await?;
    bring_in_row(app, looking, "sittings.csv", &row).await
}

/// Calls a sitting off: it stays in the timetable, struck through.
pub(super) async fn call_off(
    State(app): State<App>,
    looking: Looking,
    key: Key,
    Number(id): Number,
    Said(why): Said<Why>,
) -> Result<Reply, Reply> {
    let before = sitting(&looking, id)?;
    let phase = SetPhase {
        sitting_id: before.id,
        to: Phase::Cancelled,
        reason: why.reason,
    };
    carry_out(&app, &looking.actor, key, phase).await??;
    let after = shown(&sitting(&looking.again(&app)?, id)?);
    Ok(Reply::done(
        StatusCode::OK,
        "Timetable entry called off",
        after,
    ))
}

impl Entry {
    /// The revision of a published timetable: its sittings change their place only.
    fn only_moves(self, timetable: &Timetable, before: &Sitting) -> Result<UpdateTimetable, Reply> {
        let same_hours = self.start_time.is_none_or(|at| at == before.starts_at)
            && self.end_time.is_none_or(|at| at == before.ends_at);
        let same_course = self
            .course_code
            .as_ref()
            .is_none_or(|code| *code == before.course_code);
        let people = self.chief_id.is_some() || self.invigilator_ids.is_some();
        if !same_hours || !same_course || people {
            let message = "This timetable is no draft any more: only venue and room of an entry \
                change. Invigilators have a route of their own; for other hours send the \
                timetable back to draft.";
            return Err(Reply::error(StatusCode::CONFLICT, "NO_DRAFT", message));
        }
        let venue = self.venue_id.map(VenueId);
        Ok(UpdateTimetable {
            timetable_id: timetable.id,
            changes: vec!["venue".to_owned()],
            text: format!("{} moves", before.course_code),
            status: None,
            sitting_id: Some(before.id),
            venue_id: venue,
            room: self.room,
        })
    }
}

/// A row of the table of sittings.
struct Row<'a> {
    timetable: &'a Timetable,
    code: String,
}

impl Row<'_> {
    /// Its cells: what the client sent, else what stands there.
    async fn cells(
        self,
        app: &App,
        looking: &Looking,
        entry: &Entry,
        before: Option<&Sitting>,
    ) -> Result<Vec<(&'static str, String)>, Reply> {
        let text = |sent: &Option<String>, was: fn(&Sitting) -> String| {
            let was = || before.map(was).unwrap_or_default();
            sent.clone().unwrap_or_else(was)
        };
        let number = |sent: Option<i64>, was: fn(&Sitting) -> i64| {
            let known = sent.or_else(|| before.map(was));
            known.map(|number| number.to_string()).unwrap_or_default()
        };
        let [day, start, end] = hours(looking, entry, before)?;
        let [chief, others, lecturer] = people(app, looking, entry, before).await?;
        Ok(vec![
            ("batch_code", self.code),
            ("timetable", self.timetable.title.clone()),
            (
                "course_code",
                text(&entry.course_code, |was| was.course_code.clone()),
            ),
            (
                "course_name",
                text(&entry.course_name, |was| was.course_name.clone()),
            ),
            ("faculty", number(entry.faculty_id, |was| was.faculty_id.0)),
            (
                "department",
                number(entry.department_id, |was| was.department_id.0),
            ),
            ("venue", venue(looking, entry, before)?.code),
            ("room", text(&entry.room, |was| was.room.clone())),
            ("date", day),
            ("start", start),
            ("end", end),
            ("chief", chief),
            ("invigilators", others),
            ("lecturer", lecturer),
        ])
    }
}

fn venue(looking: &Looking, entry: &Entry, before: Option<&Sitting>) -> Result<Venue, Reply> {
    let sent = entry.venue_id.map(VenueId);
    let id = sent.or_else(|| before.map(|was| was.venue_id));
    let id = id.ok_or_else(|| Reply::bad("Say where: venueId."))?;
    let found = looking.records.venue(id);
    found.ok_or_else(|| Reply::not_found("venue"))
}

/// Day, start and end by the clocks of the institution.
fn hours(looking: &Looking, entry: &Entry, before: Option<&Sitting>) -> Result<[String; 3], Reply> {
    let start = entry.start_time.or_else(|| before.map(|was| was.starts_at));
    let end = entry.end_time.or_else(|| before.map(|was| was.ends_at));
    let (Some(start), Some(end)) = (start, end) else {
        return Err(Reply::bad("Say when: startTime and endTime."));
    };
    let zone = looking.records.institution().map(|found| found.timezone);
    let zone = zone
        .and_then(|name| TimeZone::get(&name).ok())
        .unwrap_or(TimeZone::UTC);
    let shown = |at: Timestamp| {
        let at = jiff::Timestamp::from_millisecond(at.0);
        let wrong = |_| Reply::bad("This is no time of a sitting.");
        at.map(|at| at.to_zoned(zone.clone())).map_err(wrong)
    };
    let (start, end) = (shown(start)?, shown(end)?);
    if start.date() != end.date() {
        return Err(Reply::bad("A sitting ends on the day on which it starts."));
    }
    let clock = |at: &jiff::Zoned| at.strftime("%H:%M").to_string();
    Ok([start.date().to_string(), clock(&start), clock(&end)])
}

/// The addresses of the chief, of the other invigilators, and of the lecturer.
async fn people(
    app: &App,
    looking: &Looking,
    entry: &Entry,
    before: Option<&Sitting>,
) -> Result<[String; 3], Reply> {
    let on_duty = |chief: bool| {
        let all = before.into_iter().flat_map(|was| was.invigilators.iter());
        all.filter(move |one| before.is_some_and(|was| was.is_chief(one.user_id)) == chief)
            .map(|one| one.user_id)
    };
    let chief = entry.chief_id.map(UserId).or_else(|| on_duty(true).next());
    let sent = entry.invigilator_ids.as_ref();
    let others: Vec<UserId> = match sent {
        Some(ids) => ids.iter().copied().map(UserId).collect(),
        None => on_duty(false).collect(),
    };
    let mut addresses = Vec::new();
    for user in others.into_iter().filter(|user| Some(*user) != chief) {
        addresses.push(address(app, looking, user).await?);
    }
    let mut one = [String::new(), String::new()];
    let named = [chief, entry.lecturer_id.map(UserId)];
    for (slot, user) in one.iter_mut().zip(named) {
        if let Some(user) = user {
            *slot = address(app, looking, user).await?;
        }
    }
    let [chief, lecturer] = one;
    Ok([chief, addresses.join(" "), lecturer])
}

/// The address of somebody of this institution.
async fn address(app: &App, looking: &Looking, user: UserId) -> Result<String, Reply> {
    let account = app.auth.account(user).await;
    let here =
        |account: &crate::accounts::Account| account.institution == Some(looking.actor.institution);
    let found = account.ok().filter(here);
    found
        .map(|account| account.email)
        .ok_or_else(|| Reply::not_found("person"))
}
