//! What files change, and everything that can be wrong with them.

mod problems;

use elms_protocol::{
    Actor, AttendanceStatus, InstitutionId, Kind, Phase, Record, Role, SittingId, StudentId,
    TimetableStatus, UserId, View as _,
};

use super::*;

const HERE: InstitutionId = InstitutionId(7);

/// The files that `docs/OPERATIONS.md` shows.
fn samples() -> Vec<File> {
    let file = |name: &str, text: &str| File {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    vec![
        file(
            "registrations.csv",
            include_str!("../../../../docs/import/registrations.csv"),
        ),
        file(
            "institution.csv",
            include_str!("../../../../docs/import/institution.csv"),
        ),
        file(
            "people.csv",
            include_str!("../../../../docs/import/people.csv"),
        ),
        file(
            "venues.csv",
            include_str!("../../../../docs/import/venues.csv"),
        ),
        file(
            "timetables.csv",
            include_str!("../../../../docs/import/timetables.csv"),
        ),
        file(
            "sittings.csv",
            include_str!("../../../../docs/import/sittings.csv"),
        ),
    ]
}

/// The same files with a text in one of them exchanged.
fn with(name: &str, old: &str, new: &str) -> Vec<File> {
    let mut files = samples();
    let file = files.iter_mut().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains(old), "{old}");
    file.bytes = text.replace(old, new).into_bytes();
    files
}

/// Somebody of the institution with this role.
fn by(role: Role) -> Actor {
    Actor {
        user: Some(UserId(1)),
        roles: vec![role],
        ..Actor::system(HERE)
    }
}

/// An institution as its files leave it.
#[derive(Default)]
struct Office {
    records: Records,
    accounts: Vec<Account>,
}

impl Office {
    fn plan(&self, files: &[File]) -> Report {
        plan(
            &read(files),
            &self.records,
            &self.accounts,
            &Actor::system(HERE),
        )
        .report
    }

    /// Brings in what has no problem: accounts first, as the server does.
    fn bring_in(&mut self, files: &[File]) -> Report {
        let (draft, system) = (read(files), Actor::system(HERE));
        let planned = plan(&draft, &self.records, &self.accounts, &system);
        assert_eq!(planned.report.problems, []);
        let (report, people) = (planned.report, planned.people);
        for (at, planned) in people.into_iter().enumerate() {
            self.accounts
                .retain(|known| known.email != planned.account.email);
            let id = if planned.is_new {
                UserId(100_000 + i64::try_from(at).unwrap())
            } else {
                planned.account.id
            };
            self.accounts.push(Account {
                id,
                ..planned.account
            });
        }
        let planned = plan(&draft, &self.records, &self.accounts, &system).records();
        for record in planned {
            self.records.put(record);
        }
        report
    }

    fn sitting(&self, code: &str) -> elms_protocol::Sitting {
        let mut batches = self.records.batches().into_iter();
        let batch = batches.find(|batch| batch.code == code).unwrap();
        *self.records.sitting(batch.sitting_id).unwrap()
    }

    fn publish(&mut self) {
        for record in self.records.list(Kind::Timetable) {
            let Record::Timetable(mut timetable) = record else {
                unreachable!()
            };
            timetable.status = TimetableStatus::Published;
            self.records.put(Record::Timetable(timetable));
        }
    }
}

fn counts(new: usize, changed: usize, same: usize) -> Counts {
    Counts { new, changed, same }
}

/// The problems as `file row column`.
fn places(report: &Report) -> Vec<String> {
    let problems = report.problems.iter();
    problems
        .map(|found| format!("{} {} {}", found.file, found.row, found.column))
        .collect()
}

#[test]
fn an_empty_office_gets_everything_that_is_in_the_files() {
    let mut office = Office::default();
    let report = office.bring_in(&samples());
    let expected = [
        ("institution", counts(1, 0, 0)),
        ("people", counts(8, 0, 0)),
        ("registrations", counts(7, 0, 0)),
        ("sittings", counts(2, 0, 0)),
        ("timetables", counts(1, 0, 0)),
        ("venues", counts(2, 0, 0)),
    ];
    assert_eq!(report.tables, BTreeMap::from(expected));
    let sitting = office.sitting("HTC-NAV110-27-1");
    // London shows UTC in January.
    assert_eq!(sitting.starts_at.to_string(), "2027-01-11T09:30:00.000Z");
    assert_eq!((sitting.expected, sitting.invigilators.len()), (4, 2));
    let chief = office
        .accounts
        .iter()
        .find(|known| known.email.starts_with("n.acht"))
        .unwrap();
    assert!(sitting.is_chief(chief.id));
    let batch = office.records.batch(sitting.batch_id.unwrap()).unwrap();
    assert_eq!(
        (
            batch.total_registered,
            batch.lecturer.unwrap().name.as_str()
        ),
        (4, "Dr Lena Feather")
    );
    let candidates = office.records.list(Kind::Candidate).into_iter();
    let joss: Vec<StudentId> = candidates
        .filter_map(|record| {
            let Record::Candidate(found) = record else {
                return None;
            };
            (found.index_number == "HT26002").then_some(found.student_id)
        })
        .collect();
    assert_eq!(joss, [StudentId(2), StudentId(2)]);
}

#[test]
fn the_same_files_again_change_nothing() {
    let mut office = Office::default();
    office.bring_in(&samples());
    let before: Vec<Record> = office.records.iter().cloned().collect();
    let report = office.bring_in(&samples());
    assert!(!report.changes(), "{report:?}");
    assert_eq!(report.tables["registrations"], counts(0, 0, 7));
    assert_eq!(office.records.iter().cloned().collect::<Vec<_>>(), before);
    assert_eq!(office.accounts.len(), 8);
}

#[test]
fn a_changed_row_is_told_apart_from_a_new_one() {
    let mut office = Office::default();
    office.bring_in(&samples());
    let report = office.plan(&with(
        "venues.csv",
        "120,+233 30 555 0107\n",
        "110,+233 30 555 0107\nPIER,Pier Hall,,60,\n",
    ));
    assert_eq!(report.tables["venues"], counts(1, 1, 1));
    let report = office.plan(&with("people.csv", "Mr Hal Brandt", "Mr Henry Brandt"));
    assert_eq!(report.tables["people"], counts(0, 1, 7));
}

#[test]
fn a_hall_has_the_telephone_of_its_file_and_keeps_it_where_the_file_has_no_such_column() {
    let mut office = Office::default();
    office.bring_in(&samples());
    let phones = |office: &Office| -> Vec<Option<String>> {
        let venues = office.records.list(Kind::Venue).into_iter();
        venues
            .filter_map(|record| {
                let Record::Venue(venue) = record else {
                    return None;
                };
                Some(venue.phone)
            })
            .collect()
    };
    let known = [Some("+233 30 555 0107".to_owned()), None];
    assert_eq!(phones(&office), known);
    let older = "code,name,location,capacity\nDRILL,Drill Hall,Dock Road,120\n";
    let mut files = samples();
    let venues = files.iter_mut().find(|file| file.name == "venues.csv");
    venues.unwrap().bytes = older.as_bytes().to_vec();
    office.bring_in(&files);
    assert_eq!(phones(&office), known);
    let gone = with("venues.csv", "+233 30 555 0107", "");
    office.bring_in(&gone);
    assert_eq!(phones(&office), [None, None]);
}

/// What the files say of the cards, by the order of the accounts.
fn cards(office: &Office) -> Vec<Option<&str>> {
    let mut accounts: Vec<&Account> = office.accounts.iter().collect();
    accounts.sort_by(|a, b| a.email.cmp(&b.email));
    let cards = accounts.into_iter();
    cards.map(|known| known.staff_number.as_deref()).collect()
}

#[test]
fn people_keep_their_cards_where_the_file_has_no_such_column() {
    let mut office = Office::default();
    office.bring_in(&samples());
    let known: Vec<Option<String>> = cards(&office)
        .into_iter()
        .map(|card| card.map(str::to_owned))
        .collect();
    assert_eq!(known.iter().flatten().count(), 7);
    let older = "email,name,role\nexams@harbour.example,Mr Tobias Wren,EXAMS_OFFICER\n";
    let mut files = samples();
    let people = files.iter_mut().find(|file| file.name == "people.csv");
    people.unwrap().bytes = older.as_bytes().to_vec();
    office.bring_in(&files);
    let known: Vec<Option<&str>> = known.iter().map(Option::as_deref).collect();
    assert_eq!(cards(&office), known);
    office.bring_in(&with("people.csv", "HTC-002", ""));
    assert_eq!(cards(&office).iter().flatten().count(), 6);
}

#[test]
fn a_card_that_is_no_card_or_another_persons_is_told_with_its_place() {
    let mut office = Office::default();
    office.bring_in(&samples());
    for (wrong, message) in [
        (
            "two words",
            "`two words` is no staff number: up to 32 letters, digits, and - / . _",
        ),
        ("htc-001", "`htc-001` is in row 2 already."),
    ] {
        let report = Office::default().plan(&with("people.csv", "HTC-002", wrong));
        assert_eq!(places(&report), ["people.csv 3 staff_number"], "{wrong}");
        assert_eq!(report.problems[0].message, message);
    }
    let alone = "email,name,role,staff_number\nnew@harbour.example,Ms New,INVIGILATOR,htc-001\n";
    let mut files = samples();
    let people = files.iter_mut().find(|file| file.name == "people.csv");
    people.unwrap().bytes = alone.as_bytes().to_vec();
    let report = office.plan(&files);
    assert_eq!(places(&report), ["people.csv 2 staff_number"]);
}

#[test]
fn what_is_no_telephone_number_is_told() {
    for wrong in [
        "call the porter",
        "7",
        "+233 30 555 0107 555 0107 555 0107",
        "javascript:1",
    ] {
        let report = Office::default().plan(&with("venues.csv", "+233 30 555 0107", wrong));
        // The sittings of that hall are told, too: there is no such venue.
        let first = &report.problems[0];
        let place = (first.file.as_str(), first.row, first.column.as_str());
        assert_eq!(place, ("venues.csv", 2, "phone"), "{wrong}");
    }
}

#[test]
fn times_are_those_of_the_institutions_clocks() {
    let summer = |files: Vec<File>| -> Vec<File> {
        files
            .into_iter()
            .map(|file| File {
                bytes: String::from_utf8(file.bytes)
                    .unwrap()
                    .replace("2027-01-11", "2027-10-31")
                    .replace("2027-01-22", "2027-10-31")
                    .into_bytes(),
                ..file
            })
            .collect()
    };
    let mut office = Office::default();
    office.bring_in(&summer(with("sittings.csv", "09:30,11:30", "00:30,02:00")));
    let sitting = office.sitting("HTC-NAV110-27-1");
    // The clocks go back in that night: from 00:30 to 02:00 is two and a half hours.
    assert_eq!(sitting.ends_at.since_ms(sitting.starts_at), 150 * 60_000);
    let twice = summer(with("sittings.csv", "09:30,11:30", "01:30,11:30"));
    assert_eq!(
        places(&Office::default().plan(&twice))[0],
        "sittings.csv 2 start"
    );
}

#[test]
fn what_has_happened_in_the_hall_stays_when_a_late_registration_comes() {
    let mut office = Office::default();
    office.bring_in(&samples());
    office.publish();
    let mut sitting = office.sitting("HTC-NAV110-27-1");
    sitting.phase = Phase::Admitting;
    sitting.present = 1;
    let mut mara = office.records.candidate(sitting.id, StudentId(1)).unwrap();
    mara.attendance = AttendanceStatus::Present;
    office.records.put(Record::Candidate(mara));
    office
        .records
        .put(Record::Sitting(Box::new(sitting.clone())));
    let late = with(
        "registrations.csv",
        "A4,\n",
        "A4,\nHTC-NAV110-27-1,HT26009,Nia Rowan,A9,\n",
    );
    let report = office.bring_in(&late);
    assert_eq!(report.tables["registrations"], counts(1, 0, 7));
    let after = office.sitting("HTC-NAV110-27-1");
    assert_eq!(
        (after.phase, after.present, after.expected),
        (Phase::Admitting, 1, 5)
    );
    let mara = office
        .records
        .candidate(SittingId(1), StudentId(1))
        .unwrap();
    assert_eq!(mara.attendance, AttendanceStatus::Present);
    sitting.phase = Phase::Writing;
    office.records.put(Record::Sitting(Box::new(sitting)));
    let too_late = with(
        "registrations.csv",
        "A4,\n",
        "A4,\nHTC-NAV110-27-1,HT26010,Bo Lind,A10,\n",
    );
    let report = office.plan(&too_late);
    assert_eq!(
        report.problems.last().unwrap().message,
        "NAV110 has begun: its register stands."
    );
}

#[test]
fn two_candidates_may_exchange_their_seats_in_one_file() {
    let mut office = Office::default();
    office.bring_in(&samples());
    let exchanged = with(
        "registrations.csv",
        "Mara Ellwood,A1,\nHTC-NAV110-27-1,HT26002,Joss Tarrant,A2",
        "Mara Ellwood,A2,\nHTC-NAV110-27-1,HT26002,Joss Tarrant,A1",
    );
    let report = office.plan(&exchanged);
    assert_eq!(
        (places(&report), report.tables["registrations"]),
        (Vec::new(), counts(0, 2, 5))
    );
}

#[test]
fn the_tables_in_the_documentation_are_those_of_the_program() {
    let page = include_str!("../../../../docs/OPERATIONS.md");
    for table in Table::ALL {
        for column in table.columns() {
            let mark = if column.needed { "" } else { " *" };
            let row = format!(
                "| `{}` | `{}`{mark} | {} |",
                table.name(),
                column.name,
                column.what
            );
            assert!(page.contains(&row), "{row}");
        }
    }
}

async fn opened(dir: &std::path::Path) -> (App, tokio_util::sync::CancellationToken) {
    let stop = tokio_util::sync::CancellationToken::new();
    loop {
        let settings = crate::config::Settings {
            data: Some(dir.to_owned()),
            ..Default::default()
        };
        let config = settings.complete(false).unwrap();
        match crate::serving::open(config, Clock::system(), stop.clone()).await {
            // The one before is still letting go of the directory.
            Err(crate::serving::ServeError::Taken(_)) => tokio::task::yield_now().await,
            opened => return (opened.unwrap(), stop),
        }
    }
}

#[tokio::test]
async fn an_import_that_was_cut_short_tells_first_passwords_when_it_is_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let actor = Actor::system(HERE);
    // The power fails after the accounts were written and before the log was.
    let (app, stop) = opened(dir.path()).await;
    let draft = read(&samples());
    let nothing = Records::default();
    let planned = plan(&draft, &nothing, &[], &actor);
    let lost = put_accounts(&app, planned.people).await.unwrap();
    stop.cancel();
    drop(app);
    let (app, _stop) = opened(dir.path()).await;
    let report = bring_in(&app, actor.clone(), &samples(), false)
        .await
        .unwrap();
    assert_eq!(report.problems, []);
    let emails = |told: &[FirstPassword]| -> Vec<String> {
        told.iter().map(|first| first.email.clone()).collect()
    };
    assert_eq!(emails(&report.first_passwords), emails(&lost));
    let sign_in = async |first: &FirstPassword| {
        let from = ("127.0.0.1", None);
        app.auth
            .sign_in(&first.email, first.password.clone(), from)
            .await
    };
    let (told, lost) = (&report.first_passwords[0], &lost[0]);
    assert!(sign_in(told).await.is_ok());
    assert!(sign_in(lost).await.is_err());
    // Once it is finished, nobody's password changes by repeating it.
    let again = bring_in(&app, actor, &samples(), false).await.unwrap();
    assert_eq!(again.first_passwords, []);
    assert!(sign_in(told).await.is_ok());
}
