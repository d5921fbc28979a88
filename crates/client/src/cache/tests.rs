//! The copy must be right whatever the line does, and findable whatever a person types.

mod damage;
mod forgetting;
mod looking_back;
mod retention;

use elms_protocol::{AcknowledgeIncident, CountPresent, CountScripts, DeclareCount, Key, Kind};
use proptest::prelude::*;

use super::*;
use crate::fixture::{
    BATCH, Hall, MORNING, SITTING, chief, invigilator, key, note, officer, reference, report,
};

pub(super) const LIVE: Seen = Seen {
    at: MORNING,
    live: true,
};

/// An empty copy, with the records of the hall as they were in the morning.
pub(super) fn opened(dir: &Path, hall: &Hall) -> Cache {
    let mut cache = Cache::open(&dir.join("cache.db"), &key()).unwrap();
    cache.install(&hall.snapshot(), MORNING).unwrap();
    cache
}

/// A morning in the hall: some of everything, steered by `steps`.
pub(super) fn morning(hall: &mut Hall, steps: &[u8]) {
    for step in steps {
        // A name that no other case has.
        let n = u128::from(hall.seq().next().0.unsigned_abs());
        let count = i64::from(step % 4);
        match step % 6 {
            0 => hall.ask(
                &invigilator(),
                report(n, &format!("Phone under the desk, case {n}")),
            ),
            1 => hall.ask(
                &chief(),
                CountScripts {
                    batch_id: BATCH,
                    collected: count,
                },
            ),
            2 => hall.ask(
                &chief(),
                CountPresent {
                    sitting_id: SITTING,
                    checked_in: count,
                },
            ),
            3 => hall.strange(),
            4 => hall.ask(
                &chief(),
                DeclareCount {
                    batch_id: BATCH,
                    count,
                },
            ),
            _ => {
                hall.ask(&invigilator(), report(n, "Candidate collapsed"));
                hall.ask(&invigilator(), note(n, "Breathing on her own"));
            }
        }
    }
}

#[test]
fn older_events_are_filled_in_behind_the_first_copy_and_change_no_record() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    morning(&mut hall, &[0, 1, 5, 2, 3, 4, 0]);
    let mut cache = opened(dir.path(), &hall);
    let (hash, end) = (cache.state_hash(), hall.seq());
    let reader = cache.reader().unwrap();
    assert_eq!(reader.filled(), end);
    morning(&mut hall, &[5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let held = cache.state_hash();
    assert_ne!(held, hash);

    // Twice the same stretch, as after a line that broke: nothing is doubled.
    for _ in 0..2 {
        let after = Seq(end.0 - 3);
        let stretch: Vec<Event> = between(&hall, after, end);
        cache.fill(&stretch, after, MORNING).unwrap();
        assert_eq!(reader.filled(), after);
    }
    cache
        .fill(&between(&hall, Seq::ZERO, end), Seq::ZERO, MORNING)
        .unwrap();
    assert_eq!((reader.filled(), cache.last()), (Seq::ZERO, hall.seq()));
    assert_eq!(cache.state_hash(), held);
    drop((reader, cache));

    let cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
    assert_eq!(cache.state_hash(), held);
    let reader = cache.reader().unwrap();
    assert_eq!(reader.filled(), Seq::ZERO);
    let all: Vec<Seq> = (1..=hall.seq().0).map(Seq).collect();
    assert!(all.iter().all(|seq| reader.event(*seq).unwrap().is_some()));
    let first = reader.event(Seq(1)).unwrap().unwrap();
    assert!(!first.late, "history was not missed");
}

fn between(hall: &Hall, after: Seq, upto: Seq) -> Vec<Event> {
    let inside = |event: &&Event| after < event.seq && event.seq <= upto;
    hall.log.iter().filter(inside).cloned().collect()
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1, 2, 3, 4, 5]);
    let applied = cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    assert_eq!(applied.new, hall.log);
    cache.set_notified(Seq(3)).unwrap();
    let hash = cache.state_hash();
    assert_eq!(hash, hall.hash());
    drop(cache);
    let cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
    assert_eq!(cache.state_hash(), hash);
    assert_eq!(cache.cursor(), Some(hall.cursor()));
    assert_eq!((cache.last(), cache.notified()), (hall.seq(), Seq(3)));
}

#[test]
fn events_held_already_change_nothing_and_are_not_new() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 5]);
    cache.apply(&hall.log, None, LIVE).unwrap();
    let hash = cache.state_hash();
    let again = cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    assert_eq!(again, Applied::default());
    assert_eq!(cache.state_hash(), hash);
    assert_eq!(cache.cursor(), Some(hall.cursor()));
}

#[test]
fn a_person_is_told_which_parts_of_the_screen_are_stale() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1]);
    let topics = cache.apply(&hall.log, None, LIVE).unwrap().topics;
    let expected = [
        Topic::Incidents,
        Topic::Batches,
        Topic::Notifications,
        Topic::Events,
    ]
    .into();
    assert_eq!(topics, expected);
    hall.strange();
    let last = hall.log.last().cloned().into_iter().collect::<Vec<_>>();
    assert_eq!(
        cache.apply(&last, None, LIVE).unwrap().topics,
        [Topic::Events].into()
    );
}

#[test]
fn an_event_of_tomorrow_is_kept_unharmed() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    hall.strange();
    cache.apply(&hall.log, None, LIVE).unwrap();
    let found = cache.reader().unwrap().event(Seq(1)).unwrap().unwrap();
    assert_eq!(Some(&found.event), hall.log.first());
    assert_eq!(found.text, "Unknown kind of event: roof:leaks");
}

#[test]
fn the_cursor_goes_forward_only_and_never_into_another_log() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    let early = hall.cursor();
    morning(&mut hall, &[0, 1, 2]);
    let late = hall.cursor();
    cache.apply(&hall.log, Some(late), LIVE).unwrap();
    cache.apply(&[], Some(early), LIVE).unwrap();
    assert_eq!(cache.cursor(), Some(late));
    morning(&mut hall, &[4]);
    let other = Cursor {
        epoch: elms_protocol::Epoch(uuid::Uuid::from_u128(2)),
        ..hall.cursor()
    };
    let refused = cache.apply(&hall.log, Some(other), LIVE);
    assert!(matches!(refused, Err(CacheError::OtherLog)));
    assert_eq!((cache.cursor(), cache.last()), (Some(late), late.seq));
}

#[test]
fn a_copy_of_another_log_takes_the_place_of_everything_but_the_outages() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    cache.outage_began(MORNING, "no network").unwrap();
    let other = Hall {
        epoch: elms_protocol::Epoch(uuid::Uuid::from_u128(2)),
        ..Hall::new()
    };
    cache.install(&other.snapshot(), MORNING).unwrap();
    assert_eq!(cache.state_hash(), other.hash());
    let reader = cache.reader().unwrap();
    assert_eq!(reader.event(Seq(1)).unwrap(), None);
    assert_eq!(reader.outages().unwrap().len(), 1);
    assert_eq!((cache.last(), cache.notified()), (Seq::ZERO, Seq::ZERO));
}

#[test]
fn a_copy_of_the_same_log_keeps_the_events_and_what_came_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1]);
    let copy = hall.snapshot();
    morning(&mut hall, &[2, 4]);
    cache.apply(&hall.log, None, LIVE).unwrap();
    cache.install(&copy, MORNING).unwrap();
    assert_eq!(cache.state_hash(), hall.hash());
    assert!(cache.reader().unwrap().event(Seq(1)).unwrap().is_some());
}

#[test]
fn what_a_person_may_no_longer_see_leaves_with_the_next_copy() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 0]);
    cache.apply(&hall.log, None, LIVE).unwrap();
    let stranger = crate::fixture::actor(44, "Nobody", elms_protocol::Role::Student);
    let copy = Snapshot {
        actor: stranger,
        records: Vec::new(),
        ..hall.snapshot()
    };
    cache.install(&copy, MORNING).unwrap();
    let mut reader = cache.reader().unwrap();
    assert_eq!(reader.event(Seq(1)).unwrap(), None);
    assert_eq!(reader.review(&looking_back::everything()).unwrap().held, 0);
    assert_eq!(
        reader.review(&looking_back::words("phone")).unwrap().total,
        0
    );
}

#[test]
fn a_case_that_became_confidential_leaves_with_the_next_copy_and_others_stay() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    hall.ask(&officer(), report(1, "Phone at C9"));
    hall.ask(&officer(), report(2, "Ink at C9"));
    cache.apply(&hall.log, None, LIVE).unwrap();
    let mut copy = Snapshot {
        actor: crate::fixture::actor(45, "Another", elms_protocol::Role::ExamsOfficer),
        ..hall.snapshot()
    };
    let hidden = Key::new(Kind::Incident, reference(1));
    copy.records.retain(|record| record.key() != hidden);
    cache.install(&copy, MORNING).unwrap();
    let mut reader = cache.reader().unwrap();
    let found = |reader: &mut Reader, text| {
        let mut query = looking_back::words(text);
        query.channels = vec!["incident".to_owned()];
        reader.review(&query).unwrap().total
    };
    assert_eq!(found(&mut reader, "phone"), 0);
    assert_ne!(found(&mut reader, "ink"), 0);
}

#[test]
fn the_history_of_a_case_is_what_happened_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[5, 0, 1]);
    hall.ask(
        &officer(),
        AcknowledgeIncident {
            incident: reference(1),
            note: None,
        },
    );
    cache.apply(&hall.log, None, LIVE).unwrap();
    let history = cache
        .reader()
        .unwrap()
        .history(&Key::new(Kind::Incident, reference(1)))
        .unwrap();
    let events: Vec<&str> = history
        .iter()
        .map(|held| held.event.event.as_str())
        .collect();
    let expected = [
        "incident:reported",
        "notification:new",
        "incident:updated",
        "incident:updated",
    ];
    assert_eq!(events, expected);
}

#[test]
fn a_case_reported_during_an_outage_arrives_late_until_somebody_looks() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0]);
    let back = Seen {
        at: hall.now().plus_ms(49 * 60_000),
        live: false,
    };
    cache.apply(&hall.log, Some(hall.cursor()), back).unwrap();
    assert!(cache.records().arrived_late(reference(1)));
    drop(cache);
    let mut cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
    assert!(cache.records().arrived_late(reference(1)));
    cache.look(reference(1)).unwrap();
    assert!(!cache.records().arrived_late(reference(1)));
    drop(cache);
    let cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
    assert!(!cache.records().arrived_late(reference(1)));
}

#[test]
fn an_outage_is_written_down_from_its_beginning_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let mut cache = opened(dir.path(), &Hall::new());
    let back = MORNING.plus_ms(2_940_000);
    cache
        .outage_over(OutageEnd {
            at: back,
            replayed: 9,
            missing: 9,
            kept: 9,
        })
        .unwrap();
    cache.outage_began(MORNING, "the line is cut").unwrap();
    cache.outage_began(MORNING.plus_ms(5), "still").unwrap();
    let open = cache.reader().unwrap().outages().unwrap();
    assert_eq!((open.len(), open[0].from, open[0].to), (1, MORNING, None));
    cache
        .outage_over(OutageEnd {
            at: back,
            replayed: 412,
            missing: 0,
            kept: 3,
        })
        .unwrap();
    let over = cache.reader().unwrap().outages().unwrap();
    assert_eq!(
        (over[0].to, over[0].replayed, over[0].kept),
        (Some(back), 412, 3)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_twice_or_out_of_order_the_records_are_those_of_the_log(
        steps in prop::collection::vec(any::<u8>(), 1..14),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..12),
        copied in 0_usize..6,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut hall = Hall::new();
        morning(&mut hall, &steps[..copied.min(steps.len())]);
        let mut cache = opened(dir.path(), &hall);
        morning(&mut hall, &steps[copied.min(steps.len())..]);
        for (from, to) in cuts {
            if hall.log.is_empty() {
                break;
            }
            let (from, to) = (from.index(hall.log.len()), to.index(hall.log.len()));
            cache.apply(&hall.log[from.min(to)..=from.max(to)], None, LIVE).unwrap();
        }
        cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
        prop_assert_eq!(cache.state_hash(), hall.hash());
        drop(cache);
        let cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
        prop_assert_eq!(cache.state_hash(), hall.hash());
    }
}
