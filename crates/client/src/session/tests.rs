//! The session against everything that can happen to a link.

mod anything;
mod passes;
mod sending;

use elms_protocol::{
    CommandId, Epoch,
    frame::{ChainTag, Cursor, Resumed, ResyncReason, Sync},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn at(ms: i64) -> At {
    At {
        now: Mono(ms),
        dice: 0,
    }
}

fn cursor(seq: i64) -> Cursor {
    Cursor {
        epoch: Epoch(Uuid::nil()),
        seq: Seq(seq),
        tag: ChainTag(1),
    }
}

fn resumed(seq: i64, count: i64) -> Input {
    let (from, to) = (Seq(0), Seq(seq));
    Input::Resumed(Resumed {
        from,
        to,
        count,
        high_water: to,
        cursor: cursor(seq),
    })
}

fn sync(seq: i64, count: i64) -> Input {
    Input::Sync(Sync {
        cursor: cursor(seq),
        count,
    })
}

fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

fn job(n: u128, about: &str) -> Job {
    Job {
        id: id(n),
        about: about.to_owned(),
    }
}

fn begin(seq: Option<i64>) -> Input {
    Input::Begin(Begin {
        renew_at: Some(Mono(720_000)),
        has_tokens: true,
        cursor: seq.map(cursor),
        original: false,
    })
}

fn lost() -> Input {
    Input::Lost {
        reason: "gone".to_owned(),
        floor_ms: 0,
    }
}

/// A station that has been live since millisecond 0, up to event 41.
fn live() -> Session {
    let mut session = Session::default();
    session.handle(begin(Some(41)), at(0));
    session.handle(Input::Admitted, at(0));
    session.handle(resumed(41, 0), at(0));
    assert!(session.is_live());
    session
}

/// Lets the session wait until it acts; the effects, and when.
fn wait(session: &mut Session) -> (Vec<Effect>, i64) {
    for _ in 0..10 {
        let due = session.due().unwrap();
        let effects = session.handle(Input::Time, At { now: due, dice: 0 });
        if !effects.is_empty() {
            return (effects, due.0);
        }
    }
    panic!("nothing happens");
}

#[test]
fn a_new_station_takes_a_first_copy_and_goes_on_from_it() {
    let mut session = Session::default();
    assert_eq!(
        session.handle(begin(None), at(0)),
        [Effect::Copy(Why::First)]
    );
    assert_eq!(session.state(Mono(0)), LinkState::CatchingUp);
    let effects = session.handle(Input::Copy(CopyNews::Came(cursor(300))), at(900));
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(300))
        }]
    );
    let effects = session.handle(Input::Admitted, at(950));
    assert_eq!(
        effects,
        [Effect::CatchingUp { was_away: false }, Effect::Ping]
    );
    let effects = session.handle(resumed(300, 0), at(960));
    let live = [
        Effect::Confirm(cursor(300)),
        Effect::CaughtUp { replayed: 0 },
        Effect::OutageOver { replayed: 0 },
        Effect::LookForWork,
    ];
    assert_eq!(effects, live);
    assert_eq!(session.state(Mono(960)), LinkState::Live);
}

#[test]
fn a_station_that_was_off_asks_only_for_what_it_missed() {
    let mut session = Session::default();
    let effects = session.handle(begin(Some(41)), at(0));
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(41))
        }]
    );
    let effects = session.handle(Input::Admitted, at(10));
    assert_eq!(
        effects,
        [Effect::CatchingUp { was_away: true }, Effect::Ping]
    );
    for seq in [43, 44, 47] {
        session.handle(Input::Event(Seq(seq)), at(20));
    }
    let effects = session.handle(resumed(50, 3), at(30));
    assert_eq!(effects.first(), Some(&Effect::Confirm(cursor(50))));
    assert!(effects.contains(&Effect::CaughtUp { replayed: 3 }));
}

#[test]
fn a_station_that_never_hears_the_end_of_the_replay_learns_of_it_from_the_next_count() {
    let mut session = Session::default();
    session.handle(begin(Some(41)), at(0));
    session.handle(Input::Admitted, at(0));
    session.handle(Input::Event(Seq(42)), at(10));
    let pong = Input::Pong {
        high_water: Seq(42),
        sync: Some(Sync {
            cursor: cursor(42),
            count: 1,
        }),
    };
    let effects = session.handle(pong, at(5_000));
    assert_eq!(effects.first(), Some(&Effect::Confirm(cursor(42))));
    assert!(effects.contains(&Effect::CaughtUp { replayed: 1 }));
    assert!(session.is_live());
}

#[test]
fn an_event_that_overtakes_the_end_of_the_replay_does_not_stand_in_for_a_lost_one() {
    let mut session = Session::default();
    session.handle(begin(Some(41)), at(0));
    session.handle(Input::Admitted, at(0));
    // 43 was lost, 44 has come before its turn: two events, as the end of the replay says.
    session.handle(Input::Event(Seq(42)), at(10));
    session.handle(Input::Event(Seq(44)), at(11));
    assert_eq!(session.handle(resumed(43, 2), at(12)), []);
    assert!(!session.is_live());
    assert_eq!(session.handle(sync(44, 3), at(13)), [Effect::Close]);
}

#[test]
fn a_blip_is_not_called_an_outage_and_five_seconds_are() {
    let mut session = live();
    session.handle(lost(), at(1_000));
    assert_eq!(session.state(Mono(5_999)), LinkState::Reconnecting);
    assert_eq!(session.state(Mono(6_000)), LinkState::Offline);
    let effects: Vec<_> = session.handle(Input::Time, at(6_000));
    assert_eq!(effects.first(), Some(&Effect::OutageBegan));
    session.handle(Input::Admitted, at(9_000));
    session.handle(Input::Event(Seq(42)), at(9_000));
    let effects = session.handle(resumed(42, 1), at(9_001));
    assert!(effects.contains(&Effect::OutageOver { replayed: 1 }));
}

#[test]
fn a_server_that_is_not_heard_for_twelve_seconds_is_gone() {
    let mut session = live();
    let mut pings = 0;
    let lost_at = loop {
        let (effects, when) = wait(&mut session);
        if effects == [Effect::Ping] {
            pings += 1;
        } else {
            assert_eq!(effects, [Effect::Close]);
            break when;
        }
    };
    assert_eq!((pings, lost_at), (2, 12_000));
    assert_eq!(session.state(Mono(12_000)), LinkState::Reconnecting);
}

#[test]
fn anything_that_is_heard_keeps_the_line() {
    let mut session = live();
    for second in 1..60 {
        session.handle(Input::Heard, at(second * 1_000));
        session.handle(Input::Time, at(second * 1_000));
    }
    assert!(session.is_live());
}

#[test]
fn a_wrong_count_starts_again_from_the_last_confirmed_place() {
    let mut session = live();
    session.handle(Input::Event(Seq(42)), at(100));
    session.handle(sync(42, 1), at(110));
    session.handle(Input::Event(Seq(44)), at(120));
    // 43 was ours to see and never came.
    assert_eq!(session.handle(sync(44, 3), at(130)), [Effect::Close]);
    let (effects, _) = wait(&mut session);
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(42))
        }]
    );
}

#[test]
fn frames_that_are_delivered_twice_do_not_upset_the_count() {
    let mut session = live();
    for seq in [42, 42, 43, 42, 43] {
        session.handle(Input::Event(Seq(seq)), at(100));
    }
    assert_eq!(
        session.handle(sync(43, 2), at(110)),
        [Effect::Confirm(cursor(43))]
    );
    session.handle(Input::Event(Seq(44)), at(120));
    assert_eq!(session.handle(sync(43, 2), at(121)), []);
    assert_eq!(
        session.handle(sync(44, 3), at(122)),
        [Effect::Confirm(cursor(44))]
    );
}

#[test]
fn it_never_gives_up() {
    let mut session = live();
    session.handle(lost(), at(0));
    let mut opened = 0;
    while opened < 500 {
        let (effects, when) = wait(&mut session);
        if effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open { .. }))
        {
            opened += 1;
            session.passes.renew_at = Some(Mono(i64::MAX));
            session.handle(lost(), at(when));
            assert!(session.retry_in_ms(Mono(when)).unwrap() <= 30_000);
        }
    }
    assert_eq!(session.attempt(), 500);
}

#[test]
fn try_now_tries_now() {
    let mut session = live();
    session.handle(lost(), at(10_000));
    let effects = session.handle(Input::Nudge, at(10_001));
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(41))
        }]
    );
    session.handle(lost(), at(10_002));
    assert_eq!(session.handle(Input::Nudge, at(10_003)), []);
}

#[test]
fn what_the_disk_did_not_take_is_asked_for_again() {
    let mut session = live();
    session.handle(Input::Event(Seq(42)), at(1));
    session.handle(sync(42, 1), at(2));
    let unwritten = Input::Unwritten {
        cursor: Some(cursor(41)),
        reason: "The disk is full.".to_owned(),
    };
    assert_eq!(session.handle(unwritten, at(3)), [Effect::Close]);
    assert_eq!(session.reason(), Some("The disk is full."));
    session.handle(Input::Time, at(6_000));
    let (effects, when) = wait(&mut session);
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(41))
        }]
    );
    assert!(10_003 <= when);
}

#[test]
fn a_restored_server_is_copied_anew_and_offered_what_it_lost() {
    let mut session = live();
    let effects = session.handle(Input::Resync(ResyncReason::Diverged), at(1_000));
    let why = Why::Resync(ResyncReason::Diverged);
    assert_eq!(effects, [Effect::Close, Effect::Copy(why)]);
    let effects = session.handle(Input::Copy(CopyNews::Came(cursor(7))), at(1_100));
    assert_eq!(
        effects,
        [
            Effect::OfferAgain,
            Effect::Open {
                resume: Some(cursor(7))
            }
        ]
    );
}

#[test]
fn copies_are_taken_at_most_once_a_minute() {
    let mut session = live();
    session.handle(Input::Resync(ResyncReason::Trimmed), at(1_000));
    session.handle(Input::Copy(CopyNews::Came(cursor(7))), at(1_100));
    session.handle(Input::Admitted, at(1_200));
    let effects = session.handle(Input::Resync(ResyncReason::Trimmed), at(1_300));
    assert_eq!(effects, [Effect::Close]);
    assert!(59_000 <= session.retry_in_ms(Mono(1_300)).unwrap());
    let copied = loop {
        let (effects, when) = wait(&mut session);
        if effects
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(_)))
        {
            break when;
        }
    };
    assert!(61_100 <= copied);
}

#[test]
fn who_is_offered_two_batches_in_a_row_is_not_cut_off_for_it() {
    let mut session = live();
    for ms in [1_000, 3_100] {
        let effects = session.handle(Input::Resync(ResyncReason::Scope), at(ms));
        let why = Why::Resync(ResyncReason::Scope);
        assert_eq!(effects, [Effect::Close, Effect::Copy(why)], "after {ms} ms");
        session.handle(Input::Copy(CopyNews::Came(cursor(7))), at(ms + 50));
        session.handle(Input::Admitted, at(ms + 60));
    }
    session.handle(Input::Resync(ResyncReason::Scope), at(3_200));
    assert!(session.retry_in_ms(Mono(3_200)).unwrap() < 2_000);
}

#[test]
fn an_original_server_is_followed_live_and_sent_nothing() {
    let mut session = Session::default();
    session.handle(begin(None), at(0));
    let effects = session.handle(Input::Copy(CopyNews::Unknown), at(1));
    assert_eq!(effects, [Effect::Open { resume: None }]);
    session.handle(Input::Admitted, at(2));
    let effects = session.handle(Input::IsOriginal, at(3));
    assert!(effects.contains(&Effect::CaughtUp { replayed: 0 }));
    assert!(session.is_live());
    assert_eq!(session.handle(Input::Queued, at(4)), []);
    assert_eq!(session.handle(Input::Work(vec![job(1, "a")]), at(5)), []);
}
