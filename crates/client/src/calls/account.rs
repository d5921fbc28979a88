//! The calls about the person's own account: they need the server at once, and nothing of them is
//! kept here.

use elms_protocol::host::{self, HostError};
use serde_json::Value;

use super::{factor, json, read};
use crate::{
    console::Console,
    http::Trouble,
    run::{Ask, remember_password, sentence, trouble_error},
};

/// Answers the call `name`.
pub(super) async fn answer(console: &Console, name: &str, args: Value) -> Result<Value, HostError> {
    match name {
        "change_password" => change_password(console, read(args)?).await,
        "end_sign_ins" => end_sign_ins(console, read(args)?).await,
        "sign_ins" => sign_ins(console).await,
        "stations" => stations(console).await,
        "set_station" => set_station(console, read(args)?).await,
        _ => factor::answer(console, name, args).await,
    }
}

async fn change_password(
    console: &Console,
    asked: host::ChangePassword,
) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let http = &console.shared.http;
    let changed = http.change_password(&server, &access, &asked).await;
    changed.map_err(wrong_password)?;
    // The old one opens nothing here any more either.
    let account = console.desk()?.card().account;
    remember_password(&console.shared, &server, (&account, &asked.new, None)).await;
    console.ask(Ask::PasswordChanged).await?;
    Ok(Value::Null)
}

async fn sign_ins(console: &Console) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let found = console.shared.http.sign_ins(&server, &access).await;
    match found {
        // A server that keeps no such list knows of none.
        Err(Trouble::Missing) => json(Vec::<host::SignInView>::new()),
        found => json(found.map_err(trouble_error)?),
    }
}

async fn end_sign_ins(console: &Console, asked: host::EndSignIns) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let http = &console.shared.http;
    let ended = http.end_sign_ins(&server, &access, &asked).await;
    ended.map(|()| Value::Null).map_err(trouble_error)
}

async fn stations(console: &Console) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let found = console.shared.http.stations(&server, &access).await;
    let mut rows = found.map_err(no_stations)?;
    let here = console.desk()?.card().station;
    for row in &mut rows {
        row.here = here
            .as_ref()
            .is_some_and(|here| here.fingerprint == row.fingerprint);
    }
    json(rows)
}

async fn set_station(console: &Console, asked: host::SetStation) -> Result<Value, HostError> {
    let (server, access) = console.ask_for(Ask::Pass).await?;
    let http = &console.shared.http;
    let set = http.set_station(&server, &access, &asked).await;
    set.map(|()| Value::Null).map_err(no_station)
}

fn no_station(trouble: Trouble) -> HostError {
    if let Trouble::Missing = trouble {
        let message = "The server does not know this station any more.";
        return sentence("no_station", message);
    }
    trouble_error(trouble)
}

/// A server of another kind or age knows nothing of stations.
fn no_stations(trouble: Trouble) -> HostError {
    if let Trouble::Missing = trouble {
        return sentence("no_stations", "This server does not know its stations.");
    }
    trouble_error(trouble)
}

/// Here the one password that can be wrong is the old one.
fn wrong_password(trouble: Trouble) -> HostError {
    if let Trouble::Refused { status: 401, .. } = trouble {
        return sentence("wrong_password", "The password until now is not right.");
    }
    trouble_error(trouble)
}
