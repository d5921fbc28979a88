//! Nothing that happened stays missing.

use super::*;

#[tokio::test]
async fn a_new_station_has_the_whole_history_soon_and_calls_nobody_for_it() {
    let bench = Bench::new().await;
    bench.partner.happen(1_203);
    let console = bench.live(true).await;
    let status = shows(&console, "all", |status| status.older == 0).await;
    assert_eq!(status.last_seq, elms_protocol::Seq(1_203));
    let query = json!({"text": "", "channels": [], "severities": [], "stations": [],
        "sittings": [], "from": null, "to": null, "lateOnly": false});
    let review = console.call("review", query).await.unwrap();
    assert_eq!(review["total"], 1_203);
    assert!(console.notices().try_recv().is_err(), "nobody was called");
}

#[tokio::test]
async fn an_event_that_is_swallowed_on_the_way_is_fetched_again() {
    let bench = Bench::new().await;
    let console = bench.live(true).await;
    bench.partner.happen(2);
    shows(&console, "two events", |status| status.last_seq.0 == 2).await;
    bench.partner.world().swallow = Some(3);
    bench.partner.happen(2);
    let held = |status: &Status| status.last_seq.0 == 4 && status.link.state == LinkState::Live;
    shows(&console, "all four", held).await;
    assert_eq!(bench.partner.world().resumed_from, [0, 2]);
    for seq in 1..=4 {
        console.call("event", json!({"seq": seq})).await.unwrap();
    }
}
