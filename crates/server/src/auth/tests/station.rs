//! The key of a station: what a sign-in that belongs to it is worth elsewhere.

use elms_protocol::{
    proof::Pen,
    station::{StationProof, renewal_proof},
};

use super::*;
use crate::auth::station::CHALLENGE_MS;

const EMAIL: &str = "office@hall.example";

fn pen(n: u8) -> Pen {
    Pen::new(&[n; 32])
}

async fn come(auth: &Auth, shown: StationProof) -> Result<SignedIn, AuthError> {
    let at = At {
        from: "10.0.0.1",
        station: Some("GH-A".to_owned()),
        shown: Some(shown),
    };
    auth.sign_in(EMAIL, PASSWORD.to_owned(), at).await
}

/// Somebody who has signed in at a station with this key.
async fn at_station(auth: &Auth, pen: &Pen) -> SignedIn {
    let shown = StationProof::of(pen, &auth.challenge(), EMAIL);
    come(auth, shown).await.unwrap()
}

async fn renew(auth: &Auth, signed_in: &SignedIn, pen: &Pen) -> Result<SignedIn, AuthError> {
    let token = signed_in.refresh_token.clone();
    let proof = renewal_proof(pen, &token);
    auth.refresh(token, Some(proof)).await
}

#[tokio::test]
async fn the_station_itself_goes_on_with_its_key_also_when_answers_are_lost() {
    let (_dir, auth) = office();
    let hall = pen(1);
    let mut signed_in = at_station(&auth, &hall).await;
    for _ in 0..20 {
        // The first answer is lost, and the station asks again with the same token.
        renew(&auth, &signed_in, &hall).await.unwrap();
        signed_in = renew(&auth, &signed_in, &hall).await.unwrap();
    }
    assert!(auth.verify(&signed_in.token).is_ok());
}

#[tokio::test]
async fn a_stolen_token_without_the_key_opens_nothing_and_ends_the_sign_in() {
    let (_dir, auth) = office();
    let hall = pen(1);
    let of_another = renewal_proof(&hall, "another token");
    let without = [None, Some(String::new()), Some(of_another)];
    for proof in without {
        let signed_in = at_station(&auth, &hall).await;
        let stolen = auth.refresh(signed_in.refresh_token.clone(), proof).await;
        assert!(matches!(stolen, Err(AuthError::Invalid)));
        let access = auth.verify(&signed_in.token);
        assert!(matches!(access, Err(AuthError::Invalid)));
        assert!(renew(&auth, &signed_in, &hall).await.is_err());
    }
    let signed_in = at_station(&auth, &hall).await;
    assert!(renew(&auth, &signed_in, &pen(2)).await.is_err());
    assert!(auth.verify(&signed_in.token).is_err());
}

#[tokio::test]
async fn signing_in_again_at_a_station_ends_the_sign_in_before_it_there_and_no_other() {
    let (_dir, auth) = office();
    let (hall, strong_room) = (pen(1), pen(2));
    let before = at_station(&auth, &hall).await;
    let elsewhere = at_station(&auth, &strong_room).await;
    let without_key = sign_in(&auth).await.unwrap();
    let now = at_station(&auth, &hall).await;
    assert!(auth.verify(&before.token).is_err());
    assert!(renew(&auth, &before, &hall).await.is_err());
    for other in [&elsewhere, &without_key, &now] {
        assert!(auth.verify(&other.token).is_ok());
    }
    renew(&auth, &now, &hall).await.unwrap();
}

#[tokio::test]
async fn a_guess_ends_nobodys_sign_in() {
    let (_dir, auth) = office();
    let hall = pen(1);
    let signed_in = at_station(&auth, &hall).await;
    for guess in ["", "guess", &*tokens::random()] {
        assert!(auth.refresh(guess.to_owned(), None).await.is_err());
    }
    assert!(auth.verify(&signed_in.token).is_ok());
    renew(&auth, &signed_in, &hall).await.unwrap();
}

#[tokio::test]
async fn a_sign_in_without_a_key_goes_on_without_one() {
    let (dir, auth) = office();
    let signed_in = sign_in(&auth).await.unwrap();
    // As a file from before there were keys.
    drop(auth);
    let file = rusqlite::Connection::open(dir.path().join("accounts.db")).unwrap();
    file.execute_batch("ALTER TABLE session DROP COLUMN station_key")
        .unwrap();
    drop(file);
    let auth = super::auth(dir.path(), false);
    let next = auth.refresh(signed_in.refresh_token, None).await.unwrap();
    // The station has a key by now, which this sign-in does not know.
    let next = renew(&auth, &next, &pen(1)).await.unwrap();
    auth.refresh(next.refresh_token, None).await.unwrap();
}

#[tokio::test]
async fn what_a_station_has_signed_opens_once_and_for_one_person() {
    let (_dir, auth) = office();
    let shown = StationProof::of(&pen(1), &auth.challenge(), EMAIL);
    come(&auth, shown.clone()).await.unwrap();
    let again = come(&auth, shown).await;
    assert!(matches!(again, Err(AuthError::StationKey)));
    let of_another = StationProof::of(&pen(1), &auth.challenge(), "chief@hall.example");
    let moved = come(&auth, of_another).await;
    assert!(matches!(moved, Err(AuthError::StationKey)));
    let made_up = StationProof::of(&pen(1), "AAAA", EMAIL);
    let refused = come(&auth, made_up).await;
    assert!(matches!(refused, Err(AuthError::StationKey)));
}

#[tokio::test]
async fn a_challenge_is_not_spent_by_a_wrong_password() {
    let (_dir, auth) = office();
    let shown = StationProof::of(&pen(1), &auth.challenge(), EMAIL);
    let at = At {
        from: "10.0.0.1",
        station: None,
        shown: Some(shown.clone()),
    };
    let wrong = auth.sign_in(EMAIL, "no".to_owned(), at).await;
    assert!(matches!(wrong, Err(AuthError::LoginFailed)));
    come(&auth, shown).await.unwrap();
}

#[test]
fn a_challenge_is_good_for_two_minutes_at_the_server_that_made_it() {
    let (here, elsewhere) = (Challenges::new([1; 32]), Challenges::new([2; 32]));
    let judged = |by: &Challenges, at: i64| {
        let challenge = here.make(Timestamp(1_000), [7; 16]);
        let shown = Some(StationProof::of(&pen(1), &challenge, EMAIL));
        let (from, station) = ("10.0.0.1", None);
        let at_station = At {
            from,
            station,
            shown,
        };
        by.judge(at_station, EMAIL, Timestamp(at)).is_ok()
    };
    assert!(judged(&here, 1_000) && judged(&here, 1_000 + CHALLENGE_MS - 1));
    assert!(!judged(&here, 1_000 + CHALLENGE_MS) && !judged(&here, 999));
    assert!(!judged(&elsewhere, 1_000));
}
