//! The timetable: what was published and changed, and what cannot be as it is planned.
//!
//! Three things cannot be: more candidates in a hall than it seats, a person on duty in two halls,
//! and a candidate who writes two papers at the same time.

use std::collections::{BTreeMap, BTreeSet};

use elms_protocol::{
    Action, Event, Fact, Key, Kind, Phase, Sitting, SittingId, StudentId, Subject, UserId, Venue,
    VenueId,
    host::{Clash, MovedSitting, TimelineEntry, TimetableView},
    may,
};

use super::{Scene, timeline::happened};
use crate::cache::Held;

/// The records whose history the timetable shows.
pub fn timetable_keys(scene: &Scene<'_>) -> Vec<Key> {
    let timetables = scene.overlay.timetables();
    timetables
        .map(|timetable| Key::new(Kind::Timetable, timetable.id))
        .collect()
}

/// The timetables, the latest first, with their clashes and with `history`, what happened to them.
pub fn timetable(scene: &Scene<'_>, history: &[Held]) -> TimetableView {
    let mut timetables: Vec<_> = scene.overlay.timetables().cloned().collect();
    timetables.sort_by(|one, other| other.start_date.cmp(&one.start_date));
    let mut events: Vec<_> = history.iter().map(|held| &held.event).collect();
    events.sort_by_key(|event| event.seq);
    let movable = movable(*scene);
    TimetableView {
        timetables,
        halls: if movable.is_empty() {
            Vec::new()
        } else {
            halls(*scene)
        },
        clashes: clashes(*scene),
        moved: moved(*scene, &events),
        movable,
        changes: events
            .into_iter()
            .map(|event| change(*scene, event))
            .collect(),
    }
}

/// All halls there are, also those without a paper.
fn halls(scene: Scene<'_>) -> Vec<Venue> {
    let mut halls: Vec<_> = scene.overlay.venues().cloned().collect();
    halls.sort_by(|one, other| one.name.cmp(&other.name));
    halls
}

/// What has not begun may be moved, by whoever may publish it.
fn movable(scene: Scene<'_>) -> Vec<SittingId> {
    let may_move = |sitting: &&Sitting| {
        let subject = Subject {
            sitting: Some(sitting),
            ..Subject::default()
        };
        scene.closed.is_none()
            && matches!(sitting.phase, Phase::Setup | Phase::Admitting)
            && may(scene.actor, Action::PublishTimetable, subject)
    };
    let sittings = scene.overlay.sittings().filter(may_move);
    sittings.map(|sitting| sitting.id).collect()
}

/// Where the sittings were that are elsewhere now; of one that moved twice, where it was last.
fn moved(scene: Scene<'_>, events: &[&Event]) -> Vec<MovedSitting> {
    let mut before = BTreeMap::new();
    for event in events {
        if let Some(Fact::TimetableUpdated(change)) = event.fact()
            && let (Some(sitting), Some(venue)) = (change.exam_entry_id, change.venue_before)
        {
            before.insert(sitting, (venue, change.room_before));
        }
    }
    let places = before.into_iter();
    places
        .filter(|(id, (venue, room))| {
            let now = scene.overlay.sittings().find(|sitting| sitting.id == *id);
            now.is_some_and(|now| {
                now.venue_id != *venue || room.as_ref().is_some_and(|room| now.room != *room)
            })
        })
        .map(|(sitting_id, (venue_id, room))| MovedSitting {
            sitting_id,
            venue_id,
            room,
        })
        .collect()
}

/// A change in words; of a sitting that has moved with its place before and after.
fn change(scene: Scene<'_>, event: &Event) -> TimelineEntry {
    let mut entry = happened(event);
    let Some(Fact::TimetableUpdated(moved)) = event.fact() else {
        return entry;
    };
    let (venue, room) = (moved.venue_before, moved.room_before);
    let Some(before) = place(scene, venue, room.as_ref()) else {
        return entry;
    };
    let (venue, room) = (moved.venue_id.or(venue), moved.room.or(room));
    if let Some(after) = place(scene, venue, room.as_ref()) {
        entry.text = format!(
            "{}. Before: {before}. Now: {after}.",
            entry.text.trim_end_matches('.')
        );
    }
    entry
}

fn place(scene: Scene<'_>, venue: Option<VenueId>, room: Option<&String>) -> Option<String> {
    let venue = scene.venue(venue?)?;
    Some(room.map_or_else(
        || venue.name.clone(),
        |room| format!("{}, {room}", venue.name),
    ))
}

/// Two sittings at the same time, the earlier first.
type Pair<'a> = (&'a Sitting, &'a Sitting);

fn clashes(scene: Scene<'_>) -> Vec<Clash> {
    let planned = planned(scene);
    let mut found = Vec::new();
    for pair in overlapping(&planned) {
        found.extend(too_many(scene, pair));
        found.extend(on_duty_twice(scene, pair));
    }
    found.extend(writing_twice(scene, &planned));
    found
}

/// The sittings that take place, in order of start.
fn planned(scene: Scene<'_>) -> Vec<&Sitting> {
    let off = |sitting: &&Sitting| matches!(sitting.phase, Phase::Cancelled | Phase::Postponed);
    let sittings = scene.overlay.sittings();
    let mut planned: Vec<&Sitting> = sittings.filter(|sitting| !off(sitting)).collect();
    planned.sort_by_key(|sitting| (sitting.starts_at, sitting.id));
    planned
}

fn overlapping<'a>(planned: &[&'a Sitting]) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (at, first) in planned.iter().enumerate() {
        let later = planned.iter().skip(at.saturating_add(1));
        // They stand in order of start: after the first that begins later none overlaps.
        let during = later.take_while(|second| second.starts_at < first.effective_end());
        pairs.extend(during.map(|second| (*first, *second)));
    }
    pairs
}

fn at_once((one, other): Pair<'_>) -> bool {
    one.starts_at < other.effective_end() && other.starts_at < one.effective_end()
}

fn clash((one, other): Pair<'_>, text: String) -> Clash {
    Clash {
        sittings: vec![one.id, other.id],
        text,
    }
}

/// More candidates than the hall seats.
fn too_many(scene: Scene<'_>, pair: Pair<'_>) -> Option<Clash> {
    let (one, other) = pair;
    let venue = scene.venue(one.venue_id)?;
    let expected = one.expected.saturating_add(other.expected);
    let same_room = one.venue_id == other.venue_id && one.room == other.room;
    (same_room && venue.capacity < expected).then(|| {
        let text = format!(
            "{} and {} have {expected} candidates at once in {}, which seats {}.",
            one.course_code, other.course_code, venue.name, venue.capacity,
        );
        clash(pair, text)
    })
}

/// A person on duty in two halls.
fn on_duty_twice(scene: Scene<'_>, pair: Pair<'_>) -> Vec<Clash> {
    let (one, other) = pair;
    if one.venue_id == other.venue_id {
        return Vec::new();
    }
    let there: BTreeSet<UserId> = other.invigilators.iter().map(|one| one.user_id).collect();
    let name = |sitting: &Sitting| {
        scene
            .venue(sitting.venue_id)
            .map_or_else(|| sitting.room.clone(), |venue| venue.name.clone())
    };
    let twice = one.invigilators.iter();
    twice
        .filter(|duty| there.contains(&duty.user_id))
        .map(|duty| {
            let (here, there) = (name(one), name(other));
            let text = format!("{} is on duty in {here} and {there} at once.", duty.name);
            clash(pair, text)
        })
        .collect()
}

/// Candidates who write two papers at the same time.
fn writing_twice(scene: Scene<'_>, planned: &[&Sitting]) -> Vec<Clash> {
    let places: BTreeMap<SittingId, usize> = planned
        .iter()
        .enumerate()
        .map(|(place, sitting)| (sitting.id, place))
        .collect();
    let mut papers: BTreeMap<StudentId, BTreeSet<usize>> = BTreeMap::new();
    for candidate in scene.overlay.candidates() {
        if let Some(place) = places.get(&candidate.sitting_id) {
            let theirs = papers.entry(candidate.student_id).or_default();
            theirs.insert(*place);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for theirs in papers.values() {
        for (at, one) in theirs.iter().enumerate() {
            for other in theirs.iter().skip(at.saturating_add(1)) {
                let count = shared.entry((*one, *other)).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let pairs = shared.into_iter();
    pairs
        .filter_map(|((one, other), count)| {
            let pair = (*planned.get(one)?, *planned.get(other)?);
            at_once(pair).then(|| clash(pair, written_by(pair, count)))
        })
        .collect()
}

fn written_by((one, other): Pair<'_>, count: usize) -> String {
    let who = if count == 1 {
        "1 candidate writes".to_owned()
    } else {
        format!("{count} candidates write")
    };
    format!(
        "{} and {} are at the same time, and {who} both.",
        one.course_code, other.course_code
    )
}
