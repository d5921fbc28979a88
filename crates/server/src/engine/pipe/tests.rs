use std::{future::poll_fn, path::Path, time::Duration};

use rustls::pki_types::ServerName;
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::*;
use crate::{
    config::{Settings, TlsWord},
    tls::{Certificate, spoken, testing},
};

/// Bytes of one frame.
const FRAME: usize = 1_024;
const LONG: Duration = Duration::from_mins(1);

/// Both ends of an encrypted connection.
async fn ends(data: &Path) -> (Pipe, TlsStream<TcpStream>) {
    let settings = Settings {
        data: Some(data.to_owned()),
        tls: Some(TlsWord::Own),
        ..Settings::default()
    };
    let certificate = Certificate::wanted(&settings.complete(false).unwrap());
    let certificate = certificate.unwrap().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let station = async {
        let tcp = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = TlsConnector::from(testing::client());
        connector.connect(name, tcp).await.unwrap()
    };
    let server = async {
        let (tcp, _) = listener.accept().await.unwrap();
        spoken(Some(&certificate), tcp).await.unwrap()
    };
    let (stream, station) = tokio::join!(server, station);
    (Pipe::new(stream, Bytes::new(), u64::MAX), station)
}

#[tokio::test]
async fn the_last_encrypted_byte_comes_to_a_reader_that_stood_still() {
    let dir = tempfile::tempdir().unwrap();
    let (mut pipe, mut station) = ends(dir.path()).await;
    let mut n_said = 0;
    while pipe.n_waiting() == 0 {
        pipe.push(Bytes::from(vec![7; FRAME]));
        pipe.write().unwrap();
        n_said += FRAME;
    }
    assert!(
        pipe.queue.is_empty(),
        "what is encrypted and held waits, too"
    );
    let n_then = pipe.n_written();
    pipe.push(Bytes::from(vec![7; FRAME]));
    pipe.write().unwrap();
    n_said += FRAME;
    assert_eq!((pipe.n_written(), pipe.n_waiting()), (n_then, 2));

    let written = tokio::spawn(async move {
        poll_fn(|cx| pipe.poll_drain(cx)).await.unwrap();
        pipe
    });
    let mut all = vec![0; n_said];
    let read = timeout(LONG, station.read_exact(&mut all)).await;
    read.expect("the end is missing").unwrap();
    assert!(all.iter().all(|byte| *byte == 7));
    let pipe = written.await.unwrap();
    assert_eq!(pipe.n_waiting(), 0);
    assert!(n_said < usize::try_from(pipe.n_written()).unwrap());
}
