//! Whatever happens, in whatever order.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test names only what it is about"
)]

use super::*;

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
