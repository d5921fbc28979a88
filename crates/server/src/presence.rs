//! Which stations are heard. Coming is noted at once, going after a minute of silence: a blip of
//! the Wi-Fi is no news.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use elms_protocol::{
    Actor, CommandId, CommandRequest, InstitutionId, Key, Kind, NoteStation, Record, StationEvent,
    Times, Timestamp, View as _,
};
use uuid::Uuid;

use crate::App;

/// A station that is not heard for so long is noted as offline.
const SILENCE: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 60 });

/// A station of an institution.
type Name = (InstitutionId, String);

#[derive(Debug, Default, Clone, Copy)]
struct Heard {
    /// Connections that are open.
    n_open: u32,
    /// Counts comings and goings, so that an old silence is not taken for a new one.
    changes: u64,
    /// Whether its coming was noted.
    noted: bool,
}

/// What is known of the stations; all clones share it.
#[derive(Debug, Clone, Default)]
pub struct Presence {
    stations: Arc<Mutex<HashMap<Name, Heard>>>,
}

impl Presence {
    /// A station has connected.
    pub(crate) fn arrived(&self, app: &App, institution: InstitutionId, station: &str) {
        let is_news = {
            let mut stations = self.stations.lock().unwrap_or_else(PoisonError::into_inner);
            let heard = stations
                .entry((institution, station.to_owned()))
                .or_default();
            heard.n_open = heard.n_open.saturating_add(1);
            heard.changes = heard.changes.saturating_add(1);
            !std::mem::replace(&mut heard.noted, true)
        };
        if is_news && !shows_online(app, institution, station) {
            let text = format!("{station} online");
            note(app, institution, news(station, StationEvent::Online, text));
        }
    }

    /// A connection of a station has ended.
    pub(crate) fn left(&self, app: &App, institution: InstitutionId, station: &str) {
        let name = (institution, station.to_owned());
        let changes = {
            let mut stations = self.stations.lock().unwrap_or_else(PoisonError::into_inner);
            let heard = stations.entry(name.clone()).or_default();
            heard.n_open = heard.n_open.saturating_sub(1);
            heard.changes = heard.changes.saturating_add(1);
            heard.changes
        };
        let (presence, app, last_seen) = (self.clone(), app.clone(), app.clock.now());
        tokio::spawn(async move {
            tokio::select! {
                () = app.stop.cancelled() => {}
                () = tokio::time::sleep(SILENCE) => {
                    presence.still_silent(&app, &name, changes, last_seen);
                }
            }
        });
    }

    fn still_silent(&self, app: &App, name: &Name, changes: u64, last_seen: Timestamp) {
        let silent = {
            let mut stations = self.stations.lock().unwrap_or_else(PoisonError::into_inner);
            let heard = stations.get(name);
            let silent = heard.is_some_and(|heard| heard.n_open == 0 && heard.changes == changes);
            if silent {
                stations.remove(name);
            }
            silent
        };
        let (institution, station) = name;
        if silent && shows_online(app, *institution, station) {
            let text = format!("{station} silent for 60 s");
            let news = NoteStation {
                last_seen: Some(last_seen),
                ..news(station, StationEvent::Offline, text)
            };
            note(app, *institution, news);
        }
    }
}

/// Whether the record says already that the station is heard: a restarted server does not say it
/// once more.
fn shows_online(app: &App, institution: InstitutionId, station: &str) -> bool {
    let Ok(records) = app.store.view(institution) else {
        return false;
    };
    let record = records.record(&Key::new(Kind::Station, station));
    matches!(record, Some(Record::Station(station)) if station.online)
}

/// What is to be noted of a station.
fn news(station: &str, news: StationEvent, text: String) -> NoteStation {
    NoteStation {
        station: station.to_owned(),
        news,
        text,
        clock_offset_ms: 0,
        last_seen: None,
        delivered: None,
        unsent: None,
    }
}

fn note(app: &App, institution: InstitutionId, news: NoteStation) {
    let request = CommandRequest {
        command_id: CommandId(Uuid::now_v7()),
        times: Times::at(app.clock.now()),
        command: news.into(),
    };
    let door = app.door.clone();
    tokio::spawn(async move {
        let noted = door.apply(Actor::system(institution), request).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "a station's coming or going was not noted");
        }
    });
}
