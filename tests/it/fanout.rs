//! The benchmark in small: both servers tell everybody everything.

use anyhow::Result;
use elms_tests::fanout::{Plan, Which, measure};

#[tokio::test]
async fn both_servers_of_the_benchmark_tell_everybody_everything_once() -> Result<()> {
    let plan = Plan {
        subscribers: 12,
        events: 16,
        rooms: 0,
        steady: 100,
        encrypted: false,
    };
    told_once(&plan).await
}

#[tokio::test]
async fn both_servers_of_the_benchmark_do_so_over_encrypted_connections() -> Result<()> {
    let plan = Plan {
        subscribers: 12,
        events: 16,
        rooms: 0,
        steady: 100,
        encrypted: true,
    };
    told_once(&plan).await
}

async fn told_once(plan: &Plan) -> Result<()> {
    for which in [Which::Ours, Which::Node] {
        let measured = measure(which, plan).await?;
        assert_eq!(measured.paces.len(), 3);
        for figures in measured.paces {
            assert_eq!((figures.deliveries, figures.repeated), (12 * 16, 0));
        }
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_in_two_rooms_gets_an_event_once_from_ours_and_twice_from_the_original()
-> Result<()> {
    let plan = Plan {
        subscribers: 3,
        events: 8,
        rooms: 2,
        steady: 100,
        encrypted: false,
    };
    for which in [Which::Ours, Which::Node] {
        let measured = measure(which, &plan).await?;
        for figures in measured.paces {
            assert_eq!(figures.deliveries, 3 * 8);
            let is_repeated = 0 < figures.repeated;
            assert_eq!(is_repeated, which == Which::Node, "{figures:?}");
        }
    }
    Ok(())
}
