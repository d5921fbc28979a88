//! What is sent when.

use super::*;

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
fn each_of_two_commands_without_an_answer_is_looked_for_when_it_has_rested() {
    let mut session = live();
    session.handle(Input::Work(vec![job(1, "a")]), at(0));
    session.handle(Input::Work(vec![job(2, "b")]), at(1_000));
    session.handle(Input::Heard, at(11_000));
    session.handle(Input::Time, at(10_000));
    session.handle(Input::Time, at(11_000));
    session.handle(Input::Heard, at(13_000));
    // When the first is looked for, the second still rests; nothing else will ask for it.
    for rested in [12_000, 13_000] {
        let effects = session.handle(Input::Time, at(rested));
        assert!(effects.contains(&Effect::LookForWork), "at {rested}");
    }
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
