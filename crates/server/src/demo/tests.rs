//! The whole day through the rules, without a server.

use std::collections::BTreeMap;

use elms_protocol::{
    Actor, AttendanceStatus, BatchStatus, Event, Fact, IncidentStatus, InstitutionId, Kind, Record,
    Role, Seq, Stamp, Timestamp, View as _, decide, due, evolve, names,
};
use uuid::Uuid;

use super::{DAY_BEGINS, DAY_ENDS, Step, accounts, at_time_of_day, day, institutions};
use crate::store::Records;

/// The records of the first institution before the day.
fn before() -> Records {
    let mut records = Records::default();
    let (id, book) = institutions().unwrap().into_iter().next().unwrap();
    assert_eq!(id, InstitutionId(1));
    for record in book {
        records.put(record);
    }
    records
}

/// Does one step; the story says that nothing is refused.
fn carry_out(records: &mut Records, step: &Step, log: &mut Vec<Event>) {
    let facts = decide(&step.actor, &step.request, records, step.at);
    let facts = facts.unwrap_or_else(|refusal| {
        panic!(
            "{} {:?} {:?}: {refusal}",
            step.at, step.actor.name, step.request.command
        )
    });
    for fact in &facts {
        let seq = Seq(i64::try_from(log.len()).unwrap() + 1);
        let stamp = Stamp {
            seq,
            event_id: Uuid::nil(),
            now: step.at,
        };
        let event = stamp
            .event(&step.actor, &step.request, fact, records)
            .unwrap();
        for record in evolve(records, &event) {
            records.put(record);
        }
        use_number(records, fact);
        log.push(event);
    }
}

fn use_number(records: &mut Records, fact: &Fact) {
    if let Fact::IncidentReported(reported) = fact {
        records.used(
            elms_protocol::Counter::Incident,
            reported.incident_id.unwrap(),
        );
    }
    if let Fact::NotificationNew(told) = fact {
        records.used(elms_protocol::Counter::Notification, told.id.0);
    }
}

/// The whole day, with what falls due in it at its own time.
fn live() -> (Records, Vec<Event>) {
    let (mut records, mut log) = (before(), Vec::new());
    for step in day().unwrap() {
        while let Some(at) = due(&records, DAY_BEGINS).next
            && at <= step.at
        {
            for request in due(&records, at).requests {
                let actor = Actor::system(InstitutionId(1));
                carry_out(&mut records, &Step { at, actor, request }, &mut log);
            }
        }
        carry_out(&mut records, &step, &mut log);
    }
    (records, log)
}

#[test]
fn the_demo_has_two_institutions_and_everybody_in_them() {
    let books = institutions().unwrap();
    let ids: Vec<i64> = books.iter().map(|(id, _)| id.0).collect();
    assert_eq!(ids, [1, 2]);
    let count = |kind| before().list(kind).len();
    assert_eq!(count(Kind::Candidate), 517);
    assert_eq!(
        (
            count(Kind::Sitting),
            count(Kind::Batch),
            count(Kind::Station)
        ),
        (8, 8, 10)
    );
    let accounts = accounts().unwrap();
    assert_eq!(accounts.len(), 36);
    let officer = accounts
        .iter()
        .find(|account| account.email == "adjoa.mb@aut.example")
        .unwrap();
    assert_eq!(officer.role, Role::ExamsOfficer);
    let keeper = accounts
        .iter()
        .find(|account| account.role == Role::SuperAdmin)
        .unwrap();
    assert_eq!(keeper.institution, None);
}

#[test]
fn the_day_is_in_the_order_of_receipt_and_every_command_has_its_own_id() {
    let day = day().unwrap();
    assert!(day.is_sorted_by_key(|step| step.at));
    assert!(DAY_BEGINS <= day[0].at && day.last().unwrap().at <= DAY_ENDS);
    let ids: std::collections::BTreeSet<Uuid> =
        day.iter().map(|step| step.request.command_id.0).collect();
    assert_eq!(ids.len(), day.len());
}

#[test]
fn no_step_of_the_day_is_refused_and_its_sum_is_right() {
    let (records, log) = live();
    let mut registered = 0;
    let (mut present, mut scripts) = (0, 0);
    for record in records.list(Kind::Sitting) {
        let Record::Sitting(sitting) = record else {
            continue;
        };
        assert_eq!(sitting.phase.text(), "CLOSED", "{}", sitting.course_code);
        assert!(sitting.out.is_empty());
        registered += sitting.expected;
        present += sitting.present;
    }
    for batch in records.batches() {
        scripts += batch.scripts_collected;
        assert_eq!(batch.discrepancy, 0, "{}", batch.code);
    }
    assert_eq!((registered, present, scripts), (517, 503, 503));
    let sum = log.iter().find_map(|event| match event.fact() {
        Some(Fact::DayReconciled(sum)) => Some(sum),
        _ => None,
    });
    let sum = sum.unwrap();
    assert_eq!(
        (sum.registered, sum.present, sum.scripts, sum.missing),
        (517, 503, 503, 0)
    );
}

#[test]
fn seventeen_cases_end_as_the_story_says() {
    let (records, _) = live();
    let mut by_status = BTreeMap::new();
    for record in records.list(Kind::Incident) {
        let Record::Incident(incident) = record else {
            continue;
        };
        *by_status.entry(incident.status.text()).or_insert(0) += 1;
        assert!(incident.number.is_some());
    }
    let ended = [
        (IncidentStatus::Closed.text(), 3),
        (IncidentStatus::Escalated.text(), 1),
        (IncidentStatus::Resolved.text(), 13),
    ];
    assert_eq!(by_status, BTreeMap::from(ended));
}

#[test]
fn the_clock_calls_once_on_the_day_and_at_its_minute() {
    let (_, log) = live();
    let called = log.iter().filter(|event| {
        event.actor.user_id.is_none() && event.payload["updates"]["escalationLevel"] == 1
    });
    let times: Vec<Timestamp> = called.map(|event| event.timestamp).collect();
    assert_eq!(times, [at_time_of_day("14:13").unwrap()]);
}

#[test]
fn every_batch_ends_where_the_story_leaves_it() {
    let (records, _) = live();
    let mut batches = records.batches();
    batches.sort_by_key(|batch| batch.id);
    let places: Vec<(i64, BatchStatus, &str)> = batches
        .iter()
        .map(|batch| (batch.id.0, batch.status, batch.holder.name()))
        .collect();
    let strong_room = "Strong Room 1 (Registry basement)";
    assert_eq!(
        places,
        [
            (1, BatchStatus::GradingInProgress, "Dr Kwabena Osei"),
            (2, BatchStatus::Sealed, strong_room),
            (3, BatchStatus::Sealed, strong_room),
            (4, BatchStatus::Sealed, strong_room),
            (5, BatchStatus::Sealed, strong_room),
            (6, BatchStatus::WithLecturer, "Ms Rita Owusu-Ansah"),
            (7, BatchStatus::Sealed, strong_room),
            (8, BatchStatus::Sealed, strong_room),
        ]
    );
    assert_eq!(batches[1].broken_seals, ["AUT-S-20418"]);
    assert_eq!(batches[1].seal_number.as_deref(), Some("AUT-S-20430"));
}

#[test]
fn the_great_hall_is_silent_for_49_minutes_and_nothing_of_it_is_lost() {
    let (records, log) = live();
    let station = |code: &str| {
        let key = elms_protocol::Key::new(Kind::Station, code);
        let Some(Record::Station(station)) = records.record(&key) else {
            panic!("no {code}")
        };
        station
    };
    let silence = station("GH-A").outages[0];
    assert_eq!(
        silence.to.unwrap().since_ms(silence.from),
        (49 * 60 + 19) * 1_000
    );
    assert_eq!(station("GH-B").outages.len(), 1);
    let late = |event: &&Event| 60_000 < event.timestamp.since_ms(event.times.recorded_corrected());
    let kept: Vec<&Event> = log.iter().filter(late).collect();
    let by = |code: &str| {
        let of_it = |event: &&&Event| event.actor.station_code.as_deref() == Some(code);
        kept.iter()
            .filter(of_it)
            .map(|event| event.cause_ref)
            .collect::<std::collections::BTreeSet<_>>()
            .len()
    };
    assert_eq!((by("GH-A"), by("GH-B")), (6, 12));
}

#[test]
fn a_fast_clock_is_corrected_everywhere() {
    let (records, log) = live();
    let start = log
        .iter()
        .find(|event| event.event == "session_started" && event.payload["examEntryId"] == 3);
    let start = start.unwrap();
    assert_eq!(start.times.clock_offset_ms, 432_000);
    assert_eq!(start.happened_at(), at_time_of_day("09:00:09").unwrap());
    let sitting = records.sitting(elms_protocol::SittingId(3)).unwrap();
    assert_eq!((sitting.paused_sec, sitting.added_sec), (1_140, 1_140));
    assert_eq!(sitting.effective_end(), at_time_of_day("12:19").unwrap());
    let late = records
        .candidate(sitting.id, elms_protocol::StudentId(1212))
        .unwrap();
    assert_eq!(
        (late.attendance, late.minutes_late),
        (AttendanceStatus::Late, Some(11))
    );
}

#[test]
fn the_day_makes_the_events_of_the_guide() {
    let (_, log) = live();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for event in &log {
        *seen.entry(event.event.as_str()).or_default() += 1;
    }
    // Handover refusals, verified and graded scripts and files do not happen on this day, and no
    // station asks to be let in.
    let absent: Vec<&str> = names::EVENTS
        .iter()
        .map(|row| row.seed)
        .filter(|name| !seen.contains_key(name))
        .collect();
    assert_eq!(
        absent,
        [
            "script:verified",
            "script:graded",
            "script:marked",
            "timetable:confirmed",
            "evidence:attached",
            "evidence:received",
            "evidence:opened",
            "invigilator_checked_out",
            "records_imported",
            "log_noted",
            "custody:refused",
            "custody:expired",
            "station:waiting",
            "station:paired",
            "station:suspended"
        ]
    );
    assert_eq!(log.len(), 335, "{seen:#?}");
}
