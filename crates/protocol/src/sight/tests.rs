//! Who sees what, on any day.

use proptest::prelude::*;

use super::*;
use crate::{
    Fact, InstitutionId, NoteIncident, NotificationNew, Notify, ReportIncident, Severity,
    SittingId,
    testing::{Hall, PEOPLE, actor, case, chance::days, handover, report},
};

fn hall_of((stage, day): &(usize, Vec<crate::testing::chance::Try>)) -> Hall {
    let mut hall = Hall::at_stage(*stage);
    for step in day {
        hall.pass_sec(step.after_sec);
        drop(hall.ask(&step.actor, step.command.clone()));
    }
    hall
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_foreign_institution_sees_nothing_and_hears_no_room(day in days(80)) {
        let hall = hall_of(&day);
        let mut elsewhere = Hall::new();
        elsewhere.records.clear();
        for (user, _, _) in PEOPLE {
            let stranger = Actor { institution: InstitutionId(2), ..actor(user) };
            let sight = Sight::of(&stranger, &elsewhere);
            for event in &hall.log {
                prop_assert!(!sight.sees(event), "{user} of another institution saw {event:?}");
                for room in &event.rooms {
                    let own = *room == Room::User(user);
                    prop_assert!(own || !sight.may_join(*room));
                }
            }
        }
    }

    #[test]
    fn confidential_cases_reach_only_officers_their_author_and_whom_they_name(day in days(80)) {
        let hall = hall_of(&day);
        for (user, _, role) in PEOPLE {
            let sight = Sight::of(&actor(user), &hall);
            // Ms Darko is an officer of a faculty that has no sitting here.
            let officer = matches!(role, Role::Admin | Role::ExamsOfficer) && user != 5;
            for event in hall.log.iter().filter(|event| event.is_confidential()) {
                let named = event.rooms.contains(&Room::User(user));
                let author = event.actor.user_id == Some(UserId(user));
                let dean = role == Role::Dean || user == 5;
                let of_no_hall = !event.rooms.iter().any(|room| is_narrow(*room));
                let dean = dean && (of_no_hall || role == Role::Dean);
                let expected = officer || dean || named || author;
                prop_assert_eq!(sight.sees(event), expected, "{} {}", user, &event.event);
            }
        }
    }

    #[test]
    fn notifications_reach_their_recipients_and_nobody_else(day in days(80)) {
        let hall = hall_of(&day);
        for (user, _, _) in PEOPLE {
            let sight = Sight::of(&actor(user), &hall);
            for event in &hall.log {
                let Some(Fact::NotificationNew(NotificationNew { user_ids, .. })) = event.fact()
                else {
                    continue;
                };
                prop_assert_eq!(sight.sees(event), user_ids.contains(&UserId(user)));
            }
        }
    }

    #[test]
    fn an_invigilator_sees_the_halls_of_the_assigned_sittings_only(day in days(80)) {
        let hall = hall_of(&day);
        for user in [8, 9, 12] {
            let sight = Sight::of(&actor(user), &hall);
            for event in &hall.log {
                let halls: Vec<i64> = [1, 2].into_iter().filter(|id| event.rooms.contains(&Room::ExamEntry(*id))).collect();
                let mine = |id: &i64| hall.sitting_now(*id).has(UserId(user));
                let author = event.actor.user_id == Some(UserId(user));
                let named = event.rooms.contains(&Room::User(user));
                let in_hand = event.rooms.iter().any(|room| {
                    matches!(room, Room::Batch(_)) && sight.may_join(*room)
                });
                if !halls.is_empty() && !halls.iter().any(mine) && !author && !named && !in_hand {
                    prop_assert!(!sight.sees(event), "{user} saw {event:?}");
                }
            }
        }
    }

    #[test]
    fn a_record_is_seen_by_whom_its_events_are_seen(day in days(80)) {
        // What a first copy holds and what the stream would have brought must not differ.
        let hall = hall_of(&day);
        for user in [3, 8, 12] {
            let sight = Sight::of(&actor(user), &hall);
            for record in hall.records.values() {
                if let Record::Sitting(sitting) = record {
                    let joined = sight.may_join(Room::ExamEntry(sitting.id.0));
                    prop_assert_eq!(sight.sees_record(record), joined);
                }
            }
        }
    }
}

#[test]
fn the_machine_keeper_sees_no_candidate_and_no_case() {
    let mut hall = Hall::at_stage(3);
    hall.ask(&actor(8), report(1, Severity::High)).unwrap();
    let sight = Sight::of(&actor(1), &hall);
    assert!(hall.log.iter().all(|event| !sight.sees(event)));
    let hidden = |record: &&Record| matches!(record, Record::Candidate(_) | Record::Incident(_));
    assert!(
        hall.records
            .values()
            .filter(hidden)
            .all(|record| !sight.sees_record(record))
    );
}

#[test]
fn a_handler_hears_of_an_offer_and_sees_the_batch_that_is_offered() {
    let before = Hall::at_stage(3);
    assert!(!Sight::of(&actor(6), &before).may_join(Room::Batch(1)));
    let hall = Hall::at_stage(4);
    let sight_from_before = Sight::of(&actor(6), &before);
    let offered = hall.log.last().unwrap();
    assert!(sight_from_before.sees(offered));
    let sight = Sight::of(&actor(6), &hall);
    assert!(sight.may_join(Room::Batch(1)));
    let transfer = hall.transfer(handover(0)).unwrap();
    assert!(sight.sees_record(&Record::Transfer(transfer)));
    assert!(!sight.may_join(Room::Batch(2)));
}

#[test]
fn an_author_keeps_sight_of_the_own_confidential_case() {
    let mut hall = Hall::new();
    let secret = ReportIncident {
        confidential: true,
        ..report(1, Severity::Low)
    };
    hall.ask(&actor(9), secret).unwrap();
    let case_record = Record::Incident(hall.incident(case(1)).unwrap());
    assert!(Sight::of(&actor(9), &hall).sees_record(&case_record));
    assert!(!Sight::of(&actor(8), &hall).sees_record(&case_record));
    assert!(Sight::of(&actor(3), &hall).sees_record(&case_record));
    // What an officer adds is not for the hall either.
    let text = "The committee meets on Friday".to_owned();
    let note = NoteIncident {
        incident: case(1).into(),
        text,
        evidence: Vec::new(),
        witness: None,
    };
    hall.ask(&actor(3), note).unwrap();
    assert!(!Sight::of(&actor(8), &hall).sees(hall.log.last().unwrap()));
}

#[test]
fn what_is_told_to_one_person_stays_with_that_person() {
    let mut hall = Hall::new();
    let tell = Notify {
        users: vec![UserId(9)],
        title: "You are needed in the gallery".to_owned(),
        message: String::new(),
        priority: "info".to_owned(),
        incident: None,
    };
    hall.ask(&actor(3), tell).unwrap();
    let told = hall.log.last().unwrap();
    assert!(Sight::of(&actor(9), &hall).sees(told));
    assert!(!Sight::of(&actor(4), &hall).sees(told) && !Sight::of(&actor(8), &hall).sees(told));
}

#[test]
fn a_room_is_a_filter_inside_the_right_and_never_a_right() {
    let hall = Hall::new();
    let sight = Sight::of(&actor(12), &hall);
    assert!(sight.may_join(Room::Institution(1)) && sight.may_join(Room::ExamEntry(2)));
    assert!(!sight.may_join(Room::Institution(2)) && !sight.may_join(Room::ExamEntry(1)));
    assert!(sight.may_join(Room::User(12)) && !sight.may_join(Room::User(8)));
    assert!(!hall.sitting(SittingId(1)).unwrap().has(UserId(12)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn how_stations_stand_is_seen_by_those_who_may_let_them_in(day in days(80)) {
        let hall = hall_of(&day);
        for (user, _, role) in PEOPLE {
            let sight = Sight::of(&actor(user), &hall);
            let may = matches!(role, Role::Admin | Role::ExamsOfficer);
            for event in hall.log.iter().filter(|event| is_enrolment(event)) {
                prop_assert_eq!(sight.sees(event), may, "{} {}", user, &event.event);
            }
            for record in hall.records.values() {
                if matches!(record, Record::Enrolment(_)) {
                    prop_assert_eq!(sight.sees_record(record), may, "{} {:?}", user, record);
                }
            }
        }
    }
}
