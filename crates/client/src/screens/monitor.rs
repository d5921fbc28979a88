//! The Monitor: a lane for each sitting, and the incidents.

use std::collections::BTreeMap;

use elms_protocol::{
    Batch, Key, Kind, Record, Sitting, SittingId, Station,
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
            view(
                *scene,
                sitting,
                longest.get(&sitting.id).copied().unwrap_or(0),
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

/// The longest access arrangement of each sitting, in percent.
fn longest_extra(scene: Scene<'_>) -> BTreeMap<SittingId, i64> {
    let mut longest = BTreeMap::new();
    for candidate in scene.overlay.candidates() {
        let known: &mut i64 = longest.entry(candidate.sitting_id).or_default();
        *known = candidate.extra_time_pct.max(*known);
    }
    longest
}

fn view(scene: Scene<'_>, sitting: &Sitting, longest_extra_pct: i64) -> SittingView {
    let here = |station: &&Station| station.venue_id == Some(sitting.venue_id);
    SittingView {
        sync: scene.overlay.mark(&Key::new(Kind::Sitting, sitting.id)),
        venue: scene.venue(sitting.venue_id).cloned(),
        batch: batch_of(scene, sitting).cloned(),
        stations: scene.overlay.stations().filter(here).cloned().collect(),
        effective_end: sitting.effective_end(),
        longest_extra_pct,
        sitting: sitting.clone(),
    }
}

fn batch_of<'a>(scene: Scene<'a>, sitting: &Sitting) -> Option<&'a Batch> {
    let Record::Batch(batch) = scene.get(&Key::new(Kind::Batch, sitting.batch_id?))? else {
        return None;
    };
    Some(batch)
}
