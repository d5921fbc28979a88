//! Reviews: filters, words, pages.

use elms_protocol::{
    Severity,
    host::{ReviewQuery, ReviewRow},
};

use super::*;

/// A review without any condition.
pub(crate) fn everything() -> ReviewQuery {
    serde_json::from_value(serde_json::json!({
        "text": "", "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    }))
    .unwrap()
}

pub(crate) fn words(text: &str) -> ReviewQuery {
    ReviewQuery {
        text: text.to_owned(),
        ..everything()
    }
}

fn rows(reader: &mut Reader, query: &ReviewQuery) -> Vec<ReviewRow> {
    let result = reader.review(query).unwrap();
    let rows = reader.rows(result.handle, 0, 200).unwrap();
    assert_eq!(i64::try_from(rows.len()).unwrap(), result.total);
    rows
}

/// A copy with a morning in it, of which the second half was seen late.
fn looked_back() -> (tempfile::TempDir, Cache, Hall) {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1, 2, 3]);
    cache
        .apply(
            &hall.log,
            None,
            Seen {
                at: hall.now(),
                live: true,
            },
        )
        .unwrap();
    morning(&mut hall, &[1, 3, 2]);
    hall.ask(
        &invigilator(),
        report(77, "Équipement: the Projector fell, BATCH-CSE201-2026-01"),
    );
    let seen = Seen {
        at: hall.now().plus_ms(3_600_000),
        live: false,
    };
    cache.apply(&hall.log, Some(hall.cursor()), seen).unwrap();
    (dir, cache, hall)
}

#[test]
fn without_a_condition_everything_is_there_in_the_order_of_the_log() {
    let (_dir, cache, hall) = looked_back();
    let mut reader = cache.reader().unwrap();
    let rows = rows(&mut reader, &everything());
    let seqs: Vec<Seq> = rows.iter().map(|row| row.seq).collect();
    let log: Vec<Seq> = hall.log.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, log);
    assert_eq!(rows[0].severity, Some(Severity::High));
    assert_eq!(rows[0].incident, Some(reference(1)));
    assert_eq!(rows[0].station.as_deref(), Some("GH-A"));
}

#[test]
fn an_event_is_found_at_its_row_among_what_matches_and_nowhere_else() {
    let (_dir, cache, hall) = looked_back();
    let mut reader = cache.reader().unwrap();
    for query in [everything(), words("Kofi")] {
        let result = reader.review(&query).unwrap();
        let rows = reader.rows(result.handle, 0, 200).unwrap();
        for event in &hall.log {
            let row = rows.iter().position(|row| row.seq == event.seq);
            let place = reader.place(result.handle, event.seq).unwrap();
            assert_eq!(place.map(|place| usize::try_from(place).unwrap()), row);
        }
        assert_eq!(reader.place(result.handle, Seq(0)).unwrap(), None);
    }
}

#[test]
fn words_are_found_without_their_accents_and_while_they_are_typed() {
    let (_dir, cache, _) = looked_back();
    let mut reader = cache.reader().unwrap();
    for text in [
        "equipement",
        "PROJECT",
        "batch-cse201-2026-01 fell",
        "Kofi projector",
    ] {
        let found = rows(&mut reader, &words(text));
        assert!(
            found.iter().any(|row| row.incident == Some(reference(77))),
            "{text}"
        );
    }
    assert_eq!(rows(&mut reader, &words("projector elephant")), []);
    assert_eq!(rows(&mut reader, &words("leaks")).len(), 2);
}

#[test]
fn every_filter_lets_through_what_it_names() {
    let (_dir, cache, hall) = looked_back();
    let mut reader = cache.reader().unwrap();
    let channel = ReviewQuery {
        channels: vec!["weather".into()],
        ..everything()
    };
    assert!(
        rows(&mut reader, &channel)
            .iter()
            .all(|row| row.event == "roof:leaks")
    );
    let high = ReviewQuery {
        severities: vec![Severity::High],
        ..everything()
    };
    assert_eq!(rows(&mut reader, &high).len(), 2);
    let hall_10 = ReviewQuery {
        sittings: vec![SITTING],
        ..everything()
    };
    let in_hall = rows(&mut reader, &hall_10);
    assert!(in_hall.iter().any(|row| row.channel == "batch_update"));
    assert!(in_hall.iter().all(|row| row.channel != "weather"));
    let station = ReviewQuery {
        stations: vec!["GH-A".into()],
        ..everything()
    };
    assert!(
        rows(&mut reader, &station)
            .iter()
            .all(|row| row.channel != "weather")
    );
    let nowhere = ReviewQuery {
        stations: vec!["GH-Z".into()],
        ..words("phone")
    };
    assert_eq!(rows(&mut reader, &nowhere), []);
    let until = ReviewQuery {
        to: Some(MORNING.0 + 90_000),
        ..everything()
    };
    let early = hall
        .log
        .iter()
        .filter(|event| event.happened_at().0 <= MORNING.0 + 90_000);
    assert_eq!(rows(&mut reader, &until).len(), early.count());
}

#[test]
fn a_word_is_found_within_its_hall_at_its_station_and_in_its_channel() {
    let (_dir, cache, _) = looked_back();
    let mut reader = cache.reader().unwrap();
    let narrowed = ReviewQuery {
        sittings: vec![SITTING, elms_protocol::SittingId(99)],
        stations: vec!["GH-A".into()],
        channels: vec!["incident".into(), "weather".into()],
        severities: vec![Severity::High, Severity::Low],
        ..words("projector")
    };
    assert_eq!(rows(&mut reader, &narrowed).len(), 1);
    let elsewhere = ReviewQuery {
        channels: vec!["weather".into()],
        ..words("projector")
    };
    assert_eq!(rows(&mut reader, &elsewhere), []);
}

#[test]
fn what_was_seen_late_can_be_looked_at_alone() {
    let (_dir, cache, _) = looked_back();
    let mut reader = cache.reader().unwrap();
    let late = rows(
        &mut reader,
        &ReviewQuery {
            late_only: true,
            ..everything()
        },
    );
    assert_eq!(late.len(), 5);
    assert!(
        late.iter()
            .all(|row| row.late && row.received_at < row.seen_at)
    );
    let chart = reader.review(&everything()).unwrap().histogram;
    assert_eq!(chart.iter().map(|bar| bar.late).sum::<i64>(), 5);
}

#[test]
fn a_result_does_not_move_while_events_come() {
    let (_dir, mut cache, mut hall) = looked_back();
    let mut reader = cache.reader().unwrap();
    let before = reader.review(&everything()).unwrap();
    hall.strange();
    cache.apply(&hall.log, None, LIVE).unwrap();
    let rows = reader.rows(before.handle, 0, 200).unwrap();
    assert_eq!(i64::try_from(rows.len()).unwrap(), before.total);
    let after = reader.review(&everything()).unwrap();
    assert_eq!(after.total, before.total + 1);
    assert_eq!(after.held, after.total);
}

#[test]
fn an_event_that_comes_out_of_order_is_found_in_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    (0..5).for_each(|_| hall.strange());
    let mut reader = cache.reader().unwrap();
    for from in [3, 0] {
        cache.apply(&hall.log[from..], None, LIVE).unwrap();
        let found = rows(&mut reader, &everything());
        let seqs: Vec<i64> = found.iter().map(|row| row.seq.0).collect();
        let first = i64::try_from(from).unwrap() + 1;
        assert_eq!(seqs, (first..=5).collect::<Vec<i64>>());
    }
}

#[test]
fn a_page_has_at_most_200_rows_and_old_results_are_let_go() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    (0..450).for_each(|_| hall.strange());
    cache.apply(&hall.log, None, LIVE).unwrap();
    let mut reader = cache.reader().unwrap();
    let first = reader.review(&everything()).unwrap();
    assert_eq!(reader.rows(first.handle, 0, 450).unwrap().len(), 200);
    let last = reader.rows(first.handle, 440, 600).unwrap();
    assert_eq!((last.len(), last[0].seq), (10, Seq(441)));
    assert_eq!(reader.rows(first.handle, 20, 10).unwrap(), []);
    for _ in 0..4 {
        reader.review(&everything()).unwrap();
    }
    let gone = reader.rows(first.handle, 0, 1);
    assert!(matches!(gone, Err(CacheError::NoSuchResult)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_can_be_typed_is_an_error(
        texts in prop::collection::vec(
            prop_oneof![
                ".{0,220}",
                "[\"*():^{}+\\- ANDORTphone']{0,40}",
                "(NEAR|AND|OR|NOT|text|tags|:|\"|\\(|\\)|a\\*| ){0,30}",
            ],
            250,
        ),
    ) {
        let (_dir, cache, _) = looked_back();
        let mut reader = cache.reader().unwrap();
        for text in texts {
            let found = reader.review(&ReviewQuery { sittings: vec![SITTING], ..words(&text) });
            prop_assert!(found.is_ok(), "{text:?}: {found:?}");
        }
    }
}

#[test]
fn the_copy_says_how_much_it_holds_and_since_when() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    let nothing = cache.reader().unwrap().holds().unwrap();
    assert_eq!((nothing.events, nothing.since), (0, None));
    morning(&mut hall, &[0, 1, 2, 3, 4, 5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let held = cache.reader().unwrap().holds().unwrap();
    assert_eq!(held.events, i64::try_from(hall.log.len()).unwrap());
    let first = hall
        .log
        .iter()
        .map(|event| event.times.occurred_corrected())
        .min();
    assert_eq!(held.since, first);
    assert!(0 < held.words && held.words < cache.bytes());
}
