//! What stands on each paper, made from the records and their history. Pure.

use elms_protocol::{
    Batch, BatchId, Incident, Key, Kind, Record, Sitting, SittingId, Timestamp, describe, reconcile,
};

use super::{Paper, Part, Zone};
use crate::{cache::Held, screens::Scene, tongue::Tongue};

/// How a paper is written.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// The language of its headings; what people wrote stays as it is.
    pub tongue: Tongue,
    /// Whose times.
    pub zone: &'a Zone,
}

impl Writing<'_> {
    pub(super) fn say(&self, id: &str) -> String {
        self.tongue.say(&format!("paper-{id}"))
    }

    /// `10:42:18` in the institution's zone.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        self.local(at).get(11..19).unwrap_or_default().to_owned()
    }

    /// `2026-11-24`.
    pub(super) fn date(&self, at: Timestamp) -> String {
        self.local(at).get(..10).unwrap_or_default().to_owned()
    }

    /// Date and time with the zone.
    pub fn moment(&self, at: Timestamp) -> String {
        format!("{} {} {}", self.date(at), self.clock(at), self.zone.name)
    }

    pub(super) fn local(&self, at: Timestamp) -> String {
        at.plus_ms(self.zone.offset_min.saturating_mul(60_000))
            .to_string()
    }

    pub(super) fn fact(&self, name: &str, value: impl Into<String>) -> (String, String) {
        (self.say(name), value.into())
    }

    pub(super) fn columns(&self, columns: &[(&str, u16)]) -> Vec<(String, u16)> {
        let named = columns.iter().map(|(name, share)| (self.say(name), *share));
        named.collect()
    }

    /// Every event with its time, who, where and number.
    pub(super) fn events(&self, title: &str, history: &[Held]) -> Part {
        let rows = history.iter().map(|held| {
            let event = &held.event;
            let by = [&event.actor.name, &event.actor.station_code];
            let by: Vec<&str> = by.into_iter().flatten().map(String::as_str).collect();
            vec![
                self.clock(event.happened_at()),
                describe(event),
                by.join(", "),
                event.seq.0.to_string(),
            ]
        });
        Part {
            title: self.say(title),
            words: String::new(),
            columns: self.columns(&[("time", 12), ("what", 52), ("by", 24), ("number", 12)]),
            rows: rows.collect(),
        }
    }
}

pub(super) fn venue_name(scene: &Scene<'_>, sitting: &Sitting) -> String {
    let venue = scene.overlay.get(&Key::new(Kind::Venue, sitting.venue_id));
    match venue {
        Some(Record::Venue(venue)) => venue.name.clone(),
        _ => sitting.room.clone(),
    }
}

pub(super) fn sitting<'a>(scene: &Scene<'a>, id: SittingId) -> Option<&'a Sitting> {
    let Record::Sitting(sitting) = scene.overlay.get(&Key::new(Kind::Sitting, id))? else {
        return None;
    };
    Some(sitting)
}

/// What happened in a hall.
pub(super) fn hall(
    writing: &Writing<'_>,
    scene: &Scene<'_>,
    id: SittingId,
    history: &[Held],
) -> Option<Paper> {
    let sitting = sitting(scene, id)?;
    let chiefs = sitting.invigilators.iter().map(|one| one.name.as_str());
    let cases = scene.overlay.incidents();
    let cases: Vec<&Incident> = cases
        .filter(|case| case.sitting_id == Some(id) && !case.confidential)
        .collect();
    Some(Paper {
        title: writing.say("hall"),
        about: format!("{} {}", venue_name(scene, sitting), sitting.course_code),
        facts: vec![
            writing.fact("venue", venue_name(scene, sitting)),
            writing.fact(
                "course",
                format!("{} {}", sitting.course_code, sitting.course_name),
            ),
            writing.fact("day", writing.date(sitting.starts_at)),
            writing.fact(
                "planned",
                between(writing, sitting.starts_at, sitting.ends_at),
            ),
            writing.fact("begun", at(writing, sitting.started_at)),
            writing.fact("stopped", at(writing, sitting.stopped_at)),
            writing.fact("registered", sitting.expected.to_string()),
            writing.fact("present", sitting.present.to_string()),
            writing.fact("invigilators", chiefs.collect::<Vec<_>>().join(", ")),
        ],
        parts: vec![incidents(writing, &cases), writing.events("log", history)],
    })
}

fn between(writing: &Writing<'_>, from: Timestamp, to: Timestamp) -> String {
    format!("{} – {}", writing.clock(from), writing.clock(to))
}

fn at(writing: &Writing<'_>, at: Option<Timestamp>) -> String {
    at.map_or_else(|| "–".to_owned(), |at| writing.clock(at))
}

fn incidents(writing: &Writing<'_>, cases: &[&Incident]) -> Part {
    let rows = cases.iter().map(|case| {
        vec![
            writing.clock(case.times.occurred_at),
            number(case),
            writing.tongue.say(&word("severity", case.severity.text())),
            case.title.clone(),
            writing
                .tongue
                .say(&word("incident-status", case.status.text())),
        ]
    });
    Part {
        title: writing.say("incidents"),
        words: String::new(),
        columns: writing.columns(&[
            ("time", 12),
            ("number", 17),
            ("severity", 12),
            ("what", 42),
            ("status", 17),
        ]),
        rows: rows.collect(),
    }
}

pub(super) fn number(case: &Incident) -> String {
    let number = case.number.as_ref().or(case.local_number.as_ref());
    number.cloned().unwrap_or_default()
}

/// `severity`, `VERY_LATE` as the name of its message.
pub(super) fn word(table: &str, name: &str) -> String {
    format!("{table}-{}", name.to_lowercase().replace('_', "-"))
}

fn batch<'a>(scene: &Scene<'a>, id: BatchId) -> Option<&'a Batch> {
    let Record::Batch(batch) = scene.overlay.get(&Key::new(Kind::Batch, id))? else {
        return None;
    };
    Some(batch)
}

/// The way of a batch.
pub(super) fn custody(
    writing: &Writing<'_>,
    scene: &Scene<'_>,
    id: BatchId,
    history: &[Held],
) -> Option<Paper> {
    let batch = batch(scene, id)?;
    let sitting = sitting(scene, batch.sitting_id);
    let present = sitting.map_or(0, |sitting| sitting.present);
    Some(Paper {
        title: writing.say("custody"),
        about: batch.code.clone(),
        facts: vec![
            writing.fact("batch", batch.code.clone()),
            writing.fact(
                "course",
                format!("{} {}", batch.course_code, batch.course_name),
            ),
            writing.fact("registered", batch.total_registered.to_string()),
            writing.fact("present", present.to_string()),
            writing.fact("collected", batch.scripts_collected.to_string()),
            writing.fact(
                "seal",
                batch.seal_number.clone().unwrap_or_else(|| "–".to_owned()),
            ),
            writing.fact("holder", batch.holder.name()),
            writing.fact(
                "status",
                writing
                    .tongue
                    .say(&word("batch-status", batch.status.text())),
            ),
        ],
        parts: vec![
            steps(writing, batch, sitting),
            writing.events("log", history),
        ],
    })
}

/// Printed, signed for, from hand to hand, and each count between, in the order of their times.
fn steps(writing: &Writing<'_>, batch: &Batch, sitting: Option<&Sitting>) -> Part {
    let mut rows = handed(writing, batch);
    rows.extend(printed(writing, batch));
    rows.extend(sitting.and_then(|sitting| issued(writing, sitting)));
    rows.extend(counts(writing, batch));
    rows.sort_by_key(|(at, _)| *at);
    Part {
        title: writing.say("steps"),
        words: String::new(),
        columns: writing.columns(&[("time", 28), ("step", 20), ("by", 26), ("holder", 26)]),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

type Row = (Timestamp, Vec<String>);

fn row(writing: &Writing<'_>, at: Timestamp, step: &str, by: Option<&str>, holder: String) -> Row {
    let by = by.unwrap_or_default().to_owned();
    let step = writing.tongue.say(step);
    (at, vec![writing.moment(at), step, by, holder])
}

fn handed(writing: &Writing<'_>, batch: &Batch) -> Vec<Row> {
    let steps = batch.steps.iter().map(|step| {
        let word = word("batch-status", step.status.text());
        let by = step.by.as_ref().map(|by| by.name.as_str());
        row(writing, step.at, &word, by, step.holder.clone())
    });
    steps.collect()
}

fn printed(writing: &Writing<'_>, batch: &Batch) -> Option<Row> {
    let printed = batch.printed.as_ref()?;
    let what = writing.tongue.say_with(
        "paper-printed-there",
        [
            ("place", printed.place.as_str().into()),
            ("copies", printed.copies.into()),
            ("spare", printed.spare.into()),
        ],
    );
    let by = printed.noted.by.as_deref();
    Some(row(writing, printed.at, "way-printed", by, what))
}

fn issued(writing: &Writing<'_>, sitting: &Sitting) -> Option<Row> {
    let papers = sitting.papers.as_ref()?;
    let count = papers.count.map(|n| n.to_string()).unwrap_or_default();
    let by = papers.signed.by.as_deref();
    Some(row(writing, papers.signed.at, "way-issued", by, count))
}

fn counts(writing: &Writing<'_>, batch: &Batch) -> Vec<Row> {
    let traced = batch.counts.iter();
    let traced = traced.filter_map(|count| Some((count.trace.as_ref()?.at, count)));
    traced
        .map(|(at, count)| {
            let by = Some(count.by.name.as_str());
            row(writing, at, "way-counted", by, count.count.to_string())
        })
        .collect()
}

/// The sums of a day.
pub(super) fn day(
    writing: &Writing<'_>,
    scene: &Scene<'_>,
    (from, to): (Timestamp, Timestamp),
) -> Paper {
    let sum = reconcile(scene.overlay, from, to);
    let sittings = scene.overlay.sittings();
    let rows = sittings
        .filter(|one| from <= one.starts_at && one.starts_at < to)
        .map(|one| bundle(scene, one));
    Paper {
        title: writing.say("day-sums"),
        about: writing.date(from),
        facts: vec![
            writing.fact("registered", sum.registered.to_string()),
            writing.fact("present", sum.present.to_string()),
            writing.fact("absent", sum.absent.to_string()),
            writing.fact("in-custody", sum.in_custody.to_string()),
            writing.fact("explained", sum.explained.to_string()),
            writing.fact("missing", sum.missing.to_string()),
            writing.fact("extra", sum.extra.to_string()),
            writing.fact("still-open", sum.open.join(", ")),
        ],
        parts: vec![Part {
            title: writing.say("bundles"),
            words: String::new(),
            columns: writing.columns(&[
                ("course", 18),
                ("venue", 28),
                ("registered", 13),
                ("present", 13),
                ("collected", 13),
                ("seal", 15),
            ]),
            rows: rows.collect(),
        }],
    }
}

fn bundle(scene: &Scene<'_>, one: &Sitting) -> Vec<String> {
    let bundle = one.batch_id.and_then(|id| batch(scene, id));
    vec![
        one.course_code.clone(),
        venue_name(scene, one),
        one.expected.to_string(),
        one.present.to_string(),
        bundle
            .map(|bundle| bundle.scripts_collected.to_string())
            .unwrap_or_default(),
        bundle
            .and_then(|bundle| bundle.seal_number.clone())
            .unwrap_or_default(),
    ]
}
