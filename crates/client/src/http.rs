//! What is asked of the server over HTTP: sign-in and out, fresh tokens, the first copy, and
//! whether it is an ELMS server at all.

mod address;
mod answer;
mod clients;
mod factor;
mod files;
mod shapes;

use std::time::{Duration, Instant};

use elms_protocol::{
    Seq, Timestamp,
    frame::Snapshot,
    host::{self, StationsTaken},
    station::typed_fingerprint,
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub use address::{AddressError, ServerUrl};
pub use answer::Trouble;
pub use factor::SetUp;
pub use files::FileStanding;
pub use shapes::{Account, Grant, Stretch};

use crate::{
    auth::{Secret, Tokens},
    config::Here,
    station_key::StationKey,
};
use clients::Clients;

/// How long an ordinary answer may take.
const ANSWER: Duration = Duration::from_secs(15);
/// How long a first copy may take.
const COPY: Duration = Duration::from_mins(5);
/// The largest ordinary answer, in bytes.
const LARGEST_ANSWER: usize = 1 << 20;
/// The largest first copy, in bytes.
const LARGEST_COPY: usize = 512 << 20;

/// Asks servers over HTTP. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Http {
    clients: Clients,
    here: Here,
}

/// What looking at a server showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looked {
    /// The round trip, in milliseconds.
    pub ms: i64,
    /// Whether it holds demo data.
    pub demo: bool,
    /// Its clock, when it tells it.
    pub clock: Option<Told>,
    /// At which stations people sign in, when it tells that.
    pub stations: Option<StationsTaken>,
    /// The version of its program, when it tells that.
    pub version: Option<String>,
}

/// A server's clock as it told it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// What it showed.
    pub now: Timestamp,
    /// How fast it runs.
    pub rate: f64,
}

impl Http {
    /// A client for this station.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub(crate) fn new(here: Here) -> Result<Self, reqwest::Error> {
        Ok(Self {
            clients: Clients::new()?,
            here,
        })
    }

    fn ask(
        &self,
        method: Method,
        server: &ServerUrl,
        path: &str,
    ) -> Result<RequestBuilder, Trouble> {
        let client = self.clients.to(server)?;
        let request = client.request(method, server.join(path));
        Ok(request
            .header("x-station", self.here.code())
            .timeout(ANSWER))
    }

    async fn post(&self, server: &ServerUrl, path: &str, body: &Value) -> Result<Value, Trouble> {
        let request = self.ask(Method::POST, server, path)?.json(body);
        answer::json(request, LARGEST_ANSWER).await
    }

    /// Signs in, with the key of this station where the server takes one.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Refused`] with status 401 means a wrong address or password,
    /// [`Trouble::CodeNeeded`] that the same with a code may do.
    pub async fn login(
        &self,
        server: &ServerUrl,
        asked: &host::SignIn,
        key: StationKey,
    ) -> Result<Grant, Trouble> {
        let challenge = self.challenge(server).await?;
        let shown = challenge.map(|challenge| key.sign_in(&challenge, &asked.email));
        let body = json!({
            "email": asked.email.trim(),
            "password": asked.password,
            "code": asked.code,
            "rememberMe": asked.keep,
            "stationCode": self.here.code(),
            "station": shown,
        });
        let grant = shapes::grant(self.post(server, "/api/auth/login", &body).await?)?;
        let key = shown.map(|_proof| key);
        Ok(Grant { key, ..grant })
    }

    /// What the server wants to be signed; none when it knows no keys of stations.
    async fn challenge(&self, server: &ServerUrl) -> Result<Option<String>, Trouble> {
        let path = "/api/auth/station-challenge";
        match self.post(server, path, &json!({})).await {
            Ok(answer) => Ok(shapes::challenge(&answer)),
            Err(Trouble::Missing | Trouble::Refused { .. }) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Asks for fresh tokens. The old refresh token is used up by it.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Refused`] means that only the password helps.
    pub async fn refresh(&self, server: &ServerUrl, old: &Tokens) -> Result<Grant, Trouble> {
        let proof = old.key.as_ref().map(|key| key.renewal(&old.refresh));
        let body = json!({ "refreshToken": old.refresh.expose(), "proof": proof });
        let grant = shapes::grant(self.post(server, "/api/auth/refresh", &body).await?)?;
        let key = old.key.clone();
        Ok(Grant { key, ..grant })
    }

    /// Ends the session on the server.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; the tokens then live on until they expire.
    pub async fn logout(
        &self,
        server: &ServerUrl,
        access: &Secret,
        refresh: &Secret,
    ) -> Result<(), Trouble> {
        let request = self
            .ask(Method::POST, server, "/api/auth/logout")?
            .bearer_auth(access.expose())
            .json(&json!({ "refreshToken": refresh.expose() }));
        answer::json(request, LARGEST_ANSWER).await.map(drop)
    }

    /// Changes the password; sign-ins elsewhere end by it.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Refused`] says what is wrong with one of the passwords.
    pub async fn change_password(
        &self,
        server: &ServerUrl,
        access: &Secret,
        asked: &host::ChangePassword,
    ) -> Result<(), Trouble> {
        let body = json!({ "currentPassword": asked.current, "newPassword": asked.new });
        let request = self
            .ask(Method::POST, server, "/api/auth/change-password")?
            .bearer_auth(access.expose())
            .json(&body);
        answer::json(request, LARGEST_ANSWER).await.map(drop)
    }

    /// Where the person is signed in.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] when the server keeps no such list.
    pub async fn sign_ins(
        &self,
        server: &ServerUrl,
        access: &Secret,
    ) -> Result<Vec<host::SignInView>, Trouble> {
        let request = self
            .ask(Method::GET, server, "/api/auth/sessions")?
            .bearer_auth(access.expose());
        shapes::sign_ins(answer::json(request, LARGEST_ANSWER).await?)
    }

    /// Ends one of the person's sign-ins, or all but this one.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn end_sign_ins(
        &self,
        server: &ServerUrl,
        access: &Secret,
        asked: &host::EndSignIns,
    ) -> Result<(), Trouble> {
        let (method, path) = match asked.id {
            Some(id) => (Method::DELETE, format!("/api/auth/sessions/{id}")),
            None => (Method::POST, "/api/auth/sessions/end-others".to_owned()),
        };
        let request = self
            .ask(method, server, &path)?
            .bearer_auth(access.expose());
        answer::json(request, LARGEST_ANSWER).await.map(drop)
    }

    /// The stations that the institution knows.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] when the server knows of none.
    pub async fn stations(
        &self,
        server: &ServerUrl,
        access: &Secret,
    ) -> Result<Vec<host::StationRow>, Trouble> {
        let request = self
            .ask(Method::GET, server, "/api/stations")?
            .bearer_auth(access.expose());
        shapes::stations(answer::json(request, LARGEST_ANSWER).await?)
    }

    /// Says whether people may sign in at a station.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] when nobody of the institution ever came there.
    pub async fn set_station(
        &self,
        server: &ServerUrl,
        access: &Secret,
        asked: &host::SetStation,
    ) -> Result<(), Trouble> {
        let key = typed_fingerprint(&asked.fingerprint);
        let request = self
            .ask(Method::POST, server, &format!("/api/stations/{key}"))?
            .bearer_auth(access.expose())
            .json(&json!({ "standing": asked.standing }));
        answer::json(request, LARGEST_ANSWER).await.map(drop)
    }

    /// The first copy: every record that the person may see, and the position it includes.
    ///
    /// # Errors
    ///
    /// [`Trouble`]; [`Trouble::Missing`] means that the server is of the original kind.
    pub async fn snapshot(&self, server: &ServerUrl, access: &Secret) -> Result<Snapshot, Trouble> {
        let request = self
            .ask(Method::GET, server, "/api/sync/snapshot")?
            .bearer_auth(access.expose())
            .timeout(COPY);
        let whole = answer::json(request, LARGEST_COPY).await?;
        shapes::snapshot(whole)
    }

    /// The events after one position and up to another, as far as the person may see them.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub async fn events(
        &self,
        server: &ServerUrl,
        access: &Secret,
        (after, upto): (Seq, Seq),
    ) -> Result<Stretch, Trouble> {
        let limit = upto.0.saturating_sub(after.0);
        let request = self
            .ask(Method::GET, server, "/api/sync/events")?
            .query(&[("after", after.0), ("limit", limit)])
            .bearer_auth(access.expose())
            .timeout(COPY);
        shapes::stretch(answer::json(request, LARGEST_COPY).await?)
    }

    /// What the name of a server leads to; none when nobody knows the name.
    pub async fn lookup(server: &ServerUrl) -> Option<host::Lookup> {
        let asked = Instant::now();
        let found = tokio::net::lookup_host(server.host_port()).await;
        let first = found.ok()?.next()?;
        Some(host::Lookup {
            address: first.ip().to_string(),
            ms: crate::clock::whole_ms(asked.elapsed()),
        })
    }

    /// Looks whether an ELMS server answers there.
    ///
    /// # Errors
    ///
    /// [`Trouble`] that says what answers instead.
    pub async fn look(&self, server: &ServerUrl) -> Result<Looked, Trouble> {
        let asked = Instant::now();
        let ours = self.ask(Method::GET, server, "/healthz")?;
        let health = match answer::json(ours, LARGEST_ANSWER).await {
            // The original knows only the older path.
            Err(Trouble::Missing) => {
                let original = self.ask(Method::GET, server, "/health")?;
                answer::json(original, LARGEST_ANSWER).await
            }
            answered => answered,
        }?;
        let ms = crate::clock::whole_ms(asked.elapsed());
        let status = health.get("status").and_then(Value::as_str);
        if status.is_none() {
            return Err(Trouble::NotElms);
        }
        let now = health
            .get("timestamp")
            .and_then(Value::as_str)
            .and_then(|at| at.parse().ok());
        let rate = health.get("rate").and_then(Value::as_f64).unwrap_or(1.0);
        let clock = now.map(|now| Told { now, rate });
        let demo = health.get("demo") == Some(&Value::Bool(true));
        let stations = health.get("stations").cloned();
        let version = health.get("version").and_then(Value::as_str);
        Ok(Looked {
            ms,
            demo,
            clock,
            stations: stations.and_then(|word| serde_json::from_value(word).ok()),
            version: version.map(str::to_owned),
        })
    }

    /// The accounts of a server with demo data; none of any other.
    ///
    /// # Errors
    ///
    /// [`Trouble`], but not when the server has no demo accounts.
    pub async fn demo_accounts(
        &self,
        server: &ServerUrl,
    ) -> Result<Vec<host::DemoAccount>, Trouble> {
        let request = self.ask(Method::GET, server, "/api/demo/accounts")?;
        match answer::json(request, LARGEST_ANSWER).await {
            Ok(accounts) => shapes::demo_accounts(accounts),
            Err(Trouble::Missing) => Ok(Vec::new()),
            Err(trouble) => Err(trouble),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_name_of_a_server_leads_to_its_address_whether_it_answers_or_not() {
        let here = ServerUrl::parse("http://127.0.0.1:1").unwrap();
        let found = Http::lookup(&here).await.unwrap();
        assert_eq!(found.address, "127.0.0.1");
    }
}
