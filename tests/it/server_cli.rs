//! `elms-server` as scripts and operators use it.

mod accounts;
mod alarm;
mod encrypted;
mod import;
mod logs;
pub(crate) mod proving;
mod release;
mod second_factor;
mod station_key;
mod stations;

use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_tests::process::{DEMO_PASSWORD, ServerProcess, binary};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// The longest that anything may take here.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the server may take to stop.
const STOP: Duration = Duration::from_secs(5);
/// An officer of the demo institution.
const OFFICER: &str = "adjoa.mb@aut.example";

/// `elms-server` with these arguments and no settings of whoever runs the tests.
pub(crate) fn elms_server(args: &[&str]) -> Result<Command> {
    let mut command = Command::new(binary("elms-server")?);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ELMS_")) {
        command.env_remove(name);
    }
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok(command)
}

/// The text of a path.
pub(crate) fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path is no text")
}

/// What a command that ends by itself has said, and whether it was content.
async fn said(command: &mut Command) -> Result<(bool, String, String)> {
    let output = timeout(PATIENCE, command.output())
        .await
        .context("it does not end")??;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok((
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    ))
}

/// The sentence of a server that cannot start.
async fn refusal(command: &mut Command) -> Result<String> {
    let (content, stdout, stderr) = said(command).await?;
    ensure!(!content, "it started: {stdout}");
    ensure!(stdout.is_empty(), "it said on stdout: {stdout}");
    Ok(stderr)
}

/// Waits for the promised line and tells the address.
async fn listening(child: &mut Child) -> Result<String> {
    let stdout = child.stdout.take().context("no stdout")?;
    let mut lines = BufReader::new(stdout).lines();
    let line = timeout(PATIENCE, lines.next_line())
        .await
        .context("no line")??;
    let line = line.context("it ended before its line")?;
    child.stdout = Some(lines.into_inner().into_inner());
    let url = line.strip_prefix("listening on ").context("another line")?;
    Ok(url.to_owned())
}

async fn sign_in(url: &str, email: &str, password: &str) -> Result<(u16, Value)> {
    let body = json!({ "email": email, "password": password });
    let url = format!("{url}/api/auth/login");
    let answer = reqwest::Client::new().post(url).json(&body).send().await?;
    Ok((answer.status().as_u16(), answer.json().await?))
}

#[tokio::test]
async fn a_server_says_one_line_makes_its_directory_and_stops_on_a_signal() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("deep").join("data");
    let mut child =
        elms_server(&["serve", "--data", text(&data)?, "--listen", "127.0.0.1:0"])?.spawn()?;
    let url = listening(&mut child).await?;
    let health: Value = reqwest::get(format!("{url}/healthz")).await?.json().await?;
    ensure!(health["demo"] == json!(false), "{health}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&data)?.permissions().mode();
        ensure!(mode & 0o777 == 0o700, "mode {mode:o}");
    }
    // A connection that stays open does not hold it up.
    let held = tokio::net::TcpStream::connect(url.trim_start_matches("http://")).await?;
    let pid = child.id().context("gone")?.to_string();
    ensure!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .await?
            .success(),
        "no signal"
    );
    let status = timeout(STOP, child.wait())
        .await
        .context("still there after 5 s")??;
    ensure!(status.success(), "{status}");
    drop(held);
    let mut rest = String::new();
    child
        .stdout
        .take()
        .context("no stdout")?
        .read_to_string(&mut rest)
        .await?;
    ensure!(rest.is_empty(), "more on stdout: {rest}");
    let mut log = String::new();
    child
        .stderr
        .take()
        .context("no stderr")?
        .read_to_string(&mut log)
        .await?;
    ensure!(log.contains("stopping"), "{log}");
    Ok(())
}

#[tokio::test]
async fn a_hosted_server_stops_when_its_console_is_gone() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let args = [
        "serve",
        "--data",
        text(dir.path())?,
        "--listen",
        "127.0.0.1:0",
    ];
    let mut command = elms_server(&args)?;
    let mut child = command
        .arg("--until-stdin-closes")
        .stdin(Stdio::piped())
        .spawn()?;
    listening(&mut child).await?;
    drop(child.stdin.take());
    let status = timeout(STOP, child.wait())
        .await
        .context("still there after 5 s")??;
    ensure!(status.success(), "{status}");
    Ok(())
}

#[tokio::test]
async fn what_keeps_a_server_from_starting_is_said_in_a_sentence() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let server = ServerProcess::start(&dir.path().join("data"), 0, &[]).await?;
    let (data, port) = (dir.path().join("data"), server.port()?);
    let serve = |data: &Path, listen: &str| -> Result<Command> {
        elms_server(&["serve", "--data", text(data)?, "--listen", listen])
    };
    let taken = refusal(&mut serve(&data, "127.0.0.1:0")?).await?;
    ensure!(
        taken.contains("another server is using the data directory"),
        "{taken}"
    );

    let other = dir.path().join("other");
    let in_use = refusal(&mut serve(&other, &format!("127.0.0.1:{port}"))?).await?;
    ensure!(
        in_use.contains(&format!("cannot listen on 127.0.0.1:{port}")),
        "{in_use}"
    );

    let file = dir.path().join("file");
    std::fs::write(&file, "no directory")?;
    let no_dir = refusal(&mut serve(&file, "127.0.0.1:0")?).await?;
    ensure!(no_dir.contains("cannot be used"), "{no_dir}");

    for name in ["log.db", "accounts.db"] {
        let broken = dir.path().join(format!("broken {name}"));
        std::fs::create_dir(&broken)?;
        std::fs::write(
            broken.join(name),
            "this is no database at all, and long enough",
        )?;
        let corrupt = refusal(&mut serve(&broken, "127.0.0.1:0")?).await?;
        ensure!(corrupt.contains("cannot be opened"), "{corrupt}");
        ensure!(corrupt.contains("not a database"), "{corrupt}");
    }
    server.stop().await
}

#[tokio::test]
async fn a_setting_that_is_not_known_is_an_error() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    let mut command = elms_server(&["serve", "--data", data, "--listen", "127.0.0.1:0"])?;
    let variable = refusal(command.env("ELMS_ACESS_SECONDS", "60")).await?;
    ensure!(
        variable.contains("ELMS_ACESS_SECONDS is not a setting"),
        "{variable}"
    );

    let file = dir.path().join("server.toml");
    std::fs::write(&file, "acess_seconds = 60\n")?;
    let mut command = elms_server(&["serve", "--data", data, "--config", text(&file)?])?;
    let key = refusal(&mut command).await?;
    ensure!(key.contains("unknown field `acess_seconds`"), "{key}");

    let nowhere = refusal(&mut elms_server(&["serve"])?).await?;
    ensure!(nowhere.contains("--data DIR"), "{nowhere}");
    let mut weak = elms_server(&["serve", "--data", data, "--demo", "--listen", "127.0.0.1:0"])?;
    let weak = refusal(weak.env("ELMS_DEMO_PASSWORD", "short")).await?;
    ensure!(weak.contains("ELMS_DEMO_PASSWORD"), "{weak}");
    Ok(())
}

#[tokio::test]
async fn logs_hold_no_address_no_password_and_no_token() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let args = ["serve", "--demo", "--log-json", "--data", text(dir.path())?];
    let mut command = elms_server(&args)?;
    command
        .args(["--listen", "127.0.0.1:0"])
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
    let mut child = command.env("ELMS_LOG", "debug").spawn()?;
    let url = listening(&mut child).await?;
    let (_, answer) = sign_in(&url, OFFICER, DEMO_PASSWORD).await?;
    let token = answer["data"]["token"]
        .as_str()
        .context("not let in")?
        .to_owned();
    sign_in(&url, "somebody.else@aut.example", "a wrong password").await?;
    let report = json!({ "type": "OTHER", "description": "canary in the hall" });
    let sent = reqwest::Client::new()
        .post(format!("{url}/api/incidents"))
        .bearer_auth(&token);
    ensure!(
        sent.json(&report).send().await?.status().as_u16() == 201,
        "not reported"
    );
    let pid = child.id().context("gone")?.to_string();
    ensure!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .await?
            .success(),
        "no signal"
    );
    let output = timeout(PATIENCE, child.wait_with_output()).await??;
    let log = String::from_utf8(output.stderr)?;
    for secret in [
        OFFICER,
        DEMO_PASSWORD,
        &token,
        "somebody.else",
        "a wrong password",
        "canary",
    ] {
        ensure!(!log.contains(secret), "{secret} in {log}");
    }
    let lines = log
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Value>, _>>()?;
    let reported = lines.iter().map(|line| &line["fields"]).find(|fields| {
        fields["route"] == json!("/api/incidents") && fields["status"] == json!(201)
    });
    let reported = reported.context("no line about the report")?;
    ensure!(
        reported["user.id"] == json!(3) && reported["institution.id"] == json!(1),
        "{reported}"
    );
    Ok(())
}

#[tokio::test]
async fn the_demo_day_is_played_faster_and_goes_on_after_a_restart() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let args = [
        "demo",
        "--speed",
        "1000",
        "--from",
        "09:30",
        "--data",
        text(dir.path())?,
    ];
    let mut heads = Vec::new();
    for _ in 0..2 {
        let mut command = elms_server(&args)?;
        command
            .args(["--listen", "127.0.0.1:0"])
            .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD);
        let mut child = command.spawn()?;
        let url = listening(&mut child).await?;
        let officer = elms_tests::rest::Rest::sign_in(&url, OFFICER).await?;
        let before = heads.last().copied().unwrap_or(60);
        elms_tests::until("the day goes on", PATIENCE, async || {
            officer.head().await.is_ok_and(|head| before < head)
        })
        .await?;
        heads.push(officer.head().await?);
        let pid = child.id().context("gone")?.to_string();
        Command::new("kill").args(["-TERM", &pid]).status().await?;
        let status = timeout(STOP, child.wait())
            .await
            .context("still there after 5 s")??;
        ensure!(status.success(), "{status}");
    }
    Ok(())
}
