//! One hall: its seats, who is out, whose script is in, what may be done.

use std::collections::BTreeSet;

use elms_protocol::{
    AttendanceStatus, BatchId, Candidate, Event, Fact, Key, Kind, SENT_ON, Sitting, SittingId,
    StudentId, arrivals,
    host::{Away, Finish, HallView, IncidentView, Stray},
};

use super::{Scene, actions, candidates, incidents, monitor};
use crate::cache::Held;

/// As many strays as a screen has room for.
const STRAYS: usize = 5;

/// The records whose history a hall shows: its sitting, and its batch.
pub fn hall_keys(scene: &Scene<'_>, id: SittingId) -> Vec<Key> {
    let batch = scene.sitting(id).and_then(|sitting| sitting.batch_id);
    let keys = batch.map(|batch| Key::new(Kind::Batch, batch));
    keys.into_iter()
        .chain([Key::new(Kind::Sitting, id)])
        .collect()
}

/// A hall; `history` is that of its [`hall_keys`]. None when there is none for this person.
pub fn hall(scene: &Scene<'_>, id: SittingId, history: &[Held]) -> Option<HallView> {
    let sitting = scene.sitting(id)?;
    let seated = candidates(scene, Some(id), "");
    let longest = seated.iter().map(|one| one.extra_time_pct).max();
    let last = seated.iter().map(|one| sitting.finish_of(one)).max();
    let last = last.unwrap_or_else(|| sitting.effective_end());
    let events = events(*scene, history);
    let away = sitting.out.iter().map(|seat| Away {
        seat: seat.clone(),
        since: events
            .iter()
            .rev()
            .find(|event| takes_out(event, seat))
            .map(|event| event.happened_at()),
    });
    Some(HallView {
        view: monitor::view(*scene, sitting, (longest.unwrap_or(0), last)),
        incidents: of_hall(scene, id),
        scripts_in: scripts_in(&events, sitting.batch_id),
        away: away.collect(),
        arrivals: arrivals(&scene.policy(), sitting.starts_at),
        finishes: finishes(sitting, &seated),
        strays: strays(&events, id),
        actions: actions::of_hall(*scene, sitting),
        awaited: actions::awaited(*scene, sitting),
        owed_sec: actions::owed_sec(*scene, sitting),
        next: actions::next_phases(*scene, sitting),
        candidates: seated,
    })
}

/// Who is between two halls, the latest first, as this hall has it: what waits here has a line for the
/// other hall too.
fn strays(events: &[&Event], hall: SittingId) -> Vec<Stray> {
    let found = events.iter().rev().filter_map(|event| {
        let Some(Fact::HallLog(log)) = event.fact() else {
            return None;
        };
        let at = event.happened_at();
        (log.action == SENT_ON && log.exam_entry_id == hall).then_some(Stray { at, text: log.text })
    });
    found.take(STRAYS).collect()
}

/// Who writes longer than the others, by access arrangement or because time was given to them.
fn finishes(sitting: &Sitting, seated: &[Candidate]) -> Vec<Finish> {
    let end = sitting.effective_end();
    let writes = |one: &&Candidate| {
        !matches!(
            one.attendance,
            AttendanceStatus::Absent | AttendanceStatus::Refused | AttendanceStatus::Withdrawn
        )
    };
    let all = seated.iter().filter(writes).map(|one| Finish {
        seat: one.seat.trim().to_uppercase(),
        name: one.name.clone(),
        at: sitting.finish_of(one),
    });
    let mut finishes: Vec<Finish> = all.filter(|one| end < one.at).collect();
    finishes.sort_by(|one, other| (one.at, &one.seat).cmp(&(other.at, &other.seat)));
    finishes
}

/// What happened in the order of the log, then what waits here.
fn events<'a>(scene: Scene<'a>, history: &'a [Held]) -> Vec<&'a Event> {
    let mut events: Vec<&Event> = history.iter().map(|held| &held.event).collect();
    events.sort_by_key(|event| event.seq);
    let waiting = scene.overlay.pending().iter();
    events.extend(waiting.flat_map(|pending| &pending.events));
    events
}

fn of_hall(scene: &Scene<'_>, id: SittingId) -> Vec<IncidentView> {
    let all = incidents(scene).into_iter();
    all.filter(|view| view.incident.sitting_id == Some(id))
        .collect()
}

fn takes_out(event: &Event, seat: &str) -> bool {
    let Some(Fact::HallLog(log)) = event.fact() else {
        return false;
    };
    log.action == "TEMPORARY_ABSENCE_OUT" && log.seat.as_deref() == Some(seat)
}

/// Whose script was handed in; one that belongs to another batch has left this one.
fn scripts_in(events: &[&Event], batch: Option<BatchId>) -> Vec<StudentId> {
    let mut found = BTreeSet::new();
    for event in events {
        let Some(Fact::ScriptSubmitted(script) | Fact::ScriptCollected(script)) = event.fact()
        else {
            continue;
        };
        if Some(script.batch_id) == batch {
            found.insert(script.student_id);
        } else if script.from_batch_id == batch {
            found.remove(&script.student_id);
        }
    }
    found.into_iter().collect()
}
