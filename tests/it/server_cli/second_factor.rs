//! Signing in with a second factor: a real console, a real server, and an app that makes codes.

use elms_server::{auth::totp, clock::Clock};
use elms_tests::station::StationProcess;

use super::{logs::log_of, *};

const EMAIL: &str = "office@hall.example";
const PASSWORD: &str = "seal 20418 holds";

/// The code of an app that was set up with this, so many steps from now.
fn code(set_up: &Value, ahead: i64) -> Result<String> {
    let secret = set_up.get("secret").and_then(Value::as_str);
    let secret = data_encoding::BASE32_NOPAD.decode(secret.context("no secret")?.as_bytes())?;
    let step = totp::step(Clock::real_now()).saturating_add(ahead);
    Ok(format!("{:06}", totp::code(&secret, step)))
}

/// The operator's command about the officer.
async fn user(data: &Path, what: &[&str]) -> Result<String> {
    let mut command = elms_server(&["user"])?;
    command
        .args(what)
        .args(["--data", text(data)?, "--email", EMAIL]);
    command.env("ELMS_PASSWORD", PASSWORD);
    let (done, words, why) = said(&mut command).await?;
    ensure!(done, "{what:?}: {why}");
    Ok(words)
}

/// The code with which the operator lets the officer set a second factor up.
async fn letter(data: &Path) -> Result<String> {
    Ok(user(data, &["set-up-code"]).await?.trim().to_owned())
}

/// A server where the office needs a second factor, and its one officer.
async fn office(data: &Path) -> Result<(Child, String)> {
    let add = ["add", "--name", "Mrs Office", "--role", "EXAMS_OFFICER"];
    let add: Vec<&str> = add.into_iter().chain(["--institution", "7"]).collect();
    user(data, &add).await?;
    let mut serve: Command = elms_server(&["serve", "--data", text(data)?])?;
    serve
        .args(["--listen", "127.0.0.1:0", "--log-json"])
        .env("ELMS_OFFICE_SECOND_FACTOR", "true");
    let mut server = serve.spawn()?;
    let url = listening(&mut server).await?;
    Ok((server, url))
}

/// What the console says to a sign-in: nothing when it lets the person in.
async fn come(station: &mut StationProcess, url: &str, code: Option<&str>) -> Result<Value> {
    let asked = json!({
        "server": url, "email": EMAIL, "password": PASSWORD, "keep": true, "code": code,
    });
    match station.call("sign_in", asked).await {
        Ok(_) => Ok(Value::Null),
        Err(error) => {
            let words = error.to_string();
            let (_, answer) = words.split_once(": ").context("no answer")?;
            let answer: Value = serde_json::from_str(answer)?;
            Ok(answer.get("error").cloned().unwrap_or_default())
        }
    }
}

fn is(said: &Value, code: &str) -> Result<()> {
    ensure!(said.get("code") == Some(&json!(code)), "{said}");
    Ok(())
}

#[tokio::test]
async fn an_officer_sets_a_second_factor_up_at_the_door_and_signs_in_with_it_elsewhere()
-> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let (server, url) = office(&data).await?;
    let mut here = StationProcess::start(&dir.path().join("EO-1"), "EO-1")?;
    is(&come(&mut here, &url, None).await?, "set_up_code_needed")?;
    is(
        &come(&mut here, &url, Some("aaaa-bbbb")).await?,
        "code_wrong",
    )?;
    let letter = letter(&data).await?;
    let asked = come(&mut here, &url, Some(&letter)).await?;
    is(&asked, "second_factor_needed")?;
    let set_up = asked.get("setUp").context("nothing to set up")?;
    let rows = set_up.get("picture").and_then(Value::as_array);
    ensure!(rows.is_some_and(|rows| 20 < rows.len()), "no picture");
    is(&come(&mut here, &url, Some("000 00")).await?, "code_wrong")?;
    let first = code(set_up, -1)?;
    let came = come(&mut here, &url, Some(&first)).await?;
    ensure!(came.is_null(), "{came}");
    here.live(0).await?;
    let standing = here.call("second_factor", Value::Null).await?;
    ensure!(standing.get("codesLeft") == Some(&json!(10)), "{standing}");

    let mut there = StationProcess::start(&dir.path().join("EO-2"), "EO-2")?;
    is(&come(&mut there, &url, None).await?, "code_needed")?;
    is(&come(&mut there, &url, Some(&first)).await?, "code_wrong")?;
    let next = code(set_up, 0)?;
    let came = come(&mut there, &url, Some(&next)).await?;
    ensure!(came.is_null(), "{came}");
    there.live(0).await?;
    let recovery = set_up.pointer("/recoveryCodes/0").and_then(Value::as_str);
    let both = json!({ "password": PASSWORD, "code": recovery });
    let refused = there.call("end_second_factor", both).await;
    ensure!(refused.is_err(), "turned off where the role needs it");
    here.stop().await?;
    there.stop().await?;
    let log = log_of(server).await?;
    for words in ["a second factor was set up", "the code is asked for"] {
        ensure!(log.contains(words), "{words}: {log}");
    }
    let secrets = [set_up.get("secret"), set_up.pointer("/recoveryCodes/0")];
    let secrets = secrets.map(|secret| secret.and_then(Value::as_str));
    for secret in [Some(letter.as_str())].into_iter().chain(secrets) {
        let secret = secret.context("no secret")?;
        ensure!(!log.contains(secret), "a secret is in the log");
    }
    Ok(())
}

#[tokio::test]
async fn an_operator_helps_an_officer_whose_telephone_is_gone_and_the_log_says_so() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let (server, url) = office(&data).await?;
    let mut station = StationProcess::start(&dir.path().join("EO-1"), "EO-1")?;
    let first_letter = letter(&data).await?;
    let asked = come(&mut station, &url, Some(&first_letter)).await?;
    let set_up = asked.get("setUp").context("nothing to set up")?;
    let first = code(set_up, 0)?;
    let came = come(&mut station, &url, Some(&first)).await?;
    ensure!(came.is_null(), "{came}");
    station.live(0).await?;
    let words = user(&data, &["reset-second-factor"]).await?;
    ensure!(words.contains("taken away, sign-ins ended"), "{words}");
    // The open line ends, and the next sign-in sets another one up.
    elms_tests::until("the sign-in ends", STOP, async || {
        let status = station.call("status", Value::Null).await;
        let state = status
            .ok()
            .and_then(|told| told.pointer("/link/state").cloned());
        state == Some(json!("auth_required"))
    })
    .await?;
    let again = come(&mut station, &url, Some(&first_letter)).await?;
    is(&again, "code_wrong")?;
    let again = come(&mut station, &url, Some(&letter(&data).await?)).await?;
    is(&again, "second_factor_needed")?;
    station.stop().await?;
    let log = log_of(server).await?;
    ensure!(
        log.contains("the operator took a second factor away"),
        "{log}"
    );
    Ok(())
}
