//! A text frame as it lies on the wire, made once for all who are to get it.

use bytes::Bytes;

/// The first byte of a whole text message.
const TEXT: u8 = 0x81;
/// Bytes of the longest head.
const LONGEST_HEAD: usize = 10;

/// A WebSocket text frame with its head; clones share the bytes.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    bytes: Bytes,
    n_head: usize,
}

impl Frame {
    /// Everything that is written.
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// What it says.
    pub(crate) fn text(&self) -> &str {
        let text = self.bytes.get(self.n_head..).unwrap_or_default();
        // It was made of texts.
        std::str::from_utf8(text).unwrap_or_default()
    }
}

/// A server's frames are not masked, so that only the length is in the head.
fn push_length(bytes: &mut Vec<u8>, length: usize) {
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short), _) if short < 126 => bytes.push(short),
        (_, Ok(longer)) => {
            bytes.push(126);
            bytes.extend_from_slice(&longer.to_be_bytes());
        }
        _ => {
            bytes.push(127);
            let length = u64::try_from(length).unwrap_or(u64::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
        }
    }
}

impl From<&str> for Frame {
    fn from(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len().saturating_add(LONGEST_HEAD));
        bytes.push(TEXT);
        push_length(&mut bytes, text.len());
        let n_head = bytes.len();
        bytes.extend_from_slice(text.as_bytes());
        let bytes = bytes.into();
        Self { bytes, n_head }
    }
}

impl From<String> for Frame {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_tells_the_length_in_as_few_bytes_as_it_can() {
        for (length, n_head) in [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)] {
            let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
            let frame = Frame::from(text.clone());
            assert_eq!(frame.bytes().len(), length + n_head);
            assert_eq!(frame.text(), text);
        }
    }
}
