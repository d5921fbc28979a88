//! Paired and suspended stations.

use elms_protocol::{
    StationStanding,
    proof::Pen,
    station::{StationProof, fingerprint, renewal_proof},
};

use super::*;
use crate::{accounts::Sayer, config::StationsWord};

const EMAIL: &str = "office@hall.example";

/// The same people at a server that takes such stations.
fn reopened(dir: &Path, stations: StationsWord) -> Auth {
    let settings = Settings {
        data: Some(PathBuf::from(dir)),
        sign_in_tries: Some(100),
        stations: Some(stations),
        ..Settings::default()
    };
    Auth::open(dir, &settings.complete(false).unwrap()).unwrap()
}

fn strict() -> (tempfile::TempDir, Auth) {
    let (dir, auth) = office();
    drop(auth);
    let auth = reopened(dir.path(), StationsWord::Paired);
    (dir, auth)
}

async fn come(auth: &Auth, pen: &Pen) -> Result<SignedIn, AuthError> {
    let at = At {
        from: "10.0.0.1",
        station: Some("GH-A".to_owned()),
        shown: Some(StationProof::of(pen, &auth.challenge(), EMAIL)),
    };
    auth.sign_in(EMAIL, PASSWORD.to_owned(), at).await
}

async fn renew(auth: &Auth, signed_in: &SignedIn, pen: &Pen) -> Result<SignedIn, AuthError> {
    let token = signed_in.refresh_token.clone();
    let proof = renewal_proof(pen, &token);
    auth.refresh(token, Some(proof)).await
}

fn set(auth: &Auth, pen: &Pen, state: StationStanding) {
    let typed = fingerprint(&pen.key());
    auth.accounts()
        .set_station(&typed, state, Sayer::Operator(None), Clock::real_now())
        .unwrap();
}

#[tokio::test]
async fn a_station_that_nobody_has_paired_says_what_to_ask_for_and_opens_then() {
    let (_dir, auth) = strict();
    let hall = Pen::new(&[1; 32]);
    let refused = come(&auth, &hall).await.unwrap_err().to_string();
    assert_eq!(
        refused,
        format!(
            "This station waits to be let in. Ask the exam office, or who runs the server, for {}.",
            fingerprint(&hall.key())
        )
    );
    set(&auth, &hall, StationStanding::Paired);
    let signed_in = come(&auth, &hall).await.unwrap();
    renew(&auth, &signed_in, &hall).await.unwrap();
    let another = come(&auth, &Pen::new(&[2; 32])).await;
    assert!(matches!(another, Err(AuthError::StationWaits(_))));
}

#[tokio::test]
async fn whoever_has_no_key_or_no_password_gets_no_further_and_leaves_no_trace() {
    let (_dir, auth) = strict();
    let keyless = sign_in(&auth).await;
    assert!(matches!(keyless, Err(AuthError::StationWanted)));
    let at = At {
        from: "10.0.0.1",
        station: None,
        shown: Some(StationProof::of(
            &Pen::new(&[1; 32]),
            &auth.challenge(),
            EMAIL,
        )),
    };
    let wrong = auth.sign_in(EMAIL, "no".to_owned(), at).await;
    assert!(matches!(wrong, Err(AuthError::LoginFailed)));
    assert_eq!(auth.accounts().stations(None).unwrap(), []);
}

#[tokio::test]
async fn a_sign_in_from_before_is_renewed_at_paired_stations_only() {
    let (dir, auth) = office();
    let (hall, other) = (Pen::new(&[1; 32]), Pen::new(&[2; 32]));
    let paired = come(&auth, &hall).await.unwrap();
    let waiting = come(&auth, &other).await.unwrap();
    let keyless = sign_in(&auth).await.unwrap();
    set(&auth, &hall, StationStanding::Paired);
    drop(auth);
    let auth = reopened(dir.path(), StationsWord::Paired);
    renew(&auth, &paired, &hall).await.unwrap();
    assert!(renew(&auth, &waiting, &other).await.is_err());
    assert!(auth.refresh(keyless.refresh_token, None).await.is_err());
}

#[tokio::test]
async fn a_suspended_station_loses_its_sign_ins_whatever_else_is_set() {
    let (dir, auth) = office();
    let hall = Pen::new(&[1; 32]);
    let signed_in = come(&auth, &hall).await.unwrap();
    let elsewhere = sign_in(&auth).await.unwrap();
    set(&auth, &hall, StationStanding::Suspended);
    assert!(renew(&auth, &signed_in, &hall).await.is_err());
    let refused = come(&auth, &hall).await;
    assert!(matches!(refused, Err(AuthError::StationSuspended(_))));
    auth.refresh(elsewhere.refresh_token, None).await.unwrap();
    drop(auth);
    // Whoever had signed in there is out at the next start, too.
    let auth = reopened(dir.path(), StationsWord::Any);
    assert!(auth.verify(&signed_in.token).is_err());
    set(&auth, &hall, StationStanding::Paired);
    come(&auth, &hall).await.unwrap();
}
