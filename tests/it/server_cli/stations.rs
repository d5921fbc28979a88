//! Stations that are paired and suspended while people work at them.

use elms_tests::station::StationProcess;

use super::*;

/// The operator's command about stations.
async fn station(data: &Path, what: &[&str]) -> Result<String> {
    let mut command = elms_server(&["station"])?;
    command.args(what).args(["--data", text(data)?]);
    let (done, words, why) = said(&mut command).await?;
    ensure!(done, "{what:?}: {why}");
    Ok(words)
}

/// A demo server that takes paired stations only.
async fn strict(data: &Path) -> Result<(Child, String)> {
    let mut serve: Command = elms_server(&["serve", "--demo", "--data", text(data)?])?;
    serve
        .args(["--listen", "127.0.0.1:0"])
        .env("ELMS_DEMO_PASSWORD", DEMO_PASSWORD)
        .env("ELMS_STATIONS", "paired");
    let mut server = serve.spawn()?;
    let url = listening(&mut server).await?;
    Ok((server, url))
}

/// What the refusal of a sign-in says.
async fn refused(hall: &mut StationProcess, url: &str) -> Result<String> {
    let refused = hall.sign_in(url, OFFICER).await;
    Ok(refused.err().context("let in")?.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_pairs_a_station_and_suspends_it_while_somebody_works_there() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let (mut server, url) = strict(&data).await?;
    let mut hall = StationProcess::start(&dir.path().join("hall"), "GH-A")?;
    let why = refused(&mut hall, &url).await?;
    let list = station(&data, &["list"]).await?;
    let fields: Vec<&str> = list.trim().split('\t').collect();
    ensure!(fields.get(1..3) == Some(&["GH-A", "waiting"]), "{list}");
    let fingerprint = *fields.first().context("no fingerprint")?;
    ensure!(why.contains(&format!("pair {fingerprint}.")), "{why}");
    // Another client, without a key.
    let (status, answer) = sign_in(&url, OFFICER, DEMO_PASSWORD).await?;
    ensure!(
        status == 403 && answer["code"] == json!("STATION_NOT_PAIRED"),
        "{answer}"
    );

    station(&data, &["pair", fingerprint]).await?;
    hall.sign_in(&url, OFFICER).await?;
    hall.live(0).await?;

    station(&data, &["suspend", fingerprint]).await?;
    elms_tests::until("nobody works there", STOP, async || {
        let status = hall.call("status", Value::Null).await;
        status.is_ok_and(|status| status["link"]["state"] == json!("auth_required"))
    })
    .await?;
    let why = refused(&mut hall, &url).await?;
    ensure!(why.contains("This station was suspended."), "{why}");

    station(&data, &["restore", fingerprint]).await?;
    hall.sign_in(&url, OFFICER).await?;
    hall.live(0).await?;
    hall.stop().await?;
    let mut pair = elms_server(&["station", "pair", "7c1f"])?;
    let nobody = refusal(pair.args(["--data", text(&data)?])).await?;
    ensure!(
        nobody.contains("no station with this fingerprint"),
        "{nobody}"
    );
    Ok(server.kill().await?)
}
