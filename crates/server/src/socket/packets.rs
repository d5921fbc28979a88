//! Frames as they come and go: Engine.IO outside, Socket.IO inside.

use elms_protocol::wire::{EnginePacket, MAIN, SocketFrame, SocketPacket};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Closing, End, Session};
use crate::engine::{Frame, LARGEST_MESSAGE, LARGEST_UNKNOWN};

/// The frame of one event of ours.
pub(super) fn event(name: &str, body: &impl Serialize) -> Frame {
    let body = serde_json::to_value(body).unwrap_or_default();
    packet(SocketPacket::event(name, vec![body]))
}

/// The frame of an answer to the event that asked for it with this number.
pub(super) fn answer(id: u64, body: &Value) -> Frame {
    let args = vec![body.clone()];
    packet(SocketPacket::Ack { id, args })
}

/// The frame of a packet in the main namespace.
pub(super) fn packet(packet: SocketPacket) -> Frame {
    format!("4{}", SocketFrame::main(packet)).into()
}

impl Session {
    pub(super) async fn frame(&mut self, frame: &str) -> Result<(), End> {
        self.heard = Instant::now();
        let largest = match self.member {
            Some(_) => LARGEST_MESSAGE,
            None => LARGEST_UNKNOWN,
        };
        if largest < frame.len() {
            return Err(End::Close(Closing::TooLarge));
        }
        self.allow(self.heard)?;
        match EnginePacket::parse(frame, largest) {
            Ok(EnginePacket::Message(text)) => self.message(text, largest).await,
            Ok(EnginePacket::Ping(data)) => {
                self.line.say(&EnginePacket::Pong(data).to_string().into());
                Ok(())
            }
            Ok(EnginePacket::Pong(_) | EnginePacket::Noop | EnginePacket::Upgrade) => Ok(()),
            Ok(EnginePacket::Close) => Err(End::Gone),
            Ok(EnginePacket::Open(_)) | Err(_) => Err(End::Close(Closing::Malformed)),
        }
    }

    async fn message(&mut self, text: &str, largest: usize) -> Result<(), End> {
        let Ok(SocketFrame { namespace, packet }) = SocketFrame::parse(text, largest) else {
            return Err(End::Close(Closing::Malformed));
        };
        if namespace != MAIN {
            self.refuse_namespace(namespace);
            return Ok(());
        }
        match packet {
            SocketPacket::Connect { data } => self.connect(data).await,
            SocketPacket::Disconnect => Err(End::Gone),
            SocketPacket::Event { .. } if self.hello.is_none() => {
                Err(End::Close(Closing::Malformed))
            }
            SocketPacket::Event { name, args, ack } => self.event(&name, args, ack).await,
            SocketPacket::Ack { .. } | SocketPacket::ConnectError { .. } => Ok(()),
        }
    }

    fn refuse_namespace(&mut self, namespace: String) {
        let refusal = SocketPacket::ConnectError {
            message: "Invalid namespace".to_owned(),
            data: None,
        };
        let answer = SocketFrame {
            namespace,
            packet: refusal,
        };
        self.line.say(&format!("4{answer}").into());
    }

    /// A complaint ends nothing: one bad message is one bad message.
    pub(super) fn complain(&mut self, code: &str, message: &str) {
        self.say("error", &json!({ "code": code, "message": message }));
    }
}
