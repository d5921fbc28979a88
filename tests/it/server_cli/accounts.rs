//! Accounts: those of a demo server, and those that an operator makes.

use super::*;

#[tokio::test]
async fn demo_accounts_exist_on_a_demo_server_only() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let demo = ServerProcess::start(dir.path(), 0, &[]).await?;
    let (status, _) = sign_in(&demo.url, OFFICER, DEMO_PASSWORD).await?;
    ensure!(status == 200, "{status}");
    let shown = reqwest::get(format!("{}/api/demo/accounts", demo.url)).await?;
    ensure!(shown.status().as_u16() == 200, "{}", shown.status());
    demo.stop().await?;
    let args = [
        "serve",
        "--data",
        text(dir.path())?,
        "--listen",
        "127.0.0.1:0",
    ];
    let mut real = elms_server(&args)?.spawn()?;
    let url = listening(&mut real).await?;
    let (status, answer) = sign_in(&url, OFFICER, DEMO_PASSWORD).await?;
    ensure!(
        status == 401 && answer["code"] == json!("LOGIN_FAILED"),
        "{answer}"
    );
    let shown = reqwest::get(format!("{url}/api/demo/accounts")).await?;
    ensure!(shown.status().as_u16() == 404, "{}", shown.status());
    Ok(real.kill().await?)
}

#[tokio::test]
async fn a_demo_password_of_its_own_is_kept_and_shown_here_only() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let args = [
        "serve",
        "--demo",
        "--data",
        text(dir.path())?,
        "--listen",
        "127.0.0.1:0",
    ];
    let mut passwords = Vec::new();
    for _ in 0..2 {
        let mut child = elms_server(&args)?.spawn()?;
        let url = listening(&mut child).await?;
        let shown: Value = reqwest::get(format!("{url}/api/demo/accounts"))
            .await?
            .json()
            .await?;
        let password = shown["data"][0]["password"]
            .as_str()
            .context("no password")?
            .to_owned();
        let (status, _) = sign_in(&url, OFFICER, &password).await?;
        ensure!(status == 200, "{status}");
        passwords.push(password);
        child.kill().await?;
    }
    ensure!(
        passwords[0] == passwords[1] && passwords[0].len() == 12,
        "{passwords:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_operator_adds_changes_and_disables_an_account_while_the_server_runs() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    let args = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
    let mut server = elms_server(&args)?.spawn()?;
    let url = listening(&mut server).await?;
    let email = "new@hall.example";
    let user = |what: &[&str], password: &str| -> Result<Command> {
        let mut command = elms_server(&["user"])?;
        command.args(what).args(["--data", data, "--email", email]);
        command.env("ELMS_PASSWORD", password);
        Ok(command)
    };
    let add = [
        "add",
        "--name",
        "Mr New",
        "--role",
        "exams officer",
        "--institution",
        "7",
    ];
    let (added, _, why) = said(&mut user(&add, "first password")?).await?;
    ensure!(added, "{why}");
    let twin = refusal(&mut user(&add, "first password")?).await?;
    ensure!(twin.contains("an account with this address"), "{twin}");
    let weak = refusal(&mut user(&["password"], "short")?).await?;
    ensure!(weak.contains("at least 8 characters"), "{weak}");

    let (status, answer) = sign_in(&url, email, "first password").await?;
    ensure!(status == 200, "{answer}");
    let (changed, _, why) = said(&mut user(&["password"], "second password")?).await?;
    ensure!(changed, "{why}");
    ensure!(
        sign_in(&url, email, "first password").await?.0 == 401,
        "the old one opens"
    );
    let (_, answer) = sign_in(&url, email, "second password").await?;
    let token = answer["data"]["token"]
        .as_str()
        .context("not let in")?
        .to_owned();

    let (disabled, _, why) = said(&mut user(&["disable"], "")?).await?;
    ensure!(disabled, "{why}");
    elms_tests::until("the token is worth nothing", STOP, async || {
        let profile = reqwest::Client::new().get(format!("{url}/api/auth/profile"));
        let answer = profile.bearer_auth(&token).send().await;
        answer.is_ok_and(|answer| answer.status().as_u16() == 401)
    })
    .await?;
    ensure!(
        sign_in(&url, email, "second password").await?.0 == 401,
        "it still opens"
    );
    let (_, list, _) = said(&mut elms_server(&["user", "list", "--data", data])?).await?;
    ensure!(
        list.contains("new@hall.example\tEXAMS_OFFICER\t7\tdisabled"),
        "{list}"
    );
    Ok(server.kill().await?)
}

#[tokio::test]
async fn a_password_may_come_by_standard_input() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = text(dir.path())?;
    let mut command = elms_server(&[
        "user",
        "add",
        "--data",
        data,
        "--email",
        "a@hall.example",
        "--name",
        "Mr A",
        "--role",
        "ADMIN",
        "--institution",
        "1",
    ])?;
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("no stdin")?;
    stdin.write_all(b"a long password\n").await?;
    drop(stdin);
    ensure!(
        timeout(PATIENCE, child.wait()).await??.success(),
        "not added"
    );
    Ok(())
}
