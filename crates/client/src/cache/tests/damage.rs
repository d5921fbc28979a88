//! The file may be deleted, cut off or scribbled over at any moment.

use super::*;

/// The file as it would be found after the computer was switched off now.
fn switched_off(from: &Path, to: &Path) {
    for name in ["cache.db", "cache.db-wal"] {
        std::fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[test]
fn whenever_the_console_is_killed_cursor_and_records_agree() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    for step in 0..12 {
        morning_step(&mut hall, step);
        let new: Vec<Event> = hall
            .log
            .iter()
            .filter(|event| cache.last() < event.seq)
            .cloned()
            .collect();
        cache.apply(&new, Some(hall.cursor()), LIVE).unwrap();
        let image = tempfile::tempdir().unwrap();
        switched_off(dir.path(), image.path());
        let found = Cache::open(&image.path().join("cache.db"), &key()).unwrap();
        assert_eq!(found.cursor(), Some(hall.cursor()));
        assert_eq!(found.state_hash(), hall.hash());
    }
}

/// One more step of a morning, under a name of its own.
fn morning_step(hall: &mut Hall, step: u8) {
    match step % 3 {
        0 => hall.ask(
            &invigilator(),
            report(u128::from(step) + 100, "Noise outside"),
        ),
        1 => hall.strange(),
        _ => hall.ask(
            &chief(),
            CountScripts {
                batch_id: BATCH,
                collected: 2,
            },
        ),
    }
}

#[test]
fn a_batch_that_was_cut_off_is_as_if_it_had_never_come() {
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let (before, whole) = (cache.cursor(), cache.state_hash());
    let wal = std::fs::read(dir.path().join("cache.db-wal")).unwrap();
    morning(&mut hall, &[5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let longer = std::fs::read(dir.path().join("cache.db-wal")).unwrap();
    let image = tempfile::tempdir().unwrap();
    switched_off(dir.path(), image.path());
    // The last frame of the log of the database did not reach the disk.
    assert!(wal.len() < longer.len());
    std::fs::write(
        image.path().join("cache.db-wal"),
        &longer[..longer.len() - 100],
    )
    .unwrap();
    let found = Cache::open(&image.path().join("cache.db"), &key()).unwrap();
    assert_eq!((found.cursor(), found.state_hash()), (before, whole));
}

#[test]
fn a_file_that_is_no_database_is_put_aside_and_a_new_one_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    std::fs::write(&path, "this is not a database, ".repeat(400)).unwrap();
    assert!(Cache::open(&path, &key()).unwrap_err().is_damage());
    let (cache, moved) = Cache::open_or_rebuild(&path, &key(), MORNING).unwrap();
    let moved = moved.unwrap();
    assert_eq!(cache.cursor(), None);
    assert!(
        moved
            .path
            .ends_with("quarantine/2026-12-07T08-00-00.000Z/cache.db"),
        "{moved:?}"
    );
    assert!(
        std::fs::read_to_string(&moved.path)
            .unwrap()
            .starts_with("this is not")
    );
    drop(cache);
    assert_eq!(
        Cache::open_or_rebuild(&path, &key(), MORNING).unwrap().1,
        None
    );
}

#[test]
fn twice_in_one_second_makes_two_places_in_the_quarantine() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    for _ in 0..2 {
        std::fs::write(&path, "scribble".repeat(900)).unwrap();
        Cache::open_or_rebuild(&path, &key(), MORNING)
            .unwrap()
            .1
            .unwrap();
    }
    assert_eq!(
        std::fs::read_dir(dir.path().join("quarantine"))
            .unwrap()
            .count(),
        2
    );
}

#[test]
fn a_copy_of_a_newer_console_is_put_aside_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    let cache = opened(dir.path(), &Hall::new());
    cache.conn.pragma_update(None, "user_version", 99).unwrap();
    drop(cache);
    let (cache, moved) = Cache::open_or_rebuild(&path, &key(), MORNING).unwrap();
    assert!(cache.records().is_empty());
    assert!(moved.unwrap().reason.contains("newer console (version 99"));
}

#[test]
fn a_page_that_was_scribbled_over_leads_to_a_new_copy_never_to_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 5, 1, 0, 5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    drop(cache);
    let whole = std::fs::read(&path).unwrap();
    let mut found_out = 0;
    for at in (0..whole.len()).step_by(4_096) {
        let mut bytes = whole.clone();
        bytes[at..at + 64].fill(0xA5);
        std::fs::write(&path, bytes).unwrap();
        let opened = Cache::open_or_rebuild(&path, &key(), MORNING);
        let (mut cache, moved) =
            opened.unwrap_or_else(|error| panic!("page at {at}: would not start: {error:?}"));
        let works = cache.apply(&hall.log, None, LIVE);
        found_out += usize::from(moved.is_some() || works.is_err());
        drop(cache);
        let (mut cache, _) = Cache::replace(&path, &key(), MORNING).unwrap();
        cache.install(&Hall::new().snapshot(), MORNING).unwrap();
        cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
        assert_eq!(cache.state_hash(), hall.hash());
    }
    assert!(0 < found_out);
}

#[test]
fn a_copy_whose_index_of_words_is_of_another_kind_is_emptied_and_filled_again() {
    use crate::cache::schema::LAYOUT;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.db");
    let older = db::Layout {
        steps: &LAYOUT.steps[..2],
        ..LAYOUT
    };
    let conn = db::open(&path, &key(), older).unwrap();
    conn.execute_batch(
        "INSERT INTO event VALUES (7, 0, '{}');
         INSERT INTO word (rowid, text, tags) VALUES (7, 'phone', 'n1');
         UPDATE place SET last = 7, base = 7; UPDATE history SET filled = 7;",
    )
    .unwrap();
    drop(conn);
    let mut hall = Hall::new();
    morning(&mut hall, &[0, 1, 2, 3, 5]);
    let mut cache = Cache::open(&path, &key()).unwrap();
    assert_eq!((cache.cursor(), cache.last()), (None, Seq::ZERO));
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    let mut reader = cache.reader().unwrap();
    let found = reader
        .review(&looking_back::words("collapsed"))
        .unwrap()
        .total;
    let all = reader.review(&looking_back::everything()).unwrap();
    assert!(0 < found && found < all.total, "{found} of {}", all.total);
}

#[test]
fn a_page_that_went_bad_is_found_whichever_it_is() {
    const PAGE: usize = 4_096;
    let dir = tempfile::tempdir().unwrap();
    let mut hall = Hall::new();
    let mut cache = opened(dir.path(), &hall);
    morning(&mut hall, &[0, 1, 2, 3, 4, 5]);
    cache.apply(&hall.log, Some(hall.cursor()), LIVE).unwrap();
    assert!(cache.reader().unwrap().is_sound().unwrap());
    // Closed, so that nothing lies in the log of the database.
    drop(cache);
    let whole = std::fs::read(dir.path().join("cache.db")).unwrap();
    let image = tempfile::tempdir().unwrap();
    let path = image.path().join("cache.db");
    let (n_pages, mut n_opened) = (whole.len() / PAGE, 0);
    for n in 0..n_pages {
        let mut bad = whole.clone();
        bad[n * PAGE + PAGE / 2] ^= 1;
        std::fs::write(&path, &bad).unwrap();
        // Some pages are read at the beginning already.
        let Ok(cache) = Cache::open(&path, &key()) else {
            continue;
        };
        n_opened += 1;
        let found = cache.reader().and_then(|reader| reader.is_sound());
        assert!(!found.unwrap_or_default(), "page {n} of {n_pages}");
    }
    assert!(0 < n_opened, "all were found at the beginning");
}
