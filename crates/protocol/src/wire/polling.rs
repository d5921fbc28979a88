//! Long polling: several engine packets in one body.

use super::{EnginePacket, WireError, within};

/// Stands between two packets. JSON escapes it, so no packet of Socket.IO contains it.
pub const SEPARATOR: char = '\u{1e}';

/// Takes a body of at most `max_bytes` bytes apart. An empty body holds no packet.
///
/// # Errors
/// [`WireError::TooLarge`] before anything is looked at; the first packet that is none.
pub fn split(body: &str, max_bytes: usize) -> Result<Vec<EnginePacket<'_>>, WireError> {
    within(body, max_bytes)?;
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let packets = body.split(SEPARATOR);
    packets
        .map(|text| EnginePacket::parse(text, max_bytes))
        .collect()
}

/// Puts printed packets into one body. None of them may contain [`SEPARATOR`].
pub fn join(packets: &[impl AsRef<str>]) -> String {
    let mut body = String::new();
    for packet in packets {
        if !body.is_empty() {
            body.push(SEPARATOR);
        }
        body.push_str(packet.as_ref());
    }
    body
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_packets_travel_in_one_body() {
        let body = "40{\"sid\":\"a\"}\u{1e}2\u{1e}42[\"pong\"]";
        let packets = split(body, 100).expect("three packets");
        let expected = [
            EnginePacket::Message("0{\"sid\":\"a\"}"),
            EnginePacket::Ping(""),
            EnginePacket::Message("2[\"pong\"]"),
        ];
        assert_eq!(packets, expected);
        let printed: Vec<String> = packets.iter().map(ToString::to_string).collect();
        assert_eq!(join(&printed), body);
    }

    #[test]
    fn an_empty_body_holds_nothing_and_an_empty_packet_is_an_error() {
        assert_eq!(split("", 0).expect("nothing"), []);
        assert!(matches!(split("2\u{1e}", 9), Err(WireError::Empty)));
        assert!(matches!(split("2\u{1e}bAA", 9), Err(WireError::Binary)));
    }

    #[test]
    fn the_whole_body_counts_against_the_limit() {
        assert!(split("2\u{1e}2", 3).is_ok());
        let refused = split("2\u{1e}2", 2);
        assert!(matches!(refused, Err(WireError::TooLarge { bytes: 3, .. })));
    }

    proptest! {
        #[test]
        fn what_was_joined_splits_into_the_same(
            texts in proptest::collection::vec("[^\u{1e}]{0,20}", 0..20),
        ) {
            let packets: Vec<_> = texts.iter().map(|text| EnginePacket::Message(text)).collect();
            let printed: Vec<String> = packets.iter().map(ToString::to_string).collect();
            let body = join(&printed);
            prop_assert_eq!(split(&body, body.len()).expect("packets"), packets);
        }

        #[test]
        fn no_body_makes_the_splitter_panic(body in "[0-9b\u{1e}{}\\[\\]\"é]{0,60}") {
            if let Ok(packets) = split(&body, 1_000) {
                prop_assert_eq!(
                    packets.len(),
                    if body.is_empty() { 0 } else { body.matches(SEPARATOR).count() + 1 }
                );
            }
        }
    }
}
