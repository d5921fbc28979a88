//! The whole console against a server of the original kind: it signs in, sees what happens, says
//! what such a server cannot do, and goes on after a cut.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use elms_tests::{
    proxy::{Proxy, Wire},
    station::StationProcess,
    until,
};
use serde_json::{Value, json};

use super::partner::{Partner, Station};

/// The bench: the original, a wire to it, a console, and somebody else who makes things happen.
struct Bench {
    partner: Partner,
    wire: Proxy,
    console: StationProcess,
    other: Station,
}

impl Bench {
    async fn start(dir: &Path) -> Result<Self> {
        let partner = Partner::start().await?;
        let wire = Proxy::start(partner.server.text().trim_end_matches('/')).await?;
        let mut console = StationProcess::start(dir, "OFFICE-1")?;
        let asked = json!({
            "server": wire.url, "email": "kofi@aut.example", "password": "original", "keep": true,
        });
        console.call("sign_in", asked).await?;
        let other = partner.connect().await?;
        Ok(Self {
            partner,
            wire,
            console,
            other,
        })
    }

    /// Something happens, as a service of the original says it.
    fn happens(&self, channel: &str, event: &str, payload: &Value) -> Result<()> {
        self.happens_in("institution:1", channel, event, payload)
    }

    fn happens_in(&self, room: &str, channel: &str, event: &str, payload: &Value) -> Result<()> {
        let publish =
            json!({ "room": room, "channel": channel, "event": event, "payload": payload });
        self.other.say("test:publish", publish)
    }

    /// Waits until the console holds so many events and the line is live.
    async fn holds(&mut self, n: i64) -> Result<Value> {
        let console = &mut self.console;
        let mut last = Value::Null;
        let there = until("the events", Duration::from_secs(20), async || {
            last = console
                .call("status", Value::Null)
                .await
                .unwrap_or_default();
            last.pointer("/link/state") == Some(&json!("live"))
                && last.get("lastSeq") == Some(&json!(n))
        });
        there.await.with_context(|| format!("{n} events: {last}"))?;
        Ok(last)
    }

    /// Nothing else than the original knows was said to it.
    async fn only_words_of_the_original(&self) -> Result<()> {
        let heard = self.other.ask("test:heard", vec![]).await?;
        let known = ["authenticate", "ping", "subscribe", "unsubscribe"];
        let heard = heard.as_array().context("no list")?.iter();
        let mut heard = heard.filter_map(Value::as_str);
        let other = heard.find(|name| !known.contains(name) && !name.starts_with("test:"));
        ensure!(other.is_none(), "it was sent {other:?}");
        Ok(())
    }

    async fn only(&mut self, call: &str) -> Result<Value> {
        let list = self.console.call(call, Value::Null).await?;
        let list = list.as_array().context("no list")?;
        ensure!(list.len() == 1, "{call}: {list:?}");
        list.first().cloned().context("nothing")
    }
}

fn case() -> Value {
    json!({
        "incidentId": 7, "type": "Missing Script", "severity": "high",
        "description": "Student claims script was submitted but not found",
    })
}

/// An event in the spelling of the guide, of the original's server, and of its web client.
const SPELLINGS: [(&str, &str); 3] = [
    ("script_submission", "script:submitted"),
    ("script:submission", "script:verified"),
    ("script_submission", "script_collected"),
];

#[tokio::test]
async fn a_console_follows_an_original_server_and_says_what_that_cannot_do() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut bench = Bench::start(dir.path()).await?;
    let status = bench.holds(0).await?;
    let limits = status.pointer("/server/limits").and_then(Value::as_str);
    ensure!(
        limits.is_some_and(|text| text.contains("takes no entries")),
        "{status}"
    );
    for (number, (channel, event)) in SPELLINGS.into_iter().enumerate() {
        let payload = json!({ "submissionId": number, "batchScriptId": 45, "studentId": 678 });
        bench.happens(channel, event, &payload)?;
    }
    bench.happens("incident", "incident_reported", &case())?;
    let message = json!({ "notificationId": 9, "title": "Hall 4 needs paper", "userId": 7 });
    bench.happens_in("user:7", "notification", "new_notification", &message)?;
    bench.holds(5).await?;
    let review = json!({
        "text": "678", "channels": [], "severities": [], "stations": [], "sittings": [],
        "from": null, "to": null, "lateOnly": false,
    });
    let found = bench.console.call("review", review).await?;
    assert_eq!(found.get("total"), Some(&json!(3)), "{found}");
    let incident = bench.only("incidents").await?;
    assert_eq!(incident.get("severity"), Some(&json!("HIGH")));
    assert_eq!(incident.get("type"), Some(&json!("MISSING_SCRIPT")));
    let shown = bench
        .console
        .call("incident", json!({ "ref": incident.get("ref") }))
        .await?;
    let actions = shown
        .get("actions")
        .and_then(Value::as_array)
        .context("no buttons")?;
    ensure!(!actions.is_empty(), "{shown}");
    for action in actions {
        let reason = action
            .get("reason")
            .and_then(Value::as_str)
            .unwrap_or_default();
        ensure!(reason.contains("takes no entries"), "{action}");
    }
    let notification = bench.only("notifications").await?;
    assert_eq!(
        notification.get("title"),
        Some(&json!("Hall 4 needs paper"))
    );
    bench.only_words_of_the_original().await?;
    bench.partner.all_well()
}

#[tokio::test]
async fn after_a_cut_an_original_server_is_followed_again_and_the_gap_is_said() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut bench = Bench::start(dir.path()).await?;
    bench.holds(0).await?;
    bench.happens("incident", "incident:reported", &case())?;
    bench.holds(1).await?;
    bench.wire.set(Wire::Cut);
    bench.console.cut_off().await?;
    bench.happens("batch_update", "batch:created", &json!({ "batchId": 10 }))?;
    // An answer of the partner shows that what was said before it is over.
    bench.other.ask("test:heard", vec![]).await?;
    bench.wire.set(Wire::Whole);
    bench.console.call("try_now", Value::Null).await?;
    let status = bench.holds(1).await?;
    let warnings = status.get("warnings").context("no warnings")?.to_string();
    ensure!(warnings.contains("does not resend"), "{warnings}");
    let resolved = json!({ "incidentId": 7, "resolution": "It was in the next bundle." });
    bench.happens("incident", "incident:resolved", &resolved)?;
    bench.holds(2).await?;
    let incident = bench.only("incidents").await?;
    assert_eq!(incident.get("status"), Some(&json!("RESOLVED")));
    let Bench {
        console,
        wire,
        other,
        partner,
    } = bench;
    console.stop().await?;
    // What was seen is kept, and a console that starts again goes on by itself.
    let console = StationProcess::start(dir.path(), "OFFICE-1")?;
    let mut bench = Bench {
        partner,
        wire,
        console,
        other,
    };
    bench.holds(2).await?;
    bench.only("incidents").await?;
    bench.happens(
        "incident",
        "incident:reported",
        &json!({ "incidentId": 8, "type": "OTHER" }),
    )?;
    bench.holds(3).await?;
    bench.partner.all_well()
}
