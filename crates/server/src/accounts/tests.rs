use super::*;

fn accounts() -> (tempfile::TempDir, Accounts, UserId) {
    let dir = tempfile::tempdir().unwrap();
    let accounts = Accounts::open(dir.path()).unwrap();
    let id = accounts.add(&chief(), "hash").unwrap();
    (dir, accounts, id)
}

fn chief() -> Account {
    Account {
        id: UserId(0),
        email: "chief@hall.example".to_owned(),
        name: "Mr Chief".to_owned(),
        role: Role::Invigilator,
        institution: Some(InstitutionId(1)),
        faculty: None,
        department: None,
        active: true,
        demo: false,
        first_password: false,
        staff_number: None,
    }
}

#[test]
fn a_refresh_token_used_after_its_grace_ends_the_session() {
    let (_dir, accounts, user) = accounts();
    accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    let first = accounts.rotate(("a", None), "b", Timestamp(1_000)).unwrap();
    assert!(matches!(first, Refreshed::Good { .. }));
    let stolen = accounts
        .rotate(("a", None), "x", Timestamp(901_000))
        .unwrap();
    assert!(matches!(stolen, Refreshed::Reused { .. }));
    let after = accounts
        .rotate(("b", None), "c", Timestamp(901_001))
        .unwrap();
    assert!(matches!(after, Refreshed::Unknown));
}

#[test]
fn a_token_from_long_ago_ends_the_session_too() {
    let (_dir, accounts, user) = accounts();
    let session = accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    accounts.rotate(("a", None), "b", Timestamp(1_000)).unwrap();
    accounts.rotate(("b", None), "c", Timestamp(2_000)).unwrap();
    let stolen = accounts.rotate(("a", None), "x", Timestamp(3_000)).unwrap();
    assert!(matches!(stolen, Refreshed::Reused { session: ended } if ended == session));
}

#[test]
fn answers_that_are_lost_again_and_again_may_be_asked_for_again() {
    let (_dir, accounts, user) = accounts();
    accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    for (next, at) in [("b", 1_000), ("c", 2_000), ("d", 900_999)] {
        let again = accounts.rotate(("a", None), next, Timestamp(at)).unwrap();
        assert!(matches!(again, Refreshed::Good { .. }), "{next}");
    }
    let late = accounts
        .rotate(("a", None), "e", Timestamp(901_000))
        .unwrap();
    assert!(matches!(late, Refreshed::Reused { .. }));
}

#[test]
fn a_copy_used_within_the_grace_is_found_out_when_the_owner_goes_on() {
    let (_dir, accounts, user) = accounts();
    accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    accounts
        .rotate(("a", None), "owner's", Timestamp(1_000))
        .unwrap();
    accounts
        .rotate(("a", None), "thief's", Timestamp(2_000))
        .unwrap();
    let found = accounts
        .rotate(("owner's", None), "b", Timestamp(3_000))
        .unwrap();
    assert!(matches!(found, Refreshed::Reused { .. }));
    let thief = accounts
        .rotate(("thief's", None), "c", Timestamp(3_001))
        .unwrap();
    assert!(matches!(thief, Refreshed::Unknown));
}

#[test]
fn a_sign_in_that_nobody_used_for_a_month_is_over() {
    let (_dir, accounts, user) = accounts();
    accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    let late = accounts
        .rotate(("a", None), "b", Timestamp(31 * 86_400_000))
        .unwrap();
    assert!(matches!(late, Refreshed::Unknown));
}

#[test]
fn a_sign_in_is_over_after_ninety_days_however_often_it_was_used() {
    let (_dir, accounts, user) = accounts();
    let day = |n: i64| Timestamp(n * 86_400_000);
    accounts
        .start_session(user, ("0", (None, None)), day(0))
        .unwrap();
    for n in 1..=90 {
        let (token, next) = ((n - 1).to_string(), n.to_string());
        let refreshed = accounts.rotate((&token, None), &next, day(n)).unwrap();
        assert!(matches!(refreshed, Refreshed::Good { .. }), "{n}");
    }
    assert_eq!(accounts.sign_ins(user, day(90)).unwrap().len(), 1);
    let late = accounts.rotate(("90", None), "91", day(91)).unwrap();
    assert!(matches!(late, Refreshed::Unknown));
    assert_eq!(accounts.sign_ins(user, day(91)).unwrap(), []);
}

#[test]
fn a_disabled_account_loses_its_sessions() {
    let (_dir, accounts, user) = accounts();
    let session = accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    accounts
        .disable("CHIEF@hall.example", Timestamp(5))
        .unwrap();
    assert!(
        accounts
            .ended_since(Timestamp(5))
            .unwrap()
            .contains(&session)
    );
    let refreshed = accounts.rotate(("a", None), "b", Timestamp(6)).unwrap();
    assert!(matches!(refreshed, Refreshed::Unknown));
}

#[test]
fn a_new_password_ends_every_session_but_the_one_it_was_set_in() {
    let (_dir, accounts, user) = accounts();
    let here = accounts
        .start_session(user, ("a", (None, None)), Timestamp(0))
        .unwrap();
    let there = accounts
        .start_session(user, ("b", (None, None)), Timestamp(0))
        .unwrap();
    accounts
        .set_password("chief@hall.example", "new", Some(here), Timestamp(5))
        .unwrap();
    let ended = accounts.ended_since(Timestamp(5)).unwrap();
    assert!(ended.contains(&there) && !ended.contains(&here));
    assert_eq!(accounts.password_hash(user).unwrap(), "new");
}

#[test]
fn an_address_belongs_to_one_account_whatever_its_case() {
    let (_dir, accounts, _) = accounts();
    let twin = Account {
        email: " Chief@Hall.example ".to_owned(),
        ..chief()
    };
    assert!(matches!(
        accounts.add(&twin, "hash"),
        Err(AccountsError::Taken)
    ));
}

/// Somebody of an institution, with a card.
fn with_card(email: &str, institution: i64, number: &str) -> Account {
    Account {
        email: email.to_owned(),
        institution: Some(InstitutionId(institution)),
        staff_number: Some(number.to_owned()),
        ..chief()
    }
}

#[test]
fn a_card_is_one_persons_and_of_two_institutions_with_the_same_it_is_nobodys() {
    let (_dir, accounts, _) = accounts();
    let add = |account: &Account| accounts.add(account, "hash");
    add(&with_card("a@hall.example", 1, "S-014")).unwrap();
    let of_card = |number: &str| accounts.address_of_card(number).unwrap();
    assert_eq!(of_card(" s-014 ").as_deref(), Some("a@hall.example"));
    assert_eq!(of_card("S-015"), None);
    let twin = add(&with_card("b@hall.example", 1, "s-014"));
    assert!(matches!(twin, Err(AccountsError::Taken)));
    add(&with_card("c@other.example", 2, "S-014")).unwrap();
    assert_eq!(of_card("S-014"), None);
    accounts.set_staff_number("c@other.example", None).unwrap();
    assert_eq!(of_card("S-014").as_deref(), Some("a@hall.example"));
    let taken = accounts.set_staff_number("chief@hall.example", Some("S-014"));
    assert!(matches!(taken, Err(AccountsError::Taken)));
}

#[test]
fn what_no_card_says_is_no_staff_number() {
    let longest = "S".repeat(32);
    for text in ["AUT-S0003", " 42 ", "a/b.c_d", &longest] {
        assert_eq!(staff_number(text).as_deref(), Some(text.trim()));
    }
    let longer = "S".repeat(33);
    for text in ["", " ", "a@hall.example", "two words", "é1", &longer] {
        assert_eq!(staff_number(text), None, "{text}");
    }
}

#[test]
fn the_demo_comes_back_without_opening_what_was_disabled() {
    let (_dir, accounts, user) = accounts();
    assert!(FIRST_ID <= user.0);
    let demo = Account {
        id: UserId(8),
        email: "d@aut.example".to_owned(),
        demo: true,
        ..chief()
    };
    accounts
        .put_demo(std::slice::from_ref(&demo), "hash")
        .unwrap();
    accounts.disable("d@aut.example", Timestamp(1)).unwrap();
    accounts.put_demo(&[demo], "other").unwrap();
    assert!(!accounts.by_id(UserId(8)).unwrap().unwrap().active);
}
