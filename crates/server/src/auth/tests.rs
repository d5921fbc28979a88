mod factor;
mod paired;
mod station;

use std::path::PathBuf;

use elms_protocol::{InstitutionId, Role};

use super::*;
use crate::config::Settings;

const PASSWORD: &str = "seal 20418 holds";

fn config(dir: &Path, demo: bool) -> Config {
    let settings = Settings {
        data: Some(PathBuf::from(dir)),
        ..Settings::default()
    };
    settings.complete(demo).unwrap()
}

fn auth(dir: &Path, demo: bool) -> Auth {
    Auth::open(dir, &config(dir, demo)).unwrap()
}

fn account(email: &str, demo: bool) -> Account {
    Account {
        id: UserId(3),
        email: email.to_owned(),
        name: "Mrs Office".to_owned(),
        role: Role::ExamsOfficer,
        institution: Some(InstitutionId(1)),
        faculty: None,
        department: None,
        active: true,
        demo,
        first_password: false,
        staff_number: None,
    }
}

/// An exam office with one officer.
fn office() -> (tempfile::TempDir, Auth) {
    let dir = tempfile::tempdir().unwrap();
    let auth = auth(dir.path(), false);
    let hash = hash_password(PASSWORD).unwrap();
    auth.accounts()
        .add(&account("office@hall.example", false), &hash)
        .unwrap();
    (dir, auth)
}

async fn sign_in(auth: &Auth) -> Result<SignedIn, AuthError> {
    auth.sign_in(
        "office@hall.example",
        PASSWORD.to_owned(),
        ("10.0.0.1", None),
    )
    .await
}

#[tokio::test]
async fn an_officer_signs_in_and_the_token_tells_who_they_are() {
    let (_dir, auth) = office();
    let signed_in = sign_in(&auth).await.unwrap();
    let identity = auth.verify(&signed_in.token).unwrap();
    assert_eq!(identity.user, signed_in.account.id);
    assert_eq!(identity.actor.institution, InstitutionId(1));
    assert_eq!(identity.actor.roles, [Role::ExamsOfficer]);
}

#[tokio::test]
async fn a_staff_card_stands_for_the_address_and_gives_no_further_tries() {
    let (dir, auth) = office();
    let email = "office@hall.example";
    auth.accounts()
        .set_staff_number(email, Some("AUT-S0003"))
        .unwrap();
    let come = async |who: &str, password: &str| {
        auth.sign_in(who, password.to_owned(), ("10.0.0.1", None))
            .await
    };
    let signed_in = come(" aut-s0003 ", PASSWORD).await.unwrap();
    assert_eq!(signed_in.account.email, email);
    assert!(matches!(
        come("AUT-S0003", "").await,
        Err(AuthError::LoginFailed)
    ));
    assert!(matches!(
        come("AUT-S0004", PASSWORD).await,
        Err(AuthError::LoginFailed)
    ));
    let mut refused = 0;
    for who in [email, "AUT-S0003"].into_iter().cycle() {
        match come(who, "wrong").await {
            Err(AuthError::LoginFailed) => refused += 1,
            Err(AuthError::TooManyTries(_)) => break,
            other => panic!("{other:?}"),
        }
    }
    // Two of the tries were used before.
    let most = config(dir.path(), false).sign_in_tries;
    assert_eq!(refused, most - 2);
    assert!(matches!(
        come("AUT-S0003", PASSWORD).await,
        Err(AuthError::TooManyTries(_))
    ));
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_told_the_same() {
    let (_dir, auth) = office();
    let wrong = auth
        .sign_in("office@hall.example", "no".to_owned(), ("10.0.0.1", None))
        .await;
    let unknown = auth
        .sign_in(
            "nobody@hall.example",
            PASSWORD.to_owned(),
            ("10.0.0.1", None),
        )
        .await;
    auth.accounts()
        .disable("office@hall.example", Clock::real_now())
        .unwrap();
    let disabled = sign_in(&auth).await;
    let told = [wrong, unknown, disabled].map(|refused| refused.unwrap_err().to_string());
    assert_eq!(told[0], "The address or the password is not right.");
    assert!(told.iter().all(|text| *text == told[0]), "{told:?}");
}

#[tokio::test]
async fn signing_out_ends_the_access_token_at_once() {
    let (_dir, auth) = office();
    let signed_in = sign_in(&auth).await.unwrap();
    let other = sign_in(&auth).await.unwrap();
    let watch = auth.watch_ended();
    auth.sign_out(auth.verify(&signed_in.token).unwrap().session)
        .await
        .unwrap();
    assert!(matches!(
        auth.verify(&signed_in.token),
        Err(AuthError::Invalid)
    ));
    assert!(watch.has_changed().unwrap());
    let refreshed = auth.refresh(signed_in.refresh_token, None).await;
    assert!(matches!(refreshed, Err(AuthError::Invalid)));
    assert!(auth.verify(&other.token).is_ok());
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_both_sides() {
    let (_dir, auth) = office();
    let first = sign_in(&auth).await.unwrap();
    let second = auth
        .refresh(first.refresh_token.clone(), None)
        .await
        .unwrap();
    let third = auth.refresh(second.refresh_token, None).await.unwrap();
    assert!(auth.verify(&third.token).is_ok());
    assert!(auth.refresh(first.refresh_token, None).await.is_err());
    assert!(matches!(auth.verify(&third.token), Err(AuthError::Invalid)));
    assert!(auth.refresh(third.refresh_token, None).await.is_err());
}

#[tokio::test]
async fn sessions_that_have_ended_stay_ended_after_a_restart() {
    let (dir, before) = office();
    let signed_in = sign_in(&before).await.unwrap();
    before
        .sign_out(before.verify(&signed_in.token).unwrap().session)
        .await
        .unwrap();
    let after = auth(dir.path(), false);
    assert!(matches!(
        after.verify(&signed_in.token),
        Err(AuthError::Invalid)
    ));
}

#[tokio::test(start_paused = true)]
async fn who_is_disabled_by_another_process_loses_everything_within_five_seconds() {
    let (dir, auth) = office();
    let signed_in = sign_in(&auth).await.unwrap();
    let mut ended = auth.watch_ended();
    let stop = CancellationToken::new();
    tokio::spawn(auth.clone().look_for_ended(stop.clone()));
    let other_process = Accounts::open(dir.path()).unwrap();
    other_process
        .disable("office@hall.example", Clock::real_now())
        .unwrap();
    let seen = tokio::time::timeout(Duration::from_secs(5), ended.changed());
    seen.await.expect("within 5 s").unwrap();
    assert!(matches!(
        auth.verify(&signed_in.token),
        Err(AuthError::Invalid)
    ));
    stop.cancel();
}

#[tokio::test]
async fn a_demo_account_opens_a_demo_server_only() {
    let dir = tempfile::tempdir().unwrap();
    let demo = auth(dir.path(), true);
    let hash = hash_password(PASSWORD).unwrap();
    demo.accounts()
        .put_demo(&[account("office@hall.example", true)], &hash)
        .unwrap();
    let signed_in = sign_in(&demo).await.unwrap();
    drop(demo);
    let real = auth(dir.path(), false);
    assert!(matches!(sign_in(&real).await, Err(AuthError::LoginFailed)));
    assert!(matches!(
        real.verify(&signed_in.token),
        Err(AuthError::Invalid)
    ));
    assert!(real.refresh(signed_in.refresh_token, None).await.is_err());
}

#[tokio::test]
async fn the_eleventh_try_on_an_account_is_told_to_wait() {
    let (_dir, auth) = office();
    for _ in 0..10 {
        let refused = auth
            .sign_in("office@hall.example", "no".to_owned(), ("10.0.0.1", None))
            .await;
        assert!(matches!(refused, Err(AuthError::LoginFailed)));
    }
    // Another spelling of the address is the same account.
    let refused = auth
        .sign_in(
            " Office@Hall.example",
            PASSWORD.to_owned(),
            ("10.0.0.2", None),
        )
        .await;
    assert!(matches!(refused, Err(AuthError::TooManyTries(1..=6))));
}

#[tokio::test]
async fn a_flood_of_sign_ins_is_told_to_wait_and_not_queued_for_ever() {
    let (_dir, auth) = office();
    let many = (0..60).map(|n| {
        let auth = auth.clone();
        async move {
            auth.sign_in(
                &format!("{n}@hall.example"),
                "no".to_owned(),
                ("10.0.0.1", None),
            )
            .await
        }
    });
    let refused = futures_util::future::join_all(many).await;
    let busy = refused
        .iter()
        .filter(|told| matches!(told, Err(AuthError::TooManyTries(5))));
    assert_eq!(busy.count(), 60 - WAITING_FROM_ONE);
}

#[tokio::test]
async fn a_flood_from_one_address_does_not_keep_others_out() {
    let (_dir, auth) = office();
    let flood = (0..90).map(|n| {
        let auth = auth.clone();
        let email = format!("{n}@hall.example");
        async move {
            let from = ("10.6.6.6", None);
            auth.sign_in(&email, "no".to_owned(), from).await.is_err()
        }
    });
    // They come before it, and it waits for those that were taken in and for no more.
    let flood = futures_util::future::join_all(flood);
    let (flood, good) = tokio::join!(flood, sign_in(&auth));
    assert!(flood.into_iter().all(|refused| refused));
    good.unwrap();
}

#[tokio::test]
async fn a_new_password_ends_the_other_sign_ins() {
    let (_dir, auth) = office();
    let here = sign_in(&auth).await.unwrap();
    let there = sign_in(&auth).await.unwrap();
    let claims = auth.claims(&here.token).unwrap();
    let wrong = auth
        .change_password(
            &claims,
            "no".to_owned(),
            "stronger one".to_owned(),
            Vec::new(),
        )
        .await;
    assert!(matches!(wrong, Err(AuthError::LoginFailed)));
    auth.change_password(
        &claims,
        PASSWORD.to_owned(),
        "stronger one".to_owned(),
        Vec::new(),
    )
    .await
    .unwrap();
    assert!(auth.verify(&here.token).is_ok());
    assert!(matches!(auth.verify(&there.token), Err(AuthError::Invalid)));
    assert!(sign_in(&auth).await.is_err());
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let (_dir, auth) = office();
    let signed_in = sign_in(&auth).await.unwrap();
    let claims = auth.claims(&signed_in.token).unwrap();
    let printed = format!("{signed_in:?} {claims:?}");
    for secret in [
        &*signed_in.token,
        &*signed_in.refresh_token,
        "office@hall.example",
    ] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
