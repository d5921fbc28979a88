//! The task that owns the WebSocket: reads, writes, answers pings and notices silence.

use std::{sync::Arc, time::Duration};

use elms_protocol::wire::{EnginePacket, SocketFrame, SocketPacket};
use futures_util::{
    Sink, SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, Message, Utf8Bytes},
};

use super::{
    Ended, Incoming, LARGEST_RECEIVED, Listener, Speaker, dial::Opened, inflight::Inflight,
    pulse::Pulse, speaker::WAITING,
};

/// How long saying good-bye may take.
pub(super) const CLOSING: Duration = Duration::from_secs(1);
/// How many events may wait for the listener. When they do, the WebSocket is not read.
const UNHEARD: usize = 1_024;
/// How many pongs may wait. A server has one ping under way at a time.
const PONGS: usize = 4;

/// Owns one WebSocket from the admission to the end.
pub(super) struct Keeper<S> {
    web: WebSocketStream<S>,
    reading: Reading,
    writing: Writing,
    inflight: Arc<Inflight>,
}

/// What the reading half needs.
struct Reading {
    tell: mpsc::Sender<Incoming>,
    pong: mpsc::Sender<String>,
    inflight: Arc<Inflight>,
    pulse: Pulse,
    silence: Duration,
}

/// What the writing half needs.
struct Writing {
    sayings: mpsc::Receiver<String>,
    pongs: mpsc::Receiver<String>,
    limit: Duration,
}

impl<S> Keeper<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// A keeper for an open WebSocket, and the two ends that it serves.
    pub(super) fn new(opened: Opened<S>, silence: Option<Duration>) -> (Self, Speaker, Listener) {
        let Opened {
            web,
            open,
            pulse,
            tls,
        } = opened;
        let (say, sayings) = mpsc::channel(WAITING);
        let (tell, heard) = mpsc::channel(UNHEARD);
        let (pong, pongs) = mpsc::channel(PONGS);
        let inflight = Arc::new(Inflight::default());
        let speaker = Speaker::new(say, Arc::clone(&inflight), open.max_payload);
        let listener = Listener::new(heard, Arc::clone(&inflight), pulse.clone(), tls);
        let patience = open.patience();
        let silence = silence.map_or(patience, |silence| silence.min(patience));
        let reading = Reading {
            tell,
            pong,
            inflight: Arc::clone(&inflight),
            pulse,
            silence,
        };
        let limit = Duration::from_millis(open.ping_timeout);
        let writing = Writing {
            sayings,
            pongs,
            limit,
        };
        (
            Self {
                web,
                reading,
                writing,
                inflight,
            },
            speaker,
            listener,
        )
    }

    /// Keeps the connection until it ends, and tells everybody why it did.
    pub(super) async fn run(self) {
        let Self {
            web,
            mut reading,
            mut writing,
            inflight,
        } = self;
        let (mut sink, mut stream) = web.split();
        let ended = tokio::select! {
            ended = reading.run(&mut stream) => ended,
            ended = writing.run(&mut sink) => ended,
        };
        tracing::debug!(reason = %ended, "the connection is over");
        // Before the ends close: whoever finds them closed must find the reason.
        inflight.end(ended.clone());
        drop(reading);
        writing.sayings.close();
        if ended == Ended::HungUp || ended == Ended::Protocol {
            // A partner that does not take the good-bye has lost it.
            drop(timeout(CLOSING, writing.farewell(&mut sink)).await);
        }
    }
}

impl Reading {
    async fn run<S>(&mut self, stream: &mut SplitStream<WebSocketStream<S>>) -> Ended
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        loop {
            if let Err(ended) = self.step(stream).await {
                return ended;
            }
        }
    }

    /// Reads one message, once there is room for what it may bring.
    async fn step<S>(&mut self, stream: &mut SplitStream<WebSocketStream<S>>) -> Result<(), Ended>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if self.tell.capacity() == 0 {
            self.room().await?;
        }
        let message = tokio::select! {
            message = stream.next() => message,
            () = self.pulse.stopped(self.silence) => return Err(Ended::Silent),
            () = self.tell.closed() => return Err(Ended::HungUp),
        };
        let message = message.ok_or(Ended::LinkLost)?;
        let message = message.map_err(|error| Ended::of(&error))?;
        match message_text(message)? {
            Some(text) => self.engine(&text).await,
            None => Ok(()),
        }
    }

    /// Waits for the listener. The server is not to blame for what it could not say meanwhile.
    async fn room(&self) -> Result<(), Ended> {
        drop(self.tell.reserve().await.map_err(|_gone| Ended::HungUp)?);
        self.pulse.beat();
        Ok(())
    }

    async fn engine(&self, text: &str) -> Result<(), Ended> {
        let packet = EnginePacket::parse(text, LARGEST_RECEIVED);
        match packet.map_err(|error| protocol(&error))? {
            EnginePacket::Ping(payload) => {
                // A full queue holds a pong already, which serves this ping as well.
                drop(self.pong.try_send(EnginePacket::Pong(payload).to_string()));
                Ok(())
            }
            EnginePacket::Message(inner) => {
                let frame = SocketFrame::parse(inner, LARGEST_RECEIVED);
                self.packet(frame.map_err(|error| protocol(&error))?).await
            }
            EnginePacket::Close => Err(Ended::of_close(None)),
            EnginePacket::Open(_)
            | EnginePacket::Pong(_)
            | EnginePacket::Upgrade
            | EnginePacket::Noop => Ok(()),
        }
    }

    async fn packet(&self, frame: SocketFrame) -> Result<(), Ended> {
        if frame.namespace != elms_protocol::wire::MAIN {
            // We are in no other, so it is not for us.
            return Ok(());
        }
        match frame.packet {
            SocketPacket::Event { name, args, ack } => {
                let told = self.tell.send(Incoming { name, args, ack }).await;
                told.map_err(|_gone| Ended::HungUp)
            }
            SocketPacket::Ack { id, args } => {
                if !self.inflight.answer(id, args) {
                    tracing::debug!(id, "an answer that nobody waits for");
                }
                Ok(())
            }
            SocketPacket::Disconnect => Err(Ended::Disconnected),
            SocketPacket::Connect { .. } | SocketPacket::ConnectError { .. } => {
                Err(Ended::Protocol)
            }
        }
    }
}

impl Writing {
    async fn run<S>(&mut self, sink: &mut SplitSink<WebSocketStream<S>, Message>) -> Ended
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        loop {
            let text = self.next().await;
            if let Err(ended) = self.write(sink, text).await {
                return ended;
            }
        }
    }

    /// What to send next; a pong before everything else.
    async fn next(&mut self) -> String {
        tokio::select! {
            biased;
            Some(pong) = self.pongs.recv() => pong,
            Some(saying) = self.sayings.recv() => saying,
            // Nobody can speak any more; there may still be something to hear.
            else => std::future::pending().await,
        }
    }

    /// Sends it and what else waits, in one go.
    async fn write<K>(&mut self, sink: &mut K, text: String) -> Result<(), Ended>
    where
        K: Sink<Message, Error = tungstenite::Error> + Unpin,
    {
        let written = timeout(self.limit, async {
            sink.feed(Message::text(text)).await?;
            self.feed_waiting(sink).await?;
            sink.flush().await
        });
        let written = written.await.map_err(|_late| Ended::LinkLost)?;
        written.map_err(|error| Ended::of(&error))
    }

    /// What waits, but never more than one queue full: it must also be flushed.
    async fn feed_waiting<K>(&mut self, sink: &mut K) -> Result<(), tungstenite::Error>
    where
        K: Sink<Message, Error = tungstenite::Error> + Unpin,
    {
        for _ in 0..WAITING {
            let Ok(more) = self
                .pongs
                .try_recv()
                .or_else(|_none| self.sayings.try_recv())
            else {
                break;
            };
            sink.feed(Message::text(more)).await?;
        }
        Ok(())
    }

    /// What was said before the end, and good-bye.
    async fn farewell<K>(&mut self, sink: &mut K) -> Result<(), tungstenite::Error>
    where
        K: Sink<Message, Error = tungstenite::Error> + Unpin,
    {
        self.feed_waiting(sink).await?;
        let leave = SocketFrame::main(SocketPacket::Disconnect);
        sink.send(Message::text(socket_text(&leave))).await?;
        sink.close().await
    }
}

/// The text of a message; nothing for the WebSocket's own heartbeat.
pub(super) fn message_text(message: Message) -> Result<Option<Utf8Bytes>, Ended> {
    match message {
        Message::Text(text) => Ok(Some(text)),
        Message::Binary(_) => Err(Ended::Protocol),
        Message::Close(frame) => Err(Ended::of_close(frame)),
        Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Ok(None),
    }
}

/// A packet as it goes over the wire.
pub(super) fn socket_text(frame: &SocketFrame) -> String {
    EnginePacket::Message(&frame.to_string()).to_string()
}

fn protocol(error: &elms_protocol::wire::WireError) -> Ended {
    tracing::warn!(%error, "the partner does not keep to the protocol");
    Ended::Protocol
}
