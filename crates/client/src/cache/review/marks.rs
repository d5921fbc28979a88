//! What a review filters by, of all events held: a column for each thing, so that a question reads
//! only the columns that it asks about.

use std::{collections::BTreeMap, ops::Range};

use elms_protocol::host::LateRows;

use super::{Filter, Mark, late, places::Places};

/// Room is made for so many more events at a time: doubling would hold twice as much as is needed.
const ROOM: usize = 1 << 16;
/// Milliseconds of a minute.
pub(super) const MINUTE: i64 = 60_000;

/// The marks of all events held, in the order of the log.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub(super) places: Places,
    at: Vec<i64>,
    channel: Vec<u16>,
    station: Vec<u16>,
    sitting: Vec<u16>,
    severity: Vec<u8>,
    late: Vec<bool>,
    /// Where those follow one another that were seen late.
    pub(super) late_rows: Vec<LateRows>,
    /// The earliest and the latest instant.
    pub(super) span: Option<(i64, i64)>,
    /// How many there were in each minute, in time and late: the chart of everything.
    pub(super) minutes: BTreeMap<i64, Tally>,
}

/// Events that were seen in time, and late.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) n: u32,
    pub(super) late: u32,
}

/// Which of all marks are meant, by index.
#[derive(Debug)]
pub(super) enum Chosen {
    All,
    These(Vec<u32>),
}

impl Marks {
    /// With room for so many.
    pub(super) fn with_room(n: usize) -> Self {
        let mut marks = Self::default();
        marks.make_room(n);
        marks
    }

    fn make_room(&mut self, n: usize) {
        self.at.reserve_exact(n);
        self.channel.reserve_exact(n);
        self.station.reserve_exact(n);
        self.sitting.reserve_exact(n);
        self.severity.reserve_exact(n);
        self.late.reserve_exact(n);
    }

    /// Puts a mark behind all others.
    pub(super) fn push(&mut self, mark: &Mark) {
        if self.at.len() == self.at.capacity() {
            self.make_room(ROOM);
        }
        let row = i64::try_from(self.late.len()).unwrap_or(i64::MAX);
        late::add(&mut self.late_rows, row, mark.late);
        self.places.push(mark.seq);
        self.at.push(mark.at);
        self.channel.push(mark.channel);
        self.station.push(mark.station);
        self.sitting.push(mark.sitting);
        self.severity.push(mark.severity);
        self.late.push(mark.late);
        let (first, last) = self.span.unwrap_or((mark.at, mark.at));
        self.span = Some((first.min(mark.at), last.max(mark.at)));
        let minute = self.minutes.entry(mark.at.div_euclid(MINUTE)).or_default();
        let counter = if mark.late {
            &mut minute.late
        } else {
            &mut minute.n
        };
        *counter = counter.saturating_add(1);
    }

    /// Takes out those of these rising positions.
    pub(super) fn take(&mut self, seqs: &[i64]) {
        let gone = self.places.indexes(seqs);
        for (at, late) in self.times(&gone).collect::<Vec<_>>() {
            self.uncount(at.div_euclid(MINUTE), late);
        }
        self.places = self.places.without(&gone);
        // From the end, so that the indexes before it stay what they are.
        for run in runs(&gone).into_iter().rev() {
            self.at.drain(run.clone());
            self.channel.drain(run.clone());
            self.station.drain(run.clone());
            self.sitting.drain(run.clone());
            self.severity.drain(run.clone());
            self.late.drain(run);
        }
        // Most stations lost no line: nothing is walked through for them.
        if !self.late_rows.is_empty() {
            self.late_rows = late::joined(self.late.iter().copied());
        }
        let ends = (self.at.iter().min(), self.at.iter().max());
        self.span = ends.0.copied().zip(ends.1.copied());
    }

    fn uncount(&mut self, minute: i64, late: bool) {
        let Some(tally) = self.minutes.get_mut(&minute) else {
            return;
        };
        let counter = if late { &mut tally.late } else { &mut tally.n };
        *counter = counter.saturating_sub(1);
        if tally.n == 0 && tally.late == 0 {
            self.minutes.remove(&minute);
        }
    }

    /// When it happened, and whether it was seen late, of each that is chosen.
    pub(super) fn times(&self, chosen: &[u32]) -> impl Iterator<Item = (i64, bool)> {
        chosen.iter().map(|index| {
            let index = usize::try_from(*index).unwrap_or(usize::MAX);
            let late = self.late.get(index).copied().unwrap_or_default();
            (self.at.get(index).copied().unwrap_or_default(), late)
        })
    }

    /// The same of all.
    pub(super) fn all_times(&self) -> impl Iterator<Item = (i64, bool)> {
        self.at.iter().copied().zip(self.late.iter().copied())
    }

    /// Leaves those of `chosen` that the filter lets through. What is not asked about is not read.
    pub(super) fn narrow(&self, mut chosen: Chosen, filter: &Filter) -> Chosen {
        let named = [
            (&filter.sittings, &self.sitting),
            (&filter.stations, &self.station),
            (&filter.channels, &self.channel),
        ];
        for (wanted, column) in named {
            chosen = match wanted.as_deref() {
                None => chosen,
                // Nearly always one is asked for, and comparing with one is several times faster.
                Some([one]) => chosen.only(column, |number| number == *one),
                Some(list) => chosen.only(column, |number| list.contains(&number)),
            };
        }
        if let Some(severities) = &filter.severities {
            chosen = chosen.only(&self.severity, |number| severities.contains(&number));
        }
        if filter.late_only {
            chosen = chosen.only(&self.late, |late| late);
        }
        if filter.from != i64::MIN || filter.to != i64::MAX {
            chosen = chosen.only(&self.at, |at| filter.from <= at && at <= filter.to);
        }
        chosen
    }
}

/// Rising indexes as ranges of those that follow one another.
fn runs(indexes: &[u32]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in indexes {
        let index = usize::try_from(*index).unwrap_or(usize::MAX);
        match runs.last_mut() {
            Some(run) if run.end == index => run.end = index.saturating_add(1),
            Some(_) | None => runs.push(index..index.saturating_add(1)),
        }
    }
    runs
}

impl Chosen {
    /// Leaves those whose entry in the column is wanted.
    fn only<T: Copy>(self, column: &[T], is_wanted: impl Fn(T) -> bool) -> Self {
        let all: Range<u32> = 0..u32::MAX;
        Self::These(match self {
            Self::All => all
                .zip(column)
                .filter(|(_, entry)| is_wanted(**entry))
                .map(|(index, _)| index)
                .collect(),
            Self::These(mut chosen) => {
                chosen.retain(|index| {
                    let entry = usize::try_from(*index).ok().and_then(|at| column.get(at));
                    entry.is_some_and(|entry| is_wanted(*entry))
                });
                chosen
            }
        })
    }
}
