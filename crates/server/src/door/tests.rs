mod erasing;
mod folding;
mod proving;

use std::{collections::BTreeMap, sync::Arc};

use elms_protocol::{
    Command, CommandId, IncidentRef, IncidentType, InstitutionId, Key, NoteIncident, RejectionCode,
    ReportIncident, Role, Seq, Severity, Times, Timestamp, UserId, frame::Cursor,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::{
    demo,
    store::{Logged, Records, tag},
};

const TAKORADI: InstitutionId = InstitutionId(1);
const NOW: Timestamp = Timestamp(1_796_630_000_000);

/// A store with the demo institutions and nobody writing to it but the test.
struct Desk {
    disk: Disk,
    store: Store,
    dir: TempDir,
}

impl Desk {
    fn open(dir: TempDir) -> Self {
        let (store, disk) = Store::open(dir.path()).unwrap();
        Self { disk, store, dir }
    }

    fn new() -> Self {
        let desk = Self::open(tempfile::tempdir().unwrap());
        for (institution, records) in demo::institutions().unwrap() {
            let (answer, mut answered) = oneshot::channel();
            let import = Import {
                institution,
                records,
            };
            desk.group([Job::Import(import, answer)]);
            answered.try_recv().unwrap().unwrap();
        }
        desk
    }

    fn reopen(self) -> Self {
        let Self { disk, store, dir } = self;
        drop((disk, store));
        Self::open(dir)
    }

    fn group(&self, jobs: impl IntoIterator<Item = Job>) {
        Group::new(&self.disk, &self.store, NOW).carry_out(jobs.into_iter());
    }

    /// Carries out commands in one commit.
    fn together(
        &self,
        asked: impl IntoIterator<Item = (Actor, CommandRequest)>,
    ) -> Vec<Result<Outcome, ApplyError>> {
        let (mut jobs, mut waiting) = (Vec::new(), Vec::new());
        for (actor, request) in asked {
            let (answer, answered) = oneshot::channel();
            jobs.push(Job::Command(Box::new(actor), Box::new(request), answer));
            waiting.push(answered);
        }
        self.group(jobs);
        let answers = waiting.iter_mut().map(oneshot::Receiver::try_recv);
        answers.map(Result::unwrap).collect()
    }

    fn alone(&self, request: CommandRequest) -> Outcome {
        let answers = self.together([(officer(), request)]);
        answers.into_iter().next().unwrap().unwrap()
    }

    fn log(&self) -> Vec<Arc<Logged>> {
        self.store.events(TAKORADI, Seq::ZERO, usize::MAX).unwrap()
    }

    fn head(&self) -> Cursor {
        self.store.cursor(TAKORADI).unwrap()
    }

    fn records(&self) -> BTreeMap<Key, String> {
        texts(&self.store.view(TAKORADI).unwrap())
    }
}

fn texts(records: &Records) -> BTreeMap<Key, String> {
    let text = |record| serde_json::to_string(record).unwrap();
    records
        .iter()
        .map(|record| (record.key(), text(record)))
        .collect()
}

fn officer() -> Actor {
    Actor {
        user: Some(UserId(3)),
        name: "Mrs Adjoa Mensah-Bonsu".to_owned(),
        roles: vec![Role::ExamsOfficer],
        ..Actor::system(TAKORADI)
    }
}

fn asked(command: impl Into<Command>) -> CommandRequest {
    CommandRequest {
        command_id: CommandId(Uuid::new_v4()),
        times: Times::at(NOW),
        command: command.into(),
    }
}

fn report(description: &str) -> CommandRequest {
    asked(ReportIncident {
        reference: IncidentRef(Uuid::new_v4()),
        incident_type: IncidentType::ALL[0],
        severity: Severity::Low,
        title: None,
        description: description.to_owned(),
        sitting_id: None,
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
    })
}

fn note(incident: IncidentRef, text: &str) -> CommandRequest {
    asked(NoteIncident {
        incident: incident.into(),
        text: text.to_owned(),
        evidence: Vec::new(),
        witness: None,
    })
}

#[tokio::test]
async fn a_repeated_report_gets_the_first_answer_and_is_one_case() {
    let desk = Desk::new();
    let request = report("Phone under the desk");
    let first = desk.alone(request.clone());
    assert!(matches!(first, Outcome::Applied { .. }), "{first:?}");
    let mut later = request.clone();
    later.times = Times::at(NOW.plus_ms(60_000));
    let twice = desk.together([(officer(), request), (officer(), later)]);
    assert!(twice.into_iter().all(|answer| answer.unwrap() == first));
    assert_eq!(desk.log().len(), 1);
    let desk = desk.reopen();
    assert_eq!(desk.log().len(), 1);
}

#[tokio::test]
async fn an_id_that_was_used_for_something_else_is_refused() {
    let desk = Desk::new();
    let first = report("Phone under the desk");
    desk.alone(first.clone());
    let mut other = report("Calculator with notes");
    other.command_id = first.command_id;
    let Outcome::Rejected { rejection, .. } = desk.alone(other) else {
        panic!("it must be refused");
    };
    assert_eq!(rejection.code, RejectionCode::KeyReused);
    assert_eq!(desk.log().len(), 1);
}

#[tokio::test]
async fn an_id_belongs_to_its_author() {
    let desk = Desk::new();
    let mine = report("Phone under the desk");
    let mut theirs = report("Candidate is unwell");
    theirs.command_id = mine.command_id;
    let registrar = Actor {
        user: Some(UserId(2)),
        roles: vec![Role::Admin],
        ..officer()
    };
    let answers = desk.together([(officer(), mine), (registrar, theirs)]);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Outcome::Applied { .. })))
    );
    assert_eq!(desk.log().len(), 2);
}

#[tokio::test]
async fn a_refused_command_leaves_its_neighbours_alone() {
    let desk = Desk::new();
    let unknown = note(IncidentRef(Uuid::nil()), "More words");
    let commands = [report("One"), unknown.clone(), report("Two")];
    let answers = desk.together(commands.map(|request| (officer(), request)));
    assert!(matches!(
        answers[0],
        Ok(Outcome::Applied { seq: Seq(1), .. })
    ));
    assert!(matches!(answers[1], Ok(Outcome::Rejected { .. })));
    assert!(matches!(
        answers[2],
        Ok(Outcome::Applied {
            first_seq: Seq(2),
            ..
        })
    ));
    // The refusal is an answer too, and is given again.
    assert_eq!(desk.alone(unknown), answers[1].clone().unwrap());
}

#[tokio::test]
async fn a_command_that_cannot_be_written_is_undone_alone_and_may_come_again() {
    let desk = Desk::new();
    let trap = "CREATE TEMP TRIGGER trap BEFORE INSERT ON main.record
                WHEN new.body LIKE '%torn%' BEGIN SELECT RAISE(ABORT, 'torn page'); END";
    desk.disk.conn.execute_batch(trap).unwrap();
    let torn = report("torn");
    let commands = [report("One"), torn.clone(), report("Two")];
    let answers = desk.together(commands.map(|request| (officer(), request)));
    assert!(answers[0].is_ok() && answers[2].is_ok());
    assert!(matches!(answers[1], Err(ApplyError::Storage(_))));
    assert_eq!(desk.log().len(), 2);
    desk.disk.conn.execute_batch("DROP TRIGGER trap").unwrap();
    assert!(matches!(
        desk.alone(torn),
        Outcome::Applied { seq: Seq(3), .. }
    ));
    let (shown, head) = (desk.records(), desk.head());
    let desk = desk.reopen();
    assert!(desk.records() == shown, "the disk holds something else");
    assert_eq!(desk.head(), head);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_answered_and_the_writer_lives_on() {
    let desk = Desk::new();
    desk.alone(report("Before"));
    let pages = "PRAGMA page_count";
    let n_pages: i64 = desk
        .disk
        .conn
        .query_row(pages, [], |row| row.get(0))
        .unwrap();
    let limit = |n: i64| {
        let pragma = format!("PRAGMA max_page_count = {n}");
        desk.disk.conn.query_row(&pragma, [], |_| Ok(())).unwrap();
    };
    limit(n_pages.saturating_add(2));
    let many: Vec<_> = (0..40).map(|n| report(&"x".repeat(3_900 + n))).collect();
    let asked = many.iter().map(|request| (officer(), request.clone()));
    let answers = desk.together(asked);
    assert!(answers.iter().any(Result::is_err), "the disk was not full");
    let n_kept = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(desk.log().len(), n_kept + 1);
    limit(1_000_000);
    let again = desk.together(many.into_iter().map(|request| (officer(), request)));
    assert!(again.iter().all(Result::is_ok), "{again:?}");
    assert_eq!(desk.log().len(), 41);
    let (shown, head) = (desk.records(), desk.head());
    let desk = desk.reopen();
    assert!(desk.records() == shown, "the disk holds something else");
    assert_eq!(desk.head(), head);
}

#[tokio::test]
async fn the_log_is_a_tree_without_gaps_for_each_institution() {
    let desk = Desk::new();
    let other = Actor {
        institution: InstitutionId(2),
        ..officer()
    };
    for n in 0..20 {
        let mine = (officer(), report(&format!("Case {n}")));
        let theirs = (other.clone(), report(&format!("Case {n}")));
        desk.together([mine, theirs]);
    }
    for institution in [TAKORADI, InstitutionId(2)] {
        let log = desk.store.events(institution, Seq::ZERO, 1_000).unwrap();
        let entries = desk.store.entries(institution, (Seq(1), Seq(20))).unwrap();
        for (n, (logged, entry)) in (1..).zip(log.iter().zip(&entries)) {
            assert_eq!(logged.event.seq, Seq(n));
            let body = serde_json::to_string(&logged.event).unwrap();
            assert_eq!(entry.body.as_deref(), Some(body.as_str()));
            assert_eq!(logged.tag, tag(&entry.leaf.0, Seq(n)));
            let cursor = desk.store.cursor_at(institution, Seq(n)).unwrap().unwrap();
            assert_eq!(cursor.tag, logged.tag);
        }
        assert_eq!(log.len(), 20);
        let head = desk.store.cursor(institution).unwrap();
        assert_eq!((head.seq, head.tag), (Seq(20), log[19].tag));
    }
    let epochs = [TAKORADI, InstitutionId(2)].map(|id| desk.store.cursor(id).unwrap().epoch);
    assert_ne!(epochs[0], epochs[1]);
}

#[tokio::test]
async fn what_fell_off_the_tail_is_read_from_the_file_just_the_same() {
    let desk = Desk::new();
    for _ in 0..4 {
        let many = (0..200).map(|n| (officer(), report(&format!("Case {n}"))));
        desk.together(many);
    }
    assert!(desk.store.recent(TAKORADI, Seq(100), 10).unwrap().is_none());
    let old = desk.store.events(TAKORADI, Seq(120), 50).unwrap();
    let new = desk.store.recent(TAKORADI, Seq(700), 50).unwrap().unwrap();
    let same = desk.reopen();
    let old_again = same.store.events(TAKORADI, Seq(120), 50).unwrap();
    let new_again = same.store.events(TAKORADI, Seq(700), 50).unwrap();
    for (first, second) in old
        .iter()
        .chain(&new)
        .zip(old_again.iter().chain(&new_again))
    {
        assert_eq!(first.event, second.event);
        assert_eq!(first.tag, second.tag);
        let profile = elms_protocol::Profile::Seed;
        assert_eq!(
            first.spelled(profile).text(),
            second.spelled(profile).text()
        );
    }
    assert_eq!(old.len() + new.len(), 100);
}

#[tokio::test]
async fn a_data_directory_has_one_writer() {
    let desk = Desk::new();
    assert!(matches!(
        Store::open(desk.dir.path()),
        Err(StoreError::Taken)
    ));
}

#[tokio::test]
async fn a_newer_log_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let conn = rusqlite::Connection::open(dir.path().join("log.db")).unwrap();
    conn.execute_batch("PRAGMA user_version = 99").unwrap();
    let refused = Store::open(dir.path());
    assert!(matches!(refused, Err(StoreError::Newer(99))));
}

#[tokio::test]
async fn the_door_answers_when_the_log_has_it_and_wakes_who_watches() {
    let dir = tempfile::tempdir().unwrap();
    let (door, store) = Door::open(dir.path(), Clock::system()).unwrap();
    for (institution, records) in demo::institutions().unwrap() {
        let import = Import {
            institution,
            records,
        };
        door.import(import).await.unwrap();
    }
    let mut head = store.listen(TAKORADI).unwrap();
    let all = (0..50).map(|n| {
        let door = door.clone();
        tokio::spawn(async move { door.apply(officer(), report(&format!("Case {n}"))).await })
    });
    let all: Vec<_> = all.collect();
    for answer in all {
        let Ok(Outcome::Applied { seq, .. }) = answer.await.unwrap() else {
            panic!("it must be applied");
        };
        assert!(seq <= store.cursor(TAKORADI).unwrap().seq);
    }
    head.wait_for(|seq| seq == 50).await;
    assert_eq!(store.events(TAKORADI, Seq::ZERO, 100).unwrap().len(), 50);
}
