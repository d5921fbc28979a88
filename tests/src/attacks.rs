//! The holes of the original that can be tried from outside, as scripts against a URL: what they
//! find there is what anybody finds. Ours is held against them in `tests/it/attacks.rs`;
//! `cargo xtask attack URL` tries them on any server that one may try them on.

mod holes;
mod people;
mod sockets;
mod strangers;

use anyhow::{Context as _, Result, bail};
use reqwest::{Client, Method, StatusCode, header};
use serde_json::{Value, json};

pub use holes::{HOLES, Held, Hole};

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub struct Who {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
}

/// A server, and two officers of two institutions on it: what is whose is tried between them.
#[derive(Debug, Clone)]
pub struct Target {
    url: String,
    http: Client,
    people: Option<(Who, Who)>,
}

/// What one script found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The hole, as the study of the original numbers it.
    pub hole: &'static str,
    /// What was tried.
    pub tried: &'static str,
    /// What was got by it; none when the server held.
    pub got: Option<String>,
}

/// An answer.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    text: String,
}

impl Answer {
    fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// What was got when the server carried it out.
    fn if_done(&self) -> Option<String> {
        let refused = self.body().get("success") == Some(&Value::Bool(false));
        let done = self.status.is_success() && !refused;
        done.then(|| format!("{} {}", self.status, shortened(&self.text)))
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

impl Target {
    /// The server at `url`; `people` are the owner of what is stolen and who tries to steal it.
    pub fn new(url: &str, people: Option<(Who, Who)>) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            http: Client::new(),
            people,
        }
    }

    async fn ask(
        &self,
        token: Option<&str>,
        (method, path): (Method, &str),
        body: &Value,
    ) -> Result<Answer> {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let response = request.send().await?;
        Ok(Answer {
            status: response.status(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    async fn get(&self, token: Option<&str>, path: &str) -> Result<Answer> {
        self.ask(token, (Method::GET, path), &Value::Null).await
    }

    async fn post(&self, token: Option<&str>, path: &str, body: &Value) -> Result<Answer> {
        self.ask(token, (Method::POST, path), body).await
    }

    /// Access and refresh token of somebody.
    async fn sign_in(&self, who: &Who) -> Result<(String, String)> {
        let body = json!({ "email": who.email, "password": who.password });
        let answer = self.post(None, "/api/auth/login", &body).await?.body();
        let text = |name: &str| {
            let found = answer.pointer(name).and_then(Value::as_str);
            found.map(ToOwned::to_owned)
        };
        let tokens = text("/data/token").zip(text("/data/refreshToken"));
        tokens.with_context(|| format!("{} is not let in: {answer}", who.email))
    }

    /// Whether the server still answers.
    async fn lives(&self) -> bool {
        let health = self.get(None, "/health").await;
        health.is_ok_and(|answer| answer.status.is_success())
    }

    /// Tries everything; floods come last, because a good server remembers them.
    ///
    /// # Errors
    ///
    /// When the server does not answer at all, or does not let the people in.
    pub async fn attack(&self) -> Result<Vec<Found>> {
        if !self.lives().await {
            bail!("{} does not answer", self.url);
        }
        let mut found = Vec::new();
        sockets::attack(self, &mut found).await?;
        if !self.lives().await {
            // What is over cannot be tried any further; that it is over is among what was found.
            return Ok(found);
        }
        if let Some((owner, thief)) = &self.people {
            let (owner, thief) = (self.sign_in(owner).await?, self.sign_in(thief).await?);
            people::attack(self, (&owner, &thief), &mut found).await?;
        }
        strangers::attack(self, &mut found).await?;
        Ok(found)
    }
}
