//! Access tokens: JWT with the claims of the original, signed with a key that the server made
//! itself. There is no default key.

use std::path::Path;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use elms_protocol::{
    Action, Actor, DepartmentId, FacultyId, InstitutionId, Reach, Role, Timestamp, UserId, reach,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rand::RngCore as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{AuthError, Identity};
use crate::accounts::Account;

const ISSUER: &str = "elms-system";
const AUDIENCE: &str = "elms-users";
const ACCESS: &str = "access";

/// The claims of an access token, named as in the original.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    /// The account.
    pub id: i64,
    /// The account, again.
    pub user_id: i64,
    /// Its address.
    pub email: String,
    /// Title and name.
    pub name: String,
    /// The person's first role.
    pub primary_role: Role,
    /// All roles.
    pub roles: Vec<Role>,
    /// Where the person works.
    pub institution_id: Option<i64>,
    /// Their faculty.
    pub faculty_id: Option<i64>,
    /// Their department.
    pub department_id: Option<i64>,
    /// What the role may do and how far it reaches, for clients to show; never judged by.
    #[serde(default)]
    pub permissions: Value,
    /// Always `elms-system`.
    pub iss: String,
    /// Always `elms-users`.
    pub aud: String,
    /// The sign-in it belongs to.
    pub sid: Uuid,
    /// Always `access`: no other kind of token opens anything.
    pub typ: String,
    /// Made at, in seconds since 1970.
    pub iat: i64,
    /// Ends at, in seconds since 1970.
    pub exp: i64,
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claims")
            .field("id", &self.id)
            .field("sid", &self.sid)
            .finish_non_exhaustive()
    }
}

impl Claims {
    /// The person as the rules see them; none when they belong to no institution.
    pub fn identity(self) -> Option<Identity> {
        let user = UserId(self.id);
        let actor = Actor {
            user: Some(user),
            name: self.name,
            institution: InstitutionId(self.institution_id?),
            roles: self.roles,
            faculty: self.faculty_id.map(FacultyId),
            department: self.department_id.map(DepartmentId),
            station: None,
        };
        let expires = Timestamp(self.exp.saturating_mul(1_000));
        Some(Identity {
            user,
            actor,
            session: self.sid,
            expires,
        })
    }
}

/// What a role may do, as `{action: reach}`; actions it may not do are left out.
pub(crate) fn permissions(role: Role) -> Value {
    let all = Action::ALL.iter().filter_map(|action| {
        let name = serde_json::to_value(action).ok()?.as_str()?.to_owned();
        Some((name, Value::from(reach_text(reach(Some(role), *action))?)))
    });
    Value::Object(all.collect())
}

fn reach_text(reach: Reach) -> Option<&'static str> {
    match reach {
        Reach::No => None,
        Reach::System => Some("system"),
        Reach::Institution | Reach::InstitutionOrFaculty => Some("institution"),
        Reach::Faculty => Some("faculty"),
        Reach::Department => Some("department"),
        Reach::Assigned => Some("assigned"),
        Reach::Own => Some("own"),
    }
}

/// The signing key.
pub(super) struct Keys {
    sign: EncodingKey,
    verify: DecodingKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// Reads the key in `dir`, making it at the first start.
    pub(super) fn open(dir: &Path) -> Result<Self, AuthError> {
        let key = crate::keys::kept(dir, "token.key").map_err(AuthError::Keys)?;
        Ok(Self {
            sign: EncodingKey::from_secret(&key),
            verify: DecodingKey::from_secret(&key),
        })
    }

    pub(super) fn sign(
        &self,
        account: &Account,
        sid: Uuid,
        now: Timestamp,
        seconds: i64,
    ) -> Result<String, AuthError> {
        let iat = now.0.div_euclid(1_000);
        let claims = Claims {
            id: account.id.0,
            user_id: account.id.0,
            email: account.email.clone(),
            name: account.name.clone(),
            primary_role: account.role,
            roles: vec![account.role],
            institution_id: account.institution.map(|id| id.0),
            faculty_id: account.faculty.map(|id| id.0),
            department_id: account.department.map(|id| id.0),
            permissions: permissions(account.role),
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sid,
            typ: ACCESS.to_owned(),
            iat,
            exp: iat.saturating_add(seconds),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign);
        token.map_err(|error| AuthError::Keys(error.to_string()))
    }

    /// The same token under another kind, signed with our own key.
    #[cfg(test)]
    pub(super) fn sign_as(&self, kind: &str, token: &str) -> String {
        let claims = self.verify(token, crate::clock::Clock::real_now()).unwrap();
        let mut claims = serde_json::to_value(claims).unwrap();
        claims["typ"] = kind.into();
        let header = Header::new(Algorithm::HS256);
        jsonwebtoken::encode(&header, &claims, &self.sign).unwrap()
    }

    pub(super) fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, AuthError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        // Expiry is compared below, with the clock that is passed in.
        validation.validate_exp = false;
        let decoded = jsonwebtoken::decode::<Claims>(token, &self.verify, &validation);
        let claims = decoded.map_err(|_not_ours| AuthError::Invalid)?.claims;
        if claims.typ != ACCESS {
            return Err(AuthError::Invalid);
        }
        if claims.exp <= now.0.div_euclid(1_000) {
            return Err(AuthError::Expired);
        }
        Ok(claims)
    }
}

/// Letters and digits that nobody takes for one another.
const LEGIBLE: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";

/// A password to be read from paper and typed once: 60 random bits in three groups.
pub fn first_password() -> String {
    legible([0_u8; 12])
}

/// What opens an account in place of a code of the second factor: 120 random bits in six groups.
pub(super) fn recovery_code() -> String {
    legible([0_u8; 24])
}

/// Five random bits for each byte, to be read from paper.
fn legible<const N: usize>(mut bytes: [u8; N]) -> String {
    rand::rng().fill_bytes(&mut bytes);
    let letters = bytes.iter().map(|byte| LEGIBLE.get(usize::from(byte % 32)));
    let letters: Vec<u8> = letters.flatten().copied().collect();
    let groups = letters.chunks(4).map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join("-")
}

/// 256 random bits as text: a refresh token.
pub(super) fn random() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn account() -> Account {
        Account {
            id: UserId(3),
            email: "office@hall.example".to_owned(),
            name: "Mrs Office".to_owned(),
            role: Role::ExamsOfficer,
            institution: None,
            faculty: None,
            department: None,
            active: true,
            demo: false,
            first_password: false,
            staff_number: None,
        }
    }

    #[test]
    fn a_token_ends_when_its_time_is_over() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::open(dir.path()).unwrap();
        let token = keys
            .sign(&account(), Uuid::nil(), Timestamp(10_000), 60)
            .unwrap();
        assert_eq!(keys.verify(&token, Timestamp(69_000)).unwrap().id, 3);
        let late = keys.verify(&token, Timestamp(70_000));
        assert!(matches!(late, Err(AuthError::Expired)));
    }

    #[test]
    fn a_recovery_code_is_120_random_bits_that_can_be_read_from_paper() {
        let (one, other) = (recovery_code(), recovery_code());
        assert_ne!(one, other);
        let groups: Vec<&str> = one.split('-').collect();
        assert_eq!(groups.len(), 6);
        let legible = |sign: u8| LEGIBLE.contains(&sign);
        assert!(
            groups
                .iter()
                .all(|group| group.len() == 4 && group.bytes().all(legible))
        );
    }

    #[test]
    fn a_refresh_token_is_256_random_bits() {
        let all: std::collections::BTreeSet<String> = (0..1_000).map(|_| random()).collect();
        assert_eq!(all.len(), 1_000);
        for token in all {
            assert_eq!(URL_SAFE_NO_PAD.decode(token).unwrap().len(), 32);
        }
    }

    #[test]
    fn a_token_of_another_server_is_not_ours() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let theirs = Keys::open(there.path()).unwrap();
        let token = theirs
            .sign(&account(), Uuid::nil(), Timestamp(0), 60)
            .unwrap();
        let ours = Keys::open(here.path()).unwrap();
        assert!(matches!(
            ours.verify(&token, Timestamp(1)),
            Err(AuthError::Invalid)
        ));
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_can_read_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        Keys::open(&dir.path().join("keys")).unwrap();
        let key = fs::metadata(dir.path().join("keys/token.key")).unwrap();
        assert_eq!(key.permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_broken_key_is_never_replaced_in_silence() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("token.key"), "short").unwrap();
        assert!(matches!(Keys::open(dir.path()), Err(AuthError::Keys(_))));
    }

    #[test]
    fn a_token_of_another_kind_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::open(dir.path()).unwrap();
        let token = keys
            .sign(&account(), Uuid::nil(), Timestamp(0), 60)
            .unwrap();
        let mut claims = serde_json::to_value(keys.verify(&token, Timestamp(1)).unwrap()).unwrap();
        for (claim, wrong) in [("typ", "refresh"), ("iss", "elms"), ("aud", "elms-devices")] {
            let right = claims[claim].take();
            claims[claim] = wrong.into();
            let header = Header::new(Algorithm::HS256);
            let forged = jsonwebtoken::encode(&header, &claims, &keys.sign).unwrap();
            assert!(matches!(
                keys.verify(&forged, Timestamp(1)),
                Err(AuthError::Invalid)
            ));
            claims[claim] = right;
        }
        let same = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &keys.sign);
        assert!(keys.verify(&same.unwrap(), Timestamp(1)).is_ok());
    }

    #[test]
    fn an_unsigned_token_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::open(dir.path()).unwrap();
        let token = keys
            .sign(&account(), Uuid::nil(), Timestamp(0), 60)
            .unwrap();
        let body = token.split('.').nth(1).unwrap();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        for forged in [
            format!("{header}.{body}."),
            format!("{header}.{body}"),
            String::new(),
        ] {
            assert!(matches!(
                keys.verify(&forged, Timestamp(1)),
                Err(AuthError::Invalid)
            ));
        }
    }

    #[test]
    fn the_key_survives_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let token = Keys::open(dir.path())
            .unwrap()
            .sign(&account(), Uuid::nil(), Timestamp(0), 60)
            .unwrap();
        assert!(
            Keys::open(dir.path())
                .unwrap()
                .verify(&token, Timestamp(1))
                .is_ok()
        );
    }
}
