//! The line to the server as the owner sees it: being opened, or open.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use elms_protocol::{frame::Connect, host::TlsView};
use serde_json::Value;
use tokio::{net::UdpSocket, sync::oneshot};

use super::frames::refusal_of;
use crate::{
    clock::whole_ms,
    http::{ServerUrl, Trouble},
    session::Refusal,
    socket::{self, Answer, Dial, DialError, Ended, Listener, Speaker},
    tasks::Tasks,
};

/// An address that nobody has: asking for the way to it shows whether there is any way out.
const OUTSIDE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
/// How long a server is left alone whose name or certificate is wrong: waiting does not help, but
/// somebody may repair it.
pub(super) const WRONG_MS: i64 = 30_000;

/// What is heard on the line.
#[derive(Debug)]
pub(super) enum Heard {
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
    /// The connection is gone, or could not be made.
    Lost {
        /// Why, in one sentence.
        reason: String,
        /// Not before; 0 when the server said nothing.
        floor_ms: i64,
    },
}

type Opened = Result<(Speaker, Listener), DialError>;

/// A line; it is closed when this is dropped.
#[derive(Debug)]
pub(super) enum Line {
    /// It is being opened.
    Opening(oneshot::Receiver<Opened>),
    /// It is open.
    Open(Speaker, Listener),
}

impl Line {
    /// Begins to open it; what comes of it is heard.
    pub(super) fn open(tasks: &Tasks, server: &ServerUrl, connect: Connect) -> Self {
        let auth = serde_json::to_value(connect).unwrap_or_default();
        let dial = Dial::new(server.clone(), auth);
        let (tell, opened) = oneshot::channel();
        let sockets = tasks.clone();
        tasks.passing("dial", async move {
            // When nobody waits for it any more, dropping it hangs up.
            drop(tell.send(socket::open(&dial, &sockets).await));
        });
        Self::Opening(opened)
    }

    /// The next thing that is heard. Losing the race in a `select!` loses nothing.
    pub(super) async fn next(&mut self) -> Heard {
        match self {
            Self::Opening(opening) => match opening.await {
                Ok(Ok((speaker, listener))) => {
                    *self = Self::Open(speaker, listener);
                    Heard::Admitted
                }
                Ok(Err(error)) => not_opened(error),
                Err(_gone) => lost("The line could not be opened.", 0),
            },
            Self::Open(_, listener) => match listener.next().await {
                Ok(said) => {
                    let body = said.args.into_iter().next().unwrap_or_default();
                    Heard::Said {
                        name: said.name,
                        body,
                    }
                }
                Err(ended) => over(&ended),
            },
        }
    }

    /// Says something that has no answer.
    pub(super) fn say(&self, name: &str, body: Value) {
        let Self::Open(speaker, _) = self else { return };
        if let Err(error) = speaker.emit(name, vec![body]) {
            tracing::debug!(name, %error, "not said");
        }
    }

    /// Says something that has an answer; none when it could not be said.
    pub(super) fn ask(&self, name: &str, body: Value) -> Option<Answer> {
        let Self::Open(speaker, _) = self else {
            return None;
        };
        match speaker.ask(name, vec![body]) {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::warn!(name, %error, "not asked");
                None
            }
        }
    }

    /// How it is encrypted, once it is open.
    pub(super) fn tls(&self) -> Option<&TlsView> {
        match self {
            Self::Opening(_) => None,
            Self::Open(_, listener) => listener.tls(),
        }
    }

    /// Whether the server was heard within `ms`, if only one byte of it.
    pub(super) fn was_heard_within(&self, ms: i64) -> bool {
        match self {
            Self::Opening(_) => false,
            Self::Open(_, listener) => whole_ms(listener.silent_for()) < ms,
        }
    }
}

fn lost(reason: &str, floor_ms: i64) -> Heard {
    Heard::Lost {
        reason: reason.to_owned(),
        floor_ms,
    }
}

fn over(ended: &Ended) -> Heard {
    match ended {
        Ended::Silent => lost("The server has not been heard for too long.", 0),
        Ended::LinkLost => lost("The connection was lost.", 0),
        Ended::ServerClosed { .. } | Ended::Disconnected => {
            lost("The server has closed the connection.", 0)
        }
        Ended::TooLarge | Ended::Protocol | Ended::HungUp => {
            lost(&format!("The connection is over: {ended}."), 0)
        }
    }
}

fn not_opened(error: DialError) -> Heard {
    match error {
        DialError::Refused {
            message,
            code,
            data,
        } => Heard::TurnedAway(turned_away(&message, code.as_deref(), data.as_ref())),
        DialError::Busy { retry_after, .. } => {
            let floor = retry_after.unwrap_or(Duration::ZERO);
            lost("The server has too much to do.", whole_ms(floor))
        }
        DialError::Unreachable(error) => lost(&format!("No server answers: {error}."), 0),
        DialError::Tls(error) => lost(
            &format!("The server cannot prove that it is the right one: {error}."),
            WRONG_MS,
        ),
        DialError::OtherServer => lost(&Trouble::OtherServer.to_string(), WRONG_MS),
        DialError::InTheClear => lost(&Trouble::InTheClear.to_string(), WRONG_MS),
        DialError::NotElms { .. } => lost("What answers at this address is not an ELMS server.", 0),
        DialError::Late => lost("The server does not answer in time.", 0),
        DialError::Ended(ended) => over(&ended),
        DialError::Say(error) => lost(&format!("The line could not be opened: {error}."), 0),
    }
}

/// A refusal's code is in its data, or is its message.
fn turned_away(message: &str, code: Option<&str>, data: Option<&Value>) -> Refusal {
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
        (Ipv6Addr::UNSPECIFIED, 0).into()
    };
    let socket = UdpSocket::bind(any).await.ok()?;
    socket.connect(target).await.ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use tokio::{io::AsyncWriteExt as _, net::TcpListener};

    use super::*;

    /// Answers everybody without TLS.
    async fn speak_plainly(listener: TcpListener) {
        while let Ok((mut stream, _)) = listener.accept().await {
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await);
        }
    }

    #[tokio::test]
    async fn a_server_that_speaks_no_tls_is_told_in_a_sentence() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(speak_plainly(listener));
        let server = ServerUrl::parse(&address).unwrap();
        let (tasks, mut deaths) = Tasks::new();
        let mut line = Line::open(&tasks, &server, Connect::default());
        let heard = line.next().await;
        assert!(
            matches!(&heard, Heard::Lost { reason, .. } if reason.ends_with('.')),
            "{heard:?}"
        );
        tasks.end().await;
        assert!(deaths.try_recv().is_err());
    }

    #[test]
    fn a_refusal_is_read_from_its_data_or_its_message() {
        let data = serde_json::json!({ "retryAfterMs": 700 });
        assert_eq!(
            turned_away("busy", None, Some(&data)),
            Refusal::Later { floor_ms: 700 }
        );
        assert_eq!(
            turned_away("no", Some("TOKEN_EXPIRED"), None),
            Refusal::Expired
        );
        assert_eq!(turned_away("INVALID_TOKEN", None, None), Refusal::Invalid);
        assert!(matches!(turned_away("full", None, None), Refusal::Other(_)));
    }
}
