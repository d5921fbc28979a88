//! Erasures and legal holds, judged over the log as it is when they are written.

use elms_protocol::{
    Event, Incident, IncidentRef, Key, Kind, LogChange, LogNoted, Record, Seq, View as _,
    erasure::{Holds, record_of, stands_alone, tells_of},
};

use super::working::Working;
use crate::store::{Disk, StoreError};

/// What is to be erased, and why.
#[derive(Debug, Clone, Default)]
pub struct Erasure {
    /// Cases, with all that was said in them.
    pub cases: Vec<IncidentRef>,
    /// Events that stand by themselves.
    pub events: Vec<Seq>,
    /// Why; everybody at the institution reads it.
    pub why: String,
}

/// A legal hold that begins or ends.
#[derive(Debug, Clone)]
pub struct Hold {
    /// The case or sitting.
    pub on: Key,
    /// Whether it begins.
    pub begins: bool,
    /// Why; everybody at the institution reads it.
    pub why: String,
}

impl Erasure {
    /// What the log says of it.
    pub(super) fn noted(
        &self,
        disk: &Disk,
        working: &Working,
        by: &str,
    ) -> Result<LogNoted, StoreError> {
        let institution = working.institution();
        let holds = disk.holds(institution)?;
        let mut names = Vec::new();
        for case in &self.cases {
            names.push(erasable(working, &holds, *case)?);
        }
        let told = |event: &Event| self.cases.iter().any(|case| tells_of(event, *case));
        let mut events = disk.events_where(institution, told)?;
        for seq in &self.events {
            let event = disk.event(institution, *seq)?;
            events.push(alone(event, &holds, *seq)?);
            names.push(format!("event {seq}"));
        }
        let mut records: Vec<Key> = events.iter().filter_map(record_of).collect();
        let cases = self.cases.iter().map(|case| Key::new(Kind::Incident, case));
        records.extend(cases);
        records.sort();
        records.dedup();
        let text = format!(
            "The words of {} were erased: {}",
            names.join(", "),
            self.why
        );
        Ok(LogNoted {
            erased: events.iter().map(|event| event.seq).collect(),
            records,
            ..LogNoted::of(LogChange::Erasure, by, &text)
        })
    }
}

impl Hold {
    /// What the log says of it.
    pub(super) fn noted(
        &self,
        disk: &Disk,
        working: &Working,
        by: &str,
    ) -> Result<LogNoted, StoreError> {
        let Some(record) = working.records().record(&self.on) else {
            return Err(kept("There is no such record".to_owned()));
        };
        let name = if let Record::Incident(incident) = record {
            name_of(&incident)
        } else {
            format!("sitting {}", self.on.id)
        };
        let is_held = disk.holds(working.institution())?.has(&self.on);
        let (change, text) = match (self.begins, is_held) {
            (true, false) => (
                LogChange::Hold,
                format!("A legal hold is on {name}: {}", self.why),
            ),
            (false, true) => (
                LogChange::Release,
                format!("The legal hold on {name} has ended: {}", self.why),
            ),
            (true, true) => return Err(kept(format!("There is a legal hold on {name} already"))),
            (false, false) => return Err(kept(format!("There is no legal hold on {name}"))),
        };
        Ok(LogNoted {
            records: vec![self.on.clone()],
            ..LogNoted::of(change, by, &text)
        })
    }
}

/// The name of a case that may be erased.
fn erasable(working: &Working, holds: &Holds, case: IncidentRef) -> Result<String, StoreError> {
    let Some(incident) = working.records().incident(case) else {
        return Err(kept(format!("There is no case {case}")));
    };
    let name = name_of(&incident);
    if holds.keeps(&incident).is_some() {
        return Err(kept(format!("{name} is under a legal hold")));
    }
    if !incident.is_over() {
        return Err(kept(format!("{name} is not closed")));
    }
    Ok(name)
}

/// An event that may be erased by itself.
fn alone(event: Option<Event>, holds: &Holds, seq: Seq) -> Result<Event, StoreError> {
    let Some(event) = event else {
        return Err(kept(format!("There is no event {seq}")));
    };
    if event.is_erased() {
        return Err(kept(format!("Event {seq} is erased already")));
    }
    if !stands_alone(&event) {
        let why = "records are made of it, so it goes with its case or stays";
        return Err(kept(format!("Event {seq} cannot be erased: {why}")));
    }
    if holds.keeps_event(&event).is_some() {
        return Err(kept(format!("Event {seq} is under a legal hold")));
    }
    Ok(event)
}

fn name_of(incident: &Incident) -> String {
    let number = incident.number.clone();
    number.unwrap_or_else(|| incident.reference.to_string())
}

fn kept(why: String) -> StoreError {
    StoreError::Kept(why)
}
