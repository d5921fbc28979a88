//! The day through a real door, at once, in its time, and again after a restart.

use std::path::Path;

use elms_protocol::{InstitutionId, Seq};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{
    demo::{DAY_BEGINS, at_time_of_day, institutions},
    store::{Import, Store, StoreError},
};

const HERE: InstitutionId = InstitutionId(1);
/// Fast enough for a test: 13 hours in half a second.
const FAST: f64 = 100_000.0;

async fn open(dir: &Path, clock: &Clock) -> (Door, Store) {
    let (door, store) = loop {
        // The writer of the server before this one may still be at its last line.
        match Door::open(dir, clock.clone()) {
            Err(StoreError::Taken) => tokio::task::yield_now().await,
            opened => break opened.unwrap(),
        }
    };
    if store.institutions().is_empty() {
        for (institution, records) in institutions().unwrap() {
            door.import(Import {
                institution,
                records,
            })
            .await
            .unwrap();
        }
    }
    (door, store)
}

fn head(store: &Store) -> Seq {
    store.cursor(HERE).unwrap().seq
}

/// Plays from `from` and gives the log's events in short: number, name, time of receipt. Of what
/// falls due only the past has any: in a day as fast as this everything would be late.
async fn played(dir: &Path, from: &str) -> Vec<(Seq, String, Timestamp)> {
    let clock = Clock::demo(DAY_BEGINS, 0.0);
    let (door, store) = open(dir, &clock).await;
    let how = Play {
        speed: FAST,
        from: at_time_of_day(from).unwrap(),
    };
    let n_accepted = play(
        door,
        store.clone(),
        clock.clone(),
        how,
        CancellationToken::new(),
    )
    .await
    .unwrap();
    assert_eq!(n_accepted, day().unwrap().len());
    assert!(
        (clock.rate() - 1.0).abs() < f64::EPSILON,
        "a day that is over runs as time does"
    );
    let log = store.events(HERE, Seq::ZERO, 1_000).unwrap();
    log.iter()
        .map(|logged| {
            (
                logged.event.seq,
                logged.event.event.clone(),
                logged.event.timestamp,
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_happened_before_is_there_at_once_and_at_its_own_time() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::demo(DAY_BEGINS, 0.0);
    let (door, store) = open(dir.path(), &clock).await;
    let stop = CancellationToken::new();
    let from = at_time_of_day("08:30").unwrap();
    let playing = tokio::spawn(play(
        door,
        store.clone(),
        clock.clone(),
        Play { speed: 1.0, from },
        stop.clone(),
    ));
    let done = day().unwrap().iter().filter(|step| step.at <= from).count();
    let mut ends = store.listen(HERE).unwrap();
    // One publication makes ten events, one revision tells whom it affects, and every other step
    // before 08:30 makes one.
    let until = Seq(i64::try_from(done + 10).unwrap());
    ends.wait_for(|end| until.0 <= end).await;
    stop.cancel();
    assert_eq!(playing.await.unwrap().unwrap(), done);
    assert_eq!(head(&store), until);
    let log = store.events(HERE, Seq::ZERO, 1_000).unwrap();
    assert_eq!(log[0].event.timestamp, DAY_BEGINS);
    assert_eq!(log.last().unwrap().event.timestamp, from);
    let n_same_second = clock.now().since_ms(from);
    assert!((0..10_000).contains(&n_same_second));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_played_twice_happens_once() {
    let dir = tempfile::tempdir().unwrap();
    let log = played(dir.path(), "19:20").await;
    assert_eq!(log.len(), 335);
    assert_eq!(played(dir.path(), "19:20").await, log);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_its_time_has_the_same_events_in_the_same_order() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let called = at_time_of_day("14:13").unwrap();
    let names = |log: Vec<(Seq, String, Timestamp)>| {
        let told = log.into_iter().filter(|(_, _, at)| *at != called);
        told.map(|(_, name, _)| name).collect::<Vec<_>>()
    };
    let in_time = names(played(dir.path(), "06:30").await);
    assert_eq!(in_time.len(), 333);
    assert_eq!(in_time, names(played(other.path(), "19:20").await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_starts_again_goes_on_where_its_log_stands() {
    let dir = tempfile::tempdir().unwrap();
    let morning = {
        let clock = Clock::demo(DAY_BEGINS, 0.0);
        let (door, store) = open(dir.path(), &clock).await;
        let stop = CancellationToken::new();
        let how = Play {
            speed: 0.001,
            from: at_time_of_day("10:43:07").unwrap(),
        };
        let mut ends = store.listen(HERE).unwrap();
        let playing = tokio::spawn(play(door, store.clone(), clock, how, stop.clone()));
        ends.wait_for(|end| 60 <= end).await;
        stop.cancel();
        playing.await.unwrap().unwrap();
        stands_at(&store).unwrap()
    };
    assert!(DAY_BEGINS < morning);
    let log = played(dir.path(), "06:30").await;
    assert_eq!(log.len(), 333);
    assert!(log.is_sorted_by_key(|(_, _, at)| *at), "time went back");
}
