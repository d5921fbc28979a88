//! What people see must be what is, with a mark on what is not yet everywhere.

mod hall;
mod offers;
mod past;
mod timetable;

use elms_protocol::{
    AcknowledgeIncident, BatchId, Command, CommandRequest, IncidentStatus, Outcome, Seq, Severity,
    UserId,
    host::{OutboxState, SyncMark},
};
use tempfile::TempDir;

use super::*;
use crate::{
    cache::{Cache, Held, Records, Seen},
    fixture::{
        BATCH, Hall, MORNING, SITTING, chief, invigilator, key, note, officer, reference, report,
        request,
    },
    outbox::{Entry, Item, Outbox, subject_of},
};

/// A station in the hall, with the server somewhere.
pub(super) struct Desk {
    _dir: TempDir,
    pub(super) hall: Hall,
    cache: Cache,
    outbox: Outbox,
    pub(super) actor: Actor,
    pub(super) closed: Option<&'static str>,
}

impl Desk {
    pub(super) fn of(actor: Actor) -> Self {
        Self::beside(actor, Hall::new())
    }

    /// A station whose server has these records.
    pub(super) fn beside(actor: Actor, hall: Hall) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut cache = Cache::open(&dir.path().join("cache.db"), &key()).unwrap();
        cache.install(&hall.snapshot(), MORNING).unwrap();
        let outbox = Outbox::open(&dir.path().join("outbox.db"), &key()).unwrap();
        Self {
            _dir: dir,
            hall,
            cache,
            outbox,
            actor,
            closed: None,
        }
    }

    /// Everything in the server's log comes here.
    pub(super) fn hear(&mut self) {
        let seen = Seen {
            at: self.hall.now(),
            live: true,
        };
        self.cache
            .apply(&self.hall.log, Some(self.hall.cursor()), seen)
            .unwrap();
    }

    /// Keeps a command here, as a form does.
    pub(super) fn keep(&mut self, id: u128, command: impl Into<Command>) -> CommandRequest {
        let request = request(id, command, self.hall.now());
        let about = subject_of(&request.command, &*self.cache.records());
        let author = self.actor.user.unwrap();
        let entry = Entry {
            request: &request,
            author,
            about: &about,
            station: "GH-A",
        };
        self.outbox.keep(entry).unwrap();
        self.outbox.request(request.command_id).unwrap().unwrap()
    }

    fn send(&mut self, request: &CommandRequest) -> Outcome {
        self.outbox.sending(request.command_id).unwrap();
        self.hall.answer(&self.actor, request)
    }

    fn settle(&mut self, outcome: &Outcome) {
        self.outbox
            .settle(outcome, Some(self.hall.epoch), MORNING)
            .unwrap();
    }

    pub(super) fn history(&self, key: &Key) -> Vec<Held> {
        self.cache.reader().unwrap().history(key).unwrap()
    }

    /// Looks at the screens.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Scene<'_>, &[Item]) -> T) -> T {
        let (records, items): (std::sync::Arc<Records>, _) =
            (self.cache.records(), self.outbox.items().unwrap());
        let overlay = Overlay::new(&records, &items, &self.actor);
        look(
            &Scene {
                overlay: &overlay,
                actor: &self.actor,
                now: self.hall.now(),
                closed: self.closed,
            },
            &items,
        )
    }

    fn mark(&self) -> Option<SyncMark> {
        self.look(|scene, _| incidents(scene).first().map(|view| view.sync))
    }
}

#[test]
fn a_report_is_listed_at_once_and_its_mark_follows_it_to_the_server() {
    let mut desk = Desk::of(invigilator());
    assert_eq!(desk.mark(), None);
    let report = desk.keep(1, report(1, "Phone under the desk; switched off"));
    desk.look(|scene, _| {
        let list = incidents(scene);
        let incident = &list[0].incident;
        assert_eq!((list[0].sync, &incident.number), (SyncMark::Kept, &None));
        assert_eq!(incident.local_number.as_deref(), Some("GH-A/001"));
        assert_eq!(incident.title, "Phone under the desk");
        assert_eq!(list[0].venue_code.as_deref(), Some("GH"));
        assert_eq!(list[0].course_code.as_deref(), Some("CSE201"));
    });
    let outcome = desk.send(&report);
    assert_eq!(desk.mark(), Some(SyncMark::Sending));
    desk.settle(&outcome);
    // Answered, and its event is still on the way: it must not vanish in between.
    assert_eq!(desk.mark(), Some(SyncMark::Server));
    desk.hear();
    desk.look(|scene, _| {
        let list = incidents(scene);
        assert_eq!((list.len(), list[0].sync), (1, SyncMark::Server));
        assert_eq!(list[0].incident.number.as_deref(), Some("INC-26-0001"));
        assert_eq!(list[0].incident.local_number.as_deref(), Some("GH-A/001"));
    });
}

#[test]
fn what_waits_is_laid_over_in_its_order_and_the_record_beneath_is_untouched() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    desk.keep(
        2,
        AcknowledgeIncident {
            incident: reference(1),
            note: None,
        },
    );
    desk.keep(3, note(1, "Called the chief"));
    let key = Key::new(Kind::Incident, reference(1));
    let history = desk.history(&key);
    desk.look(|scene, _| {
        let detail = incident(scene, reference(1), &history).unwrap();
        assert_eq!(detail.view.sync, SyncMark::Kept);
        assert!(detail.view.incident.acknowledged_at.is_some());
        let lines: Vec<(&str, Option<Seq>)> = detail
            .timeline
            .iter()
            .map(|line| (line.text.as_str(), line.seq))
            .collect();
        let expected = [
            ("Phone", Some(Seq(1))),
            ("Acknowledged", None),
            ("Called the chief", None),
        ];
        assert_eq!(lines, expected);
        assert_eq!(detail.candidates[0].name, "Kwame Mensah");
        assert_eq!(detail.batch.as_ref().map(|batch| batch.id), Some(BATCH));
        assert_eq!(detail.seen_at, Some(MORNING.plus_ms(120_000)));
        let beneath = scene.overlay.records().get(&key);
        let Some(Record::Incident(beneath)) = beneath else {
            panic!("{beneath:?}")
        };
        assert_eq!(beneath.acknowledged_at, None);
    });
}

#[test]
fn a_refused_change_has_not_happened_and_a_refused_report_is_still_listed() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    let acknowledged = desk.keep(
        2,
        AcknowledgeIncident {
            incident: reference(1),
            note: None,
        },
    );
    // Somebody else was quicker.
    desk.hall.ask(
        &officer(),
        AcknowledgeIncident {
            incident: reference(1),
            note: None,
        },
    );
    let outcome = desk.send(&acknowledged);
    desk.settle(&outcome);
    assert_eq!(desk.mark(), Some(SyncMark::Attention));
    desk.look(|scene, items| {
        assert_eq!(incidents(scene)[0].incident.acknowledged_at, None);
        let shown = &outbox(scene, items)[0];
        assert_eq!(
            (shown.state, shown.text.as_str()),
            (OutboxState::Attention, "Acknowledge incident")
        );
        assert_eq!(shown.incident, Some(reference(1)));
        assert!(shown.rejection.is_some());
    });
    let own = desk.keep(3, report(3, "Noise"));
    let rejection = elms_protocol::Rejection::not_found("sitting");
    desk.settle(&Outcome::Rejected {
        command_id: own.command_id,
        rejection,
    });
    desk.look(|scene, _| {
        let list = incidents(scene);
        assert_eq!((list.len(), list[0].sync), (2, SyncMark::Attention));
        assert_eq!(list[0].incident.status, IncidentStatus::Reported);
    });
}

#[test]
fn what_somebody_else_keeps_here_is_not_laid_over() {
    let mut desk = Desk::of(invigilator());
    desk.keep(1, report(1, "Phone"));
    desk.actor = officer();
    assert_eq!(desk.mark(), None);
}

#[test]
fn a_lane_shows_hall_batch_stations_and_the_longest_arrangement() {
    let mut desk = Desk::of(officer());
    desk.hear();
    desk.look(|scene, _| {
        let monitor = monitor(scene);
        let lane = &monitor.sittings[0];
        assert_eq!(lane.venue.as_ref().unwrap().name, "Great Hall");
        assert_eq!(lane.batch.as_ref().unwrap().id, BATCH);
        assert_eq!((lane.stations.len(), lane.longest_extra_pct), (1, 11));
        assert_eq!(lane.effective_end, MORNING.plus_ms(7_200_000));
    });
}

#[test]
fn a_batch_shows_its_hall_and_who_may_witness() {
    let mut desk = Desk::of(chief());
    desk.keep(
        1,
        elms_protocol::CountScripts {
            batch_id: BATCH,
            collected: 2,
        },
    );
    desk.look(|scene, _| {
        let list = batches(scene);
        assert_eq!(
            (list.len(), list[0].present, list[0].sync),
            (1, 3, SyncMark::Kept)
        );
        assert_eq!(list[0].batch.scripts_collected, 2);
        let detail = batch(scene, BATCH, &[]).unwrap();
        assert_eq!(
            detail.timeline[0].text,
            "BATCH-CSE201-2026-01: 2 of 3 scripts in"
        );
        let witnesses: Vec<UserId> = detail.witnesses.iter().map(|person| person.id).collect();
        assert_eq!(witnesses, [UserId(3)]);
        assert_eq!(batch(scene, BatchId(99), &[]), None);
    });
}

#[test]
fn a_candidate_is_found_by_seat_by_number_and_by_name() {
    let desk = Desk::of(invigilator());
    desk.look(|scene, _| {
        let seats = |text: &str| -> Vec<String> {
            let found = candidates(scene, Some(SITTING), text);
            found.into_iter().map(|candidate| candidate.seat).collect()
        };
        assert_eq!(seats(""), ["C9", "C10", "D1"]);
        assert_eq!(seats("c9"), ["C9"]);
        assert_eq!(seats("24/311"), ["D1"]);
        assert_eq!(seats("mensah"), ["C9"]);
        assert_eq!(candidates(scene, Some(SittingId(99)), ""), []);
        assert_eq!(people(scene, "men").len(), 1);
    });
}

#[test]
fn the_report_form_offers_nine_kinds_and_the_own_hall_first() {
    let desk = Desk::of(invigilator());
    desk.look(|scene, _| {
        let options = report_options(scene);
        let kinds: Vec<(&str, Severity)> = options
            .kinds
            .iter()
            .map(|kind| (kind.label.as_str(), kind.severity))
            .collect();
        let expected = [
            ("Misconduct", Severity::High),
            ("Medical", Severity::Critical),
            ("Missing script", Severity::Critical),
            ("Damaged script", Severity::Medium),
            ("Late arrival", Severity::Low),
            ("Identity", Severity::Medium),
            ("Technical", Severity::Medium),
            ("Venue", Severity::Medium),
            ("Other", Severity::Low),
        ];
        assert_eq!(kinds, expected);
        let hall = &options.halls[0];
        assert_eq!(
            (hall.label.as_str(), hall.own),
            ("Great Hall A, CSE201", true)
        );
    });
    let stranger = Desk::of(crate::fixture::actor(
        4,
        "Dr. Yaw Mensah",
        elms_protocol::Role::Lecturer,
    ));
    stranger.look(|scene, _| assert_eq!(report_options(scene).halls, []));
}

#[test]
fn notifications_are_those_of_the_person_who_looks() {
    let mut desk = Desk::of(officer());
    desk.hall.ask(&invigilator(), report(1, "Phone"));
    desk.hear();
    let read = elms_protocol::ReadNotification {
        notification_id: elms_protocol::NotificationId(900),
    };
    desk.look(|scene, _| assert_eq!((notifications(scene).len(), unread(scene)), (2, 2)));
    desk.keep(2, read);
    desk.look(|scene, _| {
        assert_eq!(unread(scene), 1);
        let read = notifications(scene).into_iter().filter(|view| view.read);
        let read: Vec<String> = read.map(|view| view.notification.title).collect();
        assert_eq!(read, ["Good morning"]);
    });
    desk.actor = chief();
    desk.look(|scene, _| assert_eq!(notifications(scene), []));
}
