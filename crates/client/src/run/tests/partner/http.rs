//! What the partner says over HTTP.

use elms_protocol::{
    InstitutionId,
    station::{StationProof, renews},
};
use serde_json::{Value, json};
use tokio::{io::AsyncReadExt as _, net::TcpStream};

use super::{Partner, World, cursor};

impl Partner {
    pub(super) fn answer(&self, head: &str, body: &str) -> (u16, &'static str, String) {
        let mut world = self.world();
        if world.html {
            return (
                200,
                "text/html",
                "<html>Welcome to Campus Wi-Fi</html>".to_owned(),
            );
        }
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let path = head.split_whitespace().nth(1).unwrap_or_default();
        let (status, answer) = match path {
            "/healthz" => (200, json!({"status": "ok", "demo": false})),
            "/api/auth/station-challenge" if !world.keyless && !world.original => {
                (200, json!({"success": true, "data": {"challenge": "c-1"}}))
            }
            "/api/auth/login" if body["password"] == "right" => {
                note_key(&mut world, &body);
                (200, grant(&mut world, &body))
            }
            "/api/auth/change-password" if body["currentPassword"] == "right" => {
                (200, json!({"success": true, "data": null}))
            }
            "/api/auth/login" | "/api/auth/change-password" => {
                (401, json!({"success": false, "code": "LOGIN_FAILED"}))
            }
            "/api/auth/refresh" if world.refuse_refresh => {
                (401, json!({"success": false, "code": "INVALID_TOKEN"}))
            }
            "/api/auth/refresh" if is_stolen(&world, &body) => {
                world.stolen += 1;
                (401, json!({"success": false, "code": "INVALID_TOKEN"}))
            }
            "/api/auth/refresh" => {
                let used = body["refreshToken"].as_str().unwrap().to_owned();
                world.refreshed.push(used);
                (200, grant(&mut world, &body))
            }
            "/api/auth/logout" => (200, json!({"success": true})),
            "/api/sync/snapshot" if !world.original => (200, snapshot(&world)),
            _ if path.starts_with("/api/sync/events?") => {
                world.stretches += 1;
                (200, stretch(&world, path))
            }
            _ => (404, json!({"success": false})),
        };
        (status, "application/json", answer.to_string())
    }
}

/// The station shows a key and has signed with it.
fn note_key(world: &mut World, asked: &Value) {
    let shown: Option<StationProof> = serde_json::from_value(asked["station"].clone()).unwrap();
    let Some(shown) = shown else { return };
    assert_eq!(shown.challenge, "c-1");
    let key = shown.judge(asked["email"].as_str().unwrap()).unwrap();
    world.keys.insert(key.to_string());
}

/// Whether a refresh token comes without the key of a station that has signed in.
fn is_stolen(world: &World, asked: &Value) -> bool {
    let (token, proof) = (asked["refreshToken"].as_str(), asked["proof"].as_str());
    let shows = |key: &String| renews(&key.parse().unwrap(), token.unwrap(), proof.unwrap_or(""));
    !world.keys.is_empty() && !world.keys.iter().any(shows)
}

/// The tokens of Esi, or of Kofi when it is he who asks.
fn grant(world: &mut World, asked: &Value) -> Value {
    let (id, first) = match asked["email"].as_str() {
        Some("kofi@tug") => (4, "Kofi"),
        _ => (3, "Esi"),
    };
    let email = format!("{}@tug", first.to_lowercase());
    world.grants += 1;
    let n = world.grants;
    json!({"success": true, "data": {
        "token": format!("access-{n}"), "refreshToken": format!("refresh-{n}"), "expiresIn": 900,
        "user": {"id": id, "email": email, "firstName": first, "lastName": "Boateng",
            "role": "EXAMS_OFFICER", "institutionId": 1, "mustChangePassword": world.first_password},
        "primaryRole": "EXAMS_OFFICER", "roles": ["EXAMS_OFFICER"]}})
}

fn snapshot(world: &World) -> Value {
    let seq = i64::try_from(world.log.len()).unwrap();
    json!({"cursor": cursor(seq), "records": world.records, "actor": {
        "user": 3, "name": "Esi Boateng", "institution": InstitutionId(1),
        "roles": ["EXAMS_OFFICER"], "faculty": null, "department": null, "station": null}})
}

/// The events that a path with `after` and `limit` asks for.
fn stretch(world: &World, path: &str) -> Value {
    let number = |name: &str| {
        let (_, rest) = path.split_once(name).unwrap();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().unwrap()
    };
    let events = world
        .log
        .iter()
        .skip(number("after="))
        .take(number("limit="));
    json!({"success": true, "data": {"events": events.collect::<Vec<_>>(), "epoch": cursor(0).epoch}})
}

/// Reads one HTTP request: its head and its body.
pub(super) async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.trim().parse::<usize>().ok())?
            });
            if length.unwrap_or(0) <= body.len() {
                return Some((head.to_owned(), body.to_owned()));
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(n) if 0 < n => bytes.extend_from_slice(&more[..n]),
            _ => return None,
        }
    }
}
