//! The packets of Engine.IO 4 and Socket.IO 5 as text: parse and print, without any I/O.
//!
//! A frame of the WebSocket is one [`EnginePacket`]; its `Message` holds one [`SocketFrame`].
//! Long polling carries several engine packets in one body: [`split`] and [`join`]. Sizes are
//! checked before anything is parsed, and no text makes a parser panic. Attachments (binary
//! packets) are recognised only to be refused.

mod engine;
mod error;
mod polling;
mod socket;

pub use engine::{EnginePacket, Open, PROBE};
pub use error::WireError;
pub use polling::{SEPARATOR, join, split};
pub use socket::{MAIN, RESERVED, SocketFrame, SocketPacket, event_text};

/// Checks a text against the limit before it is looked at.
fn within(text: &str, max_bytes: usize) -> Result<(), WireError> {
    let bytes = text.len();
    if bytes > max_bytes {
        return Err(WireError::TooLarge { bytes, max_bytes });
    }
    Ok(())
}
