//! A server in this process that targets ask, with the demo's records in it.

use std::sync::OnceLock;

use anyhow::{Context as _, Result};
use elms_protocol::{Actor, InstitutionId, Role, UserId};
use elms_server::{App, clock::Clock, config::Settings};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use super::made;
use crate::{process::DEMO_PASSWORD, rest::OFFICER};

/// The server, and somebody who has signed in there.
#[derive(Debug)]
pub(super) struct Hall {
    pub(super) runtime: Runtime,
    pub(super) app: App,
    pub(super) url: String,
    pub(super) token: String,
    pub(super) http: reqwest::Client,
    /// Where its data is, as long as it runs.
    _dir: tempfile::TempDir,
}

/// The one of this process; it is made when somebody asks for it first.
pub(super) fn hall() -> Result<&'static Hall> {
    static HALL: OnceLock<Result<Hall, String>> = OnceLock::new();
    made(&HALL, open)
}

fn open() -> Result<Hall> {
    let dir = tempfile::tempdir()?;
    let runtime = Runtime::new()?;
    let settings = Settings {
        data: Some(dir.path().join("data")),
        listen: Some(([127, 0, 0, 1], 0).into()),
        demo_password: Some(DEMO_PASSWORD.to_owned()),
        // It is asked by one who does not wait between the questions.
        sign_in_tries: Some(1_000_000),
        requests: Some(60_000_000),
        access_seconds: Some(86_400),
        ..Settings::default()
    };
    let config = settings.complete(true)?;
    let (app, url) = runtime.block_on(async {
        let app = elms_server::open(config, Clock::system(), CancellationToken::new()).await?;
        let listener = elms_server::bind(app.config.listen)?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(elms_server::serve(app.clone(), listener));
        anyhow::Ok((app, url))
    })?;
    let http = reqwest::Client::new();
    let token = runtime.block_on(sign_in(&http, &url))?;
    Ok(Hall {
        runtime,
        app,
        url,
        token,
        http,
        _dir: dir,
    })
}

async fn sign_in(http: &reqwest::Client, url: &str) -> Result<String> {
    let body = json!({ "email": OFFICER, "password": DEMO_PASSWORD });
    let ask = http.post(format!("{url}/api/auth/login")).json(&body);
    let answer: Value = ask.send().await?.json().await?;
    let token = answer.pointer("/data/token").and_then(Value::as_str);
    Ok(token.context("not let in")?.to_owned())
}

/// Who runs the office of the demo institution.
pub(super) fn officer() -> Actor {
    Actor {
        user: Some(UserId(1)),
        name: "Officer".to_owned(),
        institution: InstitutionId(1),
        roles: vec![Role::Admin],
        faculty: None,
        department: None,
        station: None,
    }
}
