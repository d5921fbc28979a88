//! A clock that the test moves: nobody waits for it, and nothing depends on the machine's.

use std::path::Path;

use elms_protocol::{
    AcknowledgeIncident, Command, CommandId, Fact, Incident, IncidentRef, IncidentType, OfferBatch,
    ReportIncident, Role, SealBatch, Seq, Severity, SittingId, Times, TransferRef,
    UnacknowledgeIncident, UserId, View as _,
};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::*;
use crate::{
    demo::{DAY_BEGINS, institutions},
    store::Import,
};

const HERE: InstitutionId = InstitutionId(1);
const FANS: IncidentRef = IncidentRef(Uuid::from_u128(7));
const MINUTE_MS: i64 = 60_000;

/// A server without a network: a door, an alarm and a clock that stands still.
struct Office {
    door: Door,
    store: Store,
    clock: Clock,
    stop: CancellationToken,
    alarm: JoinHandle<()>,
}

impl Office {
    async fn open(dir: &Path, at: Timestamp) -> Self {
        let clock = Clock::demo(at, 0.0);
        let (door, store) = loop {
            // The writer of the server before this one may still be at its last line.
            match Door::open(dir, clock.clone()) {
                Err(StoreError::Taken) => tokio::task::yield_now().await,
                opened => break opened.unwrap(),
            }
        };
        if store.institutions().is_empty() {
            let (institution, records) = institutions().unwrap().into_iter().next().unwrap();
            let import = Import {
                institution,
                records,
            };
            door.import(import).await.unwrap();
        }
        let stop = CancellationToken::new();
        let ringing = ring(door.clone(), store.clone(), clock.clone(), stop.clone());
        Self {
            alarm: tokio::spawn(ringing),
            door,
            store,
            clock,
            stop,
        }
    }

    /// Ends it as a power cut would: nothing is said, nothing is kept but the log.
    async fn end(self) -> Timestamp {
        self.stop.cancel();
        self.alarm.await.unwrap();
        self.clock.now()
    }

    async fn ask(&self, actor: Actor, command: impl Into<Command>) {
        let request = CommandRequest {
            command_id: CommandId(Uuid::now_v7()),
            times: Times::at(self.clock.now()),
            command: command.into(),
        };
        let outcome = self.door.apply(actor, request).await.unwrap();
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?}");
    }

    async fn report(&self) {
        let fans = ReportIncident {
            reference: FANS,
            incident_type: IncidentType::VenueIssue,
            severity: Severity::Medium,
            title: Some("Fans".to_owned()),
            description: "The fans have stopped.".to_owned(),
            sitting_id: Some(SittingId(1)),
            venue_id: None,
            seat: None,
            candidates: Vec::new(),
            batch_id: None,
            local_number: None,
            confidential: false,
            subtype: None,
            action_taken: None,
            parts: Vec::new(),
            from_log: None,
            precision: None,
        };
        self.ask(person(8, Role::Invigilator), fans).await;
    }

    fn fans(&self) -> Incident {
        *self.store.view(HERE).unwrap().incident(FANS).unwrap()
    }

    /// Waits until the records are as `wanted`.
    async fn see(&self, wanted: impl Fn(&Incident) -> bool) {
        let mut grown = self.store.watch_all();
        while !wanted(&self.fans()) {
            grown.changed().await.unwrap();
        }
    }

    /// Whether the alarm, having looked at `at`, has left the log alone.
    async fn is_quiet_at(&self, at: Timestamp) -> bool {
        let before = self.store.cursor(HERE).unwrap().seq;
        self.clock.jump(at);
        all_due(&self.door, &self.store, &self.clock).await.unwrap();
        self.store.cursor(HERE).unwrap().seq == before
    }

    /// The escalations in the log, by when they were received.
    fn calls(&self) -> Vec<Timestamp> {
        let log = self.store.events(HERE, Seq::ZERO, 1_000).unwrap();
        let called = log.iter().filter(|logged| {
            matches!(logged.event.fact(), Some(Fact::IncidentUpdated(p))
                if p.updates.escalation_level.is_some())
        });
        called.map(|logged| logged.event.timestamp).collect()
    }
}

fn person(id: i64, role: Role) -> Actor {
    Actor {
        user: Some(UserId(id)),
        name: "Somebody".to_owned(),
        roles: vec![role],
        ..Actor::system(HERE)
    }
}

fn officer() -> Actor {
    person(3, Role::ExamsOfficer)
}

fn minutes(n: i64) -> Timestamp {
    DAY_BEGINS.plus_ms(n * MINUTE_MS)
}

#[tokio::test(start_paused = true)]
async fn a_case_that_nobody_notices_climbs_at_fifteen_minutes_and_not_before() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    office.report().await;
    assert!(office.is_quiet_at(minutes(15).plus_ms(-1)).await);
    office.clock.jump(minutes(15));
    office.see(|fans| fans.escalation_level == 1).await;
    assert_eq!(office.calls(), [minutes(15)]);
    office.clock.jump(minutes(30));
    office.see(|fans| fans.escalation_level == 2).await;
    office.clock.jump(minutes(45));
    office.see(|fans| fans.escalation_level == 3).await;
    assert!(
        office.is_quiet_at(minutes(600)).await,
        "there is no fourth level"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_starts_again_at_minute_fourteen_calls_at_fifteen_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    office.report().await;
    assert!(office.is_quiet_at(minutes(14)).await);
    let at = office.end().await;
    let office = Office::open(dir.path(), at).await;
    assert!(office.is_quiet_at(minutes(15).plus_ms(-1)).await);
    office.clock.jump(minutes(15));
    office.see(|fans| fans.escalation_level == 1).await;
    // Another restart, at the very instant, and two clocks at once.
    let at = office.end().await;
    let office = Office::open(dir.path(), at).await;
    let (twice, once_more) = tokio::join!(
        all_due(&office.door, &office.store, &office.clock),
        all_due(&office.door, &office.store, &office.clock),
    );
    assert_eq!(
        (twice.unwrap(), once_more.unwrap()),
        (Some(minutes(30)), Some(minutes(30)))
    );
    assert_eq!(office.calls(), [minutes(15)]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_was_down_when_it_fell_due_calls_when_it_is_back() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    office.report().await;
    office.end().await;
    let office = Office::open(dir.path(), minutes(50)).await;
    office.see(|fans| 0 < fans.escalation_level).await;
    assert_eq!(office.calls()[0], minutes(50));
    assert_eq!(
        office.fans().escalation_level,
        1,
        "each level has its own time"
    );
}

#[tokio::test(start_paused = true)]
async fn a_doubled_tick_calls_once() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    office.report().await;
    let at = minutes(15);
    let first = due(&office.store.view(HERE).unwrap(), at).requests;
    office.clock.jump(at);
    office.see(|fans| fans.escalation_level == 1).await;
    // What another clock had read just before is asked once more.
    for request in first {
        carry_out(&office.door, HERE, request).await.unwrap();
    }
    assert_eq!(office.calls(), [at]);
}

#[tokio::test(start_paused = true)]
async fn taking_notice_stops_the_clock_and_taking_it_back_starts_it_anew() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    office.report().await;
    office.clock.jump(minutes(14));
    let (incident, note) = (FANS, None);
    office
        .ask(officer(), AcknowledgeIncident { incident, note })
        .await;
    assert!(office.is_quiet_at(minutes(40)).await);
    let (incident, note) = (FANS, None);
    office
        .ask(officer(), UnacknowledgeIncident { incident, note })
        .await;
    assert!(office.is_quiet_at(minutes(55).plus_ms(-1)).await);
    office.clock.jump(minutes(55));
    office.see(|fans| fans.escalation_level == 1).await;
    assert_eq!(office.calls(), [minutes(55)]);
}

#[tokio::test(start_paused = true)]
async fn what_a_hall_kept_for_itself_is_not_late_before_it_has_arrived() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), minutes(49)).await;
    let kept = Clock::demo(DAY_BEGINS, 0.0);
    let hall = Office {
        clock: kept,
        door: office.door.clone(),
        store: office.store.clone(),
        stop: CancellationToken::new(),
        alarm: tokio::spawn(async {}),
    };
    // Written down at minute 0, received at minute 49.
    hall.report().await;
    assert!(office.is_quiet_at(minutes(64).plus_ms(-1)).await);
    office.clock.jump(minutes(64));
    office.see(|fans| fans.escalation_level == 1).await;
    let log = office.store.events(HERE, Seq::ZERO, 1_000).unwrap();
    let told = log
        .iter()
        .rev()
        .find_map(|logged| match logged.event.fact() {
            Some(Fact::NotificationNew(told)) => Some(told.message),
            _ => None,
        });
    assert!(told.unwrap().contains("recorded 64 min ago"));
}

#[tokio::test(start_paused = true)]
async fn an_offer_that_nobody_takes_lapses_after_half_an_hour_and_the_office_hears_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::open(dir.path(), DAY_BEGINS).await;
    let batch = office.store.view(HERE).unwrap().batches().remove(0);
    office
        .ask(
            officer(),
            elms_protocol::OpenCollection { batch_id: batch.id },
        )
        .await;
    let seal = SealBatch {
        batch_id: batch.id,
        count: 0,
        seal_number: "AUT-S-1".to_owned(),
        witness: Some(UserId(9)),
        incident: None,
    };
    office.ask(officer(), seal).await;
    let transfer = TransferRef(Uuid::from_u128(9));
    let offer = OfferBatch {
        transfer,
        batch_id: batch.id,
        to_user: Some(UserId(6)),
        to_location: None,
        to_location_name: None,
    };
    office.ask(officer(), offer).await;
    assert!(office.is_quiet_at(minutes(30).plus_ms(-1)).await);
    let mut grown = office.store.watch_all();
    office.clock.jump(minutes(30));
    let told = |fact: Option<Fact>| match fact {
        Some(Fact::NotificationNew(told)) => Some((told.notification_type, told.user_ids)),
        _ => None,
    };
    let (what, whom) = loop {
        let log = office.store.events(HERE, Seq::ZERO, 1_000).unwrap();
        if let Some(told) = log.last().and_then(|logged| told(logged.event.fact())) {
            break told;
        }
        grown.changed().await.unwrap();
    };
    assert_eq!(what, "custody");
    assert!(
        whom.contains(&UserId(3)) && whom.contains(&UserId(6)),
        "{whom:?}"
    );
    let after = office.store.view(HERE).unwrap();
    assert_eq!(after.transfer(transfer).unwrap().state.text(), "EXPIRED");
    let holder = after.batch(batch.id).unwrap().holder;
    assert!(holder.is(UserId(3)), "the giver still answers for it");
}
