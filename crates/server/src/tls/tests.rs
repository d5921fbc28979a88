use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::timeout,
};

use super::*;
use crate::{
    clock::Clock,
    config::{Settings, TlsWord},
    limits::MOST_CONNECTIONS,
};

/// Longer than anything here may take.
const LONG: Duration = Duration::from_secs(20);

fn settings(data: &Path) -> Settings {
    Settings {
        data: Some(data.to_owned()),
        ..Settings::default()
    }
}

fn own_settings(data: &Path) -> Config {
    let own = Settings {
        tls: Some(TlsWord::Own),
        ..settings(data)
    };
    own.complete(false).unwrap()
}

fn pem(kind: &str, der: &[u8]) -> String {
    let der = STANDARD.encode(der);
    format!("-----BEGIN {kind}-----\n{der}\n-----END {kind}-----\n")
}

/// A certificate for `name` and its key, in two files.
fn put(dir: &Path, name: &str, key: &[u8]) {
    let made = own::for_key(key, name).unwrap();
    fs::write(dir.join("c.pem"), pem("CERTIFICATE", made.der())).unwrap();
    let key = pem("PRIVATE KEY", key);
    fs::write(dir.join("k.pem"), key).unwrap();
}

fn provided_settings(dir: &Path) -> Config {
    let provided = Settings {
        certificate: Some(dir.join("c.pem")),
        certificate_key: Some(dir.join("k.pem")),
        ..settings(dir)
    };
    provided.complete(false).unwrap()
}

#[test]
fn a_server_keeps_the_key_that_its_stations_know() {
    let dir = tempfile::tempdir().unwrap();
    let config = own_settings(dir.path());
    let pin_then = pin(&config).unwrap().unwrap();
    assert_eq!(pin(&config).unwrap(), Some(pin_then));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let about = fs::metadata(dir.path().join("keys/tls.key")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    fs::remove_file(dir.path().join("keys/tls.key")).unwrap();
    assert_ne!(pin(&config).unwrap(), Some(pin_then));
}

#[test]
fn a_certificate_with_the_key_of_another_is_refused_at_the_start() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "elms.example", &own::new_key().unwrap());
    let config = provided_settings(dir.path());
    assert!(pin(&config).unwrap().is_some());
    let other = pem("PRIVATE KEY", &own::new_key().unwrap());
    fs::write(dir.path().join("k.pem"), other).unwrap();
    let refused = pin(&config).unwrap_err();
    assert!(matches!(refused, TlsError::Unusable(_)), "{refused}");
    fs::remove_file(dir.path().join("k.pem")).unwrap();
    let refused = pin(&config).unwrap_err();
    assert!(matches!(refused, TlsError::Unreadable(..)), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn a_renewed_certificate_is_shown_without_a_restart_and_half_of_one_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let first = own::new_key().unwrap();
    put(dir.path(), "elms.example", &first);
    let shown = Certificate::wanted(&provided_settings(dir.path()));
    let shown = Arc::new(shown.unwrap().unwrap());
    let stop = CancellationToken::new();
    tokio::spawn(Arc::clone(&shown).look_for_renewed(stop.clone()));
    tokio::time::advance(LOOK).await;
    let before = (shown.pin(), end_entity(&shown));

    let second = own::new_key().unwrap();
    let key = pem("PRIVATE KEY", &second);
    fs::write(dir.path().join("k.pem"), format!("{key}\n")).unwrap();
    looked().await;
    assert_eq!((shown.pin(), end_entity(&shown)), before, "half of it");

    put(dir.path(), "longer.name.elms.example", &second);
    looked().await;
    assert_ne!(shown.pin(), before.0);

    put(dir.path(), "another.long.name.elms.example", &first);
    looked().await;
    assert_eq!(shown.pin(), before.0);
    assert_ne!(end_entity(&shown), before.1, "another one for the same key");
    stop.cancel();
}

/// Lets the server look twice.
async fn looked() {
    for _ in 0..2 {
        tokio::time::advance(LOOK).await;
        tokio::task::yield_now().await;
    }
}

fn end_entity(certificate: &Certificate) -> Vec<u8> {
    certificate.shown.now().end_entity_cert().unwrap().to_vec()
}

/// A server with a certificate of its own.
async fn serving(data: &Path) -> (SocketAddr, CancellationToken) {
    let stop = CancellationToken::new();
    let opened = crate::open(own_settings(data), Clock::system(), stop.clone());
    let app = opened.await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(crate::serve(app, listener));
    (address, stop)
}

/// What comes until the server closes.
async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A connection that is torn down is closed, too.
    drop(timeout(LONG, stream.read_to_end(&mut rest)).await.unwrap());
    rest
}

#[tokio::test]
async fn whoever_speaks_in_the_clear_gets_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let (address, stop) = serving(dir.path()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = b"GET /healthz HTTP/1.1\r\nHost: elms\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    stop.cancel();
}

#[tokio::test]
async fn whoever_stands_still_in_the_hand_shake_gives_the_place_back() {
    let dir = tempfile::tempdir().unwrap();
    let (address, stop) = serving(dir.path()).await;
    let began = Instant::now();
    let mut held = Vec::new();
    for _ in 0..MOST_CONNECTIONS {
        held.push(TcpStream::connect(address).await.unwrap());
    }
    let mut one_more = TcpStream::connect(address).await.unwrap();
    assert_eq!(rest(&mut one_more).await, b"");
    assert!(began.elapsed() < PATIENCE, "the place was free");
    for stream in &mut held {
        assert_eq!(rest(stream).await, b"");
    }
    assert!(PATIENCE <= began.elapsed());
    let mut later = TcpStream::connect(address).await.unwrap();
    // The first byte of a TLS record that never ends: it is listened to.
    later.write_all(&[22]).await.unwrap();
    let began = Instant::now();
    rest(&mut later).await;
    assert!(PATIENCE / 2 < began.elapsed(), "there was no place again");
    stop.cancel();
}
