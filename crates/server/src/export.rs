//! What a person may see, as a file: CSV for spreadsheets, JSON Lines for programs, and the timetable
//! for calendars.
//!
//! Scope and confidentiality are those of the reader's [`Sight`]. That something was taken out is
//! in the log before it is handed over.

mod calendar;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use elms_protocol::{
    Action, Actor, CommandId, CommandRequest, Event, NoteExport, Outcome, Rejection, Room, Seq,
    Sight, SittingId, Subject, Times, Timestamp, leads, may,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    App,
    door::ApplyError,
    store::{Logged, Records, Store, StoreError},
};

/// Events that are read at a time.
const PAGE: usize = 500;

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Incidents as they are.
    Incidents,
    /// Batches as they are.
    Batches,
    /// Every step of every batch on its way, with seals and handovers.
    Custody,
    /// The routine lines of the halls.
    HallLog,
    /// Who was registered, who came.
    Register,
    /// The sittings with their places and times.
    Timetable,
    /// The whole log.
    Events,
}

impl What {
    /// Everything that can be taken out.
    pub const ALL: &[Self] = &[
        Self::Incidents,
        Self::Batches,
        Self::Custody,
        Self::HallLog,
        Self::Register,
        Self::Timetable,
        Self::Events,
    ];

    /// Its word in addresses and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Batches => "batches",
            Self::Custody => "custody",
            Self::HallLog => "hall-log",
            Self::Register => "register",
            Self::Timetable => "timetable",
            Self::Events => "events",
        }
    }

    /// What a word stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|what| what.name() == name)
    }
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For spreadsheets; no cell is taken for a formula.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// A calendar; of the timetable only.
    Ics,
}

impl Format {
    /// The ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Ics => "ics",
        }
    }

    /// What a word stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Csv, Self::Jsonl, Self::Ics]
            .into_iter()
            .find(|format| format.name() == name)
    }
}

/// Nothing was taken out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The person may not.
    #[error("{}", .0.message)]
    Refused(Rejection),
    /// The log could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be noted in the log.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Csv(#[from] csv::Error),
}

/// A row: its cells by the names of their columns.
type Row = Map<String, Value>;

/// Takes out what `actor` may see, and notes it in the log.
///
/// # Errors
///
/// [`ExportError::Refused`] when the person may not; the others when something failed, and then
/// nothing is handed over.
pub async fn take_out(
    app: &App,
    actor: Actor,
    what: What,
    format: Format,
) -> Result<Vec<u8>, ExportError> {
    if format == Format::Ics && what != What::Timetable {
        let message = "Only the timetable is taken out as a calendar.";
        return Err(ExportError::Refused(Rejection::invalid(message)));
    }
    let (store, reader, now) = (app.store.clone(), actor.clone(), app.clock.now());
    let written = tokio::task::spawn_blocking(move || {
        let rows = rows(&store, &reader, what)?;
        Ok::<_, ExportError>((rows.len(), write(&rows, (what, format), now)?))
    });
    let (n_rows, file) = written.await.map_err(|_ended| StoreError::Stopping)??;
    let text = format!(
        "{} taken out as {}, {n_rows} rows",
        what.name(),
        format.name()
    );
    note(app, actor, format.name(), text).await?;
    Ok(file)
}

/// Notes that the whole log is about to be taken out with its signatures.
///
/// # Errors
///
/// [`ExportError`] when it could not be noted.
pub async fn note_log_taken_out(app: &App, actor: Actor) -> Result<(), ExportError> {
    note(
        app,
        actor,
        "signed",
        "the whole log taken out, signed".to_owned(),
    )
    .await
}

async fn note(app: &App, actor: Actor, format: &str, text: String) -> Result<(), ExportError> {
    let note = NoteExport {
        format: vec![format.to_owned()],
        text,
    };
    let request = CommandRequest {
        command_id: CommandId(Uuid::now_v7()),
        times: Times::at(app.clock.now()),
        command: note.into(),
    };
    match app.door.apply(actor, request).await? {
        Outcome::Applied { .. } => Ok(()),
        Outcome::Rejected { rejection, .. } => Err(ExportError::Refused(rejection)),
    }
}

/// What a reader may see of an institution, at one instant.
pub(crate) struct Looked<'a> {
    store: &'a Store,
    actor: &'a Actor,
    records: Records,
    sight: Sight,
    /// The end of the log then.
    upto: Seq,
    /// The only sittings that a chief invigilator takes out: their own.
    led: Option<Vec<SittingId>>,
}

fn rows(store: &Store, actor: &Actor, what: What) -> Result<Vec<Row>, ExportError> {
    let (records, cursor) = store.state(actor.institution)?;
    let by_office = may(actor, Action::Export, Subject::default());
    let led = (!by_office).then(|| leads(&records, actor));
    if led.as_ref().is_some_and(Vec::is_empty) {
        let message = "Your role does not take reports out.";
        let code = elms_protocol::RejectionCode::Forbidden;
        return Err(ExportError::Refused(Rejection::new(code, message)));
    }
    let looked = Looked {
        store,
        actor,
        sight: Sight::of(actor, &records),
        records,
        upto: cursor.seq,
        led,
    };
    match what {
        What::Incidents => Ok(rows::incidents(&looked)),
        What::Batches => Ok(rows::batches(&looked)),
        What::Register => Ok(rows::register(&looked)),
        What::Timetable => Ok(calendar::timetable(&looked)),
        What::Custody => looked.each(|logged| rows::custody(&looked, &logged.event)),
        What::HallLog => looked.each(|logged| rows::hall_log(&looked, &logged.event)),
        What::Events => looked.each(|logged| Some(rows::event(&logged.event))),
    }
}

impl Looked<'_> {
    /// Whether an event belongs to what the reader takes out.
    fn is_led(&self, event: &Event) -> bool {
        let room_of = |id: &SittingId| Room::ExamEntry(id.0);
        let led = self.led.as_ref();
        led.is_none_or(|led| led.iter().any(|id| event.rooms.contains(&room_of(id))))
    }

    /// The rows of the events that the reader may see, in the order of the log.
    fn each(&self, row: impl Fn(&Arc<Logged>) -> Option<Row>) -> Result<Vec<Row>, ExportError> {
        let (mut rows, mut after) = (Vec::new(), Seq::ZERO);
        while after < self.upto {
            let page = self.store.events(self.actor.institution, after, PAGE)?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.event.seq;
            let seen = page.iter().filter(|logged| {
                let event = &logged.event;
                event.seq <= self.upto && self.is_led(event) && self.sight.sees(event)
            });
            rows.extend(seen.filter_map(&row));
        }
        Ok(rows)
    }
}

fn write(
    rows: &[Row],
    (what, format): (What, Format),
    now: Timestamp,
) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Ics => Ok(calendar::calendar(rows, now).into_bytes()),
        Format::Csv => csv_file(rows, rows::columns(what)),
        Format::Jsonl => {
            let lines = rows
                .iter()
                .map(|row| format!("{}\n", Value::Object(row.clone())));
            Ok(lines.collect::<String>().into_bytes())
        }
    }
}

fn csv_file(rows: &[Row], columns: &[&str]) -> Result<Vec<u8>, ExportError> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    file.write_record(columns)?;
    for row in rows {
        file.write_record(
            columns
                .iter()
                .map(|column| row.get(*column).map(cell).unwrap_or_default()),
        )?;
    }
    file.into_inner()
        .map_err(|error| ExportError::Csv(error.into_error().into()))
}

/// A value as the text of a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => defused(text),
        Value::Array(_) | Value::Object(_) => defused(&value.to_string()),
    }
}

/// A spreadsheet takes a text that begins like this for a formula, and would carry it out.
fn defused(text: &str) -> String {
    let first = text.trim_start_matches(' ').chars().next();
    let like_formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    if like_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
