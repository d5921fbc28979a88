//! The shapes of the answers, read leniently: an original server leaves some of it out.

use elms_protocol::{
    Actor, DepartmentId, Epoch, Event, FacultyId, InstitutionId, Role, UserId,
    frame::Snapshot,
    host::{DemoAccount, SignInView, StationKeyView, StationRow},
    recovery::RecoveryGrant,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Trouble;
use crate::{auth::Secret, station_key::StationKey};

/// How long a token lives when the server does not say: as long as ours give it.
const USUAL_LIFE_S: i64 = 900;

/// Who signed in, as the server describes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The person.
    pub user: UserId,
    /// Their name as shown.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What their staff card says.
    #[serde(default)]
    pub staff_number: Option<String>,
    /// What they are, the chief thing first.
    pub roles: Vec<Role>,
    /// Where they work.
    pub institution: InstitutionId,
    /// Their faculty.
    pub faculty: Option<FacultyId>,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// Whether the password is still the first one.
    #[serde(default)]
    pub must_change_password: bool,
}

impl Account {
    /// Whether this is their address or their staff number.
    pub fn is_called(&self, who: &str) -> bool {
        let number = self.staff_number.as_deref().into_iter();
        let mut names = number.chain([self.email.as_str()]);
        names.any(|name| name.eq_ignore_ascii_case(who))
    }

    /// As the rules want to know them.
    pub fn actor(&self, station: &str) -> Actor {
        Actor {
            user: Some(self.user),
            name: self.name.clone(),
            institution: self.institution,
            roles: self.roles.clone(),
            faculty: self.faculty,
            department: self.department,
            station: Some(station.to_owned()),
        }
    }
}

/// What a sign-in or a refresh gives.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Opens the socket and every request.
    pub access: Secret,
    /// Gets the next grant, once.
    pub refresh: Secret,
    /// Seconds that the access token lives.
    pub life_s: i64,
    /// Who signed in.
    pub account: Account,
    /// To which key what is not sent is sealed too.
    pub recovery: Option<RecoveryGrant>,
    /// The key of this station, when the sign-in belongs to it.
    pub key: Option<StationKey>,
    /// How the server says that it stands.
    pub station: Option<Box<StationKeyView>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawGrant {
    token: String,
    refresh_token: String,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    recovery: Option<RecoveryGrant>,
    #[serde(default)]
    station: Option<StationKeyView>,
    user: RawUser,
    #[serde(default)]
    primary_role: Option<Role>,
    #[serde(default)]
    roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawUser {
    id: UserId,
    email: String,
    #[serde(default)]
    staff_no: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default)]
    institution_id: Option<InstitutionId>,
    #[serde(default)]
    faculty_id: Option<FacultyId>,
    #[serde(default)]
    department_id: Option<DepartmentId>,
    #[serde(default)]
    must_change_password: bool,
}

/// Reads `{success, data: {token, refreshToken, expiresIn, user, ...}}`.
pub(super) fn grant(mut answer: Value) -> Result<Grant, Trouble> {
    let data = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    let raw: RawGrant = serde_json::from_value(data).ok().ok_or(Trouble::NotElms)?;
    let life_s = life(&raw.expires_in);
    let (access, refresh) = (Secret::new(raw.token), Secret::new(raw.refresh_token));
    let chief = raw.primary_role.or(raw.user.role);
    let account = account(raw.user, chief, raw.roles)?;
    Ok(Grant {
        access,
        refresh,
        life_s,
        account,
        recovery: raw.recovery,
        key: None,
        station: raw.station.map(Box::new),
    })
}

fn account(user: RawUser, chief: Option<Role>, roles: Vec<Role>) -> Result<Account, Trouble> {
    let name = shown_name(&user);
    let others = roles.into_iter().filter(|role| Some(*role) != chief);
    Ok(Account {
        user: user.id,
        name,
        email: user.email,
        staff_number: user.staff_no,
        roles: chief.into_iter().chain(others).collect(),
        // Somebody of no institution has no log to follow.
        institution: user.institution_id.ok_or(Trouble::NotElms)?,
        faculty: user.faculty_id,
        department: user.department_id,
        must_change_password: user.must_change_password,
    })
}

fn shown_name(user: &RawUser) -> String {
    let parts = [&user.title, &user.first_name, &user.last_name];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let joined = parts.join(" ").trim().to_owned();
    let given = user.name.clone().filter(|name| !name.is_empty());
    given
        .or(Some(joined).filter(|name| !name.is_empty()))
        .unwrap_or_else(|| user.email.clone())
}

/// Seconds, as a number or as the original's `24h`, `15m`, `900s`.
fn life(expires_in: &Value) -> i64 {
    let read = match expires_in {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => life_of_text(text.trim()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    read.filter(|life_s| 0 < *life_s).unwrap_or(USUAL_LIFE_S)
}

fn life_of_text(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|unit: char| unit.is_ascii_alphabetic());
    let number: i64 = digits.trim().parse().ok()?;
    let unit = match text.chars().next_back() {
        Some('d') => 86_400,
        Some('h') => 3_600,
        Some('m') => 60,
        _ => 1,
    };
    number.checked_mul(unit)
}

/// Reads a first copy, bare or in `data`.
pub(super) fn snapshot(mut answer: Value) -> Result<Snapshot, Trouble> {
    let inner = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    serde_json::from_value(inner).map_err(|error| {
        tracing::warn!(%error, "the first copy is not readable");
        Trouble::NotElms
    })
}

/// Events of a stretch of the log.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Stretch {
    /// Those that the person may see, in order.
    pub events: Vec<Event>,
    /// The life of the log that they are of.
    pub epoch: Epoch,
}

/// Reads a stretch of the log, bare or in `data`.
pub(super) fn stretch(mut answer: Value) -> Result<Stretch, Trouble> {
    let inner = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    serde_json::from_value(inner).map_err(|error| {
        tracing::warn!(%error, "a stretch of the log is not readable");
        Trouble::NotElms
    })
}

/// Reads what a station is to sign; a server that has nothing of the kind knows no such keys.
pub(super) fn challenge(answer: &Value) -> Option<String> {
    let challenge = answer.pointer("/data/challenge")?.as_str()?;
    Some(challenge.to_owned())
}

/// Reads where the person is signed in, bare or in `data`.
pub(super) fn sign_ins(mut answer: Value) -> Result<Vec<SignInView>, Trouble> {
    let inner = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    serde_json::from_value(inner).ok().ok_or(Trouble::NotElms)
}

/// Reads the stations of the institution, bare or in `data`.
pub(super) fn stations(mut answer: Value) -> Result<Vec<StationRow>, Trouble> {
    let inner = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    serde_json::from_value(inner).ok().ok_or(Trouble::NotElms)
}

/// Reads the demo accounts, bare or in `data`.
pub(super) fn demo_accounts(mut answer: Value) -> Result<Vec<DemoAccount>, Trouble> {
    let inner = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    serde_json::from_value(inner).ok().ok_or(Trouble::NotElms)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_of_the_original_is_understood() {
        let grant = grant(
            json!({"success": true, "message": "Login successful", "data": {
            "token": "a", "refreshToken": "b", "expiresIn": "24h",
            "user": {"id": 3, "email": "e@tug", "firstName": "Esi", "lastName": "Boateng",
                "title": null, "role": "EXAMS_OFFICER", "status": "ACTIVE", "institutionId": 1,
                "facultyId": null, "departmentId": 2, "emailVerified": true, "roleProfiles": []},
            "primaryRole": "EXAMS_OFFICER", "roles": ["INVIGILATOR", "EXAMS_OFFICER"],
            "permissions": {}}}),
        )
        .unwrap();
        assert_eq!(grant.life_s, 86_400);
        assert_eq!(grant.account.name, "Esi Boateng");
        assert_eq!(grant.account.roles, [Role::ExamsOfficer, Role::Invigilator]);
        assert!(!format!("{grant:?}").contains("\"a\""));
    }

    #[test]
    fn an_answer_of_something_else_is_not_taken_for_a_sign_in() {
        for other in [
            json!({}),
            json!([]),
            json!({"data": {"token": "a"}}),
            json!("ok"),
        ] {
            assert_eq!(grant(other).unwrap_err(), Trouble::NotElms);
        }
    }

    #[test]
    fn a_life_is_read_in_every_spelling() {
        let lives = [
            json!(900),
            json!("15m"),
            json!("24h"),
            json!("7d"),
            json!("60"),
            json!(null),
        ];
        assert_eq!(
            lives.map(|text| life(&text)),
            [900, 900, 86_400, 604_800, 60, 900]
        );
        assert_eq!(life(&json!(-1)), 900);
    }
}
