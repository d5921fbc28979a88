//! `elms-server erase`, `hold`, `release` and `holds`: what of a log may go, and what must stay, while
//! no server uses it.

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;
use elms_protocol::{
    Incident, IncidentRef, IncidentStatus, InstitutionId, Key, Kind, Record, Seq, SittingId,
    Timestamp, View as _,
};
use elms_server::{
    App,
    door::{Erasure, Hold},
    store::write_anew,
};

use crate::importing::{open_alone, which};

/// Whose data, who says so, and why.
#[derive(Debug, Args)]
struct Said {
    #[command(flatten)]
    place: Place,
    /// Who does it, for the record.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why, for the record; everybody at the institution can read it, so no names of candidates.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

/// Whose data.
#[derive(Debug, Args)]
struct Place {
    /// The data directory.
    #[arg(long, value_name = "DIR", env = "ELMS_DATA")]
    data: PathBuf,
    /// Which institution; needed where there are several.
    #[arg(long, value_name = "NUMBER")]
    institution: Option<i64>,
}

/// What is erased.
#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    said: Said,
    /// A closed case, by its number (INC-26-0147) or its reference; may be named several times.
    #[arg(long, value_name = "NUMBER")]
    case: Vec<String>,
    /// A line of a hall log or an announcement, by its place in the log; may be named several times.
    #[arg(long, value_name = "SEQ")]
    event: Vec<i64>,
    /// Every case that was resolved before this day and has no legal hold: what retention asks for.
    #[arg(long, value_name = "YYYY-MM-DD")]
    resolved_before: Option<String>,
}

/// What is held, or no longer.
#[derive(Debug, Args)]
pub(crate) struct Holding {
    #[command(flatten)]
    said: Said,
    /// A case, by its number or its reference.
    #[arg(
        long,
        value_name = "NUMBER",
        required_unless_present = "sitting",
        conflicts_with = "sitting"
    )]
    case: Option<String>,
    /// A sitting with all its cases, by its number.
    #[arg(long, value_name = "NUMBER")]
    sitting: Option<i64>,
}

/// Whose holds.
#[derive(Debug, Args)]
pub(crate) struct Holds {
    #[command(flatten)]
    place: Place,
}

impl Place {
    /// Does something with the institution, alone.
    fn alone<T>(&self, work: impl AsyncFnOnce(&App, InstitutionId) -> Result<T>) -> Result<T> {
        ensure!(
            self.data.is_dir(),
            "{} is no data directory",
            self.data.display()
        );
        tokio::runtime::Runtime::new()?.block_on(async {
            let app = open_alone(&self.data).await?;
            let institution = match self.institution {
                Some(number) => InstitutionId(number),
                None => which(&app)?,
            };
            work(&app, institution).await
        })
    }
}

impl Erase {
    pub(crate) fn carry_out(&self) -> Result<()> {
        let place = &self.said.place;
        let is_something = place.alone(async |app, institution| {
            let erasure = self.wanted(app, institution)?;
            let n_cases = erasure.cases.len();
            if n_cases == 0 && erasure.events.is_empty() {
                return say("nothing to erase").map(|()| false);
            }
            app.erase(institution, erasure, &self.said.by).await?;
            say(&format!(
                "erased: {n_cases} cases, {} events by themselves",
                self.event.len()
            ))?;
            Ok(true)
        })?;
        if is_something {
            write_anew(&place.data).context(
                "the words are erased, but old pages of log.db may still have them: \
                 make room and run this again with --event or --case",
            )?;
            say("older backups still have the words: see OPERATIONS.md")?;
        }
        Ok(())
    }

    fn wanted(&self, app: &App, institution: InstitutionId) -> Result<Erasure> {
        let named = self.case.iter().map(|name| case(app, institution, name));
        let mut cases = named.collect::<Result<Vec<_>>>()?;
        if let Some(day) = &self.resolved_before {
            cases.extend(due(app, institution, day)?);
        }
        cases.sort_unstable();
        cases.dedup();
        Ok(Erasure {
            cases,
            events: self.event.iter().copied().map(Seq).collect(),
            why: self.said.why.clone(),
        })
    }
}

impl Holding {
    pub(crate) fn carry_out(&self, begins: bool) -> Result<()> {
        self.said.place.alone(async |app, institution| {
            let hold = Hold {
                on: self.on(app, institution)?,
                begins,
                why: self.said.why.clone(),
            };
            app.door.hold(institution, hold, &self.said.by).await?;
            say(if begins { "held" } else { "released" })
        })
    }

    fn on(&self, app: &App, institution: InstitutionId) -> Result<Key> {
        match (&self.case, self.sitting) {
            (Some(name), _) => Ok(Key::new(Kind::Incident, case(app, institution, name)?)),
            (None, Some(number)) => Ok(Key::new(Kind::Sitting, SittingId(number))),
            (None, None) => bail!("say what: --case or --sitting"),
        }
    }
}

impl Holds {
    pub(crate) fn carry_out(&self) -> Result<()> {
        self.place.alone(async |app, institution| {
            for key in app.store.holds(institution)?.iter() {
                let record = app.store.view(institution)?.record(key);
                let number = record.and_then(incident).and_then(|case| case.number);
                let name = number.unwrap_or_else(|| key.id.clone());
                say(&format!("{} {name}", key.kind.text()))?;
            }
            Ok(())
        })
    }
}

/// The cases that retention gives up. Those under a hold are told, and stay.
fn due(app: &App, institution: InstitutionId, day: &str) -> Result<Vec<IncidentRef>> {
    let before: Timestamp = format!("{day}T00:00:00.000Z")
        .parse()
        .with_context(|| format!("`{day}` is no day, like 2026-12-07"))?;
    let holds = app.store.holds(institution)?;
    let mut due = Vec::new();
    for incident in incidents(app, institution)? {
        let over = incident.resolved_at.filter(|_| is_closed(&incident));
        if over.is_none_or(|at| before <= at) {
            continue;
        }
        if holds.keeps(&incident).is_some() {
            let name = incident.number.clone().unwrap_or_default();
            say(&format!("kept: {name} is under a legal hold"))?;
        } else {
            due.push(incident.reference);
        }
    }
    Ok(due)
}

fn is_closed(incident: &Incident) -> bool {
    incident.status == IncidentStatus::Closed
}

fn incidents(app: &App, institution: InstitutionId) -> Result<Vec<Incident>> {
    let records = app.store.view(institution)?.list(Kind::Incident);
    Ok(records.into_iter().filter_map(incident).collect())
}

fn incident(record: Record) -> Option<Incident> {
    if let Record::Incident(incident) = record {
        Some(*incident)
    } else {
        None
    }
}

/// The case of a number or a reference.
fn case(app: &App, institution: InstitutionId, name: &str) -> Result<IncidentRef> {
    let mut all = incidents(app, institution)?.into_iter();
    let found = all.find(|incident| {
        incident.number.as_deref() == Some(name) || incident.reference.to_string() == name
    });
    let found = found.with_context(|| format!("there is no case {name}"))?;
    Ok(found.reference)
}

fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
