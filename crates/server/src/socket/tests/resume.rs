use elms_protocol::{
    Epoch, ReassignInvigilator, Seq, UserId,
    frame::{ChainTag, Cursor},
};

use super::{bench::TAKORADI, *};

fn at(bench: &Bench) -> Cursor {
    bench.app.store.cursor(TAKORADI).unwrap()
}

async fn resuming(bench: &Bench, user: UserId, resume: Value) -> Phone {
    let token = bench.token(user).await;
    let mut phone = bench
        .connect(json!({ "token": token, "resume": resume }))
        .await;
    phone.hear("authenticated").await;
    phone
}

#[tokio::test]
async fn what_was_missed_comes_in_order_then_the_proof_then_life() {
    let bench = Bench::start().await;
    bench.does(OFFICER, report("Seen before")).await;
    let seen = at(&bench);
    for n in 0..30 {
        bench.does(OFFICER, report(&format!("Missed {n}"))).await;
    }
    let mut phone = resuming(&bench, OFFICER, json!(seen)).await;
    for seq in 2..=31 {
        let (name, body) = phone.event().await;
        assert_eq!((name.as_str(), &body["seq"]), ("incident", &json!(seq)));
    }
    let (name, resumed) = phone.event().await;
    assert_eq!(name, "resumed");
    let expected =
        json!({ "from": 1, "to": 31, "count": 30, "highWater": 31, "cursor": at(&bench) });
    assert_eq!(resumed, expected);
    bench.does(OFFICER, report("Live")).await;
    assert_eq!(phone.hear("incident").await["seq"], 32);
    phone.say("ping", json!({ "t0": 1 })).await;
    let pong = phone.hear("pong").await;
    assert_eq!(pong["sync"], json!({ "cursor": at(&bench), "count": 31 }));
}

#[tokio::test]
async fn who_missed_nothing_is_told_so() {
    let bench = Bench::start().await;
    let mut phone = resuming(&bench, OFFICER, json!(at(&bench))).await;
    let (name, resumed) = phone.event().await;
    assert_eq!((name.as_str(), &resumed["count"]), ("resumed", &json!(0)));
}

#[tokio::test]
async fn a_cursor_of_another_log_is_of_no_use() {
    let bench = Bench::start().await;
    bench.does(OFFICER, report("One")).await;
    let right = at(&bench);
    let wrong = [
        Cursor {
            epoch: Epoch(Uuid::nil()),
            ..right
        },
        Cursor {
            tag: ChainTag(right.tag.0 ^ 1),
            ..right
        },
        Cursor {
            seq: Seq(2),
            ..right
        },
        Cursor {
            seq: Seq(-1),
            ..right
        },
    ];
    let more = [json!({ "after": 2 }), json!({ "after": -1 })];
    for resume in wrong.map(|cursor| json!(cursor)).into_iter().chain(more) {
        let mut phone = resuming(&bench, OFFICER, resume.clone()).await;
        let (name, resync) = phone.event().await;
        let expected = json!({ "reason": "diverged" });
        assert_eq!((name.as_str(), resync), ("resync", expected), "{resume}");
    }
    let mut phone = resuming(&bench, OFFICER, json!({ "after": 0 })).await;
    assert_eq!(phone.hear("incident").await["seq"], 1);
}

#[tokio::test]
async fn who_is_far_behind_is_caught_up_from_the_file_without_a_gap() {
    let bench = Bench::start().await;
    let all = (0..1_300).map(|n| bench.does(OFFICER, report(&format!("Missed {n}"))));
    futures_util::future::join_all(all).await;
    let mut phone = resuming(&bench, OFFICER, json!({ "after": 10 })).await;
    for seq in 11..=1_300 {
        let (_, body) = phone.event().await;
        assert_eq!(body["seq"], json!(seq));
    }
    assert_eq!(phone.hear("resumed").await["count"], 1_290);
}

#[tokio::test]
async fn who_may_not_see_most_of_it_still_knows_that_nothing_is_missing() {
    let bench = Bench::start().await;
    let mut phone = resuming(&bench, INVIGILATOR, json!(at(&bench))).await;
    phone.hear("resumed").await;
    for n in 0..255 {
        bench
            .does(OFFICER, line(2, &format!("Not for sitting 1: {n}")))
            .await;
    }
    bench.does(OFFICER, line(1, "For sitting 1")).await;
    let seq = bench.does(OFFICER, line(2, "Not for sitting 1")).await;
    let (_, heard) = phone.event().await;
    assert_eq!(heard["payload"]["text"], "For sitting 1");
    let (name, sync) = phone.event().await;
    assert_eq!((name.as_str(), &sync["count"]), ("sync", &json!(1)));
    assert_eq!(sync["cursor"]["seq"], json!(seq));
    // A single one is told of after a while.
    let seq = bench.does(OFFICER, line(2, "One more")).await;
    let sync = phone.hear("sync").await;
    assert_eq!(
        (&sync["count"], &sync["cursor"]["seq"]),
        (&json!(1), &json!(seq))
    );
}

#[tokio::test]
async fn who_is_put_into_another_hall_is_told_to_look_anew_and_hears_it() {
    let bench = Bench::start().await;
    let mut phone = resuming(&bench, INVIGILATOR, json!(at(&bench))).await;
    phone.hear("resumed").await;
    let moved = asked(ReassignInvigilator {
        sitting_id: SittingId(2),
        invigilator: INVIGILATOR,
        instead_of: None,
        chief: false,
    });
    bench.does(OFFICER, moved).await;
    let resync = phone.hear("resync").await;
    assert_eq!(resync, json!({ "reason": "scope" }));
    bench.does(OFFICER, line(2, "Welcome")).await;
    loop {
        let heard = phone.hear("exam_logistics").await;
        if heard["event"] == "hall_log" {
            assert_eq!(heard["payload"]["text"], "Welcome");
            break;
        }
    }
}

/// Brings a hall in, as an operator does.
async fn bring_in_a_hall(bench: &Bench) {
    let venues = crate::import::File {
        name: "venues.csv".to_owned(),
        bytes: b"code,name,capacity\nPIER,Pier Hall,60\n".to_vec(),
    };
    let system = elms_protocol::Actor::system(TAKORADI);
    let report = crate::import::bring_in(&bench.app, system, &[venues], false).await;
    assert!(report.unwrap().changes());
}

#[tokio::test]
async fn who_holds_a_copy_from_before_an_import_takes_a_new_one() {
    let bench = Bench::start().await;
    bench.does(OFFICER, report("Before")).await;
    let before = at(&bench);
    let mut live = [
        resuming(&bench, OFFICER, json!(before)).await,
        resuming(&bench, INVIGILATOR, json!(before)).await,
    ];
    bring_in_a_hall(&bench).await;
    for phone in &mut live {
        assert_eq!(phone.hear("resync").await["reason"], "scope");
    }
    // Who was away is told the same in the replay.
    let mut away = resuming(&bench, OFFICER, json!(before)).await;
    assert_eq!(away.hear("resync").await["reason"], "scope");
    // Who took a copy since then has nothing to fetch.
    let mut since = resuming(&bench, OFFICER, json!(at(&bench))).await;
    let (name, resumed) = since.event().await;
    assert_eq!((name.as_str(), &resumed["count"]), ("resumed", &json!(0)));
}
