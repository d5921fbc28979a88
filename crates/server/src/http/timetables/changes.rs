//! Changes of timetables. A new one, or another first and last day, goes the way of a file.

use axum::{extract::State, http::StatusCode};
use elms_protocol::{
    Action, Command, PublishTimetable, Subject, Timestamp, Timetable, TimetableStatus,
    UpdateTimetable, may, may_everywhere,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{found, sittings, timetables};
use crate::{
    App,
    http::{
        Looking, Number, Reply, Said,
        change::{Change, Thing},
    },
    import::{File, bring_in},
};

impl Thing for Timetable {
    const WORD: &'static str = "Timetable";

    fn find(looking: &Looking, name: &str) -> Result<Self, Reply> {
        let id = name
            .parse()
            .map_err(|_no_number| Reply::not_found("timetable"))?;
        found(looking, id)
    }

    fn again(&self, looking: &Looking) -> Result<Self, Reply> {
        found(looking, self.id.0)
    }

    fn status(&self) -> Value {
        json!(self.status)
    }

    fn shown(&self, _now: Timestamp) -> Value {
        json!(self)
    }

    fn beside(&self, looking: &Looking) -> Option<(&'static str, Value)> {
        let sittings = sittings(looking, self).into_iter();
        let batches = sittings.filter(|sitting| sitting.batch_id.is_some());
        Some(("batchesCreated", json!(batches.count())))
    }
}

/// Everybody may see it now; its batches are made.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Publish {
    /// Why it is published in spite of what clashes.
    #[serde(alias = "reason")]
    in_spite_of: Option<String>,
}

impl Change for Publish {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        Some(TimetableStatus::Published.text())
    }

    fn command(self, of: &Timetable) -> Result<Option<Command>, Reply> {
        let publish = PublishTimetable {
            timetable_id: of.id,
            in_spite_of: self.in_spite_of,
        };
        Ok(Some(publish.into()))
    }
}

/// Each sitting has its batch from the beginning, so that nothing is left to be made.
#[derive(Deserialize)]
pub(super) struct CreateBatches {}

impl Change for CreateBatches {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        None
    }

    fn allowed(&self, looking: &Looking) -> bool {
        may(&looking.actor, Action::PublishTimetable, Subject::default())
    }

    fn command(self, _of: &Timetable) -> Result<Option<Command>, Reply> {
        Ok(None)
    }
}

/// Somebody else is asked to approve it.
#[derive(Deserialize)]
pub(super) struct Submit {}

impl Change for Submit {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        Some(TimetableStatus::PendingApproval.text())
    }

    fn command(self, of: &Timetable) -> Result<Option<Command>, Reply> {
        let text = "Submitted for approval".to_owned();
        Ok(Some(stands(of, TimetableStatus::PendingApproval, text)))
    }
}

/// It is right.
#[derive(Deserialize)]
pub(super) struct Approve {}

impl Change for Approve {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        Some(TimetableStatus::Approved.text())
    }

    fn command(self, of: &Timetable) -> Result<Option<Command>, Reply> {
        let text = "Approved".to_owned();
        Ok(Some(stands(of, TimetableStatus::Approved, text)))
    }
}

/// It is not right, and why.
#[derive(Deserialize)]
pub(super) struct Reject {
    reason: String,
}

impl Change for Reject {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        Some(TimetableStatus::Draft.text())
    }

    fn command(self, of: &Timetable) -> Result<Option<Command>, Reply> {
        if self.reason.trim().is_empty() {
            return Err(Reply::bad("Say why: reason."));
        }
        Ok(Some(stands(of, TimetableStatus::Draft, self.reason)))
    }
}

/// Where it stands now; the machine of the timetable decides what may follow.
#[derive(Deserialize)]
pub(super) struct Standing {
    status: String,
    reason: Option<String>,
}

impl Change for Standing {
    type Of = Timetable;

    fn to(&self) -> Option<&'static str> {
        TimetableStatus::from_text(&self.status).map(TimetableStatus::text)
    }

    fn command(self, of: &Timetable) -> Result<Option<Command>, Reply> {
        let unknown = || Reply::bad("This is no status of a timetable.");
        let to = TimetableStatus::from_text(&self.status).ok_or_else(unknown)?;
        if to == TimetableStatus::Published {
            let publish = Publish {
                in_spite_of: self.reason,
            };
            return publish.command(of);
        }
        let text = self.reason.unwrap_or_else(|| to.text().to_owned());
        Ok(Some(stands(of, to, text)))
    }
}

fn stands(of: &Timetable, to: TimetableStatus, text: String) -> Command {
    UpdateTimetable {
        timetable_id: of.id,
        changes: vec!["status".to_owned()],
        text,
        status: Some(to),
        sitting_id: None,
        venue_id: None,
        room: None,
    }
    .into()
}

/// The days of a timetable, and its title when it is new.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Days {
    title: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

pub(super) async fn create(
    State(app): State<App>,
    looking: Looking,
    Said(days): Said<Days>,
) -> Result<Reply, Reply> {
    let title = days.title.clone().unwrap_or_default();
    let same = |known: &Timetable| known.title.to_lowercase() == title.trim().to_lowercase();
    if may_everywhere(&looking.actor, Action::EditTimetable)
        && timetables(&looking).iter().any(same)
    {
        let message = "There is a timetable of this title already.";
        return Err(Reply::error(
            StatusCode::CONFLICT,
            "ALREADY_EXISTS",
            message,
        ));
    }
    let (first, last) = (days.start_date, days.end_date);
    put(&app, &looking, &title, (first, last)).await?;
    let looking = looking.again(&app)?;
    let mut all = timetables(&looking).into_iter();
    let made = all
        .find(same)
        .ok_or_else(|| Reply::not_found("timetable"))?;
    let message = "Timetable created successfully";
    Ok(Reply::done(StatusCode::CREATED, message, made))
}

pub(super) async fn amend(
    State(app): State<App>,
    looking: Looking,
    Number(id): Number,
    Said(days): Said<Days>,
) -> Result<Reply, Reply> {
    let before = found(&looking, id)?;
    if days.title.is_some_and(|title| title != before.title) {
        return Err(Reply::bad("The title names a timetable for good."));
    }
    let first = days.start_date.unwrap_or(before.start_date);
    let last = days.end_date.unwrap_or(before.end_date);
    put(&app, &looking, &before.title, (Some(first), Some(last))).await?;
    let after = found(&looking.again(&app)?, id)?;
    let message = "Timetable updated successfully";
    Ok(Reply::done(StatusCode::OK, message, after))
}

/// Brings one row in: the same checks and rights as for a file.
async fn put(
    app: &App,
    looking: &Looking,
    title: &str,
    (first, last): (Option<String>, Option<String>),
) -> Result<(), Reply> {
    let row = vec![
        ("title", title.to_owned()),
        ("start_date", first.unwrap_or_default()),
        ("end_date", last.unwrap_or_default()),
    ];
    bring_in_row(app, looking, "timetables.csv", &row).await
}

/// One row of a table by its columns, with the checks and rights of a file.
pub(super) async fn bring_in_row(
    app: &App,
    looking: &Looking,
    name: &str,
    row: &[(&str, String)],
) -> Result<(), Reply> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = table.write_record(row.iter().map(|(column, _)| *column));
    let cells = table.write_record(row.iter().map(|(_, cell)| cell));
    let written = head.and(cells).is_ok();
    let bytes = table.into_inner().ok().filter(|_| written);
    let file = File {
        name: name.to_owned(),
        bytes: bytes.ok_or_else(Reply::unavailable)?,
    };
    let report = bring_in(app, looking.actor.clone(), &[file], false).await?;
    match report.problems.first() {
        None => Ok(()),
        Some(problem) => Err(Reply::bad(&format!(
            "{}: {}",
            problem.column, problem.message
        ))),
    }
}
