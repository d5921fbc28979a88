//! The server's REST as an officer of the demo institution uses it.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::process::DEMO_PASSWORD;

/// The chief exams officer of the demo institution.
pub const OFFICER: &str = "adjoa.mb@aut.example";
/// The registrar, who sees what the chief exams officer sees.
pub const REGISTRAR: &str = "registrar@aut.example";
/// An officer of the first faculty.
pub const COLLEAGUE: &str = "kojo.tetteh@aut.example";
/// The officer of the other institution.
pub const STRANGER: &str = "exams@northgate.example";

/// Somebody signed in over HTTP.
#[derive(Debug, Clone)]
pub struct Rest {
    http: reqwest::Client,
    server: String,
    /// The access token.
    pub token: String,
}

impl Rest {
    /// Signs a demo account in.
    ///
    /// # Errors
    ///
    /// When the server does not let it in.
    pub async fn sign_in(server: &str, email: &str) -> Result<Self> {
        Self::sign_in_with(server, email, DEMO_PASSWORD).await
    }

    /// Signs a demo account in at a server that these connections trust.
    ///
    /// # Errors
    ///
    /// As [`Self::sign_in`].
    pub async fn sign_in_over(http: reqwest::Client, server: &str, email: &str) -> Result<Self> {
        Self::let_in(http, server, email, DEMO_PASSWORD).await
    }

    /// Signs somebody in with their own password.
    ///
    /// # Errors
    ///
    /// As [`Self::sign_in`].
    pub async fn sign_in_with(server: &str, email: &str, password: &str) -> Result<Self> {
        Self::let_in(reqwest::Client::new(), server, email, password).await
    }

    async fn let_in(
        http: reqwest::Client,
        server: &str,
        email: &str,
        password: &str,
    ) -> Result<Self> {
        let body = json!({ "email": email, "password": password });
        let url = format!("{server}/api/auth/login");
        let answer: Value = http.post(url).json(&body).send().await?.json().await?;
        let token = answer.pointer("/data/token").and_then(Value::as_str);
        let token = token
            .with_context(|| format!("not let in: {answer}"))?
            .to_owned();
        Ok(Self {
            http,
            server: server.to_owned(),
            token,
        })
    }

    /// Uses the same token at another address: a restarted server.
    #[must_use]
    pub fn at(&self, server: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            server: server.to_owned(),
            token: self.token.clone(),
        }
    }

    /// Reads a file below `/api`: the status, and the bytes.
    ///
    /// # Errors
    ///
    /// When the server does not answer.
    pub async fn bytes(&self, path: &str) -> Result<(u16, Vec<u8>)> {
        let url = format!("{}/api{path}", self.server);
        let answer = self.http.get(url).bearer_auth(&self.token).send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.bytes().await?.to_vec()))
    }

    /// Reads a path below `/api`.
    ///
    /// # Errors
    ///
    /// When there is no answer, or a refusal.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let url = format!("{}/api{path}", self.server);
        let response = self.http.get(url).bearer_auth(&self.token).send().await?;
        ensure!(
            response.status().is_success(),
            "{path}: {}",
            response.status()
        );
        Ok(response.json().await?)
    }

    /// Reads a path below `/api` whose answer is a file.
    ///
    /// # Errors
    ///
    /// As [`Self::get`].
    pub async fn file(&self, path: &str) -> Result<String> {
        let url = format!("{}/api{path}", self.server);
        let response = self.http.get(url).bearer_auth(&self.token).send().await?;
        Ok(response.error_for_status()?.text().await?)
    }

    /// Sends a body to a path below `/api`; any status is an answer.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let url = format!("{}/api{path}", self.server);
        let sent = self
            .http
            .post(url)
            .bearer_auth(&self.token)
            .json(body)
            .send()
            .await?;
        Ok(sent.json().await?)
    }

    /// The position of the last event.
    ///
    /// # Errors
    ///
    /// As [`Self::get`].
    pub async fn head(&self) -> Result<i64> {
        let copy = self.get("/sync/snapshot").await?;
        copy.pointer("/cursor/seq")
            .and_then(Value::as_i64)
            .context("no cursor")
    }

    /// Every event that this person may see.
    ///
    /// # Errors
    ///
    /// As [`Self::get`].
    pub async fn events(&self) -> Result<Vec<Value>> {
        let mut all = Vec::new();
        let mut after = 0;
        loop {
            let page = self
                .get(&format!("/sync/events?after={after}&limit=500"))
                .await?;
            let events = page.pointer("/data/events").and_then(Value::as_array);
            all.extend(events.context("no events")?.iter().cloned());
            let upto = page
                .pointer("/data/upto")
                .and_then(Value::as_i64)
                .context("no upto")?;
            if upto == after {
                return Ok(all);
            }
            after = upto;
        }
    }
}

/// A line for the hall log of the first sitting, as a command of its own.
pub fn hall_log(text: &str) -> Value {
    let at = "2026-12-07T10:00:00.000Z";
    json!({
        "commandId": Uuid::now_v7(),
        "occurredAt": at,
        "recordedAt": at,
        "clockOffsetMs": 0,
        "command": "logHall",
        "input": { "sittingId": 1, "action": "NOTE", "text": text },
    })
}
