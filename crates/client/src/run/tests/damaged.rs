//! A page of the copy goes bad on the disk of a station that people work at.

use std::{
    fs::OpenOptions,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

use super::{remembering::holds, *};

/// Bytes of a page of the copy.
const PAGE: u64 = 4_096;

/// The folder of the one person who ever worked here.
fn profile(bench: &Bench) -> PathBuf {
    let only = |dir: PathBuf| {
        let entries = std::fs::read_dir(dir).unwrap().flatten();
        let mut folders = entries
            .map(|entry| entry.path())
            .filter(|path| path.is_dir());
        folders.next().unwrap()
    };
    only(only(bench.dir.path().join("profiles")))
}

/// Flips a bit in every page between the two parts of the file, in eighths.
fn scratch(file: &Path, (from, upto): (u64, u64)) {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(file)
        .unwrap();
    let n_pages = file.metadata().unwrap().len() / PAGE;
    for n in n_pages * from / 8..n_pages * upto / 8 {
        let at = SeekFrom::Start(n * PAGE + PAGE / 2);
        let mut byte = [0];
        file.seek(at).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(at).unwrap();
        file.write_all(&[byte[0] ^ 1]).unwrap();
    }
}

/// A station with a history, closed for the night.
async fn closed(n_events: i64) -> Bench {
    let bench = Bench::new().await;
    bench.partner.pass(n_events, wall_now());
    let console = bench.live(true).await;
    shows(&console, "all", |status| status.older == 0).await;
    console.shutdown().await;
    bench
}

#[tokio::test]
async fn a_copy_that_went_bad_overnight_is_put_aside_and_fetched_again_by_itself() {
    let bench = closed(1_203).await;
    let profile = profile(&bench);
    scratch(&profile.join("cache.db"), (3, 5));
    let console = bench.open();
    let told = |status: &Status| {
        let words = status.warnings.join(" ");
        words.contains("damaged") && status.older == 0 && status.link.state == LinkState::Live
    };
    shows(&console, "that the copy was damaged", told).await;
    holds(&console, 1_203).await;
    assert!(profile.join("quarantine").is_dir());
}

#[tokio::test]
async fn whoever_comes_upon_a_bad_page_gets_a_new_copy_without_closing_the_console() {
    let bench = closed(1_203).await;
    let profile = profile(&bench);
    let console = bench.live(true).await;
    scratch(&profile.join("cache.db"), (3, 5));
    // What comes next makes everybody read from the disk again.
    bench.partner.pass(1, wall_now());
    shows(&console, "one more", |status| status.last_seq.0 == 1_204).await;
    let mut n_bad = 0;
    for seq in (1..=1_204).step_by(10) {
        let event = console.call("event", json!({"seq": seq})).await;
        n_bad += usize::from(event.is_err());
    }
    assert!(0 < n_bad, "nobody came upon the damage");
    holds(&console, 1_204).await;
    assert!(profile.join("quarantine").is_dir());
}
