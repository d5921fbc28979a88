//! The Monitor: a lane for each sitting, and the incidents.

use std::collections::BTreeMap;

use elms_protocol::{
    Batch, Key, Kind, Record, Sitting, SittingId, Station, Timestamp,
    host::{Monitor, SittingView},
};

use super::{Scene, incidents};

/// Lanes in the order of their start, then of their venue; all incidents, the newest first.
pub fn monitor(scene: &Scene<'_>) -> Monitor {
    let longest = longest_extra(*scene);
    let mut sittings: Vec<SittingView> = scene
        .overlay
        .sittings()
        .map(|sitting| {
            let extra = longest.get(&sitting.id).copied();
            view(
                *scene,
                sitting,
                extra.unwrap_or((0, sitting.effective_end())),
            )
        })
        .collect();
    sittings.sort_by_cached_key(|view| {
        let venue = view.venue.as_ref().map(|venue| venue.code.clone());
        (view.sitting.starts_at, venue, view.sitting.id)
    });
    Monitor {
        sittings,
        incidents: incidents(scene),
    }
}

/// The longest access arrangement of each sitting in percent, and when the last candidate
/// finishes.
fn longest_extra(scene: Scene<'_>) -> BTreeMap<SittingId, (i64, Timestamp)> {
    let mut longest = BTreeMap::new();
    let sittings = scene.overlay.sittings();
    let sittings: BTreeMap<SittingId, &Sitting> =
        sittings.map(|sitting| (sitting.id, sitting)).collect();
    for candidate in scene.overlay.candidates() {
        let Some(sitting) = sittings.get(&candidate.sitting_id) else {
            continue;
        };
        let start = (0, sitting.effective_end());
        let (percent, end): &mut (i64, Timestamp) = longest.entry(sitting.id).or_insert(start);
        *percent = candidate.extra_time_pct.max(*percent);
        *end = sitting.finish_of(candidate).max(*end);
    }
    longest
}

/// A lane, with the longest access arrangement in it and when its last candidate finishes.
pub(super) fn view(
    scene: Scene<'_>,
    sitting: &Sitting,
    (longest_extra_pct, last_end): (i64, Timestamp),
) -> SittingView {
    let here = |station: &&Station| station.venue_id == Some(sitting.venue_id);
    SittingView {
        sync: scene.overlay.mark(&Key::new(Kind::Sitting, sitting.id)),
        venue: scene.venue(sitting.venue_id).cloned(),
        batch: batch_of(scene, sitting).cloned(),
        stations: scene.overlay.stations().filter(here).cloned().collect(),
        effective_end: sitting.effective_end(),
        longest_extra_pct,
        last_end,
        sitting: sitting.clone(),
    }
}

fn batch_of<'a>(scene: Scene<'a>, sitting: &Sitting) -> Option<&'a Batch> {
    let Record::Batch(batch) = scene.get(&Key::new(Kind::Batch, sitting.batch_id?))? else {
        return None;
    };
    Some(batch)
}
