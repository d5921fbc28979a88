//! One count for all who work on a computer.

use super::*;
use crate::fixture::key;

/// Two people's outboxes on one computer.
fn two_people(dir: &TempDir) -> [Outbox; 2] {
    let numbers = || Numbers::open(&dir.path().join("numbers.db")).unwrap();
    ["ama.db", "kofi.db"].map(|name| {
        Outbox::open(&dir.path().join(name), &key())
            .unwrap()
            .sharing(numbers())
    })
}

fn number(outbox: &mut Outbox, n: u128) -> String {
    let kept = keep(outbox, n, report(n, "Phone")).unwrap();
    kept.local_number.unwrap()
}

#[test]
fn two_people_at_one_station_never_write_the_same_number_on_two_bags() {
    let dir = tempfile::tempdir().unwrap();
    let [mut ama, mut kofi] = two_people(&dir);
    assert_eq!(number(&mut ama, 1), "GH-A/001");
    assert_eq!(number(&mut kofi, 2), "GH-A/002");
    assert_eq!(number(&mut ama, 3), "GH-A/003");
    // Sending a refused one again takes no other number.
    assert_eq!(number(&mut ama, 3), "GH-A/003");
    drop((ama, kofi));
    let [mut ama, mut kofi] = two_people(&dir);
    assert_eq!(number(&mut kofi, 4), "GH-A/004");
    assert_eq!(number(&mut ama, 5), "GH-A/005");
}

#[test]
fn a_power_cut_between_two_reports_gives_no_number_twice() {
    let dir = tempfile::tempdir().unwrap();
    let [mut ama, mut kofi] = two_people(&dir);
    let mut given = vec![number(&mut ama, 1), number(&mut kofi, 2)];
    // The files as the disk has them at this moment; nothing was closed.
    let image = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, image.path().join(path.file_name().unwrap())).unwrap();
    }
    let [mut ama, mut kofi] = two_people(&image);
    given.extend([number(&mut kofi, 3), number(&mut ama, 4)]);
    assert_eq!(given, ["GH-A/001", "GH-A/002", "GH-A/003", "GH-A/004"]);
}

#[test]
fn two_consoles_that_report_at_the_same_time_get_different_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let people = two_people(&dir);
    let threads = people
        .into_iter()
        .zip([100, 200])
        .map(|(mut outbox, from)| {
            std::thread::spawn(move || {
                let numbers = (from..from + 30).map(|n| number(&mut outbox, n));
                numbers.collect::<Vec<_>>()
            })
        });
    let threads: Vec<_> = threads.collect();
    let given = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap());
    let given: std::collections::BTreeSet<String> = given.collect();
    assert_eq!(given.len(), 60, "{given:?}");
    assert_eq!(given.last().unwrap(), "GH-A/060");
}

#[test]
fn a_number_whose_report_was_not_kept_goes_to_the_next_one() {
    let dir = tempfile::tempdir().unwrap();
    let [mut ama, mut kofi] = two_people(&dir);
    let long = keep(&mut ama, 1, report(1, &"x".repeat(300_000)));
    assert!(matches!(long, Err(OutboxError::TooLarge(_))));
    assert_eq!(number(&mut kofi, 2), "GH-A/001");
}

#[test]
fn a_computer_that_was_set_up_anew_goes_on_after_the_numbers_that_the_server_has() {
    let dir = tempfile::tempdir().unwrap();
    let [mut ama, mut kofi] = two_people(&dir);
    ama.is_known("GH-A", 41).unwrap();
    assert_eq!(number(&mut ama, 1), "GH-A/042");
    assert_eq!(number(&mut kofi, 2), "GH-A/043");
    kofi.is_known("GH-A", 7).unwrap();
    assert_eq!(number(&mut kofi, 3), "GH-A/044");
}
