//! What is heard on the line, by name.

use elms_protocol::{
    Event,
    frame::{Pong, Resumed, Resync, Sync},
    names,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Owner, line::Heard, original};
use crate::{
    clock::Exchange,
    session::{Input, Refusal},
};

/// The one event that is in no log.
const TYPING: &str = "incident:typing";

impl Owner {
    pub(super) async fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Admitted => self.feed(Input::Admitted).await,
            Heard::TurnedAway(refusal) => {
                self.line = None;
                self.feed(Input::TurnedAway(refusal)).await;
            }
            Heard::Lost { reason, floor_ms } => {
                self.line = None;
                self.feed(Input::Lost { reason, floor_ms }).await;
            }
            Heard::Said { name, body } => self.said(&name, body).await,
        }
    }

    async fn said(&mut self, name: &str, body: Value) {
        match name {
            "authenticated" => self.authenticated(&body).await,
            "error" => {
                tracing::warn!(code = ?body.get("code"), "the server complains");
                self.feed(Input::Heard).await;
            }
            "subscribed" | "unsubscribed" => self.feed(Input::Heard).await,
            "resumed" => self.told::<Resumed>(name, body, Input::Resumed).await,
            "sync" => self.told::<Sync>(name, body, Input::Sync).await,
            "resync" => {
                self.told::<Resync>(name, body, |resync| Input::Resync(resync.reason))
                    .await;
            }
            "closing" => self.feed(closing(&body)).await,
            "checkpoint" => self.checkpoint(body).await,
            "pong" => self.pong(body).await,
            _channel if body.get("event") == Some(&Value::from(TYPING)) => self.typing(body).await,
            _channel => self.event(body).await,
        }
    }

    /// Feeds a message of ours; one that cannot be read is as bad as a lost one.
    async fn told<T: DeserializeOwned>(
        &mut self,
        name: &str,
        body: Value,
        input: impl FnOnce(T) -> Input,
    ) {
        match serde_json::from_value(body) {
            Ok(read) => self.feed(input(read)).await,
            Err(error) => {
                tracing::warn!(name, %error, "a message of the server is not readable");
                self.feed(Input::Heard).await;
            }
        }
    }

    /// Somebody writes to a case: shown, and kept nowhere.
    async fn typing(&mut self, mut body: Value) {
        let typing = body.get_mut("payload").map(Value::take);
        if let Some(Ok(typing)) = typing.map(serde_json::from_value) {
            self.board.types(typing);
        }
        self.feed(Input::Heard).await;
    }

    async fn authenticated(&mut self, body: &Value) {
        let success = body.get("success") != Some(&Value::Bool(false));
        if !success {
            let refusal = refusal_of(body.get("code").and_then(Value::as_str));
            self.line = None;
            self.feed(Input::TurnedAway(refusal)).await;
        } else if self.session.serves_original() {
            self.feed(Input::IsOriginal).await;
        } else {
            self.feed(Input::Heard).await;
        }
    }

    async fn pong(&mut self, body: Value) {
        let Ok(pong) = serde_json::from_value::<Pong>(body) else {
            // The original's bare answer only shows that it lives.
            self.feed(Input::Heard).await;
            return;
        };
        let heard = self.now().mono;
        let asked = self.pings.iter().position(|(t0, _)| *t0 == pong.t0);
        if let Some((_, sent)) = asked.and_then(|at| self.pings.remove(at)) {
            let Pong { t1, t2, rate, .. } = pong;
            let exchange = Exchange {
                sent,
                heard,
                t1,
                t2,
                rate,
            };
            self.shared.set_clock(|clock| clock.measure(exchange));
        }
        self.feed(Input::Pong {
            high_water: pong.high_water,
            sync: pong.sync,
        })
        .await;
    }

    async fn event(&mut self, body: Value) {
        let event = match serde_json::from_value::<Event>(body.clone()) {
            Ok(event) => Some(canonical(event)),
            Err(_) if self.session.serves_original() => self.of_original(&body).await,
            Err(error) => {
                tracing::error!(%error, "an event is not readable");
                None
            }
        };
        let Some(event) = event else {
            self.feed(Input::Heard).await;
            return;
        };
        self.feed(Input::Event(event.seq)).await;
        let is_critical = crate::notices::is_critical(&event);
        let now = self.now().mono;
        if self.gathered.push(event, now) || is_critical {
            let next = self.write(None).await;
            if let Some(input) = next {
                self.feed(input).await;
            }
        }
    }

    /// An event of an original server: it has no number and no name, so this station gives it both.
    async fn of_original(&mut self, body: &Value) -> Option<Event> {
        let desk = self.desk()?;
        let now = self.now();
        let heard_at = self.shared.clock(|clock| clock.server_or_wall(now));
        let last = desk.known().await.last.max(self.gathered.last());
        let institution = desk.card().account.institution;
        original::numbered(body, (last, institution, heard_at))
    }
}

/// The event in the guide's spelling, whichever the server used.
fn canonical(mut event: Event) -> Event {
    let channel = names::canonical_channel(&event.channel);
    if channel != event.channel {
        event.channel = channel.to_owned();
    }
    let name = names::canonical_event(&event.event);
    if name != event.event {
        event.event = name.to_owned();
    }
    event
}

/// What a refusal's code means.
pub(super) fn refusal_of(code: Option<&str>) -> Refusal {
    match code {
        Some("TOKEN_EXPIRED") => Refusal::Expired,
        Some("INVALID_TOKEN" | "MISSING_TOKEN" | "AUTHENTICATION_REQUIRED") | None => {
            Refusal::Invalid
        }
        Some(other) => Refusal::Other(format!("The server does not let this station in: {other}.")),
    }
}

fn closing(body: &Value) -> Input {
    let reason = body
        .get("reason")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let floor = ["retryAfterMs", "afterMs", "withinMs"];
    let floor = floor
        .iter()
        .find_map(|name| body.get(name).and_then(Value::as_i64));
    Input::Closing {
        reason,
        floor_ms: floor.unwrap_or(0),
    }
}
