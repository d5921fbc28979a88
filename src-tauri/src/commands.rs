//! The calls that the user interface makes: each is handed to the client as it came.
//!
//! There is one table of calls, [`CALLS`]: the build gives each a permission of its own, and Tauri
//! has checked it before a call arrives here. A call's arguments are the message itself:
//! `invoke("incident", { id })`.

use elms_protocol::host::CALLS;
use serde_json::Value;
use tauri::Manager as _;
use tauri::ipc::{Invoke, InvokeBody, InvokeError};

use crate::shell::Shell;
use crate::station;
use crate::window;

/// Answers one call, later; `false` when there is none of that name.
pub(crate) fn answer(invoke: Invoke) -> bool {
    let Some(name) = CALLS.iter().find(|name| **name == invoke.message.command()) else {
        return false;
    };
    let arguments = arguments(invoke.message.payload());
    let app = invoke.message.webview_ref().app_handle().clone();
    if *name == "describe_station" {
        let kept = station::describe(&app.state::<Shell>().folder, &arguments);
        match kept {
            Ok(()) => invoke.resolver.resolve(Value::Null),
            Err(error) => invoke.resolver.invoke_error(InvokeError::from(error)),
        }
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
