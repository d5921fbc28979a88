//! The second factor of who signed in.

use elms_protocol::host;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Http, LARGEST_ANSWER, ServerUrl, Trouble, answer};
use crate::auth::Secret;

/// The path of all that is asked about it.
const PATH: &str = "/api/auth/second-factor";

/// What an authenticator app needs, and recovery codes, as the server tells them once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// To be typed into an app.
    pub secret: Secret,
    /// To be read by an app from a picture.
    pub uri: Secret,
    /// Each opens the account once.
    pub recovery_codes: Vec<Secret>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSetUp {
    secret: String,
    uri: String,
    recovery_codes: Vec<String>,
}

/// Reads `{secret, uri, recoveryCodes}`.
pub(super) fn set_up(raw: &Value) -> Result<SetUp, Trouble> {
    let raw = RawSetUp::deserialize(raw).ok().ok_or(Trouble::NotElms)?;
    Ok(SetUp {
        secret: Secret::new(raw.secret),
        uri: Secret::new(raw.uri),
        recovery_codes: raw.recovery_codes.into_iter().map(Secret::new).collect(),
    })
}

impl Http {
    /// How it stands.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] when the server knows no second factors.
    pub async fn second_factor(
        &self,
        server: &ServerUrl,
        access: &Secret,
    ) -> Result<host::SecondFactorView, Trouble> {
        let request = self
            .ask(Method::GET, server, PATH)?
            .bearer_auth(access.expose());
        let told = answer::json(request, LARGEST_ANSWER).await?;
        let data = told.get("data").unwrap_or(&told);
        let view = host::SecondFactorView::deserialize(data);
        view.ok().ok_or(Trouble::NotElms)
    }

    /// Begins one.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn set_up_second_factor(
        &self,
        server: &ServerUrl,
        access: &Secret,
        password: &str,
    ) -> Result<SetUp, Trouble> {
        let body = json!({ "password": password });
        let told = self.of_factor(server, access, ("/set-up", &body)).await?;
        set_up(told.get("data").unwrap_or(&told))
    }

    /// Gives the first code of the app.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn confirm_second_factor(
        &self,
        server: &ServerUrl,
        access: &Secret,
        code: &str,
    ) -> Result<(), Trouble> {
        let body = json!({ "code": code });
        let told = self.of_factor(server, access, ("/confirm", &body));
        told.await.map(drop)
    }

    /// Turns it off.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn end_second_factor(
        &self,
        server: &ServerUrl,
        access: &Secret,
        both: &host::BothFactors,
    ) -> Result<(), Trouble> {
        let body = json!({ "password": both.password, "code": both.code });
        let told = self.of_factor(server, access, ("/turn-off", &body));
        told.await.map(drop)
    }

    /// Other recovery codes in place of those that were left.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn new_recovery_codes(
        &self,
        server: &ServerUrl,
        access: &Secret,
        both: &host::BothFactors,
    ) -> Result<Vec<String>, Trouble> {
        let body = json!({ "password": both.password, "code": both.code });
        let told = self.of_factor(server, access, ("/recovery-codes", &body));
        let told = told.await?;
        let codes = told.pointer("/data/recoveryCodes");
        let codes = codes.map(Vec::<String>::deserialize);
        codes.and_then(Result::ok).ok_or(Trouble::NotElms)
    }

    async fn of_factor(
        &self,
        server: &ServerUrl,
        access: &Secret,
        (what, body): (&str, &Value),
    ) -> Result<Value, Trouble> {
        let request = self
            .ask(Method::POST, server, &format!("{PATH}{what}"))?
            .bearer_auth(access.expose())
            .json(body);
        answer::json(request, LARGEST_ANSWER).await
    }
}
