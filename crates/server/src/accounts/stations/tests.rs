use elms_protocol::{Role, proof::Pen};

use super::*;
use crate::accounts::Account;

const OFFICE: Sayer = Sayer::Office(InstitutionId(1), UserId(3));

fn key(n: u8) -> String {
    Pen::new(&[n; 32]).key().to_string()
}

fn shown(n: u8) -> String {
    fingerprint(&Pen::new(&[n; 32]).key())
}

/// Accounts with somebody of institution 1, somebody of institution 2, and who runs the machine.
fn accounts() -> (tempfile::TempDir, Accounts) {
    let dir = tempfile::tempdir().unwrap();
    let accounts = Accounts::open(dir.path()).unwrap();
    let people = [(3, Some(1)), (4, Some(2)), (5, None)];
    let people = people.map(|(id, institution): (i64, Option<i64>)| Account {
        id: UserId(id),
        email: format!("{id}@hall.example"),
        staff_number: None,
        name: format!("Person {id}"),
        role: Role::ExamsOfficer,
        institution: institution.map(InstitutionId),
        faculty: None,
        department: None,
        active: true,
        demo: false,
        first_password: false,
    });
    accounts.put_demo(&people, "hash").unwrap();
    (dir, accounts)
}

/// Somebody of an institution is at the station with this key, which asks to be let in.
fn come(accounts: &Accounts, institution: i64, key: &str, at: i64) -> StationStanding {
    let comer = Comer {
        institution: (institution != 0).then_some(InstitutionId(institution)),
        key,
        code: Some("GH-A"),
        user: UserId(institution + 2),
    };
    accounts.station_came(comer, true, Timestamp(at)).unwrap()
}

/// What the logs are still to be told: whose, how it stands, and by whom.
fn untold(accounts: &Accounts) -> Vec<(i64, StationStanding, Option<String>)> {
    let untold = accounts.untold().unwrap().into_iter();
    untold
        .map(|one| (one.institution.0, one.standing, one.by.map(|by| by.name)))
        .collect()
}

#[test]
fn a_station_waits_until_somebody_says_how_it_stands() {
    let (_dir, accounts) = accounts();
    assert_eq!(come(&accounts, 1, &key(1), 1), StationStanding::Waiting);
    for standing in [StationStanding::Paired, StationStanding::Suspended] {
        let typed = shown(1).to_uppercase().replace(' ', "-");
        let set = accounts.set_station(&typed, standing, OFFICE, Timestamp(2));
        let set = set.unwrap().stations.remove(0);
        assert_eq!(
            (set.standing, set.code.as_deref()),
            (standing, Some("GH-A"))
        );
        let said = set.said.unwrap();
        assert_eq!(
            (said.at, said.by.unwrap().name),
            (Timestamp(2), "Person 3".to_owned())
        );
        assert_eq!(come(&accounts, 1, &key(1), 3), standing);
    }
    assert_eq!(come(&accounts, 1, &key(2), 4), StationStanding::Waiting);
    for typed in ["", "7c1f 90aa", "no"] {
        let none = accounts.set_station(typed, StationStanding::Paired, OFFICE, Timestamp(5));
        assert!(matches!(none, Err(AccountsError::NoStation)), "{typed}");
    }
}

#[test]
fn an_office_says_nothing_about_the_people_of_another_institution() {
    let (_dir, accounts) = accounts();
    for institution in [1, 2] {
        come(&accounts, institution, &key(1), 1);
    }
    come(&accounts, 2, &key(2), 1);
    let theirs = accounts.set_station(&shown(2), StationStanding::Paired, OFFICE, Timestamp(2));
    assert!(matches!(theirs, Err(AccountsError::NoStation)));
    accounts
        .set_station(&shown(1), StationStanding::Suspended, OFFICE, Timestamp(2))
        .unwrap();
    assert_eq!(come(&accounts, 1, &key(1), 3), StationStanding::Suspended);
    assert_eq!(come(&accounts, 2, &key(1), 3), StationStanding::Waiting);
    let ours = accounts.stations(Some(InstitutionId(1))).unwrap();
    assert_eq!(ours.len(), 1);
}

#[test]
fn who_runs_the_server_says_it_for_one_institution_or_for_all_that_know_the_station() {
    let (_dir, accounts) = accounts();
    for institution in [0, 1, 2] {
        come(&accounts, institution, &key(1), 1);
    }
    let one = Sayer::Operator(Some(InstitutionId(2)));
    let set = accounts.set_station(&shown(1), StationStanding::Paired, one, Timestamp(2));
    assert_eq!(set.unwrap().stations.len(), 1);
    assert_eq!(come(&accounts, 1, &key(1), 3), StationStanding::Waiting);
    let all = Sayer::Operator(None);
    let set = accounts.set_station(&shown(1), StationStanding::Suspended, all, Timestamp(4));
    assert_eq!(set.unwrap().stations.len(), 3);
    for institution in [0, 1, 2] {
        assert_eq!(
            come(&accounts, institution, &key(1), 5),
            StationStanding::Suspended
        );
    }
}

#[test]
fn a_suspended_station_loses_the_sign_ins_of_that_institution_only() {
    let (_dir, accounts) = accounts();
    let (hall, mut begun) = (key(1), Vec::new());
    for (user, institution) in [(3, 1), (4, 2)] {
        come(&accounts, institution, &hall, 1);
        let at = (&*format!("token {user}"), (None, Some(&*hall)));
        begun.push(
            accounts
                .start_session(UserId(user), at, Timestamp(1))
                .unwrap(),
        );
    }
    let set = accounts.set_station(&shown(1), StationStanding::Suspended, OFFICE, Timestamp(2));
    assert_eq!(set.unwrap().ended, begun[..1]);
    let ended = accounts.ended_since(Timestamp(0)).unwrap();
    assert!(ended.contains(&begun[0]) && !ended.contains(&begun[1]));
    assert_eq!(accounts.key_of(begun[1]).unwrap(), Some(hall));
}

#[test]
fn each_change_is_to_be_told_once_in_its_order_until_the_log_has_it() {
    let (_dir, accounts) = accounts();
    // It asks once, however often somebody tries; a word that changes nothing is no change.
    for at in 1..4 {
        come(&accounts, 1, &key(1), at);
    }
    for at in 4..6 {
        accounts
            .set_station(&shown(1), StationStanding::Paired, OFFICE, Timestamp(at))
            .unwrap();
    }
    let operator = Sayer::Operator(None);
    accounts
        .set_station(
            &shown(1),
            StationStanding::Suspended,
            operator,
            Timestamp(6),
        )
        .unwrap();
    let by = Some("Person 3".to_owned());
    let mut expected = vec![
        (1, StationStanding::Waiting, by.clone()),
        (1, StationStanding::Paired, by),
        (1, StationStanding::Suspended, None),
    ];
    assert_eq!(untold(&accounts), expected);
    let first = accounts.untold().unwrap().remove(0);
    assert_eq!((first.fingerprint, first.at), (shown(1), Timestamp(1)));
    accounts.told(first.command).unwrap();
    expected.remove(0);
    assert_eq!(untold(&accounts), expected);
}

#[test]
fn where_any_station_will_do_none_asks_and_those_of_no_institution_have_no_log() {
    let (_dir, accounts) = accounts();
    let comer = Comer {
        institution: Some(InstitutionId(1)),
        key: &key(1),
        code: None,
        user: UserId(3),
    };
    accounts.station_came(comer, false, Timestamp(1)).unwrap();
    come(&accounts, 0, &key(2), 1);
    accounts
        .set_station(
            &shown(2),
            StationStanding::Paired,
            Sayer::Operator(None),
            Timestamp(2),
        )
        .unwrap();
    assert_eq!(untold(&accounts), []);
    // Once only paired ones will do, it asks.
    come(&accounts, 1, &key(1), 3);
    assert_eq!(untold(&accounts).len(), 1);
}

#[test]
fn stations_that_wait_are_forgotten_and_those_that_were_paired_are_not() {
    let (_dir, accounts) = accounts();
    come(&accounts, 1, &key(1), 0);
    come(&accounts, 2, &key(2), 0);
    accounts
        .set_station(&shown(1), StationStanding::Paired, OFFICE, Timestamp(0))
        .unwrap();
    // Names of keys do as well as keys here.
    for n in 0..=MOST_WAITING_STATIONS {
        come(&accounts, 1, &format!("key {n}"), n);
    }
    let most = usize::try_from(MOST_WAITING_STATIONS).unwrap();
    let left = |institution| accounts.stations(Some(InstitutionId(institution))).unwrap();
    assert_eq!((left(1).len(), left(2).len()), (most + 1, 1));
    come(&accounts, 1, "key late", WAITING_STATION_MS + 1_000);
    assert_eq!(left(1).len(), 2);
    assert_eq!(left(1)[1].fingerprint, shown(1));
}

#[test]
fn what_was_said_before_each_institution_had_its_own_is_kept() {
    let (dir, accounts) = accounts();
    let hall = key(1);
    accounts
        .start_session(UserId(4), ("token", (None, Some(&hall))), Timestamp(1))
        .unwrap();
    accounts
        .conn()
        .execute_batch(&format!(
            "CREATE TABLE station (key TEXT PRIMARY KEY, code TEXT, state TEXT NOT NULL,
                seen_at INTEGER NOT NULL, user INTEGER NOT NULL) STRICT, WITHOUT ROWID;
             INSERT INTO station VALUES ('{hall}', 'GH-A', 'paired', 7, 3);
             INSERT INTO station VALUES ('{}', 'GH-B', 'suspended', 8, 3);",
            key(2)
        ))
        .unwrap();
    drop(accounts);
    // The second start finds it done.
    for _ in 0..2 {
        let accounts = Accounts::open(dir.path()).unwrap();
        let kept = accounts.stations(None).unwrap().into_iter();
        let kept = kept.map(|one| (one.institution.map(|id| id.0), one.standing, one.said));
        let kept: Vec<_> = kept.collect();
        assert_eq!(
            kept,
            [
                (Some(1), StationStanding::Suspended, None),
                (Some(1), StationStanding::Paired, None),
                (Some(2), StationStanding::Paired, None),
            ]
        );
    }
}
