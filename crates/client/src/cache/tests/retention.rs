//! A station forgets the oldest, never what matters, and never believes that something is missing.

use elms_protocol::{IncidentOutcome, Record, ResolveIncident, about};

use super::{looking_back::everything, *};

const DAY_MS: i64 = 86_400_000;
/// Whatever is older than a day may go.
pub(super) const A_DAY: Retention = Retention {
    days: 1,
    mib: 1_024,
};

pub(super) fn nothing() -> BTreeSet<Key> {
    BTreeSet::new()
}

/// A day after the event at `seq`: it may go, and those before it.
pub(super) fn day_after(seq: i64) -> Timestamp {
    MORNING.plus_ms(seq * 60_000 + DAY_MS)
}

/// All steps of a round; how many events went.
pub(super) fn round(
    cache: &mut Cache,
    rule: Retention,
    now: Timestamp,
    pinned: &BTreeSet<Key>,
) -> usize {
    let (mut from, mut n_events) = (Seq::ZERO, 0);
    loop {
        let step = cache.let_go(rule, (now, from), pinned).unwrap();
        n_events += step.n_events;
        match step.next {
            Some(next) => from = next,
            None => return n_events,
        }
    }
}

/// Takes in everything that has happened, and that the person was told of it.
fn hear(cache: &mut Cache, hall: &Hall) {
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    cache.set_notified(hall.seq()).unwrap();
}

pub(super) fn resolve(hall: &mut Hall, n: u128) {
    let resolve = ResolveIncident {
        incident: reference(n),
        outcome: IncidentOutcome::Warned,
        resolution: "Warned".to_owned(),
        merged_into: None,
    };
    hall.ask(&officer(), resolve);
}

fn is_held(reader: &Reader, seq: Seq) -> bool {
    reader.event(seq).unwrap().is_some()
}

fn cases(event: &Event) -> Vec<Key> {
    let mut keys = about(event);
    keys.retain(|key| key.kind == Kind::Incident);
    keys
}

/// Whether a case may not go when everything up to `floor` does.
fn is_needed(hall: &Hall, case: &Key, floor: Seq) -> bool {
    let Some(Record::Incident(incident)) = hall.records.get(case) else {
        return false;
    };
    let mine = hall.log.iter().filter(|event| cases(event).contains(case));
    !incident.is_over() || mine.map(|event| event.seq).any(|seq| floor < seq)
}

#[test]
fn what_is_old_goes_and_the_records_stay_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[1, 2, 4, 3, 1, 2]);
    hear(&mut cache, &hall);
    let (hash, middle) = (cache.state_hash(), hall.seq().0 / 2);
    assert_ne!(round(&mut cache, A_DAY, day_after(middle), &nothing()), 0);
    let mut reader = cache.reader().unwrap();
    let begins = reader.begins().unwrap();
    assert!(begins <= day_after(middle).plus_ms(-DAY_MS));
    for event in &hall.log {
        let is_young = reader.floor() < event.seq;
        assert_eq!(is_held(&reader, event.seq), is_young, "{}", event.seq.0);
        assert_eq!(is_young, begins < event.timestamp);
    }
    assert_eq!((cache.state_hash(), hash), (hash, hall.hash()));
    assert_eq!((reader.filled(), reader.to_come()), (Seq::ZERO, 0));
    let left = i64::try_from(hall.log.len()).unwrap() - reader.floor().0;
    let found = reader.review(&everything()).unwrap();
    assert_eq!((found.held, found.total), (left, left));
    drop((reader, cache));
    let cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
    assert_eq!(cache.state_hash(), hash);
    assert_eq!(cache.cursor(), Some(hall.cursor()));
    assert_eq!(cache.reader().unwrap().begins(), Some(begins));
    let base = look(&cache.shared.place).base;
    assert!(Seq::ZERO < base);
    let folded = schema::fold_anew(&cache.conn, base).unwrap();
    assert_eq!(folded.hash(), hash, "the base has moved with the floor");
}

#[test]
fn what_was_received_within_a_day_stays_however_full_the_disk_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[1, 2, 4, 3]);
    hear(&mut cache, &hall);
    let none = Retention { days: 1, mib: 0 };
    let now = day_after(0).plus_ms(-1);
    assert_eq!(round(&mut cache, none, now, &nothing()), 0);
    // A day later all of it may go, whatever the days.
    let full = Retention {
        days: 3_650,
        mib: 0,
    };
    let later = day_after(hall.seq().0);
    assert_eq!(round(&mut cache, full, later, &nothing()), hall.log.len());
    assert_eq!(cache.state_hash(), hall.hash());
}

#[test]
fn nothing_goes_that_is_not_known_to_be_complete_or_was_not_looked_through() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[1, 2, 4, 3]);
    let later = day_after(hall.seq().0);
    cache.apply(&hall.log, None, LIVE).unwrap();
    cache.set_notified(hall.seq()).unwrap();
    assert_eq!(round(&mut cache, A_DAY, later, &nothing()), 0);
    cache.apply(&[], Some(hall.cursor()), LIVE).unwrap();
    cache.set_notified(Seq(2)).unwrap();
    assert_eq!(round(&mut cache, A_DAY, later, &nothing()), 2);
}

#[test]
fn an_open_case_keeps_its_whole_history_and_goes_as_a_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    hall.ask(&invigilator(), report(1, "Phone under the desk"));
    hall.ask(&invigilator(), report(2, "Notes in the sleeve"));
    resolve(&mut hall, 2);
    morning(&mut hall, &[1, 2]);
    hear(&mut cache, &hall);
    let history = |cache: &Cache, n| {
        let key = Key::new(Kind::Incident, reference(n));
        cache.reader().unwrap().history(&key).unwrap().len()
    };
    let whole = history(&cache, 1);
    let later = day_after(hall.seq().0 - 1);
    // The first event of the closed case is old, its last is not: nothing of it goes yet.
    let reported = hall.log.iter().find(|event| {
        event.event == "incident:reported" && cases(event)[0].id == reference(2).to_string()
    });
    let two = history(&cache, 2);
    let between = day_after(reported.unwrap().seq.0);
    round(&mut cache, A_DAY, between, &nothing());
    assert_eq!((history(&cache, 1), history(&cache, 2)), (whole, two));

    let unread = BTreeSet::from([Key::new(Kind::Incident, reference(2))]);
    round(&mut cache, A_DAY, later, &unread);
    assert_eq!((history(&cache, 1), history(&cache, 2)), (whole, two));
    round(&mut cache, A_DAY, later, &nothing());
    assert_eq!((history(&cache, 1), history(&cache, 2)), (whole, 0));

    resolve(&mut hall, 1);
    hear(&mut cache, &hall);
    round(&mut cache, A_DAY, later, &nothing());
    assert_ne!(history(&cache, 1), 0, "it was closed just now");
    let later = day_after(hall.seq().0);
    round(&mut cache, A_DAY, later, &nothing());
    assert_eq!(history(&cache, 1), 0);
    // Looking back, both stand as they ended.
    let past = cache.reader().unwrap().past(later).unwrap();
    assert_eq!(past.records.of(Kind::Incident).count(), 2);
    assert_eq!(cache.state_hash(), hall.hash());
}

#[test]
fn a_case_that_took_a_long_time_goes_as_a_whole_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    hall.ask(&invigilator(), report(1, "Phone under the desk"));
    // More than one step of a round lies between its first event and its last.
    for _ in 0..600 {
        hall.strange();
    }
    resolve(&mut hall, 1);
    hear(&mut cache, &hall);
    let later = day_after(hall.seq().0);
    round(&mut cache, A_DAY, later, &nothing());
    let key = Key::new(Kind::Incident, reference(1));
    assert!(cache.reader().unwrap().history(&key).unwrap().is_empty());
}

#[test]
fn a_case_that_came_during_an_outage_stays_until_somebody_looks() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    hall.ask(&invigilator(), report(1, "Phone under the desk"));
    resolve(&mut hall, 1);
    let back = Seen {
        at: hall.now().plus_ms(49 * 60_000),
        live: false,
    };
    cache.apply(&hall.log, Some(hall.cursor()), back).unwrap();
    cache.set_notified(hall.seq()).unwrap();
    let later = day_after(hall.seq().0);
    assert_eq!(round(&mut cache, A_DAY, later, &nothing()), 0);
    cache.look(reference(1)).unwrap();
    assert_eq!(round(&mut cache, A_DAY, later, &nothing()), hall.log.len());
}

#[test]
fn what_was_let_go_of_is_not_fetched_again_and_does_not_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    morning(&mut hall, &[1, 2, 4, 3]);
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[1, 2]);
    hear(&mut cache, &hall);
    let base = cache.reader().unwrap().filled();
    let n_events = hall.log.len();
    // The first copy's history was still to come: it is not asked for.
    let later = day_after(hall.seq().0);
    assert_eq!(round(&mut cache, A_DAY, later, &nothing()), n_events);
    assert!(cache.is_full(A_DAY, later).unwrap());
    assert_eq!(cache.reader().unwrap().to_come(), 0);
    // A slow answer brings it all the same; it is not taken.
    cache.fill(&hall.log[..2], Seq::ZERO, MORNING).unwrap();
    hear(&mut cache, &hall);
    cache.install(&hall.snapshot(), MORNING).unwrap();
    cache.apply(&hall.log, None, LIVE).unwrap();
    let mut reader = cache.reader().unwrap();
    assert!(base <= reader.floor());
    assert_eq!(reader.review(&everything()).unwrap().held, 0);
    assert_eq!(cache.state_hash(), hall.hash());
}

#[test]
fn a_new_station_fetches_no_more_history_than_it_would_keep() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    morning(&mut hall, &[1, 2, 4, 3, 1, 2]);
    let mut cache = opened(dir.path(), &hall);
    let is_last = |n: &usize| hall.log[n - 1].timestamp < hall.log[*n].timestamp;
    let old = (3..hall.log.len()).find(is_last).unwrap();
    let upto = |n: usize| Seq(i64::try_from(n).unwrap());
    let now = hall.log[old - 1].timestamp.plus_ms(DAY_MS);
    assert!(!cache.is_full(A_DAY, now).unwrap());
    cache.fill(&hall.log[old..], upto(old), MORNING).unwrap();
    assert!(!cache.is_full(A_DAY, now).unwrap());
    let far = cache.reader().unwrap().reaches_back().unwrap();
    assert_eq!(far, Some(hall.log[old].happened_at()));
    cache
        .fill(&hall.log[old - 1..old], upto(old - 1), MORNING)
        .unwrap();
    assert!(cache.is_full(A_DAY, now).unwrap());
    let reader = cache.reader().unwrap();
    assert_eq!((reader.to_come(), reader.floor()), (0, upto(old - 1)));
    assert_eq!(reader.reaches_back().unwrap(), None);
    assert!(reader.begins().is_some());
    assert_eq!(cache.cursor().unwrap().seq, hall.seq());
}

#[test]
fn another_log_is_remembered_from_its_beginning() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[1, 2, 4, 3]);
    hear(&mut cache, &hall);
    round(&mut cache, A_DAY, day_after(hall.seq().0), &nothing());
    let mut other = Hall {
        epoch: elms_protocol::Epoch(uuid::Uuid::from_u128(2)),
        ..Hall::new()
    };
    cache.install(&other.snapshot(), MORNING).unwrap();
    morning(&mut other, &[1]);
    cache.apply(&other.log, Some(other.cursor()), LIVE).unwrap();
    let reader = cache.reader().unwrap();
    assert_eq!((reader.floor(), reader.begins()), (Seq::ZERO, None));
    assert!(is_held(&reader, Seq(1)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_goes_and_comes_the_records_are_those_of_the_log_and_nothing_is_missing(
        days in prop::collection::vec(
            (prop::collection::vec(any::<u8>(), 1..8), any::<prop::sample::Index>(), any::<bool>()),
            1..5,
        ),
        copied in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut hall = Hall::new();
        morning(&mut hall, &copied);
        let mut cache = opened(dir.path(), &hall);
        let base = hall.seq();
        for (steps, cut, closes) in days {
            let known = hall.log.len();
            morning(&mut hall, &steps);
            let open: Vec<u128> = open_cases(&hall);
            if let (true, Some(n)) = (closes, open.first()) {
                resolve(&mut hall, *n);
            }
            // What comes first is the end, as on a line that broke; then all of it again.
            let middle = known + cut.index(hall.log.len() - known + 1);
            cache.apply(&hall.log[middle..], None, LIVE).unwrap();
            hear(&mut cache, &hall);
            let now = day_after(cut.index(hall.log.len() + 1).try_into().unwrap());
            round(&mut cache, A_DAY, now, &nothing());
            prop_assert_eq!(cache.state_hash(), hall.hash());
            prop_assert_eq!(cache.cursor(), Some(hall.cursor()));
            let reader = cache.reader().unwrap();
            let floor = reader.floor();
            for event in &hall.log {
                let needed = cases(event).iter().any(|case| is_needed(&hall, case, floor));
                let here = is_held(&reader, event.seq);
                prop_assert!(here || event.seq <= floor.max(base), "{} is missing", event.seq.0);
                prop_assert!(here || !needed || event.seq <= base, "{} is needed", event.seq.0);
                prop_assert!(!here || needed || floor < event.seq, "{} is here", event.seq.0);
            }
        }
        drop(cache);
        let mut cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
        prop_assert_eq!(cache.state_hash(), hall.hash());
        let folded = schema::fold_anew(&cache.conn, look(&cache.shared.place).base).unwrap();
        prop_assert_eq!(folded.hash(), hall.hash());
        let mut reader = cache.reader().unwrap();
        let n_held = hall.log.iter().filter(|event| is_held(&reader, event.seq)).count();
        let found = reader.review(&everything()).unwrap();
        let charted: i64 = found.histogram.iter().map(|bar| bar.n + bar.late).sum();
        prop_assert_eq!((found.held, charted), (n_held.try_into().unwrap(), found.held));
        // The marks that a review has read keep up.
        let later = day_after(hall.seq().0);
        let gone = round(&mut cache, A_DAY, later, &nothing());
        let found = reader.review(&everything()).unwrap();
        let charted: i64 = found.histogram.iter().map(|bar| bar.n + bar.late).sum();
        let left = i64::try_from(n_held - gone).unwrap();
        prop_assert_eq!((found.held, charted), (left, left));
    }
}

fn open_cases(hall: &Hall) -> Vec<u128> {
    let is_open = |n: &u128| {
        let known = hall.records.get(&Key::new(Kind::Incident, reference(*n)));
        matches!(known, Some(Record::Incident(incident)) if !incident.is_over())
    };
    (0..1_000).filter(is_open).collect()
}
