//! The subscribers: connections that are signed in and listen.

use std::rc::Rc;

use anyhow::{Context as _, Result, bail, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::{
    net::TcpStream,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

use super::{
    PATIENCE, Plan,
    peer::{MARK, Peer, rooms},
    tally::Tally,
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Everybody who listens. They leave with this value.
#[derive(Debug)]
pub(super) struct Crowd {
    pub(super) tally: Rc<Tally>,
    /// What the first of them is to say.
    says: UnboundedSender<String>,
    _members: JoinSet<()>,
}

impl Crowd {
    /// Brings them in, one after another.
    pub(super) async fn enter(peer: &Peer, plan: &Plan) -> Result<Self> {
        let tally = Rc::new(Tally::default());
        let (says, said) = unbounded_channel();
        let mut said = Some(said);
        let mut members = JoinSet::new();
        for number in 0..plan.subscribers {
            let entered = tokio::time::timeout(PATIENCE, enter(peer, number, plan.rooms));
            let socket = entered.await.context("not let in in time")??;
            let (tally, said) = (Rc::clone(&tally), said.take());
            members.spawn_local(listen(socket, tally, said));
        }
        Ok(Self {
            tally,
            says,
            _members: members,
        })
    }

    /// The first of them says something.
    pub(super) fn say(&self, frame: String) -> Result<()> {
        self.says
            .send(frame)
            .context("the first subscriber has left")
    }
}

async fn enter(peer: &Peer, number: usize, n_rooms: usize) -> Result<Socket> {
    // A thousand of the usual buffers of 128 KiB would be most of this process.
    let small = WebSocketConfig::default().read_buffer_size(8 * 1_024);
    let url = peer.socket_url();
    let connector = peer.connector();
    let (mut socket, _) = connect_async_tls_with_config(url, Some(small), true, connector).await?;
    hear(&mut socket, "0{").await?;
    socket.send(Message::text(peer.hello(number))).await?;
    hear(&mut socket, r#"42["authenticated","#).await?;
    if 0 < n_rooms {
        let rooms = rooms(n_rooms)?;
        let subscribe = serde_json::json!(["subscribe", { "rooms": rooms }]);
        socket.send(Message::text(format!("42{subscribe}"))).await?;
        let answer = hear(&mut socket, r#"42["subscribed","#).await?;
        ensure!(!answer.contains(r#""denied":[""#), "denied: {answer}");
    }
    Ok(socket)
}

/// Waits for a frame that begins so.
async fn hear(socket: &mut Socket, beginning: &str) -> Result<String> {
    loop {
        match socket.next().await.context("closed")?? {
            Message::Text(text) if text.starts_with(beginning) => {
                return Ok(text.as_str().to_owned());
            }
            Message::Text(text) if text.starts_with("44") => bail!("turned away: {text}"),
            Message::Close(_) => bail!("closed before {beginning}"),
            Message::Text(_)
            | Message::Binary(_)
            | Message::Ping(_)
            | Message::Pong(_)
            | Message::Frame(_) => {}
        }
    }
}

/// Counts what arrives, until the connection or the crowd is gone.
async fn listen(mut socket: Socket, tally: Rc<Tally>, mut said: Option<UnboundedReceiver<String>>) {
    let mut last = None;
    loop {
        let heard = tokio::select! {
            heard = socket.next() => heard,
            Some(frame) = next(&mut said) => {
                if socket.send(Message::text(frame)).await.is_err() {
                    return;
                }
                continue;
            }
        };
        let Some(Ok(Message::Text(text))) = heard else {
            return;
        };
        if let Some(number) = marked(&text) {
            tally.received((number, text.len()), &mut last);
        } else if text.as_str() == "2" && socket.send(Message::text("3")).await.is_err() {
            return;
        }
    }
}

async fn next(said: &mut Option<UnboundedReceiver<String>>) -> Option<String> {
    match said {
        Some(said) => said.recv().await,
        None => std::future::pending().await,
    }
}

/// The number of the event in an event's frame; acknowledgements and all else have none.
fn marked(frame: &str) -> Option<usize> {
    let event = frame.strip_prefix("42[")?;
    let (_, rest) = event.split_once(MARK)?;
    rest.split_once('.')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_an_event_is_found_without_parsing_it() {
        let frame = format!(r#"42["exam_logistics",{{"text":"{MARK}17. Water"}}]"#);
        assert_eq!(marked(&frame), Some(17));
        assert_eq!(marked(r#"431[{"outcome":"applied"}]"#), None);
    }
}
