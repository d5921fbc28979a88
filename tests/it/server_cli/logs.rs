//! What the log of a server says of strangers, and what strangers cannot make it say.

use super::*;

/// What is sent in as many places as there are: a second line that looks like one of ours.
const FORGED: &str = "x\n2026-12-07T08:00:00.000000Z  INFO elms_server: signed in user.id=3";

/// A demo server that writes its log.
async fn started(dir: &Path, log_json: &str) -> Result<(Child, String)> {
    let mut command = elms_server(&["serve", "--demo", "--data", text(dir)?])?;
    command
        .args(["--listen", "127.0.0.1:0"])
        .env("ELMS_LOG_JSON", log_json)
        .env("ELMS_LOG", "debug")
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
    let mut child = command.spawn()?;
    let url = listening(&mut child).await?;
    Ok((child, url))
}

/// The log, once the server has stopped.
pub(super) async fn log_of(child: Child) -> Result<String> {
    let pid = child.id().context("gone")?.to_string();
    Command::new("kill").args(["-TERM", &pid]).status().await?;
    let output = timeout(PATIENCE, child.wait_with_output()).await??;
    Ok(String::from_utf8(output.stderr)?)
}

/// The number of an invigilator, and their token.
async fn invigilator(url: &str) -> Result<(Value, String)> {
    let accounts = reqwest::get(format!("{url}/api/demo/accounts")).await?;
    let accounts: Value = accounts.json().await?;
    let all = accounts.pointer("/data").and_then(Value::as_array);
    let mut all = all.into_iter().flatten();
    let found = all.find(|account| account.get("role") == Some(&json!("INVIGILATOR")));
    let email = found.and_then(|account| account.get("email")?.as_str());
    let (_, answer) = sign_in(url, email.context("no invigilator")?, DEMO_PASSWORD).await?;
    let number = answer.pointer("/data/user/id").context("no number")?;
    let token = answer.pointer("/data/token").and_then(Value::as_str);
    Ok((number.clone(), token.context("not let in")?.to_owned()))
}

/// More than a server takes: a sign-in that is too large, and too many of them.
async fn flood(url: &str) -> Result<()> {
    let large = reqwest::Client::new().post(format!("{url}/api/auth/login"));
    large.body(" ".repeat(256 * 1_024 + 1)).send().await?;
    for _ in 0..12 {
        sign_in(url, "flood@aut.example", "a wrong password").await?;
    }
    Ok(())
}

#[tokio::test]
async fn whoever_knocks_at_the_door_is_in_the_log() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (child, url) = started(dir.path(), "true").await?;
    sign_in(&url, OFFICER, "a wrong password").await?;
    sign_in(&url, "somebody.else@aut.example", "a wrong password").await?;
    let (_, answer) = sign_in(&url, OFFICER, DEMO_PASSWORD).await?;
    let token = answer["data"]["token"].as_str().context("not let in")?;
    let http = reqwest::Client::new();
    let change = json!({ "currentPassword": DEMO_PASSWORD, "newPassword": "iloveyou" });
    let change = http
        .post(format!("{url}/api/auth/change-password"))
        .json(&change);
    change.bearer_auth(token).send().await?;
    let (number, invigilator) = invigilator(&url).await?;
    let files = json!({ "files": [{ "name": "venues.csv", "text": "code,name,capacity\n" }] });
    let import = http.post(format!("{url}/api/import")).json(&files);
    let refused = import.bearer_auth(&invigilator).send().await?.status();
    ensure!(refused.as_u16() == 403, "{refused}");
    flood(&url).await?;
    let log = log_of(child).await?;
    let has = |what: &[(&str, Value)]| {
        log.lines().any(|line| {
            let line: Value = serde_json::from_str(line).unwrap_or_default();
            let instant = line["timestamp"].as_str().unwrap_or_default();
            let named = |(name, value): &(&str, Value)| line["fields"][*name] == *value;
            instant.ends_with('Z') && what.iter().all(named)
        })
    };
    let refused_sign_in = ("message", json!("a sign-in was refused"));
    let from = ("from", json!("127.0.0.1"));
    for what in [
        vec![
            refused_sign_in.clone(),
            from.clone(),
            ("user.id", json!(3)),
            ("why", json!("address or password")),
        ],
        vec![
            refused_sign_in.clone(),
            from.clone(),
            ("why", json!("address or password")),
        ],
        vec![refused_sign_in, ("why", json!("too many tries"))],
        vec![("message", json!("signed in")), from, ("user.id", json!(3))],
        vec![
            ("message", json!("a password was not changed")),
            ("why", json!("easily guessed")),
        ],
        vec![
            ("route", json!("/api/import")),
            ("status", json!(403)),
            ("user.id", number),
        ],
        vec![("status", json!(413)), ("route", json!("/api/auth/login"))],
    ] {
        ensure!(has(&what), "{what:?} is not in {log}");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_writes_a_line_of_their_own_into_the_log() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (child, url) = started(dir.path(), "false").await?;
    sign_in(&url, FORGED, FORGED).await?;
    let (_, answer) = sign_in(&url, OFFICER, DEMO_PASSWORD).await?;
    let token = answer["data"]["token"].as_str().context("not let in")?;
    let http = reqwest::Client::new();
    let bad = json!({
        "email": OFFICER, "password": DEMO_PASSWORD, "stationCode": FORGED, FORGED: FORGED,
    });
    http.post(format!("{url}/api/auth/login"))
        .json(&bad)
        .send()
        .await?;
    let encoded =
        "x%0A2026-12-07T08:00:00.000000Z%20%20INFO%20elms_server:%20signed%20in%20user.id=3";
    for path in [
        format!("{url}/api/{encoded}"),
        format!("{url}/api/incidents?page={encoded}"),
        format!("{url}/api/incidents/{encoded}"),
        format!("{url}/socket.io/?EIO=4&transport={encoded}"),
    ] {
        http.get(path).bearer_auth(token).send().await?;
    }
    for body in [
        json!({ "type": FORGED, "description": FORGED }),
        json!({ "type": "OTHER", "description": FORGED, "title": FORGED }),
        json!({ "commandId": FORGED, "command": FORGED, "input": { FORGED: FORGED } }),
    ] {
        for path in ["incidents", "commands", "import", "sync/ops"] {
            let sent = http.post(format!("{url}/api/{path}")).json(&body);
            sent.bearer_auth(token).send().await?;
        }
    }
    let log = log_of(child).await?;
    for line in log.lines() {
        ensure!(line.starts_with("20") && line.contains("Z "), "{line}");
        ensure!(!line.starts_with("2026-12-07T08:00:00.000000Z"), "{line}");
    }
    ensure!(20 < log.lines().count(), "nothing was written: {log}");
    Ok(())
}
