//! What holds on every day, whoever asks for whatever.

mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use crate::{
    Event, Fact, Key, evolve, names,
    testing::{
        Hall,
        chance::{Try, days},
        laws,
    },
};

/// Facts that are told and change no record.
fn is_only_told(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::EvidenceOpened(_)
            | Fact::TimetableBatchesCreated(_)
            | Fact::AnnouncementIssued(_)
            | Fact::AnnouncementAcknowledged(_)
            | Fact::DayReconciled(_)
            | Fact::RecordsImported(_)
            | Fact::ReportExported(_)
            | Fact::LogNoted(_)
    )
}

/// Lives through a day and checks each step of it.
fn live((stage, day): &(usize, Vec<Try>)) -> Result<Hall, TestCaseError> {
    let mut hall = Hall::at_stage(*stage);
    for step in day {
        hall.pass_sec(step.after_sec);
        let before = hall.clone();
        match hall.ask(&step.actor, step.command.clone()) {
            Err(_) => prop_assert_eq!(&before.log, &hall.log),
            Ok(facts) => prop_assert!(!facts.is_empty(), "{} did nothing", step.command.name()),
        }
        if let Some(law) = laws::broken(&hall) {
            return Err(TestCaseError::fail(law));
        }
    }
    Ok(hall)
}

fn days_of_chance(n: usize) -> Vec<(usize, Vec<Try>)> {
    let mut runner = TestRunner::deterministic();
    let strategy = days(200);
    (0..n)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

fn written(hall: &Hall, event: &Event) -> BTreeSet<Key> {
    evolve(hall, event).iter().map(crate::Record::key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_sequence_of_commands_leaves_an_unlawful_record(day in days(120)) {
        live(&day)?;
    }

    #[test]
    fn every_fact_that_is_decided_is_taken_and_makes_a_lawful_step(day in days(120)) {
        let after = live(&day)?;
        let mut hall = Hall::new();
        for event in &after.log {
            let fact = event.fact();
            prop_assert!(fact.is_some(), "{} cannot be read back", event.event);
            let records = evolve(&hall, event);
            prop_assert_eq!(records.is_empty(), is_only_told(&fact.unwrap()), "{}", event.event);
            for record in &records {
                if let Some(before) = hall.records.get(&record.key()) {
                    prop_assert_eq!(laws::broken_step(before, record), None);
                }
            }
            hall.take(event);
        }
    }

    #[test]
    fn the_log_read_from_its_text_gives_the_same_records_byte_for_byte(day in days(120)) {
        let lived = live(&day)?;
        let mut read = Hall::new();
        for event in &lived.log {
            let text = serde_json::to_string(event).unwrap();
            let event: Event = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&event).unwrap(), text);
            read.take(&event);
        }
        let bytes = |hall: &Hall| {
            serde_json::to_string(&hall.records.values().collect::<Vec<_>>()).unwrap()
        };
        prop_assert_eq!(bytes(&lived), bytes(&read));
    }

    #[test]
    fn neighbours_in_the_log_about_different_records_may_change_places(day in days(120)) {
        let lived = live(&day)?;
        let mut hall = Hall::new();
        for pair in lived.log.windows(2) {
            let [first, second] = pair else { unreachable!() };
            let touched = written(&hall, first);
            let mut swapped = hall.clone();
            hall.take(first);
            let mut after = hall.clone();
            after.take(second);
            if touched.is_disjoint(&written(&hall, second)) {
                swapped.take(second);
                swapped.take(first);
                prop_assert_eq!(&swapped.records, &after.records);
            }
        }
    }

    #[test]
    fn a_copy_without_a_record_is_left_alone_by_its_events(day in days(60)) {
        let lived = live(&day)?;
        let mut poor = Hall::new();
        poor.records.clear();
        for event in &lived.log {
            for record in evolve(&poor, event) {
                // Only what begins with its event may appear.
                let key = record.key();
                let begins = ["incident", "transfer", "notification", "station", "enrolment"];
                prop_assert!(begins.contains(&key.kind.text()), "{key:?} appeared");
            }
        }
    }
}

/// Five hundred days, lived once for all tests that look at them.
static LIVED: LazyLock<Vec<Hall>> = LazyLock::new(|| {
    let days = days_of_chance(500);
    days.iter().map(|day| live(day).unwrap()).collect()
});

#[test]
fn chance_reaches_every_kind_of_event() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for event in LIVED.iter().flat_map(|hall| &hall.log) {
        *seen.entry(event.event.as_str()).or_default() += 1;
    }
    let unseen: Vec<&str> = names::EVENTS
        .iter()
        .map(|row| row.seed)
        .filter(|name| !seen.contains_key(*name))
        .collect();
    assert!(unseen.is_empty(), "never happened: {unseen:?}");
}
