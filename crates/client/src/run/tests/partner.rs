//! A scripted server on loopback: HTTP by hand and a WebSocket, with a log in memory. It does what
//! a test tells it, also what no good server would.

mod http;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use elms_protocol::{
    CommandId, CommandRequest, Epoch, Event, Outcome, Record, Seq, Timestamp,
    frame::{ChainTag, Cursor},
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
    sync::broadcast,
};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};
use uuid::Uuid;

/// What the partner holds, and how it behaves.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of a test")]
pub(super) struct World {
    pub(super) log: Vec<Event>,
    pub(super) records: Vec<Record>,
    pub(super) outcomes: BTreeMap<Uuid, Outcome>,
    /// Every time a command came, repeats included.
    pub(super) heard: Vec<CommandId>,
    /// What sockets said of somebody who types.
    pub(super) typed: Vec<Value>,
    /// Acknowledgements that are still to be swallowed.
    pub(super) lose_acks: usize,
    /// Refresh tokens in the order they were used.
    pub(super) refreshed: Vec<String>,
    /// Grants that were given.
    pub(super) grants: usize,
    /// Sockets let in so far.
    pub(super) sockets: usize,
    /// Refuses every socket with this code.
    pub(super) refuse: Option<&'static str>,
    /// Refuses every renewal.
    pub(super) refuse_refresh: bool,
    /// What every path answers instead, as HTML.
    pub(super) html: bool,
    /// Whether the person still has their first password.
    pub(super) first_password: bool,
    /// Whether it knows no keys of stations.
    pub(super) keyless: bool,
    /// The keys of stations that signed in.
    pub(super) keys: BTreeSet<String>,
    /// Refresh tokens that came without the key that they belong to.
    pub(super) stolen: usize,
    /// Whether it is of the original kind.
    pub(super) original: bool,
    /// Events that are in the log and counted, but swallowed on the way.
    pub(super) swallow: Option<i64>,
    /// Cursors that sockets asked to resume from.
    pub(super) resumed_from: Vec<i64>,
    /// How often a stretch of the log was asked for.
    pub(super) stretches: usize,
    /// Its clock, in milliseconds; a second after the beginning of 1970 when a test sets none.
    pub(super) clock: Option<i64>,
}

/// A running partner.
#[derive(Clone)]
pub(super) struct Partner {
    pub(super) url: String,
    world: Arc<Mutex<World>>,
    tell: broadcast::Sender<Told>,
}

/// What open sockets are told to do.
#[derive(Clone)]
enum Told {
    News,
    Say(String),
    HangUp,
}

pub(super) fn cursor(seq: i64) -> Cursor {
    Cursor {
        epoch: Epoch(Uuid::from_u128(1)),
        seq: Seq(seq),
        tag: ChainTag(7),
    }
}

/// A HIGH incident, reported by somebody else; it is event number `seq`.
pub(super) fn reported(seq: i64) -> Event {
    let reference = Uuid::from_u128(u128::try_from(seq).unwrap());
    serde_json::from_value(json!({
        "channel": "incident", "event": "incident:reported", "timestamp": "2026-12-07T10:00:00.000Z",
        "payload": {
            "clientRef": reference, "number": format!("INC-26-{seq:04}"),
            "type": "MEDICAL_EMERGENCY", "typeLabel": "Medical emergency", "severity": "HIGH",
            "status": "REPORTED", "title": "Collapsed", "description": "Collapsed",
            "reportedBy": "Ama Owusu", "reportedById": 8, "reportedByName": "Ama Owusu",
            "reportedAt": "2026-12-07T10:00:00.000Z", "ackDueAt": "2026-12-07T10:05:00.000Z",
            "candidates": [], "confidential": false, "institutionId": 1,
        },
        "seq": seq, "eventId": reference, "schema": 1, "institutionId": 1,
        "rooms": ["institution:1"],
        "actor": {"userId": 8, "name": "Ama Owusu", "stationCode": "HALL-1"},
        "occurredAt": "2026-12-07T10:00:00.000Z", "recordedAt": "2026-12-07T10:00:00.000Z",
        "clockOffsetMs": 0, "causeRef": null,
    }))
    .unwrap()
}

impl Partner {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let partner = Self {
            url,
            world: Arc::default(),
            tell: broadcast::Sender::new(1024),
        };
        let own = partner.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(own.clone().serve(stream));
            }
        });
        partner
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Adds reports of others to the log.
    pub(super) fn happen(&self, n: i64) {
        for _ in 0..n {
            let mut world = self.world();
            let seq = i64::try_from(world.log.len()).unwrap() + 1;
            world.log.push(reported(seq));
        }
        drop(self.tell.send(Told::News));
    }

    /// Adds so many events to the log that are about no case; the server received them at `at`.
    pub(super) fn pass(&self, n: i64, at: Timestamp) {
        for _ in 0..n {
            let mut world = self.world();
            let seq = i64::try_from(world.log.len()).unwrap() + 1;
            let event = serde_json::from_value(json!({
                "channel": "weather", "event": "roof:leaks", "timestamp": at, "payload": {},
                "seq": seq, "eventId": Uuid::nil(), "schema": 1, "institutionId": 1,
                "rooms": ["institution:1"],
                "actor": {"userId": null, "name": null, "stationCode": null},
                "occurredAt": at, "recordedAt": at, "clockOffsetMs": 0, "causeRef": null,
            }));
            world.log.push(event.unwrap());
        }
        drop(self.tell.send(Told::News));
    }

    /// Says something to every socket.
    pub(super) fn say(&self, name: &str, body: &Value) {
        drop(self.tell.send(Told::Say(packet(name, body))));
    }

    /// Cuts every socket.
    pub(super) fn cut(&self) {
        drop(self.tell.send(Told::HangUp));
    }

    async fn serve(self, mut stream: TcpStream) {
        let mut head = [0; 16];
        let n = stream.peek(&mut head).await.unwrap_or(0);
        if head[..n].starts_with(b"GET /socket.io") {
            if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                drop(self.converse(socket).await);
            }
            return;
        }
        while let Some((head, body)) = http::request(&mut stream).await {
            let (status, kind, answer) = self.answer(&head, &body);
            let text = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{answer}",
                answer.len()
            );
            if stream.write_all(text.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    async fn converse(
        self,
        mut socket: WebSocketStream<TcpStream>,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        let mut told = self.tell.subscribe();
        let open = json!({"sid": "e", "upgrades": [], "pingInterval": 25_000,
            "pingTimeout": 20_000, "maxPayload": 1_000_000});
        socket.send(text(format!("0{open}"))).await?;
        let Some(auth) = connect(&mut socket).await else {
            return Ok(());
        };
        let refuse = self.world().refuse;
        if let Some(code) = refuse {
            let refusal = json!({"message": "no", "data": {"code": code}});
            socket.send(text(format!("44{refusal}"))).await?;
            return Ok(());
        }
        socket.send(text("40{\"sid\":\"s\"}".to_owned())).await?;
        let mut place = Place::of(&auth);
        self.begin(&mut socket, &mut place).await?;
        loop {
            tokio::select! {
                message = socket.next() => match message {
                    Some(Ok(message)) => self.hear(&mut socket, &mut place, message).await?,
                    Some(Err(_)) | None => return Ok(()),
                },
                told = told.recv() => match told {
                    Ok(Told::News) => self.pump(&mut socket, &mut place).await?,
                    Ok(Told::Say(words)) => socket.send(text(words)).await?,
                    Ok(Told::HangUp) | Err(_) => return Ok(()),
                },
            }
        }
    }

    async fn begin(
        &self,
        socket: &mut WebSocketStream<TcpStream>,
        place: &mut Place,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        let original = {
            let mut world = self.world();
            world.sockets += 1;
            world.resumed_from.push(place.sent);
            world.original
        };
        if original {
            return Ok(());
        }
        let hello = json!({"success": true, "userId": 3, "institutionId": 1,
            "timestamp": "2026-12-07T10:00:00.000Z"});
        socket.send(text(packet("authenticated", &hello))).await?;
        let from = place.sent;
        self.pump(socket, place).await?;
        let resumed = json!({"from": from, "to": place.sent, "count": place.count,
            "highWater": place.sent, "cursor": cursor(place.sent)});
        socket.send(text(packet("resumed", &resumed))).await
    }

    async fn pump(
        &self,
        socket: &mut WebSocketStream<TcpStream>,
        place: &mut Place,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        let (events, swallow) = {
            let mut world = self.world();
            let after = usize::try_from(place.sent).unwrap().min(world.log.len());
            let events = world.log[after..].to_vec();
            let hit = world
                .swallow
                .filter(|seq| events.iter().any(|event| event.seq.0 == *seq));
            if hit.is_some() {
                world.swallow = None;
            }
            (events, hit)
        };
        for event in events {
            place.sent = event.seq.0;
            place.count += 1;
            if swallow != Some(event.seq.0) {
                let body = serde_json::to_value(&event).unwrap();
                socket.feed(text(packet(&event.channel, &body))).await?;
            }
        }
        let sync = json!({"cursor": cursor(place.sent), "count": place.count});
        socket.send(text(packet("sync", &sync))).await
    }

    async fn hear(
        &self,
        socket: &mut WebSocketStream<TcpStream>,
        place: &mut Place,
        message: Message,
    ) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        let Message::Text(words) = message else {
            return Ok(());
        };
        let Some(rest) = words.strip_prefix("42") else {
            return Ok(());
        };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (ack, said) = rest.split_at(digits);
        let said: Value = serde_json::from_str(said).unwrap();
        match said[0].as_str() {
            Some("ping") => {
                let clock = self.world().clock.unwrap_or(1_000);
                let pong = json!({"timestamp": "2026-12-07T10:00:00.000Z", "t0": said[1]["t0"],
                    "t1": clock, "t2": clock, "rate": 1.0, "highWater": place.sent,
                    "sync": {"cursor": cursor(place.sent), "count": place.count}});
                socket.send(text(packet("pong", &pong))).await
            }
            Some("typing") => {
                self.world().typed.push(said[1].clone());
                Ok(())
            }
            Some("authenticate") if self.world().original => {
                let hello = json!({"success": true, "userId": 3, "institutionId": 1});
                socket.send(text(packet("authenticated", &hello))).await
            }
            Some("command") => {
                let request = serde_json::from_value(said[1].clone()).unwrap();
                if let Some(outcome) = self.apply(&request) {
                    let outcome = serde_json::to_string(&outcome).unwrap();
                    socket.send(text(format!("43{ack}[{outcome}]"))).await?;
                }
                drop(self.tell.send(Told::News));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Takes effect once, however often it comes; none when the answer shall get lost.
    fn apply(&self, request: &CommandRequest) -> Option<Outcome> {
        let mut world = self.world();
        let id = request.command_id;
        world.heard.push(id);
        if !world.outcomes.contains_key(&id.0) {
            let seq = i64::try_from(world.log.len()).unwrap() + 1;
            let mut event = reported(seq);
            event.actor.user_id = Some(elms_protocol::UserId(3));
            event.cause_ref = Some(id);
            world.log.push(event);
            let (first_seq, seq) = (Seq(seq), Seq(seq));
            world.outcomes.insert(
                id.0,
                Outcome::Applied {
                    command_id: id,
                    first_seq,
                    seq,
                    leaves: Vec::new(),
                },
            );
        }
        if 0 < world.lose_acks {
            world.lose_acks -= 1;
            return None;
        }
        world.outcomes.get(&id.0).cloned()
    }
}

/// How far one socket is.
struct Place {
    sent: i64,
    count: i64,
}

impl Place {
    fn of(auth: &Value) -> Self {
        Self {
            sent: auth["resume"]["seq"].as_i64().unwrap_or(0),
            count: 0,
        }
    }
}

fn packet(name: &str, body: &Value) -> String {
    format!("42{}", json!([name, body]))
}

fn text(words: String) -> Message {
    Message::Text(words.into())
}

async fn connect(socket: &mut WebSocketStream<TcpStream>) -> Option<Value> {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(words) = message else {
            continue;
        };
        if let Some(auth) = words.strip_prefix("40") {
            return Some(serde_json::from_str(auth).unwrap_or_default());
        }
    }
    None
}
