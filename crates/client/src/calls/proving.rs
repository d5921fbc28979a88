//! Whether the entries of a case are in the server's log as they are held here.

use elms_protocol::{
    Event, IncidentRef, Key, Kind, Seq,
    host::{CaseCheck, HostError},
};
use serde::Deserialize;

use crate::{
    console::Console,
    desk::is_held,
    run::{Ask, sentence},
};

/// Which case.
#[derive(Deserialize)]
pub(super) struct OfCase {
    #[serde(rename = "ref")]
    pub(super) reference: IncidentRef,
}

/// The newest events of a case that are proved at once; the server proves no more.
const MOST: usize = 64;

pub(super) async fn check_case(console: &Console, asked: OfCase) -> Result<CaseCheck, HostError> {
    let desk = console.desk()?;
    let key = Key {
        kind: Kind::Incident,
        id: asked.reference.to_string(),
    };
    let history = desk.reading(move |reader| reader.history(&key)).await;
    let history = history.map_err(|error| sentence("cache", error))?;
    let newest = history.len().saturating_sub(MOST);
    let held: Vec<Event> = history
        .into_iter()
        .skip(newest)
        .map(|held| held.event)
        .collect();
    let seqs: Vec<Seq> = held.iter().map(|event| event.seq).collect();
    let entries = console.ask_for(|reply| Ask::Prove(seqs, reply)).await?;
    let proved = entries.iter().filter(|entry| is_held(entry, &held)).count();
    Ok(CaseCheck {
        held: i64::try_from(held.len()).unwrap_or(i64::MAX),
        proved: i64::try_from(proved).unwrap_or(i64::MAX),
        record: desk.record_check().await,
    })
}
