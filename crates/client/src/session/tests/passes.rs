//! Tokens, and servers that close.

use super::*;

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
