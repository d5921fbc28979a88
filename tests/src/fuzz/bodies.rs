//! Bodies of the REST routes: whatever comes, the answer is one for the client, and the server goes
//! on. The first byte names the route, the second what stands in its path, the rest is the body.

use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::Value;

use super::{Target, hall::hall, made};

/// A body for any route.
pub(super) const BODIES: Target = Target {
    name: "bodies",
    runs: 1_500,
    feed: bodies,
    words: &[
        "\"type\":",
        "\"OTHER\"",
        "\"severity\":",
        "\"LOW\"",
        "\"title\":",
        "\"description\":",
        "null",
        "{}",
        "[]",
        "true",
        "-1",
        "1e999",
        "9223372036854775808",
        "\"\\u0000\"",
        "[[[[[[[[",
        "\"count\":",
        "\"reason\":",
        "\"status\":",
        "\"command\":",
        "\"input\":",
        "\"sitting\":1",
        "\"studentQRCode\":",
        "\"examEntryId\":1",
        "\"files\":",
        "\"\\ud800\"",
        "\"id\":",
    ],
};

/// What may stand in a path.
const IN_PATH: [&str; 8] = [
    "1",
    "2",
    "INC-26-0001",
    "9223372036854775807",
    "-1",
    "%00",
    "..%2F..",
    "%F0%9F%92%A9",
];

/// The routes that take a body, but those that would end the sign-in that asks.
fn routes() -> Result<&'static Vec<(Method, String)>> {
    static ROUTES: OnceLock<Result<Vec<(Method, String)>, String>> = OnceLock::new();
    made(&ROUTES, || {
        let hall = hall()?;
        let document = hall.runtime.block_on(async {
            let url = format!("{}/api/openapi.json", hall.url);
            hall.http.get(url).send().await?.json::<Value>().await
        })?;
        let paths = document.get("paths").and_then(Value::as_object);
        let routes: Vec<_> = paths.into_iter().flatten().flat_map(of_path).collect();
        ensure!(20 < routes.len(), "only {} routes", routes.len());
        Ok(routes)
    })
}

/// The methods of a path that are taken here.
fn of_path((path, methods): (&String, &Value)) -> Vec<(Method, String)> {
    let ends = path.contains("/auth/") && !path.ends_with("/refresh");
    let methods = methods.as_object().filter(|_| !ends);
    let methods = methods.into_iter().flat_map(|methods| methods.keys());
    methods
        .filter_map(|method| method.to_uppercase().parse().ok())
        .filter(|method| *method != Method::GET)
        .map(|method| (method, path.clone()))
        .collect()
}

fn bodies(bytes: &[u8]) -> Result<()> {
    let [route, place, body @ ..] = bytes else {
        return Ok(());
    };
    let number = |byte: &u8, n: usize| usize::from(*byte).checked_rem(n).unwrap_or(0);
    let routes = routes()?;
    let route = routes.get(number(route, routes.len()));
    let (method, path) = route.context("no such route")?;
    let place = IN_PATH.get(number(place, IN_PATH.len())).copied();
    let path = filled(path, place.unwrap_or_default());
    let hall = hall()?;
    let status = hall.runtime.block_on(async {
        let url = format!("{}{path}", hall.url);
        let ask = hall.http.request(method.clone(), url);
        let ask = ask.bearer_auth(&hall.token);
        let ask = ask.header(CONTENT_TYPE, "application/json");
        let answer = ask.body(body.to_vec()).send().await;
        answer.map(|answer| answer.status())
    });
    let status = status.with_context(|| format!("{method} {path}"))?;
    ensure!(!status.is_server_error(), "{method} {path}: {status}");
    Ok(())
}

/// A path with this in each of its places.
fn filled(path: &str, place: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push_str(place);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    filled + rest
}
