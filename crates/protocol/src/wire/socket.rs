//! Socket.IO 5: namespaces, events and acknowledgements.

use std::fmt;

use serde_json::{Value, json};

use super::{WireError, within};

/// The namespace that everything of ours lives in.
pub const MAIN: &str = "/";

/// Event names that belong to the libraries; partners drop a connection that uses them.
pub const RESERVED: [&str; 6] = [
    "connect",
    "connect_error",
    "disconnect",
    "disconnecting",
    "newListener",
    "removeListener",
];

/// A packet and the namespace that it is for. Prints as it goes over the wire, without the `4`
/// of the engine's message.
#[derive(Debug, Clone, PartialEq)]
pub struct SocketFrame {
    /// [`MAIN`] or what the partner asked for.
    pub namespace: String,
    /// What is said.
    pub packet: SocketPacket,
}

/// What a Socket.IO packet says.
#[derive(Clone, PartialEq)]
pub enum SocketPacket {
    /// `0`: from a client the wish to enter, with its `auth` object; from a server the consent,
    /// with `{sid}`.
    Connect {
        /// An object, or nothing.
        data: Option<Value>,
    },
    /// `1`: leaves the namespace.
    Disconnect,
    /// `2`: something happened.
    Event {
        /// Never one of [`RESERVED`].
        name: String,
        /// What follows the name; often nothing or one object.
        args: Vec<Value>,
        /// Set when the sender wants an acknowledgement with this number.
        ack: Option<u64>,
    },
    /// `3`: answers an event that asked for it.
    Ack {
        /// The number that the event carried.
        id: u64,
        /// The answer.
        args: Vec<Value>,
    },
    /// `4`: the server does not let the client in.
    ConnectError {
        /// Why, in words.
        message: String,
        /// Why, for programs.
        data: Option<Value>,
    },
}

/// Shows sizes and names, never contents: `auth` holds a token, events hold people's names.
impl fmt::Debug for SocketPacket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { data } => write!(f, "Connect(data: {})", data.is_some()),
            Self::Disconnect => f.write_str("Disconnect"),
            Self::Event { name, args, ack } => {
                write!(f, "Event({name:?}, {} args, ack: {ack:?})", args.len())
            }
            Self::Ack { id, args } => write!(f, "Ack({id}, {} args)", args.len()),
            Self::ConnectError { message, .. } => write!(f, "ConnectError({message:?})"),
        }
    }
}

impl SocketFrame {
    /// A packet for the main namespace.
    pub fn main(packet: SocketPacket) -> Self {
        let namespace = MAIN.to_owned();
        Self { namespace, packet }
    }

    /// Reads the text of an engine message of at most `max_bytes` bytes.
    ///
    /// # Errors
    /// [`WireError`] when the text is too long, of no known kind, binary, not JSON, or JSON of
    /// another shape than the kind asks for.
    pub fn parse(text: &str, max_bytes: usize) -> Result<Self, WireError> {
        within(text, max_bytes)?;
        let mut rest = text.chars();
        let kind = rest.next().ok_or(WireError::Empty)?;
        let (namespace, rest) = take_namespace(rest.as_str());
        let (id, json) = take_number(rest)?;
        let packet = SocketPacket::read(kind, id, json)?;
        let namespace = namespace.to_owned();
        Ok(Self { namespace, packet })
    }
}

impl SocketPacket {
    /// An event that wants no acknowledgement.
    pub fn event(name: impl Into<String>, args: Vec<Value>) -> Self {
        let name = name.into();
        let ack = None;
        Self::Event { name, args, ack }
    }

    fn read(kind: char, id: Option<u64>, json: &str) -> Result<Self, WireError> {
        match kind {
            '0' => read_connect(json),
            '1' if json.is_empty() => Ok(Self::Disconnect),
            '1' => Err(shape("disconnect", "nothing")),
            '2' => read_event(json, id),
            '3' => read_ack(json, id),
            '4' => read_refusal(json),
            '5' | '6' => Err(WireError::Binary),
            other => Err(WireError::UnknownKind(other)),
        }
    }

    /// The digit, the number if there is one, and the JSON if there is any.
    fn parts(&self) -> (char, Option<u64>, Option<String>) {
        match self {
            Self::Connect { data } => ('0', None, data.as_ref().map(Value::to_string)),
            Self::Disconnect => ('1', None, None),
            Self::Event { name, args, ack } => ('2', *ack, Some(event_json(name, args))),
            Self::Ack { id, args } => ('3', Some(*id), Some(array_json(args))),
            Self::ConnectError { message, data } => {
                let json = refusal_json(message, data.as_ref());
                ('4', None, Some(json.to_string()))
            }
        }
    }
}

impl fmt::Display for SocketFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id, json) = self.packet.parts();
        write!(f, "{kind}")?;
        if self.namespace != MAIN {
            write!(f, "{},", self.namespace)?;
        }
        if let Some(id) = id {
            write!(f, "{id}")?;
        }
        f.write_str(&json.unwrap_or_default())
    }
}

/// The whole text frame, `4` of the engine included, of an event in the main namespace whose
/// one argument is JSON already: what a server sends to many without serialising it for each.
pub fn event_text(name: &str, json: &str) -> String {
    let name = Value::from(name);
    format!("42[{name},{json}]")
}

/// `/name,` at the beginning, as the npm parser reads it: up to a comma or the end.
fn take_namespace(text: &str) -> (&str, &str) {
    if !text.starts_with('/') {
        return (MAIN, text);
    }
    text.split_once(',').unwrap_or((text, ""))
}

fn take_number(text: &str) -> Result<(Option<u64>, &str), WireError> {
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, rest) = text
        .split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or(("", text));
    if digits.is_empty() {
        return Ok((None, rest));
    }
    let number = digits.parse().map_err(|_too_many| WireError::AckId)?;
    Ok((Some(number), rest))
}

fn read_connect(json: &str) -> Result<SocketPacket, WireError> {
    if json.is_empty() {
        return Ok(SocketPacket::Connect { data: None });
    }
    let data: Value = serde_json::from_str(json)?;
    if !data.is_object() {
        return Err(shape("connect", "an object"));
    }
    Ok(SocketPacket::Connect { data: Some(data) })
}

fn read_event(json: &str, ack: Option<u64>) -> Result<SocketPacket, WireError> {
    let wrong = || shape("event", "an array that begins with a name");
    let mut args = read_array(json, wrong)?.into_iter();
    let Some(Value::String(name)) = args.next() else {
        return Err(wrong());
    };
    if RESERVED.contains(&name.as_str()) {
        return Err(WireError::ReservedName);
    }
    let args = args.collect();
    Ok(SocketPacket::Event { name, args, ack })
}

fn read_ack(json: &str, id: Option<u64>) -> Result<SocketPacket, WireError> {
    let id = id.ok_or(WireError::AckId)?;
    let args = read_array(json, || shape("ack", "an array"))?;
    Ok(SocketPacket::Ack { id, args })
}

fn read_refusal(json: &str) -> Result<SocketPacket, WireError> {
    let wrong = || shape("connect error", "an object with a message");
    let mut value: Value = serde_json::from_str(json)?;
    let data = value.as_object_mut().and_then(|parts| parts.remove("data"));
    let message = value.get("message").unwrap_or(&value);
    let message = message.as_str().ok_or_else(wrong)?.to_owned();
    Ok(SocketPacket::ConnectError { message, data })
}

fn read_array(json: &str, wrong: impl Fn() -> WireError) -> Result<Vec<Value>, WireError> {
    let value: Value = serde_json::from_str(json)?;
    let Value::Array(items) = value else {
        return Err(wrong());
    };
    Ok(items)
}

fn shape(kind: &'static str, wanted: &'static str) -> WireError {
    WireError::Shape { kind, wanted }
}

fn event_json(name: &str, args: &[Value]) -> String {
    let mut json = format!("[{}", Value::from(name));
    for arg in args {
        json.push(',');
        json.push_str(&arg.to_string());
    }
    json.push(']');
    json
}

fn array_json(items: &[Value]) -> String {
    let items: Vec<String> = items.iter().map(Value::to_string).collect();
    format!("[{}]", items.join(","))
}

fn refusal_json(message: &str, data: Option<&Value>) -> Value {
    match data {
        Some(data) => json!({ "message": message, "data": data }),
        None => json!({ "message": message }),
    }
}

#[cfg(test)]
mod tests;
