//! What happened to a record, and what waits to happen.

use elms_protocol::{
    Event, Key, describe,
    host::{SyncMark, TimelineEntry},
};

use super::{Scene, sentences};
use crate::{
    cache::Held,
    overlay::{Pending, written_at},
};

/// The history of a record in the order of the log, then what waits here for it.
pub(super) fn timeline(scene: Scene<'_>, key: &Key, history: &[Held]) -> Vec<TimelineEntry> {
    let known = history.iter().map(|held| &held.event);
    // Who was told is no part of what happened.
    let known = known
        .filter(|event| event.channel != "notification")
        .map(happened);
    let pending = scene
        .overlay
        .pending()
        .iter()
        .filter(|pending| pending.is_about(key));
    known
        .chain(pending.map(|pending| waiting(scene, pending)))
        .collect()
}

/// One event as a line of a history.
pub(super) fn happened(event: &Event) -> TimelineEntry {
    let written = event
        .times
        .recorded_at
        .plus_ms(event.times.clock_offset_ms.saturating_neg());
    TimelineEntry {
        at: event.happened_at(),
        event: event.event.clone(),
        by: event.actor.name.clone(),
        station: event.actor.station_code.clone(),
        text: describe(event),
        seq: Some(event.seq),
        lag_ms: event.timestamp.since_ms(written).max(0),
        sync: SyncMark::Server,
    }
}

fn waiting(scene: Scene<'_>, pending: &Pending) -> TimelineEntry {
    TimelineEntry {
        at: pending.request.times.occurred_corrected(),
        event: String::new(),
        by: Some(scene.actor.name.clone()),
        station: scene.actor.station.clone(),
        text: sentences::pending(pending),
        seq: None,
        lag_ms: scene.now.since_ms(written_at(&pending.request)).max(0),
        sync: pending.mark,
    }
}
