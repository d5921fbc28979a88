//! The open connection: a task that reads and writes the socket, and the two queues to it.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use elms_protocol::{
    frame::Connect,
    wire::{EnginePacket, SocketFrame, SocketPacket},
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use tokio::{
    net::{TcpStream, UdpSocket},
    sync::{mpsc, oneshot},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{self, Message, protocol::WebSocketConfig},
};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::frames::refusal_of;
use crate::{http::ServerUrl, session::Refusal, tasks::Tasks};

/// The largest frame that is taken, in bytes.
const LARGEST_FRAME: usize = 4 << 20;
/// How many frames may wait for the owner. When they do, the socket is not read: TCP tells the
/// server to wait.
const WAITING: usize = 1_024;
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);
/// An address that nobody has: asking for the way to it shows whether there is any way out.
const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What is heard on the line.
#[derive(Debug)]
pub(crate) enum Heard {
    /// The server let us in.
    Admitted,
    /// The server did not let us in.
    TurnedAway(Refusal),
    /// The server said something.
    Said {
        /// Its name: a channel, or one of the protocol's own.
        name: String,
        /// What follows the name.
        body: Value,
    },
    /// The server lives.
    Alive,
    /// The connection is gone, or could not be made.
    Lost {
        /// Why, in one sentence.
        reason: String,
        /// Not before; 0 when the server said nothing.
        floor_ms: i64,
    },
}

/// Something to say.
struct Saying {
    name: &'static str,
    body: Value,
    answer: Option<oneshot::Sender<Value>>,
}

/// An open connection; it is closed when this is dropped.
#[derive(Debug)]
pub(crate) struct Line {
    heard: mpsc::Receiver<Heard>,
    say: mpsc::UnboundedSender<Saying>,
    _hang_up: DropGuard,
}

impl Line {
    /// Begins to connect; what comes of it is heard.
    pub(crate) fn open(tasks: &Tasks, server: &ServerUrl, connect: Connect) -> Self {
        let (tell, heard) = mpsc::channel(WAITING);
        let (say, sayings) = mpsc::unbounded_channel();
        let stop = tasks.stop().child_token();
        let hang_up = stop.clone().drop_guard();
        let address = server.socket_address();
        tasks.passing("line", async move {
            let talk = Talk {
                tell: tell.clone(),
                sayings,
                asked: BTreeMap::new(),
                asks: 0,
            };
            if let Err(ended) = talk.run(&address, connect, &stop).await {
                // The owner has hung up when nobody listens.
                drop(tell.send(ended).await);
            }
        });
        Self {
            heard,
            say,
            _hang_up: hang_up,
        }
    }

    /// The next thing that is heard. Losing the race in a `select!` loses nothing.
    pub(crate) async fn next(&mut self) -> Heard {
        let gone = || Heard::Lost {
            reason: "The connection is gone.".to_owned(),
            floor_ms: 0,
        };
        self.heard.recv().await.unwrap_or_else(gone)
    }

    /// Says something that has no answer.
    pub(crate) fn say(&self, name: &'static str, body: Value) {
        // On a line that is gone the loss is heard, or was.
        drop(self.say.send(Saying {
            name,
            body,
            answer: None,
        }));
    }

    /// Says something that has an answer.
    pub(crate) fn ask(&self, name: &'static str, body: Value) -> oneshot::Receiver<Value> {
        let (answer, answered) = oneshot::channel();
        drop(self.say.send(Saying {
            name,
            body,
            answer: Some(answer),
        }));
        answered
    }
}

/// One conversation, from the first byte to the last.
struct Talk {
    tell: mpsc::Sender<Heard>,
    sayings: mpsc::UnboundedReceiver<Saying>,
    asked: BTreeMap<u64, oneshot::Sender<Value>>,
    asks: u64,
}

impl Talk {
    async fn run(
        mut self,
        address: &str,
        connect: Connect,
        stop: &CancellationToken,
    ) -> Result<(), Heard> {
        let made = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            made = tokio::time::timeout(CONNECT, dial(address)) => made,
        };
        let mut socket = made.map_err(|_late| lost("The server does not answer."))??;
        let mut auth = Some(serde_json::to_value(connect).unwrap_or_default());
        loop {
            tokio::select! {
                () = stop.cancelled() => {
                    return socket.close(None).await.map_err(|error| broken(&error));
                }
                said = self.sayings.recv(), if auth.is_none() => {
                    let Some(saying) = said else { return Ok(()) };
                    self.send(&mut socket, saying).await?;
                }
                message = socket.next() => {
                    let message = message.ok_or_else(|| lost("The server has hung up."))?;
                    let message = message.map_err(|error| broken(&error))?;
                    self.message(&mut socket, message, &mut auth).await?;
                }
            }
        }
    }

    async fn send(&mut self, socket: &mut Socket, saying: Saying) -> Result<(), Heard> {
        let ack = saying.answer.map(|answer| {
            self.asks = self.asks.wrapping_add(1);
            self.asked.insert(self.asks, answer);
            self.asks
        });
        let (name, args) = (saying.name.to_owned(), vec![saying.body]);
        say(socket, SocketPacket::Event { name, args, ack }).await
    }

    async fn message(
        &mut self,
        socket: &mut Socket,
        message: Message,
        auth: &mut Option<Value>,
    ) -> Result<(), Heard> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(lost("The server has closed the connection.")),
            Message::Binary(_) => return Err(foreign()),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        match EnginePacket::parse(&text, LARGEST_FRAME).map_err(|_wire| foreign())? {
            EnginePacket::Open(_) => {
                let data = auth.take();
                say(socket, SocketPacket::Connect { data }).await
            }
            EnginePacket::Ping(payload) => {
                let pong = EnginePacket::Pong(payload).to_string();
                socket
                    .send(Message::text(pong))
                    .await
                    .map_err(|error| broken(&error))?;
                self.tell(Heard::Alive).await
            }
            EnginePacket::Message(inner) => {
                let frame = SocketFrame::parse(inner, LARGEST_FRAME).map_err(|_wire| foreign())?;
                self.packet(frame.packet).await
            }
            EnginePacket::Close => Err(lost("The server has closed the connection.")),
            EnginePacket::Pong(_) | EnginePacket::Upgrade | EnginePacket::Noop => Ok(()),
        }
    }

    async fn packet(&mut self, packet: SocketPacket) -> Result<(), Heard> {
        match packet {
            SocketPacket::Connect { .. } => self.tell(Heard::Admitted).await,
            SocketPacket::ConnectError { message, data } => {
                Err(Heard::TurnedAway(turned_away(&message, data.as_ref())))
            }
            SocketPacket::Disconnect => Err(lost("The server has ended the connection.")),
            SocketPacket::Event { name, args, .. } => {
                let body = args.into_iter().next().unwrap_or_default();
                self.tell(Heard::Said { name, body }).await
            }
            SocketPacket::Ack { id, args } => {
                let body = args.into_iter().next().unwrap_or_default();
                if let Some(answer) = self.asked.remove(&id) {
                    // Whoever asked may have given up.
                    drop(answer.send(body));
                }
                self.tell(Heard::Alive).await
            }
        }
    }

    async fn tell(&self, heard: Heard) -> Result<(), Heard> {
        self.tell.send(heard).await.map_err(|unheard| unheard.0)
    }
}

async fn dial(address: &str) -> Result<Socket, Heard> {
    let limits = WebSocketConfig::default()
        .max_message_size(Some(LARGEST_FRAME))
        .max_frame_size(Some(LARGEST_FRAME));
    let dialled = connect_async_with_config(address, Some(limits), true).await;
    let (socket, _response) = dialled.map_err(|error| broken(&error))?;
    Ok(socket)
}

async fn say(socket: &mut Socket, packet: SocketPacket) -> Result<(), Heard> {
    let inner = SocketFrame::main(packet).to_string();
    let text = EnginePacket::Message(&inner).to_string();
    socket
        .send(Message::text(text))
        .await
        .map_err(|error| broken(&error))
}

fn lost(reason: &str) -> Heard {
    Heard::Lost {
        reason: reason.to_owned(),
        floor_ms: 0,
    }
}

fn foreign() -> Heard {
    lost("What answers does not speak the language of an ELMS server.")
}

fn broken(error: &tungstenite::Error) -> Heard {
    let tungstenite::Error::Http(response) = error else {
        return lost(&format!("The connection is gone: {error}."));
    };
    let status = response.status().as_u16();
    let wait = response
        .headers()
        .get("retry-after")
        .and_then(|wait| wait.to_str().ok());
    let wait: Option<i64> = wait.and_then(|wait| wait.trim().parse().ok());
    let floor_ms = wait.unwrap_or(0).saturating_mul(1_000);
    let reason = format!("The server does not open the connection (status {status}).");
    Heard::Lost { reason, floor_ms }
}

/// A refusal's code is in its data or is its message.
fn turned_away(message: &str, data: Option<&Value>) -> Refusal {
    let code = data
        .and_then(|data| data.get("code"))
        .and_then(Value::as_str);
    let later = data
        .and_then(|data| data.get("retryAfterMs"))
        .and_then(Value::as_i64);
    match later {
        Some(floor_ms) => Refusal::Later { floor_ms },
        None => refusal_of(code.or(Some(message))),
    }
}

/// The address from which this computer would now reach the server. Nothing is sent for it.
pub(super) async fn way_to(server: &ServerUrl) -> Option<IpAddr> {
    let target = SocketAddr::new(server.ip().unwrap_or(OUTSIDE), 9);
    let any: SocketAddr = if target.is_ipv4() {
        (Ipv4Addr::UNSPECIFIED, 0).into()
    } else {
        (std::net::Ipv6Addr::UNSPECIFIED, 0).into()
    };
    let socket = UdpSocket::bind(any).await.ok()?;
    socket.connect(target).await.ok()?;
    Some(socket.local_addr().ok()?.ip())
}
