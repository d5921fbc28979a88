//! Which stations may be signed in at.

use super::code;
use crate::{
    Enrolment, Fact, Key, Kind, Named, NoteEnrolment, Record, RejectionCode, Role, StationStanding,
    UserId, View as _,
    testing::{EIGHT, Hall, PEOPLE, actor, system},
};

const KEYS: [&str; 2] = ["7c1f 90aa 0001", "7c1f 90aa 0002"];

fn stands(key: &str, standing: StationStanding) -> NoteEnrolment {
    NoteEnrolment {
        fingerprint: key.to_owned(),
        station: Some("GH-A".to_owned()),
        standing,
        by: Some(Named {
            id: UserId(3),
            name: "Ama Boateng".to_owned(),
        }),
    }
}

fn enrolment(hall: &Hall, key: &str) -> Enrolment {
    match hall.record(&Key::new(Kind::Enrolment, key)) {
        Some(Record::Enrolment(enrolment)) => enrolment,
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_stations_of_one_name_stand_each_by_its_own_key() {
    let mut hall = Hall::new();
    for key in KEYS {
        hall.ask(&system(), stands(key, StationStanding::Waiting))
            .unwrap();
    }
    hall.pass_sec(60);
    hall.ask(&system(), stands(KEYS[0], StationStanding::Paired))
        .unwrap();
    hall.ask(&system(), stands(KEYS[1], StationStanding::Suspended))
        .unwrap();
    let [first, second] = KEYS.map(|key| enrolment(&hall, key));
    assert_eq!(first.standing, StationStanding::Paired);
    assert_eq!(second.standing, StationStanding::Suspended);
    assert_eq!(first.since, EIGHT.plus_ms(60_000));
    assert_eq!(first.by.unwrap().name, "Ama Boateng");
}

#[test]
fn only_the_server_says_in_the_log_how_a_station_stands() {
    for standing in StationStanding::ALL {
        let by_hand = Hall::new().ask(&actor(2), stands(KEYS[0], *standing));
        assert_eq!(code(by_hand), RejectionCode::Forbidden);
    }
}

#[test]
fn a_station_that_waits_calls_those_who_may_let_it_in_and_nobody_else() {
    let mut hall = Hall::new();
    hall.ask(&system(), stands(KEYS[0], StationStanding::Waiting))
        .unwrap();
    let told = hall.log.iter().find_map(|event| match event.fact() {
        Some(Fact::NotificationNew(told)) => Some(told),
        _ => None,
    });
    let told = told.unwrap();
    assert_eq!(told.title, "Station GH-A asks to be let in");
    assert!(told.message.contains(KEYS[0]), "{}", told.message);
    let may = PEOPLE
        .iter()
        .filter(|(_, _, role)| matches!(role, Role::Admin | Role::ExamsOfficer));
    let mut may: Vec<UserId> = may.map(|(user, _, _)| UserId(*user)).collect();
    may.sort_unstable();
    assert_eq!(told.user_ids, may);
    // What is said of it afterwards calls nobody.
    let n_events = hall.log.len();
    hall.ask(&system(), stands(KEYS[0], StationStanding::Paired))
        .unwrap();
    assert_eq!(hall.log.len(), n_events + 1);
}
