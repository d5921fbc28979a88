//! The calls that the user interface makes: each is handed to the client as it came.
//!
//! There is one table of calls, [`CALLS`]: the build gives each a permission of its own, and Tauri
//! has checked it before a call arrives here. A call's arguments are the message itself:
//! `invoke("incident", { id })`.

use elms_protocol::host::{CALLS, HostError};
use serde_json::Value;
use tauri::ipc::{Invoke, InvokeBody, InvokeError};
use tauri::{AppHandle, Manager as _};

use crate::shell::Shell;
use crate::station::{self, refused};
use crate::window;

/// Answers one call, later; `false` when there is none of that name.
pub(crate) fn answer(invoke: Invoke) -> bool {
    let Some(name) = CALLS.iter().find(|name| **name == invoke.message.command()) else {
        return false;
    };
    let arguments = arguments(invoke.message.payload());
    let app = invoke.message.webview_ref().app_handle().clone();
    if *name == "describe_station" {
        invoke.resolver.respond_async(async move {
            describe(&app, arguments).await.map_err(InvokeError::from)
        });
        return true;
    }
    if *name == "log_lines" {
        let lines = crate::logs::last(&app.state::<Shell>().folder);
        invoke.resolver.resolve(lines);
        return true;
    }
    if *name == "open_window" {
        invoke.resolver.respond_async(async move {
            window::beside(&app, &arguments).map_err(InvokeError::from)
        });
        return true;
    }
    invoke.resolver.respond_async(async move {
        if *name == "status" {
            crate::try_again(&app).await;
        }
        let shell = app.state::<Shell>();
        shell.call(name, arguments).await.map_err(InvokeError::from)
    });
    true
}

/// Keeps what was said of the station, and tells the client: it holds at once. A variable of the
/// start still wins.
async fn describe(app: &AppHandle, arguments: Value) -> Result<Value, HostError> {
    let shell = app.state::<Shell>();
    let console = shell.console().map_err(refused)?;
    if console.status().await?.locked {
        return Err(refused("This station is locked."));
    }
    let said = serde_json::from_value(arguments).map_err(refused)?;
    station::describe(&shell.folder, said)?;
    let known = station::Station::read(&shell.folder, |name| std::env::var(name).ok());
    let known = known.map_err(refused)?;
    console.set_station(known.named(shell.hosted().await));
    Ok(Value::Null)
}

/// What a call was given; a call without arguments is given nothing.
fn arguments(payload: &InvokeBody) -> Value {
    match payload {
        InvokeBody::Json(value) => value.clone(),
        InvokeBody::Raw(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_window_may_make_every_call_of_the_table_and_no_other() {
        let text = include_str!("../../tauri.conf.json");
        let configuration: Value = serde_json::from_str(text).unwrap();
        let capabilities = configuration["app"]["security"]["capabilities"]
            .as_array()
            .unwrap();
        let allowed: BTreeSet<String> = capabilities
            .iter()
            .flat_map(|capability| capability["permissions"].as_array().unwrap())
            .map(|permission| permission.as_str().unwrap().to_owned())
            .filter(|permission| !permission.starts_with("core:"))
            .collect();
        let permission = |name: &&str| format!("allow-{}", name.replace('_', "-"));
        assert_eq!(allowed, CALLS.iter().map(permission).collect());
    }
}
