//! Packets of the socket, both ways, and the messages that a server sends to a station.

use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Result, ensure};
use elms_client::{
    FileKey,
    cache::{Cache, Seen},
    error::CacheError,
};
use elms_protocol::{
    Event, Timestamp,
    frame::{CheckpointSaid, Cursor, Pong, Proof, Resumed, Resync, Snapshot, Sync},
    wire::{EnginePacket, SocketFrame, join, split},
};
use serde::Deserialize;

use super::{Target, made};

/// The codec, which is the same on both sides.
pub(super) const PACKETS: Target = Target {
    name: "packets",
    runs: 40_000,
    feed: packets,
    words: &[
        "40",
        "42",
        "43",
        "44",
        "45-",
        "451-",
        "42[",
        "4",
        "2probe",
        "3probe",
        "/admin,",
        "12345",
        "\u{1e}",
        "[\"ping\"]",
        "{\"sid\":\"",
        "null",
        "99999999999999999999",
        "[[[[",
    ],
};

/// The most that a packet may have here; the server takes as much after a sign-in.
const LARGEST: usize = 256 * 1_024;

/// Whether it has a number with a fraction or too large for an integer: the last digit of these may
/// change by being read again.
fn has_fraction(text: &str) -> bool {
    ["e+", "e-", "."].iter().any(|sign| text.contains(sign))
}

fn packets(bytes: &[u8]) -> Result<()> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if let Ok(packet) = EnginePacket::parse(text, LARGEST) {
        let said = packet.to_string();
        let again = EnginePacket::parse(&said, usize::MAX).ok();
        ensure!(
            again.as_ref() == Some(&packet),
            "{packet:?} is said as {said}"
        );
    }
    if let Ok(frame) = SocketFrame::parse(text, LARGEST) {
        let said = frame.to_string();
        let again = SocketFrame::parse(&said, usize::MAX).ok();
        ensure!(
            again.as_ref() == Some(&frame) || (again.is_some() && has_fraction(&said)),
            "{frame:?} is said as {said}"
        );
    }
    if let Ok(several) = split(text, LARGEST) {
        let said: Vec<String> = several.iter().map(ToString::to_string).collect();
        let said = join(&said);
        let again = split(&said, usize::MAX).ok();
        ensure!(
            again.as_ref() == Some(&several),
            "{several:?} are said as {said}"
        );
    }
    Ok(())
}

/// What a hostile server says, as far as a station reads it: it is taken in or refused.
pub(super) const FROM_SERVER: Target = Target {
    name: "from-server",
    runs: 2_000,
    feed: from_server,
    words: &[
        "\"seq\":",
        "-1",
        "9223372036854775807",
        "1e400",
        "null",
        "\"payload\":{}",
        "\"incident\"",
        "incident:reported",
        "custody:offered",
        "0001-01-01T00:00:00.000Z",
        "\"record\":",
        "[",
        "]",
        "\"\\u0000\"",
        "{}",
    ],
};

/// A station's copy, and where it lies.
type Copied = Mutex<(tempfile::TempDir, Cache)>;

/// Made once and then only written to.
fn copy() -> Result<&'static Copied> {
    static COPY: OnceLock<Result<Copied, String>> = OnceLock::new();
    made(&COPY, || {
        let dir = tempfile::tempdir()?;
        let cache = Cache::open(&dir.path().join("copy"), &FileKey::mint()?)?;
        Ok(Mutex::new((dir, cache)))
    })
}

fn read<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

/// Whether it is one of the messages that are no events.
fn is_message(bytes: &[u8]) -> bool {
    read::<Resumed>(bytes).is_some()
        || read::<Sync>(bytes).is_some()
        || read::<Resync>(bytes).is_some()
        || read::<Pong>(bytes).is_some()
        || read::<CheckpointSaid>(bytes).is_some()
        || read::<Proof>(bytes).is_some()
}

fn from_server(bytes: &[u8]) -> Result<()> {
    if is_message(bytes) {
        return Ok(());
    }
    let mut copy = copy()?.lock().unwrap_or_else(PoisonError::into_inner);
    let at = Timestamp(1_796_630_400_000);
    if let Some(snapshot) = read::<Snapshot>(bytes) {
        borne(copy.1.install(&snapshot, at))?;
    }
    let events = read::<Vec<Event>>(bytes).or_else(|| Some(vec![read::<Event>(bytes)?]));
    if let Some(events) = events {
        let last = events.last().map(|event| event.seq);
        let cursor = copy.1.cursor().zip(last);
        let further = cursor.map(|(cursor, seq)| Cursor { seq, ..cursor });
        borne(
            copy.1
                .apply(&events, further, Seen { at, live: true })
                .map(drop),
        )?;
    }
    Ok(())
}

/// What is refused is refused; a copy that is damaged by it is not.
fn borne(taken: Result<(), CacheError>) -> Result<()> {
    match taken {
        Err(error) if error.is_damage() => Err(error.into()),
        _ => Ok(()),
    }
}
