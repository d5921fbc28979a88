use proptest::prelude::*;

use super::*;

/// An exchange over a line that takes `there` and `back` milliseconds, with a server whose clock
/// shows `ahead` more than the monotonic one.
fn exchange(sent: i64, there: i64, back: i64, ahead: i64) -> Exchange {
    let received = sent + there;
    Exchange {
        sent: Mono(sent),
        heard: Mono(received + back),
        t1: received + ahead,
        t2: received + ahead,
        rate: 1.0,
    }
}

fn now(mono: i64, wall: i64) -> Now {
    Now {
        mono: Mono(mono),
        wall: Timestamp(wall),
    }
}

#[test]
fn the_quickest_of_the_last_eight_exchanges_counts() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 10, 300, 5_000));
    clock.measure(exchange(5_000, 4, 4, 5_000));
    clock.measure(exchange(10_000, 200, 10, 5_000));
    assert_eq!(clock.server_at(Mono(10_500)), Some(Timestamp(15_500)));
    assert_eq!(clock.uncertainty(Mono(5_004)), Some(4));
}

#[test]
fn nine_exchanges_later_a_quick_one_is_forgotten() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 1, 1, 0));
    for n in 1..=8 {
        clock.measure(exchange(n * 5_000, 50, 50, 0));
    }
    assert_eq!(clock.uncertainty(Mono(40_050)), Some(50));
}

#[test]
fn doubt_grows_by_fifty_millionths() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 20, 20, 0));
    assert_eq!(clock.uncertainty(Mono(20 + 2_000_000)), Some(120));
}

#[test]
fn a_server_clock_that_was_set_is_believed_at_once() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 1, 1, 0));
    clock.measure(exchange(5_000, 40, 40, 3_600_000));
    assert_eq!(clock.server_at(Mono(5_080)), Some(Timestamp(3_605_080)));
}

#[test]
fn a_report_keeps_the_stations_own_time_and_how_wrong_it_is() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 5, 5, 1_000_000));
    // The wall clock is 42 s ahead of the server.
    let times = clock.times(now(100, 1_042_100), Some(Timestamp(1_000_050)));
    assert_eq!(times.recorded_at, Timestamp(1_042_100));
    assert_eq!(times.clock_offset_ms, 42_000);
    assert_eq!(times.occurred_corrected(), Timestamp(1_000_050));
}

#[test]
fn a_hall_that_slept_without_a_line_still_knows_how_wrong_its_clock_is() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 5, 5, 1_000_000));
    // An hour and 42 s ahead of the server, and then ten minutes of sleep in which only the wall
    // clock went on.
    let wall = 1_000_000 + 3_642_000;
    clock.stepped(600_000);
    let times = clock.times(now(100, wall + 600_100), None);
    assert_eq!(times.clock_offset_ms, 3_642_000);
    assert!(!clock.view(now(100, wall + 600_100)).measured);
    // The next exchange is believed, whatever it says.
    clock.measure(exchange(200, 90, 90, 2_000_000));
    assert_eq!(clock.server_at(Mono(290)), Some(Timestamp(2_000_290)));
}

#[test]
fn a_clock_that_somebody_sets_back_does_not_move_the_servers() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 5, 5, 1_000_000));
    clock.stepped(-3_600_000);
    assert_eq!(clock.server_at(Mono(100)), Some(Timestamp(1_000_100)));
}

#[test]
fn nothing_happens_after_it_was_written_down() {
    let clock = ServerClock::default();
    let times = clock.times(now(0, 500), Some(Timestamp(9_000)));
    assert_eq!(times.occurred_at, Timestamp(500));
}

#[test]
fn a_demo_day_is_written_in_demo_time() {
    let mut clock = ServerClock::default();
    clock.set_demo(true);
    clock.measure(Exchange {
        rate: 60.0,
        ..exchange(0, 0, 0, 7_000_000)
    });
    let times = clock.times(now(1_000, 1_700_000_000_000), None);
    assert_eq!(times.recorded_at, Timestamp(7_060_000));
    assert_eq!(times.clock_offset_ms, 0);
    assert!((clock.view(now(0, 0)).rate - 60.0).abs() < f64::EPSILON);
}

#[test]
fn a_station_that_was_off_goes_on_from_what_it_remembers() {
    let mut clock = ServerClock::default();
    clock.measure(exchange(0, 5, 5, 1_000_000));
    let known = clock.to_remember(now(10, 1_042_010)).unwrap();
    let mut later = ServerClock::default();
    later.recall(known, now(3, 1_102_010));
    assert_eq!(later.offset(now(3, 1_102_010)), 42_000);
    assert!(!later.view(now(3, 1_102_010)).measured);
    later.measure(exchange(1_000, 1, 1, 9_000_000));
    assert_eq!(later.server_at(Mono(1_002)), Some(Timestamp(9_001_002)));
}

#[test]
fn a_wall_clock_that_was_set_is_noticed_and_a_slow_one_is_not() {
    let mut watch = StepWatch::default();
    assert_eq!(watch.look(now(0, 1_000)), None);
    assert_eq!(watch.look(now(2_000, 3_010)), None);
    assert_eq!(watch.look(now(4_000, 65_010)), Some(60_000));
    assert_eq!(watch.look(now(6_000, 7_010)), Some(-60_000));
}

proptest! {
    #[test]
    fn the_true_time_is_never_outside_of_the_doubt(
        ahead in -10_000_000_i64..10_000_000,
        trips in prop::collection::vec((0_i64..400, 0_i64..400), 1..20),
        after in 0_i64..60_000,
    ) {
        let mut clock = ServerClock::default();
        let mut sent = 0;
        for (there, back) in trips {
            clock.measure(exchange(sent, there, back, ahead));
            sent += 5_000;
        }
        let asked = Mono(sent + after);
        let shown = clock.server_at(asked).unwrap().0;
        let doubt = clock.uncertainty(asked).unwrap();
        // One more for the odd millisecond of a halved round trip.
        prop_assert!((shown - (asked.0 + ahead)).abs() <= doubt + 1);
    }

    #[test]
    fn no_server_can_upset_the_clock(
        t1 in any::<i64>(), t2 in any::<i64>(), rate in any::<f64>(), heard in any::<i64>(),
    ) {
        let mut clock = ServerClock::default();
        clock.measure(Exchange { sent: Mono(0), heard: Mono(heard), t1, t2, rate });
        clock.measure(exchange(0, 1, 1, 0));
        prop_assert!(0.0 < clock.view(now(i64::MAX, i64::MIN)).rate);
    }
}
