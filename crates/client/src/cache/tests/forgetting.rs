//! What the server has erased is not at the station either, whether it was there then or away.

use elms_protocol::{Actor, InstitutionId, LogChange, LogNoted, NoteLog, erasure};

use super::{
    looking_back::everything,
    retention::{A_DAY, day_after, nothing, resolve, round},
    *,
};

const WORD: &str = "quarshiezed";

/// A hall with a case that says the word, and one that does not.
fn told() -> Hall {
    let mut hall = Hall::new();
    hall.ask(&invigilator(), report(70, &format!("Notes of {WORD}")));
    hall.ask(&invigilator(), note(70, &format!("{WORD} gave them up")));
    hall.ask(&invigilator(), report(71, "Phone under the desk"));
    hall
}

/// Erases the case 70; the log as the server has it then.
fn erased(hall: &mut Hall) -> Vec<Event> {
    let case = reference(70);
    let told = |event: &&Event| erasure::tells_of(event, case);
    let records = hall.log.iter().filter(told).filter_map(erasure::record_of);
    let records: Vec<Key> = records.collect();
    assert!(records.contains(&Key::new(Kind::Incident, case)));
    let erased: Vec<Seq> = hall
        .log
        .iter()
        .filter(told)
        .map(|event| event.seq)
        .collect();
    assert!(1 < erased.len());
    let noted = LogNoted {
        erased: erased.clone(),
        records,
        ..LogNoted::of(LogChange::Erasure, "Dr Ofori", "Retention")
    };
    hall.ask(&Actor::system(InstitutionId(1)), NoteLog { noted });
    let left = |event: &Event| {
        if erased.contains(&event.seq) {
            erasure::blanked(event)
        } else {
            event.clone()
        }
    };
    hall.log.iter().map(left).collect()
}

/// That neither the tables nor the index know the word, and the rest is there.
fn forgotten(cache: &Cache, hall: &Hall) {
    forgotten_after(cache, hall, hall.seq().0);
}

/// The same of a copy that holds so many events.
fn forgotten_after(cache: &Cache, hall: &Hall, n_events: i64) {
    let one = |sql: &str| {
        cache
            .conn
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    for (table, column) in [("event", "json"), ("record", "json"), ("base", "json")] {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{WORD}%'");
        assert_eq!(one(&sql), 0, "{table}");
    }
    assert_eq!(
        one(&format!(
            "SELECT count(*) FROM word WHERE word MATCH '{WORD}'"
        )),
        0
    );
    let n_phones = one("SELECT count(*) FROM word WHERE word MATCH 'phone'");
    assert_eq!(n_phones == 0, n_events == 0);
    assert_eq!(one("SELECT count(*) FROM event"), n_events);
    let case = Key::new(Kind::Incident, reference(70));
    assert!(cache.records().get(&case).is_none());
    assert!(cache.reader().unwrap().history(&case).unwrap().is_empty());
    assert_eq!(cache.state_hash(), hall.hash());
}

#[test]
fn a_station_that_is_there_forgets_with_the_entry_of_the_erasure() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = told();
    let mut cache = opened(dir.path(), &Hall::new());
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let n = hall.log.len();
    erased(&mut hall);
    let applied = cache
        .apply(&hall.log[n..], Some(hall.cursor()), LIVE)
        .unwrap();
    assert!(applied.topics.contains(&Topic::of(Kind::Incident)));
    forgotten(&cache, &hall);
    drop(cache);
    forgotten(
        &Cache::open(&dir.path().join("cache.db"), &key()).unwrap(),
        &hall,
    );
}

#[test]
fn a_station_that_was_away_forgets_what_a_first_copy_and_its_history_leave_out() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = told();
    let mut cache = opened(dir.path(), &Hall::new());
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let left = erased(&mut hall);
    cache.install(&hall.snapshot(), MORNING).unwrap();
    cache.fill(&left, Seq::ZERO, MORNING).unwrap();
    forgotten(&cache, &hall);
}

#[test]
fn a_case_that_comes_and_goes_in_one_batch_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = told();
    let mut cache = opened(dir.path(), &Hall::new());
    erased(&mut hall);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    forgotten(&cache, &hall);
}

/// Everything that was closed is let go of; how many events are left.
fn let_go(cache: &mut Cache, hall: &Hall) -> i64 {
    cache.set_notified(hall.seq()).unwrap();
    let before = cache.reader().unwrap().review(&everything()).unwrap().held;
    before - i64::try_from(round(cache, A_DAY, day_after(hall.seq().0), &nothing())).unwrap()
}

#[test]
fn what_is_erased_after_it_was_let_go_of_is_gone_from_the_records_too() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = told();
    resolve(&mut hall, 70);
    let mut cache = opened(dir.path(), &Hall::new());
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let n_left = let_go(&mut cache, &hall);
    assert!(0 < n_left, "the open case stays");
    assert!(n_left < hall.seq().0, "nothing was let go of");
    let n = hall.log.len();
    erased(&mut hall);
    cache
        .apply(&hall.log[n..], Some(hall.cursor()), LIVE)
        .unwrap();
    forgotten_after(&cache, &hall, n_left + 1);
    // And looking back at the time before, it is not there either.
    let past = cache.reader().unwrap().past(hall.now()).unwrap();
    assert!(
        past.records
            .get(&Key::new(Kind::Incident, reference(70)))
            .is_none()
    );
}

#[test]
fn what_is_erased_between_two_steps_of_letting_go_does_not_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = told();
    resolve(&mut hall, 70);
    for _ in 0..600 {
        hall.strange();
    }
    let mut cache = opened(dir.path(), &Hall::new());
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    cache.set_notified(hall.seq()).unwrap();
    let later = day_after(hall.seq().0);
    let first = cache.let_go(A_DAY, (later, Seq::ZERO), &nothing()).unwrap();
    let n = hall.log.len();
    erased(&mut hall);
    cache
        .apply(&hall.log[n..], Some(hall.cursor()), LIVE)
        .unwrap();
    let mut from = first.next;
    while let Some(next) = from {
        from = cache.let_go(A_DAY, (later, next), &nothing()).unwrap().next;
    }
    let n_left = cache.reader().unwrap().review(&everything()).unwrap().held;
    forgotten_after(&cache, &hall, n_left);
}
