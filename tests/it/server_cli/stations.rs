//! Stations that are paired and suspended while people work at them.

use elms_protocol::{InstitutionId, host::StationRow};
use elms_server::{
    ledger::{Item, Ledger},
    store::StoreError,
};
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
    ensure!(why.contains(&format!("for {fingerprint}.")), "{why}");
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

/// The officer, as others see her.
const OFFICERS_NAME: &str = "Mrs Adjoa Mensah-Bonsu";
/// A chief invigilator: no officer.
const CHIEF: &str = "fiifi.quansah@aut.example";
const CHIEFS_NAME: &str = "Dr Fiifi Quansah";
const FINGERPRINT: &str = "/payload/fingerprint";

/// What the log says of the keys of stations: the name of the event, the station, and who.
fn told(data: &Path) -> Result<Vec<[String; 3]>> {
    let mut told = Vec::new();
    Ledger::open(data)?.walk(InstitutionId(1), |item| {
        let body = match item {
            Item::Event(entry) => entry.body.unwrap_or_default(),
            Item::Checkpoint(_) => String::new(),
        };
        let event: Value = serde_json::from_str(&body).unwrap_or_default();
        if event.pointer(FINGERPRINT).is_some() {
            let text = |name| event.pointer(name).and_then(Value::as_str);
            let fields = ["/event", "/payload/station", "/payload/by"];
            told.push(fields.map(|name| text(name).unwrap_or("-").to_owned()));
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(told)
}

/// The log taken out and checked, as an appeal board does.
async fn check(dir: &Path, data: &Path) -> Result<String> {
    let bundle = dir.join("log.elmslog");
    let mut export = elms_server(&["export", "--institution", "1", "--signed", "--data"])?;
    export.arg(data).args(["-o", text(&bundle)?]);
    let (exported, _, why) = said(&mut export).await?;
    ensure!(exported, "{why}");
    let (_, unpinned, _) = said(&mut elms_server(&["verify", text(&bundle)?])?).await?;
    let key = unpinned.split("with the key ").nth(1);
    let key = key.and_then(|rest| rest.split_whitespace().next());
    let mut verify = elms_server(&["verify", text(&bundle)?])?;
    verify.args(["--pin", key.context("no key")?]);
    let (sound, verdict, why) = said(&mut verify).await?;
    ensure!(sound, "{verdict}{why}");
    Ok(std::fs::read_to_string(&bundle)?)
}

/// The station of this code as the office sees it: how it stands, and its fingerprint.
async fn row(office: &mut StationProcess, code: &str) -> Result<(String, String)> {
    let rows: Vec<StationRow> =
        serde_json::from_value(office.call("stations", Value::Null).await?)?;
    let found = rows
        .into_iter()
        .find(|row| row.code.as_deref() == Some(code));
    let found = found.context("it is not in the list")?;
    let here = if found.here { " here" } else { "" };
    Ok((
        format!("{}{here}", found.standing.text()),
        found.fingerprint,
    ))
}

async fn set(office: &mut StationProcess, key: &str, standing: &str) -> Result<()> {
    let asked = json!({ "fingerprint": key, "standing": standing });
    office.call("set_station", asked).await.map(drop)
}

/// A station asks, the office is called and lets it in, and it works there.
async fn let_in(
    office: &mut StationProcess,
    hall: &mut StationProcess,
    url: &str,
) -> Result<String> {
    let why = hall.sign_in(url, CHIEF).await.err().context("let in")?;
    ensure!(why.to_string().contains("\"station_waits\""), "{why}");
    elms_tests::until("the office is called", PATIENCE, async || {
        let told = office.call("notifications", Value::Null).await;
        told.is_ok_and(|told| told.to_string().contains("Station GH-A asks to be let in"))
    })
    .await?;
    let (stands, key) = row(office, "GH-A").await?;
    ensure!(stands == "waiting", "{stands}");
    set(office, &key, "paired").await?;
    hall.sign_in(url, CHIEF).await?;
    hall.live(0).await?;
    let status = hall.call("status", Value::Null).await?;
    let here = |name| status.pointer(name).and_then(Value::as_str);
    let (here, by) = (here("/station/key/fingerprint"), here("/station/key/by"));
    ensure!(here == Some(&*key) && by == Some(OFFICERS_NAME), "{status}");
    Ok(key)
}

/// Whoever is in a hall says nothing about stations, and nobody shuts themselves out.
async fn nobody_else_says(office: &mut StationProcess, hall: &mut StationProcess) -> Result<()> {
    let why = hall.call("stations", Value::Null).await.err();
    let why = why.context("the hall sees the stations")?.to_string();
    ensure!(why.contains("Your role does not allow this"), "{why}");
    let (stands, own) = row(office, "EO").await?;
    ensure!(stands == "paired here", "{stands}");
    let why = set(office, &own, "suspended").await.err();
    let why = why.context("the own station was suspended")?.to_string();
    ensure!(why.contains("You sit at this station."), "{why}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_lets_a_station_in_and_the_signed_log_says_so_once() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let data = dir.path().join("server");
    let (mut server, url) = strict(&data).await?;
    let mut office = StationProcess::start(&dir.path().join("office"), "EO")?;
    let mut hall = StationProcess::start(&dir.path().join("hall"), "GH-A")?;
    refused(&mut office, &url).await?;
    let list = station(&data, &["list"]).await?;
    let first = list.split('\t').next().context("no station")?;
    station(&data, &["pair", first]).await?;
    office.sign_in(&url, OFFICER).await?;
    office.live(0).await?;

    let key = &let_in(&mut office, &mut hall, &url).await?;
    nobody_else_says(&mut office, &mut hall).await?;
    set(&mut office, key, "suspended").await?;
    elms_tests::until("nobody works there", STOP, async || {
        let status = hall.call("status", Value::Null).await;
        status.is_ok_and(|status| status["link"]["state"] == json!("auth_required"))
    })
    .await?;
    // The server dies with the answer; what the operator does then waits for the next one.
    set(&mut office, key, "paired").await?;
    server.kill().await?;
    station(&data, &["suspend", key, "--institution", "1"]).await?;
    for _ in 0..2 {
        let (mut again, _) = strict(&data).await?;
        elms_tests::until("the log is told", PATIENCE, async || {
            told(&data).is_ok_and(|told| told.len() == 7)
        })
        .await?;
        again.kill().await?;
    }
    let (officer, chief, nobody) = (OFFICERS_NAME, CHIEFS_NAME, "-");
    let expected = [
        ["station:waiting", "EO", officer],
        ["station:paired", "EO", nobody],
        ["station:waiting", "GH-A", chief],
        ["station:paired", "GH-A", officer],
        ["station:suspended", "GH-A", officer],
        ["station:paired", "GH-A", officer],
        ["station:suspended", "GH-A", nobody],
    ];
    ensure!(told(&data)? == expected, "{:?}", told(&data)?);
    let bundle = check(dir.path(), &data).await?;
    ensure!(
        bundle.matches("\"station:suspended\"").count() == 2,
        "{bundle}"
    );
    Ok(())
}
