//! What may answer at the address of a server.

use tokio::{
    io::AsyncReadExt as _,
    net::{TcpListener, TcpStream},
};

use super::*;

/// Listens on a free port; `answer` deals with the one caller.
async fn answering<F, Fut>(answer: F) -> Dial
where
    F: FnOnce(TcpStream) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        let (caller, _address) = listener.accept().await.expect("a caller");
        answer(caller).await;
    });
    let server = ServerUrl::parse(&format!("http://127.0.0.1:{port}")).expect("an address");
    Dial::new(server, json!({ "token": "secret" }))
}

/// Answers every request with the same text.
async fn saying(text: &'static str) -> Dial {
    answering(move |mut caller| async move {
        let mut request = [0; 4_096];
        let read = caller.read(&mut request).await.expect("a request");
        let request = String::from_utf8_lossy(request.get(..read).unwrap_or_default());
        assert!(request.starts_with("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"));
        assert!(!request.contains("secret"), "the token is in the request");
        caller.write_all(text.as_bytes()).await.expect("written");
    })
    .await
}

/// A WebSocket server that sends these texts.
async fn speaking(texts: &'static [&'static str]) -> Dial {
    answering(move |caller| async move {
        let mut server = tokio_tungstenite::accept_async(caller)
            .await
            .expect("an upgrade");
        for text in texts {
            server.send(Message::text(*text)).await.expect("sent");
        }
        while server.next().await.is_some() {}
    })
    .await
}

async fn refused(dial: &Dial) -> DialError {
    let (tasks, _deaths) = Tasks::new();
    open(dial, &tasks).await.expect_err("a connection")
}

#[tokio::test]
async fn the_sign_in_page_of_a_network_is_not_an_elms_server() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Welcome</html>";
    let error = refused(&saying(page).await).await;
    assert!(
        matches!(error, DialError::NotElms { status: Some(200) }),
        "{error:?}"
    );
    let elsewhere = "HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n";
    let error = refused(&saying(elsewhere).await).await;
    assert!(
        matches!(error, DialError::NotElms { status: Some(302) }),
        "{error:?}"
    );
}

#[tokio::test]
async fn another_program_is_not_an_elms_server() {
    let error = refused(&saying("SSH-2.0-OpenSSH_9.2\r\n").await).await;
    assert!(
        matches!(error, DialError::NotElms { status: None }),
        "{error:?}"
    );
    let error = refused(&speaking(&["hello"]).await).await;
    assert!(
        matches!(error, DialError::NotElms { status: None }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_busy_server_says_when_to_come_back() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n";
    let error = refused(&saying(busy).await).await;
    let seven = Some(Duration::from_secs(7));
    assert!(
        matches!(error, DialError::Busy { status: 503, retry_after } if retry_after == seven),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_hand_shake_is_a_lost_link() {
    let error = refused(&saying("").await).await;
    assert!(
        matches!(
            error,
            DialError::Ended(Ended::LinkLost) | DialError::Unreachable(_)
        ),
        "{error:?}"
    );
}

const HAND_SHAKE: &str =
    r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000}"#;

#[tokio::test]
async fn a_server_that_never_lets_us_in_is_late() {
    let mut dial = speaking(&[HAND_SHAKE]).await;
    dial.limit = Duration::from_millis(200);
    let error = refused(&dial).await;
    assert!(matches!(error, DialError::Late), "{error:?}");
}

#[tokio::test]
async fn a_server_may_ping_before_it_lets_us_in() {
    let dial = speaking(&[HAND_SHAKE, "2", r#"40{"sid":"b"}"#, r#"42["incident"]"#]).await;
    let (tasks, _deaths) = Tasks::new();
    let (_speaker, mut listener) = open(&dial, &tasks).await.expect("a connection");
    assert_eq!(listener.next().await.expect("an event").name, "incident");
}

#[tokio::test]
async fn a_server_on_another_computer_is_not_called_in_the_clear() {
    // An address by which this computer can be reached and that is not its own alone.
    let listener = TcpListener::bind("0.0.0.0:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let address = format!("http://0.0.0.0:{port}");
    let server = ServerUrl::parse(&address).expect("an address");
    let error = refused(&Dial::new(server, json!({ "token": "secret" }))).await;
    assert!(matches!(error, DialError::InTheClear), "{error:?}");
}

#[tokio::test]
async fn a_line_that_is_not_secure_is_not_used() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = ServerUrl::parse(&format!("https://{address}")).expect("an address");
    tokio::spawn(async move {
        let (mut caller, _address) = listener.accept().await.expect("a caller");
        let plain = caller.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        plain.expect("written");
        let mut rest = Vec::new();
        drop(caller.read_to_end(&mut rest).await);
    });
    let error = refused(&Dial::new(server, json!({ "token": "secret" }))).await;
    assert!(matches!(error, DialError::Tls(_)), "{error:?}");
}

#[test]
fn the_token_stays_out_of_the_log() {
    let server = ServerUrl::parse("exams.tug.edu.gh").expect("an address");
    let dial = Dial::new(server, json!({ "token": "secret" }));
    let shown = format!("{dial:?}");
    assert!(
        shown.contains("exams.tug.edu.gh") && !shown.contains("secret"),
        "{shown}"
    );
}
