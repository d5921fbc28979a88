//! The second factor: what opens, what opens no more, and what a copy of the accounts gives away.

use data_encoding::BASE32_NOPAD;

use super::*;
use crate::accounts::AccountsError;

/// The address of the officer.
const EMAIL: &str = "office@hall.example";

/// The code of an app that was set up with this, so many steps from now.
fn code(set_up: &SetUp, ahead: i64) -> String {
    let secret = BASE32_NOPAD.decode(set_up.secret.as_bytes()).unwrap();
    let step = totp::step(Clock::real_now()) + ahead;
    format!("{:06}", totp::code(&secret, step))
}

/// A code that is none.
fn wrong(set_up: &SetUp) -> String {
    let near: Vec<String> = (-2..=2).map(|ahead| code(set_up, ahead)).collect();
    let mut all = (0..).map(|n| format!("{n:06}"));
    all.find(|code| !near.contains(code)).unwrap()
}

async fn come(auth: &Auth, password: &str, code: Option<&str>) -> Result<SignedIn, AuthError> {
    let proof = Proof {
        password: password.to_owned(),
        code: code.map(ToOwned::to_owned),
    };
    auth.sign_in(EMAIL, proof, ("10.0.0.1", None)).await
}

#[tokio::test]
async fn a_password_that_the_operator_sets_does_not_take_the_second_factor_away() {
    let (_dir, auth, _, set_up) = guarded().await;
    let hash = hash_password("seal 20427 holds").unwrap();
    let now = Clock::real_now();
    auth.accounts()
        .set_password(EMAIL, &hash, None, now)
        .unwrap();
    let alone = come(&auth, "seal 20427 holds", None).await;
    assert!(matches!(alone, Err(AuthError::CodeNeeded)));
    come(&auth, "seal 20427 holds", Some(&code(&set_up, 0)))
        .await
        .unwrap();
}

/// A server of the same people that counts tries so, and is as strict with the office.
fn reopened(dir: &Path, tries: u32, strict: bool) -> Auth {
    let settings = Settings {
        data: Some(PathBuf::from(dir)),
        sign_in_tries: Some(tries),
        office_second_factor: Some(strict),
        ..Settings::default()
    };
    Auth::open(dir, &settings.complete(false).unwrap()).unwrap()
}

/// An officer who has just set up a second factor, with a code of the step before. Tries are counted
/// elsewhere.
async fn guarded() -> (tempfile::TempDir, Auth, Claims, SetUp) {
    let (dir, auth) = office();
    drop(auth);
    let auth = reopened(dir.path(), 1_000, false);
    let (claims, set_up) = guard(&auth).await;
    (dir, auth, claims, set_up)
}

async fn guard(auth: &Auth) -> (Claims, SetUp) {
    let claims = auth.claims(&sign_in(auth).await.unwrap().token).unwrap();
    let set_up = auth.set_up_factor(&claims, PASSWORD.to_owned()).await;
    let set_up = set_up.unwrap();
    let confirmed = auth.confirm_factor(&claims, code(&set_up, -1)).await;
    confirmed.unwrap();
    (claims, set_up)
}

#[tokio::test]
async fn where_there_is_a_second_factor_neither_opens_alone() {
    let (_dir, auth, _, set_up) = guarded().await;
    let none = come(&auth, PASSWORD, None).await;
    assert!(matches!(none, Err(AuthError::CodeNeeded)));
    let right = code(&set_up, 0);
    let no_password = come(&auth, "no", Some(&right)).await;
    assert!(matches!(no_password, Err(AuthError::LoginFailed)));
    let wrong = come(&auth, PASSWORD, Some(&wrong(&set_up))).await;
    assert!(matches!(wrong, Err(AuthError::CodeWrong)));
    come(&auth, PASSWORD, Some(&right)).await.unwrap();
}

#[tokio::test]
async fn a_code_opens_once_also_when_two_come_at_the_same_time() {
    let (_dir, auth, _, set_up) = guarded().await;
    let right = code(&set_up, 0);
    let two = [0, 1].map(|_| come(&auth, PASSWORD, Some(&right)));
    let two = futures_util::future::join_all(two).await;
    assert_eq!(two.iter().filter(|came| came.is_ok()).count(), 1, "{two:?}");
    let again = come(&auth, PASSWORD, Some(&right)).await;
    assert!(matches!(again, Err(AuthError::CodeWrong)));
    let before = come(&auth, PASSWORD, Some(&code(&set_up, -1))).await;
    assert!(matches!(before, Err(AuthError::CodeWrong)));
    come(&auth, PASSWORD, Some(&code(&set_up, 1)))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_recovery_code_opens_once_however_it_is_typed() {
    let (_dir, auth, claims, set_up) = guarded().await;
    assert_eq!(set_up.recovery_codes.len(), 10);
    let typed = set_up.recovery_codes[3].to_uppercase().replace('-', " ");
    come(&auth, PASSWORD, Some(&typed)).await.unwrap();
    let again = come(&auth, PASSWORD, Some(&set_up.recovery_codes[3])).await;
    assert!(matches!(again, Err(AuthError::CodeWrong)));
    assert_eq!(auth.second_factor(&claims).await.unwrap().codes_left, 9);
}

#[tokio::test]
async fn new_recovery_codes_are_worth_something_and_the_old_ones_nothing() {
    let (_dir, auth, claims, set_up) = guarded().await;
    let made = auth.new_recovery_codes(&claims, PASSWORD.to_owned().into());
    assert!(matches!(made.await, Err(AuthError::CodeNeeded)));
    let proof = Proof {
        password: PASSWORD.to_owned(),
        code: Some(code(&set_up, 0)),
    };
    let made = auth.new_recovery_codes(&claims, proof).await.unwrap();
    let old = come(&auth, PASSWORD, Some(&set_up.recovery_codes[0])).await;
    assert!(matches!(old, Err(AuthError::CodeWrong)));
    come(&auth, PASSWORD, Some(&made[0])).await.unwrap();
}

#[tokio::test]
async fn what_was_begun_and_not_confirmed_asks_for_nothing_and_opens_nothing() {
    let (_dir, auth) = office();
    let claims = auth.claims(&sign_in(&auth).await.unwrap().token).unwrap();
    let no = auth.set_up_factor(&claims, "no".to_owned()).await;
    assert!(matches!(no, Err(AuthError::LoginFailed)));
    let first = auth.set_up_factor(&claims, PASSWORD.to_owned()).await;
    let first = first.unwrap();
    sign_in(&auth).await.unwrap();
    // A recovery code does not say that an app has the secret.
    let confirmed = auth
        .confirm_factor(&claims, first.recovery_codes[0].clone())
        .await;
    assert!(matches!(confirmed, Err(AuthError::CodeWrong)));
    let second = auth.set_up_factor(&claims, PASSWORD.to_owned()).await;
    let second = second.unwrap();
    let old = auth.confirm_factor(&claims, code(&first, 0)).await;
    assert!(matches!(old, Err(AuthError::CodeWrong)));
    auth.confirm_factor(&claims, code(&second, 0))
        .await
        .unwrap();
    let third = auth.set_up_factor(&claims, PASSWORD.to_owned()).await;
    assert!(matches!(third, Err(AuthError::FactorOn)));
}

#[tokio::test]
async fn after_five_wrong_codes_no_sixth_is_looked_at_and_a_recovery_code_still_opens() {
    let (_dir, auth, claims, set_up) = guarded().await;
    let user = UserId(claims.id);
    for _ in 0..5 {
        let refused = come(&auth, PASSWORD, Some(&wrong(&set_up))).await;
        assert!(matches!(refused, Err(AuthError::CodeWrong)));
    }
    let right = code(&set_up, 0);
    let waits = come(&auth, PASSWORD, Some(&right)).await;
    assert!(matches!(waits, Err(AuthError::TooManyTries(50..=60))));
    let recovered = come(&auth, PASSWORD, Some(&set_up.recovery_codes[0])).await;
    recovered.unwrap();
    // The pause is over, and one more wrong code makes the next one twice as long.
    auth.accounts().wrong_code(user, Timestamp(0)).unwrap();
    let factor = auth.accounts().factor(user).unwrap().unwrap();
    assert_eq!(factor.wrong, 6);
    come(&auth, PASSWORD, Some(&right)).await.unwrap();
    let factor = auth.accounts().factor(user).unwrap().unwrap();
    assert_eq!((factor.wrong, factor.rests_until), (0, Timestamp(0)));
}

#[tokio::test]
async fn wrong_codes_use_up_the_tries_of_the_account_like_wrong_passwords() {
    let (_dir, auth) = office();
    let (claims, set_up) = guard(&auth).await;
    // Signing in, beginning and confirming were three of the ten.
    for _ in 0..7 {
        let refused = come(&auth, PASSWORD, Some(&wrong(&set_up))).await;
        auth.accounts()
            .wrong_code(UserId(claims.id), Timestamp(0))
            .unwrap();
        assert!(matches!(refused, Err(AuthError::CodeWrong)));
    }
    let refused = come(&auth, PASSWORD, Some(&code(&set_up, 0))).await;
    assert!(matches!(refused, Err(AuthError::TooManyTries(1..=6))));
}

#[tokio::test]
async fn whoever_turns_it_off_shows_both() {
    let (_dir, auth, claims, set_up) = guarded().await;
    let off = |password: &str, code: String| {
        let password = password.to_owned();
        let code = Some(code);
        auth.end_factor(&claims, Proof { password, code })
    };
    let refused = off("no", code(&set_up, 0)).await;
    assert!(matches!(refused, Err(AuthError::LoginFailed)));
    let refused = off(PASSWORD, wrong(&set_up)).await;
    assert!(matches!(refused, Err(AuthError::CodeWrong)));
    off(PASSWORD, code(&set_up, 0)).await.unwrap();
    sign_in(&auth).await.unwrap();
    let none = off(PASSWORD, code(&set_up, 1)).await;
    assert!(matches!(none, Err(AuthError::FactorOff)));
    // What opened the account while there was one opens nothing afterwards.
    let again = auth.set_up_factor(&claims, PASSWORD.to_owned()).await;
    let again = again.unwrap();
    auth.confirm_factor(&claims, code(&again, 0)).await.unwrap();
    let old = come(&auth, PASSWORD, Some(&set_up.recovery_codes[0])).await;
    assert!(matches!(old, Err(AuthError::CodeWrong)));
}

#[tokio::test]
async fn where_the_office_needs_one_it_is_set_up_at_the_door() {
    let (dir, before) = office();
    let signed_in = sign_in(&before).await.unwrap();
    drop(before);
    let auth = reopened(dir.path(), 10, true);
    let renewed = auth.refresh(signed_in.refresh_token, None).await;
    assert!(matches!(renewed, Err(AuthError::Invalid)));
    let no = come(&auth, "no", None).await;
    assert!(matches!(no, Err(AuthError::LoginFailed)));
    let alone = come(&auth, PASSWORD, None).await;
    assert!(matches!(alone, Err(AuthError::SetUpCodeNeeded)));
    let now = Clock::real_now();
    let letter = new_set_up_code(auth.accounts(), EMAIL, now).unwrap();
    let guessed = come(&auth, PASSWORD, Some("aaaa-bbbb-cccc-dddd")).await;
    assert!(matches!(guessed, Err(AuthError::CodeWrong)));
    let first = come(&auth, PASSWORD, Some(&letter)).await;
    assert!(matches!(first, Err(AuthError::FactorWanted(_))));
    // The window was closed before the app had the secret: the letter is still good.
    let Err(AuthError::FactorWanted(set_up)) = come(&auth, PASSWORD, Some(&letter)).await else {
        panic!("let in without a second factor");
    };
    let refused = come(&auth, PASSWORD, Some(&wrong(&set_up))).await;
    assert!(matches!(refused, Err(AuthError::CodeWrong)));
    let came = come(&auth, PASSWORD, Some(&code(&set_up, 0)))
        .await
        .unwrap();
    let claims = auth.claims(&came.token).unwrap();
    let standing = auth.second_factor(&claims).await.unwrap();
    assert!(standing.wanted && standing.since.is_some());
    assert_eq!(standing.codes_left, 10);
    let stays = Proof {
        password: PASSWORD.to_owned(),
        code: Some(code(&set_up, 1)),
    };
    let off = auth.end_factor(&claims, stays).await;
    assert!(matches!(off, Err(AuthError::FactorStays)));
    auth.refresh(came.refresh_token, None).await.unwrap();
    auth.accounts().end_factor(UserId(claims.id)).unwrap();
    let again = come(&auth, PASSWORD, Some(&letter)).await;
    assert!(
        matches!(again, Err(AuthError::CodeWrong)),
        "a letter is good once"
    );
    assert!(auth.accounts().put_set_up_code(EMAIL, &letter, now).is_ok());
    let late = come(&auth, PASSWORD, Some(&letter)).await;
    assert!(matches!(late, Err(AuthError::CodeWrong)), "it ran out");
}

#[tokio::test]
async fn a_first_password_from_the_operator_sets_a_second_factor_up_without_another_code() {
    let (dir, before) = office();
    let first = Account {
        email: "new@hall.example".to_owned(),
        first_password: true,
        ..account(EMAIL, false)
    };
    let hash = hash_password(PASSWORD).unwrap();
    before.accounts().add(&first, &hash).unwrap();
    drop(before);
    let auth = reopened(dir.path(), 10, true);
    let from = || ("10.0.0.1", None);
    let came = auth.sign_in("new@hall.example", PASSWORD.to_owned(), from());
    let Err(AuthError::FactorWanted(set_up)) = came.await else {
        panic!("no second factor was wanted");
    };
    let proof = Proof {
        password: PASSWORD.to_owned(),
        code: Some(code(&set_up, 0)),
    };
    let came = auth
        .sign_in("new@hall.example", proof, from())
        .await
        .unwrap();
    auth.refresh(came.refresh_token, None).await.unwrap();
}

#[tokio::test]
async fn where_the_office_needs_one_the_hall_does_not() {
    let (dir, auth) = office();
    let invigilator = Account {
        email: "hall@hall.example".to_owned(),
        role: Role::Invigilator,
        ..account(EMAIL, false)
    };
    let hash = hash_password(PASSWORD).unwrap();
    auth.accounts().add(&invigilator, &hash).unwrap();
    drop(auth);
    let auth = reopened(dir.path(), 10, true);
    let from = ("10.0.0.1", None);
    let came = auth.sign_in("hall@hall.example", PASSWORD.to_owned(), from);
    let came = came.await.unwrap();
    auth.refresh(came.refresh_token, None).await.unwrap();
}

#[tokio::test]
async fn the_operator_takes_one_away_and_the_server_hears_of_it_once() {
    let (dir, auth, claims, _) = guarded().await;
    let other_process = Accounts::open(dir.path()).unwrap();
    let now = Clock::real_now();
    assert!(other_process.reset_factor(EMAIL, now).unwrap());
    assert!(!other_process.reset_factor(EMAIL, now).unwrap());
    let user = UserId(claims.id);
    assert_eq!(auth.accounts().take_resets().unwrap(), [user, user]);
    assert_eq!(auth.accounts().take_resets().unwrap(), []);
    let ended = auth.accounts().ended_since(now).unwrap();
    assert!(ended.contains(&claims.sid));
    sign_in(&auth).await.unwrap();
    let nobody = other_process.reset_factor("nobody@hall.example", now);
    assert!(matches!(nobody, Err(AccountsError::NoAccount)));
}

#[tokio::test]
async fn a_copy_of_the_accounts_gives_no_secret_away() {
    let (dir, auth, _, set_up) = guarded().await;
    let secret = BASE32_NOPAD.decode(set_up.secret.as_bytes()).unwrap();
    let mut files = Vec::new();
    for name in ["accounts.db", "accounts.db-wal"] {
        files.extend(std::fs::read(dir.path().join(name)).unwrap_or_default());
    }
    let has = |what: &[u8]| files.windows(what.len()).any(|bytes| bytes == what);
    assert!(has(EMAIL.as_bytes()) && !has(&secret));
    assert!(!has(set_up.secret.as_bytes()));
    for code in &set_up.recovery_codes {
        assert!(!has(code.as_bytes()) && !has(code.replace('-', "").as_bytes()));
    }
    // With another key the same file makes other secrets.
    drop(auth);
    std::fs::write(dir.path().join("keys/factor.key"), [7; 32]).unwrap();
    let elsewhere = super::auth(dir.path(), false);
    let refused = come(&elsewhere, PASSWORD, Some(&code(&set_up, 0))).await;
    assert!(matches!(refused, Err(AuthError::CodeWrong)));
    assert!(!format!("{set_up:?}").contains(&set_up.secret));
}
