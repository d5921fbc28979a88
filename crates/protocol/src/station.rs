//! What a station signs with its own key: a sign-in belongs to the station that it was begun at, and
//! a copy of its tokens opens nothing elsewhere.
//!
//! A text says first what it is for, so that no signature serves two ends. The key of a station is
//! one of one server's address: what another server is shown, this one never takes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    hex,
    proof::{Key, Pen},
};

/// What a station shows of its key when somebody signs in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StationProof {
    /// The public key: Ed25519, in base64.
    pub key: String,
    /// What the server gave to be signed; it is good once.
    pub challenge: String,
    /// The signature over [`sign_in_text`], in base64.
    pub proof: String,
}

/// What is signed when somebody signs in: for this challenge, this key and this address only.
pub fn sign_in_text(challenge: &str, key: &Key, email: &str) -> String {
    let email = email.trim().to_lowercase();
    format!("elms station sign-in 1\n{challenge}\n{key}\n{email}\n")
}

/// What is signed when tokens are renewed. A refresh token is used once, so that neither a clock nor
/// a further challenge is needed.
pub fn renewal_text(refresh_token: &str) -> String {
    format!("elms station renewal 1\n{refresh_token}\n")
}

impl StationProof {
    /// That `pen` is at the station where `email` signs in.
    pub fn of(pen: &Pen, challenge: &str, email: &str) -> Self {
        let key = pen.key();
        Self {
            key: key.to_string(),
            challenge: challenge.to_owned(),
            proof: signed(pen, &sign_in_text(challenge, &key, email)),
        }
    }

    /// The key, when its owner has signed this for `email`.
    pub fn judge(&self, email: &str) -> Option<Key> {
        let key: Key = self.key.parse().ok()?;
        let text = sign_in_text(&self.challenge, &key, email);
        has_signed(&key, &text, &self.proof).then_some(key)
    }
}

/// By what people tell the key of a station from others: 80 bits of its SHA-256. Nobody makes a key
/// whose fingerprint is that of another.
pub fn fingerprint(key: &Key) -> String {
    let digest = Sha256::new()
        .chain_update(b"elms station key\0")
        .chain_update(key.to_string())
        .finalize();
    let (groups, _) = digest.as_chunks::<2>();
    let groups: Vec<String> = groups.iter().take(5).map(|two| hex::encode(two)).collect();
    groups.join(" ")
}

/// The fingerprint in `text`, however it was typed.
pub fn typed_fingerprint(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_alphanumeric);
    digits.collect::<String>().to_ascii_lowercase()
}

/// The proof that goes with a refresh token.
pub fn renewal_proof(pen: &Pen, refresh_token: &str) -> String {
    signed(pen, &renewal_text(refresh_token))
}

/// Whether the owner of `key` shows this refresh token.
pub fn renews(key: &Key, refresh_token: &str, proof: &str) -> bool {
    has_signed(key, &renewal_text(refresh_token), proof)
}

fn signed(pen: &Pen, text: &str) -> String {
    STANDARD.encode(pen.sign(text.as_bytes()))
}

fn has_signed(key: &Key, text: &str, proof: &str) -> bool {
    let signature = STANDARD.decode(proof).ok();
    let signature: Option<[u8; 64]> = signature.and_then(|bytes| bytes.try_into().ok());
    signature.is_some_and(|signature| key.has_signed(text.as_bytes(), &signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_is_signed_for_one_challenge_one_key_and_one_person() {
        let (hall, other) = (Pen::new(&[1; 32]), Pen::new(&[2; 32]));
        let shown = StationProof::of(&hall, "c-1", " Esi@tug");
        assert_eq!(shown.judge("esi@TUG "), Some(hall.key()));
        assert_eq!(shown.judge("kofi@tug"), None);
        let changed = [
            StationProof {
                challenge: "c-2".to_owned(),
                ..shown.clone()
            },
            StationProof {
                key: other.key().to_string(),
                ..shown.clone()
            },
            StationProof {
                key: "no key".to_owned(),
                ..shown.clone()
            },
            StationProof {
                proof: renewal_proof(&hall, "c-1"),
                ..shown.clone()
            },
            StationProof {
                proof: "no signature".to_owned(),
                ..shown
            },
        ];
        for shown in changed {
            assert_eq!(shown.judge("esi@tug"), None, "{shown:?}");
        }
    }

    #[test]
    fn a_fingerprint_is_read_out_in_five_groups_and_typed_as_one_likes() {
        let key = Pen::new(&[1; 32]).key();
        let shown = fingerprint(&key);
        assert_eq!(shown.len(), 24);
        let loud = shown.to_uppercase().replace(' ', "-");
        assert_eq!(typed_fingerprint(&loud), shown.replace(' ', ""));
        assert_ne!(fingerprint(&Pen::new(&[2; 32]).key()), shown);
    }

    #[test]
    fn a_renewal_is_signed_for_one_token_with_one_key() {
        let (hall, other) = (Pen::new(&[1; 32]), Pen::new(&[2; 32]));
        let proof = renewal_proof(&hall, "token");
        assert!(renews(&hall.key(), "token", &proof));
        assert!(!renews(&hall.key(), "another", &proof));
        assert!(!renews(&other.key(), "token", &proof));
        assert!(!renews(&hall.key(), "token", ""));
    }
}
