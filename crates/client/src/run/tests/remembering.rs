//! A station lets go of what is old while people work, and goes on where it was.

use super::*;

/// How many events a review of everything finds; none when the copy cannot be read.
async fn n_held(console: &Console) -> Option<i64> {
    let query = json!({"text": "", "channels": [], "severities": [], "stations": [],
        "sittings": [], "from": null, "to": null, "lateOnly": false});
    let review = console.call("review", query).await.ok()?;
    review["total"].as_i64()
}

pub(super) async fn holds(console: &Console, n: i64) {
    let mut board = console.watch();
    let held = timeout(LIMIT, async {
        while n_held(console).await != Some(n) {
            drop(board.recv().await);
        }
    });
    held.await.expect("it holds another number of events");
}

#[tokio::test]
async fn what_is_old_goes_by_itself_and_is_not_fetched_again_after_an_outage() {
    let bench = Bench::new().await;
    let now = wall_now();
    let last_year = now.plus_ms(-400 * 86_400_000);
    bench.partner.world().clock = Some(now.0);
    bench.partner.pass(1_203, last_year);
    bench.partner.pass(5, now);
    let console = bench.live(true).await;
    let begins = |status: &Status| status.begins == Some(last_year) && status.older == 0;
    shows(&console, "where it begins", begins).await;
    holds(&console, 5).await;
    // One stretch was enough to see that what is before it is too old.
    assert_eq!(bench.partner.world().stretches, 1);

    bench.partner.cut();
    bench.partner.pass(2, now);
    let back = |status: &Status| status.last_seq.0 == 1_210 && status.link.state == LinkState::Live;
    let status = shows(&console, "the line is back", back).await;
    assert_eq!((status.begins, status.older), (Some(last_year), 0));
    holds(&console, 7).await;
    let world = bench.partner.world();
    assert_eq!(
        (world.stretches, world.resumed_from.last()),
        (1, Some(&1_208))
    );
}
