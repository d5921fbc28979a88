#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test names only what it is about"
)]

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
fn a_refused_token_is_renewed_once_and_never_hammered() {
    let mut session = Session::default();
    session.handle(begin(Some(41)), at(0));
    let effects = session.handle(Input::TurnedAway(Refusal::Invalid), at(1));
    assert_eq!(effects, [Effect::Close, Effect::Renew]);
    let came = TokenNews::Came {
        renew_at: Mono(720_000),
    };
    let effects = session.handle(Input::Tokens(came), at(2));
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(41))
        }]
    );
    let effects = session.handle(Input::TurnedAway(Refusal::Invalid), at(3));
    assert_eq!(effects, [Effect::Close, Effect::AskSignIn]);
    assert_eq!(session.state(Mono(3)), LinkState::AuthRequired);
    assert_eq!(session.handle(Input::Nudge, at(60_000)), []);
    let effects = session.handle(Input::Time, at(3_600_000));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open { .. } | Effect::Renew))
    );
}

#[test]
fn a_server_that_lets_in_and_refuses_then_is_not_hammered_either() {
    let mut session = Session::default();
    session.handle(begin(Some(41)), at(0));
    session.handle(Input::Admitted, at(1));
    let effects = session.handle(Input::TurnedAway(Refusal::Expired), at(2));
    assert_eq!(effects, [Effect::Close, Effect::Renew]);
    session.handle(
        Input::Tokens(TokenNews::Came {
            renew_at: Mono(720_000),
        }),
        at(3),
    );
    session.handle(Input::Admitted, at(4));
    let effects = session.handle(Input::TurnedAway(Refusal::Expired), at(5));
    assert_eq!(effects, [Effect::Close, Effect::AskSignIn]);
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
fn a_refused_renewal_asks_for_the_password() {
    let mut session = live();
    let refused = TokenNews::Refused("used up".to_owned());
    let effects = session.handle(Input::Tokens(refused), at(1));
    assert_eq!(effects, [Effect::Close, Effect::AskSignIn]);
    assert_eq!(session.reason(), Some("used up"));
}

#[test]
fn tokens_are_renewed_in_time_once_and_shown_to_the_open_line() {
    let mut session = live();
    session.handle(Input::Heard, at(719_000));
    session.handle(Input::Time, at(719_000));
    assert_eq!(session.handle(Input::Time, at(720_000)), [Effect::Renew]);
    assert_eq!(session.handle(Input::Time, at(721_000)), []);
    let came = TokenNews::Came {
        renew_at: Mono(1_440_000),
    };
    assert_eq!(
        session.handle(Input::Tokens(came), at(722_000)),
        [Effect::Present]
    );
}

#[test]
fn a_renewal_that_fails_while_the_line_is_up_is_tried_again_later() {
    let mut session = live();
    session.handle(Input::Heard, at(720_000));
    let effects = session.handle(Input::Time, at(720_000));
    assert!(effects.contains(&Effect::Renew));
    let failed = TokenNews::Failed {
        reason: "busy".to_owned(),
        floor_ms: 0,
    };
    session.handle(Input::Tokens(failed), at(720_100));
    session.handle(Input::Heard, at(730_000));
    assert!(
        !session
            .handle(Input::Time, at(730_000))
            .contains(&Effect::Renew)
    );
    assert!(
        session
            .handle(Input::Time, at(730_100))
            .contains(&Effect::Renew)
    );
    assert!(session.is_live());
}

#[test]
fn an_expired_token_is_renewed_before_the_line_is_opened() {
    let mut session = live();
    session.handle(lost(), at(700_000));
    let effects = session.handle(Input::Nudge, at(800_000));
    assert_eq!(effects, [Effect::Renew]);
    let came = TokenNews::Came {
        renew_at: Mono(1_600_000),
    };
    let effects = session.handle(Input::Tokens(came), at(800_010));
    assert_eq!(
        effects,
        [Effect::Open {
            resume: Some(cursor(41))
        }]
    );
}

#[test]
fn a_closing_server_is_obeyed() {
    let mut session = live();
    let stopping = Input::Closing {
        reason: "stopping".to_owned(),
        floor_ms: 20_000,
    };
    assert_eq!(session.handle(stopping, at(1_000)), [Effect::Close]);
    assert!(20_000 <= session.retry_in_ms(Mono(1_000)).unwrap());
    let mut session = live();
    let expired = Input::Closing {
        reason: "TOKEN_EXPIRED".to_owned(),
        floor_ms: 0,
    };
    assert_eq!(
        session.handle(expired, at(1_000)),
        [Effect::Close, Effect::Renew]
    );
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
fn four_commands_at_a_time_and_one_for_each_record() {
    let mut session = live();
    let jobs = vec![
        job(1, "a"),
        job(2, "a"),
        job(3, "b"),
        job(4, "c"),
        job(5, "d"),
        job(6, "e"),
    ];
    let sent = session.handle(Input::Work(jobs.clone()), at(0));
    assert_eq!(sent, [1, 3, 4, 5].map(|n| Effect::Send(id(n))));
    assert_eq!(session.handle(Input::Work(jobs.clone()), at(1)), []);
    assert_eq!(
        session.handle(Input::Settled(id(1)), at(2)),
        [Effect::LookForWork]
    );
    let sent = session.handle(Input::Work(jobs[1..].to_vec()), at(3));
    assert_eq!(sent, [Effect::Send(id(2))]);
}

#[test]
fn a_full_outbox_is_sent_at_a_pace_that_the_server_bears() {
    let mut session = live();
    let (mut sent, mut ms) = (0, 0);
    for n in 0..100 {
        sent += session.handle(Input::Work(vec![job(n, "a")]), at(ms)).len();
        session.handle(Input::Settled(id(n)), at(ms));
        ms += 1;
    }
    assert_eq!(sent, 100);
    assert_eq!(
        session.handle(Input::Work(vec![job(500, "a")]), at(999)),
        []
    );
    assert!(
        session
            .handle(Input::Time, at(1_000))
            .contains(&Effect::LookForWork)
    );
    let sent = session.handle(Input::Work(vec![job(500, "a")]), at(1_000));
    assert_eq!(sent, [Effect::Send(id(500))]);
}

#[test]
fn a_command_without_an_answer_is_sent_again_with_the_same_id() {
    let mut session = live();
    session.handle(Input::Work(vec![job(1, "a")]), at(0));
    session.handle(Input::Heard, at(10_000));
    let effects = session.handle(Input::Time, at(10_000));
    assert!(effects.contains(&Effect::Rest(vec![id(1)])));
    session.handle(Input::Heard, at(12_000));
    assert_eq!(
        session.handle(Input::Work(vec![job(1, "a")]), at(10_001)),
        []
    );
    assert!(
        session
            .handle(Input::Time, at(12_000))
            .contains(&Effect::LookForWork)
    );
    let effects = session.handle(Input::Work(vec![job(1, "a")]), at(12_001));
    assert_eq!(effects, [Effect::Send(id(1))]);
}

#[test]
fn a_server_that_says_later_is_asked_later() {
    let mut session = live();
    session.handle(Input::Work(vec![job(1, "a")]), at(0));
    let effects = session.handle(
        Input::Postponed {
            id: id(1),
            ms: 7_000,
        },
        at(1),
    );
    assert_eq!(effects, [Effect::Rest(vec![id(1)])]);
    assert_eq!(
        session.handle(Input::Work(vec![job(1, "a")]), at(2_000)),
        []
    );
    session.handle(Input::Heard, at(7_001));
    assert!(
        session
            .handle(Input::Time, at(7_001))
            .contains(&Effect::LookForWork)
    );
}

#[test]
fn what_was_under_way_when_the_line_went_waits_again() {
    let mut session = live();
    session.handle(Input::Work(vec![job(1, "a")]), at(0));
    let effects = session.handle(lost(), at(1));
    assert_eq!(effects, [Effect::Close, Effect::Rest(vec![id(1)])]);
}

#[test]
fn a_kept_command_waits_until_the_line_is_live() {
    let mut session = live();
    assert_eq!(session.handle(Input::Queued, at(1)), [Effect::LookForWork]);
    session.handle(lost(), at(2));
    assert_eq!(session.handle(Input::Queued, at(3)), []);
}

#[test]
fn an_original_server_is_followed_live_and_sent_nothing() {
    let mut session = Session::default();
    session.handle(begin(None), at(0));
    let effects = session.handle(Input::Copy(CopyNews::Unknown), at(1));
    assert_eq!(effects, [Effect::Open { resume: None }]);
    session.handle(Input::Admitted, at(2));
    let effects = session.handle(Input::IsOriginal, at(3));
    assert_eq!(effects, [Effect::CaughtUp { replayed: 0 }]);
    assert!(session.is_live());
    assert_eq!(session.handle(Input::Queued, at(4)), []);
    assert_eq!(session.handle(Input::Work(vec![job(1, "a")]), at(5)), []);
}

#[test]
fn who_signs_out_is_out_whatever_was_under_way() {
    let mut session = live();
    session.handle(Input::Work(vec![job(1, "a")]), at(0));
    let effects = session.handle(Input::End, at(1));
    assert_eq!(effects, [Effect::Close, Effect::Rest(vec![id(1)])]);
    assert_eq!(session.state(Mono(1)), LinkState::SignedOut);
    let came = TokenNews::Came { renew_at: Mono(9) };
    assert_eq!(session.handle(Input::Tokens(came), at(2)), []);
    assert_eq!(session.due(), None);
}

#[test]
fn without_a_token_the_work_is_local() {
    let mut session = Session::default();
    let local = Begin {
        renew_at: None,
        has_tokens: false,
        cursor: Some(cursor(4)),
        original: false,
    };
    assert_eq!(session.handle(Input::Begin(local), at(0)), []);
    assert_eq!(session.state(Mono(0)), LinkState::AuthRequired);
}

fn any_input() -> impl Strategy<Value = Input> {
    let text = "[a-z_]{0,8}";
    prop_oneof![
        begin_of_any(),
        Just(Input::End),
        Just(Input::Time),
        Just(Input::Time),
        Just(Input::Nudge),
        Just(Input::Admitted),
        Just(Input::Heard),
        Just(Input::Queued),
        Just(Input::IsOriginal),
        Just(Input::Resync(ResyncReason::Diverged)),
        Just(lost()),
        (0..99_i64).prop_map(|seq| Input::Event(Seq(seq))),
        (0..99_i64, 0..9_i64).prop_map(|(seq, count)| resumed(seq, count)),
        (0..99_i64, 0..9_i64).prop_map(|(seq, count)| sync(seq, count)),
        (0..9_u128).prop_map(|n| Input::Work(vec![job(n, "a"), job(n + 1, "b")])),
        (0..9_u128).prop_map(|n| Input::Settled(id(n))),
        (0..9_u128, any::<i64>()).prop_map(|(n, ms)| Input::Postponed { id: id(n), ms }),
        (text, 0..9_i64).prop_map(|(reason, floor_ms)| Input::Closing { reason, floor_ms }),
        Just(Input::TurnedAway(Refusal::Invalid)),
        (0..99_i64).prop_map(|seq| Input::Copy(CopyNews::Came(cursor(seq)))),
        Just(Input::Tokens(TokenNews::Came {
            renew_at: Mono(1_000_000)
        })),
    ]
}

fn begin_of_any() -> impl Strategy<Value = Input> {
    (any::<bool>(), any::<bool>()).prop_map(|(has_tokens, known)| {
        Input::Begin(Begin {
            renew_at: has_tokens.then_some(Mono(500_000)),
            has_tokens,
            cursor: known.then(|| cursor(5)),
            original: false,
        })
    })
}

proptest! {
    /// Whatever happens in whatever order: at most one renewal and one line at a time, and nobody
    /// who is signed in waits for nothing.
    #[test]
    fn the_station_never_gets_stuck(
        inputs in prop::collection::vec((any_input(), 1..4_000_i64), 1..120),
    ) {
        let mut session = Session::default();
        let (mut now, mut renewing, mut open, mut copying) = (0, 0, false, false);
        for (input, ms) in inputs {
            now += ms;
            match &input {
                Input::Tokens(_) if renewing == 0 => continue,
                Input::Tokens(_) => renewing -= 1,
                Input::Copy(_) if !copying => continue,
                Input::Copy(_) => copying = false,
                Input::Begin(_) | Input::End => (renewing, copying) = (0, false),
                _ => {}
            }
            let at = At { now: Mono(now), dice: 7 };
            for effect in session.handle(input, at) {
                match effect {
                    Effect::Renew => renewing += 1,
                    Effect::Copy(_) => copying = true,
                    Effect::Close => open = false,
                    Effect::Open { .. } => {
                        prop_assert!(!open, "a second line");
                        open = true;
                    }
                    _ => {}
                }
                prop_assert!(renewing <= 1, "a second renewal");
            }
            let state = session.state(Mono(now));
            let idle = matches!(state, LinkState::SignedOut | LinkState::AuthRequired);
            prop_assert!(idle || session.due().is_some() || 0 < renewing || copying);
        }
    }
}
