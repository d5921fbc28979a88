//! Engine.IO 4: the hand-shake, the heartbeat and the envelope of messages.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use super::{WireError, within};

/// The payload of the ping and pong with which a client tries out a WebSocket before it gives up
/// long polling.
pub const PROBE: &str = "probe";

/// The server's first packet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Open {
    /// Names the connection. A secret while long polling is used: who knows it can read.
    pub sid: String,
    /// Transports that the client may change to.
    pub upgrades: Vec<String>,
    /// Milliseconds between the server's pings.
    pub ping_interval: u64,
    /// Milliseconds that each side waits for the other beyond the interval.
    pub ping_timeout: u64,
    /// The longest packet that the server takes, in bytes. Older servers do not say.
    #[serde(default = "Open::usual_max_payload")]
    pub max_payload: usize,
}

impl Open {
    /// How long a partner may be silent before the link counts as dead.
    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.ping_interval.saturating_add(self.ping_timeout))
    }

    /// The limit of the npm server, in bytes.
    fn usual_max_payload() -> usize {
        1_000_000
    }
}

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open")
            .field("upgrades", &self.upgrades)
            .field("ping_interval", &self.ping_interval)
            .field("ping_timeout", &self.ping_timeout)
            .field("max_payload", &self.max_payload)
            .finish_non_exhaustive()
    }
}

/// A packet of Engine.IO. Prints as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnginePacket<'a> {
    /// `0`: the hand-shake.
    Open(Open),
    /// `1`: the partner closes.
    Close,
    /// `2`: wants a pong with the same payload; it is empty or [`PROBE`].
    Ping(&'a str),
    /// `3`: answers a ping.
    Pong(&'a str),
    /// `4`: a [`SocketFrame`](super::SocketFrame) as text.
    Message(&'a str),
    /// `5`: the client goes over to this WebSocket.
    Upgrade,
    /// `6`: nothing; ends a long poll.
    Noop,
}

impl<'a> EnginePacket<'a> {
    /// Reads one packet of at most `max_bytes` bytes.
    ///
    /// # Errors
    /// [`WireError`] when the text is too long, empty, of no known kind, binary, or a hand-shake
    /// that is not JSON of the right shape.
    pub fn parse(text: &'a str, max_bytes: usize) -> Result<Self, WireError> {
        within(text, max_bytes)?;
        let mut rest = text.chars();
        let kind = rest.next().ok_or(WireError::Empty)?;
        let rest = rest.as_str();
        match kind {
            '0' => Ok(Self::Open(serde_json::from_str(rest)?)),
            '1' => Ok(Self::Close),
            '2' => Ok(Self::Ping(rest)),
            '3' => Ok(Self::Pong(rest)),
            '4' => Ok(Self::Message(rest)),
            '5' => Ok(Self::Upgrade),
            '6' => Ok(Self::Noop),
            'b' => Err(WireError::Binary),
            other => Err(WireError::UnknownKind(other)),
        }
    }
}

impl fmt::Display for EnginePacket<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(open) => {
                let json = serde_json::to_string(open).map_err(|_json| fmt::Error)?;
                write!(f, "0{json}")
            }
            Self::Close => f.write_str("1"),
            Self::Ping(payload) => write!(f, "2{payload}"),
            Self::Pong(payload) => write!(f, "3{payload}"),
            Self::Message(text) => write!(f, "4{text}"),
            Self::Upgrade => f.write_str("5"),
            Self::Noop => f.write_str("6"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn open() -> Open {
        Open {
            sid: "lv_VI97HAXpY6yYWAAAC".to_owned(),
            upgrades: vec!["websocket".to_owned()],
            ping_interval: 25_000,
            ping_timeout: 20_000,
            max_payload: 1_000_000,
        }
    }

    fn reread(packet: &EnginePacket<'_>) -> bool {
        let text = packet.to_string();
        EnginePacket::parse(&text, text.len()).is_ok_and(|read| read == *packet)
    }

    #[test]
    fn the_hand_shake_looks_as_the_npm_server_writes_it() {
        let text = r#"0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
        assert_eq!(EnginePacket::Open(open()).to_string(), text);
        assert!(reread(&EnginePacket::Open(open())));
        assert_eq!(open().patience(), Duration::from_secs(45));
    }

    #[test]
    fn a_hand_shake_without_a_limit_gets_the_usual_one() {
        let text = r#"0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1}"#;
        let read = EnginePacket::parse(text, 1_000).expect("a hand-shake");
        assert!(matches!(read, EnginePacket::Open(open) if open.max_payload == 1_000_000));
    }

    #[test]
    fn the_name_of_the_connection_stays_out_of_the_log() {
        assert!(!format!("{:?}", open()).contains("lv_VI97"));
    }

    #[test]
    fn one_byte_too_many_is_refused_unread() {
        assert!(EnginePacket::parse("4abc", 4).is_ok());
        let error = EnginePacket::parse("4abc", 3).expect_err("too long");
        assert!(matches!(
            error,
            WireError::TooLarge {
                bytes: 4,
                max_bytes: 3
            }
        ));
    }

    #[test]
    fn nonsense_is_refused_by_its_first_character() {
        let refused = |text| EnginePacket::parse(text, 100).expect_err("nonsense");
        assert!(matches!(refused(""), WireError::Empty));
        assert!(matches!(refused("7"), WireError::UnknownKind('7')));
        assert!(matches!(refused("é"), WireError::UnknownKind('é')));
        assert!(matches!(refused("bAQID"), WireError::Binary));
        assert!(matches!(refused("0{"), WireError::Json(_)));
    }

    proptest! {
        #[test]
        fn every_packet_is_read_as_it_was_written(text in any::<String>()) {
            for packet in [
                EnginePacket::Ping(&text),
                EnginePacket::Pong(&text),
                EnginePacket::Message(&text),
                EnginePacket::Close,
                EnginePacket::Upgrade,
                EnginePacket::Noop,
            ] {
                prop_assert!(reread(&packet));
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in any::<String>(), digit in "[0-9b]?") {
            let text = format!("{digit}{text}");
            if let Ok(packet) = EnginePacket::parse(&text, 1_000_000) {
                prop_assert!(packet.to_string().len() <= text.len().max(200) * 2);
            }
        }
    }
}
