//! How many events there were when, for the histogram above a review.

use elms_protocol::host::{Bar, ReviewQuery};

use super::marks::{Chosen, MINUTE, Marks};

/// Bars of a histogram.
const BARS: i64 = 120;
/// Widths of a bar that people can read, in milliseconds: 1 s to 30 days.
const WIDTHS: [i64; 17] = [
    1_000,
    5_000,
    10_000,
    30_000,
    60_000,
    120_000,
    180_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    21_600_000,
    43_200_000,
    86_400_000,
    2_592_000_000,
];

/// At most 120 bars over the period asked for, or over what was found.
pub(super) fn chart(marks: &Marks, chosen: &Chosen, query: &ReviewQuery) -> (i64, Vec<Bar>) {
    let span = match chosen {
        Chosen::All => marks.span,
        Chosen::These(chosen) => span(marks.times(chosen)),
    };
    let Some((first, last)) = span else {
        return (WIDTHS[0], Vec::new());
    };
    let first = query.from.unwrap_or(first).min(first);
    let last = query.to.unwrap_or(last).max(last);
    let (width, mut bars) = empty(first, last);
    match chosen {
        // Bars of whole minutes begin with one.
        Chosen::All if width % MINUTE == 0 => count_minutes(marks, width, &mut bars),
        Chosen::All => count(marks.all_times(), width, &mut bars),
        Chosen::These(chosen) => count(marks.times(chosen), width, &mut bars),
    }
    (width, bars)
}

fn empty(first: i64, last: i64) -> (i64, Vec<Bar>) {
    let width = width(last.saturating_sub(first));
    let start = first.div_euclid(width).saturating_mul(width);
    let n_bars = last.saturating_sub(start) / width;
    let bars = (0..=n_bars.min(BARS - 1)).map(|n| Bar {
        from: start.saturating_add(n.saturating_mul(width)),
        n: 0,
        late: 0,
    });
    (width, bars.collect())
}

/// The earliest and the latest instant.
fn span(mut times: impl Iterator<Item = (i64, bool)>) -> Option<(i64, i64)> {
    let (at, _) = times.next()?;
    Some(times.fold((at, at), |(first, last), (at, _)| {
        (first.min(at), last.max(at))
    }))
}

fn count(times: impl Iterator<Item = (i64, bool)>, width: i64, bars: &mut [Bar]) {
    let start = bars.first().map_or(0, |bar| bar.from);
    // Most events are in the same bar as the one before: a division is saved for them.
    let (mut n, mut from) = (0, start);
    for (at, late) in times {
        let since = at.saturating_sub(from);
        if since < 0 || width <= since {
            n = at.saturating_sub(start) / width;
            from = start.saturating_add(n.saturating_mul(width));
        }
        let bar = usize::try_from(n).ok().and_then(|n| bars.get_mut(n));
        if let Some(bar) = bar {
            let counter = if late { &mut bar.late } else { &mut bar.n };
            *counter = counter.saturating_add(1);
        }
    }
}

fn count_minutes(marks: &Marks, width: i64, bars: &mut [Bar]) {
    let start = bars.first().map_or(0, |bar| bar.from);
    for (minute, tally) in &marks.minutes {
        let n = minute.saturating_mul(MINUTE).saturating_sub(start) / width;
        let bar = usize::try_from(n).ok().and_then(|n| bars.get_mut(n));
        if let Some(bar) = bar {
            bar.n = bar.n.saturating_add(tally.n.into());
            bar.late = bar.late.saturating_add(tally.late.into());
        }
    }
}

/// The narrowest width with which the whole span fits into the bars.
fn width(span: i64) -> i64 {
    let fits = |width: &i64| span / width < BARS - 1;
    let widest = span.saturating_div(BARS - 2).saturating_add(1);
    WIDTHS.iter().copied().find(fits).unwrap_or(widest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::Mark, *};

    fn mark(seq: usize, at: i64) -> Mark {
        Mark {
            seq: i64::try_from(seq).unwrap(),
            at,
            channel: 1,
            station: 0,
            sitting: 0,
            severity: 0,
            late: at % 3 == 0,
        }
    }

    fn everything() -> ReviewQuery {
        serde_json::from_value(serde_json::json!({
            "text": "", "channels": [], "severities": [], "stations": [], "sittings": [],
            "from": null, "to": null, "lateOnly": false,
        }))
        .unwrap()
    }

    #[test]
    fn an_exam_day_of_six_hours_is_charted_in_bars_of_three_minutes() {
        assert_eq!(width(6 * 3_600_000 - 360_000), 180_000);
        assert_eq!(width(0), 1_000);
    }

    proptest! {
        #[test]
        fn every_event_found_is_in_exactly_one_of_at_most_120_bars(
            ats in prop::collection::vec(-5_i64..9_000_000_000_000, 1..60),
            from in prop::option::of(any::<i64>()),
            to in prop::option::of(any::<i64>()),
        ) {
            let mut marks = Marks::default();
            ats.iter().enumerate().for_each(|(seq, at)| marks.push(&mark(seq, *at)));
            let query = ReviewQuery { from, to, ..everything() };
            let each = Chosen::These((0..marks.places.len()).collect());
            let (width, bars) = chart(&marks, &each, &query);
            prop_assert_eq!(&chart(&marks, &Chosen::All, &query), &(width, bars.clone()));
            prop_assert!(bars.len() <= 120, "{} bars", bars.len());
            let n: i64 = bars.iter().map(|bar| bar.n + bar.late).sum();
            prop_assert_eq!(n, i64::try_from(ats.len()).unwrap());
            for pair in bars.windows(2) {
                prop_assert_eq!(pair[1].from - pair[0].from, width);
            }
        }
    }
}
