//! A page of the copy goes bad on the disk of a station that people work at.

use std::{
    fs::OpenOptions,
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::PathBuf,
};

use super::{remembering::holds, *};

/// Bytes of a page of the copy.
const PAGE: u64 = 4_096;
const DAY_MS: i64 = 86_400_000;

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

/// Flips a bit in each page of the middle quarter of the copy.
fn scratch(profile: &Path) {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(profile.join("cache.db"))
        .unwrap();
    let n_pages = file.metadata().unwrap().len() / PAGE;
    for n in n_pages * 3 / 8..n_pages * 5 / 8 {
        let at = SeekFrom::Start(n * PAGE + PAGE / 2);
        let mut byte = [0];
        file.seek(at).unwrap();
        file.read_exact(&mut byte).unwrap();
        file.seek(at).unwrap();
        file.write_all(&[byte[0] ^ 1]).unwrap();
    }
}

/// A station that remembers three events of half a year ago and 1,200 of today, closed for the night.
async fn closed() -> Bench {
    let (bench, now) = (Bench::new().await, wall_now());
    bench.partner.world().clock = Some(now.0);
    bench.partner.pass(3, now.plus_ms(-179 * DAY_MS));
    bench.partner.pass(1_200, now);
    let console = bench.live(true).await;
    shows(&console, "all", |status| status.older == 0).await;
    console.shutdown().await;
    bench
}

#[tokio::test]
async fn a_copy_that_went_bad_overnight_is_put_aside_and_fetched_again_by_itself() {
    let bench = closed().await;
    let profile = profile(&bench);
    scratch(&profile);
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
    let bench = closed().await;
    let later = wall_now().plus_ms(2 * DAY_MS);
    bench.partner.world().clock = Some(later.0);
    let console = bench.open();
    // When what is old is gone, the copy has been read through, and was sound.
    holds(&console, 1_200).await;
    let profile = profile(&bench);
    scratch(&profile);
    // What is noted of the outage makes everybody read from the disk again.
    let before = live(&console).await.link.since;
    bench.partner.cut();
    shows(&console, "the line is back", |status| {
        status.link.state == LinkState::Live && status.link.since != before
    })
    .await;
    let mut n_bad = 0;
    for seq in (4..=1_203).step_by(10) {
        let event = console.call("event", json!({"seq": seq})).await;
        n_bad += usize::from(event.is_err());
    }
    assert!(0 < n_bad, "nobody came upon the damage");
    // What is old came along; it goes with the next round.
    holds(&console, 1_203).await;
    assert!(profile.join("quarantine").is_dir());
}
